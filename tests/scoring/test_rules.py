"""Who may do what, and in which state: every predicate told case by case, without a page.

People here are an actor with holds over unit numbers; rounds, sheets and scores are not saved
where a rule looks at nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from danvan.kernel import clock
from danvan.kernel.access import SYSTEM, Actor, Decision, Hold
from danvan.organisations import roles
from danvan.organisations.models import Person, Unit
from danvan.programmes.models import Programme
from danvan.scoring.models import (
    CriteriaDraft,
    CriteriaSet,
    Criterion,
    Explanation,
    Proof,
    Ranking,
    Round,
    Score,
    Sheet,
)
from danvan.scoring.rules import rankings, rounds, sheets, verification
from tests.scoring.results_factory import Case, build, chairman

D = Decimal
BODY, OFFICE, INSPECTORATE, WARD, OTHER = 90, 1, 2, 5, 6
STATES = list(Round.State)
TAKING = {Round.State.OPEN, Round.State.VERIFYING, Round.State.EXPLAINING}
ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)


def actor(*holds: tuple[str, int], id: int = 7) -> Actor:
    return Actor(id, "Lan", frozenset(Hold(role, scope) for role, scope in holds))


NOBODY = actor()
OFFICER = actor((roles.FOCAL_OFFICER, WARD), (roles.MEMBER, WARD), id=50)
CLERK = actor((roles.MEMBER, OFFICE), (roles.PROGRAMME_OFFICE, BODY), id=10)
# The programme office of another body keeps nothing here.
ELSEWHERE = actor((roles.MEMBER, OTHER), (roles.PROGRAMME_OFFICE, BODY + 1))
INSPECTOR = actor((roles.MEMBER, INSPECTORATE), (roles.INSPECTORATE, BODY), id=20)
CHAIR = actor((roles.HEAD, BODY))
VICE = actor((roles.DEPUTY, BODY))


def round_in(state: str = Round.State.OPEN) -> Round:
    return Round(
        pk=1, programme=Programme(pk=1, body_id=BODY), state=state,
        explain_from=dt.date(2023, 10, 17), explain_to=dt.date(2023, 10, 19),
    )  # fmt: skip


def sheet_in(state: str = Sheet.State.OPEN, round: str = Round.State.OPEN, **more: Any) -> Sheet:
    return Sheet(pk=1, round=round_in(round), unit_id=WARD, state=state, **more)


def score_in(sheet: Sheet, **more: Any) -> Score:
    given = {"criterion": Criterion(code="1.1", max_points=D(20)), "verifier_id": OFFICE, **more}
    return Score(pk=1, sheet=sheet, **given)


def allowed(may: Callable[..., Decision], who: Actor, about: Callable[[Any], Any]) -> set[str]:
    """The states of a round in which ``who`` may."""
    return {state.value for state in STATES if may(who, about(state))}


def refused(told: Decision, words: str) -> bool:
    return not told and words in told.reason


# --- the round -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("may", "states"),
    [
        (verification.may_begin_verification, {"open"}),
        (verification.may_begin_explanation, {"verifying"}),
        (verification.may_settle_round, {"explaining"}),
        (verification.may_reroute, TAKING),
        (verification.may_move_window, TAKING),
        (rounds.may_recompute, TAKING),
        (rankings.may_propose, {"settled"}),
    ],
)
def test_the_programme_office_of_the_body_moves_the_round_and_nobody_else(may, states) -> None:
    assert allowed(may, CLERK, round_in) == states
    for who in (NOBODY, OFFICER, INSPECTOR, CHAIR, ELSEWHERE):
        assert allowed(may, who, round_in) == set()
    assert refused(may(ELSEWHERE, round_in("open")), "cơ quan thường trực")


@pytest.mark.parametrize(
    ("may", "states"),
    [(rankings.may_send_back, {"proposed"}), (rankings.may_decide, {"proposed"})],
)
def test_the_chairman_or_a_deputy_signs_and_nobody_else(may, states) -> None:
    for who in (CHAIR, VICE):
        assert allowed(may, who, round_in) == states
    for who in (NOBODY, CLERK, INSPECTOR, actor((roles.HEAD, WARD)), actor((roles.LEADER, BODY))):
        assert allowed(may, who, round_in) == set()
        assert refused(may(who, round_in("proposed")), "Chủ tịch")


def test_a_deputy_signs_as_deputy_and_who_is_both_as_the_head() -> None:
    assert rankings.signs_as(CHAIR, round_in()) == "chair"
    assert rankings.signs_as(VICE, round_in()) == "deputy"
    both = actor((roles.DEPUTY, BODY), (roles.HEAD, BODY))
    assert rankings.signs_as(both, round_in()) == "chair"
    assert rankings.signs_as(actor((roles.HEAD, WARD)), round_in()) is None


def test_after_the_decision_the_reason_is_the_decision() -> None:
    assert refused(verification.before_proposal(round_in("decided")), "đã được quyết định")
    assert refused(verification.before_proposal(round_in("settled")), "đã chốt")
    assert refused(verification.before_proposal(round_in("proposed")), "đã chốt")
    assert {s.value for s in STATES if not verification.unlocked(round_in(s))} == {"decided"}
    assert refused(rounds.may_recompute(CLERK, round_in("settled")), "không cập nhật nữa")


def test_who_keeps_a_draft_of_the_ranking() -> None:
    for role in (*roles.VERIFYING, roles.HEAD, roles.DEPUTY):
        who = actor((role, BODY))
        assert allowed(rankings.may_take_draft, who, round_in) == set(STATES) - {"decided"}
        assert not rankings.may_take_draft(actor((role, WARD)), round_in())
    assert refused(rankings.may_take_draft(actor((roles.OBSERVER, BODY)), round_in()), "dự thảo")


# --- the score sheet as law ------------------------------------------------------------------


def test_the_programme_office_writes_a_sheet_until_it_is_enacted() -> None:
    body, draft = Unit(pk=BODY), CriteriaDraft(body_id=BODY)
    assert rounds.may_import_criteria(CLERK, body)
    assert rounds.may_edit_draft(CLERK, draft)
    for who in (NOBODY, INSPECTOR, ELSEWHERE, CHAIR):
        assert refused(rounds.may_import_criteria(who, body), "cơ quan thường trực")
        assert refused(rounds.may_edit_draft(who, draft), "cơ quan thường trực")
    draft.enacted_at = dt.datetime(2023, 1, 2, 1, 30, tzinfo=dt.UTC)
    told = rounds.may_edit_draft(CLERK, draft)
    assert told.done and refused(told, "08:30")
    assert not rounds.may_edit_draft(NOBODY, draft).done


def test_a_sheet_is_ended_once() -> None:
    held = CriteriaSet()
    assert rounds.may_end_criteria(CLERK, held)
    assert refused(rounds.may_end_criteria(INSPECTOR, held), "cơ quan thường trực")
    held.valid_to = dt.date(2023, 12, 31)
    told = rounds.may_end_criteria(CLERK, held)
    assert told.done and refused(told, "31/12/2023")
    assert not rounds.may_end_criteria(INSPECTOR, held).done


@pytest.mark.django_db
def test_a_plan_has_one_round() -> None:
    programme = Programme(pk=1, body_id=BODY)
    assert rounds.may_open_round(CLERK, programme)
    for who in (NOBODY, INSPECTOR, ELSEWHERE):
        assert refused(rounds.may_open_round(who, programme), "cơ quan thường trực")


def test_a_second_round_of_a_plan_is_already_there(city, on_day) -> None:
    on_day(2023, 10, 1)
    round = build(city).round
    told = rounds.may_open_round(city.actor("noi-vu"), round.programme)
    assert told.done and refused(told, "đã được mở")


# --- the unit's own sheet ------------------------------------------------------------------


@pytest.mark.parametrize("role", ACTING)
def test_who_acts_for_the_unit_fills_in_its_open_sheet(role: str) -> None:
    who = actor((role, WARD))
    assert allowed(sheets.may_fill, who, lambda s: sheet_in("open", s)) == TAKING
    assert not sheets.may_fill(actor((role, OTHER)), sheet_in())
    for state in ("submitted", "verified", "settled"):
        assert refused(sheets.may_fill(who, sheet_in(state)), "đã nộp")
    assert refused(sheets.may_fill(who, sheet_in("open", "settled")), "không nhận thêm phiếu")


def test_a_member_or_an_office_does_not_fill_in_for_the_unit() -> None:
    for who in (NOBODY, CLERK, INSPECTOR, CHAIR, actor((roles.MEMBER, WARD))):
        assert refused(sheets.may_fill(who, sheet_in()), "công chức đầu mối")
        assert refused(sheets.may_submit(who, sheet_in()), "công chức đầu mối")


def test_a_second_click_is_told_who_handed_in_and_when() -> None:
    at = dt.datetime(2023, 10, 14, 2, 5, tzinfo=dt.UTC)
    handed = sheet_in("submitted", submitted_at=at, submitted_by=Person(name="Trần Thị Hoa"))
    told = sheets.may_submit(OFFICER, handed)
    assert told.done
    assert "Trần Thị Hoa" in told.reason and "09:05" in told.reason
    assert "hệ thống" in sheets.may_submit(OFFICER, sheet_in("submitted", submitted_at=at)).reason
    # A state without its time is no second click; verified sheets are further on.
    assert "hệ thống" not in sheets.may_submit(OFFICER, sheet_in("submitted")).reason
    verified = sheets.may_submit(OFFICER, sheet_in("verified", submitted_at=at))
    assert not verified.done and refused(verified, "đã thẩm định")
    assert refused(sheets.may_submit(OFFICER, sheet_in("open", "decided")), "không nhận thêm")


def test_the_gate_is_asked_last_and_its_words_are_the_reason(monkeypatch) -> None:
    from danvan.scoring import gate

    asked = []
    lacking = gate.Lacking(unclaimed=[Score()])
    monkeypatch.setattr(gate, "lacking_of", lambda sheet: asked.append(sheet) or lacking)
    assert not sheets.may_submit(NOBODY, sheet_in())
    assert asked == []
    assert refused(sheets.may_submit(OFFICER, sheet_in()), "1 tiêu chí chưa chấm")
    lacking.unclaimed.clear()
    assert sheets.may_submit(OFFICER, sheet_in())


@pytest.mark.django_db
def test_the_office_sends_a_sheet_back_that_another_handed_in() -> None:
    handed = sheet_in("submitted", submitted_by_id=50)
    assert allowed(
        sheets.may_return, CLERK, lambda s: sheet_in("submitted", s, submitted_by_id=50)
    ) == TAKING  # fmt: skip
    for who in (NOBODY, OFFICER, INSPECTOR, ELSEWHERE):
        assert refused(sheets.may_return(who, handed), "cơ quan thường trực")
    assert not sheets.may_return(CLERK, sheet_in("open"))
    own = sheet_in("submitted", submitted_by_id=CLERK.id)
    assert refused(sheets.may_return(CLERK, own), "không tự trả lại")
    assert sheets.may_return(CLERK, sheet_in("submitted", submitted_by_id=None))
    system = Actor(None, "Hệ thống", CLERK.holds)
    assert sheets.may_return(system, sheet_in("submitted", submitted_by_id=None))


def test_what_is_being_verified_is_not_sent_back(city, on_day) -> None:
    from danvan.scoring.actions.verification import agree

    on_day(2023, 10, 16)
    case = build(city)
    sheet = case.submit("phuong-1")
    assert sheets.may_return(city.actor("noi-vu"), sheet)
    agree(case.score("phuong-1", "1.1"), by=city.actor("noi-vu"))
    assert refused(sheets.may_return(city.actor("noi-vu"), sheet), "Đã bắt đầu thẩm định")


def test_proof_is_removed_by_the_unit_and_dated_by_who_judges_it() -> None:
    member = actor((roles.MEMBER, OFFICE))

    def proof(state: str, **more: Any) -> Proof:
        return Proof(score=score_in(sheet_in(state), **more))

    assert sheets.may_remove_proof(OFFICER, proof("open"))
    assert not sheets.may_remove_proof(member, proof("open"))
    assert not sheets.may_remove_proof(OFFICER, proof("submitted"))
    assert sheets.may_date_proof(OFFICER, proof("open"))
    assert not sheets.may_date_proof(OFFICER, proof("submitted"))
    assert sheets.may_date_proof(member, proof("submitted"))
    assert not sheets.may_date_proof(member, proof("open"))
    assert not sheets.may_date_proof(member, proof("submitted", verified=D(3)))
    assert not sheets.may_date_proof(member, proof("verified", verified=D(3)))
    assert not sheets.may_date_proof(actor((roles.HEAD, OFFICE)), proof("submitted"))
    assert not sheets.may_date_proof(member, proof("submitted", verifier_id=INSPECTORATE))


def test_the_nightly_scan_runs_by_itself_or_by_the_office() -> None:
    assert sheets.may_scan_proofs(SYSTEM, round_in())
    assert sheets.may_scan_proofs(CLERK, round_in())
    assert not sheets.may_scan_proofs(Actor(None, "Hệ thống"), round_in())
    assert not sheets.may_scan_proofs(INSPECTOR, round_in())


# --- verification --------------------------------------------------------------------------


def test_the_office_of_the_criterion_verifies_what_was_handed_in() -> None:
    def about(state: str) -> Score:
        return score_in(sheet_in("submitted", state))

    assert allowed(verification.may_verify, CLERK, about) == TAKING
    assert refused(verification.may_verify(INSPECTOR, about("open")), "cơ quan khác thẩm định")
    assert refused(
        verification.may_verify(actor((roles.PROGRAMME_OFFICE, BODY)), about("open")),
        "cơ quan khác thẩm định",
    )
    open_sheet, verified = score_in(sheet_in("open")), score_in(sheet_in("verified"))
    assert refused(verification.may_verify(CLERK, open_sheet), "chưa nộp")
    assert refused(verification.may_verify(CLERK, verified), "chỉ còn thay đổi qua giải trình")
    settled = score_in(sheet_in("settled"))
    assert refused(verification.may_verify(CLERK, settled), "chỉ còn thay đổi qua giải trình")


@pytest.mark.parametrize("role", [roles.MEMBER, *ACTING])
def test_nobody_of_the_unit_verifies_it_whatever_else_he_holds(role: str) -> None:
    score = score_in(sheet_in("submitted"), verifier_id=None)
    both = actor((role, WARD), (roles.MEMBER, OFFICE))
    told = verification.may_verify(both, score)
    assert refused(told, "đơn vị mình") and "Tiêu chí này do" not in told.reason
    assert verification.may_verify(
        actor((role, OTHER), (roles.MEMBER, OFFICE)), score_in(sheet_in("submitted"))
    )


def test_who_gave_a_mark_does_not_stand_aside_afterwards() -> None:
    sheet = sheet_in("submitted")
    assert verification.may_abstain(CLERK, score_in(sheet))
    assert refused(verification.may_abstain(CLERK, score_in(sheet, verified=D(0))), "đã được")
    assert not verification.may_abstain(INSPECTOR, score_in(sheet))


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        ({"claimed": D(5)}, False),
        ({"claimed": D(5), "verified": D(5)}, False),
        ({"claimed": D(5), "verified": D(4)}, True),
        ({"claimed": D(5), "verified": D(6)}, True),
        ({"claimed": None, "verified": D(0)}, False),
        ({"claimed": None, "verified": D(1)}, True),
        ({"claimed": D(5), "verified": D(5), "arises_verified": True}, False),
        ({"claimed": D(5), "verified": D(5), "arises_verified": False}, True),
        ({"arises": False, "verified": D(0)}, False),
        # Full points for what did not arise are the policy, not a change.
        ({"arises": False, "arises_verified": False, "verified": D(20)}, False),
        ({"arises": False, "arises_verified": True, "verified": D(0)}, True),
    ],
)
def test_what_counts_as_changed_by_the_verifier(values: dict[str, Any], changed: bool) -> None:
    assert verification.is_changed(Score(**values)) is changed


# --- explanation ---------------------------------------------------------------------------


def lowered(state: str = Sheet.State.VERIFIED, round: str = Round.State.EXPLAINING, **more: Any):
    return score_in(sheet_in(state, round), **{"claimed": D(18), "verified": D(12), **more})


@pytest.mark.django_db
def test_a_lowered_score_is_explained_by_the_unit_within_the_window(on_day) -> None:
    on_day(2023, 10, 17)
    for role in ACTING:
        assert verification.may_explain(actor((role, WARD)), lowered())
    for who in (NOBODY, CLERK, INSPECTOR, actor((roles.MEMBER, WARD)), actor((roles.HEAD, OTHER))):
        assert refused(verification.may_explain(who, lowered()), "giải trình được")
    assert allowed(
        verification.may_explain, OFFICER, lambda s: lowered(round=s)
    ) == TAKING  # fmt: skip
    assert refused(verification.may_explain(OFFICER, lowered("settled")), "đã chốt điểm")
    for state in ("open", "submitted"):
        assert refused(verification.may_explain(OFFICER, lowered(state)), "chưa thẩm định xong")
    agreed = lowered(verified=D(18))
    assert refused(verification.may_explain(OFFICER, agreed), "không có gì phải giải trình")


@pytest.mark.parametrize(
    ("day", "words"), [(16, "Chưa đến"), (17, ""), (19, ""), (20, "Đã hết thời gian")]
)
def test_the_window_includes_its_first_and_last_day(day: int, words: str) -> None:
    with clock.set_to(dt.date(2023, 10, day)):
        told = verification.in_window(round_in())
    assert bool(told) is not bool(words)
    assert words in told.reason
    assert not words or ("17/10/2023" in told.reason and "19/10/2023" in told.reason)


@pytest.mark.django_db
def test_outside_the_window_nothing_is_explained(on_day) -> None:
    on_day(2023, 10, 20)
    assert refused(verification.may_explain(OFFICER, lowered()), "Đã hết thời gian")


@pytest.fixture
def explained(city, on_day) -> Case:
    """Phường 1's 2.1 lowered by the inspectorate and explained by the unit."""
    from danvan.scoring.actions import explanations, settlement
    from danvan.scoring.actions.verification import verify

    on_day(2023, 10, 17)
    case = build(city)
    case.submit("phuong-1")
    verify(case.score("phuong-1", "2.1"), points=D(12), reason="Thiếu sổ",
           by=city.actor("thanh-tra"))  # fmt: skip
    case.agree_all("phuong-1")
    settlement.begin_verification(case.round, by=city.actor("noi-vu"))
    settlement.begin_explanation(case.round, by=city.actor("noi-vu"))
    explanations.explain(case.score("phuong-1", "2.1"), text="Có sổ", asks=D(18),
                         by=city.actor("phuong-1"))  # fmt: skip
    return case


