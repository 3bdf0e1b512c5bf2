"""A meeting's directive, a conclusion after a dialogue: one step makes them assignments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments import rules
from danvan.assignments.actions.requests import needed
from danvan.assignments.models import Assignment, Confirmation, Directive
from danvan.assignments.workflow import WORKFLOW
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Person, Unit
from danvan.organisations.queries import person_of
from danvan.programmes.models import Programme
from danvan.ui import written

Origin = Assignment.Origin


@action("assignments.directive.give", may=rules.may_assign, says=gettext_lazy("giao việc"))
def give(
    body: Unit,
    *,
    origin: str,
    title: str,
    units: Mapping[int, str],
    text: str = "",
    due_on: dt.date | None = None,
    source_document: Document | None = None,
    source_note: str = "",
    asked_by: str = "",
    asked_by_unit: Unit | None = None,
    follower: Unit | None = None,
    people: Mapping[int, Person] | None = None,
    programme: Programme | None = None,
    token: str | None = None,
    by: Actor,
) -> Directive:
    """Gives one piece of work to several units at once. ``units``: unit id → role.

    ``people``: unit id → who of the unit does it, where that was said too.
    ``token`` is the form's: with one that was used, Refused as done, nothing given twice.
    """
    _complete(origin, title, units, due_on, bool(source_document or source_note.strip()))
    if origin == Origin.DIALOGUE and not (asked_by.strip() or asked_by_unit):
        raise Refused(refuse(_("Phải ghi ai nêu ý kiến để hỏi lại khi đã làm xong.")))
    if token and (earlier := Directive.objects.filter(token=token).first()):
        when = written.moment(earlier.given_at)
        raise Refused(already(_("Việc này đã được giao lúc %(when)s.") % {"when": when}))
    directive = Directive.objects.create(
        body=body,
        origin=origin,
        title=title.strip(),
        text=text.strip(),
        due_on=due_on,
        source_document=source_document,
        source_note=source_note.strip(),
        asked_by=asked_by.strip(),
        asked_by_unit=asked_by_unit,
        follower=follower,
        given_at=clock.now(),
        given_by=person_of(by),
        token=token or None,
    )
    for unit, role in units.items():
        _open(directive, unit, role, programme, (people or {}).get(unit))
    return directive


def assign(
    body: Unit,
    *,
    origin: str,
    title: str,
    text: str = "",
    unit: Unit,
    role: str = Assignment.Role.ALL,
    due_on: dt.date | None = None,
    source_document: Document | None = None,
    source_note: str = "",
    asked_by: str = "",
    asked_by_unit: Unit | None = None,
    assigned_to: Person | None = None,
    programme: Programme | None = None,
    by: Actor,
) -> Assignment:
    """The same for one unit, for contexts above; returns the assignment."""
    directive = give(
        body,
        origin=origin,
        title=title,
        text=text,
        units={unit.pk: role},
        due_on=due_on,
        source_document=source_document,
        source_note=source_note,
        asked_by=asked_by,
        asked_by_unit=asked_by_unit,
        people={unit.pk: assigned_to} if assigned_to else None,
        programme=programme,
        by=by,
    )
    made: Assignment = directive.assignments.get()
    return made


@action(
    "assignments.confirmation.give",
    may=rules.may_confirm,
    says=gettext_lazy("ghi xác nhận của người nêu ý kiến: đã xong"),
)
def confirm(
    assignment: Assignment, *, said_on: dt.date | None = None, how: str = "", by: Actor
) -> Assignment:
    """Whoever asked says it is done: this closes the conclusion."""
    said_on = _answered(assignment, True, said_on, how, by)
    assignment.confirmed_on = said_on
    assignment.save(update_fields=["confirmed_on"])
    record(assignment, concerns=assignment.unit_id, reason=how.strip(), day=said_on)
    return assignment


@action(
    "assignments.confirmation.deny",
    may=rules.may_confirm,
    says=gettext_lazy("ghi ý kiến của người nêu: chưa xong"),
)
def deny(
    assignment: Assignment, *, said_on: dt.date | None = None, how: str = "", by: Actor
) -> Assignment:
    """Whoever asked says it is not done: the unit goes on. Lateness on record stays."""
    said_on = _answered(assignment, False, said_on, how, by)
    assignment.state, assignment.settled_at = WORKFLOW.target("reopen"), None
    assignment.save(update_fields=["state", "settled_at"])
    record(assignment, concerns=assignment.unit_id, reason=how.strip(), day=said_on)
    return assignment


def _open(
    directive: Directive,
    unit: int,
    role: str,
    programme: Programme | None,
    person: Person | None,
) -> None:
    made = Assignment.objects.create(
        unit_id=unit,
        body=directive.body,
        origin=directive.origin,
        programme=programme,
        directive=directive,
        title=directive.title,
        role=role,
        assigned_to=person,
        first_due_on=directive.due_on,
        due_on=directive.due_on,
    )
    source = directive.source_document.short if directive.source_document else ""
    record(
        made,
        concerns=unit,
        reason=", ".join(part for part in (source, directive.source_note) if part),
        due=directive.due_on,
    )


def _complete(
    origin: str, title: str, units: Mapping[int, str], due_on: dt.date | None, sourced: bool
) -> None:
    if origin not in Origin.values or origin == Origin.PLAN:
        raise Refused(refuse(_("Chọn nguồn của việc được giao.")))
    needed(title, _("Phải ghi việc được giao."))
    if not units:
        raise Refused(refuse(_("Chọn ít nhất một đơn vị thực hiện.")))
    if set(units.values()) == {Assignment.Role.COORDINATE}:
        raise Refused(refuse(_("Phải có đơn vị chủ trì hoặc thực hiện.")))
    if not sourced:
        raise Refused(refuse(_("Ghi nguồn: văn bản trong sổ hoặc cuộc họp ngày nào.")))
    if due_on and due_on < clock.today():
        raise Refused(refuse(_("Hạn không được trước hôm nay.")))


def _answered(
    assignment: Assignment, confirmed: bool, said_on: dt.date | None, how: str, by: Actor
) -> dt.date:
    """Keeps what the asker said; returns the day."""
    day = said_on or clock.today()
    if day > clock.today():
        raise Refused(refuse(_("Ngày trả lời không được sau hôm nay.")))
    Confirmation.objects.create(
        assignment=assignment,
        confirmed=confirmed,
        said_on=day,
        how=needed(how, _("Phải ghi người nêu ý kiến trả lời bằng cách nào, nói gì.")),
        recorded_at=clock.now(),
        recorded_by=person_of(by),
    )
    return day
