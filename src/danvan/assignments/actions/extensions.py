"""More time, as an act with a ground: asked for and decided, or given by the office.

The first date stays on the assignment; every move is a DueChange. Lateness on record is
never touched: a date moves only before the first filing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments import rules
from danvan.assignments.actions.requests import State, answer, needed, the_waiting
from danvan.assignments.models import Assignment, Directive, DueChange, ExtensionRequest
from danvan.assignments.workflow import OWED
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.kernel.files import store
from danvan.organisations.queries import person_of
from danvan.programmes.models import Task
from danvan.ui import written


@action(
    "assignments.extension.ask",
    may=rules.may_ask_extension,
    says=gettext_lazy("đề nghị gia hạn"),
)
def ask(
    assignment: Assignment,
    *,
    until: dt.date,
    ground: str = "",
    file: UploadedFile | None = None,
    by: Actor,
) -> ExtensionRequest:
    """A unit asks for a later date, before the date or after it."""
    ground = needed(ground, _("Phải ghi lý do đề nghị gia hạn."))
    _later(assignment, until)
    request = ExtensionRequest.objects.create(
        assignment=assignment,
        asked_until=until,
        ground=ground,
        file=store(file) if file else None,
        file_name=str(file.name) if file else "",
        asked_at=clock.now(),
        asked_by=person_of(by),
    )
    record(assignment, concerns=assignment.unit_id, reason=ground, until=until)
    return request


@action("assignments.extension.grant", may=rules.may_decide_extension, says=gettext_lazy("gia hạn"))
def grant(
    assignment: Assignment,
    *,
    until: dt.date | None = None,
    reason: str = "",
    request: int | None = None,
    by: Actor,
) -> Assignment:
    """Grants what was asked, or another date. ``request``: the one the person saw."""
    waiting = the_waiting(assignment.extension_requests, request)
    granted = until or waiting.asked_until
    _later(assignment, granted)
    waiting.granted_until = granted
    answer(waiting, State.GRANTED, reason.strip(), by)
    said = ". ".join(part.rstrip(". ") for part in (waiting.ground, reason) if part.strip())
    _move([assignment], granted, said, None, by)
    return assignment


@action(
    "assignments.extension.refuse",
    may=rules.may_decide_extension,
    says=gettext_lazy("không gia hạn"),
)
def refuse_request(
    assignment: Assignment, *, reason: str = "", request: int | None = None, by: Actor
) -> Assignment:
    """The date stays; why is told to the unit."""
    reason = needed(reason)
    answer(the_waiting(assignment.extension_requests, request), State.REFUSED, reason, by)
    record(assignment, concerns=assignment.unit_id, reason=reason, due=assignment.due_on)
    return assignment


@action("assignments.assignment.extend", may=rules.may_extend, says=gettext_lazy("gia hạn"))
def extend(
    assignment: Assignment,
    *,
    until: dt.date,
    ground: str = "",
    document: Document | None = None,
    by: Actor,
) -> Assignment:
    """The office moves the date of its own accord. A request that waits is granted with it."""
    ground = needed(ground, _("Phải ghi căn cứ gia hạn."))
    _later(assignment, until)
    waiting = assignment.extension_requests.filter(state=State.WAITING).first()
    if waiting:
        waiting.granted_until = until
        answer(waiting, State.GRANTED, ground, by)
    _move([assignment], until, ground, document, by)
    return assignment


@action(
    "assignments.group.extend",
    may=rules.may_extend_group,
    says=gettext_lazy("gia hạn cho nhiều đơn vị"),
)
def extend_group(
    subject: Task | Directive,
    *,
    until: dt.date,
    ground: str = "",
    document: Document | None = None,
    units: Collection[int] | None = None,
    period_end: dt.date | None = None,
    by: Actor,
) -> int:
    """Moves the date of every unit (or of ``units``) that has handed in nothing yet.

    ``period_end``: which period of a recurring task. Returns how many moved; a second click
    finds none and is told so.
    """
    ground = needed(ground, _("Phải ghi căn cứ gia hạn."))
    if until < clock.today():
        raise Refused(refuse(_("Hạn mới không được trước hôm nay.")))
    moving = list(movable(subject, until, units, period_end).select_for_update())
    if not moving:
        raise Refused(already(_("Không còn đơn vị nào chưa nộp có hạn trước ngày này.")))
    for assignment in moving:
        for waiting in assignment.extension_requests.filter(state=State.WAITING):
            waiting.granted_until = until
            answer(waiting, State.GRANTED, ground, by)
    _move(moving, until, ground, document, by)
    return len(moving)


def movable(  # type: ignore[no-untyped-def]
    subject: Task | Directive,
    until: dt.date | None = None,
    units: Collection[int] | None = None,
    period_end: dt.date | None = None,
):
    """Assignments of a task or directive whose date can still move (to ``until``)."""
    of = Q(task=subject) if isinstance(subject, Task) else Q(directive=subject)
    if units is not None:
        of &= Q(unit__in=units)
    if period_end is not None:
        of &= Q(period_end=period_end)
    if until is not None:
        of &= Q(due_on__lt=until)
    return Assignment.objects.filter(
        of, state__in=OWED, first_filed_at__isnull=True, due_on__isnull=False
    ).order_by("pk")


def what_is_wrong(assignment: Assignment, until: dt.date) -> str:
    """Why the date cannot be this day, as a sentence; "" if it can."""
    if assignment.due_on and until <= assignment.due_on:
        return _("Hạn mới phải sau hạn hiện nay (%(day)s).") % {
            "day": written.day(assignment.due_on)
        }
    return _("Hạn mới không được trước hôm nay.") if until < clock.today() else ""


def _later(assignment: Assignment, until: dt.date) -> None:
    """An extension leads to a later day that is not already over."""
    if wrong := what_is_wrong(assignment, until):
        raise Refused(refuse(wrong))


def _move(
    assignments: Iterable[Assignment],
    until: dt.date,
    ground: str,
    document: Document | None,
    by: Actor,
) -> None:
    """Writes the new date, why, and a line for each unit to read."""
    now, person = clock.now(), person_of(by)
    changes = []
    for assignment in assignments:
        before, assignment.due_on = assignment.due_on, until
        changes.append(
            DueChange(
                assignment=assignment,
                kind=DueChange.Kind.EXTENDED,
                before=before,
                after=until,
                ground=ground,
                document=document,
                changed_at=now,
                changed_by=person,
            )
        )
        record(assignment, concerns=assignment.unit_id, reason=ground, due=[before, until])
    Assignment.objects.bulk_update((c.assignment for c in changes), ["due_on"], batch_size=500)
    DueChange.objects.bulk_create(changes)
