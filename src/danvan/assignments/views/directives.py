"""Directives of meetings, conclusions after dialogues: given in one step, followed to the end."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.assignments import exports, forms, queries, rules, tracking
from danvan.assignments.actions import directives as acts
from danvan.assignments.models import Assignment, Directive
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, actor_of
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on, name_on
from danvan.ui.downloads import XLSX, attachment

PAGE = 50


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everything given outside a plan that the person may read, one line per unit."""
    actor = actor_of(request)
    form = forms.DirectiveFilter(request.GET)
    found = tracking.rows(actor, **form.asked())
    if request.GET.get("xuat") == "xlsx":
        return _workbook(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query["xuat"] = "xlsx"
    context = {
        "page": page,
        "lines": tracking.lines(page.object_list),
        "form": form,
        "asked": any(form.asked().values()),
        "figures": tracking.figures(actor),
        "may_give": bool(_bodies(actor)),
        "export": f"?{query.urlencode()}",
    }
    return render(request, "assignments/directives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """The form: one click gives the work to every unit named. A second click is told so."""
    actor = actor_of(request)
    body = _bodies(actor).first()
    if body is None:
        raise Refused(rules.may_assign(actor, Unit()))
    form = forms.GiveForm(request.POST or None, body=body)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "body": name_on(body, clock.today())}
        return render(request, "assignments/give.html", context)
    try:
        given = acts.give(body, by=actor, **form.words())
    except Refused as refused:
        token = form.cleaned_data["token"]
        known = Directive.objects.filter(token=token, body=body).first()
        if known is None or not refused.decision.done:
            raise
        messages.info(request, refused.decision.reason)
        return redirect("assignments:directive", pk=known.pk)
    count = given.assignments.count()
    messages.success(request, _("Đã giao việc cho %(n)d đơn vị.") % {"n": count})
    return redirect("assignments:directive", pk=given.pk)


@require_safe
def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive: its words, its source, how each unit stands."""
    actor = actor_of(request)
    found = get_object_or_404(queries.directives_visible_to(actor), pk=pk)
    context = {
        "directive": found,
        "lines": tracking.lines(queries.told(found.assignments.all()), actor),
        "may_extend": rules.may_extend_group(actor, found),
        **tracking.parties(found),
    }
    return render(request, "assignments/directive.html", context)


def _bodies(actor: Actor) -> QuerySet[Unit]:
    """Bodies in whose name the person gives work: those that run a programme."""
    running = bodies_on(clock.today())
    held = actor.scopes(*rules.GIVING) & set(running)
    return Unit.objects.filter(pk__in=held).prefetch_related("versions").order_by("pk")


def _workbook(found: QuerySet[Assignment]) -> HttpResponse:
    name = f"chi-dao-ket-luan-{clock.today():%Y%m%d}.xlsx"
    return attachment(exports.directives(tracking.lines(found)), name, XLSX)
