"""Rounds: the list, opening one, and how far its units are."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import audit
from danvan.kernel.access import Refused, actor_of
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on, ranked_units
from danvan.programmes.models import Programme
from danvan.scoring import round_pages
from danvan.scoring.actions import rounds as actions
from danvan.scoring.forms.rounds import RoundForm, from_plan, whys
from danvan.scoring.models import Sheet
from danvan.scoring.queries import rankings, routing
from danvan.scoring.queries import sheets as queries
from danvan.scoring.rules import rounds as rules
from danvan.scoring.rules.sheets import BELONGING, OVERSEEING

HISTORY = 10


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every round the person may read, newest first; one's own sheet leads straight to it."""
    actor = actor_of(request)
    rounds = rankings.rounds_visible_to(actor).annotate(
        sheet_count=Count("sheets", distinct=True),
        handed_in=Count("sheets", filter=~Q(sheets__state=Sheet.State.OPEN), distinct=True),
    )
    own = queries.visible_to(actor).filter(unit__in=actor.scopes(*BELONGING))
    sheets = {s.round_id: s for s in own}
    context = {
        "rows": [(round, sheets.get(round.pk)) for round in rounds],
        "to_open": list(queries.programmes_without_round(actor)),
    }
    return render(request, "scoring/rounds/list.html", context)


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Units × state of their sheets; the same number of queries however many units."""
    actor = actor_of(request)
    round = get_object_or_404(rankings.rounds_visible_to(actor), pk=pk)
    sheets = list(round_pages.counted(queries.visible_to(actor).filter(round=round)))
    context = {
        "round": round,
        "blocks": round_pages.by_block(sheets, round.dossier_due),
        "handed_in": sum(s.state != Sheet.State.OPEN for s in sheets),
        "late": sum(bool(s.days_late) for s in sheets),
        "count": len(sheets),
        "offices": round_pages.offices_of(round),
        "sets": round.blocks.select_related("criteria_set__enacted_by"),
        "dates": round_pages.dates_of(round),
        "steps": round_pages.steps_of(actor, round),
        "keeps": actor.has(roles.PROGRAMME_OFFICE, round.programme.body_id),
        "may_recompute": rules.may_recompute(actor, round),
        "history": audit.of(round)[:HISTORY],
    }
    return render(request, "scoring/rounds/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, prefilled from the plan; what keeps the round shut is told at its head."""
    actor = actor_of(request)
    kept = Programme.objects.filter(body__in=actor.scopes(*OVERSEEING))
    programme = get_object_or_404(
        kept.select_related("plan", "body").prefetch_related("tasks", "targets"), pk=pk
    )
    may = rules.may_open_round(actor, programme)
    if not may:
        raise Refused(may)
    form, lacking, preview = _round_form(programme, request)
    if request.method == "POST" and form.is_valid() and not lacking:
        try:
            opened = actions.open_round(programme, by=actor, **form.values())
        except Refused as refused:
            if refused.decision.done:
                raise
            form.add_error(None, refused.decision.reason)
        else:
            messages.success(request, _("Đã mở đợt chấm điểm."))
            return redirect("scoring:round", pk=opened.pk)
    context = {"form": form, "programme": programme, "lacking": lacking, "preview": preview}
    status = 422 if form.errors else 200
    return render(request, "scoring/rounds/open.html", context, status=status)


@require_POST
def recompute(request: HttpRequest, pk: int) -> HttpResponse:
    round = get_object_or_404(rankings.rounds_visible_to(actor_of(request)), pk=pk)
    changed = actions.recompute(round, by=actor_of(request))
    messages.success(request, _("Đã cập nhật: %d số thay đổi.") % changed)
    return redirect("scoring:round", pk=pk)


def _round_form(
    programme: Programme, request: HttpRequest
) -> tuple[RoundForm, str, list[routing.Share]]:
    """The form, why the round cannot be opened at all ("" if it can), who would verify what."""
    initial = from_plan(programme)
    day = initial["dossier_due"]
    units = ranked_units(programme.body, day)
    names = names_on(day, [unit for unit, _block in units])
    lacking, offices, preview = "", dict[str, Unit](), list[routing.Share]()
    try:
        sets = actions.sets_in_force({block for _unit, block in units}, day).values()
        offices = actions.holders(sets, programme.body, day)
        named = {role: names.get(o.pk, str(o)) for role, o in offices.items()}
        preview = routing.shares(sets, named)
    except Refused as refused:
        lacking = refused.decision.reason
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        initial=initial, offices=offices, names=names,
        substitutes=actions.usual_substitutes(offices), whys=whys(programme),
    )  # fmt: skip
    return form, lacking, preview
