"""What a published change does to the rows of tasks and targets. Nothing is deleted: what is
dropped ends on a day, what is added begins on one.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet

from danvan.documents.models import Provision
from danvan.programmes import amending, compiling
from danvan.programmes.models import (
    Amendment,
    AmendmentChange,
    Programme,
    Target,
    Task,
    TaskParty,
)

Json = dict[str, Any]
# Beyond every finding of the draft, so that what is added is taken for none of them.
BEYOND_FINDINGS = 9_999


def apply(amendment: Amendment, row: AmendmentChange) -> AmendmentChange:
    """The row as it shall be from the amendment's day; the change then names what it added."""
    about = row.task or row.target
    if about is None:
        assert row.after is not None
        if amending.about_target(row.after):
            row.target = _added_target(amendment, row.after)
        else:
            row.task = _added_task(amendment, row.after)
        row.save(update_fields=["task", "target"])
    elif row.after is None:
        about.removed_from = amendment.in_force_from
        about.save(update_fields=["removed_from"])
    elif isinstance(about, Target):
        amending.onto_target(about, row.after).save()
    else:
        amending.onto(about, row.after).save()
        if (row.before or {}).get("parties") != row.after["parties"]:
            about.parties.all().delete()
            _addressed(about, row.after["parties"])
    return row


def _added_task(amendment: Amendment, after: Json) -> Task:
    programme = amendment.programme
    task = Task(
        programme=programme,
        provision=_place(programme, after),
        order=_next(programme.tasks.all()),
        added_from=amendment.in_force_from,
    )
    amending.onto(task, after).save()
    _addressed(task, after["parties"])
    return task


def _added_target(amendment: Amendment, after: Json) -> Target:
    """Measured as the table of measures proposes for its words; the office may choose another."""
    programme = amendment.programme
    target = Target(
        programme=programme,
        provision=_place(programme, after),
        order=_next(programme.targets.all()),
        added_from=amendment.in_force_from,
        **compiling.proposed_measure(after["subject"], after["comparator"]),
    )
    amending.onto_target(target, after).save()
    return target


def _place(programme: Programme, after: Json) -> Provision:
    return Provision.objects.get(pk=after["provision"], document=programme.plan_id)


def _next(rows: QuerySet[Any]) -> int:
    last = rows.aggregate(last=Max("order"))["last"] or 0
    return max(last, BEYOND_FINDINGS) + 1


def _addressed(task: Task, parties: list[Json]) -> None:
    for party in parties:
        made = TaskParty.objects.create(task=task, role=party["role"], written=party["written"])
        made.units.set(party["units"])
