"""Figures about units that scoring and the desk read: whom they named for this work."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock, facts
from danvan.kernel.facts import Period, Reading, Readings
from danvan.organisations.models import Appointment, Unit
from danvan.organisations.models.units import in_force


@facts.offer(
    "organisations.leader_named",
    about="unit",
    measure="có/không",
    label=gettext_lazy("Đã phân công lãnh đạo phụ trách"),
)
def leader_named(units: Sequence[int], period: Period) -> Readings:
    return _named(units, period, Appointment.Duty.LEADER)


@facts.offer(
    "organisations.officer_named",
    about="unit",
    measure="có/không",
    label=gettext_lazy("Đã phân công công chức đầu mối"),
)
def officer_named(units: Sequence[int], period: Period) -> Readings:
    return _named(units, period, Appointment.Duty.OFFICER)


def _named(units: Sequence[int], period: Period, duty: str) -> Readings:
    """1 or 0 per unit, on the last day of the period or today: two queries for all units."""
    day, now = min(period.end, clock.today()), clock.now()
    rows = Appointment.objects.filter(
        in_force(day), unit__in=units, duty=duty, stands_in_for__isnull=True
    ).select_related("person")
    named = {row.unit_id: f"{row.person.name} ({row.basis})" for row in rows}
    keys = dict(Unit.objects.filter(pk__in=units).values_list("pk", "key"))
    return {
        unit: Reading(
            value=Decimal(unit in named),
            as_of=now,
            basis=reverse("organisations:unit", args=[keys[unit]]) if unit in keys else "",
            said=named.get(unit) or _("chưa phân công"),
        )
        for unit in units
    }
