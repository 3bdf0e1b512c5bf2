"""The minutes of a count as an official .docx: time, all households, present, matter, form,
result, decision (Luật 10/2022/QH15, Điều 20 khoản 2)."""

from __future__ import annotations

from decimal import Decimal

from danvan.democracy import catalogue, voting
from danvan.democracy.models import Ballot
from danvan.democracy.papers_telling import organ
from danvan.documents.letterheads import full_name, place_of
from danvan.organisations.queries import name_on
from danvan.ui import written
from vanban import writing

COLUMNS = (
    writing.Column("Nội dung", 70),
    writing.Column("Phương án", 35),
    writing.Column("Số phiếu", 20, "center"),
    writing.Column("Tỷ lệ trên tổng số hộ (%)", 25, "center"),
)
BLANK = "…………………"


def minutes(ballot: Ballot) -> bytes:
    """As counted; names of those who sign are left to be written by hand."""
    name = full_name(name_on(ballot.unit, ballot.held_on))
    return writing.minutes(
        letterhead=writing.Letterhead(name, ballot.area, place_of(name)), number=None,
        symbol=f"BB-{organ(ballot.unit)}", date=ballot.held_on,
        subject=f"kiểm phiếu, biểu quyết {ballot.title}", body=_body(ballot),
        secretary=writing.Signature(("THƯ KÝ",), BLANK),
        chair=writing.Signature(("TRƯỞNG BAN KIỂM PHIẾU",), BLANK),
        recipients=(name, f"Ủy ban MTTQ Việt Nam {place_of(name)}", "Lưu: hồ sơ khu phố, ấp"),
    )  # fmt: skip


def _body(ballot: Ballot) -> list[writing.Block]:
    meeting = ballot.form == Ballot.Form.MEETING
    absent = ballot.base_count - (ballot.issued or 0)
    lines = [
        f"Ngày {written.day(ballot.held_on)}, tại {ballot.place or ballot.area}, hình thức: "
        f"{ballot.get_form_display()}.",
        f"Nội dung: {ballot.matter.name} ({ballot.matter.where}).",
        f"Tổng số hộ: {written.number(ballot.base_count)} (nguồn: {ballot.base_source}).",
    ]
    if meeting:
        lines.append(
            f"Số hộ có đại diện dự: {written.number(ballot.issued)}; vắng: "
            f"{written.number(absent)}; biểu quyết: {written.number(ballot.returned)}; hợp lệ: "
            f"{written.number(ballot.valid)}."
        )
    else:
        lines.append(
            f"Số phiếu phát ra: {written.number(ballot.issued)}; thu về: "
            f"{written.number(ballot.returned)}; hợp lệ: {written.number(ballot.valid)}; không "
            f"hợp lệ: {written.number((ballot.returned or 0) - (ballot.valid or 0))}."
        )
    made: list[writing.Block] = [writing.Paragraph(line) for line in lines]
    made.append(writing.Table(COLUMNS, _rows(ballot), 12))
    made += [writing.Paragraph(line) for line in _outcomes(ballot)]
    made.append(writing.Paragraph(
        f"Trưởng khu phố, ấp: {BLANK}    Trưởng Ban Công tác Mặt trận: {BLANK}    "
        f"Đại diện hai hộ: {BLANK}; {BLANK}"
    ))  # fmt: skip
    return made


def _rows(ballot: Ballot) -> tuple[tuple[str, ...], ...]:
    rows = []
    for question in ballot.questions.all():
        for n, option in enumerate(question.options.all()):
            share = Decimal(100 * (option.votes or 0)) / ballot.base_count
            text = "" if n else question.text
            rows.append((text, option.label, written.number(option.votes), written.number(share)))
    return tuple(rows)


def _outcomes(ballot: Ballot) -> list[str]:
    lines = [f"Tỷ lệ phải đạt: {catalogue.share(ballot.matter)}."]
    for question in ballot.questions.all():
        for option, outcome in voting.of_question(ballot, question):
            told = "đạt" if outcome.carries else "không đạt"
            lines.append(f"{question.text} – {option.label}: {told}. {outcome.why}")
    if ballot.matter.takes_effect:
        lines.append(f"Kết quả có hiệu lực từ {ballot.matter.takes_effect}.")
    return lines
