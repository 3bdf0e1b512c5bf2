"""What contexts above ask."""

from __future__ import annotations

from django.db.models import QuerySet

from danvan.assignments.models import Assignment
from danvan.assignments.workflow import OWED
from danvan.programmes.models.plans import Deliverable


def owed() -> QuerySet[Assignment]:
    """Dated and owed: not filed (or sent back), not exempt."""
    return Assignment.objects.filter(state__in=OWED, due_on__isnull=False)


def dossier_of(programme: int, unit: int) -> Assignment | None:
    """The unit's scoring-dossier assignment of a programme, for scoring to file."""
    return Assignment.objects.filter(
        programme=programme, unit=unit, task__deliverable=Deliverable.DOSSIER
    ).first()
