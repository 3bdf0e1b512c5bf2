"""Reading programmes: the list, the plan with its clauses, tasks, targets, citations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from danvan.documents import downloads
from danvan.kernel import audit, clock
from danvan.kernel.access import demand
from danvan.organisations import queries as organisations
from danvan.programmes import carrying, exports, queries, rules
from danvan.programmes.actions import carrying as acts
from danvan.programmes.actions import targets as measuring
from danvan.programmes.forms import MeasureForm
from danvan.programmes.models import Programme, Target, Task
from danvan.programmes.plan import Plan
from danvan.ui.fields import DayField


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
            task_count=Count("tasks", distinct=True),
            target_count=Count("targets", distinct=True, filter=Q(targets__removed_from=None)),
        )
        .defer("plan__text")
        .order_by("-year", "-plan__issued_on")
    )
    context = {
        "programmes": programmes,
        "drafts": queries.drafts_under_review(actor),
        "manuscripts": queries.manuscripts_in_writing(actor),
        "superiors": queries.superiors_kept(actor),
        "may_read_in": queries.bodies_served_by(actor).exists(),
    }
    return render(request, "programmes/index.html", context)


@require_GET
def plan(request: HttpRequest, programme: int) -> HttpResponse:
    """Text left; for the clause of ``?muc=`` what it asks on the right, as of ``?ngay=``."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = _programme(request, programme)
    shown = Plan(subject, _day(request))
    wanted = request.GET.get("muc", "")
    clause = shown.clause(int(wanted)) if wanted.isdecimal() else None
    context = frame(shown, "plan") | {
        "clause": clause,
        "history": audit.of(subject)[:5],
        "mine": organisations.names_on(clock.today(), _acted_for(actor, subject)),
    }
    return render(request, "programmes/plan.html", context)


def _acted_for(actor: Any, programme: Programme) -> list[int]:
    return list(queries.units_acted_for(actor, programme).values_list("pk", flat=True))


@require_GET
def tasks(request: HttpRequest, programme: int) -> HttpResponse:
    shown = Plan(_programme(request, programme), _day(request))
    return render(request, "programmes/tasks.html", frame(shown, "tasks"))


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
    subject = _programme(request, programme)
    shown = Plan(subject, _day(request))
    may = rules.may_amend(request.actor, subject)  # type: ignore[attr-defined]
    return render(request, "programmes/targets.html", frame(shown, "targets") | {"may": may})


@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest, target: int) -> HttpResponse:
    """How one target is measured: its fact, baseline, direction, and who falls short."""
    actor = request.actor  # type: ignore[attr-defined]
    visible = queries.visible_to(actor).order_by().values("pk")
    found = get_object_or_404(
        Target.objects.filter(programme__in=visible).select_related("programme__plan", "provision"),
        pk=target,
    )
    demand(rules.may_measure(actor, found))
    form = MeasureForm(request.POST if request.method == "POST" else None, target=found)
    if form.is_valid():
        measuring.measure(found, by_way_of=form.measure, by=actor)
        messages.success(request, _("Đã đặt cách đo chỉ tiêu."))
        return redirect("programmes:targets", found.programme_id)
    context = {"target": found, "programme": found.programme, "form": form}
    return render(request, "programmes/target.html", context)


@require_GET
def target_why(request: HttpRequest, target: int) -> HttpResponse:
    """Why a target stands where it stands: the figure, its steps, who falls short, its changes."""
    actor = request.actor  # type: ignore[attr-defined]
    visible = queries.visible_to(actor).order_by().values("pk")
    targets = Target.objects.filter(programme__in=visible)
    found = get_object_or_404(
        targets.select_related("programme__plan", "programme__body", "provision"), pk=target
    )
    shown = Plan(found.programme)
    context = {
        "programme": found.programme,
        "each": shown.measured([found])[0],
        "history": shown.history_of(found),
        "may": rules.may_measure(actor, found),
    }
    return render(request, "programmes/target_why.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request: HttpRequest, programme: int) -> HttpResponse:
    """The superior's tasks beside ours; what is not carried out yet stands first."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = _programme(request, programme)
    if request.method == "POST":
        try:
            _carry(request, subject)
            messages.success(request, _("Đã ghi nhận."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("programmes:coverage", subject.pk)
    shown = Plan(subject)
    rows = carrying.coverage(subject)
    context = frame(shown, "coverage") | {
        "rows": rows,
        "uncovered": [row for row in rows if row.open],
        "may": rules.may_amend(actor, subject),
        "kept": subject.body.drafts.filter(state="kept").select_related("document"),
    }
    return render(request, "programmes/coverage.html", context)


def _carry(request: HttpRequest, subject: Programme) -> None:
    """One of three: choose the superior's plan, link a task, or say why there is none."""
    actor = request.actor  # type: ignore[attr-defined]
    sent = {k: request.POST.get(k, "") for k in ("can_cu", "cap_tren", "nhiem_vu", "reason")}
    asked, task, ground = (
        int(sent[k]) if sent[k].isdecimal() else 0 for k in ("cap_tren", "nhiem_vu", "can_cu")
    )
    if ground or "can_cu" in request.POST:
        acts.ground(subject, superior=ground, by=actor)
    elif task or "nhiem_vu" in request.POST:
        acts.carry(subject, asked=asked, task=task, by=actor)
    else:
        acts.decline(subject, asked=asked, reason=sent["reason"], by=actor)


@require_GET
def citations(request: HttpRequest, programme: int) -> HttpResponse:
    shown = Plan(_programme(request, programme))
    return render(request, "programmes/citations.html", frame(shown, "citations"))


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


def frame(shown: Plan, here: str) -> dict[str, Any]:
    """What every tab of a programme needs."""
    programme = shown.programme
    parts = (
        ("plan", _("Toàn văn"), None),
        ("tasks", _("Nhiệm vụ"), len(shown.tasks)),
        ("targets", _("Chỉ tiêu"), shown.targets_counting),
        ("citations", _("Viện dẫn"), len({c.cited_id for c in shown.citations})),
        ("amendments", _("Sửa đổi"), len(shown.amendments)),
        ("coverage", _("Cấp trên giao"), None),
    )
    tabs = [
        (label, reverse(f"programmes:{name}", args=[programme.pk]), name == here, count)
        for name, label, count in parts
    ]
    return {"programme": programme, "plan": shown, "tabs": tabs}


def _day(request: HttpRequest) -> dt.date | None:
    """The day asked for with ``?ngay=``, written either way; None if none, or not a day."""
    try:
        return DayField(required=False).clean(request.GET.get("ngay", ""))
    except ValidationError:
        return None
