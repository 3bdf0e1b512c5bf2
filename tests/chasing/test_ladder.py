"""Row 18: the pure part: on which worked day a rung comes, and which one counts."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.chasing.ladder import REACH_BACK, USUAL, current, day_of, standing, steps_of, upcoming


class Weekdays:
    """Saturdays, Sundays and 30/4–03/5/2023 are off."""

    def is_working_day(self, day: dt.date) -> bool:
        feast = dt.date(2023, 4, 29) <= day <= dt.date(2023, 5, 3)
        return day.weekday() < 5 and not feast


CALENDAR = Weekdays()
# A machine under load is slow to draw; that says nothing of the ladder.
patient = settings(suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 31))


def d(day: int, month: int) -> dt.date:
    return dt.date(2023, month, day)


def test_row_18_the_days_of_the_seed() -> None:
    due = d(4, 4)
    assert [day_of(due, step.offset, CALENDAR) for step in USUAL] == [
        d(28, 3), d(31, 3), d(3, 4), d(4, 4), d(5, 4), d(7, 4), d(11, 4), d(18, 4),
    ]  # fmt: skip


def test_row_18_days_off_move_rungs_to_the_nearest_worked_side() -> None:
    assert day_of(d(4, 5), -3, CALENDAR) == d(28, 4)
    assert day_of(d(28, 4), 1, CALENDAR) == d(4, 5)


@patient
@given(DAYS, DAYS)
def test_the_current_rung_is_the_last_that_has_come(due: dt.date, today: dt.date) -> None:
    step = current(due, today, USUAL, CALENDAR)
    come = [s for s in USUAL if day_of(due, s.offset, CALENDAR) <= today]
    assert step == (come[-1] if come else None)
    assert all(day > today for day, _s in upcoming(due, today, USUAL, CALENDAR))


@patient
@given(DAYS)
def test_every_due_date_stands_on_one_rung_at_most(today: dt.date) -> None:
    around = [today + n * dt.timedelta(days=1) for n in range(-REACH_BACK - 30, 60)]
    held = standing(around, today, USUAL, CALENDAR)
    dates = [due for days in held.values() for due in days]
    assert len(dates) == len(set(dates))
    for offset, days in held.items():
        for due in days:
            step = current(due, today, USUAL, CALENDAR)
            assert step is not None
            assert step.offset == offset
    assert min(dates) >= today - dt.timedelta(days=REACH_BACK)


def test_rungs_of_one_offset_are_one_step() -> None:
    steps = steps_of([(3, "head"), (-1, "officer"), (3, "leader")])
    assert [(s.offset, s.audiences) for s in steps] == [(-1, ("officer",)), (3, ("head", "leader"))]
    assert standing([d(1, 4)], d(1, 4), (), CALENDAR) == {}
