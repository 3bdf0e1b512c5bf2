"""What a unit says of its own work before it hands anything in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.assignments import rules
from danvan.assignments.models import Assignment
from danvan.assignments.workflow import WORKFLOW
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record


@action("assignments.assignment.start", may=rules.may_start, says=_("bắt đầu thực hiện"))
def start(assignment: Assignment, *, by: Actor) -> Assignment:
    """Says that the work has begun."""
    assignment.state = WORKFLOW.target("start")
    assignment.save(update_fields=["state"])
    record(assignment, concerns=assignment.unit_id)
    return assignment


@action("assignments.assignment.note", may=rules.may_note_progress, says=_("ghi tiến độ"))
def note_progress(assignment: Assignment, *, note: str = "", by: Actor) -> Assignment:
    """Keeps the latest note on the assignment; earlier ones stay in the history."""
    if not note.strip():
        raise Refused(refuse(_("Phải ghi nội dung tiến độ.")))
    before = assignment.progress_note
    assignment.progress_note = note.strip()
    if assignment.state == WORKFLOW.start:
        assignment.state = WORKFLOW.target("start")
    assignment.save(update_fields=["state", "progress_note"])
    record(
        assignment,
        concerns=assignment.unit_id,
        progress_note=[before, assignment.progress_note],
    )
    return assignment
