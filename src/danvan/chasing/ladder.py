"""Which rung stands for which due date today. Pure: dates and a calendar in, rungs out.

A rung before the date that falls on a day off comes on the worked day before it; one on or
after the date, on the worked day after it. Of rungs that were missed only the latest counts:
after a week without power people get one reminder, not five.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from danvan.chasing.models.ladder import Audience

ONE_DAY = dt.timedelta(days=1)
# How far back an unfinished duty is still followed by the ladder; the letter comes after.
REACH_BACK = 120


class WorkingDays(Protocol):
    def is_working_day(self, day: dt.date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Step:
    """All rungs of one offset: whom it tells."""

    offset: int
    audiences: tuple[str, ...]


# What a body begins with: a week, three days and a day before, the day, then a day, three
# days and a week (head) after; after a fortnight the chairman gets the list. Ours, for want
# of a rule; edited in the browser.
USUAL = (
    Step(-7, (Audience.OFFICER,)),
    Step(-3, (Audience.OFFICER,)),
    Step(-1, (Audience.OFFICER, Audience.LEADER)),
    Step(0, (Audience.OFFICER, Audience.LEADER)),
    Step(1, (Audience.OFFICER, Audience.LEADER)),
    Step(3, (Audience.OFFICER, Audience.LEADER)),
    Step(7, (Audience.OFFICER, Audience.LEADER, Audience.HEAD)),
    Step(14, (Audience.CHAIRMAN,)),
)


def steps_of(rungs: Iterable[tuple[int, str]]) -> tuple[Step, ...]:
    """Rungs (offset, audience) → steps in order of time."""
    held: dict[int, list[str]] = {}
    for offset, audience in rungs:
        held.setdefault(offset, []).append(audience)
    return tuple(Step(o, tuple(sorted(held[o]))) for o in sorted(held))


def day_of(due: dt.date, offset: int, calendar: WorkingDays) -> dt.date:
    """The worked day on which the rung comes."""
    day = due + offset * ONE_DAY
    while not calendar.is_working_day(day):
        day += -ONE_DAY if offset < 0 else ONE_DAY
    return day


def current(
    due: dt.date, today: dt.date, steps: Sequence[Step], calendar: WorkingDays
) -> Step | None:
    """The latest step whose day has come; None before the first."""
    come = [step for step in steps if day_of(due, step.offset, calendar) <= today]
    return come[-1] if come else None


def standing(
    dues: Iterable[dt.date], today: dt.date, steps: Sequence[Step], calendar: WorkingDays
) -> dict[int, list[dt.date]]:
    """Offset → those of ``dues`` for which it is the current step today."""
    found: dict[int, list[dt.date]] = {}
    for due in dues:
        step = current(due, today, steps, calendar)
        if step is not None and due >= today - REACH_BACK * ONE_DAY:
            found.setdefault(step.offset, []).append(due)
    return found


def upcoming(
    due: dt.date, today: dt.date, steps: Sequence[Step], calendar: WorkingDays
) -> list[tuple[dt.date, Step]]:
    """The days still to come, with their steps."""
    days = [(day_of(due, step.offset, calendar), step) for step in steps]
    return [(day, step) for day, step in days if day > today]
