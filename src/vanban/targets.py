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

from vanban.layout import Piece
from vanban.model import Comparator, Evidence, Target
from vanban.text import squeeze, vi_regex
from vanban.tree import Node

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?(?:\.\d+)?"
# 100% · ≥ 30% · 95 %
_PERCENT = re.compile(rf"(?P<sign>[≥>≤<]=?\s*)?(?<![\d,./])(?P<value>{_NUMBER})\s*%(?!\w)")
_UNITS = (
    r"mô hình|xã|phường|doanh nghiệp|lượt người|lượt|người|hộ gia đình|hộ|cơ sở|cuộc|lớp|trường"
    r"|sản phẩm|dự án|nghìn tỷ đồng|tỷ đồng|triệu đồng|ha|km|căn|điểm phần trăm|tổ chức"
    r"|hợp tác xã|giường bệnh|giường|bác sĩ|đơn vị|thôn|ấp|khu phố|tổ dân phố|tấn|tỷ USD|USD"
    r"|triệu USD|máy|bậc|ca|em|học viên|lần|công trình|tin, bài|tin bài|buổi|hội nghị|thủ tục"
    r"|dịch vụ|câu lạc bộ|tiêu chí|chuyên mục|chuyên trang|tuyến|tổ hợp tác|điển hình"
)
_ONE_TO_TEN = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
# "năm" is a year far more often than five
_WORDS_FOR_NUMBERS = "|".join(word for word in _ONE_TO_TEN if word != "năm")
# đạt 12 xã · 500 mô hình · ít nhất một cơ sở
_COUNT = re.compile(
    rf"(?P<lead>đạt|ít nhất|tối thiểu|trên|hơn|phấn đấu(?: đạt| có)?|giảm|xuống(?: còn)?|lên|tăng"
    rf"|xây dựng(?: được)?|có|còn|duy trì|tổ chức(?: được)?|thành lập|phát triển"
    rf"(?: thêm)?)\s+(?:(?:ít nhất|tối thiểu|trên|từ|được|thêm|dưới|không quá)\s+){{0,2}}"
    rf"(?P<value>{_NUMBER}|(?:{_WORDS_FOR_NUMBERS})(?=\s))\s+(?P<unit>{_UNITS})\b",
    re.IGNORECASE,
)
# outside the section of aims only what is plainly set: "phấn đấu mỗi xã có ít nhất 02 mô hình"
_SET_AIM = re.compile(r"phấn\s+đấu|chỉ\s+tiêu|mục\s+tiêu(?!\s+quốc)", re.IGNORECASE)
_AIM_HEADING = re.compile(r"chỉ\s+tiêu|mục\s+tiêu(?!\s+quốc)", re.IGNORECASE)
_AIM_WORDS = re.compile(
    r"phấn\s+đấu|chỉ\s+tiêu|mục\s+tiêu(?!\s+quốc)|bảo\s+đảm|đảm\s+bảo|ít\s+nhất|tối\s+thiểu|đạt\b"
    r"|trên\s+\d|100\s?%|≥|hoàn\s+thành|duy\s+trì|nâng|tăng|giảm",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:đã\s+(?:đạt|hoàn|có|giải|tăng|giảm)|ước\s+(?:đạt|tính|thực)|so\s+(?:với\s+)?cùng\s+kỳ"
    r"|kết\s+quả\s+đạt\s+được|thực\s+trạng|hiện\s+(?:nay|có|còn)|bình\s+quân\s+cả\s+nước"
    r"|tăng\s+trưởng\s+kinh\s+tế\s+\d+\s+tháng|chiếm|tính\s+đến|chưa\s+đạt|còn\s+thấp)",
    re.IGNORECASE,
)
_NOT_TARGET = re.compile(
    r"(?:xếp\s+loại|xếp\s+hạng|điểm\s+(?:số|trở|chuẩn|tối)|thang\s+điểm|đại\s+biểu\s+(?:tham|có)"
    r"|số\s+phiếu|cử\s+tri|tán\s+thành|mức\s+hỗ\s+trợ|hỗ\s+trợ\s+(?:tối\s+đa|\d|bằng)|thuế\s+suất"
    r"|lãi\s+suất"
    r"|vốn\s+góp|ngân\s+sách\s+(?:trung|địa|tỉnh|nhà)|kinh\s+phí|tổng\s+số\s+(?:phiếu|cử"
    r"|thành\s+viên)|quá\s+nửa|mức\s+phạt|đối\s+ứng|Chlorine|Cloramin|cồn|nồng\s+độ|tiêu\s+chuẩn"
    r"|bằng\s+khen|giấy\s+khen|khen\s+thưởng|tỷ\s+lệ\s+góp|định\s+mức|tổng\s+dự\s+toán)",
    re.IGNORECASE,
)
_NEAR_LEAST = re.compile(
    r"(?:ít\s+nhất|tối\s+thiểu|không\s+(?:dưới|thấp\s+hơn|ít\s+hơn)"
    r"|từ)\s*(?:là\s+|khoảng\s+|đạt\s+)?$",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:trên|hơn|vượt|cao\s+hơn|tăng\s+trên|lớn\s+hơn)\s*$", re.IGNORECASE)
