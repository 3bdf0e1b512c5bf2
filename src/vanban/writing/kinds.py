"""One function per kind of document; each returns the bytes of a .docx.

All take keyword arguments and plain values, and refuse with ``ValueError`` (its message
begins with the field's name) what Nghị định 30/2020 would not let stand. They share:

``number``
    "123", or None while the clerk has not given one: prints blanks before "/".
``symbol``
    "QĐ-UBND": it begins with the kind's abbreviation (Phụ lục III), except in a công văn.
``date``
    the day of issue, or None to leave blanks.
``subject``
    the trích yếu as printed; a line break in it is kept.
``recipients``
    without dash and closing sign, the last being the archive line "Lưu: VT, …".
``urgency``
    None, "KHẨN", "THƯỢNG KHẨN" or "HỎA TỐC" (Phụ lục I, phần I, mục III.2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from vanban.writing import frame
from vanban.writing.body import typeset
from vanban.writing.composing import Kind, composed
from vanban.writing.orthography import listed
from vanban.writing.styles import TEXT_MM
from vanban.writing.values import (
    Annex,
    Article,
    Block,
    Bullet,
    Letterhead,
    Paragraph,
    Signature,
    required,
)
from vanban.writing.wordml import Element, keep_with_next, paragraph

Urgency = Literal["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]

DECISION = Kind("Quyết định", "QĐ")
PLAN = Kind("Kế hoạch", "KH")
REPORT = Kind("Báo cáo", "BC")
NOTICE = Kind("Thông báo", "TB")
PROPOSAL = Kind("Tờ trình", "TTr")
MINUTES = Kind("Biên bản", "BB")
INVITATION = Kind("Giấy mời", "GM")
LETTER = Kind("Công văn", None)


def decision(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    authority: str,
    grounds: Sequence[str],
    articles: Sequence[Article],
    signature: Signature,
    recipients: Sequence[str],
    annexes: Sequence[Annex] = (),
    urgency: Urgency | None = None,
) -> bytes:
    """A Quyết định (cá biệt): grounds in italics, "QUYẾT ĐỊNH:", articles, annexes.

    ``authority`` is who decides, printed in capitals above the grounds ("Chủ tịch Ủy ban
    nhân dân thành phố Tây Ninh"). ``subject`` is put after "Về việc" unless it begins with
    a capital ("Ban hành Quy chế …"). ``grounds`` need no closing sign.
    """
    required("authority", authority)
    _several("grounds", grounds)
    if not articles:
        raise ValueError("articles: at least one is required")
    required("subject", subject)
    subject = subject if subject.lstrip()[0].isupper() else f"Về việc {subject.lstrip()}"
    middle = [paragraph("ThamQuyen", authority.upper())]
    middle += [paragraph("CanCu", ground) for ground in listed(grounds)]
    middle.append(paragraph("Lenh", "QUYẾT ĐỊNH:"))
    middle += typeset(tuple(articles), room_mm=TEXT_MM)
    marks = frame.Marks(letterhead, number, symbol, date, author=authority)
    closing = _closed(signature, recipients)
    return _document(DECISION, marks, subject, middle, closing, annexes, urgency)


def plan(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    body: Sequence[Block],
    signature: Signature,
    recipients: Sequence[str],
    grounds: Sequence[str] = (),
    annexes: Sequence[Annex] = (),
    urgency: Urgency | None = None,
) -> bytes:
    """A Kế hoạch."""
    middle = _content(grounds, (), body)
    marks = frame.Marks(letterhead, number, symbol, date)
    closing = _closed(signature, recipients)
    return _document(PLAN, marks, subject, middle, closing, annexes, urgency)


def report(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    body: Sequence[Block],
    signature: Signature,
    recipients: Sequence[str],
    addressees: Sequence[str] = (),
    grounds: Sequence[str] = (),
    annexes: Sequence[Annex] = (),
    urgency: Urgency | None = None,
) -> bytes:
    """A Báo cáo; ``addressees`` print as "Kính gửi" when the report goes to a named body."""
    middle = _content(grounds, addressees, body)
    marks = frame.Marks(letterhead, number, symbol, date)
    closing = _closed(signature, recipients)
    return _document(REPORT, marks, subject, middle, closing, annexes, urgency)


def notice(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    body: Sequence[Block],
    signature: Signature,
    recipients: Sequence[str],
    annexes: Sequence[Annex] = (),
    urgency: Urgency | None = None,
) -> bytes:
    """A Thông báo."""
    middle = _content((), (), body)
    marks = frame.Marks(letterhead, number, symbol, date)
    closing = _closed(signature, recipients)
    return _document(NOTICE, marks, subject, middle, closing, annexes, urgency)


def proposal(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    addressees: Sequence[str],
    body: Sequence[Block],
    signature: Signature,
    recipients: Sequence[str],
    grounds: Sequence[str] = (),
    annexes: Sequence[Annex] = (),
    urgency: Urgency | None = None,
) -> bytes:
    """A Tờ trình to the bodies in ``addressees``."""
    _several("addressees", addressees)
    middle = _content(grounds, addressees, body)
    marks = frame.Marks(letterhead, number, symbol, date)
    closing = _closed(signature, recipients)
    return _document(PROPOSAL, marks, subject, middle, closing, annexes, urgency)


def minutes(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    body: Sequence[Block],
    secretary: Signature,
    chair: Signature,
    recipients: Sequence[str],
    annexes: Sequence[Annex] = (),
) -> bytes:
    """A Biên bản: the secretary signs at the left, the chair at the right."""
    middle = _content((), (), body)
    _archived(recipients)
    marks = frame.Marks(letterhead, number, symbol, date)
    closing = frame.closing_of_minutes(secretary, chair, recipients)
    return _document(MINUTES, marks, subject, middle, closing, annexes, None)


def invitation(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    invited: Sequence[str],
    occasion: str,
    time: str,
    place: str,
    signature: Signature,
    recipients: Sequence[str],
    chair: str | None = None,
    body: Sequence[Block] = (),
    annexes: Sequence[Annex] = (),
    urgency: Urgency | None = None,
) -> bytes:
    """A Giấy mời (Phụ lục III, mẫu 1.7): who is invited, to what, chaired by whom, when, where.

    ``subject`` is what stands below "GIẤY MỜI" ("Họp giao ban …"), ``occasion`` what follows
    "Tới dự" ("cuộc họp giao ban …"). ``time`` and ``place`` are printed as given; ``body`` is
    what else the guest must know. One guest stands in the sentence, several in a list.
    """
    _several("invited", invited)
    for name, value in (("occasion", occasion), ("time", time), ("place", place)):
        required(name, value)
    issuer = " ".join(letterhead.issuer.split())
    asks = f"{issuer} trân trọng kính mời:"
    if len(invited) == 1:
        blocks: list[Block] = [Paragraph(f"{asks} {_ended(invited[0])}")]
    else:
        blocks = [Paragraph(asks), *(Bullet(guest) for guest in listed(invited))]
    blocks.append(Paragraph(f"Tới dự {_ended(occasion)}"))
    if chair is not None:
        required("chair", chair)
        blocks.append(_labelled("Chủ trì", chair))
    blocks += [_labelled("Thời gian", time), _labelled("Địa điểm", place), *body]
    middle = _content((), (), blocks)
    marks = frame.Marks(letterhead, number, symbol, date)
    closing = _closed(signature, recipients)
    return _document(INVITATION, marks, subject, middle, closing, annexes, urgency)


def _labelled(label: str, value: str) -> Paragraph:
    return Paragraph(f"{label}: {_ended(value)}")


def _ended(text: str) -> str:
    """The words closed by a full stop, whatever sign they came with."""
    return f"{text.strip().rstrip('.;,')}."


def official_letter(
    *,
    letterhead: Letterhead,
    number: str | None,
    symbol: str,
    date: dt.date | None,
    subject: str,
    addressees: Sequence[str],
    body: Sequence[Block],
    signature: Signature,
    recipients: Sequence[str],
    annexes: Sequence[Annex] = (),
    urgency: Urgency | None = None,
) -> bytes:
    """A công văn, such as an urging letter: no type name, "V/v …" under the number.

    ``symbol`` is body and drafting unit ("UBND-NV"); ``subject`` comes without "V/v".
    """
    _several("addressees", addressees)
    required("subject", subject)
    marks = frame.Marks(letterhead, number, symbol, date)
    _check(LETTER, marks, urgency)
    if not body:
        raise ValueError("body: at least one block is required")
    about = f"V/v {subject.strip().removeprefix('V/v').strip()}"
    content = [frame.head(marks, about=about, urgency=urgency)]
    content += frame.addressed(addressees)
    content += _kept(typeset(tuple(body), room_mm=TEXT_MM))
    content.append(_closed(signature, recipients))
    return composed(LETTER, marks, subject, content, annexes)


def _content(
    grounds: Sequence[str], addressees: Sequence[str], body: Sequence[Block]
) -> list[Element]:
    if not body:
        raise ValueError("body: at least one block is required")
    made: list[Element] = []
    if addressees:
        _several("addressees", addressees)
        made += frame.addressed(addressees)
    if grounds:
        _several("grounds", grounds)
        made += [paragraph("CanCu", ground) for ground in listed(grounds)]
    return made + typeset(tuple(body), room_mm=TEXT_MM)


def _document(
    kind: Kind,
    marks: frame.Marks,
    subject: str,
    middle: list[Element],
    closing: Element,
    annexes: Sequence[Annex],
    urgency: Urgency | None,
) -> bytes:
    required("subject", subject)
    _check(kind, marks, urgency)
    content = [frame.head(marks, urgency=urgency)]
    content += frame.title(kind.name.upper(), subject)
    content += _kept(middle)
    content.append(closing)
    return composed(kind, marks, subject, content, annexes)


def _kept(content: list[Element]) -> list[Element]:
    """Tie the last paragraph to the signature block: a signature never stands alone."""
    keep_with_next(content[-1])
    return content


def _check(kind: Kind, marks: frame.Marks, urgency: str | None) -> None:
    required("symbol", marks.symbol)
    if marks.number is not None:
        required("number", marks.number)
    first = marks.symbol.split("/")[-1].split("-")[0]
    if kind.abbreviation is not None and first != kind.abbreviation:
        raise ValueError(
            f"symbol: {marks.symbol!r} does not begin with {kind.abbreviation!r}, "
            f"the abbreviation of {kind.name}"
        )
    if urgency is not None and urgency not in frame.URGENCY_MM:
        raise ValueError(f"urgency: {urgency!r} is not a mark of the decree")


def _closed(signature: Signature, recipients: Sequence[str]) -> Element:
    _archived(recipients)
    return frame.closing(signature, recipients)


def _archived(recipients: Sequence[str]) -> None:
    """The list ends with the archive line (Phụ lục I, phần I, mục II.9)."""
    _several("recipients", recipients)
    if not recipients[-1].lstrip("- ").startswith("Lưu"):
        raise ValueError('recipients: the last one must be the archive line, "Lưu: VT, …"')


def _several(field: str, values: Sequence[str]) -> None:
    if isinstance(values, str):
        raise ValueError(f"{field}: a sequence of texts is required, not one text")
    if not values:
        raise ValueError(f"{field}: at least one is required")
    for value in values:
        required(field, value)
