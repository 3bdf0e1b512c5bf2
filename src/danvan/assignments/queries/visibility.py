"""Who may read what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from danvan.assignments.models import Assignment, Attachment, Directive, ExtensionRequest
from danvan.assignments.rules import BELONGING, OVERSEEING
from danvan.kernel.access import Actor
from danvan.programmes.models import Programme, TaskParty

Role = Assignment.Role


def visible_to(actor: Actor) -> QuerySet[Assignment]:
    """What the actor may read.

    His units' own; all of the bodies he oversees; to the unit that leads, what those that
    coordinate contribute; to the one that follows or that asked, what came of it.
    """
    return told(Assignment.objects.filter(_seen(actor)))


def told(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With what every line says, without the long texts behind it."""
    return assignments.select_related(
        "task__provision", "programme__plan", "directive__source_document", "assigned_to"
    ).defer("programme__plan__text", "directive__source_document__text")


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """Files of the assignments the actor may read."""
    seen = _seen(actor, "submission__assignment__")
    return Attachment.objects.filter(seen).select_related("file", "submission").distinct()


def extensions_visible_to(actor: Actor) -> QuerySet[ExtensionRequest]:
    """Requests for more time of the assignments the actor may read."""
    found = ExtensionRequest.objects.filter(_seen(actor, "assignment__"))
    return found.select_related("file", "assignment")


def listed(actor: Actor) -> QuerySet[Assignment]:
    """His units' own and all he oversees: what lists, matrix and figures are about."""
    mine, bodies = actor.scopes(*BELONGING), actor.scopes(*OVERSEEING)
    return told(Assignment.objects.filter(Q(unit__in=mine) | Q(body__in=bodies)))


def overseen(actor: Actor) -> QuerySet[Assignment]:
    """All of the bodies the actor oversees, whatever unit he works in."""
    return told(Assignment.objects.filter(body__in=actor.scopes(*OVERSEEING)))


def own(actor: Actor) -> QuerySet[Assignment]:
    """What the actor's own units owe or did."""
    return told(Assignment.objects.filter(unit__in=actor.scopes(*BELONGING)))


def followed(actor: Actor) -> QuerySet[Assignment]:
    """What the actor's units follow to its end without owing anything themselves."""
    return told(Assignment.objects.filter(_followed(actor.scopes(*BELONGING))))


def in_matrix(actor: Actor, programme: Programme) -> QuerySet[Assignment]:
    """The part of a programme's matrix the actor reads: all of it, or his units' rows.

    The matrix itself asks for the programme's tasks: a second condition on the programme would
    keep the database from counting the foot by its index alone.
    """
    if programme.body_id in actor.scopes(*OVERSEEING):
        return Assignment.objects.all()
    return Assignment.objects.filter(unit__in=actor.scopes(*BELONGING))


def oversees(actor: Actor) -> bool:
    """Whether there is something the actor reads all of."""
    return overseen(actor).exists()


def programmes_of(assignments: QuerySet[Assignment]) -> QuerySet[Programme]:
    """The programmes these belong to, newest first."""
    # Asked programme by programme: one row of each is enough, however many there are.
    of_it = assignments.select_related(None).defer(None).order_by().filter(programme=OuterRef("pk"))
    found = Programme.objects.filter(Exists(of_it)).select_related("plan")
    return found.defer("plan__text").order_by("-year", "-pk")


def directives_visible_to(actor: Actor) -> QuerySet[Directive]:
    """Those of bodies one oversees, and those one's unit has a part in."""
    mine = actor.scopes(*BELONGING)
    given = Assignment.objects.filter(unit__in=mine, directive__isnull=False).values("directive")
    return Directive.objects.filter(
        Q(body__in=actor.scopes(*OVERSEEING))
        | Q(pk__in=given)
        | Q(follower__in=mine)
        | Q(asked_by_unit__in=mine)
    ).select_related("source_document", "given_by", "follower", "asked_by_unit")


def _seen(actor: Actor, at: str = "") -> Q:
    mine = actor.scopes(*BELONGING)
    seen = Q(**{f"{at}body__in": actor.scopes(*OVERSEEING)})
    if not mine:
        return seen
    led = Assignment.objects.filter(unit__in=mine, role=Role.LEAD)
    contributed = Q(
        Q(**{f"{at}task__in": led.filter(task__isnull=False).values("task")})
        | Q(**{f"{at}directive__in": led.filter(directive__isnull=False).values("directive")}),
        **{f"{at}role": Role.COORDINATE},
    )
    return (
        seen
        | Q(**{f"{at}unit__in": mine})
        | contributed
        | _followed(mine, at)
        | Q(**{f"{at}directive__asked_by_unit__in": mine})
    )


def _followed(units: Iterable[int], at: str = "") -> Q:
    units = list(units)
    named = TaskParty.objects.filter(role=TaskParty.Role.FOLLOW, units__in=units)
    return Q(**{f"{at}directive__follower__in": units}) | Q(
        **{f"{at}task__in": named.values("task")}
    )
