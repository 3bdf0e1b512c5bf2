"""Whom a unit names for this work, and who acts for that person for a while."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor, Refused, Stale, already
from danvan.kernel.actions import action, record
from danvan.organisations import rules
from danvan.organisations.models import Appointment, Person, Post, Unit
from vanban.text import sort_key, squeeze

ONE_DAY = dt.timedelta(days=1)


@action(
    "organisations.appointment.name",
    may=rules.may_name,
    says=gettext_lazy("phân công người phụ trách"),
)
def name_for(
    unit: Unit,
    *,
    duty: str,
    basis: str,
    start: dt.date,
    end: dt.date | None = None,
    person: Person | None = None,
    new_name: str = "",
    seen: str | None = None,
    by: Actor,
) -> Appointment:
    """Names ``person`` (or a new one called ``new_name``) from ``start`` to ``end``, included.

    Who was named before stays named until the day before ``start``; naming again from the
    same day corrects the earlier row (history keeps both). ``seen`` is ``state_of`` when the
    person began to write. Raises ValidationError for a start before the present one's, Stale
    if somebody else named meanwhile.
    """
    _in_order(start, end)
    before = _last(unit, duty)
    # Only a new name makes a new person, so that a second click cannot make two.
    if before and _same(before, person, new_name, start, end, basis):
        raise Refused(already(_("Đã phân công như vậy rồi.")))
    if seen is not None and seen != _token(before):
        raise Stale(_told_stale(before))
    if before and start < before.valid_from:
        told = {"name": before.person.name, "day": f"{before.valid_from:%d/%m/%Y}"}
        raise ValidationError(
            {"start": _("%(name)s đã được phân công từ %(day)s; chọn từ ngày đó trở đi.") % told}
        )
    named = person or _new_person(unit, new_name, start)
    row = before if before and before.valid_from == start else Appointment(unit=unit, duty=duty)
    was = before.person.name if before else None
    if before and row is not before and not (before.valid_to and before.valid_to < start):
        _close(before, start - ONE_DAY)
    row.person, row.basis, row.valid_from, row.valid_to = named, basis, start, end
    row.save()
    record(row, concerns=unit.pk, person=[was, named.name], basis=basis, since=start, until=end)
    return row


@action(
    "organisations.appointment.delegate",
    may=rules.may_delegate,
    says=gettext_lazy("ủy quyền có thời hạn"),
)
def delegate(
    appointment: Appointment,
    *,
    basis: str,
    start: dt.date,
    end: dt.date,
    person: Person | None = None,
    new_name: str = "",
    by: Actor,
) -> Appointment:
    """Lets somebody else act beside the named person from ``start`` to ``end``, included."""
    _in_order(start, end)
    unit, duty = appointment.unit, appointment.duty
    if person == appointment.person:
        raise ValidationError({"person": _("Không thể ủy quyền cho chính người đó.")})
    same = appointment.delegations.filter(valid_from=start, valid_to=end, basis=basis)
    if same.filter(person=person).exists() or same.filter(person__name=new_name).exists():
        raise Refused(already(_("Đã ủy quyền như vậy rồi.")))
    row = Appointment.objects.create(
        unit=unit,
        duty=duty,
        person=person or _new_person(unit, new_name, start),
        basis=basis,
        valid_from=start,
        valid_to=end,
        stands_in_for=appointment,
    )
    record(
        row, concerns=unit.pk, person=row.person.name, for_whom=appointment.person.name,
        basis=basis, since=start, until=end,
    )  # fmt: skip
    return row


def state_of(unit: Unit, duty: str) -> str:
    """What a form remembers of the present appointment, to be given back as ``seen``."""
    return _token(_last(unit, duty))


def _token(row: Appointment | None) -> str:
    return f"{row.pk}.{row.person_id}.{row.valid_from}.{row.valid_to}" if row else "-"


def _told_stale(row: Appointment | None) -> str:
    if row is None:
        return _("Phân công đã thay đổi từ khi bạn mở trang. Chưa ghi gì; hãy xem lại.")
    told = {"name": row.person.name, "day": f"{row.valid_from:%d/%m/%Y}"}
    return (
        _(
            "Người khác vừa phân công %(name)s từ %(day)s. Chưa ghi gì; hãy xem lại, "
            "nếu vẫn muốn thay thì phân công lần nữa."
        )
        % told
    )


def _close(row: Appointment, last_day: dt.date) -> None:
    """The appointment ends, and with it what was delegated on its strength."""
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    row.delegations.filter(valid_from__gt=last_day).delete()
    row.delegations.filter(valid_to__gt=last_day).update(valid_to=last_day)


def _last(unit: Unit, duty: str) -> Appointment | None:
    named = unit.appointments.filter(duty=duty, stands_in_for__isnull=True)
    return named.select_related("person").order_by("-valid_from", "-pk").first()


def _same(
    row: Appointment,
    person: Person | None,
    new_name: str,
    start: dt.date,
    end: dt.date | None,
    basis: str,
) -> bool:
    who = row.person == person if person else row.person.name == squeeze(new_name)
    return who and (row.valid_from, row.valid_to, row.basis) == (start, end, basis)


def _in_order(start: dt.date, end: dt.date | None) -> None:
    if end is not None and end < start:
        raise ValidationError({"end": _("Ngày kết thúc không được trước ngày bắt đầu.")})


def _new_person(unit: Unit, name: str, start: dt.date) -> Person:
    """Someone the system did not know: kept with a post in the unit, without a sign-in."""
    name = squeeze(name)
    person = Person.objects.create(name=name, sort_key=sort_key(name))
    Post.objects.create(
        person=person, unit=unit, title=_("Công chức, viên chức"), rank=Post.Rank.OFFICER,
        valid_from=start,
    )  # fmt: skip
    return person
