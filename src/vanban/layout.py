"""From raw text to lines, paragraphs and tables, each character knowing its place in the source.

Official texts reach us wrapped in the middle of markers and dates, cut by pages, dressed in
markdown, or as tables flattened to one cell per line. This module undoes the dress and keeps
the map back: every ``Piece`` carries, for each of its characters, the offset in the source.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from vanban.model import Span
from vanban.text import vi_regex


class Piece:
    """A run of clean text with the source offset of each character.

    The offsets are a range where the text stands in the source as it is, which most of it does.
    """

    __slots__ = ("at", "text")

    def __init__(self, text: str, at: array[int] | range) -> None:
        self.text = text
        self.at = at

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where ``text[start:end]`` stands in the source."""
        end = len(self.text) if end is None else min(end, len(self.text))
        if start >= end:
            place = self.at[min(start, len(self.at) - 1)] if len(self.at) else 0
            return Span(place, place)
        return Span(self.at[start], self.at[end - 1] + 1)

    def slice(self, start: int, end: int | None = None) -> Piece:
        """The part of the piece between two of its own offsets, blanks at the ends dropped."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return Piece(self.text[start:end], self.at[start:end])

    def parts(self, size: int = 12_000) -> Iterator[Piece]:
        """The piece in stretches of at most ``size`` characters, cut after a sentence."""
        start = 0
        while len(self.text) - start > size:
            cut = max(
                self.text.rfind(mark, start + size // 2, start + size) for mark in (". ", "; ")
            )
            stop = cut + 2 if cut > 0 else start + size
            yield self.slice(start, stop)
            start = stop
        yield self if start == 0 else self.slice(start)

    def __repr__(self) -> str:
        return f"Piece({self.text!r})"


@dataclass(slots=True)
class Line:
    """One line of the source, cleaned. ``kind`` tells text from blanks, borders and rules."""

    piece: Piece
    kind: str  # "text", "blank", "border", "row", "rule", "page"
    indent: int = 0


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, joined. ``lines`` are the physical lines it was made of."""

    piece: Piece
    lines: list[Piece]

    @property
    def text(self) -> str:
        return self.piece.text


@dataclass(slots=True)
class Cell:
    """One cell of a table: its physical lines and their join."""

    lines: list[Piece]
    piece: Piece

    @property
    def text(self) -> str:
        return self.piece.text


@dataclass(slots=True)
class Table:
    """Rows of cells. A row of one cell is a heading row; rows may be ragged."""

    rows: list[list[Cell]]


Block = Paragraph | Table
Reorder = Callable[[str, Sequence[Line]], list[Line]]

# what is not text: emphasis, escapes, heading signs, odd blanks, soft hyphens, line breaks
_NOISE = re.compile(
    r"\*+|(?<!\w)_{2,}|`+|\\(?=[-.*_#\[\]()!|~>+\\])|[\u200b-\u200f\u2060\ufeff\u00ad]+"
    r"|<br\s*/?>|[^\S ]\s*| \s+"
)
_STAR_BULLET = re.compile(r"\s*\*\s+\S")
_HEADING_SIGN = re.compile(r"\s*(?:#{1,6}(?:\s+|(?=\*))|>\s+)")
_RULE = re.compile(r"[\s*_\-–—=.~]*")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_PAGE_NUMBER = re.compile(r"(?:trang\s+|[-–]\s*)?\d{1,4}(?:\s*/\s*\d{1,4}|\s*[-–])?", re.IGNORECASE)

EMPTY = Piece("", range(0))
# a line with none of these (and no two blanks together) holds nothing to take out
_ODD = re.compile(
    r"[*_`\\<#>\t-\r\x1c-\x1f\x85\xa0\u00ad\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
)


def clean(source: str, start: int, end: int) -> Piece:
    """The words of ``source[start:end]`` without markup, blanks squeezed.

    ``"**- **Triển  khai"`` → ``"- Triển khai"``.
    """
    raw = source[start:end]
    if "  " not in raw and not _ODD.search(raw):
        left = len(raw) - len(raw.lstrip(" "))
        raw = raw.strip(" ")
        return Piece(raw, range(start + left, start + left + len(raw)))
    if head := _HEADING_SIGN.match(source, start, end):
        start = head.end()
    star = _STAR_BULLET.match(source, start, end)
    keep_star = source.index("*", start, end) if star and source.count("*", start, end) % 2 else -1
    parts: list[str] = []
    at: array[int] = array("l")
    here = start
    for noise in _NOISE.finditer(source, start, end):
        if noise.start() > here:
            parts.append(source[here : noise.start()])
            at.extend(range(here, noise.start()))
        if noise.start() == keep_star:
            parts.append("*")
            at.append(keep_star)
        elif (noise.group()[0].isspace() or noise.group()[0] in "\u00a0<") and (
            parts and parts[-1][-1] != " "
        ):
            parts.append(" ")
            at.append(noise.start())
        here = noise.end()
    if here < end:
        parts.append(source[here:end])
        at.extend(range(here, end))
    text = "".join(parts)
    # blanks may meet where markup stood between them
    if "  " in text:
        keep = [i for i in range(len(text)) if not (text[i] == " " and i and text[i - 1] == " ")]
        at = array("l", (at[i] for i in keep))
        text = "".join(text[i] for i in keep)
    if text.endswith(" "):
        text, at = text[:-1], at[:-1]
    if text.startswith(" "):
        text, at = text[1:], at[1:]
    return Piece(text, at)


