"""Opinions on Party and government building, criticism of drafts: list, entry, one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.democracy.actions import opinions as acts
from danvan.democracy.committees import OFFICES, called
from danvan.democracy.forms import supervision as forms
from danvan.democracy.queries import supervision as queries
from danvan.democracy.rules import supervision as rules
from danvan.democracy.views.asking import Work, serve
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on, versions_on

PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Opinions, the newest first; filters by kind and state."""
    actor = actor_of(request)
    form = forms.OpinionFilter(request.GET)
    found = queries.opinions_visible_to(actor).filter(**form.asked())
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    names = names_on(clock.today(), {row.to_unit_id for row in page.object_list})
    today = clock.today()
    context = {
        "page": page, "form": form, "asked": bool(form.asked()),
        "may_add": _body(actor) is not None,
        "rows": [(row, called(names, row.to_unit),
                  row.state == "received" and row.due_on is not None and row.due_on < today)
                 for row in page.object_list],
    }  # fmt: skip
    return render(request, "democracy/opinion_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Writing an opinion down."""
    actor = actor_of(request)
    body = _body(actor)
    demand(rules.may_receive(actor, body or Unit(pk=0)))
    units = list(versions_on(clock.today()).values_list("unit_id", "name"))
    form = forms.OpinionForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        unit = get_object_or_404(Unit, pk=sent.pop("to_unit"))
        made = acts.receive(body, to_unit=unit, by=actor, **sent)
        messages.success(request, _("Đã ghi ý kiến góp ý."))
        return redirect("democracy:opinion", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "democracy/opinion_add.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """One opinion: from whom, to whom, how it was handled and answered."""
    actor = actor_of(request)
    found = get_object_or_404(queries.opinions_visible_to(actor), pk=pk)
    works = [
        Work("tra-loi", _("Trả lời góp ý"), _("Ghi trả lời"), rules.may_answer(actor, found),
             forms.AnswerForm, lambda sent: acts.answer(found, by=actor, **sent),
             _("Đã ghi trả lời.")),
    ]  # fmt: skip
    panels, answer, status = serve(request, works)
    if answer:
        return answer
    context = {
        "opinion": found, "panels": panels, "history": audit.of(found),
        "unit": called(names_on(clock.today(), [found.to_unit_id]), found.to_unit),
    }  # fmt: skip
    return render(request, "democracy/opinion.html", context, status=status)


def _body(actor: Actor) -> Unit | None:
    """The committee whose opinions the person writes down."""
    scopes = actor.scopes(roles.OBSERVER, *OFFICES)
    return Unit.objects.filter(pk__in=scopes).order_by("pk").first()
