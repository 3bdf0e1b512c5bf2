"""Counts over many petitions: the board without backlog, and figures for others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from danvan.petitions import workflow
from danvan.petitions.models import OutsideFigures, Petition

SOON = dt.timedelta(days=7)
LONG = dt.timedelta(days=90)
BACKLOG = dt.timedelta(days=30)
# "Đoàn đông người": Luật Tiếp công dân 2013, Điều 29 begins at five people.
MANY = 5
_COUNTED = ~Q(state__in=workflow.ELSEWHERE)
_ON_TIME = Q(settled_on__lte=F("settle_due_on"))


@dataclass(frozen=True, slots=True)
class Line:
    """One unit on the board. ``oldest``: the receipt day of what waits longest."""

    unit: int
    name: str
    open: int
    overdue: int
    soon: int
    paused: int
    long: int
    hot: int
    oldest: dt.date | None


_COLUMNS = ("open", "overdue", "soon", "paused", "long", "hot", "oldest")


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one unit in a period; what another system holds is added by its totals."""

    received: int = 0
    due: int = 0
    on_time: int = 0
    overdue: int = 0
    outside: int = 0


def overdue_days(petition: Petition, today: dt.date) -> int:
    """Days past the next lawful day; 0 if it is not."""
    return max(0, (today - petition.due_on).days) if petition.due_on else 0


def board(petitions: QuerySet[Petition], names: dict[int, str], today: dt.date) -> list[Line]:
    """Unsettled petitions per holding unit, the worst first: one query."""
    unsettled = petitions.filter(state__in=workflow.UNSETTLED).order_by()
    rows: Any = unsettled.values("holder").annotate(
        open=Count("pk"),
        overdue=Count("pk", Q(due_on__lt=today)),
        soon=Count("pk", Q(due_on__gte=today, due_on__lte=today + SOON)),
        paused=Count("pk", Q(paused_until__gte=today)),
        long=Count("pk", Q(received_on__lt=today - LONG)),
        hot=Count("pk", Q(hot_since__isnull=False)),
        oldest=Min("received_on"),
    )
    lines = [
        Line(unit, names.get(unit, ""), *(row[name] for name in _COLUMNS))
        for row in rows
        if (unit := row["holder"])
    ]
    return sorted(lines, key=lambda line: (-line.overdue, -line.open, line.name))


def totals(lines: Collection[Line]) -> dict[str, int]:
    """The foot of the board."""
    names = ("open", "overdue", "soon", "paused", "long", "hot")
    return {name: sum(getattr(line, name) for line in lines) for name in names}


def received_by(
    units: Collection[int], start: dt.date, end: dt.date, kinds: Collection[str] = ()
) -> dict[int, int]:
    """Unit → petitions received in the period; the parts of a mixed one, not the whole."""
    found = _of(units, kinds).filter(received_on__range=(start, end))
    return _by_unit(found.exclude(state=Petition.State.SPLIT))


def settled_by(
    units: Collection[int],
    start: dt.date,
    end: dt.date,
    today: dt.date,
    kinds: Collection[str] = (),
) -> dict[int, tuple[int, int]]:
    """Unit → (due, on time). Due: the limit of the settlement falls in the period and is over, or
    it was settled already; what was transferred, withdrawn, filed, refused is out."""
    found = _of(units, kinds).filter(_COUNTED, settle_due_on__range=(start, end))
    over = Q(settle_due_on__lt=today) | Q(settled_on__isnull=False)
    rows = found.values("holder").annotate(due=Count("pk", over), on_time=Count("pk", _ON_TIME))
    return {row["holder"]: (row["due"], row["on_time"]) for row in rows}


def overdue_by(units: Collection[int], day: dt.date, kinds: Collection[str] = ()) -> dict[int, int]:
    """Unit → petitions not settled and past their next lawful day."""
    return _by_unit(_of(units, kinds).filter(state__in=workflow.UNSETTLED, due_on__lt=day))


def figures_of(
    units: Collection[int], start: dt.date, end: dt.date, today: dt.date
) -> dict[int, Figures]:
    """Unit → all its figures in the period: four queries for any number of units."""
    received, late = received_by(units, start, end), overdue_by(units, min(end, today))
    settled, outside = settled_by(units, start, end, today), outside_by(units, start, end)
    found = {}
    for unit in units:
        due, on_time = settled.get(unit, (0, 0))
        more = outside.get(unit, {})
        found[unit] = Figures(
            received=received.get(unit, 0) + more.get("received", 0),
            due=due + more.get("due", 0),
            on_time=on_time + more.get("settled_on_time", 0),
            overdue=late.get(unit, 0) + more.get("overdue", 0),
            outside=more.get("received", 0),
        )
    return found


def _of(units: Collection[int], kinds: Collection[str]) -> QuerySet[Petition]:
    own = Petition.objects.filter(holder__in=units).order_by()
    return own.filter(kind__in=kinds) if kinds else own


def backlog(units: Collection[int], day: dt.date) -> dict[int, int]:
    """Unit → petitions unsettled thirty days past their limit, and matters of many people."""
    own = Petition.objects.filter(holder__in=units, state__in=workflow.UNSETTLED).order_by()
    many = Q(people__gte=MANY) | Q(hot_since__isnull=False, hot_since__lte=day)
    return _by_unit(own.filter(Q(due_on__lt=day - BACKLOG) | many))


def _by_unit(found: QuerySet[Petition]) -> dict[int, int]:
    return dict(found.values("holder").annotate(n=Count("pk")).values_list("holder", "n"))


def outside_by(units: Collection[int], start: dt.date, end: dt.date) -> dict[int, dict[str, int]]:
    """Totals of systems that hold the cases, of spans wholly within the period; what is overdue
    is a stock: that of each system's last span counts."""
    rows = OutsideFigures.objects.filter(unit__in=units, start__gte=start, end__lte=end)
    found: dict[int, dict[str, int]] = {}
    stock: dict[int, dict[str, int]] = {}
    for row in rows.order_by("end"):
        sums = found.setdefault(row.unit_id, {"received": 0, "due": 0, "settled_on_time": 0})
        for name in ("received", "due", "settled_on_time"):
            sums[name] += getattr(row, name)
        stock.setdefault(row.unit_id, {})[row.system] = row.overdue
    for unit, sums in found.items():
        sums["overdue"] = sum(stock[unit].values())
    return found
