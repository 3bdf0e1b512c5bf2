"""Elements of WordprocessingML (ISO/IEC 29500), in the order the standard demands.

Word refuses a file whose properties stand in another order, so every property list here
is written out in that order. Lengths come in mm or pt and leave as twips (1/20 pt).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from vanban.writing.values import Run, Text
from vanban.writing.widths import MM_PER_PT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = etree._Element


def twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm / MM_PER_PT * 20)


def element(
    tag: str, attributes: dict[str, str | int] | None = None, *children: Element | None
) -> Element:
    """``w:tag`` with ``w:`` attributes; children that are None are left out."""
    made = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": R})
    for name, value in (attributes or {}).items():
        made.set(f"{{{W}}}{name}", str(value))
    made.extend(child for child in children if child is not None)
    return made


def flag(tag: str, on: bool) -> Element | None:
    """An on/off property, present only when on."""
    return element(tag) if on else None


def _pieces(text: str) -> Iterable[Element]:
    """Text with its line breaks and tabs as elements of a run."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield element("br")
        for position, piece in enumerate(line.split("\t")):
            if position:
                yield element("tab")
            if piece:
                made = element("t")
                made.text = piece
                made.set(XML_SPACE, "preserve")
                yield made


def run(words: str | Run) -> Element:
    """A run. Emphasis is the only direct formatting; the rest belongs to the style."""
    words = Run(words) if isinstance(words, str) else words
    properties = [flag("b", words.bold), flag("bCs", words.bold)]
    properties += [flag("i", words.italic), flag("iCs", words.italic)]
    emphasis = element("rPr", None, *properties) if words.bold or words.italic else None
    return element("r", None, emphasis, *_pieces(words.text))


def runs(text: Text) -> list[Element]:
    """The runs of a text."""
    parts: tuple[str | Run, ...] = (text,) if isinstance(text, str) else text
    return [run(part) for part in parts]


def paragraph(
    style: str,
    text: Text = "",
    *,
    keep_next: bool = False,
    align: str | None = None,
    indent_mm: float | None = None,
    hanging_mm: float = 0,
    inset_mm: float = 0,
    size_pt: float | None = None,
    section: Element | None = None,
) -> Element:
    """A paragraph in ``style``; the other arguments override that style in this place.

    ``indent_mm`` indents the left edge; lines after the first stand ``hanging_mm`` further in.
    ``inset_mm`` narrows the paragraph at both edges instead.
    """
    indent: Element | None = None
    if inset_mm > 0:
        indent = element("ind", {"left": twips(inset_mm), "right": twips(inset_mm)})
    if indent_mm is not None:
        indent = element(
            "ind", {"left": twips(indent_mm + hanging_mm), "hanging": twips(hanging_mm)}
        )
    properties = element(
        "pPr",
        None,
        element("pStyle", {"val": style}),
        flag("keepNext", keep_next),
        indent,
        element("jc", {"val": align}) if align else None,
        section,
    )
    content = runs(text) if text else []
    if size_pt is not None:
        for made in content:
            _resize(made, size_pt)
    return element("p", None, properties, *content)


def keep_with_next(made: Element) -> None:
    """Tie a paragraph to what follows it; a table is left as it is."""
    properties = made.find(f"{{{W}}}pPr")
    if properties is not None and properties.find(f"{{{W}}}keepNext") is None:
        properties.insert(1, element("keepNext"))


def _resize(made: Element, size_pt: float) -> None:
    properties = made.find(f"{{{W}}}rPr")
    if properties is None:
        properties = element("rPr")
        made.insert(0, properties)
    half_points = round(size_pt * 2)
    properties.append(element("sz", {"val": half_points}))
    properties.append(element("szCs", {"val": half_points}))


_EDGES = ("top", "left", "bottom", "right")


def rule(length_mm: float, within_mm: float, style: str = "DuongKe") -> Element:
    """A drawn rule of ``length_mm``, centred in a column of ``within_mm``.

    It is the top border of an empty paragraph whose indents leave that length: unlike a
    drawing it cannot drift away from the words above it.
    """
    return _bordered(style, "", ("top",), "000000", (within_mm - length_mm) / 2)


