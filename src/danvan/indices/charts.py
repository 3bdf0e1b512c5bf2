"""Small line charts as inline SVG: attributes only, no style, and always beside a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from danvan.ui import written

Point = tuple[str, Decimal | None]


def line(points: Sequence[Point], title: str, *, width: int = 120, height: int = 34) -> SafeString:
    """A line through the known points; a gap stays a gap, and a lone point is a dot.

    The axis runs from the least to the greatest value, so the title names first and last.
    """
    known = [value for _label, value in points if value is not None]
    if not known:
        return mark_safe("")
    low, high = min(known), max(known)
    span, pad = high - low, 5
    step = Decimal(width - 2 * pad) / max(1, len(points) - 1)
    places: list[tuple[Decimal, Decimal] | None] = []
    for i, (_label, value) in enumerate(points):
        if value is None:
            places.append(None)
            continue
        up = (value - low) / span if span else Decimal("0.5")
        places.append((pad + i * step, height - pad - up * (height - 2 * pad)))
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'focusable="false"><title>{}</title>{}{}</svg>',
        width, height, width, height, _told(title, points), _strokes(places), _dots(places),
    )  # fmt: skip


def _told(title: str, points: Sequence[Point]) -> str:
    return f"{title}: " + "; ".join(f"{label} {written.number(value)}" for label, value in points)


def _strokes(places: Sequence[tuple[Decimal, Decimal] | None]) -> SafeString:
    runs: list[list[tuple[Decimal, Decimal]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return format_html_join(
        "",
        '<polyline points="{}" fill="none" stroke="currentColor" stroke-width="2"/>',
        ((" ".join(f"{x:.1f},{y:.1f}" for x, y in run),) for run in runs if len(run) > 1),
    )


def _dots(places: Sequence[tuple[Decimal, Decimal] | None]) -> SafeString:
    return format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="2.5" fill="currentColor"/>',
        ((f"{p[0]:.1f}", f"{p[1]:.1f}") for p in places if p),
    )
