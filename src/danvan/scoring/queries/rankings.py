"""The ranking of a round: what the database adds up, and what a person may see of it.

The number of queries does not depend on the number of units: sums are made per sheet and
group by the database.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    F,
    IntegerField,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.functions import Round as Rounded
from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import Block, UnitVersion
from danvan.organisations.queries import names_on
from danvan.programmes.models.plans import Deliverable
from danvan.scoring.capping import Circumstances, fired
from danvan.scoring.models import (
    Cap,
    CapMark,
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Ranking,
    Round,
    Score,
    Sheet,
    Standing,
)
from danvan.scoring.queries.sight import veiled_sheets
from danvan.scoring.rules.verification import ACTING
from danvan.scoring.standings import (
    BandRule,
    Fired,
    Line,
    Scale,
    Sums,
    Totals,
    line_of,
    standings,
)
from danvan.ui import written

POINTS = DecimalField(max_digits=12, decimal_places=2)
# Who reads the whole round of a body.
OVERSEEING = (*roles.VERIFYING, roles.OBSERVER, roles.HEAD, roles.DEPUTY)

ARISES = Coalesce("arises_verified", "arises")
NOT_ARISING = Q(real=False)
_EXCLUDED = NOT_ARISING & Q(criterion__when_not_arising="exclude")
_GIVEN = NOT_ARISING & Q(criterion__when_not_arising="full")
# The value that counts today: the latest of those a person gave.
VALUE = Case(
    When(_EXCLUDED, then=Value(Decimal(0))),
    When(_GIVEN, then=F("criterion__max_points")),
    default=Coalesce("decided", "explained", "verified", "claimed", Value(Decimal(0))),
    output_field=POINTS,
)
MAXIMUM = Case(
    When(_EXCLUDED, then=Value(Decimal(0))), default=F("criterion__max_points"), output_field=POINTS
)


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


# --- adding up -----------------------------------------------------------------------------


def scales_of(round: Round) -> tuple[dict[str, Scale], dict[str, list[Cap]]]:
    """Block → classes and tie rule, block → caps of its score sheet."""
    scales, caps = {}, {}
    held = round.blocks.select_related("criteria_set").prefetch_related(
        "criteria_set__bands", "criteria_set__caps__ceiling"
    )
    for one in held:
        scales[one.block] = scale_of(one.criteria_set)
        caps[one.block] = list(one.criteria_set.caps.all())
    return scales, caps


def scale_of(criteria_set: CriteriaSet) -> Scale:
    """The classes of a score sheet, best first, and its tie rule."""
    bands = tuple(BandRule(b.name, b.floor) for b in criteria_set.bands.all())
    return Scale(bands, tuple(tuple(codes) for codes in criteria_set.tie_break))


def sums_of(
    round: Round, sheets: Sequence[int] | None = None
) -> dict[int, dict[tuple[str, str], Sums]]:
    """Sheet → (kind, group code) → sums, added up by the database; two queries."""
    scores = Score.objects.filter(sheet__round=round)
    if sheets is not None:
        scores = scores.filter(sheet__in=sheets)
    rows = (
        scores.order_by()
        .annotate(real=ARISES)
        # By the group's id, not its code: no third table, and keys of one machine word.
        .values_list("sheet_id", "criterion__kind", "criterion__group_id")
        .annotate(points=_hundredths(VALUE), maximum=_hundredths(MAXIMUM))
    )
    sets = round.blocks.values("criteria_set")
    groups = CriteriaGroup.objects.filter(criteria_set__in=sets).order_by()
    codes: dict[int | None, str] = dict(groups.values_list("pk", "code"))
    codes[None] = ""
    found: dict[int, dict[tuple[str, str], Sums]] = defaultdict(dict)
    for sheet, kind, group, points, maximum in rows.iterator(chunk_size=5000):
        found[sheet][kind, codes[group]] = Sums(_points_of(points), _points_of(maximum))
    return found


def _hundredths(value: Any) -> Cast:
    """The sum as a whole number: SQLite adds in binary, two decimals are exact again so."""
    return Cast(Rounded(Sum(value) * 100), IntegerField())


def _points_of(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


def groups_of(held: Mapping[tuple[str, str], Sums]) -> dict[str, Sums]:
    """Group code → its sums; bonuses and deductions belong to no group."""
    return {code: s for (kind, code), s in sorted(held.items()) if kind == "criterion"}


def totals_of(round: Round, caps: Mapping[str, list[Cap]], names: Iterable[int]) -> list[Totals]:
    """Every sheet's totals with the caps that fire, in the order of ``names``."""
    sums, marks = sums_of(round), _marks(round)
    plans, born = _missing_plans(round), _born(round)
    order = {unit: place for place, unit in enumerate(names)}
    found = []
    sheets = round.sheets.order_by().values_list("pk", "unit", "block", "state", "days_late")
    for sheet, unit, block, state, days_late in sheets.iterator(chunk_size=5000):
        held = sums.get(sheet, {})
        groups = groups_of(held)
        raised, lifted = marks.get(sheet, ({}, frozenset()))
        about = Circumstances(
            days_late, groups, round.period_to, plans.get(unit), born.get(unit), raised, lifted
        )
        missing = _missing(round) if state == Sheet.State.OPEN else ""
        found.append(
            Totals(
                sheet, unit, block, groups, _points(held, "bonus"), _points(held, "deduction"),
                () if missing else fired(caps.get(block, ()), about), missing,
            )
        )  # fmt: skip
    found.sort(key=lambda t: (order.get(t.unit, len(order)), t.unit))
    return found


