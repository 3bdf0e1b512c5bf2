"""What a unit says of its own work before it hands anything in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.assignments import rules
from danvan.assignments.models import Assignment, ProgressNote
from danvan.assignments.workflow import WORKFLOW
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Person
from danvan.organisations.queries import people_in, person_of


@action("assignments.assignment.start", may=rules.may_start, says=_("bắt đầu thực hiện"))
def start(assignment: Assignment, *, by: Actor) -> Assignment:
    """Says that the work has begun."""
    assignment.state = WORKFLOW.target("start")
    assignment.save(update_fields=["state"])
    record(assignment, concerns=assignment.unit_id)
    return assignment


@action("assignments.assignment.note", may=rules.may_note_progress, says=_("ghi tiến độ"))
def note_progress(
    assignment: Assignment, *, note: str = "", percent: int | None = None, by: Actor
) -> Assignment:
    """Adds a dated note (percent 0 to 100, optional); earlier ones stay as they were."""
    if not note.strip():
        raise Refused(refuse(_("Phải ghi nội dung tiến độ.")))
    if percent is not None and not 0 <= percent <= 100:
        raise Refused(refuse(_("Mức hoàn thành là số từ 0 đến 100.")))
    said = ProgressNote.objects.create(
        assignment=assignment,
        written_at=clock.now(),
        written_by=person_of(by),
        text=note.strip(),
        percent=percent,
    )
    if assignment.state == WORKFLOW.start:
        assignment.state = WORKFLOW.target("start")
        assignment.save(update_fields=["state"])
    record(assignment, concerns=assignment.unit_id, progress_note=said.text, percent=percent)
    return assignment


@action("assignments.assignment.name", may=rules.may_name, says=_("phân công người thực hiện"))
def name_person(assignment: Assignment, *, person: Person | None, by: Actor) -> Assignment:
    """The head or leader says who of the unit does it; nobody takes the name away again."""
    today = clock.today()
    if person and not people_in(assignment.unit, today).filter(pk=person.pk).exists():
        raise Refused(refuse(_("Người được phân công phải đang công tác tại đơn vị.")))
    before, assignment.assigned_to = assignment.assigned_to, person
    assignment.save(update_fields=["assigned_to"])
    names = [str(one) if one else "" for one in (before, person)]
    record(assignment, concerns=assignment.unit_id, person=names)
    return assignment
