"""One assignment: everything that can be done to it.

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

from danvan.assignments import forms, queries
from danvan.assignments.actions import directives, exemptions, extensions, progress, submissions
from danvan.assignments.models import Assignment
from danvan.assignments.page import context
from danvan.kernel.access import Actor


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
    "phan-cong": Verb(progress.name_person, forms.NameForm, _("Đã phân công.")),
    "xin-gia-han": Verb(
        extensions.ask, forms.AskExtensionForm, _("Đã gửi đề nghị gia hạn, chờ xem xét.")
    ),
    "cho-gia-han": Verb(extensions.grant, forms.GrantExtensionForm, _("Đã gia hạn.")),
    "khong-gia-han": Verb(
        extensions.refuse_request, forms.RefuseExtensionForm, _("Đã trả lời: không gia hạn.")
    ),
    "gia-han": Verb(extensions.extend, forms.ExtendForm, _("Đã gia hạn.")),
    "khong-ap-dung": Verb(
        exemptions.ask, forms.AskExemptionForm, _("Đã gửi đề nghị không áp dụng, chờ xem xét.")
    ),
    "cho-mien": Verb(exemptions.grant, forms.GrantExemptionForm, _("Đã đồng ý không áp dụng.")),
    "khong-mien": Verb(
        exemptions.refuse_request,
        forms.RefuseExemptionForm,
        _("Đã trả lời: đơn vị vẫn phải thực hiện."),
    ),
    "xac-nhan": Verb(directives.confirm, forms.ConfirmForm, _("Đã ghi xác nhận.")),
    "chua-xac-nhan": Verb(
        directives.deny, forms.DenyForm, _("Đã ghi ý kiến; đơn vị phải làm tiếp.")
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; a POST runs the verb it names."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assignment = get_object_or_404(queries.visible_to(actor), pk=pk)
    if request.method != "POST":
        return show(request, assignment)
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
        return show(request, assignment, form)
    words = form.words() if form.is_valid() else {}
    verb.act(assignment, by=actor, **words)
    messages.success(request, str(verb.said))
    return redirect("assignments:detail", pk=assignment.pk)


def show(
    request: HttpRequest, assignment: Assignment, refused: forms.VerbForm | None = None
) -> HttpResponse:
    """The page; ``refused``: a form sent with mistakes, shown as it was typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = context(actor, assignment, refused)
    return render(request, "assignments/detail.html", shown)
