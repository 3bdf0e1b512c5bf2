"""Headings and lead-ins that name who owes what stands below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban import fields as task_fields
from vanban import parties
from vanban.layout import Piece
from vanban.model import Party, Role
from vanban.tree import Node


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes the passages below: units as written, their place and role."""

    piece: Piece
    role: Role
    how: str


def owners_in(nodes: Sequence[Node]) -> dict[int, Owner]:
    """Nodes whose words name who owes what stands below them."""
    owners: dict[int, Owner] = {}
    for node in nodes:
        if node.kind == "row" or not node.text or task_fields.label(node.text):
            continue
        if not node.heading and not node.children and not _leads_on(node, nodes):
            continue
        text = node.text
        place = parties.unit_heading(text) if node.heading or text.endswith(":") else None
        if place:
            piece = node.piece.slice(*place)
            owners[node.index] = Owner(
                piece, "all" if parties.addresses_all(piece.text) else "lead", "heading"
            )
            continue
        if node.children or _leads_on(node, nodes):
            subject = parties.leading(text)
            how = "subject"
            if subject is None:
                subject, how = next((s for _, s in parties.asked(text)), None), "addressee"
            tail = text[subject.predicate :] if subject else ""
            if node.children and (charged_all := _CHARGED.fullmatch(text)):
                piece = node.piece.slice(*charged_all.span("unit"))
                owners[node.index] = Owner(piece, general_role(piece.text), "subject")
                continue
            if (
                node.heading
                and node.children
                and parties.HEAD.match(text)
                and _is_title(text, subject)
            ):
                piece = node.piece.slice(0, len(text.rstrip(" .:;")))
                owners[node.index] = Owner(
                    piece, "all" if parties.addresses_all(piece.text) else "lead", "heading"
                )
            elif subject and (
                text.rstrip().endswith(":") or (len(tail) < 40 and not _is_whole(node, nodes))
            ):
                stop = subject.end
                if re.fullmatch(
                    r"(?:chỉ đạo|giao)\s+[^.;:]{5,90}:", tail.rstrip()
                ) and parties.HEAD.search(tail):
                    # "Sở A chỉ đạo Chi cục B thực hiện:" charges both
                    charged = parties.HEAD.search(tail)
                    verb = parties.predicate_after(tail, charged.end()) if charged else None
                    stop = subject.predicate + len(tail[:verb].rstrip(" :"))
                piece = node.piece.slice(subject.start, stop)
                leads = "chủ trì" in tail[:40]
                role: Role = "all" if parties.addresses_all(piece.text) else "lead"
                owners[node.index] = Owner(piece, role, "lead" if leads else how)
            elif text.rstrip().endswith(":") and (head := _unit_before_colon(text)):
                piece = node.piece.slice(*head)
                owners[node.index] = Owner(
                    piece, "all" if parties.addresses_all(piece.text) else "lead", "subject"
                )
    return owners


def _is_whole(node: Node, nodes: Sequence[Node]) -> bool:
    """ "5. Phó Chủ tịch trực tiếp chỉ đạo." with mere paragraphs below: a task, no lead-in."""
    return node.text.rstrip().endswith(".") and all(nodes[i].kind == "text" for i in node.children)


# "12. Các tổ chức, cá nhân khai thác nước dưới đất có trách nhiệm" above its items: whatever
# stands before the last words is who is charged
_CHARGED = re.compile(
    rf"(?P<unit>(?:{parties.HEAD.pattern})[^.;:“”]{{0,200}}?)\s*,?\s+(?:có|chịu)\s+trách\s+nhiệm\s*:?\s*"
)


def _is_title(text: str, subject: parties.Subject | None) -> bool:
    """ "2. Các Sở, ngành chủ trì, quản lý các dự án" above its bullets: a unit with attributes."""
    return (
        subject is not None
        and subject.start == 0
        and len(text.split()) <= 30
        and not re.search(r"[.;:]", text.rstrip(" .:;"))
        and not text.rstrip().endswith((".", ":", ";"))
        and not re.search(r"trách nhiệm|chủ trì, phối hợp", text)
    )


