"""Rows 55, 58: who verifies what – by role, by hand, instead of whoever stands aside."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.organisations import roles
from danvan.scoring.actions import routing as verbs
from danvan.scoring.actions.verification import verify
from danvan.scoring.models import Abstention, Criterion, Rerouting, Score
from danvan.scoring.queries import routing as queries
from tests.scoring import factory
from tests.scoring.results_factory import Case, build

D = Decimal


@pytest.fixture
def case(city, on_day) -> Case:
    on_day(2023, 10, 16)
    return build(city)


def criterion(case: Case, unit: str, code: str) -> Criterion:
    return Criterion.objects.get(criteria_set=case.sheet(unit).criteria_set, code=code)


def reroute(case: Case, code: str = "5.1", office: str = "thanh-tra", **given) -> Rerouting:
    values = {"criterion": criterion(case, "phuong-1", code), "office": case.city.units[office],
              "reason": "Phòng Nội vụ quá tải", "by": case.city.actor("noi-vu"),
              **given}  # fmt: skip
    return verbs.reroute(case.round, **values)


def verifier(case: Case, unit: str, code: str) -> str:
    held = case.score(unit, code).verifier_id
    return next(key for key, unit in case.city.units.items() if unit.pk == held)


# --- by hand -------------------------------------------------------------------------------


def test_row_55_a_criterion_is_sent_elsewhere_by_hand(case: Case) -> None:
    case.submit("phuong-1")
    assert verifier(case, "phuong-1", "5.1") == "noi-vu"
    reroute(case)
    case.submit("phuong-2")
    assert [verifier(case, u, "5.1") for u in ("phuong-1", "phuong-2")] == ["thanh-tra"] * 2
    assert verifier(case, "phuong-1", "1.1") == "noi-vu"
    line = audit.of(case.round).first()
    assert (line.says, line.reason) == ("giao lại việc thẩm định", "Phòng Nội vụ quá tải")
    verbs.route_back(case.round, rerouting=Rerouting.objects.get(), by=case.city.actor("noi-vu"))
    assert verifier(case, "phuong-2", "5.1") == "noi-vu"
    assert audit.of(case.round).first().says == "bỏ việc giao lại thẩm định"


def test_row_55_one_units_exception_comes_before_the_general_one(case: Case) -> None:
    reroute(case)
    reroute(case, office="van-phong", unit=case.city.units["phuong-2"])
    for unit in ("phuong-1", "phuong-2"):
        case.submit(unit)
    assert verifier(case, "phuong-1", "5.1") == "thanh-tra"
    assert verifier(case, "phuong-2", "5.1") == "van-phong"


def test_row_55_marks_already_given_stay_with_who_gave_them(case: Case) -> None:
    case.submit("phuong-1")
    verify(case.score("phuong-1", "5.1"), points=D(20), by=case.city.actor("noi-vu"))
    reroute(case)
    assert verifier(case, "phuong-1", "5.1") == "noi-vu"


@pytest.mark.parametrize(("given", "why"), [
    ({"office": "tu-phap"}, "cơ quan thẩm định của đợt chấm"),
    ({"reason": " "}, "lý do"),
    ({"by": "thanh-tra"}, "cơ quan thường trực"),
    ({"unit": "thanh-tra"}, "phiếu của chính mình"),
])  # fmt: skip
def test_row_55_sending_elsewhere_is_refused(case: Case, given: dict, why: str) -> None:
    city = case.city
    values = dict(given)
    if "by" in values:
        values["by"] = city.actor(values["by"])
    if "unit" in values:
        values["unit"] = city.units[values["unit"]]
    with pytest.raises(Refused, match=why):
        reroute(case, **values)
    assert not Rerouting.objects.exists()


def test_row_55_no_road_leads_to_the_unit_itself(case: Case) -> None:
    """A criterion sent to the inspectorate is not judged by it on its own sheet."""
    held = criterion(case, "thanh-tra", "5.1")
    reroute(case, criterion=held)
    case.submit("thanh-tra")
    assert verifier(case, "thanh-tra", "5.1") == "noi-vu"


def test_row_55_only_until_the_marks_are_settled(case: Case) -> None:
    case.round.state = "settled"
    case.round.save()
    with pytest.raises(Refused, match="đã chốt"):
        reroute(case)
    with pytest.raises(Refused, match="đã chốt"):
        held = case.round.offices.first()
        verbs.name_substitute(case.round, held=held, substitute=case.city.units["tu-phap"],
                              reason="x", by=case.city.actor("noi-vu"))  # fmt: skip


# --- the substitute ------------------------------------------------------------------------


def test_row_58_another_substitute_is_named(case: Case) -> None:
    case.submit("thanh-tra")
    assert verifier(case, "thanh-tra", "2.1") == "noi-vu"
    held, office = case.round.offices.get(role=roles.INSPECTORATE), case.city.actor("noi-vu")
    named = {"held": held, "reason": "Tránh chấm chéo", "by": office}
    with pytest.raises(Refused, match="cơ quan khác"):
        verbs.name_substitute(case.round, substitute=case.city.units["thanh-tra"], **named)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        verbs.name_substitute(case.round, substitute=case.city.units["tu-phap"],
                              **{**named, "by": case.city.actor("thanh-tra")})  # fmt: skip
    verbs.name_substitute(case.round, substitute=case.city.units["van-phong"], **named)
    assert verifier(case, "thanh-tra", "2.1") == "van-phong"
    assert audit.of(case.round).first().says == "cử cơ quan thẩm định thay"


# --- standing aside ------------------------------------------------------------------------


def test_row_58_standing_aside_passes_the_score_on(case: Case) -> None:
    case.submit("phuong-1")
    score, city = case.score("phuong-1", "2.1"), case.city
    with pytest.raises(Refused, match="cơ quan khác thẩm định"):
        verbs.abstain(score, reason="x", by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="lý do"):
        verbs.abstain(score, reason=" ", by=city.actor("thanh-tra"))
    verbs.abstain(score, reason="Chánh Thanh tra từng phụ trách", by=city.actor("thanh-tra"))
    assert verifier(case, "phuong-1", "2.1") == "noi-vu"
    line = audit.of(score).first()
    assert (line.says, line.concerns) == (
        "từ chối thẩm định một điểm", city.units["phuong-1"].pk
    )  # fmt: skip
    verbs.abstain(case.score("phuong-1", "2.1"), reason="Cũng vậy", by=city.actor("noi-vu"))
    assert verifier(case, "phuong-1", "2.1") == "van-phong"
    with pytest.raises(Refused, match="Không còn cơ quan"):
        verbs.abstain(case.score("phuong-1", "2.1"), reason="x", by=city.actor("van-phong"))
    assert Abstention.objects.count() == 2


def test_row_58_what_was_passed_on_stays_so_when_routes_change(case: Case) -> None:
    case.submit("phuong-1")
    verbs.abstain(case.score("phuong-1", "2.1"), reason="x", by=case.city.actor("thanh-tra"))
    reroute(case)
    assert verifier(case, "phuong-1", "2.1") == "noi-vu"


def test_row_58_a_mark_given_ends_standing_aside(case: Case) -> None:
    case.submit("phuong-1")
    verify(case.score("phuong-1", "2.1"), points=D(18), by=case.city.actor("thanh-tra"))
    with pytest.raises(Refused, match="đã được thẩm định"):
        verbs.abstain(case.score("phuong-1", "2.1"), reason="x", by=case.city.actor("thanh-tra"))


# --- pages ---------------------------------------------------------------------------------


def test_row_55_the_page_shows_and_changes_the_routing(case: Case, sign_in) -> None:
    office, page = sign_in("noi-vu"), reverse("scoring:routing", args=[case.round.pk])
    held = criterion(case, "phuong-1", "5.1")
    send = {"criterion": held.pk, "office": case.city.units["thanh-tra"].pk, "reason": "Quá tải"}
    office.post(reverse("scoring:reroute", args=[case.round.pk]), send)
    text = office.get(page).content.decode()
    assert "Giao lại: Thanh tra thành phố" in text and "Quá tải" in text
    wrong = office.post(
        reverse("scoring:reroute", args=[case.round.pk]),
        {**send, "unit": case.city.units["thanh-tra"].pk},
    )
    assert wrong.status_code == 422
    assert "phiếu của chính mình" in wrong.content.decode()
    one = Rerouting.objects.get()
    office.post(reverse("scoring:route_back", args=[case.round.pk, one.pk]))
    assert not Rerouting.objects.exists()
    office.post(
        reverse("scoring:name_substitute", args=[case.round.pk]),
        {"held": case.round.offices.get(role=roles.INSPECTORATE).pk,
         "substitute": case.city.units["van-phong"].pk, "reason": "x"},
    )  # fmt: skip
    assert "Văn phòng" in office.get(page).content.decode()
    reader = sign_in("thanh-tra")
    assert "Chỉ cơ quan thường trực" in reader.get(page).content.decode()
    assert sign_in("phuong-1").get(page).status_code == 403
    assert reader.post(
        reverse("scoring:reroute", args=[case.round.pk]), send
    ).status_code == 403  # fmt: skip


def test_row_58_the_page_of_standing_aside(case: Case, sign_in) -> None:
    case.submit("phuong-1")
    score, client = case.score("phuong-1", "2.1"), sign_in("thanh-tra")
    page = reverse("scoring:abstain", args=[score.pk])
    assert page in client.get(reverse("scoring:verify", args=[score.pk])).content.decode()
    assert client.post(page, {"reason": ""}).status_code == 422
    after = client.post(page, {"reason": "Có quan hệ công tác"}, follow=True).content.decode()
    assert "Đã chuyển 2.1 cho" in after
    thread = sign_in("phuong-1").get(reverse("scoring:thread", args=[score.pk])).content.decode()
    assert "Có quan hệ công tác" in thread
    assert sign_in("noi-vu").get(reverse("scoring:verify", args=[score.pk])).status_code == 200


def test_row_55_before_a_round_opens_the_page_says_who_would_verify_what(
    city, on_day, sign_in
) -> None:
    on_day(2023, 10, 1)
    sets = factory.criteria_for(city)
    programme = factory.programme_for(city)
    page = sign_in("noi-vu").get(reverse("scoring:open_round", args=[programme.pk]))
    text = page.content.decode()
    assert "Ai sẽ thẩm định gì" in text and "Thanh tra thành phố" in text
    told = queries.shares(sets, {roles.INSPECTORATE: "Thanh tra"})
    counts = {block: n for block, n, _points in told[0].blocks}
    for held in sets:
        real = held.criteria.filter(owner_role=roles.INSPECTORATE).count()
        assert counts[held.get_block_display()] == real > 0


def test_the_page_of_routing_costs_the_same_with_one_and_three_exceptions(
    case: Case, sign_in
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office, page = sign_in("noi-vu"), reverse("scoring:routing", args=[case.round.pk])
    costs = []
    for codes in (("5.1",), ("1.1", "6.1")):
        for code in codes:
            reroute(case, code)
        office.get(page)
        with CaptureQueriesContext(connection) as seen:
            office.get(page)
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert Score.objects.filter(verifier__isnull=False).count() == 0
