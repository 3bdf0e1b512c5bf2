"""Lists: what one's own units owe, what waits for the office, everything in view."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danvan.assignments import forms, grouping, history, naming, queries
from danvan.assignments.filters import SOURCES, STANDINGS
from danvan.assignments.models import Assignment
from danvan.assignments.rules import BELONGING
from danvan.kernel import clock
from danvan.kernel.access import Actor, actor_of
from danvan.organisations import roles
from danvan.organisations.queries import called
from danvan.programmes.models import Programme

PAGE = 50
LATEST = 10
# So many units are offered in a list to choose from; more are looked for by name.
MANY = 300


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The office comes to look at what was handed in; everyone else to what he owes."""
    if actor_of(request).has(roles.PROGRAMME_OFFICE):
        return waiting(request)
    if not queries.own(actor_of(request)).exists() and queries.oversees(actor_of(request)):
        return everything(request)
    return own(request)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What the person's own units owe, by what should be looked at first."""
    actor = actor_of(request)
    visible = queries.own(actor)
    programmes = list(queries.programmes_of(visible))
    chosen = _chosen(programmes, request.GET.get("nam", ""))
    found = list(queries.of_year(visible, chosen))
    named = naming.of_assignments(found)
    names = {a.unit_id: named[a.pk] for a in found}
    units = actor.scopes(*BELONGING)
    context = {
        "groups": grouping.grouped(found, clock.today(), names if len(names) > 1 else {}),
        "unit_names": list(names.values()),
        "programme": chosen,
        "years": _years("assignments:own", programmes, chosen),
        "history": history.lines(queries.history_of_units(units)[:LATEST], named=True),
        "tabs": _tabs(actor, "own"),
    }
    return render(request, "assignments/own.html", context)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The queue of the programme office: versions handed in, oldest first."""
    actor = actor_of(request)
    rows = grouping.queue(queries.waiting_for(actor))
    total = len(rows)
    form = forms.WaitingFilter(
        request.GET,
        units={r.assignment.unit_id: r.unit_name for r in rows}.items(),
        tasks={r.assignment.task_id: r.title for r in rows if r.assignment.task_id}.items(),
    )
    asked = form.asked()
    rows = [
        r
        for r in rows
        if asked["don_vi"] in ("", r.assignment.unit_id)
        and asked["nhiem_vu"] in ("", r.assignment.task_id)
    ]
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "form": form, "total": total, "tabs": _tabs(actor, "waiting")}
    return render(request, "assignments/waiting.html", context)


@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """What the person's units follow to its end without owing anything for it."""
    actor = actor_of(request)
    found = queries.followed(actor).order_by(F("due_on").asc(nulls_last=True), "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    names, today = naming.of_assignments(page.object_list), clock.today()
    context = {
        "page": page,
        "items": [grouping.item(a, today, names[a.pk]) for a in page],
        "tabs": _tabs(actor, "followed"),
    }
    return render(request, "assignments/followed.html", context)


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What units ask of the office: more time, not to owe a task; and answers to get."""
    actor = actor_of(request)
    later = list(queries.waiting_extensions(actor))
    apart = list(queries.waiting_exemptions(actor))
    unconfirmed = list(queries.to_confirm(actor))
    asked = [one.assignment for one in later] + [one.assignment for one in apart]
    names = naming.of_assignments([*asked, *unconfirmed])
    context = {
        "extensions": grouping.asked(later, names),
        "exemptions": grouping.asked(apart, names),
        "unconfirmed": grouping.unconfirmed(unconfirmed, names),
        "tabs": _tabs(actor, "requests"),
    }
    return render(request, "assignments/requests.html", context)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Everything the person may read of one programme, with filters."""
    actor = actor_of(request)
    visible = queries.listed(actor)
    programmes = list(queries.programmes_of(visible))
    chosen = _chosen(programmes, request.GET.get("nam", ""))
    visible = queries.of_year(visible, chosen)
    day, today = naming.day_of(chosen) if chosen else clock.today(), clock.today()
    units = set(visible.order_by().values_list("unit", flat=True).distinct())
    names = naming.names(units, day) if len(units) <= MANY else None
    form = forms.ListFilter(request.GET, units=names)
    found = queries.in_order(_filtered(visible, form.asked(), day), chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    if names is None:
        names = naming.names({a.unit_id for a in page}, day)
    context = {
        "page": page,
        "items": [grouping.item(a, today, names[a.unit_id]) for a in page],
        "form": form,
        "programme": chosen,
        "years": _years("assignments:all", programmes, chosen),
        "tabs": _tabs(actor, "all"),
    }
    return render(request, "assignments/all.html", context)


@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """The whole history of what the person's units owe."""
    actor = actor_of(request)
    entries = queries.history_of_units(actor.scopes(*BELONGING))
    page = Paginator(entries, PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "history": history.lines(page, named=True)}
    return render(request, "assignments/history.html", context)


def _chosen(programmes: list[Programme], year: str) -> Programme | None:
    """The programme of the year asked for, else the newest."""
    asked = (p for p in programmes if str(p.year) == year)
    return next(asked, programmes[0] if programmes else None)


def _years(
    name: str, programmes: list[Programme], chosen: Programme | None
) -> list[tuple[str, str, bool]]:
    """Tabs of the years, where there is more than one."""
    if len(programmes) < 2:
        return []
    url = reverse(name)
    return [(str(p.year), f"{url}?nam={p.year}", p == chosen) for p in programmes]


def _tabs(actor: Actor, here: str) -> list[tuple[Any, str, bool]]:
    """The lists this person has; none if there is only one."""
    found = []
    if actor.has(roles.PROGRAMME_OFFICE) or actor.has(roles.ADMINISTRATION_OFFICE):
        found.append((_("Chờ xem xét"), reverse("assignments:waiting"), here == "waiting"))
        found.append((_("Đề nghị"), reverse("assignments:requests"), here == "requests"))
    if actor.scopes(*BELONGING):
        found.append((_("Của đơn vị"), reverse("assignments:own"), here == "own"))
    if here == "followed" or queries.followed(actor).exists():
        found.append((_("Theo dõi"), reverse("assignments:followed"), here == "followed"))
    if here == "all" or queries.oversees(actor):
        found.append((_("Tất cả"), reverse("assignments:all"), here == "all"))
    return found


def _filtered(
    visible: QuerySet[Assignment], asked: dict[str, Any], day: dt.date
) -> QuerySet[Assignment]:
    wanted = Q()
    if asked["don_vi"]:
        wanted &= Q(unit=asked["don_vi"])
    if asked["ten"]:
        wanted &= Q(unit__in=called(asked["ten"], day))
    if asked["trang_thai"]:
        wanted &= STANDINGS[asked["trang_thai"]].among(clock.today())
    if asked["loai"]:
        wanted &= Q(task__deliverable=asked["loai"])
    if asked["nguon"]:
        wanted &= SOURCES[asked["nguon"]]
    if asked["tu"]:
        wanted &= Q(due_on__gte=asked["tu"])
    if asked["den"]:
        wanted &= Q(due_on__lte=asked["den"])
    if asked["nhiem_vu"]:
        wanted &= Q(task=asked["nhiem_vu"])
    return visible.filter(wanted)
