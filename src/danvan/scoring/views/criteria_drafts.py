"""The editor of score sheets: a list of rows with what is wrong beside each, one row, enacting."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import audit
from danvan.kernel.access import Refused, actor_of, demand
from danvan.organisations.models import Block, Unit
from danvan.scoring import exporting, template_files
from danvan.scoring.actions import criteria_drafts as verbs
from danvan.scoring.forms.criteria_drafts import KINDS, BeginForm, EnactForm, RowForm
from danvan.scoring.importing.columns import BLOCKS, ROW_TYPES, search_key
from danvan.scoring.queries import sheets as queries
from danvan.scoring.rules import rounds as rules
from danvan.scoring.views.results import posted
from danvan.ui.downloads import XLSX, attachment

HISTORY = 10


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new draft, and the drafts there are."""
    actor = actor_of(request)
    body = queries.body_kept_by(actor)
    if body is None:
        raise Refused(rules.may_import_criteria(actor, Unit()))
    form = BeginForm(posted(request))
    if request.method == "POST" and form.is_valid():
        held = form.based_on
        rows = template_files.template() if form.cleaned_data["start"] == "template" else []
        made = verbs.begin(
            body, title=form.cleaned_data["title"], based_on=held,
            rows=exporting.rows_of(held) if held else rows, by=actor,
        )  # fmt: skip
        messages.success(request, _("Đã lập dự thảo bảng điểm."))
        return redirect("scoring:criteria_draft", made.pk)
    context = {"form": form, "drafts": queries.drafts_visible_to(actor)}
    status = 422 if form.errors else 200
    return render(request, "scoring/criteria/begin.html", context, status=status)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/bang-diem/du-thao/<draft>/`: every row, what is wrong beside it."""
    held, actor = _draft(request, pk), actor_of(request)
    plan = verbs.judged(held)
    by_row: dict[int | None, list[str]] = defaultdict(list)
    for problem in plan.problems:
        by_row[problem.row].append(f"{problem.column}: {problem.text}")
    lines = [
        {"at": at, "number": at + verbs.FIRST_ROW, "row": row, "kind": _kind(row),
         "block": _block(row), "wrong": by_row[at + verbs.FIRST_ROW]}
        for at, row in enumerate(held.rows)
    ]  # fmt: skip
    context = {
        "draft": held, "lines": lines, "whole": by_row[None], "plan": plan,
        "kinds": [(kind, label) for kind, (label, _columns) in KINDS.items()],
        "may_edit": rules.may_edit_draft(actor, held), "history": audit.of(held)[:HISTORY],
    }  # fmt: skip
    return render(request, "scoring/criteria/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    """One row, its boxes by its kind; ``at`` beyond the last one writes a new row."""
    held, actor = _draft(request, pk), actor_of(request)
    demand(rules.may_edit_draft(actor, held))
    known = held.rows[at] if at < len(held.rows) else {}
    kind = _kind_code(known) or request.GET.get("loai", "criterion")
    if kind not in KINDS:
        raise Http404
    initial = {**known, "revision": held.revision}
    form = RowForm(posted(request), kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        place = at if known else None
        verbs.write(
            held, revision=form.cleaned_data["revision"], cells=form.cells, at=place, by=actor
        )
        messages.success(request, _("Đã lưu dòng."))
        return redirect("scoring:criteria_draft", pk)
    number = at + verbs.FIRST_ROW
    wrong = [f"{p.column}: {p.text}" for p in verbs.judged(held).problems if p.row == number]
    context = {"draft": held, "form": form, "label": KINDS[kind][0], "number": number,
               "wrong": wrong if known else [], "new": not known}  # fmt: skip
    return render(request, "scoring/criteria/row.html", context)


@require_POST
def change(request: HttpRequest, pk: int, at: int, what: str) -> HttpResponse:
    """Takes a row out, or moves it up or down."""
    held, actor = _draft(request, pk), actor_of(request)
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isdecimal() else -1
    if what == "bo":
        verbs.remove(held, revision=revision, at=at, by=actor)
    elif what in ("len", "xuong"):
        verbs.move(held, revision=revision, at=at, up=what == "len", by=actor)
    else:
        raise Http404
    messages.success(request, _("Đã sửa dự thảo."))
    return redirect("scoring:criteria_draft", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def enact(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft becomes law by a document, from a day on."""
    held, actor = _draft(request, pk), actor_of(request)
    demand(rules.may_edit_draft(actor, held))
    form, plan = EnactForm(posted(request)), verbs.judged(held)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.enact(held, **form.values(), by=actor)
        except Refused as refused:
            form.add_error(None, refused.decision.reason)
        else:
            messages.success(request, _("Đã ban hành %d bảng điểm.") % len(made))
            return redirect("scoring:criteria")
    context = {"draft": held, "form": form, "plan": plan}
    status = 422 if form.errors else 200
    return render(request, "scoring/criteria/enact.html", context, status=status)


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft's rows as the table they may be brought in from."""
    held = _draft(request, pk)
    return attachment(template_files.workbook(held.rows), f"du-thao-bang-diem-{pk}.xlsx", XLSX)


def _draft(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.drafts_visible_to(actor_of(request)), pk=pk)


def _kind_code(row: dict[str, str]) -> str:
    return ROW_TYPES.get(search_key(row.get("row_type", "")), "")


def _kind(row: dict[str, str]) -> Any:
    kind = _kind_code(row)
    return KINDS[kind][0] if kind else row.get("row_type", "")


def _block(row: dict[str, str]) -> str:
    code = BLOCKS.get(search_key(row.get("block", "")), "")
    return str(Block(code).label) if code in Block.values else _("mọi khối")
