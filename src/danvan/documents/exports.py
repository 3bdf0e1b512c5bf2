"""The register as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from danvan.documents.models import Document


def workbook(documents: Iterable[Document]) -> bytes:
    """One row per document, days as real dates, the head kept in view."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Văn bản"))
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8EEF7"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
    heads = [
        (_("STT"), 6), (_("Tên loại"), 16), (_("Số, ký hiệu"), 24), (_("Ngày ban hành"), 14),
        (_("Cơ quan ban hành"), 30), (_("Trích yếu"), 60), (_("Nguồn gốc"), 14),
        (_("Hiệu lực từ"), 14), (_("Hết hiệu lực sau"), 14), (_("Thay thế bởi"), 24),
    ]  # fmt: skip
    for column, (label, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    for row, document in enumerate(documents, start=1):
        replaced = document.replaced_by.short if document.replaced_by else ""
        values = [
            row, document.type, document.code, document.issued_on, document.issuer_name,
            document.subject, document.get_origin_display(), document.in_force_from,
            document.in_force_to, replaced,
        ]  # fmt: skip
        for column, value in enumerate(values):
            if value is None or value == "":
                sheet.write_blank(row, column, None, cell)
            elif hasattr(value, "year"):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write(row, column, value, cell)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()
