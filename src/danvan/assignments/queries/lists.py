"""The rows of lists and of one assignment's page."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from danvan.assignments import naming
from danvan.assignments.models import (
    Assignment,
    ExemptionRequest,
    ExtensionRequest,
    ProgressNote,
    Request,
    Submission,
)
from danvan.assignments.queries.visibility import told, visible_to
from danvan.assignments.rules import ACTING
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.queries import versions_on
from danvan.programmes.models import Programme, TaskParty


def of_year(assignments: QuerySet[Assignment], programme: Programme | None) -> QuerySet[Assignment]:
    """A programme's, and what was given outside a plan in its year (all of it without one)."""
    outside = Q(programme__isnull=True)
    if programme is None:
        return assignments.filter(outside)
    return assignments.filter(Q(programme=programme) | outside & Q(opened_at__year=programme.year))


def in_order(
    assignments: QuerySet[Assignment], programme: Programme | None
) -> QuerySet[Assignment]:
    """By date, undated last; then as in the plan; then units in Vietnamese order."""
    day = naming.day_of(programme) if programme else clock.today()
    named = versions_on(day).filter(unit=OuterRef("unit"))
    return assignments.annotate(
        unit_order=Subquery(named.order_by().values("sort_key")[:1])
    ).order_by(F("due_on").asc(nulls_last=True), "task__order", "unit_order", "pk")


def to_do(actor: Actor) -> QuerySet[Assignment]:
    """What the actor can hand in for a unit, and what his unit named him to do."""
    units = Q(unit__in=actor.scopes(*ACTING))
    return told(Assignment.objects.filter(units | Q(assigned_to=actor.id or 0)))


def waiting_for(actor: Actor) -> QuerySet[Submission]:
    """Versions that wait for the office the actor works in, oldest first."""
    return (
        Submission.objects.filter(
            _kept_by(actor, "assignment__"), outcome=Submission.Outcome.WAITING
        )
        .select_related(
            "filed_by",
            "assignment__task__provision",
            "assignment__programme__plan",
            "assignment__directive__source_document",
        )
        .order_by("filed_at", "pk")
    )


def waiting_extensions(actor: Actor) -> QuerySet[ExtensionRequest]:
    """Requests for more time the actor's office has to decide, oldest first."""
    waiting = ExtensionRequest.objects.filter(
        _kept_by(actor, "assignment__"), state=Request.State.WAITING
    )
    return waiting.select_related(*_ASKED).order_by("asked_at", "pk")


def waiting_exemptions(actor: Actor) -> QuerySet[ExemptionRequest]:
    """Tasks said not to apply that the actor's office has to decide on, oldest first."""
    waiting = ExemptionRequest.objects.filter(
        _kept_by(actor, "assignment__"), state=Request.State.WAITING
    )
    return waiting.select_related(*_ASKED).order_by("asked_at", "pk")


def to_confirm(actor: Actor) -> QuerySet[Assignment]:
    """Conclusions after a dialogue that are done and that the asker has not confirmed yet."""
    return visible_to(actor).filter(
        origin=Assignment.Origin.DIALOGUE,
        state=Assignment.State.ACCEPTED,
        confirmed_on__isnull=True,
        body__in=actor.scopes(roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE, roles.OBSERVER),
    )


def versions_of(assignment: Assignment) -> QuerySet[Submission]:
    """What was handed in, newest first, with its files and people."""
    found = assignment.submissions.select_related("filed_by", "decided_by")
    return found.prefetch_related("attachments__file")


def notes_of(assignment: Assignment) -> QuerySet[ProgressNote]:
    """What the unit said of its work, newest first."""
    return assignment.progress_notes.select_related("written_by")


def siblings_of(assignment: Assignment) -> QuerySet[Assignment]:
    """What the other units have to do for the same task and period, or the same directive."""
    if assignment.task_id is None and assignment.directive_id is None:
        return Assignment.objects.none()
    same = Assignment.objects.filter(
        task=assignment.task_id,
        directive=assignment.directive_id,
        period_start=assignment.period_start,
        period_end=assignment.period_end,
    )
    return told(same.exclude(pk=assignment.pk))


def followers_of(assignment: Assignment) -> list[int]:
    """Units that follow it to its end, as the plan or the directive says."""
    if assignment.directive and assignment.directive.follower_id:
        return [assignment.directive.follower_id]
    if assignment.task_id is None:
        return []
    named = TaskParty.objects.filter(
        task=assignment.task_id, role=TaskParty.Role.FOLLOW, units__isnull=False
    )
    return list(named.values_list("units", flat=True).distinct())


def periods_of(assignment: Assignment) -> QuerySet[Assignment]:
    """The unit's periods of the same recurring task, in order; none if it does not recur."""
    if assignment.period_end is None:
        return Assignment.objects.none()
    same = Assignment.objects.filter(unit=assignment.unit_id, task=assignment.task_id)
    return told(same).order_by("period_end", "period_start")


def _kept_by(actor: Actor, at: str) -> Q:
    """As ``rules.keeps``, asked of the database."""
    programme = Q(**{f"{at}body__in": actor.scopes(roles.PROGRAMME_OFFICE)})
    outside = Q(**{f"{at}body__in": actor.scopes(roles.ADMINISTRATION_OFFICE)})
    return programme | outside & ~Q(**{f"{at}origin": Assignment.Origin.PLAN})


_ASKED = (
    "asked_by",
    "assignment__task__provision",
    "assignment__programme__plan",
    "assignment__directive__source_document",
)
