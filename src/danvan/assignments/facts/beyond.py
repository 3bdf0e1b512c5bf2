"""Recurring duties, work given outside a plan, and more time that was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.facts.owed import counted
from danvan.assignments.models import Assignment, DueChange
from danvan.assignments.status import is_on_time
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer


@offer(
    "assignments.recurring_on_time",
    about="unit",
    measure="kỳ",
    label=gettext_lazy("Kỳ của nhiệm vụ định kỳ hoàn thành đúng hạn"),
)
def recurring_on_time(units: Sequence[int], period: Period) -> Readings:
    """Periods of recurring tasks, due in the period, handed in by their date."""

    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        done = sum(map(is_on_time, owed))
        said = _("%(done)d/%(owed)d kỳ đúng hạn") % {"done": done, "owed": len(owed)}
        return Decimal(done), said

    return counted(units, period, count, {"trang_thai": "dung-han"}, source="dinh-ky")


@offer(
    "assignments.directives_done",
    about="unit",
    measure="việc",
    label=gettext_lazy("Việc giao từ cuộc họp, kết luận đã xong"),
)
def directives_done(units: Sequence[int], period: Period) -> Readings:
    """Of those due in the period: accepted and, after a dialogue, confirmed by who asked."""

    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        accepted = [a for a in owed if a.state == Assignment.State.ACCEPTED]
        done = sum(not a.awaits_confirmation for a in accepted)
        said = _("%(done)d/%(owed)d việc đã xong") % {"done": done, "owed": len(owed)}
        return Decimal(done), said

    return counted(units, period, count, {}, source="chi-dao")


@offer(
    "assignments.extensions_granted",
    about="unit",
    measure="lần",
    label=gettext_lazy("Số lần được gia hạn"),
)
def extensions_granted(units: Sequence[int], period: Period) -> Readings:
    """Times a date of the unit was moved later by the office in the period."""
    start, end = _moment(period.start), _moment(period.end + dt.timedelta(days=1))
    found = DueChange.objects.filter(
        assignment__unit__in=units,
        kind=DueChange.Kind.EXTENDED,
        changed_at__gte=start,
        changed_at__lt=end,
    )
    times = dict(found.order_by().values_list("assignment__unit").annotate(n=Count("pk")))
    now = clock.now()
    return {
        unit: Reading(
            Decimal(times.get(unit, 0)),
            now,
            _extended_url(unit, period.end.year),
            _("%(n)d lần được gia hạn") % {"n": times.get(unit, 0)},
        )
        for unit in units
    }


def _extended_url(unit: int, year: int) -> str:
    query = {"nam": year, "don_vi": unit, "trang_thai": "gia-han"}
    return f"{reverse('assignments:all')}?{urlencode(query)}"


def _moment(day: dt.date) -> dt.datetime:
    """The first moment of a local day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
