"""How an assignment stands on a day: the one place that turns stored facts into a word.

Lateness is measured in calendar days from the due date to the local day of the first
filing, and stays: a late version 1 is late even when version 2 is accepted. A date is kept
until its end, also where the plan says "before"; one that falls on a day off is not moved,
for the plan names the day itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.assignments.workflow import HANDED_IN, SETTLED
from danvan.programmes.models.plans import Deliverable

State = Assignment.State

# From how many days before the date an assignment counts as due soon.
SOON = 7


@dataclass(frozen=True, slots=True)
class Status:
    """``code`` is for code and filters, ``look`` for ui's icons, ``word`` for people.

    ``days``: days late, overdue or left, as the code says. ``late`` is the lateness on
    record, whatever became of the assignment since.
    """

    code: str
    look: str
    word: str
    days: int | None = None
    late: int | None = None

    @property
    def said(self) -> str:
        """The word, and the lateness on record where the word alone would hide it."""
        if self.late and self.code != "late":
            return _("%(word)s (chậm %(days)d ngày)") % {"word": self.word, "days": self.late}
        return self.word


class Standing(Protocol):
    """What lateness is told from: an assignment, or those columns of it."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> dt.date | None: ...
    @property
    def first_filed_at(self) -> dt.datetime | None: ...
    @property
    def days_late(self) -> int | None: ...


NOT_ASSIGNED = Status("not_assigned", "not_scored", "không giao")


def days_late_on(due_on: dt.date | None, filed_on: dt.date) -> int | None:
    """Calendar days after the due date, never below 0; None where no date was set."""
    return max(0, (filed_on - due_on).days) if due_on else None


def is_handed_in(assignment: Standing) -> bool:
    """Handed in and not sent back: what "đã nộp" counts."""
    return assignment.state in HANDED_IN


def is_on_time(assignment: Standing) -> bool:
    return is_handed_in(assignment) and assignment.days_late == 0


def overdue_days(assignment: Standing, today: dt.date) -> int:
    """Days since the due date of something never filed; 0 if filed, settled or not yet due."""
    if assignment.due_on is None or assignment.first_filed_at or assignment.state in SETTLED:
        return 0
    return max(0, (today - assignment.due_on).days)


def status_of(assignment: Assignment, today: dt.date) -> Status:
    """How the assignment stands on ``today``. Reads ``assignment.task``; makes no query else."""
    late = assignment.days_late
    match assignment.state:
        case State.EXEMPT:
            return Status("exempt", "exempt", _("được miễn"), late=late)
        case State.RETURNED:
            return Status("returned", "returned", _("bị trả lại"), late=late)
        case State.ACCEPTED if assignment.awaits_confirmation:
            return Status("to_confirm", "submitted", _("đã xong, chờ xác nhận"), late=late)
        case state if state in HANDED_IN and late is not None:
            return _filed(late)
        case State.SUBMITTED:
            return Status("submitted", "submitted", _("đã nộp"))
        case State.ACCEPTED:
            return Status("accepted", "accepted", _("đã hoàn thành"))
    if assignment.due_on is None:
        return Status(assignment.state, assignment.state, str(State(assignment.state).label))
    return _awaited(assignment, assignment.due_on, today)


def status_of_periods(assignments: Iterable[Assignment], today: dt.date) -> Status:
    """How a recurring duty stands: periods handed in of those owed, and what is wrong with them.

    The look is that of the worst period.
    """
    owed = [a for a in assignments if a.state != State.EXEMPT]
    if not owed:
        return Status("exempt", "exempt", _("được miễn"))
    each = [status_of(a, today) for a in owed]
    count = {code: sum(one.code == code for one in each) for code in ("missing", "returned")}
    late = sum(bool(a.days_late) for a in owed)
    handed_in = sum(map(is_handed_in, owed))
    said = [_("%(in)d/%(owed)d kỳ") % {"in": handed_in, "owed": len(owed)}]
    for number, words in (
        (count["missing"], _("thiếu %(n)d kỳ")),
        (count["returned"], _("trả lại %(n)d kỳ")),
        (late, _("chậm %(n)d kỳ")),
    ):
        if number:
            said.append(words % {"n": number})
    looks = {one.look for one in each}
    order = ("missing", "returned", "late", "due_soon")
    look = next((one for one in order if one in looks), "")
    if not look:
        look = "on_time" if handed_in else "open"
    return Status("periods", look, ", ".join(said))


def _filed(late: int) -> Status:
    if late == 0:
        return Status("on_time", "on_time", _("đúng hạn"), 0, 0)
    return Status("late", "late", _("chậm %(days)d ngày") % {"days": late}, late, late)


def _awaited(assignment: Assignment, due_on: dt.date, today: dt.date) -> Status:
    left = (due_on - today).days
    if left < 0:
        word = _missing_words(assignment) % {"days": -left}
        return Status("missing", "missing", word, -left)
    if left == 0:
        return Status("due_today", "due_soon", _("đến hạn hôm nay"), 0)
    if left <= SOON:
        return Status("due_soon", "due_soon", _("còn %(days)d ngày") % {"days": left}, left)
    return Status("not_due", "open", _("chưa đến hạn"), left)


def _missing_words(assignment: Assignment) -> str:
    if assignment.deliverable == Deliverable.NONE:
        return _("chưa xong (quá hạn %(days)d ngày)")
    return _("chưa nộp (quá hạn %(days)d ngày)")
