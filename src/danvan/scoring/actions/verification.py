"""Verifying one score: agree, or change with a reason."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, Stale, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.scoring.models import Criterion, Score, Sheet
from danvan.scoring.rules import verification as rules
from danvan.scoring.workflow import SHEET
from danvan.ui import written

NOTHING = Decimal(0)


@action("scoring.score.verify", may=rules.may_verify, says=gettext_lazy("thẩm định điểm"))
def verify(
    score: Score,
    *,
    points: Decimal | None,
    reason: str = "",
    arises: bool = True,
    seen: str | None = None,
    by: Actor,
) -> Score:
    """Gives the office's value. Another one than claimed needs a reason (else Refused).

    ``arises`` False confirms the unit's word that no such matter arose: ``points`` is then
    not asked. ``seen`` is the ``mark`` the person saw: Stale if a colleague was faster. The
    last score of a sheet completes its verification.
    """
    _fresh(score, seen)
    before = score.verified
    arises = arises or score.arises
    value = points if arises else policy_points(score.criterion)
    _check(score, value, arises, reason)
    score.verified, score.arises_verified = value, arises
    score.verify_reason = reason.strip() or _own_words(score)
    score.verified_at, score.verified_by = clock.now(), person_of(by)
    score.save()
    completed = _complete(score)
    record(
        score, concerns=score.sheet.unit_id, reason=score.verify_reason,
        verified=[before, value], claimed=score.claimed, completed=completed,
    )  # fmt: skip
    return score


def agree(score: Score, *, seen: str | None = None, by: Actor) -> Score:
    """One click: the claimed value (or "did not arise") stands.

    Refused where the unit claims nothing because only its superior gives points.
    """
    if score.criterion.method == Criterion.Method.SUPERIOR:
        told = _("%s: tiêu chí này chỉ cấp trên chấm, phải ghi điểm và lý do.")
        raise Refused(refuse(told % score.criterion.code))
    return verify(  # type: ignore[no-any-return]
        score, points=score.claimed or NOTHING, arises=score.arises, seen=seen, by=by
    )


def mark(score: Score) -> str:
    """What tells one state of a verification from the next; forms carry it along."""
    return score.verified_at.isoformat() if score.verified_at else ""


def policy_points(criterion: Criterion) -> Decimal:
    """Points of a criterion that did not arise (it then may also leave the maximum)."""
    full = criterion.when_not_arising == Criterion.WhenNotArising.FULL
    return criterion.max_points if full else NOTHING


def _fresh(score: Score, seen: str | None) -> None:
    if seen is None or seen == mark(score):
        return
    raise Stale(
        _("%(who)s vừa thẩm định điểm này lúc %(when)s: %(points)s điểm. Xem lại trước khi sửa.")
        % {
            "who": score.verified_by or _("Người khác"),
            "when": written.moment(score.verified_at),
            "points": written.number(score.verified),
        }
    )


def _check(score: Score, value: Decimal | None, arises: bool, reason: str) -> None:
    limit = score.criterion.max_points
    if value is None or not 0 <= value <= limit:
        raise Refused(refuse(_("Điểm phải từ 0 đến %s.") % written.number(limit)))
    changed = value != (score.claimed or NOTHING) if score.arises else arises
    if changed and not reason.strip():
        raise Refused(refuse(_("Thay đổi so với tự chấm thì phải ghi lý do.")))


def _own_words(score: Score) -> str:
    """A confirmed "did not arise" may give other points than were typed: say by what rule."""
    if score.arises_verified or score.claimed in (None, score.verified):
        return ""
    policy = score.criterion.get_when_not_arising_display()
    return _("Xác nhận không phát sinh: %s.") % policy


def _complete(score: Score) -> bool:
    """Moves the sheet on when this was its last score. Two offices queue at the sheet's row."""
    sheet = Sheet.objects.select_for_update().get(pk=score.sheet_id)
    if sheet.scores.filter(verified__isnull=True).exists():
        return False
    sheet.state = SHEET.target("complete_verification")
    sheet.save(update_fields=["state"])
    return True