def _unit_before_colon(text: str) -> tuple[int, int] | None:
    """ "… Cục Thuế tỉnh chủ trì:" and "Trách nhiệm của Sở Nội vụ:"."""
    match = re.search(
        r"(?:,|của)\s+(?=[A-ZĐ])([^,:]{4,80}?)\s+(?:chủ trì|có trách nhiệm"
        r"|thực hiện)\s*:$",
        text,
    )
    if match and parties.HEAD.match(match[1]):
        return match.start(1), match.end(1)
    return None


def _leads_on(node: Node, nodes: Sequence[Node]) -> bool:
    """A paragraph that ends in ":" owns the bullets after it."""
    return node.kind == "text" and node.text.rstrip().endswith(":")


# "UBND xã xây dựng kế hoạch với các nội dung sau:" speaks of the document itself
_ISSUES = re.compile(
    r"\b(?:xây dựng|ban hành|triển khai)\s+(?:kế hoạch|chương trình|hướng dẫn|chỉ thị)\b[^:]*:\s*$",
    re.IGNORECASE,
)


def lead_ins(nodes: Sequence[Node], owners: dict[int, Owner]) -> dict[int, int]:
    """For numbered nodes, the paragraph "… đề nghị các cơ quan thực hiện:" that leads them in.

    It stands beside them in the tree and rules until the next bare paragraph.
    """
    ruling: dict[int | None, int | None] = {}
    found: dict[int, int] = {}
    for node in nodes:
        if node.kind == "text":
            leads = node.index in owners and node.text.rstrip().endswith(":")
            ruling[node.parent] = node.index if leads and not _ISSUES.search(node.text) else None
        elif (index := ruling.get(node.parent)) is not None and node.kind != "row":
            charged = owners[index].how == "addressee" or "trách nhiệm" in nodes[index].text[-70:]
            if charged or node.kind in ("dash", "plus", "star"):
                found[node.index] = index
    return found


def owner_of(
    node: Node, nodes: Sequence[Node], owners: dict[int, Owner], led: dict[int, int]
) -> tuple[int, Owner] | None:
    """The owner of what a node asks and the node that names it; ``None`` where none is named."""
    parent = node.parent
    if node.index in led:
        return led[node.index], owners[led[node.index]]
    while parent is not None:
        if parent in owners:
            return parent, owners[parent]
        if parent in led:
            return led[parent], owners[led[parent]]
        above = nodes[parent]
        if node.kind == "text" and above.heading and parties.begins_with_verb(node.text):
            # an unmarked paragraph goes on with the unit its item began with
            subject = parties.leading(above.text)
            if subject and subject.start == 0:
                piece = above.piece.slice(subject.start, subject.end)
                return parent, Owner(piece, general_role(piece.text), "subject")
        parent = above.parent
    return None


def headings_above(node: Node, nodes: Sequence[Node]) -> list[str]:
    """The headings above a node, nearest first."""
    found = []
    parent: int | None = node.parent
    while parent is not None:
        if nodes[parent].heading:
            found.append(nodes[parent].text)
        parent = nodes[parent].parent
    return found


def holders(owner: Owner, role: Role | None = None) -> Iterator[Party]:
    text = owner.piece.text
    for a, b in parties.split_units(text):
        yield Party(text[a:b], role or owner.role, owner.piece.span(a, b), owner.how)


def general_role(name: str) -> Role:
    return "all" if parties.addresses_all(name) else "lead"


# "Điều 3. Chánh Văn phòng, Trưởng phòng Nội vụ, … chịu trách nhiệm thi hành Quyết định này"
_EXECUTE = re.compile(r"chịu trách nhiệm thi hành\b")


def role_of(predicate: str, owner: Owner) -> Role:
    if _EXECUTE.match(predicate) and len(parties.split_units(owner.piece.text)) > 1:
        return "all"
    if owner.how == "lead":
        return "lead"
    if owner.role == "all":
        return "all"
    return "coordinate" if parties.coordinates(predicate) else "lead"
