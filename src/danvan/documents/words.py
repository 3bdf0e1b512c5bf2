"""Words as the full-text index keeps them, and where they stand in the text as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from vanban.text import search_key

# A tsvector holds 1 MB at most; no document of the office comes near.
LONGEST = 600_000
_TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> str:
    """The words without marks, blank between: "Số: 49 /KH-UBND" → "so 49 kh ubnd"."""
    return " ".join(_TOKEN.findall(search_key(text[:LONGEST])))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person looks for: phrases of tokens; the last token may be a beginning."""

    phrases: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.phrases)


def asked(words: str) -> Asked:
    """Every blank-separated word counts; a symbol or words in quotes are looked for together."""
    parts = re.findall(r'["“”]([^"“”]+)["“”]|(\S+)', words[:200])
    found = (tuple(_TOKEN.findall(search_key(quoted or bare))) for quoted, bare in parts)
    return Asked(tuple(phrase for phrase in found if phrase)[:12])


def _flat(char: str) -> str:
    """One letter as one letter, so that places stay where they are."""
    plain = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()
    return plain if len(plain) == 1 else char


_FLAT = {
    code: _flat(chr(code))
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))
}


def places(text: str, words: Asked) -> Iterator[tuple[int, int]]:
    """Where the words stand in NFC ``text``, in order, as half-open spans."""
    if not words:
        return
    *whole, last = words.phrases
    gap = r"[\W_]+"
    patterns = [gap.join(map(re.escape, phrase)) + r"(?![^\W_])" for phrase in whole]
    patterns.append(gap.join(map(re.escape, last)))
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})")
    flat = unicodedata.normalize("NFC", text).translate(_FLAT)
    for found in pattern.finditer(flat):
        yield found.span()


Piece = tuple[str, bool]


def marked(text: str, words: Asked) -> list[Piece]:
    """The whole text in pieces: (words, whether they were looked for)."""
    text = unicodedata.normalize("NFC", text)
    return _pieces(text, list(places(text, words)), 0, len(text))


def snippet(text: str, words: Asked, around: int = 90) -> list[Piece]:
    """The place where most of the words stand together; nothing if the text has none of them."""
    text = unicodedata.normalize("NFC", text)
    spans = list(islice(places(text, words), 500))
    if not spans:
        return []
    first = _densest(text, spans, 2 * around)
    start, end = max(0, first[0] - around // 2), min(len(text), first[0] + 2 * around)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", end)
    end = len(text) if stop < 0 else stop
    part = " ".join(text[start:end].split())
    pieces = _pieces(part, list(places(part, words)), 0, len(part))
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return [p for p in ((before, False), *pieces, (after, False)) if p[0]]


def _densest(text: str, spans: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """The span from which the most different words stand within ``width``; else the first."""
    best, most, end = spans[0], 0, 0
    for index, span in enumerate(spans):
        while end < len(spans) and spans[end][1] - span[0] <= width:
            end += 1
        different = len({text[a:b].translate(_FLAT) for a, b in spans[index : max(end, index + 1)]})
        if different > most:
            best, most = span, different
    return best


def _pieces(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> list[Piece]:
    made: list[Piece] = []
    for a, b in spans:
        if a > start:
            made.append((text[start:a], False))
        made.append((text[a:b], True))
        start = b
    if start < end:
        made.append((text[start:end], False))
    return made


def fts5(wanted: Asked) -> str:
    """The question for SQLite. Tokens hold letters and figures only: nothing is an operator."""
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted.phrases) + " *"


def tsquery(wanted: Asked) -> str:
    """The question for PostgreSQL. The mark of a beginning stands at a word, not at a bracket."""
    told = [" <-> ".join(f"'{token}'" for token in phrase) for phrase in wanted.phrases]
    *whole, last = told
    return " & ".join([*(f"({each})" for each in whole), f"({last}:*)"])
