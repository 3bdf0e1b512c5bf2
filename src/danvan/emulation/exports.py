"""Funnel and list as a workbook: the same figures as on the screen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from danvan.emulation.funnel import RULE, STEPS, Line
from danvan.emulation.models import Exemplar
from danvan.emulation.models.exemplars import HOUSEHOLDS, MANDATORY
from danvan.ui import workbooks


def workbook(
    year: int,
    tables: Iterable[tuple[str, Sequence[Line]]],
    exemplars: Iterable[Exemplar],
    names: dict[int, str],
) -> bytes:
    """A sheet per table of the funnel, then one row per model. Text is never a formula."""
    out = io.BytesIO()
    book = workbooks.new(out)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for title, lines in tables:
        heads = [title, *_heads(year)]
        _sheet(book, title, heads, ([x.label, *_figures(x)] for x in lines), bold, cell)
    heads = [_("Đơn vị"), _("Bước"), *(str(_field(n)) for n in _COLUMNS)]
    rows = ([names.get(e.unit_id, ""), e.get_state_display(), *_entries(e)] for e in exemplars)
    _sheet(book, _("Mô hình"), heads, rows, bold, cell)
    book.close()
    return out.getvalue()


_COLUMNS = (
    "kind", "person_name", "field", "since", *MANDATORY, "starts_on", "assess_on", "minority_area",
    "religious_area", *HOUSEHOLDS, "result",
)  # fmt: skip


def _field(name: str) -> Any:
    return Exemplar._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _heads(year: int) -> list[str]:
    told = []
    for label, _test in STEPS.values():
        told += [f"{label} {year}", f"{label} {year - 1}"]
    return told


def _figures(line: Line) -> list[int]:
    return [n for step, now, change in line.cells for n in (now, now - change)]


def _entries(exemplar: Exemplar) -> list[Any]:
    shown = []
    for name in _COLUMNS:
        display = getattr(exemplar, f"get_{name}_display", None)
        value = display() if display else getattr(exemplar, name)
        if isinstance(value, bool):
            value = _("có") if value else ""
        shown.append(f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value)
    return shown


def _sheet(
    book: Any, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], bold: Any, cell: Any
) -> None:
    sheet = book.add_worksheet(title[:31])
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write(last, column, "" if value is None else value, cell)
    sheet.write_string(last + 2, 0, str(RULE))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(heads), 14)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
