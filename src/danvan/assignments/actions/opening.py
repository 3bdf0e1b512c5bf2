"""Publishing a plan opens one assignment per task and addressed unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from danvan.assignments import queries
from danvan.assignments.models import Assignment
from danvan.assignments.rules import may_open
from danvan.kernel.access import SYSTEM, Actor
from danvan.kernel.actions import action, record
from danvan.programmes.models import Programme

if TYPE_CHECKING:
    from danvan.programmes.events import PlanPublished


def open_for_programme(event: PlanPublished) -> None:
    """Hears PlanPublished. A redelivered event finds everything open and does nothing."""
    programme = Programme.objects.get(pk=event.programme)
    if queries.unopened(programme):
        open_all(programme, by=SYSTEM)


@action("assignments.programme.open", may=may_open, says=_("giao nhiệm vụ theo kế hoạch"))
def open_all(programme: Programme, *, by: Actor) -> int:
    """Opens what is not open yet; one line of history per unit. Returns how many."""
    wanted = queries.unopened(programme)
    Assignment.objects.bulk_create(from_plan(programme, one) for one in wanted)
    given = Counter(one.unit for one in wanted)
    for unit, count in sorted(given.items()):
        record(programme, concerns=unit, assignments=count)
    if not given:
        record(programme, assignments=0)
    return len(wanted)


def from_plan(programme: Programme, wanted: queries.Wanted) -> Assignment:
    """The assignment, not saved yet."""
    occurrence = wanted.occurrence
    return Assignment(
        unit_id=wanted.unit,
        body_id=programme.body_id,
        programme=programme,
        task_id=wanted.task,
        role=wanted.role,
        period_start=occurrence.start,
        period_end=occurrence.end,
        period_label=occurrence.label,
        first_due_on=occurrence.due_on,
        due_on=occurrence.due_on,
    )
