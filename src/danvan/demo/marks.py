"""What units claim and what offices find: the same every time, different for every unit.

Chance is seeded by the unit's key and the criterion's code, so that a number can be followed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from danvan.scoring.computing import Computed
from danvan.scoring.models import Criterion, Score

QUARTER, CENT, NOTHING = Decimal("0.25"), Decimal("0.01"), Decimal(0)

# Why an office takes points off, by criterion; (block, code) where a code means another thing.
LOWERED: dict[str | tuple[str, str], str] = {
    "1.3": "Minh chứng thiếu danh sách tham dự; tính theo số người ký tên.",
    "1.4": "Một số tin, bài không mở được đường dẫn; tính theo số đã đăng.",
    "1.5": "Biên bản tự kiểm tra chưa có kết luận của người chủ trì.",
    "2.1": "Có 02 kỳ ủy quyền cho cấp phó, không tính là người đứng đầu tiếp.",
    "2.2": "01 đơn giải quyết chậm 06 ngày so với thời hạn.",
    "2.3": "01 kiến nghị của cử tri trả lời chậm 04 ngày.",
    "2.4": "Biên bản công khai kê khai tài sản chưa có chữ ký của người tham dự.",
    "2.5": "Còn 01 đơn tồn quá hạn tại thời điểm thẩm định.",
    "3.1": "Chỉ có quy chế phối hợp, chưa có kế hoạch năm.",
    "3.2": "Chưa thông báo công khai trước hội nghị đối thoại theo quy định.",
    ("DEPT", "3.2"): "01 dự thảo chưa có bảng tiếp thu, giải trình ý kiến.",
    "3.3": "01 nhiệm vụ theo kết luận đối thoại hoàn thành chậm.",
    "3.4": "Chưa có văn bản trả lời 01 kiến nghị sau giám sát của Mặt trận.",
    "3.5": "Phiếu đăng ký mô hình chưa nêu chỉ số đo được; tính một phần.",
    "3.6": "Mô hình mới ở mức đơn vị công nhận, chưa có quyết định của cấp trên.",
    "4.1": "Tỷ lệ hồ sơ trễ hạn trên hệ thống cao hơn số đơn vị nêu.",
    "4.2": "Số liệu trên Cổng dịch vụ công thấp hơn số tự chấm.",
    "4.3": "Khảo sát dưới 30 phiếu, chưa đủ mẫu để tính điểm tối đa.",
    "4.4": "Chỉ số giảm so với năm trước nên không tính phần tăng.",
    ("PSU", "4.4"): "01 nhiệm vụ cải cách hành chính hoàn thành chậm.",
    "4.5": "Bảng niêm yết chưa cập nhật mức phí đang áp dụng.",
    "4.6": "Có 01 văn bản phê bình sau kiểm tra công vụ.",
    "5.1": "01 nội dung niêm yết chưa đủ thời gian quy định.",
    "5.2": "01 nội dung lấy ý kiến sau khi đã quyết định.",
    "5.3": "Hội nghị tổ chức chậm so với thời hạn ba tháng.",
    "5.4": "Quy tắc ứng xử chưa được rà soát trong năm.",
    "5.5": "Ban Thanh tra nhân dân chưa có báo cáo kết quả hoạt động.",
    "5.6": "02 nội dung nghị quyết hội nghị chưa thực hiện.",
    ("WARD", "5.6"): "Số vụ hòa giải thành theo sổ thấp hơn số đơn vị nêu.",
    "6.2": "01 nhiệm vụ được giao hoàn thành chậm theo hệ thống theo dõi chỉ đạo.",
    "6.6": "01 chỉ tiêu đạt dưới mức được giao.",
}
LOWERED_ANYWHERE = (
    "Hồ sơ chỉ có kế hoạch, chưa có kết quả thực hiện nên chưa tính đủ điểm.",
    "Minh chứng là của năm 2022; chỉ tính phần phát sinh trong năm 2023.",
    "Ảnh chụp không rõ ngày, địa điểm nên chỉ tính một phần.",
    "Số liệu tự chấm cao hơn số liệu đơn vị đã báo cáo quý III.",
)
NOT_ARISING = (
    "Trong kỳ không phát sinh nội dung này (theo sổ theo dõi của đơn vị).",
    "Đơn vị không được giao nội dung này trong năm 2023.",
    "Từ đầu năm đến nay chưa có vụ việc, kiến nghị nào thuộc nội dung này.",
)
ARISES = "Theo sổ theo dõi, trong kỳ đơn vị có phát sinh nội dung này; chưa có minh chứng."
# Who claims the full point where the system computed less, with this reason.
INSISTING = {
    ("phuong-2", "5.3"): "Hội nghị lùi sang tháng 4 do chờ ý kiến cấp trên.",
    ("van-hoa", "5.3"): "Hội nghị lùi sang tháng 4 do trùng sự kiện của thành phố.",
}
BY_SYSTEM = "Lấy theo số hệ thống ghi nhận: {said}"
WITH_DOSSIER = "Tính cả hồ sơ chấm điểm nộp cùng phiếu này."


@dataclass(frozen=True, slots=True)
class Mark:
    """Points with the words that go with them."""

    points: Decimal | None
    reason: str = ""
    arises: bool = True


def claim(score: Score, today: Computed, handed_in: Computed, quality: float, insists: str) -> Mark:
    """What the unit says of one criterion; None where the system fills it in at submission.

    ``handed_in`` is what the system will compute once the dossier itself is in.
    """
    criterion, chance = score.criterion, chance_of(score, "tự chấm")
    if criterion.kind != Criterion.Kind.CRITERION:
        return Mark(None)
    if today.by_fact and (criterion.evidence_by_system or handed_in.value is not None):
        told = insists if criterion.code == "1.1" else ""
        told = told or INSISTING.get((score.sheet.unit.key, criterion.code), "")
        return _by_fact(criterion, today, handed_in, told)
    policy = criterion.when_not_arising
    if policy != Criterion.WhenNotArising.ZERO and chance.random() < 0.12:
        return Mark(None, chance.choice(NOT_ARISING), arises=False)
    return Mark(_points(criterion, chance, quality))


def _by_fact(criterion: Criterion, today: Computed, handed_in: Computed, insists: str) -> Mark:
    if criterion.evidence_by_system:
        return Mark(None)
    if insists and handed_in.value < criterion.max_points:
        return Mark(criterion.max_points, insists)
    return Mark(handed_in.value, "" if handed_in.value == today.value else WITH_DOSSIER)


def _points(criterion: Criterion, chance: random.Random, quality: float) -> Decimal:
    """Full points mostly where the year was good, else a part; quarters of a point."""
    if chance.random() < 1.8 * quality - 0.9:
        return criterion.max_points
    if criterion.method in (Criterion.Method.YES_NO, Criterion.Method.STEP):
        return rounded(criterion.max_points / 2)
    return rounded(criterion.max_points * share(chance.uniform(quality - 0.3, quality)))


def finding(score: Score, quality: float) -> Mark:
    """What the office finds: mostly the claim, sometimes less with a reason."""
    chance = chance_of(score, "thẩm định")
    claimed = score.claimed or NOTHING
    if not score.arises:
        if chance.random() < 0.1:
            return Mark(NOTHING, ARISES)
        return Mark(None, arises=False)
    if score.claim_reason and score.computed is not None and claimed > score.computed:
        return Mark(score.computed, BY_SYSTEM.format(said=score.computed_said)[:400])
    if score.computed is not None or not claimed or chance.random() < 0.72 + 0.2 * quality:
        return Mark(claimed)
    lower = rounded(claimed * share(chance.uniform(0.5, 0.85)))
    if lower >= claimed:
        return Mark(claimed)
    return Mark(lower, why_lowered(score, chance))


def why_lowered(score: Score, chance: random.Random) -> str:
    """A reason that speaks of the criterion, sometimes one of the proof."""
    if chance.random() < 0.25:
        return chance.choice(LOWERED_ANYWHERE)
    code = score.criterion.code
    said = LOWERED.get((score.sheet.block, code)) or LOWERED.get(code)
    return said or chance.choice(LOWERED_ANYWHERE)


def chance_of(score: Score, what: str) -> random.Random:
    return random.Random(f"{score.sheet.unit.key}{score.criterion.code} {what}")


def rounded(points: Decimal) -> Decimal:
    """To quarters of a point."""
    return ((points / QUARTER).quantize(Decimal(1), ROUND_HALF_UP) * QUARTER).quantize(CENT)


def share(value: float) -> Decimal:
    return Decimal(str(round(min(1.0, max(0.0, value)), 4)))
