"""Lists as workbooks: the same words as on the screen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from danvan.democracy.models import Posting
from danvan.ui import workbooks, written

Head = tuple[str, int]


def book(title: str, lead: str, heads: Sequence[Head], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet, A4 landscape, heads frozen and repeated. Text is never taken as a formula."""
    out = io.BytesIO()
    made = workbooks.new(out, title)
    bold = made.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = made.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet = made.add_worksheet(_("Danh sách"))
    sheet.write_string(0, 0, title, made.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, lead)
    for column, (head, width) in enumerate(heads):
        sheet.write_string(3, column, head, bold)
        sheet.set_column(column, column, width)
    for row, values in enumerate(rows, start=4):
        for column, value in enumerate(values):
            sheet.write(row, column, "" if value is None else value, cell)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    made.close()
    return out.getvalue()


def quarter(unit: str, year: int, quarter: int, postings: Sequence[Posting]) -> bytes:
    """The list Luật 10/2022/QH15, Điều 13 khoản 2 asks for: what, how, from when to when."""
    heads = (
        (_("STT"), 6), (_("Nội dung"), 46), (_("Văn bản"), 20), (_("Hình thức"), 20),
        (_("Nơi công khai"), 40), (_("Từ ngày"), 13), (_("Đến hết ngày"), 13),
        (_("Căn cứ"), 24),
    )  # fmt: skip
    rows = [
        (
            number, p.disclosure.subject, p.disclosure.document_code, str(p.get_form_display()),
            p.place, written.day(p.posted_from),
            written.day(p.posted_to) if p.posted_to else _("đang công khai"),
            p.disclosure.matter.article if p.disclosure.matter else "",
        )
        for number, p in enumerate(postings, start=1)
    ]  # fmt: skip
    title = _("Danh sách nội dung đã công khai quý %(q)d năm %(year)d")
    return book(title % {"q": quarter, "year": year}, unit, heads, rows)


def opinions(title: str, lead: str, lines: Iterable[Sequence[Any]]) -> bytes:
    """The table "tiếp thu, giải trình"; citizens without name."""
    heads = (
        (_("STT"), 6), (_("Số"), 14), (_("Điều, khoản, đoạn"), 18), (_("Ý kiến"), 60),
        (_("Người góp ý"), 30), (_("Hình thức"), 16), (_("Ngày"), 12), (_("Kết quả"), 20),
        (_("Tiếp thu, giải trình"), 60), (_("Trùng với"), 14), (_("Báo cho người góp ý"), 24),
    )  # fmt: skip
    return book(title, lead, heads, lines)
