"""A roll of households as a table: how many there are, and which codes stand twice.

Only the number and the file's digest are kept in figures; no name of the roll is.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

MOST = 20_000
HEADS = ("mã hộ", "ma ho", "số hộ", "stt")


class NoRoll(ValueError):
    """The file holds no roll; the message is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Roll:
    households: int
    twice: tuple[str, ...] = ()


def count(data: bytes, name: str) -> Roll:
    """Households by the first column (their codes), the heading left out. Raises NoRoll."""
    cells = [str(row[0]).strip() for row in _rows(data, name) if row and str(row[0]).strip()]
    if cells and cells[0].lower() in HEADS:
        cells = cells[1:]
    if not cells:
        raise NoRoll(_("Danh sách trống: cột đầu tiên phải là mã hộ."))
    if len(cells) > MOST:
        raise NoRoll(_("Danh sách dài quá 20.000 dòng."))
    times = Counter(cells)
    return Roll(len(times), tuple(sorted(code for code, n in times.items() if n > 1)))


def _rows(data: bytes, name: str) -> list[list[object]]:
    if name.lower().endswith(".xlsx"):
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            return book.get_sheet_by_index(0).to_python()  # type: ignore[return-value]
        except (CalamineError, zipfile.BadZipFile, IndexError):
            raise NoRoll(_("Không đọc được bảng tính này.")) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoRoll(_("Tệp .csv phải ở bảng mã Unicode (UTF-8).")) from None
    mark = ";" if text.split("\n", 1)[0].count(";") else ","
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=mark)]
