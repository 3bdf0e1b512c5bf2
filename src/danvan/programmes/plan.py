"""A published plan for the screen: its clauses, what each asks, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from danvan.documents.models import Citation, Document, Provision
from danvan.kernel import clock
from danvan.kernel.calendar import Calendar
from danvan.kernel.facts import Period
from danvan.kernel.models import Entry
from danvan.organisations import queries as organisations
from danvan.programmes import amending, linking, marking, queries, recurring, shapes
from danvan.programmes.figures import Figure, figures_about
from danvan.programmes.measuring import Measured, day_of, measured
from danvan.programmes.models import (
    Amendment,
    Carriage,
    Finding,
    Programme,
    Target,
    Task,
    TaskParty,
)


@dataclass(slots=True)
class Addressed:
    """A party with the names its units had on the plan's day."""

    party: TaskParty
    names: list[str]

    @property
    def role(self) -> str:
        return str(self.party.get_role_display())


@dataclass(slots=True)
class Asked:
    """A task with its owners, the figures about it, and who reviewed it."""

    task: Task
    addressed: list[Addressed]
    figures: list[Figure] = field(default_factory=list)
    finding: Finding | None = None
    reviewed: Entry | None = None
    removed: bool = False
    recurs: list[recurring.Occurrence] = field(default_factory=list)
    before: linking.Before | None = None
    above: list[linking.Above] = field(default_factory=list)

    @property
    def rule_words(self) -> str:
        return recurring.in_words(self.task.due_rule)

    def _in_roles(self, *roles: str) -> list[Addressed]:
        return [a for a in self.addressed if a.party.role in roles]

    @property
    def owners(self) -> list[Addressed]:
        return self._in_roles(TaskParty.Role.LEAD, TaskParty.Role.ALL)

    @property
    def helpers(self) -> list[Addressed]:
        return self._in_roles(TaskParty.Role.COORDINATE)

    @property
    def followers(self) -> list[Addressed]:
        return self._in_roles(TaskParty.Role.FOLLOW)

    @property
    def read_as(self) -> shapes.Task | None:
        """The compiler's version, where a person set another."""
        if self.finding is None or self.finding.added or self.finding.settled is None:
            return None
        return shapes.Task.from_json(self.finding.found)

    @property
    def said_before(self) -> bool:
        return self.task.due_wording == "before"


