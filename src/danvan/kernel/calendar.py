"""Working days of Việt Nam, and due dates counted on them.

The public holidays (Bộ luật Lao động 2019, Điều 112) come from the ``holidays`` package;
the yearly decisions that swap days are the table CalendarDay laid over it. A period starts
the day after its first day; one that ends on a day off ends on the next working day
(Bộ luật Dân sự 2015, Điều 147.2 and 148.5).
"""

from __future__ import annotations

import datetime as dt

import holidays
from django.core.cache import cache

from danvan.kernel.models import CalendarDay

ONE_DAY = dt.timedelta(days=1)
_official = holidays.country_holidays("VN")


class Calendar:
    """The calendar as it stands now: one query, then plain look-ups."""

    def __init__(self, overlay: dict[dt.date, str] | None = None) -> None:
        self.overlay = _overlay() if overlay is None else overlay

    def is_working_day(self, day: dt.date) -> bool:
        moved = self.overlay.get(day)
        if moved is not None:
            return moved == CalendarDay.Kind.WORK
        return bool(_official.is_working_day(day))

    def why_off(self, day: dt.date) -> str:
        """The reason a day is not worked, or "" for a working day."""
        if self.is_working_day(day):
            return ""
        return _official.get(day) or ("nghỉ cuối tuần" if day.weekday() >= 5 else "nghỉ hoán đổi")

    def next_working_day(self, day: dt.date) -> dt.date:
        """``day`` itself if it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def after_working_days(self, start: dt.date, count: int) -> dt.date:
        """The last day of a period of ``count`` working days that starts after ``start``."""
        day = start
        while count > 0:
            day += ONE_DAY
            count -= self.is_working_day(day)
        return day

    def after_days(self, start: dt.date, count: int) -> dt.date:
        """The last day of a period of ``count`` calendar days that starts after ``start``."""
        return self.next_working_day(start + count * ONE_DAY)


def _overlay() -> dict[dt.date, str]:
    found: dict[dt.date, str] | None = cache.get("calendar-overlay")
    if found is None:
        found = dict(CalendarDay.objects.values_list("day", "kind"))
        cache.set("calendar-overlay", found, timeout=60)
    return found


def forget_overlay() -> None:
    """Called when a CalendarDay changed, so that the next reading sees it."""
    cache.delete("calendar-overlay")
