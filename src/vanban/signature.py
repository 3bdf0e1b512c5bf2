"""The end of a document: "Nơi nhận", authority, position and name of the signer.

Nghị định 30/2020, Điều 13 and Phụ lục I: "TM." on behalf of, "KT." for the head by a deputy,
"TL." by order, "TUQ." by authorisation, "Q." acting; the Party writes "T/M", "K/T", "T/L".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from vanban.casing import is_capitals
from vanban.header import Unit, issuer_signing, units
from vanban.layout import Block, Piece, Table, join
from vanban.model import Header, Signer, Span
from vanban.text import squeeze, vi_regex

_RECIPIENTS = re.compile(r"Nơi\s+nhận\s*:?", re.IGNORECASE)
_AUTHORITY = vi_regex(
    r"(?:TM|KT|TL|TUQ|TUN|Q|T/M|K/T|T/L|T\.M|K\.T"
    r"|T\.L)\s?[.\s]\s?(?=[A-ZĐÀ-Ỹ])"
)
_IN_THE_NAME = re.compile(r"T[./]?M\b")
_POSITION = re.compile(
    r"(?:Q\.\s?)?(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|CHỦ\s+T[ỌO]Ạ?A?|CHỦ\s+TRÌ|THƯ\s+KÝ|CHỦ\s+NHIỆM"
    r"|GIÁM\s+ĐỐC|TỔNG\s+GIÁM\s+ĐỐC|CỤC\s+TRƯỞNG"
    r"|VỤ\s+TRƯỞNG|TRƯỞNG|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG"
    r"|THỦ\s+TƯỚNG|THỦ\s+TRƯỞNG|CHÁNH|BÍ\s+THƯ|HIỆU\s+TRƯỞNG|VIỆN\s+TRƯỞNG|THỐNG\s+ĐỐC|TỔNG"
    r"|CHI\s+CỤC\s+TRƯỞNG|HẠT\s+TRƯỞNG"
    r"|ỦY\s+VIÊN|UỶ\s+VIÊN|CỤC|VỤ|TỈNH|THƯỜNG\s+TRỰC)\b"
)
_SIGNED = re.compile(
    r"\(?\s*(?:đã\s+ký|ký\s+tên|đã\s+kí|chữ\s+ký|ký,|ký\s+số|signed)[^)]*\)?", re.IGNORECASE
)
_NAME_WORD = r"[A-ZĐÀ-Ỹ][a-zđà-ỹ]*(?:['’][A-Za-zà-ỹ]+)?"
_RANK = (
    r"(?:(?:Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|TS"
    r"|ThS|GS|PGS|BS|CKI+)[.\s]\s?)*"
)
_NAME = vi_regex(rf"{_RANK}{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,5}}")
# minutes are signed by the secretary too (Nghị định 30/2020, Phụ lục III, mẫu 1.9)
_CHAIR = re.compile(r"CHỦ\s+(?:TRÌ|TỌA|TOẠ)\b")
_SECRETARY = re.compile(r"THƯ\s+KÝ\b|NGƯỜI\s+GHI")
_BULLET = re.compile(r"\s*[-–—+•*]\s*")
_NAME_AT_END = vi_regex(rf"(?P<caps>.*[A-ZĐÀ-Ỹ]{{2,}}\S*)\s+(?P<name>{_NAME.pattern})$", re.DOTALL)


@dataclass(slots=True)
class Hand:
    """One who signs: the lines above the name and the name."""

    position: list[str] = field(default_factory=list)
    name: str | None = None
    #: Opened while the hand before it had no name yet: both positions first, then both names.
    beside: bool = False


@dataclass(slots=True)
class Tail:
    """Where the end begins and stops (block indexes) and what it says."""

    start: int
    stop: int
    recipients: list[Piece]
    hands: list[Hand]
    found: bool

    @property
    def hand(self) -> Hand:
        """Who signs for the text: the chair of minutes, else the first."""
        chair = next((h for h in self.hands if _CHAIR.search(" ".join(h.position))), None)
        return chair or (self.hands[0] if self.hands else Hand())


# several entries on one line: "- Như trên; - Lưu: VT."
_SAME_LINE = vi_regex(r"[;,.]\s+(?=[-–]\s*[A-ZĐÀ-Ỹ])")
_CAPITAL_WORD = vi_regex(r"[A-ZĐÀ-Ỹ]{2,}[\s,.;]|[A-ZĐÀ-Ỹ]{2,}$")


def _is_signature(text: str) -> bool:
    """Does a unit open with an authority ("KT. …") or a position in capitals?"""
    authority = _AUTHORITY.match(text)
    if authority:
        return bool(_CAPITAL_WORD.match(text, authority.end()))
    return bool(_POSITION.match(text))


def _signs(unit: Unit) -> bool:
    """Does a unit open with a signature, under the name of a body ("BAN DÂN VẬN TỈNH ỦY") too?"""
    if _is_signature(unit.text):
        return True
    if len(unit.lines) < 2:
        return False
    shouted = [line.text for line in takewhile(lambda line: is_capitals(line.text), unit.lines)]
    return any(_is_signature(line) for line in shouted)


def _is_whole_hand(unit: Unit, blocks: Sequence[Block]) -> bool:
    """Is a cell of a table a signature with its name?"""
    return (
        isinstance(blocks[unit.block], Table) and _signs(unit) and _split_name(unit)[1] is not None
    )


def _parted(unit: Unit, blocks: Sequence[Block]) -> list[Unit]:
    """A paragraph into which the lines of a signature ran: each line a unit of its own again."""
    if isinstance(blocks[unit.block], Table) or len(unit.lines) < 2:
        return [unit]
    first = next((i for i, line in enumerate(unit.lines) if _is_signature(line.text)), None)
    if first is None:
        return [unit]
    before = unit.lines[:first]
    return [
        *([Unit(join(before), unit.block, before)] if before else []),
        *(Unit(line, unit.block, [line]) for line in unit.lines[first:]),
    ]


def read_tail(blocks: Sequence[Block], start: int) -> Tail:
    """The signature block after ``start``; where there is none, an empty tail at the end."""
    everything = [
        part for unit in units(blocks, start, len(blocks)) for part in _parted(unit, blocks)
    ]
    first = next((i for i, u in enumerate(everything) if _RECIPIENTS.match(u.text)), None)
    annex = next(
        (i for i, u in enumerate(everything) if re.match(r"PHỤ LỤC\b", u.text) and i > 3),
        len(everything),
    )
    if first is None or first > annex + 4:
        signs = [i for i, u in enumerate(everything[: annex + 3]) if _is_signature(u.text)]
        later = [i for i in signs if i >= max(0, min(annex, len(everything)) - 12)]
        if not later:
            return Tail(len(blocks), len(blocks), [], [], False)
        first = later[-1]
        while first - 1 in later:
            first -= 1
    while (above := _signature_above(everything, first, blocks)) < first:
        first = above
    begin = everything[first].block
    table = blocks[begin]
    if isinstance(table, Table):
        first = next(i for i, u in enumerate(everything) if u.block == begin)
    recipients: list[Piece] = []
    hands: list[Hand] = []
    last_block = begin
    state = "signature"
    seen_list = False
    idle = 0
    for unit in everything[first:]:
        text = unit.text
        if idle > 3 or (unit.block > begin and re.match(r"PHỤ LỤC\b|Phụ lục\s+[IVX\d]", text)):
            break
        if _RECIPIENTS.match(text):
            state, seen_list = "recipients", True
            rest = _recipient_lines(unit)
            recipients += rest
            last_block = unit.block
            if isinstance(blocks[unit.block], Table):
                state = "signature"
            continue
        unnamed = hands[-1] if hands and hands[-1].name is None else None
        if unnamed and _CHAIR.match(text) and _SECRETARY.search(" ".join(unnamed.position)):
            unnamed = None  # both posts first, both names below
        beside = unnamed is not None and _is_another(unnamed, unit)
        if beside:
            unnamed = None
        if _signs(unit) or (unnamed and is_capitals(text) and len(text) < 60):
            state = "signature"
            caps, name = _split_name(unit)
            if unnamed is None:
                unnamed = Hand(beside=beside)
                hands.append(unnamed)
            unnamed.position += caps
            unnamed.name = name
            last_block = unit.block
            idle = 0
            continue
        if _SIGNED.fullmatch(text):
            last_block = unit.block
            continue
        if seen_list and _BULLET.match(text) and not isinstance(blocks[unit.block], Table):
            state = "recipients"
        if state == "recipients" and (_BULLET.match(text) or not _ends_list(recipients)):
            if not _ends_list(recipients):
                recipients += _recipient_lines(unit)
                last_block = unit.block
            elif len(text) < 6:
                last_block = unit.block  # a stray mark of the scan
            continue
        unnamed = next((hand for hand in hands if hand.name is None), None)
        if unnamed and _NAME.fullmatch(text):
            unnamed.name, last_block = text, unit.block
            continue
        if unnamed and _SIGNED.match(text):
            name = squeeze(_SIGNED.sub("", text, count=1))
            if _NAME.fullmatch(name):
                unnamed.name = name
            last_block = unit.block
            continue
        signed = any(hand.name for hand in hands)
        if signed and (seen_list or not _more_recipients(everything, unit)):
            break
        idle += 1
    named = [hand for hand in _together(hands) if hand.name] or hands
    return Tail(begin, last_block + 1, recipients, named, bool(hands or recipients))


# the rank of a head of a body; "PHÓ CHỦ TỊCH" and "THỨ TRƯỞNG" may stand under "KT. …"
_HEAD_OF_BODY = re.compile(r"(?!PHÓ\s|THỨ\s|ỦY VIÊN|UỶ VIÊN)")


def _is_another(unnamed: Hand, unit: Unit) -> bool:
    """Does a unit open a second signature beside one whose name has not come yet?

    "TM. …" does under another "TM. …", an authority or the head of a body under a post.
    """
    text = unit.text
    if not _is_signature(text) or not unnamed.position:
        return False
    last = unnamed.position[-1]
    if _AUTHORITY.match(text):
        in_the_name = bool(_IN_THE_NAME.match(text))
        return bool(_POSITION.match(last)) or (
            in_the_name and any(_IN_THE_NAME.match(line) for line in unnamed.position)
        )
    return bool(
        _POSITION.match(text)
        and _HEAD_OF_BODY.match(text)
        and _POSITION.match(last)
        and _HEAD_OF_BODY.match(last)
    )


def _together(hands: Sequence[Hand]) -> list[Hand]:
    """A hand that stood beside another and got no name is the other's second post."""
    found: list[Hand] = []
    for hand in hands:
        if hand.beside and hand.name is None and found:
            found[-1].position += hand.position
        else:
            found.append(hand)
    return found


