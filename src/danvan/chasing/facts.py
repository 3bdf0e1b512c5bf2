"""What chasing tells the others: how often a unit had to be urged by letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.chasing.models import UrgedAssignment
from danvan.kernel import clock
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
    return {unit: _reading(*found.get(unit, (0, None)), now) for unit in units}


def _reading(times: int, newest: int | None, now: dt.datetime) -> Reading:
    basis = reverse("documents:document", args=[newest]) if newest else ""
    return Reading(Decimal(times), now, basis, _("%d công văn đôn đốc") % times)
