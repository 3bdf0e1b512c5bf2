"""The register and the page of a document."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from danvan.documents.actions import register
from danvan.documents.models import Citation, Document, Provision
from danvan.kernel import files
from danvan.kernel.access import SYSTEM

pytestmark = pytest.mark.django_db
PLAN_DAY = dt.date(2023, 3, 27)


@pytest.fixture
def plan(on_day) -> Document:
    """Kế hoạch 49 with two provisions, one of which cites the ordinance."""
    on_day(2023, 3, 27)
    register.load_instruments(by=SYSTEM)
    text = "II. NỘI DUNG\n3. Thực hiện Pháp lệnh số 34/2007/PL-UBTVQH11"
    document = Document.objects.create(
        origin="received", type="Kế hoạch", code="49/KH-UBND", issued_on=PLAN_DAY,
        subject="Thực hiện công tác Dân vận chính quyền năm 2023", text=text,
        issuer_name="UBND thành phố Tây Ninh", signer="Nguyễn Trung Hiếu",
        signer_position="PHÓ CHỦ TỊCH", recipients=["Sở Nội vụ TN;"],
        file=files.store(b"<script>alert(1)</script>"), file_name="Kế hoạch 49.html",
    )  # fmt: skip
    top = Provision.objects.create(
        document=document, order=0, marker="II.", path="II", depth=0, heading=True,
        text="NỘI DUNG", start=0, end=12,
    )  # fmt: skip
    clause = Provision.objects.create(
        document=document, parent=top, order=1, marker="3.", path="II.3", depth=1, heading=True,
        text="Thực hiện Pháp lệnh số 34/2007/PL-UBTVQH11", start=13, end=len(text),
    )  # fmt: skip
    cited = Document.objects.get(code="34/2007/PL-UBTVQH11")
    Citation.objects.create(provision=clause, document=document, cited=cited, start=27, end=52)
    return document


def listed(client: Client, **filters: str) -> str:
    return client.get("/van-ban/", filters).content.decode()


def test_the_list_is_searched_without_marks_and_filtered(plan, sign_in) -> None:
    client = sign_in("phuong-1")
    assert "49/KH-UBND" in listed(client)
    found = listed(client, q="dan van CHINH quyen")
    assert "49/KH-UBND" in found
    assert "34/2007" not in found
    assert "<mark>Pháp</mark> <mark>lệnh</mark> <mark>34</mark>/2007" in listed(
        client, q="phap lenh 34"
    )
    assert "49/KH-UBND" not in listed(client, loai="Nghị định")
    assert "34/2007" not in listed(client, nguon="received")
    assert "Không có văn bản nào khớp" in listed(client, q="xyz")


def test_a_nonsense_filter_is_told_and_does_not_break_the_list(plan, sign_in) -> None:
    answer = sign_in("phuong-1").get("/van-ban/", {"loai": "khong-co", "trang": "abc"})
    assert answer.status_code == 200


def test_an_empty_register_says_what_comes_next(sign_in) -> None:
    assert "Văn bản xuất hiện ở đây khi" in listed(sign_in("phuong-1"))


def test_the_list_costs_the_same_with_one_and_many(sign_in) -> None:
    client = sign_in("noi-vu")
    law = Document.objects.create(origin="cited", type="Luật", code="1/2022/QH15")

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/van-ban/").status_code == 200
        return len(queries)

    counted()
    before = counted()
    for number in range(3):
        Document.objects.create(
            origin="cited", type="Nghị định", code=f"{number}/2015/NĐ-CP", replaced_by=law
        )
    assert counted() == before


def test_pages_of_25_and_the_whole_as_a_workbook(sign_in) -> None:
    for number in range(30):
        Document.objects.create(
            origin="cited", type="Công văn", code=f"{number}/UBND-NV", issued_on=PLAN_DAY,
            subject="=1+1",
        )  # fmt: skip
    client = sign_in("noi-vu")
    assert "1–25 trong 30" in listed(client)
    answer = client.get("/van-ban/xuat.xlsx", {"q": "1/UBND-NV"})
    assert answer["Content-Disposition"].startswith("attachment")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    cells = rows.to_python()
    assert cells[0][2] == "Số, ký hiệu"
    assert {row[2] for row in cells[1:]} == {"1/UBND-NV"}, "a symbol is one thing, not letters"
    assert cells[1][3] == PLAN_DAY
    assert cells[1][5] == "=1+1", "words stay words, never a formula"


def test_row_02_a_document_as_it_stood_on_a_day(plan, sign_in) -> None:
    client = sign_in("phuong-1")
    old = Document.objects.get(code="34/2007/PL-UBTVQH11")
    page = client.get(f"/van-ban/{old.pk}/", {"ngay": "27/03/2023"}).content.decode()
    assert "còn hiệu lực ngày 27/03/2023" in page
    assert "Luật 10/2022/QH15" in page
    assert "law.md §0" in page
    page = client.get(f"/van-ban/{old.pk}/", {"ngay": "01/07/2023"}).content.decode()
    assert "không có hiệu lực ngày 01/07/2023" in page


def test_row_03_where_it_is_cited_is_a_link_to_the_provision(plan, sign_in) -> None:
    client = sign_in("phuong-1")
    old = Document.objects.get(code="34/2007/PL-UBTVQH11")
    page = client.get(f"/van-ban/{old.pk}/").content.decode()
    assert f'href="/van-ban/{plan.pk}/#muc-1"' in page
    assert "Kế hoạch 49/KH-UBND, mục II.3" in page
    page = client.get(f"/van-ban/{plan.pk}/").content.decode()
    assert 'id="muc-1"' in page
    assert f'href="/van-ban/{old.pk}/?ngay=27/03/2023"' in page


def test_a_document_costs_the_same_with_one_and_many_citations(plan, sign_in) -> None:
    client, old = sign_in("noi-vu"), Document.objects.get(code="34/2007/PL-UBTVQH11")

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/van-ban/{old.pk}/").status_code == 200
        return len(queries)

    counted()
    before = counted()
    clause = plan.provisions.get(order=1)
    for start in range(3):
        Citation.objects.create(provision=clause, document=plan, cited=old, start=start, end=9)
    assert counted() == before


def test_the_file_is_saved_never_run(plan, sign_in) -> None:
    answer = sign_in("phuong-1").get(f"/van-ban/{plan.pk}/tep/")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''K%E1")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_no_file_lost_file_and_unknown_document_are_not_found(plan, sign_in) -> None:
    client, old = sign_in("phuong-1"), Document.objects.get(code="34/2007/PL-UBTVQH11")
    assert client.get(f"/van-ban/{old.pk}/tep/").status_code == 404
    plan.file.path.unlink()
    assert client.get(f"/van-ban/{plan.pk}/tep/").status_code == 404
    assert client.get("/van-ban/999999/").status_code == 404


def test_nobody_reads_unsigned(plan, client: Client) -> None:
    for url in ("/van-ban/", f"/van-ban/{plan.pk}/", f"/van-ban/{plan.pk}/tep/"):
        assert client.get(url)["Location"].startswith("/tai-khoan/dang-nhap/")
