"""Amending a plan: the list, one amendment before and after, its changes, its publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.kernel import clock
from danvan.kernel.access import demand
from danvan.organisations import queries as organisations
from danvan.organisations.audience import Audience
from danvan.programmes import amending, amending_paper, queries, rules
from danvan.programmes.actions import amendment_reading, amendments
from danvan.programmes.forms import (
    AmendingFileForm,
    AmendmentForm,
    ChangeTargetForm,
    ChangeTaskForm,
    PaperForm,
)
from danvan.programmes.models import Amendment, AmendmentProposal, Programme, Target, Task
from danvan.programmes.plan import Plan
from danvan.programmes.views.plans import frame
from danvan.ui.downloads import DOCX, attachment


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
    context = _compared(request, subject, form or AmendmentForm.of(subject))
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


def _compared(request: HttpRequest, subject: Amendment, form: AmendmentForm) -> dict[str, Any]:
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
    now = _begins_with(read) or (entered.after if entered else None)
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
def change_target(request: HttpRequest, amendment: int, target: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    subject = amendment_or_404(request, amendment)
    demand(rules.may_change(actor, subject))
    targets = subject.programme.targets.select_related("provision")
    found = get_object_or_404(targets, pk=target)
    read = _read(request, subject, target=found)
    form = ChangeTargetForm(
        request.POST if request.method == "POST" else None, target=found, now=_begins_with(read)
    )
    if form.is_valid():
        try:
            _entered(subject, read, form, by=actor, target=found)
            messages.success(request, _("Đã ghi thay đổi."))
            return redirect("programmes:amendment", subject.pk)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"amendment": subject, "programme": subject.programme, "target": found, "form": form}
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


def _begins_with(read: AmendmentProposal | None) -> dict[str, Any] | None:
    """What a form begins with: what was read, or the words nobody could read."""
    if read is None:
        return None
    return read.after or ({"text": read.words} if read.kind == "unread" else None)


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
    note = request.POST.get("reason", "").strip()[:300]
    amendments.change(
        subject,
        after=None,
        task=found,
        note=note,
        by=request.actor,  # type: ignore[attr-defined]
    )
    messages.success(request, _("Đã ghi thay đổi."))
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


@require_GET
def draft_file(request: HttpRequest, amendment: int) -> HttpResponse:
    """The document as it would be signed by the reader, without number and date."""
    subject = amendment_or_404(request, amendment)
    if subject.state != Amendment.State.DRAFT:
        raise Http404
    paper = amending_paper.compose(subject, request.actor)  # type: ignore[attr-defined]
    data = amending_paper.file_of(paper, None, paper.symbol, None)
    return attachment(data, "du-thao-ke-hoach-sua-doi.docx", DOCX)


@require_POST
def sign(request: HttpRequest, amendment: int) -> HttpResponse:
    """The head signs: number, date, file, register, and the plan changes."""
    subject = amendment_or_404(request, amendment)
    made = amendments.sign(subject, by=request.actor)  # type: ignore[attr-defined]
    messages.success(
        request, _("Đã ban hành %(document)s và báo cho các đơn vị.") % {"document": made.document}
    )
    return redirect("programmes:amendment", subject.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, amendment: int) -> HttpResponse:
    """The amending document's number, date and signer; one act makes it count."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = amendment_or_404(request, amendment)
    demand(rules.may_publish_amendment(actor, subject))
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        initial=PaperForm.begins_with(subject),
    )
    if form.is_valid():
        try:
            amendments.publish(subject, paper=form.paper, by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ban hành sửa đổi, bổ sung và báo cho các đơn vị."))
            return redirect("programmes:amendment", subject.pk)
    context = _compared(request, subject, AmendmentForm.of(subject)) | {"form": form}
    return render(request, "programmes/publish_amendment.html", context)
