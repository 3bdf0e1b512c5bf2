"""A unit explains a changed score once; the programme office answers."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.scoring.actions.verification import policy_points
from danvan.scoring.models import Explanation, Score
from danvan.scoring.rules import verification as rules
from danvan.ui import written


@action("scoring.explanation.file", may=rules.may_explain, says=gettext_lazy("giải trình điểm"))
def explain(score: Score, *, text: str, asks: Decimal, by: Actor) -> Explanation:
    """The unit's words and the points it asks for; once."""
    _within(score, asks)
    explanation = Explanation.objects.create(
        score=score, text=_needed(text, _("Phải ghi nội dung giải trình.")), asks=asks,
        filed_at=clock.now(), filed_by=person_of(by),
    )  # fmt: skip
    record(score, concerns=score.sheet.unit_id, reason=explanation.text, asks=asks)
    return explanation


@action(
    "scoring.explanation.answer",
    may=rules.may_answer,
    says=gettext_lazy("trả lời giải trình"),
)
def answer(
    explanation: Explanation,
    *,
    points: Decimal,
    text: str,
    arises: bool = True,
    by: Actor,
) -> Explanation:
    """Keeps the verified value or changes it; either way the unit is told why.

    ``arises`` False accepts, against the verifier, that no such matter arose.
    """
    score = Score.objects.select_for_update().get(pk=explanation.score_id)
    if not arises and not score.arises:
        points, score.arises_verified = policy_points(score.criterion), False
    _within(score, points)
    explanation.answer = _needed(text, _("Phải ghi nội dung trả lời."))
    explanation.answered_at, explanation.answered_by = clock.now(), person_of(by)
    explanation.save()
    score.explained = points
    score.save(update_fields=["explained", "arises_verified"])
    record(
        score, concerns=score.sheet.unit_id, reason=explanation.answer,
        explained=[score.verified, points],
    )  # fmt: skip
    return explanation


def _within(score: Score, points: Decimal) -> None:
    limit = score.criterion.max_points
    if not 0 <= points <= limit:
        raise Refused(refuse(_("Điểm phải từ 0 đến %s.") % written.number(limit)))


def _needed(text: str, otherwise: str) -> str:
    if not text.strip():
        raise Refused(refuse(otherwise))
    return text.strip()
