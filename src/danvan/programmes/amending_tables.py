"""The tables of an amending document: what each column says, and the rows told by it.

An annex lists what changes as "Mục | Nhiệm vụ | Thời hạn đã giao | Thời hạn mới | Đơn vị chủ
trì", or sets the old wording beside the new. ``vanban`` gives a table as lines "| a | b |".
Knows words only, no task and no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from danvan.programmes import amending_words as words
from vanban.model import Span

_I = re.IGNORECASE
# What a column is about, by its heading; the first that fits counts.
_COLUMNS = (
    ("number", r"^(?:stt|tt|số tt|số thứ tự)\b"),
    ("act", r"hình thức|loại (?:thay đổi|điều chỉnh)|bãi bỏ|\w+ đổi\s*/\s*bổ sung"),
    ("place", r"^(?:mục|điều|khoản|điểm|phần|vị trí|điểm, khoản)\b"),
    ("due", r"thời hạn|thời gian|tiến độ|\bhạn\b|hoàn thành"),
    ("lead", r"chủ trì"),
    ("coordinate", r"phối hợp"),
    ("unit", r"đơn vị tính|\bđvt\b"),
    ("deliverable", r"sản phẩm"),
    ("goal", r"^mức|giá trị|tỷ lệ|yêu cầu"),
    ("target", r"chỉ tiêu"),
    ("text", r"nhiệm vụ|nội dung|công việc|hoạt động|lời văn"),
    ("parties", r"đơn vị|cơ quan|thực hiện"),
    ("note", r"ghi chú|lý do|căn cứ"),
)
_WHAT = [(name, re.compile(pattern, _I)) for name, pattern in _COLUMNS]
_OLD = re.compile(
    r"\bcũ\b|hiện hành|ban đầu|đã (?:giao|ban hành)|trước (?:đây|khi)|trước điều chỉnh"
    r"|(?:tại|theo) kế hoạch", _I,
)  # fmt: skip
_NEW = re.compile(r"mới|sau (?:khi|điều chỉnh)|điều chỉnh|sửa đổi|gia hạn|thay thế", _I)
# Columns that say what changes, and those that say what it is about.
_TELLING = {"act", "due", "lead", "coordinate", "parties", "deliverable", "goal", "clause"}
_NAMING = {"place", "text", "target", "clause"}
_CELL = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", _I)
_RULE = re.compile(r"[\s|:-]*")
_ABOVE = 240


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what each column says, the wording it had, and what is done by the row."""

    words: str
    cells: dict[str, str]
    old: dict[str, str]
    # "add", "drop", "change" or "": said by the row, the group it stands in, or the title.
    act: str

    def get(self, what: str) -> str:
        return self.cells.get(what, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of changes and its place in the document's text."""

    start: int
    end: int
    rows: list[Row] = field(default_factory=list)

    def __contains__(self, span: Span) -> bool:
        return self.start <= span.start < self.end


def tables(text: str) -> list[Table]:
    """The tables of a document that tell changes; others (letterhead, signature) are left."""
    return [table for table in map(_read, _runs(text)) if table is not None]


def _runs(text: str) -> Iterator[tuple[int, str, str]]:
    """(start, lines, words above) of each run of lines that are rows."""
    for run in re.finditer(r"(?m)(?:^\|.*(?:\n|\Z))+", text):
        yield run.start(), run.group(), text[max(0, run.start() - _ABOVE) : run.start()]


def _read(run: tuple[int, str, str]) -> Table | None:
    start, lines, above = run
    rows = [_cells(line) for line in lines.splitlines() if not _RULE.fullmatch(line)]
    columns = [_column(heading) for heading in rows[0]] if rows else []
    columns = _told_apart(columns)
    found = {what for what, _old in columns}
    if not found & _NAMING or not {w for w, old in columns if not old} & _TELLING:
        return None
    table = Table(start, start + len(lines))
    act = _act(_title(above))
    for cells in rows[1:]:
        said = [cell for cell in cells if cell]
        if len(said) <= 1 < len(columns):
            act = _act(" ".join(said)) or act
            continue
        table.rows.append(_row(rows[0], columns, cells, act))
    return table


def _title(above: str) -> str:
    """The last two lines that are not empty: the annex's heading."""
    return " ".join([line for line in above.splitlines() if line.strip()][-2:])


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_BREAK.sub(" ", cell).replace("\\|", "|").strip() for cell in _CELL.split(inner)]


def _column(heading: str) -> tuple[str, bool]:
    """(what it says, whether that is the old wording)."""
    what = next((name for name, pattern in _WHAT if pattern.search(heading)), "note")
    if what == "place":
        return what, False
    old = bool(_OLD.search(heading)) and not re.search(r"\bmới\b|\bsau\b", heading, _I)
    if what == "text" and not old and _NEW.search(heading):
        return "clause", False
    return what, old


def _told_apart(columns: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Where targets have an old and a new column, these are goals; "Nội dung" names them."""
    olds = [what for what, old in columns if old]
    if "target" not in olds or not any(what in ("text", "place") for what, _old in columns):
        return columns
    return [("goal" if what == "target" else what, old) for what, old in columns]


def _row(headings: list[str], columns: list[tuple[str, bool]], cells: list[str], act: str) -> Row:
    held: dict[str, str] = {}
    old: dict[str, str] = {}
    for (what, was), cell in zip(columns, cells, strict=False):
        (old if was else held).setdefault(what, cell)
    said = "; ".join(
        f"{heading}: {cell}"
        for heading, (what, _was), cell in zip(headings, columns, cells, strict=False)
        if cell and what != "number"
    )
    own = _act(held.get("act", "")) or _act(held.get("clause", ""), whole=True)
    return Row(said, held, old, own or act)


def _act(said: str, *, whole: bool = False) -> str:
    """What words like "Bổ sung mới", "Bãi bỏ" ask for; "" where they say several things or none.

    ``whole``: only where the cell says nothing else ("Bãi bỏ").
    """
    if whole and len(said.split()) > 4:
        return ""
    found = {
        name
        for name, pattern in (("drop", words.DROPPING), ("add", words.ADDING), ("change", _NEW))
        if pattern.search(said)
    }
    return found.pop() if len(found) == 1 else ""
