"""What a duty asks to hand in: a plan, a report or the dossier of self-scoring."""

from __future__ import annotations

import re

from vanban.model import Deliverable

_PLAN = re.compile(
    r"\b(?:gửi|xây\s+dựng|ban\s+hành"
    r"|lập)\b[^.;]{0,70}?\bkế\s+hoạch\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:gửi|tổng\s+hợp|định\s+kỳ|có)\s+báo\s+cáo|\bbáo\s+cáo\s+(?:kết\s+quả|tình\s+hình"
    r"|đánh\s+giá|sơ\s+kết|tổng\s+kết|định\s+kỳ|về|UBND|Ủy|Uỷ|Chủ|Thủ|Sở|Bộ|Ban|cấp|Chính)",
    re.IGNORECASE,
)
_DOSSIER = re.compile(
    r"hồ\s+sơ\s+(?:tự\s+)?(?:chấm\s+điểm|đánh\s+giá|đề\s+nghị\s+(?:thẩm|xét"
    r"|đánh))|bảng\s+(?:tự\s+)?chấm\s+điểm",
    re.IGNORECASE,
)


def deliverable(text: str) -> Deliverable | None:
    if _DOSSIER.search(text):
        return "scoring_dossier"
    if _PLAN.search(text):
        return "plan"
    return "report" if _REPORT.search(text) else None
