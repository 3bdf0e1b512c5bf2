"""The chairman's sheet: the ranking as draft and as decided, its exports, the deciding act."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from danvan.kernel import clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.scoring import decision_documents, exports, recompute, snapshot
from danvan.scoring.actions import rankings as verbs
from danvan.scoring.actions.caps import lift_cap, raise_cap
from danvan.scoring.forms.results import CapForm, DecideForm, RankingFilter
from danvan.scoring.models import Cap, Ranking, Round
from danvan.scoring.proposal_documents import best_of
from danvan.scoring.queries import chairman, drafts, standing_now
from danvan.scoring.queries import rankings as queries
from danvan.scoring.queries.progress import progress
from danvan.scoring.queries.sight import veiled_sheets
from danvan.scoring.queries.standing_now import Seen
from danvan.scoring.rules import rankings as rules
from danvan.scoring.rules import verification as verification_rules
from danvan.scoring.views.results import posted, round_or_404, sheet_or_404
from danvan.ui.downloads import DOCX, XLSX, attachment

# Lines of what stands beside the ranking on one page.
NEAREST, CAPS = 50, 200


@require_GET
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/xep-hang/?khoi=…&tim=…&trang=…`: two hundred lines of a block."""
    since = standing_now.mark()
    round, actor = round_or_404(request, pk), actor_of(request)
    decided = _ranking(round)
    now = None if decided else standing_now.current(round, since)
    veiled = set() if decided else veiled_sheets(actor, round)
    whole = queries.oversees(actor, round) or decided is not None
    asked = RankingFilter(request.GET)
    context: dict[str, Any] = {
        "round": round, "ranking": decided, "whole": whole, "form": asked,
        "progress": now.progress if now else None,
        "tables": _pages(round, actor, asked.asked, now, veiled, since),
        "searched": asked.asked.words,
        "withdrawn": queries.withdrawn(round),
        "office": bool(verification_rules.keeps_round(actor, round)),
        "decider": bool(rules.decides(actor, round)),
        "may_propose": rules.may_propose(actor, round),
        "may_decide": rules.may_decide(actor, round),
        "may_send_back": rules.may_send_back(actor, round),
    }  # fmt: skip
    if whole and now:
        seen = now.seen(veiled)
        context |= {**_forecast(seen), **_chairman(round, actor, seen)}
    return render(request, "scoring/rankings/ranking.html", context)


def _pages(
    round: Round,
    actor: Actor,
    asked: queries.Asked,
    now: standing_now.Current | None,
    veiled: set[int],
    since: object,
) -> list[queries.BlockTable]:
    """Read and drawn once for all who see the same, until something changes."""

    def made() -> list[queries.BlockTable]:
        tables = queries.pages(round, actor, asked, now, veiled)
        for table in tables:
            table.drawn = render_to_string("scoring/rankings/table.html", {"table": table})
        return tables

    alike = queries.seen_alike(round, actor, veiled)
    return standing_now.until_changed(
        (*alike, asked, now is None, get_language()), made, since=since
    )