def _is_name_or_mark(text: str) -> bool:
    words = _SIGNED.sub("", text, count=1).strip()
    return not words or bool(_NAME.fullmatch(words))


def _signature_above(everything: Sequence[Unit], first: int, blocks: Sequence[Block]) -> int:
    """Where a signature begins that ends just above ``first``; ``first`` where there is none.

    It is a name, perhaps "(đã ký)", and one or more lines of position over it; or such lines
    alone.
    """
    at = first
    while at > 0 and _is_whole_hand(everything[at - 1], blocks):
        at -= 1
    if at < first:
        return at
    # of a joint document both names may stand below both posts
    while at > 1 and _is_name_or_mark(everything[at - 1].text):
        at -= 1
    begin = at
    while at > 0:
        words = _SIGNED.sub(" ", everything[at - 1].text)
        if not is_capitals(words) or len(words) > 60:
            break
        at -= 1
        if _is_signature(everything[at].text):
            begin = at
    return begin if begin < first and _is_signature(everything[begin].text) else first


def _more_recipients(everything: Sequence[Unit], unit: Unit) -> bool:
    at = everything.index(unit)
    return any(_RECIPIENTS.match(u.text) for u in everything[at : at + 4])


# number of copies and the drafter's sign below "Lưu" (Phụ lục I, ô số 12)
_COPIES = re.compile(r"\d{1,3}\s?\w{0,6}\.?")


