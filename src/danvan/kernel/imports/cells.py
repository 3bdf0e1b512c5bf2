"""One cell of a table as a typed value; what cannot be read says why (ValueError, Vietnamese).

A cell is what the file holds: text, a number, a day, True/False or None. Each function here
fits ``Column.parse``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vanban.text import search_key

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.A)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", re.A)
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.A)
_PLAIN = re.compile(r"-?\d{1,15}([.,]\d+)?", re.A)
_AMBIGUOUS = re.compile(r"-?\d{1,3}\.\d{3}", re.A)
_YES, _NO = {"co", "x", "yes", "true", "1", "dung"}, {"khong", "no", "false", "0", "sai"}


def text(cell: Any) -> str:
    """As written; a whole number in a cell loses its ".0", a day is dd/mm/yyyy."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(Decimal(repr(cell))).replace(".", ",")
    return str(cell)


def text_of(most: int) -> Callable[[Any], str]:
    """Text of at most ``most`` characters."""

    def parse(cell: Any) -> str:
        found = text(cell)
        if len(found) > most:
            raise ValueError(_("dài quá %(most)d ký tự") % {"most": most})
        return found

    return parse


def day(cell: Any) -> dt.date:
    """A day cell, or dd/mm/yyyy, or yyyy-mm-dd. Never guesses at 03/27/2023."""
    if isinstance(cell, dt.date):
        return cell
    written = text(cell)
    if found := _DAY.fullmatch(written):
        numbers = int(found[3]), int(found[2]), int(found[1])
    elif found := _ISO.fullmatch(written):
        numbers = int(found[1]), int(found[2]), int(found[3])
    else:
        raise ValueError(
            _("“%(cell)s” không phải là ngày (ngày/tháng/năm)") % {"cell": written[:30]}
        )
    try:
        made = dt.date(*numbers)
    except ValueError:
        raise ValueError(_("không có ngày %(cell)s") % {"cell": written[:30]}) from None
    if not 1900 <= made.year <= 2200:
        raise ValueError(_("năm %(year)d nằm ngoài khoảng 1900–2200") % {"year": made.year})
    return made


def number(cell: Any) -> Decimal:
    """A number cell, or "84,25", "1.234,5", "84.25"; "1.234" is asked back."""
    if isinstance(cell, bool):
        raise ValueError(_("cần ghi một số"))
    if isinstance(cell, int | float):
        return Decimal(repr(cell))
    written = text(cell).replace(" ", "").replace("\u00a0", "")
    if _AMBIGUOUS.fullmatch(written):
        raise ValueError(
            _("“%(cell)s” hiểu được theo hai cách; bỏ dấu chấm hoặc dùng dấu phẩy cho phần lẻ")
            % {"cell": written}
        )
    if _GROUPED.fullmatch(written):
        written = written.replace(".", "")
    elif not _PLAIN.fullmatch(written):
        raise ValueError(_("“%(cell)s” không phải là số") % {"cell": written[:30]})
    return Decimal(written.replace(",", "."))


def whole(cell: Any) -> int:
    """A whole number."""
    found = number(cell)
    if found != found.to_integral_value():
        raise ValueError(_("“%(cell)s” không phải là số nguyên") % {"cell": text(cell)[:30]})
    return int(found)


def yes_no(cell: Any) -> bool:
    """Có/Không, x, 1/0."""
    if isinstance(cell, bool):
        return cell
    key = search_key(text(cell))
    if key not in _YES | _NO:
        raise ValueError(_("ghi “Có” hoặc “Không”"))
    return key in _YES


def choice(values: Mapping[str, Any]) -> Callable[[Any], Any]:
    """One of ``values`` (its words → what they mean), found without marks; codes also serve."""
    by_key = {search_key(str(words)): meant for words, meant in values.items()}
    by_key |= {str(meant): meant for meant in values.values()}

    def parse(cell: Any) -> Any:
        written = text(cell)
        meant = by_key.get(search_key(written), by_key.get(written))
        if meant is None:
            told = {"cell": written[:60], "words": "; ".join(map(str, values))}
            raise ValueError(_("“%(cell)s” không có trong danh mục (%(words)s)") % told)
        return meant

    parse.words = tuple(map(str, values))  # type: ignore[attr-defined]
    return parse
