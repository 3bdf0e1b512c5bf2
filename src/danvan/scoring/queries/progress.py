"""How far a round is: what is still missing before it may go on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.scoring.models import Explanation, Round, Score, Sheet
from danvan.ui import written

# A score the verifier changed: another value, or "did not arise" not accepted.
CHANGED = Q(verified__isnull=False) & (
    Q(arises=False, arises_verified=True)
    | (Q(arises=True, claimed__isnull=False) & ~Q(verified=F("claimed")))
    | (Q(arises=True, claimed__isnull=True) & ~Q(verified=0))
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of one round; each is a number of sheets or scores."""

    sheets: int
    open: int
    submitted: int
    verified: int
    settled: int
    scores: int
    scores_verified: int
    unanswered: int


def progress(round: Round) -> Progress:
    """Three queries."""
    by_state = dict(round.sheets.values_list("state").annotate(n=Count("pk")))
    scores = Score.objects.filter(sheet__round=round).aggregate(
        n=Count("pk"), verified=Count("verified")
    )
    return Progress(
        sheets=sum(by_state.values()),
        open=by_state.get(Sheet.State.OPEN, 0),
        submitted=by_state.get(Sheet.State.SUBMITTED, 0),
        verified=by_state.get(Sheet.State.VERIFIED, 0),
        settled=by_state.get(Sheet.State.SETTLED, 0),
        scores=scores["n"],
        scores_verified=scores["verified"],
        unanswered=unanswered(round).count(),
    )


def unanswered(round: Round) -> QuerySet[Explanation]:
    """Explanations that wait for an answer, oldest first."""
    waiting = Explanation.objects.filter(score__sheet__round=round, answered_at__isnull=True)
    return waiting.order_by("filed_at", "pk")


def lacking_for_verification(round: Round, now: Progress | None = None) -> str:
    """What keeps self-scoring open, as a sentence; "" if nothing does."""
    now = now or progress(round)
    if now.open and clock.today() <= round.dossier_due:
        return _("Còn %(n)d đơn vị chưa nộp phiếu và chưa hết hạn nộp (%(due)s).") % {
            "n": now.open,
            "due": written.day(round.dossier_due),
        }
    return ""


def lacking_for_explanation(round: Round, now: Progress | None = None) -> str:
    """What keeps the round in verification."""
    now = now or progress(round)
    if now.submitted:
        return _("Còn %d phiếu chưa thẩm định xong.") % now.submitted
    if clock.today() > round.explain_to and may_be_explained(round).exists():
        return _("Thời gian giải trình đã hết ngày %s: hãy ấn định lại trước.") % written.day(
            round.explain_to
        )
    return ""


def lacking_for_settling(round: Round, now: Progress | None = None) -> str:
    """What keeps the round from being settled."""
    now = now or progress(round)
    if now.submitted:
        return _("Còn %d phiếu chưa thẩm định xong.") % now.submitted
    if now.unanswered:
        return _("Còn %d giải trình chưa trả lời.") % now.unanswered
    if now.verified:
        return _("Còn %d phiếu chưa chốt điểm.") % now.verified
    return ""


def lacking_for_sheet(sheet: Sheet) -> str:
    """What keeps a verified sheet from being settled: an open question, or the unit's right."""
    waiting = Explanation.objects.filter(score__sheet=sheet, answered_at__isnull=True).count()
    if waiting:
        return _("Còn %d giải trình chưa trả lời.") % waiting
    left = may_be_explained(sheet.round).filter(sheet=sheet).count()
    if left and clock.today() <= sheet.round.explain_to:
        return _("Đơn vị còn quyền giải trình %(n)d điểm đến hết ngày %(day)s.") % {
            "n": left,
            "day": written.day(sheet.round.explain_to),
        }
    return ""


def may_be_explained(round: Round) -> QuerySet[Score]:
    """Changed scores of verified sheets, not explained yet."""
    return Score.objects.filter(
        CHANGED, sheet__round=round, sheet__state=Sheet.State.VERIFIED, explanation__isnull=True
    )
