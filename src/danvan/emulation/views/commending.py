"""Commendations: the list of candidates with their grounds, the letter, the decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.emulation import letters, queries, rules
from danvan.emulation.actions import commendations
from danvan.emulation.candidates import ranking_of
from danvan.emulation.forms import CommendationForm
from danvan.emulation.models import Commendation
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of, all_of, demand, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on, holder_of, oversees
from danvan.ui.downloads import DOCX, attachment


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "rows": list(queries.commendations_visible_to(actor)),
        "may": actor.has(roles.PROGRAMME_OFFICE),
    }
    return render(request, "emulation/commendations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    kept = actor.scopes(roles.PROGRAMME_OFFICE)
    bodies = {pk: name for pk, name in bodies_on(today).items() if pk in kept}
    if not bodies:
        demand(refuse(_("Chỉ cơ quan thường trực chương trình lập đề nghị khen thưởng.")))
    form = CommendationForm(request.POST or None, bodies=bodies, initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        body = Unit.objects.get(pk=data.pop("body"))
        made = commendations.begin(body, **data, by=actor)
        messages.success(request, _("Đã lập danh sách từ kết quả xếp loại và mô hình."))
        return redirect("emulation:commendation", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "emulation/commendation_form.html", {"form": form}, status=status)


@require_safe
def commendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is proposed and why, who is left out and why, and what comes next."""
    actor, held = _held(request, pk)
    rows = list(held.candidates.select_related("unit"))
    names = queries.names_in(held.year, {c.unit_id for c in rows})
    told = [(c, letters.called(c, names)) for c in rows]
    overseen = held.body_id in oversees(actor)
    context = {
        "commendation": held, "body": queries.names_in(held.year, [held.body_id])[held.body_id],
        "chosen": [pair for pair in told if not pair[0].excluded_why],
        # Why somebody was left out is no matter for everybody.
        "left_out": [pair for pair in told if pair[0].excluded_why and overseen],
        "ranking": ranking_of(held.body, held.year), "overseen": overseen,
        "history": audit.of(held) if overseen else None,
        **{f"may_{n}": getattr(rules, f"may_{n}")(actor, held) for n in (
            "gather", "choose", "propose", "return", "decide")},
    }  # fmt: skip
    return render(request, "emulation/commendation.html", context)


@require_POST
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    commendations.gather(held, by=actor)
    messages.success(request, _("Đã cập nhật danh sách."))
    return redirect("emulation:commendation", pk=held.pk)


@require_POST
def exclude(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    actor, held = _held(request, pk)
    reason = request.POST.get("reason", "")
    commendations.exclude(held, candidate=candidate, reason=reason, by=actor)
    messages.success(request, _("Đã đưa ra khỏi danh sách, có ghi lý do."))
    return redirect("emulation:commendation", pk=held.pk)


@require_POST
def include(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    actor, held = _held(request, pk)
    commendations.include(held, candidate=candidate, by=actor)
    messages.success(request, _("Đã đưa lại vào danh sách."))
    return redirect("emulation:commendation", pk=held.pk)


@require_safe
def letter_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it would read today, without number and date."""
    actor, held = _held(request, pk)
    may = rules.may_gather(actor, held)
    office = holder_of(roles.PROGRAMME_OFFICE, held.body, clock.today())
    demand(may if office else all_of(may, refuse(_("Chưa có cơ quan thường trực."))))
    assert office is not None
    made = letters.proposal_draft(held, office, actor)
    return attachment(made, "du-thao-to-trinh.docx", DOCX)


@require_safe
def decision_draft(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    demand(rules.may_decide(actor, held))
    return attachment(letters.decision_draft(held, actor), "du-thao-quyet-dinh.docx", DOCX)


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    commendations.propose(held, by=actor)
    messages.success(request, _("Đã ký tờ trình."))
    return redirect("emulation:commendation", pk=held.pk)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    commendations.send_back(held, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã trả lại tờ trình."))
    return redirect("emulation:commendation", pk=held.pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    commendations.decide(held, by=actor)
    messages.success(request, _("Đã ban hành quyết định khen thưởng."))
    return redirect("emulation:commendation", pk=held.pk)


def _held(request: HttpRequest, pk: int) -> tuple[Actor, Commendation]:
    actor = actor_of(request)
    return actor, get_object_or_404(queries.commendations_visible_to(actor), pk=pk)
