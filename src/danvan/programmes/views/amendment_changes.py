"""The changes of an amendment being prepared: a task or target changed, added, dropped."""

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
from danvan.organisations.audience import Audience
from danvan.programmes import amending, queries, rules
from danvan.programmes.actions import amendment_reading, amendments
from danvan.programmes.forms import ChangeTargetForm, ChangeTaskForm
from danvan.programmes.models import Amendment, AmendmentProposal, Target, Task
from danvan.programmes.views.amendments import amendment_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def change_task(request: HttpRequest, amendment: int, task: int = 0) -> HttpResponse:
    """A task as it shall be; without a task, a new one."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = amendment_or_404(request, amendment)
    demand(rules.may_change(actor, subject))
    programme = subject.programme
    found = get_object_or_404(queries.tasks_of(programme), pk=task) if task else None
    read = _read(request, subject, task=found)
    entered = subject.changes.filter(task=found).first() if found else None
    now = _begins_with(read, "text") or (entered.after if entered else None)
    now = now or (amending.of_task(found) if found else None)
    form = ChangeTaskForm(
        request.POST if request.method == "POST" else None,
        programme=programme,
        audience=Audience(programme.body, programme.plan.issued_on or clock.today()),
        now=now,
        task=found,
    )
    if form.is_valid():
        try:
            _entered(subject, read, form, by=actor, task=found)
            messages.success(request, _("Đã ghi thay đổi."))
            return redirect("programmes:amendment", subject.pk)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"amendment": subject, "programme": programme, "task": found, "form": form}
    return render(request, "programmes/change_task.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_target(request: HttpRequest, amendment: int, target: int = 0) -> HttpResponse:
    """A target as it shall be; without a target, a new one."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = amendment_or_404(request, amendment)
    demand(rules.may_change(actor, subject))
    programme = subject.programme
    targets = programme.targets.select_related("provision")
    found = get_object_or_404(targets, pk=target) if target else None
    read = _read(request, subject, target=found)
    form = ChangeTargetForm(
        request.POST if request.method == "POST" else None,
        programme=programme,
        target=found,
        now=_begins_with(read, "subject"),
    )
    if form.is_valid():
        try:
            _entered(subject, read, form, by=actor, target=found)
            messages.success(request, _("Đã ghi thay đổi."))
            return redirect("programmes:amendment", subject.pk)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"amendment": subject, "programme": programme, "target": found, "form": form}
    return render(request, "programmes/change_target.html", context)


def _read(
    request: HttpRequest, subject: Amendment, task: Task | None = None, target: Target | None = None
) -> AmendmentProposal | None:
    """The proposal of ``?de_xuat=`` that is being mended; None if it is about something else."""
    asked = request.GET.get("de_xuat", "")
    if not asked.isdecimal():
        return None
    return subject.proposals.filter(
        pk=int(asked), task=task, target=target, state="pending"
    ).first()


def _begins_with(read: AmendmentProposal | None, name: str) -> dict[str, Any] | None:
    """What a form begins with: what was read, or the words nobody could read in that field."""
    if read is None:
        return None
    return read.after or ({name: read.words} if read.kind == "unread" else None)


def _entered(
    subject: Amendment, read: AmendmentProposal | None, form: Any, *, by: Any, **about: Any
) -> None:
    note = form.cleaned_data["note"]
    if read is not None:
        amendment_reading.mend(subject, proposal=read.pk, after=form.after, note=note, by=by)
    else:
        amendments.change(subject, after=form.after, note=note, by=by, **about)


@require_POST
def remove_task(request: HttpRequest, amendment: int, task: int) -> HttpResponse:
    """The task is asked no more from the day of effect; the reason is the change's note."""
    subject = amendment_or_404(request, amendment)
    found = get_object_or_404(queries.tasks_of(subject.programme), pk=task)
    return _removed(request, subject, task=found)


@require_POST
def remove_target(request: HttpRequest, amendment: int, target: int) -> HttpResponse:
    """The target counts no more from the day of effect; what it was stays to be read."""
    subject = amendment_or_404(request, amendment)
    found = get_object_or_404(subject.programme.targets.all(), pk=target)
    return _removed(request, subject, target=found)


def _removed(request: HttpRequest, subject: Amendment, **about: Any) -> HttpResponse:
    note = request.POST.get("reason", "").strip()[:300]
    actor = request.actor  # type: ignore[attr-defined]
    try:
        amendments.change(subject, after=None, note=note, by=actor, **about)
        messages.success(request, _("Đã ghi thay đổi."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("programmes:amendment", subject.pk)


@require_POST
def undo(request: HttpRequest, amendment: int, change: int) -> HttpResponse:
    subject = amendment_or_404(request, amendment)
    actor = request.actor  # type: ignore[attr-defined]
    if subject.changes.filter(pk=change).exists():
        amendments.undo(subject, change=change, by=actor)
        messages.success(request, _("Đã bỏ thay đổi khỏi bản sửa đổi."))
    else:
        demand(rules.may_change(actor, subject))
        messages.info(request, _("Thay đổi này đã được bỏ."))
    return redirect("programmes:amendment", subject.pk)
