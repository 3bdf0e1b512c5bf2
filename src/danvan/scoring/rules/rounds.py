"""Who may bring in a score sheet and open a round, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme
from danvan.scoring.models import CriteriaDraft, CriteriaSet, Round
from danvan.scoring.rules.verification import keeps_round
from danvan.scoring.workflow import TAKING_SHEETS
from danvan.ui import written


def may_import_criteria(actor: Actor, body: Unit) -> Decision:
    if actor.has(roles.PROGRAMME_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình được nhập bảng điểm."))


def may_edit_draft(actor: Actor, draft: CriteriaDraft) -> Decision:
    """The programme office of the body, until the draft is enacted."""
    if not actor.has(roles.PROGRAMME_OFFICE, draft.body_id):
        return refuse(_("Chỉ cơ quan thường trực chương trình được soạn bảng điểm."))
    if draft.enacted_at is not None:
        day = written.moment(draft.enacted_at)
        return already(_("Dự thảo đã được ban hành lúc %s.") % day)
    return ALLOWED


def may_end_criteria(actor: Actor, held: CriteriaSet) -> Decision:
    if not actor.has(roles.PROGRAMME_OFFICE):
        return refuse(_("Chỉ cơ quan thường trực chương trình được cho hết hiệu lực bảng điểm."))
    if held.valid_to is not None:
        day = written.day(held.valid_to)
        return already(_("Bảng điểm đã được ghi áp dụng đến hết ngày %s.") % day)
    return ALLOWED


def may_open_round(actor: Actor, programme: Programme) -> Decision:
    if not actor.has(roles.PROGRAMME_OFFICE, programme.body_id):
        return refuse(_("Chỉ cơ quan thường trực chương trình được mở đợt chấm điểm."))
    if Round.objects.filter(programme=programme).exists():
        return already(_("Đợt chấm điểm của kế hoạch này đã được mở."))
    return ALLOWED


def may_recompute(actor: Actor, round: Round) -> Decision:
    return all_of(keeps_round(actor, round), _takes_sheets(round))


def _takes_sheets(round: Round) -> Decision:
    if round.state in TAKING_SHEETS:
        return ALLOWED
    return refuse(_("Đợt chấm điểm đã chốt: số hệ thống tính không cập nhật nữa."))
