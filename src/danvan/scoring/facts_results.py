"""What the ranking tells others: how many units are in the top class, and which."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.scoring.models import Ranking, Round, Standing
from danvan.scoring.queries.drafts import draft
from danvan.scoring.standings import forecast
from danvan.ui import written


@offer(
    "scoring.units_in_top_class",
    about="programme",
    measure="đơn vị",
    label=gettext_lazy("Đơn vị xếp loại cao nhất"),
)
def units_in_top_class(programmes: Sequence[int], period: Period) -> Readings:
    """Of the ranked units, by the decision or, before it, by the values of today.

    None without a round. As many queries as programmes that have one (one, as a rule).
    """
    rounds = Round.objects.filter(programme__in=programmes).select_related("programme__body")
    found = {round.programme_id: _reading(round) for round in rounds}
    return {programme: found.get(programme) for programme in programmes}


def _reading(round: Round) -> Reading | None:
    top, ranked = _counts(round)
    if not ranked:
        return None
    words = _("%s đơn vị được xếp loại") % written.rate(top, ranked)
    if round.state != Round.State.DECIDED:
        words += _(" (dự thảo, chỉ phiếu đã thẩm định xong)")
    return Reading(
        Decimal(top) / ranked, clock.now(), reverse("scoring:ranking", args=[round.pk]), words,
        Decimal(top), Decimal(ranked),
    )  # fmt: skip


def _counts(round: Round) -> tuple[int, int]:
    if round.state != Round.State.DECIDED:
        drafted = draft(round)
        # Sheets under verification tell nothing yet: offices judge without seeing each other.
        judging = set(round.sheets.filter(state="submitted").values_list("pk", flat=True))
        seen = {
            block: [line for line in lines if line.totals.sheet not in judging]
            for block, lines in drafted.blocks.items()
        }
        told = forecast(seen, drafted.scales, round.target_share)
        return told.top, told.ranked
    best = _best(round)
    decided = Ranking.objects.get(round=round, withdrawn_at=None)
    standings = decided.standings.filter(rank__isnull=False)
    rows = list(standings.values_list("block", "band"))
    return sum(band == best.get(block) for block, band in rows), len(rows)


def _best(round: Round) -> dict[str, str]:
    """Block → the name of its best class."""
    blocks = round.blocks.select_related("criteria_set").prefetch_related("criteria_set__bands")
    return {held.block: held.criteria_set.bands.all()[0].name for held in blocks}


@offer(
    "scoring.in_top_class",
    about="unit",
    measure="đơn vị",
    label=gettext_lazy("Được xếp loại cao nhất"),
)
def in_top_class(units: Sequence[int], period: Period) -> Readings:
    """1 for a unit in the best class of its block, else 0 with its class or why it has none.

    Told by the decision alone: before it a unit reads its own line only. The last decided
    round of the period counts; a unit that is in none has no reading.
    """
    rounds = Round.objects.filter(
        state=Round.State.DECIDED, period_from__lte=period.end, period_to__gte=period.start
    )
    read: dict[int, Reading | None] = dict.fromkeys(units)
    for round in rounds.order_by("period_to", "pk"):
        best, basis = _best(round), reverse("scoring:ranking", args=[round.pk])
        standings = Standing.objects.filter(
            ranking__round=round, ranking__withdrawn_at=None, unit__in=list(units)
        )
        for unit, block, band, why in standings.values_list(
            "unit", "block", "band", "ineligible_reason"
        ):
            value = Decimal(int(not why and band == best.get(block)))
            said = _("xếp loại %s") % band if band else _("không xếp loại: %s") % why
            read[unit] = Reading(value, clock.now(), basis, said)
    return read
