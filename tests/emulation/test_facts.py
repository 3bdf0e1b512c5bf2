"""What emulation tells scoring, targets and reports."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.emulation.actions import adoptions, honours
from danvan.kernel import facts
from danvan.kernel.facts import Period, Reading
from tests.assignments.factory import programme
from tests.city import City
from tests.emulation import factory

YEAR = Period.year(2023)
OF_UNITS = (
    "models_registered", "models_effective", "models_recognised", "models_awarded",
    "models_replicated", "form_complete", "best_level", "spread_by_province",
    "awards_by_province", "commended",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _late_in_the_year(on_day) -> None:
    on_day(2023, 10, 20)


def reading(code: str, subject: int) -> Reading:
    found = facts.get(code).read([subject], YEAR)[subject]
    assert found is not None
    return found


def test_row_44_facts_of_a_unit_follow_the_life_of_its_models(city: City) -> None:
    ward = city.units["phuong-1"].pk

    def now() -> list[int]:
        codes = ("models_registered", "models_effective", "models_recognised", "models_replicated")
        told = [reading(f"emulation.{c}", ward).value for c in (*codes, "best_level")]
        return [int(v or 0) for v in told]

    assert now() == [0, 0, 0, 0, 0]
    assert reading("emulation.form_complete", ward).value == 0
    exemplar = factory.effective(city)
    assert now() == [1, 1, 0, 0, 1]
    assert reading("emulation.form_complete", ward).value == 1
    known = {"decided_on": dt.date(2023, 9, 1), "by": city.actor("noi-vu")}
    honours.enter(exemplar, kind="recognition", level="own", cited="1/QĐ", **known)
    assert now() == [1, 1, 1, 0, 2]
    honours.enter(exemplar, kind="recognition", level="province", cited="2/QĐ", **known)
    honours.enter(exemplar, kind="spread", level="province", cited="3/CV", **known)
    honours.enter(exemplar, kind="award", level="province", cited="4/QĐ", **known)
    adoptions.take_up(
        exemplar, unit=city.units["phuong-2"], since=dt.date(2023, 9, 1), how="Ba hẻm",
        by=city.actor("phuong-2"),
    )  # fmt: skip
    assert now() == [1, 1, 1, 1, 3]
    assert reading("emulation.spread_by_province", ward).value == 1
    assert reading("emulation.awards_by_province", ward).value == 1
    told = reading("emulation.models_registered", ward)
    assert told.said == "1 mô hình"
    assert "don_vi=phuong-1" in told.basis


def test_row_44_facts_of_a_programme(city: City) -> None:
    made = programme(city)
    factory.recognised(city)
    factory.registered(city, "cong-an", name="Camera an ninh")
    assert reading("emulation.programme_registered", made.pk).value == Decimal(2)
    assert reading("emulation.programme_recognised", made.pk).value == Decimal(1)
    assert reading("emulation.programme_commended", made.pk).value == Decimal(0)


@pytest.mark.parametrize("code", OF_UNITS)
def test_row_79_a_fact_costs_the_same_for_one_unit_and_for_all(city: City, code: str) -> None:
    def cost(*units: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            facts.get(f"emulation.{code}").read(units, YEAR)
        return len(asked)

    one = cost(city.units["phuong-1"].pk)
    for unit in ("phuong-1", "phuong-2", "xa-tan-binh"):
        factory.recognised(city, unit)
    assert cost(*(u.pk for u in city.units.values())) == one <= 3
