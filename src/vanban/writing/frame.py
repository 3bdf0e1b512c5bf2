"""What stands around the content: head of page 1, title, addressees, signature, recipients.

Positions follow the plan of components in Phụ lục I, phần IV: the boxes are two tables
without borders, so nothing depends on blanks or tab stops.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.writing.orthography import listed, written_date, written_number
from vanban.writing.styles import TEXT_MM
from vanban.writing.values import Letterhead, Signature
from vanban.writing.widths import balanced_mm, broken_name, filled, width_mm
from vanban.writing.wordml import Cell, Element, boxed, paragraph, row, rule, table

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

# The national title at 13 pt bold is 95 mm wide: 100 mm keep it on one line in any renderer.
_LEFT_MM, _RIGHT_MM = 65.0, 100.0
# Lengths of the boxes of the marks of urgency (mục III.2), mm.
URGENCY_MM = {"KHẨN": 20.0, "HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0}
_RECIPIENTS_MM, _SIGNATURE_MM = 80.0, 85.0


@dataclass(frozen=True, slots=True)
class Marks:
    """What distinguishes this document: number or None, symbol, date or None.

    ``author`` is whose document it is where that is not the body of the letterhead (a
    decision of the Chairman); the annexes name him.
    """

    letterhead: Letterhead
    number: str | None
    symbol: str
    date: dt.date | None
    author: str | None = None


def head(marks: Marks, *, about: str | None = None, urgency: str | None = None) -> Element:
    """The 2 × 2 head: bodies and nation above, number and place with date below.

    ``about`` is the "V/v …" of an official letter, ``urgency`` the red mark under the number.
    """
    letterhead = marks.letterhead
    left: list[Element] = []
    if letterhead.superior is not None:
        left += _named("CoQuanCapTren", letterhead.superior, bold=False)
    left += _named("CoQuanBanHanh", letterhead.issuer, bold=True)
    last = _lines(letterhead.issuer, bold=True)[-1]
    # Between a third and a half of the line above (mục II.2).
    left.append(rule(0.45 * width_mm(last, 13, bold=True), _LEFT_MM))
    right = [
        paragraph("QuocHieu", NATIONAL_TITLE),
        paragraph("TieuNgu", MOTTO),
        rule(width_mm(MOTTO, 14, bold=True), _RIGHT_MM),
    ]
    number = [paragraph("SoKyHieu", f"Số: {written_number(marks.number, marks.symbol)}")]
    if about is not None:
        number.append(balanced("TrichYeuCongVan", about, _LEFT_MM, 13, bold=False))
    if urgency is not None:
        number.append(boxed("MucKhan", urgency, URGENCY_MM[urgency], _LEFT_MM, "FF0000"))
    place = [paragraph("DiaDanhThoiGian", f"{letterhead.place}, {written_date(marks.date)}")]
    return table(
        (_LEFT_MM, _RIGHT_MM),
        (
            row((Cell(_LEFT_MM, left), Cell(_RIGHT_MM, right))),
            row((Cell(_LEFT_MM, number), Cell(_RIGHT_MM, place))),
        ),
        bordered=False,
    )


def _lines(name: str, *, bold: bool) -> tuple[str, ...]:
    # 5 mm short of the column: a long name must not run into the national title.
    return broken_name(name.upper(), 13, _LEFT_MM - 5, bold=bold)


def _named(style: str, name: str, *, bold: bool) -> list[Element]:
    return [paragraph(style, "\n".join(_lines(name, bold=bold)))]


def title(name: str, subject: str) -> list[Element]:
    """Type name, subject and the rule below, between a third and a half of its last line."""
    room = balanced_mm(subject, 14, TEXT_MM, bold=True)
    last = filled(subject, 14, room, bold=True)[-1]
    return [
        paragraph("TenLoai", name),
        balanced("TrichYeu", subject, TEXT_MM, bold=True),
        rule(0.42 * width_mm(last, 14, bold=True), TEXT_MM, "DuongKeTrichYeu"),
    ]


def balanced(
    style: str, text: str, within_mm: float, size_pt: float = 14, *, bold: bool
) -> Element:
    """A centred paragraph whose lines are of like length."""
    room = balanced_mm(text, size_pt, within_mm, bold=bold)
    # 2 mm of grace: an estimate a hair too small would cost one more line.
    return paragraph(style, text, inset_mm=max(0.0, (within_mm - room) / 2 - 1))


def addressed(addressees: Sequence[str]) -> list[Element]:
    """The "Kính gửi": one addressee on the same line, several below the colon (mục II.9)."""
    if len(addressees) == 1:
        return [paragraph("KinhGui", f"Kính gửi: {addressees[0].strip().rstrip('.;')}.")]
    start = 40.0
    colon = width_mm("Kính gửi:", 14, bold=False)
    made = [paragraph("KinhGuiNhieu", "Kính gửi:", indent_mm=start)]
    hang = width_mm("- ", 14, bold=False)
    made += [
        paragraph("KinhGuiDong", f"- {item}", indent_mm=start + colon, hanging_mm=hang)
        for item in listed(addressees)
    ]
    return [*made, paragraph("SauBang")]


def closing(signature: Signature, recipients: Sequence[str]) -> Element:
    """Recipients at the left, signature block at the right, kept together on one page."""
    return table(
        (_RECIPIENTS_MM, _SIGNATURE_MM),
        (
            row(
                (
                    Cell(_RECIPIENTS_MM, _recipients(recipients)),
                    Cell(_SIGNATURE_MM, _signed(signature)),
                )
            ),
        ),
        bordered=False,
    )


def closing_of_minutes(
    secretary: Signature, chair: Signature, recipients: Sequence[str]
) -> Element:
    """Two signatures side by side, recipients below them, as minutes have it."""
    return table(
        (_RECIPIENTS_MM, _SIGNATURE_MM),
        (
            row(
                (
                    Cell(_RECIPIENTS_MM, _signed(secretary)),
                    Cell(_SIGNATURE_MM, _signed(chair)),
                )
            ),
            row(
                (
                    Cell(_RECIPIENTS_MM, [paragraph("SauBang"), *_recipients(recipients)]),
                    Cell(_SIGNATURE_MM, ()),
                )
            ),
        ),
        bordered=False,
    )


def _recipients(recipients: Sequence[str]) -> list[Element]:
    made = [paragraph("NoiNhan", "Nơi nhận:")]
    hang = width_mm("- ", 11, bold=False)
    made += [
        paragraph("NoiNhanDong", f"- {item}", indent_mm=0, hanging_mm=hang)
        for item in listed(recipients)
    ]
    return made


def _signed(signature: Signature) -> list[Element]:
    made = [paragraph("QuyenHan", line.upper()) for line in signature.authority_lines]
    made.append(paragraph("HoTen", signature.name))
    return made
