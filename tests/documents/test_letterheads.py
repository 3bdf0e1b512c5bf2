"""One letterhead and one signature for every document, from a query or from versions at hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.documents import letterheads
from danvan.organisations.queries import versions_on
from tests.city import City

DAY = dt.date(2023, 10, 16)


@pytest.mark.parametrize(
    ("key", "superior", "issuer", "place"),
    [
        ("phuong-1", None, "Ủy ban nhân dân Phường 1", "Phường 1"),
        ("thanh-tra", "Ủy ban nhân dân thành phố Tây Ninh", "Thanh tra thành phố",
         "TP. Tây Ninh"),
    ],
)  # fmt: skip
def test_a_committee_stands_alone_and_an_office_under_its_committee(
    city: City, on_day, key: str, superior: str | None, issuer: str, place: str
) -> None:
    on_day(2023, 10, 16)
    asked = letterheads.letterhead_of(city.units[key], DAY)
    assert (asked.superior, asked.issuer, asked.place) == (superior, issuer, place)
    held = {version.unit_id: version for version in versions_on(DAY)}
    version = held[city.units[key].pk]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        made = letterheads.letterhead(version, held.get(version.parent_id), "không dùng")
    assert made == asked and not queries


def test_the_head_s_place_is_left_open_as_he_would_sign(city: City, on_day) -> None:
    on_day(2023, 10, 16)
    held = {version.unit_id: version for version in versions_on(DAY)}
    for key, lines in (
        ("phuong-1", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("thanh-tra", ("THỦ TRƯỞNG ĐƠN VỊ",)),
    ):
        left = letterheads.signature_left_open(held[city.units[key].pk], "……")
        assert (left.authority_lines, left.name) == (lines, "……")
    signed, position = letterheads.signature_of(city.body, city.actor(city.deputy), DAY)
    assert signed.authority_lines[0] == "TM. ỦY BAN NHÂN DÂN"
    assert (
        signed.authority_lines[1].startswith("KT. ")
        and signed.authority_lines[2] == position.upper()
    )


def test_a_unit_without_a_name_on_that_day_stands_alone() -> None:
    made = letterheads.letterhead(None, None, "Đơn vị 7")
    assert (made.superior, made.issuer) == (None, "Đơn vị 7")
