"""More time, or not to owe it at all: asked by the unit, decided by the office."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from danvan.assignments.models import (
    Assignment,
    Directive,
    ExemptionRequest,
    ExtensionRequest,
    Request,
)
from danvan.assignments.rules.who import GIVING, acts_for_unit, keeps
from danvan.assignments.workflow import OWED
from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.programmes.models import Task
from danvan.ui import written


def may_ask_extension(actor: Actor, assignment: Assignment) -> Decision:
    return all_of(
        acts_for_unit(actor, assignment),
        _can_move(assignment),
        _none_waits(assignment.extension_requests),
    )


def may_extend(actor: Actor, assignment: Assignment) -> Decision:
    """The office of its own accord, also without being asked."""
    return all_of(keeps(actor, assignment), _can_move(assignment))


def may_decide_extension(actor: Actor, assignment: Assignment) -> Decision:
    return all_of(
        keeps(actor, assignment),
        _one_waits(assignment.extension_requests),
        _can_move(assignment),
        _not_the_asker(actor, assignment.extension_requests),
    )


def may_extend_group(actor: Actor, subject: Task | Directive) -> Decision:
    """Several units at once, for one task or one directive."""
    body = subject.programme.body_id if isinstance(subject, Task) else subject.body_id
    if actor.has(roles.PROGRAMME_OFFICE, body):
        return ALLOWED
    if isinstance(subject, Directive) and any(actor.has(role, body) for role in GIVING):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình gia hạn cho nhiều đơn vị."))


def may_ask_exemption(actor: Actor, assignment: Assignment) -> Decision:
    if assignment.state not in OWED:
        return all_of(
            acts_for_unit(actor, assignment),
            refuse(_("Nhiệm vụ đã nộp hoặc đã kết thúc: không còn đề nghị không áp dụng.")),
        )
    return all_of(acts_for_unit(actor, assignment), _none_waits(assignment.exemption_requests))


def may_decide_exemption(actor: Actor, assignment: Assignment) -> Decision:
    return all_of(
        keeps(actor, assignment),
        _one_waits(assignment.exemption_requests),
        _not_the_asker(actor, assignment.exemption_requests),
    )


def waiting_extension(assignment: Assignment) -> ExtensionRequest | None:
    waiting = assignment.extension_requests.filter(state=Request.State.WAITING)
    return waiting.select_related("asked_by").first()


def waiting_exemption(assignment: Assignment) -> ExemptionRequest | None:
    waiting = assignment.exemption_requests.filter(state=Request.State.WAITING)
    return waiting.select_related("asked_by").first()


def _can_move(assignment: Assignment) -> Decision:
    """A date moves while the work is owed and nothing was handed in: lateness on record stays."""
    if assignment.due_on is None:
        return refuse(_("Nhiệm vụ không ấn định ngày nên không có hạn để gia hạn."))
    if assignment.first_filed_at is not None:
        return refuse(
            _("Đơn vị đã nộp lần đầu ngày %(day)s; gia hạn không đổi được số ngày đã ghi nhận.")
            % {"day": written.day(assignment.first_filed_at)}
        )
    if assignment.state not in OWED:
        return refuse(_("Nhiệm vụ đã kết thúc nên không gia hạn."))
    return ALLOWED


def _none_waits(requests: Any) -> Decision:
    """A second request while one waits is told who asked."""
    waiting = requests.filter(state=Request.State.WAITING).select_related("asked_by").first()
    if waiting is None:
        return ALLOWED
    return already(
        _("%(who)s đã gửi đề nghị lúc %(when)s, đang chờ cơ quan thường trực xem xét.")
        % {"who": waiting.asked_by or _("Hệ thống"), "when": written.moment(waiting.asked_at)}
    )


def _one_waits(requests: Any) -> Decision:
    last = requests.select_related("decided_by").first()
    if last is None:
        return refuse(_("Đơn vị chưa gửi đề nghị nào."))
    if last.state == Request.State.WAITING:
        return ALLOWED
    return already(
        _("Đề nghị đã được %(who)s xem xét lúc %(when)s: %(what)s.")
        % {
            "who": last.decided_by or _("hệ thống"),
            "when": written.moment(last.decided_at),
            "what": last.get_state_display(),
        }
    )


def _not_the_asker(actor: Actor, requests: Any) -> Decision:
    waiting = requests.filter(state=Request.State.WAITING).first()
    if waiting and waiting.asked_by_id is not None and waiting.asked_by_id == actor.id:
        return refuse(
            _("Người đề nghị không tự quyết định; người khác của cơ quan thường trực làm.")
        )
    return ALLOWED
