"""Which limits in a passage bind somebody, and how far each reaches.

A date is no limit when it says when a text was signed, took effect or when rain fell; "hằng năm"
is one only where a report or a review is asked.
"""

from __future__ import annotations

import re

from vanban.dates import Limit, find_limits
from vanban.layout import Piece
from vanban.model import Due

REPORTING = re.compile(
    r"báo\s+cáo|gửi|sơ\s+kết|tổng\s+kết|tổng\s+hợp|đánh\s+giá|rà\s+soát"
    r"|kiểm\s+tra|họp|giao\s+ban",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"báo\s+cáo|sơ\s+kết|tổng\s+kết", re.IGNORECASE)
NO_LIMIT = re.compile(
    r"(?:có\s+hiệu\s+lực|ban\s+hành|thông\s+qua|ký|thành\s+lập|tính|thi\s+hành|kỷ\s+niệm|bầu\s+cử"
    r"|ra\s+đời|áp\s+dụng|diễn\s+ra|được\s+cấp|tổ\s+chức\s+vào)\s*(?:kể\s+)?(?:từ\s+)?$",
    re.IGNORECASE,
)


def limits_in(text: str, start: int, end: int) -> list[Limit]:
    """Limits of obligations between two offsets."""
    kept = []
    for limit in find_limits(text[:end]):
        if limit.start < start:
            continue
        before = text[max(0, limit.start - 30) : limit.start]
        if NO_LIMIT.search(before):
            continue
        if limit.kind == "period" and not re.search(
            r"thời\s+gian|đợt|thực\s+hiện|triển\s+khai"
            r"|tổ\s+chức",
            before,
            re.IGNORECASE,
        ):
            continue
        if limit.kind == "recurrent":
            a, b = clause_of(text, start, end, limit)
            opens = limit.start - a < 3 or re.match(r"định", limit.text, re.IGNORECASE)
            if not (REPORTING if opens else _REPORTS).search(text[a:b]):
                continue
        if (
            limit.wording == "within"
            and limit.kind == "rule"
            and not re.search(
                r"(?:xong|hoàn\s+thành|trình|ban\s+hành|báo\s+cáo"
                r"|gửi)",
                text[max(0, limit.start - 70) : limit.end],
                re.IGNORECASE,
            )
        ):
            continue
        around = text[max(start, limit.start - 80) : limit.end + 60]
        if (
            limit.kind == "relative"
            and limit.text[:3].lower() == "sau"
            and not re.search(r"báo\s+cáo|gửi", around)
        ):
            continue
        if (
            limit.wording == "on"
            and not limit.date
            and not re.search(r"h[àằ]ng|mỗi|quý|tháng", limit.text, re.IGNORECASE)
        ):
            continue
        kept.append(limit)
    if len(kept) > 1:
        bare = [
            k
            for k in kept
            if k.kind == "recurrent" and re.fullmatch(r"định\s+kỳ", k.text, re.IGNORECASE)
        ]
        for limit in bare:
            a, b = clause_of(text, start, end, limit)
            if any(k is not limit and a <= k.start < b for k in kept):
                kept.remove(limit)
    return kept


def clause_of(text: str, start: int, end: int, limit: Limit) -> tuple[int, int]:
    a = max(
        (m.end() for m in re.finditer(r"[;.]\s", text[: limit.start]) if m.end() >= start),
        default=start,
    )
    stop = re.search(r"[;.](?:\s|$)", text[limit.end : end])
    return a, limit.end + stop.start() if stop else end


def due_of(piece: Piece, limit: Limit) -> Due:
    return Due(
        limit.text,
        limit.wording,
        limit.date,
        None if limit.date else limit.text,
        piece.span(limit.start, limit.end),
    )
