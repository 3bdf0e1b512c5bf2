"""The calendar of reception: units, one unit's year, what is done on one day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import actor_of, demand
from danvan.kernel.calendar import Calendar
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on, people_in
from danvan.organisations.queries import visible_to as units_visible_to
from danvan.petitions import reception_minimum as minimum
from danvan.petitions import reception_papers as papers
from danvan.petitions import reception_queries as queries
from danvan.petitions import reception_rules as rules
from danvan.petitions.actions import reception as acts
from danvan.petitions.forms.reception import (
    CancelForm,
    ConclusionForm,
    HoldForm,
    PlanForm,
    PostForm,
    UnscheduledForm,
)
from danvan.petitions.models import Promise, ReceptionDay
from danvan.petitions.views.reception_page import (
    asked_day,
    day_page,
    in_person_rule,
    posting,
    promise_form,
)
from danvan.ui.downloads import DOCX, attachment

State = ReceptionDay.State


def asked_unit(request: HttpRequest, key: str) -> tuple[Unit, str]:
    """The unit and its name today."""
    unit = get_object_or_404(units_visible_to(actor_of(request)), key=key)
    return unit, names_on(clock.today(), [unit.pk]).get(unit.pk, str(unit))


def asked_year(request: HttpRequest) -> int:
    written = request.GET.get("nam", "")
    year = int(written) if written.isdecimal() and len(written) == 4 else clock.today().year
    return min(max(year, 2000), 2200)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every head one keeps or watches: days held this year against the minimum."""
    actor, today, year = actor_of(request), clock.today(), asked_year(request)
    versions = queries.receiving_units(actor, today)
    start, end = dt.date(year, 1, 1), min(dt.date(year, 12, 31), today)
    tallies = queries.tallies([v.unit_id for v in versions], start, end)
    rows = [(v, tallies[v.unit_id], minimum.rule_on([v], end)) for v in versions]
    context = {"rows": rows, "year": year, "end": end}
    return render(request, "petitions/reception/home.html", context)


