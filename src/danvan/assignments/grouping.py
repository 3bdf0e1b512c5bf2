"""What a unit owes, in the order in which it should look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.assignments import naming, wording
from danvan.assignments.models import Assignment, Request, Submission
from danvan.assignments.status import Status, overdue_days, status_of
from danvan.assignments.workflow import SETTLED

State = Assignment.State


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list."""

    assignment: Assignment
    status: Status
    title: str
    why: str
    source: str
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the office's queue."""

    submission: Submission
    assignment: Assignment
    title: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of what units ask, or of what is to be confirmed."""

    assignment: Assignment
    title: str
    unit_name: str
    request: Request | None = None


@dataclass(slots=True)
class Group:
    code: str
    title: Any
    items: list[Item] = field(default_factory=list)


TITLES = {
    "tra-lai": _("Bị trả lại, phải nộp lại"),
    "qua-han": _("Quá hạn"),
    "sap-den-han": _("Chưa đến hạn"),
    "cho-xem-xet": _("Đã nộp, chờ xem xét"),
    "khong-co-han": _("Không có hạn (thường xuyên)"),
    "da-xong": _("Đã xong"),
}


def item(assignment: Assignment, today: dt.date, unit_name: str = "") -> Item:
    return Item(
        assignment,
        status_of(assignment, today),
        wording.line_title(assignment),
        wording.why_briefly(assignment),
        wording.source(assignment),
        unit_name,
    )


def group_of(assignment: Assignment, today: dt.date) -> str:
    """The code of the group an assignment belongs to on a day."""
    if assignment.state in SETTLED:
        return "da-xong"
    if assignment.state == State.RETURNED:
        return "tra-lai"
    if assignment.state == State.SUBMITTED:
        return "cho-xem-xet"
    if assignment.due_on is None:
        return "khong-co-han"
    return "qua-han" if overdue_days(assignment, today) else "sap-den-han"


def grouped(
    assignments: Iterable[Assignment], today: dt.date, names: Mapping[int, str]
) -> list[Group]:
    """The groups that hold something. ``names``: unit id → name, empty for a single unit."""
    groups = {code: Group(code, title) for code, title in TITLES.items()}
    for assignment in assignments:
        line = item(assignment, today, names.get(assignment.unit_id, ""))
        groups[group_of(assignment, today)].items.append(line)
    return [group for group in groups.values() if group.items]


def queue(submissions: Iterable[Submission]) -> list[Waiting]:
    """Lines of the queue, in the order given."""
    found = list(submissions)
    names = naming.of_assignments(s.assignment for s in found)
    return [
        Waiting(
            s,
            s.assignment,
            wording.line_title(s.assignment),
            names[s.assignment_id],
        )
        for s in found
    ]


def asked(requests: Iterable[Any], names: Mapping[int, str]) -> list[Asked]:
    """Lines of requests (of either kind), in the order given."""
    return [
        Asked(r.assignment, wording.line_title(r.assignment), names[r.assignment_id], r)
        for r in requests
    ]


def unconfirmed(assignments: Iterable[Assignment], names: Mapping[int, str]) -> list[Asked]:
    return [Asked(a, wording.line_title(a), names[a.pk]) for a in assignments]
