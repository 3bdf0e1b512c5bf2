"""Reads worth a name. ``visible_to`` starts every page."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from danvan.assignments import naming
from danvan.assignments.models import Assignment, Attachment, Submission
from danvan.assignments.rules import ACTING, BELONGING, OVERSEEING
from danvan.kernel.access import Actor
from danvan.kernel.models import Entry
from danvan.organisations import roles
from danvan.organisations.queries import versions_on
from danvan.programmes.models import Programme, Task, TaskParty
from danvan.programmes.models.plans import Deliverable

# If a plan names a unit twice for one task, the stronger word counts.
STRENGTH = {TaskParty.Role.LEAD: 0, TaskParty.Role.ALL: 1, TaskParty.Role.COORDINATE: 2}


def visible_to(actor: Actor) -> QuerySet[Assignment]:
    """What the actor may read: his units' own, and all of the programmes he oversees."""
    return Assignment.objects.filter(
        Q(unit__in=actor.scopes(*BELONGING)) | Q(programme__body__in=actor.scopes(*OVERSEEING))
    ).select_related("task__provision", "programme__plan")


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """Files of the assignments the actor may read."""
    return Attachment.objects.filter(
        Q(submission__assignment__unit__in=actor.scopes(*BELONGING))
        | Q(submission__assignment__programme__body__in=actor.scopes(*OVERSEEING))
    ).select_related("file", "submission")


def overseen(actor: Actor) -> QuerySet[Assignment]:
    """All of the programmes the actor oversees, whatever unit he works in."""
    return visible_to(actor).filter(programme__body__in=actor.scopes(*OVERSEEING))


def own(actor: Actor) -> QuerySet[Assignment]:
    """What the actor's own units owe or did."""
    return visible_to(actor).filter(unit__in=actor.scopes(*BELONGING))


def oversees(actor: Actor) -> bool:
    """Whether there is a programme the actor reads all of."""
    return overseen(actor).exists()


def in_order(
    assignments: QuerySet[Assignment], programme: Programme | None
) -> QuerySet[Assignment]:
    """By date, undated last; then as in the plan; then units in Vietnamese order."""
    if programme is None:
        return assignments.none()
    named = versions_on(naming.day_of(programme)).filter(unit=OuterRef("unit"))
    return assignments.annotate(
        unit_order=Subquery(named.order_by().values("sort_key")[:1])
    ).order_by(F("due_on").asc(nulls_last=True), "task__order", "unit_order", "pk")


def to_do(actor: Actor) -> QuerySet[Assignment]:
    """What the actor can hand in for a unit."""
    return visible_to(actor).filter(unit__in=actor.scopes(*ACTING))


def waiting_for(actor: Actor) -> QuerySet[Submission]:
    """Versions that wait for the programme office the actor works in, oldest first."""
    return (
        Submission.objects.filter(
            outcome=Submission.Outcome.WAITING,
            assignment__programme__body__in=actor.scopes(roles.PROGRAMME_OFFICE),
        )
        .select_related("filed_by", "assignment__task__provision", "assignment__programme__plan")
        .order_by("filed_at", "pk")
    )


def versions_of(assignment: Assignment) -> QuerySet[Submission]:
    """What was handed in, newest first, with its files and people."""
    found = assignment.submissions.select_related("filed_by", "decided_by")
    return found.prefetch_related("attachments__file")


def programmes_of(assignments: QuerySet[Assignment]) -> QuerySet[Programme]:
    """The programmes these belong to, newest first."""
    return (
        Programme.objects.filter(pk__in=assignments.order_by().values("programme"))
        .select_related("plan")
        .order_by("-year", "-pk")
    )


def history_of(assignment: Assignment) -> QuerySet[Entry]:
    """Everything done about one assignment, from its opening on, newest first."""
    of_its_own = Q(subject_type=Assignment._meta.label_lower, subject_id=str(assignment.pk))
    opening = Q(
        action="assignments.programme.open",
        subject_id=str(assignment.programme_id),
        concerns=assignment.unit_id,
    )
    return Entry.objects.filter(of_its_own | opening)


def history_of_units(units: Collection[int]) -> QuerySet[Entry]:
    """Everything done about what these units owe, newest first: theirs to read."""
    return Entry.objects.filter(concerns__in=units, action__startswith="assignments.")


def dossier_of(programme: int, unit: int) -> Assignment | None:
    """The unit's scoring-dossier assignment of a programme, for scoring to file."""
    return Assignment.objects.filter(
        programme=programme, unit=unit, task__deliverable=Deliverable.DOSSIER
    ).first()


def unopened(programme: Programme) -> dict[tuple[int, int], str]:
    """(task id, unit id) → role of everything the plan asks that has no assignment yet."""
    named = Task.objects.filter(programme=programme, parties__units__isnull=False)
    known = set(Assignment.objects.filter(programme=programme).values_list("task_id", "unit_id"))
    wanted: dict[tuple[int, int], str] = {}
    for task, unit, role in named.values_list("pk", "parties__units", "parties__role"):
        held = wanted.get((task, unit), role)
        if (task, unit) not in known:
            wanted[task, unit] = min(held, role, key=lambda r: STRENGTH[TaskParty.Role(r)])
    return wanted
