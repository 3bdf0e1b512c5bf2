from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from danvan.assignments.models import Assignment
from danvan.documents.models import NumberSeries
from danvan.kernel.access import Actor
from danvan.programmes.models import Programme
from danvan.reports.actions import outlines, papers
from danvan.reports.actions.papers import Typed
from danvan.reports.models import Outline, Report
from danvan.reports.periods import Form, Span
from tests.assignments import factory
from tests.city import City

YEAR = Span(Form.YEAR, 2023)


@dataclass
class Case:
    """The seed's programme with its duties, and the outline in force."""

    city: City
    programme: Programme
    outline: Outline

    def owed(self, unit: str) -> Assignment:
        return factory.of(self.programme, self.city, unit, "report")

    def head(self, unit: str) -> Actor:
        return self.city.actor(self.city.heads[unit])

    def begun(self, unit: str = "phuong-1") -> Report:
        made: Report = papers.begin(
            self.city.units[unit], outline=self.outline, assignment=self.owed(unit), span=YEAR,
            by=self.city.actor(unit),
        )  # fmt: skip
        return made

    def written(self, unit: str = "phuong-1", **values: str) -> Report:
        """Every figure and text given; ``values``: item code → number (others have a reason)."""
        report = self.begun(unit)
        fill(report, self.city.actor(unit), **values)
        return report

    def approved(self, unit: str = "phuong-1", **values: str) -> Report:
        report = self.written(unit, **values)
        done: Report = papers.approve(report, by=self.head(unit))
        return done

    def consolidated(self) -> Report:
        made: Report = papers.consolidate(
            self.programme, outline=self.outline, span=YEAR, by=self.city.actor("noi-vu")
        )
        return made


def fill(report: Report, by: Actor, **values: str) -> Report:
    from decimal import Decimal

    report.refresh_from_db()
    figures = {}
    for figure in report.figures.select_related("item"):
        if figure.read:
            continue
        number = values.get(figure.item.code)
        note = "Sổ theo dõi của đơn vị" if number else "Không phát sinh trong kỳ"
        figures[figure.item_id] = Typed(Decimal(number) if number else None, note)
    texts = {
        t.section_id: f"Nội dung mục {t.section.marker} của {report.unit}."
        for t in report.narratives.select_related("section")
    }
    saved: Report = papers.save(
        report, revision=report.revision, figures=figures, texts=texts, by=by
    )
    return saved


@pytest.fixture
def case(city: City, on_day) -> Case:
    on_day(2023, 3, 27)
    programme = factory.opened(city)
    for shipped in outlines.shipped():
        outlines.enact(city.body, outline=shipped, by=city.actor("noi-vu"))
    on_day(2023, 10, 12)
    return Case(city, programme, Outline.objects.get(code="dan-van-chinh-quyen"))


@pytest.fixture
def numbers() -> object:
    """How far each series has come, to see that nothing was used up."""
    return lambda: dict(NumberSeries.objects.values_list("series", "last"))


def day(*ymd: int) -> dt.date:
    return dt.date(*ymd)
