"""The list as a workbook: never a sender, nothing confidential."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from danvan.petitions import workflow
from danvan.petitions.models import Kind, Petition
from danvan.petitions.queries.boards import overdue_days
from danvan.petitions.stages import LABELS
from danvan.ui import workbooks, written


def workbook(rows: Sequence[Petition], names: Mapping[int, str], today: dt.date) -> bytes:
    """One row per petition, A4 landscape. Text is never taken as a formula."""
    out = io.BytesIO()
    book = workbooks.new(out, _("Danh sách đơn thư"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet = book.add_worksheet(_("Đơn thư"))
    sheet.write_string(0, 0, _("Danh sách đơn thư đến ngày %s") % written.day(today))
    sheet.write_string(1, 0, _("Không gồm đơn tố cáo; không có tên người gửi."))
    heads = (
        _("Số"), _("Ngày nhận"), _("Loại"), _("Tóm tắt"), _("Số người"), _("Đang giữ"),
        _("Trạng thái"), _("Việc kế tiếp"), _("Hạn kế tiếp"), _("Quá hạn (ngày)"),
        _("Hạn giải quyết"), _("Ngày giải quyết"),
    )  # fmt: skip
    for column, head in enumerate(heads):
        sheet.write_string(2, column, head, bold)
    for row, p in enumerate(rows, start=3):
        values = (
            p.number, written.day(p.received_on), str(Kind(p.known_kind).label), p.subject,
            p.people, names.get(p.holder_id, ""), str(workflow.label(p)),
            str(LABELS.get(p.due_stage, "")), _day(p.due_on), overdue_days(p, today) or "",
            _day(p.settle_due_on), _day(p.settled_on),
        )  # fmt: skip
        for column, value in enumerate(values):
            sheet.write(row, column, value, cell)
    sheet.set_column(0, 2, 15)
    sheet.set_column(3, 3, 50)
    sheet.set_column(4, 11, 14)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()


def _day(day: dt.date | None) -> str:
    return written.day(day) if day else ""
