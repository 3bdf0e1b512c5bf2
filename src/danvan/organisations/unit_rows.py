"""One row of a table of units, judged before anything is written.

Cells come typed from kernel.imports (importing/units.py has the columns). Codes are written
"GSO:25480"; codes, aliases and predecessors may be several, parted by ";"; a predecessor taken
over in part ends in "*". A row with a key and a last day but no name closes a unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row as it will be written. ``number`` is the line a person sees in the file."""

    number: int
    key: str
    name: str = ""
    short_name: str = ""
    kind: str = ""
    parent: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    codes: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    predecessors: tuple[tuple[str, bool], ...] = ()
    confirmed: bool = True
    source: str = ""
    basis: str = ""

    @property
    def closes(self) -> bool:
        return not self.name


@dataclass(slots=True)
class Reading:
    """The good rows and, for the others, (line, column, sentence)."""

    rows: list[UnitRow] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


Codes = dict[tuple[str, str, dt.date], str]
Fault = tuple[str, str]


def read(
    lines: Sequence[tuple[int, dict[str, Any]]], known: Iterable[str], codes: Codes | None = None
) -> Reading:
    """Judges every line. ``known``: keys of units already kept; ``codes``: whose codes are."""
    reading = Reading()
    keys = set(known) | {values.get("key", "") for _n, values in lines}
    owners: Codes = dict(codes or {})
    for number, values in lines:
        row = _row(number, values)
        faults = [*_own_faults(row), *_unknown(row, keys), *_codes_taken(row, owners)]
        reading.faults += [(number, column, sentence) for column, sentence in faults]
        if not faults:
            reading.rows.append(row)
    return reading


def _unknown(row: UnitRow, keys: set[str]) -> Iterable[Fault]:
    wanted = [("parent", row.parent), *(("predecessors", key) for key, _w in row.predecessors)]
    for column, key in wanted:
        if key and key not in keys:
            yield column, _("Không có đơn vị “%(key)s”.") % {"key": key}


def _codes_taken(row: UnitRow, owners: Codes) -> list[Fault]:
    """The same number may name another unit later, never two from the same day."""
    if row.valid_from is None:
        return []
    taken = [
        code
        for scheme, code in row.codes
        if owners.setdefault((scheme, code, row.valid_from), row.key) != row.key
    ]
    return [("codes", _("Mã %(code)s đã thuộc đơn vị khác.") % {"code": code}) for code in taken]


def _own_faults(row: UnitRow) -> Iterable[Fault]:
    if slugify(row.key) != row.key:
        words = _("Khóa “%(key)s” chỉ được gồm a–z, 0–9 và dấu gạch nối.")
        yield "key", words % {"key": row.key}
    if row.name and not row.kind:
        yield "kind", _("Thiếu loại đơn vị.")
    if row.name and row.valid_from is None:
        yield "valid_from", _("Thiếu ngày bắt đầu.")
    if not row.name and row.valid_to is None:
        yield "name", _("Thiếu tên đơn vị.")
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield "valid_to", _("Ngày kết thúc trước ngày bắt đầu.")
    if row.parent and row.parent == row.key:
        yield "parent", _("Đơn vị không thể trực thuộc chính mình.")


def _row(number: int, values: dict[str, Any]) -> UnitRow:
    return UnitRow(
        number=number,
        key=values.get("key") or "",
        name=values.get("name") or "",
        short_name=values.get("short_name") or "",
        kind=values.get("kind") or "",
        parent=values.get("parent") or "",
        valid_from=values.get("valid_from"),
        valid_to=values.get("valid_to"),
        codes=tuple(_code(part) for part in _parts(values.get("codes"))),
        aliases=tuple(_parts(values.get("aliases"))),
        predecessors=tuple(
            (part.rstrip("*"), not part.endswith("*"))
            for part in _parts(values.get("predecessors"))
        ),
        confirmed=values.get("confirmed") is not False,
        source=values.get("source") or "",
        basis=values.get("basis") or "",
    )


def _parts(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _code(part: str) -> tuple[str, str]:
    scheme, colon, code = part.partition(":")
    return (scheme[:20], code[:40]) if colon else ("GSO", scheme[:40])
