"""A result beside that of the year before, also where the unit was another then.

The rule, as the pages say it: a unit is compared with itself; if it did not exist or was not
measured the year before, with its only predecessor taken over whole; a unit made of several,
or of a part, has nothing to be compared with. No average is ever invented.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.indices.models import Result
from danvan.organisations.models import Succession
from danvan.ui import written

RULE = gettext_lazy(
    "Mỗi đơn vị được so với chính mình năm trước. Đơn vị mới thành lập được so với đơn vị tiền "
    "thân duy nhất nhập trọn vào đó; hợp nhất từ nhiều đơn vị hoặc tách ra từ một phần thì ghi "
    "“không so sánh được”, hệ thống không tự tính bình quân."
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``before`` is None where there is nothing to compare with; ``why`` says which and why."""

    now: Result
    before: Result | None
    why: str

    @property
    def change(self) -> Decimal | None:
        """Of the rate, in percentage points."""
        return self.now.rate - self.before.rate if self.before else None

    @property
    def places(self) -> int | None:
        """Places gained (below 0: lost) in the ranking."""
        if self.before is None or self.before.rank is None or self.now.rank is None:
            return None
        return self.before.rank - self.now.rank

    @property
    def said(self) -> str:
        """What a table's cell says of it."""
        if self.change is None:
            return self.why
        sign = "+" if self.change > 0 else ""
        told = _("%(change)s điểm %%") % {"change": sign + written.number(self.change)}
        if self.places:
            told += _("; %(way)s %(n)d hạng") % {
                "way": _("tăng") if self.places > 0 else _("giảm"),
                "n": abs(self.places),
            }
        return told


Predecessors = Mapping[int, list[Succession]]


def predecessors(successions: Iterable[Succession]) -> Predecessors:
    """Successor → what it was made of."""
    held: dict[int, list[Succession]] = defaultdict(list)
    for row in successions:
        held[row.successor_id].append(row)
    return held


def before(made_of: Predecessors) -> set[int]:
    """Every unit that became (part of) another."""
    return {row.predecessor_id for rows in made_of.values() for row in rows}


def compare(
    now: Result,
    results: Mapping[tuple[int, int], Result],
    made_of: Predecessors,
    names: Mapping[int, str],
) -> Comparison:
    """``results``: (unit, year) → result of the same index. Pure: makes no query."""
    year = now.edition.year - 1
    if itself := results.get((now.unit_id, year)):
        return Comparison(now, itself, _("so với năm %d") % year)
    rows = [r for r in made_of.get(now.unit_id, ()) if year <= r.on.year <= year + 2]
    if not rows:
        return Comparison(now, None, _("chưa có kết quả năm %d") % year)
    told = ", ".join(names.get(r.predecessor_id, "") for r in rows)
    if len(rows) > 1:
        return Comparison(now, None, _("không so sánh được: hợp nhất từ %s") % told)
    if not rows[0].whole:
        return Comparison(now, None, _("không so sánh được: tách ra từ %s") % told)
    before = results.get((rows[0].predecessor_id, year))
    if before is None:
        said = _("chưa có kết quả năm %(year)d của %(unit)s, đơn vị tiền thân")
        return Comparison(now, None, said % {"year": year, "unit": told})
    said = _("so với năm %(year)d của %(unit)s, đơn vị tiền thân")
    return Comparison(now, before, said % {"year": year, "unit": told})
