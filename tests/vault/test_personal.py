"""An account of somebody's data must not tell whether he is in the vault, as whatever."""

from __future__ import annotations

import dataclasses
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.kernel import personal
from danvan.organisations.personal import subject_of
from danvan.vault.personal import SOURCE
from tests.city import City
from tests.vault import factory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(on_day) -> None:
    on_day(2023, 10, 9)


def test_who_denounced_is_told_the_same_as_everybody(city: City) -> None:
    person = city.people["phuong-1"]
    somebody = dataclasses.replace(subject_of(person), name=factory.WORDS["name"])
    before = json.dumps(personal.export(somebody), ensure_ascii=False)
    factory.sealed(city, words={**factory.WORDS, "name": somebody.name, "text": factory.TEXT})
    assert json.dumps(personal.export(somebody), ensure_ascii=False) == before
    other = dataclasses.replace(subject_of(person), name="Không Ai Cả")
    assert personal.export(other)["kept"] == personal.export(somebody)["kept"]


def test_nothing_is_read_whoever_asks(city: City) -> None:
    factory.opened(city, factory.sealed(city))
    for who in ("thanh-tra", "phuong-1"):  # who holds and opened it; who has nothing to do with it
        with CaptureQueriesContext(connection) as queries:
            (one,) = SOURCE.kept(subject_of(city.people[who]))
        assert not queries and one.rows == () and one.stated
    assert list(SOURCE.erase(subject_of(city.people["thanh-tra"]))) == []


def test_the_page_says_that_it_lies_outside(city: City, sign_in) -> None:
    page = sign_in("phuong-1").get("/to-chuc/du-lieu-ca-nhan/").content.decode()
    assert "nằm ngoài bản kê này" in page and "Điều 8, 47, 56" in page