def join(pieces: Iterable[Piece]) -> Piece:
    """Pieces joined by a blank; a line that ends in a hyphen inside a symbol stays joinable."""
    filled = [piece for piece in pieces if piece.text]
    if len(filled) == 1:
        return filled[0]
    parts: list[str] = []
    at: array[int] = array("l")
    for piece in filled:
        if parts:
            parts.append(" ")
            at.append(at[-1])
        parts.append(piece.text)
        at.extend(piece.at)
    return Piece("".join(parts), at)


def split_lines(source: str) -> list[Line]:
    """Every line of the source, cleaned and sorted by kind."""
    lines: list[Line] = []
    start = 0
    for raw in re.split("[\n\f\x0b\u2028\u2029]", source):
        end = start + len(raw)
        stripped = raw.strip()
        if not stripped:
            kind, piece = "blank", EMPTY
        elif stripped == "|":
            kind, piece = "border", EMPTY
        elif stripped.startswith("|") and stripped.count("|") >= 2:
            kind = "rule" if "--" in raw and not raw.strip("|-: \t") else "row"
            piece = Piece(raw, range(start, end))
        else:
            piece = clean(source, start, end)
            kind = "text" if piece.text and not _RULE.fullmatch(piece.text) else "rule"
            if not piece.text:
                kind = "rule"
        lines.append(Line(piece, kind, len(raw) - len(raw.lstrip())))
        start = end + 1
    return lines


def _cell(lines: list[Piece]) -> Cell:
    lines = [line for line in lines if line.text and not _RULE.fullmatch(line.text)]
    return Cell(lines, join(lines))


def _row_cells(source: str, line: Line) -> list[Cell]:
    """The cells of a markdown row "| a | b<br>c |"."""
    start, end = line.piece.at[0], line.piece.at[-1] + 1
    cuts = [match.start() for match in _CELL_BREAK.finditer(source, start, end)]
    if not source[cuts[-1] + 1 : end].strip():
        end = cuts.pop()
    cells = []
    for left, right in zip(cuts, [*cuts[1:], end], strict=True):
        pieces, here = [], left + 1
        for brk in re.finditer(r"<br\s*/?>", source[left + 1 : right]):
            pieces.append(clean(source, here, left + 1 + brk.start()))
            here = left + 1 + brk.end()
        pieces.append(clean(source, here, right))
        cells.append(_cell(pieces))
    return cells


def _bordered_rows(chunks: list[list[list[Piece]]], width: int) -> list[list[Cell]]:
    """Rows from runs of cells; a run shorter than the header goes on in the next one.

    Two borders in a row end a row or enclose an empty cell: a run that is too short is joined
    with the next unless the next begins a row by a number or a heading of its own.
    """
    rows: list[list[Cell]] = []
    for chunk in chunks:
        cells = [_cell(lines) for lines in chunk]
        if not cells:
            continue
        starts_row = bool(re.match(r"(?:\d{1,3}(?:\.\d+)*\.?|[IVX]+\.?)(?:\s|$)", cells[0].text))
        if (
            rows
            and width > 2
            and 1 < len(rows[-1]) < width
            and len(rows[-1]) + 1 + len(cells) <= width
            and not starts_row
        ):
            rows[-1].append(Cell([], EMPTY))
            rows[-1].extend(cells)
        else:
            rows.append(cells)
    return rows


_OUTSIDE = re.compile(
    r"(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHỈ THỊ|THÔNG BÁO|BÁO CÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|NGHỊ QUYẾT|CÔNG ĐIỆN"
    r"|TỜ TRÌNH|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH|KẾT LUẬN|GIẤY MỜI|BIÊN BẢN"
    r"|(?:PHỤ LỤC|Phụ lục)(?: [IVX\d]+)?)"
)


_LONGEST_CELL = 4_000  # characters


