"""Short ways to a day of the year and to a unit."""

from __future__ import annotations

import datetime as dt

from danvan.organisations.models import Unit


def the(month: int, day: int) -> dt.date:
    """A day of 2023."""
    return dt.date(2023, month, day)


def unit(key: str) -> Unit:
    return Unit.objects.get(key=key)
