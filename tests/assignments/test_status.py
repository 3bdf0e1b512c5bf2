"""How an assignment stands on a day: a table a clerk could check."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.assignments.models import Assignment
from danvan.assignments.status import days_late_on, status_of
from danvan.assignments.workflow import WORKFLOW
from danvan.kernel import clock
from danvan.programmes.models import Task

DUE = dt.date(2023, 4, 4)
SATURDAY = dt.date(2023, 10, 14)
FILED = dt.datetime(2023, 4, 7, 3, tzinfo=dt.UTC)

# state, due, days late on record, today, deliverable → code, words
CASES = [
    ("open", DUE, None, dt.date(2023, 3, 27), "plan", "not_due", "chưa đến hạn"),
    ("open", DUE, None, dt.date(2023, 3, 28), "plan", "due_soon", "còn 7 ngày"),
    ("in_progress", DUE, None, dt.date(2023, 4, 3), "plan", "due_soon", "còn 1 ngày"),
    ("open", DUE, None, DUE, "plan", "due_today", "đến hạn hôm nay"),
    ("open", DUE, None, dt.date(2023, 4, 5), "plan", "missing", "chưa nộp (quá hạn 1 ngày)"),
    ("open", DUE, None, dt.date(2023, 4, 5), "none", "missing", "chưa xong (quá hạn 1 ngày)"),
    ("open", SATURDAY, None, dt.date(2023, 10, 16), "plan", "missing",
     "chưa nộp (quá hạn 2 ngày)"),
    ("open", None, None, dt.date(2023, 12, 31), "none", "open", "chưa bắt đầu"),
    ("in_progress", None, None, dt.date(2023, 12, 31), "none", "in_progress", "đang thực hiện"),
    ("submitted", DUE, 0, dt.date(2023, 5, 1), "plan", "on_time", "đúng hạn"),
    ("submitted", DUE, 3, dt.date(2023, 5, 1), "plan", "late", "chậm 3 ngày"),
    ("accepted", DUE, 0, dt.date(2023, 5, 1), "plan", "on_time", "đúng hạn"),
    ("accepted", DUE, 3, dt.date(2024, 5, 1), "plan", "late", "chậm 3 ngày"),
    ("submitted", None, None, dt.date(2023, 5, 1), "none", "submitted", "đã nộp"),
    ("accepted", None, None, dt.date(2023, 5, 1), "none", "accepted", "đã hoàn thành"),
    ("returned", DUE, 0, dt.date(2023, 5, 1), "plan", "returned", "bị trả lại"),
    ("returned", DUE, 3, dt.date(2023, 5, 1), "plan", "returned", "bị trả lại (chậm 3 ngày)"),
    ("exempt", DUE, None, dt.date(2023, 5, 1), "plan", "exempt", "được miễn"),
    ("exempt", DUE, 3, dt.date(2023, 5, 1), "plan", "exempt", "được miễn (chậm 3 ngày)"),
]  # fmt: skip


@pytest.mark.parametrize("state,due,late,today,deliverable,code,said", CASES)
def test_row_17_status_of_a_day(state, due, late, today, deliverable, code, said):
    assignment = Assignment(
        state=state,
        due_on=due,
        days_late=late,
        first_filed_at=FILED if late is not None else None,
        task=Task(deliverable=deliverable),
    )
    status = status_of(assignment, today)
    assert (status.code, status.said) == (code, said)


@pytest.mark.parametrize(
    "due,filed,days",
    [
        (DUE, dt.date(2023, 4, 1), 0),
        (DUE, DUE, 0),
        (DUE, dt.date(2023, 4, 5), 1),
        (SATURDAY, dt.date(2023, 10, 16), 2),
        (None, dt.date(2023, 4, 5), None),
    ],
)
def test_lateness_counts_calendar_days_from_the_written_day(due, filed, days):
    assert days_late_on(due, filed) == days


def test_the_last_minute_of_the_day_in_tay_ninh_is_on_time():
    last = dt.datetime(2023, 4, 4, 16, 59, tzinfo=dt.UTC)  # 23:59 local
    after = dt.datetime(2023, 4, 4, 17, 0, tzinfo=dt.UTC)  # 00:00 of the next day
    assert days_late_on(DUE, clock.local_day(last)) == 0
    assert days_late_on(DUE, clock.local_day(after)) == 1


def test_every_state_can_be_reached_and_has_a_label():
    assert WORKFLOW.unreachable() == set()
    assert set(WORKFLOW.states) == set(Assignment.State.values)
