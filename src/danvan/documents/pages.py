"""What the pages show, put together from the queries: lists of plain values for templates."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from danvan.documents import queries
from danvan.documents.models import (
    Addressee,
    Citation,
    DispatchMark,
    Document,
    Provision,
    Relation,
    TextVersion,
)
from danvan.documents.validity import Standing, passive
from danvan.documents.words import Piece, asked, marked
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.queries import names_on


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; the words that were looked for are marked."""

    document: Document
    name: list[Piece]
    subject: list[Piece]
    snippet: list[Piece]


def rows(page: Iterable[Document], words: str) -> list[Row]:
    documents, wanted = list(page), asked(words)
    found = queries.snippets(documents, words)
    return [
        Row(d, marked(d.short, wanted), marked(d.subject, wanted), found.get(d.pk, []))
        for d in documents
    ]


def provisions(document: Document, words: str) -> list[tuple[Provision, list[Piece]]]:
    wanted = asked(words)
    return [(p, marked(p.text, wanted)) for p in document.provisions.all()]


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is cited: how it stood on the day asked about, and what ended since."""

    document: Document
    places: list[Citation]
    then: Standing
    now: Standing

    @property
    def ended_since(self) -> bool:
        """In force then (or not known), not in force today."""
        return self.now.state in ("ended", "suspended") and self.then.holds is not False


def cites(document: Document, day: dt.date) -> list[Cited]:
    """Each cited document once, in the order of the text."""
    found: dict[int, tuple[Document, list[Citation]]] = {}
    for citation in queries.citations_in(document):
        found.setdefault(citation.cited_id, (citation.cited, []))[1].append(citation)
    today = clock.today()
    return [
        Cited(cited, places, cited.standing_on(day), cited.standing_on(today))
        for cited, places in found.values()
    ]


def changes(document: Document) -> list[tuple[str, Relation, Document]]:
    """Both ways: (what, relation, the other document), by day; withdrawn ones last."""
    acts = document.acts.select_related("target").defer("target__text", "target__recipients")
    found = [(passive(r), r, r.acting) for r in document.acted_on.all()]
    found += [
        (f"{r.get_kind_display()} {r.target.called}" + (f" ({r.scope})" if r.scope else ""), r,
         r.target)
        for r in acts
    ]  # fmt: skip
    return sorted(
        found, key=lambda c: (c[1].withdrawn_at is not None, c[1].effective_on or dt.date.max)
    )


# --- two texts beside each other ---


@dataclass(frozen=True, slots=True)
class Text:
    """One dated text; ``key`` names it in the address ("goc" is the original)."""

    key: str
    valid_from: dt.date | None
    text: str


def chosen(
    document: Document, versions: list[TextVersion], asked_for: Mapping[str, str]
) -> tuple[Text | None, Text | None]:
    """The two texts to lay beside each other: as asked, else the last two. None: fewer than two."""
    every = [Text("goc", document.issued_on, document.text)] if document.text else []
    every += [Text(f"{v.valid_from:%Y-%m-%d}", v.valid_from, v.text) for v in versions]
    if len(every) < 2:
        return None, None
    named = {text.key: text for text in every}
    before = named.get(asked_for.get("tu", ""), every[-2])
    return before, named.get(asked_for.get("den", ""), every[-1])


Line = tuple[str, list[tuple[str, str]]]


def difference(before: str, after: str) -> list[Line]:
    """Lines of both: ("same"|"changed"|"added"|"removed", [(same|added|removed, words)])."""
    old, new = before.splitlines(), after.splitlines()
    made: list[Line] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            made += [("same", [("same", line)]) for line in old[a:b]]
        elif tag == "replace":
            made += _lines(old[a:b], new[c:d])
        else:
            made += [("removed", [("removed", line)]) for line in old[a:b]]
            made += [("added", [("added", line)]) for line in new[c:d]]
    return made


def _lines(old: list[str], new: list[str]) -> list[Line]:
    """Lines put in the place of others: pairs that are alike are compared by words."""
    made: list[Line] = []
    for before, after in zip_longest(old, new):
        if before and after and difflib.SequenceMatcher(None, before, after).ratio() > 0.4:
            made.append(("changed", _words(before, after)))
            continue
        if before is not None:
            made.append(("removed", [("removed", before)]))
        if after is not None:
            made.append(("added", [("added", after)]))
    return made


def _words(before: str, after: str) -> list[tuple[str, str]]:
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    made: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(("same", "".join(old[a:b])))
            continue
        if a < b:
            made.append(("removed", "".join(old[a:b]).rstrip()))
            made.append(("same", " "))
        if c < d:
            made.append(("added", "".join(new[c:d]).rstrip()))
            made.append(("same", " "))
    return made


# --- dispatch ---


@dataclass(frozen=True, slots=True)
class Receipt:
    """One addressee with its proofs, in the order of time."""

    addressee: Addressee
    name: str
    marks: list[DispatchMark]

    def _first(self, kind: str) -> DispatchMark | None:
        return next((m for m in self.marks if m.kind == kind), None)

    @property
    def sent(self) -> DispatchMark | None:
        return self._first("sent")

    @property
    def opened(self) -> DispatchMark | None:
        return self._first("opened")

    @property
    def acknowledged(self) -> DispatchMark | None:
        return self._first("acknowledged")


def receipts(document: Document) -> list[Receipt]:
    """Everybody in "Nơi nhận"; units under their name on the day of issue. Three queries."""
    found = list(queries.addressees_of(document))
    day = document.issued_on or clock.today()
    names = names_on(day, [a.unit_id for a in found if a.unit_id])
    return [Receipt(a, names.get(a.unit_id or 0, a.written), list(a.marks.all())) for a in found]


def receipts_of(document: Document, actor: Actor) -> list[Addressee]:
    """The actor's own units among the addressees, for the way to their receipt."""
    units = actor.scopes(*queries.ACTS_FOR, roles.MEMBER)
    return list(document.addressees.filter(unit__in=units))
