"""The letter (tờ trình) that puts a result before the chairman, as an official document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.letterheads import cited, full_name, letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.organisations import naming, roles
from danvan.organisations.models import Block, Unit
from danvan.organisations.queries import names_on
from danvan.scoring import decision_documents
from danvan.scoring.models import Round
from danvan.scoring.queries import chairman
from danvan.scoring.queries.drafts import Draft
from danvan.scoring.standings import forecast
from vanban import writing


@dataclass(frozen=True, slots=True)
class Parts:
    """What the letter says, before it has number and date."""

    office: Unit
    letterhead: writing.Letterhead
    subject: str
    addressee: str
    grounds: tuple[str, ...]
    body: tuple[writing.Block, ...]
    annexes: tuple[writing.Annex, ...]
    recipients: tuple[str, ...]
    signature: writing.Signature
    position: str


def parts_of(round: Round, drafted: Draft, by: Actor) -> Parts:
    """The letter on ``drafted``, signed by ``by`` for the programme office."""
    held = round.offices.select_related("office").filter(role=roles.PROGRAMME_OFFICE).first()
    if held is None:
        raise Refused(refuse(_("Đợt chấm chưa có cơ quan thường trực.")))
    day, body = clock.today(), round.programme.body
    signature, position = signature_of(held.office, by, day)
    names = names_on(day, [body.pk, held.office_id])
    named = full_name(names.get(body.pk, str(body)))
    office = names.get(held.office_id, str(held.office))
    return Parts(
        office=held.office,
        letterhead=letterhead_of(held.office, day),
        subject=f"Về việc đánh giá, xếp loại công tác dân vận chính quyền năm "
        f"{round.programme.year}",
        addressee=f"Chủ tịch {named}",
        grounds=tuple(f"Căn cứ {cited(d)}" for d in decision_documents.known_grounds(round)),
        body=tuple(_body(round, drafted)),
        annexes=tuple(decision_documents.annexes(round, drafted)),
        recipients=("Như trên", f"Lưu: VT, {naming.abbreviation(office, '')}"),
        signature=signature,
        position=position,
    )


def file_of(parts: Parts, number: str | None, symbol: str, day: dt.date | None) -> bytes:
    """The .docx; blanks where number and date are not given yet (a draft)."""
    return writing.proposal(
        letterhead=parts.letterhead, number=number, symbol=symbol, date=day,
        subject=parts.subject, addressees=(parts.addressee,), grounds=parts.grounds,
        body=parts.body, signature=parts.signature, recipients=parts.recipients,
        annexes=parts.annexes,
    )  # fmt: skip


def for_issuing(parts: Parts) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""

    def make_file(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return file_of(parts, number, symbol, day)

    words = [writing_text(block) for block in parts.body]
    return {
        "type_code": "TTr",
        "type_name": "Tờ trình",
        "subject": parts.subject,
        "text": "\n".join([f"Kính gửi: {parts.addressee}", *words]),
        "make_file": make_file,
        "signer": parts.signature.name,
        "signer_position": parts.position,
        "recipients": (parts.addressee, *parts.recipients),
        "file_name": "to-trinh-xep-loai-dan-van.docx",
    }


def writing_text(block: Any) -> str:
    """The words of a block of the body."""
    return str(getattr(block, "text", ""))


def _body(round: Round, drafted: Draft) -> Iterator[writing.Block]:
    lines = [line for held in drafted.blocks.values() for line in held]
    yield writing.Heading("1. Kết quả", 2)
    yield writing.Paragraph(
        f"Đợt chấm điểm có {len(lines)} cơ quan, đơn vị, đã thẩm định và chốt điểm theo quy định."
    )
    for counted in decision_documents.counts(lines, drafted.scales):
        yield writing.Bullet(counted.removeprefix("- "))
    yield writing.Paragraph(_forecast(round, drafted))
    yield writing.Heading("2. Giới hạn xếp loại", 2)
    caps = chairman.caps(round, drafted, ())
    for one in caps:
        limit = f"không quá {one.ceiling}" if one.ceiling else "không xếp loại"
        said = f"{one.name}: {one.title} ({limit}). {one.ground}".rstrip()
        yield writing.Bullet(f"{said} {one.lifted}".rstrip())
    if not caps:
        yield writing.Paragraph("Không có giới hạn nào áp dụng.")
    yield writing.Heading("3. Ý kiến khác", 2)
    notes = chairman.notes(round)
    for note in notes:
        yield writing.Bullet(f"{note.office} về {note.sheet.unit}: {' '.join(note.text.split())}")
    if not notes:
        yield writing.Paragraph("Các cơ quan thẩm định thống nhất với kết quả nêu trên.")
    yield writing.Paragraph("Kính trình xem xét, quyết định (kết quả từng đơn vị tại Phụ lục)./.")


def _forecast(round: Round, drafted: Draft) -> str:
    told = forecast(drafted.blocks, drafted.scales, round.target_share, nearest=None)
    near = told.near[: max(5, told.lacking)]
    return chairman.forecast_said(told, best_of(drafted), chairman.deciding(near))


def best_of(drafted: Draft) -> str:
    """The name of the best class; several where blocks name it differently."""
    order = [b for b in Block.values if b in drafted.scales]
    return "/".join(dict.fromkeys(drafted.scales[b].bands[0].name for b in order))
