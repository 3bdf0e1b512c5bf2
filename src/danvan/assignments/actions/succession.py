"""A unit ends: what it still owes passes to its successor, what it handed in stays its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments import rules
from danvan.assignments.actions.requests import lapse
from danvan.assignments.models import Assignment
from danvan.assignments.workflow import OWED, SETTLED
from danvan.kernel import clock
from danvan.kernel.access import SYSTEM, Actor
from danvan.kernel.actions import action, record
from danvan.organisations.models import Reorganisation, Unit
from danvan.organisations.queries import names_on

if TYPE_CHECKING:
    from danvan.organisations.events import UnitsReorganised


def pass_on(event: UnitsReorganised) -> None:
    """Hears UnitsReorganised. A redelivered event finds nothing owed and does nothing."""
    act = Reorganisation.objects.get(pk=event.reorganisation)
    heirs = act.heirs()
    names = names_on(act.effective_on, [heir.pk for heir in heirs.values()])
    for unit in Unit.objects.filter(pk__in=heirs).order_by("pk"):
        heir = heirs[unit.pk]
        open_ones = owed_by(unit.pk) | kept_by(unit.pk)
        if heir.pk == unit.pk or not open_ones.exists():
            continue
        ground = _("Đơn vị sắp xếp lại theo %(act)s; nhiệm vụ chuyển sang %(heir)s.") % {
            "act": act.ground,
            "heir": names.get(heir.pk, str(heir)),
        }
        pass_all(unit, to=heir, ground=ground, by=SYSTEM)


@action(
    "assignments.unit.pass_on",
    may=rules.only_the_system,
    says=gettext_lazy("chuyển nhiệm vụ cho đơn vị kế thừa"),
)
def pass_all(unit: Unit, *, to: Unit, ground: str, by: Actor) -> int:
    """Closes what the unit owes, with the ground, and gives it to ``to``. Returns how many.

    What others owe to a committee that ends is kept, from then on, by its successor.

    Where the successor already owes the same task and period (a merger), it owes it once.
    Date and lateness on record go along: the change of hands improves neither.
    """
    passed = list(owed_by(unit.pk).order_by("pk").select_for_update())
    for assignment in passed:
        heir = _owed_already(assignment, to) or _copy(assignment, to)
        assignment.state, assignment.passed_to = Assignment.State.EXEMPT, heir
        assignment.exempt_reason, assignment.settled_at = ground, clock.now()
        assignment.save(update_fields=["state", "passed_to", "exempt_reason", "settled_at"])
        lapse(assignment, _("Nhiệm vụ đã chuyển sang đơn vị kế thừa."))
        record(assignment, concerns=unit.pk, reason=ground)
        record(heir, concerns=to.pk, reason=ground)
    kept = kept_by(unit.pk).update(body=to)
    if kept or not passed:
        record(unit, concerns=unit.pk, reason=ground, assignments=kept)
    return len(passed)


def owed_by(unit: int) -> QuerySet[Assignment]:
    """What the unit still owes."""
    return Assignment.objects.filter(unit=unit, state__in=OWED)


def kept_by(body: int) -> QuerySet[Assignment]:
    """What units owe to this committee, or handed in and it has not looked at."""
    return Assignment.objects.filter(body=body).exclude(state__in=SETTLED)


def _owed_already(assignment: Assignment, to: Unit) -> Assignment | None:
    """The successor's own assignment of the same task and period, or the same directive."""
    if assignment.task_id is not None:
        same = Q(
            task=assignment.task_id,
            period_start=assignment.period_start,
            period_end=assignment.period_end,
        )
    elif assignment.directive_id is not None:
        same = Q(directive=assignment.directive_id)
    else:
        return None
    return Assignment.objects.filter(same, unit=to).first()


def _copy(assignment: Assignment, to: Unit) -> Assignment:
    body = to.pk if assignment.body_id == assignment.unit_id else assignment.body_id
    return Assignment.objects.create(
        unit=to,
        body_id=body,
        origin=assignment.origin,
        programme_id=assignment.programme_id,
        task_id=assignment.task_id,
        directive_id=assignment.directive_id,
        title=assignment.title,
        role=assignment.role,
        period_start=assignment.period_start,
        period_end=assignment.period_end,
        period_label=assignment.period_label,
        first_due_on=assignment.first_due_on,
        due_on=assignment.due_on,
        state=assignment.state,
        first_filed_at=assignment.first_filed_at,
        days_late=assignment.days_late,
        returns=assignment.returns,
    )
