"""What the indices tell the others: rate, rank and change of a unit; units that improved.

The year is that of the period's end. A unit without a result of that year has no reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.indices import queries
from danvan.indices.actions.editions import shipped
from danvan.indices.comparing import Comparison
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.programmes.models import Programme
from danvan.ui import written

CODES = {row["code"]: row["short_name"] for row in shipped()}
# The index the programme's target is about (Kế hoạch 49, mục III: chỉ số cải cách hành chính).
TARGETED = "par"
Read = Callable[[Comparison], Reading | None]


def _offered(code: str, name: str) -> None:
    for what, measure, label, read in (
        ("rate", "tỷ lệ", gettext_lazy("{}: tỷ lệ đạt được"), _rate),
        ("rank", "hạng", gettext_lazy("{}: thứ hạng"), _rank),
        ("change", "điểm phần trăm", gettext_lazy("{}: so với năm trước"), _change),
    ):
        named = format_lazy(label, name)
        offer(f"indices.{code}_{what}", about="unit", measure=measure, label=named)(
            _reader(code, read)
        )


def _reader(code: str, read: Read) -> Callable[[Sequence[int], Period], Readings]:
    def reader(units: Sequence[int], period: Period) -> Readings:
        found = queries.comparisons(code, units, period.end.year)
        return {unit: read(found[unit]) if unit in found else None for unit in units}

    return reader


def _rate(found: Comparison) -> Reading:
    now = found.now
    said = _("%(rate)s (%(value)s/%(maximum)s), %(edition)s") % {
        "rate": written.percent(now.rate), "value": written.number(now.value, 3),
        "maximum": written.number(now.maximum, 3), "edition": now.edition,
    }  # fmt: skip
    return Reading(
        now.value / now.maximum, clock.now(), _basis(found), said, now.value, now.maximum
    )


def _rank(found: Comparison) -> Reading | None:
    now = found.now
    if now.rank is None:
        return None
    said = _("hạng %(rank)d/%(ranked)d, %(edition)s") % {
        "rank": now.rank, "ranked": now.ranked, "edition": now.edition,
    }  # fmt: skip
    return Reading(Decimal(now.rank), clock.now(), _basis(found), said)


def _change(found: Comparison) -> Reading:
    """Percentage points of the rate; without value, and saying why, where none can be told."""
    said = found.said if found.change is None else f"{found.said} ({found.why})"
    return Reading(found.change, clock.now(), _basis(found), said)


def _basis(found: Comparison) -> str:
    return reverse("indices:result", args=[found.now.pk])


for _code, _name in CODES.items():
    _offered(_code, _name)


@offer(
    "indices.units_improved",
    about="programme",
    measure="đơn vị",
    label=gettext_lazy("Đơn vị nâng được chỉ số cải cách hành chính"),
)
def units_improved(programmes: Sequence[int], period: Period) -> Readings:
    """Of the units under the body that can be compared, those whose rate rose.

    Where only the body itself is measured, it counts alone. None without comparable results.
    """
    read: dict[int, Reading | None] = {}
    for programme in Programme.objects.filter(pk__in=programmes).select_related("body"):
        year = period.end.year
        units = [unit for unit, _name in queries.measurable(programme.body, year)]
        found = queries.comparisons(TARGETED, units, year)
        own = found.pop(programme.body_id, None)
        read[programme.pk] = _improved(list(found.values()) or [own] if own or found else [], year,
                                       programme.body_id)  # fmt: skip
    return {programme: read.get(programme) for programme in programmes}


def _improved(found: Sequence[Comparison | None], year: int, body: int) -> Reading | None:
    comparable = [c for c in found if c and c.change is not None]
    if not comparable:
        return None
    up = sum((c.change or 0) > 0 for c in comparable)
    said = _("%(share)s đơn vị nâng được chỉ số năm %(year)d") % {
        "share": written.rate(up, len(comparable)), "year": year,
    }  # fmt: skip
    basis = f"{reverse('indices:series', args=[TARGETED])}?co_quan={body}"
    total = Decimal(len(comparable))
    return Reading(Decimal(up) / total, clock.now(), basis, said, Decimal(up), total)
