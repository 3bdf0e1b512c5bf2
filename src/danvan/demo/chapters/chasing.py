"""Report forms in force, reminders on their days, and one letter to who is still late."""

from __future__ import annotations

import datetime as dt

from danvan.chasing.actions import letters, reminding
from danvan.demo import city
from danvan.demo.agenda import Agenda, at
from danvan.kernel.access import SYSTEM
from danvan.programmes.models import Programme
from danvan.reports.actions import outlines

# The ladder's days around 04/4 and 16/10, and every other week between: a silence of more
# than a month would be taken for a wrong clock.
SPRING = [dt.date(2023, 3, 28), dt.date(2023, 3, 31), *(dt.date(2023, 4, d) for d in
          (3, 4, 5, 7, 11, 18))]  # fmt: skip
QUIET = [dt.date(2023, 5, 4) + dt.timedelta(days=14 * n) for n in range(11)]
AUTUMN = [dt.date(2023, 10, day) for day in (9, 13, 16, 17, 19, 23, 30)]
URGED = dt.date(2023, 4, 12)


def plan(agenda: Agenda) -> None:
    agenda.at(at(dt.date(2023, 3, 27), 15), enact_outlines)
    for day in (*SPRING, *QUIET, *AUTUMN):
        agenda.at(at(day, 9, 5), remind)
    agenda.at(at(URGED, 10), urge)


def enact_outlines() -> None:
    for outline in outlines.shipped():
        outlines.enact(city.body(), outline=outline, by=city.actor("noi-vu"))


def remind() -> None:
    reminding.run(city.body(), by=SYSTEM)


def urge() -> None:
    """The chairman signs a letter to the units whose plan is still missing."""
    programme = Programme.objects.get(year=2023)
    if letters.late_of(programme):
        letters.urge(programme, by=city.actor("chu-tich"))
