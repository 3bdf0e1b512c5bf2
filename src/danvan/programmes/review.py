"""What the review of a draft shows and asks: groups, addressees on the plan's day, doubts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from danvan.kernel import clock, facts
from danvan.kernel.models import Entry
from danvan.organisations.audience import Addressed, Audience
from danvan.programmes import linking, recurring, shapes
from danvan.programmes.compiling import SURE
from danvan.programmes.models import Draft, Finding, TaskParty


@dataclass(frozen=True, slots=True)
class Addressee:
    """A party with the units it means: (id, name that day), and words that name nobody."""

    party: shapes.Party
    units: list[tuple[int, str]]
    unresolved: tuple[str, ...]

    @property
    def role(self) -> str:
        return str(TaskParty.Role(self.party.role).label)

    @property
    def clear(self) -> bool:
        """Whoever leads or carries out must be known; whoever helps or follows may stay words."""
        beside = {TaskParty.Role.COORDINATE, TaskParty.Role.FOLLOW}
        return self.party.role in beside or not self.unresolved


@dataclass(slots=True, eq=False)
class Row:
    """One finding as the screen shows it."""

    finding: Finding
    shape: shapes.Shape
    addressees: list[Addressee] = field(default_factory=list)
    path: str = ""
    settled_by: Entry | None = None
    # The days a recurring task comes to; last year's task with its outcome; the superior's.
    recurs: list[recurring.Occurrence] = field(default_factory=list)
    previous: linking.Before | None = None
    superior: list[linking.Above] = field(default_factory=list)

    @property
    def rule_words(self) -> str:
        return (
            recurring.in_words(self.shape.due_rule) if isinstance(self.shape, shapes.Task) else ""
        )

    @property
    def pending(self) -> bool:
        return self.finding.state == Finding.State.PENDING

    @property
    def fact_label(self) -> str:
        """What measures a target, in words."""
        code = self.shape.fact if isinstance(self.shape, shapes.Target) else ""
        return str(facts.REGISTRY[code].label) if code in facts.REGISTRY else code

    @property
    def unit_fact_label(self) -> str:
        code = self.shape.unit_fact if isinstance(self.shape, shapes.Target) else ""
        return str(facts.REGISTRY[code].label) if code in facts.REGISTRY else ""

    @property
    def problem(self) -> str:
        """Why it cannot be accepted as it stands, or ""."""
        try:
            self.shape.check()
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    @property
    def sure(self) -> bool:
        """Fit to be accepted with its group after one look."""
        return (
            self.pending
            and self.finding.confidence >= SURE
            and not self.problem
            and all(a.clear for a in self.addressees)
        )


@dataclass(slots=True)
class Group:
    """The findings of one kind."""

    kind: str
    rows: list[Row] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(Finding.Kind(self.kind).label)

    @property
    def pending(self) -> int:
        return sum(row.pending for row in self.rows)

    @property
    def sure(self) -> list[Row]:
        return [row for row in self.rows if row.sure]


def plan_day(draft: Draft) -> dt.date:
    """The day whose organisation tree counts: the plan's date, or today while it has none."""
    header = shapes.headers(list(draft.findings.filter(kind=Finding.Kind.HEADER)))
    return dt.date.fromisoformat(header["date"]) if header.get("date") else clock.today()


def audience_of(draft: Draft) -> Audience:
    return Audience(draft.body, plan_day(draft))


def groups(draft: Draft, audience: Audience | None = None) -> list[Group]:
    """All findings by kind, in the order of the text: a constant number of queries."""
    audience = audience or audience_of(draft)
    findings = list(draft.findings.all())
    settlers = _settlers(findings)
    links = linking.Links(draft)
    made = {kind: Group(kind) for kind in Finding.Kind.values}
    for finding in sorted(findings, key=lambda f: (f.start, f.order) if f.start else (0, f.order)):
        made[finding.kind].rows.append(row_of(finding, draft, audience, settlers, links))
    made[Finding.Kind.HEADER].rows.sort(key=lambda r: r.finding.order)
    return list(made.values())


def row_of(
    finding: Finding,
    draft: Draft,
    audience: Audience,
    settlers: dict[str, Entry] | None = None,
    links: linking.Links | None = None,
) -> Row:
    """One finding ready for the screen."""
    shape = shapes.of(finding)
    settlers = _settlers([finding]) if settlers is None else settlers
    path = "" if finding.provision is None else draft.provisions[finding.provision]["path"]
    parties = shape.parties if isinstance(shape, shapes.Task) else []
    addressees = [addressee(party, audience) for party in parties]
    row = Row(finding, shape, addressees, path, settlers.get(str(finding.pk)))
    if isinstance(shape, shapes.Task):
        links = links or linking.Links(draft)
        row.recurs = links.days(shape.due_rule)
        row.previous, row.superior = links.before(shape.previous), links.above(shape.superior)
    return row


def addressee(party: shapes.Party, audience: Audience) -> Addressee:
    """The units a person chose, else those the words address on the audience's day."""
    found = (
        audience.find(party.written)
        if party.units is None
        else Addressed(frozenset(u for u in party.units if u in audience.names))
    )
    named = [(unit, name) for unit, name in audience.names.items() if unit in found.units]
    return Addressee(party, named, found.unresolved)


def sure(draft: Draft, kind: str) -> list[Finding]:
    """Pending findings of a kind that may be accepted together."""
    audience = audience_of(draft)
    findings = draft.findings.filter(kind=kind, state=Finding.State.PENDING)
    links = linking.Links(draft)
    rows = [row_of(finding, draft, audience, {}, links) for finding in findings]
    return [row.finding for row in rows if row.sure]


def moved_by_day(draft: Draft, before: dt.date) -> list[Finding]:
    """Settled tasks that address other units on the plan's new day than ``before``."""
    old, new = Audience(draft.body, before), audience_of(draft)
    tasks = draft.findings.filter(
        kind=Finding.Kind.TASK, state__in=[Finding.State.ACCEPTED, Finding.State.CORRECTED]
    )
    return [task for task in tasks if _units(task, old) != _units(task, new)]


def pending(draft: Draft) -> int:
    return draft.findings.filter(state=Finding.State.PENDING).count()


def _units(task: Finding, audience: Audience) -> list[list[int]]:
    shape = shapes.of(task)
    assert isinstance(shape, shapes.Task)
    return [sorted(u for u, _ in addressee(p, audience).units) for p in shape.parties]


def _settlers(findings: Iterable[Finding]) -> dict[str, Entry]:
    """Finding id → the last history line about it (who settled it, when)."""
    lines = Entry.objects.filter(
        subject_type=Finding._meta.label_lower, subject_id__in=[str(f.pk) for f in findings]
    ).order_by("seq")
    return {line.subject_id: line for line in lines}
