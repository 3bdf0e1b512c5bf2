"""Index trends: the body's own line, and how many of its units rose or fell. No averages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from danvan.indices import charts, queries
from danvan.indices.comparing import Comparison
from danvan.indices.models import Index, Result
from danvan.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Trend:
    """One index. ``own``: the body's newest result; the counts are of units in ``year``."""

    index: Index
    url: str
    own: Comparison | None
    spark: SafeString | str
    year: int
    up: int
    down: int
    other: int
    illustrative: bool


def read(programme: Programme) -> list[Trend]:
    """Indices of which the body keeps a series, up to the programme's year."""
    held = Result.objects.filter(
        edition__body=programme.body_id, edition__year__lte=programme.year
    ).order_by()
    codes = set(held.values_list("edition__code", flat=True).distinct())
    return [_trend(programme, i, held) for i in queries.newest() if i.code in codes]


def _trend(programme: Programme, index: Index, held: QuerySet[Result]) -> Trend:
    series = queries.series(held.filter(edition__code=index.code))
    own, year = series.of(programme.body_id), series.years[-1]
    points = [(str(y), own.years[y].now.rate) for y in sorted(own.years)] if own else []
    units = [
        line.years[year].change
        for line in series.lines
        if line.unit != programme.body_id and year in line.years
    ]
    known = [change for change in units if change is not None]
    up, down = sum(c > 0 for c in known), sum(c < 0 for c in known)
    return Trend(
        index,
        f"{reverse('indices:series', args=[index.code])}?co_quan={programme.body_id}",
        own.latest if own else None,
        charts.line(points, index.short_name, width=110, height=26) if len(points) > 1 else "",
        year, up, down, len(units) - up - down, series.illustrative,
    )  # fmt: skip