@dataclass
class Draft:
    """A round's standings computed now."""

    blocks: dict[str, list[Line]]
    scales: dict[str, Scale]
    names: dict[int, str]


def draft(round: Round, day: dt.date | None = None) -> Draft:
    """The standings as the values stand: ten queries, whatever the number of units."""
    scales, caps = scales_of(round)
    names = names_on(day or round.dossier_due)
    return Draft(standings(totals_of(round, caps, names), scales), scales, names)


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


def as_facts(caps: Iterable[Any]) -> list[dict[str, str]]:
    """Fired caps as plain values, for the standing and the snapshot."""
    return [
        {"code": c.code, "title": c.title, "ceiling": c.ceiling, "ground": c.ground} for c in caps
    ]


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
    )  # fmt: skip


def _decided(round: Round, actor: Actor) -> list[BlockTable]:
    """From the frozen standings: two queries."""
    ranking = Ranking.objects.get(round=round)
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


def _frozen(s: Standing, linked: bool) -> Row:
    return Row(
        s.unit_id, s.unit_name, s.sheet_id, s.points, s.applicable_max, s.rate, s.rank, s.band,
        s.uncapped_band, s.caps, s.ineligible_reason, linked=linked,
    )  # fmt: skip


def _in_order(blocks: Mapping[str, list[Any]]) -> list[tuple[str, list[Any]]]:
    return [(block, blocks[block]) for block in Block.values if blocks.get(block)]


def _classes(rows: Iterable[Row], names: Iterable[str]) -> list[tuple[str, int]]:
    held = [row.band for row in rows if not row.ineligible]
    return [(name, held.count(name)) for name in names]


def _points(held: Mapping[tuple[str, str], Sums], kind: str) -> Decimal:
    return sum((s.points for (k, _g), s in held.items() if k == kind), Decimal(0))


def _missing(round: Round) -> str:
    due = written.day(round.dossier_due)
    if clock.today() <= round.dossier_due and round.state == Round.State.OPEN:
        return _("Chưa nộp hồ sơ chấm điểm (hạn %s)") % due
    return _("Không nộp hồ sơ chấm điểm (hạn %s)") % due


