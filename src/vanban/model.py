"""What a reading of an official document yields: plain, frozen values.

Every finding carries the *span* of its words in ``Document.text`` and a
confidence with the reason for it, so that a person can check it against the
page. Nothing here reads or guesses; see ``reading``, ``structure``,
``citations`` and ``duties`` for that.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Role = Literal["lead", "coordinate", "all"]
Deliverable = Literal["plan", "report", "scoring_dossier"]
Comparator = Literal["=", ">=", ">", "<=", "<"]
#: What the text says of a cited document: it amends or replaces another one, or it is itself
#: amended, replaced or repealed.
Relation = Literal["amending", "replacing", "amended", "replaced", "repealed"]
DueWording = Literal["by", "before", "on", "from", "within", "period"]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters ``[start, end)`` in ``Document.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure a finding is: 0 (a guess) to 1 (unambiguous), and why, in Vietnamese."""

    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: name (``None`` where the source has none), position, authority as written."""

    name: str | None
    position: str | None
    authority: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """The components of page 1 and the signature block (Nghị định 30/2020, Phụ lục I).

    A component that is absent or left blank in the source is ``None`` (or empty).
    ``symbol`` excludes the number: "49" and "KH-UBND" for "49/KH-UBND".
    ``issuers`` holds each body of a joint document, which ``issuer`` joins by " - "; ``signers``
    everyone who signs, in reading order, of whom ``signer`` is the chair of minutes or the first.
    """

    number: str | None = None
    symbol: str | None = None
    type: str | None = None
    issuer: str | None = None
    superior: str | None = None
    place: str | None = None
    date: dt.date | None = None
    subject: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    authority: str | None = None
    recipients: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the tree of provisions: a heading, a numbered item, a bullet or a paragraph.

    ``index`` is its position in ``Document.provisions``; ``parent`` the index of its
    parent or ``None``. ``marker`` is as written ("I.", "1.", "d)", "-", "" for a bare
    paragraph); ``path`` joins the markers from the root for people ("IV.2.a"), and where
    the source repeats a marker the repeat is told apart by its order ("IV.2.d#2").
    ``heading`` is true for numbered or lettered nodes (Phần … điểm), false for bullets
    and paragraphs. ``text`` is its own words without marker, broken lines joined.
    """

    index: int
    parent: int | None
    marker: str
    path: str
    depth: int
    heading: bool
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document, with every place that cites it.

    ``number`` is the whole symbol ("04/2015/NĐ-CP") or ``None`` for a law cited by name.
    """

    text: str
    type: str | None
    number: str | None
    date: dt.date | None
    issuer: str | None
    spans: tuple[Span, ...]
    provisions: tuple[int, ...]
    evidence: Evidence
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who owes a duty, as written, and in which role."""

    name: str
    role: Role
    span: Span | None
    #: How the text names the unit: "heading", "subject", "addressee", "field", "column", or
    #: "partner" for a unit with which the task asks to cooperate.
    how: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A limit as written. ``date`` is set when the words name one day, else only ``rule``."""

    text: str
    wording: DueWording
    date: dt.date | None
    rule: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must do what by when.

    One bullet may hold several duties ("… phân công lãnh đạo …; báo cáo kết quả … chậm
    nhất ngày 16/10/2023" is two); they share the provision and differ in span.
    """

    text: str
    provision: int
    parties: tuple[Party, ...]
    due: Due | None
    deliverable: Deliverable | None
    span: Span
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator to be reached. ``value`` is ``None`` where only a direction is asked."""

    value: Decimal | None
    unit: str | None
    comparator: Comparator
    subject: str
    period: str | None
    provision: int
    span: Span
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Document:
    """The result of reading one file. ``text`` is NFC; all spans point into it."""

    text: str
    source_format: Literal["txt", "docx", "pdf", "md", "html"]
    header: Header
    provisions: tuple[Provision, ...]
    citations: tuple[Citation, ...]
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    warnings: tuple[str, ...] = ()
