"""Values → standings. Pure: no database, no clock; Decimal throughout.

rate = 100 × (Σ points + bonus − deductions) ÷ Σ applicable maximum, within 0–100, half up to
as many places as the score sheet says (two, as a rule). Class and rank follow the rate, not
the points. Units of one rate are told apart by the rate over the groups the score sheet names;
still equal, they share the rank. A quota of a class lets at most that share of the ranked units
keep it; the others take the next one, and units that share a rank fall together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
NOTHING = Decimal(0)
_NO_RATE = Decimal(-1)
_STEPS = (Decimal(1), Decimal("0.1"), CENT)


class Sums(NamedTuple):
    """Points and applicable maximum of one group of criteria. A tuple: there are many."""

    points: Decimal
    maximum: Decimal

    @property
    def rate(self) -> Decimal | None:
        """Percent, or None where nothing of the group applies."""
        return rate_of(self.points, self.maximum)


@dataclass(frozen=True, slots=True)
class BandRule:
    """A class, the rate (%) it begins at, and the share (%) of units it takes at most."""

    name: str
    floor: Decimal
    quota: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The classes of a score sheet, best first, and how equal rates are told apart."""

    bands: tuple[BandRule, ...]
    tie_break: tuple[tuple[str, ...], ...] = ()
    places: int = 2

    def place(self, name: str) -> int:
        """0 for the best class."""
        return [band.name for band in self.bands].index(name)


@dataclass(frozen=True, slots=True)
class Fired:
    """A cap that fired. ``ceiling`` is the best class it allows; "" takes out of the ranking."""

    code: str
    title: str
    ceiling: str
    ground: str


class Totals(NamedTuple):
    """What a unit's scores add up to. ``missing`` says why it has nothing to be ranked by."""

    sheet: int
    unit: int
    block: str
    groups: Mapping[str, Sums]
    bonus: Decimal = NOTHING
    deduction: Decimal = NOTHING
    caps: tuple[Fired, ...] = ()
    missing: str = ""


@dataclass(slots=True)
class Line:
    """One unit's standing. Either ``rank`` or ``ineligible`` is set."""

    totals: Totals
    points: Decimal
    maximum: Decimal
    rate: Decimal | None
    raw_band: str = ""
    band: str = ""
    ineligible: str = ""
    # Why a quota put the unit one class lower; "" where it did not.
    quota_note: str = ""
    rank: int | None = None
    ties: tuple[Decimal, ...] = field(default_factory=tuple)

    @property
    def unit(self) -> int:
        return self.totals.unit

    @property
    def block(self) -> str:
        return self.totals.block

    @property
    def capped(self) -> bool:
        return self.band != self.raw_band


def rate_of(points: Decimal, maximum: Decimal, places: int = 2) -> Decimal | None:
    """Percent of the maximum, 0–100, half up to ``places``; None without a maximum."""
    if maximum <= NOTHING:
        return None
    rate = (HUNDRED * points / maximum).quantize(_STEPS[places], ROUND_HALF_UP)
    return HUNDRED if rate > HUNDRED else NOTHING if rate < NOTHING else rate


def band_of(rate: Decimal, scale: Scale) -> str:
    """The one class a rate falls in: the lowest also takes what lies under its floor."""
    for band in scale.bands[:-1]:
        if rate >= band.floor:
            return band.name
    return scale.bands[-1].name


def line_of(totals: Totals, scale: Scale) -> Line:
    """A unit's points, rate, class and what limits it; not yet its rank."""
    points, maximum = _together(totals.groups.values())
    points = max(NOTHING, points + totals.bonus - totals.deduction)
    line = Line(totals, points, maximum, rate_of(points, maximum, scale.places))
    line.ineligible = _ineligible(totals, line.rate)
    if line.rate is not None:
        line.ties = tuple([_over(totals, codes, scale.places) for codes in scale.tie_break])
        if not totals.missing:
            line.raw_band = band_of(line.rate, scale)
    if not line.ineligible:
        line.band = _capped(line.raw_band, totals.caps, scale)
    return line


def standings(totals: Iterable[Totals], scales: Mapping[str, Scale]) -> dict[str, list[Line]]:
    """Block → its lines: ranked ones by rank, then the ones not eligible."""
    blocks: dict[str, list[Line]] = defaultdict(list)
    for held in totals:
        blocks[held.block].append(line_of(held, scales[held.block]))
    return {block: _ranked(lines, scales[block]) for block, lines in blocks.items()}


def _ineligible(totals: Totals, rate: Decimal | None) -> str:
    if totals.missing:
        return totals.missing
    for cap in totals.caps:
        if not cap.ceiling:
            return f"{cap.title}: {cap.ground}" if cap.ground else cap.title
    return "" if rate is not None else "Không có tiêu chí nào áp dụng"


