"""A unit explains a changed score once; the programme office answers."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of
from danvan.scoring.actions.proofs import NewProofs, attach
from danvan.scoring.actions.verification import policy_points
from danvan.scoring.models import Explanation, Score
from danvan.scoring.rules import verification as rules
from danvan.ui import written


@action("scoring.explanation.file", may=rules.may_explain, says=gettext_lazy("giải trình điểm"))
def explain(
    score: Score,
    *,
    text: str,
    asks: Decimal,
    ground: str = Explanation.Ground.OTHER,
    proofs: NewProofs | None = None,
    by: Actor,
) -> Explanation:
    """The unit's words, on which ground, and the points it asks for; once.

    ``proofs`` are added to the score beside those of the sheet. "There is new proof" without
    any is refused.
    """
    _within(score, asks)
    if ground == Explanation.Ground.NEW_PROOF and not proofs:
        raise Refused(refuse(_("Căn cứ là minh chứng bổ sung thì phải gửi kèm minh chứng.")))
    explanation = Explanation.objects.create(
        score=score, text=_needed(text, _("Phải ghi nội dung giải trình.")), asks=asks,
        ground=ground, filed_at=clock.now(), filed_by=person_of(by),
    )  # fmt: skip
    made = attach(score.sheet, [proofs], by, explanation) if proofs else []
    record(
        score, concerns=score.sheet.unit_id, reason=explanation.text, asks=asks,
        ground=explanation.get_ground_display(), proofs=[p.name for p in made],
    )  # fmt: skip
    return explanation


@action(
    "scoring.explanation.name_second",
    may=rules.may_name_second,
    says=gettext_lazy("cử cơ quan xem lại giải trình"),
)
def name_second(explanation: Explanation, *, office: Unit, reason: str, by: Actor) -> Explanation:
    """Sends it to another office of the round than the usual one; told to the unit."""
    why = _needed(reason, _("Phải ghi lý do cử cơ quan khác."))
    score = explanation.score
    offices = score.sheet.round.offices.values_list("office", "substitute")
    if office.pk not in {pk for pair in offices for pk in pair}:
        raise Refused(refuse(_("Chỉ cử được cơ quan thẩm định của đợt chấm.")))
    if office.pk == score.sheet.unit_id:
        raise Refused(refuse(_("Không cử chính đơn vị giải trình xem lại.")))
    explanation.answering = office
    explanation.save(update_fields=["answering"])
    record(score, concerns=score.sheet.unit_id, reason=why, second=str(office))
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
    explanation.outcome = outcome_of(explanation, score, points)
    explanation.save()
    score.explained = points
    score.save(update_fields=["explained", "arises_verified"])
    record(
        score, concerns=score.sheet.unit_id, reason=explanation.answer,
        explained=[score.verified, points], outcome=explanation.get_outcome_display(),
    )  # fmt: skip
    return explanation


def outcome_of(explanation: Explanation, score: Score, points: Decimal) -> Explanation.Outcome:
    """What came of it, in one word, from the three figures."""
    verified = score.verified or Decimal(0)
    if score.arises_verified is False and not score.arises:
        return Explanation.Outcome.GRANTED
    if points == explanation.asks and points != verified:
        return Explanation.Outcome.GRANTED
    if points == verified:
        return Explanation.Outcome.KEPT
    return Explanation.Outcome.PARTLY if points > verified else Explanation.Outcome.LOWERED


def _within(score: Score, points: Decimal) -> None:
    limit = score.criterion.max_points
    if not 0 <= points <= limit:
        raise Refused(refuse(_("Điểm phải từ 0 đến %s.") % written.number(limit)))


def _needed(text: str, otherwise: str) -> str:
    if not text.strip():
        raise Refused(refuse(otherwise))
    return text.strip()
