"""The roster: every person in post on a day, per unit, less those exempt. The denominator.

Read from organisations' posts each time, never copied: a joiner counts from the first day in
post, a leaver until the last. All functions take many units for the same number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from danvan.organisations.models import Person, Post, Succession
from danvan.organisations.models.units import in_force
from danvan.study.models import Exemption

RULE = gettext_lazy(
    "Mẫu số là mọi người đang giữ chức vụ tại đơn vị vào ngày tính, kể cả người đứng đầu, cấp phó "
    "và người mới đến; trừ người được miễn có quyết định còn hiệu lực ngày đó. Người giữ hai chức "
    "vụ ở một đơn vị tính một lần; toàn cơ quan mỗi người tính một lần. Người đã thôi giữ chức vụ "
    "trước ngày tính không còn trong mẫu số."
)


@dataclass
class Roster:
    """One unit's people on the day: id → name, in Vietnamese order; and who is exempt."""

    people: dict[int, str] = field(default_factory=dict)
    posts: dict[int, str] = field(default_factory=dict)
    exempt: dict[int, str] = field(default_factory=dict)

    @property
    def counted(self) -> dict[int, str]:
        return {pk: name for pk, name in self.people.items() if pk not in self.exempt}


def on(day: dt.date, units: Collection[int]) -> dict[int, Roster]:
    """Unit → its roster that day: two queries."""
    found: dict[int, Roster] = {unit: Roster() for unit in units}
    posts = Post.objects.filter(in_force(day), unit__in=units).select_related("person")
    for post in posts.order_by("person__sort_key", "person_id", "-valid_from"):
        roster = found[post.unit_id]
        roster.people[post.person_id] = post.person.name
        roster.posts.setdefault(post.person_id, post.title)
    for row in exempt_on(day, units):
        roster = found[row.unit_id]
        if row.person_id in roster.people:
            roster.exempt[row.person_id] = row.reason
    return found


def exempt_on(day: dt.date, units: Collection[int]) -> Iterable[Exemption]:
    return Exemption.objects.filter(
        in_force(day), unit__in=units, state=Exemption.State.GRANTED
    ).select_related("person")


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody came to the unit, or left it; ``on`` is the first or the last day in post."""

    person: Person
    title: str
    on: dt.date


def moves(unit: int, since: dt.date, until: dt.date) -> tuple[list[Move], list[Move]]:
    """(joiners, leavers) between two days, by day. A change of post within the unit is neither."""
    spans: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.filter(unit=unit).select_related("person").order_by("valid_from"):
        spans[post.person_id].append(post)
    came, went = [], []
    for posts in spans.values():
        for post in posts:
            others = [p for p in posts if p.pk != post.pk]
            before = post.valid_from - dt.timedelta(days=1)
            if since <= post.valid_from <= until and not any(p.holds_on(before) for p in others):
                came.append(Move(post.person, post.title, post.valid_from))
            if post.valid_to is None or not since <= post.valid_to <= until:
                continue
            after = post.valid_to + dt.timedelta(days=1)
            if not any(p.holds_on(after) for p in others):
                went.append(Move(post.person, post.title, post.valid_to))
    return sorted(came, key=lambda m: m.on), sorted(went, key=lambda m: m.on)


def unit_of(person: int, day: dt.date) -> int | None:
    """The unit of a person's post that day (the latest one); None out of post."""
    held = Post.objects.filter(in_force(day), person=person).order_by("-valid_from", "-pk")
    return held.values_list("unit_id", flat=True).first()


def heirs(units: Collection[int], day: dt.date) -> dict[int, set[int]]:
    """Unit → itself and whatever became of it by that day: one query.

    An audience fixed in June still means its people after a merger in July.
    """
    became: dict[int, set[int]] = defaultdict(set)
    for before, after in Succession.objects.filter(on__lte=day).values_list(
        "predecessor_id", "successor_id"
    ):
        became[before].add(after)
    return {unit: _closure(unit, became) for unit in units}


def _closure(unit: int, became: dict[int, set[int]]) -> set[int]:
    found, waiting = {unit}, [unit]
    while waiting:
        for after in became.get(waiting.pop(), set()) - found:
            found.add(after)
            waiting.append(after)
    return found
