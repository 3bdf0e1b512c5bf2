"""What a caller states about a document: plain, frozen values.

Widths are millimetres, type sizes points. A value that could not be set as Nghị định
30/2020 asks is refused with ``ValueError`` whose message starts with the field's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]

# XML 1.0 cannot carry these; a form or a spreadsheet sometimes does.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def required(field: str, value: str) -> None:
    """Refuse an empty text, or one with characters a .docx cannot hold.

    Raises:
        ValueError: naming ``field``.
    """
    if not value.strip():
        raise ValueError(f"{field}: must not be empty")
    writable(field, value)


def writable(field: str, value: str) -> None:
    """Refuse a text with characters a .docx cannot hold.

    Raises:
        ValueError: naming ``field``.
    """
    if found := _CONTROL.search(value):
        raise ValueError(f"{field}: control character U+{ord(found[0]):04X} cannot be written")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words set apart inside a paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[str | Run, ...]


def plain(text: Text) -> str:
    """The words of ``text`` without their emphasis."""
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else part.text for part in text)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues, and where (Phụ lục I, phần I, mục II.2 and II.4).

    Names are given as in a sentence ("Ủy ban nhân dân thành phố Tây Ninh"): the head of
    page 1 sets them in capitals, an annex cites ``issuer`` as it stands. ``superior`` is
    None for a body that prints none above it. A line break inside a name is kept.
    """

    superior: str | None
    issuer: str
    place: str

    def __post_init__(self) -> None:
        if self.superior is not None:
            required("superior", self.superior)
        required("issuer", self.issuer)
        required("place", self.place)


@dataclass(frozen=True, slots=True)
class Signature:
    """Under what authority and by whom (Điều 13; Phụ lục I, phần I, mục II.7).

    ``authority_lines`` are printed one below the other in capitals, for example
    ``("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")``. ``name`` carries no academic title or rank.
    """

    authority_lines: tuple[str, ...]
    name: str

    def __post_init__(self) -> None:
        if not self.authority_lines:
            raise ValueError("authority_lines: at least one line is required")
        for line in self.authority_lines:
            required("authority_lines", line)
        required("name", self.name)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading, its marker included: "I. MỤC ĐÍCH", "1. Công tác tuyên truyền".

    Level 0 is Phần/Chương (capitals, centred), 1 a part in Roman numerals (capitals),
    2 a titled khoản (bold), 3 a titled điểm (upright: the decree gives điểm no bold).
    """

    text: str
    level: Literal[0, 1, 2, 3] = 1

    def __post_init__(self) -> None:
        required("text", self.text)
        if self.level not in (0, 1, 2, 3):
            raise ValueError(f"level: {self.level} is not 0, 1, 2 or 3")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: justified, first line indented."""

    text: Text

    def __post_init__(self) -> None:
        required("text", plain(self.text))


@dataclass(frozen=True, slots=True)
class Bullet:
    """A dash item; ``marker`` is printed before the text, "-" or "+"."""

    text: Text
    marker: str = "-"

    def __post_init__(self) -> None:
        required("text", plain(self.text))
        required("marker", self.marker)


@dataclass(frozen=True, slots=True)
class Article:
    """An article. "Điều n." is printed by its order in the document, in bold.

    ``titled`` sets the words after the number in bold too, for an article that has a
    heading and its content in ``clauses``.
    """

    text: Text
    clauses: tuple[Text, ...] = ()
    titled: bool = False

    def __post_init__(self) -> None:
        required("text", plain(self.text))
        for clause in self.clauses:
            required("clauses", plain(clause))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, width in mm, alignment of its cells.

    Neighbouring columns with the same ``group`` stand under one common heading.
    """

    title: str
    width_mm: float
    align: Align = "left"
    group: str | None = None

    def __post_init__(self) -> None:
        required("title", self.title)
        if not 5 <= self.width_mm <= 250:
            raise ValueError(f"width_mm: {self.width_mm} is outside 5–250 mm")
        if self.align not in ("left", "center", "right"):
            raise ValueError(f"align: {self.align!r} is not left, center or right")
        if self.group is not None:
            required("group", self.group)


@dataclass(frozen=True, slots=True)
class Group:
    """A bold row across the table that names the rows below it ("I", "Khối phường, xã")."""

    title: str
    marker: str = ""

    def __post_init__(self) -> None:
        required("title", self.title)
        writable("marker", self.marker)


Row = tuple[str, ...] | Group


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings that repeat on every page.

    ``size_pt`` is 11–14 pt. Every row has as many cells as there are columns, or is a
    ``Group``. A table without rows is allowed: it prints its headings only.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size_pt: float = 13

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("columns: at least one column is required")
        if not 11 <= self.size_pt <= 14:
            raise ValueError(f"size_pt: {self.size_pt} is outside 11–14 pt")
        for position, row in enumerate(self.rows):
            if isinstance(row, Group):
                continue
            if len(row) != len(self.columns):
                raise ValueError(
                    f"rows[{position}]: {len(row)} cells under {len(self.columns)} columns"
                )
            for cell in row:
                writable(f"rows[{position}]", cell)

    @property
    def width_mm(self) -> float:
        """Sum of the column widths, mm."""
        return sum(column.width_mm for column in self.columns)


Block = Heading | Paragraph | Bullet | Article | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own (Phụ lục I, phần I, mục III.1).

    "Phụ lục" and, from two annexes on, its Roman numeral are printed above ``title``.
    ``reference`` is the line "(Kèm theo …)"; None builds it from the document. ``table``
    comes first, then ``body``. ``landscape`` None turns the page when a table needs it.
    """

    title: str
    table: Table | None = None
    body: tuple[Block, ...] = ()
    reference: str | None = None
    landscape: bool | None = None

    def __post_init__(self) -> None:
        required("title", self.title)
        if self.table is None and not self.body:
            raise ValueError("table: an annex needs a table or a body")
        if self.reference is not None:
            required("reference", self.reference)
