"""Indices, their series, and a unit's own: what everybody who works here reads."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from danvan.indices import charts, comparing, exports, queries, rules
from danvan.indices.models import Edition, Index, Result
from danvan.indices.queries import Line, Series
from danvan.kernel import clock
from danvan.kernel.access import actor_of
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on
from danvan.organisations.queries import visible_to as units_visible_to
from danvan.ui.downloads import XLSX, attachment


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every index, who publishes it, its years; and how to add one where one may."""
    actor = actor_of(request)
    held: dict[str, list[Edition]] = {}
    for edition in queries.visible_to(actor).order_by("-year"):
        held.setdefault(edition.code, []).append(edition)
    context = {
        "rows": [(i, held.get(i.code, [])) for i in queries.newest()],
        "bodies": sorted(actor.scopes(*rules.KEEPING)),
    }
    return render(request, "indices/list.html", context)


@require_safe
def series(request: HttpRequest, code: str) -> HttpResponse:
    """Units × years of one index, with the change and a small line for each unit."""
    index, editions, chosen = _asked(request, code)
    found = _series(editions, chosen)
    bodies = {e.body_id for e in editions}
    names = names_on(clock.today(), bodies) if len(bodies) > 1 else {}
    context = {
        "index": index,
        "definitions": Index.objects.filter(code=code),
        "editions": [e for e in editions if e.body_id == chosen],
        "series": found,
        "table": [_row(line, found.years) for line in found.lines],
        "bodies": [(pk, name, pk == chosen) for pk, name in sorted(names.items())],
        "export": f"{reverse('indices:workbook', args=[code])}?co_quan={chosen or ''}",
        "rule": comparing.RULE,
    }
    return render(request, "indices/series.html", context)


@require_safe
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The series as .xlsx."""
    index, editions, chosen = _asked(request, code)
    shown = [e for e in editions if e.body_id == chosen]
    content = exports.workbook(index, _series(editions, chosen), shown)
    return attachment(content, f"chi-so-{code}.xlsx", XLSX)


@require_safe
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """One unit in every index over the years."""
    actor = actor_of(request)
    held = get_object_or_404(units_visible_to(actor), key=key)
    # The predecessors' results are needed to compare with; the page shows the unit's.
    related = [held.pk, *(s.predecessor_id for s in _made_of(held))]
    results = queries.results_visible_to(actor).filter(unit__in=related)
    found = [
        (code, queries.series(results.filter(edition__code=code)))
        for code in results.order_by().values_list("edition__code", flat=True).distinct()
    ]
    lines = [(code, s.of(held.pk)) for code, s in sorted(found)]
    names = {i.code: i for i in queries.newest()}
    context = {
        "unit": held,
        "name": names_on(clock.today(), [held.pk]).get(held.pk, str(held)),
        "tables": [
            (names[code], _row(line, sorted(line.years)), sorted(line.years, reverse=True))
            for code, line in lines
            if line
        ],
        "rule": comparing.RULE,
    }
    return render(request, "indices/unit.html", context)


def _made_of(unit: Unit) -> Any:
    return queries.successions_of([unit.pk]).get(unit.pk, [])


def _asked(request: HttpRequest, code: str) -> tuple[Index, list[Edition], int | None]:
    """The index, its editions in view, and the body asked for (the first one otherwise)."""
    index = next((i for i in queries.newest() if i.code == code), None)
    if index is None:
        raise Http404
    editions = queries.editions_of(queries.visible_to(actor_of(request)), code)
    bodies = sorted({e.body_id for e in editions})
    asked = request.GET.get("co_quan", "")
    chosen = int(asked) if asked.isdecimal() and int(asked) in bodies else None
    return index, editions, chosen or next(iter(bodies), None)


def _series(editions: list[Edition], body: int | None) -> Series:
    shown = [e.pk for e in editions if e.body_id == body]
    return queries.series(Result.objects.filter(edition__in=shown))


def _row(line: Line, years: list[int]) -> dict[str, Any]:
    """A line with its cells by year and its picture."""
    points = [(str(y), line.years[y].now.rate if y in line.years else None) for y in years]
    return {
        "line": line,
        "cells": [line.years.get(year) for year in years],
        "spark": charts.line(points, line.name),
        "wide": charts.line(points, line.name, width=320, height=90),
        "found": [line.years[y] for y in sorted(line.years, reverse=True)],
    }
