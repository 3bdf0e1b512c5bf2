"""What units were called on the day of the plan: a page about a year keeps that year's names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.queries import versions_on, with_versions
from danvan.programmes.models import Programme


def day_of(programme: Programme) -> dt.date:
    """The plan's date; the day of publication for a plan without one."""
    return programme.plan.issued_on or clock.local_day(programme.published_at)


def day_of_assignment(assignment: Assignment) -> dt.date:
    """The plan's date; for what comes from no plan, the day it was given."""
    if assignment.programme:
        return day_of(assignment.programme)
    return clock.local_day(assignment.opened_at)


def versions(units: set[int], day: dt.date) -> list[UnitVersion]:
    """The units as they were that day, in Vietnamese order."""
    return list(versions_on(day).select_related(None).filter(unit__in=units))


def names(units: set[int], day: dt.date) -> dict[int, str]:
    """Unit id → name that day, in Vietnamese order; a later unit comes last, as it is called."""
    found = {version.unit_id: version.name for version in versions(units, day)}
    return found | later_names(units - set(found))


def later_names(units: set[int]) -> dict[int, str]:
    """The latest names of units that had none on the day asked for."""
    if not units:
        return {}
    found = Unit.objects.filter(pk__in=units).prefetch_related(with_versions())
    return {unit.pk: str(unit) for unit in found.order_by("key")}


def of_assignments(assignments: Iterable[Assignment]) -> dict[int, str]:
    """Assignment id → its unit's name on the day of its plan or directive; one query."""
    rows = list(assignments)
    known: dict[int, list[UnitVersion]] = defaultdict(list)
    found = UnitVersion.objects.filter(unit__in={a.unit_id for a in rows})
    for version in found.order_by("valid_from"):
        known[version.unit_id].append(version)
    return {a.pk: _name(known[a.unit_id], day_of_assignment(a)) for a in rows}


def _name(versions: list[UnitVersion], day: dt.date) -> str:
    held = [v for v in versions if v.holds_on(day)] or versions[-1:]
    return held[0].name if held else ""
