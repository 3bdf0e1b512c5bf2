"""The Front writes here: its programme, findings, recommendations, and when they are closed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.democracy.committees import OFFICES, speaks_for
from danvan.democracy.models import (
    BuildingOpinion,
    Recommendation,
    Supervision,
    SupervisionProgramme,
)
from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.ui import written


def may_keep(actor: Actor, body: Unit | int) -> Decision:
    """Only the Front, which watches the body (Quyết định 217-QĐ/TW): it is its own record."""
    scope = body if isinstance(body, int) else body.pk
    if actor.has(roles.OBSERVER, scope):
        return ALLOWED
    return refuse(_("Chỉ cơ quan theo dõi (Ban Dân vận, Mặt trận) ghi và kết thúc việc giám sát."))


def may_add(actor: Actor, programme: SupervisionProgramme) -> Decision:
    return may_keep(actor, programme.body_id)


def may_conclude(actor: Actor, supervision: Supervision) -> Decision:
    """A finding is written once; one that is corrected is another paper of the Front."""
    kept = may_keep(actor, supervision.programme.body_id)
    if kept and supervision.state != Supervision.State.PLANNED:
        return already(
            _("Nội dung giám sát này đã kết thúc: %s.") % supervision.get_state_display()
        )
    return kept


def may_recommend(actor: Actor, supervision: Supervision) -> Decision:
    if supervision.state != Supervision.State.CONCLUDED:
        return all_of(
            may_keep(actor, supervision.programme.body_id),
            refuse(_("Ghi kết quả giám sát trước, rồi mới ghi kiến nghị.")),
        )
    return may_keep(actor, supervision.programme.body_id)


def may_reply(actor: Actor, recommendation: Recommendation) -> Decision:
    """The supervised unit answers; again, if the Front was not satisfied."""
    supervision = recommendation.supervision
    if not speaks_for(actor, supervision.unit_id, supervision.programme.body_id):
        return refuse(
            _("Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách hoặc công chức đầu mối của đơn vị "
              "được giám sát trả lời kiến nghị.")
        )  # fmt: skip
    if recommendation.state == Recommendation.State.SENT:
        return ALLOWED
    if recommendation.state == Recommendation.State.CLOSED:
        return already(_("Mặt trận đã kết thúc theo dõi kiến nghị này."))
    last = recommendation.replies.last()
    return already(
        _("Đơn vị đã trả lời ngày %s; chờ Mặt trận nhận xét.")
        % written.day(last.replied_on if last else None)
    )


def may_remark(actor: Actor, recommendation: Recommendation) -> Decision:
    """The Front says whether it is enough, once there is a reply."""
    kept = may_keep(actor, recommendation.supervision.programme.body_id)
    if kept and recommendation.state == Recommendation.State.SENT:
        return refuse(_("Đơn vị chưa trả lời kiến nghị này."))
    if kept and recommendation.state == Recommendation.State.CLOSED:
        day = written.day(recommendation.closed_on)
        return already(_("Đã kết thúc theo dõi ngày %s.") % day)
    return kept


def may_receive(actor: Actor, body: Unit) -> Decision:
    """Opinions are written down by the Front and by the offices of the committee."""
    if any(actor.has(role, body.pk) for role in (roles.OBSERVER, *OFFICES)):
        return ALLOWED
    return refuse(
        _("Chỉ Mặt trận, cơ quan thường trực chương trình hoặc Văn phòng ghi ý kiến góp ý.")
    )


def may_answer(actor: Actor, opinion: BuildingOpinion) -> Decision:
    """Whoever it was sent to; the Front and the offices note the answer of one without account."""
    if opinion.state == BuildingOpinion.State.ANSWERED:
        return already(_("Ý kiến đã được trả lời ngày %s.") % written.day(opinion.replied_on))
    if speaks_for(actor, opinion.to_unit_id, opinion.body_id):
        return ALLOWED
    if may_receive(actor, opinion.body):
        return ALLOWED
    return refuse(
        _(
            "Chỉ đơn vị được góp ý trả lời; Mặt trận, cơ quan thường trực hoặc Văn phòng ghi "
            "thay khi đơn vị trả lời bằng văn bản giấy."
        )
    )
