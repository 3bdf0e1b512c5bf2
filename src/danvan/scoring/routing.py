"""Who verifies what: each criterion goes to the office that owns its role in the round.

On an office's own sheet the substitute named for the round stands in (no office marks itself).
"""

from __future__ import annotations

from collections.abc import Iterable

from danvan.scoring.models import Round, RoundOffice, Score, Sheet


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
    """Sets the verifier of every score of a sheet; called inside the act that submits it."""
    for role, office in verifiers(sheet.round, sheet.unit_id).items():
        Score.objects.filter(sheet=sheet, criterion__owner_role=role).update(verifier=office)


def stands_in(offices: Iterable[RoundOffice], score: Score) -> bool:
    """Whether the verifier of a score is there for the office whose own sheet it is."""
    role, unit = score.criterion.owner_role, score.sheet.unit_id
    return any(o.role == role and o.office_id == unit for o in offices)
