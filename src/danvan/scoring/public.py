"""What a citizen may see: results that were decided and published, never a draft."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from danvan.kernel import clock
from danvan.organisations.models import Block
from danvan.organisations.queries import name_on
from danvan.scoring.models import Ranking


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One unit's line as decided; no rank: not eligible, ``ineligible`` says why."""

    unit: str
    points: Decimal | None
    maximum: Decimal | None
    rate: Decimal | None
    rank: int | None
    band: str
    ineligible: str


@dataclass(frozen=True, slots=True)
class PublicBlock:
    label: str
    rows: tuple[PublicRow, ...]


@dataclass(frozen=True, slots=True)
class PublicRanking:
    """One published result; ``withdrawn``: by which document and why ("" while it stands)."""

    pk: int
    title: str
    year: int
    body: str
    decision: str
    decided_on: dt.date
    withdrawn: str
    blocks: tuple[PublicBlock, ...] = ()


def published_rankings() -> list[PublicRanking]:
    """Newest first, without their lines."""
    return [_told(held) for held in _published()]


def published_ranking(pk: int) -> PublicRanking | None:
    """One with its lines, units named as in the decision; None if there is none."""
    held = _published().filter(pk=pk).first()
    if held is None:
        return None
    blocks: dict[str, list[PublicRow]] = defaultdict(list)
    for row in held.standings.order_by(F("rank").asc(nulls_last=True), "unit_name"):
        blocks[row.block].append(
            PublicRow(
                row.unit_name,
                row.points,
                row.applicable_max,
                row.rate,
                row.rank,
                row.band,
                row.ineligible_reason,
            )
        )
    told = tuple(
        PublicBlock(str(Block(block).label), tuple(blocks[block]))
        for block in Block.values
        if block in blocks
    )
    return _told(held, told)


def _published():  # type: ignore[no-untyped-def]
    """With names of the body on any day, without the snapshots."""
    held = Ranking.objects.select_related("round__programme__body", "decision", "withdrawal")
    named = held.prefetch_related("round__programme__body__versions")
    return named.defer("snapshot").order_by("-decided_at", "-pk")


def _told(held: Ranking, blocks: tuple[PublicBlock, ...] = ()) -> PublicRanking:
    programme, day = held.round.programme, clock.local_day(held.decided_at)
    withdrawn = ""
    if held.withdrawal:
        withdrawn = f"{held.withdrawal.short}: {held.withdrawal_ground}"
    body = name_on(programme.body, day)
    return PublicRanking(
        held.pk, held.round.title, programme.year, body, held.decision.short, day, withdrawn, blocks
    )
