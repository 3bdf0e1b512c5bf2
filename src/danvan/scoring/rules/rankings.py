"""Who may raise and lift caps, propose, send back and decide, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, refuse
from danvan.organisations import roles
from danvan.scoring.models import Ranking, Round, Sheet
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
