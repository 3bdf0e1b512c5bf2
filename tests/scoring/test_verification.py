"""Rows 55, 56 and 58: each criterion to its office, a reason for each change, no self-marking."""

from __future__ import annotations

from decimal import Decimal

import pytest

from danvan.kernel import audit
from danvan.kernel.access import Refused, Stale
from danvan.scoring.actions.verification import agree, mark, verify
from danvan.scoring.models import Sheet
from danvan.scoring.rules.verification import may_verify
from tests.scoring.results_factory import Case, build

D = Decimal


@pytest.fixture
def case(city, on_day) -> Case:
    on_day(2023, 10, 16)
    made = build(city)
    made.submit("phuong-1")
    return made


def test_row_55_each_criterion_goes_to_its_office(case: Case) -> None:
    held = {s.criterion.code: s.verifier for s in case.sheet("phuong-1").scores.all()}
    units = case.city.units
    assert held["1.1"] == units["noi-vu"]
    assert held["2.1"] == units["thanh-tra"]
    assert held["4.1"] == units["van-phong"]
    assert held["B1"] == held["D1"] == units["noi-vu"]


@pytest.mark.parametrize(
    ("who", "code", "word"),
    [
        ("thanh-tra", "1.1", "cơ quan khác"),
        ("van-phong", "2.1", "cơ quan khác"),
        ("noi-vu", "4.1", "cơ quan khác"),
        ("phuong-1", "1.1", "đơn vị mình"),
        ("phuong-2", "1.1", "cơ quan khác"),
        ("mat-tran", "1.1", "cơ quan khác"),
    ],
)
def test_row_55_no_other_verifies(case: Case, who: str, code: str, word: str) -> None:
    score = case.score("phuong-1", code)
    with pytest.raises(Refused, match=word):
        verify(score, points=D(10), reason="Thử", by=case.city.actor(who))
    score.refresh_from_db()
    assert score.verified is None


def test_row_56_a_change_needs_a_reason(case: Case) -> None:
    by = case.city.actor("thanh-tra")
    with pytest.raises(Refused, match="lý do"):
        verify(case.score("phuong-1", "2.1"), points=D(12), reason="  ", by=by)
    score = verify(case.score("phuong-1", "2.1"), points=D(12), reason="Thiếu sổ", by=by)
    assert (score.claimed, score.verified, score.verify_reason) == (D(18), D(12), "Thiếu sổ")
    assert score.verified_by == case.city.people["thanh-tra"]
    line = audit.of(score).get()
    assert line.reason == "Thiếu sổ"
    assert line.concerns == case.city.units["phuong-1"].pk
    assert line.facts["verified"] == [None, "12"]


def test_row_56_agreeing_is_one_click(case: Case) -> None:
    score = agree(case.score("phuong-1", "2.1"), by=case.city.actor("thanh-tra"))
    assert score.verified == score.claimed
    assert score.verify_reason == ""


@pytest.mark.parametrize("points", [D("-1"), D("20.01"), D(10**9), None])
def test_row_56_values_outside_the_scale_are_refused(case: Case, points: Decimal | None) -> None:
    with pytest.raises(Refused, match="từ 0 đến 20"):
        verify(
            case.score("phuong-1", "2.1"), points=points, reason="x",
            by=case.city.actor("thanh-tra"),
        )  # fmt: skip


def test_row_56_two_at_once_the_second_is_told(case: Case) -> None:
    first, second = case.score("phuong-1", "2.1"), case.score("phuong-1", "2.1")
    seen = mark(first)
    verify(first, points=D(12), reason="Thiếu sổ", seen=seen, by=case.city.actor("thanh-tra"))
    head = case.city.actor(case.city.heads["thanh-tra"])
    with pytest.raises(Stale, match=r"Chuyên viên Thanh tra thành phố.*12 điểm"):
        verify(second, points=D(5), reason="Khác", seen=seen, by=head)
    assert case.score("phuong-1", "2.1").verified == D(12)
    now = mark(case.score("phuong-1", "2.1"))
    verify(case.score("phuong-1", "2.1"), points=D(5), reason="Xem lại", seen=now, by=head)
    assert case.score("phuong-1", "2.1").verified == D(5)


def test_row_56_not_arising_confirmed_or_refused(case: Case) -> None:
    by = case.city.actor("van-phong")
    score = case.score("phuong-1", "4.1")
    score.arises, score.claimed = False, None
    score.save()
    with pytest.raises(Refused, match="lý do"):
        verify(score, points=D(8), arises=True, by=by)
    verify(score, points=D(8), arises=True, reason="Có 12 hồ sơ", by=by)
    assert (score.arises, score.arises_verified, score.verified) == (False, True, D(8))
    verify(score, points=None, arises=False, by=by)
    assert (score.arises_verified, score.verified) == (False, D(0))


def test_row_56_not_arising_gives_full_points_where_the_policy_says_so(case: Case) -> None:
    score = case.score("phuong-1", "2.1")
    score.arises, score.claimed = False, D(0)
    score.save()
    agree(score, by=case.city.actor("thanh-tra"))
    assert score.verified == D(20)
    assert "tính đủ điểm" in score.verify_reason


def test_row_58_an_office_does_not_mark_itself(case: Case) -> None:
    case.submit("noi-vu")
    score = case.score("noi-vu", "1.1")
    assert score.verifier == case.city.units["thanh-tra"]
    told = may_verify(case.city.actor("noi-vu"), score)
    assert not told
    assert "không ai thẩm định phiếu của đơn vị mình" in told.reason
    assert "do Thanh tra thành phố thẩm định" in told.reason
    agree(score, by=case.city.actor("thanh-tra"))
    case.submit("thanh-tra")
    own = case.score("thanh-tra", "2.1")
    assert own.verifier == case.city.units["noi-vu"]


def test_row_58_nor_does_somebody_with_a_second_post_there(case: Case) -> None:
    from danvan.organisations.models import Post
    from tests.city import FROM

    Post.objects.create(
        person=case.city.people["thanh-tra"], unit=case.city.units["phuong-1"],
        title="Kiêm nhiệm", rank="officer", valid_from=FROM,
    )  # fmt: skip
    with pytest.raises(Refused, match="không ai thẩm định"):
        agree(case.score("phuong-1", "2.1"), by=case.city.actor("thanh-tra"))


def test_row_55_the_last_mark_completes_the_sheet(case: Case) -> None:
    case.agree_all("phuong-1")
    assert case.sheet("phuong-1").state == Sheet.State.VERIFIED
    with pytest.raises(Refused, match="chỉ còn thay đổi qua giải trình"):
        verify(
            case.score("phuong-1", "1.1"), points=D(1), reason="Muộn",
            by=case.city.actor("noi-vu"),
        )  # fmt: skip


def test_row_55_nothing_to_verify_before_it_is_handed_in(case: Case) -> None:
    score = case.score("phuong-2", "1.1")
    with pytest.raises(Refused, match="chưa nộp phiếu"):
        agree(score, by=case.city.actor("noi-vu"))
