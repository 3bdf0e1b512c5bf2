"""The calendar of reception as it hangs in public (Luật Tiếp công dân 2013, Đ24.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from danvan.kernel import clock
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.petitions.models import ReceptionDay


@dataclass(frozen=True, slots=True)
class PublicDay:
    """One day: who receives, when, where, in person or online; whether it was held, by whom, or
    why not. How to join online is told to who was invited, not here."""

    unit: str
    unit_key: str
    on: dt.date
    hours: str
    place: str
    form: str
    online: bool
    state: str
    cancelled: bool
    presided_by: str
    reason: str
    moved_to: dt.date | None


def reception_calendar(body: Unit, start: dt.date, end: dt.date) -> list[PublicDay]:
    """Days of the body's head and of the heads under it, by date. Two queries."""
    versions = UnitVersion.objects.filter(in_force(clock.today())).filter(
        Q(unit=body) | Q(parent=body)
    )
    names = {v.unit_id: (v.name, v.unit.key) for v in versions.select_related("unit")}
    days = ReceptionDay.objects.filter(unit__in=names, on__range=(start, end))
    return [_told(day, *names[day.unit_id]) for day in days.select_related(
        "presided_by", "moved_to").order_by("on", "pk")]  # fmt: skip


def _told(day: ReceptionDay, name: str, key: str) -> PublicDay:
    """Of a delegation only that it happened: the paper for it is the office's own."""
    cancelled = day.state == ReceptionDay.State.CANCELLED
    presided = f"{day.presided_title} {day.presided_by}".strip() if day.presided_by else ""
    return PublicDay(
        unit=name, unit_key=key, on=day.on, hours=day.hours, place=day.place,
        form=str(day.get_form_display()), online=day.online, state=str(day.get_state_display()),
        cancelled=cancelled, presided_by=presided, reason=day.reason if cancelled else "",
        moved_to=day.moved_to.on if day.moved_to else None,
    )  # fmt: skip
