"""Floods are slowed down: so many times within so long, for one purpose from one place.

Whoever is counted is kept as a keyed digest, never as an address. One statement counts and
tells, so many requests at the same moment cannot slip past the count.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from danvan.kernel import clock
from danvan.kernel.models import Knock

_COUNT = """
insert into kernel_knock (key, ends_at, times) values (%s, %s, 1)
on conflict (key) do update set
  times = case when kernel_knock.ends_at <= %s then 1 else kernel_knock.times + 1 end,
  ends_at = case when kernel_knock.ends_at <= %s then excluded.ends_at else kernel_knock.ends_at end
returning times, ends_at
"""


def count(purpose: str, who: str, *, times: int, within: dt.timedelta) -> int:
    """Counts one more; 0 if it may go on, else the seconds (≥ 1) still to wait.

    A window begins with the first knock and lasts ``within``; what was turned away is counted
    too, but never makes the window longer. Side effect: one row per purpose and place.
    """
    now = clock.now()
    key = salted_hmac("danvan.kernel.throttling", f"{purpose}\n{who}", algorithm="sha256")
    ends = Knock._meta.get_field("ends_at")
    moments = [ends.get_db_prep_value(moment, connection) for moment in (now + within, now, now)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key.hexdigest(), *moments])
        counted, ended = cursor.fetchone()
    if counted <= times:
        return 0
    if ended.tzinfo is None:  # SQLite keeps moments in UTC without saying so
        ended = ended.replace(tzinfo=dt.UTC)
    return max(1, int((ended - now).total_seconds()))


def place_of(request: HttpRequest) -> str:
    """The visitor's address, to be counted with and not kept; behind a proxy the proxy sets it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_ended() -> int:
    """Removes the rows of windows that are over; how many. Called by the nightly run."""
    return Knock.objects.filter(ends_at__lte=clock.now()).delete()[0]
