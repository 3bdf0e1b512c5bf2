"""Targets: indicators a text sets out to reach, as value, unit, comparator and subject.

"tối thiểu", "ít nhất", "phấn đấu", "trở lên" ask for at least; "trên" for more; "100 %" and
"đạt N" for exactly. Score thresholds, quotas, quorums, shares of money and results already
reached are no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from vanban.layout import Piece
from vanban.model import Comparator, Evidence, Target
from vanban.text import Anycase, squeeze, written
from vanban.tree import Node

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?(?:\.\d+)?"
# 100% · 95 % · 1.200,5%: the number as above, its first digit apart
_PERCENT = re.compile(
    r"(?P<value>\d(?<![\d,./].)(?:\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d*(?:,\d+)?(?:\.\d+)?))"
    r"\s*(?:%(?!\w)|phần\s+trăm\b)"
)
_SIGN = re.compile(r"[≥>≤<]=?\s*$")
_UNITS = (
    r"mô hình|xã|phường|doanh nghiệp|lượt người|lượt|người|hộ gia đình|hộ|cơ sở|cuộc|lớp|trường"
    r"|sản phẩm|dự án|nghìn tỷ đồng|tỷ đồng|triệu đồng|ha|km|căn|điểm phần trăm|tổ chức"
    r"|hợp tác xã|giường bệnh|giường|bác sĩ|đơn vị|thôn|ấp|khu phố|tổ dân phố|tấn|tỷ USD|USD"
    r"|triệu USD|máy|bậc|ca|em|học viên|lần|công trình|tin, bài|tin bài|buổi|hội nghị|thủ tục"
    r"|đảng viên|đoàn viên|hội viên|khu dân cư|lao động|chi bộ|đề tài"
    r"|dịch vụ|câu lạc bộ|tiêu chí|chuyên mục|chuyên trang|tuyến|tổ hợp tác|điển hình"
)
_ONE_TO_TEN = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
# "năm" is a year far more often than five
_WORDS_FOR_NUMBERS = "|".join(word for word in _ONE_TO_TEN if word != "năm")
# đạt 12 xã · 500 mô hình · ít nhất một cơ sở
_COUNT = Anycase(
    rf"(?:đạt|ít nhất|tối thiểu|trên|hơn|phấn đấu(?: đạt| có)?|giảm|xuống(?: còn)?|lên|tăng"
    rf"|xây dựng(?: được)?|có|còn|duy trì|tổ chức(?: được)?|thành lập|phát triển"
    rf"(?: thêm)?|kết nạp|trồng(?: mới)?|giải quyết việc làm cho|đào tạo(?: nghề)?(?: cho)?|thu hút"
    rf"|ra mắt|nhân rộng|hoàn thành|tuyên truyền cho|hỗ trợ(?: cho)?)\s+"
    rf"(?:(?:ít nhất|tối thiểu|trên|từ|được|thêm|dưới|không quá)\s+){{0,2}}"
    rf"(?P<value>{_NUMBER}|(?:{_WORDS_FOR_NUMBERS})(?=\s))"
    # 18/18 xã · từ 03 đến 05 mô hình
    rf"(?:\s?/\s?\d{{1,4}}|(?P<range>\s*(?:-|–|đến)\s*\d{{1,4}}))?\s+(?P<unit>{_UNITS})\b",
    opens=(
        "đạt", "ít", "tối", "trên", "hơn", "phấn", "giảm", "xuống", "lên", "tăng", "xây", "có",
        "còn", "duy", "tổ", "thành", "phát", "kết", "trồng", "giải", "đào", "thu", "ra", "nhân",
        "hoàn", "tuyên", "hỗ",
    ),
)  # fmt: skip
# outside the section of aims only what is plainly set: "phấn đấu mỗi xã có ít nhất 02 mô hình"
_SET_AIM = Anycase(r"phấn\s+đấu|chỉ\s+tiêu|mục\s+tiêu(?!\s+quốc)")
_AIM_HEADING = Anycase(r"chỉ\s+tiêu|mục\s+tiêu(?!\s+quốc)")
_AIM_WORDS = Anycase(
    r"phấn\s+đấu|chỉ\s+tiêu|mục\s+tiêu(?!\s+quốc)|bảo\s+đảm|đảm\s+bảo|ít\s+nhất|tối\s+thiểu|đạt\b"
    r"|trên\s+\d|100\s?%|≥|hoàn\s+thành|duy\s+trì|nâng|tăng|giảm"
)
_DONE = Anycase(
    r"(?:đã\s+(?:đạt|hoàn|có|giải|tăng|giảm)|ước\s+(?:đạt|tính|thực)|so\s+(?:với\s+)?cùng\s+kỳ"
    r"|kết\s+quả\s+đạt\s+được|thực\s+trạng|hiện\s+(?:nay|có|còn)|bình\s+quân\s+cả\s+nước"
    r"|tăng\s+trưởng\s+kinh\s+tế\s+\d+\s+tháng|chiếm|tính\s+đến|chưa\s+đạt|còn\s+thấp)"
)
_NOT_TARGET = Anycase(
    r"(?:xếp\s+loại|xếp\s+hạng|điểm\s+(?:số|trở|chuẩn|tối)|thang\s+điểm|đại\s+biểu\s+(?:tham|có)"
    r"|số\s+phiếu|cử\s+tri|tán\s+thành|mức\s+hỗ\s+trợ|hỗ\s+trợ\s+(?:tối\s+đa|\d|bằng)|thuế\s+suất"
    r"|lãi\s+suất"
    r"|vốn\s+góp|ngân\s+sách\s+(?:trung|địa|tỉnh|nhà)|kinh\s+phí|tổng\s+số\s+(?:phiếu|cử"
    r"|thành\s+viên)|quá\s+nửa|mức\s+phạt|đối\s+ứng|Chlorine|Cloramin|cồn|nồng\s+độ|tiêu\s+chuẩn"
    r"|bằng\s+khen|giấy\s+khen|khen\s+thưởng|tỷ\s+lệ\s+góp|định\s+mức|tổng\s+dự\s+toán)"
)
# the words just before a figure; whichever begins first counts: "không dưới" is no "dưới"
_COMPARED = Anycase(
    r"(?:(?P<most>không\s+(?:quá|vượt(?:\s+quá)?|cao\s+hơn)|tối\s+đa|xuống\s+còn)"
    r"|(?P<least>(?:ít\s+nhất|tối\s+thiểu|không\s+(?:dưới|thấp\s+hơn|ít\s+hơn)|từ)"
    r"(?:\s+(?:là|khoảng|đạt))?)"
    r"|(?P<less>dưới|thấp\s+hơn|nhỏ\s+hơn)"
    r"|(?P<more>trên|hơn|vượt|cao\s+hơn|tăng\s+trên|lớn\s+hơn))\s*$",
    opens=(
        "không", "tối", "xuống", "ít", "từ", "dưới", "thấp", "nhỏ", "trên", "hơn", "vượt", "cao",
        "tăng", "lớn",
    ),
)  # fmt: skip
_SAID: dict[str, Comparator] = {"most": "<=", "least": ">=", "less": "<", "more": ">"}
_STRIVE = Anycase(r"phấn\s+đấu")
_PERIOD = Anycase(
    r"(?:đến\s+(?:hết\s+)?(?:cuối\s+)?(?:năm|tháng|quý)\s+[\w/]+(?:\s+năm\s+\d{4})?"
    r"|(?:trong\s+)?năm\s+\d{4}|giai\s+đoạn\s+\d{4}\s?[-–]\s?\d{4}|h[àằ]ng\s+năm)",
    opens=("đến", "trong", "năm", "giai", "hàng", "hằng"),
)
# Phấn đấu nâng cao chỉ số cải cách hành chính … so với năm 2022
_DIRECTION = Anycase(
    r"(?P<start>(?:phấn\s+đấu\s+)?(?P<verb>nâng\s+cao|cải\s+thiện|tăng|giảm"
    r"|nâng)\s+(?:[\wà-ỹ]+\s+){0,2}?(?P<what>chỉ\s+số|tỷ\s+lệ|tỉ\s+lệ|mức\s+độ\s+hài\s+lòng"
    r"|thứ\s+hạng|điểm\s+số)\b[^.;]{0,160}?"
    r"(?:so\s+)?với\s+(?P<base>(?:cùng\s+kỳ\s+)?(?:năm\s+(?:\d{4}|trước|liền\s+kề)"
    r"|giai\s+đoạn\s+[\d\s\-–]+)))",
    opens=("phấn", "nâng", "cải", "tăng", "giảm"),
    needs=("chỉ số", "tỷ lệ", "tỉ lệ", "mức độ hài lòng", "thứ hạng", "điểm số"),
)
_RANGE = re.compile(rf"(?<![\d,./])(?P<low>{_NUMBER})\s*%?\s*[-–]\s*$")
_CLAUSE = re.compile(r"[;.:]\s+")


_TELLING = Anycase(r"đánh giá chung|kết quả (?:đạt|thực)|thực trạng|tình hình|khen thưởng|kinh phí")


@lru_cache(maxsize=256)
def _tells(heading: str) -> bool:
    """Does a heading announce what was or what it costs, and no aims?"""
    return bool(_TELLING.search(heading))


@lru_cache(maxsize=256)
def _aims(heading: str) -> bool:
    return bool(_AIM_HEADING.search(heading))


def find_targets(nodes: Sequence[Node]) -> tuple[Target, ...]:
    """All targets in order of their place."""
    found: list[Target] = []
    for node in nodes:
        if node.kind == "row":
            found += _row(node)
            continue
        if not node.text:
            continue
        above = _headings(node, nodes)
        if any(map(_tells, above)):
            continue
        in_aims = any(map(_aims, above)) or (
            bool(_AIM_HEADING.search(node.text, 0, 80)) and ":" in node.text[:200]
        )
        if len(node.text) > 12_000:
            node = replace(node, piece=next(node.piece.parts()))
        found += _percentages(node, in_aims)
        if in_aims or _SET_AIM.search(node.text):
            found += _counts(node, in_aims)
        found += _directions(node, in_aims)
    return tuple(found)


# the columns of a table of indicators
_OF_WHAT = re.compile(r"(?:tên\s+|nội\s+dung\s+)?(?:chỉ\s+tiêu|mục\s+tiêu)\b", re.IGNORECASE)
_IN_UNITS = re.compile(r"đơn\s+vị\s+tính|đvt\b", re.IGNORECASE)
_AIMED = re.compile(
    r"kế\s+hoạch|mục\s+tiêu|chỉ\s+tiêu|phấn\s+đấu|^(?:đến\s+)?năm\s+\d{4}$|giai\s+đoạn",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"thực\s+hiện|ước|kết\s+quả|hiện\s+trạng|ghi\s+chú|so\s+sánh", re.IGNORECASE)
# 95% · ≥ 30 · trên 80 · từ 90% trở lên
_FIGURE = re.compile(
    rf"(?P<sign>[≥>≤<]=?|trên|dưới|từ|ít nhất|tối thiểu|tối đa)?\s*(?P<value>{_NUMBER})\s*"
    r"(?P<share>%)?(?P<more>\s+trở\s+lên)?",
    re.IGNORECASE,
)
_SIGNS: dict[str, Comparator] = {
    "≥": ">=", ">=": ">=", ">": ">", "≤": "<=", "<=": "<=", "<": "<", "trên": ">", "dưới": "<",
    "từ": ">=", "ít nhất": ">=", "tối thiểu": ">=", "tối đa": "<=",
}  # fmt: skip


def _row(node: Node) -> Iterator[Target]:
    """A row "Tỷ lệ hồ sơ đúng hạn | % | 98" under "Chỉ tiêu | Đơn vị tính | Năm 2024"."""
    if len(node.columns) != len(node.cells):
        return
    cells = list(zip(node.columns, node.cells, strict=True))
    what = next((cell for column, cell in cells if _OF_WHAT.match(column)), None)
    counted = next((cell.text for column, cell in cells if _IN_UNITS.search(column)), None)
    if what is None or not what.text or counted is None:
        return
    for column, cell in cells:
        if cell is what or not _AIMED.search(column) or _MEASURED.search(column):
            continue
        figure = _FIGURE.fullmatch(cell.text.strip())
        value = decimal(figure["value"]) if figure else None
        if figure is None or value is None:
            continue
        comparator: Comparator = _SIGNS[figure["sign"].lower()] if figure["sign"] else "="
        period = _PERIOD.search(column)
        yield Target(
            value,
            "%" if figure["share"] else squeeze(counted) or None,
            ">=" if figure["more"] else comparator,
            squeeze(what.text),
            period and squeeze(written(column, period)),
            node.index,
            what.piece.span(),
            Evidence(0.85, "Một dòng của bảng chỉ tiêu."),
        )


def _headings(node: Node, nodes: Sequence[Node]) -> list[str]:
    found, parent = [], node.parent
    while parent is not None:
        found.append(nodes[parent].text[:200])
        parent = nodes[parent].parent
    return found


def decimal(text: str) -> Decimal | None:
    """A number in Vietnamese notation: "1.234,5" → 1234.5; "12,5" → 12.5; "99.5" → 99.5."""
    if text.lower() in _ONE_TO_TEN:
        return Decimal(_ONE_TO_TEN[text.lower()])
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


_CLAUSE_END = re.compile(r";\s|[.](?:\s|$)")
#: Characters within which the clause of a figure begins and ends; real clauses have hundreds.
_FAR = 1_500


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a figure: from the last ";" or "." to the next, within a bound."""
    first = low = max(0, start - _FAR)
    high = min(len(text), end + _FAR)
    for match in _CLAUSE.finditer(text, low, start + 1):
        if match.end() <= start and not (match.group()[0] == ":" and start - match.end() > 200):
            first = match.end()
    stop = _CLAUSE_END.search(text, end, high)
    return first, stop.start() if stop else high


