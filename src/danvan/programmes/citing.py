"""The documents a plan cites, found again in the register or noted there for the first time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from danvan.documents.models import Document
from danvan.programmes import shapes
from vanban import symbols
from vanban.text import search_key


def documents_for(cited: Sequence[shapes.Citation]) -> list[Document]:
    """For each citation its document, saved: one query to find, one insert per new document.

    A numbered document is known by symbol and date (and issuer, where both say one: two
    bodies may give the same number on one day), a law cited by name by its type and name.
    """
    known = list(
        Document.objects.filter(
            Q(code__in=[c.code for c in cited if c.code])
            | Q(issued_on__in={c.date for c in cited if c.date})
            | Q(type__in={c.type for c in cited if not c.code})
        ).defer("text", "recipients")
    )
    found = []
    for citation in cited:
        document = next((d for d in known if _same(d, citation)), None)
        if document is None:
            document = _noted(citation)
            known.append(document)
        found.append(document)
    return found


def _same(document: Document, citation: shapes.Citation) -> bool:
    if not citation.code:
        same_type = search_key(document.type) == search_key(citation.type)
        return same_type and search_key(document.subject) == search_key(citation.name)
    if not document.code or symbols.key(document.code) != symbols.key(citation.code):
        return False
    if document.issued_on and citation.date and document.issued_on != citation.date:
        return False
    ours, theirs = search_key(citation.issuer), search_key(document.issuer_name)
    if not (ours and theirs):
        return True
    # "UBND thành phố" and "Chủ tịch UBND thành phố Tây Ninh": one office said in two ways.
    return ours in theirs or theirs in ours


def _noted(citation: shapes.Citation) -> Document:
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=citation.type,
        code=citation.code,
        subject=citation.name,
        issuer_name=citation.issuer,
        issued_on=citation.date,
    )
