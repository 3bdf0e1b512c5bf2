"""Who may fill in, prove, submit and send back a self-score sheet, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.scoring import gate
from danvan.scoring.models import Proof, Round, Sheet
from danvan.scoring.rules.verification import ACTING, keeps_round
from danvan.scoring.workflow import SHEET, TAKING_SHEETS
from danvan.ui import written

# Who belongs to a unit and reads its sheet.
BELONGING = (roles.MEMBER, *ACTING)
# Who reads every sheet of a body's rounds.
OVERSEEING = (*roles.VERIFYING, roles.OBSERVER, roles.HEAD, roles.DEPUTY)


def may_fill(actor: Actor, sheet: Sheet) -> Decision:
    return all_of(acts_for_unit(actor, sheet), _still_open(sheet), _round_takes_sheets(sheet))


def may_submit(actor: Actor, sheet: Sheet) -> Decision:
    """Asks the gate last: it reads the whole sheet."""
    first = all_of(
        acts_for_unit(actor, sheet), _submit_now(sheet), _round_takes_sheets(sheet)
    )  # fmt: skip
    return first if not first else _complete(sheet)


def may_return(actor: Actor, sheet: Sheet) -> Decision:
    """Before anybody verified anything of it; nobody sends back what he handed in himself."""
    first = all_of(
        keeps_round(actor, sheet.round), SHEET.allows(sheet.state, "return"),
        _round_takes_sheets(sheet), _not_the_submitter(actor, sheet),
    )  # fmt: skip
    return first if not first else _not_verified_yet(sheet)


def may_remove_proof(actor: Actor, proof: Proof) -> Decision:
    return may_fill(actor, proof.score.sheet)


def may_date_proof(actor: Actor, proof: Proof) -> Decision:
    """The unit while it fills in its sheet; the verifying office while it judges the score."""
    score = proof.score
    judging = score.sheet.state == Sheet.State.SUBMITTED and score.verified is None
    if judging and score.verifier_id in actor.scopes(roles.MEMBER):
        return ALLOWED
    return may_fill(actor, score.sheet)


def may_scan_proofs(actor: Actor, round: Round) -> Decision:
    """The system every night, the programme office whenever it wants to know."""
    return ALLOWED if actor is SYSTEM else keeps_round(actor, round)


def acts_for_unit(actor: Actor, sheet: Sheet) -> Decision:
    if any(actor.has(role, sheet.unit_id) for role in ACTING):
        return ALLOWED
    return refuse(
        _(
            "Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách hoặc công chức đầu mối "
            "của đơn vị mới tự chấm điểm và nộp phiếu này."
        )
    )


def _submit_now(sheet: Sheet) -> Decision:
    """A second click is told who was faster."""
    if sheet.state == Sheet.State.SUBMITTED and sheet.submitted_at:
        return already(
            _("Phiếu đã được %(who)s nộp lúc %(when)s.")
            % {
                "who": sheet.submitted_by or _("hệ thống"),
                "when": written.moment(sheet.submitted_at),
            }
        )
    return SHEET.allows(sheet.state, "submit")


def _still_open(sheet: Sheet) -> Decision:
    if sheet.state == Sheet.State.OPEN:
        return ALLOWED
    return refuse(_("Phiếu đã nộp: điểm tự chấm và minh chứng không sửa được nữa."))


def _round_takes_sheets(sheet: Sheet) -> Decision:
    if sheet.round.state in TAKING_SHEETS:
        return ALLOWED
    return refuse(_("Đợt chấm điểm đã chốt: không nhận thêm phiếu."))


def _complete(sheet: Sheet) -> Decision:
    lacking = gate.lacking_of(sheet).said
    return refuse(lacking) if lacking else ALLOWED


def _not_the_submitter(actor: Actor, sheet: Sheet) -> Decision:
    if sheet.submitted_by_id is None or sheet.submitted_by_id != actor.id:
        return ALLOWED
    return refuse(_("Người nộp phiếu không tự trả lại phiếu mình nộp."))


def _not_verified_yet(sheet: Sheet) -> Decision:
    if not sheet.scores.filter(verified_at__isnull=False).exists():
        return ALLOWED
    return refuse(_("Đã bắt đầu thẩm định phiếu này: không trả lại cho đơn vị được nữa."))
