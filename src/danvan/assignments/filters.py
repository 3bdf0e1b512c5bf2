"""The standing filters of list and matrix: each a word for people and a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.assignments.workflow import HANDED_IN, OWED, SETTLED

State = Assignment.State


@dataclass(frozen=True, slots=True)
class Standing:
    """A word for people and the question to the database."""

    code: str
    label: Any
    among: Callable[[dt.date], Q]


# The same as status.is_on_time, asked of the database; and its opposite.
HANDED_IN_ON_TIME = Q(state__in=HANDED_IN, days_late=0)
HANDED_IN_LATE = Q(state__in=HANDED_IN, days_late__gt=0)


def _never_filed(today: dt.date) -> Q:
    unfiled = Q(due_on__lt=today, first_filed_at__isnull=True)
    return unfiled & ~Q(state__in=SETTLED)


STANDINGS = {
    s.code: s
    for s in (
        Standing(
            "chua",
            _("chưa nộp hoặc bị trả lại"),
            lambda today: Q(state__in=OWED),
        ),
        Standing(
            "qua-han",
            _("quá hạn chưa nộp"),
            _never_filed,
        ),
        Standing(
            "cham",
            _("nộp chậm"),
            lambda today: Q(days_late__gt=0),
        ),
        Standing(
            "dung-han",
            _("đúng hạn"),
            lambda today: HANDED_IN_ON_TIME,
        ),
        Standing(
            "cho",
            _("chờ xem xét"),
            lambda today: Q(state=State.SUBMITTED),
        ),
        Standing(
            "tra-lai",
            _("đang bị trả lại"),
            lambda today: Q(state=State.RETURNED),
        ),
        Standing(
            "tung-tra-lai",
            _("từng bị trả lại"),
            lambda today: Q(returns__gt=0),
        ),
        Standing(
            "gia-han",
            _("được gia hạn"),
            lambda today: Q(due_on__gt=F("first_due_on")),
        ),
        Standing(
            "mien",
            _("được miễn"),
            lambda today: Q(state=State.EXEMPT),
        ),
    )
}

CHOICES = [(s.code, s.label) for s in STANDINGS.values()]


# Where work comes from, as the list over all units and the facts divide it.
SOURCES = {
    "ke-hoach": Q(task__isnull=False),
    "dinh-ky": Q(task__isnull=False, period_end__isnull=False),
    "chi-dao": Q(directive__isnull=False),
}
SOURCE_CHOICES = [
    ("ke-hoach", _("kế hoạch")),
    ("dinh-ky", _("nhiệm vụ định kỳ của kế hoạch")),
    ("chi-dao", _("chỉ đạo, kết luận")),
]


@dataclass(frozen=True, slots=True)
class Course:
    """How far work given outside a plan has come, as a question to the database."""

    code: str
    label: Any
    among: Callable[[dt.date], Q]


UNCONFIRMED = Q(origin=Assignment.Origin.DIALOGUE, confirmed_on__isnull=True)
COURSES = {
    c.code: c
    for c in (
        Course("dang-lam", _("đang thực hiện"), lambda today: Q(state__in=OWED)),
        Course("qua-han", _("quá hạn"), lambda today: Q(state__in=OWED, due_on__lt=today)),
        Course("cho-xem-xet", _("chờ xem xét"), lambda today: Q(state=State.SUBMITTED)),
        Course(
            "cho-xac-nhan",
            _("đã xong, chờ người nêu xác nhận"),
            lambda today: Q(UNCONFIRMED, state=State.ACCEPTED),
        ),
        Course("xong", _("đã xong"), lambda today: Q(state=State.ACCEPTED) & ~UNCONFIRMED),
    )
}
DIRECTIVE_CHOICES = [(c.code, c.label) for c in COURSES.values()]
