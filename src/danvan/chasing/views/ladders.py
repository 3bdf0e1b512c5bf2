"""The ladder of a body: read by everybody it reminds, set by the programme office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.chasing import pages, rules
from danvan.chasing.actions import ladders
from danvan.chasing.forms import RungForm
from danvan.chasing.models import Run
from danvan.kernel import clock
from danvan.kernel.access import Refused, actor_of
from danvan.kernel.models import Mail
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on, name_on

RUNS = 10


@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: HttpRequest, body: int) -> HttpResponse:
    """The steps, the last runs; a POST adds a step."""
    held, actor = _body(body), actor_of(request)
    may_set = rules.may_set_ladder(actor, held)
    form = RungForm(request.POST or None, initial={"when": "after", "audience": "officer"})
    if request.method == "POST":
        if not may_set:
            raise Refused(may_set)
        if form.is_valid():
            ladders.add(
                held, offset=form.offset, audience=form.cleaned_data["audience"],
                deliverable=form.cleaned_data["deliverable"], by=actor,
            )  # fmt: skip
            messages.success(request, _("Đã thêm bậc nhắc."))
            return redirect("chasing:ladder", body)
    context = {
        "body": held,
        "name": name_on(held, clock.today()),
        "rungs": pages.rungs_of(held.pk, clock.today()),
        "may_set": may_set,
        "form": form,
        "runs": Run.objects.filter(body=held)[:RUNS],
        "troubled": Mail.objects.filter(state__in=[Mail.State.UNKNOWN, Mail.State.FAILED]).count(),
    }
    return render(request, "chasing/ladder.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, body: int) -> HttpResponse:
    """Takes a step out from today on."""
    form = request.POST
    offset = form.get("offset", "")
    ladders.end(
        _body(body), offset=int(offset) if offset.lstrip("-").isdecimal() else 999,
        audience=form.get("audience", ""), deliverable=form.get("deliverable", ""),
        by=actor_of(request),
    )  # fmt: skip
    messages.success(request, _("Đã bỏ bậc nhắc."))
    return redirect("chasing:ladder", body)


def _body(pk: int) -> Unit:
    return get_object_or_404(Unit.objects.filter(pk__in=bodies_on(clock.today())), pk=pk)