def test_a_score_is_explained_once(explained: Case) -> None:
    city = explained.city
    told = verification.may_explain(city.actor("phuong-1"), explained.score("phuong-1", "2.1"))
    assert told.done and refused(told, str(city.people["phuong-1"]))
    Explanation.objects.update(filed_by=None)
    told = verification.may_explain(city.actor("phuong-1"), explained.score("phuong-1", "2.1"))
    assert "hệ thống" in told.reason


def test_an_explanation_is_answered_by_the_office_and_by_another_person(explained: Case) -> None:
    city, asked = explained.city, Explanation.objects.get()
    office = city.actor("noi-vu")
    assert verification.may_answer(office, asked)
    for who in ("thanh-tra", "phuong-1", "mat-tran"):
        assert refused(verification.may_answer(city.actor(who), asked), "cơ quan thường trực")
    asked.score.verified_by_id = office.id
    assert refused(verification.may_answer(office, asked), "người khác xem lại")
    asked.score.verified_by_id = None
    assert verification.may_answer(Actor(None, "", office.holds), asked)
    unit = city.units["phuong-1"].pk
    own = Actor(office.id, "", office.holds | {Hold(roles.MEMBER, unit)})
    assert refused(verification.may_answer(own, asked), "đơn vị mình")
    assert verification.may_name_second(office, asked)
    assert not verification.may_name_second(city.actor("thanh-tra"), asked)
    assert refused(verification.may_name_second(own, asked), "đơn vị mình")
    for state, words in (("settled", "đã chốt"), ("submitted", "chưa thẩm định xong")):
        asked.score.sheet.state = state
        assert refused(verification.may_answer(office, asked), words)
        asked.score.sheet.state = "verified"
    asked.score.sheet.round.state = "settled"
    assert refused(verification.may_answer(office, asked), "đã chốt")
    assert refused(verification.may_name_second(office, asked), "đã chốt")


