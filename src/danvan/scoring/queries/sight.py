"""Whose marks a person may see on a sheet.

A verifier sees the other offices' marks only after giving all his own on that sheet; the
unit sees them when the whole sheet is verified. Every list, page and export asks here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.scoring.models import Round, Score, Sheet
from danvan.scoring.rules.verification import ACTING


@dataclass(frozen=True, slots=True)
class Sight:
    """``whole``: everything is seen; else only marks of ``offices``, and ``why`` says so."""

    whole: bool
    offices: frozenset[int] = frozenset()
    why: str = ""

    def sees(self, score: Score) -> bool:
        return self.whole or score.verifier_id in self.offices


def sight(actor: Actor, sheet: Sheet) -> Sight:
    """What the actor may see of the verified values of one sheet: one query at most."""
    if sheet.state != Sheet.State.SUBMITTED:
        return Sight(True)
    if sheet.unit_id in actor.scopes(roles.MEMBER, *ACTING):
        return Sight(
            False, why=_("Điểm thẩm định hiện ra với đơn vị khi cả phiếu đã thẩm định xong.")
        )
    owed = _owed(actor).filter(sheet=sheet).count()
    if not owed:
        return Sight(True)
    why = _(
        "Còn %d tiêu chí Ông/Bà chưa thẩm định ở phiếu này: "
        "điểm của cơ quan khác hiện ra sau khi cho điểm xong phần mình."
    )
    return Sight(False, actor.scopes(roles.MEMBER), why % owed)


def veiled_sheets(actor: Actor, round: Round) -> set[int]:
    """Sheets of which the actor may not see what they add up to; one query."""
    owing = Exists(_owed(actor).filter(sheet=OuterRef("pk")))
    own = Q(unit__in=actor.scopes(roles.MEMBER, *ACTING))
    sheets = round.sheets.filter(state=Sheet.State.SUBMITTED).filter(own | owing)
    return set(sheets.values_list("pk", flat=True))


def veiled_history(actor: Actor) -> Q:
    """Lines of history that would tell marks the actor may not see yet, for ``exclude``.

    One query. Whoever lists history (the desk too) leaves these out: a line of verification
    carries the value and the reason.
    """
    own = Q(sheet__unit__in=actor.scopes(roles.MEMBER, *ACTING))
    owing = Q(Exists(_owed(actor).filter(sheet=OuterRef("sheet"))))
    veiled = (
        Score.objects.filter(own | owing, sheet__state=Sheet.State.SUBMITTED)
        .filter(verified__isnull=False)
        .exclude(verifier__in=actor.scopes(roles.MEMBER))
    )
    ids = [str(pk) for pk in veiled.values_list("pk", flat=True)]
    return Q(action="scoring.score.verify", subject_id__in=ids)


def _owed(actor: Actor):  # type: ignore[no-untyped-def]
    """Scores the actor's offices have still to verify."""
    return Score.objects.filter(
        verifier__in=actor.scopes(roles.MEMBER), verified__isnull=True,
        sheet__state=Sheet.State.SUBMITTED,
    )  # fmt: skip
