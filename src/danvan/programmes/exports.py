"""The tasks of a programme as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from danvan.documents.clauses import said
from danvan.programmes.models import Programme
from danvan.programmes.plan import Asked, owners_in_words
from danvan.ui import workbooks, written

WIDTHS = (24, 60, 45, 45, 14, 26, 26)


def tasks_workbook(programme: Programme, asked: Iterable[Asked]) -> bytes:
    """Task × owner × deadline × source clause; text is never taken as a formula."""
    out = io.BytesIO()
    book = workbooks.new(out, str(programme))
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#F3E9DD"})
    sheet = book.add_worksheet(_("Nhiệm vụ"))
    sheet.write_string(0, 0, str(programme), book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, _("Kế hoạch ngày %s") % written.day(programme.plan.issued_on))
    heads = (
        _("Mục"), _("Nhiệm vụ"), _("Chủ trì, thực hiện"), _("Phối hợp"), _("Hạn"),
        _("Hạn như văn bản ghi"), _("Sản phẩm"),
    )  # fmt: skip
    for column, (words, width) in enumerate(zip(heads, WIDTHS, strict=True)):
        sheet.write_string(3, column, words, head)
        sheet.set_column(column, column, width)
    for row, each in enumerate(asked, start=4):
        task = each.task
        texts = {
            0: said(task.provision.path),
            1: task.text,
            2: owners_in_words(each),
            3: owners_in_words(each, helpers=True),
            5: task.due_text,
            6: str(task.get_deliverable_display()),
        }
        for column, text in texts.items():
            sheet.write_string(row, column, text, cell)
        if task.due_on:
            sheet.write_datetime(row, 4, task.due_on, day)
        else:
            sheet.write_blank(row, 4, None, cell)
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return out.getvalue()


def file_name(programme: Programme) -> str:
    code = programme.plan.code.replace("/", "-").replace(" ", "") or str(programme.pk)
    return f"nhiem-vu-{code}.xlsx"
