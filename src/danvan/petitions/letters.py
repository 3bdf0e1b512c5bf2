"""The slip that goes with a petition sent on (Phiếu chuyển đơn), as an official letter.

The register of documents is read by everybody here: the slip names the number, never a sender.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from danvan.documents.letterheads import letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models.units import in_force
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import holder_of, name_on
from danvan.petitions.models import Kind, Transfer
from danvan.ui import written
from vanban import writing


def draft(transfer: Transfer, by: Actor) -> bytes:
    """The slip to be signed: number and date left blank."""
    body, today = transfer.petition.body, clock.today()
    version = body.versions.filter(in_force(today)).first()
    organ = abbreviation(name_on(body, today), version.kind if version else "")
    return slip(transfer, by, None, f"{organ}-{_drafting(transfer)}", None)


def slip(
    transfer: Transfer, by: Actor, number: str | None, symbol: str, day: dt.date | None
) -> bytes:
    """The .docx."""
    petition, today = transfer.petition, clock.today()
    signature, _position = signature_of(petition.body, by, today)
    return writing.official_letter(
        letterhead=letterhead_of(petition.body, today), number=number, symbol=symbol, date=day,
        subject=subject_of(transfer), addressees=(transfer.to_name,),
        body=tuple(writing.Paragraph(text) for text in _paragraphs(transfer)),
        signature=signature, recipients=("Như trên", "Người gửi đơn (để biết)", "Lưu: VT"),
    )  # fmt: skip


def for_issuing(transfer: Transfer, by: Actor) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""
    petition, today = transfer.petition, clock.today()
    signature, position = signature_of(petition.body, by, today)

    def make_file(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return slip(transfer, by, number, symbol, day)

    return {
        "type_code": "CV",
        "type_name": "Công văn",
        "subject": f"V/v {subject_of(transfer)}",
        "text": "\n".join([f"Kính gửi: {transfer.to_name}", *_paragraphs(transfer)]),
        "make_file": make_file,
        "signer": signature.name,
        "signer_position": position,
        "recipients": (transfer.to_name, "Lưu: VT"),
        "file_name": "phieu-chuyen-don.docx",
        "drafted_by": _drafting(transfer),
    }


def _drafting(transfer: Transfer) -> str:
    """What stands for the office that drafted it: the inspectorate's."""
    body, today = transfer.petition.body, clock.today()
    office = holder_of(roles.INSPECTORATE, body, today)
    return abbreviation(name_on(office, today), "") if office else "VP"


def subject_of(transfer: Transfer) -> str:
    kind = Kind(transfer.petition.known_kind)
    # That somebody denounced is nobody's business who reads the register.
    said = "đơn" if transfer.petition.confidential else f"đơn {kind.label}"
    return f"chuyển {said} số {transfer.petition.number}"


def _paragraphs(transfer: Transfer) -> list[str]:
    petition, day = transfer.petition, clock.today()
    body = name_on(petition.body, day)
    people = f" của {petition.people} người" if petition.people > 1 else ""
    return [
        f"Ngày {written.day(petition.received_on)}, {body} nhận được đơn số tiếp nhận "
        f"{petition.number}{people} (bản chính gửi kèm).",
        f"Căn cứ {transfer.clause}, nội dung đơn thuộc thẩm quyền của {transfer.to_name}. "
        f"{body} chuyển đơn đến {transfer.to_name} để xem xét, giải quyết theo quy định.",
        f"Đề nghị {transfer.to_name} thông báo việc tiếp nhận và kết quả giải quyết cho người "
        f"gửi đơn và cho {body} để theo dõi./.",
    ]
