"""Who answers the checklist and keeps a unit's regulation, conference and boards."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.democracy.committees import committee_of, speaks_for
from danvan.democracy.models import Board, Regulation
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.ui import written


def may_keep(actor: Actor, unit: Unit) -> Decision:
    """The unit itself; its committee's programme office also enters what came on paper."""
    body = committee_of(unit, clock.today()).pk
    if speaks_for(actor, unit.pk, body) or actor.has(roles.PROGRAMME_OFFICE, body):
        return ALLOWED
    return refuse(
        _(
            "Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách, công chức đầu mối của đơn vị "
            "hoặc cơ quan thường trực chương trình ghi được mục này."
        )
    )


def may_end(actor: Actor, regulation: Regulation) -> Decision:
    """A regulation ends once; a newer one is added beside it."""
    if regulation.valid_to is not None:
        return already(_("Văn bản đã hết áp dụng ngày %s.") % written.day(regulation.valid_to))
    return may_keep(actor, regulation.unit)


def may_check(actor: Actor, board: Board) -> Decision:
    """The unit writes down what the board did; the Front, which recognises boards, may too."""
    if actor.has(roles.OBSERVER, board.body_id):
        return ALLOWED
    return may_keep(actor, board.unit)
