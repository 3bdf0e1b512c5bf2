"""A task or target as kept in an amendment, before and after; the plan as it stood on a day.

A snapshot is plain JSON, so that it stays readable for good: dates as "2023-10-16", decimals
as text, units by id. The keys are those of TASK and TARGET.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.programmes import recurring, shapes
from danvan.programmes.models import (
    Amendment,
    AmendmentChange,
    AmendmentProposal,
    Deliverable,
    Programme,
    Target,
    Task,
    TaskParty,
)
from danvan.ui import written

Json = dict[str, Any]

# Values of targets are kept with two places.
CENT = Decimal("0.01")

TASK: dict[str, Any] = {
    "text": gettext_lazy("Nội dung"),
    "due_on": gettext_lazy("Hạn"),
    "due_text": gettext_lazy("Hạn như văn bản ghi"),
    "due_rule": gettext_lazy("Định kỳ"),
    "deliverable": gettext_lazy("Sản phẩm"),
    "parties": gettext_lazy("Đơn vị"),
}
TARGET: dict[str, Any] = {
    "subject": gettext_lazy("Chỉ tiêu"),
    "comparator": gettext_lazy("Yêu cầu"),
    "value": gettext_lazy("Giá trị"),
    "unit": gettext_lazy("Đơn vị tính"),
}


def of_task(task: Task) -> Json:
    """The task as it stands now."""
    return {
        "text": task.text,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "due_text": task.due_text,
        "due_wording": task.due_wording,
        "due_rule": task.due_rule,
        "deliverable": task.deliverable,
        "provision": task.provision_id,
        "parties": [
            {"role": p.role, "written": p.written, "units": sorted(u.pk for u in p.units.all())}
            for p in task.parties.all()
        ],
    }


def of_target(target: Target) -> Json:
    """The target as it stands now; one to be added also names its "provision"."""
    return {
        "subject": target.subject,
        "comparator": target.comparator,
        "value": None if target.value is None else str(target.value.quantize(CENT)),
        "unit": target.unit,
    }


def onto(task: Task, snapshot: Json) -> Task:
    """Sets the task's own fields from a snapshot; unsaved. Parties are the caller's."""
    task.text, task.deliverable = snapshot["text"], snapshot["deliverable"]
    task.due_on = day(snapshot["due_on"])
    task.due_text, task.due_wording = snapshot["due_text"], snapshot["due_wording"]
    task.due_rule = snapshot["due_rule"]
    return task


def onto_target(target: Target, snapshot: Json) -> Target:
    target.subject, target.comparator = snapshot["subject"], snapshot["comparator"]
    target.value = None if snapshot["value"] is None else Decimal(snapshot["value"])
    target.unit = snapshot["unit"]
    return target


def day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def past(change: AmendmentChange, in_force_from: dt.date) -> bool:
    """Whether a deadline it takes away, moves or sets had passed before it takes effect."""
    before, after = (day((side or {}).get("due_on")) for side in (change.before, change.after))
    if before == after:
        return False
    return any(due is not None and due < in_force_from for due in (before, after))


def about_target(side: Json | None) -> bool:
    """Whether a snapshot is of a target."""
    return "subject" in (side or {})


def proposed(proposal: AmendmentProposal) -> AmendmentChange:
    """The change a proposal would make, unsaved."""
    task, target = proposal.task, proposal.target
    before = of_task(task) if task else of_target(target) if target else None
    return AmendmentChange(
        kind=proposal.kind, task=task, target=target, before=before, after=proposal.after
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a change, in words: before and after ("" where there is none)."""

    label: str
    before: str
    after: str

    @property
    def moved(self) -> bool:
        return self.before != self.after


def differences(change: AmendmentChange, names: dict[int, str]) -> list[Difference]:
    """Every field of both sides, those that moved and those that stay."""
    labels = TARGET if about_target(change.before or change.after) else TASK
    made = []
    for name, label in labels.items():
        before, after = (
            said(name, (side or {}).get(name), names) for side in (change.before, change.after)
        )
        if before or after:
            made.append(Difference(str(label), before, after))
    return made


