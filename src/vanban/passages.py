"""Duties in running text: by the heading above, by the subject, by "giao", "yêu cầu", "đề nghị"."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vanban import parties
from vanban.dates import Limit, find_limits
from vanban.deliverables import deliverable
from vanban.layout import Piece
from vanban.limits import NO_LIMIT, REPORTING, due_of, limits_in
from vanban.model import Duty, Evidence, Party, Role
from vanban.owners import Owner, general_role, headings_above, holders, owner_of, role_of
from vanban.stated import listed
from vanban.text import Anycase, grouped, vi_regex
from vanban.tree import Node

_ORGANISATION = Anycase(
    r"tổ\s+chức\s+(?:thực\s+hiện|triển\s+khai)|trách\s+nhiệm\s+(?:của|thực|thi)|phân\s+công"
    r"|^trách\s+nhiệm|nhiệm\s+vụ\s+của\s+các|giao\s+nhiệm\s+vụ"
)
_AIMS = Anycase(
    r"mục\s+đích|yêu\s+cầu|quan\s+điểm|đánh\s+giá\s+chung|kết\s+quả\s+đạt|nguyên\s+tắc|đối\s+tượng"
    r"|tồn\s+tại|hạn\s+chế|tình\s+hình|nguy\s+cơ|thực\s+trạng"
)
# awards and the like: units are judged there, not charged
_JUDGED = Anycase(
    r"khen\s+thưởng|tiêu\s+chí|tiêu\s+chuẩn|số\s+lượng|hồ\s+sơ|thủ\s+tục"
    r"|thành\s+phần|hình\s+thức"
)
# "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị …": a formula, no task
_FORMULA = Anycase(
    r"nếu\s+(?:có\s+)?(?:phát\s+sinh\s+)?(?:nội\s+dung\s+"
    r"|những\s+)?(?:khó\s+khăn|vướng\s+mắc|vấn\s+đề)|có\s+(?:khó\s+khăn"
    r"|vướng\s+mắc)",
    opens=("nếu", "có"),
)
# "chuyển đơn đến UBND xã để giải quyết … (trong thời hạn 05 ngày)": the limit is UBND's
_HANDED = vi_regex(
    r"(?:chuyển|gửi|giao)\b[^.;]{0,60}?\b(?:đến|về|cho"
    r"|tới)\s+(?P<unit>[A-ZĐÀ-Ỹ][^.;,()]{3,80}?)\s+để\s+(?:xem\s+xét,?\s+)?(?:giải\s+quyết"
    r"|xử\s+lý)[^.;]{0,50}$"
)
#: Characters of one passage that are read for duties; real passages have a few thousand.
_GROUPING = ("annex", "part", "chapter", "section", "capital", "roman")
MAX_PASSAGE = 12_000


@lru_cache(maxsize=256)
def _organises(heading: str) -> bool:
    """Does a heading announce who has to do what?"""
    return bool(_ORGANISATION.search(heading))


@lru_cache(maxsize=256)
def _states_aims(heading: str) -> bool:
    return bool(_AIMS.search(heading))


@lru_cache(maxsize=256)
def _judges(heading: str) -> bool:
    return bool(_JUDGED.search(heading, 0, 90))


def from_prose(
    node: Node,
    nodes: Sequence[Node],
    owners: dict[int, Owner],
    led: dict[int, int],
    commands: bool,
    in_block: dict[int, Piece],
) -> Iterator[Duty]:
    if node.index in owners:
        own = owners[node.index]
        if own.how == "heading" or not node.text[:-1].rstrip().endswith((".", ";")):
            # a heading or a lead-in: what it asks stands below; a limit in it is its own
            yield from _limits_of_lead_in(node, own)
            return
    headings = headings_above(node, nodes)
    organised = commands or node.closing or any(map(_organises, headings))
    aims = (
        bool(headings)
        and not organised
        and (_states_aims(headings[-1]) or _states_aims(headings[0]) or any(map(_judges, headings)))
    )
    owner = owner_of(node, nodes, owners, led)
    if owner and aims:
        owner = None
    if (
        owner
        and node.index in led
        and node.children
        and (
            node.kind in _GROUPING
            or node.text.rstrip().endswith(":")
            or (len(node.text) < 60 and _organises(node.text))
        )
    ):
        owner = None  # a heading over tasks, no task
    if owner and _is_enumeration(node, nodes, owner[0]):
        return
    yield from _passage(
        node, owner[1] if owner else None, organised, aims, in_block.get(node.index), headings
    )


def _is_enumeration(node: Node, nodes: Sequence[Node], owner: int) -> bool:
    """A thing listed below a task ("… các dự án sau:") is no task of its own."""
    if node.parent is None or node.parent == owner or nodes[node.parent].index == owner:
        return False
    above = nodes[node.parent]
    return (
        above.kind not in ("text",)
        and node.kind in ("dash", "plus", "star")
        and not (parties.begins_with_verb(node.text) or parties.leading(node.text))
    )


def _limits_of_lead_in(node: Node, owner: Owner) -> Iterator[Duty]:
    for limit in find_limits(node.text):
        if limit.kind in ("date", "rule") and not NO_LIMIT.search(
            node.text[max(0, limit.start - 24) : limit.start]
        ):
            yield Duty(
                node.text,
                node.index,
                tuple(holders(owner)),
                due_of(node.piece, limit),
                deliverable(node.text),
                node.piece.span(),
                Evidence(0.7, "Thời hạn nêu ở câu dẫn."),
            )


def _passage(
    node: Node,
    owner: Owner | None,
    organised: bool,
    aims: bool,
    block_lead: Piece | None,
    headings: list[str],
) -> Iterator[Duty]:
    """The duties of one passage: by owner, by subject, by "giao/yêu cầu/đề nghị"."""
    text, piece = node.text, node.piece
    found: list[tuple[int, Owner, Role, float, str]] = []  # start of the task, owner, role, …
    first = parties.leading(text)
    if (
        owner is not None
        and owner.how == "heading"
        and first is not None
        and first.start
        and not _is_strong(text, first)
        and not _among(first.name, owner.piece.text)
    ):
        first = None  # "Căn cứ văn bản của Bộ, ngành, phối hợp …": the heading's unit acts
    if owner is not None:
        begins_with_own = (
            first is not None
            and first.start == 0
            and parties.same_head(first.name, owner.piece.text)
        )
        if first is None or begins_with_own:
            role = role_of(text if first is None else text[first.predicate :], owner)
            found.append((0, owner, role, 0.92, "Nằm dưới đề mục nêu tên đơn vị."))
        else:
            name = piece.slice(first.start, first.end)
            # under a heading that addresses all, each unit named is one of them
            shared = owner.role if owner.how == "heading" else general_role(name.text)
            own = Owner(name, shared, "subject")
            role = role_of(text[first.predicate :], own)
            found.append((first.predicate, own, role, 0.85, "Chủ ngữ của câu là đơn vị."))
    elif first is not None and not aims and not _FORMULA.search(text, 0, first.predicate):
        strong = _is_strong(text, first)
        speaks = not headings and _SPEAKS.fullmatch(text, first.predicate)
        if not speaks and (organised or strong or first.start == 0):
            name = piece.slice(first.start, first.end)
            own = Owner(name, general_role(name.text), "subject")
            found.append(
                (
                    first.predicate,
                    own,
                    role_of(text[first.predicate :], own),
                    0.85,
                    "Chủ ngữ của câu là đơn vị.",
                )
            )
    if owner is None or first is None or first.start:
        for at, subject in parties.asked(text):
            if aims and not organised:
                continue
            if (
                owner is not None and not (at == 0 and text.startswith("Giao "))
            ) or _FORMULA.search(text, 0, subject.end):
                continue
            found = [f for f in found if not (at <= f[0] <= subject.predicate or owner is not None)]
            name = piece.slice(subject.start, subject.end)
            own = Owner(name, general_role(name.text), "addressee")
            found.append(
                (
                    subject.predicate,
                    own,
                    role_of(text[subject.predicate :], own),
                    0.85,
                    "“Giao”, “yêu cầu” hoặc “đề nghị” nêu tên đơn vị.",
                )
            )
    if not aims or organised:
        found += _later_subjects(text, piece, owner, found, organised)
    found.sort(key=lambda f: f[0])
    if not found and (charged := _IN_BRACKETS.search(text)):
        name = piece.slice(*charged.span("unit"))
        own = Owner(name, general_role(name.text), "addressee")
        found.append((0, own, own.role, 0.8, "Đơn vị nêu trong ngoặc."))
    if not found:
        yield from _unowned_limits(node, block_lead, organised, headings)
        return
    for i, (start, own, role, sure, why) in enumerate(found):
        stop = found[i + 1][1].piece.at[0] if i + 1 < len(found) else None
        end = len(text) if stop is None else _offset(piece, stop)
        opening = start if i else _clause_start(text, start)
        yield from _clauses(node, opening, start, end, own, role, Evidence(sure, why))


@lru_cache(maxsize=64)
def _clause_ends(text: str) -> tuple[int, ...]:
    """Where a new clause begins: behind ";", and behind "." before a capital."""
    return tuple(match.end() for match in _CLAUSE_END.finditer(text))


# "… (Phòng Nội vụ chủ trì, xong trong tháng 5)"
_IN_BRACKETS = re.compile(
    rf"\((?:[Gg]iao |[Dd]o )?(?P<unit>(?:{parties.HEAD.pattern})[^():.]{{0,160}}?)\s+"
    r"(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|tham mưu)\b[^()]*\)"
)
# "Thuế tỉnh trả lời như sau:": the author's own words before the first item
_SPEAKS = Anycase(
    r"(?:trả\s+lời|có\s+ý\s+kiến|giải\s+đáp|kết\s+luận|báo\s+cáo|thông\s+tin)\b.*\bsau\s*:?\s*"
)


def _clause_start(text: str, place: int) -> int:
    """Where the clause begins in which a place stands."""
    ends = _clause_ends(text)
    before = bisect_right(ends, place)
    return ends[before - 1] if before else 0


def _among(name: str, units: str) -> bool:
    """Is a subject one of the units a heading lists?"""
    return any(parties.same_head(name, units[a:b]) for a, b in parties.split_units(units))


def _offset(piece: Piece, source: int) -> int:
    for i, place in enumerate(piece.at):
        if place >= source:
            return i
    return len(piece.text)


# "phối hợp với các phòng được giao chủ trì": others lead
_LEADS = re.compile(r"(?<!được giao )(?<!phân công )chủ trì\b")


def _is_strong(text: str, subject: parties.Subject) -> bool:
    return bool(
        re.match(
            r"(?:chủ trì|có trách nhiệm|chịu trách nhiệm|là (?:cơ quan"
            r"|đơn vị))",
            text[subject.predicate :],
        )
        or _LEADS.search(text, subject.predicate, subject.predicate + 160)
    )


# where a unit may take over; after a comma only "các cơ quan phối hợp có trách nhiệm …"
_TURNS = re.compile(r"[;.:,](?:(?<!,)\s+|(?<=,)\s+(?=(?:các|UBND|Ủy ban)\s))")
_OWED = re.compile(r"(?:có|chịu) trách nhiệm\b")
_OBJECT_VERBS = grouped(
    r"hướng dẫn|đôn đốc|chỉ đạo|đề nghị|yêu cầu|kiểm tra|phối hợp(?: với)?|giao|cùng"
    r"|thông báo cho|gửi",
    opening=True,
)
_WITH_OBJECT = re.compile(rf"(?:{_OBJECT_VERBS})\s+")


def _lists_objects(text: str, mark: int, after: int) -> bool:
    """ "hướng dẫn Sở, ban, ngành; các xã, phường tổ chức …": those listed are guided only."""
    if not text[after : after + 1].islower():
        return False
    start = max(0, *(text.rfind(sign, 0, mark) + 2 for sign in ("; ", ". ", ": ")))
    verbs = list(_WITH_OBJECT.finditer(text, start, mark))
    return bool(verbs) and parties.only_units(text, verbs[-1].end(), mark)


def _later_subjects(
    text: str,
    piece: Piece,
    owner: Owner | None,
    found: Sequence[tuple[int, Owner, Role, float, str]],
    organised: bool,
) -> list[tuple[int, Owner, Role, float, str]]:
    """Units that take over within the passage: after ";" or at a new sentence."""
    more: list[tuple[int, Owner, Role, float, str]] = []
    if owner is not None and owner.how == "heading" and not any(f[0] for f in found):
        return more
    for match in _TURNS.finditer(text):
        mark = match.group()[0]
        if mark == ":" and (found or match.start() > 420):
            continue
        if mark == ";" and _lists_objects(text, match.start(), match.end()):
            continue
        if match.end() < 12:
            continue
        place = piece.at[match.end()]
        if any(f[1].piece.text and f[1].piece.at[0] <= place <= f[1].piece.at[-1] for f in found):
            continue
        subject = _subject_after(text, match.end(), mark)
        if mark == "," and (subject is None or not _OWED.match(text, subject.predicate)):
            continue
        if (
            subject is None
            or len(subject.name) > 260
            or _SPEAKS.fullmatch(text, subject.predicate)
            or _FORMULA.search(text, match.end(), subject.start)
        ):
            continue
        if not (found or more or organised or _is_strong(text, subject)):
            continue
        if any(abs(f[0] - subject.predicate) < 3 for f in found):
            continue
        name = piece.slice(subject.start, subject.end)
        role: Role = owner.role if owner else general_role(name.text)
        own = Owner(name, role, "subject")
        more.append(
            (
                subject.predicate,
                own,
                role_of(text[subject.predicate :], own),
                0.8,
                "Chủ ngữ của vế câu là đơn vị.",
            )
        )
    return more


def _subject_after(text: str, start: int, mark: str) -> parties.Subject | None:
    """The units with which the words behind a mark begin; a sentence may open with an adverbial."""
    subject = parties.subject_at(text, start)
    if subject or mark != ".":
        return subject
    stop = re.search(r"[.;]\s", text[start:])
    found = parties.leading(text[start : start + stop.start() + 1] if stop else text[start:])
    if found is None:
        return None
    return parties.Subject(
        found.start + start, found.end + start, found.predicate + start, found.name
    )


# "…; phối hợp …" and "… kế hoạch. Thời gian …": a full stop after an initial ends nothing
_CLAUSE_END = vi_regex(r"[;.](?:(?<=;)\s+|(?<=[^\s.A-ZĐ]\.)\s+(?=[A-ZĐÀ-Ỹ]))")
_ATTACHES = Anycase(
    r"\s*(?:Thời\s+(?:gian|hạn)|Hoàn\s+thành\s+(?:trước|trong|chậm)|Xong"
    r"|Chậm\s+nhất|Trước\s+ngày|Hạn)"
)


def _clauses(
    node: Node, opening: int, start: int, end: int, own: Owner, role: Role, evidence: Evidence
) -> Iterator[Duty]:
    """A passage cut into duties: clauses with a limit of their own, and the rest."""
    text, piece = node.text, node.piece
    cuts = [
        start,
        *[place for place in _clause_ends(text) if start < place <= end],
        end,
    ]
    limits = limits_in(text, opening, end, owed=True)
    # "Hằng năm, các sở, ngành báo cáo …": the limit stands before the subject
    early = [limit for limit in limits if limit.start < start]
    groups: list[tuple[int, int, list[Limit]]] = []
    for a, b in itertools.pairwise(cuts):
        if not text[a:b].strip(" .;,/"):
            continue
        here = [limit for limit in limits if a <= limit.start < b]
        if a == start:
            here = [*early, *here]
        attaches = bool(groups) and bool(_ATTACHES.match(text, a, b))
        if groups and (attaches or (not here and not groups[-1][2])):
            x, _, had = groups[-1]
            groups[-1] = (x, b, had + here)
        else:
            groups.append((a, b, here))
    for a, b, here in groups:
        words = piece.slice(a, b)
        shown = words.text.rstrip(" ;,")
        owing = [*holders(own, role)]
        owing += _partner_parties(piece, a, b, owing)
        own_limits: list[Limit | None] = [*here] or [None]
        for limit in own_limits:
            yield Duty(
                shown,
                node.index,
                tuple(owing),
                due_of(piece, limit) if limit else None,
                deliverable(shown),
                words.span(0, len(shown)),
                evidence,
            )


def _partner_parties(piece: Piece, start: int, end: int, owing: Sequence[Party]) -> list[Party]:
    """Those with whom the words between two offsets ask to cooperate, if they owe nothing else."""
    place = parties.partners(piece.text, start, end)
    if not place:
        return []
    known = {party.name for party in owing}
    name = piece.slice(*place)
    return [
        Party(name.text[a:b], "coordinate", name.span(a, b), "partner")
        for a, b in parties.split_units(name.text)
        if name.text[a:b] not in known
    ]


def _unowned_limits(
    node: Node, block_lead: Piece | None, organised: bool, headings: list[str]
) -> Iterator[Duty]:
    """A limit in a passage that names nobody: the lead of its block owes it, or nobody is known."""
    text, piece = node.text, node.piece
    opening = not headings and not REPORTING.search(text)
    for limit in limits_in(text, 0, len(text)):
        if limit.kind == "recurrent" and not (organised and REPORTING.search(text)):
            continue
        if opening and limit.wording == "on":
            continue  # what happened, or will, told before the first item
        a = _clause_start(text, limit.start)
        words = piece.slice(a, len(text))
        owing = tuple(listed(block_lead, "lead", "field")) if block_lead else ()
        if handed := _HANDED.search(text, a, limit.start):
            unit = piece.slice(handed.start("unit"), handed.end("unit"))
            owing = (Party(unit.text, "lead", unit.span(), "handed"),)
        yield Duty(
            words.text,
            node.index,
            owing,
            due_of(piece, limit),
            deliverable(words.text),
            words.span(),
            Evidence(0.6, "Có thời hạn nhưng câu không nêu đơn vị."),
        )
