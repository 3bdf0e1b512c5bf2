"""Rows 45 and 77: who is proposed for commendation and why; movements told from outside."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from danvan.documents.models import Document
from danvan.emulation.actions import commendations, movements
from danvan.emulation.models import Commendation, Exemplar, Movement
from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.scoring.actions import rankings
from tests.city import City
from tests.emulation import factory
from tests.scoring import results_factory

SAID = {"title": "công tác dân vận chính quyền", "form": "Giấy khen", "level": "district"}


def drafted(city: City, **other: str) -> Commendation:
    made: Commendation = commendations.begin(
        city.body, year=2023, by=city.actor("noi-vu"), **{**SAID, **other}
    )
    return made


@pytest.fixture
def ranked(city: City, on_day) -> City:
    """The ranking is decided: Phường 1, Phường 2 … ; a recognised model and an individual."""
    on_day(2023, 10, 16)
    case = results_factory.handed_in(city)
    on_day(2023, 10, 18)
    case.settle("phuong-1", "phuong-2", "xa-tan-binh", "tu-phap", then=lambda: on_day(2023, 10, 20))
    rankings.decide(case.round, by=results_factory.chairman(case))
    factory.recognised(city, "phuong-1")
    factory.recognised(
        city, "xa-tan-binh", name="Hiến đất làm đường", kind="individual", field="economy",
        person_name="Nguyễn Văn An",
    )  # fmt: skip
    factory.recognised(city, "cong-an", name="Camera an ninh", field="defence")
    return city


def rows(commendation: Commendation) -> dict[str, str]:
    return {
        f"{c.unit.key}/{c.person_name}": "; ".join(g["said"] for g in c.grounds)
        for c in commendation.candidates.select_related("unit")
    }


def test_row_45_candidates_come_from_ranking_and_models_with_their_grounds(ranked: City) -> None:
    found = rows(drafted(ranked))
    assert "Xếp loại Tốt" in found["phuong-1/"]
    assert "hạng" in found["phuong-1/"]
    assert "Tuyến hẻm tự quản" in found["phuong-1/"]
    assert "900/QĐ-UBND" in found["xa-tan-binh/Nguyễn Văn An"]
    assert "Camera an ninh" in found["cong-an/"]
    assert "van-hoa/" not in found  # handed nothing in: not eligible, and no model


def test_row_45_a_unit_not_eligible_is_listed_and_barred_with_the_reason(ranked: City) -> None:
    factory.recognised(ranked, "van-hoa", name="Loa thông minh")
    candidate = drafted(ranked).candidates.get(unit=ranked.units["van-hoa"])
    assert "Không đủ điều kiện xếp loại" in candidate.excluded_why


def test_row_45_without_a_ranking_only_models_speak(city: City, on_day) -> None:
    on_day(2023, 10, 20)
    commendation = drafted(city)
    assert rows(commendation) == {}
    with pytest.raises(Refused, match="không còn ai"):
        commendations.propose(commendation, by=city.actor(city.heads["noi-vu"]))
    factory.recognised(city, "phuong-1")
    commendations.gather(commendation, by=city.actor("noi-vu"))
    assert list(rows(commendation)) == ["phuong-1/"]


def test_row_45_only_the_office_prepares(ranked: City) -> None:
    with pytest.raises(Refused, match="cơ quan thường trực"):
        commendations.begin(ranked.body, year=2023, by=ranked.actor("phuong-1"), **SAID)
    commendation = drafted(ranked)
    with pytest.raises(Refused, match="đã có"):
        drafted(ranked)
    for verb in (commendations.gather,):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            verb(commendation, by=ranked.actor("phuong-1"))


def test_row_45_exclusion_needs_a_reason_and_survives_a_new_gathering(ranked: City) -> None:
    office, commendation = ranked.actor("noi-vu"), drafted(ranked)
    one = commendation.candidates.get(unit=ranked.units["cong-an"])
    with pytest.raises(Refused, match="lý do"):
        commendations.exclude(commendation, candidate=one.pk, reason=" ", by=office)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        commendations.exclude(
            commendation, candidate=one.pk, reason="Thử", by=ranked.actor("phuong-1")
        )
    commendations.exclude(commendation, candidate=one.pk, reason="Đang bị khiếu nại", by=office)
    commendations.gather(commendation, by=office)
    one.refresh_from_db()
    assert one.excluded_why == "Đang bị khiếu nại"
    with pytest.raises(Refused, match="cơ quan thường trực"):
        commendations.include(commendation, candidate=one.pk, by=ranked.actor("phuong-2"))
    commendations.include(commendation, candidate=one.pk, by=office)
    with pytest.raises(Refused, match="như vậy rồi"):
        commendations.include(commendation, candidate=one.pk, by=office)


def test_row_45_letter_return_and_decision(ranked: City) -> None:
    office, chief = ranked.actor("noi-vu"), ranked.actor(ranked.heads["noi-vu"])
    chairman, commendation = ranked.actor(ranked.heads["thanh-pho"]), drafted(ranked)
    left_out = commendation.candidates.get(unit=ranked.units["cong-an"])
    commendations.exclude(commendation, candidate=left_out.pk, reason="Mới khen", by=office)
    with pytest.raises(Refused, match="người đứng đầu hoặc cấp phó"):
        commendations.propose(commendation, by=office)
    with pytest.raises(Refused, match="Không thể"):
        commendations.decide(commendation, by=chairman)
    commendations.propose(commendation, by=chief)
    letter = Document.objects.get(code="01/TTr-PNV")
    assert commendation.letter == letter
    assert "tập thể và 01 cá nhân" in letter.text
    assert letter.file is not None
    with pytest.raises(Refused, match="Chủ tịch"):
        commendations.send_back(commendation, reason="Thiếu", by=office)
    commendations.send_back(commendation, reason="Bổ sung", by=chairman)
    assert commendation.state == "returned"
    commendations.propose(commendation, by=chief)
    with pytest.raises(Refused, match="Chủ tịch"):
        commendations.decide(commendation, by=chief)
    commendations.decide(commendation, by=chairman)
    decision = commendation.decision
    assert decision is not None
    assert decision.signer == chairman.name
    assert "02/TTr-PNV" in decision.text
    commended = set(
        commendation.candidates.filter(commended=True).values_list("unit__key", flat=True)
    )
    assert {"phuong-1", "xa-tan-binh"} <= commended
    assert "cong-an" not in commended
    states = dict(Exemplar.objects.values_list("unit__key", "state"))
    assert (states["phuong-1"], states["cong-an"]) == ("awarded", "recognised")
    told = audit.of(commendation).filter(concerns=ranked.units["phuong-1"].pk)
    assert told.exists()
    with pytest.raises(Refused, match="Đã ở trạng thái"):
        commendations.decide(commendation, by=chairman)
    with pytest.raises(Refused, match="đã trình"):
        commendations.gather(commendation, by=office)


def test_row_45_the_decider_may_leave_somebody_out_too(ranked: City) -> None:
    commendation = drafted(ranked)
    commendations.propose(commendation, by=ranked.actor(ranked.heads["noi-vu"]))
    one = commendation.candidates.get(unit=ranked.units["phuong-1"])
    with pytest.raises(Refused, match="Chủ tịch"):
        commendations.exclude(
            commendation, candidate=one.pk, reason="Thử", by=ranked.actor("noi-vu")
        )
    chairman = ranked.actor(ranked.heads["thanh-pho"])
    commendations.exclude(commendation, candidate=one.pk, reason="Trùng đợt khác", by=chairman)
    commendations.decide(commendation, by=chairman)
    one.refresh_from_db()
    assert not one.commended


def test_row_77_police_and_military_command_report_their_movement(city: City, on_day) -> None:
    on_day(2024, 3, 1)  # late in the eyes of a plan: nobody says so
    police, name = city.units["cong-an"], "Công an nhân dân vì nước quên thân, vì dân phục vụ"
    given = {"units_joined": 12, "people_reached": 3400, "narrative": "Tiếp dân tại nhà."}
    movement = movements.report(
        police, body=city.body, year=2023, name=name, values=given, by=city.actor("cong-an")
    )
    with pytest.raises(Refused, match="đã có báo cáo"):
        movements.report(
            police, body=city.body, year=2023, name=name, values=given, by=city.actor("cong-an")
        )
    movements.report_again(
        movement, values={**given, "people_reached": 3500}, file=factory.pdf(),
        by=city.actor("cong-an"),
    )  # fmt: skip
    line = audit.of(movement).first()
    assert line is not None
    assert line.facts["people_reached"] == [3400, 3500]
    with pytest.raises(Refused, match="làm thay đơn vị"):
        movements.report_again(movement, values=given, by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="không trực thuộc"):
        movements.report(
            city.units["phuong-1"], body=city.body, year=2023, name="A", values=given,
            by=city.actor("phuong-1"),
        )  # fmt: skip
    with pytest.raises(Refused, match="Ghi tên phong trào"):
        movements.report(
            police, body=city.body, year=2023, name="B", values={"narrative": " "},
            by=city.actor("cong-an"),
        )  # fmt: skip
    assert Movement.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.update(narrative="")


def test_row_45_the_draft_of_letter_and_decision_is_a_docx(ranked: City) -> None:
    from danvan.emulation import letters

    commendation = drafted(ranked)
    made = letters.proposal_draft(commendation, ranked.units["noi-vu"], ranked.actor("noi-vu"))
    assert made.startswith(b"PK")
    chairman = ranked.actor(ranked.heads["thanh-pho"])
    assert letters.decision_draft(commendation, chairman).startswith(b"PK")
    assert commendation.decided_at is None
