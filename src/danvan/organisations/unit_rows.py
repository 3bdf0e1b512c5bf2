"""One row of a table of units, read and judged before anything is written.

Columns: key, name, short_name, kind, parent, valid_from, valid_to, codes ("GSO:25480"),
aliases and predecessors (several parted by ";", a predecessor taken over in part ends in "*"),
confirmed (yes/no), source, basis. A row with a key and valid_to but no name closes a unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from danvan.organisations.models import UnitKind

NEEDED = ("key", "name", "kind", "valid_from")


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
    """The good rows and, for the others, line and sentence."""

    rows: list[UnitRow] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)


Codes = dict[tuple[str, str, dt.date], str]


def read(
    lines: Sequence[dict[str, str]], known: Iterable[str], codes: Codes | None = None
) -> Reading:
    """Judges every line. ``known``: keys of units already kept; ``codes``: whose codes are."""
    reading, keys = Reading(), set(known) | {line.get("key", "") for line in lines}
    owners: Codes = dict(codes or {})
    if lines and (missing := [c for c in NEEDED if c not in lines[0]]):
        reading.errors.append((1, _("Thiếu cột: %(names)s.") % {"names": ", ".join(missing)}))
        return reading
    for number, line in enumerate(lines, start=2):
        problems: list[str] = []
        row = _row(number, line, problems)
        wanted = [row.parent, *(key for key, _whole in row.predecessors)]
        if unknown := [key for key in wanted if key and key not in keys]:
            problems.append(_("Không có đơn vị “%(key)s”.") % {"key": ", ".join(unknown)})
        problems += _codes_taken(row, owners)
        if problems:
            reading.errors += [(number, problem) for problem in problems]
        else:
            reading.rows.append(row)
    return reading


def _codes_taken(row: UnitRow, owners: Codes) -> list[str]:
    """The same number may name another unit later, never two from the same day."""
    if row.valid_from is None:
        return []
    taken = [
        code
        for scheme, code in row.codes
        if owners.setdefault((scheme, code, row.valid_from), row.key) != row.key
    ]
    return [_("Mã %(code)s đã thuộc đơn vị khác.") % {"code": code} for code in taken]


def _row(number: int, line: dict[str, str], problems: list[str]) -> UnitRow:
    key, name, kind = line.get("key", ""), line.get("name", ""), line.get("kind", "")
    valid_from = _day(line.get("valid_from", ""), problems)
    valid_to = _day(line.get("valid_to", ""), problems)
    if not key or slugify(key) != key or len(key) > 80:
        problems.append(_("Khóa “%(key)s” chỉ được gồm a–z, 0–9 và dấu gạch nối.") % {"key": key})
    if name and kind not in UnitKind.values:
        problems.append(_("Loại đơn vị “%(kind)s” không có trong danh mục.") % {"kind": kind})
    if name and not line.get("valid_from"):
        problems.append(_("Thiếu ngày bắt đầu."))
    if not name and valid_to is None:
        problems.append(_("Thiếu tên đơn vị."))
    if valid_from and valid_to and valid_to < valid_from:
        problems.append(_("Ngày kết thúc trước ngày bắt đầu."))
    if len(name) > 200 or len(line.get("basis", "")) > 150 or len(line.get("source", "")) > 300:
        problems.append(_("Tên, căn cứ hoặc nguồn quá dài."))
    return UnitRow(
        number=number,
        key=key,
        name=name,
        short_name=line.get("short_name", "")[:80],
        kind=kind,
        parent=line.get("parent", ""),
        valid_from=valid_from,
        valid_to=valid_to,
        codes=tuple(_code(part) for part in _parts(line.get("codes", ""))),
        aliases=tuple(_parts(line.get("aliases", ""))),
        predecessors=tuple(
            (part.rstrip("*"), not part.endswith("*"))
            for part in _parts(line.get("predecessors", ""))
        ),
        confirmed=line.get("confirmed", "yes").lower() not in ("no", "không", "0"),
        source=line.get("source", ""),
        basis=line.get("basis", ""),
    )


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _code(part: str) -> tuple[str, str]:
    scheme, colon, code = part.partition(":")
    return (scheme[:20], code[:40]) if colon else ("GSO", scheme[:40])


def _day(cell: str, problems: list[str]) -> dt.date | None:
    if not cell:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(cell, form).date()
        except ValueError:
            continue
    problems.append(_("“%(cell)s” không phải là ngày.") % {"cell": cell[:20]})
    return None
