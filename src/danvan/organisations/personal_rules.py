"""The law about personal data in force on a day, as dated rows with their sources."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from danvan.kernel.calendar import Calendar

TABLE = Path(__file__).resolve().parent / "data" / "personal-data-rules.csv"


@dataclass(frozen=True, slots=True)
class Rule:
    """Periods run from the day after asking. ``keeps``: what erasure need not touch."""

    valid_from: dt.date
    valid_to: dt.date | None
    basis: str
    answer_within: str
    answer_working_days: int | None
    erase_days: int
    keeps: str
    source: str

    def answer_due(self, asked: dt.date) -> dt.date | None:
        if self.answer_working_days is None:
            return None
        return Calendar().after_working_days(asked, self.answer_working_days)

    def erase_due(self, asked: dt.date) -> dt.date:
        return asked + dt.timedelta(days=self.erase_days)


@cache
def rules() -> tuple[Rule, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_rule(row) for row in csv.DictReader(file))


def on(day: dt.date) -> Rule | None:
    """The rule in force that day; before 01/7/2023 there was none."""
    held = [r for r in rules() if r.valid_from <= day and (not r.valid_to or day <= r.valid_to)]
    return held[-1] if held else None


def _rule(row: dict[str, str]) -> Rule:
    until, working = row["valid_to"], row["answer_working_days"]
    return Rule(
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        valid_to=dt.date.fromisoformat(until) if until else None,
        basis=row["basis"],
        answer_within=row["answer_within"],
        answer_working_days=int(working) if working else None,
        erase_days=int(row["erase_days"]),
        keeps=row["keeps"],
        source=row["source"],
    )
