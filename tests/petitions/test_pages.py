"""The pages of petitions as people of different offices meet them."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.kernel import clock, imports
from danvan.petitions.actions import handling, transfers, watching
from danvan.petitions.models import OutsideFigures, Petition
from tests.city import City
from tests.petitions import factory


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def typed(city: City, **changed: object) -> dict[str, object]:
    return {
        "body": city.body.pk, "channel": "phone", "received_on": "08/05/2023",
        "kind_said": "khieu_nai", "subject": "Thu hồi đất", "text": "Chưa tính đủ diện tích.",
        "name": "Trần Thị Lan", "people": "1", "token": "mot", **changed,
    }  # fmt: skip


def test_row_32_the_counter_gives_a_receipt_once(town: City, sign_in) -> None:
    office, ward = sign_in("thanh-tra"), sign_in("tu-phap")
    sent = office.post("/don-thu/tiep-nhan/", typed(town))
    page = sent.content.decode()
    held = Petition.objects.get()
    assert held.number in page
    secret = re.search(r"<code>(\w{10})</code>", page)
    assert secret
    assert secret[1] not in text_of(office, f"/don-thu/{held.pk}/")
    again = office.post("/don-thu/tiep-nhan/", typed(town), follow=True)
    assert Petition.objects.count() == 1
    assert "đã được tiếp nhận" in again.content.decode()
    refused = ward.post("/don-thu/tiep-nhan/", typed(town, token="hai"))
    assert refused.status_code == 422
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Ghi họ tên người gửi"),
        ({"text": ""}, "Ghi nội dung"),
        ({"received_on": "31/02/2023"}, "Không có ngày"),
        ({"kind_said": "to_cao_nac_danh"}, "không ghi người gửi"),
        ({"people": "7", "others": "* Ông A\n* Ông B\n* Ông C"}, "nhiều nhất 2 người"),
    ],
)
def test_row_32_a_wrong_form_comes_back_with_what_was_typed(
    town: City,
    sign_in,
    changed: dict,
    told: str,
) -> None:
    sent = sign_in("thanh-tra").post("/don-thu/tiep-nhan/", typed(town, **changed))
    assert sent.status_code == 422
    assert told in sent.content.decode()
    assert "Thu hồi đất" in sent.content.decode()
    assert not Petition.objects.exists()


def test_row_35_a_denunciation_at_the_counter_shows_its_sender_nowhere(
    town: City,
    sign_in,
) -> None:
    factory.named_for_denunciations(town)
    office = sign_in("thanh-tra")
    sent = office.post("/don-thu/tiep-nhan/", typed(
        town, kind_said="to_cao", subject="Cán bộ nhận tiền", name="Quách Thị Mận",
        address="Hẻm 777", phone="0987650321"))  # fmt: skip
    assert sent.status_code == 200
    held = Petition.objects.get()
    assert held.sealed is not None
    for url in ("/don-thu/", "/don-thu/danh-sach/", f"/don-thu/{held.pk}/",
                "/don-thu/danh-sach/?q=man", "/don-thu/danh-sach/?q=quach"):  # fmt: skip
        page = text_of(office, url)
        assert "Mận" not in page
        assert "777" not in page
    assert office.get(f"/don-thu/{held.pk}/").status_code == 200
    assert sign_in("van-phong").get(f"/don-thu/{held.pk}/").status_code == 404
    book = office.get("/don-thu/danh-sach.xlsx")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book.content))
    assert held.number not in str(rows.get_sheet_by_index(0).to_python())


def test_row_33_from_classification_to_transfer_in_the_browser(
    town: City,
    sign_in,
) -> None:
    it, _receipt = factory.received(town)
    office = sign_in("van-phong")
    url = f"/don-thu/{it.pk}/"
    assert "Phân loại" in text_of(office, url)
    text_of(office, f"{url}phan-loai/")
    axes = {"kind": "khieu_nai", "eligible": "True", "competent": "False", "people": "1",
            "instance": "1"}  # fmt: skip
    assert office.post(f"{url}phan-loai/", {**axes, "people": "0"}).status_code == 422
    assert office.post(f"{url}phan-loai/", axes).status_code == 302
    assert office.get(f"{url}thu-ly/").status_code == 403
    assert "không thuộc thẩm quyền" in office.get(f"{url}thu-ly/").content.decode()
    assert office.post(f"{url}chuyen/", {"clause": "KN Đ17"}).status_code == 422
    office.post(f"{url}chuyen/", {"clause": "KN Đ17", "unit": town.units["phuong-1"].pk})
    it.refresh_from_db()
    assert it.state == "transferred"
    sent = it.transfers.get()
    assert office.get(f"/don-thu/phieu-chuyen/{sent.pk}.docx").content[:2] == b"PK"
    ward = sign_in("phuong-1")
    assert it.number in text_of(ward, "/don-thu/chuyen-den/")
    assert sign_in("phuong-2").get(f"/don-thu/chuyen-den/{sent.pk}/").status_code == 404
    ward.post(f"/don-thu/chuyen-den/{sent.pk}/", {"receipt": "Sổ đến 12"})
    taken = Petition.objects.get(body=town.units["phuong-1"])
    assert "Trần Thị Lan" in text_of(ward, f"/don-thu/{taken.pk}/")
    assert ward.get(url).status_code == 404


def test_row_34_the_page_says_why_this_day(town: City, sign_in) -> None:
    it = factory.accepted(town)
    page = text_of(sign_in("thanh-tra"), f"/don-thu/{it.pk}/")
    for piece in ("07/06/2023", "Vì sao ngày này?", "30 ngày từ ngày thụ lý 08/05/2023",
                  "Điều 147.2", "Luật Khiếu nại 02/2011/QH13 Đ28"):  # fmt: skip
        assert piece in page
    for slug in ("gia-han", "tam-dinh-chi", "xac-minh", "ap-dung", "them-tai-lieu", "rut", "gop"):
        text_of(sign_in("thanh-tra"), f"/don-thu/{it.pk}/{slug}/")
    text_of(sign_in(town.heads["thanh-pho"]), f"/don-thu/{it.pk}/ket-qua/")


def test_row_38_the_whole_way_in_the_browser(town: City, sign_in) -> None:
    it = factory.accepted(town)
    url = f"/don-thu/{it.pk}/"
    office, chair = sign_in("thanh-tra"), sign_in(town.heads["thanh-pho"])
    office.post(f"{url}xac-minh/", {"unit": town.units["tu-phap"].pk})
    paper = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 x", "application/pdf")
    office.post(f"{url}them-tai-lieu/", {"files": [paper], "about": "Biên bản"})
    held = it.papers.get()
    got = office.get(f"/don-thu/giay-to/{held.pk}/")
    assert got["Content-Disposition"].startswith("attachment")
    assert sign_in("phuong-2").get(f"/don-thu/giay-to/{held.pk}/").status_code == 404
    result = {"outcome": "partly", "code": "15/QĐ-UBND", "on": "08/05/2023", "text": "Tính lại.",
              "answer": "Được chấp nhận một phần.", "to_enforce": "on"}  # fmt: skip
    assert chair.post(f"{url}ket-qua/", {**result, "answer": ""}).status_code == 422
    chair.post(f"{url}ket-qua/", result)
    page = text_of(office, url)
    assert "Gửi quyết định" in page
    office.post(f"{url}da-lam/sent/", {"reason": "CV 31"})
    office.post(f"{url}cong-khai/", {"form": "posting", "where": "Trụ sở", "on": "08/05/2023"})
    text_of(chair, f"{url}thi-hanh/")
    chair.post(f"{url}thi-hanh/", {"title": "Tính lại", "unit": town.units["phuong-1"].pk,
                                   "due_on": "30/06/2023"})  # fmt: skip
    it.refresh_from_db()
    assert it.state == "enforcing"
    assert "Tính lại" in text_of(office, url)
    assert office.get(f"{url}ket-thuc/").status_code == 403


def test_row_37_the_watch_list(town: City, sign_in) -> None:
    it = factory.classified(town)
    office = sign_in("thanh-tra")
    office.post(f"/don-thu/{it.pk}/diem-nong/", {"reason": "Tụ tập 40 người"})
    assert it.number in text_of(office, "/don-thu/danh-sach/?han=diem-nong")
    assert "Tụ tập 40 người" in text_of(office, f"/don-thu/{it.pk}/")


def test_row_41_board_and_lists_cost_the_same_for_one_and_many(
    town: City,
    sign_in,
    on_day,
) -> None:
    office = sign_in("thanh-tra")
    urls = ("/don-thu/", "/don-thu/danh-sach/", "/don-thu/danh-sach/?q=thu+hoi",
            "/don-thu/danh-sach/?han=qua-han", "/don-thu/chuyen-den/")  # fmt: skip

    def cost() -> list[int]:
        counted = []
        for url in urls:
            office.get(url)
            with CaptureQueriesContext(connection) as asked:
                office.get(url)
            counted.append(len(asked))
        return counted

    factory.accepted(town)
    with clock.set_to(dt.date(2023, 9, 1)):
        first = cost()
    for n in range(3):
        it = factory.accepted(town)
        handling.give_to_verify(it, unit=town.units[("tu-phap", "noi-vu", "phuong-1")[n]],
                                by=town.actor("thanh-tra"))  # fmt: skip
    on_day(2023, 9, 1)
    assert cost() == first
    page = text_of(office, "/don-thu/")
    assert "Phòng Tư pháp" in page
    assert page.index("Quá hạn") > 0
    assert "qua-han" in page


def test_row_41_search_finds_without_marks_number_subject_and_sender(
    town: City,
    sign_in,
) -> None:
    it, _receipt = factory.received(town)
    office = sign_in("thanh-tra")
    for words in ("thu hoi dat", "tran thi lan", "hem 12", it.number, "thu hồi"):
        assert it.number in text_of(office, f"/don-thu/danh-sach/?q={words}"), words
    assert "Không có đơn nào" in text_of(office, "/don-thu/danh-sach/?q=khongco")


def test_row_34_limits_are_read_and_set_in_the_browser(town: City, sign_in) -> None:
    office = sign_in("thanh-tra")
    page = text_of(office, "/don-thu/thoi-han/")
    assert "KN-ACC-1-NEW" in page
    assert "bản không chính thức" in page
    given = {"kind": "kien_nghi_phan_anh", "stage": "settle", "value": "7", "unit": "working_day",
             "since": "01/01/2023", "basis": "QĐ 12", "confidence": "L",
             "code": "LOCAL-ANSWER"}  # fmt: skip
    assert office.post("/don-thu/thoi-han/", {**given, "basis": ""}).status_code == 422
    assert office.post("/don-thu/thoi-han/", given).status_code == 302
    assert "QĐ 12" in text_of(office, "/don-thu/thoi-han/")


HEAD = "Đơn vị;Hệ thống;Từ ngày;Đến hết ngày;Tiếp nhận;Đến hạn;Đúng hạn;Đang quá hạn;Tham chiếu"
ROW = "UBND Phường 1;Tổng đài 1022;01/01/2023;31/03/2023;40;38;37;1;Báo cáo quý I"


def test_row_41_figures_of_another_system_come_by_table_and_count(
    town: City,
    sign_in,
) -> None:
    from danvan.kernel import facts
    from danvan.kernel.facts import Period

    office, ward = town.actor("thanh-tra"), town.units["phuong-1"].pk
    it = imports.preview("petitions.figures", "so.csv", f"{HEAD}\n{ROW}".encode(), by=office)
    assert it.counts == {"new": 1}
    imports.apply(it, by=office)
    assert OutsideFigures.objects.get().received == 40
    changed = f"{HEAD}\n{ROW.replace(';40;', ';41;')}".encode()
    again = imports.preview("petitions.figures", "so.csv", changed, by=office)
    assert again.counts == {"changed": 1}
    wrong = f"{HEAD}\n{ROW.replace(';37;', ';39;')}".encode()
    assert imports.preview("petitions.figures", "so.csv", wrong, by=office).counts == {"error": 1}
    reading = facts.read(["petitions.received", "petitions.settled_on_time"], [ward],
                         Period.year(2023))  # fmt: skip
    received, on_time = (r[ward] for r in reading.values())
    assert received and received.value == 40
    assert "hệ thống khác" in received.said
    assert on_time and (on_time.numerator, on_time.denominator) == (37, 38)
    assert "Tổng đài 1022" in text_of(sign_in("thanh-tra"), "/don-thu/so-lieu-ngoai/")


def test_pages_are_for_who_deals_with_petitions(town: City, sign_in) -> None:
    it, _receipt = factory.received(town)
    stranger = sign_in(town.deputy)
    assert stranger.get("/don-thu/").status_code == 200
    member = sign_in(town.heads["phuong-2"])
    assert member.get(f"/don-thu/{it.pk}/").status_code == 404
    assert member.get(f"/don-thu/{it.pk}/phan-loai/").status_code == 404
    assert Client().get("/don-thu/").status_code == 302
    assert text_of(member, "/don-thu/").count("Không có đơn tồn đọng") == 1


def test_the_desk_tells_what_is_owed(town: City, sign_in, on_day) -> None:
    it, _receipt = factory.received(town)
    closed, _secret = factory.closed(town)
    watching.dispute(closed, reason="Chưa xong", by=town.actor("thanh-tra"))
    other = factory.classified(town, competent=False)
    transfers.transfer(other, to_unit=town.units["phuong-1"], clause="Đ17",
                       by=town.actor("thanh-tra"))  # fmt: skip
    page = text_of(sign_in("thanh-tra"), "/")
    assert it.number in page
    assert closed.number in page
    assert "chuyển đến chờ xác nhận" in text_of(sign_in("phuong-1"), "/")
    assert dt.date(2023, 5, 18) == it.due_on
