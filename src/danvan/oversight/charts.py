"""The year's columns as inline SVG: attributes and classes only; the table stands beside it."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from danvan.oversight.progress import Month, Progress

WIDTH, HEIGHT, FOOT = 720, 120, 18
SLOT = WIDTH / 12
# From the ground up; each has a pattern of its own beside its colour, in oversight.css.
PARTS = ("on_time", "late", "missing", "awaited")


def months(progress: Progress) -> SafeString:
    """Stacked columns of cumulative counts; the outline is what the plan's dates ask."""
    top = max(1, progress.all.planned)
    return format_html(
        '<svg class="year" viewBox="0 0 {} {}" role="img" focusable="false">'
        '<title>{}</title>{}{}</svg>',
        WIDTH, HEIGHT + FOOT, _told(progress),
        format_html_join("", "{}", ((_column(m, top),) for m in progress.months)),
        _plan(progress, top),
    )  # fmt: skip


def _told(progress: Progress) -> str:
    whole = progress.all
    return _(
        "Lũy kế theo tháng; cả năm %(planned)d lượt: %(on_time)d đúng hạn, %(late)d chậm, "
        "%(missing)d quá hạn chưa nộp, %(awaited)d chưa đến hạn."
    ) % {
        "planned": whole.planned, "on_time": whole.on_time, "late": whole.late,
        "missing": whole.missing, "awaited": whole.awaited,
    }  # fmt: skip


def _column(month: Month, top: int) -> SafeString:
    left, ground = (month.number - 1) * SLOT + 5, float(HEIGHT)
    drawn = []
    for part in PARTS:
        tall = getattr(month, part) * (HEIGHT - 6) / top
        ground -= tall
        if tall:
            box = (left, ground, SLOT - 10, tall)
            drawn.append((part, *(f"{n:.1f}" for n in box), "0.45" if month.future else "1"))
    bars = format_html_join(
        "",
        '<rect class="bar-{}" x="{}" y="{}" width="{}" height="{}" fill-opacity="{}"/>',
        drawn,
    )
    return format_html(
        '{}<text x="{}" y="{}" text-anchor="middle" font-size="14">{}</text>',
        bars, f"{left + SLOT / 2 - 5:.1f}", HEIGHT + FOOT - 3, month.number,
    )  # fmt: skip


def _plan(progress: Progress, top: int) -> SafeString:
    places = []
    for month in progress.months:
        y = HEIGHT - month.planned * (HEIGHT - 6) / top
        left = (month.number - 1) * SLOT
        places += [f"{left:.1f},{y:.1f}", f"{left + SLOT:.1f},{y:.1f}"]
    return format_html('<polyline class="plan-line" points="{}" fill="none"/>', " ".join(places))
