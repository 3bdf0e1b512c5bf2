"""What a plan asks that has no assignment yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from danvan.assignments import occurrences
from danvan.assignments.models import Assignment
from danvan.assignments.occurrences import Occurrence
from danvan.programmes.models import Programme, Task, TaskParty

# If a plan names a unit twice for one task, the stronger word counts. Whoever follows a
# task to its end owes nothing for it and is not in this table.
STRENGTH: dict[str, int] = {
    TaskParty.Role.LEAD: 0,
    TaskParty.Role.ALL: 1,
    TaskParty.Role.COORDINATE: 2,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One assignment the plan asks for."""

    task: int
    unit: int
    role: str
    occurrence: Occurrence


def unopened(programme: Programme) -> list[Wanted]:
    """Everything the plan asks that has no assignment yet; four queries, however many units."""
    tasks = list(
        Task.objects.filter(programme=programme).select_related("programme__plan", "provision")
    )
    known = set(
        Assignment.objects.filter(programme=programme).values_list(
            "task", "unit", "period_start", "period_end"
        )
    )
    return [w for w in wanted(tasks) if (w.task, w.unit, *w.occurrence.period) not in known]


def wanted(tasks: Iterable[Task]) -> list[Wanted]:
    """Every unit and occurrence of these tasks, opened or not."""
    asked = {task.pk: occurrences.of_task(task) for task in tasks}
    return [
        Wanted(task, unit, role, occurrence)
        for (task, unit), role in _addressed(asked).items()
        for occurrence in asked[task]
    ]


def _addressed(tasks: Iterable[int]) -> dict[tuple[int, int], str]:
    named = TaskParty.objects.filter(
        task__in=list(tasks), units__isnull=False, role__in=list(STRENGTH)
    )
    held: dict[tuple[int, int], str] = {}
    for task, unit, role in named.values_list("task", "units", "role"):
        held[task, unit] = min(held.get((task, unit), role), role, key=STRENGTH.__getitem__)
    return held
