"""Who may verify, explain, answer and settle, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.scoring.models import Explanation, Round, Score, Sheet
from danvan.scoring.routing import answering_office
from danvan.scoring.workflow import ROUND, SHEET, TAKING_SHEETS
from danvan.ui import written

# Who speaks for a unit.
ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)


def unlocked(round: Round) -> Decision:
    """After the decision nothing of a round changes any more."""
    if round.state != Round.State.DECIDED:
        return ALLOWED
    return refuse(
        _(
            "Kết quả xếp loại đã được quyết định và công bố: "
            "điểm, minh chứng, giải trình và giới hạn xếp loại không thay đổi được nữa."
        )
    )


def before_proposal(round: Round) -> Decision:
    """Marks move while the round takes sheets, verifies or hears explanations."""
    if round.state in TAKING_SHEETS:
        return ALLOWED
    return all_of(
        unlocked(round),
        refuse(_("Đợt chấm điểm đã chốt: không thẩm định, giải trình thêm được.")),
    )


def keeps_round(actor: Actor, round: Round) -> Decision:
    if actor.has(roles.PROGRAMME_OFFICE, round.programme.body_id):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình được làm việc này."))


# --- verification ------------------------------------------------------------------------


def may_verify(actor: Actor, score: Score) -> Decision:
    return all_of(
        before_proposal(score.sheet.round), _not_own_sheet(actor, score), _verifying_now(score),
        _of_the_office(actor, score),
    )  # fmt: skip


def _not_own_sheet(actor: Actor, score: Score) -> Decision:
    if score.sheet.unit_id not in actor.scopes(roles.MEMBER, *ACTING):
        return ALLOWED
    told = _("Ông/Bà thuộc đơn vị được chấm: không ai thẩm định phiếu của đơn vị mình.")
    if score.verifier is None:
        return refuse(told)
    return refuse(f"{told} " + _("Tiêu chí này do %s thẩm định.") % score.verifier)


def _of_the_office(actor: Actor, score: Score) -> Decision:
    if score.verifier_id in actor.scopes(roles.MEMBER):
        return ALLOWED
    return refuse(_("Tiêu chí này do cơ quan khác thẩm định."))


def _verifying_now(score: Score) -> Decision:
    state = score.sheet.state
    if state == Sheet.State.OPEN:
        return refuse(_("Đơn vị chưa nộp phiếu tự chấm."))
    if state == Sheet.State.SUBMITTED:
        return ALLOWED
    return refuse(_("Phiếu đã thẩm định xong: điểm chỉ còn thay đổi qua giải trình của đơn vị."))


def may_abstain(actor: Actor, score: Score) -> Decision:
    """Whoever may verify a score may stand aside from it, as long as no mark was given."""
    if score.verified is not None:
        return refuse(_("Điểm này đã được thẩm định."))
    return may_verify(actor, score)


def may_reroute(actor: Actor, round: Round) -> Decision:
    """The programme office, while sheets come in and are verified."""
    return all_of(keeps_round(actor, round), before_proposal(round))


# --- explanation -------------------------------------------------------------------------


def may_explain(actor: Actor, score: Score) -> Decision:
    """Once for a changed score, by the unit's people, inside the window."""
    if not any(actor.has(role, score.sheet.unit_id) for role in ACTING):
        return refuse(
            _(
                "Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách hoặc công chức đầu mối "
                "của đơn vị được chấm mới giải trình được."
            )
        )
    return all_of(
        before_proposal(score.sheet.round), _explained_once(score), _verified_sheet(score),
        _changed(score), in_window(score.sheet.round),
    )  # fmt: skip


def in_window(round: Round) -> Decision:
    """Whether today lies inside the explanation window."""
    today = clock.today()
    days = {"first": written.day(round.explain_from), "last": written.day(round.explain_to)}
    if today < round.explain_from:
        return refuse(_("Chưa đến thời gian giải trình (từ %(first)s đến hết %(last)s).") % days)
    if today > round.explain_to:
        return refuse(_("Đã hết thời gian giải trình (từ %(first)s đến hết %(last)s).") % days)
    return ALLOWED


