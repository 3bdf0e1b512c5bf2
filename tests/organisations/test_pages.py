"""Pages of the organisation, as people of different roles see them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.kernel.access import SYSTEM
from danvan.organisations.actions import appointments, calendar_days, units
from danvan.organisations.models import Appointment, Unit, UnitVersion

pytestmark = pytest.mark.django_db
IN_2025 = dt.date(2025, 7, 1)


@pytest.fixture
def merged(city, on_day) -> None:
    """Phường 1 and 2 became phường Tân Ninh on 01/7/2025; today is 2026."""
    units.load("tay-ninh-2023.csv", by=SYSTEM)
    units.load("tay-ninh-2025.csv", by=SYSTEM)
    on_day(2025, 6, 30)


def test_the_tree_shows_names_kinds_blocks_and_roles(sign_in, on_day) -> None:
    on_day(2023, 3, 27)
    page = sign_in("phuong-1").get("/to-chuc/").content.decode()
    assert "Tổ chức ngày 27/03/2023" in page
    assert "Trực thuộc UBND thành phố Tây Ninh" in page
    assert "Khối UBND phường, xã" in page
    assert "Cơ quan thường trực chương trình" in page


def test_a_page_about_2023_shows_the_names_of_2023(merged, sign_in, on_day) -> None:
    client = sign_in("van-phong")
    page = client.get("/to-chuc/", {"ngay": "27/03/2023"}).content.decode()
    assert "UBND Phường 4" in page
    assert "UBND phường Tân Ninh" not in page
    page = client.get("/to-chuc/", {"ngay": "01/07/2025"}).content.decode()
    assert "UBND Phường 4" not in page
    assert "UBND phường Tân Ninh" in page


def test_an_unconfirmed_unit_says_so_with_its_source(merged, sign_in) -> None:
    page = sign_in("van-phong").get("/to-chuc/", {"q": "quan ly do thi"}).content.decode()
    assert "chưa xác nhận" in page
    assert "chưa đọc được nguồn" in page


def test_search_ignores_marks_and_knows_other_spellings(merged, sign_in) -> None:
    client = sign_in("van-phong")
    for words in ("hiep ninh", "Phường IV", "p3"):
        page = client.get("/to-chuc/", {"q": words, "ngay": "27/03/2023"}).content.decode()
        assert "đơn vị khớp" in page, words
    assert "Không có đơn vị nào khớp" in client.get("/to-chuc/", {"q": "xyz"}).content.decode()


def test_a_wrong_day_is_told_at_the_field_and_today_is_shown(sign_in, on_day) -> None:
    on_day(2023, 3, 27)
    page = sign_in("noi-vu").get("/to-chuc/", {"ngay": "31/02/2023"}).content.decode()
    assert "Không có ngày 31/02/2023" in page
    assert "Tổ chức ngày 27/03/2023" in page


def test_the_tree_costs_the_same_with_more_units(sign_in, city) -> None:
    client = sign_in("noi-vu")

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/to-chuc/").status_code == 200
        return len(queries)

    client.get("/to-chuc/")
    before = counted()
    for number in range(3):
        unit = Unit.objects.create(key=f"them-{number}", confirmed=False, source="thử")
        UnitVersion.objects.create(
            unit=unit, name=f"UBND Xã {number}", short_name="x", kind="ubnd_xa", parent=city.body,
            valid_from=dt.date(2013, 1, 1), sort_key=b"x", search_key="x",
        )  # fmt: skip
    assert counted() == before


def test_the_page_of_a_merged_unit_tells_its_life(merged, sign_in) -> None:
    client = sign_in("van-phong")
    page = client.get("/to-chuc/phuong-hiep-ninh/", {"ngay": "27/03/2023"}).content.decode()
    assert "UBND Phường Hiệp Ninh" in page
    assert "nhập vào" in page
    assert "/to-chuc/phuong-tan-ninh-2025/?ngay=01/07/2025" in page
    assert "NQ 1682/NQ-UBTVQH15" in page
    page = client.get("/to-chuc/phuong-tan-ninh-2025/", {"ngay": "01/07/2025"}).content.decode()
    assert "hình thành từ" in page
    assert "/to-chuc/phuong-hiep-ninh/?ngay=30/06/2025" in page
    assert "GSO 25459" in page
    late = client.get("/to-chuc/phuong-hiep-ninh/", {"ngay": "02/07/2025"}).content.decode()
    assert "Không hoạt động vào ngày 02/07/2025" in late


def test_an_unknown_unit_is_not_found(sign_in) -> None:
    assert sign_in("noi-vu").get("/to-chuc/khong-co/").status_code == 404


def test_row_20_naming_on_the_page(sign_in, city, on_day) -> None:
    on_day(2023, 4, 3)
    client, head = sign_in(city.heads["phuong-1"]), city.heads["phuong-1"]
    url = "/to-chuc/phuong-1/phan-cong/leader/"
    assert url in client.get("/to-chuc/phuong-1/").content.decode()
    typed = {"person": head.pk, "basis": "QĐ 12/QĐ-UBND", "start": "03/04/2023"}
    page = client.post(url, typed, follow=True).content.decode()
    assert "Đã ghi nhận phân công." in page
    assert "từ 03/04/2023" in page
    again = client.post(url, typed, follow=True).content.decode()
    assert "Đã phân công như vậy rồi." in again
    assert Appointment.objects.filter(duty="leader").count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"person": ""}, "Chọn người hoặc ghi họ tên."),
        ({"new_name": "Nguyễn Văn An"}, "Chỉ chọn một"),
        ({"basis": ""}, "Ghi văn bản làm căn cứ."),
        ({"start": "31/02/2023"}, "Không có ngày 31/02/2023"),
        ({"end": "01/01/2023"}, "Ngày kết thúc không được trước"),
        ({"person": "999999"}, "không"),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(sign_in, city, on_day, typed, told) -> None:
    on_day(2023, 4, 3)
    head = city.heads["phuong-1"]
    right = {"person": head.pk, "basis": "QĐ 12 của tôi", "start": "03/04/2023"}
    answer = sign_in(head).post("/to-chuc/phuong-1/phan-cong/leader/", right | typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert told in page
    assert "basis" in typed or "QĐ 12 của tôi" in page
    assert not Appointment.objects.filter(duty="leader").exists()


def test_row_20_two_forms_at_once_the_second_is_told(sign_in, city, on_day) -> None:
    on_day(2023, 4, 3)
    head, url = city.heads["phuong-1"], "/to-chuc/phuong-1/phan-cong/leader/"
    first, second = sign_in(head), sign_in("phuong-1")
    seen = second.get(url).context["form"]["seen"].value()
    typed = {"basis": "QĐ 12", "start": "03/04/2023", "seen": seen}
    first.post(url, typed | {"person": head.pk})
    answer = second.post(url, typed | {"person": city.people["phuong-1"].pk}, follow=True)
    assert "Người khác vừa phân công" in answer.content.decode()
    assert Appointment.objects.get(duty="leader").person == head


def test_a_stranger_sees_the_reason_and_may_not(sign_in, city) -> None:
    client = sign_in("phuong-2")
    page = client.get("/to-chuc/phuong-1/").content.decode()
    assert "Chỉ người đứng đầu, cấp phó hoặc công chức đầu mối" in page
    answer = client.get("/to-chuc/phuong-1/phan-cong/leader/")
    assert answer.status_code == 403
    assert "Chỉ người đứng đầu" in answer.content.decode()
    assert client.get("/to-chuc/phuong-1/phan-cong/khac/").status_code == 404


def test_row_20_delegating_on_the_page(sign_in, city, on_day) -> None:
    on_day(2023, 4, 3)
    head = city.heads["phuong-1"]
    row = appointments.name_for(
        city.units["phuong-1"], duty="leader", person=head, basis="QĐ", by=city.actor(head),
        start=dt.date(2023, 4, 3),
    )  # fmt: skip
    client, url = sign_in(head), f"/to-chuc/phan-cong/{row.pk}/uy-quyen/"
    typed = {"new_name": "Lê Thị Bình", "basis": "GUQ 01", "start": "03/04/2023"}
    assert "end" in client.post(url, typed).context["form"].errors, "a delegation needs an end"
    page = client.post(url, typed | {"end": "15/04/2023"}, follow=True).content.decode()
    assert "ủy quyền thay Trưởng UBND Phường 1" in page
    assert sign_in("phuong-2").get(url).status_code == 403


def test_the_frame_introduces_the_person(sign_in) -> None:
    page = sign_in("phuong-1").get("/to-chuc/").content.decode()
    assert "Chuyên viên" in page
    assert "UBND Phường 1" in page


def test_shipped_calendar_days_are_loaded_once(city) -> None:
    assert calendar_days.load(city.body, by=SYSTEM) == 2
    assert calendar_days.load(city.body, by=SYSTEM) == 0
