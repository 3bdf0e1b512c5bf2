"""Rows 24, 25, 26, 27, 31, 48, 60 from outside: read, speak, be answered; feeds and tables."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.democracy import public
from danvan.democracy.actions import disclosure
from danvan.democracy.models import Disclosure, DisclosurePlan, DraftOpinion
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.scoring.models import Ranking
from tests.city import City
from tests.democracy import asking, factory_telling
from tests.petitions import reception_factory
from tests.scoring import factory as scoring_factory

HOME = "/cong-khai/"


@pytest.mark.parametrize(
    "address",
    ["", "tra-cuu/", "gui-don/", "lich-tiep-cong-dan/", "niem-yet/", "lay-y-kien/",
     "lay-y-kien/tra-loi/", "doi-thoai/", "xep-loai/", "khao-sat/", "tin-moi.atom", "lich.ics",
     "du-lieu-mo/", "du-lieu-mo/xep-loai.csv", "du-lieu-mo/niem-yet.csv",
     "du-lieu-mo/don-thu.csv", "du-lieu-mo/tiep-cong-dan.csv"],
)  # fmt: skip
def test_every_page_stands_without_account_and_without_anything_in_it(
    town: City, visitor: Client, address: str
) -> None:
    assert visitor.get(HOME + address).status_code == 200


def test_row_31_days_of_reception_hang_in_public(town: City, visitor: Client) -> None:
    reception_factory.planned(town, dt.date(2023, 5, 18))
    for address in ("", "lich-tiep-cong-dan/"):
        page = visitor.get(HOME + address).content.decode()
        assert "18/05/2023" in page and "UBND Phường 1" in page
    other = visitor.get(HOME + "lich-tiep-cong-dan/", {"don_vi": "phuong-2"}).content.decode()
    reception_factory.planned(town, dt.date(2023, 5, 16), unit="phuong-2")
    mine = visitor.get(HOME + "lich-tiep-cong-dan/", {"don_vi": "phuong-2"}).content.decode()
    assert "18/05/2023" in other and "18/05/2023" not in mine and "16/05/2023" in mine
    with clock.set_to(dt.date(2023, 5, 17)):
        page = visitor.get(HOME + "lich-tiep-cong-dan/").content.decode()
    assert page.index("18/05/2023") < page.index("Đã qua") < page.index("16/05/2023")
    calendar = visitor.get(HOME + "lich.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20230518" in calendar
    assert "UBND Phường 1" in calendar
    table = visitor.get(HOME + "du-lieu-mo/tiep-cong-dan.csv").content.decode("utf-8-sig")
    assert "UBND Phường 1,2023-05-18" in table
    assert "hinh_thuc" in table.splitlines()[0] and ",trực tiếp," in table


def test_row_25_an_opinion_on_one_paragraph_is_answered_by_its_receipt(
    city: City, visitor: Client, on_day
) -> None:
    on_day(2023, 8, 7)
    held = factory_telling.consultation(factory_telling.enacted(city))
    address = f"{HOME}lay-y-kien/{held.pk}/"
    page = visitor.get(address).content.decode()
    assert held.title in page and "Vì sao thời gian này?" in page
    piece = held.paragraphs.filter(heading=False).first()
    assert piece
    empty = visitor.post(address, {"paragraph": piece.pk, "text": ""})
    assert empty.status_code == 422
    told = visitor.post(address, {"paragraph": piece.pk, "text": "Nên làm vỉa hè trước."})
    number, secret = re.findall(r"<dd>([^<]+)</dd>", told.content.decode())[:2]
    assert DraftOpinion.objects.get(number=number).paragraph_id == piece.pk
    mine = visitor.post(f"{HOME}lay-y-kien/tra-loi/", {"number": number, "secret": secret})
    assert "Nên làm vỉa hè trước." in mine.content.decode()
    wrong = visitor.post(f"{HOME}lay-y-kien/tra-loi/", {"number": number, "secret": "x"})
    assert wrong.status_code == 422


def test_row_48_a_survey_takes_a_sheet_and_keeps_nobody(
    city: City, visitor: Client, on_day
) -> None:
    made = asking.survey(city)
    one = asking.surveyed(city, made)
    with clock.set_to(made.opens_on):
        found = visitor.post(f"{HOME}khao-sat/", {"code": one.code.lower()})
        address = found["Location"]
        page = visitor.get(address).content.decode()
        assert "không lưu từng phiếu" in page
        lacking = visitor.post(address, {})
        assert lacking.status_code == 422
        thanks = visitor.post(address, asking.sheet())
    assert "Cảm ơn" in thanks.content.decode()
    assert visitor.post(f"{HOME}khao-sat/", {"code": "KHONG"}).status_code == 422


@pytest.mark.parametrize(
    "address", ["niem-yet/9/", "niem-yet/9/tep/", "lay-y-kien/9/", "doi-thoai/9/", "xep-loai/9/",
                "khao-sat/khong/", "du-lieu-mo/khong.csv"],
)  # fmt: skip
def test_what_there_is_not_is_not_found(town: City, visitor: Client, address: str) -> None:
    assert visitor.get(HOME + address).status_code == 404


def test_the_first_page_costs_the_same_for_many(city: City, visitor: Client, on_day) -> None:
    on_day(2023, 9, 1)
    factory_telling.enacted(city)

    def disclose(unit: str) -> None:
        held = factory_telling.plan(city, unit)
        item = factory_telling.item(held)
        made = factory_telling.registered(city, item, dt.date(2023, 8, 1))
        disclosure.post(
            made, form="posting", place="Trụ sở", posted_from=dt.date(2023, 8, 3),
            by=city.actor(unit),
        )  # fmt: skip

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "Quyết toán ngân sách 2022" in visitor.get(HOME).content.decode()
        return len(asked)

    disclose("phuong-1")
    cost()
    one = cost()
    disclose("phuong-2")
    disclose("xa-tan-binh")
    assert cost() == one


def test_the_newest_disclosures_are_the_first_of_all(city: City, on_day) -> None:
    on_day(2023, 9, 1)
    factory_telling.enacted(city)
    item = factory_telling.item(factory_telling.plan(city))
    for posted in (dt.date(2023, 8, 3), dt.date(2023, 8, 20), dt.date(2023, 8, 9)):
        made = factory_telling.registered(city, item, dt.date(2023, 8, 1))
        for later in (0, 2):  # told twice: the first day counts
            disclosure.post(
                made, form="posting", place="Trụ sở", posted_from=posted + dt.timedelta(later),
                by=city.actor("phuong-1"),
            )  # fmt: skip
    every = public.disclosures(city.body)
    assert [row.since.day for row in every] == [20, 9, 3]
    assert public.disclosures(city.body, newest=2) == every[:2]


def disclosed(city: City, unit: str, posted: dt.date | None) -> None:
    """One more disclosure of the unit, of 1/8/2023; told on ``posted``, or not yet."""
    item = factory_telling.item(
        DisclosurePlan.objects.filter(unit=city.units[unit]).first()
        or factory_telling.plan(city, unit)
    )
    made = factory_telling.registered(city, item, dt.date(2023, 8, 1))
    if posted:
        disclosure.post(made, form="posting", place="Trụ sở", posted_from=posted,
                        by=city.actor(unit))  # fmt: skip


def test_row_24_a_page_of_disclosures_reads_no_more_than_it_shows(
    city: City, visitor: Client, on_day
) -> None:
    on_day(2023, 9, 1)
    factory_telling.enacted(city)

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            page = visitor.get(f"{HOME}niem-yet/").content.decode()
        return len(asked), page.count("công khai từ")

    disclosed(city, "phuong-1", dt.date(2023, 8, 3))
    cost()
    one = cost()[0]
    for n in range(22):
        disclosed(city, ("phuong-1", "xa-tan-binh")[n % 2], dt.date(2023, 8, 4 + n))
    assert cost() == (one, 20)
    first, second = (
        public.disclosures_page([city.body.pk], clock.today(), number) for number in (1, 2)
    )
    assert [*first, *second] == public.disclosures(city.body)
    assert (len(first.object_list), len(second.object_list)) == (20, 3)
    ward = visitor.get(f"{HOME}niem-yet/", {"don_vi": "xa-tan-binh"}).content.decode()
    assert ward.count("công khai từ") == 11 and "UBND Xã Tân Bình ·" in ward


def test_row_24_what_must_be_told_and_is_not_yet_has_its_day_and_no_title(
    city: City, visitor: Client, on_day
) -> None:
    on_day(2023, 8, 4)
    factory_telling.enacted(city)
    disclosed(city, "phuong-1", None)
    page = visitor.get(f"{HOME}niem-yet/").content.decode()
    assert "Sắp phải công khai" in page and "chậm nhất 08/08/2023" in page
    assert "Quyết toán ngân sách 2022" not in page
    on_day(2023, 8, 9)
    assert "quá hạn từ 08/08/2023" in visitor.get(f"{HOME}niem-yet/").content.decode()
    made = Disclosure.objects.get()
    disclosure.post(made, form="posting", place="Trụ sở", posted_from=dt.date(2023, 8, 9),
                    by=city.actor("phuong-1"))  # fmt: skip
    page = visitor.get(f"{HOME}niem-yet/").content.decode()
    assert "Sắp phải công khai" not in page and "Quyết toán ngân sách 2022" in page
    told = visitor.get(f"{HOME}niem-yet/{made.pk}/").content.decode()
    assert "chậm nhất 08/08/2023; đã công khai từ 09/08/2023" in told
    assert "Vì sao ngày này?" in told


def test_row_60_the_list_of_rankings_costs_the_same_for_many(city: City, visitor: Client) -> None:
    held = scoring_factory.round_for(city)

    def publish(number: int) -> None:
        paper = Document.objects.create(
            origin="received", type="Quyết định", code=f"{number}/QĐ-UBND", issuer=city.body,
            subject="xếp loại", issued_on=dt.date(2023, 10, 20),
        )  # fmt: skip
        back = Document.objects.create(
            origin="received", type="Quyết định", code=f"{number + 50}/QĐ-UBND", issuer=city.body,
            subject="thu hồi", issued_on=dt.date(2023, 10, 21),
        )  # fmt: skip
        Ranking.objects.create(
            round=held, decision=paper, signed_by=city.heads["thanh-pho"], signing_as="chair",
            decided_at=clock.now(), snapshot="{}", snapshot_sha256="x", withdrawal=back,
            withdrawn_at=clock.now(), withdrawal_ground="Tính sai",
        )  # fmt: skip

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = visitor.get(HOME + "xep-loai/").content.decode()
        assert "UBND thành phố Tây Ninh" in page and "đã thu hồi" in page
        return len(asked)

    publish(1)
    cost()
    one = cost()
    publish(2)
    publish(3)
    assert cost() == one
