"""Who may raise and lift caps, propose, send back and decide, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.scoring.models import Ranking, Round, Score, Sheet
from danvan.scoring.routing import office_for
from danvan.scoring.rules.verification import ACTING, keeps_round, unlocked
from danvan.scoring.workflow import ROUND


def signs_as(actor: Actor, round: Round) -> str | None:
    """As what the actor signs for the body: its head, a deputy for him, or not at all."""
    body = round.programme.body_id
    if actor.has(roles.HEAD, body):
        return Ranking.SigningAs.CHAIR
    return Ranking.SigningAs.DEPUTY if actor.has(roles.DEPUTY, body) else None


def decides(actor: Actor, round: Round) -> Decision:
    if signs_as(actor, round):
        return ALLOWED
    return refuse(_("Chỉ Chủ tịch hoặc Phó Chủ tịch ký thay được làm việc này."))


def may_propose(actor: Actor, round: Round) -> Decision:
    return all_of(keeps_round(actor, round), ROUND.allows(round.state, "propose"))


def may_send_back(actor: Actor, round: Round) -> Decision:
    return all_of(decides(actor, round), ROUND.allows(round.state, "send_back"))


def may_decide(actor: Actor, round: Round) -> Decision:
    return all_of(decides(actor, round), ROUND.allows(round.state, "decide"))


def may_withdraw(actor: Actor, ranking: Ranking) -> Decision:
    """Whoever may decide may withdraw; once."""
    may = decides(actor, ranking.round)
    if may and ranking.withdrawn_at:
        return already(_("Kết quả này đã được thu hồi theo %s.") % ranking.withdrawal)
    return may


def may_correct(actor: Actor, score: Score) -> Decision:
    """The programme office (its substitute on its own sheet), while no result is in force."""
    sheet, round = score.sheet, score.sheet.round
    if round.state != Round.State.SETTLED or not round.rankings.exists():
        return refuse(
            _("Điểm đã quyết định chỉ điều chỉnh được sau khi kết quả đã công bố bị thu hồi.")
        )
    office = office_for(round.offices.all(), roles.PROGRAMME_OFFICE, sheet.unit_id)
    if office not in actor.scopes(roles.MEMBER):
        return refuse(_("Chỉ cơ quan thường trực (hoặc cơ quan thay) điều chỉnh được điểm."))
    if sheet.unit_id in actor.scopes(roles.MEMBER, *ACTING):
        return refuse(_("Không ai điều chỉnh điểm của đơn vị mình."))
    if score.decided is None:
        return refuse(_("Đơn vị không nộp hồ sơ: không có điểm nào để điều chỉnh."))
    return ALLOWED


def may_note(actor: Actor, sheet: Sheet) -> Decision:
    """A verifying office holds another opinion on a unit's draft; not on itself."""
    if sheet.unit_id in actor.scopes(roles.MEMBER, *ACTING):
        return refuse(_("Ông/Bà thuộc đơn vị này: ý kiến của đơn vị gửi bằng giải trình."))
    if not noting_offices(actor, sheet.round):
        return refuse(_("Chỉ cơ quan thẩm định của đợt chấm ghi ý kiến khác."))
    if sheet.state in (Sheet.State.OPEN, Sheet.State.SUBMITTED):
        return refuse(_("Phiếu chưa thẩm định xong: chưa có kết quả để có ý kiến khác."))
    return unlocked(sheet.round)


def noting_offices(actor: Actor, round: Round) -> list[int]:
    """The actor's offices that verify in the round, or stand in there."""
    pairs = round.offices.order_by("pk").values_list("office", "substitute")
    held = list(dict.fromkeys(pk for pair in pairs for pk in pair))
    return [pk for pk in held if pk in actor.scopes(roles.MEMBER)]


def may_take_draft(actor: Actor, round: Round) -> Decision:
    return all_of(_oversees(actor, round), unlocked(round))


def may_issue_proposal(actor: Actor, round: Round) -> Decision:
    """Signed by the head or a deputy of the programme office, on a settled result."""
    office = office_for(round.offices.all(), roles.PROGRAMME_OFFICE, 0)
    if office is None or office not in actor.scopes(roles.HEAD, roles.DEPUTY):
        return refuse(_("Tờ trình do người đứng đầu hoặc cấp phó của cơ quan thường trực ký."))
    if round.state == Round.State.SETTLED:
        return ALLOWED
    if round.state in (Round.State.PROPOSED, Round.State.DECIDED):
        return refuse(_("Kết quả đã trình: chỉ ký tờ trình khác khi bản trình bị trả lại."))
    return refuse(_("Điểm chưa chốt nên chưa ký tờ trình được."))


def _oversees(actor: Actor, round: Round) -> Decision:
    watching = (*roles.VERIFYING, roles.HEAD, roles.DEPUTY)
    if round.programme.body_id in actor.scopes(*watching):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thẩm định và người quyết định lưu được bản dự thảo."))


def may_raise_cap(actor: Actor, sheet: Sheet) -> Decision:
    """Any office that verifies in the round, not on its own sheet, until it is proposed."""
    if sheet.unit_id in actor.scopes(roles.MEMBER, *ACTING):
        return refuse(_("Ông/Bà thuộc đơn vị này: cơ quan thẩm định khác nêu giới hạn."))
    offices = set(sheet.round.offices.values_list("office", flat=True))
    if not offices & actor.scopes(roles.MEMBER):
        return refuse(_("Chỉ cơ quan thẩm định của đợt chấm được nêu giới hạn xếp loại."))
    if sheet.round.state == Round.State.PROPOSED:
        return refuse(_("Kết quả đã trình: chỉ thêm giới hạn được khi bản trình bị trả lại."))
    return unlocked(sheet.round)


def may_lift_cap(actor: Actor, sheet: Sheet) -> Decision:
    """Only the one who decides (điều kiện của bảng tổng hợp, mục 7)."""
    return all_of(decides(actor, sheet.round), unlocked(sheet.round))
