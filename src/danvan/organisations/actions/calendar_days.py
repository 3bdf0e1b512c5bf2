"""Days off and made-up days laid over the public calendar."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import calendar
from danvan.kernel.access import Actor, Refused, already
from danvan.kernel.actions import action, record
from danvan.kernel.models import CalendarDay
from danvan.organisations import rules
from danvan.organisations.models import Unit


@action(
    "organisations.calendar.put",
    may=rules.may_keep_calendar,
    says=gettext_lazy("ghi ngày vào lịch làm việc"),
)
def put(
    body: Unit, *, day: dt.date, kind: str, basis: str, note: str = "", by: Actor
) -> CalendarDay:
    """Makes ``day`` off or worked from now on, for everybody. Dates already given stay.

    ``body`` is whose programme office asks. Raises ValidationError if the day was written
    otherwise already: a colleague's line is taken out knowingly, never written over.
    """
    before = CalendarDay.objects.filter(day=day).first()
    if before and (before.kind, before.basis, before.note) == (kind, basis, note):
        raise Refused(already(_("Ngày này đã có trong lịch như vậy rồi.")))
    if before:
        told = {"kind": before.get_kind_display(), "basis": before.basis}
        words = _("Ngày này đã ghi là %(kind)s (%(basis)s). Bỏ dòng đó trước khi ghi lại.")
        raise ValidationError({"day": words % told})
    row = CalendarDay.objects.create(day=day, kind=kind, basis=basis, note=note)
    transaction.on_commit(calendar.forget_overlay)
    record(row, concerns=body.pk, kind=row.get_kind_display(), basis=basis)
    return row


@action(
    "organisations.calendar.remove",
    may=rules.may_remove_day,
    says=gettext_lazy("bỏ ngày khỏi lịch làm việc"),
)
def remove(row: CalendarDay, *, by: Actor) -> None:
    """The day is again what the public calendar says."""
    # By a query, not row.delete(): history still needs the row's number.
    CalendarDay.objects.filter(pk=row.pk).delete()
    transaction.on_commit(calendar.forget_overlay)
    record(row, day=row.day, kind=row.get_kind_display(), basis=row.basis)


def load(body: Unit, *, by: Actor) -> int:
    """Puts in the days that come with the product; returns how many were new."""
    path = resources.files("danvan.organisations") / "data" / "calendar-days.csv"
    known, new = set(CalendarDay.objects.values_list("day", flat=True)), 0
    for line in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        day = dt.date.fromisoformat(line["day"])
        if day not in known:
            put(body, day=day, kind=line["kind"], basis=line["basis"], note=line["note"], by=by)
            new += 1
    return new
