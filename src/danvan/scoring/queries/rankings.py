"""The ranking of a round as a person may see it: the draft, or the decided result."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import Block
from danvan.organisations.queries import called, names_on
from danvan.scoring.models import Ranking, Round, Sheet, Standing
from danvan.scoring.queries.drafts import Draft, as_facts, draft, line_of_sheet
from danvan.scoring.queries.sight import veiled_sheets
from danvan.scoring.queries.standing_now import Current
from danvan.scoring.rules.verification import ACTING
from danvan.scoring.standings import Line
from vanban.text import search_key

# Who reads the whole round of a body.
OVERSEEING = (*roles.VERIFYING, roles.OBSERVER, roles.HEAD, roles.DEPUTY)


@dataclass
class Row:
    """One unit's line as shown. ``hidden``: the viewer still owes marks on this sheet."""

    unit: int
    name: str
    sheet: int | None
    points: Decimal | None
    maximum: Decimal | None
    rate: Decimal | None
    rank: int | None
    band: str
    raw_band: str
    caps: list[dict[str, str]]
    ineligible: str
    hidden: bool = False
    linked: bool = True
    quota: str = ""

    @property
    def capped(self) -> bool:
        return bool(self.band) and self.band != self.raw_band


@dataclass
class BlockTable:
    """One block's table; ``classes`` counts units per class, best first."""

    block: str
    label: str
    rows: list[Row]
    classes: list[tuple[str, int]] = field(default_factory=list)
    # Which part of the block's lines ``rows`` are; None: all of them.
    page: Page[Any] | None = None
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines of a ranking: of one block ("" all), units whose name holds ``words``, page."""

    block: str = ""
    words: str = ""
    page: str = "1"


PAGE = 200  # lines of a block on one page


# --- who sees a round ----------------------------------------------------------------------


def rounds_visible_to(actor: Actor) -> QuerySet[Round]:
    """Rounds one oversees, verifies in or is scored in; decided ones are everybody's."""
    units = actor.scopes(roles.MEMBER, *ACTING)
    return (
        Round.objects.filter(
            Q(programme__body__in=actor.scopes(*OVERSEEING))
            | Q(pk__in=Sheet.objects.filter(unit__in=units).values("round"))
            | Q(offices__office__in=units)
            | Q(offices__substitute__in=units)
            | (Q(state=Round.State.DECIDED) if actor.id else Q(pk__in=[]))
        )
        .distinct()
        .select_related("programme__plan", "programme__body")
    )


def oversees(actor: Actor, round: Round) -> bool:
    """Whether the actor may read every line before publication."""
    return round.programme.body_id in actor.scopes(*OVERSEEING)


def tables(round: Round, actor: Actor, drafted: Draft | None = None) -> list[BlockTable]:
    """What this person may see: the decided result, or the draft (a unit only its own line)."""
    if round.state == Round.State.DECIDED:
        return _decided(round, actor)
    drafted = drafted or draft(round)
    units = actor.scopes(roles.MEMBER, *ACTING)
    whole, veiled = oversees(actor, round), veiled_sheets(actor, round)
    shown = []
    for block, lines in _in_order(drafted.blocks):
        rows = [
            _row(line, drafted.names, line.totals.sheet in veiled, whole)
            for line in lines
            if whole or line.unit in units
        ]
        # Counts over veiled lines would tell what is veiled.
        told = whole and not any(row.hidden for row in rows)
        classes = _classes(rows, [b.name for b in drafted.scales[block].bands]) if told else []
        shown.append(BlockTable(block, str(Block(block).label), rows, classes))
    return [table for table in shown if table.rows]


def seen_alike(round: Round, actor: Actor, veiled: Collection[int]) -> tuple[object, ...]:
    """What a person's ``pages`` depend on beside the figures: equal for all who see the same."""
    whole = oversees(actor, round)
    units = () if whole else tuple(sorted(actor.scopes(roles.MEMBER, *ACTING)))
    return round.pk, whole, units, tuple(sorted(veiled))


def pages(
    round: Round, actor: Actor, asked: Asked, now: Current | None, veiled: Collection[int]
) -> list[BlockTable]:
    """What this person may see of each block, one page of it. ``now`` None: the decided result,
    of which nothing is veiled."""
    if now is None:
        return _published_pages(Ranking.objects.get(round=round, withdrawn_at=None), actor, asked)
    whole, units = oversees(actor, round), actor.scopes(roles.MEMBER, *ACTING)
    found, shown = _named(asked.words, round.dossier_due), []
    for block, lines in _in_order(now.drafted.blocks):
        if asked.block in ("", block):
            chosen = lines if whole else [line for line in lines if line.unit in units]
            if found is not None:
                chosen = [line for line in chosen if line.unit in found]
            page = Paginator(chosen, PAGE).get_page(asked.page if asked.block else 1)
            rows = [
                _row(line, now.drafted.names, line.totals.sheet in veiled, whole) for line in page
            ]
            classes = now.seen(veiled).classes.get(block, []) if whole else []
            shown.append(BlockTable(block, str(Block(block).label), rows, classes, page))
    return [table for table in shown if table.rows]


