"""Keeping one step: the log, the clock counted anew, the history. Used inside every verb.

History never holds a name, an address or the words of a petition; of a confidential one it tells
the number alone, and concerns no unit, so that no list of a unit shows there is one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import record
from danvan.kernel.calendar import Calendar
from danvan.petitions import deadlines, stages
from danvan.petitions.deadlines import Rule
from danvan.petitions.models import Petition, Step
from danvan.petitions.queries.cases import story_of

COUNTED = ("due_on", "due_stage", "settle_due_on", "paused_until")


def keep(
    petition: Petition,
    code: str,
    /,
    *,
    by: Actor,
    on: dt.date | None = None,
    said: str = "",
    until: dt.date | None = None,
    trait: str = "",
    private: bool = False,
    **told: Any,
) -> Step:
    """Adds the step, saves the petition with its clock counted anew, and tells the history.

    ``private``: what is ``said`` stays with the case. Raises Refused if ``on`` is in the future or
    before the petition was received.
    """
    today = clock.today()
    day = on or today
    if day > today:
        raise Refused(refuse(_("Ngày không được sau hôm nay.")))
    if day < petition.received_on:
        raise Refused(refuse(_("Ngày không được trước ngày nhận đơn.")))
    step = Step.objects.create(
        petition=petition, code=code, on=day, until=until, trait=trait, said=said.strip(),
        at=clock.now(), by_id=by.id,
    )  # fmt: skip
    recount(petition)
    petition.save()
    if petition.confidential:
        record(petition, concerns=None, day=day)
    else:
        reason = "" if private else said.strip()
        record(petition, concerns=petition.holder_id, reason=reason, day=day, **told)
    return step


def recount(
    petition: Petition,
    steps: Iterable[Step] | None = None,
    rules: Sequence[Rule] | None = None,
    calendar: Calendar | None = None,
) -> bool:
    """Sets the next lawful day and the limit of the settlement; whether anything changed."""
    before = [getattr(petition, name) for name in COUNTED]
    rules = deadlines.for_body(petition.body_id) if rules is None else rules
    calendar = calendar or Calendar()
    story = story_of(petition, petition.steps.all() if steps is None else steps)
    dues = stages.open_dues(story, rules, calendar)
    petition.due_on, petition.due_stage = (dues[0].day, dues[0].stage) if dues else (None, "")
    settling = stages.settling_due(story, rules, calendar)
    petition.settle_due_on = settling.day if settling else None
    spans = stages.pauses_of(story.steps)
    running = petition.state in (Petition.State.ACCEPTED, Petition.State.VERIFYING)
    petition.paused_until = spans[-1][1] if spans and running else None
    return before != [getattr(petition, name) for name in COUNTED]


def recount_all(batch: int = 500) -> int:
    """After the calendar changed: every open petition's day anew; how many moved."""
    from danvan.petitions import workflow

    moved: list[Petition] = []
    calendar, rules = Calendar(), {}
    open_ones = Petition.objects.filter(state__in=workflow.OPEN).prefetch_related("steps")
    rules = deadlines.for_bodies(set(open_ones.order_by().values_list("body", flat=True)))
    count = 0
    for petition in open_ones.iterator(chunk_size=batch):
        if recount(petition, petition.steps.all(), rules[petition.body_id], calendar):
            moved.append(petition)
        if len(moved) >= batch:
            count += Petition.objects.bulk_update(moved, COUNTED)
            moved = []
    return count + (Petition.objects.bulk_update(moved, COUNTED) if moved else 0)
