"""The plan's targets: where it began, where it stands, what is asked, and who falls short."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel import facts
from danvan.kernel.facts import Period, Reading
from danvan.organisations.queries import names_on, ranked_units
from danvan.programmes.models import Programme, Target
from danvan.ui import written

COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq, ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt,
}  # fmt: skip
SIGNS = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}
NAMED = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """One target. ``short``: names of units below the floor, ``more``: how many are not named."""

    target: Target
    reading: Reading | None
    short: Sequence[str] = ()
    more: int = 0

    @property
    def value(self) -> Decimal | None:
        """In the target's own unit: a ratio is a percentage."""
        if self.reading is None:
            return None
        if self.reading.numerator is not None and self.reading.denominator:
            return self.reading.numerator * 100 / self.reading.denominator
        return self.reading.value

    @property
    def now(self) -> str:
        if self.reading is None or (self.value is None and not self.reading.said):
            return _("chưa có nguồn dữ liệu") if not self.target.fact else _("chưa có số liệu")
        return self.reading.said or f"{written.number(self.value)} {self.target.unit}".strip()

    @property
    def goal(self) -> str:
        if self.target.value is None:
            return str(self.target.get_direction_display())
        sign = SIGNS.get(self.target.comparator, "")
        return f"{sign}{written.number(self.target.value)} {self.target.unit}".strip()

    @property
    def before(self) -> str:
        if self.target.baseline is None:
            return written.UNKNOWN
        return f"{written.number(self.target.baseline)} {self.target.unit}".strip()

    @property
    def reached(self) -> bool | None:
        """None while nothing is known, or where there is nothing to compare with."""
        if self.value is None:
            return None
        if self.target.value is not None:
            return COMPARED[self.target.comparator](self.value, self.target.value)
        if self.target.baseline is None:
            return None
        way = {"up": operator.gt, "down": operator.lt, "hold": operator.ge}[self.target.direction]
        return way(self.value, self.target.baseline)

    @property
    def url(self) -> str:
        """The rows behind the figure, else the clause of the plan."""
        if self.reading and self.reading.basis:
            return self.reading.basis
        return reverse("programmes:targets", args=[self.target.programme_id])


def read(programme: Programme, period: Period) -> list[Standing]:
    """Every target in the order of the plan: one call per fact."""
    targets = list(programme.targets.select_related("provision"))
    codes = sorted({t.fact for t in targets if t.fact in facts.REGISTRY})
    told = facts.read(codes, [programme.pk], period)
    units = [unit for unit, _block in ranked_units(programme.body, period.end)]
    floors = {t.unit_fact for t in targets if t.unit_fact in facts.REGISTRY}
    by_unit = facts.read(sorted(floors), units, period)
    names = names_on(period.end, units)
    made = []
    for target in targets:
        reading = told[target.fact].get(programme.pk) if target.fact in told else None
        short = _short(target, by_unit.get(target.unit_fact, {}), names)
        made.append(Standing(target, reading, short[:NAMED], max(0, len(short) - NAMED)))
    return made


def _short(target: Target, readings: facts.Readings, names: dict[int, str]) -> list[str]:
    """Units whose figure is known and under the floor; where less is better, over it."""
    floor = target.unit_floor
    if floor is None:
        return []
    over = target.direction == Target.Direction.DOWN
    return [
        name
        for unit, name in names.items()
        if (held := readings.get(unit)) is not None
        and held.value is not None
        and (held.value > floor if over else held.value < floor)
    ]
