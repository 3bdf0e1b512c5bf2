"""The draft of a round as it stands, added up once for all who look at it until something changes.

Every change is a verb and every verb leaves a line of history, so the end of the chain of
history tells whether a draft that was worked out before is still true: it is kept in memory
under that end and the day. Inside a transaction nothing is kept or taken: there the verb may
have changed what its line of history does not tell yet.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection

from danvan.kernel import clock
from danvan.kernel.models import ChainHead
from danvan.scoring.models import Round
from danvan.scoring.queries import chairman
from danvan.scoring.queries.chairman import CapLine, Deciding
from danvan.scoring.queries.drafts import Draft, draft
from danvan.scoring.queries.progress import Progress, progress
from danvan.scoring.standings import Forecast, Line, Near, forecast

ROUNDS = 2  # drafts kept at once; one of 10 000 units takes about 20 MB
READERS = 8  # different veils over one draft
PAGES = 64  # pages drawn; one of 200 lines takes about 200 kB


@dataclass
class Seen:
    """A draft as whoever may not see ``veiled`` sheets reads it. Counts leave those out too:
    a count would tell what is veiled."""

    round: Round
    drafted: Draft
    veiled: frozenset[int]

    @cached_property
    def blocks(self) -> dict[str, list[Line]]:
        if not self.veiled:
            return self.drafted.blocks
        return {
            block: [line for line in lines if line.totals.sheet not in self.veiled]
            for block, lines in self.drafted.blocks.items()
        }

    @cached_property
    def forecast(self) -> Forecast:
        target = self.round.target_share
        return forecast(self.blocks, self.drafted.scales, target, nearest=None)

    @cached_property
    def near(self) -> tuple[Near, ...]:
        """As many as the target lacks, five at least."""
        return self.forecast.near[: max(5, self.forecast.lacking)]

    @cached_property
    def deciding(self) -> list[Deciding]:
        return chairman.deciding(self.near) if self.forecast.lacking else []

    @cached_property
    def caps(self) -> list[CapLine]:
        return chairman.caps(self.round, self.drafted, self.veiled)

    @cached_property
    def classes(self) -> dict[str, list[tuple[str, int]]]:
        """Block → units per class, best first; none for a block in which a sheet is veiled."""
        found = {}
        for block, lines in self.drafted.blocks.items():
            if len(lines) == len(self.blocks[block]):
                held = Counter(line.band for line in lines if not line.ineligible)
                found[block] = [(b.name, held[b.name]) for b in self.drafted.scales[block].bands]
        return found


@dataclass
class Current:
    """A draft and how far its round is."""

    round: Round
    drafted: Draft
    progress: Progress
    seen_by: dict[frozenset[int], Seen] = field(default_factory=dict)

    def seen(self, veiled: Collection[int]) -> Seen:
        """What readers of the same veil share."""
        key = frozenset(veiled)
        if key not in self.seen_by:
            if len(self.seen_by) >= READERS:
                self.seen_by.clear()
            self.seen_by[key] = Seen(self.round, self.drafted, key)
        return self.seen_by[key]


Kept = OrderedDict[Hashable, tuple[object, Any]]
_kept: Kept = OrderedDict()  # drafts, by round
_made: Kept = OrderedDict()  # pages drawn
_one_at_a_time = threading.Lock()  # a worker may have several threads


def mark() -> object:
    """How far the history is today. Read it before whatever it shall speak for: what is worked
    out after can only be newer than it says."""
    return clock.today(), ChainHead.objects.values_list("seq", "hash").first()


def until_changed[Made](
    key: Hashable,
    make: Callable[[], Made],
    *,
    since: object = None,
    held: Kept = _made,
    most: int = PAGES,
) -> Made:
    """What ``make`` gives, made again once anything changed; one query while nothing did, none
    where ``since`` (a ``mark``) was read before.

    ``key`` must tell everything it depends on beside the database: who looks, at what.
    """
    if connection.in_atomic_block:
        return make()
    since = since or mark()
    found = held.get(key)
    if found is None or found[0] != since:
        found = (since, make())
        with _one_at_a_time:
            held[key] = found
            held.move_to_end(key)
            while len(held) > most:
                held.popitem(last=False)
    made: Made = found[1]
    return made


def current(round: Round, since: object = None) -> Current:
    """The draft of now: one query while nothing changed, else as many as ``draft``."""
    return until_changed(round.pk, lambda: _worked_out(round), since=since, held=_kept, most=ROUNDS)


def _worked_out(round: Round) -> Current:
    return Current(round, draft(round), progress(round))
