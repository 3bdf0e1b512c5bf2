"""Every document a text cites: by number and symbol, or a law by its name.

One entry per document with all the places that cite it. A type word governs the numbers that
follow it in a list ("các Quyết định số 217-QĐ/TW và 218-QĐ/TW"), a symbol the bare numbers before
it ("Quyết định số 217, 218-QĐ/TW", see ``symbol_lists``).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban import laws, symbols
from vanban.dates import find_date
from vanban.doctypes import HEADINGS
from vanban.layout import Block, Piece
from vanban.model import Citation, Evidence, Header, Relation, Span
from vanban.symbol_lists import SymbolList, list_before
from vanban.text import Anycase, fold_tone_placement, grouped, small, squeeze, vi_regex
from vanban.tree import Node

_TYPE_WORDS = (
    *HEADINGS,
    "Bộ luật",
    "Văn bản",
    "Lệnh",
)
_TYPE = "|".join(
    sorted((re.escape(n).replace(r"\ ", r"\s+") for n in set(_TYPE_WORDS)), key=len, reverse=True)
)
_U = "A-ZĐ"
_PIECE = rf"[{_U}][{_U}a-zđ0-9&]*"
_ORG = rf"{_PIECE}(?:(?:\s?[-–]\s?){_PIECE})*"
_AFTER = r"(?![A-Za-zÀ-ỹđ0-9])"
# 23-QĐ/TW · 132- KL/TW · 27/NQ- TW · 04/2015/NĐ-CP · 25/2018/QH14 · 12729/VPCP-KGVX
_NUMBER = re.compile(
    rf"(?P<no>\d(?<![\w/.].)\d{{0,4}}(?:\.\d{{1,2}}(?=\s?/))?[a-zđ]?)(?:\s?[-–]\s?(?P<ptype>[{_U}][{_U}a-zđ]{{0,5}})\s?/\s?(?P<porg>{_ORG})"
    rf"|\s?/\s?(?P<year>(?:19|20)\d\d)\s?[/\-]\s?(?P<norg>{_ORG})|\s?/\s?(?P<org>{_ORG})){_AFTER}"
)
_TYPE_WORD = Anycase(rf"(?:{grouped(_TYPE, opening=True)})\b")
_NO_WORD = Anycase(r"\bsố\s*:?\s*$", opens=("số",))
_DATED = Anycase(
    r"\s*(?:\(khóa\s+[IVX]+\)\s*|\(khoá\s+[IVX]+\)\s*)?[,(]?\s*(?:ban\s+hành\s+)?(?:ngày\s*(?P<num>\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+|\s?/\s?)\d{4})"
    r"|(?P<bare>\d{1,2}/\d{1,2}/\d{4}))"
)
_ISSUER = Anycase(
    r"\s*[,)]?\s*của\s+(?P<who>(?:(?!\s(?:về|ngày\s+\d{1,2}|ban\s+hành|phê\s+duyệt|quy\s+định|hướng\s+dẫn"
    r"|thực\s+hiện|triển\s+khai|sửa\s+đổi|thông\s+qua|tại|trong|đã|cho|đến|vướng|và\s+(?!(?:UBND"
    r"|Ủy|Bộ|Ban|Sở|Thủ|Chính|Hội|Đoàn|Mặt|Thanh|Văn|Xã|Môi|Công|Đào|Du|Truyền|Đầu|Phát|Dân|Tôn"
    r"|HĐND))|công\s+bố|kết\s+luận|giao)\b)[^,;:.()“”\"]){2,90})"
)
_LAW = vi_regex(r"\b(?P<type>Bộ\s+luật|Luật|LUẬT|Pháp\s+lệnh)\s+(?=[A-ZĐÀ-Ỹa-zà-ỹđ])")
_NOT_A_NAME = re.compile(
    r"(?:này|nêu|trên|đã|và|các|sư|gia|định|hiện|được|của|cho|mới|về|theo|có|khi|do|quy|liên"
    r"|chuyên|học|pháp|vào|thì|sau|cũ|trong|ra|để|gồm|thực\s+sự|số|với|tại)\b",
)
_AND_LAW = re.compile(r"\s*(?:,|và)\s+(?:Luật|Bộ\s+luật)\s+")
# Luật … đã được Quốc hội khóa XII, kỳ họp thứ hai thông qua ngày 21/11/2007
_PASSED = re.compile(
    r"\s*(?:đã\s+)?(?:được\s+)?(?:Quốc hội[^.;]{0,60}?)?\s*"
    r"thông\s+qua\s+ngày\s+(\d{1,2}/\d{1,2}/\d{4})"
)


@dataclass(slots=True)
class _Found:
    type: str | None
    number: str | None
    name: str | None
    date: dt.date | None
    issuer: str | None
    text: str
    span: Span
    provision: int | None
    sure: float
    why: str
    relation: Relation | None = None


_CHANGES = r"(?:sửa\s+đổi(?:\s*,\s*bổ\s+sung)?|bổ\s+sung)"
# what stands before a citation → what is said of the document cited
_BEFORE: tuple[tuple[Relation, Anycase], ...] = (
    # được sửa đổi, bổ sung một số điều tại (bởi, theo) Luật số …
    (
        "amending",
        Anycase(
            rf"được\s+{_CHANGES}[^.;“”]{{0,40}}?\s(?:tại|bởi|theo)\s+(?:các\s+)?$",
            opens=("được",),
        ),
    ),
    # được thay thế bởi (bằng) Nghị định số …
    ("replacing", Anycase(r"được\s+thay\s+thế\s+(?:bởi|bằng)\s+$", opens=("được",))),
    # thay thế Quyết định số …
    ("replaced", Anycase(r"thay\s+thế\s+(?:cho\s+)?(?:các\s+)?$", opens=("thay",))),
    (
        "repealed",
        Anycase(r"(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ)\s+(?:các\s+)?$", opens=("bãi", "hủy", "huỷ")),
    ),
    # sửa đổi, bổ sung (một số điều của) Thông tư số …
    (
        "amended",
        Anycase(
            rf"{_CHANGES}\s+(?:(?:một\s+số\s+(?:điều|nội\s+dung)|Điều\s+\d+|khoản\s+\d+)\s+)?"
            r"(?:của\s+)?(?:các\s+)?$",
            opens=("sửa", "bổ"),
        ),
    ),
)
# … của Bộ Tài chính (về việc) sửa đổi, bổ sung một số điều của …
_THEN_AMENDS = Anycase(rf"\s*,?\s*(?:về\s+(?:việc\s+)?|quy\s+định\s+)?{_CHANGES}\b")
_THEN_REPLACES = Anycase(r"\s*,?\s*(?:về\s+(?:việc\s+)?)?thay\s+thế\b")


_CHANGING = ("sửa đổi", "bổ sung", "thay thế", "bãi bỏ", "hủy bỏ", "huỷ bỏ")


def _relation(text: str, start: int, end: int) -> Relation | None:
    """How the words around a citation relate it to another document, if they do."""
    around = small(text[max(0, start - 90) : end + 60])
    if not any(word in around for word in _CHANGING):
        return None
    for relation, regex in _BEFORE:
        if regex.search(text, max(0, start - 90), start):
            return relation
    if _THEN_AMENDS.match(text, end):
        return "amending"
    return "replacing" if _THEN_REPLACES.match(text, end) else None


_TYPE_BY_WORD = {name.lower(): name for name in reversed(_TYPE_WORDS)}


def _canonical_type(word: str) -> str:
    clean = squeeze(word)
    return _TYPE_BY_WORD.get(clean.lower(), clean)


def _canonical_number(match: re.Match[str]) -> str:
    number = re.sub(r"\s+", "", match.group()).replace("–", "-")
    if match["norg"] and number[len(match["no"]) :].count("/") == 1:
        # "02/2020-NĐ-CP": the year is closed by a slash
        head = f"{match['no']}/{match['year']}"
        number = f"{head}/{number[len(head) + 1 :]}"
    return number


def _is_symbol(match: re.Match[str], said: bool) -> bool:
    """A bare "12/ABC" is a symbol only where words say "số" or name a type."""
    if match["ptype"]:
        return True
    org = match["norg"] or match["org"]
    if match["norg"]:
        return len(org) > 1
    capitals = sum(c.isupper() for c in org)
    return capitals >= 2 and ("-" in org or "–" in org or said)


def _in_text(piece: Piece, provision: int | None) -> Iterator[_Found]:
    text = piece.text
    previous_end, previous_type = -1, None
    types: list[tuple[int, int]] | None = None
    taken: list[tuple[int, int]] = []
    found: list[_Found] = []
    for match in _NUMBER.finditer(text):
        first = match.start()
        said = bool(_NO_WORD.search(text, max(0, first - 12), first))
        if types is None:
            types = [found.span() for found in _TYPE_WORD.finditer(text)]
        last = bisect_right(types, (first, first)) - 1
        word = types[last] if last >= 0 and first - types[last][0] <= 200 else None
        shared = _shared(text, match, word, previous_end)
        if text[first - 1 : first] == "," and not shared:
            continue  # "12,5/CP" is a figure
        head = shared.start if shared else first
        between = text[word[1] : head] if word else ""
        direct = word is not None and _directly(between)
        said = said or (shared is not None and shared.said)
        if not _is_symbol(match, said or direct):
            continue
        number = _canonical_number(match)
        start = first
        suggested = symbols.type_of(number)
        kind: str | None = None
        name = None
        if word and (direct or _law_name(text[slice(*word)], between)):
            kind = _canonical_type(text[slice(*word)])
            start = first if shared else word[0]
            if not direct:
                name = squeeze(re.sub(r"\s*(?:số|,)\s*:?\s*$", "", between)) or None
                # "Luật sửa đổi, bổ sung … của Luật X số …": the number is the outer one's
                if outer := _AMENDS.search(text, max(0, first - 200), word[0]):
                    start = outer.start()
                    inside = text[start + len(kind) : word[0]]
                    name = squeeze(f"{inside}{text[slice(*word)]} {name}")
        elif (
            previous_type and 0 <= head - previous_end <= 260 and _goes_on(text[previous_end:head])
        ):
            kind = previous_type
        else:
            kind = suggested
        date, end = _date_after(text, match.end())
        who = _ISSUER.match(text, end)
        issuer = squeeze(text[who.start("who") : who.end("who")]) if who else None
        if who and date is None:  # "… của Bộ Chính trị ngày 25/02/2010"
            date, _ = _date_after(text, who.end())
        if kind in ("Luật", "Bộ luật") and suggested and suggested != kind and not direct:
            kind = suggested
        if kind in (None, "Văn bản") and suggested:
            kind = suggested if kind is None else kind
        begin = min(start, head, word[0]) if word and direct else min(start, head)
        taken.append((begin, end))
        if (
            issuer
            and found
            and found[-1].issuer is None
            and re.fullmatch(r"\s*(?:,|và)\s*", text[previous_end:begin])
        ):
            found[-1].issuer = issuer  # "Quyết định số A và Quy định số B của Ban Bí thư"
        previous_end, previous_type = end, kind
        last_one = _Found(
            kind,
            number,
            name,
            date,
            issuer,
            squeeze(text[start:end]),
            piece.span(start, end),
            provision,
            0.98 if word or said else 0.8,
            "Có số, ký hiệu" + (" và tên loại" if word else "") + ".",
            _relation(text, begin, who.end() if who else end),
        )
        if shared:
            found += _sharing(piece, shared, match, last_one, begin)
        found.append(last_one)
    yield from found
    yield from _laws(piece, provision, taken)


_BEHIND_ANOTHER = vi_regex(r"\s*[)]?\s*(?:,|;|và|hoặc)?\s*")


def _shared(
    text: str, match: re.Match[str], word: tuple[int, int] | None, previous_end: int
) -> SymbolList | None:
    """The bare numbers before a number with its symbol, where something says that they are
    numbers of documents: a type word next to them, "số", or a citation just before.
    """
    listed = list_before(text, match.start(), match["no"], max(previous_end, 0))
    if listed is None or (match["year"] is None and any(n.year for n in listed.numbers)):
        return None
    known = (
        listed.said
        or (word is not None and _directly(text[word[1] : listed.start]))
        or (previous_end >= 0 and bool(_BEHIND_ANOTHER.fullmatch(text, previous_end, listed.start)))
    )
    return listed if known else None


def _sharing(
    piece: Piece, listed: SymbolList, match: re.Match[str], last: _Found, begin: int
) -> Iterator[_Found]:
    """The documents of a list whose last one carries symbol, date and issuer for all.

    Each is shown by the whole list, which begins at ``begin`` with the type word or "số"; the
    first has these words in its place too.
    """
    assert last.number is not None
    tail = last.number[len(re.sub(r"\s+", "", match["no"])) :]
    for index, each in enumerate(listed.numbers):
        own = tail.replace(match["year"], each.year, 1) if each.year else tail
        start = begin if index == 0 else each.start
        yield replace(
            last,
            number=f"{each.number}{own}",
            text=squeeze(piece.text[begin : match.end()]),
            span=piece.span(start, each.end),
        )


_AMENDS = re.compile(
    r"(?:Luật|Bộ luật"
    r"|Pháp lệnh)\s+sửa đổi(?:,\s*bổ sung)?(?:\s+một số điều)?(?:\s+của)?(?:\s+các)?\s*$"
)


_QUALIFIED = Anycase(
    r"\s*(?:(?:liên\s+tịch|liên\s+ngành|phối\s+hợp|hành\s+động|kết\s+luận"
    r"|cá\s+biệt|thẩm\s+định|thẩm\s+tra|tổng\s+kết|giải\s+trình|tham\s+mưu)\s+)?"
    r"[,:(]?\s*(?:số)?\s*:?\s*"
)


def _directly(between: str) -> bool:
    """Only "số", a qualifier or marks stand between the type word and the number."""
    return len(between) < 40 and bool(_QUALIFIED.fullmatch(between))


def _law_name(kind: str, between: str) -> bool:
    """ "Luật Quản lý thuế số 38/2019/QH14": the name stands between type and number."""
    return (
        squeeze(kind).lower() in ("luật", "bộ luật", "pháp lệnh", "nghị quyết")
        and len(between) < 150
        and bool(re.search(r"\bsố\s*:?\s*$", between))
        and not re.search(r"\d\s?[/-]|[/-]\s?\d", between)
        and not re.search(r"[.;:“”]", between)
    )


def _goes_on(between: str) -> bool:
    """Does a list of numbers go on ("số 18-NQ/TW ngày …, số 19-NQ/TW")?"""
    return not re.search(r"[.;:]\s|[.;:]$", between) and bool(
        re.search(r"(?:,|\bvà|\bhoặc)\s*(?:số)?\s*:?\s*$", between)
    )


def _date_after(text: str, end: int) -> tuple[dt.date | None, int]:
    match = _DATED.match(text, end)
    if not match:
        return None, end
    found = find_date(match["num"] or match["bare"])
    return (found[0], match.end()) if found else (None, end)


def _laws(
    piece: Piece, provision: int | None, taken: Sequence[tuple[int, int]]
) -> Iterator[_Found]:
    text = piece.text
    skip_to = 0
    for match in _LAW.finditer(text):
        if match.start() < skip_to or any(a <= match.start() < b for a, b in taken):
            continue
        start = match.end()
        amending = laws.AMENDING.match(text, start)
        if amending:
            inner = re.compile(r"(?:Bộ\s+luật|[Ll]uật|Pháp\s+lệnh)\s+").match(text, amending.end())
            end = laws.end_of_name(text, inner.end()) if inner else amending.end()
            while inner and (more := _AND_LAW.match(text, end)):
                # "… của Luật A và Luật B ngày …": the date says that both are amended by one law
                further = laws.end_of_name(text, more.end())
                if not _DATED.match(text, further):
                    break
                end = further
            skip_to = end
        else:
            if _NOT_A_NAME.match(text, start):
                continue
            end = laws.end_of_name(text, start)
            name = text[start:end]
            capital = name[:1].isupper()
            if not capital and not laws.is_known(name):
                continue
            if match["type"] == "LUẬT" and not laws.is_known(name):
                continue
        name = squeeze(text[start:end]).rstrip(" ,-")
        if not name or (
            text[end : end + 6].lower().lstrip().startswith("số ")
            and any(a > end for a, _ in taken if a - end < 5)
        ):
            continue
        date = None
        tail = text[end : end + 130]
        if passed := _PASSED.match(tail):
            found = find_date(passed[1])
            date = found[0] if found else None
        else:
            date, _ = _date_after(text, end)
        yield _Found(
            _canonical_type(
                match["type"].capitalize() if match["type"].isupper() else match["type"]
            ),
            None,
            name,
            date,
            "Quốc hội" if date else None,
            squeeze(text[match.start() : end]),
            piece.span(match.start(), end),
            provision,
            0.9 if laws.is_known(name) or amending else 0.7,
            "Luật được dẫn bằng tên.",
            "amending" if amending else _relation(text, match.start(), end),
        )


def _name_key(name: str) -> str:
    low = fold_tone_placement(name).lower()
    for short, full in (
        ("qppl", "quy phạm pháp luật"),
        ("mttq", "mặt trận tổ quốc"),
        ("hđnd", "hội đồng nhân dân"),
    ):
        low = re.sub(rf"\b{short}\b", full, low)
    return re.sub(r"[^\w]+", " ", low).strip()


def find_citations(
    nodes: Sequence[Node], header: Header, before: Sequence[Block] = ()
) -> tuple[Citation, ...]:
    """One citation per document, in order of first appearance, the document itself left out.

    ``before`` are the blocks above the body: a subject in capitals may cite too.
    """
    own = (
        symbols.key(f"{header.number}/{header.symbol}") if header.number and header.symbol else None
    )
    found: list[_Found] = []
    for node in nodes:
        if node.kind == "row" and node.cells:
            for cell in node.cells:
                for part in cell.piece.parts():
                    found += _in_text(part, node.index)
        else:
            for part in node.whole.parts():
                found += _in_text(part, node.index)
    groups: dict[tuple[str, str], list[_Found]] = {}
    days: dict[tuple[str, str], dt.date | None] = {}
    by_number: dict[str, list[tuple[str, str]]] = {}
    for item in found:
        if item.number:
            key_ = symbols.key(item.number)
            if own and key_ == own:
                continue
            # the same number of two years (QĐ 815 of 2022 and of 2024) is two documents
            known = by_number.setdefault(key_, [])
            slot = next(
                (k for k in known if item.date is None or days[k] in (None, item.date)), None
            )
            if slot is None:
                slot = (key_, str(len(known)))
                known.append(slot)
                groups[slot] = []
                days[slot] = None
            groups[slot].append(item)
            days[slot] = days[slot] or item.date
    named: dict[str, tuple[str, str]] = {}
    for slot, items in groups.items():
        for item in items:
            if item.name:
                named.setdefault(_name_key(f"{item.type} {item.name}"), slot)
    for item in sorted((i for i in found if not i.number), key=lambda i: -len(i.name or "")):
        key_ = _name_key(f"{item.type} {item.name}")
        slot = named.get(key_) or next(
            (
                s
                for k, s in named.items()
                if k.startswith(key_ + " ") and not k.startswith("luật sửa đổi")
            ),
            None,
        )
        if slot is None:
            slot = ("name", key_)
            named[key_] = slot
            groups[slot] = []
        groups[slot].append(item)
    result = [
        _merge(sorted(items, key=lambda i: i.span.start)) for items in groups.values() if items
    ]
    return tuple(sorted(result, key=lambda c: c.spans[0].start))


def _merge(items: Sequence[_Found]) -> Citation:
    best = max(items, key=lambda i: (i.date is not None, i.sure, -i.span.start))
    # "văn bản số …" names no type where another place does
    said = sorted((i.type for i in items if i.type), key=lambda kind: kind == "Văn bản")
    return Citation(
        text=best.text,
        type=said[0] if best.type in (None, "Văn bản") and said else best.type,
        number=best.number,
        date=next((i.date for i in items if i.date), None),
        issuer=next((i.issuer for i in items if i.issuer), None),
        spans=tuple(i.span for i in items),
        provisions=tuple(sorted({i.provision for i in items if i.provision is not None})),
        evidence=Evidence(best.sure, best.why),
        relation=next((i.relation for i in items if i.relation), None),
    )
