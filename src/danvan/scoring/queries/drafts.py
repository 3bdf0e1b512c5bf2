"""What the database adds up for a ranking: sums per sheet and group, circumstances, caps.

The number of queries does not depend on the number of units.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    F,
    IntegerField,
    Min,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.functions import Round as Rounded
from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.organisations.models import UnitVersion
from danvan.organisations.queries import names_on
from danvan.programmes.models.plans import Deliverable
from danvan.scoring.capping import Circumstances, fired
from danvan.scoring.models import (
    Cap,
    CapMark,
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Round,
    Score,
    Sheet,
)
from danvan.scoring.standings import (
    NOTHING,
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
ARISES = Coalesce("arises_verified", "arises")


def _of(path: str) -> tuple[Case, Case]:
    """(the points that count today, the maximum they count against) of the scores at ``path``.

    The value is the latest of those a person gave.
    """
    not_arising = Q(real=False)
    maximum = F(f"{path}criterion__max_points")
    policy = f"{path}criterion__when_not_arising"
    excluded, given = not_arising & Q(**{policy: "exclude"}), not_arising & Q(**{policy: "full"})
    nothing = Value(Decimal(0))
    stages = (f"{path}{name}" for name in ("decided", "explained", "verified", "claimed"))
    value = Case(
        When(excluded, then=nothing),
        When(given, then=maximum),
        default=Coalesce(*stages, nothing),
        output_field=POINTS,
    )
    return value, Case(When(excluded, then=nothing), default=maximum, output_field=POINTS)


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
    bands = tuple(BandRule(b.name, b.floor, b.quota) for b in criteria_set.bands.all())
    ties = tuple(tuple(codes) for codes in criteria_set.tie_break)
    return Scale(bands, ties, criteria_set.places)


@dataclass(frozen=True, slots=True)
class Added:
    """What one sheet's lines add up to."""

    groups: dict[str, Sums]
    bonus: Decimal = NOTHING
    deduction: Decimal = NOTHING


EMPTY = Added({})


def sums_of(round: Round, sheets: Sequence[int] | None = None) -> dict[int, Added]:
    """Sheet → its sums by group code; two queries.

    One pass over the scores with a column per group. Grouping by the sheet's own key lets
    SQLite walk sheet by sheet; grouping by the score's column made it sort every line.
    """
    held = round.sheets.order_by()
    if sheets is not None:
        held = held.filter(pk__in=sheets)
    groups = _groups_of_round(round)
    value, maximum = _of("scores__")
    kind = "scores__criterion__kind"
    columns: dict[str, Any] = {}
    for place, ids in enumerate(groups.values()):
        chosen = Q(scores__criterion__group_id__in=ids) & Q(**{kind: Criterion.Kind.CRITERION})
        columns[f"p{place}"] = _hundredths(value, chosen)
        columns[f"m{place}"] = _hundredths(maximum, chosen)
    for other in (Criterion.Kind.BONUS, Criterion.Kind.DEDUCTION):
        columns[other.value] = _hundredths(value, Q(**{kind: other}))
    real = Coalesce("scores__arises_verified", "scores__arises")
    rows = held.values("pk").alias(real=real).annotate(**columns).values_list("pk", *columns)
    return {row[0]: _added(row, list(groups)) for row in rows.iterator(chunk_size=5000)}


def _groups_of_round(round: Round) -> dict[str, list[int]]:
    """Group code → its ids in the round's score sheets (each block has its own)."""
    sets = round.blocks.values("criteria_set")
    held: dict[str, list[int]] = defaultdict(list)
    found = CriteriaGroup.objects.filter(criteria_set__in=sets).order_by("code")
    for code, pk in found.values_list("code", "pk"):
        held[code].append(pk)
    return held


