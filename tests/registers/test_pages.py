"""Registers in the browser: declared, filled on a phone, searched, corrected, taken home."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.kernel import facts
from danvan.kernel.facts import Period
from danvan.registers.actions import records
from danvan.registers.models import Record, RecordFile, Register
from tests.city import City
from tests.registers.factory import enact, write

PHOTO = b"\xff\xd8\xff\xe0" + b"anh" * 40


@pytest.fixture(autouse=True)
def _in_june(on_day) -> None:
    on_day(2023, 6, 20)


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def form_of(fields: list[dict[str, Any]], figures: list[dict[str, Any]], **general: Any) -> dict:
    """What a browser sends of the declaring form."""
    sent: dict[str, Any] = {
        "name": "Họp tổ dân phố", "purpose": "Các cuộc họp", "audience": "UBND phường, xã",
        "units_write": "on", "reading": "everybody", "day_label": "Ngày họp", "warn_days": "60",
        "valid_from": "01/06/2023", "basis": "Công văn thử", **general,
    }  # fmt: skip
    for prefix, rows in (("truong", fields), ("du_kien", figures)):
        sent |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for n, row in enumerate(rows):
            sent |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return sent


FIELDS = [
    {"label": "Nội dung", "kind": "text", "required": "on", "ORDER": "2"},
    {"label": "Loại họp", "kind": "choice", "options": "Định kỳ\nĐột xuất\n", "ORDER": "1"},
    {"label": "Số người dự", "kind": "number", "measure": "người", "ORDER": "3"},
    {"label": "Ảnh", "kind": "file", "ORDER": "4"},
    {"label": "", "kind": "text"},
]
FIGURES = [
    {"label": "Số cuộc họp", "kind": "count", "measure": "cuộc"},
    {"label": "Người dự họp", "kind": "sum", "field": "so nguoi du"},
    {"label": "Họp đột xuất", "kind": "count", "where": "Loại họp", "option": "đột xuất"},
    {"label": "Tỷ lệ đột xuất", "kind": "ratio", "part": "họp đột xuất", "whole": "Số cuộc họp"},
]


def test_the_programme_office_declares_a_register_in_the_browser(city: City, sign_in) -> None:
    office, ward = sign_in("noi-vu"), sign_in("phuong-1")
    assert ward.get("/so-theo-doi/khai-bao/").status_code == 403
    answer = office.post("/so-theo-doi/khai-bao/", form_of(FIELDS, FIGURES))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    register = Register.objects.get()
    version = register.versions.get()
    assert [f.code for f in version.declared] == ["loai_hop", "noi_dung", "so_nguoi_du", "anh"]
    assert version.declared[0].options == (("dinh_ky", "Định kỳ"), ("dot_xuat", "Đột xuất"))
    assert [f.kind for f in version.figures] == ["count", "sum", "count", "ratio"]
    page = text_of(ward, answer.url)
    assert "registers.hop_to_dan_pho.nguoi_du_hop" in page
    assert "Sửa khai báo" not in page
    values = {"unit": city.units["phuong-1"].pk, "day": "05/06/2023", "token": "t1",
              "truong_noi_dung": "Họp", "truong_loai_hop": "dot_xuat",
              "truong_so_nguoi_du": "1.250,5"}  # fmt: skip
    assert ward.post(f"/so-theo-doi/so/{register.pk}/ghi/", values).status_code == 302
    unit = city.units["phuong-1"].pk
    read = facts.read(["registers.hop_to_dan_pho.nguoi_du_hop"], [unit], Period.year(2023))
    assert str(read["registers.hop_to_dan_pho.nguoi_du_hop"][unit].value) == "1250.5"


def test_a_wrong_declaration_comes_back_with_its_faults(city: City, sign_in) -> None:
    office = sign_in("noi-vu")
    figures = [{"label": "Cộng", "kind": "sum", "field": "Nội dung"}]
    answer = office.post("/so-theo-doi/khai-bao/", form_of(FIELDS, figures, audience="Sở Lạ"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không rõ đơn vị nào: “Sở Lạ”" in page
    assert "Chọn một trường kiểu Số" in page
    assert "Họp tổ dân phố" in page
    page = office.post(
        "/so-theo-doi/khai-bao/", form_of(FIELDS, [], document="999/QĐ-LA")
    ).content.decode()
    assert "Không có văn bản “999/QĐ-LA” trong sổ" in page
    one_option = [{"label": "Loại", "kind": "choice", "options": "Một"}]
    page = office.post("/so-theo-doi/khai-bao/", form_of(one_option, [])).content.decode()
    assert "từ hai giá trị trở lên" in page
    assert not Register.objects.exists()


def test_more_rows_keep_what_was_typed(city: City, sign_in) -> None:
    sent = form_of(FIELDS, [], more="truong")
    answer = sign_in("noi-vu").post("/so-theo-doi/khai-bao/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="truong-7-label"' in page
    assert "Số người dự" in page
    assert not Register.objects.exists()


def test_editing_makes_a_version_and_keeps_the_codes(city: City, sign_in) -> None:
    office = sign_in("noi-vu")
    office.post("/so-theo-doi/khai-bao/", form_of(FIELDS, FIGURES))
    register = Register.objects.get()
    url = f"/so-theo-doi/so/{register.pk}/sua/"
    page = text_of(office, url)
    assert 'value="so_nguoi_du"' in page
    fields = [
        {"code": "loai_hop", "label": "Loại cuộc họp", "kind": "choice",
         "options": "Định kỳ\nĐột xuất\nChuyên đề"},
        {"code": "noi_dung", "label": "Nội dung", "kind": "text"},
        {"code": "so_nguoi_du", "label": "Người dự", "kind": "number", "DELETE": "on"},
    ]  # fmt: skip
    sent = form_of(fields, [{"code": "so_cuoc_hop", "label": "Số cuộc", "kind": "count"}], newest=1)
    for prefix, initial in (("truong", 4), ("du_kien", 4)):
        sent[f"{prefix}-INITIAL_FORMS"] = min(initial, sent[f"{prefix}-TOTAL_FORMS"])
    answer = office.post(url, sent)
    assert answer.status_code == 302, answer.content.decode()
    newest = register.versions.first()
    assert [(f.code, f.label) for f in newest.declared] == [
        ("loai_hop", "Loại cuộc họp"), ("noi_dung", "Nội dung")]  # fmt: skip
    assert newest.declared[0].options[-1] == ("chuyen_de", "Chuyên đề")
    assert (newest.number, newest.figures[0].code) == (2, "so_cuoc_hop")
    stale = office.post(url, sent, follow=True)
    assert register.versions.count() == 2
    assert "đã được sửa" in stale.content.decode()


def test_a_shipped_register_is_enacted_with_one_click(city: City, sign_in) -> None:
    office = sign_in("noi-vu")
    assert "Sổ có sẵn" in text_of(office, "/so-theo-doi/")
    assert "Quy chế, chương trình phối hợp" in text_of(office, "/so-theo-doi/mau/")
    answer = office.post("/so-theo-doi/mau/phoi_hop/")
    assert answer.url == f"/so-theo-doi/so/{Register.objects.get().pk}/"
    assert "Đang dùng" in text_of(office, "/so-theo-doi/mau/")
    assert sign_in("phuong-1").post("/so-theo-doi/mau/tin_bai/").status_code == 403
    page = text_of(office, "/so-theo-doi/khai-bao/?mau=tin_bai")
    assert "Lượt tiếp cận" in page


def test_where_its_words_do_not_fit_the_form_opens(city: City, sign_in) -> None:
    from danvan.organisations.models import UnitVersion

    UnitVersion.objects.filter(unit=city.units["cong-an"]).update(name="Công an khu vực",
                                                                  short_name="CAKV")  # fmt: skip
    answer = sign_in("noi-vu").post("/so-theo-doi/mau/luc_luong/")
    assert answer.url == "/so-theo-doi/khai-bao/?mau=luc_luong"
    assert "Không rõ đơn vị nào" in text_of(sign_in("noi-vu"), "/so-theo-doi/mau/")


def test_row_14_a_record_is_written_with_a_photo(city: City, sign_in) -> None:
    register = enact(city, "tin_bai")
    ward, url = sign_in("phuong-1"), f"/so-theo-doi/so/{register.pk}/ghi/"
    page = text_of(ward, url)
    assert ".jpg" in page
    token = page.split('name="token" value="')[1].split('"')[0]
    values = {"unit": city.units["phuong-1"].pk, "day": "05/06/2023", "token": token,
              "truong_tieu_de": "Ra quân", "truong_loai": "tin", "truong_luot": "300",
              "truong_duong_dan": "https://tayninh.gov.vn/1"}  # fmt: skip
    photo = SimpleUploadedFile("ra-quan.jpg", PHOTO, "image/jpeg")
    answer = ward.post(url, {**values, "truong_anh": photo})
    made = Record.objects.get()
    assert answer.url == f"/so-theo-doi/ban-ghi/{made.pk}/"
    kept = RecordFile.objects.get()
    shown = sign_in("phuong-2").get(f"/so-theo-doi/tep/{kept.pk}/?xem=1")
    assert b"".join(shown.streaming_content) == PHOTO
    assert "ra-quan.jpg" in text_of(ward, answer.url)
    ward.post(url, values)
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": "21/06/2023"}, "sau hôm nay"),
        ({"day": "ngày mai"}, "không phải là ngày"),
        ({"truong_tieu_de": ""}, "Tiêu đề"),
        ({"truong_luot": "-4"}, "không được âm"),
        ({"truong_duong_dan": "tayninh.gov.vn"}, "bắt đầu bằng http"),
        ({"truong_duong_dan": "javascript:alert(1)"}, "bắt đầu bằng http"),
        ({"truong_loai": "khac"}, "Loại"),
        ({"unit": "999"}, "Đơn vị"),
        ({"truong_anh": SimpleUploadedFile("a.jpg", b"khong phai anh")}, "không phải là tệp"),
    ],
)  # fmt: skip
def test_a_wrong_value_comes_back_at_its_field(city: City, sign_in, typed: dict, told: str) -> None:
    register = enact(city, "tin_bai")
    values = {"unit": city.units["phuong-1"].pk, "day": "05/06/2023", "truong_loai": "tin",
              "truong_tieu_de": "Tiêu đề còn đây", **typed}  # fmt: skip
    answer = sign_in("phuong-1").post(f"/so-theo-doi/so/{register.pk}/ghi/", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "còn đây" in page or "truong_tieu_de" in typed
    assert not Record.objects.exists()


def test_a_correction_in_the_browser_and_two_at_once(city: City, sign_in) -> None:
    enact(city, "tin_bai")
    made = write(city, "tin_bai", "phuong-1", luot=350)
    ward, url = sign_in("phuong-1"), f"/so-theo-doi/ban-ghi/{made.pk}/dinh-chinh/"
    assert 'value="350"' in text_of(ward, url)
    values = {"day": "05/06/2023", "edition": "1", "truong_tieu_de": "Ra quân dân vận khéo",
              "truong_loai": "bai", "truong_luot": "400", "reason": "Đọc lại"}  # fmt: skip
    assert ward.post(url, {**values, "reason": ""}).status_code == 422
    assert ward.post(url, values).status_code == 302
    page = text_of(sign_in("phuong-2"), f"/so-theo-doi/ban-ghi/{made.pk}/")
    assert "Đọc lại" in page
    assert "<del>350" in page
    other = ward.post(url, {**values, "truong_luot": "500"}, follow=True)
    assert "đã được đính chính" in other.content.decode()
    made.refresh_from_db()
    assert made.values["luot"] == "400"
    assert sign_in("phuong-2").get(url).status_code == 403


def test_a_file_is_taken_off_and_a_required_one_stays(city: City, sign_in) -> None:
    enact(city, "tin_bai")
    made = records.enter(
        Register.objects.get(), unit=city.units["phuong-1"], day=dt.date(2023, 6, 1),
        values={"tieu_de": "A", "loai": "tin"}, by=city.actor("phuong-1"),
        uploads={"anh": [SimpleUploadedFile("a.jpg", PHOTO)]},
    )  # fmt: skip
    (photo,) = made.files.all()
    values = {"day": "01/06/2023", "edition": "1", "truong_tieu_de": "A", "truong_loai": "tin",
              "reason": "Ảnh nhầm", "taken_off": [photo.pk]}  # fmt: skip
    sign_in("phuong-1").post(f"/so-theo-doi/ban-ghi/{made.pk}/dinh-chinh/", values)
    photo.refresh_from_db()
    assert photo.taken_off_at is not None
    assert "a.jpg" not in text_of(sign_in("phuong-1"), f"/so-theo-doi/ban-ghi/{made.pk}/").split(
        "Các lần đính chính")[0]  # fmt: skip


def test_withdrawing_asks_why(city: City, sign_in) -> None:
    enact(city, "tin_bai")
    made = write(city, "tin_bai", "phuong-1")
    ward, url = sign_in("phuong-1"), f"/so-theo-doi/ban-ghi/{made.pk}/"
    assert "Rút khỏi sổ" in text_of(ward, url)
    assert ward.post(f"{url}rut/", {"reason": ""}).status_code == 403
    ward.post(f"{url}rut/", {"reason": "Ghi trùng"})
    page = text_of(ward, url)
    assert "Đã rút khỏi sổ ngày 20/06/2023" in page
    assert "Ghi trùng" in page
    listed = text_of(ward, f"/so-theo-doi/so/{made.register_id}/")
    assert "chưa có bản ghi" in listed


def test_row_75_a_programme_with_the_front_on_its_pages(city: City, sign_in) -> None:
    from danvan.documents.models import Document

    enact(city, "phoi_hop")
    paper = Document.objects.create(
        origin="received", type="Chương trình", code="16-CTr/BDVTU-UBND",
        issued_on=dt.date(2021, 12, 16),
    )  # fmt: skip
    made = write(city, "phoi_hop", "thanh-pho", who="noi-vu", day=dt.date(2021, 12, 16),
                 until=dt.date(2026, 12, 31))  # fmt: skip
    enact(city, "phoi_hop_nam")
    write(city, "phoi_hop_nam", "thanh-pho", who="noi-vu", noi_dung="Kế hoạch phối hợp năm 2023",
          loai="ke_hoach", theo="16-CTr/BDVTU-UBND")  # fmt: skip
    page = text_of(sign_in("mat-tran"), f"/so-theo-doi/ban-ghi/{made.pk}/")
    assert "Kế hoạch phối hợp năm 2023" in page
    assert f"/van-ban/{paper.pk}/" in page
    assert "31/12/2026" in page
    listed = f"/so-theo-doi/so/{made.register_id}/"
    assert "Ban Dân vận" in page
    assert "16-CTr" in text_of(sign_in("mat-tran"), f"{listed}?hieu_luc=01/01/2026")
    assert "Không có bản ghi nào khớp" in text_of(
        sign_in("mat-tran"), f"{listed}?hieu_luc=01/01/2027")  # fmt: skip


def test_a_list_is_searched_without_marks_and_narrowed(city: City, sign_in) -> None:
    register = enact(city, "tin_bai")
    write(city, "tin_bai", "phuong-1", tieu_de="Đối thoại ở hẻm 5", day=dt.date(2023, 5, 1))
    write(city, "tin_bai", "phuong-2", tieu_de="Ra quân", loai="tin")
    client, base = sign_in("mat-tran"), f"/so-theo-doi/so/{register.pk}/"
    for query, found in (
        ("q=doi+thoai+hem", "Đối thoại"), ("q=phuong+1", "Đối thoại"), ("q=ra+quan", "Ra quân"),
        ("loai=tin", "Ra quân"), ("tu=01/06/2023", "Ra quân"), ("den=02/05/2023", "Đối thoại"),
        (f"don_vi={city.units['phuong-2'].pk}", "Ra quân"),
    ):  # fmt: skip
        page = text_of(client, f"{base}?{query}").split("<tbody>")[1]
        other = {"Đối thoại": "Ra quân", "Ra quân": "Đối thoại"}[found]
        assert found in page, query
        assert other not in page, query
    assert "Không có bản ghi nào khớp" in text_of(client, f"{base}?q=khong+co+dau")
    text_of(client, f"{base}?tu=hom+qua&loai=sai&don_vi=x&trang=99")


def test_the_workbook_holds_what_the_list_shows(city: City, sign_in) -> None:
    register = enact(city, "tin_bai")
    write(city, "tin_bai", "phuong-1", tieu_de="=1+1", luot=12)
    write(city, "tin_bai", "phuong-2", loai="tin")
    answer = sign_in("mat-tran").get(f"/so-theo-doi/so/{register.pk}/bang.xlsx?loai=bai")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[3][:4] == ["Đơn vị", "Ngày đăng, phát", "Tiêu đề", "Loại"]
    assert len(rows) == 5
    assert rows[4][:4] == ["UBND Phường 1", dt.date(2023, 6, 5), "=1+1", "Bài"]
    assert rows[4][6] == 12


def test_one_record_and_three_cost_the_same(city: City, sign_in) -> None:
    register = enact(city, "luc_luong")
    client = sign_in("noi-vu")
    urls = (f"/so-theo-doi/so/{register.pk}/", "/so-theo-doi/",
            f"/so-theo-doi/so/{register.pk}/bang.xlsx")  # fmt: skip

    def cost() -> list[int]:
        counts = []
        for url in urls:
            with CaptureQueriesContext(connection) as made:
                assert client.get(url).status_code == 200
            counts.append(len(made))
        return counts

    write(city, "luc_luong", "cong-an", noi_lam=city.units["phuong-1"].pk, van_ban="1/BC-CA")
    client.get(urls[0])
    one = cost()
    write(city, "luc_luong", "quan-su", noi_lam=city.units["phuong-2"].pk, van_ban="2/BC-QS")
    write(city, "luc_luong", "cong-an", noi_lam=city.units["xa-tan-binh"].pk)
    assert cost() == one


def test_row_77_the_police_write_of_themselves_only(city: City, sign_in) -> None:
    register = enact(city, "luc_luong")
    page = text_of(sign_in("cong-an"), f"/so-theo-doi/so/{register.pk}/ghi/")
    assert "Công an thành phố Tây Ninh" in page
    chosen = page.split('name="unit"')[1].split("</select>")[0]
    assert "Quân sự" not in chosen
    assert sign_in("phuong-1").get(f"/so-theo-doi/so/{register.pk}/ghi/").status_code == 403


def test_giving_the_work_in_the_browser(city: City, sign_in) -> None:
    enact(city, "ket_luan")
    made = write(city, "ket_luan", "phuong-1", who="thanh-tra")
    url = f"/so-theo-doi/ban-ghi/{made.pk}/giao-viec/"
    assert sign_in("phuong-1").get(url).status_code == 403
    # The inspectorate gives what its own finding asks, as the programme office may.
    assert sign_in("thanh-tra").get(url).status_code == 200
    office = sign_in("noi-vu")
    assert "Khắc phục: Niêm yết thiếu thủ tục" in text_of(office, url)
    assert office.post(url, {"title": "Sửa", "due_on": "01/06/2023"}).status_code == 422
    assert office.post(url, {"title": "Sửa", "due_on": "01/07/2023"}).status_code == 302
    page = text_of(sign_in("phuong-1"), f"/so-theo-doi/ban-ghi/{made.pk}/")
    assert "chưa đến hạn" in page
    listed = f"/so-theo-doi/so/{made.register_id}/"
    assert "Niêm yết" in text_of(office, f"{listed}?viec=dang")
    assert "Không có bản ghi nào khớp" in text_of(office, f"{listed}?viec=chua")
