"""Publishing: a reviewed draft becomes the register's document and the year's programme."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Citation, Document, Provision
from danvan.kernel import clock
from danvan.kernel.access import Actor, demand
from danvan.kernel.actions import action, record
from danvan.kernel.events import announce
from danvan.organisations.models import Unit
from danvan.programmes import citing, review, rules, shapes
from danvan.programmes.events import PlanPublished
from danvan.programmes.models import (
    Carriage,
    Draft,
    Finding,
    Programme,
    Target,
    Task,
    TaskParty,
)
from danvan.programmes.workflow import DRAFT


@action(
    "programmes.draft.publish",
    may=rules.may_publish,
    says=_("ban hành kế hoạch thành chương trình"),
)
def publish(draft: Draft, *, by: Actor) -> Programme:
    """All or nothing: document, provisions, citations, programme, tasks, targets.

    The body is locked too, so that two drafts of one plan cannot both pass the rule "once".
    Assignments are opened by whoever hears PlanPublished.
    """
    Unit.objects.select_for_update().get(pk=draft.body_id)
    demand(rules.may_publish(by, draft))
    rows = [row for group in review.groups(draft) for row in group.rows if _kept(row)]
    header = shapes.headers([row.finding for row in rows])
    plan = _document(draft, header)
    places = _provisions(plan, draft)
    cited = _citations(plan, rows, places)
    programme = Programme.objects.create(
        body=draft.body,
        year=header["year"],
        title=_title(header),
        plan=plan,
        draft=draft,
        previous=draft.previous,
        superior=draft.superior,
        published_at=clock.now(),
    )
    tasks = _tasks(programme, rows, places)
    targets = _targets(programme, rows, places)
    draft.state = DRAFT.target("publish")
    draft.save(update_fields=["state"])
    counts: dict[str, Any] = {"tasks": tasks, "targets": targets, "citations": cited}
    record(programme, concerns=draft.body_id, code=plan.code, date=plan.issued_on, **counts)
    announce(PlanPublished(programme.pk))  # type: ignore[call-arg]
    return programme


@action(
    "programmes.draft.keep",
    may=rules.may_keep,
    says=_("ghi nhận kế hoạch cấp trên làm căn cứ"),
)
def keep(draft: Draft, *, by: Actor) -> Draft:
    """A superior's plan becomes a document of the register and a ground; no duty comes of it."""
    rows = [row for group in review.groups(draft) for row in group.rows if _kept(row)]
    header = shapes.headers([row.finding for row in rows])
    document = _document(draft, header)
    places = _provisions(document, draft)
    _citations(document, rows, places)
    draft.document, draft.state = document, DRAFT.target("keep")
    draft.save(update_fields=["document", "state"])
    tasks = sum(row.finding.kind == Finding.Kind.TASK for row in rows)
    record(draft, concerns=draft.body_id, code=document.code, tasks=tasks)
    return draft


def _kept(row: review.Row) -> bool:
    return row.finding.state in (Finding.State.ACCEPTED, Finding.State.CORRECTED)


def _title(header: dict[str, Any]) -> str:
    return f"{header['type']} {header['subject']}"[:300]


def _document(draft: Draft, header: dict[str, Any]) -> Document:
    """The plan in the register; one known so far only by citation receives its text."""
    day = dt.date.fromisoformat(header["date"])
    known = Document.objects.filter(
        code=header["code"], issued_on=day, origin=Document.Origin.CITED
    )
    document = next(
        (d for d in known if not d.issuer_name or d.issuer_name == header["issuer"]), Document()
    )
    document.origin = Document.Origin.RECEIVED
    document.type, document.code = header["type"], header["code"]
    document.subject, document.issuer_name = header["subject"], header["issuer"][:200]
    document.issuer = None if draft.of_superior else draft.body
    document.issued_on = day
    document.signer = (header.get("signer") or "")[:120]
    document.signer_position = (header.get("signer_position") or "")[:120]
    document.recipients = header.get("recipients") or []
    document.text, document.file, document.file_name = draft.text, draft.file, draft.file_name
    document.save()
    return document


def _provisions(plan: Document, draft: Draft) -> list[Provision]:
    """The tree as compiled; parents are set in a second pass, when their ids are known."""
    made = Provision.objects.bulk_create(
        Provision(
            document=plan,
            order=index,
            marker=each["marker"][:40],
            path=each["path"][:120],
            depth=each["depth"],
            heading=each["heading"],
            text=each["text"],
            start=each["start"],
            end=each["end"],
        )
        for index, each in enumerate(draft.provisions)
    )
    for each, provision in zip(draft.provisions, made, strict=True):
        provision.parent = None if each["parent"] is None else made[each["parent"]]
    Provision.objects.bulk_update(made, ["parent"], batch_size=400)
    return made


def _citations(plan: Document, rows: list[review.Row], places: list[Provision]) -> int:
    shown = [row.shape for row in rows if isinstance(row.shape, shapes.Citation)]
    made = [
        Citation(
            document=plan,
            cited=document,
            provision=None if index is None else places[index],
            start=start,
            end=end,
        )
        for shape, document in zip(shown, citing.documents_for(shown), strict=True)
        for start, end, index in shape.places
    ]
    Citation.objects.bulk_create(made)
    return len(made)


def _tasks(programme: Programme, rows: list[review.Row], places: list[Provision]) -> int:
    """``order`` is the finding's: it leads from a task back to who reviewed it."""
    kept = [(row, row.shape) for row in rows if isinstance(row.shape, shapes.Task)]
    tasks = Task.objects.bulk_create(
        Task(
            programme=programme,
            provision=places[row.finding.provision or 0],
            order=row.finding.order,
            text=shape.text,
            deliverable=shape.deliverable,
            due_on=shape.due_on,
            due_wording=shape.due_wording,
            due_text=shape.due_text,
            due_rule=shape.due_rule,
            previous_id=shape.previous,
        )
        for row, shape in kept
    )
    Carriage.objects.bulk_create(
        Carriage(programme=programme, asked_id=asked, task=task)
        for task, (_row, shape) in zip(tasks, kept, strict=True)
        for asked in shape.superior
    )
    addressed = [
        (TaskParty(task=task, role=each.party.role, written=each.party.written), each.units)
        for task, (row, _shape) in zip(tasks, kept, strict=True)
        for each in row.addressees
    ]
    parties = TaskParty.objects.bulk_create([party for party, _units in addressed])
    through = TaskParty.units.through
    through.objects.bulk_create(
        through(taskparty_id=party.pk, unit_id=unit)
        for party, (_party, units) in zip(parties, addressed, strict=True)
        for unit, _name in units
    )
    return len(tasks)


def _targets(programme: Programme, rows: list[review.Row], places: list[Provision]) -> int:
    made = Target.objects.bulk_create(
        Target(
            programme=programme,
            provision=places[row.finding.provision or 0],
            order=row.finding.order,
            subject=row.shape.subject,
            value=row.shape.value,
            unit=row.shape.unit,
            comparator=row.shape.comparator,
            fact=row.shape.fact,
            formula="" if row.shape.fact else row.shape.formula,
            inputs={} if row.shape.fact else row.shape.inputs,
            unit_fact=row.shape.unit_fact,
            unit_floor=row.shape.unit_floor,
            direction=row.shape.direction,
        )
        for row in rows
        if isinstance(row.shape, shapes.Target)
    )
    return len(made)
