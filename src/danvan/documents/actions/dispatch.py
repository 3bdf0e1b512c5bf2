"""Sending an issued document to its "Nơi nhận", and the proofs that it arrived."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents import rules
from danvan.documents.models import Addressee, DispatchMark, Document
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.kernel.models import StoredFile
from danvan.organisations.audience import Audience

# What stays in the house, or points at words elsewhere: nobody to send to.
_NOBODY = re.compile(r"^\s*(lưu|như)\b", re.IGNORECASE)
Kind, Channel = DispatchMark.Kind, DispatchMark.Channel


def address(document: Document) -> list[Addressee]:
    """Lines of "Nơi nhận" as addressees: units of ours, and who is outside as written.

    Idempotent: what is there already stays. Called inside the verb that issues.
    """
    if document.issuer is None:
        return []
    audience = Audience(document.issuer, document.issued_on or clock.today())
    known = list(document.addressees.all())
    units = {a.unit_id for a in known if a.unit_id}
    outside = {a.written for a in known if not a.unit_id}
    made: list[Addressee] = []
    for line in (" ".join(w.split()).strip(" ;.,-") for w in document.recipients):
        if not line or _NOBODY.match(line):
            continue
        found = audience.find(line)
        for unit in sorted(found.units - units - {document.issuer_id}, key=audience.names.get):  # type: ignore[arg-type]
            units.add(unit)
            made.append(Addressee(document=document, unit_id=unit, written=audience.names[unit]))
        for words in (line,) if not found.units else found.unresolved:
            if words[:300] not in outside:
                outside.add(words[:300])
                made.append(Addressee(document=document, written=words[:300]))
    for order, addressee in enumerate(made, start=len(known)):
        addressee.order = order
    return Addressee.objects.bulk_create(made)


@action("documents.dispatch.address", may=rules.may_dispatch, says=gettext_lazy("lập nơi nhận"))
def address_again(document: Document, *, by: Actor) -> list[Addressee]:
    """For a document issued before dispatch was kept: its "Nơi nhận" become addressees."""
    made = address(document)
    record(document, concerns=document.issuer_id, addressees=len(made))
    return made


@action("documents.dispatch.send", may=rules.may_dispatch, says=gettext_lazy("gửi văn bản"))
def send(
    document: Document,
    *,
    addressees: Sequence[int],
    channel: str,
    day: dt.date | None = None,
    note: str = "",
    by: Actor,
) -> int:
    """Notes that the document went to ``addressees`` (ids); returns how many.

    Over the network only to units of ours. Sending again adds a proof; it takes none away.
    """
    chosen = list(document.addressees.filter(pk__in=addressees))
    if not chosen:
        raise ValidationError({"addressees": _("Hãy chọn ít nhất một nơi nhận.")})
    if channel not in Channel.values:
        raise ValidationError({"channel": _("Hãy chọn cách gửi.")})
    day = _day_of(document, day)
    if channel == Channel.NETWORK:
        outside = [a.written for a in chosen if a.unit_id is None]
        if outside:
            told = _("Ngoài hệ thống nên không gửi qua mạng được: %s.") % "; ".join(outside)
            raise ValidationError({"addressees": told})
    _mark(chosen, Kind.SENT, by=by, channel=channel, day=day, note=note)
    record(
        document, concerns=document.issuer_id, channel=str(Channel(channel).label),
        addressees=len(chosen), day=day,
    )  # fmt: skip
    return len(chosen)


def send_over_network(document: Document, *, by: Actor) -> int:
    """Addresses and sends what was just issued to every unit of ours in its "Nơi nhận"."""
    made = [a for a in address(document) if a.unit_id is not None]
    _mark(made, Kind.SENT, by=by, channel=Channel.NETWORK, day=clock.today())
    return len(made)


@action("documents.dispatch.open", may=rules.may_open, says=gettext_lazy("mở văn bản đến"))
def note_opened(addressee: Addressee, *, by: Actor) -> None:
    """The first time somebody of the unit opens it; later times change nothing."""
    if addressee.marks.filter(kind=Kind.OPENED).exists():
        record(addressee, concerns=addressee.unit_id, again=True)
        return
    _mark([addressee], Kind.OPENED, by=by, day=clock.today())
    record(addressee, concerns=addressee.unit_id, code=addressee.document.code)


@action(
    "documents.dispatch.acknowledge",
    may=rules.may_acknowledge,
    says=gettext_lazy("xác nhận đã nhận văn bản"),
)
def acknowledge(addressee: Addressee, *, note: str = "", by: Actor) -> None:
    """Who acts for the unit says that it has the document. Once."""
    _mark([addressee], Kind.ACKNOWLEDGED, by=by, day=clock.today(), note=note)
    record(addressee, concerns=addressee.unit_id, code=addressee.document.code, note=note)


@action(
    "documents.dispatch.enter_proof",
    may=rules.may_enter_proof,
    says=gettext_lazy("ghi minh chứng nhận văn bản giấy"),
)
def enter_proof(
    addressee: Addressee,
    *,
    day: dt.date,
    note: str,
    file: StoredFile | None = None,
    file_name: str = "",
    by: Actor,
) -> None:
    """A receipt on paper (book entry, postal slip): who received it, when, with its picture."""
    if not note.strip() and file is None:
        raise ValidationError({"note": _("Ghi người ký nhận, hoặc đính kèm ảnh phiếu nhận.")})
    day = _day_of(addressee.document, day)
    _mark([addressee], Kind.ACKNOWLEDGED, by=by, day=day, note=note, file=file,
          file_name=file_name)  # fmt: skip
    record(
        addressee, concerns=addressee.document.issuer_id, code=addressee.document.code,
        day=day, note=note, file=file.sha256 if file else "",
    )  # fmt: skip


def _day_of(document: Document, day: dt.date | None) -> dt.date:
    today = clock.today()
    day = day or today
    if day > today:
        raise ValidationError({"day": _("Ngày này chưa đến.")})
    if document.issued_on and day < document.issued_on:
        raise ValidationError({"day": _("Ngày này trước ngày ban hành văn bản.")})
    return day


def _mark(
    addressees: Iterable[Addressee],
    kind: str,
    *,
    by: Actor,
    day: dt.date,
    channel: str = "",
    note: str = "",
    file: StoredFile | None = None,
    file_name: str = "",
) -> None:
    now = clock.now()
    DispatchMark.objects.bulk_create(
        DispatchMark(
            addressee=addressee, kind=kind, channel=channel, at=now, day=day, by=by.id,
            by_name=by.name, note=note.strip()[:300], file=file, file_name=file_name[:200],
        )
        for addressee in addressees
    )  # fmt: skip
