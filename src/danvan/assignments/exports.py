"""The matrix as a workbook: the same words as on the screen."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments import wording
from danvan.assignments.matrix import Cell, Column, Matrix
from danvan.assignments.tracking import Line
from danvan.ui import workbooks, written

COLOURS = {
    "on_time": "#DDF3E4",
    "late": "#FDF0D3",
    "missing": "#FBDDDD",
    "returned": "#FBDDDD",
    "due_soon": "#FDF0D3",
    "due_today": "#FDF0D3",
}


def workbook(matrix: Matrix) -> bytes:
    """One sheet, A4 landscape, heads and unit names frozen. Text is never taken as a formula."""
    out = io.BytesIO()
    book = workbooks.new(out, heading(matrix))
    sheet = book.add_worksheet(_("Ma trận nhiệm vụ"))
    looks = _Looks(book)
    sheet.write_string(0, 0, heading(matrix), looks.title)
    sheet.write_string(1, 0, _("Tính đến ngày %s") % written.day(matrix.day), looks.plain)
    _head(sheet, matrix, looks)
    row = 4
    for label, rows in matrix.groups:
        sheet.write_string(row, 0, label, looks.group)
        row += 1
        for line in rows:
            sheet.write_string(row, 0, line.name, looks.cell)
            for i, cell in enumerate(line.cells, start=1):
                sheet.write_string(row, i, cell_words(cell), looks.of(cell))
            row += 1
    _foot(sheet, matrix, looks, row)
    _lay_out(sheet, matrix)
    book.close()
    return out.getvalue()


def directives(lines: list[Line]) -> bytes:
    """What was given outside a plan, one row per unit."""
    out = io.BytesIO()
    book = workbooks.new(out, _("Chỉ đạo, kết luận"))
    sheet, looks = book.add_worksheet(_("Chỉ đạo, kết luận")), _Looks(book)
    sheet.write_string(0, 0, _("Chỉ đạo, kết luận và tình hình thực hiện"), looks.title)
    for i, (name, width) in enumerate(_DIRECTIVE_COLUMNS):
        sheet.write_string(2, i, str(name), looks.head)
        sheet.set_column(i, i, width)
    for row, line in enumerate(lines, start=3):
        for i, said in enumerate(_directive_words(line)):
            sheet.write_string(row, i, said, looks.cell)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()


_DIRECTIVE_COLUMNS = (
    (gettext_lazy("Việc được giao"), 44),
    (gettext_lazy("Nguồn"), 30),
    (gettext_lazy("Người nêu ý kiến"), 20),
    (gettext_lazy("Đơn vị"), 30),
    (gettext_lazy("Vai trò"), 11),
    (gettext_lazy("Giao ngày"), 12),
    (gettext_lazy("Hạn ban đầu"), 12),
    (gettext_lazy("Hạn"), 12),
    (gettext_lazy("Tình trạng"), 24),
    (gettext_lazy("Nhanh, chậm"), 18),
    (gettext_lazy("Ngày xác nhận"), 13),
)


def _directive_words(line: Line) -> list[str]:
    a = line.assignment
    return [
        a.title,
        wording.source(a),
        a.directive.asked_by if a.directive else "",
        line.unit_name,
        a.get_role_display(),
        written.day(a.opened_at),
        written.day(a.first_due_on) if a.first_due_on else "",
        written.day(a.due_on) if a.due_on else "",
        line.course,
        line.status.said,
        written.day(a.confirmed_on) if a.confirmed_on else "",
    ]


def heading(matrix: Matrix) -> str:
    return _("Ma trận nhiệm vụ – %s") % matrix.programme


def file_name(matrix: Matrix) -> str:
    code = matrix.programme.plan.code.replace("/", "-") or str(matrix.programme.pk)
    return f"ma-tran-nhiem-vu-{code}-{matrix.day:%Y%m%d}.xlsx"


def cell_words(cell: Cell) -> str:
    return f"{cell.status.said}; {_('chờ xem xét')}" if cell.waiting else cell.status.said


def when(column: Column) -> str:
    """Under the title of a column: its date, or that it recurs."""
    if column.several:
        return _("theo từng kỳ")
    return _("hạn %s") % written.day(column.due_on) if column.due_on else _("thường xuyên")


def foot_words(column: Column) -> list[str]:
    """Handed in, its rate, on time: the lines of a column's foot."""
    return [
        written.rate(column.handed_in, column.owed),
        written.rate(column.on_time, column.owed),
    ]


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({"italic": True})
        frame = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format({**frame, "bold": True, "align": "center"})
        self.group = book.add_format({"bold": True, "bg_color": "#EEEEEE"})
        self.cell = book.add_format(frame)
        self.foot = book.add_format({**frame, "bold": True})
        self._toned = {
            code: book.add_format({**frame, "bg_color": colour}) for code, colour in COLOURS.items()
        }

    def of(self, cell: Cell) -> object:
        return self._toned.get(cell.status.code, self.cell)


def _head(sheet: xlsxwriter.worksheet.Worksheet, matrix: Matrix, looks: _Looks) -> None:
    sheet.write_string(3, 0, _("Đơn vị"), looks.head)
    for i, column in enumerate(matrix.columns, start=1):
        sheet.write_string(3, i, f"{column.title}\n{when(column)}", looks.head)


def _foot(sheet: xlsxwriter.worksheet.Worksheet, matrix: Matrix, looks: _Looks, row: int) -> None:
    for line, label in enumerate((_("Đã nộp"), _("Đúng hạn"))):
        sheet.write_string(row + line, 0, label, looks.foot)
        for i, column in enumerate(matrix.columns, start=1):
            sheet.write_string(row + line, i, foot_words(column)[line], looks.foot)


def _lay_out(sheet: xlsxwriter.worksheet.Worksheet, matrix: Matrix) -> None:
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, max(1, len(matrix.columns)), 22)
    sheet.set_row(3, 48)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
