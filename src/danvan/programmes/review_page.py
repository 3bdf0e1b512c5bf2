"""What the review page shows: groups, counts, decisions, and the text with its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from danvan.kernel.access import Actor, Decision
from danvan.programmes import marking, review, rules, shapes
from danvan.programmes.models import Draft


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A place of a finding; the first one carries the anchor a link leads to."""

    row: review.Row
    first: bool = True


class Review:
    """One draft on the screen, for one person."""

    def __init__(self, draft: Draft, groups: Sequence[review.Group], actor: Actor) -> None:
        self.draft, self.groups, self.actor = draft, groups, actor

    @cached_property
    def may(self) -> Decision:
        return rules.may_review(self.actor, self.draft)

    @cached_property
    def may_publish(self) -> Decision:
        return rules.may_publish(self.actor, self.draft)

    @cached_property
    def may_keep(self) -> Decision:
        return rules.may_keep(self.actor, self.draft)

    @cached_property
    def may_discard(self) -> Decision:
        return rules.may_discard(self.actor, self.draft)

    @property
    def rows(self) -> list[review.Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def pending(self) -> int:
        return sum(group.pending for group in self.groups)

    @property
    def seen(self) -> int:
        return len(self.rows) - self.pending

    def row(self, finding: int) -> review.Row | None:
        return next((row for row in self.rows if row.finding.pk == finding), None)

    def next_after(self, finding: int) -> int:
        """The next pending finding in the order of the screen, from the top again at the end."""
        order = [row.finding.pk for row in self.rows]
        at = order.index(finding) if finding in order else 0
        pending = {row.finding.pk for row in self.rows if row.pending}
        return next((pk for pk in [*order[at + 1 :], *order[:at]] if pk in pending), finding)

    def blocks(self) -> list[marking.Block]:
        """The text of the draft; every finding's words are marked."""
        nodes = [
            marking.Node(p["marker"], p["depth"], p["heading"], p["start"], p["end"], index)
            for index, p in enumerate(self.draft.provisions)
        ]
        return marking.blocks(self.draft.text, nodes, self._places())

    def _places(self) -> list[marking.Place]:
        places: list[marking.Place] = []
        for row in self.rows:
            spans = [(row.finding.start, row.finding.end)]
            if isinstance(row.shape, shapes.Citation):
                spans = [place[:2] for place in row.shape.places] or spans
            for index, (start, end) in enumerate(spans):
                if start < end:
                    places.append(marking.Place(start, end, Mark(row, index == 0)))
        return places
