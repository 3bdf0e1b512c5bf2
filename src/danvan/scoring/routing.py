"""Who verifies what: each criterion goes to the office that owns its role in the round.

On an office's own sheet the substitute named for the round stands in (no office marks itself).
A hand may send a criterion elsewhere, on every sheet or on one unit's; who stands aside passes
a score on. No road leads a score to the unit it is about.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q

from danvan.organisations import roles
from danvan.scoring.models import Abstention, Explanation, Round, RoundOffice, Score, Sheet


def office_for(offices: Iterable[RoundOffice], role: str, unit: int) -> int | None:
    """The office (unit id) that verifies ``role``'s criteria on the sheet of ``unit``."""
    for held in offices:
        if held.role == role:
            return held.substitute_id if held.office_id == unit else held.office_id
    return None


def verifiers(round: Round, unit: int) -> dict[str, int]:
    """Role → office that verifies it on the sheet of ``unit``; one query."""
    offices = list(round.offices.all())
    found = {held.role: office_for(offices, held.role, unit) for held in offices}
    return {role: office for role, office in found.items() if office is not None}


def route(sheet: Sheet) -> None:
    """Sets the verifier of every score not verified yet; called inside an act."""
    waiting = Score.objects.filter(sheet=sheet, verified__isnull=True)
    for role, office in verifiers(sheet.round, sheet.unit_id).items():
        waiting.filter(criterion__owner_role=role).update(verifier=office)
    by_hand = sheet.round.reroutings.filter(
        Q(unit=None) | Q(unit=sheet.unit_id), criterion__criteria_set=sheet.criteria_set_id
    ).exclude(office=sheet.unit_id)
    # One unit's own exception last: it is nearer to the case.
    for one in by_hand.order_by(F("unit").asc(nulls_first=True)):
        waiting.filter(criterion=one.criterion_id).update(verifier=one.office_id)
    for aside in Abstention.objects.filter(score__sheet=sheet).order_by("made_at", "pk"):
        waiting.filter(pk=aside.score_id, verifier=aside.office_id).update(
            verifier=aside.passed_to_id
        )


def instead_of(score: Score) -> int | None:
    """The office that takes a score over from one that stands aside; None if all have."""
    offices = list(score.sheet.round.offices.order_by("pk"))
    stood_aside = set(score.abstentions.values_list("office", flat=True))
    out = {score.sheet.unit_id, score.verifier_id, *stood_aside}
    named = [o.substitute_id for o in offices if o.role == score.criterion.owner_role]
    others = [pk for o in offices for pk in (o.office_id, o.substitute_id)]
    return next((pk for pk in (*named, *others) if pk not in out), None)


def answering_office(explanation: Explanation) -> int | None:
    """Who looks again: named by hand, else the programme office (its substitute on its own)."""
    sheet = explanation.score.sheet
    if explanation.answering_id and explanation.answering_id != sheet.unit_id:
        return explanation.answering_id
    return office_for(sheet.round.offices.all(), roles.PROGRAMME_OFFICE, sheet.unit_id)


def stands_in(offices: Iterable[RoundOffice], score: Score) -> bool:
    """Whether the verifier of a score is there for the office whose own sheet it is."""
    role, unit = score.criterion.owner_role, score.sheet.unit_id
    return any(o.role == role and o.office_id == unit for o in offices)
