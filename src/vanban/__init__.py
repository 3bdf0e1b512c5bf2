"""vanban: Vietnamese official documents as data.

``read`` takes the bytes of a .docx, .pdf, .txt, .md or .html file, ``compile_text`` a text;
both give a ``Document``: header, tree of provisions, citations, duties and targets, every one
with its place in the text and how sure it is. Pure Python, no network, no model.
"""

from __future__ import annotations

from vanban.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    NotADocument,
    ReadingError,
    ScanWithoutText,
    TooLarge,
    UnsupportedFormat,
)
from vanban.model import (
    Citation,
    Document,
    Due,
    Duty,
    Evidence,
    Header,
    Party,
    Provision,
    Span,
    Target,
)
from vanban.reading import read
from vanban.structure import compile_text

__all__ = [
    "Citation", "Damaged", "Document", "Due", "Duty", "EmptyFile", "Encrypted", "Evidence",
    "Header", "NotADocument", "Party", "Provision", "ReadingError", "ScanWithoutText", "Span",
    "Target", "TooLarge", "UnsupportedFormat", "compile_text", "read",
]  # fmt: skip
