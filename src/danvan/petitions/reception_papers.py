"""The notice of conclusion of a reception as an official document (Nghị định 30/2020)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from danvan.documents.letterheads import full_name, letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import names_on, versions_on
from danvan.petitions.models import ReceptionDay
from danvan.ui import written
from vanban import writing


@dataclass(frozen=True, slots=True)
class Paper:
    """What the notice says, before it has number and date."""

    letterhead: writing.Letterhead
    subject: str
    body: tuple[writing.Block, ...]
    recipients: tuple[str, ...]
    signature: writing.Signature
    position: str
    symbol: str
    units: tuple[str, ...]


def compose(day: ReceptionDay, by: Actor) -> Paper:
    """The notice as ``by`` would sign it today. Citizens are not named in it."""
    today = clock.today()
    signature, position = signature_of(day.unit, by, today)
    promises = list(day.promises.all())
    units = names_on(today, {p.unit_id for p in promises})
    version = versions_on(today).filter(unit=day.unit).first()
    organ = abbreviation(version.name, version.kind) if version else ""
    return Paper(
        letterhead=letterhead_of(day.unit, today),
        subject=f"Kết luận buổi tiếp công dân {day.get_form_display()} ngày {written.day(day.on)}",
        body=tuple(_body(day, units)),
        recipients=(*units.values(), "Người được tiếp (để biết)", "Lưu: VT, TCD"),
        signature=signature,
        position=position,
        symbol=f"TB-{organ}",
        units=tuple(units.values()),
    )


def file_of(paper: Paper, number: str | None, symbol: str, day: dt.date | None) -> bytes:
    """The .docx; blanks where number and date are not given yet."""
    return writing.notice(
        letterhead=paper.letterhead, number=number, symbol=symbol, date=day,
        subject=paper.subject, body=paper.body, signature=paper.signature,
        recipients=paper.recipients,
    )  # fmt: skip


def draft(day: ReceptionDay, by: Actor) -> bytes:
    """The notice without number and date, to read before it is signed."""
    paper = compose(day, by)
    return file_of(paper, None, paper.symbol, None)


def for_issuing(paper: Paper) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""

    def make_file(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return file_of(paper, number, symbol, day)

    return {
        "type_code": "TB",
        "type_name": "Thông báo",
        "subject": paper.subject,
        "text": "\n".join(str(getattr(block, "text", "")) for block in paper.body),
        "make_file": make_file,
        "signer": paper.signature.name,
        "signer_position": paper.position,
        "recipients": paper.recipients,
        "file_name": "thong-bao-ket-luan-tiep-cong-dan.docx",
    }


def _body(day: ReceptionDay, units: dict[int, str]) -> list[writing.Block]:
    version = versions_on(day.on).filter(unit=day.unit).first()
    issuer = full_name(version.name) if version else str(day.unit)
    presided = f"{day.presided_title} {day.presided_by}".strip()
    turns = list(day.turns.all())
    people = sum(t.people for t in turns)
    blocks: list[writing.Block] = [
        writing.Paragraph(
            f"Ngày {written.day(day.on)}, tại {day.place}, {presided} chủ trì tiếp công dân "
            f"{day.get_form_display()} của {issuer}; đã tiếp {len(turns)} lượt, {people} người."
        ),
        writing.Paragraph("Sau khi nghe công dân trình bày và ý kiến của các cơ quan, kết luận:"),
    ]
    blocks += [writing.Paragraph(line) for line in day.conclusion.splitlines() if line.strip()]
    for place, promise in enumerate(day.promises.all(), start=1):
        due = f", xong trước hết ngày {written.day(promise.due_on)}" if promise.due_on else ""
        owner = units.get(promise.unit_id, "")
        blocks.append(writing.Paragraph(f"{place}. Giao {owner}: {promise.text}{due}."))
    blocks.append(writing.Paragraph("Thông báo để các cơ quan, cá nhân liên quan thực hiện./."))
    return blocks
