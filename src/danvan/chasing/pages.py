"""What the pages of chasing show, as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from danvan.assignments import wording as titles
from danvan.assignments.models import Assignment
from danvan.assignments.naming import names
from danvan.assignments.workflow import OWED
from danvan.chasing import queries, wording
from danvan.chasing.ladder import Step, upcoming
from danvan.chasing.models import Audience, Reminder, Rung
from danvan.chasing.recipients import People, address_of, people_of
from danvan.kernel.calendar import Calendar
from danvan.organisations.models import Person
from danvan.programmes.models import Programme, Task
from danvan.programmes.models.plans import Deliverable


@dataclass(frozen=True, slots=True)
class LateTask:
    """One duty with the number of units that are late, and still to hand in."""

    task: Task
    title: str
    late: int
    due_on: dt.date | None
    open: int


def tasks_of(programme: Programme, today: dt.date) -> list[LateTask]:
    """Dated duties with something open, earliest first; two queries."""
    owed = queries.chased().filter(programme=programme).order_by()
    counts = owed.values("task").annotate(open=Count("pk"), last=Max("due_on"))
    late = dict(owed.filter(due_on__lt=today).values_list("task").annotate(n=Count("pk")))
    tasks = Task.objects.filter(pk__in=[c["task"] for c in counts]).select_related("provision")
    by_id = {task.pk: task for task in tasks}
    found = [
        LateTask(
            by_id[c["task"]], titles.short_title(by_id[c["task"]]), late.get(c["task"], 0),
            c["last"], c["open"],
        )
        for c in counts
        if c["task"] in by_id
    ]  # fmt: skip
    return sorted(found, key=lambda t: (t.due_on or dt.date.max, t.task.order))


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of a preview: who will be told, or why nobody."""

    assignment: Assignment
    unit: str
    line: str
    people: str
    left_out: str


def preview(assignments: Sequence[Assignment], audience: str, today: dt.date) -> list[Row]:
    """Exactly who would be told now, and who not and why; four queries."""
    units = names({a.unit_id for a in assignments}, today)
    people = people_of((a.unit_id for a in assignments), today)
    told = set(
        Reminder.objects.filter(
            assignment__in=assignments, kind=Reminder.Kind.HAND, day=today
        ).values_list("assignment", "person")
    )
    order = {unit: place for place, unit in enumerate(units)}
    rows = []
    for a in sorted(assignments, key=lambda a: order.get(a.unit_id, len(order))):
        held = people.get(a.unit_id, People()).of(audience)
        fresh = [f"{p.name} ({_way(p)})" for p in held if (a.pk, p.pk) not in told]
        left_out = "" if fresh else _("hôm nay đã nhắc") if held else _("đơn vị chưa có người nhận")
        rows.append(
            Row(a, units[a.unit_id], wording.what(a, today), ", ".join(fresh), left_out)
        )  # fmt: skip
    return rows


def _way(person: Person) -> str:
    """By which way the person is told."""
    by_mail = settings.MAIL_ENABLED and address_of(person)
    return _("thông báo và thư") if by_mail else _("thông báo")


def spared(programme: Programme, task: Task, today: dt.date) -> list[tuple[str, str]]:
    """(unit, why) of those who owe the task nothing more, so that nobody wonders; two queries."""
    rest = Assignment.objects.filter(programme=programme, task=task).exclude(state__in=OWED)
    found = list(rest.order_by("pk"))
    units = names({a.unit_id for a in found}, today)
    order = {unit: place for place, unit in enumerate(units)}
    found.sort(key=lambda a: order[a.unit_id])
    return [(units[a.unit_id], a.get_state_display()) for a in found]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which the ladder will speak, of how many units, and to whom."""

    day: dt.date
    step: Step
    title: str
    units: int

    @property
    def who(self) -> str:
        return ", ".join(str(Audience(audience).label) for audience in self.step.audiences)


def coming(programme: Programme, today: dt.date, days: int = 45) -> list[Coming]:
    """What the ladder will do in the next days if nobody hands in anything; three queries."""
    ladders = queries.ladders_for(programme.body_id, today)
    calendar, until = Calendar(), today + dt.timedelta(days=days)
    owed = queries.chased().filter(programme=programme).order_by()
    counts = owed.values_list("task", "due_on").annotate(n=Count("pk"))
    tasks = Task.objects.select_related("provision").in_bulk({task for task, _d, _n in counts})
    found = []
    for task, due, n in counts:
        held = tasks.get(task)
        steps = ladders.get(held.deliverable if held else "", ladders[""])
        found += [
            Coming(day, step, titles.short_title(held), n)
            for day, step in upcoming(due, today, steps, calendar)
            if day <= until
        ]
    return sorted(found, key=lambda c: (c.day, c.title))


@dataclass(frozen=True, slots=True)
class Line:
    """One rung of a ladder in force: its key, and how it is said."""

    deliverable: str
    offset: int
    audience: str
    kind: str
    when: str
    who: str


def rungs_of(body: int, today: dt.date) -> list[Line]:
    """The ladders in force, the one for everything first, whether kept or the usual."""
    ladders = queries.ladders_for(body, today)
    others = _("mọi loại việc khác") if len(ladders) > 1 else _("mọi loại việc")
    return [
        Line(kind, step.offset, audience,
             str(Deliverable(kind).label) if kind else others,
             Rung(offset=step.offset).said, str(Audience(audience).label))
        for kind, steps in sorted(ladders.items())
        for step in steps
        for audience in step.audiences
    ]  # fmt: skip
