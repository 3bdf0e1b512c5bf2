"""Lists on a telephone: rows stand one under the other, nothing is pulled sideways."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danvan.kernel import clock
from tests.city import City
from tests.journeys.conftest import PHONE
from tests.journeys.phone import Phone
from tests.petitions import factory, reception_factory

pytestmark = pytest.mark.django_db(transaction=True)
# How far each table of the page would have to be pulled to be read, in pixels.
SIDEWAYS = """() => [...document.querySelectorAll('.table-scroll')]
    .map(e => e.scrollWidth - e.clientWidth)"""
UNTOLD = """() => [...document.querySelectorAll('table.stacked tbody td:not([data-label])')]
    .map(e => e.outerHTML)"""


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("thanh-tra", "/don-thu/"),
        ("thanh-tra", "/don-thu/danh-sach/"),
        ("thanh-tra", "/don-thu/thoi-han/"),
        ("phuong-1", "/tiep-dan/don-vi/phuong-1/"),
        ("phuong-1", "/tiep-dan/don-vi/phuong-1/so/"),
    ],
)
def test_a_list_is_read_on_a_phone(
    visit: Any, city: City, on_day: Any, who: str, address: str
) -> None:
    on_day(2023, 10, 16)
    factory.classified(city, people=12)
    day = reception_factory.held(city, dt.date(2023, 10, 12))
    with clock.set_to(dt.date(2023, 10, 13)):
        reception_factory.turn(city, dt.date(2023, 10, 12), day=day)
    phone = Phone(visit(city.people[who], PHONE))
    phone.go(address)
    tables = phone.page.evaluate(SIDEWAYS)
    assert tables and max(tables) <= 0, tables
    assert phone.page.evaluate(UNTOLD) == []
