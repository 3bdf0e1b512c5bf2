"""(b) The facts of a scoring round for 10 000 units, beside raw SQL for the same figures.

Seven duties for every unit, a leader and an officer named, 56 scores. Raw: one statement for each
fact, giving unit and value; the product also says each figure in words and leads to its rows.
Every value is compared before anything is timed. The facts of the composite score sheet that
read other tables (petitions, democracy, study) find those empty here and are left out of both
sides. ``UNITS`` in the environment makes it smaller.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import Any

UNITS, DUTIES, BATCH = int(os.environ.get("UNITS", "10000")), 7, 5000
DAY = dt.date(2023, 10, 20)
STATES = ("open", "submitted", "accepted", "accepted", "returned", "exempt", "accepted")

DUE = """
FROM assignments_assignment a JOIN programmes_task t ON t.id = a.task_id
WHERE a.due_on BETWEEN '2023-01-01' AND '2023-12-31' AND a.state <> 'exempt'
"""
IN = "a.state IN ('submitted', 'accepted')"
NAMED = """
SELECT u.id, count(p.id) FROM organisations_unit u LEFT JOIN organisations_appointment p
ON p.unit_id = u.id AND p.duty = '{duty}' AND p.valid_from <= '2023-10-20'
AND (p.valid_to IS NULL OR p.valid_to >= '2023-10-20') GROUP BY u.id
"""
LATE = """
SELECT a.unit_id, max(CASE WHEN a.first_filed_at IS NOT NULL THEN coalesce(a.days_late, 0) END)
FROM assignments_assignment a JOIN programmes_task t ON t.id = a.task_id
WHERE a.due_on BETWEEN '2023-01-01' AND '2023-12-31' AND a.state <> 'exempt'
AND t.deliverable = '{deliverable}' GROUP BY a.unit_id
"""
RAW = {
    "assignments.tasks_due": f"SELECT a.unit_id, count(*) {DUE} GROUP BY a.unit_id",
    "assignments.tasks_on_time":
        f"SELECT a.unit_id, count(*) FILTER (WHERE {IN} AND a.days_late = 0) {DUE} "
        "GROUP BY a.unit_id",
    "assignments.tasks_done_late":
        f"SELECT a.unit_id, count(*) FILTER (WHERE {IN} AND a.days_late > 0) {DUE} "
        "GROUP BY a.unit_id",
    "assignments.reports_due":
        f"SELECT a.unit_id, count(*) {DUE} AND t.deliverable = 'report' GROUP BY a.unit_id",
    "assignments.plan_days_late": LATE.format(deliverable="plan"),
    "organisations.leader_named": NAMED.format(duty="leader"),
    "organisations.officer_named": NAMED.format(duty="officer"),
    "scoring.proof_share":
        "SELECT h.unit_id, 1.0 * sum(CASE WHEN p.n > 0 THEN s.claimed ELSE 0 END) / "
        "sum(s.claimed) FROM scoring_score s JOIN scoring_sheet h ON h.id = s.sheet_id "
        "JOIN scoring_criterion c ON c.id = s.criterion_id LEFT JOIN (SELECT score_id, count(*) "
        "AS n FROM scoring_proof GROUP BY score_id) p ON p.score_id = s.id WHERE s.arises = true "
        "AND s.claimed IS NOT NULL AND c.evidence_by_system = false AND c.kind = 'criterion' "
        "GROUP BY h.unit_id",
}  # fmt: skip


def run() -> list[str]:
    from django.db import connection, transaction

    from danvan.kernel import clock

    with clock.set_to(DAY), transaction.atomic():
        units = _built()
        # What autovacuum does by itself after a filling; this one is never committed.
        connection.cursor().execute("ANALYZE")
        lines = _measured(units, connection.vendor)
        transaction.set_rollback(True)
    return lines


def _measured(units: list[int], vendor: str) -> list[str]:
    from bench.timing import interleaved
    from danvan.kernel import facts
    from danvan.kernel.facts import Period

    period, alone = Period.year(2023), {}
    for code, sql in RAW.items():
        held, raw = facts.read([code], units, period)[code], by_hand(sql)
        _same(code, held, raw, units)
        works = {
            "ours": lambda c=code: facts.read([c], units, period),
            "raw": lambda q=sql: by_hand(q),
        }
        alone[code] = interleaved(works, runs=1)
    ours, raw = (sum(each[side] for each in alone.values()) for side in ("ours", "raw"))
    worst = sorted(alone.items(), key=lambda one: -one[1]["ours"])[:3]
    told = ", ".join(f"{code} {each['ours']:.1f} s" for code, each in worst)
    return [
        f"(b) {len(RAW)} facts of a round for {UNITS} units ({vendor}): {ours:.1f} s, raw SQL "
        f"{raw:.1f} s: {ours / raw:.1f} × (at most 3); the dearest: {told}"
    ]


def by_hand(sql: str) -> dict[int, Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


def _same(code: str, held: Mapping[int, Any], raw: Mapping[int, Any], units: list[int]) -> None:
    """Every value of both sides. Nothing where the raw side has no row or no value is 0."""
    for unit in units:
        reading = held.get(unit)
        ours = float(reading.value or 0) if reading else 0.0
        if abs(ours - float(raw.get(unit) or 0)) > 1e-6:
            raise AssertionError(f"{code}, unit {unit}: {ours}, raw {raw.get(unit)}")


def _built() -> list[int]:
    """The round of the ranking, with duties and namings; ids of its units."""
    from bench import ranking
    from danvan.assignments.models import Assignment
    from danvan.documents.models import Provision
    from danvan.kernel import clock
    from danvan.organisations.models import Appointment, Person
    from danvan.programmes.models import Task

    round = ranking.build(UNITS)
    programme, now = round.programme, clock.now()
    clause = Provision.objects.create(
        document=programme.plan, order=0, path="I", depth=1, text="x", start=0, end=1
    )
    deliverables = ("plan", "report", "report", *("none",) * (DUTIES - 3))
    tasks = [
        Task.objects.create(
            programme=programme, provision=clause, order=n, text=f"Nhiệm vụ {n}",
            deliverable=what, due_on=dt.date(2023, 3 + n, 15),
        )
        for n, what in enumerate(deliverables)
    ]  # fmt: skip
    units = list(round.sheets.order_by("pk").values_list("unit", flat=True))
    for task in tasks:
        Assignment.objects.bulk_create(
            (_owed(programme, task, unit, n, now) for n, unit in enumerate(units)), batch_size=BATCH
        )
    person = Person.objects.create(name="Người thử", sort_key=b"n")
    Appointment.objects.bulk_create(
        (
            Appointment(unit_id=unit, person=person, duty=duty, basis="QĐ",
                        valid_from=dt.date(2022, 1, 1))
            for n, unit in enumerate(units)
            for duty in ("leader", "officer")
            if n % 3
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return units


def _owed(programme: Any, task: Any, unit: int, n: int, now: dt.datetime) -> Any:
    from danvan.assignments.models import Assignment

    state = STATES[(n + task.order) % len(STATES)]
    filed = state in ("submitted", "accepted", "returned") or task.deliverable == "plan"
    return Assignment(
        unit_id=unit, body_id=programme.body_id, programme=programme, task=task, role="all",
        first_due_on=task.due_on, due_on=task.due_on, state=state,
        first_filed_at=now if filed else None, days_late=(n % 5 == 0) * 3 if filed else None,
        **({"exempt_reason": "x"} if state == "exempt" else {}),
    )  # fmt: skip
