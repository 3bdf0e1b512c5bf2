"""Amending a published plan: prepared change by change, published at once with its document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.actions.issuing import issue
from danvan.documents.models import Document, Relation
from danvan.kernel import clock, files
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.kernel.events import announce
from danvan.organisations import queries as organisations
from danvan.programmes import amending, amending_paper, rules
from danvan.programmes.actions import amended_rows
from danvan.programmes.events import PlanAmended
from danvan.programmes.models import (
    Amendment,
    AmendmentChange,
    Programme,
    Target,
    Task,
)
from danvan.ui import written

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """The amending document as registered."""

    type: str
    code: str
    date: dt.date
    issuer: str
    signer: str = ""
    signer_position: str = ""
    file: UploadedFile | None = None


@action(
    "programmes.amendment.begin", may=rules.may_amend, says=gettext_lazy("bắt đầu sửa đổi kế hoạch")
)
def begin(
    programme: Programme, *, title: str, in_force_from: dt.date, past_reason: str = "", by: Actor
) -> Amendment:
    """One amendment is prepared at a time; a second click finds it."""
    known = programme.amendments.filter(state=Amendment.State.DRAFT).first()
    if known is not None:
        record(known, concerns=programme.body_id, again=True)
        return known
    _not_before_the_plan(programme, in_force_from)
    made = Amendment.objects.create(
        programme=programme,
        subject=title,
        in_force_from=in_force_from,
        past_reason=past_reason,
        made_by=organisations.person_of(by),
        made_at=clock.now(),
    )
    record(made, concerns=programme.body_id, title=title, in_force_from=in_force_from)
    return made


@action("programmes.amendment.set", may=rules.may_change, says=gettext_lazy("ghi bản sửa đổi"))
def describe(
    amendment: Amendment, *, title: str, in_force_from: dt.date, past_reason: str, by: Actor
) -> Amendment:
    """Subject, day of effect, and why it reaches back."""
    _not_before_the_plan(amendment.programme, in_force_from)
    before = [amendment.subject, str(amendment.in_force_from), amendment.past_reason]
    amendment.subject, amendment.in_force_from = title, in_force_from
    amendment.past_reason = past_reason
    amendment.save(update_fields=["subject", "in_force_from", "past_reason"])
    after = [title, str(in_force_from), past_reason]
    record(amendment, concerns=amendment.programme.body_id, set=[before, after])
    return amendment


@action("programmes.amendment.change", may=rules.may_change, says=gettext_lazy("ghi thay đổi"))
def change(
    amendment: Amendment,
    *,
    after: Json | None,
    task: Task | None = None,
    target: Target | None = None,
    note: str = "",
    by: Actor,
) -> AmendmentChange:
    """What becomes of a task or target: ``after`` None removes it; neither adds what it says.

    Raises ValidationError if nothing would change, or if it has ended already. A second entry
    replaces the first.
    """
    _not_ended(task or target)
    kind = AmendmentChange.Kind.CHANGED if after else AmendmentChange.Kind.REMOVED
    before = amending.of_task(task) if task else amending.of_target(target) if target else None
    if before is None:
        kind = AmendmentChange.Kind.ADDED
    if before == after:
        raise ValidationError(_("Chưa có gì khác so với kế hoạch hiện hành."))
    values = {"kind": kind, "before": before, "after": after, "note": note}
    if before is None:
        row = AmendmentChange.objects.create(amendment=amendment, **values)
    else:
        row, _made = AmendmentChange.objects.update_or_create(
            amendment=amendment, task=task, target=target, defaults=values
        )
    record(row, concerns=amendment.programme.body_id, kind=kind, change=[before, after])
    return row


def _not_ended(about: Task | Target | None) -> None:
    if about is not None and about.removed_from is not None:
        told = _("Mục này đã bãi bỏ từ %s, không sửa được nữa.")
        raise ValidationError(told % written.day(about.removed_from))


@action("programmes.amendment.undo", may=rules.may_change, says=gettext_lazy("bỏ một thay đổi"))
def undo(amendment: Amendment, *, change: int, by: Actor) -> None:
    """The change is left out of the amendment."""
    row = amendment.changes.get(pk=change)
    record(amendment, concerns=amendment.programme.body_id, change=[row.before, row.after])
    row.delete()


@action("programmes.amendment.discard", may=rules.may_change, says=gettext_lazy("bỏ bản sửa đổi"))
def discard(amendment: Amendment, *, reason: str, by: Actor) -> Amendment:
    if not reason.strip():
        raise ValidationError(_("Ghi lý do bỏ bản sửa đổi."))
    amendment.state = Amendment.State.DISCARDED
    amendment.save(update_fields=["state"])
    record(amendment, concerns=amendment.programme.body_id, reason=reason.strip()[:300])
    return amendment


@action(
    "programmes.amendment.publish",
    may=rules.may_publish_amendment,
    says=gettext_lazy("ban hành sửa đổi, bổ sung kế hoạch"),
)
def publish(amendment: Amendment, *, paper: Paper, by: Actor) -> Amendment:
    """Document, relation to the plan, tasks and targets: all or nothing, announced after.

    The rows hold the newest published wording at once; what stands on a given day is told
    back from the snapshots (``amending.as_of``).
    """
    Programme.objects.select_for_update().get(pk=amendment.programme_id)
    return _in_effect(amendment, _registered(amendment, paper))


@action(
    "programmes.amendment.sign",
    may=rules.may_sign_amendment,
    says=gettext_lazy("ký ban hành kế hoạch sửa đổi, bổ sung"),
)
def sign(amendment: Amendment, *, by: Actor) -> Amendment:
    """Makes the official .docx, numbers and dates it, sends it to whoever got the plan.

    Then as ``publish``. If any of it fails nothing is written and no number is used up.
    """
    programme = Programme.objects.select_for_update().get(pk=amendment.programme_id)
    paper = amending_paper.compose(amendment, by)
    document = issue(programme.body, **amending_paper.for_issuing(paper), by=by)
    document.in_force_from = amendment.in_force_from
    document.save(update_fields=["in_force_from"])
    return _in_effect(amendment, document)


def _in_effect(amendment: Amendment, document: Document) -> Amendment:
    """The relation to the plan, the changed rows, the history line and the announcement."""
    programme = amendment.programme
    _related(amendment, document)
    amendment.document = document
    rows = amendment.changes.select_related("task", "target")
    changed = [amended_rows.apply(amendment, row) for row in rows]
    amendment.state, amendment.published_at = Amendment.State.PUBLISHED, clock.now()
    amendment.save(update_fields=["document", "state", "published_at"])
    record(
        amendment,
        concerns=programme.body_id,
        code=document.code,
        in_force_from=amendment.in_force_from,
        changes=len(changed),
        reason=amendment.past_reason,
    )
    announce(PlanAmended(programme.pk, amendment.pk))  # type: ignore[call-arg]
    return amendment


def _registered(amendment: Amendment, paper: Paper) -> Document:
    """The amending document in the register; its file as sent, else the one it was read from."""
    plan = amendment.programme.plan
    known = Document.objects.filter(code=paper.code, issued_on=paper.date, issuer=plan.issuer)
    if known.exclude(origin=Document.Origin.CITED).exists():
        raise ValidationError({"code": _("Văn bản số này cùng ngày đã có trong sổ.")})
    document = known.first() or Document()
    document.origin, document.type = Document.Origin.RECEIVED, paper.type
    document.code, document.issued_on = paper.code, paper.date
    document.subject, document.issuer = amendment.subject, plan.issuer
    document.issuer_name = paper.issuer or plan.issuer_name
    document.in_force_from = amendment.in_force_from
    document.signer, document.signer_position = paper.signer, paper.signer_position
    if paper.file is not None:
        document.file, document.file_name = files.store(paper.file), (paper.file.name or "")[:200]
    elif amendment.read_from is not None:
        document.file, document.file_name = amendment.read_from, amendment.read_name
    document.save()
    return document


def _related(amendment: Amendment, document: Document) -> None:
    """That the document amends the plan, in part, from its day of effect on."""
    Relation.objects.create(
        kind=Relation.Kind.AMENDS,
        acting=document,
        target=amendment.programme.plan,
        partly=True,
        scope=amendment.subject[:300],
        effective_on=amendment.in_force_from,
        source=str(document)[:300],
        confidence=Relation.Confidence.A,
        entered_at=clock.now(),
    )


def _not_before_the_plan(programme: Programme, day: dt.date) -> None:
    issued = programme.plan.issued_on
    if issued and day < issued:
        raise ValidationError(
            {"in_force_from": _("Ngày hiệu lực không được trước ngày ban hành kế hoạch.")}
        )
