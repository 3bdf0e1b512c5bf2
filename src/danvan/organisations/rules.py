"""Who may change what is known of units, people in charge and working days."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, already, refuse
from danvan.organisations import queries, roles
from danvan.organisations.models import (
    Appointment,
    Delegation,
    ErasureRequest,
    Person,
    Post,
    Reorganisation,
    Unit,
)
from danvan.organisations.models.units import in_force


def may_keep_units(actor: Actor, _subject: Any) -> Decision:
    """Tables of units and successions: the administrator (and the system itself)."""
    if actor is SYSTEM or actor.has(roles.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Chỉ quản trị hệ thống mới cập nhật danh mục tổ chức."))


def may_name(actor: Actor, unit: Unit) -> Decision:
    """A unit names its own people (Kế hoạch 49, mục IV.1)."""
    if actor is not SYSTEM and unit.pk not in actor.scopes(
        roles.HEAD, roles.DEPUTY, roles.FOCAL_OFFICER
    ):
        return refuse(
            _("Chỉ người đứng đầu, cấp phó hoặc công chức đầu mối của đơn vị mới phân công được.")
        )
    if not queries.exists_on(unit, clock.today()):
        return refuse(_("Đơn vị không còn hoạt động nên không phân công được nữa."))
    return ALLOWED


def may_delegate(actor: Actor, appointment: Appointment) -> Decision:
    """The named person, or whoever may name, lets somebody act for a while."""
    if not appointment.holds_on(clock.today()):
        return refuse(_("Phân công này không còn hiệu lực."))
    if actor.id is not None and actor.id == appointment.person_id:
        return ALLOWED
    return may_name(actor, appointment.unit)


def may_keep_calendar(actor: Actor, body: Unit) -> Decision:
    """Days off and made-up days: the administrator or the programme office."""
    if (
        actor is SYSTEM
        or actor.has(roles.ADMINISTRATOR)
        or actor.has(roles.PROGRAMME_OFFICE, body.pk)
    ):
        return ALLOWED
    return refuse(
        _("Chỉ quản trị hệ thống hoặc cơ quan thường trực chương trình mới sửa lịch làm việc.")
    )


def may_remove_day(actor: Actor, _day: Any) -> Decision:
    """As ``may_keep_calendar``; a day belongs to the calendar of all bodies."""
    if actor is SYSTEM or actor.has(roles.ADMINISTRATOR) or actor.has(roles.PROGRAMME_OFFICE):
        return ALLOWED
    return refuse(
        _("Chỉ quản trị hệ thống hoặc cơ quan thường trực chương trình mới sửa lịch làm việc.")
    )


def may_enact(actor: Actor, it: Reorganisation) -> Decision:
    """Writing a reorganisation: who keeps the units, once."""
    if it.state in (Reorganisation.State.ENACTED, Reorganisation.State.IN_FORCE):
        return already(_("Đợt sắp xếp này đã được ghi rồi."))
    if it.state == Reorganisation.State.WITHDRAWN:
        return refuse(_("Đợt sắp xếp này đã được rút. Hãy lập đợt mới."))
    return may_keep_units(actor, it)


def may_take_effect(actor: Actor, it: Reorganisation) -> Decision:
    """On its day and not before."""
    if it.state == Reorganisation.State.IN_FORCE:
        return already(_("Đợt sắp xếp này đã có hiệu lực rồi."))
    if it.state != Reorganisation.State.ENACTED or clock.today() < it.effective_on:
        return refuse(_("Chưa đến ngày có hiệu lực hoặc chưa được ghi."))
    return may_keep_units(actor, it)


def may_withdraw(actor: Actor, it: Reorganisation) -> Decision:
    """Only before the day; afterwards a correcting act tells the truth about both."""
    if not (decision := may_keep_units(actor, it)):
        return decision
    if it.state == Reorganisation.State.WITHDRAWN:
        return already(_("Đợt sắp xếp này đã được rút rồi."))
    if it.state == Reorganisation.State.IN_FORCE or (
        it.state == Reorganisation.State.ENACTED and it.effective_on <= clock.today()
    ):
        return refuse(_("Đợt sắp xếp đã có hiệu lực nên không rút được; hãy lập đợt điều chỉnh."))
    return ALLOWED


def may_give(actor: Actor, unit: Unit) -> Decision:
    """A head or deputy delegates what is theirs by post, never what was delegated to them."""
    own = Post.objects.filter(in_force(clock.today()), unit=unit, person=actor.id)
    if not own.filter(rank__in=[Post.Rank.HEAD, Post.Rank.DEPUTY]).exists():
        return refuse(_("Chỉ người đứng đầu, cấp phó của đơn vị mới ủy quyền được việc của mình."))
    return ALLOWED


def may_revoke(actor: Actor, delegation: Delegation) -> Decision:
    """The giver, while it lasts."""
    if actor.id is None or actor.id != delegation.giver_id:
        return refuse(_("Chỉ người đã ủy quyền mới thu hồi được."))
    if delegation.revoked_on is not None:
        return already(_("Ủy quyền này đã được thu hồi rồi."))
    if delegation.valid_to is not None and delegation.valid_to < clock.today():
        return already(_("Ủy quyền này đã hết hạn."))
    return ALLOWED


def may_ask_erasure(actor: Actor, person: Person) -> Decision:
    """For oneself; the administrator enters what came on paper. One request at a time."""
    if actor.id != person.pk and not actor.has(roles.ADMINISTRATOR):
        return refuse(_("Chỉ chính người đó, hoặc quản trị nhập đơn giấy, yêu cầu xóa được."))
    if person.erasure_requests.filter(state=ErasureRequest.State.WAITING).exists():
        return already(_("Đã có yêu cầu đang chờ trả lời."))
    return ALLOWED


def may_answer_erasure(actor: Actor, request: ErasureRequest) -> Decision:
    if not actor.has(roles.ADMINISTRATOR):
        return refuse(_("Chỉ quản trị hệ thống trả lời yêu cầu về dữ liệu cá nhân."))
    if request.state != ErasureRequest.State.WAITING:
        return already(_("Yêu cầu này đã được trả lời."))
    return ALLOWED


def may_erase(actor: Actor, request: ErasureRequest) -> Decision:
    """Not while the person holds a post: the work needs to know who holds it."""
    if not (answers := may_answer_erasure(actor, request)):
        return answers
    if actor.id is not None and actor.id == request.person_id:
        return refuse(_("Người yêu cầu không tự xóa dữ liệu của mình."))
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())
    if request.person.posts.filter(still).exists():
        return refuse(_("Người này còn giữ chức vụ: ghi ngày thôi giữ chức vụ trước khi xóa."))
    return ALLOWED
