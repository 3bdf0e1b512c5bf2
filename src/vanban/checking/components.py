"""Which line is which component of page 1, the content, the closing and the annexes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vanban.checking.lines import Line, folded
from vanban.doctypes import ADMINISTRATIVE

#: Type names in capitals → their abbreviations (Phụ lục III).
TYPES = {name.upper(): code for name, code in ADMINISTRATIVE.items()}
_TYPE_BY_FOLDED = {folded(name): name for name in TYPES}

_ANNEX = re.compile(r"phu luc(?: (?:[ivxlc]+|\d+))?\.?")
# A whole line: "Tây Ninh, ngày 04 tháng 4 năm 2023", figures or blanks; not a ground.
_DATE = re.compile(
    r"(?!can cu|theo |thuc hien |\()[^;:]{0,60}"
    r"\bngay\b[^;:]{0,12}\bthang\b[^;:]{0,12}\bnam[\s\d.…]*"
)
_AUTHORITY_WORDS = re.compile(
    r"\b(chu tich|giam doc|truong|chanh|vien truong|cuc truong|bo truong|thu truong|hieu truong"
    r"|chu nhiem|thu ky|chu toa|chi huy|tong cuc|ke toan|bi thu)\b|^(tm|kt|tl|tuq|q|t/m|k/t|t/l)\b"
)
_HEAD_LINES = 40


@dataclass
class Components:
    """Lines sorted into components; an empty list or None is a component not found."""

    nation: Line | None = None
    motto: Line | None = None
    party: Line | None = None
    issuer: list[Line] = field(default_factory=list)
    superior: list[Line] = field(default_factory=list)
    number: Line | None = None
    date: Line | None = None
    about: list[Line] = field(default_factory=list)
    urgency: Line | None = None
    type_line: Line | None = None
    type_name: str | None = None
    subject: list[Line] = field(default_factory=list)
    authority_above: list[Line] = field(default_factory=list)
    addressed: Line | None = None
    content: list[Line] = field(default_factory=list)
    order: Line | None = None
    authority: list[Line] = field(default_factory=list)
    names: list[Line] = field(default_factory=list)
    recipients_label: Line | None = None
    recipients: list[Line] = field(default_factory=list)
    annexes: list[list[Line]] = field(default_factory=list)
    head_table: list[Line] = field(default_factory=list)


def sorted_out(lines: Sequence[Line]) -> Components:
    """Sort the lines of a document into its components."""
    found = Components()
    inked = [line for line in lines if line.text]
    main, found.annexes = _annexes_apart(inked)
    head_end = _head(main, lines, found)
    closing_start = _closing(main, found)
    _middle(main[head_end:closing_start], found)
    return found


def _annexes_apart(inked: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
    closing = next(
        (at for at, line in enumerate(inked) if folded(line.text).startswith("noi nhan")), None
    )
    if closing is None:
        return list(inked), []
    starts = [
        at
        for at in range(closing, len(inked))
        if inked[at].spot is None and _ANNEX.fullmatch(folded(inked[at].text))
    ]
    if not starts:
        return list(inked), []
    ends = [*starts[1:], len(inked)]
    return list(inked[: starts[0]]), [list(inked[a:b]) for a, b in zip(starts, ends, strict=True)]


def _first(lines: Sequence[Line], test: Callable[[str], object]) -> int | None:
    return next((at for at, line in enumerate(lines) if test(folded(line.text))), None)


def _head(main: Sequence[Line], lines: Sequence[Line], found: Components) -> int:
    """Find the components of the head; the index of the first line after it."""
    head = main[:_HEAD_LINES]
    taken = -1

    def take(at: int | None) -> Line | None:
        nonlocal taken
        if at is None:
            return None
        taken = max(taken, at)
        return head[at]

    found.nation = take(_first(head, lambda text: text.startswith("cong hoa xa hoi chu nghia")))
    found.motto = take(
        _first(head, lambda text: text.startswith("doc lap") and text.endswith("hanh phuc"))
    )
    if found.nation is None:
        found.party = take(_first(head, lambda text: text.startswith("dang cong san viet nam")))
    number_at = _first(head, lambda text: re.match(r"so ?[:/.]|so \d", text))
    found.number = take(number_at)
    found.date = take(_first(head, _DATE.fullmatch))
    found.urgency = take(_first(head, lambda text: text in ("khan", "thuong khan", "hoa toc")))
    if found.nation is not None and found.nation.spot is not None:
        table = found.nation.spot.table
        found.head_table = [line for line in lines if line.spot and line.spot.table == table]
        inside = [at for at, line in enumerate(head) if line in found.head_table]
        taken = max(taken, *inside)
        _bodies(found)
    about = _first(head, lambda text: re.match(r"v ?/ ?v\b", text))
    if about is not None:
        taken = max(taken, about)
        found.about = [head[about]]
        spot = head[about].spot
        for at in range(about + 1, len(head)):
            same = spot is not None and head[at].spot == spot and head[at] is not found.urgency
            if not same:
                break
            found.about.append(head[at])
            taken = max(taken, at)
    return taken + 1


def _bodies(found: Components) -> None:
    """The names of the bodies: the cell beside the national title."""
    own = found.nation.spot if found.nation is not None else None
    if own is None:
        return
    beside = [
        line
        for line in found.head_table
        if line.text
        and line.spot
        and line.spot.row == own.row
        and line.spot != own
        and line is not found.number
        and line is not found.urgency
        and not folded(line.text).startswith(("v/v", "so:"))
    ]
    last = len(beside)
    # The issuing body is the bold end of the cell, the superior what stands above it.
    while last > 0 and all(look.bold for look in beside[last - 1].looks):
        last -= 1
    if last == len(beside) and beside:
        last = len(beside) - 1
    found.superior, found.issuer = beside[:last], beside[last:]


def _closing(main: Sequence[Line], found: Components) -> int:
    """Find recipients and signature; the index of the first line of the closing."""
    label = _first(main, lambda text: text.startswith("noi nhan"))
    if label is None:
        tail = range(max(0, len(main) - 12), len(main))
        at = next((at for at in tail if _is_authority(main[at])), len(main))
        _signed(main[at:], found)
        return at
    found.recipients_label = main[label]
    spot = main[label].spot
    if spot is not None:
        inside = [at for at, line in enumerate(main) if line.spot and line.spot.table == spot.table]
        own = [main[at] for at in inside if main[at].spot == spot and at > label]
        found.recipients = own
        others = [main[at] for at in inside if main[at].spot != spot]
        _signed([*others, *main[inside[-1] + 1 :]], found)
        return inside[0]
    after = label + 1
    while after < len(main) and (
        main[after].text.startswith(("-", "–", "+")) or main[after].shape.listed
    ):
        after += 1
    found.recipients = list(main[label + 1 : after])
    before = label
    while before > 0 and label - before < 8 and _is_closing(main[before - 1]):
        before -= 1
    _signed([*main[before:label], *main[after:]], found)
    return before


def _is_authority(line: Line) -> bool:
    text = line.text
    return len(text) < 80 and text == text.upper() and bool(_AUTHORITY_WORDS.search(folded(text)))


def _is_closing(line: Line) -> bool:
    short = len(line.text) < 50 and line.shape.align in ("center", "right")
    return _is_authority(line) or (short and line.spot is None)


def _signed(lines: Sequence[Line], found: Components) -> None:
    """Authority lines are capitals; what follows in the same cell is a name."""
    for line in lines:
        text = line.text
        if text.startswith("("):  # "(Đã ký)", "(Ký tên, đóng dấu)"
            continue
        if _is_authority(line) or (not found.names and text == text.upper() and len(text) > 3):
            found.authority.append(line)
        elif found.authority and len(text) < 60 and not text.startswith(("-", "–")):
            found.names.append(line)


def _middle(lines: Sequence[Line], found: Components) -> None:
    """Type name, subject, authority, addressees and content."""
    rest = list(lines)
    named = next(
        (at for at, line in enumerate(rest[:4]) if folded(line.text) in _TYPE_BY_FOLDED), None
    )
    if named is not None and not found.about:
        found.type_line = rest.pop(named)
        # What stands above the type name belongs to no component: leave it out.
        rest = rest[named:]
        found.type_name = _TYPE_BY_FOLDED[folded(found.type_line.text)]
        while rest and rest[0].shape.align == "center" and not _ends_subject(rest[0], found):
            found.subject.append(rest.pop(0))
        while rest and rest[0].shape.align == "center" and _capital(rest[0].text):
            found.authority_above.append(rest.pop(0))
    at = next(
        (at for at, line in enumerate(rest[:12]) if folded(line.text).startswith("kinh gui")), None
    )
    if at is not None:
        found.addressed = rest.pop(at)
        while at < len(rest) and rest[at].text.startswith("-") and rest[at].shape.align == "left":
            rest.pop(at)
    found.order = next(
        (line for line in rest if folded(line.text) in ("quyet dinh:", "quyet nghi:")), None
    )
    found.content = [line for line in rest if line.spot is None]


def _capital(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and text == text.upper()


def _ends_subject(line: Line, found: Components) -> bool:
    text = folded(line.text)
    if text.startswith(("kinh gui", "can cu", "quyet dinh:")):
        return True
    # Capitals after a subject name who decides; a subject wholly in capitals comes first.
    return bool(found.subject) and _capital(line.text) and not _capital(found.subject[-1].text)
