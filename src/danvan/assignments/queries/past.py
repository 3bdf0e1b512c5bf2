"""Reads of the history."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from danvan.assignments.models import Assignment
from danvan.kernel.models import Entry


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
