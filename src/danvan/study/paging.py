"""A text cut into pages a phone can show; always the same pages for the same words."""

from __future__ import annotations

import hashlib

# About two screens of a phone; a longer paragraph is a page of its own, never cut.
PAGE = 2400


def pages(text: str) -> list[str]:
    """Whole paragraphs, together at most PAGE characters; at least one page."""
    made: list[list[str]] = [[]]
    size = 0
    for paragraph in text.splitlines():
        if made[-1] and size + len(paragraph) > PAGE and paragraph.strip():
            made.append([])
            size = 0
        made[-1].append(paragraph)
        size += len(paragraph) + 1
    return ["\n".join(lines).strip("\n") for lines in made]


def sha256(text: str) -> str:
    """The digest of the words (UTF-8)."""
    return hashlib.sha256(text.encode()).hexdigest()
