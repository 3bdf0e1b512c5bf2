"""Tags and filters available in every template without ``{% load %}``; see ui/README.md."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import segno
from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from danvan.kernel import addresses, clock, links
from danvan.kernel.access import ALLOWED, Decision
from danvan.ui import controls, icons, states, written
from danvan.ui.formula_steps import Step

register = template.Library()
register.filter("vi_date", written.day)
register.filter("vi_datetime", written.moment)
register.filter("vi_number", written.number)
register.filter("points", written.number)
register.filter("percent", written.percent)
register.filter("share", written.share)
register.filter("file_size", written.file_size)
register.simple_tag(written.rate, name="rate")

_serial = itertools.count(1)


def _unique(prefix: str) -> str:
    """An id no other element of the page has."""
    return f"{prefix}-{next(_serial)}"


# --- words with a colour -----------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: int = 20, extra: str = "") -> SafeString:
    """{% icon "home" %}: decoration, hidden from screen readers."""
    return icons.draw(name, size, extra)


@register.simple_tag
def badge(state: str, label: Any, icon: str = "") -> SafeString:
    """{% badge "success" "Đã công bố" %}: a word in one of the tones."""
    if state not in states.TONES:
        raise ValueError(f"No tone {state!r}; known: {', '.join(states.TONES)}.")
    drawn = icons.draw(icon, 16) if icon else ""
    return format_html('<span class="badge-word tone-{}">{}{}</span>', state, drawn, label)


@register.simple_tag
def status(code: str, days: int | None = None, label: Any = "") -> SafeString:
    """{% status "late" days=3 %}: icon and word, never colour alone."""
    look = states.look(code)
    return format_html(
        '<span class="state tone-{}">{}<span>{}</span></span>',
        look.tone,
        icons.draw(look.icon, 18),
        label or look.says(days),
    )


@register.simple_tag
def due(day: dt.date | None, done: bool = False) -> SafeString:
    """{% due assignment.due_on %}: the date and how far it is; only the date when done."""
    if day is None:
        return format_html('<span class="due">{}</span>', _("chưa ấn định ngày"))
    iso, text = day.isoformat(), written.day(day)
    if done:
        return format_html('<time class="due" datetime="{}">{}</time>', iso, text)
    today = clock.today()
    left = (day - today).days
    tone = "danger" if left < 0 else "warning" if left <= 3 else "neutral"
    return format_html(
        '<span class="due"><time datetime="{}">{}</time> '
        '<span class="due-left tone-{}">({})</span></span>',
        iso,
        text,
        tone,
        written.distance(day, today),
    )


@register.simple_tag
def heat(value: Any, max: Any, text: Any = "", url: str = "") -> SafeString:
    """{% heat 8.5 10 %}: a rounded cell, its text inside; hatched when there is no value."""
    level = states.heat_level(value, max)
    shown = text or (_("chưa chấm") if value is None else written.number(value))
    if url:
        return format_html('<a class="heat heat-{}" href="{}">{}</a>', level, url, shown)
    return format_html('<span class="heat heat-{}">{}</span>', level, shown)


@register.inclusion_tag("ui/components/heat_legend.html")
def heat_legend(title: Any = "") -> dict[str, Any]:
    """{% heat_legend %}: what the colours of ``heat`` mean."""
    return {"title": title or _("So với điểm tối đa:"), "levels": states.heat_legend()}


@register.inclusion_tag("ui/components/progress.html")
def progress(value: Any, max: Any, label: Any, text: Any = "") -> dict[str, Any]:
    """{% progress 187 204 "Học tập" %}: a bar, its figures in words beside it."""
    return {
        "label": label,
        # The attribute wants a plain number; the words say the rest.
        "value": "" if value is None else str(value),
        "max": str(max or 1),
        "text": text or written.rate(value, max),
        "known": value is not None,
    }


# --- blocks ------------------------------------------------------------------------------


@register.simple_block_tag
def why(content: str, title: Any = "") -> str:
    """{% why %}…{% endwhy %}: the reason behind a figure or a date, folded away."""
    return render_to_string(
        "ui/components/why.html", {"title": title or _("Vì sao?"), "content": content}
    )


@register.simple_block_tag
def card(
    content: str, title: Any = "", icon: str = "", flush: bool = False, id: str = "", level: int = 2
) -> str:
    """{% card "Tiến độ" %}…{% endcard %}; ``flush=True`` for a table up to the border."""
    context = {"title": title, "icon": icon, "flush": flush, "id": id, "level": level}
    return render_to_string("ui/components/card.html", {**context, "content": content})


@register.simple_block_tag
def table(
    content: str, caption: Any, id: str = "", extra: str = "", show_caption: bool = False
) -> str:
    """{% table "Các đơn vị" %}<thead>…{% endtable %}: scrolls alone, by keyboard too."""
    context = {"caption": caption, "id": id, "extra": extra, "show_caption": show_caption}
    return render_to_string("ui/components/table.html", {**context, "content": content})


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(
    title: Any, text: Any = "", url: str = "", label: Any = "", icon: str = "inbox"
) -> dict[str, Any]:
    """{% empty_state "Chưa có kế hoạch" "Bấm …" %}: nothing here, and what to do next."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("ui/components/notice.html")
