"""Which committee a unit stands under, and giving a unit what it took on itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from danvan.assignments.actions import directives
from danvan.assignments.models import Assignment
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import RoleHolding, Unit, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import names_on, subordinates

# Who speaks for a unit.
ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
BELONGING = (roles.MEMBER, *ACTING)
# The offices that write for the committee itself.
OFFICES = (roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE)


def committee_of(unit: Unit, day: dt.date) -> Unit:
    """The body whose programme office looks after the unit that day: itself, or its parent."""
    own = RoleHolding.objects.filter(in_force(day), role=roles.PROGRAMME_OFFICE, body=unit)
    if own.exists():
        return unit
    version = UnitVersion.objects.filter(in_force(day), unit=unit).select_related("parent").first()
    return version.parent if version and version.parent else unit


def units_of(body: Unit, day: dt.date) -> list[tuple[int, str]]:
    """The body and the units under it that day, by name: two queries."""
    own = names_on(day, [body.pk])
    return [*own.items(), *subordinates(body, day).values_list("unit_id", "name")]


def called(names: Mapping[int, str], unit: Unit) -> str:
    """The unit's name among ``names``; only one that is not there is asked for its last."""
    return names[unit.pk] if unit.pk in names else str(unit)


def own_units(actor: Actor, day: dt.date) -> list[tuple[int, str]]:
    """Units the actor speaks for, and the bodies whose offices he is in: (id, name)."""
    mine = actor.scopes(*ACTING) | actor.scopes(*OFFICES)
    return sorted(names_on(day, mine).items(), key=lambda pair: pair[1])


def speaks_for(actor: Actor, unit: int, body: int) -> bool:
    """Head, deputy, leader, focal officer of the unit; for the committee also its offices."""
    if unit in actor.scopes(*ACTING):
        return True
    return unit == body and any(actor.has(role, body) for role in OFFICES)


def take_on(body: Unit, unit: Unit, *, by: Actor, **said: Any) -> Assignment:
    """Opens the assignment a unit takes on by its own word, in its committee's duty system.

    Only for verbs whose rule has let ``by`` speak for ``unit``: for this one call he holds what
    the office that gives out work holds. ``said``: as ``assignments…directives.assign``.
    """
    taker = by.lent(roles.PROGRAMME_OFFICE, body.pk)
    return directives.assign(body, unit=unit, by=taker, **said)