def _comparator(text: str, first: int, start: int, sign: str | None, value: Decimal) -> Comparator:
    if sign:
        mark = sign.strip()
        return {"≥": ">=", ">=": ">=", ">": ">", "≤": "<=", "<=": "<=", "<": "<"}.get(mark, ">=")  # type: ignore[return-value]
    if said := _COMPARED.search(text, max(first, start - 60), start):
        return _SAID[said.lastgroup or "least"]
    if value == 100:
        return "="
    if _STRIVE.search(text, first, start):
        return ">="
    return "="


_IN_BRACKETS = re.compile(r"\(\s*[^)]{0,30}$")
_ALL_OR_STRIVE = Anycase(r"phấn\s+đấu|100\s?%")
_CONDITION = Anycase(
    r"(?:đối\s+với|nếu|trường\s+hợp)[^.;]{0,120}\b(?:có\s+tỷ\s+lệ|dưới)\s",
    opens=("đối", "nếu", "trường"),
)
_BELOW = re.compile(r"dưới\s*$")
_UPWARDS = re.compile(r"\s*trở\s+lên")


def _percentages(node: Node, in_aims: bool) -> Iterator[Target]:
    text = node.text
    if "%" not in text and "phần trăm" not in text:
        return
    for match in _PERCENT.finditer(text):
        value = decimal(match["value"])
        if value is None:
            continue
        sign = _SIGN.search(text, max(0, match.start() - 6), match.start())
        start = sign.start() if sign else match.start()
        first, last = _clause(text, start, match.end())
        around = max(first, start - 120), min(last, match.end() + 60)
        if _DONE.search(text, *around) or _IN_BRACKETS.search(text, max(0, start - 32), start):
            continue
        if not in_aims:
            if not _AIM_WORDS.search(text, max(0, text.rfind(". ", 0, start) + 1), last):
                continue
            if _NOT_TARGET.search(text, first, last):
                continue
        elif _NOT_TARGET.search(text, *around) and not _ALL_OR_STRIVE.search(text, first, last):
            continue
        if _is_start(text, match.start("value"), match.end()):
            continue
        if _BELOW.search(text, max(0, start - 12), start) and _CONDITION.search(
            text, first, match.end()
        ):
            continue  # a condition, not an aim
        comparator = _comparator(text, first, start, sign and sign.group(), value)
        if _UPWARDS.match(text, match.end(), match.end() + 12):
            comparator = ">="
        if spread := _RANGE.search(text, max(0, start - 12), match.start()):
            # "đạt 8 - 10%": whoever reaches 8 has reached it
            value, comparator = decimal(spread["low"]) or value, ">="
        yield _target(node, value, "%", comparator, first, last, match.end(), in_aims)


