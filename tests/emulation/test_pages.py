"""The pages as people of different roles meet them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import python_calamine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.emulation.actions import adoptions, commendations, movements
from danvan.emulation.models import Adoption, Commendation, Exemplar, Movement, VisitFile
from danvan.kernel import duties
from tests.city import City
from tests.emulation import factory

TYPED: dict[str, Any] = {
    **{k: v for k, v in factory.VALUES.items() if v not in (False, None)},
    "starts_on": "01/04/2023", "assess_on": "30/09/2023", "year": "2023",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _late_in_the_year(on_day) -> None:
    on_day(2023, 10, 20)


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def typed(city: City, unit: str = "phuong-1", **other: Any) -> dict[str, Any]:
    return {**TYPED, "unit": city.units[unit].pk, "body": city.body.pk, **other}


def test_row_44_from_registration_to_recognition_in_the_browser(city: City, sign_in) -> None:
    ward, office, other = sign_in("phuong-1"), sign_in("noi-vu"), sign_in("phuong-2")
    assert "Chưa có mô hình nào" in text_of(other, "/dan-van-kheo/")
    sent = ward.post("/dan-van-kheo/dang-ky/", typed(city))
    held = Exemplar.objects.get()
    page = f"/dan-van-kheo/mo-hinh/{held.pk}/"
    assert sent.url == page
    assert "Ai kiểm tra" in text_of(ward, page)
    assert ward.get(f"{page}kiem-tra/").status_code == 403
    visit = {"visited_on": "01/06/2023", "visitors": "Phòng Nội vụ", "seen": "118/120 hộ",
             "minutes": factory.pdf(), "photos": [factory.jpg()]}  # fmt: skip
    assert office.post(f"{page}kiem-tra/", visit).url == page
    office.post(f"{page}danh-gia/", {"result": "118/120 hộ ký cam kết"})
    honour = {"kind": "recognition", "level": "district", "cited": "900/QĐ-UBND",
              "decided_on": "01/09/2023", "title": ""}  # fmt: skip
    assert ward.post(f"{page}quyet-dinh/", honour).status_code == 422  # a level not its own
    office.post(f"{page}quyet-dinh/", honour)
    shown = text_of(other, page)
    for told in ("Được công nhận", "900/QĐ-UBND", "118/120 hộ ký cam kết", "bỏ không đúng nơi"):
        assert told in shown
    # Minutes and pictures are for the unit and who oversees.
    file = f"/dan-van-kheo/tep/{VisitFile.objects.first().pk}/"  # type: ignore[union-attr]
    assert "bien-ban.pdf" not in shown
    assert other.get(file).status_code == 404
    assert ward.get(file).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"goals": ""}, "goals"),
        ({"kind": "individual"}, "tên cá nhân điển hình"),
        ({"assess_on": "01/01/2023"}, "trước ngày bắt đầu"),
        ({"poor": "500"}, "nhiều hơn tổng số hộ"),
        ({"starts_on": "hôm qua"}, "không phải là ngày"),
    ],
)
def test_row_44_a_wrong_entry_comes_back_with_what_was_typed(
    city: City, sign_in, wrong: dict, told: str
) -> None:
    sent = sign_in("phuong-1").post("/dan-van-kheo/dang-ky/", typed(city, **wrong))
    assert sent.status_code == 422
    assert told in sent.content.decode()
    assert "Rác thải bỏ không đúng nơi quy định" in sent.content.decode()
    assert not Exemplar.objects.exists()


def test_row_44_a_near_double_is_looked_at_first(city: City, sign_in) -> None:
    factory.registered(city, "phuong-2")
    ward, given = sign_in("phuong-1"), typed(city, name="Tuyến hẻm tự quản, không rác thải")
    sent = ward.post("/dan-van-kheo/dang-ky/", given)
    assert sent.status_code == 422
    assert "Có mô hình gần giống" in sent.content.decode()
    assert ward.post("/dan-van-kheo/dang-ky/", {**given, "certain": "on"}).status_code == 302
    twice = ward.post("/dan-van-kheo/dang-ky/", {**given, "certain": "on"})
    assert "đã đăng ký mô hình tên này" in twice.content.decode()


def test_row_44_who_may_not_is_told_why(city: City, sign_in) -> None:
    held = factory.registered(city)
    page = f"/dan-van-kheo/mo-hinh/{held.pk}/"
    other = sign_in("phuong-2")
    for step in ("sua/", "kiem-tra/", "danh-gia/", "quyet-dinh/", "nhan-rong/"):
        answer = other.get(page + step)
        assert answer.status_code == 403, step
    for step in ("khong-dat/", "rut/"):
        assert other.post(page + step, {"reason": "Thử"}).status_code == 403, step
    assert Client().get(page).status_code == 302
    ward, office = sign_in("phuong-1"), sign_in("noi-vu")
    assert ward.post(f"{page}sua/", {**typed(city), "households": "130"}).url == page
    office.post(f"{page}khong-dat/", {"reason": "Chỉ có trên giấy"})
    assert other.get(page).status_code == 404
    assert "Chỉ có trên giấy" in text_of(ward, page)
    second = factory.registered(city)
    ward.post(f"/dan-van-kheo/mo-hinh/{second.pk}/rut/", {"reason": "Gộp"})
    second.refresh_from_db()
    assert second.state == "withdrawn"


def test_row_44_the_adopting_unit_confirms_itself(city: City, sign_in) -> None:
    held = factory.effective(city)
    page = f"/dan-van-kheo/mo-hinh/{held.pk}/"
    owner, adopter, third = sign_in("phuong-1"), sign_in("phuong-2"), sign_in("xa-tan-binh")
    owner.post(f"{page}nhan-rong/", {"tell": "1", "unit": city.units["phuong-2"].pk})
    claim = Adoption.objects.get()
    assert "Chờ đơn vị xác nhận" in text_of(third, page)
    here = f"/dan-van-kheo/ap-dung/{claim.pk}/"
    owed = [d.title for d in duties.owed(city.actor("phuong-2"), dt.date(2023, 10, 20))]
    assert any("Xác nhận áp dụng" in title for title in owed)
    good = {"since": "01/08/2023", "how": "Ba hẻm, 60 hộ"}
    assert owner.post(f"{here}xac-nhan/", good).status_code == 403
    wrong = adopter.post(f"{here}xac-nhan/", {**good, "since": "01/08/2030"})
    assert wrong.status_code == 422
    assert "Ba hẻm, 60 hộ" in wrong.content.decode()
    adopter.post(f"{here}xac-nhan/", good)
    assert adopter.post(f"{here}ket-qua/", {"result": ""}).status_code == 422
    adopter.post(f"{here}ket-qua/", {"result": "Không còn điểm tồn rác"})
    shown = text_of(third, page)
    for told in ("UBND Phường 2", "01/08/2023", "Ba hẻm, 60 hộ", "Không còn điểm tồn rác",
                 "1 đã tự xác nhận"):  # fmt: skip
        assert told in shown
    adopter.post(f"{here}thoi/", {"reason": "Giải thể tổ"})
    assert "0 đã tự xác nhận" in text_of(third, page)
    third.post(f"{page}nhan-rong/", {"unit": city.units["xa-tan-binh"].pk, **good})
    assert "1 đã tự xác nhận" in text_of(owner, page)
    assert third.get(f"{page}nhan-rong/").status_code == 200


def test_row_44_a_claim_is_declined_with_a_reason(city: City, sign_in) -> None:
    held = factory.effective(city)
    claim = adoptions.tell(held, unit=city.units["phuong-2"], by=city.actor("noi-vu"))
    here = f"/dan-van-kheo/ap-dung/{claim.pk}/khong-xac-nhan/"
    assert sign_in("phuong-1").post(here, {"reason": "Không"}).status_code == 403
    sign_in("phuong-2").post(here, {"reason": "Phường không làm"})
    claim.refresh_from_db()
    assert claim.state == "declined"


def test_row_44_funnel_beside_the_year_before_with_its_workbook(
    city: City, sign_in, on_day
) -> None:
    ward = sign_in("phuong-1")
    assert "chưa có mô hình nào" in text_of(ward, "/dan-van-kheo/tong-hop/")
    factory.recognised(city)
    factory.registered(city, "phuong-2", name="Trồng hoa", field="economy")
    factory.registered(city, "phuong-1", year=2022)
    page = text_of(ward, "/dan-van-kheo/tong-hop/?nam=2023")
    assert "(+1)" in page
    assert "linh_vuc=economy" in page
    assert "don_vi=phuong-2" in page
    assert "Cách đếm từng bước" in page
    answer = ward.get("/dan-van-kheo/tong-hop/bang.xlsx?nam=2023")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Toàn bộ", "Theo lĩnh vực", "Theo đơn vị", "Mô hình"]
    whole = book.get_sheet_by_name("Toàn bộ").to_python()
    assert [int(n) for n in whole[1][1:7]] == [2, 1, 1, 0, 1, 0]
    models = book.get_sheet_by_name("Mô hình").to_python()
    assert {row[0] for row in models[1:3]} == {"UBND Phường 1", "UBND Phường 2"}
    narrowed = text_of(ward, "/dan-van-kheo/?nam=2023&linh_vuc=economy&tim=trong hoa")
    assert "Trồng hoa" in narrowed
    assert "Tuyến hẻm" not in narrowed
    assert "khớp bộ lọc" in text_of(ward, "/dan-van-kheo/?nam=2019")


def test_row_46_the_breakdown_is_on_the_funnel(city: City, sign_in) -> None:
    factory.registered(city)
    page = text_of(sign_in("mat-tran"), "/dan-van-kheo/tong-hop/?nam=2023")
    for told in ("vùng dân tộc thiểu số", "Hộ nghèo", "Hộ cận nghèo", "Hộ có đạo"):
        assert told in page


def test_row_45_from_the_list_to_the_decision_in_the_browser(city: City, sign_in) -> None:
    factory.recognised(city)
    factory.recognised(city, "phuong-2", name="Trồng hoa")
    office, chief = sign_in("noi-vu"), sign_in(city.heads["noi-vu"])
    chairman, ward = sign_in(city.heads["thanh-pho"]), sign_in("phuong-1")
    given = {"body": city.body.pk, "year": "2023", "title": "công tác dân vận chính quyền",
             "form": "Giấy khen", "level": "district", "basis": ""}  # fmt: skip
    assert ward.post("/dan-van-kheo/khen-thuong/lap/", given).status_code == 403
    assert office.post("/dan-van-kheo/khen-thuong/lap/", {**given, "title": ""}).status_code == 422
    page = office.post("/dan-van-kheo/khen-thuong/lap/", given).url
    held = Commendation.objects.get()
    assert ward.get(page).status_code == 404
    shown = text_of(office, page)
    assert "chưa có kết quả xếp loại" in shown
    assert "người đứng đầu hoặc cấp phó" in shown  # why the officer cannot sign
    one = held.candidates.get(unit=city.units["phuong-2"])
    office.post(f"{page}bo/{one.pk}/", {"reason": "Mới khen tháng trước"})
    office.post(f"{page}dua-lai/{one.pk}/")
    office.post(f"{page}bo/{one.pk}/", {"reason": "Mới khen tháng trước"})
    office.post(f"{page}cap-nhat/")
    assert office.get(f"{page}to-trinh.docx").content.startswith(b"PK")
    assert office.post(f"{page}trinh/").status_code == 403
    chief.post(f"{page}trinh/")
    owed = duties.owed(city.actor(city.heads["thanh-pho"]), dt.date(2023, 10, 20))
    assert any("Quyết định khen thưởng" in d.title for d in owed)
    chairman.post(f"{page}tra-lai/", {"reason": "Bổ sung"})
    assert "Bổ sung" in text_of(office, page)
    chief.post(f"{page}trinh/")
    assert chairman.get(f"{page}quyet-dinh.docx").content.startswith(b"PK")
    chairman.post(f"{page}quyet-dinh/")
    shown = text_of(ward, page)
    assert "Được khen thưởng (1)" in shown
    assert "UBND Phường 1" in shown
    assert "Mới khen tháng trước" not in shown  # for who oversees
    assert "Mới khen tháng trước" in text_of(office, page)
    assert "/QĐ-UBND" in text_of(ward, "/dan-van-kheo/khen-thuong/")


def test_row_77_the_police_report_and_report_again(city: City, sign_in) -> None:
    police, office, ward = sign_in("cong-an"), sign_in("noi-vu"), sign_in("phuong-1")
    assert ward.get("/dan-van-kheo/phong-trao/bao-cao/").status_code == 403
    given = {"unit": city.units["cong-an"].pk, "body": city.body.pk, "year": "2023",
             "name": "Vì nước quên thân, vì dân phục vụ", "people_reached": "3400",
             "narrative": "Tiếp dân tại nhà", "file": factory.pdf()}  # fmt: skip
    assert "không tính chậm" in text_of(police, "/dan-van-kheo/phong-trao/")
    assert police.post("/dan-van-kheo/phong-trao/bao-cao/", {**given, "people_reached": "-1"}
                       ).status_code == 422  # fmt: skip
    given["file"] = factory.pdf()
    page = police.post("/dan-van-kheo/phong-trao/bao-cao/", given).url
    police.post(page, {"people_reached": "3500", "narrative": "Tiếp dân tại nhà, lưu động"})
    assert "3.500" in text_of(office, page)
    assert office.post(page, {"narrative": "Khác"}).status_code == 403
    assert ward.get(page).status_code == 404
    assert police.get(f"{page}tep/").status_code == 200
    assert Movement.objects.count() == 1
    assert "3.500" in text_of(office, "/dan-van-kheo/phong-trao/")


@pytest.mark.parametrize("part", ["", "tong-hop/?nam=2023", "khen-thuong/", "phong-trao/"])
def test_row_79_lists_cost_the_same_for_one_row_and_for_many(
    city: City, sign_in, part: str
) -> None:
    client, url = sign_in("noi-vu"), f"/dan-van-kheo/{part}"

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    def more(n: int, unit: str) -> None:
        factory.recognised(city, unit, name=f"Mô hình {n}")
        commendations.begin(
            city.body, year=2023, title=f"Đợt {n}", form="Giấy khen", level="district",
            by=city.actor("noi-vu"),
        )  # fmt: skip
        movements.report(
            city.units["cong-an"], body=city.body, year=2023, name=f"Phong trào {n}",
            values={"narrative": "Tốt"}, by=city.actor("cong-an"),
        )  # fmt: skip

    more(1, "phuong-1")
    one = cost()
    for n, unit in enumerate(("phuong-2", "xa-tan-binh", "tu-phap"), start=2):
        more(n, unit)
    assert cost() == one
