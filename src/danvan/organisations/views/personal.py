"""Personal data: one's own page and file; the administrator's requests for erasure."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock, personal
from danvan.kernel.access import Actor, actor_of, demand, refuse
from danvan.organisations import personal_rules, queries, roles, rules
from danvan.organisations.actions import erasures
from danvan.organisations.forms import ErasureForm, PaperErasureForm
from danvan.organisations.models import ErasureRequest, Person
from danvan.organisations.personal import subject_of


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """What is kept of oneself, why, how long; asking for erasure."""
    actor = actor_of(request)
    person = _self(actor)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasures.ask(person, words=form.cleaned_data["words"], by=actor)
        messages.success(request, _("Đã gửi yêu cầu; quản trị hệ thống sẽ trả lời."))
        return redirect("organisations:personal")
    context = {
        "kept": personal.kept(subject_of(person)), "rule": personal_rules.on(clock.today()),
        "requests": person.erasure_requests.all(), "form": form,
        "may_ask": rules.may_ask_erasure(actor, person),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "organisations/personal/own.html", context, status=status)


@require_safe
def own_file(request: HttpRequest) -> HttpResponse:
    """Everything of it as JSON, to keep."""
    return _file(_self(actor_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """Every request, the waiting ones first; entering one that came on paper."""
    actor = actor_of(request)
    _demand_administrator(actor)
    form = PaperErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        made = erasures.ask(held["person"], words=held["words"], by=actor)
        messages.success(request, _("Đã ghi yêu cầu."))
        return redirect("organisations:erasure", pk=made.pk)
    rows = ErasureRequest.objects.select_related("person").order_by("answered_at", "erase_due")
    context = {"rows": rows, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/personal/requests.html", context, status=status)


@require_safe
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is kept, what erasing would do with it, and the answer."""
    actor, held = _held(request, pk)
    context = {
        "held": held, "kept": personal.kept(subject_of(held.person)),
        "rule": personal_rules.on(clock.today()), "waiting": held.state == held.State.WAITING,
        "may_erase": rules.may_erase(actor, held),
        "may_answer": rules.may_answer_erasure(actor, held),
    }  # fmt: skip
    return render(request, "organisations/personal/request.html", context)


@require_safe
def person_file(request: HttpRequest, pk: int) -> HttpResponse:
    _actor, held = _held(request, pk)
    return _file(held.person)


@require_POST
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    erasures.carry_out(held, by=actor)
    messages.success(request, _("Đã xóa dữ liệu theo yêu cầu."))
    return redirect("organisations:erasure", pk=held.pk)


@require_POST
def turn_down(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    erasures.turn_down(held, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã trả lời không xóa."))
    return redirect("organisations:erasure", pk=held.pk)


def _self(actor: Actor) -> Person:
    person = queries.person_of(actor)
    if person is None:
        raise Http404
    return person


def _demand_administrator(actor: Actor) -> None:
    if not actor.has(roles.ADMINISTRATOR):
        demand(refuse(_("Chỉ quản trị hệ thống xem yêu cầu về dữ liệu cá nhân.")))


def _held(request: HttpRequest, pk: int) -> tuple[Actor, ErasureRequest]:
    actor = actor_of(request)
    _demand_administrator(actor)
    return actor, get_object_or_404(ErasureRequest.objects.select_related("person"), pk=pk)


def _file(person: Person) -> HttpResponse:
    data = personal.export(subject_of(person))
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="du-lieu-ca-nhan.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer
