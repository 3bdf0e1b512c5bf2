"""The computation of a score as a tree: each reading in it leads to the rows behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.facts import Reading
from danvan.scoring import computing, formulas
from danvan.scoring.models import FrozenReading, Score, Sheet
from danvan.ui.formula_steps import Named, Step, Traced

Found = Reading | FrozenReading | None


@dataclass(frozen=True, slots=True)
class Trace:
    """``points``: what the tree comes to, within 0 and the maximum, half up to two decimals.

    ``locked_at`` is None while the readings are those of today.
    """

    root: Step
    points: Decimal | None
    locked_at: dt.datetime | None


def trace_of(score: Score, frozen: Iterable[FrozenReading]) -> Trace | None:
    """From today's readings while the sheet is open, from the ``frozen`` ones after.

    None where nothing is computed. One query and one read per fact at most.
    """
    criterion = score.criterion
    if not criterion.inputs or not criterion.formula:
        return None
    try:
        node = formulas.parse(criterion.formula)
    except formulas.FormulaError:
        return None
    locked = {reading.fact: reading for reading in frozen}
    held = _today(score) if score.sheet.state == Sheet.State.OPEN else _by_name(score, locked)
    others = _others(score)
    points = {name: other.computed for name, other in others.items()}
    values = computing.values_of(criterion, held, points)
    params = {name: Decimal(number) for name, number in criterion.params.items()}
    # A figure only the unit knows has words too, though nothing reads it.
    names = {n: Named(words) for n, words in criterion.words.items()}
    names |= _named(score, held) | {n: _points_of(other) for n, other in others.items()}
    root = Traced(criterion.max_points, values, names, params).step(node)
    outcome = formulas.compute(node, criterion.max_points, values)
    return Trace(root, outcome.points, max((r.as_of for r in locked.values()), default=None))


def _named(score: Score, held: Mapping[str, Found]) -> dict[str, Named]:
    words = score.criterion.words
    return {
        name: Named(words.get(name, name), r.said if r else "", r.basis if r else "")
        for name, r in held.items()
    }


def _points_of(other: Score) -> Named:
    words = _("điểm tiêu chí %s") % other.criterion.code
    return Named(words, url=reverse("scoring:thread", args=[other.pk]))


def _today(score: Score) -> dict[str, Found]:
    unit = score.sheet.unit_id
    codes = computing.codes_of([score.criterion])
    read = computing.readings(codes, [unit], computing.period_of(score.sheet.round))
    return _by_name(score, {code: found.get(unit) for code, found in read.items()})


def _by_name(score: Score, by_code: Mapping[str, Found]) -> dict[str, Found]:
    inputs = score.criterion.inputs.items()
    return {name: by_code.get(code) for name, code in inputs if not code.startswith("=")}


def _others(score: Score) -> dict[str, Score]:
    """Name → the score of the same sheet whose points the formula reads."""
    wanted = {
        name: code[1:].strip()
        for name, code in score.criterion.inputs.items()
        if code.startswith("=")
    }
    if not wanted:
        return {}
    found = score.sheet.scores.filter(criterion__code__in=wanted.values())
    by_code = {other.criterion.code: other for other in found.select_related("criterion")}
    return {name: by_code[code] for name, code in wanted.items() if code in by_code}
