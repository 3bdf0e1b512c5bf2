"""Work given outside a plan, and who says in the end that it is done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.assignments.rules.who import GIVING, keeps
from danvan.kernel.access import ALLOWED, Actor, Decision, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.ui import written


def may_assign(actor: Actor, body: Unit) -> Decision:
    """Programme office, office of the committee, chairman and deputies."""
    if any(actor.has(role, body.pk) for role in GIVING):
        return ALLOWED
    return refuse(
        _(
            "Chỉ cơ quan thường trực chương trình, Văn phòng hoặc lãnh đạo Ủy ban "
            "giao việc từ cuộc họp, kết luận."
        )
    )


def may_confirm(actor: Actor, assignment: Assignment) -> Decision:
    """What the asker said is recorded by the office or by the Front, which watches."""
    if assignment.origin != Assignment.Origin.DIALOGUE:
        return refuse(_("Chỉ kết luận sau đối thoại cần người nêu ý kiến xác nhận."))
    if not (actor.has(roles.OBSERVER, assignment.body_id) or keeps(actor, assignment)):
        return refuse(_("Chỉ cơ quan thường trực, Văn phòng hoặc Mặt trận ghi ý kiến xác nhận."))
    if assignment.confirmed_on is not None:
        return already(
            _("Người nêu ý kiến đã xác nhận ngày %(day)s.")
            % {"day": written.day(assignment.confirmed_on)}
        )
    if assignment.state != Assignment.State.ACCEPTED:
        return refuse(_("Chờ kết quả được chấp nhận rồi mới hỏi ý kiến người nêu."))
    return ALLOWED
