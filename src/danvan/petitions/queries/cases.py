"""One petition: its log as the clock reads it, the limits that run, what is like it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from danvan.assignments.models import Assignment
from danvan.assignments.workflow import SETTLED
from danvan.kernel.calendar import Calendar
from danvan.petitions import deadlines, indexing, stages
from danvan.petitions.clock import Due
from danvan.petitions.models import Enforcement, Petition, Step
from danvan.petitions.stages import Happened, Story


def story_of(petition: Petition, steps: Iterable[Step]) -> Story:
    """Everything the clock reads; the regime is that of the receipt date unless overridden."""
    traits = {
        "remote": petition.remote,
        "delegated": petition.delegated,
        "reception": petition.at_reception,
        "not_competent": petition.competent is False,
        "elected": petition.forwarder == Petition.Forwarder.ELECTED,
        "press": petition.forwarder == Petition.Forwarder.PRESS,
        "again": petition.further == Petition.Further.AGAIN,
        "late": petition.further == Petition.Further.LATE,
    }
    return Story(
        kind=petition.known_kind,
        instance=petition.instance,
        regime=petition.regime,
        traits=frozenset(trait for trait, held in traits.items() if held),
        steps=tuple(Happened(s.code, s.on, s.until, s.trait) for s in steps),
    )


def dues_of(petition: Petition, steps: Iterable[Step] | None = None) -> list[Due]:
    """The limits that run now, the earliest first, each with its computation."""
    told = petition.steps.all() if steps is None else steps
    rules = deadlines.for_body(petition.body_id)
    return stages.open_dues(story_of(petition, told), rules, Calendar())


def enforcement_of(petition: Petition) -> QuerySet[Assignment]:
    """What the ruling orders, as assignments."""
    ordered = Enforcement.objects.filter(ruling__petition=petition)
    return Assignment.objects.filter(pk__in=ordered.values("assignment"))


def unfinished(petition: Petition) -> int:
    """Orders of the ruling that are not carried out yet."""
    return enforcement_of(petition).exclude(state__in=SETTLED).count()


def similar(petition: Petition, seen: QuerySet[Petition], most: int = 8) -> list[Petition]:
    """Others of the same body that may be the same matter: a sender in common, or the words."""
    names = list(petition.senders.values_list("name", flat=True))
    others = seen.filter(body=petition.body_id).exclude(pk=petition.pk)
    found: dict[int, Petition] = {}
    if names:
        same = others.filter(Q(senders__name__in=names)).distinct()
        found = {p.pk: p for p in same.order_by("-pk")[:most]}
    words = " ".join(petition.subject.split()[:8])
    if len(found) < most:
        for other in indexing.find(words, others).order_by("-pk")[:most]:
            found.setdefault(other.pk, other)
    return list(found.values())[:most]
