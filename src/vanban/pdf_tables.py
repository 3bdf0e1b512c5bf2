"""Tables of a PDF by cell: ruled lines make a grid, words fall into it by where they stand.

A page is read this way only when its rules make a grid of at least three columns and two rows;
the head of page 1 and signatures have no rules, and the rule below a motto makes no grid. What
stands outside the grid becomes lines again, set by blanks where it stands on the page. A page whose
words cannot be told apart by place is left to the layout mode of ``pdf_text``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

_SAME = 2.5  # points within which two rules are one
_THIN = 2.0  # a rectangle thinner than this is a rule
_LINE = 3.0  # points within which two words stand on one line
_CHARACTER = 5.2  # points a character takes, to set words outside tables by blanks
_MIN_COLUMNS, _MIN_ROWS = 3, 2
_MAX_RULES = 20_000


@dataclass(slots=True)
class _Rule:
    """A straight rule: ``at`` is its y (or x), from ``low`` to ``high`` along the other axis."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class _Word:
    x: float
    y: float
    text: str


@dataclass(slots=True)
class _Grid:
    """One table: its outer rows (top first) and the rules inside."""

    rows: list[float]
    columns: list[float]
    verticals: list[_Rule]
    cells: dict[tuple[int, int], list[_Word]] = field(default_factory=dict)
    _ruled: dict[int, list[float]] = field(default_factory=dict)

    def row_of(self, y: float) -> int | None:
        for at, (top, bottom) in enumerate(itertools.pairwise(self.rows)):
            if bottom - 1 <= y < top:
                return at
        return None

    def borders(self, row: int) -> list[float]:
        """The columns that are ruled off in a row; a cell spans what is not."""
        if row not in self._ruled:
            middle = (self.rows[row] + self.rows[row + 1]) / 2
            here = [r.at for r in self.verticals if r.low - 1 <= middle <= r.high + 1]
            self._ruled[row] = [x for x in self.columns if any(abs(at - x) <= _SAME for at in here)]
        return self._ruled[row]

    def plausible(self) -> bool:
        """Do words fall into cells? A page that sets its lines in one go fills only the first."""
        cells = sum(max(0, len(self.borders(row)) - 1) for row in range(len(self.rows) - 1))
        return 3 * sum(bool(words) for words in self.cells.values()) >= cells

    def lines(self) -> Iterator[str]:
        """Rows as "| a | b |", the lines of a cell parted by <br>."""
        for row in range(len(self.rows) - 1):
            count = max(0, len(self.borders(row)) - 1)
            texts = [_cell(self.cells.get((row, at), [])) for at in range(count)]
            if any(texts):
                yield "| " + " | ".join(texts) + " |"


def lines_with_tables(page: Any) -> list[str] | None:
    """The lines of a page that holds a ruled table, tables by cell; ``None`` for other pages."""
    if not _may_hold_a_grid(page):
        return None
    drawn = _Drawn()
    page.extract_text(visitor_operand_before=drawn.operator, visitor_text=drawn.words_at)
    grids = _grids(drawn.horizontals, drawn.verticals)
    if not grids:
        return None
    outside = [word for word in drawn.words if not _put(word, grids)]
    if not all(grid.plausible() for grid in grids):
        return None
    parts: list[tuple[float, list[str]]] = [(grid.rows[0], list(grid.lines())) for grid in grids]
    parts += _free_lines(outside)
    found: list[str] = []
    for _, lines in sorted(parts, key=lambda part: -part[0]):
        found += lines
    return found


def _may_hold_a_grid(page: Any) -> bool:
    contents = page.get_contents()
    if contents is None:
        return False
    data = contents.get_data()
    return data.count(b" l") + data.count(b" re") >= _MIN_COLUMNS + _MIN_ROWS + 2


