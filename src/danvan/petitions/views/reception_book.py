"""The book of reception: reading, printing, writing a line, what was done with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import actor_of, demand
from danvan.kernel.calendar import Calendar
from danvan.organisations.models import Unit
from danvan.petitions import deadlines, grounds
from danvan.petitions import reception_book as columns
from danvan.petitions import reception_online as online
from danvan.petitions import reception_queries as queries
from danvan.petitions import reception_rules as rules
from danvan.petitions.actions import reception_book as acts
from danvan.petitions.clock import Due, due
from danvan.petitions.forms.reception import SettleForm, TurnForm
from danvan.petitions.models import ReceptionDay, Turn
from danvan.petitions.queries import visible_to
from danvan.petitions.views.reception import asked_unit, asked_year
from danvan.ui.downloads import XLSX, attachment
from danvan.vault.queries import visible_to as sealed_visible_to


@never_cache
@require_safe
def book(request: HttpRequest, key: str) -> HttpResponse:
    """The year's lines, newest first."""
    unit, name, year, form, turns = _asked_book(request, key)
    page = Paginator(turns, 50).get_page(request.GET.get("trang"))
    actor = actor_of(request)
    context = {
        "unit": unit, "name": name, "year": year, "form": form, "page": page,
        "petitions": queries.petitions_of(actor, page), "may": rules.may_write(actor, unit),
    }  # fmt: skip
    return render(request, "petitions/reception/book.html", context)


@never_cache
@require_safe
def printed(request: HttpRequest, key: str) -> HttpResponse:
    """The book in the form of that year, for paper."""
    unit, name, year, form, turns = _asked_book(request, key)
    context = {
        "unit": unit, "name": name, "year": year, "form": form,
        "lines": columns.lines(form, list(turns.order_by("number"))),
    }  # fmt: skip
    return render(request, "petitions/reception/book_print.html", context)


@never_cache
@require_safe
def workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The same as .xlsx."""
    _unit, name, year, form, turns = _asked_book(request, key)
    title = _("Sổ tiếp công dân năm %(year)d – %(name)s") % {"year": year, "name": name}
    content = columns.workbook(form, title, list(turns.order_by("number")))
    return attachment(content, f"so-tiep-cong-dan-{year}.xlsx", XLSX)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """A new line."""
    unit, name = asked_unit(request, key)
    actor, today = actor_of(request), clock.today()
    demand(rules.may_write(actor, unit))
    asked = request.GET.get("buoi", "")
    days = ReceptionDay.objects.filter(unit=unit, on__lte=today).order_by("-on")
    first = days.filter(pk=asked).first() if asked.isdecimal() else None
    form = TurnForm(
        request.POST or None, days=days, initial={"on": first.on if first else today, "day": first},
        sealed=sealed_visible_to(actor).filter(body=unit),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = acts.write(unit, **form.given(), by=actor)
        messages.success(request, _("Đã ghi sổ, số thứ tự %d.") % made.number)
        return redirect("reception:turn", pk=made.pk)
    context = {"form": form, "unit": unit, "name": name, "title": _("Ghi sổ tiếp công dân"),
               "button": _("Ghi sổ")}  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "petitions/reception/form.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """One line; and what was done with it."""
    actor = actor_of(request)
    held = get_object_or_404(queries.turns_visible_to(actor), pk=pk)
    form = SettleForm(request.POST or None, initial=_told(held), on=held.on)
    if request.method == "POST" and form.is_valid():
        acts.settle(held, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã ghi kết quả xử lý."))
        return redirect("reception:turn", pk=held.pk)
    context = {
        "turn": held, "form": form, "representatives": held.representatives.all(),
        "may_link": rules.may_link(actor, held),
        "petitions": queries.petitions_of(actor, [held]),
        "promises": held.promises.select_related("assignment", "day"),
        "ground": grounds.shipped().get(held.refused_for), "written": _written(held),
        "confidential": held.kind in queries.CONFIDENTIAL,
        "denouncing": online.remark_on_denouncing(held),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "petitions/reception/turn.html", context, status=status)


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Ties the line to a petition that is in the register already, by its number."""
    actor = actor_of(request)
    held = get_object_or_404(queries.turns_visible_to(actor), pk=pk)
    number = request.POST.get("number", "").strip()
    petition = visible_to(actor).filter(number=number, body=held.unit_id).first()
    if petition is None:
        messages.error(request, _("Không thấy đơn số “%s” ở cơ quan này.") % number[:40])
        return redirect("reception:turn", pk=held.pk)
    acts.link(held, petition=petition, by=actor)
    messages.success(request, _("Đã nối lượt tiếp với đơn."))
    return redirect("reception:turn", pk=held.pk)


@never_cache
@require_POST
def make_petition(request: HttpRequest, pk: int) -> HttpResponse:
    """A petition from the line; its receipt is shown on this answer only."""
    held = get_object_or_404(queries.turns_visible_to(actor_of(request)), pk=pk)
    receipt = acts.make_petition(held, by=actor_of(request))
    context = {"turn": held, "receipt": receipt}
    return render(request, "petitions/reception/receipt.html", context)


def _asked_book(request: HttpRequest, key: str) -> tuple[Unit, str, int, columns.Form, Any]:
    unit, name = asked_unit(request, key)
    demand(rules.may_keep(actor_of(request), unit))
    year = asked_year(request)
    form = columns.form_on(min(dt.date(year, 12, 31), clock.today()))
    turns = queries.turns_visible_to(actor_of(request)).filter(unit=unit, year=year)
    return unit, name, year, form, turns.prefetch_related("representatives")


def _written(held: Turn) -> Due | None:
    """Until when a refusal of this ground is told in writing; None where no rule sets a day."""
    if held.refused_for != grounds.WRITTEN or held.outcome_on is None:
        return None
    return due(
        deadlines.shipped(), grounds.RECEPTION, "refusal_notice", held.outcome_on,
        regime=held.on, calendar=Calendar(), counted_from=_("ngày xác định căn cứ"),
    )  # fmt: skip


def _told(held: Turn) -> dict[str, str]:
    return {
        "outcome": held.outcome, "body": held.outcome_body, "paper": held.outcome_paper,
        "text": held.outcome_text, "follow_up": held.follow_up,
        "ground": held.refused_for,
    }  # fmt: skip
