"""Where every page of chasing starts."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from danvan.kernel.access import actor_of
from danvan.organisations.queries import oversees
from danvan.programmes.models import Programme


def programme_or_404(request: HttpRequest, pk: int) -> Programme:
    """A programme the actor reads all of."""
    seen = Programme.objects.filter(body__in=oversees(actor_of(request)))
    return get_object_or_404(seen.select_related("plan", "body"), pk=pk)
