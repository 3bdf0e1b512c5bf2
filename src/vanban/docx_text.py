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
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml import etree

from vanban.errors import Damaged, Encrypted, ScanWithoutText, TooLarge, UnsupportedFormat
from vanban.legacy import by_font, is_legacy

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_WORD}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: Bytes without which no run of a part is hidden or in a legacy font.
_RUN_MATTERS = (b"vanish", b".Vn", b".VN", b"VNI-")
#: Unpacked bytes of one part, and the ratio above which a part is taken for a bomb.
MAX_PART = 120_000_000
MAX_RATIO = 250
MAX_ENTRIES = 5_000
_MAX_DEPTH = 60

_UNSAFE = "Tệp chứa khai báo XML không an toàn nên không đọc."

_BASED_ON = f"{_W}basedOn"
_VAL = f"{_W}val"
_P, _TBL, _TR, _TC, _R, _T = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
_BR, _FONTS, _VANISH = (f"{_W}{name}" for name in ("br", "rFonts", "vanish"))
_STYLE, _JC, _LIST = (f"{_W}{name}" for name in ("pStyle", "jc", "numPr"))
_NUM, _LEVEL = f"{_W}numId", f"{_W}ilvl"
_PROPERTIES, _RUN_PROPERTIES = f"{_W}pPr", f"{_W}rPr"
_BOX, _CHOICES = f"{_W}txbxContent", f"{_MC}AlternateContent"
#: Elements whose content is content of what holds them.
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo")
)
_DROPPED = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr"))
_PICTURES = frozenset(f"{_W}{name}" for name in ("drawing", "pict", "object"))
#: Elements of a run that stand for a character.
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}


@dataclass(frozen=True, slots=True)
class DocxText:
    """The words of a .docx and the legacy fonts they were converted from."""

    text: str
    legacy_fonts: frozenset[str]


class _Shape(NamedTuple):
    """What a paragraph says of itself: style, alignment, list with level."""

    style: str | None = None
    align: str | None = None
    place: tuple[str, int] | None = None


_NO_SHAPE = _Shape()


def docx_to_text(data: bytes) -> str:
    """The words of the main part; raises as ``read_docx`` does."""
    return read_docx(data).text


def read_docx(data: bytes) -> DocxText:
    """The words of the main part.

    Raises ``Damaged``, ``Encrypted``, ``TooLarge``, ``UnsupportedFormat`` or, for a file that
    holds pictures only, ``ScanWithoutText``.
    """
    if has_too_many_entries(data):
        raise TooLarge()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError) as error:
        raise Damaged() from error
    with archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise Encrypted()
        main = "word/document.xml"
        if main not in names:
            main = next((n for n in names if re.fullmatch(r"word/document\d*\.xml", n)), "")
            if not main:
                raise UnsupportedFormat() if names else Damaged()
        data = _unpacked(archive, main)
        looks_at_runs = data[:2] in _UTF16 or any(word in data for word in _RUN_MATTERS)
        root = _parsed(data)
        numbering, styles = (
            _parsed(_unpacked(archive, name)) if name in names else None
            for name in ("word/numbering.xml", "word/styles.xml")
        )
    body = root.find(f"{_W}body")
    if body is None:
        raise Damaged()
    reader = _Reader(_Styles(styles), _Numbering(numbering), looks_at_runs)
    text = _joined(reader.blocks(body, 0))
    pictures = (root.find(f".//{_W}{name}") for name in ("drawing", "pict"))
    if not text.strip() and any(picture is not None for picture in pictures):
        raise ScanWithoutText()
    return DocxText(text, frozenset(reader.legacy_fonts))


