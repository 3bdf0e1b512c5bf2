"""Whether a unit's own plan is in: what names the units behind mục III.2."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.facts.owed import due_in
from danvan.assignments.models import Assignment
from danvan.assignments.workflow import HANDED_IN
from danvan.kernel import addresses, clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.programmes.models.plans import Deliverable


@offer(
    "assignments.plan_filed",
    about="unit",
    measure="kế hoạch",
    label=gettext_lazy("Đã gửi kế hoạch công tác dân vận (1: đã gửi, 0: chưa)"),
)
def plan_filed(units: Sequence[int], period: Period) -> Readings:
    """1 while the plan due in the period is in and not sent back; None if none is owed."""
    held = due_in(units, period, Deliverable.PLAN)
    url, now = addresses.of_each("assignments:detail"), clock.now()
    words = {True: _("đã gửi kế hoạch"), False: _("chưa gửi kế hoạch")}
    read: dict[int, Reading | None] = {}
    for unit in units:
        owed = [a for a in held.get(unit, ()) if a.state != Assignment.State.EXEMPT]
        missing = next((a for a in owed if a.state not in HANDED_IN), None)
        shown = missing or (owed[0] if owed else None)
        filed = missing is None
        read[unit] = Reading(Decimal(filed), now, url(shown.pk), words[filed]) if shown else None
    return read