@require_GET
def ranking_print(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    """One block on one A4 page."""
    round = round_or_404(request, pk)
    tables = [t for t in queries.tables(round, actor_of(request)) if t.block == block]
    if not tables:
        raise Http404
    context = {
        "round": round, "ranking": _ranking(round), "table": tables[0],
        "progress": progress(round),
    }  # fmt: skip
    return render(request, "scoring/rankings/print.html", context)


@require_GET
def ranking_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person sees, as a workbook; a draft says so."""
    round = round_or_404(request, pk)
    decided = _ranking(round)
    tables = queries.tables(round, actor_of(request))
    data = exports.ranking_workbook(round, tables, decided, progress(round))
    draft = "" if decided else "-du-thao"
    return attachment(data, f"xep-loai-dan-van-{round.programme.year}{draft}.xlsx", XLSX)


# --- the act -----------------------------------------------------------------------------


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what will happen; decides when confirmed."""
    round, actor = round_or_404(request, pk), actor_of(request)
    demand(rules.may_decide(actor, round))
    form = DecideForm(posted(request))
    if request.method == "POST" and form.is_valid():
        decided = verbs.decide(round, by=actor)
        messages.success(request, _("Đã ban hành %s và công bố kết quả.") % decided.decision)
        return redirect("scoring:ranking", round.pk)
    drafted = drafts.draft(round, clock.today())
    signing = Ranking.SigningAs(rules.signs_as(actor, round) or "chair")
    context = {
        "round": round, "form": form, "signing": signing.label,
        "tables": queries.tables(round, actor, drafted),
        **_forecast(Seen(round, drafted, frozenset(veiled_sheets(actor, round)))),
    }  # fmt: skip
    return render(request, "scoring/rankings/decide.html", context)


@require_GET
def decision_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision as it would be signed, without number and date."""
    round, actor = round_or_404(request, pk), actor_of(request)
    demand(rules.may_decide(actor, round))
    parts = decision_documents.parts_of(round, drafts.draft(round, clock.today()), actor)
    data = decision_documents.file_of(parts, None, "QĐ-UBND", None)
    return attachment(data, "du-thao-quyet-dinh-xep-loai.docx", DOCX)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The decider does not agree yet."""
    round = round_or_404(request, pk)
    verbs.send_back(round, reason=request.POST.get("reason", ""), by=actor_of(request))
    messages.success(request, _("Đã trả lại bản trình."))
    return redirect("scoring:ranking", round.pk)


@require_GET
def snapshot_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The frozen result, for anyone to recompute: .json (its SHA-256 is shown), .csv or .txt."""
    round = round_or_404(request, pk)
    decided = get_object_or_404(Ranking, round=round, withdrawn_at=None)
    name = f"xep-loai-dan-van-{round.programme.year}.{kind}"
    if kind == "csv":
        return attachment(snapshot.as_csv(decided.snapshot), name, "text/csv; charset=utf-8")
    if kind == "txt":
        text = recompute.published(json.loads(decided.snapshot))
        return attachment(text.encode(), name, "text/plain; charset=utf-8")
    return attachment(decided.snapshot.encode(), name, "application/json")


@require_GET
def recompute_script(request: HttpRequest) -> HttpResponse:
    """The stand-alone script that works the ranking out anew from the export."""
    source = Path(recompute.__file__).read_bytes()
    return attachment(source, "recompute.py", "text/x-python; charset=utf-8")


# --- caps --------------------------------------------------------------------------------


def raised(request: HttpRequest, pk: int) -> HttpResponse:
    """A verifying office raises a cap on a unit's sheet."""
    sheet, actor = sheet_or_404(request, pk), actor_of(request)
    demand(rules.may_raise_cap(actor, sheet))
    form = CapForm(posted(request), sheet=sheet)
    if request.method == "POST" and form.is_valid():
        raise_cap(sheet, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã nêu giới hạn xếp loại."))
        return redirect("scoring:result", sheet.pk)
    return render(request, "scoring/rankings/cap.html", {"sheet": sheet, "form": form})


@require_POST
def lifted(request: HttpRequest, pk: int, cap: int) -> HttpResponse:
    """The decider lifts one."""
    sheet = sheet_or_404(request, pk)
    held = get_object_or_404(Cap, pk=cap, criteria_set=sheet.criteria_set_id)
    lift_cap(sheet, cap=held, reason=request.POST.get("reason", ""), by=actor_of(request))
    messages.success(request, _("Đã gỡ giới hạn xếp loại."))
    return redirect("scoring:result", sheet.pk)


def _ranking(round: Round) -> Ranking | None:
    if round.state != Round.State.DECIDED:
        return None
    return Ranking.objects.select_related("decision", "signed_by").get(
        round=round, withdrawn_at=None
    )


def _forecast(seen: Seen) -> dict[str, object]:
    """Against the plan's target, of the sheets the reader may see."""
    told, names = seen.forecast, seen.drafted.names
    near = [(names.get(n.line.unit, ""), n) for n in seen.near[:NEAREST]]
    said = chairman.forecast_said(told, best_of(seen.drafted), []) if told.ranked else ""
    return {
        "forecast": told, "near": near, "more_near": len(seen.near) - len(near),
        "veiled": len(seen.veiled), "decide": seen.deciding, "said": said,
    }  # fmt: skip


def _chairman(round: Round, actor: Actor, seen: Seen) -> dict[str, object]:
    """What stands beside the ranking before the decision."""
    caps = seen.caps[:CAPS]
    return {
        "cap_lines": caps,
        "more_caps": len(seen.caps) - len(caps),
        "notes": chairman.notes(round),
        "proposals": round.proposals.select_related("document"),
        "may_issue_proposal": rules.may_issue_proposal(actor, round),
    }
