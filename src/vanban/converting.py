"""Files in the encodings of old fonts (TCVN3, VNI, Windows-1258, UTF-16) as Unicode text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from vanban.docx_text import read_docx
from vanban.errors import EmptyFile, TooLarge, UnsupportedFormat
from vanban.legacy import from_bytes
from vanban.plain_text import decoded
from vanban.reading import sniff

Source = Literal["tcvn3", "vni"]


@dataclass(frozen=True, slots=True)
class Conversion:
    """The text of a file in Unicode, NFC. ``source`` says what it was, in words for people;
    ``needed`` is false where the file was UTF-8 (or a .docx in Unicode fonts) all along.
    ``before`` is the text as a program without conversion shows it, empty for a .docx."""

    text: str
    source: str
    needed: bool
    before: str = ""

    def preview(self, count: int = 6) -> list[str]:
        """The first lines that the conversion changes: "- " before and "+ " after."""
        after = [line for line in self.text.splitlines() if line.strip()]
        if not self.before:
            return [f"+ {line}" for line in after[:count]]
        before = [line for line in self.before.splitlines() if line.strip()]
        changed = [(a, b) for a, b in zip(before, after, strict=False) if a != b]
        return [line for a, b in changed[:count] for line in (f"- {a}", f"+ {b}")]


def convert(
    data: bytes, name: str, source: Source | None = None, *, max_bytes: int = 20_000_000
) -> Conversion:
    """The text of a .txt, .md or .docx; ``source`` overrules what the words suggest.

    Raises a ``ReadingError`` for every other file.
    """
    if not data:
        raise EmptyFile()
    if len(data) > max_bytes:
        raise TooLarge()
    kind = sniff(data, name)
    if kind == "docx":
        read = read_docx(data)
        fonts = ", ".join(sorted(read.legacy_fonts))
        return Conversion(read.text, f"phông chữ {fonts}" if fonts else "Unicode", bool(fonts))
    if kind not in ("txt", "md"):
        raise UnsupportedFormat("Chỉ chuyển mã được tệp .txt, .md và .docx.")
    text, encoding = (from_bytes(data, source), source) if source else decoded(data)
    plain = "cp1252" if encoding in ("tcvn3", "vni") else "latin-1"
    shown = data.decode(plain, errors="replace") if encoding != "utf-8" else text
    return Conversion(
        text, PurePath(encoding).name.upper().replace("CP", "Windows-"), encoding != "utf-8", shown
    )
