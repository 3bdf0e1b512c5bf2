"""How far a task or a programme has come, over all units."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.assignments.workflow import HANDED_IN
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.programmes.models import Task
from danvan.programmes.models.plans import Deliverable

State = Assignment.State


@offer(
    "assignments.progress_of_task",
    about="task",
    measure="đơn vị",
    label=gettext_lazy("Đơn vị đã hoàn thành nhiệm vụ"),
)
def progress_of_task(tasks: Sequence[int], period: Period) -> Readings:
    """Accepted of owed, for each task, over all units; the period plays no part."""
    rows = _tally(Assignment.objects.filter(task__in=tasks), "task", Q(state=State.ACCEPTED))
    recurring = set(
        Assignment.objects.filter(task__in=tasks, period_end__isnull=False)
        .order_by()
        .values_list("task", flat=True)
        .distinct()
    )
    programme = dict(Task.objects.filter(pk__in=tasks).values_list("pk", "programme"))
    now = clock.now()
    read: dict[int, Reading | None] = {}
    for task in tasks:
        if task not in rows:
            read[task] = None
            continue
        done, owed = rows[task]
        words = _("%(done)d/%(owed)d đơn vị đã hoàn thành")
        if task in recurring:
            # Each unit owes it once for each period.
            words = _("%(done)d/%(owed)d lượt báo theo kỳ đã hoàn thành")
        said = words % {"done": done, "owed": owed}
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
