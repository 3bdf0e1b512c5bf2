"""One digest a person: its reminders, its mail, and a line of history for each unit.

Called inside the verbs that tell; ``words_now`` is asked again when a mail really goes out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from danvan.assignments.models import Assignment
from danvan.assignments.naming import names
from danvan.chasing import queries, wording
from danvan.chasing.models import Digest, Reminder
from danvan.chasing.recipients import address_of
from danvan.kernel import clock, mail
from danvan.kernel.actions import record
from danvan.kernel.models import Mail
from danvan.organisations.models import Person

# Person → assignment → itself and the rung it stands on (None: not by the ladder).
Told = dict[Person, dict[int, tuple[Assignment, int | None]]]


def tell(told: Told, kind: str, day: dt.date, *, opening: str = "", **facts: Any) -> list[Digest]:
    """Writes what everybody is told; ``facts`` go into each unit's line of history."""
    held = {person: [a for a, _offset in lines.values()] for person, lines in told.items()}
    units = names({a.unit_id for found in held.values() for a in found}, day)
    digests = Digest.objects.bulk_create(
        Digest(
            person=person, made_at=clock.now(), opening=opening,
            subject=wording.subject(found, day),
            text=wording.digest(person.name, found, units, day, opening),
        )
        for person, found in held.items()
    )  # fmt: skip
    Reminder.objects.bulk_create(
        Reminder(
            kind=kind, assignment=a, person=digest.person, due_on=a.due_on or day,
            offset=offset, day=day, digest=digest,
        )
        for digest in digests
        for a, offset in told[digest.person].values()
    )  # fmt: skip
    mail.post_all(
        mail.Letter(f"digest-{d.pk}", address_of(d.person), d.subject, d.text) for d in digests
    )
    _tell_units(held, facts)
    return digests


def words_now(letter: Mail) -> mail.Words | None:
    """The digest a mail carries, without what was filed, exempted or moved since it was made."""
    digest = Digest.objects.select_related("person").get(pk=letter.key.partition("-")[2])
    dates = dict(digest.reminders.values_list("assignment", "due_on"))
    owed = [a for a in queries.chased().filter(pk__in=dates) if a.due_on == dates[a.pk]]
    if not owed:
        return None
    if len(owed) == len(dates):
        return digest.subject, digest.text
    day = clock.local_day(digest.made_at)
    units = names({a.unit_id for a in owed}, day)
    text = wording.digest(digest.person.name, owed, units, day, digest.opening)
    return wording.subject(owed, day), text


def _tell_units(held: Mapping[Person, Sequence[Assignment]], facts: Mapping[str, Any]) -> None:
    """Each unit can read who was reminded of what it owes."""
    lines: dict[int, tuple[Assignment, list[str]]] = {}
    for person, found in held.items():
        for a in found:
            lines.setdefault(a.pk, (a, []))[1].append(person.name)
    for assignment, told in lines.values():
        record(assignment, concerns=assignment.unit_id, told=told, due=assignment.due_on, **facts)
