"""The passages of an amending document that change something, and the words they quote."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from danvan.programmes import amending_words as words
from vanban.model import Document, Provision

_TABLE = re.compile(r"\b(?:phụ lục|bảng|biểu)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one change: its clause with everything under it."""

    text: str
    context: str = ""
    # Where it begins in the document's text.
    start: int = 0


def passages(document: Document, rows: Container[int] = ()) -> Iterator[Passage | Provision]:
    """Passages that change something, and every other provision as it stands: nothing is lost.

    ``rows``: provisions that are rows of a table, read elsewhere.
    """
    held = document.provisions
    changes = {p.index for p in held if words.CHANGES.match(p.text) and not _title(p)}
    index = 0
    while index < len(held):
        first = held[index]
        if first.index in rows:
            index += 1
            continue
        if first.index not in changes:
            yield first
            index += 1
            continue
        end = index + 1
        text = words.quoted(first.text)
        while end < len(held) and held[end].index not in changes and end not in rows:
            if not (_under(held, end, index) or text.count("“") > text.count("”")):
                break
            text = words.quoted(f"{text}\n{held[end].marker} {held[end].text}".replace("\n ", "\n"))
            end += 1
        nested = end < len(held) and held[end].index in changes and _under(held, end, index)
        if nested and not words.QUOTE.search(text):
            yield first  # "Sửa đổi Mục IV như sau:" with the changes under it
            index += 1
            continue
        yield Passage(text, _context(held, index), first.span.start)
        index = end


def _under(held: Sequence[Provision], index: int, above: int) -> bool:
    parent = held[index].parent
    while parent is not None:
        if parent == above:
            return True
        parent = held[parent].parent
    return False


def _context(held: Sequence[Provision], index: int) -> str:
    """The changing clause it stands under, which may name the place ("Sửa đổi Mục IV như sau")."""
    parent = held[index].parent
    while parent is not None:
        if words.CHANGES.match(held[parent].text):
            return held[parent].text
        parent = held[parent].parent
    return ""


def _title(provision: Provision) -> bool:
    return provision.heading and provision.text == provision.text.upper()


def aside(provision: Provision) -> bool:
    """Titles and the words around the changes; a closing clause, the day of effect."""
    return _title(provision) or bool(words.ASIDE.search(provision.text)) or not provision.text


def points_to_table(passage: Passage) -> bool:
    """ "Điều chỉnh thời hạn một số nhiệm vụ tại Phụ lục kèm theo": the table says the rest."""
    bare = words.QUOTE.sub("", passage.text)
    return bool(_TABLE.search(bare)) and not words.paths(passage.text)


def named(what: str, text: str) -> str:
    """The words of the task or target that is named: nhiệm vụ “…”."""
    found = re.search(rf"{what}\s+“([^”]+)”", text, re.IGNORECASE)
    return found[1] if found else ""


def clause(text: str) -> str:
    """The quoted clause that follows "như sau:"."""
    found = re.search(r"như sau\s*:?\s*“(.*)”", text, re.IGNORECASE | re.DOTALL)
    return found[1] if found else ""


def block(text: str) -> str:
    """That clause; the longest quotation where the passage has none."""
    found = re.findall(r"“([^”]*)”", text, re.DOTALL)
    return clause(text) or max(found, key=len, default="")
