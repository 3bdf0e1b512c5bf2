"""Labelled fields and tables of tasks: "Cơ quan chủ trì: …", "Thời gian thực hiện: …".

A plan states a task and then, in lines or columns, who leads, who helps and until when. Lines
are gathered into one block per task; a row of a table of tasks is one block as well.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from vanban.layout import Cell, Piece
from vanban.text import Anycase
from vanban.tree import Node

FieldKind = Literal["lead", "coordinate", "time", "product", "task", "other"]

_WHO = (
    r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|bộ\s+phận|người|địa\s+phương|cá\s+nhân|tổ\s+chức"
    r"|ban,?\s+ngành|thành\s+phần|trách\s+nhiệm|phân\s+công|nhiệm\s+vụ|lãnh\s+đạo)"
)
_WHOS = rf"(?:{_WHO}(?:\s*[,/]\s*(?:và\s+)?|\s+và\s+)?)+"
# Cơ quan chủ trì · Đơn vị chủ trì tham mưu thực hiện · Cơ quan, đơn vị thực hiện · Chủ trì
_LEAD = (
    rf"(?:{_WHOS}\s*(?:chủ\s+trì|thực\s+hiện|tham\s+mưu|đầu\s+mối|chịu\s+trách\s+nhiệm|được\s+giao"
    rf"|phụ\s+trách|triển\s+khai|thực\s+hiện\s+chính)(?:\s*[,/]?\s*(?:và\s+)?(?:tham\s+mưu"
    rf"|thực\s+hiện|triển\s+khai|chính))*|chủ\s+trì(?:\s+(?:thực\s+hiện|tham\s+mưu))?"
    rf"|đầu\s+mối(?:\s+thực\s+hiện)?|phân\s+công(?:\s+thực\s+hiện)?|giao)"
)
_COORD = (
    rf"(?:{_WHOS}\s*(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|triển\s+khai|tham\s+mưu))?"
    rf"|phối\s+hợp(?:\s+thực\s+hiện)?)"
)
_TIME = (
    r"(?:(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|lộ\s+trình|hạn|hoàn\s+thành|xong)(?:\s+(?:và\s+\w+\s+\w+|dự\s+kiến"
    r"|thực\s+hiện|hoàn\s+thành|triển\s+khai|báo\s+cáo|tổ\s+chức|gửi|ban\s+hành|trình|nộp"
    r"|kết\s+thúc)){0,3})"
)
_PRODUCT = (
    r"(?:(?:dự\s+kiến\s+)?(?:sản\s+phẩm|kết\s+quả)(?:\s+(?:đầu\s+ra|dự\s+kiến|đạt\s+được"
    r"|thực\s+hiện|hoàn\s+thành|đạt))*|hình\s+thức\s+văn\s+bản)"
)
_TASK = (
    r"(?:nội\s+dung(?:\s+(?:thực\s+hiện|công\s+việc|nhiệm\s+vụ|triển\s+khai))?|nhiệm\s+vụ"
    r"|công\s+việc|hoạt\s+động)"
)
_OTHER = (
    r"(?:kinh\s+phí(?:\s+thực\s+hiện)?|địa\s+điểm|đối\s+tượng|thành\s+phần(?:\s+tham\s+dự)?"
    r"|hình\s+thức|số\s+lượng|phạm\s+vi|nguồn\s+lực|ghi\s+chú|yêu\s+cầu|mục\s+tiêu)"
)


def _label(rx: str) -> Anycase:
    return Anycase(rf"{rx}\s*(?:\([^)]{{0,40}}\)\s*)?:\s*")


_LABELS: tuple[tuple[FieldKind, Anycase], ...] = (
    ("coordinate", _label(_COORD)),
    ("lead", _label(_LEAD)),
    ("time", _label(_TIME)),
    ("product", _label(_PRODUCT)),
    ("task", _label(_TASK)),
    ("other", _label(_OTHER)),
)
# "Thời gian thực hiện sau khi …": no colon but nothing else either
_BARE_TIME = Anycase(
    rf"{_TIME}\s+(?=(?:sau\s+khi|trong|trước|từ|đến|quý|năm|tháng|chậm\s+nhất"
    rf"|theo)\b)"
)
_INNER = re.compile(
    rf"(?<=[.;,)])\s+(?:-\s*)?(?=(?:{_COORD}|{_LEAD}|{_TIME}|{_PRODUCT})\s*:\s)", re.IGNORECASE
)
_CONTAINER = re.compile(
    rf"(?:{_WHOS}\s*)?(?:thực\s+hiện|chủ\s+trì|phối\s+hợp|tổ\s+chức\s+thực\s+hiện"
    rf"|phân\s+công)?(?:\s*(?:,|và)\s*(?:thời\s+gian"
    rf"|phối\s+hợp)(?:\s+thực\s+hiện)?)?\s*:?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled value: kind and the piece of its words."""

    kind: FieldKind
    value: Piece
    node: int


