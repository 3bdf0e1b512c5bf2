"""What chasing tells the others: how often a unit had to be urged by letter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.chasing.models import UrgedAssignment
from danvan.kernel import addresses, clock
from danvan.kernel.facts import Period, Reading, Readings, offer


@offer(
    "chasing.urged",
    about="unit",
    measure="lần",
    label=gettext_lazy("Lần bị đôn đốc bằng công văn"),
)
def urged(units: Sequence[int], period: Period) -> Readings:
    """Letters of the period that list the unit, each once however much it owed; one query.

    The basis is the newest of them, with its list. What the ladder tells people does not count.
    """
    listed = UrgedAssignment.objects.filter(
        assignment__unit__in=units,
        letter__document__issued_on__range=(period.start, period.end),
    )
    rows = listed.order_by().values("assignment__unit").annotate(
        n=Count("letter", distinct=True), newest=Max("letter__document")
    )  # fmt: skip
    found, now = {row["assignment__unit"]: (row["n"], row["newest"]) for row in rows}, clock.now()
    url, words = addresses.of_each("documents:document"), _("%d công văn đôn đốc")
    read = {}
    for unit in units:
        times, newest = found.get(unit, (0, None))
        read[unit] = Reading(Decimal(times), now, url(newest) if newest else "", words % times)
    return read
