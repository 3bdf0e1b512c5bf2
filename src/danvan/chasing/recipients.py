"""Who of a unit is told, on a day: three queries for every AT_ONCE units."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import batched

from danvan.chasing.models.ladder import Audience
from danvan.organisations.models import Appointment, Person, Post
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import delegations_on

# Databases limit how many values one question may name.
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class People:
    """A unit's people by audience. Without a named officer or leader the head is told."""

    officer: tuple[Person, ...] = ()
    leader: tuple[Person, ...] = ()
    head: tuple[Person, ...] = ()

    def of(self, audience: str) -> tuple[Person, ...]:
        if audience == Audience.OFFICER:
            return self.officer or self.head
        if audience == Audience.LEADER:
            return self.leader or self.head
        return self.head


def people_of(units: Iterable[int], day: dt.date) -> Mapping[int, People]:
    """Unit → its people that day; delegates act beside those they stand in for."""
    found: dict[int, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    for some in batched(sorted(set(units)), AT_ONCE):
        named = Appointment.objects.filter(in_force(day), unit__in=some)
        for one in named.select_related("person__user").order_by("pk"):
            found[one.unit_id][str(one.duty)].append(one.person)
        heads = Post.objects.filter(in_force(day), unit__in=some, rank=Post.Rank.HEAD)
        for post in heads.select_related("person__user").order_by("pk"):
            found[post.unit_id]["head"].append(post.person)
        lent = delegations_on(day).filter(unit__in=some).select_related("receiver__user")
        for loan in lent.order_by("pk"):
            told = found[loan.unit_id]["head"]
            if any(head.pk == loan.giver_id for head in told) and loan.receiver not in told:
                told.append(loan.receiver)
    return {
        unit: People(*(tuple(held[kind]) for kind in ("officer", "leader", "head")))
        for unit, held in found.items()
    }


def address_of(person: Person) -> str:
    """The person's e-mail address; "" where none is known."""
    return person.user.email if person.user is not None and person.user.is_active else ""
