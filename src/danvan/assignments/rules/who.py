"""Who speaks for a unit, who keeps its duties, who reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, refuse
from danvan.organisations import roles
from danvan.programmes.models import Programme

# Who speaks for a unit: files, notes progress, answers.
ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
# Who belongs to a unit and reads what it owes.
BELONGING = (roles.MEMBER, *ACTING)
# Who names the person of the unit that does it.
NAMING = (roles.HEAD, roles.DEPUTY, roles.LEADER)
# Who reads the whole programme of a body.
OVERSEEING = (*roles.VERIFYING, roles.OBSERVER, roles.HEAD, roles.DEPUTY)
# Who gives work outside a plan in the name of the body (head, deputy: of the body itself).
GIVING = (roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE, roles.HEAD, roles.DEPUTY)


def may_open(actor: Actor, programme: Programme) -> Decision:
    """Only the system opens duties, when a plan is published."""
    return ALLOWED if actor is SYSTEM else refuse(_("Nhiệm vụ được giao khi ban hành kế hoạch."))


def only_the_system(actor: Actor, subject: Any) -> Decision:
    """What follows from an amendment or a reorganisation by itself."""
    if actor is SYSTEM:
        return ALLOWED
    return refuse(
        _("Hệ thống tự làm việc này khi kế hoạch được sửa đổi hoặc đơn vị được sắp xếp lại.")
    )


def acts_for_unit(actor: Actor, assignment: Assignment) -> Decision:
    if any(actor.has(role, assignment.unit_id) for role in ACTING):
        return ALLOWED
    return refuse(
        _(
            "Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách hoặc công chức đầu mối "
            "của đơn vị được giao mới làm được việc này."
        )
    )


def keeps(actor: Actor, assignment: Assignment) -> Decision:
    """The programme office; for work outside a plan also the office of the committee; what a
    finding asks is looked at again by the inspectorate too."""
    if actor.has(roles.PROGRAMME_OFFICE, assignment.body_id):
        return ALLOWED
    if assignment.origin == Assignment.Origin.PLAN:
        return refuse(_("Chỉ cơ quan thường trực chương trình được làm việc này."))
    if actor.has(roles.ADMINISTRATION_OFFICE, assignment.body_id):
        return ALLOWED
    finding = assignment.origin == Assignment.Origin.FINDING
    if finding and actor.has(roles.INSPECTORATE, assignment.body_id):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình hoặc Văn phòng được làm việc này."))
