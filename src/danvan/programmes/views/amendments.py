"""Amending a plan: the list, and one amendment before and after with what was read for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.kernel import clock
from danvan.kernel.access import demand
from danvan.organisations import queries as organisations
from danvan.programmes import amending, queries, rules
from danvan.programmes.actions import amendments
from danvan.programmes.forms import AmendingFileForm, AmendmentForm
from danvan.programmes.models import Amendment, Programme
from danvan.programmes.plan import Plan
from danvan.programmes.views.plans import frame


def amendment_or_404(request: HttpRequest, pk: int) -> Amendment:
    visible = queries.amendments_visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(visible, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, programme: int) -> HttpResponse:
    """What changed the plan, and the beginning of another amendment."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = get_object_or_404(queries.visible_to(actor), pk=programme)
    may = rules.may_amend(actor, subject)
    form = AmendmentForm(request.POST or None, initial=_first_words(subject))
    if request.method == "POST":
        demand(may)
        if form.is_valid():
            try:
                made = amendments.begin(subject, **form.cleaned_data, by=actor)
                return redirect("programmes:amendment", made.pk)
            except ValidationError as error:
                form.add_error(None, error)
    visible = queries.amendments_visible_to(actor).filter(programme=subject)
    rows = visible.exclude(state=Amendment.State.DISCARDED).prefetch_related("changes")
    context = frame(Plan(subject), "amendments") | {"form": form, "rows": rows, "may": may}
    context["preparing"] = any(row.state == Amendment.State.DRAFT for row in rows)
    return render(request, "programmes/amendments.html", context)


def _first_words(programme: Programme) -> dict[str, Any]:
    named = _("Sửa đổi, bổ sung %(type)s số %(code)s") % {
        "type": programme.plan.type, "code": programme.plan.code,
    }  # fmt: skip
    return {"title": named, "in_force_from": clock.today()}


@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, amendment: int) -> HttpResponse:
    """Clause by clause, before and after; while prepared, everything one may do to it."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = amendment_or_404(request, amendment)
    form = AmendmentForm.of(subject, request.POST or None)
    if request.method == "POST":
        demand(rules.may_change(actor, subject))
        if form.is_valid():
            try:
                amendments.describe(subject, **form.cleaned_data, by=actor)
                messages.success(request, _("Đã lưu."))
                return redirect("programmes:amendment", subject.pk)
            except ValidationError as error:
                form.add_error(None, error)
    return page(request, subject, form=form)


def page(
    request: HttpRequest,
    subject: Amendment,
    *,
    form: AmendmentForm | None = None,
    reading: AmendingFileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The amendment's page, with the forms as they were sent or empty."""
    context = compared(request, subject, form or AmendmentForm.of(subject))
    context |= _proposed(subject) | {"reading": reading or AmendingFileForm()}
    return render(request, "programmes/amendment.html", context, status=status)


def _proposed(subject: Amendment) -> dict[str, Any]:
    """What was read and waits, what it would change, and what was set aside."""
    held = subject.proposals.select_related("task__provision", "target__provision")
    proposals = list(held)
    day = subject.programme.plan.issued_on or clock.today()
    changes = {p.pk: amending.proposed(p) for p in proposals if p.state == "pending"}
    names = organisations.names_on(day, amending.units_in(changes.values()))
    places = {p.pk: p for p in subject.programme.plan.provisions.all()}
    waiting = [
        {
            "proposal": p,
            "provision": places.get(_place(changes[p.pk])) if p.kind != "unread" else None,
            "differences": [d for d in amending.differences(changes[p.pk], names) if d.moved],
        }
        for p in proposals
        if p.state == "pending"
    ]
    says = amending.day(subject.read_header.get("in_force_from"))
    return {
        "waiting": waiting,
        "settled": [p for p in proposals if p.state != "pending" and p.kind != "aside"],
        "aside": [p for p in proposals if p.kind == "aside"],
        "other_day": says if says and says != subject.in_force_from else None,
    }


def compared(request: HttpRequest, subject: Amendment, form: AmendmentForm) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    programme = subject.programme
    changes = list(subject.changes.select_related("task__provision", "target__provision"))
    day = programme.plan.issued_on or clock.today()
    names = organisations.names_on(day, amending.units_in(changes))
    places = {p.pk: p for p in programme.plan.provisions.all()}
    rows = [
        {
            "change": change,
            "provision": places.get(_place(change)),
            "differences": amending.differences(change, names),
            "past": amending.past(change, subject.in_force_from),
        }
        for change in changes
    ]
    return {
        "amendment": subject, "programme": programme, "form": form, "rows": rows,
        "may": rules.may_change(actor, subject),
        "may_publish": rules.may_publish_amendment(actor, subject),
        "may_sign": rules.may_sign_amendment(actor, subject),
        "plan": Plan(programme),
    }  # fmt: skip


def _place(change: Any) -> int:
    about = change.task or change.target
    return int(about.provision_id if about else change.after["provision"])


@require_POST
def discard(request: HttpRequest, amendment: int) -> HttpResponse:
    subject = amendment_or_404(request, amendment)
    try:
        amendments.discard(
            subject,
            reason=request.POST.get("reason", ""),
            by=request.actor,  # type: ignore[attr-defined]
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("programmes:amendment", subject.pk)
    messages.success(request, _("Đã bỏ bản sửa đổi."))
    return redirect("programmes:amendments", subject.programme_id)
