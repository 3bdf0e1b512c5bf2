"""Who may read a plan in, settle its findings, publish or discard it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.programmes.models import (
    Amendment,
    Draft,
    Finding,
    Manuscript,
    Programme,
    Target,
)
from danvan.programmes.workflow import DRAFT


def may_read_in(actor: Actor, body: Unit) -> Decision:
    """The body's programme office reads its plans in."""
    if actor.has(roles.PROGRAMME_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình mới được nhập kế hoạch."))


def may_review(actor: Actor, draft: Draft) -> Decision:
    """Settling findings is the programme office's, while the draft is under review."""
    return all_of(may_read_in(actor, draft.body), _still_open(draft))


def may_publish(actor: Actor, draft: Draft) -> Decision:
    """Nothing is published unseen, without a header, without a task, or a second time."""
    allowed = may_read_in(actor, draft.body)
    if not allowed:
        return allowed
    if draft.of_superior:
        return refuse(_("Kế hoạch của cấp trên chỉ ghi nhận làm căn cứ, không ban hành ở đây."))
    return all_of(DRAFT.allows(draft.state, "publish"), _all_seen(draft), _once(draft))


def may_keep(actor: Actor, draft: Draft) -> Decision:
    """A superior's plan, seen as a whole, is kept as a ground."""
    allowed = may_read_in(actor, draft.body)
    if not allowed:
        return allowed
    if not draft.of_superior:
        return refuse(_("Kế hoạch của cơ quan mình thì ban hành, không ghi nhận làm căn cứ."))
    return all_of(DRAFT.allows(draft.state, "keep"), _all_seen(draft), _header_whole(draft))


def may_discard(actor: Actor, draft: Draft) -> Decision:
    return all_of(may_read_in(actor, draft.body), DRAFT.allows(draft.state, "discard"))


# Who acts for a unit.
ACTS_FOR = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)


def may_act_for(actor: Actor, unit: Unit) -> Decision:
    """The unit's own plan is written by those who act for it."""
    if unit.pk in actor.scopes(*ACTS_FOR):
        return ALLOWED
    return refuse(_("Chỉ lãnh đạo hoặc công chức đầu mối của đơn vị mới soạn kế hoạch của đơn vị."))


def may_write(actor: Actor, manuscript: Manuscript) -> Decision:
    """The programme office writes the body's plan, a unit its own, until it is under review."""
    of_unit = manuscript.assigned_by_id is not None
    allowed = (may_act_for if of_unit else may_read_in)(actor, manuscript.body)
    if not allowed:
        return allowed
    if manuscript.state == Manuscript.State.DISCARDED:
        return already(_("Bản soạn này đã bỏ."))
    draft = manuscript.draft
    if draft is not None and draft.state != Draft.State.DISCARDED:
        return already(_("Bản soạn đã đưa rà soát; muốn sửa tiếp thì bỏ bản đọc trước."))
    return ALLOWED


def may_hand_over(actor: Actor, manuscript: Manuscript) -> Decision:
    """A unit's own plan is filed for its assignment, not published here."""
    if manuscript.assigned_by_id is not None:
        return refuse(_("Kế hoạch của đơn vị thì tải về, ký và nộp cho nhiệm vụ được giao."))
    return may_write(actor, manuscript)


def may_amend(actor: Actor, programme: Programme) -> Decision:
    """The programme office prepares and publishes amendments."""
    if actor.has(roles.PROGRAMME_OFFICE, programme.body_id):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình mới sửa đổi, bổ sung kế hoạch."))


def may_change(actor: Actor, amendment: Amendment) -> Decision:
    """While the amendment is being prepared."""
    return all_of(may_amend(actor, amendment.programme), _amendment_open(amendment))


def may_publish_amendment(actor: Actor, amendment: Amendment) -> Decision:
    """Entering the document signed on paper: it changes something, and the past says why."""
    return all_of(may_change(actor, amendment), _amendment_whole(amendment))


def may_sign_amendment(actor: Actor, amendment: Amendment) -> Decision:
    """The body's head or deputy signs what its office prepared; number and date are given then."""
    if amendment.programme.body_id not in actor.scopes(roles.HEAD, roles.DEPUTY):
        return refuse(_("Kế hoạch sửa đổi, bổ sung do Chủ tịch hoặc Phó Chủ tịch ký ban hành."))
    return all_of(_amendment_open(amendment), _amendment_whole(amendment))


def _amendment_open(amendment: Amendment) -> Decision:
    if amendment.state != Amendment.State.DRAFT:
        told = {"state": amendment.get_state_display()}
        return already(_("Bản sửa đổi này %(state)s nên không sửa được nữa.") % told)
    return ALLOWED


def _amendment_whole(amendment: Amendment) -> Decision:
    """Something changes, nothing read waits unseen, and what reaches back says why."""
    from danvan.programmes.amending import past

    if waiting := amendment.proposals.filter(state="pending").count():
        told = _("Còn %(count)d đề xuất đọc từ văn bản chờ xem: xem hết mới ban hành được.")
        return refuse(told % {"count": waiting})
    changes = list(amendment.changes.all())
    if not changes:
        return refuse(_("Bản sửa đổi chưa ghi thay đổi nào."))
    late = [change for change in changes if past(change, amendment.in_force_from)]
    if late and not amendment.past_reason:
        return refuse(
            _(
                "%(count)d thay đổi chạm đến hạn đã qua trước ngày hiệu lực: "
                "ghi lý do hồi tố mới ban hành được."
            )
            % {"count": len(late)}
        )
    return ALLOWED


def _still_open(draft: Draft) -> Decision:
    if draft.state == Draft.State.REVIEW:
        return ALLOWED
    return already(_("Bản đọc này %(state)s nên không sửa được nữa.") % {
        "state": draft.get_state_display()
    })  # fmt: skip


def _all_seen(draft: Draft) -> Decision:
    findings = list(draft.findings.all())
    pending = sum(f.state == Finding.State.PENDING for f in findings)
    if pending:
        return refuse(
            ngettext(
                "Còn %(count)d mục chờ xem: xem hết mới ban hành được.",
                "Còn %(count)d mục chờ xem: xem hết mới ban hành được.",
                pending,
            )
            % {"count": pending}
        )
    if not any(f.kind == Finding.Kind.TASK and f.state != Finding.State.STRUCK for f in findings):
        return refuse(_("Kế hoạch chưa có nhiệm vụ nào được giữ lại."))
    return ALLOWED


def _once(draft: Draft) -> Decision:
    """Same body, code and date: one programme."""
    whole = _header_whole(draft)
    if not whole:
        return whole
    header = _header(draft)
    same = Programme.objects.filter(
        body=draft.body, plan__code=header["code"], plan__issued_on=header["date"]
    )
    if same.exists():
        return already(
            _("Kế hoạch số %(code)s cùng ngày này đã được ban hành thành chương trình.")
            % {"code": header["code"]}
        )
    return ALLOWED


def _header(draft: Draft) -> dict[str, Any]:
    from danvan.programmes import shapes

    return shapes.headers(list(draft.findings.filter(kind=Finding.Kind.HEADER)))


def _header_whole(draft: Draft) -> Decision:
    from danvan.programmes import shapes

    header = _header(draft)
    for name, about in shapes.HEADER.items():
        if about.required and not header.get(name):
            return refuse(_("Thể thức còn thiếu “%(field)s”.") % {"field": about.label})
    return ALLOWED


def may_measure(actor: Actor, target: Target) -> Decision:
    """How a target is measured is the programme office's to say."""
    return may_amend(actor, target.programme)
