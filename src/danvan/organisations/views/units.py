"""Pages about the organisation: the tree on a day, one unit, whom it named."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from danvan.kernel import clock, imports
from danvan.kernel.access import demand
from danvan.organisations import profile, queries, rules, tree
from danvan.organisations.actions import appointments
from danvan.organisations.forms import DayForm, DelegationForm, NamingForm
from danvan.organisations.models import Appointment, Unit

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    form = DayForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "").strip()
    visible = queries.visible_to(request.actor).exists()  # type: ignore[attr-defined]
    context = {
        "form": form,
        "day": form.day,
        "words": words,
        "found": tree.found(words, form.day) if visible and words else [],
        "sections": tree.on(form.day) if visible and not words else [],
        "may_import": bool(imports.offered_to(request.actor)),  # type: ignore[attr-defined]
    }
    return render(request, "organisations/index.html", context)


@require_GET
def unit(request: HttpRequest, key: str) -> HttpResponse:
    subject = _unit(request, key)
    form = DayForm(request.GET)
    form.is_valid()
    day, rows = form.day, profile.appointments(subject)
    versions = list(subject.versions.select_related("parent").order_by("-valid_from"))
    parents = queries.names_on(day, [v.parent_id for v in versions if v.parent_id])
    context = {
        "unit": subject,
        "form": form,
        "day": day,
        "name": queries.name_on(subject, day),
        "current": next((v for v in versions if v.holds_on(day)), None),
        "versions": [(v, parents.get(v.parent_id or 0, "")) for v in versions],
        "codes": subject.codes.order_by("scheme", "valid_from"),
        "aliases": subject.aliases.order_by("text"),
        "predecessors": profile.predecessors(subject),
        "successors": profile.successors(subject),
        "people": profile.people(subject, day),
        "roles": profile.roles_held(subject, day),
        "duties": _duties(request, subject, rows, day),
        "past": [row for row in rows if not row.holds_on(day)],
        "history": profile.history(subject),
        "may_name": rules.may_name(request.actor, subject),  # type: ignore[attr-defined]
        "delegations": profile.delegations(subject, day, request.actor),  # type: ignore[attr-defined]
        "may_give": rules.may_give(request.actor, subject),  # type: ignore[attr-defined]
    }
    return render(request, "organisations/unit.html", context)


@require_http_methods(FORM_METHODS)
def name(request: HttpRequest, key: str, duty: str) -> HttpResponse:
    subject = _unit(request, key)
    if duty not in Appointment.Duty.values:
        raise Http404
    demand(rules.may_name(request.actor, subject))  # type: ignore[attr-defined]
    seen = appointments.state_of(subject, duty)
    form = NamingForm(subject, request.POST or None, seen=seen)
    if form.is_valid() and _done(
        form,
        appointments.name_for,
        subject,
        duty=duty,
        by=request.actor,  # type: ignore[attr-defined]
    ):
        messages.success(request, _("Đã ghi nhận phân công."))
        return redirect("organisations:unit", key)
    label = Appointment.Duty(duty).label
    title = _("Phân công %(duty)s") % {"duty": label}
    return _person_page(request, subject, form, title)


@require_http_methods(FORM_METHODS)
def delegate(request: HttpRequest, appointment: int) -> HttpResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = Appointment.objects.filter(unit__in=visible, stands_in_for__isnull=True)
    row = get_object_or_404(rows.select_related("unit", "person"), pk=appointment)
    demand(rules.may_delegate(request.actor, row))  # type: ignore[attr-defined]
    form = DelegationForm(row.unit, request.POST or None)
    if form.is_valid() and _done(
        form,
        appointments.delegate,
        row,
        by=request.actor,  # type: ignore[attr-defined]
    ):
        messages.success(request, _("Đã ghi nhận ủy quyền."))
        return redirect("organisations:unit", row.unit.key)
    title = _("Ủy quyền thay %(name)s") % {"name": row.person.name}
    return _person_page(request, row.unit, form, title)


def _unit(request: HttpRequest, key: str) -> Unit:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(visible.prefetch_related(queries.with_versions()), key=key)


def _done(form: Form, verb: Any, subject: Any, **more: Any) -> bool:
    """Runs the verb with what was typed; a refusal of the words comes back at the field."""
    try:
        verb(subject, **form.cleaned_data, **more)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _person_page(request: HttpRequest, subject: Unit, form: Form, title: str) -> HttpResponse:
    context = {
        "unit": subject,
        "form": form,
        "title": title,
        "name": queries.name_on(subject, clock.today()),
    }
    return render(request, "organisations/person.html", context)


def _duties(request: HttpRequest, subject: Unit, rows: list[Appointment], day: Any) -> list[Any]:
    """For each duty: its label, who holds it that day, and for each whether to delegate."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = []
    for duty in Appointment.Duty:
        held = [row for row in rows if row.duty == duty and row.holds_on(day)]
        for row in held:
            row.unit = subject
        may = [(r, not r.stands_in_for_id and rules.may_delegate(actor, r)) for r in held]
        shown.append((duty, may))
    return shown
