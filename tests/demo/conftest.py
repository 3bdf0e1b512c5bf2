"""The year is played once, stage by stage; a picture is taken at each, then everybody looks.

The data is committed (events go out after commit) and taken away again after the module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import override_settings

from danvan.assignments.models import Assignment
from danvan.demo import year
from danvan.demo.environment import STAGES
from danvan.kernel import guards
from danvan.organisations.models import Appointment
from danvan.programmes.models import Finding, Programme
from danvan.scoring.models import Round, Score, Sheet

MD5 = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class Picture:
    """What stands in the database at a stage."""

    findings: dict[str, int]
    programmes: int
    plans: dict[str, tuple[str, int | None, int]]
    undated: dict[str, int]
    reports: dict[str, str]
    officers: set[str]
    delegations: int
    round: str
    sheets: dict[str, str]
    verified: dict[str, tuple[int, int]]


def picture() -> Picture:
    plans = Assignment.objects.filter(task__deliverable="plan")
    reports = Assignment.objects.filter(task__deliverable="report", due_on__isnull=False)
    undated = Assignment.objects.filter(task__due_on=None)
    named = Appointment.objects.filter(duty="officer")
    round = Round.objects.first()
    verified = Score.objects.exclude(verifier=None).values_list("verifier__key")
    return Picture(
        findings=_counted(Finding.objects.values_list("state")),
        programmes=Programme.objects.count(),
        plans={a.unit.key: (a.state, a.days_late, a.returns) for a in plans.select_related("unit")},
        undated=_counted(undated.values_list("state")),
        reports={a.unit.key: a.state for a in reports.select_related("unit")},
        officers=set(named.values_list("unit__key", flat=True)),
        delegations=named.exclude(stands_in_for=None).count(),
        round=round.state if round else "",
        sheets={s.unit.key: s.state for s in Sheet.objects.select_related("unit")},
        verified={
            key: (n, done)
            for key, n, done in verified.annotate(n=Count("pk"), done=Count("verified"))
        },
    )


def _counted(rows) -> dict[str, int]:  # type: ignore[no-untyped-def]
    return dict(rows.order_by().annotate(n=Count("pk")))


@pytest.fixture(scope="module")
def pictures(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Picture]]:  # type: ignore[no-untyped-def]
    """Stage → picture; afterwards the database holds the closed year."""
    folder = tmp_path_factory.mktemp("year")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder, PASSWORD_HASHERS=MD5):
        agenda, taken = year.begin(), {}
        for stage in STAGES:
            year.go_on(agenda, stage)
            taken[stage] = picture()
        yield taken
        guards.remove(connection)
        call_command("flush", interactive=False, verbosity=0)
        guards.install(connection)
