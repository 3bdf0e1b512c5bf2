"""Units × dated duties: who handed in what, how late; rate and rate on time per duty.

Built in memory from three queries, whatever the number of units. Names and blocks are
those of the plan's date.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danvan.assignments import naming, wording
from danvan.assignments.filters import STANDINGS
from danvan.assignments.models import Assignment
from danvan.assignments.status import (
    NOT_ASSIGNED,
    Status,
    is_handed_in,
    is_on_time,
    status_of,
)
from danvan.kernel import clock
from danvan.organisations.models import Block
from danvan.programmes.models import Programme, Task

ELSEWHERE = "OTHER"


@dataclass(frozen=True, slots=True)
class Choice:
    """What part of the matrix is asked for; empty means all."""

    block: str = ""
    standing: str = ""
    task: int | None = None


@dataclass(slots=True)
class Column:
    """One duty and its foot. Exempt units are out of ``owed``."""

    task: Task
    title: str
    owed: int = 0
    handed_in: int = 0
    on_time: int = 0

    def count(self, assignment: Assignment) -> None:
        if assignment.state == Assignment.State.EXEMPT:
            return
        self.owed += 1
        self.handed_in += is_handed_in(assignment)
        self.on_time += is_on_time(assignment)

    @property
    def missing(self) -> int:
        return self.owed - self.handed_in


@dataclass(frozen=True, slots=True)
class Cell:
    status: Status
    assignment: Assignment | None = None

    @property
    def waiting(self) -> bool:
        """Handed in, not yet looked at."""
        return self.assignment is not None and self.assignment.state == Assignment.State.SUBMITTED


@dataclass(slots=True)
class Row:
    unit: int
    name: str
    block: str
    cells: list[Cell] = field(default_factory=list)

    def has(self, standing: str, today: dt.date) -> bool:
        """Whether some cell of the row stands so."""
        test = STANDINGS[standing].holds
        return any(c.assignment is not None and test(c.assignment, today) for c in self.cells)


@dataclass(slots=True)
class Matrix:
    """``groups``: (block label, rows) in the order of blocks. ``counted``: units in the foot."""

    programme: Programme
    day: dt.date
    columns: list[Column]
    groups: list[tuple[str, list[Row]]]
    counted: int

    @property
    def width(self) -> int:
        return len(self.columns) + 1


def build(programme: Programme, visible: QuerySet[Assignment], choice: Choice = Choice()) -> Matrix:
    """The matrix of what ``visible`` holds of a programme, as of today."""
    today = clock.today()
    columns = _columns(programme, choice)
    held = _assignments(visible.filter(programme=programme), columns)
    units = {unit for unit, _task in held}
    rows = [r for r in _rows(units, naming.day_of(programme)) if choice.block in ("", r.block)]
    for row in rows:
        row.cells = [_cell(held.get((row.unit, c.task.pk)), c, today) for c in columns]
    # A column nobody in view owes anything in says nothing.
    kept = [i for i, c in enumerate(columns) if any(r.cells[i].assignment for r in rows)]
    for row in rows:
        row.cells = [row.cells[i] for i in kept]
    shown = [r for r in rows if not choice.standing or r.has(choice.standing, today)]
    groups = [(label, [r for r in shown if r.block == b]) for b, label in blocks()]
    return Matrix(
        programme, today, [columns[i] for i in kept], [g for g in groups if g[1]], len(rows)
    )


def blocks() -> list[tuple[str, str]]:
    """Every block and its label, those outside the ranking last."""
    return [*((b.value, str(b.label)) for b in Block), (ELSEWHERE, _("Cơ quan, đơn vị khác"))]


def _columns(programme: Programme, choice: Choice) -> list[Column]:
    """Dated duties by date; one duty if asked for, dated or not."""
    tasks = Task.objects.filter(programme=programme).select_related("provision")
    tasks = tasks.filter(pk=choice.task) if choice.task else tasks.filter(due_on__isnull=False)
    # The plan's date in the programme's own order: plan, report, dossier as written.
    found = tasks.order_by("due_on", "order")
    return [Column(task, wording.short_title(task)) for task in found]


def _assignments(
    visible: QuerySet[Assignment], columns: list[Column]
) -> dict[tuple[int, int], Assignment]:
    tasks = {c.task.pk: c.task for c in columns}
    found = visible.filter(task__in=list(tasks)).select_related(None)
    held = {}
    for assignment in found.order_by():
        assignment.task = tasks[assignment.task_id or 0]
        held[assignment.unit_id, assignment.task.pk] = assignment
    return held


def _rows(units: set[int], day: dt.date) -> list[Row]:
    """The units in Vietnamese order; one that had no name that day comes last."""
    rows = [
        Row(version.unit_id, version.name, version.block or ELSEWHERE)
        for version in naming.versions(units, day)
    ]
    later = naming.later_names(units - {row.unit for row in rows})
    return rows + [Row(unit, name, ELSEWHERE) for unit, name in later.items()]


def _cell(assignment: Assignment | None, column: Column, today: dt.date) -> Cell:
    if assignment is None:
        return Cell(NOT_ASSIGNED)
    column.count(assignment)
    return Cell(status_of(assignment, today), assignment)
