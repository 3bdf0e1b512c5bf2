"""Wrong passwords are slowed down: five in fifteen minutes for one name from one address.

An attempt is counted *before* the password is looked at and taken off again when it was
right, so that many tries at the same moment cannot slip past the count.

Not ``kernel.throttling``, though both slow down: that one counts what is asked for, in a window
that begins with the first knock and forgets all at its end. Here only what failed counts, it is
taken back when the password was right, and the window slides: in no fifteen minutes are there
more than five tries, where a window that starts anew would let nearly ten pass across its edge.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from danvan.accounts.models import SignInAttempt
from danvan.kernel import clock

ATTEMPTS = 5
WINDOW = dt.timedelta(minutes=15)


def key_of(username: str, address: str) -> str:
    """What is counted together; "Lan", "lan" and " lan " are one name."""
    return hashlib.sha256(f"{username.strip().casefold()}\n{address}".encode()).hexdigest()


def begin(username: str, address: str) -> int:
    """Counts an attempt. Returns 0 if it may go on, else the minutes (≥ 1) still to wait.

    An attempt that is turned away is not counted: waiting is enough to be let in again.
    """
    now, key = clock.now(), key_of(username, address)
    SignInAttempt.objects.filter(at__lte=now - WINDOW).delete()
    attempt = SignInAttempt.objects.create(key=key, at=now)
    counted = list(SignInAttempt.objects.filter(key=key).order_by("at", "pk")[: ATTEMPTS + 1])
    if len(counted) <= ATTEMPTS:
        return 0
    attempt.delete()
    left = counted[0].at + WINDOW - now
    return max(1, -(-int(left.total_seconds()) // 60))


def forget(username: str, address: str) -> None:
    """The password was right: the count starts anew."""
    SignInAttempt.objects.filter(key=key_of(username, address)).delete()
