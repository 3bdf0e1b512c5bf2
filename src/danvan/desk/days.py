"""The calendar of one year as a list, and what a moved day changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danvan.kernel.calendar import ONE_DAY, Calendar
from danvan.kernel.models import CalendarDay


@dataclass(frozen=True, slots=True)
class Line:
    """A day that differs from an ordinary week, and why. ``row`` is set on a moved day."""

    day: dt.date
    works: bool
    why: str
    row: CalendarDay | None = None


def of_year(year: int) -> list[Line]:
    """Holidays on Monday to Friday, made-up days at weekends and every moved day."""
    rows = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    calendar = Calendar({day: row.kind for day, row in rows.items()})
    found, day = [], dt.date(year, 1, 1)
    while day.year == year:
        works, row = calendar.is_working_day(day), rows.get(day)
        if row is not None:
            found.append(Line(day, works, row.note, row))
        elif works == (day.weekday() >= 5):
            found.append(Line(day, works, calendar.why_off(day)))
        day += ONE_DAY
    return found


@dataclass(frozen=True, slots=True)
class Effect:
    """A period of ``count`` working days from ``start`` ended on ``before``, now on ``after``."""

    start: dt.date
    count: int
    before: dt.date
    after: dt.date


def effect(day: dt.date, now: Calendar, then: Calendar) -> Effect:
    """The shortest example of what moving ``day`` does: three working days around it."""
    start = day - 2 * ONE_DAY
    while not (now.is_working_day(start) and then.is_working_day(start)):
        start -= ONE_DAY
    return Effect(start, 3, then.after_working_days(start, 3), now.after_working_days(start, 3))
