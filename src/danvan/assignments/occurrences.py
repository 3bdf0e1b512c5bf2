"""When a task is due: once, or once for each period its rule names in the programme's year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from danvan.kernel import clock
from danvan.kernel.calendar import Calendar
from danvan.programmes.models import Task
from vanban import due_rules

# How long after the year its last period may be due.
AFTERWARDS = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time the task is owed; without a period for one that does not recur."""

    due_on: dt.date | None
    start: dt.date | None = None
    end: dt.date | None = None
    label: str = ""

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        return self.start, self.end


def of_task(task: Task) -> tuple[Occurrence, ...]:
    """Every occurrence from the plan's date to the end of the programme's year.

    A task an amendment brought in is asked from that day on; one it took out, until then.
    """
    if task.due_rule is None:
        found: tuple[Occurrence, ...] = (Occurrence(task.due_on),)
    else:
        last = dt.date(task.programme.year, 12, 31)
        # The last month or quarter may be reported on in the next year.
        rows = dues(task.due_rule, _since(task), last + AFTERWARDS)
        found = tuple(
            Occurrence(d.on, d.period_start, d.period_end, d.label)
            for d in rows
            if d.period_end <= last
        )
    if task.removed_from is None:
        return found
    return tuple(o for o in found if o.due_on and o.due_on < task.removed_from)


def dues(rule: dict[str, Any], since: dt.date, until: dt.date) -> Iterable[Any]:
    """What the rule comes to between two days, on the calendar of working days."""
    read = due_rules.DueRule.from_data(rule)
    return due_rules.resolve(read, Calendar(), since, until, after=since)


def _since(task: Task) -> dt.date:
    """The day the plan was issued, or the task added: nothing is owed for the time before."""
    programme = task.programme
    issued = programme.plan.issued_on or clock.local_day(programme.published_at)
    return max(issued, task.added_from or issued)
