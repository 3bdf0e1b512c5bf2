"""Days late of one document: the unit's plan, its scoring dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.facts.owed import Owed, due_in
from danvan.assignments.models import Assignment
from danvan.assignments.status import overdue_days
from danvan.kernel import addresses, clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.programmes.models.plans import Deliverable
from danvan.ui import written

State = Assignment.State


@offer(
    "assignments.plan_days_late",
    about="unit",
    measure="ngày",
    label=gettext_lazy("Số ngày nộp chậm kế hoạch"),
)
def plan_days_late(units: Sequence[int], period: Period) -> Readings:
    return _days_late(units, period, Deliverable.PLAN)


@offer(
    "assignments.dossier_days_late",
    about="unit",
    measure="ngày",
    label=gettext_lazy("Số ngày nộp chậm hồ sơ chấm điểm"),
)
def dossier_days_late(units: Sequence[int], period: Period) -> Readings:
    return _days_late(units, period, Deliverable.DOSSIER)


def _days_late(units: Sequence[int], period: Period, deliverable: str) -> Readings:
    """The worst of what is known; not yet due, exempt: a reading without value that says so."""
    held, now = due_in(units, period, deliverable), clock.now()
    lateness, url = _Lateness(clock.today()), addresses.of_each("assignments:detail")
    read: dict[int, Reading | None] = {}
    for unit in units:
        told = [(*lateness.of(row), row.pk) for row in held.get(unit, ())]
        known = [one for one in told if one[0] is not None]
        worst = max(known, key=lambda one: one[0] or 0, default=told[0] if told else None)
        if worst:
            days, said, pk = worst
            worth = None if days is None else Decimal(days)
            read[unit] = Reading(worth, now, url(pk), said)
        else:
            read[unit] = None
    return read


class _Lateness:
    """Days late of rows, and in words; what all rows share is made once."""

    def __init__(self, today: dt.date) -> None:
        self.today, self.day = today, cache(written.day)
        self.exempt = _("Được miễn: %(why)s")
        self.late, self.on_time = _("chậm %(days)d ngày"), _("đúng hạn")
        self.filed = _("Nộp lần đầu ngày %(day)s, %(how)s (hạn %(due)s).")
        self.overdue = _("Chưa nộp, quá hạn %(days)d ngày (hạn %(due)s).")
        self.open = _("Chưa nộp, chưa quá hạn %(due)s.")

    def of(self, row: Owed) -> tuple[int | None, str]:
        due = self.day(row.due_on)
        if row.state == State.EXEMPT:
            return None, self.exempt % {"why": row.exempt_reason}
        if row.first_filed_at is not None:
            days = row.days_late or 0
            how = self.late % {"days": days} if days else self.on_time
            return days, self.filed % {"day": self.day(row.first_filed_at), "how": how, "due": due}
        if days := overdue_days(row, self.today):
            return days, self.overdue % {"days": days, "due": due}
        return None, self.open % {"due": due}
