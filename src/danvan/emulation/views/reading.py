"""What everybody reads: the list, one model, the funnel, and their workbook."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from danvan.documents.downloads import send
from danvan.emulation import exports, funnel, queries, rules
from danvan.emulation.forms import Filter
from danvan.emulation.models import Exemplar
from danvan.emulation.models.exemplars import HOUSEHOLDS, MANDATORY
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.ui.downloads import XLSX, attachment
from vanban.text import search_key, sort_key

PAGE = 50
Table = tuple[str, str, str, list[funnel.Line]]
_TITLES = (gettext_lazy("Toàn bộ"), gettext_lazy("Theo lĩnh vực"), gettext_lazy("Theo đơn vị"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Models of a year, narrowed by unit, field, step or name."""
    actor = actor_of(request)
    visible = queries.visible_to(actor)
    units = _units(visible)
    form = Filter(request.GET, units=[(key, name) for _pk, key, name in units])
    found = _narrowed(visible, form.asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    names = {pk: name for pk, _key, name in units}
    context = {
        "page": page, "form": form, "asked": form.asked,
        "rows": [(e, names.get(e.unit_id, "")) for e in page],
        "may_register": bool(actor.scopes(*rules.ACTS_FOR)),
        "may_report": _apart(actor), "years": _years(visible),
    }  # fmt: skip
    return render(request, "emulation/list.html", context)


@require_safe
def exemplar(request: HttpRequest, pk: int) -> HttpResponse:
    """One model: its entries, visits, decisions, who took it up, and what may be done."""
    actor = actor_of(request)
    held = get_object_or_404(queries.visible_to(actor).select_related("body"), pk=pk)
    adoptions = queries.adoptions_of(held)
    names = queries.names_in(held.year, {held.unit_id, held.body_id})
    spread = queries.names_in(clock.today().year, {a.unit_id for a in adoptions})
    context = {
        "exemplar": held, "unit": names.get(held.unit_id, ""), "body": names.get(held.body_id, ""),
        "entries": [(_label(n), getattr(held, n)) for n in MANDATORY[1:]],
        "groups": [(_label(n), getattr(held, n)) for n in HOUSEHOLDS],
        "visits": queries.visits_of(held), "honours": held.honours.select_related("document"),
        "files": queries.files_visible_to(actor).filter(visit__exemplar=held).exists(),
        "adoptions": [(a, spread.get(a.unit_id, "")) for a in adoptions],
        "confirmed": sum(a.state == a.State.CONFIRMED for a in adoptions),
        "history": audit.of(held) if _own(actor, held) else None,
        **{f"may_{name}": getattr(rules, f"may_{name}")(actor, held) for name in (
            "amend", "visit", "assess", "reject", "withdraw", "honour", "tell")},
    }  # fmt: skip
    return render(request, "emulation/exemplar.html", context)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The funnel of a body and year, per unit and field, beside the year before."""
    body, year, found = _asked(request)
    kept = f"&co_quan={body}" if body else ""
    tables = _tables(found, year)
    context = {
        "year": year, "years": _years(found), "kept": kept,
        "steps": [(step, label) for step, (label, _test) in funnel.STEPS.items()],
        "tables": tables, "groups": funnel.breakdown(found.filter(year=year)),
        "any": any(any(n for _s, n, _c in line.cells) for *_t, ls in tables for line in ls),
        "rule": funnel.RULE, "export": f"{reverse('emulation:workbook')}?nam={year}{kept}",
    }  # fmt: skip
    return render(request, "emulation/funnel.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The funnel and every model of the year as .xlsx."""
    _body, year, found = _asked(request)
    names = {pk: name for pk, _key, name in _units(found)}
    models = found.filter(year=year)
    tables = [(title, lines) for title, _head, _name, lines in _tables(found, year)]
    content = exports.workbook(year, tables, models, names)
    return attachment(content, f"dan-van-kheo-{year}.xlsx", XLSX)


@require_safe
def visit_file(request: HttpRequest, pk: int) -> FileResponse:
    held = get_object_or_404(queries.files_visible_to(actor_of(request)), pk=pk)
    return send(held.file, held.name)


def _own(actor: Actor, held: Exemplar) -> bool:
    mine = held.unit_id in actor.scopes(*queries.BELONGING)
    return mine or held.body_id in actor.scopes(*roles.VERIFYING, roles.OBSERVER, roles.HEAD,
                                                roles.DEPUTY)  # fmt: skip


def _apart(actor: Actor) -> bool:
    return bool(queries.apart(actor.scopes(*rules.ACTS_FOR), clock.today()))


def _label(name: str) -> Any:
    return Exemplar._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _units(found: QuerySet[Exemplar]) -> list[tuple[int, str, str]]:
    """(id, key, name) of every unit with a model in view, in Vietnamese order."""
    rows = Unit.objects.filter(pk__in=found.order_by().values("unit")).values_list("pk", "key")
    keys = dict(rows)
    names = queries.names_in(clock.today().year, keys)
    return sorted(((u, keys[u], n) for u, n in names.items()), key=lambda r: sort_key(r[2]))


def _years(found: QuerySet[Exemplar]) -> list[int]:
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


def _narrowed(visible: QuerySet[Exemplar], asked: dict[str, Any]) -> QuerySet[Exemplar]:
    columns = {"nam": "year", "don_vi": "unit__key", "linh_vuc": "field", "trang_thai": "state"}
    found = visible.filter(**{columns[n]: v for n, v in asked.items() if n in columns})
    if words := asked.get("tim"):
        found = found.filter(search_key__contains=search_key(words))
    return found


def _asked(request: HttpRequest) -> tuple[int | None, int, QuerySet[Exemplar]]:
    """The body (all, if not said), the year (the newest with a model), and what is in view."""
    found = queries.visible_to(actor_of(request))
    asked = request.GET.get("co_quan", "")
    body = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    if body is not None:
        found = found.filter(body=body)
    year = request.GET.get("nam", "")
    if year.isdecimal() and len(year) == 4:
        return body, int(year), found
    return body, next(iter(_years(found)), clock.today().year), found


def _tables(found: QuerySet[Exemplar], year: int) -> list[Table]:
    """(title, first column, parameter of the list, lines): the whole, per field, per unit."""
    units = {pk: name for pk, _key, name in _units(found.filter(year__in=[year, year - 1]))}
    keys = dict(Unit.objects.filter(pk__in=units).values_list("pk", "key"))
    by_unit = funnel.lines(found, "unit", year, units)
    for line in by_unit:
        line.key = keys[line.key]
    fields = {value: str(label) for value, label in Exemplar.Field.choices}
    return [
        (str(_TITLES[0]), _("Phạm vi"), "", [funnel.whole(found, year, str(_TITLES[0]))]),
        (str(_TITLES[1]), _("Lĩnh vực"), "linh_vuc", funnel.lines(found, "field", year, fields)),
        (str(_TITLES[2]), _("Đơn vị"), "don_vi", by_unit),
    ]
