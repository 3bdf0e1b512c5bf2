"""The matrix page of 10 000 units × 30 duties, in this process: p50 and p95, and its queries.

``run()`` fills a migrated, empty database and asks for the page as the programme office: the
first page, one far behind, one filter, one search. Two of the duties recur every quarter.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any

UNITS, DUTIES, ROUNDS = 10_000, 30, 9
DAY = dt.date(2023, 3, 27)
STATES = ("open", "in_progress", "submitted", "returned", "accepted", "accepted", "accepted")


def setting_up() -> tuple[Any, Any]:
    """The programme, and a browser of its office."""
    from django.test import Client

    from danvan.programmes.models import TaskParty
    from tests import city as small
    from tests.assignments import factory

    city = small.build()
    programme = factory.programme(city)
    TaskParty.objects.all().delete()
    _tasks(programme)
    _units(city)
    _assignments(programme)
    client = Client()
    client.force_login(city.people["noi-vu"].user)
    return programme, client


def _tasks(programme: Any) -> None:
    from danvan.programmes.models import Task

    first = programme.tasks.first()
    Task.objects.bulk_create(
        Task(
            programme=programme, provision=first.provision, order=10 + n, deliverable="none",
            text=f"Nhiệm vụ thứ {n} của kế hoạch", due_on=DAY + dt.timedelta(days=9 * n),
        )
        for n in range(DUTIES - 3)
    )  # fmt: skip


def _units(city: Any) -> None:
    from danvan.organisations.models import Unit, UnitKind, UnitVersion
    from tests.city import FROM
    from vanban.text import search_key, sort_key

    units = Unit.objects.bulk_create(Unit(key=f"don-vi-{n}") for n in range(UNITS))
    names = [f"UBND Phường {n}" for n in range(UNITS)]
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit, name=name, short_name=name, parent=city.body, valid_from=FROM,
            kind=(UnitKind.WARD, UnitKind.DEPARTMENT, UnitKind.SERVICE)[n % 3],
            sort_key=sort_key(name), search_key=search_key(name),
        )
        for n, (unit, name) in enumerate(zip(units, names, strict=True))
    )  # fmt: skip


def _assignments(programme: Any) -> None:
    from danvan.assignments.models import Assignment
    from danvan.kernel import clock
    from danvan.organisations.models import Unit

    tasks = list(programme.tasks.exclude(due_on=None).order_by("order"))
    units = list(Unit.objects.filter(key__startswith="don-vi-").values_list("pk", flat=True))
    now = clock.now()
    for i, task in enumerate(tasks):
        for start, end, label in _periods(i):
            Assignment.objects.bulk_create(
                (_one(programme, task, unit, n, now, start, end, label))
                for n, unit in enumerate(units)
            )


def _periods(number: int) -> list[tuple[Any, Any, str]]:
    if number < DUTIES - 2:
        return [(None, None, "")]
    return [
        (dt.date(2023, 3 * q + 1, 1), dt.date(2023, 3 * q + 3, 28), f"quý {q + 1}/2023")
        for q in range(4)
    ]


def _one(
    programme: Any, task: Any, unit: int, n: int, now: Any, start: Any, end: Any, label: str
) -> Any:
    from danvan.assignments.models import Assignment

    state = STATES[(n + task.order) % len(STATES)]
    filed = state in ("submitted", "returned", "accepted")
    return Assignment(
        unit_id=unit, body_id=programme.body_id, programme=programme, task=task, role="all",
        first_due_on=task.due_on, due_on=task.due_on, state=state, period_start=start,
        period_end=end, period_label=label, first_filed_at=now if filed else None,
        days_late=(n % 5 == 0) * 3 if filed else None,
    )  # fmt: skip


def run() -> list[str]:
    """One line per page asked for."""
    from django.urls import reverse

    from danvan.kernel import clock

    with clock.set_to(dt.date(2023, 6, 15)):
        programme, client = setting_up()
        page = reverse("assignments:matrix", args=[programme.pk])
        recurring = programme.tasks.order_by("-order").first()
        asked = {
            "first page": {},
            "page 40": {"trang": "40"},
            "overdue only": {"trang_thai": "qua-han"},
            "one block": {"khoi": "WARD"},
            "by name": {"ten": "phuong 77"},
            "periods of one duty": {"nhiem_vu": recurring.pk},
        }
        return [_line(name, lambda q=query: client.get(page, q)) for name, query in asked.items()]


def _line(name: str, call: Callable[[], Any]) -> str:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        assert call().status_code == 200
    took = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    p95 = took[max(0, round(0.95 * len(took)) - 1)]
    return (
        f"matrix, {UNITS} units × {DUTIES} duties, {name}: p50 {statistics.median(took):.0f} ms, "
        f"p95 {p95:.0f} ms, {len(asked)} queries ({connection.vendor})"
    )
