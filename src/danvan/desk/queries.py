"""Which lines of history a person may read, and how they are searched."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from danvan.kernel.access import Actor
from danvan.kernel.models import Entry, Refusal
from danvan.organisations import queries as organisations
from danvan.organisations import roles
from danvan.scoring.queries.sight import veiled_history

UNIT_ROLES = (roles.MEMBER, roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
VERIFY = "desk.history.verify"


def visible_to(actor: Actor) -> QuerySet[Entry]:
    """All lines for who oversees a programme; else those that concern the actor's units,
    and the actor's own acts. Marks that are still hidden from the actor are told by no line.
    """
    shown = Entry.objects.exclude(veiled_history(actor))
    if organisations.oversees(actor):
        return shown
    mine = Q(concerns__in=actor.scopes(*UNIT_ROLES))
    if actor.id is not None:
        mine |= Q(actor_id=actor.id)
    return shown.filter(mine)


def between[M: (Entry, Refusal)](
    rows: QuerySet[M], first: dt.date | None, last: dt.date | None
) -> QuerySet[M]:
    """Lines of the local days from ``first`` to ``last``, both included."""
    if first:
        rows = rows.filter(at__gte=_midnight(first))
    if last:
        rows = rows.filter(at__lt=_midnight(last + dt.timedelta(days=1)))
    return rows


def acts(rows: QuerySet[Entry]) -> list[tuple[str, str]]:
    """(code, in words) of every act that occurs, for the filter."""
    found = dict(rows.order_by().values_list("action", "says").distinct())
    return sorted(found.items(), key=lambda pair: pair[1])


def last_verification() -> Entry | None:
    """The last time somebody walked the whole chain."""
    return Entry.objects.filter(action=VERIFY).order_by("-seq").first()


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
