"""The limits of the law as dated data: what the product ships, with a body's own rows over it.

A row is never a constant in code: ``data/petition-deadlines.csv`` (source and confidence beside
each), then the table Limit, where an office replaces, ends or adds a row without a release.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
EVERY_KIND = "tat_ca"
# Conditions that tell rows of one stage apart; every other wording only repeats the stage.
TRAITS = {
    "complex": frozenset({"complex"}),
    "especially complex": frozenset({"especially complex"}),
    "remote": frozenset({"remote"}),
    "remote+complex": frozenset({"remote", "complex"}),
    "check at several places or delegated check": frozenset({"delegated"}),
    "posting": frozenset({"posting"}),
    "posting or portal": frozenset({"posting"}),
    "dismissal": frozenset({"dismissal"}),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``value`` is in ``unit`` (day, working_day, month); None: at once."""

    code: str
    kind: str
    stage: str
    traits: frozenset[str]
    limit_type: str
    value: int | None
    unit: str
    start_event: str
    since: dt.date
    until: dt.date | None
    legal_ref: str
    confidence: str
    note: str = ""
    competes_with: str = ""
    body: int | None = None

    @property
    def local(self) -> bool:
        """A limit of the house, not of the law."""
        return self.confidence == "L"

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def read_rows(rows: Iterable[dict[str, str]]) -> list[Rule]:
    """Rows of the table's columns as rules. Raises ValueError on a broken number or date."""
    return [
        Rule(
            code=row["id"],
            kind=row["kind"],
            stage=row["stage"],
            traits=TRAITS.get(row["condition"], frozenset()),
            limit_type=row["limit_type"],
            value=int(row["value"]) if row["value"] else None,
            unit=row["unit"],
            start_event=row["start_event"],
            since=dt.date.fromisoformat(row["regime_from"]),
            until=dt.date.fromisoformat(row["regime_to"]) if row["regime_to"] else None,
            legal_ref=row["legal_ref"],
            confidence=row["confidence"],
            note=row["note"],
            competes_with=row["competes_with"],
        )
        for row in rows
    ]


@cache
def shipped() -> tuple[Rule, ...]:
    """The rows the product comes with, reception's among them."""
    found: list[Rule] = []
    for name in ("petition-deadlines.csv", "local-limits.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            found += read_rows(csv.DictReader(file))
    return tuple(found)


def laid_over(base: Sequence[Rule], own: Iterable[Rule]) -> list[Rule]:
    """``base`` with a body's rows: a row of the same code ends the shipped one the day before."""
    found = list(base)
    for row in own:
        for at, held in enumerate(found):
            overlaps = held.until is None or held.until >= row.since
            if held.code == row.code and held.body is None and overlaps:
                found[at] = replace(held, until=row.since - dt.timedelta(days=1))
        found.append(row)
    return [rule for rule in found if rule.until is None or rule.until >= rule.since]


def for_body(body: int | None) -> list[Rule]:
    """The rules as they stand for a body: one query."""
    from danvan.petitions.models import Limit

    own = [row.as_rule() for row in Limit.objects.filter(body=body).order_by("valid_from")]
    return laid_over(shipped(), own)


def for_bodies(bodies: Iterable[int]) -> dict[int, list[Rule]]:
    """The same for several bodies: one query."""
    from danvan.petitions.models import Limit

    own: dict[int, list[Rule]] = {body: [] for body in bodies}
    for row in Limit.objects.filter(body__in=own).order_by("valid_from"):
        own[row.body_id].append(row.as_rule())
    return {body: laid_over(shipped(), rows) for body, rows in own.items()}


def pick(
    rules: Iterable[Rule], kind: str, stage: str, on: dt.date, traits: frozenset[str], types: str
) -> Rule | None:
    """The row in force on ``on`` that knows most of the case's traits and none it lacks."""
    fitting = [
        rule
        for rule in rules
        if rule.kind in (kind, EVERY_KIND)
        and rule.stage == stage
        and rule.limit_type in types.split()
        and rule.holds_on(on)
        and rule.traits <= traits
    ]
    # Of two as exact the longer one: "remote" alone and "complex" alone never both fit.
    order = sorted(fitting, key=lambda r: (r.kind == kind, len(r.traits), r.since, r.value or 0))
    return order[-1] if order else None
