"""Writing in a register: a new record, a correction, taking a mistake off, giving the work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.kernel import clock
from danvan.kernel.access import actor_of, demand
from danvan.organisations.models import Unit
from danvan.organisations.queries import versions_on
from danvan.registers import queries, rules
from danvan.registers.actions import records, remedies
from danvan.registers.fields import Kind
from danvan.registers.forms import GiveForm, RecordForm
from danvan.registers.models import RegisterVersion, version_on
from danvan.registers.views.reading import note, record_of


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """A new record; ``next`` keeps the form open for another one."""
    actor = actor_of(request)
    register = get_object_or_404(queries.visible_to(actor), pk=pk)
    demand(rules.may_enter(actor, register))
    version = version_on(register.versions.all(), clock.today())
    assert version is not None  # may_enter asked
    mine = rules.writable(actor, register, version)
    every = list(versions_on(clock.today()).values_list("unit_id", "name"))
    form = RecordForm(
        request.POST or None, request.FILES or None, version=version,
        units=[(unit, name) for unit, name in every if unit in mine], all_units=every,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        made = records.enter(
            register, unit=get_object_or_404(Unit, pk=sent["unit"]), day=sent["day"],
            until=sent.get("until"), values=form.values(), uploads=form.uploads(),
            token=sent["token"], by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã ghi sổ: %s.") % made.title)
        if "next" in request.POST:
            return redirect("registers:enter", pk=pk)
        return redirect("registers:record", pk=made.pk)
    context = {"register": register, "version": version, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "registers/enter.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A correction, by the fields the record was written under."""
    actor = actor_of(request)
    held = record_of(actor, pk)
    demand(rules.may_correct(actor, held))
    note([held], actor, _("mở để đính chính"))
    form = RecordForm(
        request.POST or None, request.FILES or None, version=held.version,
        all_units=_all_units(held.version), record=held,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        records.correct(
            held, edition=sent["edition"], day=sent["day"], until=sent.get("until"),
            values=form.values(), uploads=form.uploads(), taken_off=sent.get("taken_off") or (),
            reason=sent["reason"], by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã đính chính; nội dung cũ vẫn được giữ."))
        return redirect("registers:record", pk=pk)
    context = {
        "record": held, "register": held.register, "version": held.version, "form": form,
        "named": form.written(),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "registers/correct.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    held = record_of(actor, pk)
    records.withdraw(held, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã rút bản ghi khỏi sổ; bản ghi vẫn đọc được."))
    return redirect("registers:record", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """The work a finding or a recommendation becomes."""
    actor = actor_of(request)
    held = record_of(actor, pk)
    demand(rules.may_give(actor, held))
    form = GiveForm(request.POST or None, initial={"title": _proposed(held)})
    if request.method == "POST" and form.is_valid():
        made = remedies.give(held, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã giao việc: %s.") % made.title)
        return redirect("registers:record", pk=pk)
    context = {"record": held, "register": held.register, "version": held.version, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "registers/give.html", context, status=status)


def _all_units(version: RegisterVersion) -> list[Any]:
    """Names for fields that hold a unit; no query where there is none."""
    if not any(f.kind == Kind.UNIT for f in version.declared):
        return []
    return list(versions_on(clock.today()).values_list("unit_id", "name"))


def _proposed(record: Any) -> str:
    """The first words of the record, as the work is called."""
    return _("Khắc phục: %s") % record.words if record.version.gives == "finding" else record.words
