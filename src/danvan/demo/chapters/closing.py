"""17/10 to 01/11/2023: explained, answered, settled, proposed, decided, reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from danvan.assignments.models import Assignment
from danvan.demo import city, handing_in, papers
from danvan.demo.agenda import Agenda, at
from danvan.demo.chapters.scoring import sheet_of, the_round
from danvan.demo.marks import rounded
from danvan.documents.actions import issuing
from danvan.kernel import clock
from danvan.programmes.models.plans import Deliverable
from danvan.scoring.actions import caps, explanations, rankings, settlement
from danvan.scoring.models import Explanation, Score
from danvan.scoring.queries.progress import may_be_explained

EIGHTEENTH, NINETEENTH, TWENTIETH = (dt.date(2023, 10, day) for day in (18, 19, 20))
# The last number given on paper before the system numbers decisions (invented).
LAST_DECISION = 1246
LED_SCORING = "Chủ trì thực hiện chấm điểm"


@dataclass(frozen=True, slots=True)
class Explained:
    """One explanation and what comes of it; a score that lost nothing is passed over.

    ``given``: share of the lost points that is given back (0 keeps the verified value).
    """

    key: str
    code: str
    text: str
    given: str
    answer: str


EXPLAINED = (
    Explained(
        "phuong-1", "6.6",
        "Phường đóng nhầm báo cáo chỉ tiêu năm 2022 vào hồ sơ; gửi kèm báo cáo năm 2023.",
        "1", "Đã đối chiếu báo cáo năm 2023, chấp nhận toàn bộ.",
    ),
    Explained(
        "phuong-3", "1.1", "Bản giấy có dấu công văn đến của Phòng Nội vụ ngày 04/4/2023.",
        "0", "Sổ công văn đến ghi nhận ngày 05/4/2023, giữ nguyên điểm thẩm định.",
    ),
    Explained(
        "phuong-ninh-thanh", "1.1", "Đề nghị xem xét vì phường thay công chức văn phòng.",
        "0", "Lý do nhân sự không thuộc trường hợp được gia hạn, giữ nguyên điểm.",
    ),
    Explained(
        "giao-duc", "5.1",
        "Phòng đã niêm yết đủ tại trụ sở và trang thông tin điện tử; gửi kèm ảnh chụp có ghi ngày.",
        "1", "Chấp nhận minh chứng bổ sung.",
    ),
    Explained(
        "van-hoa-thong-tin", "3.2",
        "Bảng tiếp thu, giải trình của dự thảo có trong hồ sơ gốc, gửi kèm bản sao.",
        "0.5", "Chấp nhận một phần: bảng mới giải trình một nửa số ý kiến.",
    ),
    Explained(
        "xa-binh-minh", "5.2", "Ấp đã lấy ý kiến lại trong tháng 9, có biên bản và danh sách.",
        "1", "Đã kiểm tra thực tế tại ấp, chấp nhận.",
    ),
    Explained(
        "phuong-2", "5.3", "Hội nghị lùi ngày do chờ ý kiến cấp trên, đề nghị tính đúng hạn.",
        "0", "Không có văn bản cho lùi ngày, giữ nguyên điểm thẩm định.",
    ),
    Explained(
        "van-hoa", "5.3", "Hội nghị lùi ngày do trùng sự kiện của thành phố; gửi bổ sung biên bản.",
        "0.5", "Biên bản bổ sung thiếu danh sách dự, chấp nhận một nửa số điểm bị trừ.",
    ),
)  # fmt: skip
# Raised by Thanh tra with its document: the unit is not ranked.
DISCIPLINED = (
    "kinh-te", "K3", "Quyết định kỷ luật số 09/QĐ-KL ngày 05/9/2023 (văn bản minh họa)",
    "Người đứng đầu bị khiển trách do để chậm giải quyết hồ sơ kéo dài",
)  # fmt: skip


def plan(agenda: Agenda) -> None:
    agenda.at(at(EIGHTEENTH, 9, 40), raise_cap)
    agenda.at(at(EIGHTEENTH, 10, 15), continue_numbers)
    agenda.at(at(EIGHTEENTH, 13, 30), begin_explanation)
    for number, one in enumerate(EXPLAINED):
        day, hour = (EIGHTEENTH, 14) if number < 4 else (NINETEENTH, 8)
        agenda.at(at(day, hour, 9 * number), explain, one)
        agenda.at(at(NINETEENTH, 15, 20 + 4 * number), answer, one)
    agenda.at(at(TWENTIETH, 7, 30), settle)
    agenda.at(at(TWENTIETH, 8, 40), propose)
    agenda.at(at(TWENTIETH, 9, 15), report_scoring, agenda)
    agenda.at(at(TWENTIETH, 15, 20), decide)
    agenda.at(at(dt.date(2023, 10, 25), 10), report_upwards, agenda)


def raise_cap() -> None:
    key, code, document, ground = DISCIPLINED
    sheet = sheet_of(key)
    cap = sheet.criteria_set.caps.get(code=code)
    caps.raise_cap(sheet, cap=cap, document=document, ground=ground, by=city.actor("thanh-tra"))


def continue_numbers() -> None:
    issuing.continue_from(
        city.body(), series="QĐ", year=2023, last=LAST_DECISION, by=city.actor("van-phong.truong")
    )


def begin_explanation() -> None:
    settlement.begin_explanation(the_round(), by=city.actor("noi-vu.truong"))


def explain(one: Explained) -> None:
    """Asks for the claimed points back."""
    score = may_be_explained(the_round()).filter(
        sheet__unit__key=one.key, criterion__code=one.code
    ).first()  # fmt: skip
    if score is not None:
        explanations.explain(
            score, text=one.text, asks=score.claimed or Decimal(0), by=city.actor(one.key)
        )


def answer(one: Explained) -> None:
    waiting = Explanation.objects.filter(score__sheet__unit__key=one.key, answered_at=None)
    for explanation in waiting.select_related("score"):
        score = explanation.score
        points = (score.verified or Decimal(0)) + rounded(lost(score) * Decimal(one.given))
        explanations.answer(
            explanation, points=points, text=one.answer, by=city.actor("noi-vu.truong")
        )


def lost(score: Score) -> Decimal:
    """Points claimed and not given."""
    return (score.claimed or Decimal(0)) - (score.verified or Decimal(0))


def settle() -> None:
    by = city.actor("noi-vu.truong")
    _done, left = settlement.settle_all(the_round(), by=by)
    if left:
        raise RuntimeError(f"còn phiếu chưa chốt được: {left}")
    settlement.settle_round(the_round(), by=by)


def propose() -> None:
    rankings.propose(the_round(), by=city.actor("noi-vu.truong"))


def report_scoring(agenda: Agenda) -> None:
    """Phòng Nội vụ's own dated task: the scoring is led and the result proposed."""
    duty = Assignment.objects.get(unit__key="noi-vu", task__text__startswith=LED_SCORING)
    handing_in.hand_in(duty, "noi-vu", "Đã trình kết quả chấm điểm, xếp loại ngày 20/10/2023.")
    handing_in.look_at(agenda, duty, clock.today())


def decide() -> None:
    rankings.decide(the_round(), by=city.actor("pho-chu-tich"))


def report_upwards(agenda: Agenda) -> None:
    """The report to Sở Nội vụ and UBND tỉnh, once the result is public."""
    duty = Assignment.objects.filter(
        unit__key="noi-vu", task__deliverable=Deliverable.REPORT, task__due_on=None
    ).first()
    if duty:
        paper = papers.report(handing_in.author("noi-vu"), clock.today(), version=2)
        handing_in.hand_in(duty, "noi-vu", "Gửi Sở Nội vụ và UBND tỉnh.", paper)
        handing_in.look_at(agenda, duty, dt.date(2023, 10, 26))
