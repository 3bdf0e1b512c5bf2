"""Computed values: the facts behind every criterion, read once per code for all sheets.

Writes nothing; ``store`` puts the values on the scores it is given and says which changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from danvan.kernel import facts
from danvan.kernel.facts import Period, Reading
from danvan.scoring import formulas
from danvan.scoring.models import Criterion, FrozenReading, Round, Score, Sheet

Readings = Mapping[str, Mapping[int, Reading | None]]
SAID = 400  # characters of Score.computed_said


@dataclass(frozen=True, slots=True)
class Computed:
    """``value`` is None while unknown, or where the matter did not arise and drops out.

    ``by_fact``: whether the criterion reads any fact at all; where it does not, the unit
    alone knows the figure and nothing is to be compared.
    """

    value: Decimal | None
    said: str
    by_fact: bool
    arises: bool = True
    basis: tuple[tuple[str, str], ...] = ()


NO_FACT = Computed(None, "", by_fact=False)


def period_of(round: Round) -> Period:
    return Period(round.period_from, round.period_to)


def codes_of(criteria: Iterable[Criterion]) -> list[str]:
    """Every fact code the criteria read, each once (points of other criteria are no facts)."""
    codes = (code for c in criteria for code in c.inputs.values())
    return list(dict.fromkeys(code for code in codes if not code.startswith("=")))


def in_order(criteria: Iterable[Criterion]) -> list[Criterion]:
    """Each after those whose points it reads; otherwise as given. A circle is left as given."""
    held = list(criteria)
    by_code = {(c.criteria_set_id, c.code): c for c in held}
    placed: dict[int, Criterion] = {}

    def place(one: Criterion, above: frozenset[int]) -> None:
        if one.pk in placed or one.pk in above:
            return
        for code in one.inputs.values():
            other = by_code.get((one.criteria_set_id, code[1:].strip()))
            if code.startswith("=") and other is not None:
                place(other, above | {one.pk})
        placed[one.pk] = one

    for one in held:
        place(one, frozenset())
    return list(placed.values())


def readings(codes: Iterable[str], units: Sequence[int], period: Period) -> Readings:
    """One call per code; a code nobody offers any more reads as unknown."""
    return facts.read_known(codes, units, period)


def compute(
    scores: Sequence[Score], round: Round, read: Readings | None = None
) -> dict[int, Computed]:
    """Score id → computed, for scores of one round with ``criterion`` and ``sheet`` loaded.

    As many fact reads as there are codes, whatever the number of sheets; none if ``read``.
    """
    held = read_for(scores, round) if read is None else read
    criteria = in_order({s.criterion_id: s.criterion for s in scores}.values())
    places = {criterion.pk: place for place, criterion in enumerate(criteria)}
    found: dict[int, Computed] = {}
    known: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    for score in sorted(scores, key=lambda s: places[s.criterion_id]):
        others = known[score.sheet_id]
        now = value_of(score.criterion, score.sheet.unit_id, held, others)
        found[score.pk], others[score.criterion.code] = now, now.value
    return found


def read_for(scores: Sequence[Score], round: Round) -> Readings:
    """Every reading these scores need."""
    units = list(dict.fromkeys(score.sheet.unit_id for score in scores))
    codes = codes_of({score.criterion_id: score.criterion for score in scores}.values())
    return readings(codes, units, period_of(round))


def value_of(
    criterion: Criterion,
    unit: int,
    read: Readings,
    others: Mapping[str, Decimal | None] | None = None,
) -> Computed:
    """One criterion for one unit. ``others``: code → computed points of the same sheet."""
    if not criterion.inputs or not criterion.formula:
        return NO_FACT
    held = {n: (read.get(code) or {}).get(unit) for n, code in criterion.inputs.items()}
    basis = tuple(
        (r.said or criterion.words.get(n, n), r.basis) for n, r in held.items() if r and r.basis
    )
    told = {n: (others or {}).get(code[1:].strip()) for n, code in criterion.inputs.items()
            if code.startswith("=")}  # fmt: skip
    values = values_of(criterion, held, told)
    try:
        node = formulas.parse(criterion.formula)
    except formulas.FormulaError as error:
        return Computed(None, str(error), True, basis=basis)
    outcome = formulas.compute(node, criterion.max_points, values)
    if outcome.status is formulas.Status.UNKNOWN:
        return Computed(None, _unknown(criterion, outcome.lacking, held), True, basis=basis)
    if outcome.status is formulas.Status.NOT_ARISING or outcome.points is None:
        return _not_arising(criterion, basis)
    said = formulas.said(node, criterion.words, criterion.max_points, values, outcome.points)
    return Computed(outcome.points, said, True, basis=basis)


def values_of(
    criterion: Criterion,
    held: Mapping[str, Reading | FrozenReading | None],
    points: Mapping[str, Decimal | None],
) -> dict[str, Decimal | None]:
    """What a formula reads, by name: readings, the sheet's numbers, other criteria's ``points``."""
    values = {name: reading.value if reading else None for name, reading in held.items()}
    numbers = {name: Decimal(number) for name, number in criterion.params.items()}
    return {**values, **numbers, **points}


def shown(sheet: Sheet, scores: Sequence[Score]) -> dict[int, Computed]:
    """What a page shows: readings of today while the sheet is open, the frozen ones after."""
    if sheet.state == Sheet.State.OPEN:
        return compute(scores, sheet.round)
    latest = {r.fact: r for r in sheet.readings.order_by("as_of")}
    return {score.pk: _frozen(score, latest) for score in scores}


def _frozen(score: Score, latest: Mapping[str, FrozenReading]) -> Computed:
    inputs = score.criterion.inputs
    held = [latest[code] for code in inputs.values() if code in latest]
    basis = tuple((r.said or r.fact, r.basis) for r in held if r.basis)
    return Computed(score.computed, score.computed_said, bool(inputs), basis=basis)


def store(scores: Iterable[Score], computed: Mapping[int, Computed]) -> list[Score]:
    """Puts the values on the scores (unsaved); returns those that changed."""
    changed = []
    for score in scores:
        now = computed[score.pk]
        said = kept(now.said)
        if (score.computed, score.computed_said) != (now.value, said):
            score.computed, score.computed_said = now.value, said
            changed.append(score)
    return changed


def kept(said: str) -> str:
    """The words as they fit a score; the whole computation stands on the score's page."""
    return said if len(said) <= SAID else f"{said[: SAID - 1]}…"


