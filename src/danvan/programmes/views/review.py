"""Reviewing a draft: text left, findings right; each verb answers with a page or its one card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import push_url

from danvan.kernel.access import Refused, Stale, demand
from danvan.programmes import queries, review, review_page, rules
from danvan.programmes.actions import findings, publishing
from danvan.programmes.forms import TaskForm, form_for
from danvan.programmes.models import Draft, Finding


def _draft(request: HttpRequest, pk: int) -> Draft:
    visible = queries.drafts_visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(visible, pk=pk)


@require_GET
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """The whole review; ``?sua=`` opens the correction of one finding, ``?loc=cho`` filters."""
    subject = _draft(request, draft)
    if subject.state == Draft.State.PUBLISHED:
        return redirect("programmes:plan", subject.programme.pk)
    return _page(request, subject)


def _page(request: HttpRequest, subject: Draft, form: Any = None, opened: int = 0) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    audience = review.audience_of(subject)
    shown = review_page.Review(subject, review.groups(subject, audience), actor)
    wanted = request.GET.get("sua", "")
    opened = opened or (int(wanted) if wanted.isdecimal() else 0)
    row = shown.row(opened)
    if row and form is None and rules.may_review(actor, subject):
        form = form_for(row, subject, audience)
    only = request.GET.get("loc") == "cho"
    context = {"page": shown, "draft": subject, "only": only, "open": opened, "form": form}
    return render(request, "programmes/review.html", context)


@require_POST
def accept(request: HttpRequest, draft: int, finding: int) -> HttpResponse:
    actor, seen = request.actor, request.POST.get("seen", "")  # type: ignore[attr-defined]
    subject = _draft(request, draft)
    get_object_or_404(subject.findings, pk=finding)
    return _settle(
        request, subject, finding, lambda: findings.accept(subject, finding, seen=seen, by=actor)
    )


@require_POST
def strike(request: HttpRequest, draft: int, finding: int) -> HttpResponse:
    actor, seen = request.actor, request.POST.get("seen", "")  # type: ignore[attr-defined]
    reason = request.POST.get("reason", "")
    subject = _draft(request, draft)
    get_object_or_404(subject.findings, pk=finding)
    return _settle(
        request,
        subject,
        finding,
        lambda: findings.strike(subject, finding, reason=reason, seen=seen, by=actor),
    )


@require_POST
def correct(request: HttpRequest, draft: int, finding: int) -> HttpResponse:
    """Saves a correction; what is wrong is said at its field, what was typed stays."""
    actor, seen = request.actor, request.POST.get("seen", "")  # type: ignore[attr-defined]
    subject = _draft(request, draft)
    demand(rules.may_review(actor, subject))
    audience = review.audience_of(subject)
    row = review.row_of(get_object_or_404(subject.findings, pk=finding), subject, audience)
    form = form_for(row, subject, audience, request.POST)
    if not form.is_valid():
        return _page(request, subject, form, finding)
    place = form.cleaned_data.get("provision")
    return _settle(
        request,
        subject,
        finding,
        lambda: findings.correct(
            subject, finding, shape=form.shape(), provision=place, seen=seen, by=actor
        ),
    )


def _settle(
    request: HttpRequest,
    subject: Draft,
    finding: int,
    verb: Callable[[], Finding],
) -> HttpResponse:
    """Runs a verb on one finding and answers in kind: its card for htmx, else the page."""
    problem = ""
    try:
        verb()
    except ValidationError as error:
        problem = " ".join(error.messages)
    except Stale as stale:
        if not request.htmx:  # type: ignore[attr-defined]
            raise
        problem = stale.reason
    if request.htmx:  # type: ignore[attr-defined]
        return _card(request, subject, finding, problem)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("Đã ghi nhận."))
    return redirect(_after(request, subject, finding, problem))


def _after(request: HttpRequest, subject: Draft, finding: int, problem: str) -> str:
    """Where the review goes on: the next pending finding, or the same one if something is wrong."""
    shown = review_page.Review(subject, review.groups(subject), request.actor)  # type: ignore
    place = finding if problem else shown.next_after(finding)
    only = "?loc=cho" if request.POST.get("loc") == "cho" else ""
    return f"{reverse('programmes:review', args=[subject.pk])}{only}#muc-{place}"


def _card(request: HttpRequest, subject: Draft, finding: int, problem: str) -> HttpResponse:
    """One card and, beside it, the counts that changed with it."""
    shown = review_page.Review(subject, review.groups(subject), request.actor)  # type: ignore
    context = {
        "page": shown,
        "draft": subject,
        "row": shown.row(finding),
        "problem": problem,
        "swapped": True,
    }
    answer = render(request, "programmes/parts/card_answer.html", context)
    # The address of a verb is no page to come back to.
    return push_url(answer, False)


@require_POST
def accept_group(request: HttpRequest, draft: int, kind: str) -> HttpResponse:
    """All sure findings of a kind that were on the screen, once the person said so."""
    subject = _draft(request, draft)
    actor = request.actor  # type: ignore[attr-defined]
    back = f"{reverse('programmes:review', args=[subject.pk])}#nhom-{kind}"
    if request.POST.get("da_xem") != "1":
        demand(rules.may_review(actor, subject))
        messages.error(request, _("Hãy xem các mục rồi đánh dấu “Tôi đã xem” trước khi xác nhận."))
        return redirect(back)
    ids = [int(pk) for pk in request.POST.getlist("muc") if pk.isdecimal()]
    done = findings.accept_group(subject, kind, findings=ids, by=actor)
    said = ngettext("Đã xác nhận %(count)d mục.", "Đã xác nhận %(count)d mục.", len(done))
    messages.success(request, said % {"count": len(done)})
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: HttpRequest, draft: int) -> HttpResponse:
    """A task the compiler missed."""
    subject = _draft(request, draft)
    actor = request.actor  # type: ignore[attr-defined]
    demand(rules.may_review(actor, subject))
    asked = request.GET.get("muc", "")
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        draft=subject,
        audience=review.audience_of(subject),
        provision=int(asked) if asked.isdecimal() else None,
    )
    if form.is_valid():
        place = form.cleaned_data["provision"]
        row = findings.add_task(subject, provision=place, shape=form.shape(), by=actor)
        messages.success(request, _("Đã bổ sung nhiệm vụ."))
        return redirect(f"{reverse('programmes:review', args=[subject.pk])}#muc-{row.pk}")
    return render(request, "programmes/add_task.html", {"draft": subject, "form": form})


@require_POST
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    """The one act; a second click, or a colleague who was slower, lands on the programme."""
    subject = _draft(request, draft)
    try:
        programme = publishing.publish(subject, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        subject.refresh_from_db()
        if not refused.decision.done or subject.state != Draft.State.PUBLISHED:
            raise
        messages.info(request, _("Kế hoạch này đã được ban hành thành chương trình."))
        return redirect("programmes:plan", subject.programme.pk)
    messages.success(request, _("Đã ban hành kế hoạch và giao nhiệm vụ cho các đơn vị."))
    return redirect("programmes:plan", programme.pk)


@require_POST
def keep(request: HttpRequest, draft: int) -> HttpResponse:
    """A superior's plan, looked at as a whole, becomes a ground."""
    subject = _draft(request, draft)
    publishing.keep(subject, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Đã ghi nhận kế hoạch cấp trên làm căn cứ."))
    return redirect("programmes:index")
