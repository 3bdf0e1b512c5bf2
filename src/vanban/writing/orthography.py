"""How dates, numbers and lists are written in an official document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

# Wide enough for a clerk's pen; no-break spaces, so justification cannot eat the blank.
_BLANK = "\u00a0" * 6


def written_date(date: dt.date | None) -> str:
    """The date in words: "ngày 04 tháng 4 năm 2023" (Phụ lục I, phần I, mục II.4).

    Days below 10 and months 1 and 2 take a leading zero. None leaves blanks to fill in.
    """
    if date is None:
        return f"ngày{_BLANK}tháng{_BLANK}năm{_BLANK}"
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02} tháng {month} năm {date.year}"


def written_number(number: str | None, symbol: str) -> str:
    """Number and symbol as after "Số: ": "05/QĐ-UBND"; blank before the stroke for None.

    Numbers below 10 take a leading zero (Phụ lục I, phần I, mục II.3).
    """
    if number is None:
        return f"{_BLANK}/{symbol}"
    return f"{number.zfill(2) if number.isdigit() else number}/{symbol}"


def listed(items: Sequence[str]) -> tuple[str, ...]:
    """Items of a list closed by ";", the last by "."; a closing sign already there goes."""
    bare = [item.strip().rstrip(";.,").rstrip() for item in items]
    # "…" ends a list the author left open: a full stop after it would be a fourth dot.
    return tuple(
        item if item.endswith("…") else item + (";" if place < len(bare) - 1 else ".")
        for place, item in enumerate(bare)
    )


def roman(number: int) -> str:
    """Roman numeral of a positive number below 40."""
    if not 0 < number < 40:
        raise ValueError(f"number: {number} is outside 1–39")
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
