"""Reads of the register. Nothing in it is secret among those who sign in."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from danvan.documents.models import Citation, Document
from danvan.kernel.access import Actor
from danvan.organisations import roles
from vanban import symbols
from vanban.text import search_key


def visible_to(actor: Actor) -> QuerySet[Document]:
    known = actor.id is not None or actor.has(roles.ADMINISTRATOR)
    return Document.objects.all() if known else Document.objects.none()


def listed(
    documents: QuerySet[Document], *, words: str = "", type: str = "", origin: str = ""
) -> QuerySet[Document]:
    """Filtered for the list; every word must occur, marks and capitals ignored."""
    for word in search_key(words).split():
        documents = documents.filter(search_key__contains=word)
    if type:
        documents = documents.filter(type=type)
    if origin:
        documents = documents.filter(origin=origin)
    # The text may be long; the list shows none of it.
    return documents.defer("text", "recipients").select_related("replaced_by")


def types(documents: QuerySet[Document]) -> list[str]:
    """The types that occur, for the filter."""
    return sorted(set(documents.order_by().values_list("type", flat=True).distinct()))


def known(code: str, issued_on: dt.date | None) -> Document | None:
    """The document of this symbol, however it is spelt ("49 /KH-UBND"), and date."""
    if not code:
        return None
    wanted = symbols.key(code)
    rows = Document.objects.exclude(code="")
    if issued_on is not None:
        rows = rows.filter(Q(issued_on=issued_on) | Q(issued_on__isnull=True))
    return next((row for row in rows.defer("text") if symbols.key(row.code) == wanted), None)


def citations_of(document: Document) -> QuerySet[Citation]:
    """Where other documents cite this one, newest document first."""
    rows = document.cited_at.select_related("document", "provision")
    return rows.defer("document__text").order_by("-document__issued_on", "document_id", "start")


def citations_in(document: Document) -> QuerySet[Citation]:
    """What this document cites, in the order of its text."""
    rows = document.citations_made.select_related("cited", "provision")
    return rows.defer("cited__text").order_by("start")
