"""Who seals, who opens, who names them, who reads the log. No office opens by its role.

The system administrator does none of it, whatever else that person may be.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.vault import queries
from danvan.vault.models import Holder, Opening, Sealed

Role = Holder.Role


def may_seal(actor: Actor, body: Unit) -> Decision:
    """Who takes in denunciations of the body, by name; the system for the public page."""
    if actor is SYSTEM:
        return ALLOWED
    if (stranger := _never(actor)) is not None:
        return stranger
    if queries.holds(actor, clock.today(), body=body, role=Role.INTAKE):
        return ALLOWED
    return refuse(_("Chỉ người được phân công đích danh tiếp nhận tố cáo mới niêm danh tính."))


def may_open(actor: Actor, sealed: Sealed) -> Decision:
    """Named for intake or settling, of the body or of this case, and today."""
    if (stranger := _never(actor)) is not None:
        return stranger
    if queries.role_in(actor, sealed, clock.today()):
        return ALLOWED
    return refuse(
        _("Chỉ người được phân công đích danh tiếp nhận, giải quyết tố cáo này mới mở được.")
    )


def may_redact(actor: Actor, sealed: Sealed) -> Decision:
    """Who may open also makes the copy for those who verify."""
    return may_open(actor, sealed)


def may_appoint(actor: Actor, body: Unit) -> Decision:
    """The head of the body or of its inspectorate, in person: by delegation nobody."""
    if (stranger := _never(actor)) is not None:
        return stranger
    if body.pk in queries.appoints_for(actor, clock.today()):
        return ALLOWED
    return refuse(
        _("Chỉ người đứng đầu cơ quan hoặc người đứng đầu thanh tra phân công người giữ.")
    )


def may_end(actor: Actor, holder: Holder) -> Decision:
    if not (decision := may_appoint(actor, holder.body)):
        return decision
    if not holder.holds_on(clock.today()):
        return already(_("Phân công này đã kết thúc."))
    return ALLOWED


def may_see(actor: Actor, opening: Opening) -> Decision:
    """Who audits says the opening was seen; nobody for an opening of their own."""
    if not queries.openings_visible_to(actor).filter(pk=opening.pk).exists():
        return refuse(_("Chỉ người đứng đầu thanh tra xem xét các lần mở."))
    return may_see_listed(actor, opening)


def may_see_listed(actor: Actor, opening: Opening) -> Decision:
    """The same, of an opening the actor's own log shows."""
    if opening.person_id == actor.id:
        return refuse(_("Không tự xem xét lần mở của chính mình."))
    if hasattr(opening, "seen"):
        return already(_("Lần mở này đã được xem xét."))
    return ALLOWED


def _never(actor: Actor) -> Decision | None:
    if actor.has(roles.ADMINISTRATOR):
        return refuse(_("Quản trị hệ thống không niêm, không mở và không phân công hồ sơ mật."))
    return None
