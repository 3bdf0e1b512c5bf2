"""Doing the work, handing it in, looking at it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment, Submission
from danvan.assignments.rules.who import NAMING, acts_for_unit, keeps
from danvan.assignments.workflow import OWED, WORKFLOW
from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.programmes.models.plans import Deliverable
from danvan.ui import written


def may_file(actor: Actor, assignment: Assignment) -> Decision:
    if assignment.deliverable == Deliverable.DOSSIER:
        return refuse(
            _("Hồ sơ chấm điểm được ghi nhận khi đơn vị nộp phiếu tự chấm trong đợt chấm điểm.")
        )
    return all_of(acts_for_unit(actor, assignment), _file_now(assignment))


def may_file_dossier(actor: Actor, assignment: Assignment) -> Decision:
    if assignment.deliverable != Deliverable.DOSSIER:
        return refuse(_("Nhiệm vụ này không phải là nộp hồ sơ chấm điểm."))
    moved = WORKFLOW.allows(assignment.state, "file_dossier")
    return all_of(acts_for_unit(actor, assignment), moved)


def may_start(actor: Actor, assignment: Assignment) -> Decision:
    return all_of(_works_on(actor, assignment), WORKFLOW.allows(assignment.state, "start"))


def may_note_progress(actor: Actor, assignment: Assignment) -> Decision:
    if assignment.state in OWED:
        return _works_on(actor, assignment)
    return all_of(
        _works_on(actor, assignment),
        refuse(_("Nhiệm vụ đã nộp hoặc đã kết thúc: không ghi thêm tiến độ.")),
    )


def may_name(actor: Actor, assignment: Assignment) -> Decision:
    """Who does it inside the unit is its leaders' to say."""
    if not any(actor.has(role, assignment.unit_id) for role in NAMING):
        return refuse(_("Chỉ lãnh đạo của đơn vị được giao phân công người thực hiện."))
    if assignment.state not in OWED:
        return refuse(_("Nhiệm vụ đã nộp hoặc đã kết thúc: không phân công nữa."))
    return ALLOWED


def may_accept(actor: Actor, assignment: Assignment) -> Decision:
    return _may_decide(actor, assignment, "accept")


def may_return(actor: Actor, assignment: Assignment) -> Decision:
    return _may_decide(actor, assignment, "return")


def may_exempt(actor: Actor, assignment: Assignment) -> Decision:
    moved = WORKFLOW.allows(assignment.state, "exempt")
    return all_of(keeps(actor, assignment), moved)


def may_require_again(actor: Actor, assignment: Assignment) -> Decision:
    if assignment.passed_to_id is not None:
        return refuse(_("Nhiệm vụ đã chuyển sang đơn vị kế thừa; đơn vị đó thực hiện."))
    moved = WORKFLOW.allows(assignment.state, "require_again")
    return all_of(keeps(actor, assignment), moved)


def waiting_submission(assignment: Assignment) -> Submission | None:
    """The version that waits for the programme office, if any."""
    waiting = assignment.submissions.filter(outcome=Submission.Outcome.WAITING)
    return waiting.select_related("filed_by").first()


def _works_on(actor: Actor, assignment: Assignment) -> Decision:
    """Who speaks for the unit, and the person it named."""
    if actor.id is not None and assignment.assigned_to_id == actor.id:
        return ALLOWED
    return acts_for_unit(actor, assignment)


def _may_decide(actor: Actor, assignment: Assignment, move: str) -> Decision:
    allowed = all_of(keeps(actor, assignment), WORKFLOW.allows(assignment.state, move))
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