def _explained_once(score: Score) -> Decision:
    held = Explanation.objects.filter(score=score).select_related("filed_by").first()
    if held is None:
        return ALLOWED
    return already(
        _("Điểm này đã được %(who)s giải trình lúc %(when)s; mỗi điểm giải trình một lần.")
        % {"who": held.filed_by or _("hệ thống"), "when": written.moment(held.filed_at)}
    )


def _verified_sheet(score: Score) -> Decision:
    if score.sheet.state == Sheet.State.VERIFIED:
        return ALLOWED
    if score.sheet.state == Sheet.State.SETTLED:
        return refuse(_("Phiếu đã chốt điểm."))
    return refuse(_("Phiếu chưa thẩm định xong."))


def _changed(score: Score) -> Decision:
    if is_changed(score):
        return ALLOWED
    return refuse(_("Điểm thẩm định bằng điểm tự chấm: không có gì phải giải trình."))


def is_changed(score: Score) -> bool:
    """Whether the verifier gave something else than the unit claimed."""
    if score.verified is None:
        return False
    refused = score.arises_verified is not None and score.arises_verified != score.arises
    return refused or (score.arises and score.verified != (score.claimed or 0))


def may_answer(actor: Actor, explanation: Explanation) -> Decision:
    """The programme office, or its substitute when its own sheet is in question."""
    score = explanation.score
    round = score.sheet.round
    if explanation.answered_at:
        return already(
            _("Giải trình này đã được %(who)s trả lời lúc %(when)s.")
            % {
                "who": explanation.answered_by or _("hệ thống"),
                "when": written.moment(explanation.answered_at),
            }
        )
    if answering_office(explanation) not in actor.scopes(roles.MEMBER):
        return refuse(
            _(
                "Giải trình do cơ quan thường trực (hoặc cơ quan thay, cơ quan được cử "
                "xem lại) trả lời."
            )
        )
    return all_of(
        before_proposal(round), _not_own_sheet(actor, score), _verified_sheet(score),
        _another_person(actor, score),
    )  # fmt: skip


def _another_person(actor: Actor, score: Score) -> Decision:
    """The second look is never the first one's own."""
    if score.verified_by_id is None or score.verified_by_id != actor.id:
        return ALLOWED
    return refuse(_("Ông/Bà đã cho điểm này: giải trình phải do người khác xem lại và trả lời."))


def may_name_second(actor: Actor, explanation: Explanation) -> Decision:
    """The programme office sends an explanation to another verifying office."""
    score = explanation.score
    if explanation.answered_at:
        return already(_("Giải trình này đã được trả lời."))
    return all_of(
        keeps_round(actor, score.sheet.round), before_proposal(score.sheet.round),
        _not_own_sheet(actor, score),
    )  # fmt: skip


# --- settlement --------------------------------------------------------------------------


def may_settle_sheet(actor: Actor, sheet: Sheet) -> Decision:
    return all_of(
        keeps_round(actor, sheet.round), unlocked(sheet.round),
        SHEET.allows(sheet.state, "settle"),
    )  # fmt: skip


def may_begin_verification(actor: Actor, round: Round) -> Decision:
    return _may_move(actor, round, "begin_verification")


def may_begin_explanation(actor: Actor, round: Round) -> Decision:
    return _may_move(actor, round, "begin_explanation")


def may_settle_round(actor: Actor, round: Round) -> Decision:
    return _may_move(actor, round, "settle")


def may_move_window(actor: Actor, round: Round) -> Decision:
    return all_of(keeps_round(actor, round), before_proposal(round))


def _may_move(actor: Actor, round: Round, move: str) -> Decision:
    return all_of(keeps_round(actor, round), ROUND.allows(round.state, move))
