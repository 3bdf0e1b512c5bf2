"""Who acts for a unit here: what disclosure, consultation and ballots share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit

ACTS_FOR = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
KEEPS_CATALOGUE = (roles.PROGRAMME_OFFICE,)


def acts_for(actor: Actor, unit: int) -> Decision:
    """Head, deputy, leader in charge, focal officer of the unit."""
    if actor is SYSTEM or unit in actor.scopes(*ACTS_FOR):
        return ALLOWED
    return refuse(_("Chỉ lãnh đạo hoặc công chức đầu mối của đơn vị ghi được; người khác chỉ đọc."))


def may_enact(actor: Actor, body: Unit) -> Decision:
    """Putting the catalogue of the law in use: the programme office."""
    if actor is SYSTEM or body.pk in actor.scopes(*KEEPS_CATALOGUE):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình đưa danh mục luật định vào dùng."))
