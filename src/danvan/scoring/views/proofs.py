"""A proof's file, and taking a proof off an open sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danvan.documents import downloads
from danvan.scoring.actions import proofs as actions
from danvan.scoring.models import Proof
from danvan.scoring.queries import sheets as queries


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as sent (a proof that is only an address has none: pages link there)."""
    proof = _visible(request, pk)
    stored = proof.attachment.file if proof.attachment else proof.file
    if stored is None:
        raise Http404
    try:
        return downloads.send(stored, proof.name, shown=request.GET.get("xem") == "1")
    except downloads.Lost as lost:
        messages.error(request, str(lost))
        return redirect("scoring:sheet", pk=proof.score.sheet_id)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    proof = _visible(request, pk)
    sheet, code = proof.score.sheet_id, proof.score.criterion.code
    actions.remove(proof, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Đã bỏ minh chứng “%s”.") % proof.name)
    return redirect(f"{reverse('scoring:sheet', args=[sheet])}?tieu-chi={code}")


def _visible(request: HttpRequest, pk: int) -> Proof:
    found = queries.proofs_visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(found, pk=pk)
