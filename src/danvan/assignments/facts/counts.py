"""How many of a unit's duties are due, on time, late; how complete its reports are.

Counts are over dated assignments whose date falls in the period; exempt ones are out.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.facts.owed import counted
from danvan.assignments.filters import HANDED_IN_LATE, HANDED_IN_ON_TIME
from danvan.assignments.workflow import HANDED_IN
from danvan.kernel.facts import Period, Readings, offer
from danvan.programmes.models.plans import Deliverable

QUARTER = Decimal("0.25")
LATE = Case(When(days_late__gt=0, then=Value(1)), default=Value(0))


@offer(
    "assignments.tasks_due",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ có hạn trong kỳ"),
)
def tasks_due(units: Sequence[int], period: Period) -> Readings:
    return counted(units, period, _("%(owed)d nhiệm vụ có hạn trong kỳ"), {})


@offer(
    "assignments.tasks_on_time",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ hoàn thành đúng hạn"),
)
def tasks_on_time(units: Sequence[int], period: Period) -> Readings:
    words = _("%(done)d/%(owed)d nhiệm vụ đúng hạn")
    done = Count("pk", filter=HANDED_IN_ON_TIME)
    return counted(units, period, words, {"trang_thai": "dung-han"}, value="done", done=done)


@offer(
    "assignments.tasks_done_late",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ hoàn thành chậm"),
)
def tasks_done_late(units: Sequence[int], period: Period) -> Readings:
    words = _("%(done)d/%(owed)d nhiệm vụ hoàn thành chậm")
    done = Count("pk", filter=HANDED_IN_LATE)
    return counted(units, period, words, {"trang_thai": "cham"}, value="done", done=done)


@offer(
    "assignments.reports_due",
    about="unit",
    measure="báo cáo",
    label=gettext_lazy("Báo cáo phải nộp trong kỳ"),
)
def reports_due(units: Sequence[int], period: Period) -> Readings:
    words = _("%(owed)d báo cáo phải nộp trong kỳ")
    return counted(units, period, words, {"loai": Deliverable.REPORT}, Deliverable.REPORT)


@offer(
    "assignments.report_progress",
    about="unit",
    measure="báo cáo",
    label=gettext_lazy("Báo cáo đầy đủ, đúng hạn (trừ 0,25 mỗi lần chậm hoặc bị trả lại)"),
)
def report_progress(units: Sequence[int], period: Period) -> Readings:
    """Σ max(0, 1 − 0.25 × (late + returns)) over reports handed in; one not in counts 0."""
    words = _("%(in)d/%(owed)d báo cáo đã nộp, %(late)d chậm, %(sent_back)d lượt trả lại")
    handed_in = Q(state__in=HANDED_IN)
    figures: dict[str, Any] = {
        "in": Count("pk", filter=handed_in),
        "late": Count("pk", filter=HANDED_IN_LATE),
        "sent_back": Coalesce(Sum("returns", filter=handed_in), 0),
        "quarters": Coalesce(Sum(Greatest(4 - LATE - F("returns"), 0), filter=handed_in), 0),
    }
    return counted(
        units, period, words, {"loai": Deliverable.REPORT}, Deliverable.REPORT, value="quarters",
        each=QUARTER, **figures,
    )  # fmt: skip
