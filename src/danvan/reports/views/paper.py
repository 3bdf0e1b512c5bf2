"""One report: reading and writing it, and every verb that can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.kernel import audit
from danvan.kernel.access import Refused, Stale, actor_of
from danvan.organisations.queries import name_on
from danvan.reports import composing, pages, papers, queries, rules
from danvan.reports.actions import papers as verbs
from danvan.reports.actions.papers import save
from danvan.reports.forms import AnswerForm, ReportForm
from danvan.reports.models import Report
from danvan.reports.views.requests import report_or_404

HISTORY = 15


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report; whoever may write it writes it here."""
    found, actor = report_or_404(request, pk), actor_of(request)
    may_edit = rules.may_edit(actor, found)
    if request.method != "POST":
        return _shown(request, found, _form(found) if may_edit else None)
    if not may_edit:
        raise Refused(may_edit)
    form = _form(found, request.POST)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    try:
        save(
            found, revision=form.cleaned_data["revision"], figures=form.typed(),
            texts=form.words(), by=actor,
        )  # fmt: skip
    except Stale as stale:
        return _told_stale(request, found, form, stale)
    messages.success(request, _("Đã lưu báo cáo."))
    return redirect("reports:report", found.pk)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    found = report_or_404(request, pk)
    changed = verbs.refresh(found, by=actor_of(request))
    messages.success(request, _("Đã đọc lại số liệu: %d chỗ thay đổi.") % len(changed))
    return redirect("reports:report", pk)


@require_POST
def put_forward(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, verbs.put_forward, _("Đã trình lãnh đạo duyệt."))


@require_POST
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _done(request, pk, verbs.hand_back, _("Đã chuyển lại để sửa."), reason=reason)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isdecimal() else None
    said = _("Đã duyệt, cấp số và gửi báo cáo.")
    return _done(request, pk, verbs.approve, said, revision=revision)


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    made = verbs.revise(report_or_404(request, pk), by=actor_of(request))
    messages.success(request, _("Đã lập lần %d của báo cáo.") % made.version)
    return redirect("reports:report", made.pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes the reply of the level above."""
    found, actor = report_or_404(request, pk), actor_of(request)
    if not (allowed := rules.may_answer(actor, found)):
        raise Refused(allowed)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, None, status=422, answer_form=form)
    verbs.answer(found, **form.cleaned_data, by=actor)
    messages.success(request, _("Đã ghi trả lời của cấp trên."))
    return redirect("reports:report", pk)


@require_GET
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    """What this version says otherwise than the one before."""
    found = report_or_404(request, pk)
    before = queries.previous_of(found)
    context = {
        "report": found,
        "subject": papers.subject_of(found),
        "before": before,
        "changes": pages.changes(before, found) if before else [],
    }
    return render(request, "reports/changes.html", context)


@require_GET
def sources(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """The units' values behind a sum."""
    found = report_or_404(request, pk)
    held = get_object_or_404(found.figures.select_related("item__section"), pk=figure)
    by_report = {s.report_id: s.value for s in held.shares.all()}
    included = list(Report.objects.filter(pk__in=by_report).select_related("document"))
    rows = [
        (e.name, by_report.get(e.report.pk) if e.report else None, e.report)
        for e in queries.expected(found.programme, included)
    ]
    context = {
        "report": found, "figure": held, "rows": rows, "subject": papers.subject_of(found)
    }  # fmt: skip
    return render(request, "reports/sources.html", context)


def _done(
    request: HttpRequest, pk: int, verb: Callable[..., Any], said: str, **words: Any
) -> HttpResponse:
    verb(report_or_404(request, pk), by=actor_of(request), **words)
    messages.success(request, said)
    return redirect("reports:report", pk)


def _form(report: Report, *args: Any) -> ReportForm:
    return ReportForm(
        *args, figures=report.figures.select_related("item__section"),
        texts=report.narratives.select_related("section"), initial={"revision": report.revision},
    )  # fmt: skip


def _told_stale(
    request: HttpRequest, report: Report, form: ReportForm, stale: Stale
) -> HttpResponse:
    """What was typed stays on the page, over the colleague's version; nothing was written."""
    fresh = report_or_404(request, report.pk)
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["revision"] = str(fresh.revision)
    return _shown(request, fresh, _form(fresh, data), status=409, stale=stale.reason)


def _shown(
    request: HttpRequest, report: Report, form: ReportForm | None, status: int = 200, **more: Any
) -> HttpResponse:
    actor = actor_of(request)
    lacking = [] if report.state == Report.State.APPROVED else composing.blanks(report)
    span = composing.span_of_report(report)
    context = {
        "report": report,
        "subject": papers.subject_of(report),
        "unit_name": name_on(report.unit, report.period_end),
        "span": span,
        "form": form,
        "parts": pages.parts_of(report, form),
        "blanks": lacking,
        "before": queries.previous_of(report),
        "expected": _expected(report) if report.consolidated else [],
        "history": audit.of(report)[:HISTORY],
        "answer_form": more.pop("answer_form", None) or AnswerForm(),
        **{f"may_{name}": getattr(rules, f"may_{name}")(actor, report)
           for name in ("edit", "put_forward", "hand_back", "approve", "revise", "answer")},
        "returned": rules.returned(report),
        **more,
    }  # fmt: skip
    return render(request, "reports/report.html", context, status=status)


def _expected(report: Report) -> list[queries.Expected]:
    """Which units' reports are in, and which are missing."""
    span = composing.span_of_report(report)
    included = queries.newest_approved(report.programme, report.outline, span)
    return queries.expected(report.programme, included)
