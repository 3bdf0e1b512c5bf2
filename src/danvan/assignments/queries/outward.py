"""What contexts above ask."""

from __future__ import annotations

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery

from danvan.assignments.models import Assignment
from danvan.assignments.queries.visibility import told
from danvan.assignments.workflow import OWED
from danvan.organisations.queries import versions_on
from danvan.programmes.models.plans import Deliverable


def owed() -> QuerySet[Assignment]:
    """Dated and owed: not filed (or sent back), not exempt."""
    return Assignment.objects.filter(state__in=OWED, due_on__isnull=False)


def chaseable(day: dt.date) -> QuerySet[Assignment]:
    """What may be reminded of: dated and owed. What is filed or exempt is not among it.

    ``due_on`` is the date in force (after extensions); ``unit_name`` the unit's name on
    ``day``; ``wording.line_title`` gives the title with its period. One query, whatever the
    number of rows; ordered by date, then unit.
    """
    named = versions_on(day).filter(unit=OuterRef("unit")).order_by()
    return (
        told(owed())
        .select_related("unit", "body", "directive__follower")
        .annotate(
            unit_name=Subquery(named.values("name")[:1]),
            unit_order=Subquery(named.values("sort_key")[:1]),
        )
        .order_by("due_on", "unit_order", "pk")
    )


def dossier_of(programme: int, unit: int) -> Assignment | None:
    """The unit's scoring-dossier assignment of a programme, for scoring to file."""
    return Assignment.objects.filter(
        programme=programme, unit=unit, task__deliverable=Deliverable.DOSSIER
    ).first()
