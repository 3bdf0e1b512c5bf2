"""The outbox, for the administrator: what waits, what is in trouble, and what to do about it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from danvan.chasing import queries, rules
from danvan.chasing.actions import mails
from danvan.kernel.access import Refused, actor_of
from danvan.kernel.models import Mail

A_PAGE = 50


@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    may = rules.may_see_outbox(actor_of(request), None)
    if not may:
        raise Refused(may)
    context = {
        "counts": queries.mails_by_state(),
        "page": Paginator(queries.mails_in_trouble(), A_PAGE).get_page(request.GET.get("trang")),
        "enabled": settings.MAIL_ENABLED,
    }
    return render(request, "chasing/outbox.html", context)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a letter in trouble again, or lets it go."""
    letter = get_object_or_404(Mail, pk=pk)
    if request.POST.get("decision") == "again":
        mails.send_again(letter, by=actor_of(request))
        messages.success(request, _("Thư sẽ được gửi lại trong lần chạy tới."))
    else:
        mails.let_go(letter, by=actor_of(request))
        messages.success(request, _("Thư này sẽ không gửi nữa."))
    return redirect("chasing:outbox")
