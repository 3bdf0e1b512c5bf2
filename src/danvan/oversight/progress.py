"""The year by months: what the plan's dates asked so far, and what became of it.

Every dated assignment counts in the month of its date in force; exempt ones are out. Counts
are cumulative, as of today: one query, whatever the number of units.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from danvan.assignments.models import Assignment
from danvan.assignments.workflow import HANDED_IN, OWED
from danvan.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Month:
    """Cumulative counts to the end of a month; ``planned`` is the plan's own line."""

    programme: Programme
    number: int
    planned: int
    on_time: int
    late: int
    missing: int
    future: bool

    @property
    def awaited(self) -> int:
        """Asked by the end of the month, not yet due today and not yet handed in."""
        return self.planned - self.on_time - self.late - self.missing

    @property
    def end(self) -> dt.date:
        year = self.programme.year
        return dt.date(year, self.number, calendar.monthrange(year, self.number)[1])

    def url(self, standing: str = "") -> str:
        """The rows behind a count."""
        return rows_url(self.programme, den=self.end, trang_thai=standing)

    @property
    def on_time_url(self) -> str:
        return self.url("dung-han")

    @property
    def late_url(self) -> str:
        return self.url("cham")

    @property
    def missing_url(self) -> str:
        return self.url("chua")

    @property
    def planned_url(self) -> str:
        return self.url()


@dataclass(frozen=True, slots=True)
class Progress:
    """Twelve months and where the year stands."""

    months: Sequence[Month]
    today: dt.date

    @property
    def all(self) -> Month:
        """The whole year's, as of today."""
        return self.months[-1]

    @property
    def due(self) -> int:
        """What had to be handed in by now or was handed in before its day."""
        return self.all.on_time + self.all.late + self.all.missing


def rows_url(programme: Programme, **asked: object) -> str:
    """The list of a programme's assignments, filtered."""
    query = {"nam": programme.year, **{k: v for k, v in asked.items() if v}}
    return f"{reverse('assignments:all')}?{urlencode(query)}"


def read(programme: Programme, today: dt.date) -> Progress:
    """A date before or after the programme's year counts in its first or last month."""
    handed_in = Q(state__in=HANDED_IN)
    counted = (
        Assignment.objects.filter(programme=programme, due_on__isnull=False)
        .exclude(state=Assignment.State.EXEMPT)
        .order_by()
        .values_list("due_on")
        .annotate(
            Count("pk"),
            done=Count("pk", filter=handed_in),
            late=Count("pk", filter=handed_in & Q(days_late__gt=0)),
            missing=Count("pk", filter=Q(state__in=OWED, due_on__lt=today)),
        )
    )
    by_month = [[0, 0, 0, 0] for _month in range(12)]
    for day, planned, done, late, missing in counted:
        ahead = day.year - programme.year
        place = 0 if ahead < 0 else 11 if ahead > 0 else day.month - 1
        for i, n in enumerate((planned, done - late, late, missing)):
            by_month[place][i] += n
    months, total = [], [0, 0, 0, 0]
    for number, row in enumerate(by_month, start=1):
        total = [a + b for a, b in zip(total, row, strict=True)]
        future = (programme.year, number) > (today.year, today.month)
        months.append(Month(programme, number, total[0], total[1], total[2], total[3], future))
    return Progress(months, today)
