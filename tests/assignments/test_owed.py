"""What chasing asks of this context: nobody is chased for what is extended, exempt or filed."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.assignments import queries
from danvan.assignments.actions import extensions, submissions
from tests.assignments import factory
from tests.assignments.conftest import pdf

pytestmark = pytest.mark.django_db


def chased(city, task):
    found = queries.owed().filter(task=task)
    return {a.unit.key: a.due_on for a in found}


def test_filed_and_exempt_are_out_extended_has_its_new_date(city, programme, on_day):
    on_day(2023, 4, 3)
    office, task = city.actor("noi-vu"), factory.task(programme, "plan")

    def of(key):
        return factory.of(programme, city, key)

    submissions.file(of("phuong-1"), files=[pdf()], by=city.actor("phuong-1"))
    submissions.exempt(of("van-hoa"), reason="Sáp nhập.", by=office)
    extensions.extend(of("phuong-2"), until=dt.date(2023, 4, 14), ground="Mưa.", by=office)
    submissions.file(of("tu-phap"), files=[pdf()], by=city.actor("tu-phap"))
    submissions.return_for_correction(of("tu-phap"), reason="Sửa.", by=office)
    found = chased(city, task)
    assert set(found) == set(factory.EVERYONE) - {"phuong-1", "van-hoa"}
    assert found["phuong-2"] == dt.date(2023, 4, 14)
    assert found["tu-phap"] == factory.PLAN_DUE
    # What has no date is not chased.
    assert not queries.owed().filter(task=factory.task(programme, "law")).exists()