@dataclass(slots=True)
class TaskBlock:
    """A task with its fields. ``nodes`` are the provisions that say what is to be done."""

    nodes: list[int]
    fields: list[Field] = field(default_factory=list)

    def values(self, kind: FieldKind) -> list[Field]:
        return [f for f in self.fields if f.kind == kind and f.value.text]


def label(text: str) -> tuple[FieldKind, int] | None:
    """The kind of field a text is and where its value begins; ``None`` for running text.

    >>> label("Cơ quan phối hợp: Các sở, ngành")
    ('coordinate', 18)
    """
    if ":" in text:
        for kind, regex in _LABELS:
            if match := regex.match(text):
                return kind, match.end()
    if match := _BARE_TIME.match(text):
        return "time", match.end()
    return None


def fields_of(node: Node) -> list[Field]:
    """The fields of a node: none for running text, several where one line holds several."""
    if node.kind == "row" or label(node.text) is None:
        return []
    cuts = [0, *[m.end() for m in _INNER.finditer(node.text)], len(node.text)]
    found = []
    for start, stop in itertools.pairwise(cuts):
        part = node.piece.slice(start, stop)
        named = label(part.text)
        if named:
            found.append(Field(named[0], part.slice(named[1]), node.index))
    return found


def task_blocks(nodes: Sequence[Node]) -> tuple[list[TaskBlock], set[int]]:
    """Blocks of running text that carry who or when, and the nodes that are used up by them.

    Fields that stand together close the task above them; the task is what was said since the
    last block, or the heading the fields stand under.
    """
    blocks: list[TaskBlock] = []
    used: set[int] = set()
    current = TaskBlock([])
    for node in nodes:
        if node.kind == "row":
            continue
        found = fields_of(node)
        real = [f for f in found if f.kind in ("lead", "coordinate", "time", "product")]
        if real:
            for item in real:
                current.fields += [item, *_below(item, node, nodes, used)]
            used.add(node.index)
            continue
        if node.index in used:
            continue
        if found and found[0].kind == "task" and not current.fields:
            current.nodes.append(node.index)
            continue
        if _is_container(node, nodes):
            used.add(node.index)
            continue
        if _is_under_time(node, nodes, current):
            current.fields.append(Field("time", node.piece, node.index))
            used.add(node.index)
            continue
        if found and current.fields:
            continue  # place, cost and the like between the fields
        if current.fields:
            _close(current, blocks)
            current = TaskBlock([])
        if node.heading and node.kind not in ("letter", "bracket"):
            current.nodes = [i for i in current.nodes if _is_above(nodes, i, node)]
        current.nodes.append(node.index)
    if current.fields:
        _close(current, blocks)
    return blocks, used


def _below(item: Field, node: Node, nodes: Sequence[Node], used: set[int]) -> list[Field]:
    """An empty "Cơ quan thực hiện:" takes its values from the bullets below it."""
    if item.value.text or item.kind not in ("lead", "coordinate"):
        return []
    found = []
    for child in node.children:
        if not fields_of(nodes[child]) and nodes[child].text:
            found.append(Field(item.kind, nodes[child].piece, child))
            used.add(child)
    return found


def _close(block: TaskBlock, blocks: list[TaskBlock]) -> None:
    if any(f.kind in ("lead", "coordinate", "time") for f in block.fields) and block.nodes:
        blocks.append(block)


