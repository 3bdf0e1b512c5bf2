"""What this context tells the others. Each fact is one query, whatever the number of subjects.

Counts are over dated assignments whose date falls in the period; exempt ones are out.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.assignments.status import is_handed_in, is_on_time, overdue_days
from danvan.assignments.workflow import HANDED_IN
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.programmes.models import Task
from danvan.programmes.models.plans import Deliverable
from danvan.ui import written

State = Assignment.State
QUARTER = Decimal("0.25")


def _due_in(
    units: Sequence[int], period: Period, *deliverables: str
) -> Mapping[int, list[Assignment]]:
    """Unit → its assignments due in the period, exempt ones included."""
    found = Assignment.objects.filter(
        unit__in=units, due_on__range=(period.start, period.end), task__isnull=False
    )
    if deliverables:
        found = found.filter(task__deliverable__in=deliverables)
    held: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in found.select_related("task").order_by("due_on", "pk"):
        held[assignment.unit_id].append(assignment)
    return held


def _list_url(unit: int, period: Period, **asked: Any) -> str:
    """The rows behind a unit's count."""
    query = {"don_vi": unit, "tu": period.start, "den": period.end, **asked}
    return f"{reverse('assignments:all')}?{urlencode(query)}"


# --- days late of one document ---------------------------------------------------------


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
    held, today = _due_in(units, period, deliverable), clock.today()
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


# --- counts ------------------------------------------------------------------------------


def _counted(
    units: Sequence[int],
    period: Period,
    count: Callable[[list[Assignment]], tuple[Decimal, str]],
    asked: Mapping[str, str],
    *deliverables: str,
) -> Readings:
    """One figure per unit over what it owes in the period; 0 of nothing is 0."""
    held, now = _due_in(units, period, *deliverables), clock.now()
    read = {}
    for unit in units:
        owed = [a for a in held.get(unit, ()) if a.state != State.EXEMPT]
        value, said = count(owed)
        read[unit] = Reading(
            value, now, _list_url(unit, period, **asked), said, value, Decimal(len(owed))
        )
    return read


