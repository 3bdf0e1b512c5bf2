"""What scoring tells the others, and itself: one figure per unit and period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import addresses, clock
from danvan.kernel.facts import Period, Reading, Readings, among, offer
from danvan.scoring.models import Criterion, Proof, Score
from danvan.ui import written


@offer(
    "scoring.proof_share",
    about="unit",
    measure="tỷ lệ",
    label=gettext_lazy("Tỷ lệ điểm tự chấm có minh chứng"),
)
def proof_share(units: Sequence[int], period: Period) -> Readings:
    """Claimed points that have a proof and stood verification, of all claimed points.

    Criteria whose proof the system holds, and matters that did not arise, are left out.
    One query; None for a unit without a sheet, or with nothing claimed yet.
    """
    now = clock.now()
    rows: dict[int, tuple[int, Decimal | None, Decimal]] = {
        unit: (sheet, proven, claimed) for unit, sheet, proven, claimed in _shares(units, period)
    }
    words = _("%(proven)s/%(claimed)s điểm tự chấm có minh chứng")
    url = addresses.of_each("scoring:gate")
    return {unit: _share(*rows[unit], words, now, url) if unit in rows else None for unit in units}


def _shares(units: Sequence[int], period: Period) -> QuerySet[Score, Any]:
    """Unit, its newest sheet, points with a proof, points claimed: summed by the database."""
    stood = Least("claimed", Coalesce("verified", "claimed"))
    proven = Proof.objects.filter(among("score__sheet__unit", units))
    return (
        Score.objects.filter(
            among("sheet__unit", units),
            sheet__round__period_to__range=(period.start, period.end),
            criterion__evidence_by_system=False,
            criterion__kind=Criterion.Kind.CRITERION,
            arises=True,
            claimed__isnull=False,
        )
        .order_by()
        .values_list("sheet__unit")
        .annotate(
            newest=Max("sheet"),
            # Not EXISTS: it would be asked once for every score.
            proven=Sum(stood, filter=Q(pk__in=proven.values("score"))),
            points=Sum("claimed"),
        )
    )


def _share(
    sheet: int,
    proven: Decimal | None,
    claimed: Decimal,
    words: str,
    now: dt.datetime,
    url: Callable[[int], str],
) -> Reading | None:
    if not claimed:
        return None
    proven = proven or Decimal(0)
    said = words % {"proven": written.number(proven), "claimed": written.number(claimed)}
    return Reading(proven / claimed, now, url(sheet), said, proven, claimed)
