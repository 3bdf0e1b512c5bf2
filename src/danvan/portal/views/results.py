"""Published rankings, as they were decided."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from danvan.scoring import public


@require_safe
@login_not_required
def rankings(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/rankings.html", {"rows": public.published_rankings()})


@require_safe
@login_not_required
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """One result by block; a withdrawn one says by what it was."""
    found = public.published_ranking(pk)
    if found is None:
        raise Http404
    return render(request, "portal/ranking.html", {"found": found})