def scores_of(sheets: Iterable[Sheet]) -> list[Score]:
    """Scores of several sheets, ready for ``compute``: one query."""
    held = {sheet.pk: sheet for sheet in sheets}
    found = list(
        Score.objects.filter(sheet__in=held)
        .select_related("criterion__group")
        .order_by("criterion__order")
    )
    for score in found:
        score.sheet = held[score.sheet_id]
    return found


def _unknown(criterion: Criterion, name: str, held: Mapping[str, Reading | None]) -> str:
    reading = held.get(name)
    if reading is not None and reading.said:
        return _("Chưa biết: %s") % reading.said
    return _("Chưa biết: chưa có số liệu “%s”.") % criterion.words.get(name, name)


def _not_arising(criterion: Criterion, basis: tuple[tuple[str, str], ...]) -> Computed:
    policy = criterion.when_not_arising
    if policy == Criterion.WhenNotArising.FULL:
        said = _("Không phát sinh trong kỳ: tính đủ điểm tối đa.")
        return Computed(criterion.max_points, said, True, False, basis)
    if policy == Criterion.WhenNotArising.EXCLUDE:
        said = _("Không phát sinh trong kỳ: không tính vào điểm tối đa.")
        return Computed(None, said, True, False, basis)
    said = _("Không phát sinh trong kỳ: tiêu chí này không được bỏ qua nên tính 0 điểm.")
    return Computed(Decimal(0), said, True, False, basis)