def boxed(style: str, text: str, length_mm: float, within_mm: float, colour: str) -> Element:
    """Words in a box of ``length_mm``, centred in a column of ``within_mm``."""
    return _bordered(style, text, _EDGES, colour, (within_mm - length_mm) / 2)


def _bordered(
    style: str, text: str, edges: tuple[str, ...], colour: str, inset_mm: float
) -> Element:
    side = twips(max(0.0, inset_mm))
    line: dict[str, str | int] = {
        "val": "single",
        "sz": 6,
        "space": 4 if text else 0,
        "color": colour,
    }
    properties = element(
        "pPr",
        None,
        element("pStyle", {"val": style}),
        element("pBdr", None, *(element(edge, line) for edge in edges)),
        element("ind", {"left": side, "right": side}),
    )
    return element("p", None, properties, *(runs(text) if text else ()))


def page_number() -> Element:
    """A paragraph with the PAGE field (as a complex field: Word edits that one best)."""
    made = element("p", None, element("pPr", None, element("pStyle", {"val": "SoTrang"})))
    instruction = element("instrText")
    instruction.text = " PAGE "
    instruction.set(XML_SPACE, "preserve")
    shown = element("t")
    shown.text = "2"
    for content in (
        element("fldChar", {"fldCharType": "begin"}),
        instruction,
        element("fldChar", {"fldCharType": "separate"}),
        shown,
        element("fldChar", {"fldCharType": "end"}),
    ):
        made.append(element("r", None, content))
    return made


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: width in mm, content, and how it joins its neighbours."""

    width_mm: float
    content: Sequence[Element]
    span: int = 1
    merge: str | None = None  # "restart" opens a vertical merge, "continue" belongs to it
    centred: bool = False  # vertically


def cell(value: Cell) -> Element:
    """The ``w:tc`` of a cell; an empty one gets the paragraph the standard asks for."""
    merge: Element | None = None
    if value.merge:
        merge = element("vMerge", {"val": value.merge})
    properties = element(
        "tcPr",
        None,
        element("tcW", {"w": twips(value.width_mm), "type": "dxa"}),
        element("gridSpan", {"val": value.span}) if value.span > 1 else None,
        merge,
        element("vAlign", {"val": "center"}) if value.centred else None,
    )
    content = list(value.content) or [paragraph("BangNoiDung")]
    return element("tc", None, properties, *content)


def row(cells: Iterable[Cell], *, heading: bool = False) -> Element:
    """A row kept whole on one page; a ``heading`` row is repeated on every page."""
    properties = element("trPr", None, element("cantSplit"), flag("tblHeader", heading))
    return element("tr", None, properties, *(cell(value) for value in cells))


def table(
    widths_mm: Sequence[float],
    rows: Iterable[Element],
    *,
    bordered: bool,
    caption: str | None = None,
) -> Element:
    """A table of fixed column widths, centred when bordered.

    The grid and the cells both state widths: LibreOffice reads the one, Word the other.
    """
    total = sum(twips(width) for width in widths_mm)
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
    edges = (*_EDGES, "insideH", "insideV")
    padding: dict[str, str | int] = {"w": twips(1.5) if bordered else 0, "type": "dxa"}
    properties = element(
        "tblPr",
        None,
        element("tblW", {"w": total, "type": "dxa"}),
        element("jc", {"val": "center"}) if bordered else None,
        None if bordered else element("tblInd", {"w": 0, "type": "dxa"}),
        element("tblBorders", None, *(element(edge, line) for edge in edges)) if bordered else None,
        element("tblLayout", {"type": "fixed"}),
        element("tblCellMar", None, element("left", padding), element("right", padding)),
        element("tblCaption", {"val": caption}) if caption else None,
    )
    grid = element("tblGrid", None, *(element("gridCol", {"w": twips(w)}) for w in widths_mm))
    return element("tbl", None, properties, grid, *rows)
