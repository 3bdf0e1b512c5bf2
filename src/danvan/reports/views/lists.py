"""What is to be reported, what has been, and how one begins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.assignments import queries as assignments
from danvan.documents.rules import may_keep_register
from danvan.kernel import clock, facts
from danvan.kernel.access import Refused, actor_of, demand
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on, oversees
from danvan.programmes.models import Programme
from danvan.reports import queries, rules
from danvan.reports.actions import outlines, papers
from danvan.reports.forms import PeriodForm
from danvan.reports.models import Outline
from danvan.reports.periods import Form, fitting


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One's own reports, and for who oversees a programme: its consolidated ones and units'."""
    actor = actor_of(request)
    owed = list(queries.owed_by(actor.scopes(*rules.WRITING, roles.MEMBER)))
    written = queries.written_for(owed)
    bodies = oversees(actor)
    names = names_on(clock.today(), {a.unit_id for a in owed})
    context = {
        "owed": [(a, written.get(a.pk), names.get(a.unit_id, str(a.unit))) for a in owed],
        "consolidated": list(queries.consolidated_of(bodies)) if bodies else [],
        "oversees": bool(bodies),
        "may_enact": may_keep_register(actor, None),
        "programmes": [
            (p, rules.may_consolidate(actor, p))
            for p in Programme.objects.filter(body__in=bodies).select_related("plan")
        ],
        "outlines": list(queries.outlines_on(clock.today())),
        "waiting": outlines.waiting() if bodies else [],
    }
    return render(request, "reports/list.html", context)


@require_POST
def enact(request: HttpRequest) -> HttpResponse:
    """Puts the outlines the product comes with in force."""
    actor = actor_of(request)
    body = get_object_or_404(Unit, pk=min(oversees(actor), default=None))
    demand(may_keep_register(actor, body))
    for held in outlines.waiting():
        outlines.enact(body, outline=held, by=actor)
    messages.success(request, _("Đã đưa đề cương vào dùng."))
    return redirect("reports:list")


@require_GET
def outline(request: HttpRequest, pk: int) -> HttpResponse:
    """A report form in words: every item, and where its figure comes from."""
    held = get_object_or_404(Outline.objects.prefetch_related("sections__items"), pk=pk)
    labels = {code: str(fact.label) for code, fact in facts.REGISTRY.items()}
    sections = [
        (s, [(i, labels.get(i.fact, "")) for i in s.items.all()]) for s in held.sections.all()
    ]
    return render(request, "reports/outline.html", {"outline": held, "sections": sections})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, assignment: int) -> HttpResponse:
    """Begins the report an assignment asks for; one that is there is opened."""
    actor = actor_of(request)
    owed = get_object_or_404(assignments.visible_to(actor), pk=assignment)
    held = queries.written_for([owed]).get(owed.pk)
    if held is not None:
        return redirect("reports:report", held.pk)
    if not (allowed := rules.may_write_for(actor, owed.unit)):
        raise Refused(allowed)
    form = PeriodForm(request.POST or None, initial=_suggested(owed))
    if request.method == "POST" and form.is_valid():
        made = papers.begin(
            owed.unit, outline=form.cleaned_data["outline"], assignment=owed,
            span=form.cleaned_data["span"], by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã lập báo cáo; số liệu có sẵn đã được điền."))
        return redirect("reports:report", made.pk)
    context = {"form": form, "assignment": owed}
    return render(request, "reports/begin.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def consolidate(request: HttpRequest, programme: int) -> HttpResponse:
    """Begins the body's report out of its units' reports."""
    actor = actor_of(request)
    bodies = oversees(actor)
    held = get_object_or_404(Programme.objects.filter(body__in=bodies), pk=programme)
    if not (allowed := rules.may_consolidate(actor, held)):
        raise Refused(allowed)
    form = PeriodForm(request.POST or None, initial={"form": Form.YEAR, "year": held.year})
    if request.method == "POST" and form.is_valid():
        made = papers.consolidate(
            held, outline=form.cleaned_data["outline"], span=form.cleaned_data["span"], by=actor
        )
        messages.success(request, _("Đã lập báo cáo tổng hợp từ báo cáo của các đơn vị."))
        return redirect("reports:report", made.pk)
    context = {"form": form, "programme": held}
    return render(request, "reports/begin.html", context, status=422 if form.errors else 200)


def _suggested(assignment: Any) -> dict[str, Any]:
    """The form nearest to the assignment, its period, else the year of its programme."""
    start, end = getattr(assignment, "period_start", None), getattr(assignment, "period_end", None)
    outline = queries.fitting_outline(assignment, clock.today())
    if start and end:
        span = fitting(start, end)
        return {"outline": outline, "form": span.form, "number": span.number, "year": span.year}
    return {"outline": outline, "form": Form.YEAR, "year": assignment.programme.year}
