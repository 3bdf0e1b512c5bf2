"""(e) The heat map of 100 units × 56 criteria, beside the bare joining of the same strings.

Both sides begin with the same rows of the database in memory and end with the same HTML of the
5 600 cells (compared before they are timed); then the whole table as the template sets it, and
the template's own loop over the same cells, which the page does not use.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

UNITS, CRITERIA = 100, 56

# What the page would be if the template wrote the cells.
LOOP = (
    "{% for row in rows %}{% for point, one in row %}"
    '<td class="cell">{% heat point.points one.max_points url=point.url %}</td>'
    "{% endfor %}{% endfor %}"
)


def run() -> list[str]:
    from django.db import connection, transaction

    from bench import ranking

    with transaction.atomic():
        round = ranking.build(UNITS)
        lines = _measured(round, connection.vendor)
        transaction.set_rollback(True)
    return lines


def _measured(round: Any, vendor: str) -> list[str]:
    from django.template import engines
    from django.template.loader import render_to_string
    from django.urls import reverse

    from bench.timing import interleaved
    from danvan.scoring import heat_pages
    from danvan.scoring.models import Criterion
    from danvan.scoring.queries import heat

    criteria = list(Criterion.objects.filter(criteria_set__in=round.blocks.values("criteria_set")))
    sheets = [(pk, f"Đơn vị {pk}") for pk in round.sheets.values_list("pk", flat=True)]
    points = heat.points_of([pk for pk, _name in sheets])
    ready = _ready(sheets, criteria, points)
    loop = engines["django"].from_string(LOOP)
    for_loop = [
        [({"points": value(p), "url": reverse("scoring:thread", args=[p.score])}, c)
         for c in criteria for p in [points[pk][c.pk]]]
        for pk, _name in sheets
    ]  # fmt: skip

    def ours() -> str:
        return "".join(map(heat_pages.cells_of(criteria), (points[pk] for pk, _name in sheets)))

    def table() -> str:
        rows = heat_pages.rows(sheets, criteria, points)
        context = {"rows": rows, "criteria": criteria}
        return str(render_to_string("scoring/rankings/heat_table.html", context))

    if ours() != bare(ready):
        raise AssertionError("the two sides write different cells")
    told = interleaved(
        {"bare": lambda: bare(ready), "ours": ours, "table": table,
         "loop": lambda: loop.render({"rows": for_loop})}, runs=9,
    )  # fmt: skip
    base = told["bare"]
    return [
        f"(e) heat map, {UNITS} × {CRITERIA} = {UNITS * CRITERIA} cells ({vendor}): "
        f"joined by hand {base * 1000:.1f} ms; the page's cells {told['ours'] * 1000:.1f} ms "
        f"({told['ours'] / base:.1f} ×), with the table's frame and unit names "
        f"{told['table'] * 1000:.1f} ms ({told['table'] / base:.1f} ×; at most 6); "
        f"a template's loop {told['loop'] * 1000:.0f} ms ({told['loop'] / base:.0f} ×)"
    ]


def bare(ready: list[tuple[str, str, str]]) -> str:
    """The same HTML from texts that are ready."""
    return "".join(
        f'<td class="cell"><a href="{url}" class="heat heat-{level}">{text}</a></td>'
        for level, url, text in ready
    )


def _ready(sheets: Any, criteria: Any, points: Any) -> list[tuple[str, str, str]]:
    from django.urls import reverse

    from danvan.ui import states, written

    found = []
    for pk, _name in sheets:
        for c in criteria:
            point = points[pk][c.pk]
            url = reverse("scoring:thread", args=[point.score])
            if not point.arises:
                found.append(("na", url, "không phát sinh"))
                continue
            level = states.heat_level(value(point), c.max_points)
            found.append((level, url, written.number(value(point))))
    return found


def value(point: Any) -> Decimal | None:
    if point.hundredths is None or not point.arises:
        return None
    return Decimal(point.hundredths).scaleb(-2)
