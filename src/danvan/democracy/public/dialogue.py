"""Dialogues as a citizen sees them: when, where, about what, what was promised, how it stands.

No name of anybody who spoke; who presided is an office-holder and is named.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from danvan.assignments import tracking
from danvan.democracy.dialogue_workflow import WORKFLOW
from danvan.democracy.models import Dialogue
from danvan.democracy.queries.dialogue import promises_of
from danvan.organisations.queries import names_on

State = Dialogue.State


@dataclass(frozen=True, slots=True)
class PublicPromise:
    """What was promised, who carries it out, by when, how far it has come (in words)."""

    title: str
    unit_name: str
    due_on: dt.date | None
    course: str


@dataclass(frozen=True, slots=True)
class PublicDialogue:
    """One dialogue. Counts are None until it was held; ``record`` is "" until published."""

    pk: int
    title: str
    host_name: str
    audience: str
    agenda: list[str]
    held_on: dt.date
    time: str
    place: str
    chair: str
    state: str
    announced_on: dt.date | None
    people: int | None
    opinions: int | None
    answered: int | None
    record: str
    published_on: dt.date | None
    cancelled_reason: str
    promises: list[PublicPromise] = field(default_factory=list)


def _public() -> QuerySet[Dialogue]:
    """What the people were told of; a plan nobody was told of is not public."""
    return Dialogue.objects.filter(announced_on__isnull=False).filter(~Q(state=State.PLANNED))


def dialogues(day: dt.date) -> list[PublicDialogue]:
    """Of the year of ``day``, the newest first, without promises: two queries."""
    rows = list(_public().filter(held_on__year=day.year))
    names = names_on(day, {row.host_id for row in rows})
    return [_told(row, names.get(row.host_id, "")) for row in rows]


def dialogue(pk: int) -> PublicDialogue | None:
    """One with its promises, or None if there is none that is public."""
    row = _public().filter(pk=pk).first()
    if row is None:
        return None
    names = names_on(row.held_on, [row.host_id])
    found = _told(row, names.get(row.host_id, ""))
    lines = tracking.lines(p.assignment for p in promises_of([row]))
    found.promises.extend(
        PublicPromise(line.assignment.title, line.unit_name, line.assignment.due_on, line.course)
        for line in lines
    )
    return found


def _told(row: Dialogue, host: str) -> PublicDialogue:
    public = row.state == State.PUBLISHED
    return PublicDialogue(
        pk=row.pk, title=row.title, host_name=host, audience=row.audience, agenda=row.items,
        held_on=row.held_on, time=row.time, place=row.place,
        chair=", ".join(dict.fromkeys(part for part in (row.chair, row.chair_title) if part)),
        state=str(WORKFLOW.states[row.state].public_label), announced_on=row.announced_on,
        people=row.people if public else None, opinions=row.opinions if public else None,
        answered=row.answered if public else None, record=row.record,
        published_on=row.published_on, cancelled_reason=row.cancelled_reason,
    )  # fmt: skip
