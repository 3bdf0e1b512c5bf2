"""Movements of bodies that are not subordinate: the list, one report, telling and telling again."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.documents.downloads import send
from danvan.emulation import queries, rules
from danvan.emulation.actions import movements
from danvan.emulation.forms import FirstMovementForm, MovementForm
from danvan.emulation.models.movements import COUNTS
from danvan.kernel import audit, clock
from danvan.kernel.access import Refused, actor_of, demand, refuse
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on

OWN = ("unit", "body", "year", "name", "file")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """By year, newest first; each with its counts."""
    actor = actor_of(request)
    rows = list(queries.movements_visible_to(actor))
    names = queries.names_in(clock.today().year, {m.unit_id for m in rows})
    apart = queries.apart(actor.scopes(*rules.ACTS_FOR), clock.today())
    context = {"rows": [(m, names.get(m.unit_id, "")) for m in rows], "may": bool(apart)}
    return render(request, "emulation/movements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    units = queries.apart(actor.scopes(*rules.ACTS_FOR), today)
    if not units:
        told = _("Báo cáo phong trào dành cho cơ quan không trực thuộc (công an, quân sự).")
        demand(refuse(told))
    form = FirstMovementForm(
        request.POST or None, request.FILES or None, units=units, bodies=bodies_on(today),
        initial={"year": today.year},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = movements.report(
            Unit.objects.get(pk=data["unit"]), body=Unit.objects.get(pk=data["body"]),
            year=data["year"], name=data["name"], file=data["file"],
            values={k: v for k, v in data.items() if k not in OWN}, by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã gửi báo cáo phong trào."))
        return redirect("emulation:movement", pk=made.pk)
    context = {"form": form}
    return render(
        request, "emulation/movement_form.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def movement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was told; the unit itself tells it again here."""
    actor = actor_of(request)
    held = get_object_or_404(queries.movements_visible_to(actor), pk=pk)
    may = rules.may_report_again(actor, held)
    first = {name: getattr(held, name) for name in (*COUNTS, "narrative")}
    form = MovementForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST":
        if not may:
            raise Refused(may)
        if form.is_valid():
            data = form.cleaned_data
            file = data.pop("file")
            movements.report_again(held, values=data, file=file, by=actor)
            messages.success(request, _("Đã báo cáo lại; số cũ vẫn giữ trong nhật ký."))
            return redirect("emulation:movement", pk=held.pk)
    context = {
        "movement": held, "may": may, "form": form, "history": audit.of(held),
        "unit": queries.names_in(held.year, {held.unit_id}).get(held.unit_id, ""),
        "counts": [(form.fields[n].label, getattr(held, n)) for n in COUNTS],
    }  # fmt: skip
    return render(request, "emulation/movement.html", context, status=422 if form.is_bound else 200)


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    held = get_object_or_404(queries.movements_visible_to(actor_of(request)), pk=pk)
    if held.file is None:
        raise Http404
    return send(held.file, held.file_name)