def test_an_answer_is_given_once(explained: Case) -> None:
    city, asked = explained.city, Explanation.objects.get()
    asked.answered_at = clock.now()
    told = verification.may_answer(city.actor("noi-vu"), asked)
    assert told.done and refused(told, "hệ thống")
    asked.answered_by = city.people["noi-vu"]
    assert str(asked.answered_by) in verification.may_answer(city.actor("noi-vu"), asked).reason
    told = verification.may_name_second(city.actor("noi-vu"), asked)
    assert told.done and refused(told, "đã được trả lời")


# --- settlement and the decision -------------------------------------------------------------


def test_a_verified_sheet_is_settled_by_the_office_before_the_decision() -> None:
    assert allowed(
        verification.may_settle_sheet, CLERK, lambda s: sheet_in("verified", s)
    ) == set(STATES) - {"decided"}  # fmt: skip
    for state in ("open", "submitted", "settled"):
        assert not verification.may_settle_sheet(CLERK, sheet_in(state))
    assert not verification.may_settle_sheet(ELSEWHERE, sheet_in("verified"))


def test_a_result_is_withdrawn_once_by_who_decides() -> None:
    held = Ranking(round=round_in("decided"))
    assert rankings.may_withdraw(CHAIR, held)
    assert rankings.may_withdraw(VICE, held)
    assert not rankings.may_withdraw(CLERK, held)
    held.withdrawn_at = clock.now()
    told = rankings.may_withdraw(CHAIR, held)
    assert told.done and refused(told, "đã được thu hồi")
    assert not rankings.may_withdraw(CLERK, held).done


