"""What scoring tells the others, and itself: one figure per unit and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.scoring.models import Criterion, Score
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
    claimed: dict[int, Decimal] = defaultdict(Decimal)
    proven: dict[int, Decimal] = defaultdict(Decimal)
    sheets: dict[int, int] = {}
    for unit, sheet, points, verified, proofs in _claims(units, period):
        sheets[unit] = sheet
        claimed[unit] += points
        if proofs:
            proven[unit] += points if verified is None else min(points, verified)
    now = clock.now()
    return {
        unit: _share(proven[unit], claimed[unit], sheets[unit], now) if unit in sheets else None
        for unit in units
    }


def _claims(units: Sequence[int], period: Period):  # type: ignore[no-untyped-def]
    return (
        Score.objects.filter(
            sheet__unit__in=units,
            sheet__round__period_to__range=(period.start, period.end),
            criterion__evidence_by_system=False,
            criterion__kind=Criterion.Kind.CRITERION,
            arises=True,
            claimed__isnull=False,
        )
        .order_by()
        .annotate(proof_count=Count("proofs"))
        .values_list("sheet__unit", "sheet", "claimed", "verified", "proof_count")
    )


def _share(proven: Decimal, claimed: Decimal, sheet: int, now):  # type: ignore[no-untyped-def]
    if not claimed:
        return None
    said = _("%(proven)s/%(claimed)s điểm tự chấm có minh chứng") % {
        "proven": written.number(proven),
        "claimed": written.number(claimed),
    }
    basis = reverse("scoring:gate", args=[sheet])
    return Reading(proven / claimed, now, basis, said, proven, claimed)
