"""Registering a model and bringing it further: visit, assessment, decisions, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.emulation import forms, queries, rules
from danvan.emulation.actions import exemplars, honours, visits
from danvan.emulation.models import Exemplar
from danvan.kernel import clock
from danvan.kernel.access import Actor, actor_of, demand, refuse
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The registration form of a unit one acts for."""
    actor, today = actor_of(request), clock.today()
    units = queries.acted_for(actor, today)
    if not units:
        demand(refuse(_("Chỉ người làm thay một đơn vị mới đăng ký mô hình.")))
    bodies = queries.bodies_for(next(iter(units)), today) if len(units) == 1 else bodies_on(today)
    form = forms.RegistrationForm(
        request.POST or None, units=units, bodies=bodies, initial={"year": today.year}
    )
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        made = exemplars.register(
            Unit.objects.get(pk=held["unit"]), body=Unit.objects.get(pk=held["body"]),
            year=held["year"], values=form.values(), by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã đăng ký mô hình."))
        return redirect("emulation:exemplar", pk=made.pk)
    context = {"form": form, "first": True}
    return _page(request, "emulation/register.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    demand(rules.may_amend(actor, held))
    form = forms.EntriesForm(request.POST) if request.POST else forms.EntriesForm.of(held)
    if request.method == "POST" and form.is_valid():
        exemplars.amend(held, values=form.values(), by=actor)
        messages.success(request, _("Đã sửa đăng ký."))
        return redirect("emulation:exemplar", pk=held.pk)
    return _page(request, "emulation/register.html", form, {"form": form, "exemplar": held})


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    demand(rules.may_visit(actor, held))
    form = forms.VisitForm(
        request.POST or None, request.FILES or None, initial={"visited_on": clock.today()}
    )
    return _step(
        request, held, form, _("Kiểm tra thực tế"), _("Đã ghi kết quả kiểm tra."),
        lambda data: visits.enter(held, **data, by=actor),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    demand(rules.may_assess(actor, held))
    return _step(
        request, held, forms.ResultForm(request.POST or None), _("Đánh giá có hiệu quả"),
        _("Đã đánh giá mô hình có hiệu quả."),
        lambda data: exemplars.assess(held, **data, by=actor),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def honour(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    demand(rules.may_honour(actor, held))
    own_only = not rules.may_honour_above(actor, held)
    form = forms.HonourForm(request.POST or None, own_only=own_only)
    return _step(
        request, held, form, _("Ghi quyết định công nhận, khen thưởng"), _("Đã ghi quyết định."),
        lambda _data: honours.enter(held, **form.values(), by=actor),
    )  # fmt: skip


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    exemplars.reject(held, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã ghi: mô hình không đạt."))
    return redirect("emulation:exemplar", pk=held.pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    exemplars.withdraw(held, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã rút đăng ký mô hình."))
    return redirect("emulation:exemplar", pk=held.pk)


def _held(request: HttpRequest, pk: int) -> tuple[Actor, Exemplar]:
    actor = actor_of(request)
    return actor, get_object_or_404(queries.visible_to(actor).select_related("body"), pk=pk)


def _step(
    request: HttpRequest,
    held: Exemplar,
    form: Form,
    title: str,
    said: str,
    done: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """A form about one model: shown, judged, done, back to the model."""
    if request.method == "POST" and form.is_valid():
        done(form.cleaned_data)
        messages.success(request, said)
        return redirect("emulation:exemplar", pk=held.pk)
    return _page(
        request, "emulation/step.html", form, {"exemplar": held, "form": form, "title": title}
    )


def _page(request: HttpRequest, template: str, form: Form, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if form.is_bound else 200)