class _Drawn:
    """What a page draws: its rules and its words, with their places."""

    def __init__(self) -> None:
        self.horizontals: list[_Rule] = []
        self.verticals: list[_Rule] = []
        self.words: list[_Word] = []
        self._pen: tuple[float, float] | None = None

    def operator(self, name: bytes, values: Sequence[Any], ctm: Sequence[float], _tm: Any) -> None:
        if len(self.horizontals) + len(self.verticals) > _MAX_RULES:
            return
        if name in (b"m", b"l") and len(values) >= 2:
            point = _at(ctm, float(values[0]), float(values[1]))
            if name == b"l" and self._pen is not None:
                self._rule(self._pen, point)
            self._pen = point
        elif name == b"re" and len(values) >= 4:
            x, y, width, height = (float(value) for value in values[:4])
            low, high = _at(ctm, x, y), _at(ctm, x + width, y + height)
            wide, tall = abs(high[0] - low[0]), abs(high[1] - low[1])
            if wide <= _THIN or tall <= _THIN:
                self._rule(low, high)
            elif tall < 400:  # a cell drawn as a box; a page is no cell
                a, b = (low[0], high[1]), (high[0], low[1])
                for start, stop in ((low, a), (a, high), (high, b), (b, low)):
                    self._rule(start, stop)

    def _rule(self, start: tuple[float, float], stop: tuple[float, float]) -> None:
        wide, tall = abs(stop[0] - start[0]), abs(stop[1] - start[1])
        if tall <= _THIN < wide:
            self.horizontals.append(_Rule(start[1], *sorted((start[0], stop[0]))))
        elif wide <= _THIN < tall:
            self.verticals.append(_Rule(start[0], *sorted((start[1], stop[1]))))

    def words_at(self, text: str, ctm: Sequence[float], tm: Sequence[float], *_: Any) -> None:
        x, y = _at(ctm, tm[4], tm[5])
        for line in text.split("\n"):
            if line.strip():
                self.words.append(_Word(x, y, line))


def _at(ctm: Sequence[float], x: float, y: float) -> tuple[float, float]:
    return x * ctm[0] + y * ctm[2] + ctm[4], x * ctm[1] + y * ctm[3] + ctm[5]


def _grids(horizontals: Sequence[_Rule], verticals: Sequence[_Rule]) -> list[_Grid]:
    """The grids of a page: verticals that overlap from top to bottom make one."""
    bands: list[list[_Rule]] = []
    for rule in sorted(verticals, key=lambda rule: -rule.high):
        if bands and rule.high >= min(other.low for other in bands[-1]) - _SAME:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    found = []
    for band in bands:
        low, high = min(r.low for r in band), max(r.high for r in band)
        rows = _merged(r.at for r in horizontals if low - _SAME <= r.at <= high + _SAME)
        columns = _merged(rule.at for rule in band)
        if len(columns) > _MIN_COLUMNS and len(rows) > _MIN_ROWS:
            found.append(_Grid(rows[::-1], columns, band))
    return found


def _merged(places: Iterator[float] | Any) -> list[float]:
    """Places in order, those within a rule's breadth as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _SAME:
            kept.append(place)
    return kept


def _put(word: _Word, grids: Sequence[_Grid]) -> bool:
    """Put a word into the cell it stands in; false where it stands in none."""
    for grid in grids:
        row = grid.row_of(word.y)
        if row is None:
            continue
        for at, (left, right) in enumerate(itertools.pairwise(grid.borders(row))):
            if left - 1 <= word.x < right:
                grid.cells.setdefault((row, at), []).append(word)
                return True
    return False


def _by_line(words: Sequence[_Word]) -> list[list[_Word]]:
    lines: list[list[_Word]] = []
    for word in sorted(words, key=lambda word: (-word.y, word.x)):
        if lines and abs(lines[-1][0].y - word.y) <= _LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.x) for line in lines]


def _cell(words: Sequence[_Word]) -> str:
    lines = ["".join(_spaced(line)).strip() for line in _by_line(words)]
    return "<br>".join(line.replace("|", "/") for line in lines if line)


def _spaced(line: Sequence[_Word]) -> Iterator[str]:
    """Words of one line; a piece that ends without a blank is followed by one."""
    for at, word in enumerate(line):
        yield word.text
        if at + 1 < len(line) and not word.text.endswith(" "):
            yield " "


def _free_lines(words: Sequence[_Word]) -> list[tuple[float, list[str]]]:
    """Words outside tables as lines with their height; a wide gap above makes an empty line."""
    found: list[tuple[float, list[str]]] = []
    above: float | None = None
    for line in _by_line(words):
        text = ""
        for word in line:
            column = int(word.x / _CHARACTER)
            text = text.ljust(column) if column > len(text) + 3 else text
            text += word.text if not text or text.endswith(" ") else f" {word.text}"
        gap = [""] if above is not None and above - line[0].y > 22 else []
        found.append((line[0].y, [*gap, text.rstrip()]))
        above = line[0].y
    return found