@require_safe
def by_number(request: HttpRequest, unit: int) -> HttpResponse:
    """The way from a figure, which knows the unit by its number, to its calendar."""
    found = get_object_or_404(units_visible_to(actor_of(request)), pk=unit)
    to = reverse("reception:calendar", args=[found.key])
    return redirect(f"{to}?nam={asked_year(request)}")


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """One head's year: each day with its state, whether it was posted in time, the minimum."""
    unit, name = asked_unit(request, key)
    actor, today, year = actor_of(request), clock.today(), asked_year(request)
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    worked, versions = Calendar(), queries.versions_of([unit.pk]).get(unit.pk, [])
    days = list(queries.days_visible_to(actor).filter(unit=unit, on__range=(start, end)))
    context = {
        "unit": unit, "name": name, "year": year,
        "parts": [(caption, rows) for caption, rows in (
            (_("Sắp tới"), [(d, posting(d, worked)) for d in days if d.on >= today]),
            (_("Đã qua"), [(d, posting(d, worked)) for d in reversed(days) if d.on < today]),
        ) if rows],
        "tally": queries.tallies([unit.pk], start, min(end, today))[unit.pk],
        "until": min(end, today),
        "rule": minimum.rule_on(versions, min(end, today)),
        "in_person": minimum.in_person_rule(versions, today),
        "may": rules.may_keep(actor, unit),
    }  # fmt: skip
    return render(request, "petitions/reception/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Days for weeks or months ahead."""
    unit, name = asked_unit(request, key)
    actor = actor_of(request)
    demand(rules.may_keep(actor, unit))
    form = PlanForm(request.POST or None, initial={"start": clock.today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = acts.plan(
            unit, days=form.days(), hours=told["hours"], place=told["place"], **form.by_means(),
            by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã lên lịch %d buổi tiếp; hãy niêm yết.") % len(made))
        return redirect("reception:calendar", key=unit.key)
    return _form(request, form, unit, name, _("Lên lịch tiếp công dân"), _("Lên lịch"))


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, key: str) -> HttpResponse:
    """Which days hang in public."""
    unit, name = asked_unit(request, key)
    actor = actor_of(request)
    demand(rules.may_keep(actor, unit))
    waiting = ReceptionDay.objects.filter(unit=unit, posted_on__isnull=True).exclude(
        state=State.CANCELLED
    )
    form = PostForm(request.POST or None, days=waiting, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        posted = acts.post(unit, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã ghi niêm yết %d buổi.") % posted)
        return redirect("reception:calendar", key=unit.key)
    return _form(request, form, unit, name, _("Ghi việc niêm yết lịch"), _("Ghi đã niêm yết"))


@require_http_methods(["GET", "HEAD", "POST"])
def unscheduled(request: HttpRequest, key: str) -> HttpResponse:
    """A reception outside the calendar."""
    unit, name = asked_unit(request, key)
    actor = actor_of(request)
    demand(rules.may_keep(actor, unit))
    form = UnscheduledForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        made = acts.unscheduled(unit, **form.given(), by=actor)
        messages.success(request, _("Đã ghi buổi tiếp đột xuất."))
        return redirect("reception:day", pk=made.pk)
    return _form(request, form, unit, name, _("Tiếp công dân đột xuất"), _("Ghi buổi tiếp"))


@require_safe
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """One day: posted, held by whom, who came, what was concluded and promised."""
    return day_page(request, asked_day(request, pk))


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_hold(actor, held))
    form = HoldForm(request.POST, people=people_in(held.unit, held.on))
    if not form.is_valid():
        return day_page(request, held, hold_form=form)
    acts.hold(held, **form.cleaned_data, by=actor)
    messages.success(request, _("Đã ghi buổi tiếp."))
    if held.state == State.DELEGATED and (rule := in_person_rule(held)):
        told = _("Theo %(law)s, người đứng đầu không ủy quyền tiếp thay (mức chắc chắn %(level)s: "
                 "cần đối chiếu văn bản chính thức).")  # fmt: skip
        messages.warning(request, told % {"law": rule.legal_ref, "level": rule.confidence})
    return redirect("reception:day", pk=held.pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_move(actor, held))
    form = CancelForm(request.POST)
    if not form.is_valid():
        return day_page(request, held, cancel_form=form)
    acts.cancel(held, **form.cleaned_data, by=actor)
    messages.success(request, _("Đã hủy buổi tiếp; lý do hiện trên lịch."))
    return redirect("reception:day", pk=held.pk)


@require_POST
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_conclude(actor, held))
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return day_page(request, held, conclusion_form=form)
    acts.conclude(held, text=form.cleaned_data["text"], by=actor)
    messages.success(request, _("Đã ghi kết luận."))
    return redirect("reception:day", pk=held.pk)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice without number and date."""
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_issue(actor, held))
    return attachment(papers.draft(held, actor), "thong-bao-ket-luan-du-thao.docx", DOCX)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    document = acts.issue(held, by=actor)
    messages.success(request, _("Đã ban hành Thông báo số %s.") % document.code)
    return redirect("reception:day", pk=held.pk)


@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_promise(actor, held))
    form = promise_form(held, request.POST)
    if not form.is_valid():
        return day_page(request, held, promise_form=form)
    made = acts.promise(held, **form.given(), by=actor)
    given = _("Đã giao thành nhiệm vụ.") if made.assignment_id else _("Đã ghi; chờ giao việc.")
    messages.success(request, given)
    return redirect("reception:day", pk=held.pk)


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    visible = queries.days_visible_to(actor_of(request)).values("pk")
    found = get_object_or_404(Promise.objects.filter(day__in=visible), pk=pk)
    acts.give(found, by=actor_of(request))
    messages.success(request, _("Đã giao thành nhiệm vụ."))
    return redirect("reception:day", pk=found.day_id)


def _form(
    request: HttpRequest, form: Any, unit: Unit, name: str, title: str, button: str
) -> HttpResponse:
    context = {"form": form, "unit": unit, "name": name, "title": title, "button": button}
    status = 422 if form.is_bound else 200
    return render(request, "petitions/reception/form.html", context, status=status)
