"""Recurring duties, work given outside a plan, and more time that was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.facts.owed import counted, due_in, list_urls
from danvan.assignments.filters import HANDED_IN_ON_TIME, UNCONFIRMED
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
    words = _("%(done)d/%(owed)d kỳ đúng hạn")
    asked, done = {"trang_thai": "dung-han"}, Count("pk", filter=HANDED_IN_ON_TIME)
    return counted(units, period, words, asked, value="done", source="dinh-ky", done=done)


@offer(
    "assignments.directives_done",
    about="unit",
    measure="việc",
    label=gettext_lazy("Việc giao từ cuộc họp, kết luận đã xong"),
)
def directives_done(units: Sequence[int], period: Period) -> Readings:
    """Of those due in the period: accepted and, after a dialogue, confirmed by who asked."""
    words = _("%(done)d/%(owed)d việc đã xong")
    done = Count("pk", filter=Q(state=Assignment.State.ACCEPTED) & ~UNCONFIRMED)
    return counted(units, period, words, {}, value="done", source="chi-dao", done=done)


@offer(
    "assignments.directives_on_time",
    about="unit",
    measure="việc",
    label=gettext_lazy("Việc UBND, Chủ tịch UBND giao xong đúng hạn"),
)
def directives_on_time(units: Sequence[int], period: Period) -> Readings:
    """Share of directives due in the period handed in by their date, without the exempt.

    Work that came of a dialogue, a finding, a supervision or a petition is told elsewhere.
    Without value where none was due: a committee may give its work in another system.
    """
    held, now = due_in(units, period, source="chi-dao"), clock.now()
    urls = list_urls(period, nguon="chi-dao")
    nothing = _("không có việc được giao nào đến hạn trong kỳ")
    words = _("%(done)d/%(owed)d việc được giao xong đúng hạn")
    read = {}
    for unit in units:
        given = [a for a in held.get(unit, ()) if a.origin == Assignment.Origin.DIRECTIVE]
        owed = [a for a in given if a.state != Assignment.State.EXEMPT]
        if not owed:
            read[unit] = Reading(None, now, urls(unit), nothing, Decimal(0), Decimal(0))
            continue
        done, whole = Decimal(sum(map(is_on_time, owed))), Decimal(len(owed))
        said = words % {"done": done, "owed": whole}
        read[unit] = Reading(done / whole, now, urls(unit), said, done, whole)
    return read


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
