"""What a table says: score sheets ready to be written, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from danvan.organisations.models import Block


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct. ``row`` is None for what concerns a whole block."""

    row: int | None
    column: str
    text: str


@dataclass(slots=True)
class PlannedSet:
    """One block's score sheet as it will be written: values for the models, by name."""

    block: str
    groups: dict[str, dict[str, Any]] = field(default_factory=dict)
    criteria: list[dict[str, Any]] = field(default_factory=list)
    bands: list[dict[str, Any]] = field(default_factory=list)
    caps: list[dict[str, Any]] = field(default_factory=list)
    # None where the table does not say: the usual order, the usual two places.
    ties: list[list[str]] | None = None
    tie_rows: list[Any] = field(default_factory=list)
    places: int | None = None

    @property
    def label(self) -> str:
        return str(Block(self.block).label)

    @property
    def total(self) -> Decimal:
        """Points of the criteria, bonus and deductions left out."""
        held = (c["max_points"] for c in self.criteria if c["kind"] == "criterion")
        return sum(held, Decimal(0))


@dataclass(slots=True)
class Plan:
    """What a table says, block by block, and everything that is wrong with it."""

    sets: list[PlannedSet]
    problems: list[Problem]

    @property
    def sound(self) -> bool:
        return bool(self.sets) and not self.problems
