"""Numbers of issued documents: one series per body, year and type, no gap, none twice."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from danvan.documents.actions import issuing
from danvan.documents.models import Document, NumberSeries
from danvan.kernel import audit, files
from danvan.kernel.access import Actor, Refused
from danvan.kernel.models import Refusal
from danvan.organisations.actions import units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day) -> None:
    on_day(2023, 10, 20)


def issue(city, by: Actor | None = None, **given) -> Document:
    told = {
        "type_code": "QĐ",
        "type_name": "Quyết định",
        "subject": "Về việc xếp loại công tác dân vận chính quyền năm 2023",
        "text": "Điều 1.",
        "make_file": lambda symbol, day: f"{symbol} {day:%d/%m/%Y}".encode(),
        "signer": "Nguyễn Văn Chủ",
        "signer_position": "CHỦ TỊCH",
        "recipients": ["Như Điều 3;", "Lưu: VT."],
        "file_name": "quyet-dinh.docx",
    }
    by = by or city.actor(city.heads["thanh-pho"])
    return issuing.issue(city.body, by=by, **(told | given))


def test_row_57_the_decision_is_numbered_dated_and_kept(city) -> None:
    document = issue(city)
    assert (document.code, document.issued_on, document.in_force_from) == (
        "01/QĐ-UBND", dt.date(2023, 10, 20), dt.date(2023, 10, 20),
    )  # fmt: skip
    assert document.issuer_name == "UBND thành phố Tây Ninh"
    assert document.origin == Document.Origin.ISSUED
    assert files.read(document.file).decode() == "01/QĐ-UBND 20/10/2023"
    assert document.search_key.startswith("quyet dinh 01/qd-ubnd ve viec xep loai")
    line = audit.of(document).get()
    assert (line.says, line.concerns) == ("ban hành văn bản", city.body.pk)


def test_numbers_run_without_gap_per_type_and_begin_anew_each_year(city, on_day) -> None:
    codes = [issue(city).code for _time in range(11)]
    assert codes[:2] == ["01/QĐ-UBND", "02/QĐ-UBND"]
    assert codes[8:] == ["09/QĐ-UBND", "10/QĐ-UBND", "11/QĐ-UBND"]
    assert issue(city, type_code="KH", type_name="Kế hoạch").code == "01/KH-UBND"
    on_day(2024, 1, 1)
    assert issue(city).code == "01/QĐ-UBND"


def test_the_year_is_that_of_the_local_day(city) -> None:
    from danvan.kernel import clock

    with clock.set_to(dt.datetime(2023, 12, 31, 18, tzinfo=dt.UTC)):  # 01:00, 01/01/2024
        document = issue(city)
    assert document.issued_on == dt.date(2024, 1, 1)
    assert NumberSeries.objects.get().year == 2024


def test_a_file_that_cannot_be_made_uses_up_no_number(city) -> None:
    def failing(symbol: str, day: dt.date) -> bytes:
        raise ValueError(symbol)

    with pytest.raises(ValueError, match="01/QĐ-UBND"):
        issue(city, make_file=failing)
    assert not Document.objects.exists()
    assert issue(city).code == "01/QĐ-UBND"


def test_a_series_goes_on_from_the_paper_register(city) -> None:
    office = city.actor("van-phong")
    issuing.continue_from(city.body, series="QĐ", year=2023, last=1286, by=office)
    assert issue(city).code == "1287/QĐ-UBND"
    with pytest.raises(Refused, match="Đã cấp đến số 1287"):
        issuing.continue_from(city.body, series="QĐ", year=2023, last=5, by=office)
    series = NumberSeries.objects.get()
    assert audit.of(series).get().facts["last"] == [0, 1286]


def test_numbering_is_the_offices(city) -> None:
    with pytest.raises(Refused, match="Chỉ văn phòng"):
        issuing.continue_from(city.body, series="QĐ", year=2023, last=5, by=city.actor("noi-vu"))
    assert Refusal.objects.get().action == "documents.numbering.continue"


@pytest.mark.parametrize("who", ["noi-vu", "phuong-1", "thanh-tra", "mat-tran"])
def test_only_who_signs_or_numbers_issues(city, who: str) -> None:
    with pytest.raises(Refused, match="Chỉ người ký"):
        issue(city, by=city.actor(who))
    assert not Document.objects.exists()
    assert not NumberSeries.objects.exists()
    assert Refusal.objects.get().action == "documents.document.issue"


def test_deputy_chairman_and_office_issue(city) -> None:
    assert issue(city, by=city.actor(city.deputy)).code == "01/QĐ-UBND"
    assert issue(city, by=city.actor("van-phong")).code == "02/QĐ-UBND"


def test_a_body_that_is_gone_issues_nothing(city, on_day) -> None:
    by = city.actor(city.heads["thanh-pho"])
    units.end(city.body, dt.date(2023, 10, 19), "thử")
    with pytest.raises(Refused, match="không hoạt động"):
        issue(city, by=by)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers(city) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writers queue one behind the other already")
    by = city.actor(city.heads["thanh-pho"])

    def one(_turn: int) -> str:
        try:
            return issue(city, by=by).code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(one, range(12)))
    assert sorted(codes) == [f"{n:02d}/QĐ-UBND" for n in range(1, 13)]
