"""Imports an actor may see, and the rows of one as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from danvan.kernel import imports
from danvan.kernel.access import Actor
from danvan.kernel.imports import cells
from danvan.kernel.imports.tables import Column, Table
from danvan.kernel.models import Import

# The rows themselves are large: a list of imports does without.
_HEAVY = ("rows", "verdicts", "touched", "strangers")
ORDER = ("error", "changed", "new", "same")


def visible_to(actor: Actor) -> QuerySet[Import]:
    """Imports of the tables the actor may take in; of some, only what the actor sent."""
    offered = imports.offered_to(actor)
    shared = Q(table__in=[table.code for table in offered if not table.own_only])
    own = Q(table__in=[table.code for table in offered if table.own_only], by_id=actor.id)
    return Import.objects.filter(shared | own)


def latest(actor: Actor, most: int = 20) -> list[tuple[Import, Table]]:
    rows = visible_to(actor).defer(*_HEAVY)[:most]
    tables = imports.REGISTRY.all()
    return [(it, tables[it.table]) for it in rows]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the report: every cell with its error, and what will happen."""

    number: int
    state: str
    says: str
    cells: list[tuple[Column, str, str]]
    warnings: Sequence[str]
    other_errors: Sequence[str]


def lines(it: Import, table: Table, state: str = "") -> list[tuple[int, Any, Any]]:
    """(line, cells, verdict) in the page's order: errors first, then what changes."""
    rows = [(n, c, v) for (n, c), v in zip(it.rows, it.verdicts, strict=True)]
    if state == "warned":
        rows = [row for row in rows if row[2]["warnings"]]
    elif state:
        rows = [row for row in rows if row[2]["state"] == state]
    return sorted(rows, key=lambda row: (ORDER.index(row[2]["state"]), row[0]))


def shown(table: Table, row: tuple[int, Any, Any]) -> Line:
    number, found, verdict = row
    errors: dict[str, str] = {}
    for column, sentence in verdict["errors"]:
        errors[column] = f"{errors[column]}; {sentence}" if column in errors else sentence
    names = {column.name for column in table.columns}
    return Line(
        number,
        verdict["state"],
        verdict["says"],
        [(c, written(found.get(c.name)), errors.get(c.name, "")) for c in table.columns],
        verdict["warnings"],
        [sentence for name, sentence in errors.items() if name not in names],
    )


def written(cell: Any) -> str:
    """A cell as read, as a person would type it."""
    if isinstance(cell, dict):
        year, month, day = cell["day"].split("-")
        return f"{day}/{month}/{year}"
    return "" if cell is None else cells.text(cell)
