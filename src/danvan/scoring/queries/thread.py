"""Walking back from a score: proof → assignment → clause of the plan → cited directive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from danvan.assignments.models import Assignment
from danvan.assignments.queries import dossier_of
from danvan.documents.models import Citation, Document, Provision
from danvan.kernel.access import Actor
from danvan.kernel.models import Entry
from danvan.programmes.models import Task
from danvan.scoring.models import FrozenReading, Proof, Score, Sheet
from danvan.scoring.proof_flags import with_flags
from danvan.scoring.queries.sight import veiled_history


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the plan behind a score, and the documents it (or its frame) cites.

    ``near``: the citations stand at the clause itself; else at the plan as a whole.
    """

    task: Task
    provision: Provision
    cited: tuple[Document, ...]
    near: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything below one score. ``by_dossier``: only the duty to be scored leads on."""

    proofs: tuple[Proof, ...]
    readings: tuple[FrozenReading, ...]
    assignments: tuple[Assignment, ...]
    by_dossier: bool
    clauses: tuple[Clause, ...]


def thread_of(score: Score) -> Thread:
    """A fixed number of queries per score (the depth of the plan's clauses apart)."""
    proofs = tuple(score.proofs.select_related(
        "file", "attachment__submission", "attachment__file", "added_by"))  # fmt: skip
    with_flags(proofs, score.sheet.round)
    readings = tuple(_latest(score))
    found = {p.attachment.submission.assignment_id for p in proofs if p.attachment}
    found |= {pk for reading in readings if (pk := _assignment_at(reading.basis))}
    assignments = _assignments(found)
    by_dossier = not assignments
    if by_dossier:
        dossier = dossier_of(score.sheet.round.programme_id, score.sheet.unit_id)
        assignments = _assignments({dossier.pk} if dossier else set())
    return Thread(proofs, readings, assignments, by_dossier, _clauses(assignments))


def history_of(sheet: Sheet, actor: Actor) -> QuerySet[Entry]:
    """What was done about a unit's scoring, newest first: the unit's to read.

    Lines that tell marks still veiled for the reader are left out.
    """
    lines = Entry.objects.filter(concerns=sheet.unit_id, action__startswith="scoring.")
    return lines.exclude(veiled_history(actor))


def _latest(score: Score) -> Iterable[FrozenReading]:
    """The last frozen reading of each fact the criterion is computed from."""
    codes = set(score.criterion.inputs.values())
    held: dict[str, FrozenReading] = {}
    if codes:
        for reading in score.sheet.readings.filter(fact__in=codes).order_by("as_of"):
            held[reading.fact] = reading
    return held.values()


def _assignment_at(address: str) -> int | None:
    """The assignment a basis leads to, if it leads to exactly one."""
    try:
        match = resolve(urlsplit(address).path) if address else None
    except Resolver404:
        return None
    if match is None or match.view_name != "assignments:detail":
        return None
    return int(match.kwargs["pk"])


def _assignments(ids: set[int]) -> tuple[Assignment, ...]:
    found = Assignment.objects.filter(pk__in=ids).select_related(
        "task__provision__parent__parent", "programme__plan"
    )
    return tuple(found)


def _clauses(assignments: Iterable[Assignment]) -> tuple[Clause, ...]:
    tasks = {a.task_id: a.task for a in assignments if a.task}
    chains = {pk: _upwards(task.provision) for pk, task in tasks.items()}
    wanted = {p.pk for chain in chains.values() for p in chain}
    by_provision: dict[int | None, list[Document]] = {}
    for citation in _citations().filter(provision__in=wanted):
        held = by_provision.setdefault(citation.provision_id, [])
        if citation.cited not in held:
            held.append(citation.cited)
    clauses = []
    for pk, task in tasks.items():
        own = next((by_provision[p.pk] for p in chains[pk] if p.pk in by_provision), None)
        cited = own if own is not None else _frame(task)
        clauses.append(Clause(task, task.provision, tuple(cited), own is not None))
    return tuple(clauses)


def _upwards(provision: Provision) -> list[Provision]:
    """The clause and what it stands in, nearest first."""
    chain, at = [], provision
    while at is not None:
        chain.append(at)
        at = at.parent  # type: ignore[assignment]
    return chain


def _frame(task: Task) -> list[Document]:
    """The first document the plan cites: what the whole plan carries out."""
    first = _citations().filter(document=task.provision.document_id).first()
    return [first.cited] if first else []


def _citations() -> QuerySet[Citation]:
    return Citation.objects.select_related("cited").defer("cited__text").order_by("start", "pk")
