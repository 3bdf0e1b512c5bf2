"""Duties: who must do what by when, from prose, labelled fields and tables of tasks.

Three ways lead to a duty: a heading that is nothing but units and the passages under it; a
sentence whose subject is a unit ("Sở Tài chính chủ trì …", "giao …", "yêu cầu …", "… có trách
nhiệm"); a field or a column that names who and when. One passage may hold several duties: a
clause with a limit of its own is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vanban import fields as task_fields
from vanban import parties
from vanban.layout import Piece
from vanban.model import Duty, Header
from vanban.owners import lead_ins, owners_in
from vanban.passages import MAX_PASSAGE, from_prose
from vanban.stated import dues_in_words, from_block, from_row, task_words
from vanban.tree import Node

_COMMANDS = ("Chỉ thị", "Công điện", "Thông báo", "Công văn", "Thông báo kết luận", "Kết luận")


def find_duties(nodes: Sequence[Node], header: Header) -> tuple[Duty, ...]:
    """All duties in order of their place in the text."""
    duties: list[Duty] = []
    blocks, used = task_fields.task_blocks(nodes)
    in_block: dict[int, Piece] = {}
    for block in blocks:
        duties += from_block(block, nodes)
        used |= {index for index, _ in dues_in_words(block, nodes)}
        leads = block.values("lead")
        if leads:
            for index in block.nodes:
                in_block.setdefault(index, leads[0].value)
    owners = owners_in(nodes)
    led = lead_ins(nodes, owners)
    commands = header.type in _COMMANDS
    for node in nodes:
        if node.index in used or not node.text:
            continue
        if node.index in in_block and parties.HEAD.match(task_words(node).text) is not None:
            continue  # the block already says who
        if node.kind == "row":
            duties += from_row(node)
            continue
        if len(node.text) > MAX_PASSAGE:
            node = replace(node, piece=next(node.piece.parts(MAX_PASSAGE)))
        duties += from_prose(node, nodes, owners, led, commands, in_block)
    return tuple(sorted(_distinct(duties), key=lambda d: (d.span.start, d.span.end)))


def _distinct(duties: Sequence[Duty]) -> Iterator[Duty]:
    seen = set()
    for duty in duties:
        key = (duty.provision, duty.span, tuple((p.name, p.role) for p in duty.parties), duty.due)
        if key not in seen:
            seen.add(key)
            yield duty