_OR_MORE = Anycase(r"\s*(?:[^,.;]{0,40}\s)?trở\s+lên")
_SINCE = Anycase(r"\btừ\s*$")
_REACHES = Anycase(r"(?:[^.;]|\.\d){0,80}?\b(?:xuống|lên)\s+(?:còn\s+)?(?:\w+\s+){0,2}\d")


def _is_start(text: str, start: int, end: int) -> bool:
    """ "giảm từ 23 ca … xuống 18 ca": the first figure is where things stand, not the aim."""
    return bool(_SINCE.search(text, max(0, start - 8), start) and _REACHES.match(text, end))


def _counts(node: Node, in_aims: bool) -> Iterator[Target]:
    text = node.text
    for match in _COUNT.finditer(text):
        value = decimal(match["value"])
        first, last = _clause(text, match.start(), match.end())
        around = max(first, match.start() - 80), min(last, match.end() + 40)
        if _is_start(text, match.start("value"), match.end("value")):
            continue
        if not in_aims and not _SET_AIM.search(text, first, match.end()):
            continue
        if value is None or _DONE.search(text, *around) or _NOT_TARGET.search(text, *around):
            continue
        if _PERCENT.search(text, first, match.start()):
            continue  # "100% xã mỗi quý có ít nhất 04 tin": the count says what the 100% must have
        comparator = _comparator(text, first, match.start("value"), None, value)
        if match["range"] or _OR_MORE.match(text, match.end(), last):
            comparator = ">="
        yield _target(
            node,
            value,
            squeeze(written(text, match, "unit")),
            comparator,
            first,
            last,
            match.end(),
            True,
        )


