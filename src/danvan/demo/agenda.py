"""Steps in the order of their moments, each played under a clock set to its own.

A step may put further steps on the agenda (what was filed is looked at two days later), so the
history is written in the order in which the year went.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from danvan.kernel import clock

DAY = dt.timedelta(days=1)


class Agenda:
    """What is still to happen. Moments are local, without zone."""

    def __init__(self) -> None:
        self._steps: list[tuple[dt.datetime, int, Callable[[], object]]] = []
        self._order = count()
        self.now = dt.datetime.min

    def at(self, moment: dt.datetime, step: Callable[..., object], *given: Any) -> None:
        """Puts ``step(*given)`` on the agenda; one for a past moment happens next, not earlier."""
        later_on: Callable[[], object] = partial(step, *given)
        heapq.heappush(self._steps, (max(moment, self.now), next(self._order), later_on))

    def play(self, until: dt.datetime) -> None:
        """Plays every step before ``until``, what comes up on the way included."""
        while self._steps and self._steps[0][0] < until:
            self.now, _order, step = heapq.heappop(self._steps)
            with clock.set_to(self.now):
                step()


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A local moment; minutes may run over the hour."""
    return dt.datetime.combine(day, dt.time(hour)) + dt.timedelta(minutes=minute)


def worked(day: dt.date) -> dt.date:
    """``day``, or the Friday before a weekend: nobody hands in early on a Sunday."""
    return day - max(0, day.weekday() - 4) * DAY


def later(day: dt.date, days: int) -> dt.date:
    """``days`` working days (Monday to Friday) after ``day``."""
    while days:
        day += DAY
        days -= day.weekday() < 5
    return day
