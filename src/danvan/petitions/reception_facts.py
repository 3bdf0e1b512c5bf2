"""What reception tells the others: the head's days against the legal minimum of their date."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.petitions import reception_queries as queries
from danvan.petitions.reception_queries import Tally


@offer(
    "petitions.reception_days",
    about="unit",
    measure="ngày",
    label=gettext_lazy("Ngày người đứng đầu trực tiếp tiếp công dân"),
)
def reception_days(units: Sequence[int], period: Period) -> Readings:
    """Days held by the head in person ÷ days the law asked for in the weeks or months that are
    over. None: the unit kept no calendar in the period, or no rule binds its head."""
    until = min(period.end, clock.today())
    found = queries.tallies(units, period.start, until)
    return {unit: _reading(unit, found[unit], period) for unit in units}


def _reading(unit: int, tally: Tally, period: Period) -> Reading | None:
    if not tally.known or not tally.held.needed:
        return None
    filled, needed = Decimal(tally.held.filled), Decimal(tally.held.needed)
    said = _("%(filled)d/%(needed)d ngày theo mức tối thiểu") % {
        "filled": filled, "needed": needed,
    }  # fmt: skip
    if tally.delegated:
        said += _("; %d buổi người khác tiếp thay không tính") % tally.delegated
    basis = f"{reverse('reception:by_number', args=[unit])}?nam={period.end.year}"
    return Reading(filled / needed, clock.now(), basis, said, filled, needed)
