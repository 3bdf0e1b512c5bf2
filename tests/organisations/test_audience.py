"""Whom the words of a plan address, on the plan's day."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.organisations import audience
from danvan.organisations.models import Unit, UnitAlias, UnitKind, UnitVersion
from tests.city import FROM, City
from vanban.text import search_key, sort_key

DAY = dt.date(2023, 3, 27)
DEPARTMENTS = {"noi-vu", "tu-phap", "thanh-tra", "van-phong"}
COMMUNES = {"phuong-1", "phuong-2", "xa-tan-binh"}


def keys(city: City, written: str, day: dt.date = DAY) -> set[str]:
    found = audience.resolve(written, city.body, day)
    return {key for key, unit in city.units.items() if unit.pk in found}


def unit(key: str, name: str, kind: str, parent: Unit | None, **dates: dt.date) -> Unit:
    made = Unit.objects.create(key=key)
    UnitVersion.objects.create(
        unit=made, name=name, short_name=name.removeprefix("UBND "), kind=kind, parent=parent,
        valid_from=dates.get("since", FROM), valid_to=dates.get("until"),
        sort_key=sort_key(name), search_key=search_key(name),
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("các cơ quan, đơn vị", DEPARTMENTS | {"van-hoa"}),
        ("Các cơ quan chuyên môn", DEPARTMENTS),
        ("UBND phường, xã", COMMUNES),
        ("Uỷ ban nhân dân các xã, phường", COMMUNES),
        ("các đơn vị sự nghiệp công lập thuộc thành phố", {"van-hoa"}),
        ("UBND phường xã; các đơn vị sự nghiệp công lập thuộc thành phố", COMMUNES | {"van-hoa"}),
        (
            "Thủ trưởng các cơ quan, đơn vị; Chủ tịch UBND phường, xã; "
            "thủ trưởng các đơn vị sự nghiệp công lập thuộc UBND thành phố",
            DEPARTMENTS | COMMUNES | {"van-hoa"},
        ),
        ("cơ quan, đơn vị và UBND phường, xã", DEPARTMENTS | COMMUNES | {"van-hoa"}),
        ("UBND phường", {"phuong-1", "phuong-2"}),
        ("Phòng Nội vụ", {"noi-vu"}),
        ("Trưởng Phòng Nội vụ TP.", {"noi-vu"}),
        ("Phòng Nội vụ và Phòng Tư pháp", {"noi-vu", "tu-phap"}),
        ("Chánh Thanh tra thành phố", {"thanh-tra"}),
        ("Công an thành phố, Ban Chỉ huy Quân sự thành phố", {"cong-an", "quan-su"}),
        ("Ban CHQS thành phố Tây Ninh", {"quan-su"}),
        ("Trung tâm Văn hoá, Thể thao và Truyền thanh thành phố", {"van-hoa"}),
        ("Văn phòng HĐND và UBND thành phố", {"van-phong"}),
        ("Chủ tịch UBND Phường 1", {"phuong-1"}),
        ("Phường 1, P2", {"phuong-1", "phuong-2"}),
        ("UBND thành phố", {"thanh-pho"}),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam thành phố", {"mat-tran"}),
        ("UB.MTTQVN TP", {"mat-tran"}),
    ],
)
def test_row_4_words_find_their_units(city: City, written: str, expected: set[str]) -> None:
    assert keys(city, written) == expected


def test_row_4_aliases_are_names(city: City) -> None:
    ward = unit("phuong-4", "UBND Phường 4", UnitKind.WARD, city.body)
    city.units["phuong-4"] = ward
    UnitAlias.objects.create(unit=ward, text="Phường IV", key=search_key("Phường IV"))
    assert (
        keys(city, "P4") == keys(city, "Phường IV") == keys(city, "UBND phường IV") == {"phuong-4"}
    )


def test_what_names_nobody_is_handed_back(city: City) -> None:
    found = audience.Audience(city.body, DAY).find(
        "Phòng Nội vụ, Sở Du lịch; các cơ quan, đơn vị liên quan"
    )
    assert found.units == {city.units["noi-vu"].pk}
    assert found.unresolved == ("Sở Du lịch", "các cơ quan, đơn vị liên quan")


def test_the_name_of_the_place_may_be_left_out(city: City) -> None:
    party = unit("dan-van", "Ban Dân vận Thành ủy Tây Ninh", UnitKind.PARTY, None)
    ward = unit("tay-ninh", "UBND Phường Tây Ninh", UnitKind.WARD, city.body)
    assert audience.resolve("Ban Dân vận Thành ủy", city.body, DAY) == {party.pk}
    assert audience.resolve("UBND Phường Tây Ninh", city.body, DAY) == {ward.pk}
    wards = {city.units["phuong-1"].pk, city.units["phuong-2"].pk, ward.pk}
    assert audience.resolve("UBND phường", city.body, DAY) == wards


def test_a_group_is_no_addressee(city: City) -> None:
    unit("nhom", "Trường công lập (nhóm)", UnitKind.SERVICE_GROUP, city.body)
    assert keys(city, "đơn vị sự nghiệp công lập") == {"van-hoa"}
    assert audience.resolve("Trường công lập", city.body, DAY) == set()


def test_the_tree_of_that_day_counts(city: City) -> None:
    new = unit("moi", "UBND Phường Tân Ninh", UnitKind.WARD, city.body, since=dt.date(2025, 7, 1))
    assert new.pk not in audience.resolve("UBND các phường", city.body, DAY)
    assert new.pk in audience.resolve("UBND các phường", city.body, dt.date(2025, 7, 1))


def test_between_two_of_one_name_nobody_is_guessed(city: City) -> None:
    elsewhere = unit("tp-khac", "UBND thành phố Khác", UnitKind.COMMITTEE, None)
    unit("noi-vu-khac", "Phòng Nội vụ", UnitKind.DEPARTMENT, elsewhere)
    assert keys(city, "Phòng Nội vụ") == {"noi-vu"}, "one's own office comes first"
    unit("chi-cuc-a", "Chi cục Thuế", UnitKind.SUPERIOR, None)
    unit("chi-cuc-b", "Chi cục Thuế", UnitKind.SUPERIOR, None)
    assert audience.Audience(city.body, DAY).find("Chi cục Thuế").unresolved == ("Chi cục Thuế",)


def test_two_queries_whatever_is_asked(city: City, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        audience.units_of(["các cơ quan, đơn vị", "P1", "Phòng Nội vụ"], city.body, DAY)
