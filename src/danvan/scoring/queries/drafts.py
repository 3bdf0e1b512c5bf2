"""What the database adds up for a ranking: sums per sheet and group, circumstances, caps.

The number of queries does not depend on the number of units.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.organisations.models import UnitVersion
from danvan.organisations.queries import names_on
from danvan.programmes.models.plans import Deliverable
from danvan.scoring import hundredths
from danvan.scoring.capping import Circumstances, fired
from danvan.scoring.models import (
    Cap,
    CapMark,
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

ARISES = Coalesce("arises_verified", "arises")


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


class Added(NamedTuple):
    """What one sheet's lines add up to. A tuple: there are many."""

    groups: dict[str, Sums]
    bonus: Decimal = NOTHING
    deduction: Decimal = NOTHING


EMPTY = Added({})


def sums_of(round: Round, sheets: Sequence[int] | None = None) -> dict[int, Added]:
    """Sheet → its sums by group code; two queries.

    One pass over the scores with a column per group. Grouping by the sheet's own key lets
    SQLite walk sheet by sheet; grouping by the score's column made it sort every line.
    """
    groups, kinds = _told_apart(round)
    asked, values = _sums_sql(groups, kinds), [round.pk]
    if sheets is not None:
        marks = ", ".join(["%s"] * len(sheets)) or "NULL"
        asked = asked.replace("/* sheets */", f"AND sheet.id IN ({marks})")
        values += sheets
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        codes = list(groups)
        return {row[0]: _added(row, codes) for row in cursor.fetchall()}


# The points of a line that count today, and the maximum they count against. ``value_of`` and
# ``maximum_of`` below say the same in Python; a test compares them line by line. Written once in
# a query within: as an expression of the ORM it would be repeated for every column.
_LINES = """
SELECT sheet.id AS sheet, criterion.group_id AS grp, criterion.kind AS kind,
  CASE WHEN coalesce(score.arises_verified, score.arises) OR criterion.when_not_arising = 'zero'
    THEN coalesce(score.decided, score.explained, score.verified, score.claimed, 0)
    WHEN criterion.when_not_arising = 'full' THEN criterion.max_points ELSE 0 END AS points,
  CASE WHEN criterion.when_not_arising = 'exclude'
    AND NOT coalesce(score.arises_verified, score.arises) THEN 0
    ELSE criterion.max_points END AS maximum
FROM scoring_sheet sheet JOIN scoring_score score ON score.sheet_id = sheet.id
  JOIN scoring_criterion criterion ON criterion.id = score.criterion_id
WHERE sheet.round_id = %s /* sheets */
"""


# Points and maximum of a group are added up as one number: a sum for each of the two made the
# query a fifth longer. A power of two, so that SQLite's binary numbers stay exact to the
# hundredth; larger than the hundredths of any group: a sheet has 100 points.
_APART = 2**24


def _sums_sql(groups: Mapping[str, Sequence[str]], kinds: Collection[str]) -> str:
    """Sheet, then points and maximum of each group in one number, bonus, deduction; hundredths."""
    columns = ["sheet"]
    for conditions in groups.values():
        # Not IN: for one number SQLite would look it up in a table of its own, line by line.
        chosen = " OR ".join(conditions)
        columns.append(_hundredths(f"points * {_APART} + maximum", chosen))
    for kind in (Criterion.Kind.BONUS, Criterion.Kind.DEDUCTION):
        columns.append(_hundredths("points", f"kind = '{kind}'") if kind in kinds else "NULL")
    return f"SELECT {', '.join(columns)} FROM ({_LINES}) line GROUP BY sheet"


def _told_apart(round: Round) -> tuple[dict[str, list[str]], set[str]]:
    """Group code → how its lines are told, one condition for each score sheet of the round; and
    the kinds of criteria there are.

    A kind is asked only where it occurs: asked of every line for every group it would cost a
    tenth of the whole.
    """
    sets = round.blocks.values("criteria_set")
    rows = Criterion.objects.filter(criteria_set__in=sets).order_by("group__code")
    kinds: dict[tuple[str, int], set[str]] = defaultdict(set)
    for code, group, kind in rows.values_list("group__code", "group", "kind"):
        kinds[code, group].add(kind)
    held: dict[str, list[str]] = defaultdict(list)
    for (code, group), of in kinds.items():
        if group is not None:
            asked = "" if of == {Criterion.Kind.CRITERION} else " AND kind = 'criterion'"
            held[code].append(f"grp = {group:d}{asked}")
    return held, set().union(*kinds.values())


def _added(row: tuple[Any, ...], codes: list[str]) -> Added:
    """A column is null where the sheet has no line of that group."""
    groups = {
        code: _sums_of(both)
        for code, both in zip(codes, row[1:-2], strict=True)
        if both is not None
    }
    bonus, deduction = (hundredths.points(found or 0) for found in row[-2:])
    return Added(groups, bonus, deduction)


def _hundredths(value: str, chosen: str) -> str:
    """The sum as a whole number: SQLite adds in binary, two decimals are exact again so."""
    return hundredths.asked(f"SUM({value}) FILTER (WHERE {chosen})")


@lru_cache(maxsize=100_000)
def _sums_of(both: int) -> Sums:
    """Of a few thousand different sums there are many thousand cells: each made once."""
    points, maximum = divmod(both, _APART)
    return Sums(hundredths.points(points), hundredths.points(maximum))


def totals_of(round: Round, caps: Mapping[str, list[Cap]], names: Iterable[int]) -> list[Totals]:
    """Every sheet's totals with the caps that fire, in the order of ``names``."""
    sums, marks = sums_of(round), _marks(round)
    plans, born = _missing_plans(round), _born(round)
    order = {unit: place for place, unit in enumerate(names)}
    found, late = [], _missing(round)
    sheets = round.sheets.order_by().values_list("pk", "unit", "block", "state", "days_late")
    for sheet, unit, block, state, days_late in sheets.iterator(chunk_size=5000):
        added = sums.get(sheet, EMPTY)
        missing = late if state == Sheet.State.OPEN else ""
        held: tuple[Fired, ...] = ()
        if not missing and caps.get(block):
            raised, lifted = marks.get(sheet, ({}, frozenset()))
            about = Circumstances(
                days_late, added.groups, round.period_to, plans.get(unit), born.get(unit),
                raised, lifted,
            )  # fmt: skip
            held = fired(caps[block], about)
        found.append(
            Totals(sheet, unit, block, added.groups, added.bonus, added.deduction, held, missing)
        )
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
    with _nothing_to_collect():
        return Draft(standings(totals_of(round, caps, names), scales), scales, names)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Holds the garbage collector: of ten thousand units it would walk all that is being built
    again and again, a sixth of the time, and find nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


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
    """In Python what ``_LINES`` asks of the database: the points of one line that count today."""
    arises = score.arises if score.arises_verified is None else score.arises_verified
    if arises:
        return score.standing_value or Decimal(0)
    full = score.criterion.when_not_arising == Criterion.WhenNotArising.FULL
    if score.criterion.when_not_arising == Criterion.WhenNotArising.ZERO:
        return score.standing_value or Decimal(0)
    return score.criterion.max_points if full else Decimal(0)


def maximum_of(score: Score) -> Decimal:
    """In Python what ``_LINES`` asks of the database: the maximum they count against."""
    arises = score.arises if score.arises_verified is None else score.arises_verified
    excluded = score.criterion.when_not_arising == Criterion.WhenNotArising.EXCLUDE
    return Decimal(0) if excluded and not arises else score.criterion.max_points
