"""Rows 44 and 46: a model from its registration to an award, and its taking up elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from danvan.emulation import funnel, queries
from danvan.emulation.actions import adoptions, exemplars, honours, visits
from danvan.emulation.models import Adoption, Exemplar, Honour
from danvan.emulation.workflow import ADOPTION, COMMENDATION, EXEMPLAR
from danvan.kernel import audit
from danvan.kernel.access import Refused
from tests.city import City
from tests.emulation import factory


@pytest.fixture(autouse=True)
def _late_in_the_year(on_day) -> None:
    on_day(2023, 10, 20)


def test_row_44_the_tables_of_moves_are_whole() -> None:
    for table in (EXEMPLAR, ADOPTION, COMMENDATION):
        assert table.unreachable() == set()


def test_row_44_a_model_is_registered_with_every_mandatory_entry(city: City) -> None:
    exemplar = factory.registered(city)
    assert exemplar.state == "registered"
    line = audit.of(exemplar).get()
    assert line.concerns == city.units["phuong-1"].pk
    for entry in ("problem", "goals", "outputs", "lasting"):
        with pytest.raises(Refused, match="Chưa ghi mục"):
            factory.registered(city, name="Mô hình khác", **{entry: " "})
    with pytest.raises(Refused, match="tên cá nhân"):
        factory.registered(city, name="Người hiến đất", kind="individual")
    with pytest.raises(Refused, match="Ngày đánh giá"):
        factory.registered(city, name="Khác nữa", assess_on=dt.date(2023, 3, 1))


def test_row_44_a_unit_registers_for_itself_only_and_not_twice(city: City) -> None:
    factory.registered(city)
    with pytest.raises(Refused, match="đã đăng ký"):
        factory.registered(city, name="TUYẾN HẺM tự quản không rác")
    with pytest.raises(Refused, match="làm thay đơn vị"):
        exemplars.register(
            city.units["phuong-1"], body=city.body, year=2023, values=factory.VALUES,
            by=city.actor("phuong-2"),
        )  # fmt: skip
    assert Exemplar.objects.count() == 1


def test_row_44_a_body_that_is_not_subordinate_registers_too(city: City) -> None:
    exemplar = factory.registered(city, "cong-an", name="Camera an ninh", field="defence")
    assert queries.bodies_for(city.units["cong-an"].pk, dt.date(2023, 10, 20)) == {
        city.body.pk: "UBND thành phố Tây Ninh"
    }
    assert exemplar in queries.visible_to(city.actor("phuong-1"))


def test_row_44_registrations_change_until_somebody_looked(city: City) -> None:
    exemplar = factory.registered(city)
    ward = city.actor("phuong-1")
    exemplars.amend(exemplar, values={"households": 130, "goals": "Rõ hơn"}, by=ward)
    line = audit.of(exemplar).first()
    assert line is not None
    assert line.facts["households"] == [120, 130]
    with pytest.raises(Refused, match="Không có gì khác"):
        exemplars.amend(exemplar, values={"households": 130}, by=ward)
    with pytest.raises(Refused, match="làm thay đơn vị"):
        exemplars.amend(exemplar, values={"households": 1}, by=city.actor("noi-vu"))
    factory.visited(city, exemplar)
    with pytest.raises(Refused, match="chưa kiểm tra"):
        exemplars.amend(exemplar, values={"households": 1}, by=ward)


def test_row_44_a_visit_keeps_day_people_minutes_and_pictures(city: City) -> None:
    exemplar = factory.visited(city, factory.registered(city))
    visit = exemplar.visits.get()
    assert exemplar.state == "verified"
    assert [f.kind for f in visit.files.all()] == ["minutes", "photo"]
    factory.visited(city, exemplar)
    assert exemplar.state == "verified"
    with pytest.raises(Refused, match="cơ quan khác kiểm tra"):
        factory.visited(city, exemplar, "phuong-1")
    with pytest.raises(Refused, match="tương lai"):
        visits.enter(
            exemplar, visited_on=dt.date(2024, 1, 1), visitors="A", seen="B",
            minutes=factory.pdf(), by=city.actor("noi-vu"),
        )  # fmt: skip


def test_row_44_the_office_does_not_verify_its_own_model(city: City) -> None:
    own = factory.registered(city, "noi-vu")
    with pytest.raises(Refused, match="đơn vị mình"):
        factory.visited(city, own, "noi-vu")
    with pytest.raises(Refused, match="Thanh tra hoặc Văn phòng"):
        factory.visited(city, own, "phuong-1")
    assert factory.visited(city, own, "thanh-tra").state == "verified"


def test_row_44_the_steps_follow_one_another(city: City) -> None:
    exemplar, office = factory.registered(city), city.actor("noi-vu")
    with pytest.raises(Refused, match="Không thể"):
        exemplars.assess(exemplar, result="Tốt", by=office)
    with pytest.raises(Refused, match="đánh giá có hiệu quả trước"):
        factory.honours.enter(
            exemplar, kind="recognition", level="own", cited="1/QĐ", decided_on=dt.date(2023, 9, 1),
            by=office,
        )  # fmt: skip
    factory.visited(city, exemplar)
    with pytest.raises(Refused, match="so với mục tiêu"):
        exemplars.assess(exemplar, result=" ", by=office)
    exemplars.assess(exemplar, result="118/120 hộ", by=office)
    with pytest.raises(Refused, match="Đã ở trạng thái"):
        exemplars.assess(exemplar, result="118/120 hộ", by=office)
    assert exemplar.state == "effective"


def test_row_44_recognised_by_level_with_its_document(city: City) -> None:
    exemplar, office, ward = factory.effective(city), city.actor("noi-vu"), city.actor("phuong-1")
    known = {"cited": "900/QĐ-UBND", "decided_on": dt.date(2023, 9, 1)}
    with pytest.raises(Refused, match="chưa được công nhận"):
        honours.enter(exemplar, kind="award", level="district", by=office, **known)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        honours.enter(exemplar, kind="recognition", level="district", by=ward, **known)
    honours.enter(
        exemplar, kind="recognition", level="own", cited="10/QĐ-UBND",
        decided_on=dt.date(2023, 8, 1), by=ward,
    )  # fmt: skip
    honours.enter(exemplar, kind="recognition", level="district", by=office, **known)
    with pytest.raises(Refused, match="đã được ghi"):
        honours.enter(exemplar, kind="recognition", level="district", by=office, **known)
    honours.enter(exemplar, kind="award", level="district", title="Giấy khen", by=office, **known)
    assert exemplar.state == "awarded"
    assert Honour.objects.count() == 3
    with pytest.raises(Refused, match="Không thể"):
        exemplars.withdraw(exemplar, reason="Thôi", by=ward)


def test_row_44_rejected_and_withdrawn_with_a_reason(city: City) -> None:
    office, ward = city.actor("noi-vu"), city.actor("phuong-1")
    one, two = factory.registered(city), factory.registered(city, name="Đổi rác lấy quà")
    with pytest.raises(Refused, match="lý do"):
        exemplars.reject(one, reason="", by=office)
    with pytest.raises(Refused, match="đơn vị mình"):
        exemplars.reject(one, reason="Không đạt", by=ward)
    exemplars.reject(one, reason="Không có sản phẩm", by=office)
    with pytest.raises(Refused, match="làm thay đơn vị"):
        exemplars.withdraw(two, reason="Thôi", by=office)
    exemplars.withdraw(two, reason="Gộp vào mô hình khác", by=ward)
    assert set(queries.visible_to(city.actor("phuong-2"))) == set()
    assert set(queries.visible_to(ward)) == {one, two}
    assert factory.registered(city).pk  # the name is free again


def test_row_44_the_database_refuses_what_cannot_be(city: City) -> None:
    exemplar = factory.registered(city)
    for wrong in (
        {"outputs": ""}, {"poor": 200}, {"households": None}, {"person_name": "A"},
        {"state": "rejected"}, {"state": "effective"}, {"assess_on": dt.date(2020, 1, 1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Exemplar.objects.filter(pk=exemplar.pk).update(**wrong)


def test_row_44_models_that_say_the_same_are_shown(city: City) -> None:
    factory.registered(city)
    factory.registered(city, "phuong-2", name="Trồng hoa ven đường")
    near = queries.alike(city.body.pk, 2023, "Mô hình tuyến hẻm tự quản, không rác")
    assert [e.name for e in near] == ["Tuyến hẻm tự quản không rác"]
    own = city.units["phuong-1"].pk
    assert queries.alike(city.body.pk, 2024, "Tuyến hẻm tự quản không rác", own) == []


def test_row_44_spread_is_counted_once_the_adopter_itself_confirms(city: City) -> None:
    exemplar, owner = factory.effective(city), city.actor("phuong-1")
    adoption = adoptions.tell(exemplar, unit=city.units["phuong-2"], by=owner)
    assert funnel.counted(Exemplar.objects.all(), "year")[2023]["replicated"] == 0
    with pytest.raises(Refused, match="chính đơn vị áp dụng"):
        adoptions.confirm(adoption, since=dt.date(2023, 8, 1), how="Ba hẻm", by=owner)
    adopter = city.actor("phuong-2")
    with pytest.raises(Refused, match="tương lai"):
        adoptions.confirm(adoption, since=dt.date(2024, 8, 1), how="Ba hẻm", by=adopter)
    adoptions.confirm(adoption, since=dt.date(2023, 8, 1), how="Ba hẻm", by=adopter)
    assert funnel.counted(Exemplar.objects.all(), "year")[2023]["replicated"] == 1
    with pytest.raises(Refused, match="chính đơn vị áp dụng"):
        adoptions.tell_result(adoption, result="Tốt", by=owner)
    adoptions.tell_result(adoption, result="60 hộ tham gia", by=adopter)
    told = audit.of(exemplar).first()
    assert told is not None
    assert told.facts["unit"] == "UBND Phường 2"
    with pytest.raises(Refused, match="chính đơn vị"):
        adoptions.end(adoption, reason="Thôi", by=owner)
    adoptions.end(adoption, reason="Giải thể tổ", by=adopter)
    assert funnel.counted(Exemplar.objects.all(), "year")[2023]["replicated"] == 0
    assert adoptions.take_up(
        exemplar, unit=city.units["phuong-2"], since=dt.date(2023, 9, 1), how="Lại", by=adopter
    ).state == "confirmed"  # fmt: skip


def test_row_44_an_adoption_is_declined_told_for_others_or_of_oneself(city: City) -> None:
    exemplar = factory.registered(city)
    ward_1, ward_2, office = (city.actor(w) for w in ("phuong-1", "phuong-2", "noi-vu"))
    with pytest.raises(Refused, match="có hiệu quả rồi mới"):
        adoptions.tell(exemplar, unit=city.units["phuong-2"], by=ward_1)
    factory.visited(city, exemplar)
    exemplars.assess(exemplar, result="Đạt", by=office)
    with pytest.raises(Refused, match="không tính"):
        adoptions.tell(exemplar, unit=city.units["phuong-1"], by=ward_1)
    with pytest.raises(Refused, match="Chỉ báo thay"):
        adoptions.tell(exemplar, unit=city.units["xa-tan-binh"], by=ward_2)
    with pytest.raises(Refused, match="làm thay đơn vị"):
        adoptions.take_up(
            exemplar, unit=city.units["xa-tan-binh"], since=dt.date(2023, 9, 1), how="A", by=ward_2
        )
    claim = adoptions.tell(exemplar, unit=city.units["phuong-2"], by=office)
    with pytest.raises(Refused, match="đã có trong danh sách"):
        adoptions.tell(exemplar, unit=city.units["phuong-2"], by=office)
    with pytest.raises(Refused, match="chính đơn vị"):
        adoptions.decline(claim, reason="Không", by=office)
    adoptions.decline(claim, reason="Phường không làm mô hình này", by=ward_2)
    assert Adoption.objects.get().state == "declined"


def test_row_46_breakdown_for_minorities_religion_and_poor_households(city: City) -> None:
    factory.registered(city)
    factory.registered(
        city, "xa-tan-binh", name="Nuôi dê sinh sản", minority_area=True, religious_area=False,
        households=30, minority=30, religious=None, poor=12, near_poor=None,
    )  # fmt: skip
    factory.registered(city, "phuong-2", name="Không ghi số hộ", households=None, minority=None,
                       religious=None, poor=None, near_poor=None)  # fmt: skip
    found = funnel.breakdown(Exemplar.objects.all())
    assert found["minority_areas"] == 1
    assert found["religious_areas"] == 2
    assert (found["households"], found["minority"], found["poor"]) == (150, 34, 15)
    assert found["unstated"] == 1
    with pytest.raises(Refused, match="không thể nhiều hơn"):
        factory.registered(city, name="Sai số", households=2, poor=3)
