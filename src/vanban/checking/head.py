"""The head of page 1: nation, bodies, number, place and date (Phụ lục I, phần I, II.1–II.4)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vanban.checking import findings as law
from vanban.checking.components import TYPES, Components
from vanban.checking.findings import Finding, decimal, quoted
from vanban.checking.judging import Asked, judged
from vanban.checking.lines import Line, folded
from vanban.writing.frame import MOTTO, NATIONAL_TITLE
from vanban.writing.widths import width_mm

_NUMBER = re.compile(r"(?P<label>Số\s*:?)\s*(?P<number>[^/]*?)\s*(?P<stroke>/)(?P<symbol>.*)")
_DATE = re.compile(
    r"(?P<place>.*?)(?P<comma>,?)\s*ngày\s*(?P<day>\d*)[\s.…]*tháng\s*(?P<month>\d*)[\s.…]*"
    r"năm\s*(?P<year>\d*)[\s.…]*"
)


def head_findings(found: Components) -> Iterator[Finding]:
    """Findings on every component above the type name."""
    yield from _nation(found)
    yield from _bodies(found)
    yield from _number(found)
    yield from _date(found)


def _nation(found: Components) -> Iterator[Finding]:
    if found.nation is None:
        yield Finding("Quốc hiệu", "không có", f"“{NATIONAL_TITLE}”", law.NATION)
    else:
        if folded(found.nation.text) != folded(NATIONAL_TITLE):
            where = quoted(found.nation.text)
            yield Finding("Quốc hiệu", f"viết là {where}", f"“{NATIONAL_TITLE}”", law.NATION)
        asked = Asked((12, 13), bold=True, italic=False, capitals=True)
        yield from judged("Quốc hiệu", [found.nation], asked, law.NATION)
    if found.motto is None:
        yield Finding("Tiêu ngữ", "không có", f"“{MOTTO}”", law.NATION)
        return
    if found.motto.text != MOTTO:
        where = quoted(found.motto.text)
        asked_text = f"“{MOTTO}”, chữ cái đầu viết hoa, gạch nối có cách chữ"
        yield Finding("Tiêu ngữ", f"viết là {where}", asked_text, law.NATION)
    asked = Asked((13, 14), bold=True, italic=False)
    yield from judged("Tiêu ngữ", [found.motto], asked, law.NATION)
    yield from _rule("Tiêu ngữ", found, found.motto, (0.85, 1.15), "dài bằng dòng chữ", law.NATION)


def _bodies(found: Components) -> Iterator[Finding]:
    if found.nation is None:
        return
    if not found.issuer:
        if found.head_table:
            asked_text = "tên cơ quan, tổ chức ban hành ở ô bên trái Quốc hiệu"
            yield Finding("Tên cơ quan ban hành", "không có", asked_text, law.ISSUER)
        return
    own, other = found.nation.spot, found.issuer[0].spot
    if own and other and own.column < other.column:
        asked_text = "Quốc hiệu bên phải, tên cơ quan bên trái"
        yield Finding("Quốc hiệu", "đặt bên trái tên cơ quan", asked_text, law.NATION)
    asked = Asked((12, 13), bold=True, italic=False, capitals=True, align="center")
    yield from judged("Tên cơ quan ban hành", found.issuer, asked, law.ISSUER)
    if found.superior:
        asked = Asked((12, 13), bold=False, italic=False, capitals=True, align="center")
        yield from judged("Tên cơ quan chủ quản", found.superior, asked, law.ISSUER)
    asked_text = "dài từ 1/3 đến 1/2 dòng chữ"
    last = found.issuer[-1]
    yield from _rule("Tên cơ quan ban hành", found, last, (0.3, 0.55), asked_text, law.ISSUER)


def _rule(
    name: str,
    found: Components,
    above: Line,
    share: tuple[float, float],
    asked: str,
    article: str,
) -> Iterator[Finding]:
    """The rule below a line: a border, or any drawing in the head (its length is not read)."""
    if not found.head_table or above.spot is None:
        return
    cell = [line for line in found.head_table if line.spot == above.spot]
    at = next(place for place, line in enumerate(cell) if line is above)
    below = next((line for line in cell[at + 1 : at + 2] if not line.text), None)
    bordered: Line | None = None
    if above.shape.border_below:
        bordered = above
    elif below is not None and (below.shape.border_above or below.shape.border_below):
        bordered = below
    if bordered is None:
        if any(line.drawn for line in found.head_table):
            return
        if any(look.underlined for look in above.looks):
            text = f"đường kẻ ngang, nét liền, {asked}"
            yield Finding(name, "gạch chân dòng chữ", text, article, "warning")
        else:
            text = f"đường kẻ ngang, nét liền, {asked}"
            yield Finding(name, "không có đường kẻ bên dưới", text, article)
        return
    looks = above.looks
    if not above.spot.width_mm or not looks:
        return
    length = above.spot.width_mm - bordered.shape.left_mm - bordered.shape.right_mm
    text_mm = width_mm(above.text, looks[0].size_pt, bold=looks[0].bold)
    low, high = share
    if not low <= length / max(text_mm, 1) <= high:
        seen = f"đường kẻ dài {decimal(length)} mm, dòng chữ dài {decimal(text_mm)} mm"
        yield Finding(name, seen, f"đường kẻ {asked}", article)


def _number(found: Components) -> Iterator[Finding]:
    line = found.number
    if line is None:
        yield Finding("Số, ký hiệu", "không có", "“Số: …/ký hiệu”", law.NUMBER)
        return
    place = f"Số, ký hiệu {quoted(line.text)}"
    matched = _NUMBER.fullmatch(line.text)
    if matched is None:
        yield Finding(place, "không đúng dạng", "“Số: số/ký hiệu”", law.NUMBER)
    else:
        yield from _number_text(place, matched, found)
    asked = Asked((13, 13), bold=False, italic=False)
    yield from judged("Số, ký hiệu", [line], asked, law.NUMBER)


def _number_text(place: str, matched: re.Match[str], found: Components) -> Iterator[Finding]:
    if not matched["label"].endswith(":"):
        yield Finding(place, "sau “Số” không có dấu hai chấm", "“Số:”", law.NUMBER)
    number, symbol = matched["number"].strip(" .…_"), matched["symbol"].strip()
    if re.fullmatch(r"[1-9]", number):
        yield Finding(place, f"số {number}", f"số 0{number} (thêm số 0 phía trước)", law.NUMBER)
    written = matched[0][matched.start("number") - matched.start() :]
    spaced = number and re.search(r"\s/|/\s|\s-|-\s", written)
    if spaced:
        asked = "không cách chữ giữa số, dấu gạch và ký hiệu"
        yield Finding(place, "có cách chữ quanh dấu gạch", asked, law.NUMBER, "warning")
    symbol = re.sub(r"\s+", "", symbol)
    first = re.sub(r"^\d{4}/", "", symbol).split("-")[0]
    if found.type_name is None:
        return
    asked_first = TYPES[found.type_name]
    if first != asked_first:
        yield Finding(
            place,
            f"ký hiệu bắt đầu bằng {quoted(first)}",
            f"“{asked_first}” cho {found.type_name.capitalize()}",
            law.ABBREVIATIONS,
        )


def _date(found: Components) -> Iterator[Finding]:
    line = found.date
    if line is None:
        asked_text = "“Địa danh, ngày … tháng … năm …”"
        yield Finding("Địa danh và thời gian", "không có", asked_text, law.PLACE_DATE)
        return
    place = f"Địa danh và thời gian {quoted(line.text)}"
    matched = _DATE.fullmatch(line.text)
    if matched is None or not matched["place"].strip():
        asked_text = "“Địa danh, ngày … tháng … năm …”"
        yield Finding(place, "không đúng dạng", asked_text, law.PLACE_DATE)
    else:
        yield from _date_text(place, matched)
    asked = Asked((13, 14), bold=False, italic=True)
    yield from judged("Địa danh và thời gian", [line], asked, law.PLACE_DATE)


def _date_text(place: str, matched: re.Match[str]) -> Iterator[Finding]:
    if not matched["comma"]:
        asked_text = "dấu phẩy sau địa danh"
        yield Finding(place, "sau địa danh không có dấu phẩy", asked_text, law.PLACE_DATE)
    day, month, year = matched["day"], matched["month"], matched["year"]
    if len(day) == 1:
        yield Finding(place, f"ngày {day}", f"ngày 0{day}", law.PLACE_DATE)
    if month in ("1", "2"):
        yield Finding(place, f"tháng {month}", f"tháng 0{month}", law.PLACE_DATE)
    elif re.fullmatch(r"0[3-9]", month):
        asked_text = f"tháng {month[1]} (chỉ tháng 1, 2 thêm số 0)"
        yield Finding(place, f"tháng {month}", asked_text, law.PLACE_DATE, "warning")
    if day and month and year:
        try:
            dt.date(int(year), int(month), int(day))
        except ValueError:
            asked_text = "ngày, tháng, năm có thật"
            yield Finding(place, f"ngày {day}/{month}/{year}", asked_text, law.PLACE_DATE)
