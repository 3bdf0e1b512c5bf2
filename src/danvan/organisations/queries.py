"""Reads worth a name. A page about a year asks for names *on that day*."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from danvan.kernel import clock
from danvan.kernel.access import Actor, Hold
from danvan.organisations import roles
from danvan.organisations.models import (
    Appointment,
    Delegation,
    Person,
    Post,
    Reorganisation,
    RoleHolding,
    Unit,
    UnitVersion,
)
from danvan.organisations.models.units import BLOCK_OF_KIND, in_force
from vanban.text import search_key

NOBODY = Actor(None, "")

_ROLE_OF_RANK = {"head": roles.HEAD, "deputy": roles.DEPUTY, "officer": roles.MEMBER}
_ROLE_OF_DUTY = {"leader": roles.LEADER, "officer": roles.FOCAL_OFFICER}


def actor_for(user: Any, on: dt.date | None = None) -> Actor:
    """The signed-in person with the holds of ``on`` (today): one query, two more if somebody
    delegated something to the person."""
    if not user.is_authenticated:
        return NOBODY
    day = on or clock.today()
    person, name, delegated = None, user.get_full_name() or user.username, False
    holds = {Hold(roles.ADMINISTRATOR, 0)} if user.is_superuser else set()
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"user": user.pk, "day": day.isoformat()})
        for kind, scope, what in cursor.fetchall():
            if kind == "person":
                person, name = scope, what
            elif kind == "post":
                holds |= {Hold(roles.MEMBER, scope), Hold(_ROLE_OF_RANK[what], scope)}
            elif kind == "appointment":
                holds.add(Hold(_ROLE_OF_DUTY[what], scope))
            elif kind == "office":
                holds.add(Hold(what, scope))
            else:
                delegated = True
    given, on_behalf = _delegated_to(person, day) if delegated and person else (set(), ())
    return Actor(person, name, frozenset(holds | given), on_behalf)


# What ``in_force`` asks, of the table named.
_IN_FORCE = "{0}.valid_from <= %(day)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"
_OF_USER = "JOIN organisations_person person ON person.id = {}.{}_id AND person.user_id = %(user)s"
# Every page asks this: kind, scope, what is held there. One statement for what would be five.
_HELD = f"""
SELECT 'person', person.id, person.name FROM organisations_person person
WHERE person.user_id = %(user)s
UNION ALL SELECT 'post', post.unit_id, post.rank
FROM organisations_post post {_OF_USER.format("post", "person")}
WHERE {_IN_FORCE.format("post")}
UNION ALL SELECT 'appointment', named.unit_id, named.duty
FROM organisations_appointment named {_OF_USER.format("named", "person")}
WHERE {_IN_FORCE.format("named")}
UNION ALL SELECT 'office', held.body_id, held.role
FROM organisations_roleholding held
JOIN organisations_post post ON post.unit_id = held.holder_id
{_OF_USER.format("post", "person")}
WHERE {_IN_FORCE.format("held")} AND {_IN_FORCE.format("post")}
UNION ALL SELECT 'delegation', given.unit_id, given.scope
FROM organisations_delegation given {_OF_USER.format("given", "receiver")}
WHERE {_IN_FORCE.format("given")} AND (given.revoked_on IS NULL OR given.revoked_on > %(day)s)
"""


def _delegated_to(person: int, day: dt.date) -> tuple[set[Hold], tuple[tuple[int, str], ...]]:
    """What others let this person do that day: two queries.

    A giver who left the post gives nothing any more.
    """
    rows = list(delegations_on(day).filter(receiver=person).select_related("giver"))
    if not rows:
        return set(), ()
    posts = Post.objects.filter(
        in_force(day), person__in=[r.giver_id for r in rows], unit__in=[r.unit_id for r in rows]
    )
    ranks: dict[tuple[int, int], set[str]] = defaultdict(set)
    for post in posts:
        ranks[post.person_id, post.unit_id].add(_ROLE_OF_RANK[post.rank])
    holds, on_behalf = set(), []
    for row in rows:
        may = ranks[row.giver_id, row.unit_id] & {roles.HEAD, roles.DEPUTY}
        if not may:
            continue
        given = may if row.scope == Delegation.Scope.ALL else {roles.LEADER}
        holds |= {Hold(role, row.unit_id) for role in given}
        on_behalf.append((row.unit_id, row.giver.name))
    return holds, tuple(on_behalf)


def delegations_on(day: dt.date) -> QuerySet[Delegation]:
    """Delegations that hold that day, not revoked."""
    standing = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
    return Delegation.objects.filter(in_force(day), standing)


def person_of(actor: Actor) -> Person | None:
    """The person behind an actor (None for the system)."""
    return Person.objects.filter(pk=actor.id).first() if actor.id else None


def visible_to(actor: Actor) -> QuerySet[Unit]:
    """The organisation is no secret among those who sign in."""
    known = actor.id is not None or actor.has(roles.ADMINISTRATOR)
    return Unit.objects.all() if known else Unit.objects.none()


def exists_on(unit: Unit, day: dt.date) -> bool:
    """Whether the unit had a name that day."""
    return UnitVersion.objects.filter(in_force(day), unit=unit).exists()


def bodies_on(day: dt.date) -> dict[int, str]:
    """Bodies that run a programme that day (somebody is their programme office): id → name."""
    held = RoleHolding.objects.filter(in_force(day), role=roles.PROGRAMME_OFFICE)
    return names_on(day, set(held.values_list("body_id", flat=True)))


def oversees(actor: Actor) -> frozenset[int]:
    """Bodies whose whole programme the actor may read: as its programme office, as an
    observer, or as chairman and deputies (head or deputy of the body itself)."""
    leads = actor.scopes(roles.HEAD, roles.DEPUTY)
    held = RoleHolding.objects.filter(in_force(clock.today()), body__in=leads)
    led = frozenset(held.values_list("body_id", flat=True)) if leads else frozenset()
    return led | actor.scopes(roles.PROGRAMME_OFFICE, roles.OBSERVER)


def versions_on(day: dt.date) -> QuerySet[UnitVersion]:
    """Every unit as it was called that day, in Vietnamese order."""
    return UnitVersion.objects.filter(in_force(day)).select_related("unit", "parent")


def called(words: str, day: dt.date) -> QuerySet[UnitVersion, int]:
    """Ids of the units whose name that day holds every word, marks and case aside."""
    found = versions_on(day).order_by()
    for word in search_key(words).split():
        found = found.filter(search_key__contains=word)
    return found.values_list("unit", flat=True)


def names_on(day: dt.date, units: Iterable[int] | None = None) -> dict[int, str]:
    """Unit id → its name that day; one query."""
    found = versions_on(day)
    if units is not None:
        found = found.filter(unit__in=list(units))
    return dict(found.values_list("unit_id", "name"))


def with_versions() -> Prefetch:  # type: ignore[type-arg]
    """For ``prefetch_related`` of units whose names will be shown."""
    return Prefetch("versions", UnitVersion.objects.order_by("valid_from"))


def latest_name(unit: int) -> str:
    """A unit's last name, as ``str(unit)`` says it; "" if it never had one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM organisations_unitversion WHERE unit_id = %s "
            "ORDER BY valid_from DESC LIMIT 1",
            [unit],
        )
        found = cursor.fetchone()
    return found[0] if found else ""


