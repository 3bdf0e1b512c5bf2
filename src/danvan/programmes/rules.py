"""Who may read a plan in, settle its findings, publish or discard it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danvan.kernel.access import ALLOWED, Actor, Decision, Refused, all_of, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.programmes.models import Draft, Finding, Programme
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
    return all_of(DRAFT.allows(draft.state, "publish"), _all_seen(draft), _once(draft))


def may_discard(actor: Actor, draft: Draft) -> Decision:
    return all_of(may_read_in(actor, draft.body), DRAFT.allows(draft.state, "discard"))


def demand(decision: Decision) -> None:
    """Raises Refused unless allowed: for a view, or a rule asked again under a wider lock."""
    if not decision:
        raise Refused(decision)


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
    from danvan.programmes import shapes

    header = shapes.headers(list(draft.findings.filter(kind=Finding.Kind.HEADER)))
    for name, about in shapes.HEADER.items():
        if about.required and not header.get(name):
            return refuse(_("Thể thức còn thiếu “%(field)s”.") % {"field": about.label})
    same = Programme.objects.filter(
        body=draft.body, plan__code=header["code"], plan__issued_on=header["date"]
    )
    if same.exists():
        return already(
            _("Kế hoạch số %(code)s cùng ngày này đã được ban hành thành chương trình.")
            % {"code": header["code"]}
        )
    return ALLOWED
