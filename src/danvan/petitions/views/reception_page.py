"""One day of reception on its page: what is told of it, what may be done, the forms for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of
from danvan.kernel.calendar import Calendar
from danvan.organisations.queries import names_on, people_in
from danvan.petitions import reception_minimum as minimum
from danvan.petitions import reception_online as online
from danvan.petitions import reception_queries as queries
from danvan.petitions import reception_rules as rules
from danvan.petitions.forms.reception import CancelForm, ConclusionForm, HoldForm, PromiseForm
from danvan.petitions.forms.reception_online import Online, RecordingForm, StepForm
from danvan.petitions.models import ReceptionDay


def asked_day(request: HttpRequest, pk: int) -> ReceptionDay:
    found: ReceptionDay = get_object_or_404(queries.days_visible_to(actor_of(request)), pk=pk)
    return found


def day_page(request: HttpRequest, held: ReceptionDay, **forms: Any) -> HttpResponse:
    """The day's page, with a form sent back in its place."""
    actor, today = actor_of(request), clock.today()
    head = queries.head_of(held.unit, held.on)
    keeps = rules.may_keep(actor, held.unit)
    promises = list(held.promises.select_related("assignment", "unit", "turn"))
    names = names_on(today, {held.unit_id, *(p.unit_id for p in promises)})
    context = {
        "day": held, "name": names.get(held.unit_id, ""), "head": head, "keeps": keeps,
        "posting": posting(held, Calendar()), "in_person": in_person_rule(held),
        "may_hold": rules.may_hold(actor, held), "may_move": rules.may_move(actor, held),
        "may_conclude": rules.may_conclude(actor, held),
        "may_issue": rules.may_issue(actor, held),
        "may_promise": rules.may_promise(actor, held),
        "promises": [(p, names.get(p.unit_id, ""), rules.may_give(actor, p)) for p in promises],
        "turns": list(queries.turns_visible_to(actor).filter(day=held).order_by("number")),
        "people": sum(held.turns.values_list("people", flat=True)),
        "came": held.turns.count(),
        "entries": audit.of(held)[:20] if keeps else [],
        "hold_form": HoldForm(
            people=people_in(held.unit, held.on), initial={"presided_by": head and head.person_id}
        ),
        "cancel_form": CancelForm(), "conclusion_form": ConclusionForm({"text": held.conclusion})
        if held.conclusion else ConclusionForm(),
        "promise_form": promise_form(held), **_online(held, actor), **forms,
    }  # fmt: skip
    status = 422 if forms else 200
    return render(request, "petitions/reception/day.html", context, status=status)


def promise_form(held: ReceptionDay, sent: Any = None) -> PromiseForm:
    units = queries.units_for_promises(held.unit, clock.today())
    return PromiseForm(sent, units=units, turns=held.turns.order_by("number"))


def posting(held: ReceptionDay, worked: Calendar) -> dict[str, Any]:
    """The last day to post, and whether it was met; told with its law, never forbidden."""
    last = minimum.last_posting_day(held.on, worked)
    late = last is not None and (held.posted_on or clock.today()) > last
    return {
        "last": last, "late": late and held.form == ReceptionDay.Form.REGULAR,
        "rule": minimum.posting_rule(held.on),
    }  # fmt: skip


def in_person_rule(held: ReceptionDay) -> Any:
    versions = queries.versions_of([held.unit_id]).get(held.unit_id, [])
    return minimum.in_person_rule(versions, held.on)


def _online(held: ReceptionDay, actor: Actor) -> dict[str, Any]:
    """Of an online day: what the decree asks before it and when that was done."""
    now = timezone.localtime(clock.now())
    steps = held.online_steps.select_related("document") if held.online else ()
    asked = online.asked(held, steps, Calendar())
    next_step = next((a.step for a in asked if a.kept is None), None)
    return {
        "asked": asked,
        "unrecorded": online.remark_on_recording(held),
        "may_prepare": rules.may_prepare(actor, held),
        "may_give_notice": rules.may_give_notice(actor, held),
        "may_tell_recording": rules.may_tell_recording(actor, held),
        "means_form": Online(initial={"means": held.means, "room": held.room}),
        "step_form": StepForm(
            initial={"step": next_step, "on": now.date(), "hour": f"{now:%H:%M}"}
        ),
        "recording_form": RecordingForm(initial={"where": held.recording}),
    }
