"""The programme office leads a round on, step by step; each is refused with what is missing."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.scoring.models import Round, Sheet
from danvan.scoring.queries import progress
from danvan.scoring.rules import verification as rules
from danvan.scoring.workflow import ROUND, SHEET
from danvan.ui import written


@action(
    "scoring.round.begin_verification",
    may=rules.may_begin_verification,
    says=gettext_lazy("chuyển đợt chấm sang thẩm định"),
)
def begin_verification(round: Round, *, by: Actor) -> Round:
    """Ends self-scoring: all sheets are in, or their day has passed."""
    return move(round, "begin_verification", progress.lacking_for_verification(round))


@action(
    "scoring.round.begin_explanation",
    may=rules.may_begin_explanation,
    says=gettext_lazy("chuyển đợt chấm sang giải trình"),
)
def begin_explanation(round: Round, *, by: Actor) -> Round:
    """Ends verification: every sheet handed in is verified."""
    return move(round, "begin_explanation", progress.lacking_for_explanation(round))


@action("scoring.round.settle", may=rules.may_settle_round, says=gettext_lazy("chốt điểm đợt chấm"))
def settle_round(round: Round, *, by: Actor) -> Round:
    """Every sheet is settled, no explanation waits."""
    return move(round, "settle", progress.lacking_for_settling(round))


@action("scoring.sheet.settle", may=rules.may_settle_sheet, says=gettext_lazy("chốt điểm phiếu"))
def settle_sheet(sheet: Sheet, *, by: Actor) -> Sheet:
    """From here the values of a sheet are those to be decided."""
    if lacking := progress.lacking_for_sheet(sheet):
        raise Refused(refuse(lacking))
    sheet.state = SHEET.target("settle")
    sheet.save(update_fields=["state"])
    record(sheet, concerns=sheet.unit_id)
    return sheet


def settle_all(round: Round, *, by: Actor) -> tuple[int, list[tuple[Sheet, str]]]:
    """Settles every verified sheet that may be; returns how many and why the others may not."""
    done, left = 0, []
    for sheet in round.sheets.filter(state=Sheet.State.VERIFIED).order_by("pk"):
        try:
            settle_sheet(sheet, by=by)
            done += 1
        except Refused as refused:
            left.append((sheet, refused.decision.reason))
    return done, left


@action(
    "scoring.round.move_window",
    may=rules.may_move_window,
    says=gettext_lazy("ấn định lại thời gian giải trình"),
)
def move_window(round: Round, *, first: dt.date, last: dt.date, reason: str, by: Actor) -> Round:
    """New days of the explanation window, with the reason; the old ones stay in the history."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do.")))
    if last < first:
        raise Refused(refuse(_("Ngày cuối phải không trước ngày đầu.")))
    was = [round.explain_from, round.explain_to]
    round.explain_from, round.explain_to = first, last
    round.save(update_fields=["explain_from", "explain_to"])
    record(round, reason=reason.strip(), window=[*map(written.day, (*was, first, last))])
    return round


def move(round: Round, name: str, lacking: str = "", reason: str = "") -> Round:
    """Makes a move of the round inside an action; ``lacking`` refuses it."""
    if lacking:
        raise Refused(refuse(lacking))
    before, round.state = round.state, ROUND.target(name)
    round.save(update_fields=["state"])
    record(round, reason=reason, state=[before, round.state])
    return round
