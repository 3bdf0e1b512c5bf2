"""The heat map: where the points of a round are, and where they are missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from danvan.kernel.access import actor_of
from danvan.organisations.models import Block
from danvan.organisations.queries import names_on
from danvan.scoring import heat_pages
from danvan.scoring.models import Criterion
from danvan.scoring.queries import heat as queries
from danvan.scoring.queries.sight import veiled_sheets
from danvan.scoring.views.results import round_or_404


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/ban-do-nhiet/?khoi=…&trang=…`: a hundred units of one block."""
    round, actor = round_or_404(request, pk), actor_of(request)
    seen = queries.units_seen(round, actor)
    blocks = [b for b in Block if any(block == b for _s, _u, block in seen)]
    asked = request.GET.get("khoi", blocks[0] if blocks else "")
    if blocks and asked not in blocks:
        raise Http404
    names = names_on(round.dossier_due)
    order = {unit: place for place, unit in enumerate(names)}
    held = [(sheet, unit) for sheet, unit, block in seen if block == asked]
    held.sort(key=lambda one: order.get(one[1], len(order)))
    shown = Paginator(held, heat_pages.UNITS).get_page(request.GET.get("trang"))
    criteria = list(Criterion.objects.filter(criteria_set__in=round.blocks.filter(block=asked)
                                             .values("criteria_set")))  # fmt: skip
    points = queries.points_of([sheet for sheet, _unit in shown])
    named = [(sheet, names.get(unit, "")) for sheet, unit in shown]
    context = {
        "round": round, "criteria": criteria, "page": shown,
        "rows": heat_pages.rows(named, criteria, points, veiled_sheets(actor, round)),
        "label": Block(asked).label if blocks else "",
        "tabs": [(b.label, f"?khoi={b}", b == asked) for b in blocks],
    }  # fmt: skip
    return render(request, "scoring/rankings/heat.html", context)