def settle(case: Case) -> Round:
    """The round as it stands when the points are settled, without walking there."""
    Round.objects.update(state="settled")
    Sheet.objects.filter(submitted_at__isnull=False).update(state="settled")
    return Round.objects.get()


def test_a_decided_point_is_corrected_only_after_a_withdrawal(case: Case) -> None:
    from tests.scoring.world import withdrawn

    office, substitute = case.city.actor("noi-vu"), case.city.actor("thanh-tra")
    score = case.score("phuong-1", "1.1")
    assert refused(rankings.may_correct(office, score), "bị thu hồi")
    settle(case)
    score = case.score("phuong-1", "1.1")
    assert refused(rankings.may_correct(office, score), "bị thu hồi")
    withdrawn(case.city, case.round)
    score = case.score("phuong-1", "1.1")
    assert refused(rankings.may_correct(office, score), "không có điểm nào")
    score.decided = D(20)
    assert rankings.may_correct(office, score)
    assert refused(rankings.may_correct(substitute, score), "cơ quan thay")
    unit = case.city.units["phuong-1"].pk
    for role in (roles.MEMBER, *ACTING):
        both = Actor(1, "", office.holds | {Hold(role, unit)})
        assert refused(rankings.may_correct(both, score), "đơn vị mình")
    own = case.score("noi-vu", "1.1")
    own.decided = D(20)
    assert rankings.may_correct(substitute, own)
    assert not rankings.may_correct(office, own)
    score.sheet.round.state = "proposed"
    assert refused(rankings.may_correct(office, score), "bị thu hồi")


