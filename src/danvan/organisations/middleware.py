"""Gives every request its actor: the person signed in, with today's holds."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from danvan.organisations import queries


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lazy: a page that asks nobody's leave costs no query.
        request.actor = SimpleLazyObject(lambda: queries.actor_for(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)
