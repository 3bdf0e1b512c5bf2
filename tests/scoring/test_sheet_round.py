"""Opening a round, and what it costs to look at it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.kernel import audit, clock
from danvan.kernel.access import Refused
from danvan.organisations import roles
from danvan.organisations.models import RoleHolding
from danvan.scoring import computing
from danvan.scoring.actions import rounds
from danvan.scoring.duties import duties_of
from danvan.scoring.models import CriteriaSet, Round, Score, Sheet
from tests.scoring import factory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 10, 2)


def test_row_78_a_round_gives_every_ranked_unit_its_sheet(city) -> None:
    round = factory.round_for(city)
    sheets = {s.unit.key: s.block for s in round.sheets.select_related("unit")}
    assert sheets == {
        "noi-vu": "DEPT", "tu-phap": "DEPT", "thanh-tra": "DEPT", "van-phong": "DEPT",
        "van-hoa": "PSU", "phuong-1": "WARD", "phuong-2": "WARD", "xa-tan-binh": "WARD",
    }  # fmt: skip
    assert Score.objects.filter(sheet__round=round).count() == 8 * 38
    assert set(round.blocks.values_list("block", "criteria_set__block")) == {
        (b, b) for b in ("DEPT", "WARD", "PSU")
    }
    assert round.target_share == 60


def test_every_verifying_office_has_a_substitute(city) -> None:
    round = factory.round_for(city)
    offices = {o.role: (o.office.key, o.substitute.key) for o in round.offices.all()}
    assert offices == {
        roles.PROGRAMME_OFFICE: ("noi-vu", "thanh-tra"),
        roles.INSPECTORATE: ("thanh-tra", "noi-vu"),
        roles.ADMINISTRATION_OFFICE: ("van-phong", "noi-vu"),
    }


def test_a_substitute_may_be_named_but_not_the_office_itself(city) -> None:
    with pytest.raises(Refused, match="phải là cơ quan khác"):
        factory.round_for(city, substitutes={roles.INSPECTORATE: city.units["thanh-tra"].pk})
    assert not Round.objects.exists()
    named = {roles.INSPECTORATE: city.units["tu-phap"].pk}
    round = factory.round_for(city, substitutes=named, programme=_programme())
    assert round.offices.get(role=roles.INSPECTORATE).substitute.key == "tu-phap"


def _programme():
    from danvan.programmes.models import Programme

    return Programme.objects.get()


def test_what_the_system_knows_stands_there_from_the_first_day(city) -> None:
    round = factory.round_for(city)
    score = factory.score_of(factory.sheet_of(round, city, "phuong-1"), "1.1")
    # The plan was due on 04/4 and nobody sent it: 180 days on 01/10.
    assert score.computed == 0
    assert score.computed_said == "số ngày gửi kế hoạch chậm = 180: không thuộc các mức trên → 0."
    unknown = factory.score_of(score.sheet, "6.4")
    assert unknown.computed is None and unknown.computed_said.startswith("Chưa biết:")
    assert factory.score_of(score.sheet, "6.6").computed_said == ""


def test_opening_twice_is_told_as_done(city) -> None:
    round = factory.round_for(city)
    with pytest.raises(Refused) as again:
        factory.round_for(city, programme=round.programme)
    assert again.value.decision.done and "đã được mở" in again.value.decision.reason
    assert Sheet.objects.count() == 8


def test_a_block_without_a_score_sheet_keeps_the_round_shut(city) -> None:
    with clock.set_to(factory.OPENED):
        factory.criteria_for(city)
    CriteriaSet.objects.filter(block="PSU").delete()
    with pytest.raises(Refused, match="chưa có bảng điểm áp dụng cho: Khối đơn vị sự nghiệp"):
        factory.round_for(city)
    assert not Round.objects.exists()


def test_a_role_without_a_holder_keeps_the_round_shut(city) -> None:
    RoleHolding.objects.filter(role=roles.INSPECTORATE).update(valid_to=dt.date(2023, 10, 15))
    with pytest.raises(Refused, match="16/10/2023 chưa có cơ quan nào giữ vai trò: Cơ quan thanh"):
        factory.round_for(city)
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"verify_due": dt.date(2023, 10, 1)},
        {"explain_to": dt.date(2023, 10, 1)},
        {"period_from": dt.date(2024, 1, 1)},
        {"decide_due": dt.date(2023, 10, 17)},
    ],
)
def test_days_in_the_wrong_order_are_refused(city, wrong) -> None:
    with pytest.raises(Refused, match=r"ngày đầu phải không sau ngày cuối|theo thứ tự"):
        factory.round_for(city, **wrong)


def test_only_the_programme_office_opens_and_recomputes(city) -> None:
    with pytest.raises(Refused, match="cơ quan thường trực"):
        factory.round_for(city, by=city.actor("thanh-tra"))
    round = factory.round_for(city, programme=_programme())
    with pytest.raises(Refused, match="cơ quan thường trực"):
        rounds.recompute(round, by=city.actor("phuong-1"))


def test_recomputing_reads_the_facts_again_and_says_so(city, on_day) -> None:
    round = factory.round_for(city)
    on_day(2023, 10, 19)
    changed = rounds.recompute(round, by=city.actor("noi-vu"))
    # The dossier is three days late by now for all eight.
    assert changed >= 8
    assert factory.score_of(factory.sheet_of(round, city, "phuong-1"), "6.4").computed == 0
    assert audit.of(round).first().action == "scoring.round.recompute"


def test_a_settled_round_is_not_recomputed(city) -> None:
    round = factory.round_for(city)
    Round.objects.update(state="settled")
    with pytest.raises(Refused, match="đã chốt"):
        rounds.recompute(round, by=city.actor("noi-vu"))


def test_the_unit_reads_in_its_history_that_its_sheet_was_opened(city) -> None:
    sheet = factory.sheet_of(factory.round_for(city), city, "phuong-1")
    line = audit.of(sheet).get()
    assert (line.action, line.concerns) == ("scoring.round.open", city.units["phuong-1"].pk)


# --- duties ----------------------------------------------------------------------------------


def test_the_desk_tells_the_unit_what_it_owes_and_why(city) -> None:
    round = factory.round_for(city)
    (duty,) = duties_of(city.actor("phuong-1"), TODAY)
    assert duty.title == "Tự chấm điểm và nộp hồ sơ – hạn 16/10/2023"
    assert duty.due == factory.DOSSIER_DUE and duty.kind == "owed"
    assert "49/KH-UBND" in duty.why and "chậm nhất ngày 16/10/2023" in duty.why
    assert duty.url == reverse("scoring:sheet", args=[factory.sheet_of(round, city, "phuong-1").pk])
    factory.submitted(round, city, "phuong-1")
    assert list(duties_of(city.actor("phuong-1"), TODAY)) == []


def test_the_desk_reminds_the_programme_office_of_a_round_to_open(city) -> None:
    factory.programme_for(city)
    (duty,) = duties_of(city.actor("noi-vu"), TODAY)
    assert duty.title == "Mở đợt chấm điểm năm 2023"


# --- pages -----------------------------------------------------------------------------------


def test_the_form_is_prefilled_from_the_plan(city, client) -> None:
    with clock.set_to(factory.OPENED):
        factory.criteria_for(city)
    programme = factory.programme_for(city)
    client.force_login(city.people["noi-vu"].user)
    url = reverse("scoring:open_round", args=[programme.pk])
    form = client.get(url).context["form"]
    assert form.initial["dossier_due"] == factory.DOSSIER_DUE
    assert form.initial["target_share"] == 60
    days = {
        n: form[n].value().strftime("%d/%m/%Y") for n in form.base_fields if n != "target_share"
    }
    named = {n: form[n].value() for n in form.fields if n.startswith("substitute_")}
    opened = client.post(url, {**days, **named, "target_share": "60"}, follow=True)
    assert "Đã mở đợt chấm điểm" in opened.content.decode()
    assert Round.objects.get().decide_due == form.initial["decide_due"]
    again = client.post(url, {**days, **named}, follow=True)
    assert "đã được mở" in again.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("dossier_due", "31/02/2023", "Không có ngày"),
        ("verify_due", "1/10/2023", "Không được trước"),
        ("target_share", "1e9", "không phải là số điểm"),
        ("target_share", "101", "vượt quá"),
    ],
)
def test_a_wrong_field_is_told_there_and_the_rest_is_kept(city, client, name, value, said) -> None:
    with clock.set_to(factory.OPENED):
        factory.criteria_for(city)
    programme = factory.programme_for(city)
    client.force_login(city.people["noi-vu"].user)
    url = reverse("scoring:open_round", args=[programme.pk])
    form = client.get(url).context["form"]
    sent = {n: form[n].value() for n in form.fields}
    sent = {n: v.strftime("%d/%m/%Y") if isinstance(v, dt.date) else v for n, v in sent.items()}
    page = client.post(url, {**sent, name: value})
    text = page.content.decode()
    assert page.status_code == 422 and said in text and sent["period_from"] in text
    assert not Round.objects.exists()


def test_the_form_says_what_keeps_the_round_shut(city, client) -> None:
    programme = factory.programme_for(city)
    client.force_login(city.people["noi-vu"].user)
    page = client.get(reverse("scoring:open_round", args=[programme.pk]))
    assert "chưa có bảng điểm áp dụng" in page.content.decode()


def test_who_may_see_and_open(city, client) -> None:
    round = factory.round_for(city)
    other = factory.programme_for(city, year=2024)
    overview = reverse("scoring:round", args=[round.pk])
    opening = reverse("scoring:open_round", args=[other.pk])
    expected = {
        "noi-vu": (200, 200), "thanh-tra": (200, 403), "mat-tran": (200, 403),
        "phuong-1": (200, 404), "cong-an": (404, 404),
    }  # fmt: skip
    for who, codes in expected.items():
        client.force_login(city.people[who].user)
        found = (client.get(overview).status_code, client.get(opening).status_code)
        assert found == codes, who
    client.force_login(city.people["phuong-1"].user)
    page = client.get(overview).content.decode()
    assert "UBND Phường 1" in page and "UBND Phường 2" not in page
    assert client.post(reverse("scoring:recompute", args=[round.pk])).status_code == 403


def test_the_overview_costs_the_same_for_one_unit_and_for_all(city, client) -> None:
    round = factory.round_for(city)
    url = reverse("scoring:round", args=[round.pk])
    client.force_login(city.people["noi-vu"].user)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    Score.objects.exclude(sheet__unit__key="phuong-1").delete()
    Sheet.objects.exclude(unit__key="phuong-1").delete()
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    assert len(many) == len(one)


def test_the_list_of_rounds_costs_the_same_with_one_and_three(city, client) -> None:
    factory.round_for(city)
    client.force_login(city.people["noi-vu"].user)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("scoring:rounds"))
    for year in (2024, 2025):
        _open_year(city, year)
    with CaptureQueriesContext(connection) as three:
        page = client.get(reverse("scoring:rounds"))
    assert len(page.context["rows"]) == 3 and len(one) == len(three)


def _open_year(city, year: int) -> Round:
    dates = {name: day.replace(year=year) for name, day in factory.DATES.items()}
    programme = factory.programme_for(city, year=year)
    return factory.round_for(city, programme=programme, **dates)


def test_computing_costs_the_same_for_one_sheet_and_for_all(city) -> None:
    round = factory.round_for(city)
    sheets = list(round.sheets.all())
    for sheet in sheets:
        sheet.round = round
    with CaptureQueriesContext(connection) as many:
        computing.compute(computing.scores_of(sheets), round)
    # One of each block: the blocks read different facts.
    first = list({sheet.block: sheet for sheet in sheets}.values())
    with CaptureQueriesContext(connection) as one:
        computing.compute(computing.scores_of(first), round)
    # One for the scores, one to three per fact code (62 codes; those of registers are found and
    # read together).
    assert len(many) == len(one) <= 72


def test_target_share_may_be_left_out(city) -> None:
    assert factory.round_for(city, target_share=None).target_share is None