def _ends_list(recipients: Sequence[Piece]) -> bool:
    """ "Lưu: VT, PNV." closes the list."""
    return bool(recipients and re.match(r"Lưu\b", recipients[-1].text))


def _recipient_lines(unit: Unit) -> list[Piece]:
    """One entry per dash; lines without a dash go on with the entry above."""
    entries: list[list[Piece]] = []
    for line in unit.lines:
        text = line.text
        start = 0
        if match := _RECIPIENTS.match(text):
            start = match.end()
            if start >= len(text.rstrip()):
                continue
        # several entries on one line: "- Như trên; - Lưu: VT."
        for cut in _cuts(text, start):
            part = line.slice(*cut)
            bullet = _BULLET.match(part.text)
            if bullet:
                entries.append([part.slice(bullet.end())])
            elif entries and _ends_list([entries[-1][0]]) and _COPIES.fullmatch(part.text):
                continue
            elif entries:
                entries[-1].append(part)
            elif part.text:
                entries.append([part])
    found = [piece for entry in entries if (piece := _trim(join(entry))).text]
    for index, piece in enumerate(found):
        if _ends_list([piece]):
            # what stands behind "Lưu" is a stray mark of the scan
            return found[: index + 1]
    return found


def _cuts(text: str, start: int) -> list[tuple[int, int]]:
    marks = [start] + [m.start() + 1 for m in _SAME_LINE.finditer(text) if m.start() > start]
    return list(zip(marks, [*marks[1:], len(text)], strict=True))


