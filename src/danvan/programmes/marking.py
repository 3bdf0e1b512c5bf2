"""An official text as blocks for the screen: provisions in order, places within them marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_DRESS = re.compile(r"\*+|(?m:^#{1,6}\s*)|_{2,}|`+")
_BLANKS = re.compile(r"[ \t]*(?:\n|<br>)[ \t]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Words to be marked: from, to (characters of the text), and what they are."""

    start: int
    end: int
    about: Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``about`` is the innermost place it belongs to, ``opens`` those it begins."""

    text: str
    about: Any = None
    opens: tuple[Any, ...] = ()


@dataclass(slots=True)
class Block:
    """One provision (``about``), or words outside any: header, signature, recipients."""

    pieces: list[Piece]
    marker: str = ""
    depth: int = 0
    heading: bool = False
    about: Any = None
    tasks: list[Any] = field(default_factory=list)
    targets: list[Any] = field(default_factory=list)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """What is needed of a provision, from a draft or from the register."""

    marker: str
    depth: int
    heading: bool
    start: int
    end: int
    about: Any


# A heading longer than this (in characters) is a sentence with a number, not a title.
TITLE = 140


def blocks(text: str, nodes: Sequence[Node], places: Iterable[Place]) -> list[Block]:
    """The whole text, nothing left out that a person would read."""
    places = sorted(places, key=lambda p: (p.start, -p.end))
    made: list[Block] = []
    at = 0
    for node in nodes:
        made.extend(_outside(text, at, node.start, node.marker, places))
        pieces = list(_pieces(text, node.start, node.end, places))
        # The span may hold the marker already.
        words = _DRESS.sub("", text[node.start : node.end]).lstrip()
        marker = "" if words.startswith(node.marker) else node.marker
        title = node.heading and node.end - node.start <= TITLE
        made.append(Block(pieces, marker, min(node.depth, 6), title, node.about))
        at = max(at, node.end)
    made.extend(_outside(text, at, len(text), "", places))
    return made


def _outside(
    text: str, start: int, end: int, marker: str, places: Sequence[Place]
) -> Iterator[Block]:
    """Paragraphs between provisions; the next one's marker and bare ornaments are not words."""
    at = start
    for part in re.split(r"(\n\s*\n)", text[start:end]):
        stop = at + len(part)
        words = _DRESS.sub("", part).strip()
        if re.search(r"\w", words) and words != marker.strip():
            pieces = list(_pieces(text, at, stop, places))
            if pieces:
                yield Block(pieces)
        at = stop


def _pieces(text: str, start: int, end: int, places: Sequence[Place]) -> Iterator[Piece]:
    inside = [p for p in places if p.start < end and p.end > start]
    cuts = {start, end}
    for place in inside:
        cuts |= {max(place.start, start), min(place.end, end)}
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        over = [p for p in inside if p.start <= left and p.end >= right]
        words = _BLANKS.sub(" ", _DRESS.sub("", text[left:right]))
        if not words:
            continue
        innermost = min(over, key=lambda p: p.end - p.start).about if over else None
        opens = tuple(p.about for p in inside if max(p.start, start) == left)
        yield Piece(words, innermost, opens)
