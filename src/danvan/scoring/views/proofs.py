"""A proof: its preview, versions, who opened it, its signatures; what nothing proves yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.documents import downloads
from danvan.kernel import clock, files
from danvan.kernel.access import Refused, actor_of, demand
from danvan.organisations.queries import names_on
from danvan.scoring import signatures
from danvan.scoring.actions import proof_watch
from danvan.scoring.actions import proofs as actions
from danvan.scoring.forms.proofs import DatesForm, ReplaceForm
from danvan.scoring.models import Proof
from danvan.scoring.models.proofs import Shown
from danvan.scoring.proof_flags import flags_of
from danvan.scoring.queries import proofs as proof_queries
from danvan.scoring.queries import sheets as queries
from danvan.scoring.rules import sheets as rules
from danvan.scoring.views.results import posted, round_or_404


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/minh-chung/<proof>/xem/`: the paper itself, and all that is known of it."""
    found, actor = _visible(request, pk), actor_of(request)
    if found.address:
        proof_watch.opened(found, actor)
    sheet = found.score.sheet
    context = {
        "proof": found, "sheet": sheet, "unit_name": _unit_name(found),
        "flags": flags_of(found, sheet.round, clock.today()),
        "signatures": _signatures(found),
        "versions": found.versions.select_related("added_by", "replaced_by", "attachment"),
        "openings": found.openings.select_related("person"),
        "elsewhere": proof_queries.same_elsewhere(found),
        "may_replace": rules.may_remove_proof(actor, found),
        "may_date": rules.may_date_proof(actor, found),
        "dates": DatesForm(initial={"dated": found.dated, "valid_until": found.valid_until}),
    }  # fmt: skip
    return render(request, "scoring/proofs/proof.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as sent (a proof that is only an address has none: pages link there)."""
    found = _visible(request, pk)
    answer = _sent(request, found, found)
    if request.method == "GET":
        proof_watch.opened(found, actor_of(request))
    return answer


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An earlier version, as it was."""
    held = proof_queries.versions_visible_to(actor_of(request))
    found = get_object_or_404(held, pk=pk)
    return _sent(request, found, found.proof)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Another file in its place; the one before stays readable."""
    found, actor = _visible(request, pk), actor_of(request)
    demand(rules.may_remove_proof(actor, found))
    form = ReplaceForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace(found, **form.cleaned_data, by=actor)
        except Refused as refused:
            form.add_error("file", refused.decision.reason)
        else:
            messages.success(request, _("Đã thay minh chứng; bản trước được giữ lại."))
            return redirect("scoring:proof_page", pk=pk)
    context = {"proof": found, "form": form, "unit_name": _unit_name(found)}
    return render(
        request, "scoring/proofs/replace.html", context, status=422 if form.errors else 200
    )


@require_POST
def date(request: HttpRequest, pk: int) -> HttpResponse:
    """The document's days."""
    found = _visible(request, pk)
    form = DatesForm(request.POST)
    if not form.is_valid():
        told = " ".join(str(e) for errors in form.errors.values() for e in errors)
        messages.error(request, told)
        return redirect("scoring:proof_page", pk=pk)
    actions.date(found, **form.cleaned_data, by=actor_of(request))
    messages.success(request, _("Đã ghi ngày của minh chứng."))
    return redirect("scoring:proof_page", pk=pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    sheet, code = found.score.sheet_id, found.score.criterion.code
    actions.remove(found, by=actor_of(request))
    messages.success(request, _("Đã bỏ minh chứng “%s”.") % found.name)
    return redirect(f"{reverse('scoring:sheet', args=[sheet])}?tieu-chi={code}")


@require_safe
def gaps(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/<round>/thieu-minh-chung/`: as of now, and what the last night found new."""
    round, actor = round_or_404(request, pk), actor_of(request)
    held = proof_queries.visible_gaps(actor, round)
    last, fresh = proof_queries.latest_scans(round)
    names = names_on(round.dossier_due, {gap.unit for gap in held})
    context = {
        "round": round, "last": last, "count": len(held),
        "rows": [(gap, names.get(gap.unit, ""), gap.key in fresh) for gap in held],
        "may_scan": rules.may_scan_proofs(actor, round),
    }  # fmt: skip
    return render(request, "scoring/proofs/gaps.html", context)


@require_POST
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Looks now instead of tonight."""
    made = proof_watch.scan(round_or_404(request, pk), by=actor_of(request))
    messages.success(request, _("Đã quét: %d mục cần bổ sung.") % len(made.gaps))
    return redirect("scoring:proof_gaps", pk=pk)


def _sent(request: HttpRequest, shown: Shown, proof: Proof) -> HttpResponseBase:
    stored = shown.stored
    if stored is None:
        raise Http404
    try:
        return downloads.send(stored, shown.name, shown=request.GET.get("xem") == "1")
    except downloads.Lost as lost:
        messages.error(request, str(lost))
        return redirect("scoring:sheet", pk=proof.score.sheet_id)


def _signatures(proof: Proof) -> list[signatures.Signature] | None:
    """None where there is nothing to look at."""
    stored = proof.stored
    if stored is None or proof.kind != "pdf":
        return None
    try:
        return signatures.read(files.read(stored))
    except FileNotFoundError:
        return None


def _unit_name(proof: Proof) -> str:
    sheet = proof.score.sheet
    named = names_on(sheet.round.dossier_due, [sheet.unit_id])
    return named.get(sheet.unit_id, str(sheet.unit))


def _visible(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.proofs_visible_to(actor_of(request)), pk=pk)
