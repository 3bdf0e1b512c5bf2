"""The days on which heads receive citizens, of every body, by date: page, first page, feed."""

from __future__ import annotations

import datetime as dt

from danvan.petitions import public as petitions
from danvan.portal import places

AHEAD = dt.timedelta(days=60)


def days(start: dt.date, end: dt.date) -> list[petitions.PublicDay]:
    """Both ends included; a fixed number of queries per body."""
    found = [
        day
        for body, _name in places.bodies()
        for day in petitions.reception_calendar(body, start, end)
    ]
    return sorted(found, key=lambda day: day.on)