def _named(words: str, day: dt.date) -> set[int] | None:
    """Units called so that day; None: nothing asked."""
    return set(called(words, day)) if search_key(words).split() else None


def _row(line: Line, names: Mapping[int, str], hidden: bool, whole: bool) -> Row:
    known = not line.totals.missing
    return Row(
        line.unit, names.get(line.unit, ""), line.totals.sheet,
        line.points if known else None, line.maximum if known else None,
        line.rate if known else None,
        # Before publication a unit's own line is shown alone: its rank would speak of others.
        line.rank if whole else None, line.band, line.raw_band,
        # A cap tells figures (a group under half): hidden with them.
        [] if hidden else as_facts(line.totals.caps), line.ineligible, hidden,
        quota="" if hidden else line.quota_note,
    )  # fmt: skip


def _decided(round: Round, actor: Actor) -> list[BlockTable]:
    return published(Ranking.objects.get(round=round, withdrawn_at=None), actor)


def published_visible_to(actor: Actor) -> QuerySet[Ranking]:
    """What was published is everybody's to read, withdrawn or not."""
    everybody = Ranking.objects.all() if actor.id else Ranking.objects.none()
    return everybody.select_related(
        "decision", "signed_by", "withdrawal", "withdrawn_by", "round__programme__plan",
        "round__programme__body",
    )  # fmt: skip


def withdrawn(round: Round) -> list[Ranking]:
    """Results of the round that were taken back, the last first."""
    return list(round.rankings.exclude(withdrawn_at=None).select_related("decision", "withdrawal"))


def published(ranking: Ranking, actor: Actor) -> list[BlockTable]:
    """From the frozen standings: two queries."""
    round = ranking.round
    whole, units = oversees(actor, round), actor.scopes(roles.MEMBER, *ACTING)
    bands = {b.block: [x.name for x in b.criteria_set.bands.all()] for b in round.blocks.all()
             .select_related("criteria_set").prefetch_related("criteria_set__bands")}  # fmt: skip
    blocks: dict[str, list[Row]] = defaultdict(list)
    for s in ranking.standings.order_by(F("rank").asc(nulls_last=True), "pk"):
        blocks[s.block].append(_frozen(s, linked=whole or s.unit_id in units))
    return [
        BlockTable(block, str(Block(block).label), rows, _classes(rows, bands.get(block, [])))
        for block, rows in _in_order(blocks)
    ]


def _published_pages(ranking: Ranking, actor: Actor, asked: Asked) -> list[BlockTable]:
    """From the frozen standings; as many queries whatever the number of units."""
    round = ranking.round
    whole, units = oversees(actor, round), actor.scopes(roles.MEMBER, *ACTING)
    counted = dict[str, dict[str, int]]()
    ranked = ranking.standings.filter(rank__isnull=False).order_by()
    for block, band, n in ranked.values_list("block", "band").annotate(n=Count("pk")):
        counted.setdefault(block, {})[band] = n
    held = round.blocks.select_related("criteria_set").prefetch_related("criteria_set__bands")
    names = {b.block: [x.name for x in b.criteria_set.bands.all()] for b in held}
    found, shown = _named(asked.words, round.dossier_due), []
    for block in Block.values:
        if block in names and asked.block in ("", block):
            lines = ranking.standings.filter(block=block)
            if found is not None:
                lines = lines.filter(unit__in=found)
            lines = lines.order_by(F("rank").asc(nulls_last=True), "pk")
            page = Paginator(lines, PAGE).get_page(asked.page if asked.block else 1)
            rows = [_frozen(s, linked=whole or s.unit_id in units) for s in page]
            classes = [(name, counted.get(block, {}).get(name, 0)) for name in names[block]]
            shown.append(BlockTable(block, str(Block(block).label), rows, classes, page))
    return [table for table in shown if table.rows]


def _frozen(s: Standing, linked: bool) -> Row:
    return Row(
        s.unit_id, s.unit_name, s.sheet_id, s.points, s.applicable_max, s.rate, s.rank, s.band,
        s.uncapped_band, s.caps, s.ineligible_reason, linked=linked, quota=s.quota_note,
    )  # fmt: skip


def _in_order(blocks: Mapping[str, list[Any]]) -> list[tuple[str, list[Any]]]:
    return [(block, blocks[block]) for block in Block.values if blocks.get(block)]


def _classes(rows: Iterable[Row], names: Iterable[str]) -> list[tuple[str, int]]:
    held = [row.band for row in rows if not row.ineligible]
    return [(name, held.count(name)) for name in names]


def row_of(sheet: Sheet, actor: Actor) -> Row:
    """One sheet's line: frozen once decided, else added up now (its rank needs the others)."""
    round = sheet.round
    name = names_on(round.dossier_due, [sheet.unit_id]).get(sheet.unit_id, str(sheet.unit))
    if round.state == Round.State.DECIDED:
        standing = Standing.objects.filter(
            ranking__round=round, ranking__withdrawn_at=None, unit=sheet.unit_id
        ).first()
        if standing is not None:
            return _frozen(standing, linked=True)
    line = line_of_sheet(sheet)
    return _row(line, {sheet.unit_id: name}, sheet.pk in veiled_sheets(actor, round), whole=False)
