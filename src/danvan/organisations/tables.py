"""Tables people send (.csv, .xlsx) as rows of text; what cannot be read says why."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.utils.translation import gettext as _

from vanban.text import nfc, squeeze

MOST_ROWS = 5000


class Unreadable(ValueError):
    """The file is no table; the message is for the person who sent it."""


def rows_of(content: bytes, name: str) -> list[dict[str, str]]:
    """The rows under the heading line, cells as squeezed NFC text, empty rows left out."""
    lines = _sheet(content) if name.lower().endswith(".xlsx") else _csv(content)
    if not lines:
        raise Unreadable(_("Tệp không có dòng nào."))
    heads = [cell.lower() for cell in lines[0]]
    rows = [dict(zip(heads, line, strict=False)) for line in lines[1:] if any(line)]
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("Tệp có quá %(most)d dòng.") % {"most": MOST_ROWS})
    return rows


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            _("Tệp không phải mã UTF-8. Trong Excel hãy lưu kiểu “CSV UTF-8”.")
        ) from None
    if "\x00" in text:
        raise Unreadable(_("Tệp không phải là bảng dạng văn bản."))
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        return [[squeeze(nfc(cell)) for cell in line] for line in reader]
    except csv.Error:
        raise Unreadable(_("Tệp CSV sai cấu trúc.")) from None


def _sheet(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = book.get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, OSError):
        raise Unreadable(_("Không mở được tệp Excel: tệp hỏng hoặc có mật khẩu.")) from None
    return [[_cell(value) for value in line] for line in values]


def _cell(value: Any) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return squeeze(nfc(str(value)))
