"""The points of many sheets side by side: what the heat map reads. One query for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import IntegerField
from django.db.models.functions import Cast, Coalesce
from django.db.models.functions import Round as Rounded

from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.scoring.models import Round, Score
from danvan.scoring.queries.drafts import ARISES
from danvan.scoring.queries.rankings import oversees
from danvan.scoring.rules.verification import ACTING

# The value that counts today, the latest of those a person gave, as whole hundredths: a number
# to look a cell up by, which costs a tenth of what a Decimal costs.
STANDING = Cast(
    Rounded(Coalesce("decided", "explained", "verified", "claimed") * 100), IntegerField()
)


class Point(NamedTuple):
    """One score: ``hundredths`` None while nobody gave points; ``arises`` False: no such matter.
    A tuple: there are thousands on a page."""

    score: int
    hundredths: int | None
    arises: bool


def units_seen(round: Round, actor: Actor) -> list[tuple[int, int, str]]:
    """(sheet, unit, block) of the sheets whose points the actor may compare; one query.

    Whoever oversees the round sees all of them, a unit its own.
    """
    sheets = round.sheets.order_by("block", "pk")
    if not oversees(actor, round):
        sheets = sheets.filter(unit__in=actor.scopes(roles.MEMBER, *ACTING))
    return list(sheets.values_list("pk", "unit", "block"))


def points_of(sheets: Collection[int]) -> Mapping[int, Mapping[int, Point]]:
    """Sheet → criterion → its point; one query."""
    found: dict[int, dict[int, Point]] = defaultdict(dict)
    rows = (
        Score.objects.filter(sheet__in=sheets)
        .order_by()
        .annotate(real=ARISES, standing=STANDING)
        .values_list("sheet", "criterion", "pk", "standing", "real")
    )
    for sheet, criterion, score, points, real in rows:
        found[sheet][criterion] = Point(score, points, bool(real))
    return found
