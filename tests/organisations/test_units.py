"""Units over time: the tables that come with the product, succession, spellings, codes."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.kernel import audit, imports
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Refusal
from danvan.organisations import naming, queries
from danvan.organisations.actions import units
from danvan.organisations.models import (
    Block,
    Post,
    RoleHolding,
    Unit,
    UnitAlias,
    UnitCode,
    UnitVersion,
)

pytestmark = pytest.mark.django_db
IN_2023, IN_2025 = dt.date(2023, 3, 27), dt.date(2025, 7, 1)
HEADS = "key,name,kind,parent,valid_from,valid_to,codes,predecessors,basis"


@pytest.fixture
def tay_ninh() -> None:
    units.load("tay-ninh-2023.csv", by=SYSTEM)


def table(*rows: str) -> bytes:
    return "\n".join([HEADS, *rows]).encode()


def take(*rows: str) -> units.Report:
    return units.take_in(table(*rows), "thu.csv", by=SYSTEM)


def test_the_city_of_2023_has_37_bodies_and_11_unconfirmed(tay_ninh) -> None:
    assert Unit.objects.count() == 37
    assert Unit.objects.filter(confirmed=False).count() == 11
    assert not Unit.objects.filter(source="").exists()
    city = Unit.objects.get(key="thanh-pho")
    blocks = [block for _unit, block in queries.ranked_units(city, IN_2023)]
    assert blocks.count(Block.WARD) == 10
    assert blocks.count(Block.DEPARTMENT) == 12
    assert blocks.count(Block.SERVICE) == 3


def test_the_wards_of_2023_are_merged_in_2025(tay_ninh) -> None:
    units.load("tay-ninh-2025.csv", by=SYSTEM)
    new = Unit.objects.get(key="phuong-tan-ninh-2025")
    edges = new.precessions.values_list("predecessor__key", "resolution", "whole")
    assert {key for key, _r, _w in edges} == {
        "phuong-1", "phuong-2", "phuong-3", "phuong-4", "phuong-hiep-ninh",
    }  # fmt: skip
    assert all(r.startswith("NQ 1682/NQ-UBTVQH15") and whole for _k, r, whole in edges)
    before, after = queries.names_on(IN_2023), queries.names_on(IN_2025)
    ward = Unit.objects.get(key="phuong-4")
    assert before[ward.pk] == "UBND Phường 4"
    assert ward.pk not in after
    assert after[new.pk] == "UBND phường Tân Ninh"
    assert new.pk not in before


def test_the_last_day_of_the_old_and_the_first_of_the_new_meet(tay_ninh) -> None:
    units.load("tay-ninh-2025.csv", by=SYSTEM)
    last = dt.date(2025, 6, 30)
    old, new = Unit.objects.get(key="phuong-ninh-son"), Unit.objects.get(
        key="phuong-binh-minh-2025"
    )  # fmt: skip
    assert queries.exists_on(old, last)
    assert not queries.exists_on(old, IN_2025)
    assert queries.exists_on(new, IN_2025)
    assert not queries.exists_on(new, last)
    city = Unit.objects.get(key="thanh-pho")
    assert queries.exists_on(city, last)
    assert not queries.exists_on(city, IN_2025)


def test_a_code_used_again_names_another_unit_by_its_day(tay_ninh) -> None:
    units.load("tay-ninh-2025.csv", by=SYSTEM)
    rows = UnitCode.objects.filter(scheme="GSO", code="25480").order_by("valid_from")
    assert [(r.unit.key, r.valid_from.year, r.valid_to) for r in rows] == [
        ("phuong-ninh-son", 2013, dt.date(2025, 6, 30)),
        ("phuong-binh-minh-2025", 2025, None),
    ]


def test_loading_again_changes_nothing(tay_ninh) -> None:
    units.load("tay-ninh-2025.csv", by=SYSTEM)
    counted = [m.objects.count() for m in (Unit, UnitVersion, UnitAlias, UnitCode)]
    for name in ("tay-ninh-2023.csv", "tay-ninh-2025.csv"):
        report = units.load(name, by=SYSTEM)
        assert {words for _n, _k, words in report.done} == {"không đổi"}
    assert counted == [m.objects.count() for m in (Unit, UnitVersion, UnitAlias, UnitCode)]


@pytest.mark.parametrize("written", ["P4", "p.4", "Phường IV", "phuong 4", "UBND phường 4"])
def test_a_unit_is_found_however_it_is_written(tay_ninh, written: str) -> None:
    from danvan.organisations import tree

    found = [row.version.name for row in tree.found(written, IN_2023)]
    assert "UBND Phường 4" in found


def test_spellings_and_abbreviations() -> None:
    assert "Phường IV" in naming.spellings("UBND Phường 4")
    assert "Tân Bình" in naming.spellings("UBND Xã Tân Bình")
    assert naming.abbreviation("UBND thành phố Tây Ninh", "ubnd") == "UBND"
    assert naming.abbreviation("Phòng Nội vụ", "phong_chuyen_mon") == "PNV"


def test_everything_dated_ends_with_the_unit(city, on_day) -> None:
    on_day(2025, 6, 1)
    old, new = city.units["phuong-1"], city.units["phuong-2"]
    units.succeed(
        new, predecessors=[(old, True)], on=IN_2025, resolution="Nghị quyết thử", by=SYSTEM
    )
    last = dt.date(2025, 6, 30)
    assert {p.valid_to for p in Post.objects.filter(unit=old)} == {last}
    assert {a.valid_to for a in old.appointments.all()} == {last}
    assert audit.of(old).get().concerns == old.pk
    assert city.actor("phuong-1", IN_2025).holds == frozenset()


def test_a_unit_taken_over_in_part_lives_on(city) -> None:
    old, new = city.units["phuong-1"], city.units["phuong-2"]
    units.succeed(new, predecessors=[(old, False)], on=IN_2025, resolution="NQ", by=SYSTEM)
    assert queries.exists_on(old, IN_2025)
    assert not old.successions.get().whole


def test_a_new_name_closes_the_old_one() -> None:
    take("x,UBND Xã X,ubnd_xa,,2013-01-01,,,,")
    take("x,UBND Phường X,ubnd_phuong,,2020-01-01,,,,NQ thử")
    unit = Unit.objects.get(key="x")
    assert queries.name_on(unit, dt.date(2019, 12, 31)) == "UBND Xã X"
    assert queries.name_on(unit, dt.date(2020, 1, 1)) == "UBND Phường X"
    assert unit.versions.count() == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("x y,Tên,ubnd,,2013-01-01,,,,", "Khóa"),
        ("x,Tên,khong-co,,2013-01-01,,,,", "không có trong danh mục"),
        ("x,Tên,ubnd,la-ai,2013-01-01,,,,", "Không có đơn vị"),
        ("x,Tên,ubnd,,31/02/2023,,,,", "không có ngày"),
        ("x,Tên,ubnd,,,,,,", "Thiếu ngày bắt đầu"),
        ("x,,ubnd,,2013-01-01,,,,", "Thiếu tên"),
        ("x,Tên,ubnd,,2013-01-01,2012-01-01,,,", "trước ngày bắt đầu"),
        (f"x,{'T' * 201},ubnd,,2013-01-01,,,,", "dài quá"),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_written(row: str, told: str) -> None:
    report = take("dung,UBND Đúng,ubnd,,2013-01-01,,,,", row)
    assert [(number, told in sentence) for number, sentence in report.errors] == [(3, True)]
    assert not Unit.objects.exists()


def test_one_code_on_one_day_is_one_unit() -> None:
    report = take("a,UBND A,ubnd,,2013-01-01,,GSO:1,,", "b,UBND B,ubnd,,2013-01-01,,GSO:1,,")
    assert report.errors == [(3, "Mã 1 đã thuộc đơn vị khác.")]


def test_missing_columns_are_named() -> None:
    with pytest.raises(imports.Unreadable, match="Thiếu cột: Khóa"):
        units.take_in("tên đơn vị,loại\nX,ubnd".encode(), "thu.csv", by=SYSTEM)


def test_the_dry_run_writes_nothing(tay_ninh) -> None:
    counted = UnitVersion.objects.count()
    content = table("phuong-1,X,ubnd_phuong,,2024-01-01,,,,")
    it = imports.preview(units.TABLE, "thu.csv", content, by=SYSTEM)
    assert it.verdicts[0]["says"] == "tên mới: UBND Phường 1 → X"
    assert UnitVersion.objects.count() == counted


def test_importing_is_the_administrators(city) -> None:
    content = table("x,UBND X,ubnd,,2013-01-01,,,,")
    with pytest.raises(Refused, match="Chỉ quản trị hệ thống"):
        units.take_in(content, "thu.csv", by=city.actor("noi-vu"))
    it = imports.preview(units.TABLE, "thu.csv", content, by=SYSTEM)
    with pytest.raises(Refused, match="Chỉ quản trị hệ thống"):
        imports.apply(it, by=city.actor("noi-vu"))
    assert not Unit.objects.filter(key="x").exists()
    assert Refusal.objects.get().action == "kernel.import.apply"
    with pytest.raises(Refused):
        units.succeed(
            city.units["phuong-2"],
            predecessors=[(city.units["phuong-1"], True)],
            on=IN_2025,
            resolution="NQ",
            by=city.actor(city.heads["thanh-pho"]),
        )


def test_an_import_leaves_history_for_the_units_concerned(tay_ninh) -> None:
    unit = Unit.objects.get(key="phuong-1")
    line = audit.of(unit).get()
    assert (line.concerns, line.says, line.actor_name) == (
        unit.pk, "nhập bảng", "Hệ thống",
    )  # fmt: skip
    assert not list(audit.breaks())


def test_overseers_are_office_observer_and_the_bodys_leaders(city) -> None:
    body = city.body.pk
    assert queries.oversees(city.actor("noi-vu")) == {body}
    assert queries.oversees(city.actor("mat-tran")) == {body}
    assert queries.oversees(city.actor(city.heads["thanh-pho"])) == {body}
    assert queries.oversees(city.actor(city.deputy)) == {body}
    assert queries.oversees(city.actor(city.heads["phuong-1"])) == frozenset()
    assert queries.oversees(city.actor("thanh-tra")) == frozenset()
    assert RoleHolding.objects.filter(body=body).count() == 4
