"""What a duty asks to hand in: a plan, a report or the dossier of self-scoring."""

from __future__ import annotations

from vanban.model import Deliverable
from vanban.text import Anycase

_PLAN = Anycase(
    r"\b(?:gửi|xây\s+dựng|ban\s+hành"
    r"|lập)\b[^.;]{0,70}?\bkế\s+hoạch\b",
    opens=("gửi", "xây", "ban", "lập"),
    needs=("kế hoạch",),
)
_REPORT = Anycase(
    r"\b(?:gửi|tổng\s+hợp|định\s+kỳ|có)\s+báo\s+cáo|\bbáo\s+cáo\s+(?:kết\s+quả|tình\s+hình"
    r"|đánh\s+giá|sơ\s+kết|tổng\s+kết|định\s+kỳ|về|UBND|Ủy|Uỷ|Chủ|Thủ|Sở|Bộ|Ban|cấp|Chính)",
    needs=("báo cáo",),
)
_DOSSIER = Anycase(
    r"hồ\s+sơ\s+(?:tự\s+)?(?:chấm\s+điểm|đánh\s+giá|đề\s+nghị\s+(?:thẩm|xét"
    r"|đánh))|bảng\s+(?:tự\s+)?chấm\s+điểm",
    needs=("hồ sơ", "chấm điểm"),
)


def deliverable(text: str) -> Deliverable | None:
    if _DOSSIER.search(text):
        return "scoring_dossier"
    if _PLAN.search(text):
        return "plan"
    return "report" if _REPORT.search(text) else None