@offer(
    "assignments.tasks_due",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ có hạn trong kỳ"),
)
def tasks_due(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        return Decimal(len(owed)), _("%(n)d nhiệm vụ có hạn trong kỳ") % {"n": len(owed)}

    return _counted(units, period, count, {})


@offer(
    "assignments.tasks_on_time",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ hoàn thành đúng hạn"),
)
def tasks_on_time(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        done = sum(map(is_on_time, owed))
        said = _("%(done)d/%(owed)d nhiệm vụ đúng hạn") % {"done": done, "owed": len(owed)}
        return Decimal(done), said

    return _counted(units, period, count, {"trang_thai": "dung-han"})


@offer(
    "assignments.tasks_done_late",
    about="unit",
    measure="nhiệm vụ",
    label=gettext_lazy("Nhiệm vụ hoàn thành chậm"),
)
def tasks_done_late(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        done = sum(is_handed_in(a) and bool(a.days_late) for a in owed)
        said = _("%(done)d/%(owed)d nhiệm vụ hoàn thành chậm")
        return Decimal(done), said % {"done": done, "owed": len(owed)}

    return _counted(units, period, count, {"trang_thai": "cham"})


@offer(
    "assignments.reports_due",
    about="unit",
    measure="báo cáo",
    label=gettext_lazy("Báo cáo phải nộp trong kỳ"),
)
def reports_due(units: Sequence[int], period: Period) -> Readings:
    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        return Decimal(len(owed)), _("%(n)d báo cáo phải nộp trong kỳ") % {"n": len(owed)}

    return _counted(units, period, count, {"loai": Deliverable.REPORT}, Deliverable.REPORT)


@offer(
    "assignments.report_progress",
    about="unit",
    measure="báo cáo",
    label=gettext_lazy("Báo cáo đầy đủ, đúng hạn (trừ 0,25 mỗi lần chậm hoặc bị trả lại)"),
)
def report_progress(units: Sequence[int], period: Period) -> Readings:
    """Σ max(0, 1 − 0.25 × (late + returns)) over reports handed in; one not in counts 0."""

    def count(owed: list[Assignment]) -> tuple[Decimal, str]:
        handed_in = [a for a in owed if is_handed_in(a)]
        value = sum((_worth(a) for a in handed_in), Decimal(0))
        said = _("%(in)d/%(owed)d báo cáo đã nộp, %(late)d chậm, %(returns)d lượt trả lại")
        return value, said % {
            "in": len(handed_in),
            "owed": len(owed),
            "late": sum(bool(a.days_late) for a in handed_in),
            "returns": sum(a.returns for a in handed_in),
        }

    return _counted(units, period, count, {"loai": Deliverable.REPORT}, Deliverable.REPORT)


def _worth(report: Assignment) -> Decimal:
    return max(Decimal(0), 1 - QUARTER * (bool(report.days_late) + report.returns))


# --- tasks and programmes ---------------------------------------------------------------


@offer(
    "assignments.progress_of_task",
    about="task",
    measure="đơn vị",
    label=gettext_lazy("Đơn vị đã hoàn thành nhiệm vụ"),
)
def progress_of_task(tasks: Sequence[int], period: Period) -> Readings:
    """Accepted of owed, for each task, over all units; the period plays no part."""
    rows = _tally(Assignment.objects.filter(task__in=tasks), "task", Q(state=State.ACCEPTED))
    programme = dict(Task.objects.filter(pk__in=tasks).values_list("pk", "programme"))
    now = clock.now()
    read: dict[int, Reading | None] = {}
    for task in tasks:
        if task not in rows:
            read[task] = None
            continue
        done, owed = rows[task]
        said = _("%(done)d/%(owed)d đơn vị đã hoàn thành") % {"done": done, "owed": owed}
        basis = _matrix_url(programme[task], nhiem_vu=task)
        value = Decimal(done)
        read[task] = Reading(value, now, basis, said, value, Decimal(owed))
    return read


@offer(
    "assignments.units_with_plan",
    about="programme",
    measure="đơn vị",
    label=gettext_lazy("Đơn vị đã gửi kế hoạch công tác dân vận"),
)
def units_with_plan(programmes: Sequence[int], period: Period) -> Readings:
    """Units whose plan is in and not sent back, of those that owe one (mục III.2)."""
    plans = Assignment.objects.filter(programme__in=programmes, task__deliverable=Deliverable.PLAN)
    rows = _tally(plans, "programme", Q(state__in=HANDED_IN))
    asked = dict(
        Task.objects.filter(programme__in=programmes, deliverable=Deliverable.PLAN)
        .order_by("-order")
        .values_list("programme", "pk")
    )
    now = clock.now()
    read: dict[int, Reading | None] = {}
    for programme in programmes:
        if programme not in rows:
            read[programme] = None
            continue
        done, owed = rows[programme]
        basis = _matrix_url(programme, nhiem_vu=asked[programme], trang_thai="chua")
        value = Decimal(done)
        said = _plan_said(done, owed)
        read[programme] = Reading(value, now, basis, said, value, Decimal(owed))
    return read


def _plan_said(done: int, owed: int) -> str:
    said = _("%(done)d/%(owed)d đơn vị đã gửi kế hoạch") % {"done": done, "owed": owed}
    if done < owed:
        said += _("; còn thiếu %(n)d đơn vị") % {"n": owed - done}
    return said


def _tally(assignments: QuerySet[Assignment], by: str, done: Q) -> dict[int, tuple[int, int]]:
    """Subject → (done, owed), exempt out: one query, grouped by the database."""
    rows = (
        assignments.exclude(state=State.EXEMPT)
        .order_by()
        .values_list(by)
        .annotate(done=Count("pk", filter=done), owed=Count("pk"))
    )
    return {subject: (done, owed) for subject, done, owed in rows}


def _matrix_url(programme: int, **asked: Any) -> str:
    return f"{reverse('assignments:matrix', args=[programme])}?{urlencode(asked)}"
