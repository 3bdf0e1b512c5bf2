"""The standing filters of list and matrix: each a word for people and a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.assignments.status import is_handed_in, overdue_days
from danvan.assignments.workflow import HANDED_IN, OWED, SETTLED

State = Assignment.State


@dataclass(frozen=True, slots=True)
class Standing:
    """The same question twice: of one assignment in memory, and of the database."""

    code: str
    label: Any
    holds: Callable[[Assignment, dt.date], bool]
    among: Callable[[dt.date], Q]


def _never_filed(today: dt.date) -> Q:
    unfiled = Q(due_on__lt=today, first_filed_at__isnull=True)
    return unfiled & ~Q(state__in=SETTLED)


STANDINGS = {
    s.code: s
    for s in (
        Standing(
            "chua",
            _("chưa nộp hoặc bị trả lại"),
            lambda a, today: a.state in OWED,
            lambda today: Q(state__in=OWED),
        ),
        Standing(
            "qua-han",
            _("quá hạn chưa nộp"),
            lambda a, today: overdue_days(a, today) > 0,
            _never_filed,
        ),
        Standing(
            "cham",
            _("nộp chậm"),
            lambda a, today: bool(a.days_late),
            lambda today: Q(days_late__gt=0),
        ),
        Standing(
            "dung-han",
            _("đúng hạn"),
            lambda a, today: is_handed_in(a) and a.days_late == 0,
            lambda today: Q(state__in=HANDED_IN, days_late=0),
        ),
        Standing(
            "cho",
            _("chờ xem xét"),
            lambda a, today: a.state == State.SUBMITTED,
            lambda today: Q(state=State.SUBMITTED),
        ),
        Standing(
            "tra-lai",
            _("đang bị trả lại"),
            lambda a, today: a.state == State.RETURNED,
            lambda today: Q(state=State.RETURNED),
        ),
        Standing(
            "tung-tra-lai",
            _("từng bị trả lại"),
            lambda a, today: a.returns > 0,
            lambda today: Q(returns__gt=0),
        ),
        Standing(
            "mien",
            _("được miễn"),
            lambda a, today: a.state == State.EXEMPT,
            lambda today: Q(state=State.EXEMPT),
        ),
    )
}

CHOICES = [(s.code, s.label) for s in STANDINGS.values()]
