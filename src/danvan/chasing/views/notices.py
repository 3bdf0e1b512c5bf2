"""What the person was told, and why."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from danvan.chasing import queries, rules
from danvan.chasing.actions import reminding
from danvan.kernel.access import actor_of
from danvan.organisations.models import Person
from danvan.organisations.queries import oversees
from danvan.programmes.models import Programme

A_PAGE = 20


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Everything told to this person, newest first."""
    actor = actor_of(request)
    told = queries.notices_of(actor).prefetch_related("reminders__assignment__task__provision")
    page = Paginator(told, A_PAGE).get_page(request.GET.get("trang"))
    programmes = Programme.objects.filter(body__in=oversees(actor)).select_related("plan")
    context = {
        "page": page,
        "programmes": programmes,
        "unread": told.filter(read_at=None).count(),
        "may_outbox": rules.may_see_outbox(actor, None),
    }
    return render(request, "chasing/notices.html", context)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    count = reminding.read_all(get_object_or_404(Person, pk=actor.id), by=actor)
    messages.success(request, _("Đã ghi là đã xem %d thông báo.") % count)
    return redirect("chasing:notices")


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    digest = get_object_or_404(queries.notices_of(actor_of(request)), pk=pk)
    reminding.read(digest, by=actor_of(request))
    messages.success(request, _("Đã ghi là đã xem."))
    return redirect("chasing:notices")
