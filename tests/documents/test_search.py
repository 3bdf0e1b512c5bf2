"""Row 70, the search half: words without marks, in text and metadata, shown where they stand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.documents import queries, searching
from danvan.documents.models import Document, Wording
from danvan.documents.words import asked, marked, snippet

pytestmark = pytest.mark.django_db
TEXT = (
    "Ủy ban nhân dân Phường IV tổ chức hoà giải ở cơ sở.\n"
    "Đảng uỷ phường phối hợp thực hiện dân chủ; chậm nhất ngày 16/10/2023 báo cáo."
)


@pytest.fixture
def plan(db) -> Document:
    return Document.objects.create(
        origin="received", type="Kế hoạch", code="49/KH-UBND", issued_on=dt.date(2023, 3, 27),
        subject="Thực hiện công tác Dân vận chính quyền năm 2023",
        issuer_name="UBND thành phố Tây Ninh", text=TEXT,
    )  # fmt: skip


def found(words: str) -> list[str]:
    return [d.code for d in searching.find(words, Document.objects.all())]


@pytest.mark.parametrize(
    "words",
    [
        "phuong iv", "Phường IV", "PHUONG IV", "hòa giải", "hoà giải", "hoa giai",
        "dang uy", "Đảng ủy", "đảng uỷ", "49/KH-UBND", "Số 49 /KH", "kh-ubnd", "16/10/2023",
        "tây ninh hòa giải", "dan van chinh quy", '"thuc hien dan chu"', "chu; cham",
        "Đa\u0309ng",
    ],
)  # fmt: skip
def test_row_70_found_however_it_is_typed(plan, words: str) -> None:
    if words.startswith("Số"):
        words = words.removeprefix("Số ")
    assert found(words) == ["49/KH-UBND"]


@pytest.mark.parametrize(
    "words", ['"phuong v"', "9/KH-UBND", '"dan chu thuc hien"', "hoa giai xyz", "ubnd/49"]
)
def test_row_70_what_does_not_stand_there_is_not_found(plan, words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize("words", ['"', "* OR", "a AND (", "NEAR(", "'; --", "!!", "& | !", ":*A"])
def test_no_typed_sign_is_an_operator(plan, words: str) -> None:
    assert isinstance(found(words), list)
    assert found("!!") == []
    assert found("  ") == ["49/KH-UBND"], "nothing asked: everything"


def test_metadata_comes_before_text_and_newer_before_older(plan) -> None:
    for year in (2020, 2022):
        Document.objects.create(
            origin="cited", type="Quy chế", code=f"1/{year}", subject="Hòa giải ở cơ sở",
            issued_on=dt.date(year, 1, 1),
        )  # fmt: skip
    assert found("hoa giai") == ["1/2022", "1/2020", "49/KH-UBND"]


def test_a_change_of_words_is_a_change_of_the_index(plan) -> None:
    plan.subject, plan.text = "Sổ tay", "Thi đua"
    plan.save()
    assert found("hoa giai") == []
    assert found("so tay thi dua") == ["49/KH-UBND"]
    plan.signer = "A"
    plan.save(update_fields=["signer"])
    plan.delete()
    assert found("so tay") == []
    assert not Wording.objects.exists()


def test_one_command_makes_the_index_anew(plan, capsys) -> None:
    Wording.objects.all().delete()
    Document.objects.update(code_key="")
    assert found("hoa giai") == []
    call_command("rebuild_search")
    assert "1 văn bản" in capsys.readouterr().out
    assert found("hoa giai") == ["49/KH-UBND"]
    assert queries.known("49/kh-ubnd", None) == plan


def test_the_words_are_marked_as_written() -> None:
    pieces = marked("Đảng uỷ phường IV, phường V", asked("phuong iv dang"))
    assert [p for p, hit in pieces if hit] == ["Đảng", "phường", "IV", "phường"]
    assert "".join(p for p, _hit in pieces) == "Đảng uỷ phường IV, phường V"
    assert snippet(TEXT, asked("xyz")) == []
    told = snippet("mở đầu " * 60 + "hoà giải ở cơ sở " + "kết thúc " * 60, asked("hoa giai"))
    assert told[0][0].startswith("… ")
    assert [p for p, hit in told if hit] == ["hoà", "giải"]
    assert len("".join(p for p, _hit in told)) < 400


def test_row_70_the_page_shows_where_the_words_stand(plan, sign_in) -> None:
    client = sign_in("phuong-1")
    page = client.get("/van-ban/", {"q": "hoa giai"}).content.decode()
    assert "<mark>hoà</mark> <mark>giải</mark> ở cơ sở" in page
    assert "Trong toàn văn:" in page
    plan.provisions.create(order=0, depth=0, text="tổ chức hoà giải <b>", start=0, end=9)
    page = client.get(f"/van-ban/{plan.pk}/", {"q": "hoa giai"}).content.decode()
    assert "<mark>hoà</mark> <mark>giải</mark> &lt;b&gt;" in page


def test_filters_narrow_the_search(plan, sign_in) -> None:
    client = sign_in("phuong-1")

    def shown(**filters: str) -> bool:
        return f"/van-ban/{plan.pk}/" in client.get("/van-ban/", filters).content.decode()

    assert shown(q="dan van", loai="Kế hoạch", nam="2023", co_quan=plan.issuer_name)
    assert not shown(q="dan van", nam="2022")
    assert not shown(hieu_luc="28/03/2023"), "not known to be in force"
    plan.in_force_from = plan.issued_on
    plan.save()
    assert shown(hieu_luc="28/03/2023")
    assert not shown(hieu_luc="26/03/2023")
    assert "Năm ghi bằng bốn chữ số" in client.get("/van-ban/", {"nam": "abc"}).content.decode()


def test_searching_costs_the_same_however_many_are_found(plan, sign_in) -> None:
    client = sign_in("noi-vu")

    def counted() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/van-ban/", {"q": "dan chu"}).status_code == 200
        return len(seen)

    counted()
    before = counted()
    for number in range(5):
        Document.objects.create(origin="cited", type="Luật", code=f"{number}/QH", text=TEXT)
    assert counted() == before
