"""The running content: headings, paragraphs, dash items, articles and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from vanban.writing.values import (
    Article,
    Block,
    Bullet,
    Column,
    Group,
    Heading,
    Paragraph,
    Run,
    Table,
    Text,
)
from vanban.writing.wordml import Cell, Element, paragraph, row, table

_HEADING_STYLES = ("Phan", "MucLaMa", "KhoanCoTen", "DiemCoTen")


def typeset(blocks: Sequence[Block], *, room_mm: float) -> list[Element]:
    """The elements of ``blocks`` in a text width of ``room_mm``.

    Raises:
        ValueError: if a table is wider than ``room_mm``.
    """
    return list(_elements(blocks, room_mm))


def _elements(blocks: Sequence[Block], room_mm: float) -> Iterator[Element]:
    article = 0
    for block in blocks:
        match block:
            case Heading():
                yield _heading(block)
            case Paragraph():
                yield paragraph("NoiDung", block.text)
            case Bullet():
                yield paragraph("NoiDung", _after(f"{block.marker} ", block.text))
            case Article():
                article += 1
                yield from _article(article, block)
            case Table():
                yield typeset_table(block, room_mm=room_mm)
                yield paragraph("SauBang")


def _after(marker: str | Run, text: Text) -> Text:
    return (marker, text) if isinstance(text, str) else (marker, *text)


def _heading(heading: Heading) -> Element:
    text = heading.text.upper() if heading.level < 2 else heading.text
    return paragraph(_HEADING_STYLES[heading.level], text)


def _article(number: int, article: Article) -> Iterator[Element]:
    if article.titled:
        parts: tuple[str | Run, ...]
        parts = (article.text,) if isinstance(article.text, str) else article.text
        words = [part if isinstance(part, str) else part.text for part in parts]
        title = Run(f"Điều {number}. {''.join(words)}", bold=True)
        yield paragraph("NoiDung", (title,), keep_next=True)
    else:
        yield paragraph("NoiDung", _after(Run(f"Điều {number}. ", bold=True), article.text))
    for clause in article.clauses:
        yield paragraph("NoiDung", clause)


def typeset_table(value: Table, *, room_mm: float, caption: str | None = None) -> Element:
    """A bordered table with repeated heading rows; ``caption`` is read out by screen readers.

    Raises:
        ValueError: if the columns together are wider than ``room_mm``.
    """
    if value.width_mm > room_mm + 0.01:
        raise ValueError(
            f"columns: {value.width_mm:g} mm of columns do not fit in {room_mm:g} mm of text"
        )
    rows = _heading_rows(value)
    rows += [row(_cells(value, line)) for line in value.rows]
    widths = [column.width_mm for column in value.columns]
    return table(widths, rows, bordered=True, caption=caption)


def _heading_rows(value: Table) -> list[Element]:
    def titled(text: str) -> list[Element]:
        return [paragraph("BangDau", text, size_pt=_other_than_style(value))]

    if all(column.group is None for column in value.columns):
        only = [Cell(c.width_mm, titled(c.title), centred=True) for c in value.columns]
        return [row(only, heading=True)]
    upper: list[Cell] = []
    lower: list[Cell] = []
    for group, members in groupby(value.columns, key=lambda column: column.group):
        columns: list[Column] = list(members)
        if group is None:
            for column in columns:
                width = column.width_mm
                upper.append(Cell(width, titled(column.title), merge="restart", centred=True))
                lower.append(Cell(width, (), merge="continue"))
            continue
        width = sum(column.width_mm for column in columns)
        upper.append(Cell(width, titled(group), span=len(columns), centred=True))
        lower += [Cell(c.width_mm, titled(c.title), centred=True) for c in columns]
    return [row(upper, heading=True), row(lower, heading=True)]


def _cells(value: Table, line: tuple[str, ...] | Group) -> list[Cell]:
    size = _other_than_style(value)
    if not isinstance(line, Group):
        return [
            Cell(
                column.width_mm,
                [paragraph("BangNoiDung", text, align=_own(column), size_pt=size)],
                centred=True,
            )
            for column, text in zip(value.columns, line, strict=True)
        ]
    title = [paragraph("BangNhom", line.title, keep_next=True, size_pt=size)]
    if not line.marker or len(value.columns) == 1:
        return [Cell(value.width_mm, title, span=len(value.columns), centred=True)]
    first = value.columns[0]
    marker = [paragraph("BangNhom", line.marker, keep_next=True, align=_own(first), size_pt=size)]
    return [
        Cell(first.width_mm, marker, centred=True),
        Cell(value.width_mm - first.width_mm, title, span=len(value.columns) - 1, centred=True),
    ]


def _own(column: Column) -> str | None:
    return None if column.align == "left" else column.align


def _other_than_style(value: Table) -> float | None:
    return None if value.size_pt == 13 else value.size_pt
