"""Paper, margins, page number, typeface and colour (Phụ lục I, phần I, mục I)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vanban.checking import findings as law
from vanban.checking.components import Components
from vanban.checking.findings import Finding, decimal, quoted
from vanban.checking.lines import Line
from vanban.checking.looks import Element, Resolver, W, child, mm, value
from vanban.checking.opening import Parts

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TOLERANCE_MM = 0.6  # editors round to whole points or hundredths of an inch

# Edge, its name, allowed range in mm (mục I.3).
_MARGINS = (
    ("top", "trên", 20, 25),
    ("bottom", "dưới", 20, 25),
    ("left", "trái", 30, 35),
    ("right", "phải", 15, 20),
)

# A page at 14 pt holds some 2,300 letters: above this a second page is certain.
_ONE_PAGE_LETTERS = 2600


def sections(parts: Parts) -> list[Element]:
    """The section properties in order; the last governs the end of the document."""
    return list(parts.document.iter(W + "sectPr"))


def page_findings(parts: Parts, lines: Sequence[Line]) -> Iterator[Finding]:
    """Findings on paper and margins of each section."""
    found = sections(parts)
    if not found:
        yield Finding("Trang giấy", "tệp không khai khổ giấy và lề", "khổ A4, định lề", law.PAPER)
    for index, section in enumerate(found):
        name = "Trang giấy" if len(found) == 1 else f"Trang giấy, phần {index + 1}"
        yield from _paper(name, section, first=index == 0)
        yield from _margins(name, section)


def _paper(name: str, section: Element, *, first: bool) -> Iterator[Finding]:
    width, height = mm(value(section, "pgSz", "w")), mm(value(section, "pgSz", "h"))
    short, long = sorted((width, height))
    if abs(short - 210) > 1 or abs(long - 297) > 1:
        size = f"khổ {decimal(width)} × {decimal(height)} mm"
        yield Finding(name, size, "khổ A4 (210 × 297 mm)", law.PAPER)
    elif first and width > height:
        asked = "trang dọc; trang ngang chỉ khi có bảng, biểu lớn"
        yield Finding(name, "trang ngang", asked, law.ORIENTATION, "warning")


def _margins(name: str, section: Element) -> Iterator[Finding]:
    gutter = mm(value(section, "pgMar", "gutter"))
    for edge, spoken, low, high in _MARGINS:
        stated = value(section, "pgMar", edge)
        size = abs(mm(stated)) + (gutter if edge == "left" else 0)
        if stated is None or not low - _TOLERANCE_MM <= size <= high + _TOLERANCE_MM:
            found = f"lề {spoken} {decimal(size)} mm" if stated else f"không khai lề {spoken}"
            yield Finding(name, found, f"lề {spoken} {low}–{high} mm", law.MARGINS)


def page_number_findings(
    parts: Parts, lines: Sequence[Line], resolver: Resolver
) -> Iterator[Finding]:
    """Findings on the page number: centred at the top, 13–14, none on the first page."""
    found = sections(parts)
    if not found:
        return
    place = "Số trang"
    headers = _referenced(parts, found, "headerReference", "default")
    footers = _referenced(parts, found, "footerReference", "default")
    header = next((part for part in headers if _page_field(part) is not None), None)
    if header is None and any(_page_field(part) is not None for part in footers):
        asked = "canh giữa, trong phần lề trên"
        yield Finding(place, "đặt ở lề dưới", asked, law.PAGE_NUMBER)
        return
    if header is None:
        if sum(len(line.text) for line in lines) > _ONE_PAGE_LETTERS or len(found) > 1:
            asked = "số trang bằng chữ số Ả Rập từ trang 2, canh giữa, trong lề trên"
            yield Finding(place, "không có số trang", asked, law.PAGE_NUMBER)
        return
    yield from _number_look(place, header, resolver)
    kind = "default" if child(found[0], "titlePg") is None else "first"
    first = _referenced(parts, found[:1], "headerReference", kind)
    if any(_page_field(part) is not None for part in first):
        asked = "không hiển thị số trang thứ nhất"
        yield Finding(place, "trang đầu cũng đánh số", asked, law.PAGE_NUMBER)


def _referenced(parts: Parts, found: Sequence[Element], tag: str, kind: str) -> list[Element]:
    """The headers or footers of one kind that the sections name."""
    named = [
        reference.get(_R + "id", "")
        for section in found
        for reference in section.iterchildren(W + tag)
        if reference.get(W + "type", "default") == kind
    ]
    return [parts.headers[name] for name in named if name in parts.headers]


def _page_field(header: Element) -> Element | None:
    """The paragraph of ``header`` that holds a PAGE field."""
    for paragraph in header.iter(W + "p"):
        instructions = [node.text or "" for node in paragraph.iter(W + "instrText")]
        instructions += [str(node.get(W + "instr", "")) for node in paragraph.iter(W + "fldSimple")]
        if "PAGE" in " ".join(instructions).upper().split():
            return paragraph
    return None


def _number_look(place: str, header: Element, resolver: Resolver) -> Iterator[Finding]:
    paragraph = _page_field(header)
    if paragraph is None:
        return
    framed = value(child(paragraph, "pPr"), "framePr", "xAlign")
    if resolver.shape(paragraph).align != "center" and framed != "center":
        yield Finding(place, "không canh giữa", "canh giữa trong phần lề trên", law.PAGE_NUMBER)
    runs = list(paragraph.iter(W + "r"))
    sizes = {resolver.look(paragraph, run).size_pt for run in runs}
    wrong = sorted(size for size in sizes if not 13 <= size <= 14)
    if wrong:
        found = f"cỡ chữ {', '.join(decimal(size) for size in wrong)}"
        yield Finding(place, found, "cỡ chữ 13–14, chữ đứng", law.PAGE_NUMBER)


def typeface_findings(lines: Sequence[Line], components: Components) -> Iterator[Finding]:
    """One finding per foreign typeface and one per colour, with the first words in it."""
    fonts: Counter[str] = Counter()
    colours: Counter[str] = Counter()
    sample: dict[str, str] = {}
    for line in lines:
        for text, look in line.pieces:
            if not text.strip():
                continue
            if look.font.lower() != "times new roman":
                fonts[look.font] += 1
                sample.setdefault(look.font, text)
            black = look.colour.lower() in ("auto", "000000")
            if not black and line is not components.urgency:
                colours[look.colour] += 1
                sample.setdefault(look.colour, text)
    for font, times in sorted(fonts.items()):
        place = f"Phông chữ, {times} chỗ, từ {quoted(sample[font])}"
        yield Finding(place, f"phông {font}", "phông Times New Roman", law.TYPEFACE)
    for colour, times in sorted(colours.items()):
        place = f"Màu chữ, {times} chỗ, từ {quoted(sample[colour])}"
        yield Finding(place, f"màu #{colour}", "chữ màu đen", law.TYPEFACE)