def _bordered_table(lines: Sequence[Line], start: int) -> tuple[Table, int]:
    """The table that begins at the border ``lines[start]``: cells stand between lone "|".

    A cell begins on the line after its border, so an empty line there closes the table unless
    another border follows.
    """
    runs: list[list[list[Piece]]] = [[]]
    cell: list[Piece] = []
    width, index, closed = 0, start + 1, start + 1
    said = 0
    pending: list[Piece] = []  # text seen since the last border: a cell only if a border follows
    while index < len(lines):
        line = lines[index]
        if line.kind == "border":
            cell = pending
            if cell:
                runs[-1].append(cell)
            elif runs[-1]:
                width = max(width, len(runs[-1]))
                runs.append([])
            pending, closed, said = [], index + 1, 0
        elif line.kind == "blank" and not pending:
            ahead = index
            while ahead < len(lines) and lines[ahead].kind == "blank":
                ahead += 1
            if ahead >= len(lines) or lines[ahead].kind != "border":
                break
        elif line.kind == "text":
            if not pending and _OUTSIDE.fullmatch(line.piece.text):
                break  # the title of the document, not a cell
            pending.append(line.piece)
            said += len(line.piece.text)
            if len(pending) > 120 or said > _LONGEST_CELL:
                break  # prose: the border before it was the last
        elif line.kind == "row":
            break
        index += 1
    width = max(width, len(runs[-1]))
    if closed == start + 1:  # a lone border with nothing behind it
        return Table([]), start + 1
    return Table(_bordered_rows(runs, width)), closed


def _table_of_rows(source: str, lines: Sequence[Line], start: int) -> tuple[Table, int]:
    rows, index = [], start
    while index < len(lines) and lines[index].kind in ("row", "rule"):
        if lines[index].kind == "row":
            rows.append(_row_cells(source, lines[index]))
        index += 1
    return Table(rows), index


# where a new paragraph begins whatever stands before it
MARKED = vi_regex(
    r"(?:[IVXL]{1,6}\s?[.)/\-]|\d{1,2}(?:\.\d{1,2}){0,4}\s?[.)]|\d{1,2}/(?=\s)"
    r"|\d{1,2}-(?=\s[A-ZĐÀ-Ỹ])|\d{1,2}(?:\.\d{1,2}){1,4}\s|\(\d{1,2}\)"
    r"|[a-zđ]\s?[.)]|[A-ZĐ]\.|[-–—+•*▪●○·]|Điều\s+\d+|Chương\s+[IVX\d]+|PHỤ LỤC|Phụ lục\s+[IVX\d]+)"
    r"(?=\s|[A-ZĐÀ-Ỹ“])"
)
_BULLET = re.compile(r"[-–—+•*▪●○·]\s?")
_ENDS = re.compile(r"[.;:!?…”\")]$|\./\.$")
_MARKER_ALONE = re.compile(
    r"(?:[IVXL]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)]?|[-+•]"
    r"|Điều\s+\d+\.?"
)
# a bullet followed by this is the rest of a compound or a range: "kinh tế\n- xã hội"
_GOES_ON = vi_regex(r"[a-zà-ỹđ\d(]")
# a line that certainly begins a paragraph
_CERTAIN = vi_regex(r"[IVX]{1,4}\.\s|\d{1,2}\.\s|[a-zđ]\)\s|[-+]\s+[A-ZĐÀ-Ỹ]")
_LOWER_START = vi_regex(r"[a-zà-ỹđ(]")
_OPEN_END = re.compile(
    r"(?:[,\-–(]|\b(?:và|hoặc|của|các|về|với|cho|tại|theo|từ|trong|để|là|được"
    r"|có|giữa|số|thuộc|bởi|do|ngày|tháng))$"
)


# a line that ends so is broken off, however long it is; a heading may end in ","
_OPEN_WORD = re.compile(r"\b(?:và|hoặc|của|các|giữa|số|ngày|tháng)$")


def _wrap_width(lines: Sequence[Line]) -> int:
    """The line length at which the source was wrapped; 0 where each line is a paragraph."""
    lengths = sorted(len(line.piece.text) for line in lines if line.kind == "text")
    if len(lengths) < 8:
        return 0
    high = lengths[min(int(len(lengths) * 0.97), len(lengths) - 1)]
    return high if high <= 140 else 0


