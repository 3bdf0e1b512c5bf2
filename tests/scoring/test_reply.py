"""Row 57: the right of reply; a published result withdrawn and put right, row 60."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.urls import reverse

import vanban
from danvan.kernel import audit, duties
from danvan.kernel.access import Refused
from danvan.scoring import recompute
from danvan.scoring.actions import corrections, rankings
from danvan.scoring.actions.explanations import answer, explain, name_second
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.actions.verification import verify
from danvan.scoring.models import Correction, Explanation, Ranking, Round
from tests.scoring import factory
from tests.scoring.results_factory import Case, build, chairman, handed_in, put_forward
from vanban import checking

D = Decimal
Ground, Outcome = Explanation.Ground, Explanation.Outcome


@pytest.fixture
def case(city, on_day) -> Case:
    """Phường 1 handed in; the programme office itself took five points off 1.1."""
    on_day(2023, 10, 16)
    made = build(city)
    made.submit("phuong-1")
    verify(made.score("phuong-1", "1.1"), points=D(15), reason="Chậm", by=city.actor("noi-vu"))
    made.agree_all("phuong-1")
    on_day(2023, 10, 18)
    return made


def ask(case: Case, **given) -> Explanation:
    values = {"text": "Đã gửi đúng hạn", "asks": D(20), **given}
    return explain(case.score("phuong-1", "1.1"), **values, by=case.city.actor("phuong-1"))


# --- grounds, proof ------------------------------------------------------------------------


def test_row_57_new_proof_comes_with_the_reply(case: Case) -> None:
    with pytest.raises(Refused, match="phải gửi kèm minh chứng"):
        ask(case, ground=Ground.NEW_PROOF)
    score = case.score("phuong-1", "1.1")
    new = NewProofs(score.criterion_id, files=[factory.proof_file("so-den.pdf")])
    made = ask(case, ground=Ground.NEW_PROOF, proofs=new)
    (proof,) = made.proofs.all()
    assert (proof.score, proof.name) == (score, "so-den.pdf")
    line = audit.of(score).first()
    assert line.facts["ground"] == "có minh chứng bổ sung"
    assert line.facts["proofs"] == ["so-den.pdf"]


def test_row_57_the_form_lists_the_grounds_and_keeps_what_was_typed(case: Case, sign_in) -> None:
    client = sign_in("phuong-1")
    address = reverse("scoring:explain", args=[case.score("phuong-1", "1.1").pk])
    text = client.get(address).content.decode()
    assert all(str(label) in text for label in Ground.labels)
    sent = client.post(address, {"ground": "new_proof", "asks": "20", "text": "Có sổ đến"})
    assert "phải gửi kèm minh chứng" in sent.content.decode()
    assert "Có sổ đến" in sent.content.decode()
    client.post(address, {"ground": "new_proof", "asks": "20", "text": "Có sổ đến",
                          "papers": factory.proof_file("so.pdf"), "dated": "2/4/2023"})  # fmt: skip
    made = Explanation.objects.get()
    assert (made.ground, made.proofs.get().dated.isoformat()) == ("new_proof", "2023-04-02")
    shown = sign_in(case.city.heads["noi-vu"])
    page = shown.get(reverse("scoring:answer", args=[made.pk])).content.decode()
    assert "có minh chứng bổ sung" in page and "so.pdf" in page


# --- the second look -----------------------------------------------------------------------


def test_row_57_not_the_person_who_gave_the_mark(case: Case) -> None:
    made, city = ask(case), case.city
    with pytest.raises(Refused, match="người khác xem lại"):
        answer(made, points=D(18), text="x", by=city.actor("noi-vu"))
    answer(made, points=D(18), text="Đúng một phần", by=city.actor(city.heads["noi-vu"]))
    made.refresh_from_db()
    assert made.outcome == Outcome.PARTLY
    assert audit.of(made.score).first().facts["outcome"] == "chấp nhận một phần"


def test_row_57_another_office_is_named_by_hand(case: Case) -> None:
    made, city = ask(case), case.city
    inspectorate = city.units["thanh-tra"]
    named = {"office": inspectorate, "reason": "Phòng Nội vụ đã chấm"}
    for who, why in (("thanh-tra", "cơ quan thường trực"), ("phuong-1", "cơ quan thường trực")):
        with pytest.raises(Refused, match=why):
            name_second(made, **named, by=city.actor(who))
    with pytest.raises(Refused, match="lý do"):
        name_second(made, office=inspectorate, reason=" ", by=city.actor("noi-vu"))
    for key, why in (("tu-phap", "cơ quan thẩm định"), ("phuong-1", "cơ quan thẩm định")):
        with pytest.raises(Refused, match=why):
            name_second(made, office=city.units[key], reason="x", by=city.actor("noi-vu"))
    name_second(made, **named, by=city.actor("noi-vu"))
    assert audit.of(made.score).first().says == "cử cơ quan xem lại giải trình"
    made = Explanation.objects.get()
    with pytest.raises(Refused, match="được cử"):
        answer(made, points=D(20), text="x", by=city.actor(city.heads["noi-vu"]))
    waiting = [d.title for d in duties.owed(city.actor("thanh-tra"), made.filed_at.date())]
    assert any("Trả lời giải trình 1.1" in title for title in waiting)
    answer(made, points=D(20), text="Đúng", by=city.actor("thanh-tra"))
    made.refresh_from_db()
    assert made.outcome == Outcome.GRANTED
    with pytest.raises(Refused, match="đã được trả lời"):
        name_second(made, **named, by=city.actor("noi-vu"))


@pytest.mark.parametrize(("points", "outcome"), [
    ("20", Outcome.GRANTED), ("17", Outcome.PARTLY), ("15", Outcome.KEPT), ("12", Outcome.LOWERED),
])  # fmt: skip
def test_row_57_the_outcome_has_a_word(case: Case, points: str, outcome: str) -> None:
    made = ask(case)
    answer(made, points=D(points), text="x", by=case.city.actor(case.city.heads["noi-vu"]))
    assert Explanation.objects.get().outcome == outcome


def test_row_57_the_page_names_the_outcome_and_a_late_request_is_refused(
    case: Case, sign_in, on_day
) -> None:
    made = ask(case)
    office = sign_in(case.city.people["noi-vu"])
    thread = reverse("scoring:thread", args=[made.score_id])
    assert "Cử cơ quan khác xem lại" in office.get(thread).content.decode()
    page = reverse("scoring:name_second", args=[made.pk])
    assert office.get(page).status_code == 200
    office.post(page, {"office": case.city.units["thanh-tra"].pk, "reason": "Đã chấm"})
    sign_in("thanh-tra").post(
        reverse("scoring:answer", args=[made.pk]), {"points": "15", "text": "Giữ nguyên"}
    )
    text = sign_in("phuong-1").get(thread).content.decode()
    assert "giữ nguyên điểm thẩm định" in text and "Thanh tra" in text
    Explanation.objects.all().delete()
    on_day(2023, 10, 20)
    late = sign_in("phuong-1").post(
        reverse("scoring:explain", args=[made.score_id]), {"ground": "other", "asks": "20"}
    )
    assert late.status_code == 403
    assert "Đã hết thời gian giải trình (từ 17/10/2023" in late.content.decode()


# --- withdrawal and correction ---------------------------------------------------------------


@pytest.fixture
def published(city, on_day) -> Ranking:
    on_day(2023, 10, 20)
    case = put_forward(handed_in(city))
    ranking = rankings.decide(case.round, by=chairman(case))
    ranking.case = case
    return ranking


def test_row_60_only_the_decider_withdraws_and_says_why(published: Ranking) -> None:
    case = published.case
    for who in ("noi-vu", "thanh-tra", "phuong-1"):
        with pytest.raises(Refused, match="Chủ tịch"):
            corrections.withdraw(published, ground="x", by=case.city.actor(who))
    with pytest.raises(Refused, match="lý do thu hồi"):
        corrections.withdraw(published, ground=" ", by=chairman(case))
    assert Round.objects.get().state == "decided"


def test_row_60_withdrawal_is_a_numbered_decision_and_the_old_result_stays(
    published: Ranking, sign_in
) -> None:
    case = published.case
    before = published.snapshot
    corrections.withdraw(published, ground="Sai điểm 2.1 của Phường 1", by=chairman(case))
    ranking = Ranking.objects.get()
    assert ranking.withdrawal.code == "02/QĐ-UBND"
    assert "thu hồi Quyết định số 01/QĐ-UBND" in ranking.withdrawal.subject
    data = ranking.withdrawal.file.path.read_bytes()
    assert checking.check(data) == ()
    assert "Sai điểm 2.1" in vanban.read(data, "x.docx").text
    case.round.refresh_from_db()
    assert (case.round.state, case.round.ranking) == ("settled", None)
    assert audit.of(case.round).first().says == "thu hồi kết quả xếp loại đã công bố"
    told = audit.of(case.sheet("phuong-1")).first()
    assert (told.concerns, told.reason) == (
        case.city.units["phuong-1"].pk, "Sai điểm 2.1 của Phường 1"
    )  # fmt: skip
    assert ranking.snapshot == before
    client = sign_in("phuong-2")
    page = client.get(reverse("scoring:published", args=[ranking.pk])).content.decode()
    assert "đã bị thu hồi" in page and "UBND Phường 1" in page and "chưa có quyết định mới" in page
    kept = client.get(reverse("scoring:published_file", args=[ranking.pk, "json"]))
    assert kept.content.decode() == before
    for kind in ("csv", "txt"):
        assert client.get(reverse("scoring:published_file", args=[ranking.pk, kind])).content
    with pytest.raises(Refused, match="đã được thu hồi"):
        corrections.withdraw(ranking, ground="Lần nữa", by=chairman(case))


def test_row_60_a_correction_counts_in_the_next_decision(published: Ranking) -> None:
    case = published.case
    office, city = case.city.actor("noi-vu"), case.city
    put = {"document": "Báo cáo 5/BC-TTr", "ground": "Cộng sai"}
    with pytest.raises(Refused, match="bị thu hồi"):
        corrections.correct(case.score("phuong-1", "2.1"), points=D(2), **put, by=office)
    corrections.withdraw(published, ground="Sai điểm", by=chairman(case))
    score = case.score("phuong-1", "2.1")
    for who in ("thanh-tra", "phuong-1"):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            corrections.correct(score, points=D(2), **put, by=city.actor(who))
    for wrong in ({"points": D(21)}, {"points": D(18)}, {"points": D(2), "document": " "}):
        with pytest.raises(Refused):
            corrections.correct(score, **{**put, **wrong}, by=office)
    made = corrections.correct(score, points=D(2), **put, by=office)
    assert (made.before, made.after, made.ranking) == (D(18), D(2), published)
    line = audit.of(score).first()
    assert (line.says, line.reason) == ("điều chỉnh điểm", "Báo cáo 5/BC-TTr: Cộng sai")
    rankings.propose(case.round, by=office)
    fresh = rankings.decide(case.round, by=chairman(case))
    assert fresh.replaces == published
    held = {s.unit_name: s for s in fresh.standings.all()}
    old = {s.unit_name: s for s in published.standings.all()}
    name = "UBND Phường 1"
    assert old[name].points - held[name].points == D(16)
    words = fresh.decision.text
    assert "thay thế Quyết định số 01/QĐ-UBND đã bị thu hồi" in words
    assert "02/QĐ-UBND" in words
    export = json.loads(fresh.snapshot)
    assert recompute.recomputed(export) == recompute.published(export)


def test_row_60_the_pages_of_withdrawal_and_correction(published: Ranking, sign_in) -> None:
    case = published.case
    chair = sign_in(case.city.heads["thanh-pho"])
    page = reverse("scoring:withdraw", args=[published.pk])
    assert sign_in("noi-vu").get(page).status_code == 403
    assert "Điều sẽ xảy ra" in chair.get(page).content.decode()
    assert chair.post(page, {"ground": "Sai"}).status_code == 422
    chair.post(page, {"ground": "Sai điểm", "confirmed": "on"})
    assert Ranking.objects.get().withdrawn_at
    office, score = sign_in("noi-vu"), case.score("phuong-1", "2.1")
    address = reverse("scoring:correct", args=[score.pk])
    assert "Đã quyết định 18" in office.get(address).content.decode()
    same = office.post(address, {"points": "18", "document": "BC 5", "ground": "x"})
    assert same.status_code == 422 and "bằng điểm đã quyết định" in same.content.decode()
    office.post(address, {"points": "2", "document": "BC 5", "ground": "Cộng sai"})
    assert Correction.objects.get().after == D(2)
    text = office.get(reverse("scoring:thread", args=[score.pk])).content.decode()
    assert "Điều chỉnh 18 → 2" in text
    shown = office.get(reverse("scoring:published", args=[published.pk])).content.decode()
    assert "18 → 2" in shown
    ranking_page = office.get(reverse("scoring:ranking", args=[case.round.pk])).content.decode()
    assert reverse("scoring:published", args=[published.pk]) in ranking_page
