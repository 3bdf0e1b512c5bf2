"""How many of a unit's duties are due, on time, late; how complete its reports are.

Counts are over dated assignments whose date falls in the period; exempt ones are out.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.facts.owed import counted
from danvan.assignments.models import Assignment
from danvan.assignments.status import is_handed_in, is_on_time
from danvan.kernel.facts import Period, Readings, offer
from danvan.programmes.models.plans import Deliverable

QUARTER = Decimal("0.25")


@offer(
    "assignments.tasks_due",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ có hạn trong kỳ"),
)
def tasks_due(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        return Decimal(len(owed)), _("%(n)d nhiệm vụ có hạn trong kỳ") % {"n": len(owed)}

    return counted(units, period, count, {})


@offer(
    "assignments.tasks_on_time",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ hoàn thành đúng hạn"),
)
def tasks_on_time(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        done = sum(map(is_on_time, owed))
        said = _("%(done)d/%(owed)d nhiệm vụ đúng hạn") % {"done": done, "owed": len(owed)}
        return Decimal(done), said

    return counted(units, period, count, {"trang_thai": "dung-han"})


@offer(
    "assignments.tasks_done_late",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ hoàn thành chậm"),
)
def tasks_done_late(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        done = sum(is_handed_in(a) and bool(a.days_late) for a in owed)
        said = _("%(done)d/%(owed)d nhiệm vụ hoàn thành chậm")
        return Decimal(done), said % {"done": done, "owed": len(owed)}

    return counted(units, period, count, {"trang_thai": "cham"})


@offer(
    "assignments.reports_due",
    about="unit",
    measure="báo cáo",
    label=gettext_lazy("Báo cáo phải nộp trong kỳ"),
)
def reports_due(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        return Decimal(len(owed)), _("%(n)d báo cáo phải nộp trong kỳ") % {"n": len(owed)}

    return counted(units, period, count, {"loai": Deliverable.REPORT}, Deliverable.REPORT)


@offer(
    "assignments.report_progress",
    about="unit",
    measure="báo cáo",
    label=gettext_lazy("Báo cáo đầy đủ, đúng hạn (trừ 0,25 mỗi lần chậm hoặc bị trả lại)"),
)
def report_progress(units: Sequence[int], period: Period) -> Readings:
    """Σ max(0, 1 − 0.25 × (late + returns)) over reports handed in; one not in counts 0."""

    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        handed_in = [a for a in owed if is_handed_in(a)]
        value = sum((_worth(a) for a in handed_in), Decimal(0))
        said = _("%(in)d/%(owed)d báo cáo đã nộp, %(late)d chậm, %(returns)d lượt trả lại")
        return value, said % {
            "in": len(handed_in),
            "owed": len(owed),
            "late": sum(bool(a.days_late) for a in handed_in),
            "returns": sum(a.returns for a in handed_in),
        }

    return counted(units, period, count, {"loai": Deliverable.REPORT}, Deliverable.REPORT)


def _worth(report: Assignment) -> Decimal:
    return max(Decimal(0), 1 - QUARTER * (bool(report.days_late) + report.returns))
