"""Beside the ranking: changes since a draft, what-if, opinions that differ, the letter."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import actor_of, demand, refuse
from danvan.scoring import proposal_documents, whatif
from danvan.scoring.actions import proposals as verbs
from danvan.scoring.forms.chairman import DraftForm, NoteForm, WhatIfForm
from danvan.scoring.models import CapMark, Round
from danvan.scoring.queries import chairman as queries
from danvan.scoring.queries import drafts
from danvan.scoring.queries.rankings import oversees
from danvan.scoring.queries.sight import veiled_sheets
from danvan.scoring.rules import rankings as rules
from danvan.scoring.standings import forecast
from danvan.scoring.views.results import posted, round_or_404, sheet_or_404
from danvan.ui.downloads import DOCX, attachment


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/xep-hang/thay-doi/`: since the draft chosen (the last one)."""
    round, actor = _watched(request, pk), actor_of(request)
    kept = list(round.drafts.select_related("taken_by"))
    asked = request.GET.get("ban", "")
    chosen = next((d for d in kept if str(d.pk) == asked), kept[0] if kept else None)
    veiled = veiled_sheets(actor, round)
    found = queries.changes(chosen, drafts.draft(round), veiled) if chosen else []
    context = {
        "round": round, "kept": kept, "chosen": chosen, "changes": found, "veiled": len(veiled),
        "may_keep": rules.may_take_draft(actor, round), "form": DraftForm(),
    }  # fmt: skip
    return render(request, "scoring/rankings/changes.html", context)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the draft of this moment."""
    occasion = request.POST.get("occasion", "")
    verbs.keep_draft(round_or_404(request, pk), occasion=occasion, by=actor_of(request))
    messages.success(request, _("Đã lưu bản dự thảo."))
    return redirect("scoring:changes", pk)


@require_safe
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/xep-hang/thu/`: other bands, other points. Nothing is kept."""
    round, actor = _watched(request, pk), actor_of(request)
    drafted = drafts.draft(round)
    scales, caps = drafts.scales_of(round)
    veiled = veiled_sheets(actor, round)
    seen = {
        block: [line for line in lines if line.totals.sheet not in veiled]
        for block, lines in drafted.blocks.items()
    }
    sheets = [
        (line.totals.sheet, drafted.names.get(line.unit, ""))
        for lines in seen.values() for line in lines if not line.totals.missing
    ]  # fmt: skip
    asked = request.GET if request.GET else None
    form = WhatIfForm(asked, round=round, scales=scales, sheets=sheets)
    context = {"round": round, "form": form, "veiled": len(veiled)}
    if asked is not None and form.is_valid():
        tried = form.tried_scales()
        points = [
            whatif.Tried(s.sheet_id, s.criterion.kind, s.criterion.group.code
                         if s.criterion.group else "", p - drafts.value_of(s))
            for s, p in form.cleaned_data["tried"]
        ]  # fmt: skip
        after = whatif.outcome(seen, tried, caps, _lifted(round), points)
        context |= {
            "now": forecast(seen, scales, round.target_share),
            "then": forecast(after, tried, round.target_share),
            "moved": [(drafted.names.get(m.before.unit, ""), m)
                      for m in whatif.moved(seen, after)],
        }  # fmt: skip
    return render(request, "scoring/rankings/what_if.html", context)


def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A verifying office writes another opinion on a unit's result."""
    sheet, actor = sheet_or_404(request, pk), actor_of(request)
    demand(rules.may_note(actor, sheet))
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        verbs.note(sheet, text=form.cleaned_data["text"], by=actor)
        messages.success(request, _("Đã ghi ý kiến khác."))
        return redirect("scoring:result", pk)
    context = {"sheet": sheet, "form": form}
    status = 422 if form.errors else 200
    return render(request, "scoring/rankings/note.html", context, status=status)


@require_safe
def proposal_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it would be signed, without number and date."""
    round, actor = round_or_404(request, pk), actor_of(request)
    demand(rules.may_issue_proposal(actor, round))
    parts = proposal_documents.parts_of(round, drafts.draft(round, clock.today()), actor)
    data = proposal_documents.file_of(parts, None, "TTr", None)
    return attachment(data, "du-thao-to-trinh-xep-loai.docx", DOCX)


@require_POST
def issue_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs and numbers the letter."""
    made = verbs.issue_proposal(round_or_404(request, pk), by=actor_of(request))
    messages.success(request, _("Đã ban hành %s.") % made.document)
    return redirect("scoring:ranking", pk)


def _watched(request: HttpRequest, pk: int) -> Round:
    round = round_or_404(request, pk)
    if not oversees(actor_of(request), round):
        demand(refuse(_("Trang này dành cho cơ quan theo dõi đợt chấm điểm.")))
    return round


def _lifted(round: Round) -> dict[int, frozenset[int]]:
    held: dict[int, set[int]] = defaultdict(set)
    marks = CapMark.objects.filter(sheet__round=round, lifted_at__isnull=False)
    for sheet, cap in marks.values_list("sheet", "cap"):
        held[sheet].add(cap)
    return {sheet: frozenset(caps) for sheet, caps in held.items()}