def _shouts(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


_RECIPIENTS = re.compile(r"Nơi\s+nhận\s*:", re.IGNORECASE)


def _continues(previous: str, line: str, width: int, blank_separated: bool) -> bool:
    """Does ``line`` go on with ``previous`` inside one run of lines without a blank line?"""
    if _MARKER_ALONE.fullmatch(previous):
        return True
    if _OUTSIDE.fullmatch(line) or _RECIPIENTS.match(line):
        return False  # the type name, the list of recipients: never the rest of a sentence
    marked = MARKED.match(line)
    ended = bool(_ENDS.search(previous))
    if marked:
        if _BULLET.match(line) and not ended and width and _GOES_ON.match(line[2:3]):
            return True  # "kinh tế\n- xã hội", "2026\n- 2030"
        if not blank_separated or not width:
            return False
        return not ended and len(previous) > 0.8 * width
    if not width:
        return not ended and bool(
            (_LOWER_START.match(line) and not line.startswith("(")) or _OPEN_WORD.search(previous)
        )
    if _LOWER_START.match(line) or _OPEN_END.search(previous):
        return True
    if _shouts(previous) and not _shouts(line) and len(previous) > 5:
        return blank_separated and len(previous) > 0.5 * width
    mixed = any(c.islower() for c in previous)
    if _shouts(line) and mixed and (not blank_separated or len(line) > 12):
        return False
    if blank_separated:
        return True
    return len(previous) >= 0.72 * width and not (ended and len(previous) < 0.9 * width)


_TABLE_HEAD = re.compile(r"(?:STT|TT|Số TT)\.?", re.IGNORECASE)


def _paragraphs(lines: Sequence[Line], width: int, blank_separated: bool) -> list[list[Piece]]:
    """The lines of one run of text, grouped into paragraphs."""
    groups: list[list[Piece]] = []
    cells = False
    for line in lines:
        piece = line.piece
        if _TABLE_HEAD.fullmatch(piece.text):
            # cells of a table that lost its borders follow: nothing parts them but their form
            blank_separated, cells = False, True
            groups.append([piece])
            continue
        if cells and groups[-1][-1].text.strip(".").isdigit():
            groups.append([piece])
            continue
        if groups and _continues(groups[-1][-1].text, piece.text, width, blank_separated):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _bridges_page(previous: str, following: str, numbered: bool = False) -> bool:
    """Was a sentence cut by a page break between these two paragraphs?

    Across a page number (``numbered``) a clause that ended in ";" goes on in small letters.
    """
    if numbered and previous.endswith(";"):
        return following[:1].islower() and not MARKED.match(following)
    if _ENDS.search(previous) or len(previous) < 25 or _shouts(previous):
        return False
    first = following[:1]
    return (first.islower() and not MARKED.match(following)) or bool(
        _OPEN_END.search(previous) and not MARKED.match(following)
    )


def _blank_separated(lines: Sequence[Line], width: int) -> bool:
    """Do empty lines part the paragraphs? Asked of the lines that certainly begin one."""
    marked = after_blank = texts = blanks = 0
    for before, line in itertools.pairwise(lines):
        if line.kind != "text":
            continue
        if re.match(r"Nơi\s+nhận", line.piece.text):
            break  # the list of recipients is set solid everywhere
        texts += 1
        blanks += before.kind == "blank"
        if _CERTAIN.match(line.piece.text):
            marked += 1
            after_blank += before.kind != "text"
    if marked >= 4:
        return after_blank >= 0.7 * marked
    return blanks * (6 if width else 2) > texts


def blocks(source: str, reorder: Reorder | None = None) -> list[Block]:
    """The source as paragraphs and tables, sentences cut by page breaks joined again.

    ``reorder`` may put lines into reading order first (``columns.side_by_side``).
    """
    lines: Sequence[Line] = split_lines(source)
    if reorder is not None:
        lines = reorder(source, lines)
    width = _wrap_width(lines)
    blank_separated = _blank_separated(lines, width)
    groups: list[list[Piece] | Table] = []
    run: list[Line] = []

    def flush() -> None:
        for pieces in _paragraphs(run, width, blank_separated):
            last = groups[-1] if groups else None
            if isinstance(last, list):
                before = groups[-2] if len(groups) > 1 else None
                if (
                    isinstance(before, list)
                    and len(last) == 1
                    and _PAGE_NUMBER.fullmatch(last[0].text)
                    and _bridges_page(before[-1].text, pieces[0].text, numbered=True)
                ):
                    groups.pop()
                    before.extend(pieces)
                    continue
                numbered = len(pieces) == 1 and _PAGE_NUMBER.fullmatch(pieces[0].text)
                if not numbered and _bridges_page(last[-1].text, pieces[0].text):
                    last.extend(pieces)
                    continue
            groups.append(pieces)
        run.clear()

    index = 0
    while index < len(lines):
        line = lines[index]
        if line.kind == "text":
            run.append(line)
            index += 1
            continue
        flush()
        if line.kind == "border":
            table, index = _bordered_table(lines, index)
            if table.rows:
                groups.append(table)
        elif line.kind == "row":
            table, index = _table_of_rows(source, lines, index)
            groups.append(table)
        else:
            index += 1
    flush()
    return [g if isinstance(g, Table) else Paragraph(join(g), g) for g in groups]
