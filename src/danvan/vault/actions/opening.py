"""Opening what was sealed. Not an ``@action``: reads of sealed data are logged apart from
history (a chain of their own), readable only by who audits them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.vault import chain, keys, queries, reading, rules
from danvan.vault import words as telling
from danvan.vault.models import Opening, OpeningSeen, Sealed, SealedFile

OPEN = "vault.identity.open"
ENVELOPE, FILE = "envelope", "file"


@sensitive_variables()
def open_sealed(
    sealed: Sealed, *, reason: str, fields: Collection[str] = (), by: Actor
) -> Mapping[str, str]:
    """The sealed words (only ``fields``, if given), after the opening was written to the log.

    Off-system: nothing to give back; that the envelope was taken out is logged all the same.
    Raises Refused to who is not named, without a reason, or with one that tells who it is.
    """

    def read(locked: Sealed) -> tuple[dict[str, str], list[str]]:
        if locked.off_system:
            return {}, [ENVELOPE]
        known = reading.words_of(locked)
        if telling.given_away(known, reason):
            raise Refused(refuse(_("Lý do không được ghi danh tính người tố cáo.")))
        shown = {f: text for f, text in known.items() if not fields or f in fields}
        return shown, sorted(shown)

    found: dict[str, str] = _logged(sealed, reason, read, by)
    return found


@sensitive_variables()
def open_file(file: SealedFile, *, reason: str, by: Actor) -> tuple[str, bytes]:
    """Name and bytes of one sealed paper; logged as an opening of it."""

    def read(_locked: Sealed) -> tuple[tuple[str, bytes], list[str]]:
        return reading.file_of(file), [f"{FILE} {file.place}"]

    found: tuple[str, bytes] = _logged(file.sealed, reason, read, by)
    return found


@action("vault.opening.see", may=rules.may_see, says=gettext_lazy("xem xét một lần mở hồ sơ mật"))
def see(opening: Opening, *, by: Actor) -> OpeningSeen:
    """Who audits has looked at it."""
    person = person_of(by)
    assert person is not None
    seen = OpeningSeen.objects.create(opening=opening, at=clock.now(), by=person)
    record(opening, concerns=None)
    return seen


@sensitive_variables()
def _logged(
    sealed: Sealed, reason: str, read: Callable[[Sealed], tuple[Any, list[str]]], by: Actor
) -> Any:
    """Asks, reads, writes the log line; what was read goes out only when that is committed."""
    try:
        with transaction.atomic():
            locked = Sealed.objects.select_for_update(of=("self",)).get(pk=sealed.pk)
            if not (decision := rules.may_open(by, locked)):
                raise Refused(decision)
            if not reason.strip():
                raise Refused(refuse(_("Phải ghi lý do mở.")))
            found, fields = read(locked)
            role = queries.role_in(by, locked, clock.today())
            chain.append(
                sealed=locked, body_id=locked.body_id, at=clock.now(), person_id=by.id,
                person_name=by.name[:200], role=role, reason=reason.strip(), fields=fields,
            )  # fmt: skip
            return found
    except keys.NoKey:
        raise Refused(refuse(_("Máy chủ không có khóa của hồ sơ này nên không mở được."))) from None
    except Refused as refused:
        refused.action = OPEN
        audit.note_refusal(OPEN, by, sealed, refused.decision.reason)
        raise
