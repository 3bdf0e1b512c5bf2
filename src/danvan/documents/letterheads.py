"""How a unit writes its name, place and signature on what it issues (Nghị định 30/2020)."""

from __future__ import annotations

import datetime as dt

from danvan.documents.models import Document
from danvan.kernel.access import Actor
from danvan.organisations.models import Post, Unit, UnitKind, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import versions_on
from danvan.ui import written
from vanban import writing

# A committee's documents are signed on behalf of it (Phụ lục I, phần I, mục II.7.a).
COLLEGIATE = (UnitKind.COMMITTEE, UnitKind.WARD, UnitKind.COMMUNE)


def full_name(name: str) -> str:
    """The name as in a letterhead: "UBND …" written out."""
    return f"Ủy ban nhân dân {name.removeprefix('UBND ')}" if name.startswith("UBND ") else name


def place_of(full: str) -> str:
    """The place a body writes beside the date (Nghị định 30/2020, Phụ lục I, mục II.4)."""
    bare = full.removeprefix("Ủy ban nhân dân ")
    for kind, short in (("thành phố ", "TP. "), ("thị xã ", "TX. ")):
        if bare.startswith(kind):
            return short + bare.removeprefix(kind)
    return bare[:1].upper() + bare[1:]


def cited(document: Document) -> str:
    """A document as grounds cite it: type, symbol, date, issuer, subject."""
    parts = [document.type]
    if document.code:
        parts.append(f"số {document.code}")
    if document.issued_on:
        parts.append(writing.written_date(document.issued_on))
    if document.issuer_name:
        parts.append(f"của {document.issuer_name}")
    subject = " ".join(document.subject.split())
    if subject:
        parts.append(subject[:1].lower() + subject[1:])
    return " ".join(parts)


def letterhead_of(unit: Unit, day: dt.date) -> writing.Letterhead:
    """A committee stands alone; any other body stands under the one it belongs to."""
    version = versions_on(day).filter(unit=unit).first()
    above = None
    if version is not None and version.parent_id:
        above = versions_on(day).filter(unit=version.parent_id).first()
    return letterhead(version, above, str(unit))


def letterhead(
    version: UnitVersion | None, above: UnitVersion | None, unnamed: str
) -> writing.Letterhead:
    """The same from versions at hand, for many documents at once; no query.

    ``unnamed`` stands where the unit has no name on that day.
    """
    name = full_name(version.name if version else unnamed)
    if above is None or is_committee(version):
        return writing.Letterhead(None, name, place_of(name))
    superior = full_name(above.name)
    return writing.Letterhead(superior, name, place_of(superior))


def is_committee(version: UnitVersion | None) -> bool:
    """Whether its documents are signed on behalf of it."""
    return version is not None and version.kind in COLLEGIATE


def signature_of(unit: Unit, by: Actor, day: dt.date) -> tuple[writing.Signature, str]:
    """The signature of ``by`` for the unit, and his position in words.

    "TM." before a committee, "KT." before the head a deputy signs for (Điều 13).
    """
    posts = Post.objects.filter(in_force(day), unit=unit)
    own = posts.filter(person=by.id, rank__in=[Post.Rank.HEAD, Post.Rank.DEPUTY]).first()
    head = posts.filter(rank=Post.Rank.HEAD).values_list("title", flat=True).first()
    title = own.title if own else written.UNKNOWN
    lines = [title.upper()]
    if own is not None and own.rank == Post.Rank.DEPUTY and head:
        lines = [f"KT. {head.upper()}", title.upper()]
    version = versions_on(day).filter(unit=unit).first()
    return writing.Signature(_signed_for(version, *lines), by.name), title


def signature_left_open(version: UnitVersion | None, name: str) -> writing.Signature:
    """Where nobody signs yet: the head's place, ``name`` for whoever writes it; no query."""
    head = "CHỦ TỊCH" if is_committee(version) else "THỦ TRƯỞNG ĐƠN VỊ"
    return writing.Signature(_signed_for(version, head), name)


def _signed_for(version: UnitVersion | None, *lines: str) -> tuple[str, ...]:
    return ("TM. ỦY BAN NHÂN DÂN", *lines) if is_committee(version) else lines
