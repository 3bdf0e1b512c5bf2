"""What was given outside a plan, and how far each unit has come with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from danvan.assignments import naming, queries
from danvan.assignments.filters import COURSES
from danvan.assignments.models import Assignment, Directive
from danvan.assignments.status import Status, status_of
from danvan.kernel import clock
from danvan.kernel.access import Actor

Origin = Assignment.Origin


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's part of a directive. ``readable``: the person may open the assignment."""

    assignment: Assignment
    unit_name: str
    status: Status
    course: str
    readable: bool = True


def rows(
    actor: Actor, *, trang_thai: str = "", nguon: str = "", tim: str = ""
) -> QuerySet[Assignment]:
    """What the person may read, the newest directive first, its leading unit first."""
    found = queries.visible_to(actor).filter(directive__isnull=False)
    if trang_thai:
        found = found.filter(COURSES[trang_thai].among(clock.today()))
    if nguon:
        found = found.filter(origin=nguon)
    if tim:
        found = found.filter(
            Q(title__icontains=tim)
            | Q(directive__text__icontains=tim)
            | Q(directive__source_note__icontains=tim)
        )
    return found.order_by(F("directive__given_at").desc(), "-directive", "-role", "pk")


def lines(assignments: Iterable[Assignment], actor: Actor | None = None) -> list[Line]:
    """``actor``: whose right to open each line is asked (everybody's, if not given)."""
    found, today = list(assignments), clock.today()
    names = naming.of_assignments(found)
    seen = {a.pk for a in found}
    if actor is not None:
        readable = queries.visible_to(actor).filter(pk__in=seen).select_related(None).defer(None)
        seen = set(readable.values_list("pk", flat=True))
    return [Line(a, names[a.pk], status_of(a, today), course_of(a), a.pk in seen) for a in found]


def course_of(assignment: Assignment) -> str:
    """How far it has come, in words."""
    if assignment.state == Assignment.State.EXEMPT:
        return str(Assignment.State.EXEMPT.label)
    if assignment.state == Assignment.State.SUBMITTED:
        return str(COURSES["cho-xem-xet"].label)
    if assignment.awaits_confirmation:
        return str(COURSES["cho-xac-nhan"].label)
    if assignment.state == Assignment.State.ACCEPTED:
        return str(COURSES["xong"].label)
    overdue = assignment.due_on is not None and assignment.due_on < clock.today()
    return str(COURSES["qua-han" if overdue else "dang-lam"].label)


def figures(actor: Actor) -> list[tuple[str, str, int]]:
    """(code, words, how many) of each course; one query."""
    found = queries.visible_to(actor).filter(directive__isnull=False)
    today = clock.today()
    counted = (
        found.select_related(None)
        .defer(None)
        .order_by()
        .aggregate(
            **{
                code.replace("-", "_"): Count("pk", filter=course.among(today))
                for code, course in COURSES.items()
            }
        )
    )
    return [(c.code, str(c.label), counted[c.code.replace("-", "_")]) for c in COURSES.values()]


def parties(directive: Directive) -> dict[str, Any]:
    """Who asked and who follows, by name."""
    wanted = {u for u in (directive.asked_by_unit_id, directive.follower_id) if u}
    day = clock.local_day(directive.given_at)
    names = naming.names(wanted, day) if wanted else {}
    asked = (directive.asked_by, names.get(directive.asked_by_unit_id or 0, ""))
    return {
        "asker": ", ".join(one for one in asked if one),
        "follower": names.get(directive.follower_id or 0, ""),
        "origin": Origin(directive.origin).label,
    }
