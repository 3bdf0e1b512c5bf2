"""A published plan for the screen: its clauses, what each asks, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from danvan.documents.models import Citation, Document, Provision
from danvan.kernel import facts
from danvan.kernel.facts import Fact, Period, Reading
from danvan.kernel.models import Entry
from danvan.organisations import queries as organisations
from danvan.programmes import marking, queries, shapes
from danvan.programmes.models import Finding, Programme, Target, Task, TaskParty
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact about a task or target: its label and what is known now (None: not yet)."""

    fact: Fact
    reading: Reading | None

    @property
    def known(self) -> bool:
        return self.reading is not None and (
            self.reading.value is not None or self.reading.numerator is not None
        )

    @property
    def words(self) -> str:
        """The figure as its context says it, else plainly."""
        reading = self.reading
        if reading is None:
            return written.UNKNOWN
        if reading.said:
            return reading.said
        if reading.numerator is not None:
            return written.rate(reading.numerator, reading.denominator)
        return f"{written.number(reading.value)} {self.fact.measure}".strip()

    @property
    def percent(self) -> Decimal | None:
        """The figure as a percentage, where it is one."""
        reading = self.reading
        if reading is None:
            return None
        if reading.numerator is not None and reading.denominator:
            return reading.numerator * 100 / reading.denominator
        return reading.value


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

    def _in_roles(self, *roles: str) -> list[Addressed]:
        return [a for a in self.addressed if a.party.role in roles]

    @property
    def owners(self) -> list[Addressed]:
        return self._in_roles(TaskParty.Role.LEAD, TaskParty.Role.ALL)

    @property
    def helpers(self) -> list[Addressed]:
        return self._in_roles(TaskParty.Role.COORDINATE)

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
    """A programme's plan. Each part is read when shown; none grows in queries with tasks."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    @cached_property
    def provisions(self) -> list[Provision]:
        return list(self.programme.plan.provisions.all())

    @cached_property
    def citations(self) -> list[Citation]:
        rows = self.programme.plan.citations_made.select_related("cited")
        return list(rows.defer("cited__text"))

    @cached_property
    def tasks(self) -> list[Task]:
        return list(queries.tasks_of(self.programme))

    @cached_property
    def targets(self) -> list[Target]:
        return list(self.programme.targets.select_related("provision"))

    @cached_property
    def names(self) -> dict[int, str]:
        """Unit id → its name on the day of the plan."""
        units = {u.pk for t in self.tasks for p in t.parties.all() for u in p.units.all()}
        day = self.programme.plan.issued_on or self.programme.published_at.date()
        return organisations.names_on(day, units)

    def asked(self, tasks: Sequence[Task] | None = None, *, deep: bool = False) -> list[Asked]:
        """Tasks with owners; ``deep`` adds figures and who reviewed them."""
        tasks = self.tasks if tasks is None else tasks
        made = [Asked(task, self._addressed(task)) for task in tasks]
        if deep and made:
            figures = figures_about("task", [t.pk for t in tasks], self.programme.year)
            reviews = queries.reviews_of(self.programme, [t.order for t in tasks])
            for each in made:
                each.figures = figures.get(each.task.pk, [])
                each.finding, each.reviewed = reviews.get(each.task.order, (None, None))
        return made

    def _addressed(self, task: Task) -> list[Addressed]:
        """In Vietnamese order (the order of ``names``)."""
        made = []
        for party in task.parties.all():
            meant = {unit.pk for unit in party.units.all()}
            made.append(Addressed(party, [n for pk, n in self.names.items() if pk in meant]))
        return made

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
        )

    def measured(self, targets: Sequence[Target] | None = None) -> list[Measured]:
        """Targets with what is known of them now: one call per fact, whatever their number."""
        targets = self.targets if targets is None else targets
        codes = {t.fact for t in targets if t.fact in facts.REGISTRY}
        period = Period.year(self.programme.year)
        readings = facts.read(sorted(codes), [self.programme.pk], period)
        return [
            Measured(
                target,
                Figure(facts.REGISTRY[target.fact], readings[target.fact].get(self.programme.pk))
                if target.fact in codes
                else None,
            )
            for target in targets
        ]

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
                block.tasks = tasks[block.about.pk]
                block.targets = targets[block.about.pk]
        return made


@dataclass(frozen=True, slots=True)
class Measured:
    """A target and the figure that tells how far it is (None: nobody measures it yet)."""

    target: Target
    figure: Figure | None

    @property
    def asked(self) -> str:
        return str(shapes.COMPARATORS.get(self.target.comparator, self.target.comparator))

    @property
    def reached(self) -> bool | None:
        """Whether the target is met now; None while that is not known."""
        now = self.figure.percent if self.figure and self.figure.known else None
        wanted = self.target.value
        if now is None or wanted is None or self.target.unit != "%":
            return None
        return {
            "=": now >= wanted,
            ">=": now >= wanted,
            ">": now > wanted,
            "<=": now <= wanted,
            "<": now < wanted,
        }[self.target.comparator]


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision with everything that points at it."""

    provision: Provision
    asked: list[Asked]
    measured: list[Measured]
    citations: list[Citation]


def figures_about(about: str, subjects: Iterable[int], year: int) -> dict[int, list[Figure]]:
    """Every fact offered about such subjects: upper contexts' figures, read by code."""
    ids, period = list(subjects), Period.year(year)
    found: dict[int, list[Figure]] = {pk: [] for pk in ids}
    for fact in facts.REGISTRY.values():
        if fact.about == about:
            readings = fact.read(ids, period)
            for pk in ids:
                found[pk].append(Figure(fact, readings.get(pk)))
    return found


def owners_in_words(asked: Asked, helpers: bool = False) -> str:
    """For a cell of the workbook: as written, one per line."""
    parties: list[Any] = asked.helpers if helpers else asked.owners
    return "\n".join(a.party.written for a in parties)
