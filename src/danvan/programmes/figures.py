"""Figures of the contexts above, read by code and told in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from danvan.kernel import facts
from danvan.kernel.facts import Fact, Period, Reading
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact about a task or target: its label and what is known now (None: not yet)."""

    fact: Fact
    reading: Reading | None

    @property
    def known(self) -> bool:
        return self.reading is not None and (
            self.reading.value is not None or self.reading.numerator is not None
        )

    @property
    def words(self) -> str:
        """The figure as its context says it, else plainly."""
        reading = self.reading
        if reading is None:
            return written.UNKNOWN
        if reading.said:
            return reading.said
        if reading.numerator is not None:
            return written.rate(reading.numerator, reading.denominator)
        return f"{written.number(reading.value)} {self.fact.measure}".strip()

    @property
    def percent(self) -> Decimal | None:
        """The figure as a percentage, where it is one."""
        reading = self.reading
        if reading is None:
            return None
        if reading.numerator is not None and reading.denominator:
            return reading.numerator * 100 / reading.denominator
        return reading.value


def figures_about(about: str, subjects: Iterable[int], year: int) -> dict[int, list[Figure]]:
    """Every fact offered about such subjects: upper contexts' figures, read by code."""
    ids, period = list(subjects), Period.year(year)
    found: dict[int, list[Figure]] = {pk: [] for pk in ids}
    for fact in facts.REGISTRY.values():
        if fact.about == about:
            readings = fact.read(ids, period)
            for pk in ids:
                found[pk].append(Figure(fact, readings.get(pk)))
    return found