def test_another_opinion_is_noted_by_a_verifying_office_on_what_is_verified(case: Case) -> None:
    city = case.city
    sheet = case.sheet("phuong-1")
    for state in ("open", "submitted"):
        sheet.state = state
        assert refused(rankings.may_note(city.actor("thanh-tra"), sheet), "chưa thẩm định xong")
    for state in ("verified", "settled"):
        sheet.state = state
        for who in ("noi-vu", "thanh-tra", "van-phong"):
            assert rankings.may_note(city.actor(who), sheet)
    for who in ("phuong-2", "mat-tran"):
        assert refused(rankings.may_note(city.actor(who), sheet), "cơ quan thẩm định")
    assert refused(rankings.may_note(city.actor("phuong-1"), sheet), "bằng giải trình")
    leader = Actor(1, "", frozenset({Hold(roles.LEADER, sheet.unit_id)}))
    assert refused(rankings.may_note(leader, sheet), "bằng giải trình")
    sheet.round.state = "decided"
    assert refused(rankings.may_note(city.actor("thanh-tra"), sheet), "đã được quyết định")


def test_the_offices_of_a_person_are_told_once_each_substitutes_too(case: Case) -> None:
    city, units = case.city, case.city.units
    held = [units[key].pk for key in ("noi-vu", "thanh-tra", "van-phong")]
    every = Actor(1, "", frozenset(Hold(roles.MEMBER, pk) for pk in held))
    assert rankings.noting_offices(every, case.round) == held
    assert rankings.noting_offices(city.actor("van-phong"), case.round) == held[2:]
    heads = Actor(1, "", frozenset(Hold(roles.HEAD, pk) for pk in held))
    assert rankings.noting_offices(heads, case.round) == []
    case.round.offices.filter(role=roles.ADMINISTRATION_OFFICE).update(substitute=units["phuong-2"])
    stands_in = city.actor("phuong-2")
    assert rankings.noting_offices(stands_in, case.round) == [units["phuong-2"].pk]