def _over(totals: Totals, codes: Sequence[str], places: int) -> Decimal:
    """The rate over some groups together; -1 where none of them applies."""
    groups = totals.groups
    return _tie(tuple([groups[code] for code in codes if code in groups]), places)


@lru_cache(maxsize=10_000)
def _tie(groups: tuple[Sums, ...], places: int) -> Decimal:
    """Of a few groups there are few different sums, however many units."""
    rate = rate_of(*_together(groups), places)
    return _NO_RATE if rate is None else rate


def _together(groups: Iterable[Sums]) -> tuple[Decimal, Decimal]:
    """Points and maximum of several groups."""
    points = maximum = NOTHING
    for got, of in groups:
        points += got
        maximum += of
    return points, maximum


def _capped(band: str, caps: Iterable[Fired], scale: Scale) -> str:
    names = [cap.ceiling for cap in caps if cap.ceiling]
    return max([band, *names], key=scale.place) if names else band


def _ranked(lines: list[Line], scale: Scale) -> list[Line]:
    """Equal units share a rank, and the next one's counts them all (1, 2, 2, 4)."""
    ranked = [line for line in lines if not line.ineligible]
    ranked.sort(key=_strength, reverse=True)
    rank, before = 0, None
    for place, line in enumerate(ranked, start=1):
        strength = _strength(line)
        if strength != before:
            rank, before = place, strength
        line.rank = rank
    _limit(ranked, scale)
    return ranked + [line for line in lines if line.ineligible]


def _limit(ranked: Sequence[Line], scale: Scale) -> None:
    """Puts those above a class's quota one class lower, best class first."""
    for band, lower in pairwise(scale.bands):
        if band.quota is None:
            continue
        allowed = int(band.quota * len(ranked) / HUNDRED)
        held = [line for line in ranked if line.band == band.name]
        first_out = held[allowed].rank if len(held) > allowed else None
        for line in held if first_out is not None else ():
            if line.rank is not None and line.rank >= (first_out or 0):
                line.band = lower.name
                line.quota_note = f"Loại {band.name} nhiều nhất {allowed}/{len(ranked)} đơn vị"


def _strength(line: Line) -> tuple[Decimal, tuple[Decimal, ...]]:
    return (line.rate or NOTHING, line.ties)


# --- the target --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Near:
    """A unit below the top class: what it lacks, in points."""

    line: Line
    lacks: Decimal


@dataclass(frozen=True)
class Forecast:
    """Units in the top class against the share asked for (%), None where none is asked.

    ``capped``: units a cap keeps below the top class, whatever their points.
    """

    top: int
    ranked: int
    target: Decimal | None
    near: tuple[Near, ...]
    capped: int = 0

    @cached_property
    def share(self) -> Decimal | None:
        """Percent, half up to one place."""
        if not self.ranked:
            return None
        return (HUNDRED * self.top / self.ranked).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @cached_property
    def wanted(self) -> int | None:
        """The least number of units that reaches the target."""
        if self.target is None:
            return None
        exact = self.target * self.ranked / HUNDRED
        return int(exact.to_integral_value(ROUND_CEILING))

    @cached_property
    def lacking(self) -> int:
        return max(0, (self.wanted or 0) - self.top)


def forecast(
    blocks: Mapping[str, Sequence[Line]],
    scales: Mapping[str, Scale],
    target: Decimal | None,
    nearest: int | None = 5,
) -> Forecast:
    """Counts all blocks together, as the plan's target does; the ``nearest`` below it."""
    top, ranked, capped, near = 0, 0, 0, []
    for block, lines in blocks.items():
        best = scales[block].bands[0]
        for line in lines:
            if line.ineligible:
                continue
            ranked += 1
            if line.band == best.name:
                top += 1
            elif line.quota_note or _held_down(line, scales[block]):
                capped += 1
            else:
                places = scales[block].places
                near.append(Near(line, points_lacking(line, best.floor, places)))
    near.sort(key=lambda n: (n.lacks, n.line.unit))
    return Forecast(top, ranked, target, tuple(near[:nearest]), capped)


def _held_down(line: Line, scale: Scale) -> bool:
    """Whether a cap keeps the unit below the best class, whatever its points."""
    best = scale.bands[0].name
    return _capped(best, line.totals.caps, scale) != best


def points_lacking(line: Line, floor: Decimal, places: int = 2) -> Decimal:
    """The least points, in hundredths, that lift the rounded rate to ``floor``."""
    # A rate rounds up to the floor from half a step below it; a floor between two steps is
    # reached by the step above.
    floor = floor.quantize(_STEPS[places], ROUND_CEILING)
    least = (floor - _STEPS[places] / 2) * line.maximum / HUNDRED
    lacking = (least - line.points).quantize(CENT, ROUND_CEILING)
    return max(NOTHING, lacking)
