"""The units that fall short of a target: one call per fact, whatever the number of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from danvan.kernel import clock, facts
from danvan.kernel.facts import Period, Reading
from danvan.organisations import queries as organisations
from danvan.programmes.models import Programme, Target
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class Short:
    """One unit below the floor, or (not ``known``) of which nothing is; ``basis`` leads to why."""

    unit: int
    name: str
    said: str
    basis: str
    known: bool


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Who falls short, of how many; by which fact."""

    fact: facts.Fact
    units: list[Short]
    of: int

    @property
    def reached(self) -> int:
        """How many units do not fall short."""
        return self.of - len(self.units)

    @property
    def unknown(self) -> int:
        """How many of those short have no figure yet, rather than one below the floor."""
        return sum(not unit.known for unit in self.units)


def shortfalls(
    programme: Programme, targets: Sequence[Target], period: Period
) -> dict[int, Shortfall]:
    """Target id → its shortfall, for targets that name a fact about units."""
    measured = [target for target in targets if target.unit_fact in facts.REGISTRY]
    if not measured:
        return {}
    day = min(clock.today(), period.end)
    units = [unit for unit, _block in organisations.ranked_units(programme.body, day)]
    names = organisations.names_on(day, units)
    codes = sorted({target.unit_fact for target in measured})
    readings = facts.read(codes, units, period)
    made = {}
    for target in measured:
        known, fact = readings[target.unit_fact], facts.REGISTRY[target.unit_fact]
        short = [
            _short(unit, names.get(unit, ""), known.get(unit), fact)
            for unit in units
            if not reaches(target, known.get(unit))
        ]
        made[target.pk] = Shortfall(fact, short, len(units))
    return made


def reaches(target: Target, reading: Reading | None) -> bool:
    """Above the floor for a rise (not level with a floor of 0), at most it for a fall."""
    value = _value(reading)
    if value is None:
        return False
    floor = target.unit_floor
    if floor is None:
        return True
    if target.direction == Target.Direction.DOWN:
        return value <= floor
    if target.direction == Target.Direction.UP and target.value is None:
        return value > floor
    return value >= floor


def _value(reading: Reading | None) -> Decimal | None:
    if reading is None:
        return None
    if reading.numerator is not None and reading.denominator:
        return reading.numerator * 100 / reading.denominator
    return reading.value


def _short(unit: int, name: str, reading: Reading | None, fact: facts.Fact) -> Short:
    if reading is None:
        return Short(unit, name, "", "", known=False)
    known = _value(reading) is not None
    said = reading.said or f"{written.number(_value(reading))} {fact.measure}".strip()
    return Short(unit, name, said, reading.basis, known)
