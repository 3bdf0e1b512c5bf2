"""The document as lines in reading order, each with its look and where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.checking.looks import Element, Look, Resolver, Shape, W, child, mm, value

_DRAWINGS = (W + "drawing", W + "pict", W + "object")
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# Deleted text, field codes and properties are not part of what is read.
_UNREAD = (W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "instrText", W + "sectPr")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line stands in a table: numbers from 0; cell width in mm (0 if unknown)."""

    table: int
    row: int
    column: int
    width_mm: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as typed: up to the end of its paragraph or a forced break."""

    pieces: tuple[tuple[str, Look], ...]
    shape: Shape
    spot: Spot | None
    section: int
    drawn: bool
    new_page: bool

    @property
    def text(self) -> str:
        """Its words, inner blanks kept, NFC."""
        return unicodedata.normalize("NFC", "".join(text for text, _ in self.pieces)).strip()

    @property
    def looks(self) -> tuple[Look, ...]:
        """Looks of the pieces that show ink."""
        return tuple(look for text, look in self.pieces if text.strip())

    def look_at_start(self, letters: int) -> tuple[Look, ...]:
        """Looks of the first ``letters`` characters."""
        found: list[Look] = []
        left = letters
        for text, look in self.pieces:
            bare = text if found else text.lstrip()
            if left <= 0:
                break
            if bare.strip():
                found.append(look)
            left -= len(bare)
        return tuple(found)


def folded(text: str) -> str:
    """``text`` without marks, in lower case, blanks joined: for recognising, not for judging."""
    text = text.replace("Đ", "D").replace("đ", "d").replace("–", "-")
    base = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in base if not unicodedata.combining(letter))
    return " ".join(plain.lower().split())


def read_lines(body: Element, resolver: Resolver) -> list[Line]:
    """All lines of a document body."""
    return _Reader(resolver).lines(body)


class _Reader:
    """Walks the body once; holds the counts of tables and sections passed."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._tables = 0
        self._section = 0
        self._break_pending = False

    def lines(self, body: Element) -> list[Line]:
        return list(self._blocks(body, None, ""))

    def _blocks(self, parent: Element, spot: Spot | None, style: str) -> Iterator[Line]:
        for block in parent:
            if block.tag == W + "p":
                yield from self._paragraph(block, spot, style)
            elif block.tag == W + "tbl":
                yield from self._table(block, spot)
            elif block.tag == W + "sdt":
                content = child(block, "sdtContent")
                if content is not None:
                    yield from self._blocks(content, spot, style)
            elif block.tag in (W + "ins", W + "customXml", W + "smartTag"):
                yield from self._blocks(block, spot, style)

    def _table(self, table: Element, outer: Spot | None) -> Iterator[Line]:
        index = self._tables
        self._tables += 1
        style = value(child(table, "tblPr"), "tblStyle") or ""
        for row_number, row in enumerate(table.iter(W + "tr")):
            # A nested table is read with its cell; its rows are not rows of this one.
            if next(row.iterancestors(W + "tbl")) is not table:
                continue
            for column, cell in enumerate(row.iterchildren(W + "tc")):
                width = mm(value(child(cell, "tcPr"), "tcW", "w"))
                spot = outer or Spot(index, row_number, column, width)
                yield from self._blocks(cell, spot, style)

    def _paragraph(self, paragraph: Element, spot: Spot | None, style: str) -> Iterator[Line]:
        shape = self._resolver.shape(paragraph, style)
        pieces: list[list[tuple[str, Look]]] = [[]]
        drawn = False
        breaks = value(child(paragraph, "pPr"), "pageBreakBefore") not in ("0", "false")
        breaks = breaks and child(child(paragraph, "pPr"), "pageBreakBefore") is not None
        for run in _runs(paragraph):
            look = self._resolver.look(paragraph, run, style)
            for part in run:
                if part.tag in _DRAWINGS or part.tag == _ALTERNATE:
                    drawn = True
                elif look.hidden:
                    continue
                elif part.tag == W + "t":
                    pieces[-1].append((part.text or "", look))
                elif part.tag == W + "tab":
                    pieces[-1].append(("\t", look))
                elif part.tag == W + "noBreakHyphen":
                    pieces[-1].append(("-", look))
                elif part.tag in (W + "br", W + "cr"):
                    if part.get(W + "type") == "page":
                        self._break_pending = True
                    pieces.append([])
        for number, line in enumerate(pieces):
            inked = any(text.strip() for text, _ in line)
            new_page = breaks or (self._break_pending and inked)
            if inked:
                self._break_pending = False
            last = number == len(pieces) - 1
            yield Line(tuple(line), shape, spot, self._section, drawn and last, new_page)
        if child(child(paragraph, "pPr"), "sectPr") is not None:
            self._section += 1


def _runs(parent: Element) -> Iterator[Element]:
    for inner in parent:
        if inner.tag == W + "r":
            yield inner
        elif inner.tag not in _UNREAD and isinstance(inner.tag, str):
            yield from _runs(inner)
