"""Who may look behind the history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, refuse
from danvan.organisations import queries, roles


def may_read_refusals(actor: Actor, _subject: Any = None) -> Decision:
    """What was refused to whom is for the inspectorate and the administrator."""
    if actor.has(roles.INSPECTORATE) or actor.has(roles.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Nhật ký từ chối chỉ dành cho cơ quan thanh tra và quản trị hệ thống."))


def may_verify(actor: Actor, _subject: Any = None) -> Decision:
    """Walking the whole chain: those who read all of it, or who watch over it."""
    if actor is SYSTEM or queries.oversees(actor) or may_read_refusals(actor):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực, lãnh đạo, thanh tra, quản trị mới kiểm tra chuỗi."))
