"""Two years of a made-up index ("số liệu trình diễn") over the small city."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from danvan.indices.actions import editions, results
from danvan.indices.actions.results import Figures
from danvan.indices.models import Edition, Result
from danvan.organisations.models import Succession, Unit, UnitKind, UnitVersion
from tests.city import City
from vanban.text import search_key, sort_key

SOURCE = "Số liệu trình diễn"


def figures(value: str, maximum: str = "100", rank: int | None = None) -> Figures:
    return Figures(Decimal(value), Decimal(maximum), rank, 3 if rank else None)


def edition(city: City, year: int, values: dict[str, Figures], code: str = "par") -> Edition:
    """An edition with results by unit key, entered by the programme office."""
    office = city.actor("noi-vu")
    made: Edition = editions.open_edition(
        city.body, code=code, year=year, source=SOURCE, published_on=dt.date(year, 12, 25),
        illustrative=True, by=office,
    )  # fmt: skip
    rows = [(city.units[key].pk, value) for key, value in values.items()]
    results.enter(made, rows=rows, by=office)
    return made


def new_unit(city: City, key: str, name: str, since: dt.date) -> Unit:
    unit = city.units[key] = Unit.objects.create(key=key)
    UnitVersion.objects.create(
        unit=unit, name=name, short_name=name, kind=UnitKind.WARD, parent=city.body,
        valid_from=since, sort_key=sort_key(name), search_key=search_key(name),
    )  # fmt: skip
    return unit


def succession(city: City, before: str, after: str, on: dt.date, whole: bool = True) -> None:
    Succession.objects.create(
        predecessor=city.units[before], successor=city.units[after], on=on, whole=whole,
        resolution="Nghị quyết thử",
    )  # fmt: skip


@pytest.fixture
def defined(city: City, on_day) -> City:
    """The definitions in force, the clock late in 2023."""
    on_day(2023, 12, 27)
    editions.enact(city.body, rows=editions.shipped(), by=city.actor("noi-vu"))
    return city


@pytest.fixture
def measured(defined: City) -> City:
    """2022 and 2023: Phường 1 rises, Phường 2 falls, Tân Bình has no year before."""
    edition(defined, 2022, {"phuong-1": figures("80", rank=2), "phuong-2": figures("76.5", rank=1)})
    edition(defined, 2023, {
        "phuong-1": figures("69.25", "71.5", 1), "phuong-2": figures("70", rank=2),
        "xa-tan-binh": figures("60", rank=3),
    })  # fmt: skip
    return defined


def result(city: City, unit: str, year: int = 2023) -> Result:
    return Result.objects.get(unit=city.units[unit], edition__year=year)
