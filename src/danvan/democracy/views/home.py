"""The door to everything of grassroots democracy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from danvan.democracy.rooms import GROUPS


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every room, in two groups."""
    return render(request, "democracy/home.html", {"groups": GROUPS})
