"""Explanations and their answers; the programme office leads the round to its proposal."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan.kernel.access import Decision, actor_of, demand, refuse
from danvan.organisations.queries import names_on
from danvan.scoring.actions import explanations, rankings, settlement
from danvan.scoring.forms.results import AnswerForm, ExplainForm, SecondForm, WindowForm
from danvan.scoring.models import Round, Sheet
from danvan.scoring.queries import progress, verification
from danvan.scoring.queries.rankings import oversees
from danvan.scoring.rules import rankings as ranking_rules
from danvan.scoring.rules import verification as rules
from danvan.scoring.views.results import (
    explanation_or_404,
    posted,
    round_or_404,
    score_or_404,
    sheet_or_404,
)
from danvan.scoring.workflow import ROUND

# part of the address → (verb, rule, what is lacking, label)
STEPS = {
    "tham-dinh": (
        settlement.begin_verification, rules.may_begin_verification,
        progress.lacking_for_verification,
        gettext_lazy("Kết thúc tự chấm, chuyển sang thẩm định"),
    ),
    "giai-trinh": (
        settlement.begin_explanation, rules.may_begin_explanation,
        progress.lacking_for_explanation,
        gettext_lazy("Kết thúc thẩm định, chuyển sang giải trình"),
    ),
    "chot": (
        settlement.settle_round, rules.may_settle_round, progress.lacking_for_settling,
        gettext_lazy("Chốt điểm đợt chấm"),
    ),
    "trinh": (
        rankings.propose, ranking_rules.may_propose, progress.lacking_for_settling,
        gettext_lazy("Trình kết quả xếp loại"),
    ),
}  # fmt: skip


def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's people explain one changed score."""
    score, actor = score_or_404(request, pk), actor_of(request)
    demand(rules.may_explain(actor, score))
    form = ExplainForm(posted(request), request.FILES or None, score=score)
    if request.method == "POST" and form.is_valid():
        explanations.explain(score, **form.values(), by=actor)
        messages.success(request, _("Đã gửi giải trình."))
        return redirect("scoring:thread", score.pk)
    return render(request, "scoring/verification/explain.html", {"score": score, "form": form})


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme office (or its substitute) answers one explanation."""
    explanation, actor = explanation_or_404(request, pk), actor_of(request)
    demand(rules.may_answer(actor, explanation))
    form = AnswerForm(posted(request), explanation=explanation)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        explanations.answer(
            explanation, points=told["points"], text=told["text"],
            arises=not told.get("arises", False), by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã trả lời giải trình."))
        return redirect("scoring:thread", explanation.score_id)
    context = {
        "explanation": explanation, "score": explanation.score, "form": form,
        "new_proofs": explanation.proofs.select_related("file", "added_by"),
    }  # fmt: skip
    return render(request, "scoring/verification/answer.html", context)


def second(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme office names another office to look again."""
    explanation, actor = explanation_or_404(request, pk), actor_of(request)
    demand(rules.may_name_second(actor, explanation))
    form = SecondForm(posted(request), explanation=explanation)
    if request.method == "POST" and form.is_valid():
        explanations.name_second(explanation, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã cử cơ quan xem lại."))
        return redirect("scoring:thread", explanation.score_id)
    context = {"explanation": explanation, "score": explanation.score, "form": form}
    return render(request, "scoring/verification/second.html", context)


def settling(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/chot-diem/`: where the round stands and what the next step lacks."""
    round, actor = round_or_404(request, pk), actor_of(request)
    if not oversees(actor, round):
        demand(refuse(_("Trang này dành cho cơ quan theo dõi đợt chấm điểm.")))
    now = progress.progress(round)
    names = names_on(round.dossier_due)
    context = {
        "round": round, "now": now, "names": names,
        "verifies": verification.verifies(actor, round),
        "sheets": _sheets(round, names),
        "offices": _offices(round, names),
        "steps": _steps(request, round, now),
        "waiting": _waiting(round, names),
        "may_settle": _settling_all(request, round, now),
        "may_move_window": rules.may_move_window(actor, round),
        "window": WindowForm(round=round),
    }  # fmt: skip
    return render(request, "scoring/verification/settling.html", context)


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One move of the round."""
    round = round_or_404(request, pk)
    if name not in STEPS:
        raise Http404
    verb, _rule, _lacking, label = STEPS[name]
    verb(round, by=actor_of(request))
    messages.success(request, _("Đã thực hiện: %s.") % label)
    return redirect("scoring:settling", round.pk)


@require_POST
def settle_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Settles every sheet that may be, and says what keeps the others."""
    round = round_or_404(request, pk)
    demand(rules.keeps_round(actor_of(request), round))
    done, left = settlement.settle_all(round, by=actor_of(request))
    messages.success(request, _("Đã chốt điểm %d phiếu.") % done)
    if left:
        sheet, why = left[0]
        told = {"n": len(left), "sheet": sheet, "why": why}
        messages.warning(request, _("%(n)d phiếu chưa chốt được. %(sheet)s: %(why)s") % told)
    return redirect("scoring:settling", round.pk)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settles one sheet."""
    sheet = sheet_or_404(request, pk)
    settlement.settle_sheet(sheet, by=actor_of(request))
    messages.success(request, _("Đã chốt điểm phiếu."))
    return redirect("scoring:settling", sheet.round_id)


def window(request: HttpRequest, pk: int) -> HttpResponse:
    """New days of the explanation window."""
    round, actor = round_or_404(request, pk), actor_of(request)
    demand(rules.may_move_window(actor, round))
    form = WindowForm(posted(request), round=round)
    if request.method == "POST" and form.is_valid():
        settlement.move_window(round, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã ấn định lại thời gian giải trình."))
        return redirect("scoring:settling", round.pk)
    return render(request, "scoring/verification/window.html", {"round": round, "form": form})


def _steps(request: HttpRequest, round: Round, now: progress.Progress) -> list[dict[str, object]]:
    """Every step: done, to be made now (or what is missing for it, in words), or later."""
    actor, found = actor_of(request), []
    at = list(ROUND.states).index(round.state)
    for place, (name, (_verb, rule, lacking, label)) in enumerate(STEPS.items()):
        when = "done" if place < at else "now" if place == at else "later"
        may = rule(actor, round)
        if may and (missing := lacking(round, now)):
            may = refuse(missing)
        found.append({"name": name, "label": label, "may": may, "when": when})
    return found


def _settling_all(request: HttpRequest, round: Round, now: progress.Progress) -> Decision | None:
    """None once the round is settled: there is nothing left to settle."""
    if round.state in (Round.State.SETTLED, Round.State.PROPOSED, Round.State.DECIDED):
        return None
    may = rules.keeps_round(actor_of(request), round)
    if may and not now.verified:
        return refuse(_("Chưa có phiếu nào đã thẩm định xong và chờ chốt."))
    return may


def _sheets(round: Round, names: dict[int, str]) -> list[tuple[Sheet, str, int, int]]:
    """Sheets of units in Vietnamese order: (sheet, name, scores, verified)."""
    counts, order = verification.counts_by_sheet(round), {u: i for i, u in enumerate(names)}
    held = sorted(round.sheets.all(), key=lambda s: (s.block, order.get(s.unit_id, 0)))
    return [(s, names.get(s.unit_id, ""), *counts.get(s.pk, (0, 0))) for s in held]


def _offices(round: Round, names: dict[int, str]) -> list[tuple[str, int, int]]:
    counts = verification.counts_by_office(round)
    return [(names.get(office, ""), n, done) for office, (n, done) in counts.items()]


def _waiting(round: Round, names: dict[int, str]) -> list[tuple[object, str]]:
    rows = progress.unanswered(round).select_related("score__criterion", "score__sheet")
    return [(e, names.get(e.score.sheet.unit_id, "")) for e in rows]
