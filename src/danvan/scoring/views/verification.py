"""The queue of an office, one score to verify, and agreeing with one click."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from danvan.kernel.access import Actor, actor_of, demand, refuse
from danvan.organisations.queries import names_on
from danvan.scoring import exports
from danvan.scoring.actions.verification import agree, mark, verify
from danvan.scoring.forms.results import QueueFilter, VerifyForm
from danvan.scoring.models import Round, RoundOffice, Score
from danvan.scoring.proof_flags import with_flags
from danvan.scoring.queries import verification as queries
from danvan.scoring.queries.thread import thread_of
from danvan.scoring.routing import stands_in
from danvan.scoring.rules.verification import may_verify
from danvan.scoring.views.results import posted, round_or_404, score_or_404
from danvan.ui.downloads import XLSX, attachment

PER_PAGE = 50


@require_GET
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/tham-dinh/`: the office's slice of the submitted sheets."""
    round, actor = round_or_404(request, pk), actor_of(request)
    scores, names = _slice(actor, round)
    form = _filter(scores, names, request.GET)
    shown = queries.filtered(scores, form.cleaned_data) if form.is_valid() else scores.none()
    papers = ("proofs__attachment__submission", "proofs__attachment__file", "proofs__file")
    listed = Paginator(shown.prefetch_related(*papers), PER_PAGE).get_page(request.GET.get("trang"))
    for score in listed:
        with_flags(score.proofs.all(), round)
    offices = list(round.offices.all())
    lines = [_line(actor, score, names, offices) for score in listed]
    left = scores.filter(verified__isnull=True).count()
    context = {
        "round": round, "form": form, "page": listed, "lines": lines, "left": left,
        "finished": not left, "kept": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "scoring/verification/queue.html", context)


@require_GET
def queue_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same lines as a workbook."""
    round, actor = round_or_404(request, pk), actor_of(request)
    scores, names = _slice(actor, round)
    form = _filter(scores, names, request.GET)
    shown = queries.filtered(scores, form.cleaned_data) if form.is_valid() else scores.none()
    data = exports.queue_workbook(round, list(shown.prefetch_related("proofs")), names)
    return attachment(data, f"tham-dinh-{round.programme.year}.xlsx", XLSX)


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/diem/<score>/tham-dinh/`: one score, with save and next."""
    score, actor = score_or_404(request, pk), actor_of(request)
    demand(may_verify(actor, score))
    form = VerifyForm(posted(request), score=score)
    if request.method == "POST" and form.is_valid():
        verify(
            score, points=form.cleaned_data["points"], reason=form.cleaned_data["reason"],
            arises=form.arises_found, seen=form.cleaned_data["seen"], by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã lưu thẩm định %s.") % score.criterion.code)
        return _onwards(request, score, onwards="next" in request.POST)
    context = {
        "score": score, "form": form, "thread": thread_of(score), "mark": mark(score),
        "stands_in": stands_in(score.sheet.round.offices.all(), score),
        "unit_name": _name(score), "next": _next(request, score), "kept": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "scoring/verification/item.html", context)


@require_POST
def agreed(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the claimed points stand."""
    score = score_or_404(request, pk)
    agree(score, seen=request.POST.get("seen", ""), by=actor_of(request))
    told = {"code": score.criterion.code, "unit": _name(score)}
    messages.success(request, _("Đã đồng ý %(code)s của %(unit)s.") % told)
    return _onwards(request, score, onwards="next" in request.POST)


def _slice(actor: Actor, round: Round) -> tuple[QuerySet[Score], dict[int, str]]:
    """The office's queue; refused to whoever works in no verifying office."""
    scores = queries.queue(actor, round)
    units = list(scores.order_by().values_list("sheet__unit", flat=True).distinct())
    if not units and not queries.verifies(actor, round):
        demand(refuse(_("Đơn vị của Ông/Bà không được giao thẩm định trong đợt chấm này.")))
    return scores, names_on(round.dossier_due, units)


def _filter(scores: QuerySet[Score], names: dict[int, str], asked: QueryDict) -> QueueFilter:
    codes = scores.order_by("criterion__order").values_list("criterion__code", "criterion__order")
    return QueueFilter(
        asked, units=list(names.items()), codes=list(dict.fromkeys(c for c, _o in codes.distinct()))
    )


def _line(
    actor: Actor, score: Score, names: dict[int, str], offices: list[RoundOffice]
) -> dict[str, object]:
    return {
        "score": score, "name": names.get(score.sheet.unit_id, ""), "mark": mark(score),
        "may": may_verify(actor, score), "difference": exports.difference(score),
        "stands_in": stands_in(offices, score),
    }  # fmt: skip


def _name(score: Score) -> str:
    unit = score.sheet.unit_id
    return names_on(score.sheet.round.dossier_due, [unit]).get(unit, str(score.sheet.unit))


def _next(request: HttpRequest, score: Score) -> str:
    """The address of the next score of the filtered queue, or "" when none is left."""
    round = score.sheet.round
    scores, names = _slice(actor_of(request), round)
    form = _filter(scores, names, request.GET)
    if form.is_valid():
        scores = queries.filtered(scores, {**form.cleaned_data, "chua": False})
    found = queries.following(scores, score)
    kept = request.GET.urlencode()
    if found is None:
        return ""
    return reverse("scoring:verify", args=[found]) + (f"?{kept}" if kept else "")


def _onwards(request: HttpRequest, score: Score, *, onwards: bool) -> HttpResponse:
    """To the next score, or back to the queue as it was filtered."""
    if onwards and (url := _next(request, score)):
        return redirect(url)
    kept = request.GET.urlencode()
    back = reverse("scoring:queue", args=[score.sheet.round_id])
    return redirect(back + (f"?{kept}" if kept else ""))