def has_too_many_entries(data: bytes) -> bool:
    """Does an archive list more than ``MAX_ENTRIES`` files?

    Every line of its directory begins with the same four bytes, so counting them, before
    ``zipfile`` makes an object of each line, gives a bound that no header can lie about. They
    may stand in packed bytes by chance or in an archive inside, never a thousand times.
    """
    return data.count(b"PK\x01\x02") > MAX_ENTRIES


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part; its size is checked first by the directory and then while unpacking."""
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
    return data


def _parsed(data: bytes) -> Any:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Damaged(_UNSAFE)
    if _STRICT in data[:8192]:
        data = data.replace(_STRICT, _W[1:-1].encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Damaged(_UNSAFE)
    return root


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


class _Reader:
    """Walks the main part once. The properties of runs are looked at only where the part has
    hidden text or a legacy font at all: they are half of the elements of a .docx."""

    def __init__(self, styles: _Styles, numbering: _Numbering, looks_at_runs: bool) -> None:
        self.styles = styles
        self.numbering = numbering
        self.looks_at_runs = looks_at_runs or styles.legacy
        self.legacy_fonts: set[str] = set()

    def blocks(self, parent: Any, depth: int) -> Iterator[tuple[str, bool]]:
        """The text of paragraphs and tables in order, each with whether it is centred."""
        if depth > _MAX_DEPTH:
            return
        for child in parent:
            tag = child.tag
            if tag == _P:
                words: list[str] = []
                boxes: list[Any] = []
                shape = self._paragraph(child, words, boxes)
                text = "".join(words)
                if text and not text.isspace():
                    marker = self.numbering.marker(*self.styles.place(shape))
                    yield f"{marker} {text}" if marker else text, self.styles.centred(shape)
                for box in boxes:
                    yield from self.blocks(box, depth + 1)
            elif tag == _TBL:
                rows = list(self._rows(child, depth))
                if rows:
                    yield "\n".join(rows), False
            elif tag in _WRAPPERS:
                yield from self.blocks(child, depth + 1)

    def _rows(self, table: Any, depth: int) -> Iterator[str]:
        for row in _inside(table, _TR, 0):
            cells = []
            for cell in _inside(row, _TC, 0):
                words = "\n".join([text for text, _ in self.blocks(cell, depth + 1)])
                if "|" in words:
                    words = words.replace("\\|", "|").replace("|", "\\|")
                lines = [line.strip() for line in words.split("\n")]
                cells.append("<br>".join([line for line in lines if line]))
            if cells:
                yield "| " + " | ".join(cells) + " |"

    def _paragraph(self, paragraph: Any, words: list[str], boxes: list[Any]) -> _Shape:
        """Gathers the words of a paragraph and its text boxes; what it says of itself."""
        shape, font = _NO_SHAPE, self.styles.legacy_font(None)
        for child in paragraph:
            tag = child.tag
            if tag == _R:
                self._run(child, font, words, boxes)
            elif tag == _PROPERTIES:
                shape = _shape(child)
                font = self.styles.legacy_font(shape.style)
            elif tag not in _DROPPED:
                self._inline(child, font, words, boxes, 0)
        return shape

    def _inline(
        self, element: Any, font: str | None, words: list[str], boxes: list[Any], depth: int
    ) -> None:
        """Runs inside links, fields, accepted insertions and content controls."""
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child, font, words, boxes)
            elif tag not in _DROPPED and isinstance(tag, str) and depth < _MAX_DEPTH:
                self._inline(child, font, words, boxes, depth + 1)

    def _run(self, run: Any, font: str | None, words: list[str], boxes: list[Any]) -> None:
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text:
                    words.append(self._unicode(text, font) if font else text)
            elif tag == _RUN_PROPERTIES:
                if self.looks_at_runs:
                    if child.find(_VANISH) is not None:
                        return
                    fonts = child.find(_FONTS)
                    font = (_named(fonts) if fonts is not None else None) or font
            elif tag in _SIGNS:
                words.append(_SIGNS[tag])
            elif tag == _BR:
                words.append(" " if child.get(f"{_W}type") == "page" else "\n")
            elif tag == _CHOICES:
                choice = child.find(f"{_MC}Choice")
                boxes += list((choice if choice is not None else child).iter(_BOX))[:1]
            elif tag in _PICTURES:
                boxes += list(child.iter(_BOX))[:1]

    def _unicode(self, text: str, font: str) -> str:
        if not is_legacy(font):
            return text
        self.legacy_fonts.add(font)
        return by_font(text, font)


def _inside(parent: Any, wanted: str, depth: int) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag in _WRAPPERS and depth < _MAX_DEPTH:
            yield from _inside(child, wanted, depth + 1)


def _named(fonts: Any) -> str | None:
    name: str | None = fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")
    return name


def _shape(properties: Any) -> _Shape:
    """What w:pPr says directly; what a tracked change replaced (w:pPrChange) has no say."""
    style = align = place = None
    for child in properties:
        tag = child.tag
        if tag == _STYLE:
            style = child.get(_VAL)
        elif tag == _JC:
            align = child.get(_VAL)
        elif tag == _LIST:
            place = _num_pr(child)
    return _Shape(style, align, place)


class _Styles:
    """What paragraph styles say: alignment, list, and a legacy font."""

    def __init__(self, styles: Any) -> None:
        self.alignments: dict[str, str] = {}
        self.places: dict[str, tuple[str, int]] = {}
        self.fonts: dict[str, str | None] = {}
        self.bases: dict[str, str] = {}
        self.default = ""
        self.document_font: str | None = None
        self.legacy = False
        if styles is None:
            return
        for style in styles.iterchildren(f"{_W}style"):
            self._take(style)
        fonts = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_FONTS}")
        self.document_font = _named(fonts) if fonts is not None else None
        self.legacy = any(is_legacy(font) for font in (*self.fonts.values(), self.document_font))

    def _take(self, style: Any) -> None:
        """One pass over the parts of a style: Word writes some two hundred of them."""
        key = style.get(f"{_W}styleId") or ""
        if style.get(f"{_W}default") in ("1", "true") and style.get(f"{_W}type") == "paragraph":
            self.default = key
        for part in style:
            tag = part.tag
            if tag == _PROPERTIES:
                shape = _shape(part)
                if shape.align is not None:
                    self.alignments[key] = shape.align
                if shape.place:
                    self.places[key] = shape.place
            elif tag == _RUN_PROPERTIES:
                fonts = part.find(_FONTS)
                if fonts is not None:
                    self.fonts[key] = _named(fonts)
            elif tag == _BASED_ON:
                self.bases[key] = part.get(_VAL) or ""

    def legacy_font(self, style: str | None) -> str | None:
        """The legacy font that text of a paragraph has unless its run says otherwise."""
        if not self.legacy:
            return None
        key, seen = style or self.default, 0
        while key and seen < _MAX_DEPTH:
            if font := self.fonts.get(key):
                return font
            key, seen = self.bases.get(key, ""), seen + 1
        return self.document_font

    def centred(self, shape: _Shape) -> bool:
        """Is a paragraph centred, by itself or by its style?"""
        if shape.align is not None:
            return shape.align == "center"
        return self.alignments.get(shape.style or "") == "center"

    def place(self, shape: _Shape) -> tuple[str, int]:
        """List and level of a paragraph, by itself or by its style; list "0" is none."""
        return shape.place or self.places.get(shape.style or "", ("0", 0))


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

    def __init__(self, numbering: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = {}
        if numbering is None:
            return
        for abstract in numbering.findall(f"{_W}abstractNum"):
            key = abstract.get(f"{_W}abstractNumId") or ""
            self.levels[key] = {
                _int(level.get(_LEVEL)): _level(level) for level in abstract.findall(f"{_W}lvl")
            }
        for num in numbering.findall(f"{_W}num"):
            ref = num.find(f"{_W}abstractNumId")
            if ref is not None:
                self.abstract[num.get(_NUM) or ""] = ref.get(_VAL) or ""

    def marker(self, name: str, level: int) -> str:
        """The marker of the next paragraph of a list, counted on; empty where there is none."""
        if name == "0" or name not in self.abstract:
            return ""
        key = self.abstract[name]
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
