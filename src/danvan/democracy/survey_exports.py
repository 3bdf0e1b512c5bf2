"""Results of a survey as a workbook: what the page shows, no more."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _

from danvan.democracy.models import Survey
from danvan.democracy.queries.surveys import FORMULA, Result
from danvan.ui import workbooks, written


def workbook(survey: Survey, results: list[Result]) -> bytes:
    """Rates per unit, answers per question, how the survey was made. Hidden stays hidden."""
    out = io.BytesIO()
    book = workbooks.new(out, survey.title)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    share = book.add_format({"num_format": "0.0%", "valign": "top", "border": 1})
    rates, answers = book.add_worksheet(_("Kết quả")), book.add_worksheet(_("Từng câu"))
    heads = (_("Đơn vị"), _("Phiếu qua mạng"), _("Phiếu giấy"), _("Số người được phục vụ"),
             _("Tỷ lệ hài lòng"), _("Sai số (±)"), _("Vì sao không có kết quả"))  # fmt: skip
    _line(rates, 0, heads, bold)
    _line(answers, 0, (_("Đơn vị"), _("Câu hỏi"), _("Trả lời"), _("Số lượt"), _("Tỷ lệ")), bold)
    at = 1
    for row, found in enumerate(results, start=1):
        population = found.surveyed.population
        _line(rates, row, (found.name, found.online, found.paper,
                           "" if population is None else population), cell)  # fmt: skip
        shown = not found.why_hidden and found.rate is not None and found.margin is not None
        for column, value in ((4, found.rate), (5, found.margin)):
            rates.write(row, column, value if shown else "", share)
        rates.write_string(row, 6, found.why_hidden, cell)
        for one in found.questions:
            for words, times, part in one.options:
                _line(answers, at, (found.name, one.question.text, words, times), cell)
                answers.write(at, 4, part, share)
                at += 1
    for sheet, widths in ((rates, (34, 12, 12, 14, 12, 12, 50)), (answers, (34, 50, 24, 10, 10))):
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    _method(book.add_worksheet(_("Cách làm")), survey, cell)
    book.close()
    return out.getvalue()


def _line(sheet, row, values, cell) -> None:  # type: ignore[no-untyped-def]
    for column, value in enumerate(values):
        sheet.write(row, column, value, cell)


def _method(sheet, survey: Survey, cell) -> None:  # type: ignore[no-untyped-def]
    told = (
        (_("Tên đợt"), survey.title), (_("Đơn vị khảo sát"), survey.surveyor),
        (_("Cách chọn mẫu"), survey.sampling),
        (_("Thời gian"), f"{written.day(survey.opens_on)} – {written.day(survey.closes_on)}"),
        (_("Chốt kết quả"), written.day(survey.settled_on)),
        (_("Cỡ mẫu tối thiểu"), str(survey.minimum)),
        (_("Phiếu hỏi"), f"{survey.questionnaire.title}. {survey.questionnaire.source}"),
        (_("Sai số"), str(FORMULA)),
    )  # fmt: skip
    for row, (label, value) in enumerate(told):
        sheet.write_string(row, 0, label, cell)
        sheet.write_string(row, 1, value, cell)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
