"""Figures about units that scoring and the desk read: whom they named for this work."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import addresses, clock, facts
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
        in_force(day), facts.among("unit", units), duty=duty, stands_in_for__isnull=True
    ).values_list("unit", "person__name", "basis")
    named = {unit: f"{name} ({basis})" for unit, name, basis in rows}
    keys = dict(Unit.objects.filter(facts.among("pk", units)).values_list("pk", "key"))
    url = addresses.of_each("organisations:unit")
    nobody, yes, no = _("chưa phân công"), Decimal(1), Decimal(0)
    return {
        unit: Reading(
            value=yes if unit in named else no,
            as_of=now,
            basis=url(keys[unit]) if unit in keys else "",
            said=named.get(unit) or nobody,
        )
        for unit in units
    }
