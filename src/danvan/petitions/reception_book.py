"""The reception book as the form of its date asks: columns, lines, .xlsx."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.petitions.models import Turn
from danvan.ui import workbooks, written

Cell = Callable[[Turn], Any]
ACCEPTED, GUIDED = Turn.Outcome.ACCEPTED, Turn.Outcome.GUIDED
FORWARDED, RETURNED = Turn.Outcome.FORWARDED, Turn.Outcome.RETURNED


def _who(turn: Turn) -> str:
    speakers = "; ".join(f"{r.name} ({_('đại diện')})" for r in turn.representatives.all())
    told = [turn.who, turn.address, speakers]
    return "\n".join(part for part in told if part)


def _elsewhere(outcome: str) -> Cell:
    def cell(turn: Turn) -> str:
        if turn.outcome != outcome:
            return ""
        return "\n".join(part for part in (turn.outcome_body, turn.outcome_paper) if part)

    return cell


def _noted(turn: Turn) -> str:
    told = [turn.demand, _("Tiếp trực tuyến") if turn.online else ""]
    return "\n".join(part for part in told if part)


def _mark(outcome: str) -> Cell:
    return lambda turn: "x" if turn.outcome == outcome else ""


def _followed(turn: Turn) -> str:
    told = [
        str(turn.get_outcome_display()) if turn.outcome != Turn.Outcome.OPEN else "",
        turn.outcome_text,
        turn.follow_up,
        str(turn.petition) if turn.petition else "",
    ]
    return "\n".join(part for part in told if part)


NUMBER = (gettext_lazy("Số TT"), lambda t: t.number)
DAY = (gettext_lazy("Ngày tiếp"), lambda t: written.day(t.on))
WHO = (gettext_lazy("Họ tên, địa chỉ"), _who)
IDENTITY = (gettext_lazy("Số CMND/CCCD, hộ chiếu"), lambda t: t.identity)
CONTENT = (gettext_lazy("Nội dung vụ việc"), lambda t: t.content)
PEOPLE = (gettext_lazy("Số người"), lambda t: t.people)
BEFORE = (gettext_lazy("Cơ quan đã giải quyết"), lambda t: t.settled_before)
FOLLOWED = (gettext_lazy("Theo dõi kết quả giải quyết"), _followed)
NOTE = (gettext_lazy("Ghi chú"), _noted)


@dataclass(frozen=True, slots=True)
class Form:
    """The book's form between two days; ``source`` says where the columns come from."""

    name: Any
    since: dt.date
    source: Any
    columns: tuple[tuple[Any, Cell], ...]
    confidence: str


FORMS = (
    Form(
        gettext_lazy("Sổ tiếp công dân"), dt.date(2014, 7, 1),
        gettext_lazy("nội dung tối thiểu theo Luật Tiếp công dân 42/2013/QH13, Đ25.2"),
        (NUMBER, DAY, WHO, CONTENT,
         (gettext_lazy("Kết quả giải quyết trước đó"), lambda t: t.settled_before),
         (gettext_lazy("Yêu cầu"), lambda t: t.demand),
         (gettext_lazy("Việc tiếp nhận, xử lý"), _followed)),
        "A",
    ),
    Form(
        gettext_lazy("Sổ tiếp công dân (mẫu 03)"), dt.date(2021, 11, 15),
        gettext_lazy("mẫu 03 kèm Thông tư 04/2021/TT-TTCP, 12 cột"),
        (NUMBER, DAY, WHO, IDENTITY, CONTENT,
         (gettext_lazy("Phân loại đơn, số người"),
          lambda t: f"{t.get_kind_display()}, {t.people} {_('người')}"),
         BEFORE, (gettext_lazy("Thụ lý"), _mark(ACCEPTED)),
         (gettext_lazy("Trả lại đơn và hướng dẫn"),
          lambda t: _elsewhere(GUIDED)(t) or _mark(RETURNED)(t)),
         (gettext_lazy("Chuyển cơ quan có thẩm quyền"), _elsewhere(FORWARDED)), FOLLOWED, NOTE),
        "A",
    ),
    Form(
        gettext_lazy("Sổ tiếp công dân (mẫu 03/TCD)"), dt.date(2026, 7, 1),
        gettext_lazy("mẫu 03/TCD kèm Nghị định 154/2026/NĐ-CP, 13 cột; đọc ở bản không chính "
                     "thức, cần đối chiếu Công báo"),
        (NUMBER, DAY, WHO, (gettext_lazy("Số CCCD, hộ chiếu"), lambda t: t.identity), CONTENT,
         (gettext_lazy("Phân loại"), lambda t: t.get_kind_display()),
         (gettext_lazy("Số người cùng nội dung"), lambda t: t.people),
         (gettext_lazy("Cơ quan đã giải quyết hết thẩm quyền"), lambda t: t.settled_before),
         (gettext_lazy("Thuộc thẩm quyền"), _mark(ACCEPTED)),
         (gettext_lazy("Hướng dẫn đến cơ quan, số văn bản"), _elsewhere(GUIDED)),
         (gettext_lazy("Chuyển cơ quan xử lý, số văn bản"), _elsewhere(FORWARDED)), FOLLOWED,
         NOTE),
        "B",
    ),
)  # fmt: skip


def form_on(day: dt.date) -> Form:
    """The form of the book that day (before 1/7/2014 the oldest one known)."""
    held = [form for form in FORMS if form.since <= day]
    return held[-1] if held else FORMS[0]


def lines(form: Form, turns: Sequence[Turn]) -> list[list[Any]]:
    """One list of cells for each turn."""
    return [[cell(turn) for _label, cell in form.columns] for turn in turns]


def workbook(form: Form, title: str, turns: Sequence[Turn]) -> bytes:
    """The book as .xlsx, A4 landscape. Text is never taken as a formula."""
    out = io.BytesIO()
    book = workbooks.new(out, title)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet = book.add_worksheet(_("Sổ tiếp công dân"))
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"{form.name}: {form.source}")
    for column, (label, _cell) in enumerate(form.columns):
        sheet.write_string(3, column, str(label), head)
        sheet.write_string(4, column, f"({column + 1})", head)
    for row, line in enumerate(lines(form, turns), start=5):
        for column, value in enumerate(line):
            sheet.write(row, column, value if isinstance(value, int) else str(value), cell)
    sheet.set_column(0, 1, 10)
    sheet.set_column(2, len(form.columns) - 1, 18)
    sheet.freeze_panes(5, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3, 4)
    book.close()
    return out.getvalue()
