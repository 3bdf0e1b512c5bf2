"""A published result as it was; withdrawing it; putting a decided value right."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danvan.kernel.access import Refused, actor_of, demand
from danvan.scoring import recompute, snapshot
from danvan.scoring.actions import corrections as verbs
from danvan.scoring.forms.results import CorrectForm, WithdrawForm
from danvan.scoring.models import Ranking
from danvan.scoring.queries import rankings as queries
from danvan.scoring.rules import rankings as rules
from danvan.scoring.views.results import posted, score_or_404
from danvan.ui.downloads import attachment


@require_safe
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/ket-qua/<ranking>/`: as it was published, also after it was withdrawn."""
    ranking, actor = _ranking(request, pk), actor_of(request)
    context = {
        "ranking": ranking, "round": ranking.round,
        "tables": queries.published(ranking, actor),
        "replaced_by": Ranking.objects.filter(replaces=ranking).select_related("decision").first(),
        "may_withdraw": rules.may_withdraw(actor, ranking),
        "corrections": ranking.corrections.select_related("score__criterion", "score__sheet__unit",
                                                          "made_by"),
    }  # fmt: skip
    return render(request, "scoring/rankings/published.html", context)


@require_safe
def published_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Its frozen figures, whatever came after."""
    held = _ranking(request, pk)
    name = f"xep-loai-dan-van-{held.round.programme.year}-{held.pk}.{kind}"
    if kind == "csv":
        return attachment(snapshot.as_csv(held.snapshot), name, "text/csv; charset=utf-8")
    if kind == "txt":
        text = recompute.published(json.loads(held.snapshot))
        return attachment(text.encode(), name, "text/plain; charset=utf-8")
    return attachment(held.snapshot.encode(), name, "application/json")


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The chairman takes a published result back."""
    ranking, actor = _ranking(request, pk), actor_of(request)
    demand(rules.may_withdraw(actor, ranking))
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        verbs.withdraw(ranking, ground=form.cleaned_data["ground"], by=actor)
        messages.success(request, _("Đã ban hành %s, thu hồi kết quả.") % ranking.withdrawal)
        return redirect("scoring:published", pk)
    context = {"ranking": ranking, "round": ranking.round, "form": form}
    status = 422 if form.errors else 200
    return render(request, "scoring/rankings/withdraw.html", context, status=status)


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Another decided value of one score, after a withdrawal."""
    score, actor = score_or_404(request, pk), actor_of(request)
    demand(rules.may_correct(actor, score))
    form = CorrectForm(posted(request), score=score)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.correct(score, **form.cleaned_data, by=actor)
        except Refused as refused:
            form.add_error("points", refused.decision.reason)
        else:
            messages.success(request, _("Đã điều chỉnh điểm."))
            return redirect("scoring:thread", pk)
    context = {"score": score, "form": form}
    status = 422 if form.errors else 200
    return render(request, "scoring/rankings/correct.html", context, status=status)


def _ranking(request: HttpRequest, pk: int) -> Ranking:
    return get_object_or_404(queries.published_visible_to(actor_of(request)), pk=pk)
