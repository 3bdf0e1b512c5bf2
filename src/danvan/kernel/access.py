"""Who acts, and whether they may: the two values every rule is written with.

A *hold* is one role a person has over one scope (a number the upper contexts give
meaning to: the id of a unit). The kernel knows no role by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed and, if not, why, in words for the person refused.

    ``done`` marks a refusal because the thing has already happened (a second click,
    a colleague was faster): the screen then informs instead of forbidding.
    """

    allowed: bool
    reason: str = ""
    done: bool = False

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def refuse(reason: Any) -> Decision:
    """A refusal with its reason (a sentence in Vietnamese)."""
    return Decision(False, str(reason))


def already(reason: Any) -> Decision:
    """A refusal because it is done already."""
    return Decision(False, str(reason), done=True)


def all_of(*decisions: Decision) -> Decision:
    """The first refusal, else allowed."""
    return next((d for d in decisions if not d), ALLOWED)


@dataclass(frozen=True, slots=True)
class Hold:
    """One role over one scope."""

    role: str
    scope: int


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the system) in whose name a verb runs, with today's holds.

    ``on_behalf``: (scope, name) of those who let this person act for them there.
    """

    id: int | None
    name: str
    holds: frozenset[Hold] = frozenset()
    on_behalf: tuple[tuple[int, str], ...] = ()

    def has(self, role: str, scope: int | None = None) -> bool:
        """Whether the actor holds ``role`` over ``scope`` (over anything if not given)."""
        return any(h.role == role and (scope is None or h.scope == scope) for h in self.holds)

    def scopes(self, *roles: str) -> frozenset[int]:
        """Every scope over which the actor holds one of ``roles``."""
        return frozenset(h.scope for h in self.holds if h.role in roles)

    def lent(self, role: str, scope: int) -> Actor:
        """The same person with one role more: for a single call of a verb that another verb,
        whose own rule let him, makes for him. History keeps his name."""
        return replace(self, holds=self.holds | {Hold(role, scope)})

    def name_for(self, scope: int | None) -> str:
        """The name as history writes it of an act that concerns ``scope``."""
        whom = [name for place, name in self.on_behalf if place == scope]
        return f"{self.name} (thay mặt {', '.join(whom)})" if whom else self.name


SYSTEM = Actor(None, "Hệ thống")


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the middleware found (organisations.middleware)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


Predicate = Callable[[Actor, Any], Decision]


class Refused(PermissionDenied):
    """A verb was asked for that the actor may not do now; carries the decision.

    ``action`` is the code of the verb that refused, set by ``@action``.
    """

    action = ""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision.reason)


def demand(decision: Decision) -> None:
    """Raises Refused unless allowed: visible, but not allowed, is a 403 with the reason."""
    if not decision:
        raise Refused(decision)


class Stale(Exception):
    """The record changed since the person last saw it; nothing was written."""

    def __init__(self, reason: Any) -> None:
        self.reason = str(reason)
        super().__init__(self.reason)
