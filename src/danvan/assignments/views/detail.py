"""One assignment: what is asked, what came of it, and everything that can be done to it.

Every verb is sent to the page's own address (``viec`` says which), so that after a lost
session one comes back to the page and its drafts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from danvan.assignments import forms, history, naming, queries, rules, wording
from danvan.assignments.actions import progress, submissions
from danvan.assignments.models import Assignment
from danvan.assignments.status import status_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.programmes.models.plans import Deliverable


@dataclass(frozen=True, slots=True)
class Verb:
    """An act, the form that goes with it and what is said when it is done."""

    act: Callable[..., Any]
    form: type[forms.VerbForm]
    said: Any


VERBS = {
    "nop": Verb(submissions.file, forms.FileForm, _("Đã nộp, chờ cơ quan thường trực xem xét.")),
    "tien-do": Verb(progress.note_progress, forms.NoteForm, _("Đã ghi tiến độ.")),
    "bat-dau": Verb(progress.start, forms.NothingForm, _("Đã ghi nhận bắt đầu thực hiện.")),
    "chap-nhan": Verb(submissions.accept, forms.AcceptForm, _("Đã chấp nhận.")),
    "tra-lai": Verb(
        submissions.return_for_correction, forms.ReturnForm, _("Đã trả lại kèm lý do.")
    ),
    "mien": Verb(submissions.exempt, forms.ExemptForm, _("Đã miễn.")),
    "yeu-cau-lai": Verb(
        submissions.require_again, forms.RequireAgainForm, _("Đã yêu cầu thực hiện lại.")
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; a POST runs the verb it names."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assignment = get_object_or_404(queries.visible_to(actor), pk=pk)
    if request.method != "POST":
        return page(request, assignment)
    name = request.POST.get("viec", "")
    if name not in VERBS:
        raise BadRequest(name)
    return run(request, assignment, VERBS[name])


def run(request: HttpRequest, assignment: Assignment, verb: Verb) -> HttpResponse:
    """Runs a verb with what was sent. A refused one is asked for all the same: it is logged."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = verb.form(request.POST, request.FILES, assignment=assignment)
    allowed = verb.act.action.may(actor, assignment)  # type: ignore[attr-defined]
    if allowed and not form.is_valid():
        return page(request, assignment, form)
    words = form.words() if form.is_valid() else {}
    verb.act(assignment, by=actor, **words)
    messages.success(request, str(verb.said))
    return redirect("assignments:detail", pk=assignment.pk)


def page(
    request: HttpRequest, assignment: Assignment, refused: forms.VerbForm | None = None
) -> HttpResponse:
    """Shows the assignment; ``refused``: a form sent with mistakes, shown as it was typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = clock.today()
    context = {
        "assignment": assignment,
        "task": assignment.task,
        "status": status_of(assignment, today),
        "title": wording.line_title(assignment.task),
        "short": wording.short_title(assignment.task, 40),
        "source": wording.source(assignment),
        "why": wording.why_due(assignment),
        "unit_name": naming.of_assignments([assignment])[
            assignment.programme_id, assignment.unit_id
        ],
        "submissions": queries.versions_of(assignment),
        "history": history.lines(queries.history_of(assignment)),
        **_forms(actor, assignment, refused),
    }
    return render(request, "assignments/detail.html", context)


def _forms(actor: Actor, assignment: Assignment, refused: forms.VerbForm | None) -> dict[str, Any]:
    """What this person can do here: a decision and a form for each act."""
    state, State = assignment.state, Assignment.State
    waiting = rules.waiting_submission(assignment) if state == State.SUBMITTED else None
    version = {"version": waiting.version} if waiting else {}
    made = {
        "file_form": forms.FileForm(assignment=assignment),
        "note_form": forms.NoteForm(
            assignment=assignment, initial={"note": assignment.progress_note}
        ),
        "return_form": forms.ReturnForm(assignment=assignment, initial=version),
        "exempt_form": forms.ExemptForm(assignment=assignment),
        "again_form": forms.RequireAgainForm(assignment=assignment),
    }
    for name, form in made.items():
        if type(form) is type(refused):
            made[name] = refused  # type: ignore[assignment]
    return {
        **made,
        "waiting": waiting,
        "of_unit": any(actor.has(role, assignment.unit_id) for role in rules.BELONGING),
        "of_office": actor.has(roles.PROGRAMME_OFFICE, assignment.programme.body_id),
        "is_dossier": bool(assignment.task) and assignment.task.deliverable == Deliverable.DOSSIER,  # type: ignore[union-attr]
        "may_file": rules.may_file(actor, assignment),
        "may_note": rules.may_note_progress(actor, assignment),
        "may_start": rules.may_start(actor, assignment),
        "may_accept": rules.may_accept(actor, assignment),
        "may_return": rules.may_return(actor, assignment),
        "may_exempt": rules.may_exempt(actor, assignment),
        "may_require_again": rules.may_require_again(actor, assignment),
    }
