"""From an amending document to proposals of changes; writes nothing.

``vanban`` reads the file; ``amending_passages`` and ``amending_tables`` find what changes
something, ``amending_places`` the task or target meant, ``amending_proposing`` and
``amending_rows`` what becomes of it. What cannot be told is kept as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from danvan.organisations.audience import Audience
from danvan.programmes import amending_proposing, amending_rows, amending_tables
from danvan.programmes import amending_words as words
from danvan.programmes.amending_passages import Passage, aside, passages, points_to_table
from danvan.programmes.amending_places import Places
from danvan.programmes.amending_proposing import Kind, Proposal, unread
from danvan.programmes.models import Programme
from vanban import symbols
from vanban.errors import ReadingError
from vanban.model import Document, Provision

Json = dict[str, Any]


class NotAmending(ReadingError):
    """The document was read, but says nothing of this plan."""

    message = "Văn bản này không sửa đổi kế hoạch đang mở."


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document would change, in its order, and its own header."""

    header: Json
    proposals: list[Proposal]


def read(document: Document, programme: Programme, audience: Audience) -> Reading:
    """Raises NotAmending where the document does not name the plan."""
    code = symbols.key(programme.plan.code)
    if not any(c.number and symbols.key(c.number) == code for c in document.citations):
        told = _("Văn bản này không nhắc đến %(plan)s nên không đọc được thành sửa đổi của nó.")
        raise NotAmending(told % {"plan": programme.plan.short})
    plan, tables = Places(programme, audience), amending_tables.tables(document.text)
    rows = {p.index for p in document.provisions if any(p.span in table for table in tables)}
    made: list[tuple[int, list[Proposal]]] = [
        (each.start if isinstance(each, Passage) else each.span.start,
         _read(plan, each, with_tables=bool(tables)))
        for each in passages(document, rows)
    ]  # fmt: skip
    for table in tables:
        made += [(table.start, amending_rows.proposals(plan, row)) for row in table.rows]
    made.sort(key=lambda pair: pair[0])
    return Reading(_header(document), _merged([one for _at, some in made for one in some]))


def _read(plan: Places, each: Passage | Provision, with_tables: bool) -> list[Proposal]:
    if isinstance(each, Passage):
        if with_tables and points_to_table(each):
            return [Proposal(Kind.ASIDE, each.text)]
        return amending_proposing.proposals(plan, each)
    said = f"{each.marker} {each.text}".strip()
    if aside(each):
        return [Proposal(Kind.ASIDE, said)]
    return [unread(said, _("không nhận ra câu này sửa đổi điều gì"))]


def _header(document: Document) -> Json:
    head = document.header
    day = words.effect_day(document.text, head.date)
    return {
        "type": head.type or "",
        "code": f"{head.number}/{head.symbol}" if head.number and head.symbol else "",
        "date": head.date.isoformat() if head.date else None,
        "issuer": head.issuer or "",
        "signer": head.signer or "",
        "signer_position": (head.signer_position or "")[:120],
        "in_force_from": day.isoformat() if day else None,
    }


def _merged(made: Sequence[Proposal]) -> list[Proposal]:
    """Several passages about one task are one proposal, whose words are all of theirs."""
    kept: list[Proposal] = []
    for one in made:
        same = next((i for i, k in enumerate(kept) if _same(k, one)), None)
        if same is None:
            kept.append(one)
            continue
        before = kept[same]
        text = before.words if one.words == before.words else f"{before.words}\n{one.words}"
        least = min(before.confidence, one.confidence)
        kept[same] = replace(one, words=text, confidence=least)
    return kept


def _same(one: Proposal, other: Proposal) -> bool:
    return (one.task is not None and one.task == other.task) or (
        one.target is not None and one.target == other.target
    )
