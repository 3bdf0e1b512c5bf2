"""Personal data of democracy: acts for the office; no citizen is looked up by name."""

from __future__ import annotations

import dataclasses

import pytest

from danvan.democracy.models import DraftOpinion
from danvan.democracy.personal import SOURCE
from danvan.kernel import clock
from danvan.organisations.personal import subject_of
from tests.city import City
from tests.democracy import asking, factory_telling

pytestmark = pytest.mark.django_db


def test_what_an_officer_did_is_told(city: City, on_day) -> None:
    on_day(2023, 10, 2)
    factory_telling.enacted(city)
    factory_telling.plan(city)
    asking.opinion(city)
    held = factory_telling.consultation(city)
    DraftOpinion.objects.create(
        consultation=held, number="YK-1", source="citizen", channel="paper", name="Trần Thị Lan",
        contact="0900000001", text="Giữ cây bàng", given_on=clock.today(), entered_at=clock.now(),
        entered_by=city.people["phuong-1"],
    )  # fmt: skip
    acts, citizens = SOURCE.kept(subject_of(city.people["phuong-1"]))
    said = str(acts.rows)
    assert "lập kế hoạch công khai" in said and "nhập ý kiến góp ý" in said
    assert held.title in said and acts.stays
    assert "Trần Thị Lan" not in said and "0900000001" not in said
    namesake = dataclasses.replace(subject_of(city.people["phuong-2"]), name="Trần Thị Lan")
    nothing, same = SOURCE.kept(namesake)
    assert nothing.rows == () and same == citizens and same.stated
    assert list(SOURCE.erase(subject_of(city.people["phuong-1"]))) == []
