"""The lines of a ranking as table rows, written here: a template's loop over some hundred of
them takes longer than everything else on the page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from html import escape

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from danvan.scoring.queries.rankings import Row
from danvan.ui import written
from danvan.ui.templatetags.ui import badge

register = template.Library()


@register.simple_tag
def ranking_rows(rows: Iterable[Row], short: bool = False) -> SafeString:
    """{% ranking_rows table.rows %}: one <tr> a line; ``short``: caps by their code alone."""
    before, after = reverse("scoring:result", args=[0]).split("0")
    written_row = partial(_row, before=before, after=after, short=short)
    # Every part comes from format_html, is a number, or was escaped where it was put in.
    return SafeString("".join(map(written_row, rows)))


def _row(row: Row, before: str, after: str, short: bool) -> str:
    name = escape(row.name)
    if row.linked and row.sheet:
        name = f'<a href="{before}{row.sheet}{after}">{name}</a>'
    rank = "–" if row.hidden or row.rank is None else row.rank
    return (
        f'<tr><td class="num">{rank}</td><th scope="row">{name}</th>'
        f"{_hidden() if row.hidden else _figures(row, short)}</tr>\n"
    )


def _hidden() -> str:
    said = _("Ẩn đến khi thẩm định xong: điểm của các cơ quan thẩm định độc lập với nhau.")
    return format_html('<td colspan="5" class="muted">{}</td>', said)


def _figures(row: Row, short: bool) -> str:
    return (
        f'<td class="num">{written.number(row.points)}</td>'
        f'<td class="num">{_maximum(row.maximum)}</td>'
        f'<td class="num">{written.percent(row.rate)}</td>'
        f'<td>{_class(row)}</td><td class="words">{_caps(row, short)}</td>'
    )


# The same for most units.
_maximum = lru_cache(maxsize=1000)(written.number)


def _class(row: Row) -> str:
    if row.ineligible:
        return badge("danger", _("Không đủ điều kiện xếp loại"), icon="no-symbol")
    if row.capped:
        limited = badge("warning", row.band, icon="lock-closed")
        said = _("theo điểm: %(band)s") % {"band": row.raw_band}
        return format_html('{} <span class="muted">{}</span>', limited, said)
    return f"<strong>{escape(row.band)}</strong>"


def _caps(row: Row, short: bool) -> str:
    parts = [escape(row.ineligible)] if row.ineligible else []
    if row.quota:
        parts.append(format_html("<p>{}</p>", row.quota))
    for cap in row.caps:
        if not cap["ceiling"]:
            continue
        if short:
            parts.append(format_html("{} ({}): {}", cap["code"], cap["ceiling"], cap["ground"]))
            continue
        limit = _("(không vượt quá %(ceiling)s):") % cap
        parts.append(
            format_html("<p>{} {} {} {}</p>", cap["code"], cap["title"], limit, cap["ground"])
        )
    return " ".join(parts)
