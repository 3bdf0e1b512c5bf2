"""Which of many tasks says the same as a given one. A proposal: a person sees and changes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from vanban.text import search_key

# Shares of common word pairs from which two texts are taken to be one task, a likely carrier.
SAME, LIKELY = 0.6, 0.35

Pairs = frozenset[tuple[str, str]]


def pairs(text: str) -> Pairs:
    """Neighbouring words without figures, so that neither year nor date keeps texts apart."""
    words = re.findall(r"[^\W\d]+", search_key(text))
    return frozenset(pairwise(words)) or frozenset((word, "") for word in words)


def share(one: Pairs, other: Pairs) -> float:
    """0 (nothing in common) to 1 (the same pairs)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


class Texts:
    """Texts one may look in, each under a number."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self.known = [(number, pairs(text)) for number, text in texts]

    def nearest(self, text: str, floor: float = SAME) -> int | None:
        """The nearest, if near enough."""
        found = self.near(text, floor)
        return found[0] if found else None

    def near(self, text: str, floor: float = LIKELY, most: int = 3) -> list[int]:
        """Those near enough, nearest first."""
        wanted = pairs(text)
        ranked = sorted(
            ((share(wanted, known), -number, number) for number, known in self.known), reverse=True
        )
        return [number for part, _order, number in ranked[:most] if part >= floor]


def once_each(wanted: Sequence[int | None]) -> list[int | None]:
    """Each number only where it stands first: one task of last year has one follower."""
    seen: set[int] = set()
    made: list[int | None] = []
    for number in wanted:
        made.append(None if number in seen else number)
        if number is not None:
            seen.add(number)
    return made