def notice(tone: str, text: Any, title: Any = "") -> dict[str, Any]:
    """{% notice "warning" "Còn 2 tiêu chí chưa có minh chứng." %}: a remark within a page."""
    look = {
        "success": "check-circle",
        "warning": "exclamation-triangle",
        "danger": "x-circle",
        "error": "x-circle",  # what django.contrib.messages calls it
    }
    return {
        "tone": tone,
        "text": text,
        "title": title,
        "icon": look.get(tone, "information-circle"),
    }


@register.inclusion_tag("ui/components/stat.html")
def stat(label: Any, value: Any, note: Any = "", url: str = "", tone: str = "") -> dict[str, Any]:
    """{% stat "Đúng hạn" "96,85 %" note="187/204" url=… %}: one figure, a link to its rows."""
    return {"label": label, "value": value, "note": note, "url": url, "tone": tone}


@register.inclusion_tag("ui/components/row_filter.html")
def row_filter(table: str, label: Any = "") -> dict[str, Any]:
    """{% row_filter "table-id" %}: narrows the rows while typing (shown only with script)."""
    return {"table": table, "label": label or _("Lọc các dòng")}


# --- forms -------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, compact: bool = False, label: Any = "", **attrs: Any) -> SafeString:
    """{% field form.name %}: label, control, help, errors. ``compact``: for table cells."""
    return controls.draw(bound, compact=compact, label=label, attrs=attrs)


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """{% fields form %}: the error summary and every field in order."""
    parts = [form_errors(form), *(controls.draw(bound) for bound in form)]
    return SafeString("".join(parts))


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """{% form_errors form %}: what is wrong, with links to the fields. Nothing if all is well."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    invalid = [(bound, controls.first_id(bound)) for bound in form.visible_fields() if bound.errors]
    return render_to_string("ui/components/form_errors.html", {"form": form, "invalid": invalid})


@register.inclusion_tag("ui/components/act.html", takes_context=True)
def act(
    context: template.Context,
    url: str,
    label: Any,
    may: Decision | None = None,
    confirm: Any = "",
    style: str = "primary",
    icon: str = "",
    ask: Any = "",
    **hidden: Any,
) -> dict[str, Any]:
    """{% act url "Nộp" may=decision confirm="…" version=sheet.version %}: a verb's button.

    Refused: disabled, with the reason in view. ``ask``: first asks for a reason in words
    (sent as ``reason``). Further names are sent as hidden fields.
    """
    return {
        "url": url,
        "label": label,
        "decision": ALLOWED if may is None else may,
        "confirm": confirm,
        "style": style,
        "icon": icon,
        "ask": ask,
        "id": _unique("act"),
        # As text here: a template would write 2.5 as "2,5" and a day as "27/03/2023".
        "hidden": {name: str(value) for name, value in hidden.items() if value is not None},
    }


@register.inclusion_tag("ui/components/links.html", takes_context=True)
def links_for(context: template.Context, place: str, subject: Any = None) -> dict[str, Any]:
    """{% links_for "assignments.matrix" programme %}: doors that contexts above put here."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    return {"links": links.at(place, actor, subject) if actor else []}


@register.simple_tag
def qr(url: str, label: Any) -> SafeString:
    """{% qr url "Mã điểm danh" %}: a QR code drawn here; the address must stand beside it."""
    drawn = segno.make(url, error="m").svg_inline(omitsize=True, svgclass=None, lineclass=None)
    return format_html(
        '<span class="qr" role="img" aria-label="{}">{}</span>', label, SafeString(drawn)
    )


# --- finding one's way -------------------------------------------------------------------


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    """{% breadcrumbs "Kế hoạch" url "KH 49" url2 "Mục II" %}: the last stands without address."""
    labels, urls = parts[0::2], parts[1::2]
    return {"crumbs": list(itertools.zip_longest(labels, urls, fillvalue=""))}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(label: Any, items: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """{% tabs "Các phần" items %}; items: (label, url, active) or (label, url, active, count)."""
    return {
        "label": label,
        "tabs": [
            {"label": i[0], "url": i[1], "active": i[2], "count": i[3] if len(i) > 3 else None}
            for i in items
        ],
    }


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Iterable[Any], empty: Any = "") -> dict[str, Any]:
    """{% timeline history %}: kernel.audit entries (at, actor_name, says, reason), as given."""
    return {"entries": entries, "empty": empty or _("Chưa có hoạt động nào.")}


@register.simple_tag(takes_context=True)
def source(context: template.Context, url: str, words: Any) -> Any:
    """{% source url words %}: a figure leads to the rows behind it, for whom their page opens."""
    actor = getattr(context.get("request"), "actor", None)
    if not url or (actor is not None and not addresses.open_to(actor, url)):
        return words
    return format_html('<a href="{}">{}</a>', url, words)


@register.inclusion_tag("ui/components/computation.html", takes_context=True)
def computation(context: template.Context, step: Step) -> dict[str, Any]:
    """{% computation step %}: a value and, under it, every part it was computed from."""
    return {"step": step, "request": context.get("request")}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], name: str = "trang") -> dict[str, Any]:
    """{% pagination page %}: keeps the filters of the address; ``name`` is the parameter."""
    request = context.get("request")
    kept = request.GET.copy() if request else None

    def address(number: int) -> str:
        if kept is None:
            return f"?{name}={number}"
        kept[name] = str(number)
        return f"?{kept.urlencode()}"

    pages = [
        (n, address(n) if isinstance(n, int) else "")
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "pages": pages,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
