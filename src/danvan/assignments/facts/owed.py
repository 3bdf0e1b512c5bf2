"""What units owe in a period, for the facts: one query, whatever the number of units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from danvan.assignments.filters import SOURCES
from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings

State = Assignment.State


def due_in(
    units: Sequence[int], period: Period, *deliverables: str, source: str = "ke-hoach"
) -> Mapping[int, list[Assignment]]:
    """Unit → its assignments due in the period, exempt ones included.

    ``source``: the plan ("ke-hoach"), its recurring tasks ("dinh-ky"), directives ("chi-dao").
    """
    found = Assignment.objects.filter(
        SOURCES[source], unit__in=units, due_on__range=(period.start, period.end)
    )
    if deliverables:
        found = found.filter(task__deliverable__in=deliverables)
    held: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in found.select_related("task").order_by("due_on", "pk"):
        held[assignment.unit_id].append(assignment)
    return held


def list_url(unit: int, period: Period, **asked: Any) -> str:
    """The rows behind a unit's count."""
    year = period.end.year
    query = {"nam": year, "don_vi": unit, "tu": period.start, "den": period.end, **asked}
    return f"{reverse('assignments:all')}?{urlencode(query)}"


def counted(
    units: Sequence[int],
    period: Period,
    count: Callable[[list[Assignment]], tuple[Decimal, str]],
    asked: Mapping[str, str],
    *deliverables: str,
    source: str = "ke-hoach",
) -> Readings:
    """One figure per unit over what it owes in the period; 0 of nothing is 0."""
    held, now = due_in(units, period, *deliverables, source=source), clock.now()
    read = {}
    for unit in units:
        owed = [a for a in held.get(unit, ()) if a.state != State.EXEMPT]
        value, said = count(owed)
        read[unit] = Reading(
            value,
            now,
            list_url(unit, period, nguon=source, **asked),
            said,
            value,
            Decimal(len(owed)),
        )
    return read
