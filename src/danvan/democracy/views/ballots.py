"""Votes of households: the list, preparing one, its count with the outcome, the minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from danvan.democracy import catalogue, papers_ballots, voting
from danvan.democracy.actions import ballots as acts
from danvan.democracy.forms import ballots as forms
from danvan.democracy.models import Ballot
from danvan.democracy.queries import ballots as queries
from danvan.democracy.queries import matters
from danvan.democracy.rules import ballots as rules
from danvan.democracy.rules.telling import ACTS_FOR
from danvan.democracy.views.telling import units_of
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.kernel.calendar import Calendar
from danvan.organisations.models import Unit
from danvan.organisations.queries import versions_on
from danvan.ui.downloads import DOCX, attachment

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Votes in view with their outcome, the newest first."""
    actor = actor_of(request)
    page = Paginator(queries.visible_to(actor), 50).get_page(request.GET.get("trang"))
    context = {
        "page": page, "rows": [(b, voting.carries(b)) for b in page],
        "may": _organises(actor), "in_use": matters.is_in_use(),
    }  # fmt: skip
    return render(request, "democracy/ballot_list.html", context)


def _organises(actor: Actor) -> bool:
    """Whether one of the actor's units is a committee that organises votes."""
    kinds = versions_on(clock.today()).filter(unit__in=actor.scopes(*ACTS_FOR))
    return kinds.filter(kind__in=rules.ORGANISES).exists()


@require_http_methods(BOTH)
def prepare(request: HttpRequest) -> HttpResponse:
    """A vote: what, of whom, when, how many households there are and how that is known."""
    actor = actor_of(request)
    held = units_of(actor)
    kinds = dict(versions_on(clock.today()).values_list("unit_id", "kind"))
    units = [(pk, name) for pk, name in held if kinds.get(pk) in rules.ORGANISES]
    if not units:
        demand(rules.may_prepare(actor, Unit(pk=held[0][0] if held else 0)))
    wholes = Ballot.objects.filter(unit__in=[pk for pk, _n in units], matter__base="villages")
    form = forms.BallotForm(request.POST or None, request.FILES or None, units=units, wholes=wholes)
    if request.method == "POST" and form.is_valid():
        unit = get_object_or_404(Unit, pk=form.cleaned_data["unit"])
        made = acts.prepare(unit, **form.words(), by=actor)
        messages.success(request, _("Đã lập cuộc biểu quyết; ghi kết quả sau khi kiểm phiếu."))
        return redirect("democracy:ballot", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "democracy/ballot_prepare.html", {"form": form}, status=status)


VERBS: dict[str, tuple[Any, Any]] = {
    "dem": (acts.count, gettext_lazy("Đã ghi kết quả kiểm phiếu.")),
    "dinh-chinh": (acts.recount, gettext_lazy("Đã đính chính; số cũ vẫn được giữ.")),
    "gui": (acts.send, gettext_lazy("Đã ghi việc gửi kết quả.")),
    "cong-nhan": (acts.recognise, gettext_lazy("Đã ghi trả lời.")),
}


@require_http_methods(BOTH)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The count and what it comes to, with the why; a POST runs the verb it names."""
    actor = actor_of(request)
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    name = request.POST.get("viec", "")
    if request.method == "POST":
        if name not in VERBS:
            raise BadRequest(name)
        verb, said = VERBS[name]
        demand(verb.action.may(actor, held))
    made = _forms(request, held, name)
    if request.method == "POST" and made[name].is_valid():
        verb(held, **_words(made[name], name), by=actor)
        messages.success(request, said)
        return redirect("democracy:ballot", pk=held.pk)
    context = _about(held) | {
        "forms": {k.replace("-", "_"): f for k, f in made.items()},
        "may_count": rules.may_count(actor, held), "may_recount": rules.may_recount(actor, held),
        "may_send": rules.may_send(actor, held),
        "may_recognise": rules.may_recognise(actor, held),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "democracy/ballot.html", context, status=status)


def _words(form: Any, name: str) -> dict[str, Any]:
    if name == "dem":
        return {"counted": form.counted()}
    if name == "dinh-chinh":
        kept = {n: form.cleaned_data[n] for n in ("reason", "seen")}
        return {"counted": form.counted(), **kept}
    return dict(form.cleaned_data)


def _forms(request: HttpRequest, held: Ballot, sent: str) -> dict[str, Any]:
    """The forms by verb: bound is the one that was sent."""

    def made(name: str, cls: type[Any], **more: Any) -> Any:
        if name == sent:
            return cls(request.POST, **more)
        first = {}
        if name == "dinh-chinh":
            first = forms.CountForm.first(held) | {"seen": held.recounts.count()}
        return cls(initial=first, **more)

    return {
        "dem": made("dem", forms.CountForm, ballot=held),
        "dinh-chinh": made("dinh-chinh", forms.RecountForm, ballot=held),
        "gui": made("gui", forms.SendForm),
        "cong-nhan": made("cong-nhan", forms.RecogniseForm),
    }


def _about(held: Ballot) -> dict[str, Any]:
    calendar, whole = Calendar(), held.matter.base == "villages"
    questions = held.questions.all()
    return {
        "ballot": held, "matter": held.matter, "share": catalogue.share(held.matter),
        "carries": voting.carries(held), "is_whole": whole,
        "whole": voting.of_whole(held) if whole else None,
        "parts": [(p, voting.carries(p)) for p in held.parts.all()],
        "questions": [
            (q, [(o, voting.of_option(held, o) if o.adopts else None) for o in q.options.all()])
            for q in questions
        ],
        "remarks": voting.remarks(held, matters.processes(held.held_on)),
        "send_by": voting.send_by(held, calendar), "answer_by": voting.answer_by(held, calendar),
        "recounts": held.recounts.select_related("counted_by"), "history": audit.of(held)[:30],
        "today": clock.today(),
    }  # fmt: skip


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of the count as .docx, once it is counted."""
    held = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    if held.counted_at is None:
        raise Http404
    return attachment(papers_ballots.minutes(held), f"bien-ban-kiem-phieu-{held.pk}.docx", DOCX)
