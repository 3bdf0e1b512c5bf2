"""The workbook offices fill in to bring in their own score sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from danvan.kernel import facts
from danvan.scoring.importing.columns import COLUMNS

# A workbook says when it was made; the same content shall be the same bytes.
MADE = dt.datetime(2026, 1, 1)
TEMPLATE = Path(__file__).parent / "data" / "criteria-template.csv"
NUMBERS = {"group_max", "max_points", "floor", "below", "quota", "threshold"}
WIDTHS = {"title": 60, "formula": 36, "inputs": 60, "group_title": 40, "basis": 40, "evidence": 30}


def workbook(rows: Sequence[Mapping[str, str]] | None = None) -> bytes:
    """Headings in Vietnamese, ``rows`` (the composite template as example), the facts to name.

    The same rows give the same bytes.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE})
        head = book.add_format({"bold": True, "bg_color": "#FBEABF", "text_wrap": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _table(book.add_worksheet(_("Bảng điểm")), head, wrap, template() if rows is None else rows)
        _explained(book.add_worksheet(_("Hướng dẫn")), head, wrap)
    return out.getvalue()


def template() -> list[dict[str, str]]:
    """The composite score sheet of all three blocks, as rows of text."""
    with TEMPLATE.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _table(sheet, head, wrap, rows) -> None:  # type: ignore[no-untyped-def]
    for column, (code, heading) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, WIDTHS.get(code, 14))
        sheet.write_string(0, column, heading, head)
    for number, row in enumerate(rows, 1):
        for column, code in enumerate(COLUMNS):
            _write(sheet, number, column, code, row.get(code, ""), wrap)
    sheet.freeze_panes(1, 3)


def _write(sheet, number, column, code, text, wrap) -> None:  # type: ignore[no-untyped-def]
    if code in NUMBERS and text:
        sheet.write_number(number, column, float(text.replace(",", ".")), wrap)
    else:
        sheet.write_string(number, column, text, wrap)


def _explained(sheet, head, wrap) -> None:  # type: ignore[no-untyped-def]
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 100)
    rows = [
        (_("Loại dòng"), "criterion, bonus, deduction, class, cap, tie, rounding"),
        (_("Khối"), "DEPT, WARD, PSU, ALL"),
        (_("Cách chấm"), "ratio, yes_no, step, deduction, bonus, manual, superior_only"),
        (_("Cơ quan thẩm định"), "programme_office, inspectorate, administration_office"),
        (_("Khi không phát sinh"), "exclude, full, zero"),
        (
            _("Công thức"),
            _(
                "M là điểm tối đa; + - * /; R(a, b) là tỷ lệ a/b không quá 1; "
                "L(x, thấp, cao); S(x; 0: M; <=5: M/2; else: 0); A if điều kiện else B; "
                "min, max. Số trong công thức dùng dấu chấm."
            ),
        ),
        (
            _("Dữ kiện của công thức"),
            _("tên: ý nghĩa [mã dữ kiện nếu hệ thống có]; … Điểm của tiêu chí khác: [=1.1]."),
        ),
        (_("Tham số"), _("tên: số; … Dùng trong công thức như một số.")),
        (
            _("tie: Nội dung"),
            _("G2 + G4 (xét chung hai nhóm); “không”: cùng hạng"),
        ),
        (_("rounding: Mức"), _("số chữ số lẻ của tỷ lệ: 0, 1 hoặc 2")),
    ]
    sheet.write_row(0, 0, [_("Cột"), _("Cách ghi")], head)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row, wrap)
    start = len(rows) + 2
    sheet.write_row(start, 0, [_("Mã dữ kiện"), _("Ý nghĩa")], head)
    offered = sorted((f.code, str(f.label)) for f in facts.REGISTRY.values() if f.about == "unit")
    for number, line in enumerate(offered, start + 1):
        sheet.write_row(number, 0, line, wrap)
