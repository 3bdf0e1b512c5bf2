"""One petition: its next lawful day with the computation, its log, its papers, what may be done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.assignments.models import Assignment
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, actor_of
from danvan.kernel.calendar import Calendar
from danvan.organisations.queries import names_on
from danvan.petitions import complaints, deadlines, letters, queries, rules, stages, workflow
from danvan.petitions.actions import transfers
from danvan.petitions.clock import Due, due
from danvan.petitions.forms.acts import ReceiptForm
from danvan.petitions.models import Kind, Paper, Petition, Step, Transfer
from danvan.petitions.views.acts import ACTS, QUIET, Act
from danvan.petitions.views.lists import keeper
from danvan.ui.downloads import DOCX, attachment
from danvan.vault.queries import redacted

_MARKERS = {stage.code: stage.marker for stage in stages.STAGES}


@require_safe
def petition(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of one petition its handler needs."""
    actor = actor_of(request)
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    steps = list(held.steps.select_related("by"))
    dues = queries.dues_of(held, steps)
    offered = [act for act in ACTS.values() if act.may(actor, held)]
    context = {
        "petition": held, "steps": steps, "state": workflow.label(held),
        "kind": Kind(held.known_kind).label, "next": dues[0] if dues else None,
        "dues": [(d, stages.LABELS[d.stage], _MARKERS[d.stage]) for d in dues],
        "kept_until": _kept(held), "today": clock.today(),
        "names": names_on(clock.today(), [held.holder_id, held.body_id]),
        **_split_acts(offered, held), **_around(held, actor), **_complaint(held, steps),
        "may_watch": rules.may_watch(actor, held), "may_mark": rules.may_mark(actor, held),
    }  # fmt: skip
    return render(request, "petitions/petition.html", context)


@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A paper to keep, never shown in place."""
    seen = queries.visible_to(actor_of(request)).values("pk")
    held = get_object_or_404(Paper.objects.select_related("file"), pk=pk, petition__in=seen)
    return FileResponse(held.file.path.open("rb"), as_attachment=True, filename=held.name)


@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The transfer slip: as issued, else a draft to be signed."""
    actor = actor_of(request)
    seen = queries.visible_to(actor).values("pk")
    held = get_object_or_404(Transfer, pk=pk, petition__in=seen)
    if held.document and held.document.file:
        return attachment(files.read(held.document.file), "phieu-chuyen-don.docx", DOCX)
    data = letters.draft(held, actor)
    return attachment(data, "du-thao-phieu-chuyen-don.docx", DOCX)


@require_safe
def arriving(request: HttpRequest) -> HttpResponse:
    """Petitions sent on to units one speaks for, waiting for a receipt."""
    actor, _bodies = keeper(request)
    coming = Transfer.objects.filter(
        to_unit__in=queries.bodies_of(actor), petition__confidential=False
    ).select_related("petition", "became")
    rows = list(coming.order_by("received_on", "-sent_on")[:100])
    units = {t.to_unit_id for t in rows} | {t.petition.body_id for t in rows}
    names = names_on(clock.today(), [u for u in units if u])
    context = {
        "rows": [(t, names.get(t.petition.body_id, "–"), names.get(t.to_unit_id or 0, "–"),
                  rules.may_take_over(actor, t)) for t in rows],
    }  # fmt: skip
    return render(request, "petitions/arriving.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a petition sent on; it becomes one of the receiving unit's."""
    actor = actor_of(request)
    seen = queries.visible_to(actor).values("pk")
    ours = Transfer.objects.filter(to_unit__in=queries.bodies_of(actor))
    found = (ours | Transfer.objects.filter(petition__in=seen)).distinct()
    held = get_object_or_404(found.select_related("petition", "to_unit"), pk=pk)
    may = rules.may_take_over(actor, held)
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        transfers.confirm(held, receipt=form.cleaned_data["receipt"], by=actor)
        messages.success(request, _("Đã xác nhận nhận đơn."))
        if held.became_id:
            return redirect("petitions:petition", pk=held.became_id)
        return redirect("petitions:petition", pk=held.petition_id)
    status = 422 if form.is_bound else 200
    context = {"transfer": held, "form": form, "may": may}
    return render(request, "petitions/take_over.html", context, status=status)


def _kept(held: Petition) -> Due | None:
    """How long a filed petition is kept."""
    if held.state != Petition.State.FILED or held.closed_on is None:
        return None
    return due(deadlines.for_body(held.body_id), held.known_kind, "keep_filed_petition",
               held.closed_on, regime=held.regime_on or held.received_on, calendar=Calendar(),
               types="keep", counted_from=_("ngày lưu"))  # fmt: skip


def _complaint(held: Petition, steps: list[Step]) -> dict[str, Any]:
    """Of a complaint: its dialogue, and what the decision sets going."""
    story, limits = queries.story_of(held, steps), deadlines.for_body(held.body_id)
    calendar = Calendar()
    return {
        "talk": complaints.talk(story, limits, calendar),
        "later": complaints.later(story, limits, calendar),
    }


def _split_acts(offered: list[Act], held: Petition) -> dict[str, list[Act]]:
    """What comes next first; classifying again only behind it."""
    quiet = (*QUIET, "phan-loai") if held.state == Petition.State.CLASSIFIED else QUIET
    return {
        "acts": [a for a in offered if a.slug not in quiet],
        "more": [a for a in offered if a.slug in quiet],
    }


def _around(held: Petition, actor: Actor) -> dict[str, Any]:
    """Parts, links, transfers, ruling and what carries it out."""
    ruling = getattr(held, "ruling", None)
    work = list(queries.enforcement_of(held).select_related("unit")) if ruling else []
    seen = queries.visible_to(actor)
    open_for_joining = held.state in (Petition.State.RECEIVED, Petition.State.CLASSIFIED)
    return {
        "content": getattr(held, "content", None),
        "senders": held.senders.all(),
        "papers": held.papers.select_related("added_by"),
        "redacted": redacted([held.sealed_id]).get(held.sealed_id) if held.sealed_id else None,
        "parts": held.parts.order_by("pk"),
        "link": getattr(held, "link", None),
        "followers": held.followers.select_related("petition").order_by("pk")[:200],
        "transfers": held.transfers.select_related("document"),
        "ruling": ruling,
        "work": [(a, _unit_names(work).get(a.unit_id, "–")) for a in work],
        "similar": queries.similar(held, seen) if open_for_joining else [],
    }


def _unit_names(work: list[Assignment]) -> dict[int, str]:
    return names_on(clock.today(), {a.unit_id for a in work})
