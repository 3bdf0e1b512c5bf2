"""Sealing a denouncer's identity, and making the copy that verifiers read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.vault import keys, reading, rules
from danvan.vault import words as telling
from danvan.vault.models import RedactedCopy, Sealed, SealedFile


@sensitive_variables()
def seal(
    body: Unit,
    *,
    words: Mapping[str, str] | None = None,
    files: Iterable[UploadedFile] = (),
    case_key: str = "",
    off_system_place: str = "",
    beside: str = "",
    by: Actor,
) -> Sealed:
    """Keeps who denounced under the vault's key and returns the number to write instead.

    ``words``: fields of ``vault.words.FIELDS``. ``off_system_place``: nothing is stored but the
    number and where the paper envelope lies. ``beside``: what will stand in clear in the case;
    Refused if it gives the denouncer away. Raises Refused without a vault key.
    """
    sealed: Sealed = _seal(body, words, files, case_key, off_system_place.strip(), beside, by=by)
    return sealed


@action("vault.identity.seal", may=rules.may_seal, says=gettext_lazy("niêm một danh tính"))
@sensitive_variables()
def _seal(
    body: Unit,
    words: Mapping[str, str] | None,
    files: Iterable[UploadedFile],
    case_key: str,
    place: str,
    beside: str,
    *,
    by: Actor,
) -> Sealed:
    kept = telling.kept(words or {})
    if case_key and Sealed.objects.filter(case_key=case_key).exists():
        raise Refused(already(_("Danh tính của vụ việc này đã được niêm.")))
    if place and (kept or files):
        raise Refused(refuse(_("Đã giữ ngoài hệ thống thì không ghi danh tính vào hệ thống.")))
    if not place and not kept:
        raise Refused(refuse(_("Ghi danh tính, hoặc ghi nơi giữ phong bì.")))
    if told := telling.given_away(kept, beside):
        raise Refused(refuse(_("Phần không niêm còn lộ: %s.") % ", ".join(told)))
    sealed = _numbered(body, case_key, place, by)
    if place:
        sealed.save()
    else:
        _encrypt(sealed, kept, files)
    # The history tells the number, not the case: who reads it is not who may open.
    record(sealed, concerns=None, number=sealed.number)
    return sealed


@action("vault.identity.redact", may=rules.may_redact, says=gettext_lazy("lập bản đã che"))
@sensitive_variables()
def redact(sealed: Sealed, *, text: str, hide: Iterable[str] = (), by: Actor) -> RedactedCopy:
    """Keeps ``text`` with the identity and every phrase of ``hide`` masked, for verifiers."""
    masked, hidden = preview(sealed, text=text, hide=hide)
    if not masked.strip():
        raise Refused(refuse(_("Chưa có nội dung để che.")))
    copy = RedactedCopy.objects.create(
        sealed=sealed, text=masked, hidden=hidden, made_at=clock.now(), made_by_id=by.id
    )
    record(copy, concerns=None, number=sealed.number, places=hidden)
    return copy


@sensitive_variables()
def preview(sealed: Sealed, *, text: str, hide: Iterable[str] = ()) -> tuple[str, int]:
    """How the copy would read, and how many places are masked. Shows nothing that was sealed."""
    known = {} if sealed.off_system else reading.words_of(sealed)
    return telling.redact(text.replace("\r\n", "\n"), known, [h for h in hide if h.strip()])


def _numbered(body: Unit, case_key: str, place: str, by: Actor) -> Sealed:
    """The next number of the body's year; the body's row is locked."""
    now = clock.now()
    year = clock.local_day(now).year
    last = Sealed.objects.filter(body=body, year=year).order_by("-serial").first()
    return Sealed(
        body=body, year=year, serial=(last.serial if last else 0) + 1, case_key=case_key,
        off_system=bool(place), place=place, sealed_at=now, sealed_by_id=by.id,
    )  # fmt: skip


@sensitive_variables()
def _encrypt(sealed: Sealed, words: dict[str, str], files: Iterable[UploadedFile]) -> None:
    try:
        sealed.key_id = keys.current()
    except keys.NoKey:
        raise Refused(
            refuse(_("Máy chủ chưa có khóa của két. Hãy giữ danh tính trong phong bì niêm phong."))
        ) from None
    data_key = keys.new_data_key()
    sealed.wrapped_key = keys.wrap(data_key, sealed.key_id, sealed.bound_to)
    clear = json.dumps(words, ensure_ascii=False).encode()
    sealed.ciphertext = keys.seal(data_key, clear, f"{sealed.bound_to}|words")
    sealed.save()
    for place, file in enumerate(files, start=1):
        file.seek(0)
        row = SealedFile(sealed=sealed, place=place)
        named = (file.name or "").encode()[:400]
        content = len(named).to_bytes(2, "big") + named + file.read()
        row.ciphertext = keys.seal(data_key, content, row.bound_to)
        row.save()