def _is_above(nodes: Sequence[Node], index: int, node: Node) -> bool:
    parent = node.parent
    while parent is not None:
        if parent == index:
            return True
        parent = nodes[parent].parent
    return False


def _is_container(node: Node, nodes: Sequence[Node]) -> bool:
    """ "b) Cơ quan thực hiện:" with the fields below it."""
    text = node.text.strip()
    if len(text) > 60 or not text or not _CONTAINER.fullmatch(text):
        return False
    return any(fields_of(nodes[child]) for child in node.children[:3])


_TIMED = re.compile(
    r"(?:^|:\s*)(?:(?:trong\s+)?(?:khoảng\s+)?(?:thời\s+gian\s+)?từ\s+(?:ngày|khi|tháng|quý|nay)"
    r"|trước\s+ngày|chậm\s+nhất|quý\s|tháng\s+\d|trong\s+(?:tháng|quý|năm))",
    re.IGNORECASE,
)


def _is_under_time(node: Node, nodes: Sequence[Node], block: TaskBlock) -> bool:
    """ "+ Đợt 1: Từ ngày … đến ngày …" below "Thời gian thực hiện:"."""
    last = block.fields[-1] if block.fields else None
    if last is None or last.kind != "time" or node.heading or len(node.text) > 140:
        return False
    opened = next(
        (f for f in reversed(block.fields) if f.kind == "time" and not f.value.text), None
    )
    if opened and node.kind in ("dash", "plus") and _TIMED.search(node.text):
        return True  # "* Thời gian thực hiện:" and below it "- Tuyên truyền: Từ khi … đến khi …"
    if last.value.text and nodes[last.node].parent != node.parent:
        return node.parent == last.node
    return bool(
        re.match(
            r"(?:Đợt|Lần|Vòng|Giai đoạn)\s+(?:\d|[IVX]|thứ|một|hai"
            r"|ba)",
            node.text,
        )
    ) or (not last.value.text and node.parent == last.node)


_TIME_CELL = re.compile(
    r"thời\s+(?:gian|hạn|điểm)|tiến\s+độ|hoàn\s+thành|lộ\s+trình|^hạn\b"
    r"|năm thực hiện",
    re.IGNORECASE,
)
_COORD_CELL = re.compile(r"phối\s+hợp", re.IGNORECASE)
_LEAD_CELL = re.compile(
    r"chủ\s+trì|đơn\s+vị\s+thực\s+hiện|cơ\s+quan\s+thực\s+hiện|phân\s+công|chịu\s+trách\s+nhiệm"
    r"|phụ\s+trách|tham\s+mưu|đầu\s+mối|đơn\s+vị\s+được\s+giao|trách\s+nhiệm|"
    r"^(?:cơ\s+quan|đơn\s+vị)(?:\s*,\s*(?:cơ\s+quan|đơn\s+vị|địa\s+phương))*(?:\s+thực\s+hiện)?$",
    re.IGNORECASE,
)
_TASK_CELL = re.compile(
    r"nội\s+dung|nhiệm\s+vụ|công\s+việc|hoạt\s+động|tên|giải\s+pháp|chỉ\s+tiêu"
    r"|văn\s+bản",
    re.IGNORECASE,
)


def row_block(node: Node) -> tuple[Cell, dict[FieldKind, Cell]] | None:
    """The task cell of a row of a table of tasks, and its other cells by kind of column."""
    if not node.columns or len(node.cells) < 2:
        return None
    task: Cell | None = None
    named: dict[FieldKind, Cell] = {}
    for column, cell in zip(node.columns, node.cells, strict=False):
        if not cell.text:
            continue
        if _COORD_CELL.search(column) and not _LEAD_CELL.search(column):
            named.setdefault("coordinate", cell)
        elif _LEAD_CELL.search(column) and not _TIME_CELL.search(column):
            named.setdefault("lead", cell)
        elif _TIME_CELL.search(column):
            named.setdefault("time", cell)
        elif _TASK_CELL.search(column) and task is None:
            task = cell
        elif re.search(r"sản\s+phẩm|kết\s+quả", column, re.IGNORECASE):
            named.setdefault("product", cell)
    if task is None or not (named.keys() & {"lead", "coordinate", "time"}):
        return None
    return task, named
