"""The queue of an office, and what a round still waits for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Abs
from django.db.models.functions import Round as Rounded

from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import UnitVersion
from danvan.organisations.models.units import in_force
from danvan.scoring.models import Explanation, Round, Score, Sheet
from danvan.scoring.queries.sheets import visible_to
from danvan.scoring.rules.verification import ACTING


def scores_visible_to(actor: Actor) -> QuerySet[Score]:
    """Every line of the sheets the actor may read."""
    return Score.objects.filter(sheet__in=visible_to(actor).order_by().values("pk")).select_related(
        "criterion__group", "criterion__criteria_set__enacted_by", "verifier", "verified_by",
        "sheet__round__programme__plan", "sheet__round__programme__body", "sheet__unit",
    )  # fmt: skip


def explanations_visible_to(actor: Actor) -> QuerySet[Explanation]:
    scores = scores_visible_to(actor).order_by().values("pk")
    return Explanation.objects.filter(score__in=scores).select_related(
        "score__criterion__group", "score__verified_by", "score__verifier", "filed_by",
        "answered_by", "score__sheet__round__programme__body", "score__sheet__unit", "answering",
    )  # fmt: skip


def queue(actor: Actor, round: Round) -> QuerySet[Score]:
    """What the actor's office verifies in the round, sheet by sheet, in Vietnamese order."""
    return (
        Score.objects.filter(
            sheet__round=round, verifier__in=actor.scopes(roles.MEMBER),
        )
        .exclude(sheet__state=Sheet.State.OPEN)
        .exclude(sheet__unit__in=actor.scopes(roles.MEMBER, *ACTING))
        .annotate(
            place=Subquery(_version(round.dossier_due).values("sort_key")[:1]),
            claimed_gap=Rounded(Abs(F("claimed") - F("computed")), 2),
            verified_gap=Rounded(Abs(F("verified") - F("claimed")), 2),
        )
        .select_related("criterion", "verified_by", "sheet__round__programme", "verifier")
        .order_by("sheet__block", "place", "sheet", "criterion__order", "pk")
    )  # fmt: skip


def verifies(actor: Actor, round: Round) -> bool:
    """Whether an office of the actor's verifies in the round, for its role or by hand."""
    pairs = round.offices.values_list("office", "substitute")
    held = {unit for pair in pairs for unit in pair}
    return bool(held & actor.scopes(roles.MEMBER)) or queue(actor, round).exists()


def filtered(scores: QuerySet[Score], asked: dict[str, Any]) -> QuerySet[Score]:
    """The queue narrowed by block, unit, criterion code, "not yet", and a least difference."""
    if asked.get("khoi"):
        scores = scores.filter(sheet__block=asked["khoi"])
    if asked.get("don_vi"):
        scores = scores.filter(sheet__unit=asked["don_vi"])
    if asked.get("tieu_chi"):
        scores = scores.filter(criterion__code=asked["tieu_chi"])
    if asked.get("chua"):
        scores = scores.filter(verified__isnull=True)
    gap: Decimal | None = asked.get("lech")
    if gap is not None:
        scores = scores.filter(Q(claimed_gap__gte=gap) | Q(verified_gap__gte=gap))
    return scores


def following(scores: QuerySet[Score], score: Score) -> int | None:
    """The next one not verified after ``score``, going round; None when all are done."""
    places = list(scores.values_list("pk", "verified_at", "sheet__state"))
    after = next((i for i, row in enumerate(places) if row[0] == score.pk), -1)
    for pk, verified_at, state in places[after + 1 :] + places[: after + 1]:
        if pk != score.pk and verified_at is None and state == Sheet.State.SUBMITTED:
            return int(pk)
    return None


def waiting(actor: Actor) -> list[tuple[Round, int, int]]:
    """(round, criteria, sheets) the actor's offices have still to verify; two queries."""
    rows = (
        Score.objects.filter(
            verifier__in=actor.scopes(roles.MEMBER), verified__isnull=True,
            sheet__state=Sheet.State.SUBMITTED,
        )
        .exclude(sheet__unit__in=actor.scopes(roles.MEMBER, *ACTING))
        .order_by()
        .values_list("sheet__round")
        .annotate(scores=Count("pk"), sheets=Count("sheet", distinct=True))
    )  # fmt: skip
    counts = {pk: (scores, sheets) for pk, scores, sheets in rows}
    rounds = Round.objects.filter(pk__in=counts).select_related("programme__plan")
    return [(round, *counts[round.pk]) for round in rounds]


def counts_by_sheet(round: Round) -> dict[int, tuple[int, int]]:
    """Sheet → (scores, verified ones); one query."""
    rows = (
        Score.objects.filter(sheet__round=round)
        .order_by()
        .values_list("sheet")
        .annotate(n=Count("pk"), verified=Count("verified"))
    )
    return {sheet: (n, verified) for sheet, n, verified in rows}


def counts_by_office(round: Round) -> dict[int, tuple[int, int]]:
    """Office → (scores it verifies, verified ones), of sheets handed in; one query."""
    rows = (
        Score.objects.filter(sheet__round=round, verifier__isnull=False)
        .exclude(sheet__state=Sheet.State.OPEN)
        .order_by()
        .values_list("verifier")
        .annotate(n=Count("pk"), verified=Count("verified"))
    )
    return {office: (n, verified) for office, n, verified in rows}


def _version(day: dt.date) -> QuerySet[UnitVersion]:
    return UnitVersion.objects.filter(in_force(day), unit=OuterRef("sheet__unit"))
