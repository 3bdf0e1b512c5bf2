"""Who sees which programmes and drafts, and reads worth a name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from danvan.kernel.access import Actor
from danvan.kernel.models import Entry
from danvan.organisations import roles
from danvan.organisations.models import Unit, UnitVersion
from danvan.programmes.models import (
    Amendment,
    Draft,
    Finding,
    Manuscript,
    Programme,
    Task,
    TaskParty,
)
from danvan.programmes.rules import ACTS_FOR


def visible_to(actor: Actor) -> QuerySet[Programme]:
    """Programmes of a body one belongs to, serves, or is addressed by.

    People of the body, of the units under it (ever), of units its tasks address, and those
    who hold a role over it.
    """
    scopes = {hold.scope for hold in actor.holds}
    above = UnitVersion.objects.filter(unit__in=scopes, parent__isnull=False).values("parent")
    addressed = TaskParty.objects.filter(units__in=scopes).values("task__programme")
    found = Programme.objects.filter(Q(body__in=scopes) | Q(body__in=above) | Q(pk__in=addressed))
    return found.select_related("body", "plan")


def drafts_visible_to(actor: Actor) -> QuerySet[Draft]:
    """A draft is the programme office's and its principals'; nobody else sees it."""
    scopes = actor.scopes(roles.PROGRAMME_OFFICE, roles.HEAD, roles.DEPUTY)
    return Draft.objects.filter(body__in=scopes).select_related("body", "file", "read_by")


def manuscripts_visible_to(actor: Actor) -> QuerySet[Manuscript]:
    """A body's plan in writing is its office's and principals'; a unit's is the unit's."""
    over = actor.scopes(roles.PROGRAMME_OFFICE, roles.HEAD, roles.DEPUTY)
    found = Manuscript.objects.filter(
        Q(assigned_by=None, body__in=over)
        | Q(assigned_by__isnull=False, body__in=actor.scopes(*ACTS_FOR))
    )
    return found.select_related("body", "draft", "saved_by")


def manuscripts_in_writing(actor: Actor) -> QuerySet[Manuscript]:
    return manuscripts_visible_to(actor).filter(state=Manuscript.State.WRITING)


def amendments_visible_to(actor: Actor) -> QuerySet[Amendment]:
    """What is published: whoever sees the plan. What is prepared: the office and principals."""
    over = actor.scopes(roles.PROGRAMME_OFFICE, roles.HEAD, roles.DEPUTY)
    seen = visible_to(actor).order_by().values("pk")
    found = Amendment.objects.filter(
        Q(state=Amendment.State.PUBLISHED, programme__in=seen) | Q(programme__body__in=over)
    )
    return found.select_related("programme__plan", "programme__body", "document", "made_by")


def superiors_kept(actor: Actor) -> QuerySet[Draft]:
    """Plans of the level above that were kept as grounds."""
    kept = drafts_visible_to(actor).filter(state=Draft.State.KEPT)
    return kept.select_related("document").annotate(
        tasks=Count(
            "findings",
            filter=Q(findings__kind=Finding.Kind.TASK) & ~Q(findings__state=Finding.State.STRUCK),
        )
    )


def units_acted_for(actor: Actor, programme: Programme) -> QuerySet[Unit]:
    """Units the actor acts for that the programme addresses."""
    addressed = TaskParty.objects.filter(task__programme=programme).values("units")
    return Unit.objects.filter(pk__in=actor.scopes(*ACTS_FOR)).filter(pk__in=addressed)


def drafts_under_review(actor: Actor) -> QuerySet[Draft]:
    """With ``pending``, the number of findings nobody looked at yet."""
    return (
        drafts_visible_to(actor)
        .filter(state=Draft.State.REVIEW)
        .annotate(pending=Count("findings", filter=Q(findings__state=Finding.State.PENDING)))
    )


def bodies_served_by(actor: Actor) -> QuerySet[Unit]:
    """Bodies whose programme office the actor works in."""
    return Unit.objects.filter(pk__in=actor.scopes(roles.PROGRAMME_OFFICE))


def tasks_of(programme: Programme) -> QuerySet[Task]:
    """Tasks with provision and parties, in the order of the text: three queries."""
    return (
        programme.tasks.select_related("provision")
        .prefetch_related("parties__units")
        .order_by("provision__order", "order")
    )


def reviews_of(
    programme: Programme, orders: Iterable[int]
) -> dict[int, tuple[Finding, Entry | None]]:
    """Task order → the finding it came from and the last history line about that: two queries."""
    if programme.draft_id is None:
        return {}
    findings = list(
        Finding.objects.filter(
            draft=programme.draft_id, kind=Finding.Kind.TASK, order__in=list(orders)
        )
    )
    lines = Entry.objects.filter(
        subject_type=Finding._meta.label_lower, subject_id__in=[str(f.pk) for f in findings]
    ).order_by("seq")
    last = {line.subject_id: line for line in lines}
    return {f.order: (f, last.get(str(f.pk))) for f in findings}
