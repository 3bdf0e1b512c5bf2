"""Votes of households, each page a constant number of queries."""

from __future__ import annotations

from django.db.models import QuerySet

from danvan.democracy.models import Ballot
from danvan.democracy.queries.disclosure import seen
from danvan.kernel.access import Actor

QUESTIONS = ("questions__options", "parts__questions__options", "parts__matter", "unit__versions")


def visible_to(actor: Actor) -> QuerySet[Ballot]:
    """The actor's units' own, and those of bodies he oversees."""
    return whole(Ballot.objects.filter(seen(actor)))


def whole(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """With everything ``voting`` reads of them."""
    held = ballots.select_related("unit", "body", "matter", "whole", "roll")
    return held.prefetch_related(*QUESTIONS)
