"""Everything the page shows of one programme on one day: a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from danvan.assignments import naming, wording
from danvan.assignments.models import Assignment
from danvan.assignments.workflow import OWED
from danvan.kernel import clock, duties
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.kernel.facts import Period
from danvan.organisations import roles
from danvan.organisations.models import Post
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import actor_for
from danvan.oversight import forecast, heat, progress, targets, trends
from danvan.oversight.charts import months
from danvan.oversight.progress import rows_url
from danvan.programmes.models import Programme

OVERDUE, WAITING = 5, 5


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is longest overdue: (unit's name, what, assignment, days)."""

    lines: Sequence[tuple[str, str, Assignment, int]]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the chairman. ``mine``: the reader is the one it waits for."""

    lines: Sequence[Duty]
    more: int
    mine: bool


def build(programme: Programme, actor: Actor) -> dict[str, object]:
    """The parts of the page, by the names its template uses."""
    today, year = clock.today(), Period.year(programme.year)
    made = progress.read(programme, today)
    standings = targets.read(programme, year)
    return {
        "programme": programme,
        "today": today,
        "progress": made,
        "chart": months(made),
        "heat": heat.read(programme, today),
        "targets": standings,
        "trends": trends.read(programme),
        "forecasts": forecast.read(made, standings),
        "overdue": _overdue(programme, today),
        "waiting": _waiting(programme, actor, today),
    }


def _overdue(programme: Programme, today: dt.date) -> Overdue:
    held = Assignment.objects.filter(programme=programme, state__in=OWED, due_on__lt=today)
    rows = list(held.select_related("task").order_by("due_on", "task__order", "pk")[:OVERDUE])
    names = naming.names({a.unit_id for a in rows}, naming.day_of(programme))
    lines = [
        (names.get(a.unit_id, ""), wording.brief_title(a), a, (today - a.due_on).days)
        for a in rows
        if a.due_on
    ]
    url = rows_url(programme, trang_thai="chua", den=today - dt.timedelta(days=1))
    return Overdue(lines, held.count(), url)


def _waiting(programme: Programme, actor: Actor, today: dt.date) -> Waiting:
    """As the head of the body finds it on the desk today."""
    body = programme.body_id
    post = (
        Post.objects.filter(in_force(today), unit=body, rank=Post.Rank.HEAD)
        .select_related("person__user")
        .order_by("valid_from")
        .last()
    )
    if post is None or post.person.user is None:
        return Waiting([], 0, False)
    found = [d for d in duties.owed(actor_for(post.person.user), today) if d.kind != "watch"]
    mine = body in actor.scopes(roles.HEAD, roles.DEPUTY)
    return Waiting(found[:WAITING], max(0, len(found) - WAITING), mine)
