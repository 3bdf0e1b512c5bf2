"""Personal data of petitions: what an officer did is told; who sent one never, not even to him."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from danvan.kernel import personal
from danvan.organisations.personal import subject_of
from danvan.petitions.personal import SOURCE
from tests.city import City
from tests.petitions import factory, reception_factory

pytestmark = pytest.mark.django_db


def told(city: City, who: str) -> str:
    return str([k.rows for k in SOURCE.kept(subject_of(city.people[who]))])


def test_what_an_officer_did_is_told_by_number(town: City) -> None:
    it = factory.accepted(town)
    reception_factory.turn(town, dt.date(2023, 5, 8))
    rows = told(town, "thanh-tra")
    assert it.number in rows and "tiếp nhận đơn" in rows and "ghi bước xử lý đơn" in rows
    assert "ghi sổ tiếp công dân" in told(town, "phuong-1")
    assert it.number not in told(town, "phuong-1")
    assert list(SOURCE.erase(subject_of(town.people["thanh-tra"]))) == []
    acts, senders = SOURCE.kept(subject_of(town.people["thanh-tra"]))
    assert acts.stays and senders.stays and acts.confidence == "C"


def test_a_namesake_of_a_sender_reads_nothing_of_his_petition(town: City) -> None:
    it = factory.accepted(town)
    reception_factory.turn(town, dt.date(2023, 5, 8))
    for name in (factory.LAN.name, "Huỳnh Văn Sơn"):
        namesake = dataclasses.replace(subject_of(town.people["phuong-2"]), name=name)
        mine = personal.export(namesake)
        other = personal.export(dataclasses.replace(namesake, name="Không Ai Cả"))
        assert mine["kept"] == other["kept"]
        assert it.number not in str(mine) and "hẻm 12" not in str(mine)


def test_of_a_denunciation_nothing_is_told_not_even_who_took_it_in(town: City) -> None:
    factory.named_for_denunciations(town)
    before = told(town, "thanh-tra")
    it, _receipt = factory.received(town, "to_cao")
    assert it.confidential
    assert told(town, "thanh-tra") == before
