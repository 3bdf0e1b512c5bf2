"""A published plan is amended: dates move, duties open and lapse, each as an act with its ground.

Told from the plan as it stands now, so that an event that comes twice, or late, finds nothing
left to do. What was handed in stays as it was measured.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments import queries, rules
from danvan.assignments.actions.opening import from_plan
from danvan.assignments.actions.requests import lapse
from danvan.assignments.models import Assignment, DueChange
from danvan.assignments.workflow import OWED
from danvan.kernel import clock
from danvan.kernel.access import SYSTEM, Actor
from danvan.kernel.actions import action, record
from danvan.programmes.models import Amendment, Programme, Task

if TYPE_CHECKING:
    from danvan.programmes.events import PlanAmended

Period = tuple[dt.date | None, dt.date | None]


@dataclass(slots=True)
class Differences:
    """Between what the plan asks now and what the units were given."""

    opening: list[queries.Wanted] = field(default_factory=list)
    moving: list[tuple[Assignment, dt.date | None]] = field(default_factory=list)
    closing: list[Assignment] = field(default_factory=list)
    roles: list[tuple[Assignment, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.opening or self.moving or self.closing or self.roles)


def apply(event: PlanAmended) -> None:
    """Hears PlanAmended. A redelivered event finds no difference and does nothing."""
    amendment = Amendment.objects.select_related("programme", "document").get(pk=event.amendment)
    if differences(amendment):
        carry_out(amendment.programme, amendment=amendment, by=SYSTEM)


@action(
    "assignments.programme.amend",
    may=rules.only_the_system,
    says=gettext_lazy("áp dụng sửa đổi kế hoạch"),
)
def carry_out(programme: Programme, *, amendment: Amendment, by: Actor) -> Programme:
    """Moves, opens and closes; one line of history for each assignment touched."""
    found, ground = differences(amendment, lock=True), _ground(amendment)
    _move(found.moving, amendment, ground)
    for assignment in found.closing:
        _close(assignment, ground)
    for assignment, role in found.roles:
        before, assignment.role = assignment.role, role
        assignment.save(update_fields=["role"])
        record(assignment, concerns=assignment.unit_id, reason=ground, role=[before, role])
    opened = Assignment.objects.bulk_create(from_plan(programme, one) for one in found.opening)
    for assignment in opened:
        record(assignment, concerns=assignment.unit_id, reason=ground, due=assignment.due_on)
    if not found:
        record(programme, reason=ground, assignments=0)
    return programme


def differences(amendment: Amendment, lock: bool = False) -> Differences:
    """What the amendment's tasks still need, from the day it is in force."""
    changed = amendment.changes.filter(task__isnull=False).values_list("task", flat=True)
    tasks = list(Task.objects.filter(pk__in=changed).select_related("programme__plan"))
    held = Assignment.objects.filter(task__in=tasks).order_by("pk")
    held = held.prefetch_related("passed_from", "due_changes")
    given: dict[int | None, list[Assignment]] = defaultdict(list)
    for assignment in held.select_for_update() if lock else held:
        given[assignment.task_id].append(assignment)
    wanted: dict[int, list[queries.Wanted]] = defaultdict(list)
    for one in queries.wanted(tasks):
        wanted[one.task].append(one)
    found = Differences()
    for task in tasks:
        _compare(task, wanted[task.pk], given[task.pk], amendment.in_force_from, found)
    return found


def _compare(
    task: Task,
    wanted: Iterable[queries.Wanted],
    given: Iterable[Assignment],
    since: dt.date,
    found: Differences,
) -> None:
    dates = {w.occurrence.period: w.occurrence.due_on for w in wanted}
    roles = {w.unit: w.role for w in wanted}
    known = {(a.unit_id, *_period(a)) for a in given}
    for assignment in given:
        if assignment.state not in OWED:
            continue
        heir = bool(assignment.passed_from.all())
        asked = _period(assignment) in dates and (assignment.unit_id in roles or heir)
        if task.removed_from or not asked:
            if task.removed_from or _from(assignment.due_on, since):
                found.closing.append(assignment)
            continue
        _compare_dates(assignment, dates[_period(assignment)], found)
        role = roles.get(assignment.unit_id, assignment.role)
        if role != assignment.role:
            found.roles.append((assignment, role))
    found.opening += [
        w
        for w in wanted
        if (w.unit, *w.occurrence.period) not in known and _from(w.occurrence.due_on, since)
    ]


def _compare_dates(assignment: Assignment, asked: dt.date | None, found: Differences) -> None:
    """A longer extension that was granted stays; what was handed in stays as measured."""
    if assignment.first_filed_at is not None:
        return
    extended = [c.after for c in assignment.due_changes.all() if c.kind == DueChange.Kind.EXTENDED]
    if asked and extended and extended[-1]:
        asked = max(asked, extended[-1])
    if asked != assignment.due_on:
        found.moving.append((assignment, asked))


def _move(
    moving: list[tuple[Assignment, dt.date | None]], amendment: Amendment, ground: str
) -> None:
    now, changes = clock.now(), []
    for assignment, due_on in moving:
        before, assignment.due_on = assignment.due_on, due_on
        if assignment.first_due_on is None:
            # It had no date: the first one it gets is its first.
            assignment.first_due_on = due_on
        changes.append(
            DueChange(
                assignment=assignment,
                kind=DueChange.Kind.AMENDED,
                before=before,
                after=due_on,
                ground=ground,
                document=amendment.document,
                changed_at=now,
            )
        )
        record(assignment, concerns=assignment.unit_id, reason=ground, due=[before, due_on])
    moved = [assignment for assignment, _due_on in moving]
    Assignment.objects.bulk_update(moved, ["due_on", "first_due_on"], batch_size=500)
    DueChange.objects.bulk_create(changes)


def _close(assignment: Assignment, ground: str) -> None:
    reason = _("Kế hoạch sửa đổi không còn giao nhiệm vụ này. %(ground)s") % {"ground": ground}
    assignment.state, assignment.exempt_reason = Assignment.State.EXEMPT, reason
    assignment.settled_at = clock.now()
    assignment.save(update_fields=["state", "exempt_reason", "settled_at"])
    lapse(assignment, _("Kế hoạch sửa đổi không còn giao nhiệm vụ này."))
    record(assignment, concerns=assignment.unit_id, reason=reason)


def _ground(amendment: Amendment) -> str:
    if amendment.document is None:
        return amendment.subject
    return f"{amendment.document}: {amendment.subject}"


def _period(assignment: Assignment) -> Period:
    return assignment.period_start, assignment.period_end


def _from(due_on: dt.date | None, since: dt.date) -> bool:
    """Whether it is still ahead on the day the amendment takes effect."""
    return due_on is None or due_on >= since
