"""Who may change what is known of units, people in charge and working days."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, refuse
from danvan.organisations import queries, roles
from danvan.organisations.models import Appointment, Unit


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
