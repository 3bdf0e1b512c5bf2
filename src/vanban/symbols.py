"""The grammar of numbers and symbols of official documents.

Four families (Nghị định 30/2020/NĐ-CP, Điều 15 and Phụ lục III for the State; Hướng dẫn
36-HD/VPTW for the Party; Luật Ban hành văn bản quy phạm pháp luật for normative texts):

=========== ============================== ====================================
party       ``{no}-{TYPE}/{ORG}``          23-QĐ/TW, 16-CTr/BDVTU-UBND
normative   ``{no}/{year}/{TYPE}-{ORG}``   04/2015/NĐ-CP, 34/2007/PL-UBTVQH11
            ``{no}/{year}/{ORG}``          25/2018/QH14
typed       ``{no}/{TYPE}-{ORG}``          49/KH-UBND, 33/CT-TTg
letter      ``{no}/{ORG}``                 12729/VPCP-KGVX (công văn: no type)
=========== ============================== ====================================

"QĐ" stands for Quyết định and for Quy định of the Party, so the type of a document is never
taken from its symbol where words say it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from vanban.doctypes import BY_ABBREVIATION
from vanban.text import nfc, vi_regex

Family = Literal["party", "normative", "typed", "letter"]

_TYPE_BY_CAPITALS = {code.upper(): name for code, name in BY_ABBREVIATION.items()}

_UPPER = "A-ZĐ"
_PIECE = rf"[{_UPPER}][{_UPPER}a-zđ0-9&]*"
_ORG = rf"{_PIECE}(?:[-.]{_PIECE})*"
#: 49, 144a, 66.4 (the Government numbers resolutions of one series with a point)
_NO = r"\d{1,5}(?:\.\d{1,2})?[a-zđ]?"

# 23-QĐ/TW, 16-CTr/BDVTU-UBND
_PARTY = re.compile(rf"({_NO})-([{_UPPER}][{_UPPER}a-zđ]*)/({_ORG})")
# 04/2015/NĐ-CP, 25/2018/QH14
_NORMATIVE = re.compile(rf"({_NO})/(\d{{4}})/(?:([{_UPPER}][{_UPPER}a-zđ]*)-)?({_ORG})")
# 49/KH-UBND, 12729/VPCP-KGVX
_PLAIN = re.compile(rf"({_NO})/({_ORG})")
_NOT_KEY = vi_regex(r"[^0-9a-zà-ỹđ&]+")
_LABEL = re.compile(r"^\s*(?:số|so)\s*[:.]?\s*", re.IGNORECASE)
_LOOSE = re.compile(r"\s*([-/])\s*|\s+")


@dataclass(frozen=True, slots=True)
class Symbol:
    """The number and symbol of one document. ``str(symbol)`` prints it as law writes it."""

    number: str
    family: Family
    type: str | None
    org: str
    year: int | None = None

    def __str__(self) -> str:
        if self.family == "party":
            return f"{self.number}-{self.type}/{self.org}"
        tail = f"{self.type}-{self.org}" if self.type else self.org
        if self.family == "normative":
            return f"{self.number}/{self.year}/{tail}"
        return f"{self.number}/{tail}"

    @property
    def tail(self) -> str:
        """The symbol without its number: "KH-UBND", "QĐ/TW", "CT-UBND"."""
        if self.family == "party":
            return f"{self.type}/{self.org}"
        return f"{self.type}-{self.org}" if self.type else self.org

    @property
    def head(self) -> str:
        """The number as written before the symbol: "49", "01/2009"."""
        return f"{self.number}/{self.year}" if self.family == "normative" else self.number


def tidy(text: str) -> str:
    """The text without "Số:" and without the blanks that typists leave: "49 /KH- UBND"."""
    return _LOOSE.sub(lambda m: m.group(1) or "", _LABEL.sub("", nfc(text)).strip())


@lru_cache(maxsize=512)
def parse(text: str) -> Symbol | None:
    """The symbol written in ``text`` (the whole of it), or ``None``.

    >>> str(parse("Số: 49 /KH-UBND"))
    '49/KH-UBND'
    """
    clean = tidy(text)
    if match := _PARTY.fullmatch(clean):
        return Symbol(match[1], "party", match[2], match[3])
    if match := _NORMATIVE.fullmatch(clean):
        return Symbol(match[1], "normative", match[3], match[4], int(match[2]))
    if match := _PLAIN.fullmatch(clean):
        first, dash, rest = match[2].partition("-")
        if dash and first.upper() in _TYPE_BY_CAPITALS:
            return Symbol(match[1], "typed", first, rest)
        return Symbol(match[1], "letter", None, match[2])
    return None


def type_of(symbol: str) -> str | None:
    """The type a symbol suggests, or ``None``; "25/2018/QH14" is a Luật or a Nghị quyết."""
    parsed = parse(symbol)
    if parsed is None:
        return None
    if parsed.family == "letter":
        return "Công văn"
    if parsed.type is None:
        return None
    return BY_ABBREVIATION.get(parsed.type) or _TYPE_BY_CAPITALS.get(parsed.type.upper())


@lru_cache(maxsize=512)
def key(symbol: str) -> str:
    """What two spellings of one symbol share: letters and digits in lower case, no leading 0."""
    folded = _NOT_KEY.sub("", tidy(symbol).lower())
    return folded.lstrip("0") or folded
