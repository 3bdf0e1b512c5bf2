"""What views of the portal share: pages with a form, and an error in words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from danvan.kernel.access import Refused

NOT_KEPT = ("csrfmiddlewaretoken", "website")
both = require_http_methods(["GET", "HEAD", "POST"])


def held_back(request: HttpRequest, told: str) -> HttpResponse:
    """Turned away for now, with everything typed kept to be sent again. A short page: whoever
    floods the form gets no more than this. What fills the trap in by itself is not sent again."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_KEPT
    ]
    words = request.POST.get("content") or request.POST.get("text", "")
    context = {"said": told, "kept": kept, "words": words[:20_000]}
    return render(request, "portal/wait.html", context, status=429)


def said(error: Refused | ValidationError) -> str:
    """The reason, in words for whoever asked."""
    return error.decision.reason if isinstance(error, Refused) else " ".join(error.messages)
