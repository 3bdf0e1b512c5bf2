"""Duties that fields and columns state: who leads, who helps, until when."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from vanban import fields as task_fields
from vanban import parties
from vanban.dates import find_date, find_limits
from vanban.deliverables import deliverable
from vanban.layout import Piece
from vanban.limits import due_of, limits_in
from vanban.model import Due, Duty, Evidence, Party, Role
from vanban.text import vi_regex
from vanban.tree import Node

_OPENING = vi_regex(r"(?:[Đđ]ồng thời|[Nn]goài ra|[Tt]rong đó|[Rr]iêng)\s*[,:]?\s+")
_STATEMENT_END = vi_regex(r";\s+|(?<=[a-zà-ỹ])\.\s+(?=[A-ZĐÀ-Ỹ])")
_BOTH = re.compile(
    r"(?:.{0,30}?chủ\s+trì\s*:\s*)?(?P<lead>.{3,200}?)[\s;,.-]*"
    r"(?:(?:các\s+)?(?:cơ\s+quan|đơn\s+vị)\s+)?phối\s+hợp\s*:\s*(?P<help>.{3,300})",
    re.IGNORECASE | re.DOTALL,
)
_STANDING = re.compile(
    r"^(?:(?:thực\s+hiện|duy\s+trì|triển\s+khai)\s+)?(?:thường\s+xuyên(?:\s*,\s*(?:theo"
    r"|liên)\b.*)?|liên\s+tục|hằng\s+ngày|hàng\s+ngày)(?:[\s.,;]*$|\s+(?:trong|suốt|theo"
    r"|và\s+liên)\b)",
    re.IGNORECASE,
)


def _anchor(block: task_fields.TaskBlock, nodes: Sequence[Node]) -> list[int]:
    """The nodes that say the task: the heading of the block and the passage after it."""
    inner = list(block.nodes)
    if block.fields and nodes[block.fields[0].node].kind == "letter":
        # "b) Cơ quan thực hiện", "c) Thời gian": the letters are the fields of their heading
        parent = nodes[block.fields[0].node].parent
        if parent in inner:
            at = inner.index(parent)
            rest = [i for i in inner[at + 1 :] if task_fields.label(nodes[i].text)]
            return [parent, *rest]
    headings = [i for i in inner if nodes[i].heading and not task_fields.label(nodes[i].text)]
    strong = [i for i in headings if nodes[i].kind != "bracket"] or headings
    if not strong:
        return inner
    if nodes[strong[-1]].kind == "letter" and len(strong) > 1:
        # a single lettered item is the task itself; several letters explain their heading
        letters = [i for i in strong if nodes[i].kind == "letter"]
        above = [i for i in strong if nodes[i].kind != "letter"]
        if len(letters) > 1 and above:
            return inner[inner.index(above[-1]) :]
    return inner[inner.index(strong[-1]) :]


def from_block(block: task_fields.TaskBlock, nodes: Sequence[Node]) -> Iterator[Duty]:
    anchor = _anchor(block, nodes)
    first = nodes[anchor[0]]
    said = [task_words(nodes[index]) for index in anchor]
    pieces = [piece for piece in said if piece.text.strip(" .:")][:2]
    text = ". ".join(p.text.rstrip(" .:") for p in pieces)
    span_piece = pieces[0] if pieces else first.piece
    holders = [
        *_field_parties(block.values("lead"), "lead"),
        *_field_parties(block.values("coordinate"), "coordinate"),
    ]
    dues = [due for f in block.values("time") for due in _field_dues(f.value)]
    if not block.values("time"):
        dues = [due for _, due in dues_in_words(block, nodes)]
    evidence = Evidence(0.9, "Nêu rõ trong các dòng chủ trì, phối hợp, thời gian.")
    product = deliverable(text)
    first_due = dues[0] if dues else None
    if holders or first_due:
        yield Duty(
            text, first.index, tuple(holders), first_due, product, span_piece.span(), evidence
        )
    for due in dues[1:]:
        yield Duty(text, first.index, tuple(holders), due, product, span_piece.span(), evidence)


def task_words(node: Node) -> Piece:
    """What a node asks, without a label: "Nhiệm vụ: Rà soát …" → "Rà soát …"."""
    named = task_fields.label(node.text)
    return node.piece.slice(named[1]) if named else node.piece


def dues_in_words(block: task_fields.TaskBlock, nodes: Sequence[Node]) -> Iterator[tuple[int, Due]]:
    """Limits in the words of a task whose fields state no time, and the node of each."""
    if block.values("time"):
        return
    for index in _anchor(block, nodes):
        piece = nodes[index].piece
        for limit in limits_in(piece.text, 0, len(piece.text)):
            yield index, due_of(piece, limit)


_TRAILING = re.compile(
    r"\s+(?:theo\s+(?:chức|nhiệm|thẩm|quy|lĩnh|phạm)|trong\s+phạm\s+vi|căn\s+cứ|trên\s+cơ\s+sở"
    r"|chủ\s+động|thuộc\s+phạm\s+vi)\b.*$",
    re.DOTALL,
)


def _field_parties(values: Sequence[task_fields.Field], role: Role) -> Iterator[Party]:
    for value in values:
        yield from listed(value.value, role, "field")


def listed(piece: Piece, role: Role, how: str) -> Iterator[Party]:
    """The units of a list; a sentence in a list ("Sở A tiến hành …; các sở khác rà soát …") gives
    its subject."""
    text = piece.text
    for a, b in _statements(text):
        part = piece.slice(a, b)
        if opening := _OPENING.match(part.text):
            part = part.slice(opening.end())
        subject = parties.subject_at(part.text)
        if subject and len(part.text) - subject.predicate > 3:
            name = part.slice(subject.start, subject.end)
        else:
            name = part.slice(0, len(_TRAILING.sub("", part.text).rstrip(" .;,:")))
        if not name.text:
            continue
        for x, y in parties.split_units(name.text):
            yield Party(name.text[x:y], role, name.span(x, y), how)


def _statements(text: str) -> list[tuple[int, int]]:
    cuts = [
        0,
        *[m.end() for m in _STATEMENT_END.finditer(text)],
        len(text),
    ]
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _field_dues(piece: Piece) -> Iterator[Due]:
    text = piece.text.strip()
    if not text or _STANDING.match(text):
        return
    end = len(piece.text.rstrip(" .;,"))
    shown = piece.text[:end]
    limits = find_limits(shown)
    dated = [limit for limit in limits if limit.date]
    if dated:
        for limit in dated:
            yield Due(
                limit.text, limit.wording, limit.date, None, piece.span(limit.start, limit.end)
            )
        return
    date = find_date(shown)
    single = date and not find_date(shown, date[2])
    if date and single and not re.match(r"(?:Từ|Sau)\b", shown, re.IGNORECASE):
        yield Due(shown, "on", date[0], None, piece.span(0, end))
        return
    wording = limits[0].wording if limits else "period"
    yield Due(shown, wording, None, shown, piece.span(0, end))


def from_row(node: Node) -> Iterator[Duty]:
    found = task_fields.row_block(node)
    if not found:
        return
    task, named = found
    holders: list[Party] = []
    if cell := named.get("lead"):
        both = _BOTH.fullmatch(cell.text)
        if both:  # "Chủ trì: Sở A; phối hợp: Sở B" in one cell
            holders += listed(cell.piece.slice(*both.span("lead")), "lead", "column")
            holders += listed(cell.piece.slice(*both.span("help")), "coordinate", "column")
        else:
            holders += listed(cell.piece, "lead", "column")
    if cell := named.get("coordinate"):
        holders += listed(cell.piece, "coordinate", "column")
    dues = list(_field_dues(named["time"].piece)) if "time" in named else []
    if not holders and not dues:
        return
    evidence = Evidence(0.92, "Một dòng của bảng nhiệm vụ.")
    product = deliverable(task.text)
    owed: list[Due | None] = [*dues] or [None]
    for due in owed:
        yield Duty(task.text, node.index, tuple(holders), due, product, task.piece.span(), evidence)
