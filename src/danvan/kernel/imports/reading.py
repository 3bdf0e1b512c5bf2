"""The bytes of a .csv or .xlsx as typed cells under known columns; says why it is no table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from vanban.text import nfc, search_key, squeeze

if TYPE_CHECKING:
    from danvan.kernel.imports.tables import Column, Table

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 100, 2000
MOST_UNPACKED = 100_000_000  # bytes of a workbook's sheets, unpacked
HEAD_WITHIN = 20  # the heading line stands among the first so many lines

_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,4})(\d{1,8})"')
Cell = str | int | float | bool | dt.date | None


class Unreadable(ValueError):
    """The file holds no such table; the message is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under the headings: (line in the file, column → cell). ``strangers``: headings that
    name no column, left out; ``examples``: how many rows were the template's example."""

    rows: list[tuple[int, dict[str, Cell]]]
    strangers: tuple[str, ...] = ()
    examples: int = 0


def read(table: Table, name: str, content: bytes) -> Sheet:
    """The table in a file. Raises Unreadable."""
    sheets = _workbook(content) if name.lower().endswith(".xlsx") else [_separated(content)]
    for lines in sheets:
        head = _heading(table, lines)
        if head is not None:
            return _under(table, lines, head)
    needed = ", ".join(f"“{c.label}”" for c in table.columns if c.required)
    raise Unreadable(
        _("Không thấy dòng tiêu đề. Bảng cần có các cột: %(names)s.") % {"names": needed}
    )


def key(heading: Any) -> str:
    """A heading as it is compared: no marks, no star, no words in brackets."""
    return squeeze(re.sub(r"\([^)]*\)|[*:]", " ", search_key(str(heading or ""))))


def _heading(table: Table, lines: Sequence[Sequence[Cell]]) -> int | None:
    """The line that names the most columns; one name alone may be any cell."""
    known = _columns(table)
    counts = [sum(key(c) in known for c in line) for line in lines[:HEAD_WITHIN]]
    best = max(range(len(counts)), key=lambda n: counts[n], default=None)
    return best if best is not None and counts[best] >= min(2, len(table.columns)) else None


def _columns(table: Table) -> dict[str, Column]:
    return {key(c.name): c for c in table.columns} | {key(c.label): c for c in table.columns}


def _under(table: Table, lines: Sequence[Sequence[Cell]], head: int) -> Sheet:
    known = _columns(table)
    columns = [known.get(key(cell)) for cell in lines[head]]
    names = [c.name for c in columns if c]
    if twice := [str(c.label) for c in table.columns if names.count(c.name) > 1]:
        raise Unreadable(_("Cột ghi hai lần: %(names)s.") % {"names": ", ".join(twice)})
    if missing := [str(c.label) for c in table.columns if c.required and c.name not in names]:
        raise Unreadable(_("Thiếu cột: %(names)s.") % {"names": ", ".join(missing)})
    strangers = [str(h) for h, c in zip(lines[head], columns, strict=True) if c is None and h]
    rows: list[tuple[int, dict[str, Cell]]] = []
    examples = 0
    for number, line in enumerate(lines[head + 1 :], start=head + 2):
        found: dict[str, Cell] = {
            c.name: v for c, v in zip(columns, line, strict=False) if c and v is not None
        }
        if _is_example(table, found):
            examples += 1
        elif found:
            rows.append((number, found))
    if not rows:
        raise Unreadable(_("Dưới dòng tiêu đề chưa có dòng dữ liệu nào."))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("Tệp có quá %(most)d dòng.") % {"most": MOST_ROWS})
    return Sheet(rows, tuple(strangers), examples)


def _is_example(table: Table, found: dict[str, Cell]) -> bool:
    """The template's own example, left standing. Three cells alike are no accident."""
    example = {c.name: c.example for c in table.columns if c.example}
    return len(example) > 2 and {n: str(v) for n, v in found.items()} == example


def _tidy(value: Any) -> Cell:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return squeeze(nfc(str(value)))[:LONGEST_CELL] or None if value is not None else None


# --- text ----------------------------------------------------------------------------------


def _separated(content: bytes) -> list[list[Cell]]:
    try:
        text = content.decode(
            "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        )
    except UnicodeDecodeError:
        raise Unreadable(
            _("Tệp không phải mã UTF-8. Trong Excel hãy lưu kiểu “CSV UTF-8” hoặc .xlsx.")
        ) from None
    if "\x00" in text:
        raise Unreadable(_("Tệp không phải là bảng dạng văn bản."))
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return _bounded(csv.reader(io.StringIO(text, ""), delimiter=delimiter))
    except csv.Error:
        raise Unreadable(_("Tệp CSV sai cấu trúc.")) from None


def _bounded(lines: Iterable[Sequence[Any]]) -> list[list[Cell]]:
    found: list[list[Cell]] = []
    for line in lines:
        if len(found) > MOST_ROWS + HEAD_WITHIN:
            raise Unreadable(_("Tệp có quá %(most)d dòng.") % {"most": MOST_ROWS})
        found.append([_tidy(cell) for cell in line[:MOST_COLUMNS]])
    return found


# --- workbooks -----------------------------------------------------------------------------


def _workbook(content: bytes) -> Iterator[list[list[Cell]]]:
    _reasonable(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield _bounded(lines)
    except (CalamineError, ValueError, OSError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("Không mở được tệp Excel: tệp hỏng hoặc có mật khẩu.")) from None


def _reasonable(content: bytes) -> None:
    """Before a reader fills memory: a cell far away, or a sheet that unpacks without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [i for i in archive.infolist() if i.filename.endswith(".xml")]
            if sum(i.file_size for i in parts) > MOST_UNPACKED:
                raise Unreadable(_("Tệp .xlsx quá lớn khi mở ra."))
            for part in parts:
                if "worksheets/" in part.filename:
                    with archive.open(part) as unpacked:
                        _near(unpacked.read(MOST_UNPACKED))
    except (zipfile.BadZipFile, RuntimeError, EOFError, zipfile.LargeZipFile, zlib.error):
        raise Unreadable(_("Không mở được tệp Excel: tệp hỏng hoặc có mật khẩu.")) from None


def _near(xml: bytes) -> None:
    for column, row in _PLACE.findall(xml):
        if int(row) > MOST_ROWS * 5 or len(column) > 2:
            place = {"row": row.decode(), "column": column.decode()}
            raise Unreadable(
                _("Bảng tính có ô ở dòng %(row)s, cột %(column)s: quá xa. Xóa ô đó rồi gửi lại.")
                % place
            )
