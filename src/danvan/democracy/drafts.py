"""A draft as paragraphs to put to the people: from a sent file, or from the register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from danvan.documents.models import Document
from vanban import reading
from vanban.errors import EmptyFile, NotADocument, TooLarge
from vanban.structure import compile_text

MOST = 2000  # paragraphs


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph as read: its marker and path where it has one."""

    marker: str
    path: str
    heading: bool
    text: str


def of_file(data: bytes, name: str) -> list[Piece]:
    """The paragraphs of a sent file. Raises ``vanban.errors.ReadingError``.

    A draft without the marks of an official document is cut at its lines.
    """
    try:
        return _pieces(reading.read(data, name).provisions)
    except NotADocument:
        text, _format = reading.extract(data, name)
        return _lines(text)


def of_document(document: Document) -> list[Piece]:
    """The paragraphs of a document of the register. Raises ``vanban.errors.ReadingError``."""
    if kept := list(document.provisions.all()):
        return _pieces(kept)
    try:
        return _pieces(compile_text(document.text).provisions)
    except NotADocument:
        return _lines(document.text)


def _pieces(provisions: Iterable[Any]) -> list[Piece]:
    """With a path only where the text has markers; a whole sentence is no heading."""
    made = []
    for p in provisions:
        text = p.text.strip()
        title = p.heading and len(text) <= 120 and not text.endswith((".", ";", ":"))
        if text:
            made.append(Piece(p.marker, "" if "¶" in p.path else p.path, title, text))
    return _checked(made)


def _lines(text: str) -> list[Piece]:
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return _checked([Piece("", "", False, line) for line in lines if line])


def _checked(pieces: list[Piece]) -> list[Piece]:
    if not pieces:
        raise EmptyFile()
    if len(pieces) > MOST:
        raise TooLarge("Dự thảo dài quá 2.000 đoạn. Hãy chia thành nhiều phần.")
    return pieces
