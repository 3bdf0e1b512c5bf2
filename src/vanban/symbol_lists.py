"""Numbers that leave their symbol to the last of a list: "03, 04 và 05/QĐ-UBND".

The list is read backwards from the number that has the symbol. What joins it is a comma, a
semicolon, "và", "hoặc", and for a range "đến" or a dash:

======================================= ==============================================
``03, 04/QĐ-UBND``                      03/QĐ-UBND, 04/QĐ-UBND
``217 và 218-QĐ/TW``                    217-QĐ/TW, 218-QĐ/TW
``29 và 30/2021/NĐ-CP``                 29/2021/NĐ-CP, 30/2021/NĐ-CP
``29/2021, 30/2022/NĐ-CP``              29/2021/NĐ-CP, 30/2022/NĐ-CP
``từ số 03 đến số 05/QĐ-UBND``          03/QĐ-UBND, 04/QĐ-UBND, 05/QĐ-UBND
======================================= ==============================================

Whether the numbers are numbers of documents is for the caller to know: a type word or "số"
stands before them. "ngày 03, 04/4/2023" has no symbol and "Điều 3, 4" no list next to one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.text import vi_regex

_YEAR = r"(?:19|20)\d\d"
_ITEM = rf"(?<![\w/.,])\d{{1,5}}[a-zđ]?(?:\s?/\s?{_YEAR})?(?!\w)"
_BETWEEN = r"\s*(?:,?\s*(?:và|hoặc)\s|[,;]|đến\s|[-–])\s*(?:số\s*:?\s*)?"
# a comma may stand close: "217,218-QĐ/TW"
_NEXT = _ITEM.replace(r"(?<![\w/.,])", r"(?<![\w/.])")
_LIST = vi_regex(
    rf"(?P<said>(?:(?:các|từ)\s+)*số\s*:?\s*)?(?P<list>{_ITEM}{_BETWEEN}(?:{_NEXT}{_BETWEEN})*)$",
    re.IGNORECASE,
)
_ONE = vi_regex(
    rf"(?P<no>\d{{1,5}}[a-zđ]?)(?:\s?/\s?(?P<year>{_YEAR}))?(?P<joint>{_BETWEEN})", re.IGNORECASE
)
_ENDS_JOINED = re.compile(r"(?:[,;\-–]|[àc]|ến)\s*(?:số\s*:?\s*)?$", re.IGNORECASE)
_LONGEST = 160
#: A range of more documents than this gives its two ends alone: more likely no range.
_LONGEST_RANGE = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """A number of the list: with its year, where it has its own, and the place of its words.

    Numbers that a range leaves unsaid have the place of the whole range.
    """

    number: str
    year: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SymbolList:
    """The numbers before the one with the symbol; ``said`` where "số" stands before them."""

    start: int
    numbers: tuple[Listed, ...]
    said: bool


def list_before(text: str, first: int, last: str, low: int = 0) -> SymbolList | None:
    """The list that ends with the number ``last`` at offset ``first``, looked for from ``low``.

    >>> [n.number for n in list_before("Quyết định 03, 04/QĐ-UBND", 15, "04").numbers]
    ['03']
    """
    low = max(low, first - _LONGEST)
    if not _ENDS_JOINED.search(text, max(low, first - 14), first):
        return None
    match = _LIST.search(text, low, first)
    if not match:
        return None
    said = match["said"] is not None
    items = list(_ONE.finditer(text, match.start("list"), first))
    if not said and any(re.fullmatch(_YEAR, item["no"]) for item in items):
        return None  # "Kế hoạch năm 2023, 05/KH-UBND"
    numbers: list[Listed] = []
    for index, item in enumerate(items):
        end = item.end("year") if item["year"] else item.end("no")
        numbers.append(Listed(item["no"], item["year"], item.start(), end))
        if _is_range(item["joint"]):
            after = items[index + 1]["no"] if index + 1 < len(items) else last
            place = (
                item.start(),
                first + len(last) if index + 1 == len(items) else (items[index + 1].end("no")),
            )
            numbers += [Listed(no, item["year"], *place) for no in _within(item["no"], after)]
    return SymbolList(match.start(), tuple(numbers), said)


def _is_range(joint: str) -> bool:
    return "đến" in joint.lower() or "-" in joint or "–" in joint


def _within(first: str, last: str) -> list[str]:
    """The numbers between two, padded as the first is: "03", "06" → "04", "05"."""
    if not (first.isdigit() and last.isdigit()):
        return []
    low, high = int(first), int(last)
    if not low < high <= low + _LONGEST_RANGE:
        return []
    width = len(first) if first.startswith("0") else 0
    return [str(no).zfill(width) for no in range(low + 1, high)]
