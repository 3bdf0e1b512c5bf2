"""Documents of two or more bodies (liên tịch, phối hợp): who issues them together.

The left column of page 1 names one body under its superior, or several side by side; both
reach us as lines. Bodies issue together where a dash joins them, or where the type or the
symbol says so ("Thông tư liên tịch", "07-CTr/BDVTU-UBND") and as many hands sign below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vanban.casing import name_case
from vanban.header import BODY_HEAD
from vanban.model import Header
from vanban.text import Anycase

# BAN DÂN VẬN TỈNH ỦY - ỦY BAN NHÂN DÂN TỈNH · BỘ NỘI VỤ – BỘ TÀI CHÍNH
_DASH = re.compile(rf"\s[-–]\s(?={BODY_HEAD.pattern})")
_DASH_AT_END = re.compile(r"\s*[-–]$")
# one office of two bodies
_ONE_OFFICE = re.compile(r"VĂN PHÒNG\s")
_TOGETHER = Anycase(r"\b(?:liên\s+tịch|liên\s+ngành|phối\s+hợp)\b")
# 05/2024/TTLT-BNV-BTC · 03/CTPH-HND-HLHPN
_TYPES = re.compile(r"(?:TTLT|NQLT|KHLT|HDLT|HDLN|CTPH|QCPH|KHPH)\b")
# CTr/BDVTU-UBND, KH/BDVTU-UBND
_TWO_ORGS = re.compile(r"[^/]+/[^-]+-.+")
_COMMITTEE = re.compile(r".*\b(?:ỦY|UỶ)\b(?!\s+BAN)")
_OF_A_COMMITTEE = re.compile(r"BAN\s|VĂN PHÒNG|ỦY BAN KIỂM TRA|UỶ BAN KIỂM TRA")
_COUNCIL = re.compile(r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\b")
_OF_A_COUNCIL = re.compile(
    r"(?:SỞ|PHÒNG|BAN(?!.*\b(?:ỦY|UỶ)\b(?!\s+BAN))|THANH TRA|TRUNG TÂM|VĂN PHÒNG|CHI CỤC)\b"
)


def with_issuers(header: Header, names: Sequence[str], hands: int, body: str) -> Header:
    """The header with ``issuers``; several bodies stand in ``issuer`` too, joined by a dash.

    ``names`` are the bodies of the left column as page 1 writes them, ``hands`` how many sign,
    ``body`` the text from which the case of a name is taken.
    """
    together = _dashed(names) or _said(header, names, hands)
    if not together:
        return replace(header, issuers=(header.issuer,) if header.issuer else ())
    issuers = tuple(name_case(part, body) for index in together for part in _parts(names[index]))
    first = together[0]
    above = name_case(_bare(names[first - 1]), body) if first else None
    return replace(header, issuer=" - ".join(issuers), issuers=issuers, superior=above)


def _bare(name: str) -> str:
    return _DASH_AT_END.sub("", name)


def _parts(name: str) -> list[str]:
    """The bodies a line names, parted where a dash stands before the next."""
    whole = _bare(name)
    return [whole] if _ONE_OFFICE.match(whole) else _DASH.split(whole)


def _dashed(names: Sequence[str]) -> Sequence[int]:
    """Which names dashes join, inside a line or at its end; none where there is no dash."""
    for index, name in enumerate(names):
        last = index + 1
        while last < len(names) and _DASH_AT_END.search(names[last - 1]):
            last += 1
        if last > index + 1 or len(_parts(name)) > 1:
            return range(index, last)
    return ()


def _said(header: Header, names: Sequence[str], hands: int) -> Sequence[int]:
    """The bodies of a document that says it is issued together: as many as sign, none above
    another of them."""
    symbol = header.symbol or ""
    says = (
        bool(header.type and _TOGETHER.search(header.type))
        or bool(_TYPES.match(symbol))
        or bool(_TWO_ORGS.fullmatch(symbol))
    )
    if not says or hands < 2:
        return ()
    following = (*names[1:], "")
    own = [
        index
        for index, (name, below) in enumerate(zip(names, following, strict=True))
        if not _is_above(name, below)
    ]
    return own[-hands:] if len(own) > 1 else ()


def _is_above(name: str, below: str) -> bool:
    """Is the first body the superior of the second?"""
    return bool(
        (_COMMITTEE.match(name) and _OF_A_COMMITTEE.match(below))
        or (_COUNCIL.match(name) and _OF_A_COUNCIL.match(below))
    )
