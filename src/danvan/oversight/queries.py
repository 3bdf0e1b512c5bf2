"""The programmes a leader's page is about."""

from __future__ import annotations

from django.db.models import QuerySet

from danvan.kernel.access import Actor
from danvan.organisations.queries import oversees
from danvan.programmes.models import Programme
from danvan.programmes.queries import visible_to as programmes_visible_to


def visible_to(actor: Actor) -> QuerySet[Programme]:
    """Whoever sees the programme knows that there is such a page; reading it is a rule's."""
    return programmes_visible_to(actor).defer("plan__text")


def overseen(actor: Actor) -> QuerySet[Programme]:
    """Programmes of the bodies the actor oversees, newest first."""
    found = Programme.objects.filter(body__in=oversees(actor)).select_related("body", "plan")
    return found.defer("plan__text").order_by("-year", "-pk")
