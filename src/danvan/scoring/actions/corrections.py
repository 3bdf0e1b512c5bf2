"""A published ranking is withdrawn by a decision; decided points are put right; both stay told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.actions.issuing import issue
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.scoring import withdrawal_documents
from danvan.scoring.models import Correction, Ranking, Round, Score
from danvan.scoring.rules import rankings as rules
from danvan.scoring.workflow import ROUND
from danvan.ui import written


@action(
    "scoring.ranking.withdraw",
    may=rules.may_withdraw,
    says=gettext_lazy("thu hồi kết quả xếp loại đã công bố"),
)
def withdraw(ranking: Ranking, *, ground: str, by: Actor) -> Ranking:
    """A numbered decision takes the ranking back; its lines and snapshot stay readable.

    The round goes back to "settled": points may be corrected, then it is proposed anew.
    """
    if not ground.strip():
        raise Refused(refuse(_("Phải ghi lý do thu hồi.")))
    round = Round.objects.select_for_update().get(pk=ranking.round_id)
    issuing = withdrawal_documents.for_issuing(ranking, ground.strip(), by)
    ranking.withdrawal = issue(round.programme.body, **issuing, by=by)
    ranking.withdrawn_at, ranking.withdrawn_by = clock.now(), person_of(by)
    ranking.withdrawal_ground = ground.strip()
    ranking.save()
    before, round.state = round.state, ROUND.target("withdraw")
    round.save(update_fields=["state"])
    told: dict[str, Any] = {
        "decision": ranking.decision.code,
        "withdrawal": ranking.withdrawal.code,
    }
    record(round, reason=ranking.withdrawal_ground, state=[before, round.state], **told)
    for standing in ranking.standings.select_related("sheet__unit"):
        if standing.sheet is not None:
            record(standing.sheet, concerns=standing.unit_id,
                   reason=ranking.withdrawal_ground, **told)  # fmt: skip
    return ranking


@action("scoring.score.correct", may=rules.may_correct, says=gettext_lazy("điều chỉnh điểm"))
def correct(score: Score, *, points: Decimal, document: str, ground: str, by: Actor) -> Correction:
    """Another decided value, with its document; counts in the next decision of the round."""
    limit = score.criterion.max_points
    if not 0 <= points <= limit:
        raise Refused(refuse(_("Điểm phải từ 0 đến %s.") % written.number(limit)))
    if not (document.strip() and ground.strip()):
        raise Refused(refuse(_("Phải ghi văn bản làm căn cứ và lý do.")))
    if points == score.decided:
        raise Refused(refuse(_("Điểm điều chỉnh bằng điểm đã quyết định.")))
    withdrawn = score.sheet.round.rankings.order_by("-withdrawn_at")[0]
    made = Correction.objects.create(
        score=score, ranking=withdrawn, before=score.decided or Decimal(0), after=points,
        document=document.strip(), ground=ground.strip(), made_at=clock.now(),
        made_by=person_of(by),
    )  # fmt: skip
    score.decided = points
    score.save(update_fields=["decided"])
    record(
        score, concerns=score.sheet.unit_id, reason=f"{made.document}: {made.ground}",
        decided=[made.before, points],
    )  # fmt: skip
    return made
