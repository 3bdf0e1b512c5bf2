"""From the parts of a document to its bytes: sections, annexes, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vanban.writing import frame
from vanban.writing.body import typeset, typeset_table
from vanban.writing.orthography import roman, written_date, written_number
from vanban.writing.package import HEADER_EMPTY, HEADER_NUMBERED, packed
from vanban.writing.styles import (
    BOTTOM_MM,
    LEFT_MM,
    PAGE_LONG_MM,
    PAGE_NUMBER_MM,
    PAGE_SHORT_MM,
    RIGHT_MM,
    TEXT_LANDSCAPE_MM,
    TEXT_MM,
    TOP_MM,
)
from vanban.writing.values import Annex
from vanban.writing.wordml import Element, R, element, paragraph, twips


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document: its name in a sentence and its abbreviation (Phụ lục III)."""

    name: str
    abbreviation: str | None


def composed(
    kind: Kind,
    marks: frame.Marks,
    subject: str,
    content: Sequence[Element],
    annexes: Sequence[Annex],
) -> bytes:
    """The .docx of ``content`` (which ends with the closing table) and its annexes."""
    body = element("body")
    body.extend(content)
    turned = False
    for position, annex in enumerate(annexes):
        body.append(paragraph("Ngat", section=_section(landscape=turned)))
        turned = _landscape(annex)
        # Two annexes or more are told apart by Roman numerals (mục III.1).
        name = f"Phụ lục {roman(position + 1)}" if len(annexes) > 1 else "Phụ lục"
        body.extend(_annex(annex, name, _reference(annex, kind, marks), landscape=turned))
    body.append(paragraph("Ngat"))
    body.append(_section(landscape=turned))
    return packed(
        body,
        title=f"{kind.name}: {' '.join(subject.split())}",
        creator=" ".join(marks.letterhead.issuer.split()),
        date=marks.date,
    )


def _landscape(annex: Annex) -> bool:
    if annex.landscape is not None:
        return annex.landscape
    return annex.table is not None and annex.table.width_mm > TEXT_MM + 0.01


def _reference(annex: Annex, kind: Kind, marks: frame.Marks) -> str:
    if annex.reference is not None:
        return annex.reference
    issuer = " ".join((marks.author or marks.letterhead.issuer).split())
    number = written_number(marks.number, marks.symbol)
    return f"(Kèm theo {kind.name} số {number} {written_date(marks.date)} của {issuer})"


def _annex(annex: Annex, name: str, reference: str, *, landscape: bool) -> list[Element]:
    room = TEXT_LANDSCAPE_MM if landscape else TEXT_MM
    made = [
        paragraph("PhuLuc", name),
        frame.balanced("PhuLucTen", annex.title.upper(), room, bold=True),
        frame.balanced("PhuLucDan", reference, room, bold=False),
    ]
    if annex.table is not None:
        caption = " ".join(annex.title.split())
        made += [paragraph("SauBang"), typeset_table(annex.table, room_mm=room, caption=caption)]
        made.append(paragraph("SauBang"))
    return made + typeset(annex.body, room_mm=room)


def _section(*, landscape: bool) -> Element:
    """Page of a section: its first page bears no number, and it counts from 1 (mục I.7, III.1)."""
    width, height = (PAGE_LONG_MM, PAGE_SHORT_MM) if landscape else (PAGE_SHORT_MM, PAGE_LONG_MM)
    size: dict[str, str | int] = {"w": twips(width), "h": twips(height)}
    if landscape:
        size["orient"] = "landscape"
    margins: dict[str, str | int] = {
        "top": twips(TOP_MM),
        "right": twips(RIGHT_MM),
        "bottom": twips(BOTTOM_MM),
        "left": twips(LEFT_MM),
        "header": twips(PAGE_NUMBER_MM),
        "footer": twips(PAGE_NUMBER_MM),
        "gutter": 0,
    }
    return element(
        "sectPr",
        None,
        _header_reference("default", HEADER_NUMBERED),
        _header_reference("first", HEADER_EMPTY),
        element("type", {"val": "nextPage"}),
        element("pgSz", size),
        element("pgMar", margins),
        element("pgNumType", {"start": 1}),
        element("cols", {"space": 720}),
        element("titlePg"),
    )


def _header_reference(kind: str, relationship: str) -> Element:
    made = element("headerReference", {"type": kind})
    made.set(f"{{{R}}}id", relationship)
    return made
