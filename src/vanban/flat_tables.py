"""Tables that lost their borders: one cell per paragraph, the header first.

Such a table shows as "STT", then two or more short column names, then rows that each begin
with a bare number. Rows that restart at 1 and group rows ("I", "Nhóm …") are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.layout import EMPTY, Block, Cell, Paragraph, Table, join

_FIRST = re.compile(r"(?:STT|TT|Số\s+TT|S\.?T\.?T)\.?", re.IGNORECASE)
_COLUMN = re.compile(
    r"nội\s+dung|nhiệm\s+vụ|công\s+việc|chủ\s+trì|phối\s+hợp|thời\s+gian|thời\s+hạn|tiến\s+độ"
    r"|sản\s+phẩm|kết\s+quả|ghi\s+chú|đơn\s+vị"
    r"|cơ\s+quan|hoàn\s+thành|thực\s+hiện|hoạt\s+động|tên",
    re.IGNORECASE,
)
_ROW = re.compile(r"\d{1,3}(?:\.\d{1,2})*\.?")
_GROUP = re.compile(r"[IVX]{1,5}\.?(?:\s+\S.*)?|[A-ZĐ]\.?")
_MAX_COLUMNS = 9


def gather(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every borderless table of tasks turned into a ``Table``."""
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Paragraph) and _FIRST.fullmatch(block.text):
            table, after = _table(blocks, index)
            if table is not None:
                found.append(table)
                index = after
                continue
        found.append(block)
        index += 1
    return found


def _cell(paragraph: Paragraph) -> Cell:
    return Cell(paragraph.lines, paragraph.piece)


def _table(blocks: Sequence[Block], start: int) -> tuple[Table | None, int]:
    header: list[Cell] = []
    index = start
    while index < len(blocks) and len(header) <= _MAX_COLUMNS:
        block = blocks[index]
        if not isinstance(block, Paragraph) or len(block.text) > 70:
            break
        if header and (_ROW.fullmatch(block.text) or _GROUP.fullmatch(block.text)):
            break
        header.append(_cell(block))
        index += 1
    names = sum(bool(_COLUMN.search(cell.text)) for cell in header[1:])
    if len(header) < 3 or names < 2 or names < len(header) // 2:
        return None, start
    width = len(header)
    rows: list[list[Cell]] = [header]
    while index < len(blocks):
        block = blocks[index]
        if not isinstance(block, Paragraph):
            break
        if _ROW.fullmatch(block.text) or (
            _GROUP.fullmatch(block.text)
            and (len(rows[-1]) >= width or len(rows) == 1 or len(rows[-1]) < 3)
        ):
            rows.append([_cell(block)])
        elif len(rows) > 1 and len(rows[-1]) < width:
            rows[-1].append(_cell(block))
        else:
            break
        index += 1
    if len(rows) < 2:
        return None, start
    return Table([_fitted(row, width) for row in rows]), index


def _fitted(row: list[Cell], width: int) -> list[Cell]:
    """A short row of one or two cells is a group; a longer short one lacks its last cells."""
    if len(row) <= 2:
        piece = join([cell.piece for cell in row])
        return [Cell([piece], piece)]
    return row + [Cell([], EMPTY)] * (width - len(row))
