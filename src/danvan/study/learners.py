"""Finding the learner behind a person or a code. Rows are made when first needed."""

from __future__ import annotations

from collections.abc import Collection

from danvan.study import codes
from danvan.study.models import Learner


def of(people: Collection[int]) -> dict[int, Learner]:
    """Person → learner, made where there is none yet. Side effect: rows. Three queries.

    Whoever was erased and comes back gets a nameless row back with its person.
    """
    wanted = set(people)
    found = {row.person_id: row for row in Learner.objects.filter(person__in=wanted)}
    if missing := wanted - set(found):
        marks = {codes.who(person): person for person in missing}
        for row in Learner.objects.filter(who__in=marks, person=None):
            row.person_id, row.erased_at = marks[row.who], None
            row.save(update_fields=["person", "erased_at"])
            missing.discard(marks[row.who])
        Learner.objects.bulk_create(
            [Learner(person_id=p, who=codes.who(p)) for p in sorted(missing)],
            ignore_conflicts=True, batch_size=400,
        )  # fmt: skip
        found = {row.person_id: row for row in Learner.objects.filter(person__in=wanted)}
    return {person: row for person, row in found.items() if person is not None}


def by_code(typed: str) -> Learner | None:
    """Who carries this personal code; None if nobody does. One query."""
    if not codes.plain(typed):
        return None
    rows = Learner.objects.filter(code_hash=codes.digest(typed), person__isnull=False)
    return rows.select_related("person").first()
