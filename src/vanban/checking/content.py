"""Type name, subject and content (Phụ lục I, phần I, mục II.5 and II.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from vanban.checking import findings as law
from vanban.checking.components import TYPES, Components
from vanban.checking.findings import Finding, decimal, quoted
from vanban.checking.judging import Asked, judged
from vanban.checking.lines import Line, folded

_ARTICLE = re.compile(r"Điều\s+(\d+)\s*(\.?)")
_INDENTS_MM = (10.0, 12.7)
_MARKED = re.compile(r"(?:[IVXLC]+|\d+(?:\.\d+)*)\.\s|[a-zđ]\)\s|[-–+*•]\s?")
_CENTRED = re.compile(r"(?:phan|chuong|muc|tieu muc)\b")


def title_findings(found: Components) -> Iterator[Finding]:
    """Findings on the type name and subject, or on the "V/v" of a công văn."""
    if found.about:
        place = "Trích yếu công văn"
        asked = Asked((12, 13), bold=False, italic=False, align="center")
        yield from judged(place, found.about, asked, law.SUBJECT)
        if found.addressed is None:
            asked_text = "“Kính gửi:” và tên nơi nhận để giải quyết"
            yield Finding("Kính gửi", "công văn không có nơi gửi", asked_text, law.RECIPIENTS)
    elif found.type_line is None:
        yield from _nameless(found)
    else:
        asked = Asked((13, 14), bold=True, italic=False, capitals=True, align="center")
        yield from judged("Tên loại", [found.type_line], asked, law.SUBJECT)
        if not found.subject:
            asked_text = "trích yếu canh giữa, dưới tên loại"
            yield Finding("Trích yếu", "không có", asked_text, law.SUBJECT)
        asked = Asked((13, 14), bold=True, italic=False)
        yield from judged("Trích yếu", found.subject, asked, law.SUBJECT)
    if found.addressed is not None:
        asked = Asked((13, 14), bold=False, italic=False)
        yield from judged("Kính gửi", [found.addressed], asked, law.RECIPIENTS)


def _nameless(found: Components) -> Iterator[Finding]:
    """Neither type name nor "V/v": which is missing, the symbol tells."""
    symbol = found.number.text.rsplit("/", 1)[-1].strip() if found.number else ""
    first = symbol.split("-")[0].strip()
    names = [name for name, short in TYPES.items() if short == first]
    if names:
        asked_text = f"“{names[0]}” canh giữa, in hoa, đậm"
        yield Finding("Tên loại", "không có", asked_text, law.SUBJECT)
    elif found.number is not None:
        asked_text = "“V/v …” dưới số, ký hiệu của công văn; hoặc tên loại và trích yếu"
        yield Finding("Trích yếu", "không có tên loại và không có “V/v”", asked_text, law.SUBJECT)


def content_findings(found: Components) -> Iterator[Finding]:
    """Findings on the running content; each trait is reported once, with its count."""
    if not found.content:
        yield Finding("Nội dung", "không có", "nội dung văn bản", law.COMPONENTS)
        return
    yield from _sizes(found.content)
    yield from _layout(found)
    yield from _grounds(found)
    yield from _articles(found.content)


def _several(lines: Sequence[Line], test: Callable[[Line], bool]) -> tuple[str, list[Line]]:
    """The lines that fail, and a place that says how many and where they begin."""
    wrong = [line for line in lines if test(line)]
    if not wrong:
        return "", []
    return f"Nội dung, {len(wrong)} đoạn, từ {quoted(wrong[0].text)}", wrong


def _sizes(content: Sequence[Line]) -> Iterator[Finding]:
    def off(line: Line) -> bool:
        return any(not 13 <= look.size_pt <= 14 for look in line.looks)

    place, wrong = _several(content, off)
    if wrong:
        sizes = {look.size_pt for line in wrong for look in line.looks}
        seen = ", ".join(decimal(size) for size in sorted(sizes) if not 13 <= size <= 14)
        yield Finding(place, f"cỡ chữ {seen}", "cỡ chữ 13–14", law.CONTENT)


def _layout(found: Components) -> Iterator[Finding]:
    running = [line for line in found.content if _is_running(line, found)]
    checks: tuple[tuple[Callable[[Line], bool], str, str], ...] = (
        (_ragged, "không canh đều hai lề", "canh đều hai lề"),
        (_unindented, "không lùi dòng đầu đúng mức", "dòng đầu lùi 1 cm hoặc 1,27 cm"),
        (_tight, "cách đoạn dưới 6 pt", "khoảng cách giữa các đoạn tối thiểu 6 pt"),
        (_spaced, "giãn dòng ngoài mức", "giãn dòng từ đơn đến 1,5 dòng"),
    )
    for test, seen, asked in checks:
        place, wrong = _several(running, test)
        if wrong:
            yield Finding(place, seen, asked, law.CONTENT, "warning")


def _is_running(line: Line, found: Components) -> bool:
    """Paragraphs of prose; centred headings and the order to decide are not."""
    if line is found.order or (line.shape.align == "center" and len(line.text) < 90):
        return False
    return not _CENTRED.match(folded(line.text))


def _ragged(line: Line) -> bool:
    return line.shape.align != "both"


def _unindented(line: Line) -> bool:
    shape = line.shape
    start = shape.left_mm + shape.first_mm
    # A list may hang at the same distance; a tab before the words does the same for the eye.
    tabbed = bool(line.pieces) and line.pieces[0][0].startswith("\t")
    listed = shape.listed or (bool(_MARKED.match(line.text)) and shape.left_mm > 0)
    return not (tabbed or listed or any(abs(start - asked) <= 0.8 for asked in _INDENTS_MM))


def _tight(line: Line) -> bool:
    return line.shape.before_pt + line.shape.after_pt < 5.9


def _spaced(line: Line) -> bool:
    shape = line.shape
    if shape.line is not None:
        return not 0.99 <= shape.line <= 1.51
    size = max((look.size_pt for look in line.looks), default=14)
    # A single line of Times New Roman is 1.15 of its size.
    return not 0.99 * size <= (shape.exact_pt or 0) <= 1.5 * 1.15 * size


def _grounds(found: Components) -> Iterator[Finding]:
    grounds = _listed_grounds(found)
    if not grounds:
        return
    article = law.CONTENT
    upright = [line for line in grounds if not all(look.italic for look in line.looks)]
    if upright:
        place = f"Căn cứ, {len(upright)} dòng, từ {quoted(upright[0].text)}"
        yield Finding(place, "chữ đứng", "chữ nghiêng", article)
    for line in grounds[:-1]:
        if not line.text.endswith(";"):
            asked = "cuối mỗi căn cứ có dấu chấm phẩy"
            place = f"Căn cứ {quoted(line.text)}"
            yield Finding(place, f"kết thúc bằng {quoted(line.text[-1])}", asked, article)
    last = grounds[-1].text
    if not last.endswith((".", "…")):
        place = f"Căn cứ {quoted(last)}"
        asked = "dòng cuối kết thúc bằng dấu chấm"
        yield Finding(place, f"kết thúc bằng {quoted(last[-1])}", asked, article)


def _listed_grounds(found: Components) -> list[Line]:
    """Lines that are grounds: before the order to decide, or a list at the beginning."""
    if found.order is not None:
        before = found.content[: found.content.index(found.order)]
        first = next(
            (at for at, line in enumerate(before) if folded(line.text).startswith("can cu")), None
        )
        return [] if first is None else before[first:]
    grounds: list[Line] = []
    for line in found.content:
        opening = folded(line.text).startswith(("can cu", "theo de nghi"))
        # "Căn cứ …, UBND báo cáo như sau:" is a sentence, not an item of a list.
        if not opening or not line.text.endswith((";", ".")):
            break
        grounds.append(line)
    return grounds


def _articles(content: Sequence[Line]) -> Iterator[Finding]:
    expected = 1
    for line in content:
        matched = _ARTICLE.match(line.text)
        # "Điều 5 của Luật" begins a sentence; an article has a stop after its number.
        if matched is None or not matched[2]:
            continue
        place = f"Điều {quoted(line.text)}"
        if not all(look.bold for look in line.look_at_start(len(matched[0]))):
            asked = "“Điều” và số thứ tự in đậm"
            yield Finding(place, "“Điều” và số thứ tự không đậm", asked, law.CONTENT)
        number = int(matched[1])
        if number != expected:
            seen = f"Điều {number} sau Điều {expected - 1}" if expected > 1 else f"Điều {number}"
            yield Finding(place, seen, f"Điều {expected}", law.CONTENT)
        expected = number + 1
