"""What the frame around every page needs, computed only if a page shows the frame."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.ui import navigation

NOBODY = Actor(None, "")


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame: who is here, on which day, and where they may go."""

    actor: Actor
    today: dt.date
    demonstration: bool
    back: str = ""
    unit: str = ""
    role: str = ""
    items: list[navigation.Item] = field(default_factory=list)

    @property
    def signed_in(self) -> bool:
        return self.actor.id is not None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell`` in every template."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    """The frame for this request; works on error pages, where no actor may be known yet."""
    actor = getattr(request, "actor", NOBODY)
    demonstration = bool(getattr(settings, "DEMONSTRATION", False))
    back = _back(request)
    if actor.id is None:
        return Shell(actor, clock.today(), demonstration, back)
    who = navigation.introduction(request)
    entries = navigation.items(request, actor)
    return Shell(actor, clock.today(), demonstration, back, who.unit, who.role, entries)


def _back(request: HttpRequest) -> str:
    """The page before, for error pages; an unknown host is itself such an error."""
    try:
        return navigation.back(request)
    except DisallowedHost:
        return ""