def _directions(node: Node, in_aims: bool) -> Iterator[Target]:
    text = node.text
    for match in _DIRECTION.finditer(text):
        if not in_aims and not _STRIVE.search(match.group()):
            continue
        if re.search(r"\d\s*%", match.group()):
            continue
        comparator: Comparator = "<" if match["verb"] == "giảm" else ">"
        words = node.piece.slice(match.start("start"), match.end())
        subject = squeeze(text[match.start("what") : match.end()])
        yield Target(
            None,
            squeeze(match["what"]),
            comparator,
            subject,
            squeeze(written(text, match, "base")),
            node.index,
            words.span(),
            Evidence(0.75, "Chỉ nêu hướng tăng, giảm so với kỳ trước, không nêu số."),
        )


_WHEN_ONLY = re.compile(
    r"(?:/\s?(?:năm|tháng|quý)\s*)?(?:trở\s+lên\s*,?\s*)?(?:(?:vào|đến|trong|từ|so\s+với|hết|cuối|mỗi|hằng|hàng)\b[^,;]*)?$",
    re.IGNORECASE,
)
_LEAD_TO_VALUE = re.compile(
    rf"\s*(?:(?:phấn\s+đấu|đạt|ít\s+nhất|tối\s+thiểu|trên|dưới|từ|là|có|còn|xuống|lên|không\s+quá"
    rf"|không\s+dưới|tỷ\s+lệ|khoảng|[≥≤<>]=?|[-–])\s*|(?>(?<!\d)(?:{_NUMBER}))\s*%?\s*)++$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:(?:phấn\s+đấu|chỉ\s+tiêu\s+\d+\s*:|đến\s+(?:hết\s+)?(?:cuối\s+)?năm\s+\d{4}\s*[,:]?)\s*)+",
    re.IGNORECASE,
)


