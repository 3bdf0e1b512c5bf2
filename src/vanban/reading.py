"""From the bytes of a file to a ``Document``.

The format follows from the content where it has a signature (PDF, zip, OLE) and from the
extension otherwise. Every way a file can be unfit ends in a named ``ReadingError`` whose
message is written for the person who sent it; no other exception leaves this module.
"""

from __future__ import annotations

from pathlib import PurePath

from vanban.docx_text import docx_to_text
from vanban.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    ReadingError,
    TooLarge,
    UnsupportedFormat,
)
from vanban.html_text import html_to_text
from vanban.model import Document
from vanban.pdf_text import pdf_to_text
from vanban.plain_text import decode
from vanban.structure import SourceFormat, compile_text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXTENSIONS: dict[str, SourceFormat] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    "": "txt",
}
#: Characters of extracted text beyond which a file is refused (about 3 000 pages).
MAX_TEXT = 10_000_000


def read(data: bytes, name: str, *, max_bytes: int = 20_000_000) -> Document:
    """The document in a file's bytes; ``name`` gives the extension.

    Raises ``EmptyFile``, ``TooLarge`` (more than ``max_bytes`` bytes, or more text than
    ``MAX_TEXT`` characters), ``Encrypted``, ``ScanWithoutText``, ``UnsupportedFormat``,
    ``Damaged`` or ``NotADocument``: all are ``ReadingError``.
    """
    if not data or not data.strip(b"\x00\r\n\t "):
        raise EmptyFile()
    if len(data) > max_bytes:
        megabytes = f"{max_bytes / 1_000_000:g}".replace(".", ",")
        raise TooLarge(f"Tệp lớn hơn {megabytes} MB nên không đọc.")
    try:
        text, source_format = extract(data, name)
        if len(text) > MAX_TEXT:
            raise TooLarge("Văn bản quá dài để đọc.")
        return compile_text(text, source_format)
    except ReadingError:
        raise
    except (RecursionError, MemoryError) as error:
        raise Damaged() from error


def sniff(data: bytes, name: str) -> SourceFormat:
    """The format of a file, or the error that says why there is none."""
    extension = PurePath(name).suffix.lower()
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if head.startswith(b"%PDF-") or (extension == ".pdf" and b"%PDF-" in data[:2048]):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        if extension in (".docx", ".docm", "", ".zip") or b"word/" in data:
            return "docx"
        raise UnsupportedFormat()
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Encrypted()
        raise UnsupportedFormat(
            "Tệp thuộc định dạng cũ (.doc). Hãy mở và lưu lại thành .docx rồi gửi."
        )
    if extension in (".docx", ".pdf"):
        raise Damaged()
    if extension not in _EXTENSIONS:
        raise UnsupportedFormat()
    low = head[:200].lower()
    if extension in ("", ".txt") and low.startswith((b"<!doctype html", b"<html")):
        return "html"
    return _EXTENSIONS[extension]


def extract(data: bytes, name: str) -> tuple[str, SourceFormat]:
    """The text of a file and its format; tables come out as rows of "| a | b |"."""
    source_format = sniff(data, name)
    if source_format == "pdf":
        return pdf_to_text(data), source_format
    if source_format == "docx":
        return docx_to_text(data), source_format
    text = decode(data)
    return (html_to_text(text) if source_format == "html" else text), source_format