def _added(row: tuple[int | None, ...], codes: list[str]) -> Added:
    """A column is null where the sheet has no line of that group."""
    points, maxima = row[1:-2:2], row[2:-2:2]
    groups = {
        code: Sums(_points_of(got), _points_of(of))
        for code, got, of in zip(codes, points, maxima, strict=True)
        if got is not None
    }
    return Added(groups, _points_of(row[-2]), _points_of(row[-1]))


def _hundredths(value: Any, chosen: Q) -> Cast:
    """The sum as a whole number: SQLite adds in binary, two decimals are exact again so."""
    return Cast(Rounded(Sum(value, filter=chosen) * 100), IntegerField())


@cache
def _points_of(hundredths: int | None) -> Decimal:
    """Of a few thousand different sums there are many thousand cells: each made once."""
    return NOTHING if hundredths is None else Decimal(hundredths).scaleb(-2)


def totals_of(round: Round, caps: Mapping[str, list[Cap]], names: Iterable[int]) -> list[Totals]:
    """Every sheet's totals with the caps that fire, in the order of ``names``."""
    sums, marks = sums_of(round), _marks(round)
    plans, born = _missing_plans(round), _born(round)
    order = {unit: place for place, unit in enumerate(names)}
    found = []
    sheets = round.sheets.order_by().values_list("pk", "unit", "block", "state", "days_late")
    for sheet, unit, block, state, days_late in sheets.iterator(chunk_size=5000):
        added = sums.get(sheet, EMPTY)
        raised, lifted = marks.get(sheet, ({}, frozenset()))
        about = Circumstances(
            days_late,
            added.groups,
            round.period_to,
            plans.get(unit),
            born.get(unit),
            raised,
            lifted,
        )
        missing = _missing(round) if state == Sheet.State.OPEN else ""
        found.append(
            Totals(
                sheet, unit, block, added.groups, added.bonus, added.deduction,
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


def as_facts(caps: Iterable[Any]) -> list[dict[str, str]]:
    """Fired caps as plain values, for the standing and the snapshot."""
    return [
        {"code": c.code, "title": c.title, "ceiling": c.ceiling, "ground": c.ground} for c in caps
    ]


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
    added = sums_of(round, [sheet.pk]).get(sheet.pk, EMPTY)
    raised, lifted = _marks(round).get(sheet.pk, ({}, frozenset()))
    about = Circumstances(
        sheet.days_late, added.groups, round.period_to,
        _missing_plans(round).get(sheet.unit_id), _born(round).get(sheet.unit_id), raised, lifted,
    )  # fmt: skip
    return fired(caps, about)


def line_of_sheet(sheet: Sheet) -> Line:
    """One sheet's line, added up alone (its rank needs the others)."""
    added = sums_of(sheet.round, [sheet.pk]).get(sheet.pk, EMPTY)
    missing = _missing(sheet.round) if sheet.state == Sheet.State.OPEN else ""
    totals = Totals(
        sheet.pk, sheet.unit_id, sheet.block, added.groups, added.bonus, added.deduction,
        () if missing else caps_of(sheet), missing,
    )  # fmt: skip
    return line_of(totals, scale_of(sheet.criteria_set))


def value_of(score: Score) -> Decimal:
    """In Python what ``_of`` asks of the database: the points of one line that count today."""
    arises = score.arises if score.arises_verified is None else score.arises_verified
    if arises:
        return score.standing_value or Decimal(0)
    full = score.criterion.when_not_arising == Criterion.WhenNotArising.FULL
    if score.criterion.when_not_arising == Criterion.WhenNotArising.ZERO:
        return score.standing_value or Decimal(0)
    return score.criterion.max_points if full else Decimal(0)


def maximum_of(score: Score) -> Decimal:
    """In Python what ``_of`` asks of the database: the maximum they count against."""
    arises = score.arises if score.arises_verified is None else score.arises_verified
    excluded = score.criterion.when_not_arising == Criterion.WhenNotArising.EXCLUDE
    return Decimal(0) if excluded and not arises else score.criterion.max_points
