"""What a sheet still lacks before it may be submitted: no proof, no points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from danvan.scoring import computing
from danvan.scoring.computing import Computed
from danvan.scoring.models import Criterion, Score, Sheet


@dataclass(slots=True)
class Lacking:
    """Scores by what is missing, in the order of the sheet."""

    unclaimed: list[Score] = field(default_factory=list)
    unproven: list[Score] = field(default_factory=list)
    unexplained: list[Score] = field(default_factory=list)

    @property
    def said(self) -> str:
        """All that is missing, as a sentence; "" if nothing is."""
        parts = []
        if self.unclaimed:
            parts.append(_("%d tiêu chí chưa chấm") % len(self.unclaimed))
        if self.unproven:
            parts.append(_("%d tiêu chí đã chấm nhưng chưa có minh chứng") % len(self.unproven))
        if self.unexplained:
            parts.append(_("%d tiêu chí chưa ghi lý do") % len(self.unexplained))
        return _("Chưa nộp được: còn %s.") % "; ".join(parts) if parts else ""


def lacking_of(sheet: Sheet) -> Lacking:
    """What ``sheet`` lacks today, against readings of today."""
    scores = computing.scores_of([sheet])
    proofs = proof_counts(sheet)
    return lacking(scores, computing.compute(scores, sheet.round), proofs)


def proof_counts(sheet: Sheet) -> dict[int, int]:
    """Score id → number of proofs; one query."""
    rows = Score.objects.filter(sheet=sheet).order_by().annotate(n=Count("proofs"))
    return dict(rows.values_list("pk", "n"))


def lacking(
    scores: Sequence[Score], computed: Mapping[int, Computed], proofs: Mapping[int, int]
) -> Lacking:
    """The same from what is at hand already; no query."""
    found = Lacking()
    for score in scores:
        if score.claimed is None and score.arises:
            if must_be_claimed(score, computed[score.pk]):
                found.unclaimed.append(score)
            continue
        if needs_proof(score) and not proofs.get(score.pk):
            found.unproven.append(score)
        if needs_reason(score, computed[score.pk]) and not score.claim_reason.strip():
            found.unexplained.append(score)
    return found


def must_be_claimed(score: Score, computed: Computed) -> bool:
    """Bonus and deduction left empty mean none; what the system proves it fills in itself."""
    if score.criterion.kind != Criterion.Kind.CRITERION:
        return False
    if score.criterion.method == Criterion.Method.SUPERIOR:
        return False
    return not (score.criterion.evidence_by_system and computed.by_fact)


def needs_proof(score: Score) -> bool:
    """Points asked for by the unit, which the system cannot prove for it."""
    asked = score.arises and score.claimed not in (None, Decimal(0))
    own = score.criterion.kind != Criterion.Kind.DEDUCTION
    return bool(asked and own and not score.criterion.evidence_by_system)


def needs_reason(score: Score, computed: Computed) -> bool:
    """Another value than the system's, or "did not arise" said by the unit alone."""
    if not score.arises:
        return computed.arises
    return computed.value is not None and score.claimed != computed.value