class Plan:
    """A programme's plan. Each part is read when shown; none grows in queries with tasks.

    With ``on`` it is the plan as it stood that day; without, as it stands in its newest wording.
    """

    def __init__(self, programme: Programme, on: dt.date | None = None) -> None:
        self.programme, self.on = programme, on

    @cached_property
    def provisions(self) -> list[Provision]:
        return list(self.programme.plan.provisions.all())

    @cached_property
    def citations(self) -> list[Citation]:
        rows = self.programme.plan.citations_made.select_related("cited")
        return list(rows.defer("cited__text"))

    @cached_property
    def amendments(self) -> list[Amendment]:
        """Those published, the first first."""
        return amending.published(self.programme)

    @cached_property
    def _as_of(self) -> amending.AsOf:
        tasks = list(queries.tasks_of(self.programme))
        targets = list(self.programme.targets.select_related("provision"))
        return amending.as_of(self.on or dt.date.max, tasks, targets, self.amendments)

    @cached_property
    def tasks(self) -> list[Task]:
        return self._as_of.tasks

    @cached_property
    def targets(self) -> list[Target]:
        return self._as_of.targets

    @cached_property
    def histories(self) -> dict[int, list[amending.Told]]:
        """Provision id → what amendments did there."""
        if not self.amendments:
            return {}
        units = amending.units_in(c for a in self.amendments for c in a.changes.all())
        day = self.programme.plan.issued_on or self.programme.published_at.date()
        return amending.histories(self.amendments, organisations.names_on(day, units))

    def history_of(self, target: Target) -> list[amending.Told]:
        """What amendments did to one target, the first first."""
        told = self.histories.get(target.provision_id, [])
        return [each for each in told if each.change.target_id == target.pk]

    @cached_property
    def names(self) -> dict[int, str]:
        """Unit id → its name on the day of the plan."""
        units = {unit for t in self.tasks for _party, meant in self._parties(t) for unit in meant}
        day = self.programme.plan.issued_on or self.programme.published_at.date()
        return organisations.names_on(day, units)

    def asked(self, tasks: Sequence[Task] | None = None, *, deep: bool = False) -> list[Asked]:
        """Tasks with owners; ``deep`` adds figures and who reviewed them."""
        tasks = self.tasks if tasks is None else tasks
        made = [Asked(task, self._addressed(task)) for task in tasks]
        day = self.on or clock.today()
        for each in made:
            each.removed = bool(each.task.removed_from and each.task.removed_from <= day)
        if deep and made:
            figures = figures_about("task", [t.pk for t in tasks], self.programme.year)
            reviews = queries.reviews_of(self.programme, [t.order for t in tasks])
            for each in made:
                each.figures = figures.get(each.task.pk, [])
                each.finding, each.reviewed = reviews.get(each.task.order, (None, None))
            self._link(made)
        return made

    def _link(self, made: Sequence[Asked]) -> None:
        """Days of recurring tasks, last year's outcome, the superior's tasks."""
        calendar = Calendar() if any(each.task.due_rule for each in made) else None
        since = self.programme.plan.issued_on
        taken_up = [each.task.previous_id for each in made if each.task.previous_id]
        befores = linking.befores(
            Task.objects.filter(pk__in=taken_up).select_related("provision", "programme__plan")
        ) if taken_up else {}  # fmt: skip
        above = self._above([each.task.pk for each in made]) if self.programme.superior_id else {}
        for each in made:
            if calendar and each.task.due_rule:
                each.recurs = recurring.days(
                    each.task.due_rule, self.programme.year, calendar, since
                )
            each.before = befores.get(each.task.previous_id or 0)
            each.above = above.get(each.task.pk, [])

    def _above(self, tasks: Sequence[int]) -> dict[int, list[linking.Above]]:
        superior = self.programme.superior
        assert superior is not None
        made: dict[int, list[linking.Above]] = defaultdict(list)
        for row in Carriage.objects.filter(task__in=tasks).select_related("asked"):
            at = row.asked.provision
            path = "" if at is None else superior.provisions[at]["path"]
            above = linking.Above(row.asked.value["text"], path, superior.document_id)
            made[row.task_id or 0].append(above)
        return made

    def _addressed(self, task: Task) -> list[Addressed]:
        """In Vietnamese order (the order of ``names``)."""
        made = []
        for party, meant in self._parties(task):
            made.append(Addressed(party, [n for pk, n in self.names.items() if pk in meant]))
        return made

    def _parties(self, task: Task) -> list[tuple[TaskParty, set[int]]]:
        """Those of the day: as kept, or as told back from before an amendment."""
        then = self._as_of.parties.get(task.pk)
        if then is None:
            return [(party, {u.pk for u in party.units.all()}) for party in task.parties.all()]
        return [
            (TaskParty(role=party["role"], written=party["written"]), set(party["units"]))
            for party in then
        ]

    def clause(self, provision: int) -> Clause | None:
        """What one provision asks; None if it is not of this plan."""
        found = next((p for p in self.provisions if p.pk == provision), None)
        if found is None:
            return None
        return Clause(
            found,
            self.asked([t for t in self.tasks if t.provision_id == found.pk], deep=True),
            self.measured([t for t in self.targets if t.provision_id == found.pk]),
            [c for c in self.citations if c.provision_id == found.pk],
            self.histories.get(found.pk, []),
        )

    def measured(self, targets: Sequence[Target] | None = None) -> list[Measured]:
        """Targets with what is known of them now: one call per fact, whatever their number.

        Those that do not count (any more, or yet) stand last.
        """
        targets = self.targets if targets is None else targets
        told = measured(self.programme, targets, Period.year(self.programme.year), self.on)
        return sorted(told, key=lambda each: each.idle != "")

    @property
    def targets_counting(self) -> int:
        """How many count on the day the plan is shown for."""
        day = self.on or day_of(Period.year(self.programme.year))
        return sum(target.counts_on(day) for target in self.targets)

    @property
    def cited(self) -> list[tuple[Document, list[Provision | None]]]:
        """Each cited document once, with the provisions that cite it."""
        nodes = {p.pk: p for p in self.provisions}
        found: dict[int, tuple[Document, list[Provision | None]]] = {}
        for citation in self.citations:
            _document, places = found.setdefault(citation.cited_id, (citation.cited, []))
            place = nodes.get(citation.provision_id) if citation.provision_id else None
            if place not in places:
                places.append(place)
        return list(found.values())

    def blocks(self) -> list[marking.Block]:
        """The plan's text: citations marked, clauses with what hangs on them."""
        plan, tasks, targets = self.programme.plan, defaultdict(list), defaultdict(list)
        for task in self.tasks:
            tasks[task.provision_id].append(task)
        for target in self.targets:
            targets[target.provision_id].append(target)
        nodes = [
            marking.Node(p.marker, p.depth, p.heading, p.start, p.end, p) for p in self.provisions
        ]
        places = [marking.Place(c.start, c.end, c) for c in self.citations]
        made = marking.blocks(plan.text, nodes, places)
        for block in made:
            if block.about is not None:
                block.changed = block.about.pk in self.histories
                block.tasks = tasks[block.about.pk]
                block.targets = targets[block.about.pk]
        return made


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision with everything that points at it."""

    provision: Provision
    asked: list[Asked]
    measured: list[Measured]
    citations: list[Citation]
    history: list[amending.Told] = field(default_factory=list)


def owners_in_words(asked: Asked, helpers: bool = False) -> str:
    """For a cell of the workbook: as written, one per line."""
    parties: list[Any] = asked.helpers if helpers else asked.owners
    return "\n".join(a.party.written for a in parties)
