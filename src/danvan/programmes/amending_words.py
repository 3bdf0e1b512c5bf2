"""The language of amending documents: where they point to, what they change, in which words.

Knows words only, no task and no database. How such documents write (Nghị định 30/2020, Phụ lục
I names clauses "phần, mục, khoản, điểm"): "Sửa đổi điểm a khoản 2 Mục IV như sau: “…”", "thay
cụm từ “…” bằng cụm từ “…”", "thời hạn “…” thành “…”", "Bãi bỏ khoản 3 Mục II".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vanban.dates import find_date, find_limits

_I = re.IGNORECASE
# "Tại mục 2, …": the place may stand first.
_LEAD = r"(?:(?:tại|ở)\b[^“”:;]*?[,:]\s*)?"
# The first words of a passage that changes something.
CHANGES = re.compile(
    rf"{_LEAD}(?:sửa đổi|bổ sung|bãi bỏ|hủy bỏ|huỷ bỏ|bỏ|thay|điều chỉnh|gia hạn|lùi|kéo dài"
    r"|rút ngắn|nâng|hạ|tăng|giảm|giao|đính chính|không thực hiện|dừng)\b", _I,
)  # fmt: skip
DROPS = re.compile(rf"{_LEAD}(?:bãi bỏ|hủy bỏ|huỷ bỏ|bỏ|không thực hiện|dừng)\b", _I)
ADDS = re.compile(rf"{_LEAD}bổ sung\b", _I)
ABOUT_TARGET = re.compile(r"\bchỉ tiêu\b", _I)
ABOUT_TASK = re.compile(r"\bnhiệm vụ\b", _I)
# The same, said anywhere (a cell of a table, the title of an annex).
DROPPING = re.compile(r"bãi bỏ|hủy bỏ|huỷ bỏ|không thực hiện|dừng thực hiện", _I)
ADDING = re.compile(r"bổ sung|thêm mới", _I)
# Words around the changes that change nothing themselves.
ASIDE = re.compile(
    r"ban hành|như sau:?$|có hiệu lực|không thay đổi|giữ nguyên|chịu trách nhiệm|tổ chức thực hiện"
    r"|trong quá trình|căn cứ|theo đề nghị|triển khai thực hiện|lý do", _I,
)  # fmt: skip
_EFFECT = re.compile(
    r"(?:có hiệu lực|áp dụng)(?:\s+thi hành)?,?(?:\s+kể)?\s+từ\s+(?P<when>ngày[^.;]*)", _I
)
_SIGNING = re.compile(r"ngày\s+(?:ký|ban hành)", _I)
QUOTE = re.compile(r"“([^”]*)”")
_STRAIGHT = re.compile(r'"([^"“”]*)"')

_RANKS = {"phần": 0, "mục": 1, "tiểu mục": 2, "khoản": 3, "điểm": 4, "gạch đầu dòng": 5,
          "đoạn": 5}  # fmt: skip
_ORDINALS = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6"}
_TOKEN = r"(?:[IVXLC]+(?:\.\w+)*(?!\w)|\d+(?:\.\w+)*|[a-zđ](?!\w)|nhất|hai|ba|tư|năm|sáu)"
_PART = re.compile(
    r"(?<!\w)(?P<label>[Pp]hần|PHẦN|[Tt]iểu mục|[Mm]ục|MỤC|[Kk]hoản|[Đđ]iểm|[Gg]ạch đầu dòng"
    rf"|[Đđ]oạn)\s+(?:thứ\s+|số\s+)?(?P<token>{_TOKEN})"
)
_BETWEEN = re.compile(r"\s*(?:,|của|thuộc|tại|ở)?\s*$")

_WHAT = {
    "due": r"thời hạn(?: hoàn thành| thực hiện| nộp| báo cáo)?|thời gian(?: hoàn thành| thực hiện)?"
    r"|hạn(?: nộp| hoàn thành)?",
    "lead": r"(?:đơn vị|cơ quan) chủ trì",
    "coordinate": r"(?:đơn vị|cơ quan) phối hợp",
    "parties": r"(?:đơn vị|cơ quan)(?: thực hiện)?",
    "text": r"nội dung",
    "deliverable": r"sản phẩm",
    "goal": r"mức|giá trị|chỉ tiêu|tỷ lệ",
    "phrase": r"(?:cụm )?từ|đoạn|câu",
}
_WHATS = "|".join(f"(?P<{name}>{words})" for name, words in _WHAT.items())
_MOVED = re.compile(
    rf"(?:{_WHATS})\s*(?:từ\s+)?“(?P<old>[^”]*)”\s*(?:(?:tại|ở|của)\s+[^“”;:]{{1,60}}?\s*)?"
    r"(?:được\s+)?(?:sửa\s+)?(?:thành|bằng|sang|là)\s*"
    r"(?:(?:cụm )?từ\s+|đoạn\s+|câu\s+)?“(?P<new>[^”]*)”", _I,
)  # fmt: skip
# "Bổ sung chỉ tiêu “…”", "bãi bỏ chỉ tiêu “…”" add and drop a whole target, they move no goal.
_PARTS = _WHATS.replace("|chỉ tiêu|", "|")
_GIVEN = re.compile(rf"bổ sung\s+(?:{_PARTS})\s*“(?P<new>[^”]*)”", _I)
_TAKEN = re.compile(rf"\bbỏ\s+(?:{_PARTS})\s*“(?P<old>[^”]*)”", _I)
_INSTEAD = re.compile(
    r"giao\s+(?P<new>.+?)\s+(?P<role>chủ trì|phối hợp|thực hiện)\b.*?\bthay(?:\s+cho|\s+thế)?\s+"
    r"(?P<old>.+?)(?=\s+tại\b|\s+thực hiện\b|\s+chủ trì\b|\s+phối hợp\b|[.;,]|$)", _I,
)  # fmt: skip
_UNTIL = re.compile(
    r"(?:gia hạn|lùi|kéo dài|rút ngắn|điều chỉnh|sửa đổi)\b.*?(?:thời hạn|thời gian|hạn|đến|sang)"
    r".*?(?:đến(?: hết)?|thành|sang|là)\s+(?P<new>(?:trước\s+|chậm nhất\s+(?:là\s+)?)?"
    r"(?:hết\s+)?(?:ngày\s+)?\d{1,2}(?:/\d{1,2}/\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))", _I,
)  # fmt: skip
_FROM_TO = re.compile(
    r"từ\s+(?P<old>(?:[^\d\s“]+\s+)*\d[\d.,]*\s*%?)\s+(?:lên|xuống(?: còn)?|thành|sang)\s+"
    r"(?P<new>(?:[^\d\s“]+\s+)*\d[\d.,]*\s*%?)", _I,
)  # fmt: skip
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Move:
    """``what`` (a key of _WHAT) becomes ``new``; ``old`` "" where the document does not say it."""

    what: str
    old: str
    new: str
    # Spelt out with both wordings in quotes: nothing was guessed.
    plain: bool = True


def quoted(text: str) -> str:
    """Straight quotation marks turned into curved ones, so that only one kind is looked for."""
    return _STRAIGHT.sub(r"“\1”", text)


def paths(text: str) -> list[str]:
    """Every clause pointed to, as paths of provisions ("điểm a khoản 2 Mục IV" → "IV.2.a")."""
    bare = QUOTE.sub(lambda m: " " * len(m.group()), text)
    runs: list[list[re.Match[str]]] = []
    for part in _PART.finditer(bare):
        last = runs[-1] if runs else []
        joined = last and _BETWEEN.fullmatch(bare[last[-1].end() : part.start()])
        if joined and _rank(part) not in {_rank(p) for p in last}:
            last.append(part)
        else:
            runs.append([part])
    return [_path(run) for run in runs]


def _rank(part: re.Match[str]) -> int:
    return _RANKS[part["label"].lower()]


def _path(run: list[re.Match[str]]) -> str:
    tokens = []
    for part in sorted(run, key=_rank):
        label, token = part["label"].lower(), _ORDINALS.get(part["token"], part["token"])
        if _RANKS[label] == 5:
            mark = "-" if label == "gạch đầu dòng" else "¶"
            token = mark if token == "1" else f"{mark}#{token}"
        tokens.append(token)
    return ".".join(tokens)


def moves(text: str) -> Iterator[Move]:
    """What becomes of what, in the order it is said."""
    found: list[tuple[int, Move]] = []
    for match in _MOVED.finditer(text):
        found.append((match.start(), Move(_what(match), match["old"], match["new"])))
    for match in _GIVEN.finditer(text):
        found.append((match.start(), Move(_what(match), "", match["new"])))
    for match in _TAKEN.finditer(text):
        found.append((match.start(), Move(_what(match), match["old"], "")))
    if not found:
        found += _unquoted(text)
    yield from (move for _at, move in sorted(found, key=lambda pair: pair[0]))


def _unquoted(text: str) -> Iterator[tuple[int, Move]]:
    if match := _INSTEAD.search(text):
        role = {"chủ trì": "lead", "phối hợp": "coordinate"}.get(match["role"].lower(), "parties")
        yield match.start(), Move(role, match["old"], match["new"], plain=False)
    elif match := _UNTIL.search(text):
        yield match.start(), Move("due", "", match["new"], plain=False)
    elif match := _FROM_TO.search(text):
        yield match.start(), Move("goal", match["old"], match["new"], plain=False)


def _what(match: re.Match[str]) -> str:
    return next(name for name in _WHAT if match[name])


def effect_day(text: str, issued: dt.date | None) -> dt.date | None:
    """The day the document says it takes effect; that of issue for "kể từ ngày ký"."""
    said = _EFFECT.search(text)
    if said is None:
        return None
    if found := find_date(said["when"]):
        return found[0]
    return issued if _SIGNING.match(said["when"]) else None


def limit(text: str) -> tuple[dt.date, str, str] | None:
    """(day, words, wording) of the one day a limit names, or None."""
    for each in find_limits(text):
        if each.date is not None:
            return each.date, each.text, each.wording
    found = find_date(text)
    return (found[0], " ".join(text.split()), "") if found else None


def figure(text: str) -> Decimal | None:
    """The number in "ít nhất 70 %"; None where there is none, or more than one."""
    found = _FIGURE.findall(text)
    return Decimal(found[0].replace(",", ".")) if len(found) == 1 else None