def _trim(piece: Piece) -> Piece:
    end = len(piece.text.rstrip(" .;,"))
    return piece.slice(0, end)


def _split_name(unit: Unit) -> tuple[list[str], str | None]:
    """Positions and name of a signature unit, whether one per line or all on one."""
    lines = [squeeze(_SIGNED.sub(" ", line.text)) for line in unit.lines]
    lines = [line for line in lines if line]
    name = None
    if len(lines) > 1 and _NAME.fullmatch(lines[-1]) and not is_capitals(lines[-1]):
        name = lines.pop()
    elif lines and len(lines[-1]) < 200 and (match := _NAME_AT_END.fullmatch(lines[-1])):
        lines[-1], name = match["caps"], match["name"]
    elif (
        (
            len(lines) > 1
            and is_capitals(lines[-1])
            and not (_POSITION.match(lines[-1]) or _AUTHORITY.match(lines[-1]))
        )
        and 2 <= len(lines[-1].split()) <= 5
        and _POSITION.match(lines[-2])
    ):
        name = lines.pop().title()
    lines = [line for line in lines if is_capitals(line)]
    return [part for line in lines for part in _authorities(line)], name


def _authorities(line: str) -> list[str]:
    """ "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" as its three lines."""
    cuts = sorted(
        {m.start() for m in _AUTHORITY.finditer(line)}
        | {m.start() for m in re.finditer(r"(?<=\s)PHÓ\s", line)}
    )
    cuts = [0, *[c for c in cuts if c > 0]]
    return [squeeze(line[a:b]) for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _signer(hand: Hand) -> Signer:
    """Name, whole position and authority of one who signs, broken lines joined."""
    lines: list[str] = []
    for line in hand.position:
        if lines and not (_AUTHORITY.match(line) or _POSITION.match(line)):
            lines[-1] = f"{lines[-1]} {line}"  # a wrapped line: "TM. ỦY BAN NHÂN" / "DÂN"
        else:
            lines.append(line)
    authority = None
    if len(lines) > 1:
        authority = " ".join(lines[:-1])
    elif lines and _AUTHORITY.match(lines[0]):
        authority = lines[0]
    return Signer(hand.name, " ".join(lines) or None, authority)


def with_tail(header: Header, tail: Tail) -> Header:
    """The header completed by signers, position, authority and recipients."""
    signer = _signer(tail.hand)
    spans = dict(header.spans)
    if tail.recipients:
        spans["recipients"] = Span(tail.recipients[0].span().start, tail.recipients[-1].span().end)
    return replace(
        header,
        issuer=header.issuer or issuer_signing(tail.hand.position, header.place),
        signer=signer.name,
        signer_position=signer.position,
        authority=signer.authority,
        signers=tuple(_signer(hand) for hand in tail.hands),
        recipients=tuple(piece.text for piece in tail.recipients),
        spans=spans,
    )
