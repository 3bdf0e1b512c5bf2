"""Who runs a survey. Nobody enters or settles sheets about his own unit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.democracy.committees import BELONGING, OFFICES
from danvan.democracy.models import PaperBatch, Survey, SurveyUnit
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations.models import Unit
from danvan.ui import written


def may_make(actor: Actor, body: Unit | int) -> Decision:
    """The programme office, and the administration office, which owns the criterion."""
    scope = body if isinstance(body, int) else body.pk
    if any(actor.has(role, scope) for role in OFFICES):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình hoặc Văn phòng tổ chức khảo sát."))


def may_settle(actor: Actor, survey: Survey) -> Decision:
    """After the last day; then nothing is added any more."""
    if survey.settled_on is not None:
        return already(_("Kết quả đã chốt ngày %s.") % written.day(survey.settled_on))
    if survey.closes_on >= clock.today():
        return all_of(
            may_make(actor, survey.body_id),
            refuse(_("Còn nhận phiếu đến hết ngày %s.") % written.day(survey.closes_on)),
        )
    return may_make(actor, survey.body_id)


def may_enter(actor: Actor, surveyed: SurveyUnit) -> Decision:
    """Paper sheets: by the office, about another unit, until the result is settled."""
    made = may_make(actor, surveyed.survey.body_id)
    return all_of(made, _open(surveyed.survey), _of_another(actor, surveyed)) if made else made


def may_issue(actor: Actor, surveyed: SurveyUnit) -> Decision:
    """Tokens: by the office, for a survey that takes them, until it closes."""
    survey = surveyed.survey
    if not surveyed.by_token:
        return refuse(_("Đơn vị này nhận phiếu qua mã QR chung, không cần mã từng phiếu."))
    if survey.closes_on < clock.today():
        return refuse(_("Đã hết ngày nhận phiếu nên không cấp mã nữa."))
    return may_enter(actor, surveyed)


def may_withdraw(actor: Actor, batch: PaperBatch) -> Decision:
    """A batch typed wrongly, while the result is not settled."""
    if batch.withdrawn_why:
        return already(_("Lô phiếu này đã được rút."))
    made = may_make(actor, batch.surveyed.survey.body_id)
    return all_of(made, _open(batch.surveyed.survey))


def _open(survey: Survey) -> Decision:
    if survey.settled_on is not None:
        return refuse(_("Kết quả đã chốt nên không thêm, rút phiếu nữa."))
    if survey.opens_on > clock.today():
        return refuse(_("Đợt khảo sát chưa bắt đầu."))
    return ALLOWED


def _of_another(actor: Actor, surveyed: SurveyUnit) -> Decision:
    if surveyed.unit_id in actor.scopes(*BELONGING):
        return refuse(_("Người của đơn vị được khảo sát không nhập phiếu về chính đơn vị mình."))
    return ALLOWED
