"""Registers, their records, one record; what is of limited access is noted as read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danvan.documents import downloads
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of
from danvan.organisations import roles
from danvan.organisations.queries import names_on
from danvan.registers import pages, queries, rules, tables
from danvan.registers.forms import ListFilter
from danvan.registers.models import Record, Register, RegisterVersion, version_on
from danvan.ui.downloads import XLSX, attachment

PER_PAGE = 50
MOST_EXPORTED = 20_000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every register one may know of, with how many records one may read."""
    actor, today = actor_of(request), clock.today()
    registers = list(queries.visible_to(actor))
    counts = queries.counts(actor, registers)
    names = names_on(today, {r.body_id for r in registers})
    by_body: dict[str, list[Any]] = defaultdict(list)
    for register in registers:
        newest = register.versions.all()[0]
        in_force = version_on(register.versions.all(), today) is not None
        row = (register, newest, in_force, counts.get(register.pk, 0))
        by_body[names.get(register.body_id, str(register.body))].append(row)
    context = {
        "bodies": sorted(by_body.items()),
        "declares": bool(actor.scopes(roles.PROGRAMME_OFFICE)),
    }
    return render(request, "registers/list.html", context)


@require_safe
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The records of a register with its filters."""
    actor = actor_of(request)
    held, version = _register(actor, pk)
    form, found = _asked(request, held, version)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    shown = pages.columns(version)
    records = list(page.object_list)
    note(records, actor, _("xem danh sách"))
    context = {
        "register": held, "version": version, "filter": form, "page": page, "columns": shown,
        "lines": pages.lines(records, shown), "may_enter": rules.may_enter(actor, held),
        "table": tables.code_of(held), "asked": bool(form.asked()),
        "declares": rules.may_revise(actor, held), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "registers/register.html", context)


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The records a filter asks for as .xlsx."""
    actor = actor_of(request)
    held, version = _register(actor, pk)
    _form, found = _asked(request, held, version)
    records = list(found[:MOST_EXPORTED])
    note(records, actor, _("xuất bảng tính"))
    content = pages.workbook(version, pages.lines(records))
    return attachment(content, f"so-{held.code.replace('_', '-')}.xlsx", XLSX)


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a record says, its files, its work, what was corrected, who read it."""
    actor = actor_of(request)
    held = record_of(actor, pk)
    note([held], actor, _("xem bản ghi"))
    (line,) = pages.lines([held])
    files = [f for f in held.files.select_related("file") if f.taken_off_at is None]
    context = {
        "record": held, "register": held.register, "version": held.version, "line": line,
        "photos": [f for f in files if f.is_photo],
        "papers": [f for f in files if not f.is_photo],
        "corrections": _corrections(held), "may_correct": rules.may_correct(actor, held),
        "may_withdraw": rules.may_withdraw(actor, held), "may_give": rules.may_give(actor, held),
        "office": rules.said_office(held) if held.office else "",
        "history": audit.of(held)[:20], "viewings": _viewings(actor, held),
        "related": queries.related(actor, held),
        "older": held.version_id != held.register.versions.all()[0].pk,
    }  # fmt: skip
    return render(request, "registers/record.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as sent; ``?xem=1`` shows photos and PDF in the browser."""
    actor = actor_of(request)
    held = get_object_or_404(queries.files_visible_to(actor), pk=pk)
    note([held.record], actor, _("mở tệp %s") % held.name[:60])
    try:
        return downloads.send(held.file, held.name, shown=request.GET.get("xem") == "1")
    except downloads.Lost as lost:
        messages.error(request, str(lost))
        return redirect("registers:record", pk=held.record_id)


@require_safe
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """How a register is kept: fields, who writes and reads, what it tells, its versions."""
    actor = actor_of(request)
    held, version = _register(actor, pk)
    context = {
        "register": held, "version": version, "versions": held.versions.all(),
        "may_revise": rules.may_revise(actor, held), "who_writes": rules.who_writes(version),
        "figures": [(f, f"registers.{held.code}.{f.code}") for f in version.figures],
        "history": audit.of(held)[:20],
    }  # fmt: skip
    return render(request, "registers/declaration.html", context)


def _register(actor: Actor, pk: int) -> tuple[Register, RegisterVersion]:
    """The register and its newest version."""
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    return held, held.versions.all()[0]


def record_of(actor: Actor, pk: int) -> Record:
    found = queries.records_visible_to(actor).prefetch_related("register__versions")
    held: Record = get_object_or_404(found.select_related("assignment__task", "unit"), pk=pk)
    return held


def _asked(
    request: HttpRequest, register: Register, version: RegisterVersion
) -> tuple[ListFilter, QuerySet[Record]]:
    """The filter as sent, and the records it leaves, newest first."""
    actor = actor_of(request)
    held = queries.records_visible_to(actor).filter(register=register, withdrawn_at=None)
    units = names_on(clock.today(), set(held.order_by().values_list("unit", flat=True)))
    form = ListFilter(request.GET or {}, version=version, units=units.items())
    found = queries.narrowed(held, form.asked(), version)
    related = ("unit", "assignment__task", "assignment__directive")
    return form, found.select_related(*related).order_by("-day", "-pk")


def note(records: Iterable[Record], actor: Actor, how: str) -> None:
    """Keeps that records of limited access were read; nothing for the others."""
    limited = [(record, record.unit_id) for record in records if record.version.limited]
    if limited:
        audit.note_viewings(limited, actor, how)


def _viewings(actor: Actor, record: Record) -> list[Any]:
    if not record.version.limited or not rules.may_see_viewings(actor, record):
        return []
    return list(audit.viewings_of(record)[:50])


def _corrections(record: Record) -> list[tuple[Any, list[tuple[str, str, str]]]]:
    """(correction, [(what, before, after)]) newest first."""
    found = list(record.corrections.select_related("corrected_by", "record__version"))
    names = names_on(clock.today()) if found else {}
    told = []
    for one in found:
        changes = [(f.label, f.said(old, names), f.said(new, names)) for f, old, new in (
            one.changes())]  # fmt: skip
        for name, label in (("day", record.version.day_label), ("until", record.version.end_label)):
            if one.before[name] != one.after[name]:
                changes.append((label, _day(one.before[name]), _day(one.after[name])))
        told.append((one, changes))
    return told


def _day(iso: str | None) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else "–"
