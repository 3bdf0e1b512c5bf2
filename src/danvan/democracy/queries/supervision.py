"""What of the Front's record, and of opinions, a person may read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from danvan.assignments import queries as assignments
from danvan.assignments import tracking
from danvan.assignments.models import Assignment
from danvan.democracy.committees import BELONGING
from danvan.democracy.models import (
    BuildingOpinion,
    Recommendation,
    Reply,
    Supervision,
    SupervisionProgramme,
)
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.queries import oversees

READING = (*roles.VERIFYING, roles.OBSERVER)


def overseen(actor: Actor) -> frozenset[int]:
    """Bodies whose whole record the actor reads: the Front, the offices, chairman, deputies."""
    return oversees(actor) | actor.scopes(*READING)


def programmes_visible_to(actor: Actor) -> QuerySet[SupervisionProgramme]:
    """The Front's and the committee's; to a unit those in which it is supervised."""
    own = Q(subjects__unit__in=actor.scopes(*BELONGING))
    found = SupervisionProgramme.objects.filter(Q(body__in=overseen(actor)) | own).distinct()
    return found.select_related("document").defer("document__text")


def supervisions_visible_to(actor: Actor) -> QuerySet[Supervision]:
    """To a unit only its own."""
    own = Q(unit__in=actor.scopes(*BELONGING))
    found = Supervision.objects.filter(Q(programme__body__in=overseen(actor)) | own)
    return found.select_related("programme__body", "unit")


def with_counts(found: QuerySet[Supervision]) -> QuerySet[Supervision]:
    """Each with how many recommendations it has and how many wait for a reply."""
    waits = Q(recommendations__state=Recommendation.State.SENT)
    closed = Q(recommendations__state=Recommendation.State.CLOSED)
    return found.annotate(
        asked=Count("recommendations"),
        waiting=Count("recommendations", filter=waits),
        closed=Count("recommendations", filter=closed),
    )


def recommendations_visible_to(actor: Actor) -> QuerySet[Recommendation]:
    seen = supervisions_visible_to(actor).values("pk")
    found = Recommendation.objects.filter(supervision__in=seen)
    return found.select_related("supervision__programme__body", "supervision__unit")


@dataclass(frozen=True, slots=True)
class Told:
    """A recommendation with its replies, how each remedy stands, and what the Front said."""

    recommendation: Recommendation
    replies: list[tuple[Reply, tracking.Line | None]]

    def overdue(self, day: dt.date) -> bool:
        due = self.recommendation.reply_due_on
        return self.recommendation.state == "sent" and due is not None and due < day


def told(supervision: Supervision, actor: Actor) -> list[Told]:
    """Everything under one subject: a constant number of queries."""
    remarks = Prefetch("replies", Reply.objects.select_related("replied_by"))
    found = list(supervision.recommendations.prefetch_related(remarks, "remarks__said_by"))
    replies = [reply for each in found for reply in each.replies.all()]
    wanted = [reply.assignment_id for reply in replies if reply.assignment_id]
    rows = assignments.told(Assignment.objects.filter(pk__in=wanted))
    lines = {line.assignment.pk: line for line in tracking.lines(rows, actor)}
    return [
        Told(each, [(r, lines.get(r.assignment_id or 0)) for r in each.replies.all()])
        for each in found
    ]


def opinions_visible_to(actor: Actor) -> QuerySet[BuildingOpinion]:
    """The Front's and the committee's; to a unit those addressed to it."""
    own = Q(to_unit__in=actor.scopes(*BELONGING))
    found = BuildingOpinion.objects.filter(Q(body__in=overseen(actor)) | own)
    return found.select_related("body", "to_unit")
