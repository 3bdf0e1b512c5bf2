"""Reads of the register. Nothing in it is secret among those who sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from danvan.documents import searching
from danvan.documents.models import (
    Addressee,
    Citation,
    DispatchMark,
    Document,
    Relation,
    ReviewTask,
)
from danvan.documents.rules import ACTS_FOR
from danvan.documents.words import Piece, asked, snippet
from danvan.kernel.access import Actor
from danvan.organisations import roles
from vanban import symbols


def visible_to(actor: Actor) -> QuerySet[Document]:
    known = actor.id is not None or actor.has(roles.ADMINISTRATOR)
    return Document.objects.all() if known else Document.objects.none()


def listed(
    documents: QuerySet[Document],
    *,
    words: str = "",
    type: str = "",
    origin: str = "",
    issuer: str = "",
    year: int | None = None,
    in_force: dt.date | None = None,
    whole: bool = False,
) -> QuerySet[Document]:
    """Filtered for the list; every word must occur, marks and capitals ignored.

    ``whole``: every match, however many (for a workbook).
    """
    narrowed = whole or any((type, origin, issuer, year, in_force))
    documents = searching.find(words, documents, most=None if narrowed else searching.MOST)
    if type:
        documents = documents.filter(type=type)
    if origin:
        documents = documents.filter(origin=origin)
    if issuer:
        documents = documents.filter(issuer_name=issuer)
    if year:
        documents = documents.filter(issued_on__year=year)
    if in_force:
        documents = documents.filter(known_in_force(in_force))
    # The text may be long; the list shows none of it.
    return documents.defer("text", "recipients").select_related("replaced_by")


def known_in_force(day: dt.date) -> Q:
    """Documents known to be in force that day: what ``validity.standing`` says, as a filter."""
    begun = Q(in_force_from__lte=day) | Q(in_force_from__isnull=True, in_force_to__isnull=False) & (
        Q(issued_on__isnull=True) | Q(issued_on__lte=day)
    )
    lasting = Q(in_force_to__isnull=True) | Q(in_force_to__gte=day)
    stopped = Relation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        target=OuterRef("pk"), kind=Relation.Kind.SUSPENDS, partly=False,
        withdrawn_at__isnull=True, effective_on__lte=day,
    )  # fmt: skip
    return begun & lasting & ~Q(Exists(stopped))


def issuers(documents: QuerySet[Document], most: int = 200) -> list[str]:
    """The bodies that issued most of them, for the filter."""
    rows = documents.order_by().exclude(issuer_name="").values_list("issuer_name")
    return sorted(name for name, _n in rows.annotate(n=Count("pk")).order_by("-n")[:most])


def snippets(documents: Iterable[Document], words: str) -> dict[int, list[Piece]]:
    """Document id → the place of its text where the words stand. One query."""
    wanted = asked(words)
    if not wanted:
        return {}
    texts = Document.objects.filter(pk__in=[d.pk for d in documents]).exclude(text="")
    found = {pk: snippet(text, wanted) for pk, text in texts.values_list("pk", "text")}
    return {pk: pieces for pk, pieces in found.items() if pieces}


def with_standing(documents: QuerySet[Document]) -> QuerySet[Document]:
    """So that ``standing_on`` of each costs nothing more: one query for all."""
    return documents.prefetch_related(Prefetch("acted_on", acting_upon()))


def acting_upon() -> QuerySet[Relation]:
    """Relations with the acting document, without its text."""
    return Relation.objects.select_related("acting").defer("acting__text", "acting__recipients")


def types(documents: QuerySet[Document]) -> list[str]:
    """The types that occur, for the filter."""
    return sorted(set(documents.order_by().values_list("type", flat=True).distinct()))


def known(code: str, issued_on: dt.date | None) -> Document | None:
    """The document of this symbol, however it is spelt ("49 /KH-UBND"), and date."""
    key = symbols.key(code)[:80] if code else ""
    if not key:
        return None
    rows = Document.objects.filter(code_key=key).exclude(code="")
    if issued_on is not None:
        rows = rows.filter(Q(issued_on=issued_on) | Q(issued_on__isnull=True))
    return rows.defer("text").first()


def citations_of(document: Document) -> QuerySet[Citation]:
    """Where other documents cite this one, newest document first."""
    rows = document.cited_at.select_related("document", "provision")
    return rows.defer("document__text").order_by("-document__issued_on", "document_id", "start")


def citations_in(document: Document) -> QuerySet[Citation]:
    """What this document cites, in the order of its text."""
    rows = document.citations_made.select_related("provision").order_by("start")
    cited = with_standing(Document.objects.defer("text", "recipients"))
    return rows.prefetch_related(Prefetch("cited", cited))


# --- review tasks ---


def reviews(actor: Actor, *, cited: int | None = None) -> QuerySet[ReviewTask]:
    """Every task of the register: open first, then newest. Reading is everyone's who signs in."""
    rows = ReviewTask.objects.filter(citation__cited__in=visible_to(actor))
    if cited is not None:
        rows = rows.filter(citation__cited=cited)
    return rows.select_related(
        "citation__document", "citation__provision", "citation__cited",
        "relation__acting", "relation__target",
    ).defer(
        "citation__document__text", "citation__cited__text",
        "relation__acting__text", "relation__target__text",
    )  # fmt: skip


def reviews_by_document(actor: Actor, today: dt.date) -> list[tuple[Document, int, dt.date]]:
    """(document cited, how many clauses wait, since when) for the programme office."""
    bodies = actor.scopes(roles.PROGRAMME_OFFICE)
    if not bodies:
        return []
    waiting = ReviewTask.objects.filter(
        Q(citation__document__issuer__isnull=True) | Q(citation__document__issuer__in=bodies),
        outcome="", opened_on__lte=today,
    )  # fmt: skip
    rows = waiting.order_by().values("citation__cited").annotate(n=Count("pk"), d=Min("opened_on"))
    counted = {row["citation__cited"]: (row["n"], row["d"]) for row in rows}
    found = Document.objects.filter(pk__in=counted).defer("text", "recipients")
    return [(document, *counted[document.pk]) for document in found]


# --- dispatch ---


def addressees_of(document: Document) -> QuerySet[Addressee]:
    """Everybody it is addressed to, with every proof: two queries."""
    marks = DispatchMark.objects.select_related("file")
    return document.addressees.prefetch_related(Prefetch("marks", marks))


def addressed_to(actor: Actor) -> QuerySet[Addressee]:
    """Lines of "Nơi nhận" the actor may see: of the actor's units, and all for who dispatches."""
    known = actor.scopes(*ACTS_FOR, roles.MEMBER)
    bodies = actor.scopes(roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE, roles.OBSERVER)
    led = actor.scopes(roles.HEAD, roles.DEPUTY)
    rows = Addressee.objects.filter(Q(unit__in=known) | Q(document__issuer__in=bodies | led))
    return rows.select_related("document", "unit").defer("document__text")


def to_acknowledge(actor: Actor) -> QuerySet[Addressee]:
    """What was sent to the units the actor acts for and is not acknowledged. One query."""
    units = actor.scopes(*ACTS_FOR)
    sent = DispatchMark.objects.filter(addressee=OuterRef("pk"), kind="sent")
    done = DispatchMark.objects.filter(addressee=OuterRef("pk"), kind="acknowledged")
    rows = Addressee.objects.filter(Exists(sent), ~Exists(done), unit__in=units)
    return rows.select_related("document").defer("document__text").order_by("-document__issued_on")
