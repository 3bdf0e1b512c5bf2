"""Taking in what somebody brings: number and receipt, senders, words, papers; or the vault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from danvan.kernel import clock, files
from danvan.kernel.access import SYSTEM, Actor, Refused, already, refuse
from danvan.kernel.actions import action
from danvan.organisations.models import Unit
from danvan.petitions import indexing, rules
from danvan.petitions.actions.steps import keep
from danvan.petitions.models import (
    CONFIDENTIAL,
    Content,
    Kind,
    Paper,
    Petition,
    ReceiptSeries,
    Sender,
)
from danvan.vault.actions import sealing
from danvan.vault.models import Sealed

# Read aloud on the telephone and typed on a small screen: no letter that looks like another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10


@dataclass(frozen=True, slots=True)
class Person:
    """Who sent it, as they said."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    represents: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender takes home. The secret is shown once: only its digest is kept."""

    number: str
    secret: str
    petition: int


@dataclass(slots=True)
class Brought:
    """What is brought, as it is told at the counter, on the telephone, in a letter, on the web."""

    kind_said: str
    subject: str
    text: str
    channel: str
    senders: Sequence[Person] = ()
    files: Sequence[UploadedFile] = ()
    people: int = 1
    received_on: dt.date | None = None
    demand: str = ""
    settled_before: str = ""
    at_reception: bool = False
    forwarder: str = ""
    forwarder_name: str = ""
    # Of a denunciation kept on paper: where the sealed envelope lies.
    envelope: str = ""
    token: str = ""


@action("petitions.petition.receive", may=rules.may_receive, says=gettext_lazy("tiếp nhận đơn"))
@sensitive_variables()
def receive(body: Unit, *, brought: Brought, by: Actor) -> Receipt:
    """Gives the next number of the body's year and a secret, and keeps what was brought.

    What is called a denunciation goes into the vault: sender, words and papers; the case holds
    the office's summary. One without a sender has none anywhere.
    """
    day = _judged(brought)
    secret = secret_of(brought.token)
    petition = _numbered(body, day, brought, by)
    petition.secret_hash = digest(petition.number, secret)
    if brought.kind_said == Kind.DENUNCIATION:
        petition.sealed = _seal(body, brought, by)
    petition.save()
    _contents(petition, brought, by)
    keep(petition, "received", on=day, by=by, channel=petition.get_channel_display())
    indexing.refresh(petition)
    return Receipt(petition.number, secret, petition.pk)


def secret_of(token: str) -> str:
    """The secret of a receipt: by chance, or the same each time for the token of one form, so
    that whoever clicked twice reads the receipt that was made by the first click."""
    if not token:
        return get_random_string(LENGTH, LETTERS)
    drawn = salted_hmac("danvan.petitions.receipt", token, algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:LENGTH])


def digest(number: str, secret: str) -> str:
    """What is kept of a secret: a keyed digest bound to the number."""
    told = "".join(secret.lower().split()).replace("-", "")
    return salted_hmac("danvan.petitions", f"{number}\n{told}", algorithm="sha256").hexdigest()


