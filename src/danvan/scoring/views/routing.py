"""Who verifies what: the page, the hand's exceptions, standing aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danvan.kernel.access import Refused, actor_of, demand, refuse
from danvan.scoring.actions import routing as verbs
from danvan.scoring.forms.routing import AbstainForm, RerouteForm, SubstituteForm
from danvan.scoring.models import Round
from danvan.scoring.queries import routing as queries
from danvan.scoring.queries.rankings import oversees
from danvan.scoring.round_pages import offices_of
from danvan.scoring.routing import instead_of
from danvan.scoring.rules import verification as rules
from danvan.scoring.views.results import posted, round_or_404, score_or_404


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/phan-cong/`."""
    return _shown(request, round_or_404(request, pk))


@require_POST
def reroute(request: HttpRequest, pk: int) -> HttpResponse:
    """A criterion goes to another office."""
    round = round_or_404(request, pk)
    form = RerouteForm(posted(request), round=round)
    if not form.is_valid():
        return _shown(request, round, reroute=form)
    try:
        verbs.reroute(round, **form.cleaned_data, by=actor_of(request))
    except Refused as refused:
        if not rules.may_reroute(actor_of(request), round):
            raise
        form.add_error("office", refused.decision.reason)
        return _shown(request, round, reroute=form)
    messages.success(request, _("Đã giao lại việc thẩm định."))
    return redirect("scoring:routing", pk)


@require_POST
def route_back(request: HttpRequest, pk: int, rerouting: int) -> HttpResponse:
    """The office of the role verifies again."""
    round = round_or_404(request, pk)
    held = get_object_or_404(round.reroutings, pk=rerouting)
    verbs.route_back(round, rerouting=held, by=actor_of(request))
    messages.success(request, _("Đã bỏ việc giao lại."))
    return redirect("scoring:routing", pk)


@require_POST
def substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """Another substitute for an office's own sheet."""
    round = round_or_404(request, pk)
    form = SubstituteForm(posted(request), round=round)
    if not form.is_valid():
        return _shown(request, round, substitute=form)
    verbs.name_substitute(round, **form.cleaned_data, by=actor_of(request))
    messages.success(request, _("Đã cử cơ quan thẩm định thay."))
    return redirect("scoring:routing", pk)


def abstain(request: HttpRequest, pk: int) -> HttpResponse:
    """An office stands aside from one score."""
    score, actor = score_or_404(request, pk), actor_of(request)
    demand(rules.may_abstain(actor, score))
    form = AbstainForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = verbs.abstain(score, reason=form.cleaned_data["reason"], by=actor)
        told = _("Đã chuyển %(code)s cho %(office)s thẩm định.")
        messages.success(request, told % {"code": score.criterion.code, "office": made.passed_to})
        return redirect(reverse("scoring:queue", args=[score.sheet.round_id]))
    context = {"score": score, "form": form, "left": instead_of(score) is not None}
    status = 422 if form.errors else 200
    return render(request, "scoring/verification/abstain.html", context, status=status)


def _shown(request: HttpRequest, round: Round, **forms: object) -> HttpResponse:
    actor = actor_of(request)
    if not oversees(actor, round):
        demand(refuse(_("Trang này dành cho cơ quan theo dõi đợt chấm điểm.")))
    may = rules.may_reroute(actor, round)
    if forms:
        demand(may)
    context = {
        "round": round, "lines": queries.lines(round), "offices": offices_of(round), "may": may,
        "reroute": RerouteForm(round=round), "substitute": SubstituteForm(round=round), **forms,
    }  # fmt: skip
    status = 422 if forms else 200
    return render(request, "scoring/verification/routing.html", context, status=status)
