"""The worked checks of the law notes (§5.1), and the overlay."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.kernel import calendar
from danvan.kernel.calendar import Calendar
from danvan.kernel.models import CalendarDay

SWAPPED = {dt.date(2026, 1, 2): "off", dt.date(2026, 1, 10): "work"}


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("23/11/2026", 5, "01/12/2026"),  # 24/11 is a holiday from 2026
        ("13/02/2026", 5, "27/02/2026"),  # Tết 16–20/2
        ("27/04/2023", 3, "05/05/2023"),  # 29/4–3/5 off
        ("31/12/2025", 3, "07/01/2026"),  # 1–2/1 off, the second only by the overlay
        ("31/12/2025", 7, "12/01/2026"),  # Saturday 10/1 worked
        ("10/02/2026", 7, "26/02/2026"),
    ],
)
def test_period_of_working_days(start: str, count: int, due: str) -> None:
    assert Calendar(SWAPPED).after_working_days(day(start), count) == day(due)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("30/03/2023", 30, "04/05/2023"),  # 29/4 is a holiday: next working day
        ("10/02/2026", 10, "23/02/2026"),
    ],
)
def test_period_of_calendar_days(start: str, count: int, due: str) -> None:
    assert Calendar(SWAPPED).after_days(day(start), count) == day(due)


def test_without_the_overlay_the_package_alone_is_wrong() -> None:
    """Why the overlay exists: 02/01/2026 was swapped, the package does not know it."""
    assert Calendar({}).after_working_days(day("31/12/2025"), 3) == day("06/01/2026")


def test_a_period_starts_the_day_after_and_zero_days_end_at_once() -> None:
    assert Calendar({}).after_working_days(day("20/03/2023"), 1) == day("21/03/2023")
    assert Calendar({}).after_working_days(day("20/03/2023"), 0) == day("20/03/2023")


def test_why_a_day_is_off() -> None:
    known = Calendar(SWAPPED)
    assert known.why_off(day("24/11/2026"))
    assert known.why_off(day("18/03/2023")) == "nghỉ cuối tuần"
    assert known.why_off(day("02/01/2026")) == "nghỉ hoán đổi"
    assert known.why_off(day("20/03/2023")) == ""
    assert known.why_off(day("10/01/2026")) == ""


@pytest.mark.django_db
def test_overlay_is_read_once_and_forgotten_when_told() -> None:
    calendar.forget_overlay()
    moved = day("20/03/2023")
    assert Calendar().is_working_day(moved)
    CalendarDay.objects.create(day=moved, kind="off", basis="thử")
    assert Calendar().is_working_day(moved), "kept for a minute"
    calendar.forget_overlay()
    assert not Calendar().is_working_day(moved)
    calendar.forget_overlay()
