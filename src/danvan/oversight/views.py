"""The leader's page: the newest programme first, each year at its own address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from danvan.kernel.access import Refused
from danvan.oversight import page, queries, rules


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """To the newest programme one oversees; a page that says so where there is none."""
    actor = request.actor  # type: ignore[attr-defined]
    may = rules.may_oversee_any(actor)
    if not may:
        raise Refused(may)
    programme = queries.overseen(actor).first()
    if programme is None:
        return render(request, "oversight/none.html")
    return redirect("oversight:programme", programme=programme.pk)


@require_safe
def programme(request: HttpRequest, programme: int) -> HttpResponse:
    """One programme on one A4 page."""
    actor = request.actor  # type: ignore[attr-defined]
    held = get_object_or_404(queries.visible_to(actor), pk=programme)
    may = rules.may_oversee(actor, held)
    if not may:
        raise Refused(may)
    years = [
        (p.year, reverse("oversight:programme", args=[p.pk]), p.pk == held.pk)
        for p in queries.overseen(actor)
    ]
    context = {**page.build(held, actor), "years": years if len(years) > 1 else []}
    return render(request, "oversight/programme.html", context)
