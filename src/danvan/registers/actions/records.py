"""Writing a record, correcting it, withdrawing one that was a mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, Stale, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of
from danvan.registers import rules
from danvan.registers.fields import Kind, words_of
from danvan.registers.models import (
    Correction,
    Record,
    RecordFile,
    Register,
    RegisterVersion,
    version_on,
)

Uploads = Mapping[str, Sequence[UploadedFile]]


@action("registers.record.enter", may=rules.may_enter, says=gettext_lazy("ghi sổ"))
def enter(
    register: Register,
    *,
    unit: Unit,
    day: dt.date,
    until: dt.date | None = None,
    values: Mapping[str, Any],
    uploads: Uploads | None = None,
    token: str | None = None,
    by: Actor,
) -> Record:
    """A record about a unit, under the version in force today. ``values`` as typed by field."""
    if token and Record.objects.filter(token=token).exists():
        raise Refused(already(_("Bản ghi này đã được ghi vào sổ.")))
    version = version_on(register.versions.all(), clock.today())
    assert version is not None  # may_enter asked
    if unit.pk not in rules.writable(by, register, version):
        raise Refused(refuse(_("Bạn không ghi sổ này về đơn vị đó.")))
    entry = Record(
        register=register, version=version, unit=unit, token=token or None,
        office=_office(by, version, unit), entered_at=clock.now(), entered_by=person_of(by),
    )  # fmt: skip
    _fill(entry, day, until, values, attached={c for c, sent in (uploads or {}).items() if sent})
    entry.save()
    _attach(entry, uploads)
    record(entry, concerns=unit.pk, register=version.name, day=day)
    return entry


@action("registers.record.correct", may=rules.may_correct, says=gettext_lazy("đính chính sổ"))
def correct(
    entry: Record,
    *,
    edition: int,
    day: dt.date,
    until: dt.date | None = None,
    values: Mapping[str, Any],
    uploads: Uploads | None = None,
    taken_off: Sequence[int] = (),
    reason: str,
    by: Actor,
) -> Correction:
    """Changes what a record says, by the fields it was written under. ``edition``: the one seen.

    What it said before stays readable with the reason.
    """
    if entry.edition != edition:
        raise Stale(_("Bản ghi đã được đính chính từ lúc bạn mở trang. Hãy xem lại bản mới."))
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do đính chính.")))
    before, sent = entry.content(), {c for c, found in (uploads or {}).items() if found}
    off = entry.files.filter(pk__in=taken_off, taken_off_at=None)
    left = entry.files.filter(taken_off_at=None).exclude(pk__in=taken_off)
    _fill(entry, day, until, values, attached=sent | set(left.values_list("field", flat=True)))
    if entry.content() == before and not sent and not off.exists():
        raise Refused(refuse(_("Không có gì khác với bản ghi đang có.")))
    entry.edition += 1
    entry.save()
    off.update(taken_off_at=clock.now())
    _attach(entry, uploads)
    kept = Correction.objects.create(
        record=entry, edition=entry.edition, before=before, after=entry.content(),
        reason=reason.strip(), corrected_at=clock.now(), corrected_by=person_of(by),
    )  # fmt: skip
    record(
        entry, concerns=entry.unit_id, reason=_said(entry, reason), register=entry.version.name,
        edition=entry.edition,
    )  # fmt: skip
    return kept


@action("registers.record.withdraw", may=rules.may_withdraw, says=gettext_lazy("rút bản ghi"))
def withdraw(entry: Record, *, reason: str, by: Actor) -> Record:
    """Takes a mistake off the register: it counts no more, and stays readable as withdrawn."""
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do rút bản ghi.")))
    entry.withdrawn_at, entry.withdrawn_reason = clock.now(), reason.strip()
    entry.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(entry, concerns=entry.unit_id, reason=_said(entry, reason), register=entry.version.name)
    return entry


def what_is_wrong(
    version: RegisterVersion, day: dt.date, until: dt.date | None, today: dt.date
) -> tuple[str, str] | None:
    """(day or until, why) these days cannot stand in a record, or nothing."""
    if day > today and not version.keeps_validity:
        return "day", _("Ngày không được sau hôm nay.")
    if until and not version.keeps_validity:
        return "until", _("Sổ này không theo dõi hiệu lực, thời hạn.")
    if until and until < day:
        return "until", _("Ngày cuối phải từ ngày bắt đầu trở đi.")
    return None


def _fill(
    entry: Record,
    day: dt.date,
    until: dt.date | None,
    values: Mapping[str, Any],
    attached: set[str],
) -> None:
    """Puts typed values on the record. Refused, in words, for what the version does not allow."""
    if wrong := what_is_wrong(entry.version, day, until, clock.today()):
        raise Refused(refuse(wrong[1]))
    kept = {}
    for field in entry.version.declared:
        value = field.keep(values.get(field.code)) if field.kind != Kind.FILE else None
        if field.required and value is None and field.code not in attached:
            raise Refused(refuse(_("Chưa ghi “%s”.") % field.label))
        if value is not None:
            kept[field.code] = value
    entry.day, entry.until, entry.values = day, until, kept
    entry.search_key = words_of(entry.version.declared, kept)


def _attach(entry: Record, uploads: Uploads | None) -> None:
    for field, sent in (uploads or {}).items():
        for upload in sent:
            RecordFile.objects.create(
                record=entry, field=field, file=files.store(upload), name=upload.name or "tep"
            )


def _office(by: Actor, version: RegisterVersion, unit: Unit) -> str:
    """Empty where the unit writes of itself, also when it is such an office."""
    own = version.units_write and unit.pk in by.scopes(*rules.ACTING)
    return "" if own else rules.office_of(by, version, version.register.body_id)


def _said(entry: Record, reason: str) -> str:
    """A reason may name people: of a record of limited access it stays with the record."""
    return "" if entry.version.limited else reason.strip()
