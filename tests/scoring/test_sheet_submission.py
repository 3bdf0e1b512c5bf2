"""The gate, handing in, what it freezes, what being late costs, and the way back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.assignments.actions import submissions
from danvan.assignments.models import Assignment
from danvan.kernel import audit, facts
from danvan.kernel.access import Refused, Stale
from danvan.scoring import computing, gate
from danvan.scoring.actions import sheets, verification
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.actions.sheets import Claim
from danvan.scoring.duties import duties_of
from danvan.scoring.models import FrozenReading, Proof, Round
from tests.scoring import factory

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def round(city, on_day):
    opened = factory.round_for(city)
    on_day(2023, 10, 12)
    return opened


@pytest.fixture
def sheet(city, round):
    return factory.sheet_of(round, city, "phuong-1")


def lacking(sheet) -> dict[str, list[str]]:
    sheet.refresh_from_db()
    found = gate.lacking_of(sheet)
    return {
        "unclaimed": [s.criterion.code for s in found.unclaimed],
        "unproven": [s.criterion.code for s in found.unproven],
        "unexplained": [s.criterion.code for s in found.unexplained],
    }


def save(sheet, by, **claims: Claim):
    sheet.refresh_from_db()
    keyed = {
        factory.score_of(sheet, code.replace("_", ".")).criterion_id: claim
        for code, claim in claims.items()
    }
    return sheets.save(sheet, revision=sheet.revision, claims=keyed, by=by)


# --- the gate --------------------------------------------------------------------------------


def test_row_54_no_proof_no_points(city, sheet) -> None:
    by = city.actor("phuong-1")
    factory.fill(sheet, by)
    Proof.objects.filter(score=factory.score_of(sheet, "1.3")).delete()
    assert lacking(sheet) == {"unclaimed": [], "unproven": ["1.3"], "unexplained": []}
    with pytest.raises(Refused, match="còn 1 tiêu chí đã chấm nhưng chưa có minh chứng"):
        sheets.submit(sheet, by=by)
    save(sheet, by, **{"1_3": Claim(D(0))})
    assert sheets.submit(sheet, by=by).state == "submitted"


def test_an_empty_sheet_names_everything_the_unit_must_score(sheet) -> None:
    found = lacking(sheet)
    assert len(found["unclaimed"]) == 31
    # The system counts and proves these itself; bonus and deduction may stay empty.
    assert not {"6.1", "6.4", "6.5", "B1", "B2", "D1", "D2"} & set(found["unclaimed"])


def test_another_value_than_the_systems_needs_a_reason(city, sheet) -> None:
    by = city.actor("phuong-1")
    factory.fill(sheet, by, **{"1_1": D(3)})
    save(sheet, by, **{"1_1": Claim(D(3))})
    assert lacking(sheet)["unexplained"] == ["1.1"]
    save(sheet, by, **{"1_1": Claim(D(3), "Đã gửi bản giấy ngày 03/4")})
    assert lacking(sheet)["unexplained"] == []


def test_what_did_not_arise_needs_a_reason_but_no_file(city, sheet) -> None:
    by = city.actor("phuong-1")
    factory.fill(sheet, by)
    Proof.objects.filter(score=factory.score_of(sheet, "2.2")).delete()
    save(sheet, by, **{"2_2": Claim(arises=False)})
    assert lacking(sheet) == {"unclaimed": [], "unproven": [], "unexplained": ["2.2"]}
    save(sheet, by, **{"2_2": Claim(None, "Không có đơn trong kỳ", arises=False)})
    assert gate.lacking_of(sheet).said == ""


def test_a_bonus_needs_its_proof_a_deduction_none(city, sheet) -> None:
    by = city.actor("phuong-1")
    factory.fill(sheet, by)
    save(sheet, by, B1=Claim(D(1)), D1=Claim(D(2)))
    assert lacking(sheet)["unproven"] == ["B1"]


def test_the_gate_page_lists_what_is_missing_with_links(city, client, sheet) -> None:
    client.force_login(city.people["phuong-1"].user)
    url = reverse("scoring:gate", args=[sheet.pk])
    text = client.get(url).content.decode()
    assert "Chưa chấm (31)" in text and f"/phieu/{sheet.pk}/?tieu-chi=1.3" in text
    assert "disabled" in text and "Chưa nộp được: còn 31 tiêu chí chưa chấm." in text
    assert client.post(url).status_code == 403
    sheet.refresh_from_db()
    assert sheet.state == "open"


# --- handing in ------------------------------------------------------------------------------


def test_row_52_handing_in_files_the_dossier_and_freezes_the_readings(city, round) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    assert (sheet.state, sheet.days_late) == ("submitted", 0)
    assert sheet.submitted_by == city.people["phuong-1"]
    dossier = Assignment.objects.get(unit=sheet.unit, task__deliverable="scoring_dossier")
    assert (dossier.state, dossier.days_late) == ("accepted", 0)
    frozen = {r.fact: r for r in sheet.readings.all()}
    assert set(frozen) == set(computing.codes_of(sheet.criteria_set.criteria.all()))
    assert frozen["assignments.dossier_days_late"].value == 0
    assert frozen["assignments.plan_days_late"].value == 191
    assert frozen["assignments.plan_days_late"].basis.startswith("/nhiem-vu/")
    assert frozen["scoring.proof_share"].value == 1
    assert audit.of(sheet).first().action == "scoring.sheet.submit"


def test_after_handing_in_the_page_shows_what_was_frozen(city, client, round, on_day) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    on_day(2023, 12, 1)
    client.force_login(city.people["phuong-1"].user)
    text = client.get(reverse("scoring:sheet", args=[sheet.pk])).content.decode()
    assert "số ngày gửi kế hoạch chậm = 191" in text
    assert "Chưa nộp, quá hạn 191 ngày" in text


def test_what_the_system_proves_is_filled_in_at_the_end(city, round) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    on_time, proven = factory.score_of(sheet, "6.4"), factory.score_of(sheet, "6.5")
    assert (on_time.claimed, on_time.computed) == (2, 2)
    assert on_time.computed_said == "số ngày nộp hồ sơ chậm = 0: bằng 0 → 2."
    assert (proven.claimed, proven.computed) == (1, 1)
    assert factory.score_of(sheet, "B1").claimed == 0
    assert factory.score_of(sheet, "D1").claimed == 0


def test_a_claim_that_agreed_with_the_system_still_agrees_afterwards(city, sheet) -> None:
    """Handing in is a task done in time: 6.1 rises by it, and the claim with it."""
    by = city.actor("phuong-1")
    factory.fill(sheet, by)
    save(sheet, by, **{"6_1": Claim(D(0))})
    sheets.submit(sheet, by=by)
    score = factory.score_of(sheet, "6.1")
    assert (score.computed, score.claimed) == (D("2.33"), D("2.33"))


def test_a_claim_with_its_own_reason_stays_as_claimed(city, sheet) -> None:
    by = city.actor("phuong-1")
    factory.fill(sheet, by)
    save(sheet, by, **{"6_1": Claim(D(7), "Đã làm xong, chưa ghi trên hệ thống")})
    sheets.submit(sheet, by=by)
    score = factory.score_of(sheet, "6.1")
    assert (score.computed, score.claimed) == (D("2.33"), D(7))


def test_each_criterion_goes_to_its_office_and_own_ones_to_the_substitute(city, round) -> None:
    ward = factory.submitted(round, city, "phuong-1")
    verifiers = {c: factory.score_of(ward, c).verifier for c in ("1.1", "2.1", "4.1")}
    expected = {"1.1": "noi-vu", "2.1": "thanh-tra", "4.1": "van-phong"}
    assert verifiers == {code: city.units[key] for code, key in expected.items()}
    own = factory.submitted(round, city, "thanh-tra")
    assert factory.score_of(own, "2.1").verifier == city.units["noi-vu"]


def test_row_59_late_is_still_possible_and_the_page_says_what_it_costs(
    city, client, round, sheet, on_day
) -> None:
    on_day(2023, 10, 19)
    factory.fill(sheet, city.actor("phuong-1"))
    client.force_login(city.people["phuong-1"].user)
    url = reverse("scoring:gate", args=[sheet.pk])
    text = client.get(url).content.decode()
    assert "chậm 3 ngày" in text
    assert "K2" in text and "xếp loại không vượt quá “Trung bình”" in text
    sheet.refresh_from_db()
    done = client.post(url, {"revision": sheet.revision}, follow=True)
    assert "Đã nộp phiếu tự chấm" in done.content.decode()
    sheet.refresh_from_db()
    assert sheet.days_late == 3
    assert factory.score_of(sheet, "6.4").claimed == 0


def test_one_day_late_costs_half_of_the_timeliness_and_no_cap(city, client, sheet, on_day) -> None:
    on_day(2023, 10, 17)
    factory.fill(sheet, city.actor("phuong-1"))
    client.force_login(city.people["phuong-1"].user)
    text = client.get(reverse("scoring:gate", args=[sheet.pk])).content.decode()
    assert "chậm 1 ngày" in text and "K2" not in text
    sheets.submit(sheet, by=city.actor("phuong-1"))
    assert factory.score_of(sheet, "6.4").claimed == 1


def test_a_double_click_is_told_as_done(city, client, round) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    with pytest.raises(Refused) as again:
        sheets.submit(sheet, by=city.actor("phuong-1"))
    assert again.value.decision.done
    assert again.value.decision.reason.startswith("Phiếu đã được Chuyên viên UBND Phường 1 nộp lúc")
    client.force_login(city.people["phuong-1"].user)
    url = reverse("scoring:gate", args=[sheet.pk])
    page = client.post(url, {"revision": "0"}, HTTP_REFERER=f"http://testserver{url}", follow=True)
    assert page.status_code == 200 and "đã được Chuyên viên" in page.content.decode()
    codes = computing.codes_of(sheet.criteria_set.criteria.all())
    assert len(codes) > 20 and FrozenReading.objects.count() == len(codes)


def test_handing_in_an_older_revision_is_told(city, client, sheet) -> None:
    by = city.actor("phuong-1")
    factory.fill(sheet, by)
    seen = sheet.revision
    save(sheet, city.actor(city.heads["phuong-1"]), **{"1_4": Claim(D(0))})
    with pytest.raises(Stale, match="Trưởng UBND Phường 1 đã lưu"):
        sheets.submit(sheet, revision=seen, by=by)
    sheet.refresh_from_db()
    assert sheet.state == "open" and not sheet.readings.exists()


@pytest.mark.parametrize("who", ["phuong-2", "noi-vu", "mat-tran"])
def test_only_the_units_people_hand_in(city, sheet, who) -> None:
    factory.fill(sheet, city.actor("phuong-1"))
    with pytest.raises(Refused, match="Chỉ người đứng đầu"):
        sheets.submit(sheet, by=city.actor(who))


def test_the_head_may_hand_in(city, sheet) -> None:
    factory.fill(sheet, city.actor("phuong-1"))
    assert sheets.submit(sheet, by=city.actor(city.heads["phuong-1"])).state == "submitted"


def test_a_settled_round_takes_no_sheet(city, sheet) -> None:
    factory.fill(sheet, city.actor("phuong-1"))
    Round.objects.update(state="settled")
    with pytest.raises(Refused, match="không nhận thêm phiếu"):
        sheets.submit(sheet, by=city.actor("phuong-1"))


def test_without_a_dossier_duty_the_unit_scores_it_itself(city, on_day) -> None:
    programme = factory.programme_for(city, units=[city.units["phuong-2"]])
    round = factory.round_for(city, programme=programme)
    on_day(2023, 10, 12)
    sheet, by = factory.sheet_of(round, city, "phuong-1"), city.actor("phuong-1")
    factory.fill(sheet, by)
    with pytest.raises(Refused, match=r"6\.4: hệ thống chưa tính được"):
        sheets.submit(sheet, by=by)
    save(sheet, by, **{"6_4": Claim(D(2))})
    assert sheets.submit(sheet, by=by).state == "submitted"


# --- sent back -------------------------------------------------------------------------------


def test_a_sheet_is_sent_back_before_verification_begins(city, client, round, on_day) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    office = city.actor("noi-vu")
    with pytest.raises(Refused, match="ghi lý do"):
        sheets.return_to_unit(sheet, reason="  ", by=office)
    sheets.return_to_unit(sheet, reason="Thiếu biên bản 3.2", by=office)
    sheet.refresh_from_db()
    assert sheet.state == "open" and not sheet.scores.filter(verifier__isnull=False).exists()
    (duty,) = duties_of(city.actor("phuong-1"), dt.date(2023, 10, 13))
    assert duty.kind == "returned"
    client.force_login(city.people["phuong-1"].user)
    text = client.get(reverse("scoring:sheet", args=[sheet.pk])).content.decode()
    assert "Phiếu bị trả lại." in text and "Thiếu biên bản 3.2" in text
    # Handed in again after the date: the first filing counts, and new readings are kept.
    on_day(2023, 10, 18)
    sheets.submit(sheet, by=city.actor("phuong-1"))
    assert sheet.days_late == 0
    assert FrozenReading.objects.filter(fact="scoring.proof_share").count() == 2


def test_sent_back_and_handed_in_within_the_same_moment_keeps_both_readings(city, round) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    sheets.return_to_unit(sheet, reason="Xem lại", by=city.actor("noi-vu"))
    sheets.submit(sheet, by=city.actor("phuong-1"))
    assert sheet.readings.filter(fact="assignments.tasks_due").count() == 2


def test_who_may_send_back_and_until_when(city, client, round) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    for who in ("phuong-1", "thanh-tra", "mat-tran"):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            sheets.return_to_unit(sheet, reason="x", by=city.actor(who))
    own = factory.submitted(round, city, "noi-vu")
    with pytest.raises(Refused, match="không tự trả lại"):
        sheets.return_to_unit(own, reason="x", by=city.actor("noi-vu"))
    score = factory.score_of(sheet, "1.1")
    verification.verify(score, points=score.claimed, by=city.actor("noi-vu"))
    client.force_login(city.people["noi-vu"].user)
    url = reverse("scoring:return_sheet", args=[sheet.pk])
    assert client.post(url, {"reason": "x"}).status_code == 403
    text = client.get(reverse("scoring:sheet", args=[sheet.pk])).content.decode()
    assert "Đã bắt đầu thẩm định phiếu này" in text


def test_an_open_sheet_is_not_sent_back(city, sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheets.return_to_unit(sheet, reason="x", by=city.actor("noi-vu"))
    assert refused.value.decision.done


# --- facts -----------------------------------------------------------------------------------


def test_the_share_of_proven_points_is_a_fact_about_the_unit(city, round, sheet) -> None:
    units = [city.units["phuong-1"].pk, city.units["phuong-2"].pk, city.units["cong-an"].pk]
    by = city.actor("phuong-1")

    def read():
        return facts.get("scoring.proof_share").read(units, factory.YEAR)

    assert read() == dict.fromkeys(units)
    save(sheet, by, **{"1_3": Claim(D(3)), "1_4": Claim(D(1)), "6_4": Claim(D(2))})
    reading = read()[units[0]]
    assert (reading.value, reading.said) == (0, "0/4 điểm tự chấm có minh chứng")
    key = factory.score_of(sheet, "1.3").criterion_id
    sheets.save(
        sheet, revision=sheet.revision, claims={}, by=by,
        proofs=[NewProofs(key, files=[factory.proof_file()])],
    )  # fmt: skip
    reading = read()[units[0]]
    assert (reading.numerator, reading.denominator, reading.value) == (3, 4, D("0.75"))
    assert reading.basis == reverse("scoring:gate", args=[sheet.pk])


def test_computed_values_follow_the_work_done(city, round, sheet) -> None:
    """6.1, 6.3: the report in time is one of the two tasks due by now, and the only report."""
    report = Assignment.objects.get(unit=sheet.unit, task__deliverable="report")
    submissions.file(report, files=[factory.proof_file()], by=city.actor("phuong-1"))
    scores = computing.scores_of([sheet])
    computed = computing.compute(scores, round)
    values = {s.criterion.code: computed[s.pk] for s in scores}
    assert values["6.3"].value == 3
    # One of three dated tasks is done in time: 7 × 1 ÷ 3.
    assert values["6.1"].value == D("2.33")
    assert "7 × (1 + 0,5 × 0) ÷ 3 = 2,33" in values["6.1"].said
    assert values["1.2"].value == D("0.5")
    assert values["6.6"].by_fact is False
    assert all(url.startswith("/") for _said, url in values["6.1"].basis)


def test_nothing_due_in_the_period_did_not_arise(city, on_day) -> None:
    programme = factory.programme_for(city, units=[city.units["phuong-2"]])
    round = factory.round_for(city, programme=programme)
    score = factory.score_of(factory.sheet_of(round, city, "phuong-1"), "6.1")
    # This criterion may not be left out, so it counts 0; the words say why.
    assert score.computed == 0 and score.computed_said.startswith("Không phát sinh trong kỳ")
