"""Codes: the personal one that stands for a person without an account, and the one on the wall.

Both are checked by keyed digests (SECRET_KEY), so nothing kept in the database tells a code.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import re
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from danvan.kernel import clock
from danvan.study.models import StudySession

# No 0/O, 1/I/L: what people write down wrongly. 31 letters, 8 places: about 40 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
# How long one code stays on the wall. The one before is still taken: phones are slow.
STEP = 30


def new_personal() -> str:
    """A personal code as it is handed out: "K7MP-2XWD"."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{code[:4]}-{code[4:]}"


def plain(typed: str) -> str:
    """A code as typed, without dashes, blanks and capitals' difference; "" if it cannot be one."""
    code = re.sub(r"[\s.–-]", "", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def digest(code: str) -> str:
    """What is kept of a personal code."""
    return _keyed("danvan.study.code", plain(code))


def who(person: int) -> str:
    """The lasting mark of a person in study's rows; tells no name without our key."""
    return _keyed("danvan.study.who", str(person))


def device(mark: str) -> str:
    """What is kept of the mark a phone carries."""
    return _keyed("danvan.study.device", mark) if mark else ""


def on_the_wall(session: StudySession, at: dt.datetime | None = None) -> str:
    """The code that stands on the session's wall now; another one every STEP seconds."""
    return _code(session, _step(at or clock.now()))


def is_on_the_wall(session: StudySession, code: str) -> bool:
    """Whether ``code`` stands there now or stood there a step ago (30 to 60 seconds)."""
    step = _step(clock.now())
    return any(constant_time_compare(_code(session, step - n), code) for n in (0, 1))


def _step(at: dt.datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(session: StudySession, step: int) -> str:
    made = hmac.digest(session.secret.encode(), f"{session.pk}:{step}".encode(), hashlib.sha256)
    return base64.b32encode(made[:5]).decode().lower()


def _keyed(purpose: str, value: str) -> str:
    return salted_hmac(purpose, value, algorithm="sha256").hexdigest()