def name_on(unit: Unit, day: dt.date) -> str:
    """A unit's name that day; its last name if it did not exist then."""
    held = [v for v in unit.versions.all() if v.holds_on(day)]
    return held[0].name if held else str(unit)


def subordinates(body: Unit, day: dt.date) -> QuerySet[UnitVersion]:
    """Units directly under ``body`` that day, in Vietnamese order."""
    return versions_on(day).filter(parent=body)


def ranked_units(body: Unit, day: dt.date) -> list[tuple[int, str]]:
    """(unit id, block) of every unit under ``body`` that is ranked, that day."""
    found = subordinates(body, day).filter(kind__in=BLOCK_OF_KIND)
    return [(v.unit_id, BLOCK_OF_KIND[v.kind]) for v in found]


def holder_of(role: str, body: Unit, day: dt.date) -> Unit | None:
    """The unit that fills a role for a body that day."""
    held = RoleHolding.objects.filter(in_force(day), role=role, body=body)
    row = held.select_related("holder").order_by("-valid_from").first()
    return row.holder if row else None


def people_in(unit: Unit, day: dt.date) -> QuerySet[Person]:
    """People in post in a unit that day, in Vietnamese order."""
    return Person.objects.filter(Q(in_force(day, "posts__")), posts__unit=unit).distinct()


def appointments_of(unit: Unit, day: dt.date) -> QuerySet[Appointment]:
    """Whom the unit named, that day."""
    return Appointment.objects.filter(in_force(day), unit=unit).select_related("person")


def reorganisations_visible_to(actor: Actor) -> QuerySet[Reorganisation]:
    """What was written is everybody's; drafts and what was withdrawn the administrator's."""
    every = Reorganisation.objects.select_related("file").defer("touched")
    if actor.has(roles.ADMINISTRATOR):
        return every
    written = [Reorganisation.State.ENACTED, Reorganisation.State.IN_FORCE]
    known = actor.id is not None
    return every.filter(state__in=written) if known else every.none()
