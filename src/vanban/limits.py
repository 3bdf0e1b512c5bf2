"""Which limits in a passage bind somebody, and how far each reaches.

A date is no limit when it says when a text was signed, took effect or when rain fell; "hằng năm"
is one only where a report or a review is asked.
"""

from __future__ import annotations

import re

from vanban.dates import Limit, find_limits
from vanban.layout import Piece
from vanban.model import Due
from vanban.text import Anycase

REPORTING = Anycase(
    r"báo\s+cáo|gửi|sơ\s+kết|tổng\s+kết|tổng\s+hợp|đánh\s+giá|rà\s+soát"
    r"|kiểm\s+tra|họp|giao\s+ban"
)
_REPORTS = Anycase(r"báo\s+cáo|sơ\s+kết|tổng\s+kết")
# "ban hành ngày …" dates a text, "ban hành trước ngày …" limits a task
_ISSUED = Anycase(r"(?:ban\s+hành|thông\s+qua|áp\s+dụng)\s*$")
_CARRIED_OUT = Anycase(r"thời\s+gian|đợt|thực\s+hiện|triển\s+khai|tổ\s+chức")
_COMPLETED = Anycase(r"hoàn\s+thành|xong|nộp|gửi")
_COVERED = Anycase(r"số\s+liệu|tính|kỳ|giai\s+đoạn|phát\s+sinh|kết\s+quả")
_FINISHED = Anycase(r"xong|hoàn\s+thành|trình|ban\s+hành|báo\s+cáo|gửi|sơ\s+kết|tổng\s+kết")
_SUMMED_UP = Anycase(r"sơ\s+kết|tổng\s+kết")
# what is done in a month or a quarter; of a year these words say no limit
_DONE_THEN = Anycase(r"tổ\s+chức|thực\s+hiện|triển\s+khai|xây\s+dựng|rà\s+soát|đánh\s+giá")
_MONTH = Anycase(r"tháng|qu[ýí]")
_SENT = Anycase(r"báo\s+cáo|gửi")
_RECURS = Anycase(r"h[àằ]ng|mỗi|quý|tháng")
_PERIODICALLY = Anycase(r"định\s+kỳ")
NO_LIMIT = Anycase(
    r"(?:có\s+hiệu\s+lực|ban\s+hành|thông\s+qua|ký|thành\s+lập|tính|thi\s+hành|kỷ\s+niệm|bầu\s+cử"
    r"|ra\s+đời|áp\s+dụng|diễn\s+ra|được\s+cấp|tổ\s+chức\s+vào)\s*(?:kể\s+)?(?:từ\s+)?$"
)


def limits_in(text: str, start: int, end: int, *, owed: bool = False) -> list[Limit]:
    """Limits of obligations between two offsets; ``owed``: the words say who owes it.

    Where somebody owes it, a whole period and "hoàn thành … đến hết ngày" limit it too; told of
    nobody, they say when it rained.
    """
    kept = []
    for limit in find_limits(text):
        if limit.start < start or limit.end > end:
            continue
        before = max(0, limit.start - 30), limit.start
        if NO_LIMIT.search(text, *before) and not (
            limit.wording in ("by", "before") and _ISSUED.search(text, *before)
        ):
            continue
        whole = owed and limit.date is not None and not _COVERED.search(text, *before)
        if limit.kind == "period" and not (_CARRIED_OUT.search(text, *before) or whole):
            continue
        if limit.kind == "until" and not (
            owed and _COMPLETED.search(text, *clause_of(text, start, end, limit))
        ):
            continue
        if limit.kind == "recurrent":
            a, b = clause_of(text, start, end, limit)
            opens = limit.start - a < 3 or limit.text[:4].lower() == "định"
            if not (REPORTING if opens else _REPORTS).search(text, a, b):
                continue
        if (
            limit.wording == "within"
            and limit.kind == "rule"
            and not _FINISHED.search(text, max(0, limit.start - 70), limit.end)
            and not (
                _MONTH.search(limit.text)
                and _DONE_THEN.search(text, max(start, limit.start - 70), limit.start)
            )
        ):
            continue
        if (
            limit.kind == "relative"
            and limit.text[:3].lower() == "sau"
            and not _SENT.search(text, max(start, limit.start - 80), limit.end + 60)
        ):
            continue
        if (
            limit.wording == "on"
            and not limit.date
            and not _RECURS.search(limit.text)
            and not _SUMMED_UP.search(text, max(start, limit.start - 40), limit.start)
        ):
            continue
        kept.append(limit)
    if len(kept) > 1:
        bare = [k for k in kept if k.kind == "recurrent" and _PERIODICALLY.fullmatch(k.text)]
        for limit in bare:
            a, b = clause_of(text, start, end, limit)
            if any(k is not limit and a <= k.start < b for k in kept):
                kept.remove(limit)
    return kept


_CLAUSE_STOP = re.compile(r"[;.](?:\s|$)")


def clause_of(text: str, start: int, end: int, limit: Limit) -> tuple[int, int]:
    a = max(start, *(text.rfind(mark, 0, limit.start) + 2 for mark in ("; ", ". ")))
    stop = _CLAUSE_STOP.search(text, limit.end, end)
    return a, stop.start() if stop else end


def due_of(piece: Piece, limit: Limit) -> Due:
    return Due(
        limit.text,
        limit.wording,
        limit.date,
        None if limit.date else limit.text,
        piece.span(limit.start, limit.end),
    )
