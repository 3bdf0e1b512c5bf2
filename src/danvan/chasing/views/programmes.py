"""Chasing the units of a programme: who is late, remind them, write to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from danvan.assignments.models import Assignment
from danvan.assignments.naming import names
from danvan.assignments.wording import short_title
from danvan.chasing import pages, papers, queries, rules, wording
from danvan.chasing.actions import letters, reminding
from danvan.chasing.forms import RemindForm
from danvan.chasing.models import OF_THE_UNIT, Audience
from danvan.chasing.views.requests import programme_or_404
from danvan.kernel import clock
from danvan.kernel.access import actor_of
from danvan.programmes.models import Programme, Task
from danvan.ui.downloads import DOCX, attachment


@require_GET
def overview(request: HttpRequest, programme: int) -> HttpResponse:
    """Duty by duty: how many are late; what the ladder will do; letters that went out."""
    held, actor, today = programme_or_404(request, programme), actor_of(request), clock.today()
    context = {
        "programme": held,
        "tasks": pages.tasks_of(held, today),
        "coming": pages.coming(held, today),
        "letters": held.urging_letters.select_related("document").prefetch_related("lines"),
        "may_chase": rules.may_chase(actor, held),
        "may_urge": rules.may_urge(actor, held),
    }
    return render(request, "chasing/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, programme: int) -> HttpResponse:
    """The preview: exactly who is told, the text, who is left out and why; then one button."""
    held, actor = programme_or_404(request, programme), actor_of(request)
    task = _task(request, held)
    owed = _owed(held, task)
    form = RemindForm(request.POST or None, choices=[(a.pk, "") for a in owed])
    if request.method == "POST" and (form.is_valid() or not rules.may_chase(actor, held)):
        chosen = form.cleaned_data.get("assignments", [])
        audience = form.cleaned_data.get("audience", Audience.OFFICER)
        told = reminding.remind(held, assignments=chosen, audience=audience, by=actor)
        messages.success(request, _("Đã nhắc %d người.") % len(told))
        return redirect("chasing:programme", held.pk)
    audience = request.POST.get("audience") or request.GET.get("ai") or Audience.OFFICER
    context = _previewed(held, task, owed, audience if audience in dict(OF_THE_UNIT) else "officer")
    context |= {"form": form, "may_chase": rules.may_chase(actor, held)}
    return render(request, "chasing/remind.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def urge(request: HttpRequest, programme: int) -> HttpResponse:
    """The letter before it is numbered: its words and its list; then one act issues it."""
    held, actor = programme_or_404(request, programme), actor_of(request)
    task = _task(request, held)
    if request.method == "POST":
        letter = letters.urge(held, task=task.pk if task else None, by=actor)
        messages.success(request, _("Đã ban hành công văn %s.") % letter.document.code)
        return redirect("documents:document", letter.document_id)
    late = letters.late_of(held, task.pk if task else None)
    units = names({a.unit_id for a in late}, clock.today())
    context = {
        "programme": held,
        "task": task,
        "rows": papers.rows(late, units),
        "text": papers.text_of(papers.compose(held, late, actor)) if late else "",
        "may_urge": rules.may_urge(actor, held),
    }
    return render(request, "chasing/urge.html", context)


@require_GET
def letter_draft(request: HttpRequest, programme: int) -> HttpResponse:
    """The letter as it would be signed, without number and date."""
    held, actor = programme_or_404(request, programme), actor_of(request)
    task = _task(request, held)
    paper = papers.compose(held, letters.late_of(held, task.pk if task else None), actor)
    data = papers.file_of(paper, None, f"UBND-{paper.series}", None)
    return attachment(data, "du-thao-cong-van-don-doc.docx", DOCX)


def _task(request: HttpRequest, programme: Programme) -> Task | None:
    asked = request.GET.get("nhiem_vu", "")
    if not asked.isdecimal():
        return None
    tasks = Task.objects.filter(programme=programme).select_related("provision")
    return get_object_or_404(tasks, pk=int(asked))


def _owed(programme: Programme, task: Task | None) -> list[Assignment]:
    """Open ones of the duty; without one, everything that is late."""
    if task is None:
        return list(queries.late_in(programme, clock.today()))
    return list(queries.chased().filter(programme=programme, task=task).order_by("due_on", "pk"))


def _previewed(
    programme: Programme, task: Task | None, owed: list[Assignment], audience: str
) -> dict[str, Any]:
    today = clock.today()
    rows = pages.preview(owed, audience, today)
    title = short_title(task) if task else _("Các việc quá hạn")
    names = {row.assignment.unit_id: row.unit for row in rows}
    return {
        "programme": programme,
        "task": task,
        "title": title,
        "spared": pages.spared(programme, task, today) if task else [],
        "audience": audience,
        "audiences": OF_THE_UNIT,
        "rows": rows,
        "told": sum(1 for row in rows if row.people),
        "chat": wording.for_chat(title, owed, names, today) if owed else "",
    }
