"""What petitions tell the others: counts and rates per unit. A unit answers for what it holds.

Of every kind: a denunciation counts, nothing of it is told. What another system holds (national
petition database, 1022) is in by its imported totals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.petitions.models import Enforcement, Kind
from danvan.petitions.queries import boards
from danvan.ui import written

DISPUTES = (Kind.COMPLAINT, Kind.DISCIPLINARY, Kind.DENUNCIATION)
PROPOSALS = (Kind.PROPOSAL, Kind.PROCEDURE)
State = Assignment.State


def _basis(unit: int, **asked: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in asked.items())
    return f"{reverse('petitions:list')}?giu={unit}{more}"


def _count(value: int, unit: int, said: str, **asked: str) -> Reading:
    return Reading(Decimal(value), clock.now(), _basis(unit, **asked), said)


@offer("petitions.received", about="unit", measure="đơn", label=gettext_lazy("Đơn thư tiếp nhận"))
def received(units: Sequence[int], period: Period) -> Readings:
    """Received in the period, parts of a mixed one each; imported totals added."""
    own = boards.received_by(units, period.start, period.end)
    outside = boards.outside_by(units, period.start, period.end)
    words, more = _("%d đơn"), _("%(n)d đơn, trong đó %(out)d ở hệ thống khác")
    found = {}
    for unit in units:
        out = outside.get(unit, {}).get("received", 0)
        n = own.get(unit, 0) + out
        found[unit] = _count(n, unit, more % {"n": n, "out": out} if out else words % n)
    return found


@offer("petitions.overdue", about="unit", measure="đơn", label=gettext_lazy("Đơn thư đang quá hạn"))
def overdue(units: Sequence[int], period: Period) -> Readings:
    """Not settled and past the next lawful day, today or at the period's end."""
    own = boards.overdue_by(units, min(period.end, clock.today()))
    outside = boards.outside_by(units, period.start, period.end)
    found = {}
    for unit in units:
        n = own.get(unit, 0) + outside.get(unit, {}).get("overdue", 0)
        found[unit] = _count(n, unit, _("%d đơn quá hạn") % n, han="qua-han")
    return found


@offer(
    "petitions.backlog",
    about="unit",
    measure="vụ",
    label=gettext_lazy("Đơn tồn đọng quá 30 ngày hoặc việc đông người chưa giải quyết"),
)
def backlog(units: Sequence[int], period: Period) -> Readings:
    """Unsettled thirty days past the limit, or of five people and more, or a hot spot."""
    day = min(period.end, clock.today())
    found = boards.backlog(units, day)
    return {
        unit: _count(n := found.get(unit, 0), unit, _("%d vụ tồn đọng, đông người") % n,
                     han="qua-han")
        for unit in units
    }  # fmt: skip


def _on_time(*kinds: Kind) -> Callable[[Sequence[int], Period], Readings]:
    def reader(units: Sequence[int], period: Period) -> Readings:
        start, end = period.start, period.end
        own = boards.settled_by(units, start, end, clock.today(), kinds)
        outside = {} if kinds else boards.outside_by(units, start, end)
        found = {}
        for unit in units:
            due, on_time = own.get(unit, (0, 0))
            more = outside.get(unit, {})
            due, on_time = due + more.get("due", 0), on_time + more.get("settled_on_time", 0)
            found[unit] = _ratio(on_time, due, _basis(unit), _("đơn giải quyết đúng hạn"))
        return found

    return reader


def _ratio(part: int, whole: int, basis: str, what: str) -> Reading:
    """Without value where nothing was due in the period."""
    if not whole:
        nothing = _("không có việc đến hạn trong kỳ")
        return Reading(None, clock.now(), basis, nothing, Decimal(0), Decimal(0))
    said = f"{written.rate(part, whole)} {what}"
    share = Decimal(part) / Decimal(whole)
    return Reading(share, clock.now(), basis, said, Decimal(part), Decimal(whole))


for _code, _label, _kinds in (
    ("settled_on_time", gettext_lazy("Đơn thư giải quyết đúng hạn"), ()),
    ("complaints_on_time", gettext_lazy("Khiếu nại, tố cáo giải quyết đúng hạn"), DISPUTES),
    ("proposals_on_time", gettext_lazy("Kiến nghị, phản ánh trả lời đúng hạn"), PROPOSALS),
):
    offer(f"petitions.{_code}", about="unit", measure="tỷ lệ", label=_label)(_on_time(*_kinds))


@offer(
    "petitions.enforced",
    about="unit",
    measure="tỷ lệ",
    label=gettext_lazy("Kết quả giải quyết đơn thư đã thi hành xong"),
)
def enforced(units: Sequence[int], period: Period) -> Readings:
    """Of what rulings ordered the unit to do by a day in the period: accepted as done."""
    found = enforcements(units, period)
    return {
        unit: _ratio(*found.get(unit, (0, 0)), _basis(unit), _("việc thi hành xong"))
        for unit in units
    }


def enforcements(units: Collection[int], period: Period) -> dict[int, tuple[int, int]]:
    """Unit → (accepted as done, owed by now) of what rulings ordered; one query."""
    ordered = Assignment.objects.filter(
        pk__in=Enforcement.objects.values("assignment"), unit__in=units,
        due_on__range=(period.start, period.end),
    ).exclude(state=State.EXEMPT)  # fmt: skip
    rows = ordered.order_by().values("unit").annotate(
        owed=Count("pk", Q(due_on__lte=_until(period)) | Q(state=State.ACCEPTED)),
        done=Count("pk", Q(state=State.ACCEPTED)),
    )  # fmt: skip
    return {row["unit"]: (row["done"], row["owed"]) for row in rows}


def _until(period: Period) -> dt.date:
    return min(period.end, clock.today())
