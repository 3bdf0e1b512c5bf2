"""What would follow from other bands, or other points: worked out, never kept. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from danvan.scoring.capping import Circumstances, ground_of
from danvan.scoring.models import Cap, Criterion
from danvan.scoring.standings import Fired, Line, Scale, Sums, Totals, standings

NOTHING = Decimal(0)
_NO_DAY = dt.date.min  # the test of groups looks at no day


@dataclass(frozen=True, slots=True)
class Tried:
    """Other points of one line of a sheet; ``delta`` is what they add to today's."""

    sheet: int
    kind: str
    group: str
    delta: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit whose class, rank or rate would change."""

    before: Line
    after: Line


def outcome(
    blocks: Mapping[str, Sequence[Line]],
    scales: Mapping[str, Scale],
    caps: Mapping[str, Sequence[Cap]],
    lifted: Mapping[int, frozenset[int]],
    changes: Iterable[Tried] = (),
) -> dict[str, list[Line]]:
    """The standings with ``changes`` under ``scales``; caps that look at groups are tested anew.

    ``lifted``: sheet → ids of caps the decider lifted.
    """
    by_sheet: dict[int, list[Tried]] = {}
    for one in changes:
        by_sheet.setdefault(one.sheet, []).append(one)
    totals = [
        _totals(line.totals, by_sheet.get(line.totals.sheet, []), caps, lifted)
        for lines in blocks.values()
        for line in lines
    ]
    return standings(totals, scales)


def moved(before: Mapping[str, Sequence[Line]], after: Mapping[str, Sequence[Line]]) -> list[Moved]:
    """Who would stand elsewhere, in the order they stand now."""
    then = {line.unit: line for lines in after.values() for line in lines}
    pairs = [Moved(line, then[line.unit]) for lines in before.values() for line in lines]
    return [p for p in pairs if _seen(p.before) != _seen(p.after)]


def _seen(line: Line) -> tuple[object, ...]:
    return (line.rate, line.rank, line.band, line.ineligible)


def _totals(
    held: Totals,
    changes: Sequence[Tried],
    caps: Mapping[str, Sequence[Cap]],
    lifted: Mapping[int, frozenset[int]],
) -> Totals:
    if held.missing or not changes:
        return held
    groups, bonus, deduction = dict(held.groups), held.bonus, held.deduction
    for one in changes:
        if one.kind == Criterion.Kind.BONUS:
            bonus += one.delta
        elif one.kind == Criterion.Kind.DEDUCTION:
            deduction += one.delta
        else:
            sums = groups.get(one.group, Sums(NOTHING, NOTHING))
            groups[one.group] = Sums(sums.points + one.delta, sums.maximum)
    tested = caps.get(held.block, ())
    fired = _fired(held, groups, tested, lifted.get(held.sheet, frozenset()))
    return held._replace(groups=groups, bonus=bonus, deduction=deduction, caps=tuple(fired))


def _fired(
    held: Totals, groups: Mapping[str, Sums], caps: Sequence[Cap], lifted: frozenset[int]
) -> list[Fired]:
    """Caps on circumstances stand as they are; "a group under …" is tested with the new sums."""
    standing = {cap.code: cap for cap in held.caps}
    found = []
    for cap in caps:
        if cap.rule != Cap.Rule.GROUP_BELOW:
            found += [standing[cap.code]] if cap.code in standing else []
            continue
        ground = "" if cap.pk in lifted else ground_of(cap, Circumstances(None, groups, _NO_DAY))
        if ground:
            ceiling = cap.ceiling.name if cap.ceiling else ""
            found.append(Fired(cap.code, cap.title, ceiling, ground))
    return found
