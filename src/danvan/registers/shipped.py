"""The registers the product comes with: declarations as data, enacted with one click.

``data/registers.json`` is a proposal made from the duties of a plan such as Kế hoạch 49/KH-UBND
(2023) of Tây Ninh city; the office that enacts one may keep it another way afterwards.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from danvan.registers.declaring import Declaration
from danvan.registers.fields import Field
from danvan.registers.figures import Figure

SHIPPED = Path(__file__).resolve().parent / "data" / "registers.json"


@dataclass(frozen=True, slots=True)
class Template:
    code: str
    declaration: Declaration


@functools.cache
def templates() -> tuple[Template, ...]:
    """In the order of the file."""
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return tuple(Template(row["code"], _declaration(row)) for row in rows)


def template(code: str) -> Template | None:
    return next((t for t in templates() if t.code == code), None)


def _declaration(row: dict[str, Any]) -> Declaration:
    given = {k: v for k, v in row.items() if k not in ("code", "fields", "figures", "offices")}
    return Declaration(
        **given,
        offices=tuple(row.get("offices", ())),
        fields=tuple(Field.from_data(f) for f in row["fields"]),
        figures=tuple(Figure.from_data(f) for f in row.get("figures", ())),
    )