_AT_MOST = re.compile(
    r"(?:không\s+(?:quá|vượt(?:\s+quá)?|cao\s+hơn)|tối\s+đa"
    r"|xuống\s+còn)\s*$",
    re.IGNORECASE,
)
_LESS = re.compile(r"(?:dưới|thấp\s+hơn|nhỏ\s+hơn)\s*$", re.IGNORECASE)
_STRIVE = re.compile(r"phấn\s+đấu", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:đến\s+(?:hết\s+)?(?:cuối\s+)?(?:năm|tháng|quý)\s+[\w/]+(?:\s+năm\s+\d{4})?"
    r"|(?:trong\s+)?năm\s+\d{4}|giai\s+đoạn\s+\d{4}\s?[-–]\s?\d{4}|h[àằ]ng\s+năm)",
    re.IGNORECASE,
)
# Phấn đấu nâng cao chỉ số cải cách hành chính … so với năm 2022
_DIRECTION = vi_regex(
    r"(?P<start>(?:phấn\s+đấu\s+)?(?P<verb>nâng\s+cao|cải\s+thiện|tăng|giảm"
    r"|nâng)\s+(?:[\wà-ỹ]+\s+){0,2}?(?P<what>chỉ\s+số|tỷ\s+lệ|tỉ\s+lệ|mức\s+độ\s+hài\s+lòng"
    r"|thứ\s+hạng|điểm\s+số)\b[^.;]{0,160}?"
    r"(?:so\s+)?với\s+(?P<base>(?:cùng\s+kỳ\s+)?(?:năm\s+(?:\d{4}|trước|liền\s+kề)"
    r"|giai\s+đoạn\s+[\d\s\-–]+)))",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(?<![\d,./])(?P<low>{_NUMBER})\s*%?\s*[-–]\s*$")
_CLAUSE = re.compile(r"[;.]\s+|:\s+")


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
        in_aims = any(_AIM_HEADING.search(h) for h in above) or (
            bool(_AIM_HEADING.search(node.text[:80])) and bool(re.search(r":", node.text[:200]))
        )
        if any(
            re.search(
                r"đánh giá chung|kết quả (?:đạt|thực)|thực trạng|tình hình|khen thưởng"
                r"|kinh phí",
                h,
                re.IGNORECASE,
            )
            for h in above
        ):
            continue
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
        period = _PERIOD.search(column) or re.search(r"năm\s+\d{4}", column, re.IGNORECASE)
        yield Target(
            value,
            "%" if figure["share"] else squeeze(counted) or None,
            ">=" if figure["more"] else comparator,
            squeeze(what.text),
            period and squeeze(period.group()),
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
    before = text[max(first, start - 60) : start]
    if _AT_MOST.search(before):
        return "<="
    if _LESS.search(before):
        return "<"
    if _NEAR_LEAST.search(before):
        return ">="
    if _MORE.search(before):
        return ">"
    if value == 100:
        return "="
    if _STRIVE.search(text[first:start]):
        return ">="
    return "="


def _percentages(node: Node, in_aims: bool) -> Iterator[Target]:
    text = node.text
    for match in _PERCENT.finditer(text):
        value = decimal(match["value"])
        if value is None:
            continue
        first, last = _clause(text, match.start(), match.end())
        clause = text[first:last]
        around = text[max(first, match.start() - 120) : min(last, match.end() + 60)]
        if _DONE.search(around) or re.search(
            r"\($|\(\s*[^)]{0,30}$", text[max(0, match.start() - 32) : match.start()]
        ):
            continue
        if not in_aims:
            sentence = text[max(0, text.rfind(". ", 0, match.start()) + 1) : last]
            if not _AIM_WORDS.search(sentence):
                continue
            if _NOT_TARGET.search(clause):
                continue
        elif _NOT_TARGET.search(around) and not re.search(
            r"phấn\s+đấu|100\s?%", clause, re.IGNORECASE
        ):
            continue
        if _is_start(text, match.start("value"), match.end()):
            continue
        tail = text[match.end() : match.end() + 12]
        if re.search(
            r"(?:đối\s+với|nếu|trường\s+hợp)[^.;]{0,120}\b(?:có\s+tỷ\s+lệ"
            r"|dưới)\s",
            text[first : match.end()],
            re.IGNORECASE,
        ) and re.search(r"dưới\s*$", text[max(0, match.start() - 12) : match.start()]):
            continue  # a condition, not an aim
        comparator = _comparator(text, first, match.start(), match["sign"], value)
        if re.match(r"\s*trở\s+lên", tail):
            comparator = ">="
        if spread := _RANGE.search(text, max(0, match.start() - 12), match.start("value")):
            # "đạt 8 - 10%": whoever reaches 8 has reached it
            value, comparator = decimal(spread["low"]) or value, ">="
        yield _target(node, value, "%", comparator, first, last, match.end(), in_aims)


_OR_MORE = re.compile(r"\s*(?:[^,.;]{0,40}\s)?trở\s+lên", re.IGNORECASE)
_REACHES = re.compile(
    r"(?:[^.;]|\.\d){0,80}?\b(?:xuống|lên)\s+(?:còn\s+)?(?:\w+\s+){0,2}\d", re.IGNORECASE
)


def _is_start(text: str, start: int, end: int) -> bool:
    """ "giảm từ 23 ca … xuống 18 ca": the first figure is where things stand, not the aim."""
    return bool(
        re.search(r"\btừ\s*$", text[max(0, start - 8) : start], re.IGNORECASE)
        and _REACHES.match(text, end)
    )


def _counts(node: Node, in_aims: bool) -> Iterator[Target]:
    text = node.text
    for match in _COUNT.finditer(text):
        value = decimal(match["value"])
        first, last = _clause(text, match.start(), match.end())
        around = text[max(first, match.start() - 80) : min(last, match.end() + 40)]
        if _is_start(text, match.start("value"), match.end("value")):
            continue
        if not in_aims and not _SET_AIM.search(text[first : match.end()]):
            continue
        if value is None or _DONE.search(around) or _NOT_TARGET.search(around):
            continue
        if _PERCENT.search(text, first, match.start()):
            continue  # "100% xã mỗi quý có ít nhất 04 tin": the count says what the 100% must have
        comparator = _comparator(text, first, match.start("value"), None, value)
        if _OR_MORE.match(text, match.end(), last):
            comparator = ">="
        yield _target(
            node, value, squeeze(match["unit"]), comparator, first, last, match.end(), True
        )


def _directions(node: Node, in_aims: bool) -> Iterator[Target]:
    text = node.text
    for match in _DIRECTION.finditer(text):
        if not in_aims and not _STRIVE.search(match.group()):
            continue
        if re.search(r"\d\s*%", match.group()):
            continue
        comparator: Comparator = "<" if match["verb"].lower() == "giảm" else ">"
        words = node.piece.slice(match.start("start"), match.end())
        subject = squeeze(text[match.start("what") : match.end()])
        yield Target(
            None,
            squeeze(match["what"]).lower(),
            comparator,
            subject,
            squeeze(match["base"]),
            node.index,
            words.span(),
            Evidence(0.75, "Chỉ nêu hướng tăng, giảm so với kỳ trước, không nêu số."),
        )


_WHEN_ONLY = re.compile(
    r"(?:trở\s+lên\s*,?\s*)?(?:(?:vào|đến|trong|từ|so\s+với|hết|cuối|mỗi|hằng|hàng)\b[^,;]*)?$",
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
        period and squeeze(period.group()),
        node.index,
        words.span(),
        Evidence(
            0.9 if sure else 0.7, "Có số và đơn vị" + (" trong mục chỉ tiêu." if sure else ".")
        ),
    )
