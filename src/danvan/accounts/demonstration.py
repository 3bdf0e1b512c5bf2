"""Sign-ins of the demonstration, offered on the sign-in page with one click each.

Only where settings.DEMONSTRATION is on. The demonstration fills the list when it starts:

    demonstration.offer([SignIn("noi-vu", "Trần Thị Lan", "Chuyên viên", "Phòng Nội vụ", "…")])
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account to try. ``does`` says in a few words what this role can do."""

    username: str
    name: str
    role: Any
    unit: Any = ""
    does: Any = ""


_offered: dict[str, SignIn] = {}


def offer(sign_ins: Iterable[SignIn]) -> None:
    """Puts the accounts on the sign-in page, in this order (replaces the list)."""
    _offered.clear()
    _offered.update({one.username: one for one in sign_ins})


def offered() -> list[SignIn]:
    """What the sign-in page shows; nothing outside the demonstration."""
    return list(_offered.values()) if settings.DEMONSTRATION else []


def is_offered(username: str) -> bool:
    """Whether the account is one of the demonstration's, open to everybody."""
    return any(one.username == username for one in offered())
