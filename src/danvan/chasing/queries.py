"""Reads worth a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from danvan.assignments.models import Assignment
from danvan.assignments.queries import owed
from danvan.chasing.ladder import USUAL, Step, steps_of
from danvan.chasing.models import Digest, Reminder, Run, Rung, UrgedAssignment
from danvan.kernel.access import Actor
from danvan.kernel.models import Mail
from danvan.programmes.models import Programme


def chased(body: int | None = None) -> QuerySet[Assignment]:
    """What is owed by a date: not filed (or sent back), not exempt, with what a line needs."""
    found = owed()
    if body is not None:
        found = found.filter(body=body)
    return found.select_related("task__provision", "programme__plan")


def ladders_for(body: int, day: dt.date) -> dict[str, tuple[Step, ...]]:
    """One body's ladders that day by kind of deliverable, "" for all others; one query."""
    held: dict[str, list[tuple[int, str]]] = {}
    for rung in Rung.objects.filter(body=body, valid_from__lte=day):
        steps = held.setdefault(rung.deliverable, [])
        if rung.valid_to is None or rung.valid_to >= day:
            steps.append((rung.offset, rung.audience))
    # Who took every rung away wants silence; a kind left without rungs follows the others.
    ladders = {kind: steps_of(steps) for kind, steps in held.items() if steps or not kind}
    return {"": USUAL, **ladders}


def of_kind(
    assignments: QuerySet[Assignment], kind: str, ladders: Iterable[str]
) -> QuerySet[Assignment]:
    """Those that follow the ladder of ``kind``, given which kinds have one of their own."""
    if kind:
        return assignments.filter(task__deliverable=kind)
    return assignments.exclude(task__deliverable__in=[own for own in ladders if own])


def not_yet_told(
    assignments: QuerySet[Assignment], offset: int, due: Iterable[dt.date]
) -> QuerySet[Assignment]:
    """Of those due on these days, the ones nobody was told of at this rung or a later one.

    A letter to the unit stands for every rung that had come when it was issued.
    """
    told = Reminder.objects.filter(
        assignment=OuterRef("pk"), due_on=OuterRef("due_on"), kind=Reminder.Kind.LADDER,
        offset__gte=offset,
    )  # fmt: skip
    urged = UrgedAssignment.objects.filter(
        assignment=OuterRef("pk"), due_on=OuterRef("due_on"), days_late__gte=offset
    )
    return assignments.filter(~Exists(told), ~Exists(urged), due_on__in=list(due))


def late_in(programme: Programme, today: dt.date) -> QuerySet[Assignment]:
    """Everything of a programme that is past its date and not handed in."""
    return chased().filter(programme=programme, due_on__lt=today).order_by("due_on", "pk")


def notices_of(actor: Actor) -> QuerySet[Digest]:
    """What the person was told, newest first."""
    return Digest.objects.filter(person=actor.id) if actor.id else Digest.objects.none()


def mails_in_trouble() -> QuerySet[Mail]:
    """Letters that did not go out, or of which nobody knows; oldest first."""
    return Mail.objects.filter(state__in=[Mail.State.UNKNOWN, Mail.State.FAILED])


def mails_by_state() -> list[tuple[str, int]]:
    """How many letters are in each state, in words; one query."""
    counts = dict(Mail.objects.order_by().values_list("state").annotate(n=Count("pk")))
    return [(str(label), counts.get(state, 0)) for state, label in Mail.State.choices]


def stopped_runs() -> list[Run]:
    """The last run of each body, where it told nobody because of the clock; one query."""
    last = Run.objects.filter(body=OuterRef("body")).order_by("-pk").values("pk")[:1]
    return list(Run.objects.filter(pk=Subquery(last)).exclude(refused=""))
