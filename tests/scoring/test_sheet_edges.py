"""A round and its sheets at the edges: nobody to rank, no substitute, colleagues in between."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.kernel import audit, facts
from danvan.kernel.access import Refused, already, refuse
from danvan.organisations import roles
from danvan.scoring.actions import rounds, sheets
from danvan.scoring.actions.caps import lift_cap
from danvan.scoring.actions.sheets import Claim
from danvan.scoring.forms.rounds import whys
from danvan.scoring.gate import Lacking
from danvan.scoring.models import Criterion, Round, Score, Sheet
from danvan.scoring.sheet_documents import _row
from danvan.scoring.sheet_pages import claim_said
from danvan.scoring.tracing import trace_of
from danvan.scoring.views import chairman as chairman_views
from tests.scoring import factory
from tests.scoring.results_factory import build, chairman, handed_in
from tests.scoring.test_sheet_filling import Screen, claim

D = Decimal


@pytest.fixture
def round(city, on_day) -> Round:
    opened = factory.round_for(city)
    on_day(2023, 10, 12)
    return opened


@pytest.fixture
def sheet(city, round) -> Sheet:
    return factory.sheet_of(round, city, "phuong-1")


@pytest.fixture
def page(city, client, sheet) -> Screen:
    client.force_login(city.people["phuong-1"].user)
    return Screen(client, reverse("scoring:sheet", args=[sheet.pk]), sheet)


# --- opening a round -----------------------------------------------------------------------


def test_a_day_without_units_opens_no_round(db) -> None:
    with pytest.raises(Refused, match="Ngày 15/10/2023 không có đơn vị nào được xếp loại"):
        rounds.sets_in_force(set(), dt.date(2023, 10, 15))


def test_an_office_alone_has_nobody_to_stand_in(city) -> None:
    alone = {roles.PROGRAMME_OFFICE: city.units["noi-vu"]}
    assert rounds.usual_substitutes(alone) == {}
    with pytest.raises(Refused, match="Chưa nêu cơ quan thẩm định thay cho"):
        rounds._offices(Round(), alone, {})


def test_without_a_target_in_the_plan_the_form_gives_no_ground_for_one(round) -> None:
    programme = round.programme
    assert "target_share" in whys(programme)
    programme.targets.all().delete()
    assert "target_share" not in whys(programme)


@pytest.mark.parametrize("done", [False, True])
def test_what_keeps_a_round_shut_at_the_last_moment_is_told(
    city, sign_in, on_day, monkeypatch, done: bool
) -> None:
    """A colleague was faster, or a role lost its holder, while the form was being filled in."""
    on_day(2023, 10, 1)
    factory.criteria_for(city)
    programme = factory.programme_for(city)
    client, url = sign_in("noi-vu"), reverse("scoring:open_round", args=[programme.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {n: v.strftime("%d/%m/%Y") if isinstance(v, dt.date) else v for n, v in sent.items()}

    def late(*_given, **_more):
        raise Refused(
            already("Đợt đã được mở.") if done else refuse("Chưa có cơ quan giữ vai trò.")
        )

    monkeypatch.setattr(rounds, "open_round", late)
    answer = client.post(url, {n: v for n, v in sent.items() if v is not None})
    if done:
        assert answer.status_code in (302, 409)
    else:
        assert answer.status_code == 422
        assert "Chưa có cơ quan giữ vai trò." in answer.content.decode()
    assert not Round.objects.exists()


def test_recomputing_is_one_button(round, sign_in) -> None:
    url = reverse("scoring:recompute", args=[round.pk])
    told = sign_in("noi-vu").post(url, follow=True).content.decode()
    assert "Đã cập nhật:" in told
    assert audit.of(round).first().says == "cập nhật số hệ thống tính"
    again = sign_in("noi-vu").post(url, follow=True).content.decode()
    assert "Đã cập nhật: 0 số thay đổi." in again
    assert audit.of(round).first().facts["changed"] == 0


# --- saving --------------------------------------------------------------------------------


def test_a_plan_made_before_a_colleague_saved_is_made_again(city, sheet) -> None:
    by = city.actor("phuong-1")
    key = factory.score_of(sheet, "1.3").criterion_id
    claims = {key: Claim(D(2), "Đủ")}
    old = sheets._plan(sheet, claims)
    claim(sheet, city.actor(city.heads["phuong-1"]), **{"1_3": "2"})
    sheet.refresh_from_db()
    sheets._save(sheet, revision=sheet.revision, claims=claims, plan=old, proofs=(), by=by)
    assert factory.score_of(sheet, "1.3").claim_reason == "Đủ"
    line = audit.of(sheet).filter(action="scoring.sheet.save").first()
    assert line.actor_name == "Chuyên viên UBND Phường 1"


def test_the_same_claim_again_changes_nothing(city, sheet) -> None:
    by = city.actor("phuong-1")
    claim(sheet, by, **{"1_3": "2"})
    count = audit.of(sheet).count()
    plan = sheets._plan(sheet, {factory.score_of(sheet, "1.3").criterion_id: Claim(D(2))})
    assert not plan.rows and not plan.told
    assert audit.of(sheet).count() == count


def test_days_of_a_proof_out_of_order_are_told_at_the_field(page, sheet) -> None:
    one = Screen(page.client, page.url, sheet, "1.3")
    response = one.send(claimed_1_3="3", dated_1_3="2/5/2023", until_1_3="1/5/2023")
    assert response.status_code == 422
    assert "Không được trước ngày của văn bản." in one.text
    assert factory.score_of(sheet, "1.3").claimed is None


def test_a_page_whose_hidden_values_were_spoilt_is_still_compared(city, page, sheet) -> None:
    claim(sheet, city.actor(city.heads["phuong-1"]), **{"1_3": "1"})
    initial = next(name for name in page.shown if name.endswith(page.key("claimed", "1.3"))
                   and name.startswith("initial"))  # fmt: skip
    response = page.send({initial: "không phải số"}, claimed_1_3="3")
    assert response.status_code == 409
    assert factory.score_of(sheet, "1.3").claimed == 1


def test_a_colleagues_not_arisen_is_shown_beside_what_was_typed(city, page, sheet) -> None:
    key = factory.score_of(sheet, "2.2").criterion_id
    sheet.refresh_from_db()
    sheets.save(sheet, revision=sheet.revision, by=city.actor(city.heads["phuong-1"]),
                claims={key: Claim(None, "Không có đơn", arises=False)})  # fmt: skip
    assert page.send(claimed_2_2="1").status_code == 409
    assert "Đồng nghiệp đã lưu: không phát sinh (Không có đơn)" in page.text


def test_only_the_verifying_office_claims_what_is_superiors(city, page, sheet) -> None:
    """A criterion the unit does not judge has no box, and a forged one is passed over."""
    superior = factory.score_of(sheet, "1.3")
    Criterion.objects.filter(pk=superior.criterion_id).update(method=Criterion.Method.SUPERIOR)
    page.read(page.client.get(page.url))
    name = f"claimed_{superior.criterion_id}"
    assert name not in page.response.context["form"].fields
    page.send({name: "1"}, claimed_1_4="0,5")
    superior.refresh_from_db()
    assert superior.claimed is None


def test_a_claim_in_words() -> None:
    assert claim_said(Score(claimed=None)) == "chưa chấm"
    assert claim_said(Score(claimed=D("1.5"), claim_reason="Theo sổ")) == "1,5 (Theo sổ)"
    assert claim_said(Score(arises=False)) == "không phát sinh"


def test_what_is_missing_is_one_sentence() -> None:
    one = Score()
    assert Lacking().said == ""
    assert Lacking(unexplained=[one]).said == "Chưa nộp được: còn 1 tiêu chí chưa ghi lý do."
    both = Lacking(unclaimed=[one, one], unproven=[one]).said
    assert both == (
        "Chưa nộp được: còn 2 tiêu chí chưa chấm; 1 tiêu chí đã chấm nhưng chưa có minh chứng."
    )


def test_a_sheet_goes_back_from_its_page(city, round, sign_in) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    url = reverse("scoring:return_sheet", args=[sheet.pk])
    told = sign_in("noi-vu").post(url, {"reason": "Thiếu biên bản"}, follow=True)
    assert "Đã trả lại phiếu cho đơn vị." in told.content.decode()
    sheet.refresh_from_db()
    assert sheet.state == Sheet.State.OPEN


# --- readings ------------------------------------------------------------------------------


def test_nothing_claimed_has_no_share_of_proofs(city, sheet) -> None:
    claim(sheet, city.actor("phuong-1"), **{"1_3": "0"})
    unit = city.units["phuong-1"].pk
    assert facts.get("scoring.proof_share").read([unit], factory.YEAR) == {unit: None}


def test_while_a_sheet_is_open_the_steps_are_of_today(city, sheet) -> None:
    """The plan is due since 04/4; on 12/10 it is 191 days late, whatever was stored before."""
    score = factory.score_of(sheet, "1.1")
    trace = trace_of(score, [])
    assert trace is not None and trace.points == 0 and trace.locked_at is None
    assert "191" in str(trace.root)


# --- papers --------------------------------------------------------------------------------


def test_what_did_not_arise_is_said_in_the_paper(city, on_day) -> None:
    on_day(2023, 10, 16)
    score = build(city).score("phuong-1", "4.1")
    assert _row(score.criterion, score)[4] == "–"
    score.arises = False
    assert _row(score.criterion, score)[4] == "không phát sinh"
    assert _row(score.criterion, None)[4] == "–"


def test_a_lifted_cap_stays_lifted_while_other_bands_are_tried(city, on_day) -> None:
    on_day(2023, 10, 16)
    case = handed_in(city)
    late = case.sheet("phuong-2")
    assert chairman_views._lifted(case.round) == {}
    cap = late.criteria_set.caps.get(code="K2")
    lift_cap(late, cap=cap, reason="Bão", by=chairman(case))
    assert chairman_views._lifted(case.round) == {late.pk: frozenset({cap.pk})}
