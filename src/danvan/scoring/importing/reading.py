"""The bytes of a .csv or .xlsx as rows of text. Says in Vietnamese why it is no table."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from danvan.scoring.importing.columns import COLUMNS, NEEDED, column_of
from danvan.ui.fields import PointsField
from vanban.text import nfc

# A score sheet has about a hundred rows; these limits only stop what is none.
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2000, 200, 2000
MOST_UNPACKED = 30_000_000  # bytes of a workbook's sheets, unpacked

_PLACE = re.compile(rb'\br="([A-Z]{0,4})(\d{1,8})"')
# Letters of the old TCVN3 and VNI fonts, as they look when read as Unicode.
_TCVN3 = re.compile(r"\w[µ¸¶·¹©¨®«¬ª]|[®§]\w")
_VNI = re.compile(r"[aeoAEO][ùøïûõäëöüÙØÏÛÕ]\w?|ñ[aeiouöô]")


class NotATable(ValueError):
    """The file holds no table of a score sheet; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file; ``number`` is its line as a spreadsheet counts."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under the headings; ``strangers`` are headings that mean nothing here."""

    rows: list[Row]
    strangers: list[str] = field(default_factory=list)


def read(name: str, data: bytes) -> Table:
    """The table in a file. Raises NotATable."""
    is_workbook = name.lower().endswith(".xlsx")
    return _under_headings(_workbook(data) if is_workbook else _separated(_decoded(data)))


def _under_headings(lines: Iterable[Sequence[str]]) -> Table:
    numbered = [(n, line) for n, line in enumerate(lines, 1) if any(c.strip() for c in line)]
    if not numbered:
        raise NotATable(_("Tệp không có dòng nào."))
    if len(numbered) > MOST_ROWS:
        raise NotATable(_("Tệp có quá %(n)d dòng.") % {"n": MOST_ROWS})
    (_first, headings), *rest = numbered
    codes = [column_of(h) for h in headings]
    known = [c for c in codes if c]
    if len(known) < 3:
        raise NotATable(
            _("Dòng đầu không phải là tiêu đề của bảng điểm. Hãy dùng tệp mẫu tải về từ trang này.")
        )
    if missing := [COLUMNS[c] for c in NEEDED if c not in known]:
        raise NotATable(_("Thiếu cột: %(columns)s.") % {"columns": ", ".join(missing)})
    if len(known) != len(set(known)):
        twice = {COLUMNS[c] for c in known if known.count(c) > 1}
        raise NotATable(_("Cột ghi hai lần: %(columns)s.") % {"columns": ", ".join(sorted(twice))})
    rows = [Row(n, _cells(codes, line)) for n, line in rest]
    if not rows:
        raise NotATable(_("Tệp chỉ có dòng tiêu đề."))
    strangers = [h for h, c in zip(headings, codes, strict=True) if c is None and h.strip()]
    return Table(rows, strangers)


def _cells(codes: Sequence[str | None], line: Sequence[str]) -> dict[str, str]:
    return {
        code: nfc(cell).strip()[:LONGEST_CELL]
        for code, cell in zip(codes, line, strict=False)
        if code
    }


# --- text ----------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 and windows-1258 are read; fonts of before Unicode are told apart."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _as(data, "utf-16")
    elif b"\x00" in data[:400]:
        even = data[:400:2].count(0) > data[1:400:2].count(0)
        text = _as(data, "utf-16-be" if even else "utf-16-le")
    else:
        text = _as(data, "utf-8-sig") or _as(data, "cp1258")
    if text is None or "\x00" in text or "\ufffd" in text:
        raise NotATable(_("Không đọc được bảng mã của tệp. Hãy lưu lại dưới dạng CSV UTF-8."))
    text = nfc(text)
    if _TCVN3.search(text) or len(_VNI.findall(text)) > 3:
        raise NotATable(
            _(
                "Tệp dùng phông chữ cũ (TCVN3 hoặc VNI). Hãy chuyển sang Unicode rồi lưu lại "
                "dưới dạng CSV UTF-8 hoặc .xlsx."
            )
        )
    return text


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _separated(text: str) -> Iterator[list[str]]:
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    if not first.count(delimiter):
        raise NotATable(_("Tệp không phải là bảng: dòng đầu không có dấu phân cách cột."))
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, ""), delimiter=delimiter)):
            if number > MOST_ROWS * 2 or len(line) > MOST_COLUMNS:
                raise NotATable(_("Tệp có quá nhiều dòng hoặc cột, không phải bảng điểm."))
            yield line
    except csv.Error:
        raise NotATable(_("Tệp .csv bị hỏng: có dấu ngoặc kép không khép.")) from None


# --- workbooks -----------------------------------------------------------------------------


def _workbook(data: bytes) -> Iterator[list[str]]:
    _reasonable(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError:
        raise NotATable(_("Không mở được tệp .xlsx: tệp hỏng hoặc có mật khẩu.")) from None
    for row in rows:
        yield [_cell_text(value) for value in row]


def _reasonable(data: bytes) -> None:
    """Before a reader fills memory: a cell far away or a sheet that unpacks without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [i for i in archive.infolist() if i.filename.endswith(".xml")]
            if sum(i.file_size for i in sheets) > MOST_UNPACKED:
                raise NotATable(_("Tệp .xlsx quá lớn khi mở ra, không phải bảng điểm."))
            for sheet in sheets:
                if "worksheets/" in sheet.filename:
                    with archive.open(sheet) as unpacked:
                        _near(unpacked.read(MOST_UNPACKED))
    except (zipfile.BadZipFile, RuntimeError, EOFError):
        raise NotATable(_("Không mở được tệp .xlsx: tệp hỏng hoặc có mật khẩu.")) from None


def _near(xml: bytes) -> None:
    for column, row in _PLACE.findall(xml):
        if int(row) > MOST_ROWS * 5 or len(column) > 2:
            raise NotATable(
                _("Bảng tính có ô ở dòng %(row)s, cột %(column)s: quá xa, không phải bảng điểm.")
                % {"row": row.decode(), "column": column.decode()}
            )


def _cell_text(value: Any) -> str:
    """As a Vietnamese would type it: 1.5 in a cell is 1,5."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        exact = Decimal(repr(value))
        if exact == exact.to_integral_value() and abs(exact) < 10**15:
            exact = exact.quantize(Decimal(1))
        return str(PointsField().prepare_value(exact))
    return "" if value is None else str(value)
