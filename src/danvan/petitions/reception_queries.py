"""Reads of reception: the calendar is public, the book is not."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from danvan.kernel.access import Actor
from danvan.kernel.calendar import Calendar
from danvan.organisations import roles
from danvan.organisations.models import Post, RoleHolding, Unit, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import oversees, subordinates
from danvan.petitions import reception_minimum as minimum
from danvan.petitions.models import Kind, ReceptionDay, Turn
from danvan.petitions.queries import bodies_of, visible_to

State, Form = ReceptionDay.State, ReceptionDay.Form
CONFIDENTIAL = (Kind.DENUNCIATION, Kind.ANONYMOUS)


def days_visible_to(actor: Actor) -> QuerySet[ReceptionDay]:
    """The calendar hangs on the wall: everybody who works here sees it."""
    every = ReceptionDay.objects.select_related("unit", "presided_by", "notice", "moved_to")
    return every if actor.holds else every.none()


def turns_visible_to(actor: Actor) -> QuerySet[Turn]:
    """The book names citizens: only who keeps it for the unit reads it."""
    found = Turn.objects.filter(unit__in=bodies_of(actor))
    return found.select_related("unit", "day", "sealed", "received_by", "petition")


def petitions_of(actor: Actor, turns: Iterable[Turn]) -> set[int]:
    """Petitions of these lines the actor may open; a denunciation only by name."""
    wanted = {t.petition_id for t in turns if t.petition_id}
    return set(visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))


def receiving_units(actor: Actor, day: dt.date) -> list[UnitVersion]:
    """Units whose head must receive, among those the actor keeps or oversees; in order."""
    own, bodies = bodies_of(actor) | actor.scopes(roles.MEMBER), oversees(actor)
    bodies = bodies | actor.scopes(roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE)
    versions = UnitVersion.objects.filter(in_force(day)).filter(
        Q(unit__in=own | bodies) | Q(parent__in=bodies)
    )
    found = versions.select_related("unit").order_by("sort_key")
    return [v for v in found if minimum.prefix_of(v)]


def versions_of(units: Iterable[int]) -> dict[int, list[UnitVersion]]:
    """Unit → its versions by date; one query."""
    held: dict[int, list[UnitVersion]] = defaultdict(list)
    rows = UnitVersion.objects.filter(unit__in=list(units)).order_by("valid_from")
    for version in rows:
        held[version.unit_id].append(version)
    return held


def head_of(unit: Unit, day: dt.date) -> Post | None:
    """Who is the head that day."""
    posts = Post.objects.filter(in_force(day), unit=unit, rank=Post.Rank.HEAD)
    return posts.select_related("person").first()


def committee_of(unit: Unit, day: dt.date) -> Unit:
    """Where a promise of the unit's head is followed up: at the unit itself when it has an
    office for it, else at the committee above."""
    offices = (roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE)
    if RoleHolding.objects.filter(in_force(day), body=unit, role__in=offices).exists():
        return unit
    version = UnitVersion.objects.filter(in_force(day), unit=unit).select_related("parent").first()
    return version.parent if version is not None and version.parent is not None else unit


def units_for_promises(unit: Unit, day: dt.date) -> list[tuple[int, str]]:
    """Who may be given what was promised: the unit and those under its committee."""
    body = committee_of(unit, day)
    own = UnitVersion.objects.filter(in_force(day), unit=unit)
    found = {v.unit_id: v.name for v in [*own, *subordinates(body, day)]}
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Tally:
    """A unit's period: the head's days against the minimum, and what else happened."""

    known: bool
    held: minimum.Held
    own: int
    delegated: int
    cancelled: int
    unscheduled: int


def tallies(units: Sequence[int], start: dt.date, end: dt.date) -> dict[int, Tally]:
    """For many units: three queries, whatever their number."""
    calendar, versions = Calendar(), versions_of(units)
    days: dict[int, list[ReceptionDay]] = defaultdict(list)
    rows = ReceptionDay.objects.filter(unit__in=list(units), on__range=(start, end))
    for row in rows.only("unit", "on", "state", "form"):
        days[row.unit_id].append(row)
    return {unit: _tally(versions.get(unit, []), days[unit], start, end, calendar)
            for unit in units}  # fmt: skip


def calendar_of(unit: Unit, start: dt.date, end: dt.date) -> QuerySet[ReceptionDay]:
    """What hangs in public: days planned, held or cancelled between two days."""
    days = ReceptionDay.objects.filter(unit=unit, on__range=(start, end))
    return days.select_related("presided_by", "moved_to")


def _tally(
    versions: Sequence[UnitVersion],
    days: Sequence[ReceptionDay],
    start: dt.date,
    end: dt.date,
    calendar: Calendar,
) -> Tally:
    regular = [d for d in days if d.form == Form.REGULAR]
    own = {d.on for d in regular if d.state == State.HELD}
    found = list(minimum.slots(versions, start, end, calendar))
    return Tally(
        known=bool(regular),
        held=minimum.held(found, own),
        own=len(own),
        delegated=sum(d.state == State.DELEGATED for d in regular),
        cancelled=sum(d.state == State.CANCELLED for d in regular),
        unscheduled=sum(d.form == Form.UNSCHEDULED and d.state == State.HELD for d in days),
    )
