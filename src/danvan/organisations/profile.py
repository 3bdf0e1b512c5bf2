"""Everything known of one unit, for its page: past, present and who is in post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from danvan.kernel import audit
from danvan.kernel.access import Actor, Decision
from danvan.kernel.models import Entry
from danvan.organisations import queries, roles, rules
from danvan.organisations.models import (
    Appointment,
    Delegation,
    Post,
    RoleHolding,
    Succession,
    Unit,
)
from danvan.organisations.models.units import in_force


@dataclass(frozen=True, slots=True)
class Kin:
    """A predecessor or successor under the name of the day of the change."""

    unit: Unit
    name: str
    on: dt.date
    shown_on: dt.date
    whole: bool
    resolution: str
    reorganisation: int | None = None


def predecessors(unit: Unit) -> list[Kin]:
    """Under the name they had the day before."""
    rows = list(unit.precessions.select_related("predecessor").order_by("on", "pk"))
    return _kin(rows, "predecessor", before=True)


def successors(unit: Unit) -> list[Kin]:
    """Under the name they began with."""
    rows = list(unit.successions.select_related("successor").order_by("on", "pk"))
    return _kin(rows, "successor", before=False)


def _kin(rows: Sequence[Succession], end: str, *, before: bool) -> list[Kin]:
    found, names = [], {}
    for row in rows:
        day = row.on - dt.timedelta(days=1) if before else row.on
        if day not in names:
            names[day] = queries.names_on(day, [getattr(r, f"{end}_id") for r in rows])
        unit = getattr(row, end)
        name = names[day].get(unit.pk, unit.key)
        found.append(Kin(unit, name, row.on, day, row.whole, row.resolution, row.reorganisation_id))
    return found


def people(unit: Unit, day: dt.date) -> list[Post]:
    """Posts filled that day: heads first, then deputies, each in Vietnamese order."""
    rank = {"head": 0, "deputy": 1, "officer": 2}
    rows = unit.posts.filter(in_force(day)).select_related("person").order_by("person__sort_key")
    return sorted(rows, key=lambda post: rank[post.rank])


def roles_held(unit: Unit, day: dt.date) -> list[tuple[roles.Role, str, RoleHolding]]:
    """(role, name of the body it serves, the row), that day."""
    rows = [r for r in unit.roles_held.filter(in_force(day)) if r.role in roles.ROLES]
    bodies = queries.names_on(day, [r.body_id for r in rows]) if rows else {}
    return [(roles.ROLES[r.role], bodies.get(r.body_id, ""), r) for r in rows]


def appointments(unit: Unit) -> list[Appointment]:
    """All of them, the newest first: the page shows the present and the past apart."""
    rows = unit.appointments.select_related("person", "stands_in_for__person")
    return list(rows.order_by("duty", "-valid_from", "-pk"))


def history(unit: Unit, most: int = 20) -> list[Entry]:
    """The latest lines of history about the unit itself, whom it named, what was delegated."""
    lines = audit.of(unit)
    for model in (Appointment, Delegation):
        named = model.objects.filter(unit=unit).values_list("pk", flat=True)
        lines |= Entry.objects.filter(
            subject_type=model._meta.label_lower, subject_id__in=[str(pk) for pk in named]
        )
    return list(lines[:most])


def delegations(unit: Unit, day: dt.date, actor: Actor) -> list[tuple[Delegation, Decision]]:
    """Those that hold that day or are to come, each with whether the actor may take it back."""
    rows = unit.delegations.filter(valid_to__gte=day).select_related("giver", "receiver")
    return [
        (row, rules.may_revoke(actor, row))
        for row in rows
        if row.revoked_on is None or row.revoked_on > day
    ]