def next_number(body: Unit, year: int) -> tuple[int, str]:
    """The next serial of the body's year (its row stays locked) and the number people type."""
    ReceiptSeries.objects.get_or_create(body=body, year=year)
    series = ReceiptSeries.objects.select_for_update().get(body=body, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last, f"{body.pk}.{year}.{series.last:05d}"


def representatives_wrong(people: int, named: int) -> str:
    """Why so many speak for so many cannot be, or nothing (Luật Tiếp công dân 2013, Điều 29)."""
    if people < 5 or named == 0:
        return ""
    most = 2 if people <= 10 else 5
    if named > most:
        words = _("%(people)d người thì cử nhiều nhất %(most)d người đại diện, đang ghi %(named)d.")
        return words % {"people": people, "most": most, "named": named}
    return ""


def _judged(brought: Brought) -> dt.date:
    """The day of receipt; Refused, with the reason, if this cannot be taken in."""
    day = brought.received_on or clock.today()
    if brought.token and (held := Petition.objects.filter(token=brought.token).first()):
        raise Refused(already(_("Đơn này đã được tiếp nhận, số %s.") % held.number))
    if day > clock.today():
        raise Refused(refuse(_("Ngày nhận không được sau hôm nay.")))
    if not brought.subject.strip():
        raise Refused(refuse(_("Ghi tóm tắt nội dung đơn.")))
    confidential = brought.kind_said in CONFIDENTIAL
    if brought.kind_said == Kind.ANONYMOUS and any(p.name.strip() for p in brought.senders):
        raise Refused(refuse(_("Đơn không rõ người gửi thì không ghi người gửi ở đâu cả.")))
    if not confidential and not any(p.name.strip() for p in brought.senders):
        raise Refused(refuse(_("Ghi họ tên người gửi.")))
    named = sum(p.represents for p in brought.senders)
    if wrong := representatives_wrong(brought.people, named):
        raise Refused(refuse(wrong))
    return day


def _numbered(body: Unit, day: dt.date, brought: Brought, by: Actor) -> Petition:
    serial, number = next_number(body, day.year)
    return Petition(
        body=body, holder=body, year=day.year, serial=serial, number=number,
        channel=brought.channel, received_on=day, received_at=clock.now(), received_by_id=by.id,
        kind_said=brought.kind_said, subject=brought.subject.strip(),
        people=max(brought.people, 1), at_reception=brought.at_reception,
        confidential=brought.kind_said in CONFIDENTIAL, forwarder=brought.forwarder,
        forwarder_name=brought.forwarder_name.strip(), token=brought.token or None,
    )  # fmt: skip


@sensitive_variables()
def _seal(body: Unit, brought: Brought, by: Actor) -> Sealed:
    """Sender, words and papers into the vault. The web seals in the name of the system."""
    words = {} if brought.envelope else sealed_words(brought.senders, brought.text)
    # A citizen's own summary may tell who wrote it; the web stores a neutral one (public.py).
    return sealing.seal(
        body, words=words, files=() if brought.envelope else brought.files,
        off_system_place=brought.envelope, beside=brought.subject,
        by=SYSTEM if by is rules.CITIZEN else by,
    )  # fmt: skip


def sealed_words(senders: Iterable[Person], text: str) -> dict[str, str]:
    """The vault's fields of those who sent it; several people stand one under another."""
    told = {"name": "name", "address": "address", "phone": "phone", "email": "email"}
    words = {
        field: "\n".join(value for p in senders if (value := getattr(p, attribute)))
        for field, attribute in told.items()
    }
    return {**words, "text": text}


def _contents(petition: Petition, brought: Brought, by: Actor) -> None:
    """Words, senders and papers of what is not sealed; of an anonymous one no sender."""
    if petition.sealed_id:
        Content.objects.create(petition=petition, text="")
        return
    Content.objects.create(
        petition=petition, text=brought.text.strip(), demand=brought.demand.strip(),
        settled_before=brought.settled_before.strip(),
    )  # fmt: skip
    if not petition.confidential:
        Sender.objects.bulk_create(
            Sender(
                petition=petition, name=p.name.strip(), address=p.address.strip(),
                phone=p.phone.strip(), email=p.email.strip(), represents=p.represents,
            )
            for p in brought.senders if p.name.strip()
        )  # fmt: skip
    add_papers(petition, brought.files, _("kèm theo đơn"), by)


def add_papers(petition: Petition, sent: Iterable[UploadedFile], about: str, by: Actor) -> None:
    """Keeps files with the petition."""
    for file in sent:
        Paper.objects.create(
            petition=petition, file=files.store(file), name=(file.name or "")[:200], about=about,
            added_at=clock.now(), added_by_id=by.id,
        )  # fmt: skip
