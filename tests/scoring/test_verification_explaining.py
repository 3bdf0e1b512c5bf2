"""Row 57: the right to explain, once, inside the window; and the steps of a round."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.scoring import workflow
from danvan.scoring.actions import settlement
from danvan.scoring.actions.explanations import answer, explain
from danvan.scoring.actions.verification import verify
from danvan.scoring.models import Round, Sheet
from tests.scoring.results_factory import Case, build

D = Decimal


@pytest.fixture
def case(city, on_day) -> Case:
    """Phường 1 handed in; the inspectorate took six points off."""
    on_day(2023, 10, 16)
    made = build(city)
    made.submit("phuong-1")
    verify(
        made.score("phuong-1", "2.1"), points=D(12), reason="Thiếu sổ tiếp dân",
        by=city.actor("thanh-tra"),
    )  # fmt: skip
    made.agree_all("phuong-1")
    return made


def ask(case: Case, who: str = "phuong-1", code: str = "2.1"):
    return explain(
        case.score("phuong-1", code), text="Sổ đã gửi bổ sung", asks=D(18),
        by=case.city.actor(who),
    )  # fmt: skip


def test_row_57_outside_the_window_the_dates_are_told(case: Case, on_day) -> None:
    with pytest.raises(Refused, match=r"Chưa đến.*từ 17/10/2023 đến hết 19/10/2023"):
        ask(case)
    on_day(2023, 10, 20)
    with pytest.raises(Refused, match=r"Đã hết.*từ 17/10/2023 đến hết 19/10/2023"):
        ask(case)
    on_day(2023, 10, 19)
    assert ask(case).asks == D(18)


def test_row_57_once_and_only_for_a_changed_score(case: Case, on_day) -> None:
    on_day(2023, 10, 18)
    with pytest.raises(Refused, match="không có gì phải giải trình"):
        ask(case, code="1.1")
    ask(case)
    with pytest.raises(Refused, match="mỗi điểm giải trình một lần") as told:
        ask(case)
    assert told.value.decision.done


@pytest.mark.parametrize("who", ["phuong-2", "noi-vu", "thanh-tra", "mat-tran"])
def test_row_57_only_the_units_people_explain(case: Case, on_day, who: str) -> None:
    on_day(2023, 10, 18)
    with pytest.raises(Refused, match="của đơn vị được chấm mới giải trình"):
        ask(case, who)


def test_row_57_the_answer_keeps_or_changes(case: Case, on_day) -> None:
    on_day(2023, 10, 18)
    explanation = ask(case)
    office = case.city.actor("noi-vu")
    with pytest.raises(Refused, match="nội dung trả lời"):
        answer(explanation, points=D(16), text=" ", by=office)
    with pytest.raises(Refused, match="từ 0 đến 20"):
        answer(explanation, points=D(21), text="x", by=office)
    for who in ("phuong-1", "thanh-tra", "van-phong"):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            answer(explanation, points=D(16), text="x", by=case.city.actor(who))
    answer(explanation, points=D(16), text="Chấp nhận một phần", by=office)
    score = case.score("phuong-1", "2.1")
    assert (score.claimed, score.verified, score.explained) == (D(18), D(12), D(16))
    assert [line.says for line in audit.of(score)][:2] == ["trả lời giải trình", "giải trình điểm"]
    with pytest.raises(Refused, match="đã được Chuyên viên Phòng Nội vụ trả lời"):
        answer(explanation, points=D(12), text="Lần nữa", by=office)


def test_row_58_the_office_does_not_answer_itself(city, on_day) -> None:
    on_day(2023, 10, 16)
    case = build(city)
    case.submit("noi-vu")
    verify(case.score("noi-vu", "1.1"), points=D(5), reason="Chậm", by=city.actor("thanh-tra"))
    case.agree_all("noi-vu")
    on_day(2023, 10, 18)
    explanation = explain(
        case.score("noi-vu", "1.1"), text="Đã gửi", asks=D(20), by=city.actor("noi-vu")
    )
    with pytest.raises(Refused, match="cơ quan thay"):
        answer(explanation, points=D(20), text="Đúng", by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="người khác xem lại"):
        answer(explanation, points=D(5), text="Giữ nguyên", by=city.actor("thanh-tra"))
    second = city.actor(city.heads["thanh-tra"])
    answer(explanation, points=D(5), text="Giữ nguyên", by=second)
    assert case.score("noi-vu", "1.1").explained == D(5)


def test_row_57_not_arising_accepted_on_explanation(city, on_day) -> None:
    on_day(2023, 10, 16)
    case = build(city)
    case.submit("phuong-1")
    score = case.score("phuong-1", "4.1")
    score.arises, score.claimed = False, None
    score.save()
    verify(score, points=D(4), arises=True, reason="Có hồ sơ", by=city.actor("van-phong"))
    case.agree_all("phuong-1")
    on_day(2023, 10, 18)
    explanation = explain(score, text="Không có", asks=D(0), by=city.actor("phuong-1"))
    answer(explanation, points=D(4), text="Đúng", arises=False, by=city.actor("noi-vu"))
    score.refresh_from_db()
    assert (score.explained, score.arises_verified) == (D(0), False)


# --- the steps of a round ----------------------------------------------------------------


def test_every_state_is_reachable() -> None:
    assert not workflow.ROUND.unreachable()
    assert not workflow.SHEET.unreachable()
    assert set(workflow.ROUND.states) == set(Round.State.values)
    assert set(workflow.SHEET.states) == set(Sheet.State.values)


def test_row_57_each_step_says_what_is_missing(case: Case, on_day) -> None:
    office = case.city.actor("noi-vu")
    round = case.round
    on_day(2023, 10, 15)
    with pytest.raises(Refused, match="Còn 7 đơn vị chưa nộp phiếu"):
        settlement.begin_verification(round, by=office)
    on_day(2023, 10, 18)
    case.submit("phuong-2")
    with pytest.raises(Refused, match="Không thể"):
        settlement.settle_round(round, by=office)
    settlement.begin_verification(round, by=office)
    with pytest.raises(Refused, match="Còn 1 phiếu chưa thẩm định xong"):
        settlement.begin_explanation(round, by=office)
    case.agree_all("phuong-2")
    settlement.begin_explanation(round, by=office)
    explanation = ask(case)
    with pytest.raises(Refused, match="Còn 1 giải trình chưa trả lời"):
        settlement.settle_round(round, by=office)
    with pytest.raises(Refused, match="Còn 1 giải trình chưa trả lời"):
        settlement.settle_sheet(case.sheet("phuong-1"), by=office)
    answer(explanation, points=D(12), text="Giữ", by=office)
    with pytest.raises(Refused, match="Còn 2 phiếu chưa chốt"):
        settlement.settle_round(round, by=office)
    assert settlement.settle_all(round, by=office) == (2, [])
    settlement.settle_round(round, by=office)
    assert round.state == Round.State.SETTLED
    assert [line.facts["state"] for line in audit.of(round)] == [
        ["explaining", "settled"], ["verifying", "explaining"], ["open", "verifying"],
    ]  # fmt: skip


def test_row_57_a_sheet_is_not_settled_over_the_units_right(case: Case, on_day) -> None:
    office = case.city.actor("noi-vu")
    with pytest.raises(Refused, match="còn quyền giải trình 1 điểm đến hết ngày 19/10/2023"):
        settlement.settle_sheet(case.sheet("phuong-1"), by=office)
    on_day(2023, 10, 20)
    settlement.settle_sheet(case.sheet("phuong-1"), by=office)
    with pytest.raises(Refused, match="chốt"):
        ask(case)


@pytest.mark.parametrize("who", ["phuong-1", "thanh-tra", "mat-tran", "thanh-pho"])
def test_only_the_programme_office_leads_the_round(case: Case, who: str) -> None:
    by, days = case.city.actor(who), (dt.date(2023, 10, 20), dt.date(2023, 10, 22))
    for act in (
        settlement.begin_verification, settlement.begin_explanation, settlement.settle_round,
    ):  # fmt: skip
        with pytest.raises(Refused, match="cơ quan thường trực"):
            act(case.round, by=by)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        settlement.settle_sheet(case.sheet("phuong-1"), by=by)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        settlement.move_window(case.round, first=days[0], last=days[1], reason="x", by=by)


def test_row_57_a_window_missed_is_set_anew_with_a_reason(case: Case, on_day) -> None:
    office = case.city.actor("noi-vu")
    on_day(2023, 10, 21)
    settlement.begin_verification(case.round, by=office)
    with pytest.raises(Refused, match="hãy ấn định lại"):
        settlement.begin_explanation(case.round, by=office)
    first, last = dt.date(2023, 10, 21), dt.date(2023, 10, 23)
    with pytest.raises(Refused, match="lý do"):
        settlement.move_window(case.round, first=first, last=last, reason="", by=office)
    with pytest.raises(Refused, match="không trước"):
        settlement.move_window(case.round, first=last, last=first, reason="x", by=office)
    settlement.move_window(case.round, first=first, last=last, reason="Thẩm định chậm", by=office)
    settlement.begin_explanation(case.round, by=office)
    assert ask(case)
    line = audit.of(case.round).get(action="scoring.round.move_window")
    assert line.facts["window"] == ["17/10/2023", "19/10/2023", "21/10/2023", "23/10/2023"]
