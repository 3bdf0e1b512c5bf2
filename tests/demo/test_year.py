"""The year, at its four stages. Row 78: one command gives a city and a whole, true year."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from danvan.accounts.models import User
from danvan.assignments.models import Directive, ExtensionRequest
from danvan.demo import city, names, sign_ins, story
from danvan.demo.chapters import directing
from danvan.documents.models import Document
from danvan.indices.models import Edition
from danvan.indices.queries import comparisons
from danvan.kernel import clock
from danvan.kernel.models import Entry, Refusal
from danvan.organisations import queries, roles
from danvan.organisations.models import Succession, Unit
from danvan.programmes import amending
from danvan.programmes.models import Amendment
from danvan.scoring.models import CriteriaSet, Explanation, Ranking, Score, Standing

pytestmark = pytest.mark.django_db
CLOSED = dt.date(2023, 11, 1)


def test_planning_waits_for_the_reviewer(pictures):
    now = pictures["planning"]
    settled = now.findings["accepted"] + now.findings["corrected"]
    assert now.findings["corrected"] == 2
    assert 0.4 < settled / sum(now.findings.values()) < 0.6
    assert now.programmes == 0 and not now.plans


def test_running_shows_every_fate_of_a_plan(pictures):
    now = pictures["running"]
    assert "pending" not in now.findings and now.programmes == 1
    assert now.plans["noi-vu"] == ("accepted", 0, 0)
    assert now.plans["tai-nguyen"] == ("accepted", 3, 0)
    assert now.plans["ban-quan-ly-du-an"] == ("accepted", 12, 0)
    assert now.plans["van-hoa-thong-tin"] == ("accepted", 0, 1)
    assert now.plans["giao-duc-thuong-xuyen"] == ("returned", 0, 1)
    assert now.plans["y-te"][0] == "exempt"
    assert now.plans["quan-ly-do-thi"] == ("open", None, 0)
    assert now.plans["phuong-3"][1] == 1 and now.plans["phuong-ninh-thanh"][1] == 5
    assert now.undated["submitted"] == 2  # two wait for the office
    assert now.undated["in_progress"] > 40 and now.undated["accepted"] > 20
    ranked = {year.key for year in story.YEARS}
    assert len(ranked - now.officers) == 3  # two without an officer, and Phòng Y tế
    assert now.delegations == 1 and not now.sheets


def test_scoring_stands_in_the_middle_of_verification(pictures):
    now = pictures["scoring"]
    assert now.round == "verifying"
    assert now.sheets["xa-thanh-tan"] == now.sheets["y-te"] == "open"
    assert Counter(now.sheets.values())["open"] == 2
    assert now.reports["tai-nguyen"] == "open" and now.reports["noi-vu"] == "accepted"
    share = {office: done / n for office, (n, done) in now.verified.items()}
    assert share["van-phong"] > 0.85
    assert 0.3 < share["noi-vu"] < 0.6 and 0.3 < share["thanh-tra"] < 0.8
    whole = [sum(column) for column in zip(*now.verified.values(), strict=True)]
    assert 0.4 < whole[1] / whole[0] < 0.65


def test_row_78_the_history_of_the_closed_year_holds(pictures, capsys):
    call_command("verify_history")
    assert "nguyên vẹn" in capsys.readouterr().out
    assert not Refusal.objects.exists()  # everybody did only what he may
    moments = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < timezone.make_aware(dt.datetime(2023, 11, 1, 8))


def test_row_78_every_ranked_unit_has_a_standing_or_a_reason(pictures):
    ranked = {unit for unit, _block in queries.ranked_units(city.body(), CLOSED)}
    held = {s.unit_id: s for s in Standing.objects.all()}
    assert set(held) == ranked and len(ranked) == 25
    assert all(s.rank or s.ineligible_reason for s in held.values())
    assert not Score.objects.filter(sheet__state="settled", decided=None).exists()


def test_row_78_the_closed_year_has_one_of_each(pictures):
    plans, held = pictures["closed"].plans, standings()
    assert any(late for _state, late, _returns in plans.values())
    assert any(state == "open" for state, _late, _returns in plans.values())
    assert any(returns for _state, _late, returns in plans.values())
    assert any(state == "exempt" for state, _late, _returns in plans.values())
    assert [cap["code"] for cap in held["quan-ly-do-thi"].caps] == ["K1"]
    assert (held["quan-ly-do-thi"].uncapped_band, held["quan-ly-do-thi"].band) == ("Tốt", "Khá")
    assert [cap["code"] for cap in held["xa-thanh-tan"].caps] == ["K2"]
    assert held["xa-thanh-tan"].band == "Trung bình"
    assert "Quyết định kỷ luật" in held["kinh-te"].ineligible_reason
    assert "Không nộp hồ sơ" in held["y-te"].ineligible_reason
    answered = Explanation.objects.exclude(answered_at=None).select_related("score")
    assert answered.count() == Explanation.objects.count() == 8
    kept = [e for e in answered if e.score.explained == e.score.verified]
    whole = [e for e in answered if e.score.explained == e.asks]
    assert len(kept) >= 2 and len(whole) >= 2 and len(kept) + len(whole) < 8


def test_row_78_classes_are_mixed_and_near_the_target(pictures):
    bands = Counter(s.band for s in standings().values() if s.rank)
    assert bands["Khá"] >= 3 and bands["Trung bình"] >= 3
    share = 100 * bands["Tốt"] / sum(bands.values())
    assert 50 < share < 70 and share != 60
    for block in ("DEPT", "WARD", "PSU"):
        assert len({s.band for s in standings().values() if s.block == block and s.rank}) >= 3


def test_row_78_the_decision_is_signed_for_the_chairman(pictures):
    ranking = Ranking.objects.select_related("decision", "signed_by__user").get()
    assert ranking.decision.code == "1247/QĐ-UBND"
    assert ranking.decision.issued_on == dt.date(2023, 10, 20)
    assert ranking.signing_as == "deputy" and ranking.signed_by.user.username == "pho-chu-tich"


def test_marks_were_lowered_for_many_reasons(pictures):
    lowered = Score.objects.filter(verify_reason__gt="", arises=True).values_list("verify_reason")
    assert lowered.distinct().count() >= 12
    claims = Score.objects.exclude(claimed=None).exclude(computed=None)
    assert claims.exclude(claim_reason="").exists()
    assert Score.objects.filter(arises=False, arises_verified=False).exists()


def test_the_score_sheet_says_it_is_not_815(pictures):
    for held in CriteriaSet.objects.select_related("enacted_by"):
        assert held.enacted_by.code == "" and "trình diễn" in held.enacted_by.subject
        assert "không phải" in held.note
    cited = Document.objects.get(code="815/QĐ-UBND")
    assert not cited.criteria_sets.exists()


def test_the_body_of_2023_and_what_became_of_it(pictures):
    assert Unit.objects.exclude(versions__valid_from__year=2025).count() == 36
    wards = [u for u, block in queries.ranked_units(city.body(), CLOSED) if block == "WARD"]
    became = Succession.objects.filter(predecessor__in=wards, on=dt.date(2025, 7, 1))
    assert set(became.values_list("predecessor", flat=True)) == set(wards)
    assert "UBND Phường 1" in queries.names_on(CLOSED).values()


def test_everybody_offered_can_sign_in_and_is_who_is_said(pictures, client):
    offered = sign_ins.all_sign_ins()
    accounts = {user.username: user for user in User.objects.all()}
    assert {one.username for one in offered} <= set(accounts)
    passwords = {user.password for user in accounts.values()}
    assert len(passwords) == 1 and accounts["noi-vu"].check_password(city.PASSWORD)
    held = {u: queries.actor_for(accounts[u], CLOSED) for u in accounts}
    assert held["noi-vu"].has(roles.PROGRAMME_OFFICE) and held["thanh-tra"].has(roles.INSPECTORATE)
    assert held["van-phong"].has(roles.ADMINISTRATION_OFFICE)
    assert held["ban-dan-van"].has(roles.OBSERVER) and held["mat-tran"].has(roles.OBSERVER)
    assert held["chu-tich"].has(roles.HEAD, city.body().pk)
    assert held["pho-chu-tich"].has(roles.DEPUTY, city.body().pk)
    assert held["quan-tri"].has(roles.ADMINISTRATOR)
    for year in story.YEARS:
        assert held[year.key].has(roles.FOCAL_OFFICER) is year.officer
        assert held[f"{year.key}.truong"].has(roles.HEAD)


@pytest.mark.parametrize("username", ["noi-vu", "phuong-1", "pho-chu-tich", "mat-tran", "quan-tri"])
def test_every_first_page_opens_and_says_it_is_a_demonstration(
    pictures, client, settings, username
):
    from danvan.ui import navigation

    settings.DEMONSTRATION = True
    with clock.set_to(CLOSED):
        client.force_login(User.objects.get(username=username))
        first = client.get("/")
        request = first.wsgi_request
        addresses = [item.url for item in navigation.items(request, request.actor)]
        assert len(addresses) > 3
        for address in addresses:
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, address
            assert "Dữ liệu trình diễn" in answer.content.decode(), address


def test_an_unconfirmed_unit_carries_the_badge(pictures, client, settings):
    settings.DEMONSTRATION = True
    with clock.set_to(CLOSED):
        client.force_login(User.objects.get(username="noi-vu"))
        pages = {k: client.get(f"/to-chuc/{k}/").content.decode() for k in ("tai-chinh", "tu-phap")}
    assert "chưa xác nhận" in pages["tai-chinh"] and "chưa xác nhận" not in pages["tu-phap"]


def test_invented_names_do_not_repeat():
    made = [names.name(number) for number in range(800)]
    assert len(set(made)) == 800


def standings() -> dict[str, Standing]:
    return {s.unit.key: s for s in Standing.objects.select_related("unit")}


def test_a_meeting_s_directive_has_its_thread_and_two_answers_about_time(pictures):
    held = Directive.objects.get(title=directing.TITLE)
    works = {a.unit.key: a for a in held.assignments.select_related("unit")}
    assert {a.state for a in works.values()} == {"accepted"}
    asked = {
        r.assignment.unit.key: (r.state, r.granted_until)
        for r in ExtensionRequest.objects.filter(assignment__in=works.values())
    }
    assert asked == {
        directing.GRANTED: ("granted", directing.LATER),
        directing.REFUSED: ("refused", None),
    }
    assert works[directing.GRANTED].due_on == directing.LATER
    assert works[directing.GRANTED].first_due_on == directing.DUE
    assert works[directing.REFUSED].due_on == directing.DUE


def test_the_indices_shown_are_samples_with_the_year_before(pictures):
    kept = list(Edition.objects.all())
    assert {(e.code, e.year) for e in kept} == {
        (code, year) for code in ("par", "sipas") for year in (2021, 2022)
    }
    assert all(e.illustrative and e.source.startswith("Số liệu minh họa") for e in kept)
    ward = Unit.objects.get(key="phuong-1").pk
    (told,) = comparisons("par", [ward], 2022).values()
    assert told.change is not None and told.now.rank


def test_the_plan_was_amended_by_a_signed_document(pictures):
    amendment = Amendment.objects.get()
    assert (amendment.state, amendment.document.code) == ("published", "128/KH-UBND")
    assert amendment.document.signer_position == "Phó Chủ tịch UBND thành phố"
    programme = amendment.programme
    before, since = (
        amending.targets_on(programme, day) for day in (dt.date(2023, 8, 20), dt.date(2023, 8, 21))
    )
    assert (len(before), len(since)) == (6, 7)
    assert [t.fact for t in since[6:]] == ["emulation.programme_recognised"]
    wards = [next(t for t in held if t.provision.path == "III.4") for held in (before, since)]
    assert "Pháp lệnh số 34/2007" in wards[0].subject and "Pháp lệnh" not in wards[1].subject
    assert programme.tasks.get(added_from=dt.date(2023, 8, 21)).due_on == dt.date(2023, 11, 30)
