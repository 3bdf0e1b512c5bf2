"""Units × duties, the worst first and only as many as one page holds.

Worst: most things missing, then most days late, then most things late. Six queries at most.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from danvan.assignments import naming, wording
from danvan.assignments.models import Assignment
from danvan.assignments.status import NOT_ASSIGNED, Status, status_of, status_of_periods
from danvan.assignments.workflow import OWED
from danvan.oversight.progress import rows_url
from danvan.programmes.models import Programme, Task

ROWS, COLUMNS = 8, 6


@dataclass(frozen=True, slots=True)
class Cell:
    status: Status
    url: str

    @property
    def word(self) -> str:
        """As the matrix says it, but short: one page has little room."""
        if self.status.code == "missing":
            return _("quá hạn %(days)d ngày") % {"days": self.status.days or 0}
        return self.status.said


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    missing: int
    late: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Heat:
    """``columns``: (title, date, task). ``more_…``: how many are not shown."""

    columns: Sequence[tuple[str, dt.date | None, Task]]
    rows: Sequence[Row]
    units: int
    more_units: int
    more_duties: int


def read(programme: Programme, today: dt.date) -> Heat:
    held = (
        Assignment.objects.filter(programme=programme, due_on__isnull=False)
        .exclude(state=Assignment.State.EXEMPT)
        .order_by()
    )
    missing = Count("pk", filter=Q(state__in=OWED, due_on__lt=today))
    late = Count("pk", filter=Q(days_late__gt=0))
    units, duties = held.values("unit").distinct().count(), held.values("task").distinct().count()
    worst = list(
        held.values("unit")
        .annotate(missing=missing, late=late, days=Sum("days_late"))
        .order_by("-missing", F("days").desc(nulls_last=True), "-late", "unit")[:ROWS]
    )
    tasks = _tasks(held, missing, late)
    cells = _cells(held, [w["unit"] for w in worst], tasks, today, programme)
    names = naming.names({w["unit"] for w in worst}, naming.day_of(programme))
    rows = [
        Row(
            names.get(w["unit"], ""), rows_url(programme, don_vi=w["unit"]), w["missing"],
            w["late"], [cells.get((w["unit"], task.pk), _NOTHING) for task in tasks],
        )
        for w in worst
    ]  # fmt: skip
    columns = [(wording.short_title(t, 36), t.due_on, t) for t in tasks]
    return Heat(columns, rows, units, units - len(rows), duties - len(tasks))


_NOTHING = Cell(NOT_ASSIGNED, "")


def _tasks(held: QuerySet[Assignment], missing: Count, late: Count) -> list[Task]:
    """The duties in which most is wrong, shown in the order of their dates."""
    worst = (
        held.filter(task__isnull=False)
        .values("task")
        .annotate(bad=missing, late=late, due=Min("due_on"))
        .order_by("-bad", "-late", "due", "task")[:COLUMNS]
    )
    due = {row["task"]: row["due"] for row in worst}
    found = Task.objects.filter(pk__in=due)
    return sorted(found, key=lambda t: (due[t.pk], t.order))


def _cells(
    held: QuerySet[Assignment],
    units: list[int],
    tasks: list[Task],
    today: dt.date,
    programme: Programme,
) -> dict[tuple[int, int], Cell]:
    known = {task.pk: task for task in tasks}
    found: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for assignment in held.filter(unit__in=units, task__in=known).order_by("due_on", "pk"):
        assignment.task = known[assignment.task_id or 0]
        found[assignment.unit_id, assignment.task.pk].append(assignment)
    return {
        (unit, task): Cell(
            status_of(rows[0], today) if len(rows) == 1 else status_of_periods(rows, today),
            rows_url(programme, don_vi=unit, nhiem_vu=task),
        )
        for (unit, task), rows in found.items()
    }
