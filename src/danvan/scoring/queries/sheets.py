"""Reads of rounds, sheets and score sheets. ``…visible_to`` starts every page."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from danvan.assignments.models import Assignment, Attachment
from danvan.kernel import audit
from danvan.kernel.access import Actor
from danvan.kernel.models import Entry
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme
from danvan.programmes.models.plans import Deliverable
from danvan.scoring import hundredths
from danvan.scoring.models import CriteriaDraft, CriteriaSet, Criterion, Proof, Score, Sheet
from danvan.scoring.rules.sheets import BELONGING, OVERSEEING
from danvan.scoring.rules.verification import ACTING


def visible_to(actor: Actor) -> QuerySet[Sheet]:
    """A unit's own sheets, all of the bodies overseen, and those its office verifies."""
    own = Q(unit__in=actor.scopes(*BELONGING))
    overseen = Q(round__programme__body__in=actor.scopes(*OVERSEEING))
    to_verify = Q(
        pk__in=Score.objects.filter(verifier__in=actor.scopes(roles.MEMBER)).values("sheet")
    )
    return Sheet.objects.filter(own | overseen | to_verify).select_related(
        "round__programme__plan", "criteria_set__enacted_by", "unit"
    )


def criteria_visible_to(actor: Actor) -> QuerySet[CriteriaSet]:
    """A score sheet is law: everybody who is signed in reads it."""
    everybody = CriteriaSet.objects.all() if actor.id else CriteriaSet.objects.none()
    return everybody.select_related("enacted_by")


def drafts_visible_to(actor: Actor) -> QuerySet[CriteriaDraft]:
    """Score sheets in draft are the programme office's."""
    bodies = actor.scopes(roles.PROGRAMME_OFFICE)
    return CriteriaDraft.objects.filter(body__in=bodies).select_related("based_on", "made_by")


def proofs_visible_to(actor: Actor) -> QuerySet[Proof]:
    """Proofs of the sheets the actor may read."""
    sheets = visible_to(actor).order_by().values("pk")
    return Proof.objects.filter(score__sheet__in=sheets).select_related(
        "file", "attachment__file", "attachment__submission", "score__criterion",
        "score__sheet__round__programme", "score__sheet__unit", "added_by",
    )  # fmt: skip


def programmes_without_round(actor: Actor) -> QuerySet[Programme]:
    """Published programmes whose programme office the actor works in, not opened yet."""
    bodies = actor.scopes(roles.PROGRAMME_OFFICE)
    return Programme.objects.filter(body__in=bodies, round__isnull=True).select_related("plan")


def body_kept_by(actor: Actor) -> Unit | None:
    """The body whose programme office the actor works in."""
    return Unit.objects.filter(pk__in=actor.scopes(roles.PROGRAMME_OFFICE)).order_by("pk").first()


def to_fill(actor: Actor) -> QuerySet[Sheet]:
    """Open sheets the actor can fill in and submit for a unit."""
    return visible_to(actor).filter(unit__in=actor.scopes(*ACTING), state=Sheet.State.OPEN)


def dossier_tasks(sheets: Iterable[Sheet]) -> dict[tuple[int, int], Assignment]:
    """(programme, unit) → the unit's dossier assignment; one query."""
    held = list(sheets)
    found = Assignment.objects.filter(
        programme__in={s.round.programme_id for s in held},
        unit__in={s.unit_id for s in held},
        task__deliverable=Deliverable.DOSSIER,
    ).select_related("task__provision", "programme__plan")
    return {(a.programme_id or 0, a.unit_id): a for a in found}


def handed_in_by(sheet: Sheet) -> QuerySet[Attachment]:
    """Files the unit handed in for its duties of the programme: ready to prove something."""
    return (
        Attachment.objects.filter(
            submission__assignment__unit=sheet.unit_id,
            submission__assignment__programme=sheet.round.programme_id,
        )
        .select_related("submission__assignment__task", "file")
        .order_by("-submission__filed_at", "pk")
    )


def proofs_of(sheet: Sheet) -> dict[int, list[Proof]]:
    """Score id → its proofs; one query."""
    found: dict[int, list[Proof]] = {}
    proofs = Proof.objects.filter(score__sheet=sheet).select_related(
        "attachment__file", "attachment__submission", "file", "score__criterion"
    )
    for proof in proofs:
        found.setdefault(proof.score_id, []).append(proof)
    return found


class Claimable(NamedTuple):
    """A criterion of a sheet: what it allows and what is claimed. As much of a score as a saving
    asks, without the objects, which take longer to make than the rest of it. ``revision`` is the
    sheet's."""

    pk: int
    criterion_id: int
    code: str
    max_points: Decimal
    kind: str
    method: str
    when_not_arising: str
    claimed: Decimal | None
    claim_reason: str
    arises: bool
    revision: int

    @property
    def may_not_arise(self) -> bool:
        """Whether a unit may say that no such matter arose."""
        zero = self.when_not_arising == Criterion.WhenNotArising.ZERO
        return self.kind == Criterion.Kind.CRITERION and not zero


def to_claim(sheet: Sheet) -> list[Claimable]:
    """In the order of the score sheet; one query, so that claims and revision agree."""
    points = hundredths.points
    with connection.cursor() as cursor:
        cursor.execute(_TO_CLAIM, [sheet.pk])
        return [
            Claimable(
                pk, criterion, code, points(most), kind, method, when,
                None if claimed is None else points(claimed), reason, bool(arises), revision,
            )
            for (
                pk, criterion, code, most, kind, method, when, claimed, reason, arises, revision
            ) in cursor.fetchall()
        ]  # fmt: skip


# In the order of ``Claimable``.
_TO_CLAIM = f"""
SELECT score.id, score.criterion_id, criterion.code, {hundredths.asked("criterion.max_points")},
  criterion.kind, criterion.method, criterion.when_not_arising,
  {hundredths.asked("score.claimed")}, score.claim_reason, score.arises, sheet.revision
FROM scoring_score score JOIN scoring_criterion criterion ON criterion.id = score.criterion_id
  JOIN scoring_sheet sheet ON sheet.id = score.sheet_id
WHERE score.sheet_id = %s ORDER BY criterion."order"
"""


def last_saving(sheet: Sheet) -> Entry | None:
    """Who saved the sheet last, and when."""
    return audit.of(sheet).filter(action="scoring.sheet.save").first()


def last_return(sheet: Sheet) -> Entry | None:
    """Why the sheet came back, if it did."""
    return audit.of(sheet).filter(action="scoring.sheet.return").first()
