"""Personal data of scoring: acts by round, never points; always the same number of queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.organisations.personal import subject_of
from danvan.scoring.personal import SOURCE
from tests.city import City
from tests.scoring import factory

pytestmark = pytest.mark.django_db


def test_who_handed_in_reads_that_he_did(city: City, on_day) -> None:
    on_day(2023, 10, 10)
    round = factory.round_for(city)
    factory.submitted(round, city, "phuong-1")
    subject = subject_of(city.people["phuong-1"])
    with CaptureQueriesContext(connection) as queries:
        acts, opened = SOURCE.kept(subject)
    assert len(queries) == 18
    told = {row["việc"]: row for row in acts.rows}
    assert told["nộp phiếu tự chấm"]["nội dung"] == round.title
    assert told["thêm minh chứng"]["số lần"] > 10
    assert "points" not in str(acts.rows) and acts.stays and opened.rows == ()
    other, _none = SOURCE.kept(subject_of(city.people["phuong-2"]))
    assert other.rows == ()
    assert list(SOURCE.erase(subject)) == []
