"""One walk of the ladder over 10 000 units × 30 duties: seconds, queries, what it wrote.

``run()`` fills a migrated, empty database. The first walk finds months of unfinished work (one
digest a person), the second finds it told, the third is an ordinary day with one duty's rung.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from bench import matrix

FIRST = dt.datetime(2023, 6, 15, 9)
# Twenty-seventh of March and nine days for each duty: on this day one is due in a week.
LATER = dt.datetime(2023, 6, 19, 9)


def people() -> None:
    """A focal officer for each unit of the bench."""
    from danvan.organisations.models import Appointment, Person, Unit
    from tests.city import FROM

    units = list(Unit.objects.filter(key__startswith="don-vi-"))
    persons = Person.objects.bulk_create(
        Person(name=f"Cán bộ {n}", sort_key=f"{n:05d}".encode()) for n in range(len(units))
    )
    Appointment.objects.bulk_create(
        Appointment(unit=unit, person=person, duty="officer", basis="QĐ", valid_from=FROM)
        for unit, person in zip(units, persons, strict=True)
    )


def run() -> list[str]:
    """One line a walk."""
    from danvan.kernel import clock

    with clock.set_to(FIRST):
        programme, _client = matrix.setting_up()
    people()
    walks = (("first walk", FIRST), ("nothing new", FIRST + dt.timedelta(minutes=5)),
             ("an ordinary day", LATER))  # fmt: skip
    return [_line(name, programme.body, moment) for name, moment in walks]


def _line(name: str, body: Any, moment: dt.datetime) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from danvan.chasing.actions import reminding
    from danvan.kernel import clock
    from danvan.kernel.access import SYSTEM

    with clock.set_to(moment), CaptureQueriesContext(connection) as seen:
        started = time.perf_counter()
        told = reminding.run(body, by=SYSTEM)
        seconds = time.perf_counter() - started
    reads = sum(1 for query in seen if query["sql"].startswith("SELECT"))
    return (
        f"digest run, {matrix.UNITS} units × {matrix.DUTIES} duties, {name}: {seconds:.2f} s, "
        f"{told.reminders} reminders to {told.digests} people, {reads} reading and "
        f"{len(seen) - reads} writing queries ({connection.vendor})"
    )
