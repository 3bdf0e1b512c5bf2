"""Facts declared as data: there at once, batched, with the rows behind them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.assignments.actions import submissions
from danvan.documents.models import Document
from danvan.kernel import clock, facts
from danvan.kernel.facts import Period
from danvan.programmes.models import Programme
from danvan.registers.actions import records, registers, remedies
from danvan.registers.declaring import Declaration
from danvan.registers.fields import Field
from danvan.registers.figures import Figure
from danvan.registers.models import Record, Register
from tests.city import City
from tests.registers.factory import enact, write

YEAR = Period.year(2023)


@pytest.fixture(autouse=True)
def _in_june(on_day) -> None:
    on_day(2023, 6, 20)


def reading(city: City, code: str, unit: str, period: Period = YEAR):
    pk = city.units[unit].pk
    return facts.get(code).read([pk], period)[pk]


def test_a_fact_declared_in_the_browser_is_there_at_once(city: City) -> None:
    # A shipped register not in use yet: a score sheet may name its fact, nobody knows the figure.
    assert reading(city, "registers.tin_bai.so_tin_bai", "phuong-1") is None
    assert "registers.tin_bai.so_tin_bai" not in list(facts.REGISTRY)
    for unknown in ("registers.tin_bai.khong_co", "registers.khong_co.so_tin_bai"):
        with pytest.raises(facts.UnknownFact):
            facts.get(unknown)
    register = enact(city, "tin_bai")
    assert facts.get("registers.tin_bai.so_tin_bai").label == "Tin, bài, hình thức tuyên truyền"
    assert "registers.tin_bai.khong_co" not in facts.REGISTRY
    more = Figure("so_anh", "Ảnh", "count", where="loai", option="anh")
    was = Declaration.of(register.versions.get())
    registers.revise(
        register, declaration=dataclasses.replace(was, figures=(*was.figures, more), basis="Thử"),
        newest=1, by=city.actor("noi-vu"),
    )  # fmt: skip
    assert {c for c in facts.REGISTRY if c.startswith("registers.")} >= {
        "registers.tin_bai.so_anh", "registers.tin_bai.so_anh_total"}  # fmt: skip
    assert reading(city, "registers.tin_bai.so_anh", "phuong-1").value == 0


def test_row_14_news_are_counted_and_their_reach_added(city: City) -> None:
    enact(city, "tin_bai")
    write(city, "tin_bai", "phuong-1", luot=Decimal("1200"))
    write(city, "tin_bai", "phuong-1", loai="tin", luot=Decimal("300.5"))
    withdrawn = write(city, "tin_bai", "phuong-1")
    records.withdraw(withdrawn, reason="Trùng", by=city.actor("phuong-1"))
    write(city, "tin_bai", "phuong-2", day=dt.date(2022, 12, 31))
    found = reading(city, "registers.tin_bai.so_tin_bai", "phuong-1")
    assert (found.value, found.said) == (2, "2 tin, bài, sổ Tin, bài tuyên truyền")
    assert reading(city, "registers.tin_bai.so_bai", "phuong-1").value == 1
    assert reading(city, "registers.tin_bai.luot_tiep_can", "phuong-1").value == Decimal("1500.5")
    assert reading(city, "registers.tin_bai.so_tin_bai", "phuong-2").value == 0
    assert reading(city, "registers.tin_bai.so_tin_bai", "cong-an") is None
    assert reading(city, "registers.tin_bai.so_tin_bai", "phuong-1", Period.year(2022)) is None


def test_the_basis_shows_the_rows_that_were_counted(city: City, sign_in) -> None:
    enact(city, "tin_bai")
    write(city, "tin_bai", "phuong-1", tieu_de="Bài đếm")
    write(city, "tin_bai", "phuong-1", tieu_de="Chỉ là tin", loai="tin")
    write(city, "tin_bai", "phuong-2", tieu_de="Của phường khác")
    basis = reading(city, "registers.tin_bai.so_bai", "phuong-1").basis
    page = sign_in("phuong-2").get(basis).content.decode()
    assert urlsplit(basis).path.startswith("/so-theo-doi/so/")
    assert "Bài đếm" in page
    assert "Chỉ là tin" not in page
    assert "Của phường khác" not in page


def test_row_46_the_latest_figure_of_households_and_their_share(city: City) -> None:
    enact(city, "ho_dan")
    source = {"nguon": "Rà soát"}
    write(city, "ho_dan", "phuong-1", day=dt.date(2023, 1, 5), tong_ho=1000, ho_ngheo=30,
          can_ngheo=40, **source)  # fmt: skip
    write(city, "ho_dan", "phuong-1", day=dt.date(2023, 6, 5), tong_ho=1000, ho_ngheo=20,
          can_ngheo=45, dan_toc=12, **source)  # fmt: skip
    write(city, "ho_dan", "phuong-2", tong_ho=500, ho_ngheo=5, can_ngheo=1, **source)
    assert reading(city, "registers.ho_dan.ho_ngheo", "phuong-1").value == 20
    assert reading(city, "registers.ho_dan.ho_ngheo", "xa-tan-binh") is None
    assert reading(city, "registers.ho_dan.ton_giao", "phuong-1") is None
    share = reading(city, "registers.ho_dan.ty_le_ngheo", "phuong-1")
    assert (share.numerator, share.denominator, share.value) == (20, 1000, Decimal("0.02"))
    assert "2 %" in share.said.replace("\u00a0", " ")
    assert reading(city, "registers.ho_dan.ty_le_ngheo", "xa-tan-binh") is None


def test_row_46_a_programme_reads_the_sum_over_its_units(city: City) -> None:
    enact(city, "ho_dan")
    for unit, poor in (("phuong-1", 20), ("phuong-2", 5)):
        write(city, "ho_dan", unit, tong_ho=500, ho_ngheo=poor, can_ngheo=1, nguon="Rà soát")
    plan = Document.objects.create(origin="received", type="Kế hoạch", code="49/KH-UBND")
    programme = Programme.objects.create(
        title="Kế hoạch", year=2023, body=city.body, plan=plan, published_at=clock.now()
    )
    fact = facts.get("registers.ho_dan.ho_ngheo_total")
    assert fact.about == "programme"
    assert fact.read([programme.pk], YEAR)[programme.pk].value == 25


def test_row_75_what_is_in_force_at_the_end_of_the_period(city: City) -> None:
    enact(city, "phoi_hop")
    given = {"day": dt.date(2021, 12, 16)}
    write(city, "phoi_hop", "phuong-1", until=dt.date(2026, 12, 31), **given)
    write(city, "phoi_hop", "phuong-1", until=dt.date(2023, 6, 30), **given)
    write(city, "phoi_hop", "phuong-1", **given)
    code = "registers.phoi_hop.con_hieu_luc"
    assert reading(city, code, "phuong-1").value == 2
    half = Period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    assert reading(city, code, "phuong-1", half).value == 3
    assert reading(city, code, "phuong-2").value == 0


def test_row_76_boards_in_office_by_kind(city: City) -> None:
    enact(city, "ban_giam_sat")
    term = {"day": dt.date(2022, 1, 1), "until": dt.date(2024, 12, 31)}
    write(city, "ban_giam_sat", "phuong-1", **term)
    write(city, "ban_giam_sat", "phuong-1", loai="gsdtcd", **term)
    write(city, "ban_giam_sat", "phuong-1", loai="gsdtcd", day=dt.date(2019, 1, 1),
          until=dt.date(2021, 12, 31))  # fmt: skip
    assert reading(city, "registers.ban_giam_sat.ttnd", "phuong-1").value == 1
    assert reading(city, "registers.ban_giam_sat.gsdtcd", "phuong-1").value == 1


def test_row_77_bodies_that_are_not_subordinate_report(city: City) -> None:
    enact(city, "luc_luong")
    write(city, "luc_luong", "cong-an", nguoi=120, noi_lam=city.units["phuong-1"].pk)
    write(city, "luc_luong", "quan-su", nguoi=30)
    assert reading(city, "registers.luc_luong.nguoi", "cong-an").value == 120
    assert reading(city, "registers.luc_luong.nguoi", "phuong-1") is None


def test_row_42_findings_remedied_come_from_the_work_given(city: City) -> None:
    enact(city, "ket_luan")
    office, ward = city.actor("noi-vu"), city.actor("phuong-1")
    first = write(city, "ket_luan", "phuong-1", who="thanh-tra")
    write(city, "ket_luan", "phuong-1", who="thanh-tra", muc_do="vi_pham")
    given = remedies.give(first, title="Niêm yết đủ", due_on=dt.date(2023, 7, 1), by=office)
    assert reading(city, "registers.ket_luan.da_khac_phuc", "phuong-1").value == 0
    submissions.file(
        given, files=[], document_code="", document_date=None, note="Đã niêm yết", by=ward
    )
    submissions.accept(given, by=office)
    assert reading(city, "registers.ket_luan.da_khac_phuc", "phuong-1").value == 1
    share = reading(city, "registers.ket_luan.ty_le_khac_phuc", "phuong-1")
    assert (share.numerator, share.denominator) == (1, 2)
    assert reading(city, "registers.ket_luan.nhac_nho", "phuong-1").value == 1
    assert reading(city, "registers.ket_luan.vi_pham", "phuong-1").value == 1


def test_a_field_that_was_no_number_before_is_not_added(city: City) -> None:
    office = city.actor("noi-vu")
    plain = Declaration(
        name="Thử", purpose="Thử", audience="UBND phường, xã", basis="Thử",
        fields=(Field("so", "Số", "text"),),
    )  # fmt: skip
    register = registers.declare(city.body, declaration=plain, by=office)
    entry = {"unit": city.units["phuong-1"], "day": dt.date(2023, 6, 1)}
    records.enter(register, **entry, values={"so": "mười"}, by=city.actor("phuong-1"))
    number = dataclasses.replace(
        plain, fields=(Field("so", "Số", "number"),), figures=(Figure("t", "T", "sum", "so"),)
    )
    registers.revise(register, declaration=number, newest=1, by=office)
    records.enter(register, **entry, values={"so": 7}, by=city.actor("phuong-1"))
    assert reading(city, "registers.thu.t", "phuong-1").value == 7


def test_ten_units_cost_as_much_as_one_and_thirty_facts_as_one(city: City) -> None:
    for code in ("tin_bai", "ho_dan", "phoi_hop"):
        enact(city, code)
    write(city, "tin_bai", "phuong-1")
    every = [unit.pk for unit in city.units.values()]

    def cost(units: list[int]) -> int:
        with CaptureQueriesContext(connection) as made:
            for fact in facts.REGISTRY.values():
                if fact.about == "unit" and fact.code.startswith("registers."):
                    fact.read(units, YEAR)
        return len(made)

    one = cost(every[:1])
    write(city, "tin_bai", "phuong-2")
    assert cost(every) == one <= 6
    with CaptureQueriesContext(connection) as made:
        facts.read(["registers.tin_bai.so_bai"], every, YEAR)
    assert len(made) <= 4
    assert Record.objects.count() == 2
    assert Register.objects.count() == 3
