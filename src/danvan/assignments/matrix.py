"""Units × dated duties: who handed in what, how late; rate and rate on time per duty.

The foot is counted by the database over all units, the rows are those of one page: the same
number of queries for ten units and for ten thousand. A recurring duty is one column whose
cells say how many periods are in; asked for alone, it opens to a column for each period.
Names and blocks are those of the plan's date.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, When
from django.db.models import Value as Constant
from django.utils.translation import gettext as _

from danvan.assignments import naming, wording
from danvan.assignments.filters import STANDINGS
from danvan.assignments.models import Assignment
from danvan.assignments.status import NOT_ASSIGNED, Status, status_of, status_of_periods
from danvan.assignments.workflow import HANDED_IN
from danvan.kernel import clock
from danvan.organisations.models import Block, Unit
from danvan.organisations.models.units import BLOCK_OF_KIND, in_force
from danvan.programmes.models import Programme, Task
from vanban.text import search_key

ELSEWHERE = "OTHER"
# Units on one page of the screen.
PAGE = 200
Key = tuple[int, dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """What part of the matrix is asked for; empty means all."""

    block: str = ""
    standing: str = ""
    task: int | None = None
    name: str = ""


@dataclass(slots=True)
class Column:
    """One duty, or one period of it, and its foot. Exempt units are out of ``owed``."""

    task: Task
    title: str
    due_on: dt.date | None
    recurs: bool = False
    period: tuple[dt.date, dt.date] | None = None
    total: int = 0
    owed: int = 0
    handed_in: int = 0
    on_time: int = 0

    @property
    def key(self) -> Key:
        return (self.task.pk, *(self.period or (None, None)))

    @property
    def several(self) -> bool:
        """Its cells tell of several periods together."""
        return self.recurs and self.period is None

    @property
    def missing(self) -> int:
        return self.owed - self.handed_in


@dataclass(frozen=True, slots=True)
class Cell:
    """``assignment``: the one behind it, where there is exactly one to open."""

    status: Status
    assignment: Assignment | None = None
    task: int | None = None

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


@dataclass(slots=True)
class Matrix:
    """``groups``: (block label, rows) in the order of blocks. ``counted``: units in the foot.

    ``page`` is the page of units shown, None where all are (workbook).
    """

    programme: Programme
    day: dt.date
    columns: list[Column]
    groups: list[tuple[str, list[Row]]]
    counted: int
    page: Page | None = None  # type: ignore[type-arg]

    @property
    def width(self) -> int:
        return len(self.columns) + 1


def build(
    programme: Programme,
    visible: QuerySet[Assignment],
    choice: Choice = Choice(),
    page: str | int | None = None,
) -> Matrix:
    """The matrix of what ``visible`` holds of a programme, as of today.

    ``page``: which page of units; None for all of them.
    """
    today = clock.today()
    columns = _columns(programme, choice)
    visible = visible.select_related(None).defer(None).order_by()
    held = visible.filter(task__in={c.task.pk for c in columns})
    in_block = _units(held, naming.day_of(programme), choice.block)
    _count(columns, held if not choice.block else held.filter(unit__in=in_block.values("pk")))
    # A column nobody in view owes anything in says nothing.
    columns = [c for c in columns if c.total]
    shown = _narrowed(in_block, held, choice, today)
    paged = Paginator(shown, PAGE).get_page(page) if page is not None else None
    rows = _rows(paged if paged is not None else shown)
    _fill(rows, columns, held, today)
    counted = in_block.count()
    return Matrix(programme, today, columns, _grouped(rows), counted, paged)


def blocks() -> list[tuple[str, str]]:
    """Every block and its label, those outside the ranking last."""
    return [*((b.value, str(b.label)) for b in Block), (ELSEWHERE, _("Cơ quan, đơn vị khác"))]


def _columns(programme: Programme, choice: Choice) -> list[Column]:
    """Dated and recurring duties by date; one duty if asked for, dated or not."""
    periods = Assignment.objects.filter(task=OuterRef("pk"), period_end__isnull=False)
    tasks = Task.objects.filter(programme=programme).select_related("provision")
    tasks = tasks.annotate(recurs=Exists(periods))
    if not choice.task:
        found = tasks.filter(Q(due_on__isnull=False) | Q(recurs=True))
        # The plan's date in the programme's own order: plan, report, dossier as written.
        ordered = found.order_by(F("due_on").asc(nulls_last=True), "order")
        return [Column(t, wording.short_title(t), t.due_on, t.recurs) for t in ordered]
    return [c for task in tasks.filter(pk=choice.task) for c in _opened(task)]


def _opened(task: Any) -> Iterable[Column]:
    """One task: one column, or one for each of its periods."""
    if not task.recurs:
        return [Column(task, wording.short_title(task), task.due_on)]
    periods = (
        Assignment.objects.filter(task=task, period_end__isnull=False)
        .order_by("period_end", "period_start")
        .values_list("period_start", "period_end", "period_label", "first_due_on")
        .distinct()
    )
    opened: dict[tuple[dt.date, dt.date], Column] = {}
    for start, end, label, due_on in periods:
        assert start is not None and end is not None  # assignment_period_whole: both or neither
        opened.setdefault((start, end), Column(task, label, due_on, True, (start, end)))
    return opened.values()


def _units(held: QuerySet[Assignment], day: dt.date, block: str) -> Any:
    """Units that owe something, as they were that day, by block and in Vietnamese order.

    One that had no name that day comes last, among the others.
    """
    order = [When(kind=kind, then=Constant(_ORDER[b])) for kind, b in BLOCK_OF_KIND.items()]
    units = (
        Unit.objects.filter(Exists(held.filter(unit=OuterRef("pk"))))
        .annotate(then=FilteredRelation("versions", condition=in_force(day, "versions__")))
        .annotate(
            name=F("then__name"),
            kind=F("then__kind"),
            sort_key=F("then__sort_key"),
            found_by=F("then__search_key"),
        )
        .annotate(block_order=Case(*order, default=Constant(len(_ORDER))))
        .order_by("block_order", F("sort_key").asc(nulls_last=True), "key")
    )
    return units.filter(block_order=_ORDER.get(block, len(_ORDER))) if block else units


_ORDER = {b.value: i for i, b in enumerate(Block)}


def _narrowed(units: Any, held: QuerySet[Assignment], choice: Choice, today: dt.date) -> Any:
    """The rows asked for; the foot stays that of the block."""
    for word in search_key(choice.name).split():
        units = units.filter(found_by__contains=word)
    if choice.standing:
        standing = held.filter(STANDINGS[choice.standing].among(today), unit=OuterRef("pk"))
        units = units.filter(Exists(standing))
    return units


def _count(columns: list[Column], held: QuerySet[Assignment]) -> None:
    """The foot of every column, counted by the database."""
    by_period = any(c.period for c in columns)
    fields = ("task", "period_start", "period_end") if by_period else ("task",)
    handed_in = Q(state__in=HANDED_IN)
    counted = held.values_list(*fields).annotate(
        total=Count("pk"),
        owed=Count("pk", filter=~Q(state=Assignment.State.EXEMPT)),
        handed_in=Count("pk", filter=handed_in),
        on_time=Count("pk", filter=handed_in & Q(days_late=0)),
    )
    found = {_key(row[:-4]): row[-4:] for row in counted}
    for column in columns:
        figures = found.get(column.key, (0, 0, 0, 0))
        column.total, column.owed, column.handed_in, column.on_time = figures


def _key(parts: tuple[Any, ...]) -> Key:
    return (parts[0], *(parts[1:] or (None, None)))


def _rows(units: Iterable[Any]) -> list[Row]:
    found = list(units)
    later = naming.later_names({u.pk for u in found if u.name is None})
    return [
        Row(u.pk, u.name or later[u.pk], BLOCK_OF_KIND.get(u.kind or "", ELSEWHERE)) for u in found
    ]


def _fill(
    rows: list[Row], columns: list[Column], held: QuerySet[Assignment], today: dt.date
) -> None:
    """The cells of the rows: one query for all of them."""
    tasks = {c.task.pk: c.task for c in columns}
    found: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    wanted = held.filter(task__in=list(tasks))
    if len(rows) <= PAGE:
        wanted = wanted.filter(unit__in=[r.unit for r in rows])
    for assignment in wanted.only(*_SHOWN):
        assignment.task = tasks[assignment.task_id or 0]
        found[assignment.unit_id, assignment.task.pk].append(assignment)
    for row in rows:
        row.cells = [_cell(found.get((row.unit, c.task.pk), []), c, today) for c in columns]


# What a cell reads of an assignment: the rest is not fetched for six thousand of them.
_SHOWN = (
    "unit",
    "task",
    "origin",
    "state",
    "due_on",
    "days_late",
    "first_filed_at",
    "confirmed_on",
    "period_start",
    "period_end",
)


def _cell(assignments: list[Assignment], column: Column, today: dt.date) -> Cell:
    if column.period:
        start, end = column.period
        assignments = [a for a in assignments if (a.period_start, a.period_end) == (start, end)]
    if not assignments:
        return Cell(NOT_ASSIGNED)
    if column.several:
        return Cell(status_of_periods(assignments, today), task=column.task.pk)
    return Cell(status_of(assignments[0], today), assignments[0])


def _grouped(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    groups = [(label, [r for r in rows if r.block == b]) for b, label in blocks()]
    return [group for group in groups if group[1]]
