"""The working calendar: a year at a glance, and days laid over it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.desk import days
from danvan.desk.forms import DayForm, year_of
from danvan.kernel import clock
from danvan.kernel.access import Actor, Decision, Refused, refuse
from danvan.kernel.calendar import Calendar
from danvan.kernel.models import CalendarDay
from danvan.organisations import queries, roles, rules
from danvan.organisations.actions import calendar_days
from danvan.organisations.models import Unit
from danvan.ui.written import day as written


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    year = year_of(request.GET.get("nam", ""), clock.today())
    body, may = keeper(actor)
    form = DayForm(request.POST or None)
    if request.method == "POST" and (body is None or not may):
        raise Refused(may)
    if form.is_valid() and (row := _put(request, body, form)):
        return redirect(_page(row))
    context = {"form": form, "year": year, "lines": days.of_year(year), "may": may}
    return render(request, "desk/calendar.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row, then = get_object_or_404(CalendarDay, pk=pk), Calendar()
    calendar_days.remove(row, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _told(row, then))
    return redirect(_page(row))


def keeper(actor: Actor) -> tuple[Unit | None, Decision]:
    """For which body the actor would keep the calendar, and whether they may."""
    bodies = Unit.objects.filter(pk__in=queries.bodies_on(clock.today())).order_by("pk")
    mine = bodies.filter(pk__in=actor.scopes(roles.PROGRAMME_OFFICE)).first()
    body = mine or bodies.first()
    if body is None:
        return None, refuse(_("Chưa có cơ quan nào vận hành chương trình."))
    return body, rules.may_keep_calendar(actor, body)


def _put(request: HttpRequest, body: Unit | None, form: DayForm) -> CalendarDay | None:
    then, actor = Calendar(), request.actor  # type: ignore[attr-defined]
    try:
        row: CalendarDay = calendar_days.put(body, **form.cleaned_data, by=actor)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _told(row, then))
    return row


def _told(row: CalendarDay, then: Calendar) -> str:
    """What the change does, by one example; given dates do not move."""
    shown = days.effect(row.day, Calendar(), then)
    told = {
        "day": written(row.day),
        "start": written(shown.start),
        "count": shown.count,
        "before": written(shown.before),
        "after": written(shown.after),
    }
    if shown.before == shown.after:
        return _("Đã ghi ngày %(day)s. Cách tính thời hạn không đổi.") % told
    return (
        _(
            "Đã ghi ngày %(day)s. Ví dụ: %(count)d ngày làm việc từ %(start)s trước tính đến "
            "%(before)s, nay tính đến %(after)s. Các hạn đã giao không tự đổi."
        )
        % told
    )


def _page(row: CalendarDay) -> str:
    return f"{reverse('desk:calendar')}?nam={row.day.year}"
