"""A series as a workbook: the same figures as on the screen."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _

from danvan.indices import comparing
from danvan.indices.models import Edition, Index
from danvan.indices.queries import Series
from danvan.ui import workbooks, written


def workbook(index: Index, series: Series, editions: list[Edition]) -> bytes:
    """One row per unit and year, then the sources. Text is never taken as a formula."""
    out = io.BytesIO()
    book = workbooks.new(out, index.name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet = book.add_worksheet(_("Kết quả"))
    sheet.write_string(0, 0, index.name, book.add_format({"bold": True, "font_size": 14}))
    if series.illustrative:
        sheet.write_string(1, 0, _("SỐ LIỆU TRÌNH DIỄN, không phải số công bố"))
    heads = (
        _("Đơn vị"), _("Năm"), _("Điểm"), _("Điểm tối đa"), _("Tỷ lệ (%)"), _("Hạng"),
        _("Trên tổng số"), _("Xếp loại"), _("Thay đổi (điểm %)"), _("So sánh"), _("Ghi chú"),
    )  # fmt: skip
    for column, head in enumerate(heads):
        sheet.write_string(2, column, head, bold)
    row = 3
    for line in series.lines:
        for year, found in sorted(line.years.items()):
            now = found.now
            values = (
                line.name, year, now.value, now.maximum, now.rate, now.rank, now.ranked,
                now.band, found.change, found.why, now.note,
            )  # fmt: skip
            for column, value in enumerate(values):
                sheet.write(row, column, "" if value is None else value, cell)
            row += 1
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 8, 11)
    sheet.set_column(9, 10, 40)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    _sources(book.add_worksheet(_("Nguồn")), editions, bold, cell)
    book.close()
    return out.getvalue()


def _sources(sheet, editions, bold, cell):  # type: ignore[no-untyped-def]
    for column, head in enumerate((_("Năm"), _("Ngày công bố"), _("Văn bản"), _("Nguồn"))):
        sheet.write_string(0, column, head, bold)
    for row, edition in enumerate(editions, start=1):
        told = (
            str(edition.year), written.day(edition.published_on),
            str(edition.document or ""), edition.source,
        )  # fmt: skip
        for column, value in enumerate(told):
            sheet.write_string(row, column, value, cell)
    sheet.write_string(len(editions) + 2, 0, str(comparing.RULE))
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 3, 50)
