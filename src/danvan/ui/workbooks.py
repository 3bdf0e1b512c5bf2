"""A new .xlsx to write into. What people typed stays text: never a formula, never a link."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

_TEXT_STAYS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def new(out: io.BytesIO, title: str = "") -> Any:
    """The workbook, written to ``out`` when it is closed; ``title`` stands in its properties."""
    book = xlsxwriter.Workbook(out, _TEXT_STAYS_TEXT)
    if title:
        book.set_properties({"title": title, "author": "danvan"})
    return book
