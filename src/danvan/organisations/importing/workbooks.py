"""The .xlsx a person fills in, and the one that gives faulty rows back with the reasons."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from danvan.kernel.imports.tables import Table
from danvan.kernel.models import Import
from danvan.organisations.importing import queries
from danvan.ui import workbooks

FILLED = 5000  # rows that get the lists of allowed words
# Excel takes a list written into a cell up to 255 characters; longer ones stand on a sheet.
SHORT_LIST = 250


def template(table: Table) -> bytes:
    """Headings, one example row, lists of allowed words, and a sheet that explains the columns."""
    with _book(str(table.label)) as (book, out):
        sheet, notes = book.add_worksheet(_("Bảng")), book.add_worksheet(_("Hướng dẫn"))
        _head(book, sheet, table)
        italic = book.add_format({"italic": True, "font_color": "#555555", "num_format": "@"})
        for n, column in enumerate(table.columns):
            sheet.write_string(1, n, column.example, italic)
        _lists(book, sheet, table)
        _notes(book, notes, table)
    return out.getvalue()


def faults(table: Table, it: Import) -> bytes:
    """The wrong rows as sent, with the reason in a last column: to be put right and sent again."""
    with _book(it.name) as (book, out):
        sheet = book.add_worksheet(_("Dòng lỗi"))
        _head(book, sheet, table, more=[_("Lý do")])
        wrong = book.add_format({"bg_color": "#FBDDDD", "num_format": "@"})
        plain = book.add_format({"num_format": "@"})
        for at, row in enumerate(queries.lines(it, table, "error"), start=1):
            line = queries.shown(table, row)
            for n, (_column, text, error) in enumerate(line.cells):
                sheet.write_string(at, n, text, wrong if error else plain)
            sheet.write_string(at, len(table.columns), reasons(line))
    return out.getvalue()


def reasons(line: queries.Line) -> str:
    """ "Dòng 12 – Từ ngày: không có ngày 31/02/2023"."""
    told = [f"{column.label}: {error}" for column, _text, error in line.cells if error]
    return _("Dòng %(n)d – %(why)s") % {
        "n": line.number, "why": "; ".join([*told, *line.other_errors])
    }  # fmt: skip


@contextmanager
def _book(title: str) -> Iterator[tuple[Any, io.BytesIO]]:
    out = io.BytesIO()
    book = workbooks.new(out, title)
    yield book, out
    book.close()


def _head(book: Any, sheet: Any, table: Table, more: list[str] | None = None) -> None:
    look = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}
    plain, must = book.add_format(look), book.add_format({**look, "bg_color": "#E7EFFA"})
    # Text cells: "001" and 05/04/2023 stay as typed.
    text = book.add_format({"num_format": "@"})
    for n, column in enumerate(table.columns):
        star = " *" if column.required else ""
        sheet.set_column(n, n, max(14, min(40, len(column.example) + 4)), text)
        sheet.write_string(0, n, f"{column.label}{star}", must if column.required else plain)
    for n, label in enumerate(more or [], start=len(table.columns)):
        sheet.set_column(n, n, 60)
        sheet.write_string(0, n, label, plain)
    sheet.freeze_panes(1, 0)


def _lists(book: Any, sheet: Any, table: Table) -> None:
    words = None
    for n, column in enumerate(table.columns):
        if not column.words:
            continue
        source: Any = list(column.words)
        if len(",".join(column.words)) > SHORT_LIST or any("," in w for w in column.words):
            words = words or book.add_worksheet(_("Danh mục"))
            words.write_column(0, n, column.words)
            letter = xlsxwriter.utility.xl_col_to_name(n)
            source = f"='{_('Danh mục')}'!${letter}$1:${letter}${len(column.words)}"
        sheet.data_validation(
            1, n, FILLED, n,
            {"validate": "list", "source": source, "error_title": str(column.label)[:32],
             "error_message": _("Chọn một giá trị trong danh sách.")},
        )  # fmt: skip


def _notes(book: Any, sheet: Any, table: Table) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 24, wrap)
    sheet.set_column(1, 1, 12, wrap)
    sheet.set_column(2, 2, 80, wrap)
    sheet.write_row(0, 0, [_("Cột"), _("Bắt buộc"), _("Cách ghi")], bold)
    for at, column in enumerate(table.columns, start=1):
        note = [str(column.note)] if column.note else []
        if column.words:
            note.append(_("Một trong: %s.") % "; ".join(column.words))
        if column.example:
            note.append(_("Ví dụ: %s.") % column.example)
        sheet.write_string(at, 0, str(column.label))
        sheet.write_string(at, 1, _("có") if column.required else "")
        sheet.write_string(at, 2, " ".join(note), wrap)
    sheet.write_string(
        len(table.columns) + 2, 0,
        _("Dòng ví dụ dưới tiêu đề được bỏ qua khi nhập; có thể ghi đè hoặc xóa."),
    )  # fmt: skip
