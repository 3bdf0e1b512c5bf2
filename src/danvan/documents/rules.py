"""Who may give a document its number, and who keeps the register."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit


def may_issue(actor: Actor, body: Unit) -> Decision:
    """Whoever signs for the body, or the office that numbers its documents."""
    signs = body.pk in actor.scopes(roles.HEAD, roles.DEPUTY)
    if actor is SYSTEM or signs or actor.has(roles.ADMINISTRATION_OFFICE, body.pk):
        return ALLOWED
    return refuse(
        _("Chỉ người ký văn bản của cơ quan hoặc văn phòng mới ban hành, cấp số văn bản được.")
    )


def may_number(actor: Actor, body: Unit) -> Decision:
    """Setting where a series of numbers stands: the administration office."""
    if actor is SYSTEM or actor.has(roles.ADMINISTRATION_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ văn phòng của cơ quan mới đặt số văn bản."))


def may_keep_register(actor: Actor, _subject: Any) -> Decision:
    """Facts about instruments of other bodies: the administrator and the programme office."""
    if (
        actor is SYSTEM
        or actor.has(roles.ADMINISTRATOR)
        or actor.has(roles.PROGRAMME_OFFICE)
        or actor.has(roles.ADMINISTRATION_OFFICE)
    ):
        return ALLOWED
    return refuse(
        _("Chỉ cơ quan thường trực, văn phòng hoặc quản trị hệ thống mới cập nhật văn bản.")
    )
