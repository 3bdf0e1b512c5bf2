"""Personal data of programmes: who wrote, read in and amended a plan."""

from __future__ import annotations

import pytest

from danvan.kernel import clock
from danvan.organisations.personal import subject_of
from danvan.programmes.models import Manuscript, ManuscriptVersion
from danvan.programmes.personal import SOURCE
from tests.city import City

pytestmark = pytest.mark.django_db


def test_who_wrote_a_plan_reads_that_he_did(city: City) -> None:
    writer = city.people["noi-vu"]
    held = Manuscript.objects.create(
        body=city.body, year=2024, origin="template", begun_by=writer, saved_by=writer,
        saved_at=clock.now(), header={"subject": "Lời văn của kế hoạch"},
    )  # fmt: skip
    for number in (1, 2):
        ManuscriptVersion.objects.create(
            manuscript=held, number=number, words={}, saved_by=writer, saved_at=clock.now()
        )
    (one,) = SOURCE.kept(subject_of(writer))
    told = {row["việc"]: (row["nội dung"], row["số lần"]) for row in one.rows}
    assert told["bắt đầu soạn kế hoạch năm"] == ("2024", 1)
    assert told["lưu một lần sửa của bản soạn kế hoạch năm"] == ("2024", 2)
    assert one.stays and "Lời văn" not in str(one.rows)
    (other,) = SOURCE.kept(subject_of(city.people["thanh-tra"]))
    assert other.rows == ()
    assert list(SOURCE.erase(subject_of(writer))) == []