def _subject(text: str, first: int, after: int, last: int) -> str:
    """What is measured: behind the figure ("95% hồ sơ trực tuyến") or, failing that, before it.

    "Tỷ lệ hồ sơ đúng hạn đạt từ 98% trở lên" → "Tỷ lệ hồ sơ đúng hạn".
    """
    behind = squeeze(text[after:last].strip(" ,;."))
    if not _WHEN_ONLY.match(behind):
        return behind
    before = _LEAD_TO_VALUE.sub("", _OPENS.sub("", text[first:after].strip(), count=1))
    return squeeze(before.strip(" ,;.:")) or behind or squeeze(text[first:after])


def _target(
    node: Node,
    value: Decimal,
    unit: str,
    comparator: Comparator,
    first: int,
    last: int,
    after: int,
    sure: bool,
) -> Target:
    words: Piece = node.piece.slice(first, last)
    subject = _subject(node.text, first, after, last)
    # "Đến hết năm 2030: có 60% …": the period may stand before the colon
    opening = first if first > 80 else 0
    period = _PERIOD.search(node.text, first, last) or _PERIOD.search(node.text, opening, last)
    return Target(
        value,
        unit,
        comparator,
        subject,
        period and squeeze(written(node.text, period)),
        node.index,
        words.span(),
        Evidence(
            0.9 if sure else 0.7, "Có số và đơn vị" + (" trong mục chỉ tiêu." if sure else ".")
        ),
    )