def _marks(round: Round) -> dict[int, tuple[dict[int, str], frozenset[int]]]:
    """Sheet → (cap → ground while it stands, caps lifted)."""
    raised: dict[int, dict[int, str]] = defaultdict(dict)
    lifted: dict[int, set[int]] = defaultdict(set)
    for mark in CapMark.objects.filter(sheet__round=round):
        if mark.lifted_at:
            lifted[mark.sheet_id].add(mark.cap_id)
        else:
            raised[mark.sheet_id][mark.cap_id] = mark.ground
    return {s: (raised[s], frozenset(lifted[s])) for s in {*raised, *lifted}}


def _missing_plans(round: Round) -> dict[int, dt.date]:
    """Unit → the day its plan was due, where none has been filed."""
    owed = (
        Assignment.objects.filter(
            programme=round.programme_id, task__deliverable=Deliverable.PLAN,
            first_filed_at__isnull=True, due_on__lt=clock.today(),
        )
        .exclude(state=Assignment.State.EXEMPT)
        .order_by("-due_on")
    )  # fmt: skip
    return {unit: due for unit, due in owed.values_list("unit", "due_on") if due}


def _born(round: Round) -> dict[int, dt.date]:
    """Unit → its first day, of units that came into being within the period."""
    rows = (
        UnitVersion.objects.order_by()
        .values_list("unit")
        .annotate(born=Min("valid_from"))
        .filter(born__gt=round.period_from)
    )
    return dict(rows)


def caps_of(sheet: Sheet) -> tuple[Fired, ...]:
    """The caps that fire for one sheet now, lifted ones left out."""
    round = sheet.round
    caps = list(sheet.criteria_set.caps.select_related("ceiling"))
    held = sums_of(round, [sheet.pk]).get(sheet.pk, {})
    raised, lifted = _marks(round).get(sheet.pk, ({}, frozenset()))
    about = Circumstances(
        sheet.days_late, groups_of(held), round.period_to,
        _missing_plans(round).get(sheet.unit_id), _born(round).get(sheet.unit_id), raised, lifted,
    )  # fmt: skip
    return fired(caps, about)


def row_of(sheet: Sheet, actor: Actor) -> Row:
    """One sheet's line: frozen once decided, else added up now (its rank needs the others)."""
    round = sheet.round
    name = names_on(round.dossier_due, [sheet.unit_id]).get(sheet.unit_id, str(sheet.unit))
    if round.state == Round.State.DECIDED:
        standing = Standing.objects.filter(ranking__round=round, unit=sheet.unit_id).first()
        if standing is not None:
            return _frozen(standing, linked=True)
    held = sums_of(round, [sheet.pk]).get(sheet.pk, {})
    missing = _missing(round) if sheet.state == Sheet.State.OPEN else ""
    totals = Totals(
        sheet.pk, sheet.unit_id, sheet.block, groups_of(held), _points(held, "bonus"),
        _points(held, "deduction"), () if missing else caps_of(sheet), missing,
    )  # fmt: skip
    line = line_of(totals, scale_of(sheet.criteria_set))
    return _row(line, {sheet.unit_id: name}, sheet.pk in veiled_sheets(actor, round), whole=False)


def value_of(score: Score) -> Decimal:
    """In Python what VALUE is in the database: the points of one line that count today."""
    arises = score.arises if score.arises_verified is None else score.arises_verified
    if arises:
        return score.standing_value or Decimal(0)
    full = score.criterion.when_not_arising == Criterion.WhenNotArising.FULL
    if score.criterion.when_not_arising == Criterion.WhenNotArising.ZERO:
        return score.standing_value or Decimal(0)
    return score.criterion.max_points if full else Decimal(0)


def maximum_of(score: Score) -> Decimal:
    """In Python what MAXIMUM is in the database."""
    arises = score.arises if score.arises_verified is None else score.arises_verified
    excluded = score.criterion.when_not_arising == Criterion.WhenNotArising.EXCLUDE
    return Decimal(0) if excluded and not arises else score.criterion.max_points
