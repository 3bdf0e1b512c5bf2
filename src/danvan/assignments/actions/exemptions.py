""" "Does not apply to us": asked by a unit, decided by the office (Kế hoạch 49, mục I.3)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments import rules
from danvan.assignments.actions.requests import State, answer, lapse, needed, the_waiting
from danvan.assignments.models import Assignment, ExemptionRequest
from danvan.assignments.workflow import WORKFLOW
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of


@action(
    "assignments.exemption.ask",
    may=rules.may_ask_exemption,
    says=gettext_lazy("đề nghị không áp dụng"),
)
def ask(assignment: Assignment, *, ground: str = "", by: Actor) -> ExemptionRequest:
    """A unit says why the task does not apply to it; until decided it is owed."""
    ground = needed(ground, _("Phải ghi vì sao nhiệm vụ không phù hợp với đơn vị."))
    request = ExemptionRequest.objects.create(
        assignment=assignment, ground=ground, asked_at=clock.now(), asked_by=person_of(by)
    )
    record(assignment, concerns=assignment.unit_id, reason=ground)
    return request


@action(
    "assignments.exemption.grant",
    may=rules.may_decide_exemption,
    says=gettext_lazy("đồng ý không áp dụng"),
)
def grant(
    assignment: Assignment, *, reason: str = "", request: int | None = None, by: Actor
) -> Assignment:
    """The unit owes it no longer; the reason is the unit's, with the office's if it adds one."""
    waiting = the_waiting(assignment.exemption_requests, request)
    answer(waiting, State.GRANTED, reason.strip(), by)
    said = ". ".join(part.rstrip(". ") for part in (waiting.ground, reason) if part.strip())
    assignment.state = WORKFLOW.target("exempt")
    assignment.exempt_reason, assignment.settled_at = said, clock.now()
    assignment.save(update_fields=["state", "exempt_reason", "settled_at"])
    lapse(assignment, _("Nhiệm vụ đã được miễn."))
    record(assignment, concerns=assignment.unit_id, reason=said)
    return assignment


@action(
    "assignments.exemption.refuse",
    may=rules.may_decide_exemption,
    says=gettext_lazy("không đồng ý miễn, phải thực hiện"),
)
def refuse_request(
    assignment: Assignment, *, reason: str = "", request: int | None = None, by: Actor
) -> Assignment:
    """The unit still owes it; why is told."""
    reason = needed(reason)
    answer(the_waiting(assignment.exemption_requests, request), State.REFUSED, reason, by)
    record(assignment, concerns=assignment.unit_id, reason=reason)
    return assignment
