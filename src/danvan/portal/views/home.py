"""The first page, and when the heads receive citizens."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from danvan.democracy import public as democracy
from danvan.kernel import clock
from danvan.portal import news, places
from danvan.portal import reception as receiving
from danvan.portal.forms import ReceiptForm
from vanban.text import sort_key


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What a citizen comes for, in the order he does: ask, send, come, read, speak."""
    today = clock.today()
    context = {
        "form": ReceiptForm(),
        "bodies": [name for _unit, name in places.bodies()],
        "next_days": [
            day for day in receiving.days(today, today + receiving.AHEAD) if not day.cancelled
        ][:3],
        "consultations": democracy.open_consultations(today)[:3],
        "news": news.latest(today, 6),
    }
    return render(request, "portal/home.html", context)


@require_safe
@login_not_required
def reception(request: HttpRequest) -> HttpResponse:
    """Two months ahead by month, of one body or of all; behind them the month that is over."""
    today = clock.today()
    days = receiving.days(today - dt.timedelta(days=31), today + receiving.AHEAD)
    units = {day.unit_key: day.unit for day in days}
    chosen = request.GET.get("don_vi", "")
    days = [day for day in days if chosen not in units or day.unit_key == chosen]
    coming = groupby((d for d in days if d.on >= today), lambda d: d.on.replace(day=1))
    context = {
        "months": [(key, list(held)) for key, held in coming],
        "past": sorted((d for d in days if d.on < today), key=lambda d: d.on, reverse=True),
        "units": sorted(units.items(), key=lambda one: sort_key(one[1])), "chosen": chosen,
    }  # fmt: skip
    return render(request, "portal/reception.html", context)
