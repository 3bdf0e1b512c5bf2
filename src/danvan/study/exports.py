"""Lists as workbooks: the same names as on the screen."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from danvan.study.models import Campaign
from danvan.study.reckoning import Tally
from danvan.ui import workbooks, written


def missing(campaign: Campaign, groups: Sequence[tuple[str, Tally]]) -> bytes:
    """Who has not studied, per unit. Text is never taken as a formula."""
    out = io.BytesIO()
    book = workbooks.new(out, campaign.title)
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("Chưa học"))
    sheet.write_string(0, 0, campaign.title, book.add_format({"bold": True, "font_size": 14}))
    due = _("Hạn: %s") % written.day(campaign.due_on)
    sheet.write_string(1, 0, due)
    for column, head in enumerate((_("Đơn vị"), _("Họ và tên"), _("Đơn vị đạt"))):
        sheet.write_string(3, column, head, bold)
    row = 4
    for name, tally in groups:
        for person in tally.missing.values():
            told = (name, person, written.rate(*tally.figures))
            for column, value in enumerate(told):
                sheet.write_string(row, column, value, cell)
            row += 1
    sheet.set_column(0, 1, 34)
    sheet.set_column(2, 2, 20)
    sheet.freeze_panes(4, 0)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()