def said(name: str, value: Any, names: dict[int, str]) -> str:
    """One value of a snapshot in words."""
    if value in (None, "", []):
        return ""
    if name == "due_on":
        return written.day(day(value))
    if name == "due_rule":
        return recurring.in_words(value)
    if name == "deliverable":
        return str(Deliverable(value).label)
    if name == "comparator":
        return str(shapes.COMPARATORS.get(value, value))
    if name == "value":
        return written.number(Decimal(value))
    if name == "parties":
        return "\n".join(_party(party, names) for party in value)
    return str(value)


def _party(party: Json, names: dict[int, str]) -> str:
    """Role and words; where many are meant, how many."""
    units = [names[unit] for unit in party["units"] if unit in names]
    role = str(TaskParty.Role(party["role"]).label)
    if len(units) > 1 or (units and units[0] != party["written"]):
        meant = units[0] if len(units) == 1 else _("%d đơn vị") % len(units)
        return f"{role}: {party['written']} ({meant})"
    return f"{role}: {party['written']}"


def units_in(changes: Iterable[AmendmentChange]) -> set[int]:
    return {
        unit
        for change in changes
        for side in (change.before, change.after)
        for party in (side or {}).get("parties", [])
        for unit in party["units"]
    }


def published(programme: Programme) -> list[Amendment]:
    """Amendments in force or to come, the first first: two queries."""
    found = programme.amendments.filter(state=Amendment.State.PUBLISHED)
    return list(
        found.select_related("document")
        .defer("document__text")
        .prefetch_related("changes__task__provision", "changes__target__provision")
    )


@dataclass(frozen=True, slots=True)
class AsOf:
    """The plan on a day: its tasks and targets, told back from those of today.

    ``parties`` holds those of tasks that were addressed to others then.
    """

    tasks: list[Task]
    targets: list[Target]
    parties: dict[int, list[Json]]


def as_of(
    on: dt.date, tasks: Sequence[Task], targets: Sequence[Target], amendments: Sequence[Amendment]
) -> AsOf:
    """Undoes every amendment that takes effect after ``on``, the last one first."""
    by_task = {task.pk: task for task in tasks}
    by_target = {target.pk: target for target in targets}
    parties: dict[int, list[Json]] = {}
    for amendment in sorted(amendments, key=lambda a: (a.in_force_from, a.pk), reverse=True):
        if amendment.in_force_from <= on:
            continue
        for change in amendment.changes.all():
            if change.task_id in by_task and change.before and change.after:
                onto(by_task[change.task_id], change.before)
                parties[change.task_id] = change.before["parties"]
            elif change.target_id in by_target and change.before:
                onto_target(by_target[change.target_id], change.before)
    return AsOf(_begun(tasks, on), _begun(targets, on), parties)


def _begun[T: (Task, Target)](rows: Sequence[T], on: dt.date) -> list[T]:
    """Those asked by then; what has ended stays, with its day."""
    return [row for row in rows if row.added_from is None or row.added_from <= on]


def targets_on(programme: Programme, on: dt.date) -> list[Target]:
    """The targets that count that day, each with the goal it had then: three queries."""
    targets = list(programme.targets.select_related("provision"))
    standing = as_of(on, [], targets, published(programme)).targets
    return [target for target in standing if target.counts_on(on)]


@dataclass(frozen=True, slots=True)
class Told:
    """One change in the history of a clause."""

    amendment: Amendment
    change: AmendmentChange
    differences: list[Difference]

    @property
    def moved(self) -> list[Difference]:
        return [each for each in self.differences if each.moved]


def histories(amendments: Sequence[Amendment], names: dict[int, str]) -> dict[int, list[Told]]:
    """Provision id → what was done there, the first first."""
    made: dict[int, list[Told]] = defaultdict(list)
    for amendment in amendments:
        for change in amendment.changes.all():
            place = change.task or change.target
            if place is not None:
                told = Told(amendment, change, differences(change, names))
                made[place.provision_id].append(told)
    return made
