"""Reading programmes: the list, the plan with its clauses, tasks, targets, citations."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from danvan.documents import downloads
from danvan.kernel import audit
from danvan.programmes import exports, queries
from danvan.programmes.models import Programme, Task
from danvan.programmes.plan import Plan


def _programme(request: HttpRequest, pk: int) -> Programme:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(visible, pk=pk)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Programmes by year, and drafts under review for those who see them."""
    actor = request.actor  # type: ignore[attr-defined]
    programmes = (
        queries.visible_to(actor)
        .annotate(
            task_count=Count("tasks", distinct=True), target_count=Count("targets", distinct=True)
        )
        .defer("plan__text")
        .order_by("-year", "-plan__issued_on")
    )
    context = {
        "programmes": programmes,
        "drafts": queries.drafts_under_review(actor),
        "may_read_in": queries.bodies_served_by(actor).exists(),
    }
    return render(request, "programmes/index.html", context)


@require_GET
def plan(request: HttpRequest, programme: int) -> HttpResponse:
    """Text left; for the clause of ``?muc=`` what it asks on the right."""
    subject = _programme(request, programme)
    shown = Plan(subject)
    wanted = request.GET.get("muc", "")
    clause = shown.clause(int(wanted)) if wanted.isdecimal() else None
    context = _frame(shown, "plan") | {"clause": clause, "history": audit.of(subject)[:5]}
    return render(request, "programmes/plan.html", context)


@require_GET
def tasks(request: HttpRequest, programme: int) -> HttpResponse:
    shown = Plan(_programme(request, programme))
    return render(request, "programmes/tasks.html", _frame(shown, "tasks"))


@require_GET
def tasks_workbook(request: HttpRequest, programme: int) -> HttpResponse:
    subject = _programme(request, programme)
    response = HttpResponse(
        exports.tasks_workbook(subject, Plan(subject).asked()),
        content_type=downloads.TYPES["xlsx"],
    )
    name = content_disposition_header(as_attachment=True, filename=exports.file_name(subject))
    response["Content-Disposition"] = name or "attachment"
    return response


@require_GET
def targets(request: HttpRequest, programme: int) -> HttpResponse:
    shown = Plan(_programme(request, programme))
    return render(request, "programmes/targets.html", _frame(shown, "targets"))


@require_GET
def citations(request: HttpRequest, programme: int) -> HttpResponse:
    shown = Plan(_programme(request, programme))
    return render(request, "programmes/citations.html", _frame(shown, "citations"))


@require_GET
def task(request: HttpRequest, task: int) -> HttpResponse:
    """One task: what, whom, when and why, its clause, what the units have done about it."""
    visible = queries.visible_to(request.actor).values("pk")  # type: ignore[attr-defined]
    tasks = Task.objects.filter(programme__in=visible).select_related(
        "programme__plan", "programme__body", "provision"
    )
    subject = get_object_or_404(tasks.prefetch_related("parties__units"), pk=task)
    shown = Plan(subject.programme)
    shown.tasks = [subject]
    asked = shown.asked(deep=True)[0]
    cited = subject.provision.citations.select_related("cited").defer("cited__text")
    context = {"programme": subject.programme, "asked": asked, "citations": cited}
    return render(request, "programmes/task.html", context)


def _frame(shown: Plan, here: str) -> dict[str, Any]:
    """What every tab of a programme needs."""
    programme = shown.programme
    parts = (
        ("plan", _("Toàn văn"), None),
        ("tasks", _("Nhiệm vụ"), len(shown.tasks)),
        ("targets", _("Chỉ tiêu"), len(shown.targets)),
        ("citations", _("Viện dẫn"), len({c.cited_id for c in shown.citations})),
    )
    tabs = [
        (label, reverse(f"programmes:{name}", args=[programme.pk]), name == here, count)
        for name, label, count in parts
    ]
    return {"programme": programme, "plan": shown, "tabs": tabs}
