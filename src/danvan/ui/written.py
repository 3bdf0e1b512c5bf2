"""How values are written in Vietnamese: 27/03/2023, 1.234,5, 96,85 %.

``None`` means *not yet known* and is written as a dash, never as zero. Text passes through
unchanged, so that ``{{ day|default_if_none:"chưa ấn định"|vi_date }}`` works.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

UNKNOWN = "–"
NBSP = "\u00a0"


def day(value: Any) -> str:
    """A date, or the local day of a moment: 27/03/2023."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    # Not strftime: its %Y drops leading zeros of early years on some systems.
    if isinstance(value, dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return str(value)


def moment(value: Any) -> str:
    """A moment in local time: 14:05 27/03/2023."""
    if not isinstance(value, dt.datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour:02d}:{local.minute:02d} {day(local)}"


def number(value: Any, places: int = 2) -> str:
    """Grouped by dots, decimal comma, at most ``places`` decimals, no trailing zeros."""
    if isinstance(value, Decimal):
        return _number(value, places) if value.is_finite() else UNKNOWN
    if value is None or value == "":
        return UNKNOWN
    try:
        return number(Decimal(str(value)), places)
    except InvalidOperation:
        return str(value)


@lru_cache(maxsize=10_000)
def _number(exact: Decimal, places: int) -> str:
    """A page of points writes the same few numbers hundreds of times."""
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _dot, decimals = f"{abs(rounded):f}".partition(".")
    text = f"{int(whole):,}".replace(",", ".")
    if decimals := decimals.rstrip("0"):
        text += "," + decimals
    # The true minus sign is as wide as a figure; "-0" is nothing at all.
    return f"−{text}" if rounded < 0 else text


def percent(value: Any, places: int = 2) -> str:
    """A value that is a percentage already: 96.85 → 96,85 %."""
    text = number(value, places)
    return text if text == UNKNOWN else f"{text}{NBSP}%"


def share(value: Any, places: int = 2) -> str:
    """A ratio: 0.9685 → 96,85 %."""
    if value is None or value == "":
        return UNKNOWN
    return percent(Decimal(str(value)) * 100, places)


def rate(part: Any, whole: Any, places: int = 2) -> str:
    """187 of 204 → 187/204 (91,67 %). Of nothing there is no rate."""
    if part is None or whole is None:
        return UNKNOWN
    pair = f"{number(part)}/{number(whole)}"
    if not whole:
        return pair
    return f"{pair} ({share(Decimal(str(part)) / Decimal(str(whole)), places)})"


def file_size(size: int | None) -> str:
    """Bytes in the unit an office knows: 1,2 MB."""
    if size is None:
        return UNKNOWN
    if size < 1000:
        return f"{size}{NBSP}byte"
    units = (("KB", 1000), ("MB", 1000**2), ("GB", 1000**3))
    unit, factor = next((u for u in units if size < u[1] * 1000), units[-1])
    return f"{number(Decimal(size) / factor, 1)}{NBSP}{unit}"


def distance(due: dt.date, today: dt.date) -> str:
    """How far a due date is: còn 3 ngày, hôm nay, quá hạn 2 ngày."""
    days = (due - today).days
    if days > 0:
        return _("còn %(days)d ngày") % {"days": days}
    if days == 0:
        return _("hôm nay")
    return _("quá hạn %(days)d ngày") % {"days": -days}
