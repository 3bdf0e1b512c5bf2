"""Which unit a cell of a table means: by our key, an official code, a name, another spelling.

Two queries, then look-ups. A name or code means the unit that bore it on the row's day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext as _

from danvan.organisations import audience
from danvan.organisations.models import UnitAlias, UnitCode, UnitVersion

Span = tuple[int, dt.date, dt.date | None]


class UnitFinder:
    """Finds units as people write them. ``find`` raises ValueError (in Vietnamese)."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.names: dict[int, str] = {}
        self._spans: dict[int, list[Span]] = defaultdict(list)
        self._called: dict[str, list[Span]] = defaultdict(list)
        self._codes: dict[str, list[Span]] = defaultdict(list)
        versions = UnitVersion.objects.order_by("valid_from").values_list(
            "unit_id", "unit__key", "name", "short_name", "valid_from", "valid_to"
        )
        for unit, key, name, short, start, end in versions:
            self.keys[key], self.names[unit] = unit, name
            span = (unit, start, end)
            self._spans[unit].append(span)
            for called in {audience.key(name), audience.key(short)}:
                self._called[called].append(span)
        for unit, text in UnitAlias.objects.values_list("unit_id", "text"):
            self._called[audience.key(text)] += self._spans[unit]
        for unit, code, start, end in UnitCode.objects.values_list(
            "unit_id", "code", "valid_from", "valid_to"
        ):
            self._codes[code].append((unit, start, end))

    def find(self, written: str, day: dt.date) -> int:
        """The id of the unit that ``written`` means on ``day``."""
        if (unit := self.keys.get(written)) is not None:
            if not self.exists(unit, day):
                raise ValueError(self._not_then(written, day))
            return unit
        for spans in (self._codes.get(written, []), self._called.get(audience.key(written), [])):
            then = {u for u, start, end in spans if start <= day and (end is None or day <= end)}
            if len(then) == 1:
                return then.pop()
            if then:
                told = {"words": written, "n": len(then)}
                raise ValueError(
                    _("có %(n)d đơn vị cùng được gọi là “%(words)s”; ghi khóa của đơn vị") % told
                )
            if spans:
                raise ValueError(self._not_then(written, day))
        raise ValueError(_("không có đơn vị “%(words)s”") % {"words": written[:80]})

    def exists(self, unit: int, day: dt.date) -> bool:
        return any(s <= day and (e is None or day <= e) for _u, s, e in self._spans.get(unit, []))

    def _not_then(self, written: str, day: dt.date) -> str:
        told = {"words": written[:80], "day": f"{day:%d/%m/%Y}"}
        return _("“%(words)s” không hoạt động vào ngày %(day)s") % told
