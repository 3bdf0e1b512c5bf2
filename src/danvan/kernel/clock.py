"""The injected clock: the only place that asks what time it is.

Times are stored in UTC; a *day* is a day in Asia/Ho_Chi_Minh. ``CLOCK_STARTS_AT``
moves the clock for the demonstration year; it runs on from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

_started = timezone.now()
_fixed: dt.datetime | None = None


def now() -> dt.datetime:
    """The moment, aware."""
    if _fixed is not None:
        return _fixed
    real = timezone.now()
    if not settings.CLOCK_STARTS_AT:
        return real
    start = dt.datetime.fromisoformat(f"{settings.CLOCK_STARTS_AT}T08:00:00")
    return timezone.make_aware(start) + (real - _started)


def today() -> dt.date:
    """The local day."""
    return timezone.localtime(now()).date()


def local_day(moment: dt.datetime) -> dt.date:
    """The local day on which ``moment`` falls."""
    return timezone.localtime(moment).date()


@contextmanager
def set_to(moment: dt.datetime | dt.date) -> Iterator[None]:
    """Holds the clock at ``moment`` (a bare date means 08:00 local), for tests and the demo."""
    global _fixed
    before = _fixed
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(8))
    _fixed = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    try:
        yield
    finally:
        _fixed = before
