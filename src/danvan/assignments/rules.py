"""Who may do what with an assignment, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment, Submission
from danvan.assignments.workflow import OWED, WORKFLOW
from danvan.kernel.access import (
    ALLOWED,
    SYSTEM,
    Actor,
    Decision,
    all_of,
    already,
    refuse,
)
from danvan.organisations import roles
from danvan.programmes.models import Programme
from danvan.programmes.models.plans import Deliverable
from danvan.ui import written

# Who speaks for a unit: files, notes progress, answers.
ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
# Who belongs to a unit and reads what it owes.
BELONGING = (roles.MEMBER, *ACTING)
# Who reads the whole programme of a body.
OVERSEEING = (*roles.VERIFYING, roles.OBSERVER, roles.HEAD, roles.DEPUTY)


def may_open(actor: Actor, programme: Programme) -> Decision:
    """Only the system opens duties, when a plan is published."""
    return ALLOWED if actor is SYSTEM else refuse(_("Nhiệm vụ được giao khi ban hành kế hoạch."))


def acts_for_unit(actor: Actor, assignment: Assignment) -> Decision:
    if any(actor.has(role, assignment.unit_id) for role in ACTING):
        return ALLOWED
    return refuse(
        _(
            "Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách hoặc công chức đầu mối "
            "của đơn vị được giao mới làm được việc này."
        )
    )


def keeps_programme(actor: Actor, assignment: Assignment) -> Decision:
    if actor.has(roles.PROGRAMME_OFFICE, assignment.programme.body_id):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình được làm việc này."))


def may_file(actor: Actor, assignment: Assignment) -> Decision:
    if _deliverable(assignment) == Deliverable.DOSSIER:
        return refuse(
            _("Hồ sơ chấm điểm được ghi nhận khi đơn vị nộp phiếu tự chấm trong đợt chấm điểm.")
        )
    return all_of(acts_for_unit(actor, assignment), _file_now(assignment))


def may_file_dossier(actor: Actor, assignment: Assignment) -> Decision:
    if _deliverable(assignment) != Deliverable.DOSSIER:
        return refuse(_("Nhiệm vụ này không phải là nộp hồ sơ chấm điểm."))
    moved = WORKFLOW.allows(assignment.state, "file_dossier")
    return all_of(acts_for_unit(actor, assignment), moved)


def may_start(actor: Actor, assignment: Assignment) -> Decision:
    return all_of(acts_for_unit(actor, assignment), WORKFLOW.allows(assignment.state, "start"))


def may_note_progress(actor: Actor, assignment: Assignment) -> Decision:
    if assignment.state in OWED:
        return acts_for_unit(actor, assignment)
    return all_of(
        acts_for_unit(actor, assignment),
        refuse(_("Nhiệm vụ đã nộp hoặc đã kết thúc: không ghi thêm tiến độ.")),
    )


def may_accept(actor: Actor, assignment: Assignment) -> Decision:
    return _may_decide(actor, assignment, "accept")


def may_return(actor: Actor, assignment: Assignment) -> Decision:
    return _may_decide(actor, assignment, "return")


def may_exempt(actor: Actor, assignment: Assignment) -> Decision:
    moved = WORKFLOW.allows(assignment.state, "exempt")
    return all_of(keeps_programme(actor, assignment), moved)


def may_require_again(actor: Actor, assignment: Assignment) -> Decision:
    moved = WORKFLOW.allows(assignment.state, "require_again")
    return all_of(keeps_programme(actor, assignment), moved)


def waiting_submission(assignment: Assignment) -> Submission | None:
    """The version that waits for the programme office, if any."""
    waiting = assignment.submissions.filter(outcome=Submission.Outcome.WAITING)
    return waiting.select_related("filed_by").first()


def _may_decide(actor: Actor, assignment: Assignment, move: str) -> Decision:
    allowed = all_of(keeps_programme(actor, assignment), WORKFLOW.allows(assignment.state, move))
    return all_of(allowed, _not_the_filer(actor, assignment)) if allowed else allowed


def _not_the_filer(actor: Actor, assignment: Assignment) -> Decision:
    """The programme office is a unit like any other: nobody passes what he handed in himself."""
    waiting = waiting_submission(assignment)
    if waiting and waiting.filed_by_id is not None and waiting.filed_by_id == actor.id:
        return refuse(
            _("Người nộp không tự xem xét bản mình nộp; người khác của cơ quan thường trực làm.")
        )
    return ALLOWED


def _file_now(assignment: Assignment) -> Decision:
    """A second filing while one waits is told who was faster."""
    if assignment.state == Assignment.State.SUBMITTED and (
        waiting := waiting_submission(assignment)
    ):
        return already(
            _("Bản nộp lần %(version)d đã được %(who)s gửi lúc %(when)s, đang chờ xem xét.")
            % {
                "version": waiting.version,
                "who": waiting.filed_by or _("hệ thống"),
                "when": written.moment(waiting.filed_at),
            }
        )
    return WORKFLOW.allows(assignment.state, "file")


def _deliverable(assignment: Assignment) -> str:
    return assignment.task.deliverable if assignment.task else Deliverable.NONE
