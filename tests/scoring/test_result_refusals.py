"""What stands in the way of a result: told with its reason, nothing moved."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.kernel import audit, clock
from danvan.kernel.access import Refused
from danvan.scoring import exporting
from danvan.scoring.actions import corrections, criteria_drafts, proposals, rankings, settlement
from danvan.scoring.actions import routing as routes
from danvan.scoring.actions.explanations import explain, name_second
from danvan.scoring.actions.verification import verify
from danvan.scoring.models import (
    CriteriaDraft,
    CriteriaSet,
    Explanation,
    Proposal,
    Round,
    Sheet,
    Standing,
)
from tests.scoring import factory
from tests.scoring.results_factory import Case, build, chairman

D = Decimal


@pytest.fixture
def unsettled(proposed: Case) -> Case:
    """As if an explanation had come in while the result was being settled."""
    score = proposed.score("phuong-1", "2.1")
    Explanation.objects.create(
        score=score, text="Có sổ", asks=D(20), filed_at=clock.now(), filed_by=None
    )
    Round.objects.filter(pk=proposed.round.pk).update(state="settled")
    proposed.round.refresh_from_db()
    return proposed


def test_nothing_is_proposed_signed_or_decided_over_an_open_explanation(unsettled: Case) -> None:
    round, office = unsettled.round, unsettled.city.actor("noi-vu")
    kept = round.drafts.count()
    with pytest.raises(Refused, match="Còn 1 giải trình chưa trả lời"):
        rankings.propose(round, by=office)
    with pytest.raises(Refused, match="Còn 1 giải trình chưa trả lời"):
        proposals.issue_proposal(round, by=unsettled.city.actor(unsettled.city.heads["noi-vu"]))
    Round.objects.filter(pk=round.pk).update(state="proposed")
    round.refresh_from_db()
    with pytest.raises(Refused, match="Còn 1 giải trình chưa trả lời"):
        rankings.decide(round, by=chairman(unsettled))
    assert (round.drafts.count(), Proposal.objects.count()) == (kept, 0)
    assert not Standing.objects.exists()


def test_a_proposal_goes_back_with_a_reason_only(proposed: Case, sign_in) -> None:
    with pytest.raises(Refused, match="lý do trả lại"):
        rankings.send_back(proposed.round, reason=" ", by=chairman(proposed))
    client = sign_in(proposed.city.heads["thanh-pho"])
    url = reverse("scoring:send_back", args=[proposed.round.pk])
    client.post(url, {"reason": "Xem lại Phường 2"})
    proposed.round.refresh_from_db()
    assert proposed.round.state == "settled"
    assert audit.of(proposed.round).first().reason == "Xem lại Phường 2"


def test_one_sheet_that_waits_does_not_keep_the_others(case: Case, on_day, sign_in) -> None:
    city = case.city
    verify(case.score("phuong-1", "2.1"), points=D(12), reason="Thiếu sổ",
           by=city.actor("thanh-tra"))  # fmt: skip
    case.agree_all("phuong-1", "phuong-2")
    done, left = settlement.settle_all(case.round, by=city.actor("noi-vu"))
    assert done == 1
    ((sheet, why),) = left
    assert sheet == case.sheet("phuong-1") and "còn quyền giải trình 1 điểm" in why
    assert case.sheet("phuong-2").state == Sheet.State.SETTLED
    page = sign_in("noi-vu").post(
        reverse("scoring:settle_all", args=[case.round.pk]), follow=True
    ).content.decode()  # fmt: skip
    assert "Đã chốt điểm 0 phiếu" in page and "1 phiếu chưa chốt được" in page
    on_day(2023, 10, 20)
    sign_in("noi-vu").post(reverse("scoring:settle", args=[sheet.pk]))
    assert case.sheet("phuong-1").state == Sheet.State.SETTLED


def test_a_window_that_has_passed_is_set_anew_before_explanations_begin(case: Case, on_day) -> None:
    office = case.city.actor("noi-vu")
    verify(case.score("phuong-1", "2.1"), points=D(12), reason="Thiếu sổ",
           by=case.city.actor("thanh-tra"))  # fmt: skip
    case.agree_all("phuong-1", "phuong-2", "xa-tan-binh", "tu-phap")
    settlement.begin_verification(case.round, by=office)
    on_day(2023, 10, 20)
    with pytest.raises(Refused, match="đã hết ngày 19/10/2023: hãy ấn định lại"):
        settlement.begin_explanation(case.round, by=office)


def test_an_office_does_not_look_again_at_its_own_explanation(city, on_day) -> None:
    on_day(2023, 10, 16)
    case = build(city)
    case.submit("van-phong")
    verify(case.score("van-phong", "2.1"), points=D(5), reason="Chậm", by=city.actor("thanh-tra"))
    case.agree_all("van-phong")
    on_day(2023, 10, 18)
    made = explain(case.score("van-phong", "2.1"), text="Có", asks=D(18),
                   by=city.actor("van-phong"))  # fmt: skip
    with pytest.raises(Refused, match="Không cử chính đơn vị giải trình"):
        name_second(made, office=city.units["van-phong"], reason="x", by=city.actor("noi-vu"))
    made.refresh_from_db()
    assert made.answering is None


def test_a_criterion_of_no_sheet_of_the_round_is_not_sent_elsewhere(case: Case) -> None:
    other = case.score("phuong-1", "5.1").criterion
    case.round.blocks.filter(criteria_set=other.criteria_set_id).delete()
    with pytest.raises(Refused, match="không thuộc bảng điểm"):
        routes.reroute(case.round, criterion=other, office=case.city.units["thanh-tra"],
                       reason="x", by=case.city.actor("noi-vu"))  # fmt: skip


def test_routing_is_told_at_the_field(case: Case, sign_in) -> None:
    client, round = sign_in("noi-vu"), case.round
    held = round.offices.get(office=case.city.units["thanh-tra"])
    substitute = client.post(
        reverse("scoring:name_substitute", args=[round.pk]),
        {"held": held.pk, "substitute": case.city.units["thanh-tra"].pk, "reason": "x"},
    )
    assert "phải là cơ quan khác" in substitute.content.decode()
    url = reverse("scoring:reroute", args=[round.pk])
    assert "bắt buộc" in client.post(url, {}).content.decode()
    sent = {"criterion": case.score("thanh-tra", "5.1").criterion_id,
            "office": case.city.units["thanh-tra"].pk,
            "unit": case.city.units["thanh-tra"].pk, "reason": "Quá tải"}  # fmt: skip
    assert "phiếu của chính mình" in client.post(url, sent).content.decode()
    assert sign_in("thanh-tra").post(url, {**sent, "unit": ""}).status_code == 403
    assert not round.reroutings.exists()


def test_a_line_without_a_sheet_is_no_hindrance_to_a_withdrawal(proposed: Case) -> None:
    """A line of a result may have no sheet to tell it to; the others are told."""
    ranking = rankings.decide(proposed.round, by=chairman(proposed))
    Standing.objects.filter(unit=proposed.city.units["phuong-2"]).update(sheet=None)
    corrections.withdraw(ranking, ground="Sai điểm", by=chairman(proposed))
    assert audit.of(proposed.sheet("phuong-1")).first().facts["withdrawal"] == (
        ranking.withdrawal.code
    )
    assert (
        audit.of(proposed.sheet("phuong-2")).first().says != "thu hồi kết quả xếp loại đã công bố"
    )


def test_a_draft_of_a_score_sheet_has_a_bound_and_must_say_something(
    city, on_day, monkeypatch
) -> None:
    on_day(2023, 10, 1)
    office = city.actor("noi-vu")
    draft: CriteriaDraft = criteria_drafts.begin(city.body, title="Trống", rows=[], by=office)
    with pytest.raises(Refused, match=r"Còn 1 điều phải sửa.*ít nhất một tiêu chí"):
        criteria_drafts.enact(draft, enacted_by=factory.enacting(city),
                              valid_from=dt.date(2024, 1, 1), by=office)  # fmt: skip
    monkeypatch.setattr(criteria_drafts, "MOST_ROWS", 1)
    criteria_drafts.write(draft, revision=draft.revision, cells={"title": "Một"}, by=office)
    with pytest.raises(Refused, match="quá 1 dòng"):
        criteria_drafts.write(draft, revision=draft.revision, cells={"title": "Hai"}, by=office)
    assert [row["title"] for row in draft.rows] == ["Một"]


def test_a_score_sheet_with_a_last_day_of_its_own_is_not_cut_short(city, on_day) -> None:
    on_day(2023, 10, 1)
    held = factory.criteria_for(city)
    CriteriaSet.objects.update(valid_to=dt.date(2024, 6, 30))
    office = city.actor("noi-vu")
    draft: CriteriaDraft = criteria_drafts.begin(
        city.body, title="Mới", rows=exporting.rows_of(held[0]), based_on=held[0], by=office
    )
    with pytest.raises(Refused, match="815/QĐ-UBND"):
        criteria_drafts.enact(draft, enacted_by=factory.enacting(city), ends_previous=True,
                              valid_from=dt.date(2024, 1, 1), by=office)  # fmt: skip
    assert {s.valid_to for s in CriteriaSet.objects.all()} == {dt.date(2024, 6, 30)}
