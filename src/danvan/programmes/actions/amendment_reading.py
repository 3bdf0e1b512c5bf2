"""An amending document read into an amendment, and what a person makes of each proposal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import vanban
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already
from danvan.kernel.actions import action, record
from danvan.organisations.audience import Audience
from danvan.programmes import amending_reading, rules
from danvan.programmes.actions import amendments
from danvan.programmes.amending_reading import Reading
from danvan.programmes.models import Amendment, AmendmentProposal

Json = dict[str, Any]
State, Kind = AmendmentProposal.State, AmendmentProposal.Kind


def read_in(amendment: Amendment, *, file: UploadedFile, by: Actor) -> Amendment:
    """The file's changes as proposals; the plan and the amendment's changes stay as they are.

    The compiler runs before anything is stored or locked: a file that cannot be read, or that
    does not name the plan, raises ``vanban.errors.ReadingError`` and leaves nothing behind.
    """
    programme = amendment.programme
    file.seek(0)
    document = vanban.read(file.read(), file.name or "")
    file.seek(0)
    audience = Audience(programme.body, programme.plan.issued_on or clock.today())
    reading = amending_reading.read(document, programme, audience)
    kept: Amendment = keep(amendment, reading=reading, file=file, by=by)
    return kept


@action(
    "programmes.amendment.read_in",
    may=rules.may_change,
    says=gettext_lazy("đọc văn bản sửa đổi vào để xem"),
)
def keep(amendment: Amendment, *, reading: Reading, file: UploadedFile, by: Actor) -> Amendment:
    """Stores file and proposals. The same file again changes nothing; another one replaces
    the proposals nobody has settled."""
    stored, body = files.store(file), amendment.programme.body_id
    if amendment.read_from_id == stored.pk:
        record(amendment, concerns=body, again=file.name or "")
        return amendment
    amendment.proposals.filter(state=State.PENDING).delete()
    amendment.proposals.filter(kind=Kind.ASIDE).delete()
    last = amendment.proposals.aggregate(last=Max("order"))["last"]
    first = 0 if last is None else last + 1
    AmendmentProposal.objects.bulk_create(
        AmendmentProposal(
            amendment=amendment, order=order, kind=one.kind, task=one.task, target=one.target,
            words=one.words, reason=one.reason[:300], after=one.after,
            confidence=Decimal(str(one.confidence)).quantize(Decimal("0.01")),
            state=State.SET_ASIDE if one.kind == Kind.ASIDE else State.PENDING,
        )
        for order, one in enumerate(reading.proposals, start=first)
    )  # fmt: skip
    amendment.read_from, amendment.read_name = stored, (file.name or "")[:200]
    amendment.read_header = reading.header
    amendment.save(update_fields=["read_from", "read_name", "read_header"])
    count = sum(p.kind != Kind.ASIDE for p in reading.proposals)
    record(amendment, concerns=body, file=stored.sha256, findings=count)
    return amendment


@action(
    "programmes.amendment.confirm",
    may=rules.may_change,
    says=gettext_lazy("xác nhận thay đổi đọc từ văn bản"),
)
def confirm(amendment: Amendment, *, proposal: int, by: Actor) -> AmendmentProposal:
    """The proposal as read becomes a change of the amendment. ValidationError: mend it first."""
    held = _waiting(amendment, proposal)
    if held.kind == Kind.UNREAD:
        raise ValidationError(_("Chưa đọc ra thay đổi nào ở đoạn này: hãy tự ghi."))
    if held.after and "parties" in held.after and not held.after["parties"]:
        raise ValidationError(_("Chưa rõ ai thực hiện nhiệm vụ này: bấm Sửa và ghi đơn vị."))
    return _settled(amendment, held, held.after, State.CONFIRMED, "", by)


@action(
    "programmes.amendment.mend",
    may=rules.may_change,
    says=gettext_lazy("sửa thay đổi đọc từ văn bản"),
)
def mend(
    amendment: Amendment, *, proposal: int, after: Json, note: str = "", by: Actor
) -> AmendmentProposal:
    """The person's version becomes the change; what was read stays with the proposal."""
    held = _waiting(amendment, proposal)
    return _settled(amendment, held, after, State.MENDED, note, by)


@action(
    "programmes.amendment.set_aside",
    may=rules.may_change,
    says=gettext_lazy("không ghi đoạn đọc từ văn bản"),
)
def set_aside(amendment: Amendment, *, proposal: int, reason: str, by: Actor) -> AmendmentProposal:
    """The passage changes nothing here; the reason says why, or where it was entered by hand."""
    held = _waiting(amendment, proposal)
    if not reason.strip():
        raise ValidationError(_("Ghi lý do không ghi đoạn này."))
    held.state, held.reason = State.SET_ASIDE, reason.strip()[:300]
    held.save(update_fields=["state", "reason"])
    record(held, concerns=amendment.programme.body_id, reason=held.reason)
    return held


def _waiting(amendment: Amendment, proposal: int) -> AmendmentProposal:
    held = amendment.proposals.select_related("task", "target").get(pk=proposal)
    if held.state != State.PENDING:
        told = _("Đoạn này đã được xem: %(state)s.") % {"state": held.get_state_display()}
        raise Refused(already(told))
    return held


def _settled(
    amendment: Amendment, held: AmendmentProposal, after: Json | None, state: str, note: str,
    by: Actor,
) -> AmendmentProposal:  # fmt: skip
    amendments.change(amendment, after=after, task=held.task, target=held.target, note=note, by=by)
    held.state = state
    held.save(update_fields=["state"])
    record(held, concerns=amendment.programme.body_id, kind=held.kind)
    return held
