"""Proposing, sending back and deciding a ranking. Deciding is one deliberate act."""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.actions.issuing import issue
from danvan.kernel import clock, events
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.scoring import decision_documents, snapshot
from danvan.scoring.actions.proposals import kept_now
from danvan.scoring.actions.settlement import move
from danvan.scoring.events import RankingDecided
from danvan.scoring.models import Ranking, Round, Score, Sheet, Standing
from danvan.scoring.queries import progress
from danvan.scoring.queries.drafts import Draft, as_facts, draft
from danvan.scoring.rules import rankings as rules
from danvan.scoring.standings import Line
from danvan.scoring.workflow import ROUND


@action("scoring.round.propose", may=rules.may_propose, says=gettext_lazy("trình kết quả xếp loại"))
def propose(round: Round, *, by: Actor) -> Round:
    """Puts the settled result before the chairman; the draft of the moment is kept."""
    if not (lacking := progress.lacking_for_settling(round)):
        kept_now(round, _("Khi trình kết quả"), by)
    return move(round, "propose", lacking)


@action(
    "scoring.round.send_back",
    may=rules.may_send_back,
    says=gettext_lazy("trả lại bản trình xếp loại"),
)
def send_back(round: Round, *, reason: str, by: Actor) -> Round:
    """The decider does not agree yet, and says why."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do trả lại.")))
    return move(round, "send_back", reason=reason.strip())


@action(
    "scoring.round.decide",
    may=rules.may_decide,
    says=gettext_lazy("quyết định và công bố kết quả xếp loại"),
)
def decide(round: Round, *, by: Actor) -> Ranking:
    """Numbers, dates, freezes, locks and publishes the ranking, all or nothing.

    The decision document takes the next number of the body. Afterwards no score, proof,
    explanation or cap of the round changes. Announces RankingDecided.
    """
    if lacking := progress.lacking_for_settling(round):
        raise Refused(refuse(lacking))
    sheets = _freeze(round)
    drafted = draft(round, clock.today())
    parts = decision_documents.parts_of(round, drafted, by)
    decision = issue(round.programme.body, **decision_documents.for_issuing(parts), by=by)
    text = snapshot.compose(round, drafted, decision)
    ranking = Ranking.objects.create(
        # The rule has let only a person through who signs for the body.
        round=round, decision=decision, signed_by_id=by.id,  # type: ignore[misc]
        signing_as=rules.signs_as(by, round) or "", decided_at=clock.now(),
        snapshot=text, snapshot_sha256=snapshot.digest(text),
        replaces=decision_documents.withdrawn_of(round),
    )  # fmt: skip
    lines = _keep(ranking, drafted)
    round.state = ROUND.target("decide")
    round.save(update_fields=["state"])
    record(round, decision=decision.code, snapshot=ranking.snapshot_sha256, units=len(lines))
    for line in lines:
        record(
            sheets[line.totals.sheet], concerns=line.unit, reason=line.ineligible,
            decision=decision.code, rank=line.rank, band=line.band, rate=line.rate,
        )  # fmt: skip
    events.announce(RankingDecided(round.pk))  # type: ignore[call-arg]
    return ranking


def _freeze(round: Round) -> dict[int, Sheet]:
    """Locks every sheet (a cap being lifted waits, then is refused) and fixes the values."""
    sheets = round.sheets.select_for_update().prefetch_related("unit__versions")
    held = {sheet.pk: sheet for sheet in sheets}
    # Values of a withdrawn decision stand, corrected where a correction says so.
    settled = round.sheets.filter(state=Sheet.State.SETTLED)
    Score.objects.filter(sheet__in=settled, decided__isnull=True).update(
        decided=Coalesce("explained", "verified")
    )
    return held


def _keep(ranking: Ranking, drafted: Draft) -> list[Line]:
    lines = [line for lines in drafted.blocks.values() for line in lines]
    Standing.objects.bulk_create(
        (_standing(ranking, line, drafted.names) for line in lines), batch_size=500
    )
    return lines


def _standing(ranking: Ranking, line: Line, names: dict[int, str]) -> Standing:
    return Standing(
        ranking=ranking, sheet_id=line.totals.sheet, unit_id=line.unit,
        unit_name=names.get(line.unit, ""), block=line.block,
        points=None if line.totals.missing else line.points,
        applicable_max=None if line.totals.missing else line.maximum,
        rate=None if line.totals.missing else line.rate,
        rank=line.rank, band=line.band, uncapped_band=line.raw_band,
        caps=as_facts(line.totals.caps), ineligible_reason=line.ineligible[:400],
        quota_note=line.quota_note,
    )  # fmt: skip
