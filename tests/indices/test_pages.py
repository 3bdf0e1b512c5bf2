"""The pages of indices as people of different roles meet them."""

from __future__ import annotations

import io

import pytest
import python_calamine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.indices.models import Edition, Result
from danvan.kernel.models import Entry
from tests.city import City
from tests.indices.conftest import edition, figures, result

NEW = {"code": "sipas", "year": "2023", "source": "Báo Tây Ninh", "published_on": "",
       "document": "12/BC-SNV"}  # fmt: skip


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_row_47_from_nothing_to_a_result_by_hand(city: City, sign_in, on_day) -> None:
    on_day(2023, 12, 27)
    office, ward = sign_in("noi-vu"), sign_in("phuong-1")
    assert "Chưa có bộ chỉ số nào" in text_of(ward, "/chi-so/")
    assert ward.post("/chi-so/dua-vao-dung/").status_code == 403
    office.post("/chi-so/dua-vao-dung/")
    sent = office.post("/chi-so/them/", NEW)
    held = Edition.objects.get()
    assert sent.url == f"/chi-so/ky/{held.pk}/"
    assert held.source == "12/BC-SNV. Báo Tây Ninh"
    row = {"unit": city.units["phuong-1"].pk, "value": "83,45", "maximum": "100", "rank": "1",
           "ranked": "3"}  # fmt: skip
    office.post(sent.url, row)
    page = text_of(ward, sent.url)
    assert "83,45" in page
    assert "chưa có kết quả năm 2022" in page
    assert "Ghi kết quả" not in page
    assert ward.post(sent.url, {**row, "unit": city.units["phuong-2"].pk}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "101"}, "Điểm phải từ 0 đến điểm tối đa"),
        ({"rank": "4"}, "Hạng phải từ 1"),
        ({"ranked": ""}, "số đơn vị được xếp hạng"),
        ({"value": "tám mươi"}, "không phải là số điểm"),
    ],
)
def test_row_47_a_wrong_figure_comes_back_at_its_field(
    measured: City, sign_in, typed: dict, told: str
) -> None:
    held = Edition.objects.get(year=2022)
    row = {"unit": measured.units["tu-phap"].pk, "value": "80", "maximum": "100", "rank": "1",
           "ranked": "3", "note": "Ghi chú còn đây", **typed}  # fmt: skip
    sent = sign_in("noi-vu").post(f"/chi-so/ky/{held.pk}/", row)
    assert sent.status_code == 422
    assert told in sent.content.decode()
    assert "Ghi chú còn đây" in sent.content.decode()
    assert Result.objects.filter(edition=held).count() == 2


def test_row_47_a_correction_is_read_by_everyone(measured: City, sign_in) -> None:
    held = result(measured, "phuong-2")
    url = f"/chi-so/ket-qua/{held.pk}/"
    row = {"value": "71", "maximum": "100", "rank": "2", "ranked": "3", "band": "", "note": "",
           "reason": "Cơ quan công bố đính chính"}  # fmt: skip
    assert sign_in("phuong-2").post(url, row).status_code == 403
    assert sign_in("noi-vu").post(url, {**row, "reason": ""}).status_code == 422
    sign_in("noi-vu").post(url, row)
    page = text_of(sign_in("phuong-2"), url)
    assert "Cơ quan công bố đính chính" in page
    assert "70/100" in page
    assert "71 ÷ 100" in page
    assert Entry.objects.filter(action="indices.result.correct").count() == 1


def test_row_47_series_is_a_table_with_its_lines_and_a_workbook(measured: City, sign_in) -> None:
    ward = sign_in("phuong-1")
    page = text_of(ward, "/chi-so/chuoi/par/")
    assert "<svg" in page
    assert "<polyline" in page
    assert "style=" not in page
    assert "Số liệu trình diễn" in page
    assert "96,85" in page
    answer = ward.get("/chi-so/chuoi/par/bang.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert "TRÌNH DIỄN" in rows[1][0]
    told = {(r[0], int(r[1])): r for r in rows[3:]}
    assert told["UBND Phường 1", 2023][4] == 96.85
    assert told["UBND Phường 1", 2023][8] == 16.85
    assert told["UBND Xã Tân Bình", 2023][9] == "chưa có kết quả năm 2022"
    unit = text_of(ward, "/chi-so/don-vi/phuong-1/")
    assert "96,85" in unit
    assert "so với năm 2022" in unit


def test_row_47_pages_without_results_are_no_dead_end(defined: City, sign_in) -> None:
    ward = sign_in("phuong-1")
    assert "Chưa có kết quả nào" in text_of(ward, "/chi-so/chuoi/papi/")
    assert "chưa có kết quả chỉ số nào" in text_of(ward, "/chi-so/don-vi/phuong-1/")
    assert ward.get("/chi-so/chuoi/khong-co/").status_code == 404
    assert Client().get("/chi-so/").status_code == 302


def test_row_79_series_and_edition_cost_the_same_for_any_number_of_units(
    defined: City, sign_in
) -> None:
    ward = sign_in("phuong-1")
    few = {"phuong-1": figures("80"), "phuong-2": figures("81")}
    many = {**few, "xa-tan-binh": figures("70"), "tu-phap": figures("60"), "van-hoa": figures("5")}

    def cost(code: str, given: dict) -> tuple[int, int]:
        edition(defined, 2022, given, code)
        held = edition(defined, 2023, given, code)
        asked = []
        for url in (f"/chi-so/chuoi/{code}/", f"/chi-so/ky/{held.pk}/"):
            ward.get(url)
            with CaptureQueriesContext(connection) as counted:
                ward.get(url)
            asked.append(len(counted))
        return asked[0], asked[1]

    assert cost("sipas", few) == cost("ddci", many)
