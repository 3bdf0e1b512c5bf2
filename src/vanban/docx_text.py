"""The text of a .docx: paragraphs, numbering made by Word, tables, text boxes.

WordprocessingML (ECMA-376) is walked with lxml: tracked insertions are taken as accepted,
deletions dropped; footnotes and comments live in other parts and are left alone. Sizes are
checked before anything is unpacked, entities are never resolved.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from vanban.errors import Damaged, Encrypted, ScanWithoutText, TooLarge, UnsupportedFormat
from vanban.legacy import by_font

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
#: Unpacked bytes of one part, and the ratio above which a part is taken for a bomb.
MAX_PART = 120_000_000
MAX_RATIO = 250
MAX_ENTRIES = 5_000
_MAX_DEPTH = 60


def docx_to_text(data: bytes) -> str:
    """The words of the main part.

    Raises ``Damaged``, ``Encrypted``, ``TooLarge``, ``UnsupportedFormat`` or, for a file that
    holds pictures only, ``ScanWithoutText``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError) as error:
        raise Damaged() from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise TooLarge()
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise Encrypted()
        main = "word/document.xml"
        if main not in names:
            main = next((n for n in names if re.fullmatch(r"word/document\d*\.xml", n)), "")
            if not main:
                raise UnsupportedFormat() if names else Damaged()
        root = _part(archive, main)
        numbering = _Numbering(
            _part(archive, "word/numbering.xml") if "word/numbering.xml" in names else None,
            _part(archive, "word/styles.xml") if "word/styles.xml" in names else None,
        )
    body = root.find(f"{_W}body")
    if body is None:
        raise Damaged()
    text = _joined(_blocks(body, numbering, 0))
    pictures = (root.find(f".//{_W}{name}") for name in ("drawing", "pict"))
    if not text.strip() and any(picture is not None for picture in pictures):
        raise ScanWithoutText()
    return text


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """The parsed part; its size is checked first by the directory and then while unpacking."""
    entry = archive.getinfo(name)
    if entry.file_size > MAX_PART or (
        entry.file_size > 2_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
    ):
        raise TooLarge()
    try:
        with archive.open(entry) as stream:
            data = stream.read(MAX_PART + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise Damaged() from error
    if len(data) > MAX_PART:
        raise TooLarge()
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Damaged("Tệp chứa khai báo XML không an toàn nên không đọc.")
    if _STRICT in data[:8192]:
        data = data.replace(_STRICT, _W[1:-1].encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged() from error


def _joined(blocks: Iterator[tuple[str, bool]]) -> str:
    """Blocks parted by empty lines; centred lines that follow one another stay together."""
    parts: list[str] = []
    centred = False
    for text, middle in blocks:
        if parts:
            parts.append("\n" if centred and middle else "\n\n")
        parts.append(text)
        centred = middle
    return "".join(parts)


def _blocks(parent: Any, numbering: _Numbering, depth: int) -> Iterator[tuple[str, bool]]:
    """The text of paragraphs and tables in order, each with whether it is centred."""
    if depth > _MAX_DEPTH:
        return
    for child in parent:
        tag = child.tag
        if tag == f"{_W}p":
            boxes: list[Any] = []
            text = _paragraph(child, numbering, boxes)
            if text.strip():
                yield text, numbering.centred(child)
            for box in boxes:
                yield from _blocks(box, numbering, depth + 1)
        elif tag == f"{_W}tbl":
            rows = _table(child, numbering, depth)
            if rows:
                yield "\n".join(rows), False
        elif tag in (
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}customXml",
            f"{_W}smartTag",
            f"{_W}moveTo",
        ):
            yield from _blocks(child, numbering, depth + 1)


def _table(table: Any, numbering: _Numbering, depth: int) -> list[str]:
    rows = []
    for row in table.iter(f"{_W}tr"):
        if _owner_table(row) is not table:
            continue
        cells = []
        for cell in row.iter(f"{_W}tc"):
            if _owner_row(cell) is not row:
                continue
            words = "\n".join(text for text, _ in _blocks(cell, numbering, depth + 1))
            words = words.replace("\\|", "|").replace("|", "\\|")
            cells.append("<br>".join(line.strip() for line in words.split("\n") if line.strip()))
        if cells:
            rows.append("| " + " | ".join(cells) + " |")
    return rows


def _owner_table(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != f"{_W}tbl":
        parent = parent.getparent()
    return parent


def _owner_row(cell: Any) -> Any:
    parent = cell.getparent()
    while parent is not None and parent.tag != f"{_W}tr":
        parent = parent.getparent()
    return parent


def _paragraph(paragraph: Any, numbering: _Numbering, boxes: list[Any]) -> str:
    parts: list[str] = []
    _inline(paragraph, parts, boxes, 0)
    text = "".join(parts)
    marker = numbering.marker(paragraph) if text.strip() else ""
    return f"{marker} {text}" if marker else text


def _inline(element: Any, parts: list[str], boxes: list[Any], depth: int) -> None:
    for child in element:
        tag = child.tag
        if tag == f"{_W}r":
            _run(child, parts, boxes, depth)
        elif tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr"):
            continue
        elif isinstance(tag, str) and depth < _MAX_DEPTH:
            _inline(child, parts, boxes, depth + 1)


def _run(run: Any, parts: list[str], boxes: list[Any], depth: int) -> None:
    font = None
    properties = run.find(f"{_W}rPr")
    if properties is not None:
        if properties.find(f"{_W}vanish") is not None:
            return
        fonts = properties.find(f"{_W}rFonts")
        if fonts is not None:
            font = fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")
    for child in run:
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(by_font(child.text or "", font))
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append("\t")
        elif tag == f"{_W}br":
            parts.append("\n" if child.get(f"{_W}type") != "page" else " ")
        elif tag == f"{_W}cr":
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            boxes += list((choice if choice is not None else child).iter(f"{_W}txbxContent"))[:1]
        elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
            boxes += list(child.iter(f"{_W}txbxContent"))[:1]


_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _count(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        text, rest = "", number
        for value, letters in _ROMAN:
            while rest >= value:
                text, rest = text + letters, rest - value
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = _LETTERS[(number - 1) % 26]
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)


class _Numbering:
    """The list markers Word computes: number formats per list and level, counted as read."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            for abstract in numbering.findall(f"{_W}abstractNum"):
                key = abstract.get(f"{_W}abstractNumId") or ""
                self.levels[key] = {
                    _int(level.get(f"{_W}ilvl")): _level(level)
                    for level in abstract.findall(f"{_W}lvl")
                }
            for num in numbering.findall(f"{_W}num"):
                ref = num.find(f"{_W}abstractNumId")
                if ref is not None:
                    self.abstract[num.get(f"{_W}numId") or ""] = ref.get(f"{_W}val") or ""
        self.alignments: dict[str, str] = {}
        if styles is not None:
            for style in styles.findall(f"{_W}style"):
                jc = style.find(f"{_W}pPr/{_W}jc")
                if jc is not None:
                    self.alignments[style.get(f"{_W}styleId") or ""] = jc.get(f"{_W}val") or ""
                found = style.find(f"{_W}pPr/{_W}numPr")
                if found is not None and (place := _num_pr(found)):
                    self.styles[style.get(f"{_W}styleId") or ""] = place

    def centred(self, paragraph: Any) -> bool:
        """Is a paragraph centred, by itself or by its style?"""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return False
        jc, style = properties.find(f"{_W}jc"), properties.find(f"{_W}pStyle")
        if jc is not None:
            return bool(jc.get(f"{_W}val") == "center")
        return style is not None and self.alignments.get(style.get(f"{_W}val") or "") == "center"

    def marker(self, paragraph: Any) -> str:
        """The marker of a paragraph, counted on; empty for unnumbered ones."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        num_pr = properties.find(f"{_W}numPr")
        place = _num_pr(num_pr) if num_pr is not None else None
        if num_pr is None:
            style = properties.find(f"{_W}pStyle")
            place = self.styles.get(style.get(f"{_W}val") or "") if style is not None else None
        if place is None or place[0] == "0" or place[0] not in self.abstract:
            return ""
        key, level = self.abstract[place[0]], place[1]
        levels = self.levels.get(key, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(key, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        form, pattern, _ = levels[level]
        if form == "bullet":
            return pattern if pattern in "-+•–*" and pattern else "-"
        if form == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shape = levels.get(at, ("decimal", "", 1))
            return _count(counts.get(at, shape[2]), shape[0])

        return re.sub(r"%(\d)", number, pattern)


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _level(level: Any) -> tuple[str, str, int]:
    form, text, start = (level.find(f"{_W}{name}") for name in ("numFmt", "lvlText", "start"))
    return (
        (form.get(f"{_W}val") if form is not None else None) or "decimal",
        (text.get(f"{_W}val") if text is not None else None) or "",
        _int(start.get(f"{_W}val")) if start is not None else 1,
    )


def _num_pr(element: Any) -> tuple[str, int] | None:
    num, level = element.find(f"{_W}numId"), element.find(f"{_W}ilvl")
    if num is None:
        return None
    return num.get(f"{_W}val") or "0", _int(level.get(f"{_W}val")) if level is not None else 0
