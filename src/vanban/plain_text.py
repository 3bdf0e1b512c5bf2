"""Bytes of a text file as text: UTF-8, UTF-16, Windows-1258, TCVN3 and VNI."""

from __future__ import annotations

import codecs

from vanban.errors import Damaged, UnsupportedFormat
from vanban.legacy import detect, from_bytes
from vanban.text import nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TEXT_CONTROLS = frozenset("\t\n\r\f\x0b\x1a")


def decode(data: bytes) -> str:
    """The text of the bytes, NFC. Raises ``Damaged`` or ``UnsupportedFormat`` for binary data."""
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str, str]:
    """The text of the bytes and the encoding it was in: "utf-8", "utf-16", "tcvn3", "vni" …

    Raises ``Damaged`` or ``UnsupportedFormat`` for binary data.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data, encoding).lstrip("\ufeff")), encoding
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if 5 * (even + odd) > len(head):
        # half of the bytes of ASCII letters in UTF-16 are zero
        return _checked(_strict(data, "utf-16-le" if odd > even else "utf-16-be")), "utf-16"
    if 100 * (even + odd) > len(head):
        raise UnsupportedFormat()
    data = data.replace(b"\x00", b"")
    try:
        return _checked(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    legacy = detect(data)
    if legacy is not None:
        return _checked(from_bytes(data, legacy)), legacy
    return _checked(data.decode("cp1258", errors="replace")), "cp1258"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Damaged() from error


def _checked(text: str) -> str:
    """The text when it reads like one: few control and replacement characters."""
    sample = text[:20000]
    odd = sum(1 for c in sample if (c < " " and c not in _TEXT_CONTROLS) or c == "\ufffd")
    if odd > max(2, len(sample) // 50):
        raise UnsupportedFormat()
    return nfc(text.replace("\x00", ""))