def test_the_proposal_is_signed_on_a_settled_result_by_the_head_of_the_office(case: Case) -> None:
    city = case.city
    head = city.actor(city.heads["noi-vu"])
    deputy = Actor(1, "", frozenset({Hold(roles.DEPUTY, city.units["noi-vu"].pk)}))
    for who in (head, deputy):
        assert allowed(rankings.may_issue_proposal, who, lambda s: _as(case.round, s)) == {
            "settled"
        }
    for state in ("proposed", "decided"):
        assert refused(rankings.may_issue_proposal(head, _as(case.round, state)), "đã trình")
    assert refused(rankings.may_issue_proposal(head, _as(case.round, "verifying")), "chưa chốt")
    for who in (city.actor("noi-vu"), city.actor(city.heads["thanh-tra"]), chairman(case)):
        told = rankings.may_issue_proposal(who, _as(case.round, "settled"))
        assert refused(told, "người đứng đầu")
    # Whatever its number, the office itself signs, not who stands in on its own sheet.
    first, _new = Unit.objects.get_or_create(pk=1, defaults={"key": "don-vi-1"})
    case.round.offices.filter(role=roles.PROGRAMME_OFFICE).update(office=first)
    assert rankings.may_issue_proposal(
        Actor(1, "", frozenset({Hold(roles.HEAD, 1)})), _as(case.round, "settled")
    )
    case.round.offices.all().delete()
    anywhere = Actor(1, "", frozenset({Hold(roles.HEAD, 0)}))
    assert refused(rankings.may_issue_proposal(anywhere, case.round), "người đứng đầu")


