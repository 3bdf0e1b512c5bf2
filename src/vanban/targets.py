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
# đạt 12 xã · 500 mô hình
_COUNT = re.compile(
    rf"(?P<lead>đạt|ít nhất|tối thiểu|trên|hơn|phấn đấu(?: đạt| có)?|giảm|xuống(?: còn)?|lên|tăng"
    rf"|xây dựng(?: được)?|có|duy trì)\s+(?:(?:ít nhất|tối thiểu|trên"
    rf"|từ)\s+)?(?P<value>{_NUMBER})\s+"
    r"(?P<unit>mô hình|xã|phường|doanh nghiệp|lượt người|lượt|người|hộ|cơ sở|cuộc|lớp|trường"
    r"|sản phẩm|dự án|tỷ đồng|triệu đồng|ha|km|căn|điểm phần trăm|tổ chức|hợp tác xã|giường bệnh"
    r"|bác sĩ|giường|đơn vị|thôn|tấn|nghìn tỷ đồng|USD|tỷ USD|máy|bậc|hộ gia đình|ca|em"
    r"|học viên)\b",
    re.IGNORECASE,
)
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
_CLAUSE = re.compile(r"[;.]\s+|:\s+")


def find_targets(nodes: Sequence[Node]) -> tuple[Target, ...]:
    """All targets in order of their place."""
    found: list[Target] = []
    for node in nodes:
        if not node.text or node.kind == "row":
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
        if in_aims:
            found += _counts(node)
        found += _directions(node, in_aims)
    return tuple(found)


def _headings(node: Node, nodes: Sequence[Node]) -> list[str]:
    found, parent = [], node.parent
    while parent is not None:
        found.append(nodes[parent].text[:200])
        parent = nodes[parent].parent
    return found


def decimal(text: str) -> Decimal | None:
    """A number in Vietnamese notation: "1.234,5" → 1234.5; "12,5" → 12.5; "99.5" → 99.5."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a figure: from the last ";" or "." to the next."""
    first = 0
    for match in _CLAUSE.finditer(text, 0, start + 1):
        if match.end() <= start and not (match.group()[0] == ":" and start - match.end() > 200):
            first = match.end()
    stop = re.search(r";\s|[.](?:\s|$)", text[end:])
    return first, end + stop.start() if stop else len(text)


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
        tail = text[match.end() : match.end() + 12]
        if re.search(
            r"(?:đối\s+với|nếu|trường\s+hợp)[^.;]{0,120}\b(?:có\s+tỷ\s+lệ"
            r"|dưới)\s",
            text[first : match.end()],
            re.IGNORECASE,
        ) and re.search(r"dưới\s*$", text[: match.start()]):
            continue  # a condition, not an aim
        comparator = _comparator(text, first, match.start(), match["sign"], value)
        if re.match(r"\s*trở\s+lên", tail):
            comparator = ">="
        yield _target(node, value, "%", comparator, first, last, match.end(), in_aims)


def _counts(node: Node) -> Iterator[Target]:
    text = node.text
    for match in _COUNT.finditer(text):
        value = decimal(match["value"])
        first, last = _clause(text, match.start(), match.end())
        around = text[max(first, match.start() - 80) : min(last, match.end() + 40)]
        if re.search(r"\btừ\s*$", text[: match.start("value")]) and re.match(
            r"[^.;]{0,80}\b(?:xuống|lên)\b", text[match.end() :]
        ):
            continue  # "giảm từ 23 ca … xuống 18 ca": the second figure is the target
        if value is None or _DONE.search(around) or _NOT_TARGET.search(around):
            continue
        comparator = _comparator(text, first, match.start("value"), None, value)
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
    subject = squeeze(node.text[after:last].strip(" ,;.")) or squeeze(node.text[first:after])
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
