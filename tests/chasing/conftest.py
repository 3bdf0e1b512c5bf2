from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.assignments.actions import submissions
from danvan.assignments.models import Assignment
from danvan.chasing.actions import reminding
from danvan.chasing.models import Run
from danvan.kernel import clock
from danvan.kernel.access import SYSTEM
from danvan.programmes.models import Programme
from tests.assignments import factory
from tests.city import City


@dataclass
class Case:
    """The seed's programme with its duties: plan due 04/4, report and dossier due 16/10."""

    city: City
    programme: Programme

    def owed(self, unit: str, key: str = "plan") -> Assignment:
        return factory.of(self.programme, self.city, unit, key)

    def run(self, *when: int, **more: bool) -> Run:
        """The ladder at 09:00 of a day (or at an hour and minute given after it)."""
        moment = dt.datetime(*when) if len(when) > 3 else dt.datetime(*when, 9)  # type: ignore[arg-type]
        with clock.set_to(moment):
            made: Run = reminding.run(self.city.body, by=SYSTEM, **more)
        return made

    def file(self, unit: str, *day: int, key: str = "plan") -> None:
        paper = SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.4 x", "application/pdf")
        with clock.set_to(dt.datetime(*day, 8)):  # type: ignore[arg-type]
            submissions.file(self.owed(unit, key), files=[paper], by=self.city.actor(unit))


@pytest.fixture
def case(city: City, on_day) -> Case:
    on_day(2023, 3, 27)
    return Case(city, factory.opened(city))
