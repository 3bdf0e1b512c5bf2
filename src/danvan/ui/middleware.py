"""What a person sees when a verb said no."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from danvan.kernel.access import Refused, Stale
from danvan.ui import navigation

# Characters from which a posted text counts as prose somebody would hate to type again.
PROSE = 60


class RefusalMiddleware:
    """Done already, or changed meanwhile: say so and go back. Forbidden: leave to 403.html."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Stale):
            if prose := typed_prose(request):
                return stale(request, error.reason, prose)
            return go_back(request, error.reason)
        if isinstance(error, Refused) and error.decision.done:
            return go_back(request, error.decision.reason)
        return None


def go_back(request: HttpRequest, reason: str) -> HttpResponse:
    """Back to the page the person came from, with the reason as a message."""
    messages.warning(request, reason)
    target = navigation.back(request) or "/"
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(target)
    return HttpResponseRedirect(target)


def typed_prose(request: HttpRequest) -> list[str]:
    """Long texts in what was sent; a redirect would lose them."""
    return [
        value
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if isinstance(value, str) and len(value) >= PROSE
    ]


def stale(request: HttpRequest, reason: str, prose: list[str]) -> HttpResponse:
    """409: nothing was written; what the person typed is shown so that it can be copied."""
    context = {"reason": reason, "prose": prose, "back": navigation.back(request)}
    return render(request, "ui/stale.html", context, status=409)