def _as(round: Round, state: str) -> Round:
    round.state = state
    return round


def test_a_cap_is_raised_by_a_verifying_office_and_lifted_by_the_decider(case: Case) -> None:
    city, sheet = case.city, case.sheet("phuong-1")

    def about(state: str) -> Sheet:
        _as(sheet.round, state)
        return sheet

    for who in ("noi-vu", "thanh-tra", "van-phong"):
        assert allowed(rankings.may_raise_cap, city.actor(who), about) == set(STATES) - {
            "proposed", "decided",
        }  # fmt: skip
    assert refused(rankings.may_raise_cap(city.actor("noi-vu"), about("proposed")), "bị trả lại")
    assert refused(
        rankings.may_raise_cap(city.actor("noi-vu"), about("decided")), "đã được quyết định"
    )
    for who in ("phuong-2", "mat-tran", city.heads["thanh-pho"]):
        told = rankings.may_raise_cap(city.actor(who), about("open"))
        assert refused(told, "Chỉ cơ quan thẩm định")
    assert refused(rankings.may_raise_cap(city.actor("phuong-1"), about("open")), "thuộc đơn vị")
    both = Actor(
        1, "", city.actor("noi-vu").holds | {Hold(roles.DEPUTY, sheet.unit_id)}
    )  # fmt: skip
    assert refused(rankings.may_raise_cap(both, about("open")), "thuộc đơn vị")
    assert allowed(rankings.may_lift_cap, chairman(case), about) == set(STATES) - {"decided"}
    assert allowed(rankings.may_lift_cap, city.actor("noi-vu"), about) == set()
