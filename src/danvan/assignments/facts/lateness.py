"""Days late of one document: the unit's plan, its scoring dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.facts.owed import due_in
from danvan.assignments.models import Assignment
from danvan.assignments.status import overdue_days
from danvan.kernel import clock
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
    held, today = due_in(units, period, deliverable), clock.today()
    read: dict[int, Reading | None] = {}
    for unit in units:
        readings = [_lateness(a, today) for a in held[unit]] if unit in held else []
        known = [r for r in readings if r.value is not None]
        worst = max(known, key=lambda r: r.value or 0, default=None)
        read[unit] = worst or (readings[0] if readings else None)
    return read


def _lateness(assignment: Assignment, today: dt.date) -> Reading:
    value, said = _lateness_said(assignment, today)
    number = None if value is None else Decimal(value)
    basis = reverse("assignments:detail", args=[assignment.pk])
    return Reading(number, clock.now(), basis, said)


def _lateness_said(assignment: Assignment, today: dt.date) -> tuple[int | None, str]:
    due = written.day(assignment.due_on)
    if assignment.state == State.EXEMPT:
        return None, _("Được miễn: %(why)s") % {"why": assignment.exempt_reason}
    if assignment.first_filed_at is not None:
        days = assignment.days_late or 0
        how = _("chậm %(days)d ngày") % {"days": days} if days else _("đúng hạn")
        filed = written.day(assignment.first_filed_at)
        said = _("Nộp lần đầu ngày %(day)s, %(how)s (hạn %(due)s).")
        return days, said % {"day": filed, "how": how, "due": due}
    if overdue := overdue_days(assignment, today):
        return overdue, _("Chưa nộp, quá hạn %(days)d ngày (hạn %(due)s).") % {
            "days": overdue,
            "due": due,
        }
    return None, _("Chưa nộp, chưa quá hạn %(due)s.") % {"due": due}
