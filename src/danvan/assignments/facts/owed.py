"""What units owe in a period, for the facts: one query, whatever the number of units.

Counts are made by the database; rows are read only where a fact shows one of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from danvan.assignments.filters import SOURCES
from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, among

State = Assignment.State


class Owed(NamedTuple):
    """What a reading tells of one assignment: of ten thousand, a row costs less than a model."""

    unit_id: int
    pk: int
    origin: str
    state: str
    exempt_reason: str
    due_on: dt.date
    first_filed_at: dt.datetime | None
    days_late: int | None


def due_in(
    units: Sequence[int], period: Period, *deliverables: str, source: str = "ke-hoach"
) -> Mapping[int, list[Owed]]:
    """Unit → its assignments due in the period, by date, exempt ones included.

    ``source``: the plan ("ke-hoach"), its recurring tasks ("dinh-ky"), directives ("chi-dao").
    """
    rows = _due(units, period, deliverables, source).order_by("due_on", "pk")
    held: dict[int, list[Owed]] = defaultdict(list)
    for row in map(Owed._make, rows.values_list(*Owed._fields)):
        held[row.unit_id].append(row)
    return held


def _due(
    units: Sequence[int], period: Period, deliverables: Sequence[str], source: str
) -> QuerySet[Assignment]:
    found = Assignment.objects.filter(
        SOURCES[source], among("unit", units), due_on__range=(period.start, period.end)
    )
    return found.filter(task__deliverable__in=deliverables) if deliverables else found


def list_urls(period: Period, **asked: Any) -> Callable[[int], str]:
    """Unit → the rows behind its count: the address is put together once for all of them."""
    query = {"nam": period.end.year, "tu": period.start, "den": period.end, **asked}
    path = f"{reverse('assignments:all')}?{urlencode(query)}&don_vi="
    return lambda unit: f"{path}{unit}"


def counted(
    units: Sequence[int],
    period: Period,
    words: str,
    asked: Mapping[str, str],
    *deliverables: str,
    value: str = "owed",
    each: Decimal = Decimal(1),
    source: str = "ke-hoach",
    **of: Any,
) -> Readings:
    """One figure per unit over what it owes in the period; 0 of nothing is 0.

    The database counts what is owed and, in ``of``, what else is asked (name → aggregate).
    ``value`` names the figure that counts, ``each`` time worth so much; ``words`` tells all.
    """
    rows = _tallied(_due(units, period, deliverables, source), of)
    urls, now = list_urls(period, nguon=source, **asked), clock.now()
    nothing = dict.fromkeys((*of, "owed"), 0)
    read = {}
    for unit in units:
        row = rows.get(unit, nothing)
        figure = row[value] * each
        read[unit] = Reading(figure, now, urls(unit), words % row, figure, Decimal(row["owed"]))
    return read


def _tallied(due: QuerySet[Assignment], of: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Unit → its figures, exempt out: one query, grouped by the database."""
    names = ("owed", *of)
    rows = (
        due.exclude(state=State.EXEMPT)
        .order_by()
        .values_list("unit")
        .annotate(owed=Count("pk"), **of)
    )
    return {unit: dict(zip(names, figures, strict=True)) for unit, *figures in rows}
