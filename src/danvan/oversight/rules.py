"""Who reads the leader's page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, Actor, Decision, refuse
from danvan.organisations.queries import oversees
from danvan.programmes.models import Programme


def may_oversee(actor: Actor, programme: Programme) -> Decision:
    """The chairman and deputies of the body, its programme office, and those who observe."""
    return ALLOWED if programme.body_id in oversees(actor) else refuse(_for_whom())


def may_oversee_any(actor: Actor) -> Decision:
    """Whether there is a body whose page the actor reads: also the entry in the navigation."""
    return ALLOWED if oversees(actor) else refuse(_for_whom())


def _for_whom() -> str:
    return _(
        "Trang tổng quan dành cho Chủ tịch, Phó Chủ tịch UBND, cơ quan thường trực chương trình "
        "và cơ quan theo dõi. Việc của đơn vị xem ở Bàn làm việc."
    )
