"""The urging letter as an official document (công văn, Nghị định 30/2020)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from danvan.assignments import wording
from danvan.assignments.models import Assignment
from danvan.assignments.naming import names
from danvan.documents.letterheads import letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import holder_of, name_on
from danvan.programmes.models import Programme
from danvan.ui import written
from vanban import writing

COLUMNS = (
    writing.Column("STT", 13, "center"),
    writing.Column("Cơ quan, đơn vị", 58),
    writing.Column("Việc chưa nộp", 55),
    writing.Column("Hạn", 25, "center"),
    writing.Column("Quá hạn (ngày)", 18, "center"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What the letter says, before it has number and date."""

    letterhead: writing.Letterhead
    subject: str
    addressees: tuple[str, ...]
    body: tuple[writing.Block, ...]
    annexes: tuple[writing.Annex, ...]
    recipients: tuple[str, ...]
    signature: writing.Signature
    position: str
    series: str
    units: tuple[str, ...]


def days_late(assignment: Assignment) -> int:
    """Days past the date, today."""
    return (clock.today() - assignment.due_on).days if assignment.due_on else 0


def compose(programme: Programme, late: Sequence[Assignment], by: Actor) -> Paper:
    """The letter as ``by`` would sign it today."""
    day = clock.today()
    signature, position = signature_of(programme.body, by, day)
    office = holder_of(roles.PROGRAMME_OFFICE, programme.body, day)
    office_name = name_on(office, day) if office else ""
    drafted = abbreviation(office_name, "") if office_name else "VP"
    units = names({a.unit_id for a in late}, day)
    subject = f"đôn đốc thực hiện {programme.plan.short}"
    return Paper(
        letterhead=letterhead_of(programme.body, day),
        subject=subject,
        addressees=("Các cơ quan, đơn vị có tên trong danh sách kèm theo",),
        body=tuple(_body(programme, late, units, office_name)),
        annexes=(
            writing.Annex(
                "Danh sách cơ quan, đơn vị chưa nộp", writing.Table(COLUMNS, rows(late, units), 12)
            ),
        ),
        recipients=("Như trên", "Chủ tịch, các Phó Chủ tịch", f"Lưu: VT, {drafted}"),
        signature=signature,
        position=position,
        series=drafted,
        units=tuple(units.values()),
    )


def file_of(paper: Paper, number: str | None, symbol: str, day: dt.date | None) -> bytes:
    """The .docx; blanks where number and date are not given yet (a preview)."""
    return writing.official_letter(
        letterhead=paper.letterhead, number=number, symbol=symbol, date=day,
        subject=paper.subject, addressees=paper.addressees, body=paper.body,
        signature=paper.signature, recipients=paper.recipients, annexes=paper.annexes,
    )  # fmt: skip


def for_issuing(paper: Paper) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""

    def make_file(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return file_of(paper, number, symbol, day)

    return {
        "type_code": "CV",
        "type_name": "Công văn",
        "subject": f"V/v {paper.subject}",
        "text": text_of(paper),
        "make_file": make_file,
        "signer": paper.signature.name,
        "signer_position": paper.position,
        # By name, so that the register sends it to each and keeps each one's proof.
        "recipients": (*paper.units, *paper.recipients),
        "file_name": "cong-van-don-doc.docx",
        "drafted_by": paper.series,
    }


def text_of(paper: Paper) -> str:
    """The words of the letter, for the register and the preview."""
    lines = [f"V/v {paper.subject}", f"Kính gửi: {'; '.join(paper.addressees)}"]
    return "\n".join([*lines, *(str(getattr(block, "text", "")) for block in paper.body)])


def _body(
    programme: Programme, late: Sequence[Assignment], units: dict[int, str], office: str
) -> list[writing.Block]:
    plan, day = programme.plan, clock.today()
    count = len({a.unit_id for a in late})
    issued = f" {writing.written_date(plan.issued_on)}" if plan.issued_on else ""
    to = f" (qua {office})" if office else ""
    return [
        writing.Paragraph(
            f"Thực hiện {plan.short}{issued}, đến hết {writing.written_date(day)} còn "
            f"{count:02d} cơ quan, đơn vị chưa nộp kết quả theo thời hạn (danh sách kèm theo)."
        ),
        writing.Paragraph(
            "Đề nghị Thủ trưởng các cơ quan, đơn vị nêu trên khẩn trương hoàn thành, gửi về "
            f"{name_on(programme.body, day)}{to} ngay sau khi nhận được công văn này; trường hợp "
            "có khó khăn, vướng mắc thì báo cáo rõ lý do."
        ),
        writing.Paragraph("Đề nghị các cơ quan, đơn vị nghiêm túc thực hiện./."),
    ]


def rows(late: Sequence[Assignment], units: dict[int, str]) -> tuple[tuple[str, ...], ...]:
    """(number, unit, what, limit, days late) as the letter lists them."""
    order = {unit: place for place, unit in enumerate(units)}
    sorted_late = sorted(late, key=lambda a: (order.get(a.unit_id, len(order)), a.due_on, a.pk))
    return tuple(
        (
            str(place), units[a.unit_id], wording.brief_title(a, 80),
            written.day(a.due_on),
            str(days_late(a)),
        )
        for place, a in enumerate(sorted_late, start=1)
    )  # fmt: skip
