"""The notice of an online reception as an official document (Nghị định 30/2020)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from danvan.documents.letterheads import full_name, letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.calendar import Calendar
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import versions_on
from danvan.petitions import reception_online as online
from danvan.petitions import reception_queries as queries
from danvan.petitions.models import ReceptionDay
from danvan.petitions.reception_papers import Paper, file_of
from danvan.petitions.reception_papers import for_issuing as as_notice
from danvan.ui import written
from vanban import writing


def compose(day: ReceptionDay, by: Actor) -> Paper:
    """The notice as ``by`` would sign it today. Who is invited is not named in it."""
    today = clock.today()
    signature, position = signature_of(day.unit, by, today)
    version = versions_on(today).filter(unit=day.unit).first()
    organ = abbreviation(version.name, version.kind) if version else ""
    return Paper(
        letterhead=letterhead_of(day.unit, today),
        subject=f"Tiếp công dân trực tuyến ngày {written.day(day.on)}",
        body=tuple(_body(day, full_name(version.name) if version else str(day.unit))),
        recipients=("Người được tiếp", "Cơ quan, đơn vị liên quan", "Lưu: VT, TCD"),
        signature=signature,
        position=position,
        symbol=f"TB-{organ}",
        units=(),
    )


def draft(day: ReceptionDay, by: Actor) -> bytes:
    """The notice without number and date, to read before it is signed."""
    paper = compose(day, by)
    return file_of(paper, None, paper.symbol, None)


def for_issuing(paper: Paper) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""
    return {**as_notice(paper), "file_name": "thong-bao-tiep-cong-dan-truc-tuyen.docx"}


def _body(day: ReceptionDay, issuer: str) -> list[writing.Block]:
    head = queries.head_of(day.unit, day.on)
    receiver = f"{head.title} {head.person}" if head else "Người đứng đầu"
    told = [
        f"{issuer} tổ chức tiếp công dân {day.get_form_display()} bằng hình thức trực tuyến:",
        f"1. Thời gian: {day.hours}, ngày {written.day(day.on)}.",
        f"2. Người tiếp: {receiver}; điểm tiếp tại {day.place}.",
        f"3. Cách tham gia: {day.room}.",
        *_preparing(day),
        "Buổi tiếp được ghi âm, ghi hình. Người tham gia chuẩn bị giấy tờ tùy thân và tài liệu "
        "liên quan để xuất trình khi được yêu cầu.",
        "Tố cáo mà người tố cáo yêu cầu bảo vệ thì được tiếp trực tiếp tại trụ sở.",
        "Thông báo để công dân, cơ quan, đơn vị liên quan biết, thực hiện./.",
    ]
    return [writing.Paragraph(line) for line in told]


def _preparing(day: ReceptionDay) -> list[str]:
    """When the test is and from when to be connected, as far as the table asks for it."""
    rows = {a.step: a for a in online.asked(day, (), Calendar())}
    test, link = rows.get(online.Step.TEST), rows.get(online.Step.CONNECT)
    lines = []
    if test is not None:
        lines.append(f"kiểm tra đường truyền, thiết bị chậm nhất ngày {written.day(test.last)}")
    if link is not None and link.moment is not None:
        at = timezone.localtime(link.moment)
        lines.append(f"kết nối trước {at.hour} giờ {at.minute:02d} ngày {written.day(day.on)}")
    return [f"4. Chuẩn bị: {'; '.join(lines)}."] if lines else []
