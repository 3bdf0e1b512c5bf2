"""What scoring announces."""

from __future__ import annotations

from danvan.kernel.events import event


@event
class RankingDecided:
    """A round's ranking was decided and published. ``round`` is its id."""

    round: int
