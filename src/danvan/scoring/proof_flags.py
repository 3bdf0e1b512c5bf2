"""What is wrong with a proof's days, seen from the round it is to prove something for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.scoring.models import Proof, Round
from danvan.scoring.models.proofs import Shown
from danvan.ui import written

EXPIRED, OUT_OF_YEAR = "expired", "out_of_year"


def flags_of(proof: Shown, round: Round, today: dt.date) -> list[tuple[str, str]]:
    """(kind, sentence) of what a verifier should look at twice; empty if nothing.

    A document signed before the period still proves what it governs while it is in force: a
    regulation of 2021 valid until 2026 is in order in 2023.
    """
    found = []
    last, ends = min(today, round.period_to), proof.valid_until
    if ends is not None and ends < last:
        told = _("Văn bản hết hiệu lực từ ngày %(day)s, trước khi hết kỳ đánh giá.")
        found.append((EXPIRED, told % {"day": written.day(ends)}))
    day = proof.dated_on
    if day is None:
        return found
    days = {
        "day": written.day(day),
        "from": written.day(round.period_from),
        "to": written.day(round.period_to),
    }
    still_holds = ends is not None and ends >= round.period_from
    if day > round.period_to or (day < round.period_from and not still_holds):
        told = _("Văn bản ngày %(day)s nằm ngoài kỳ đánh giá (từ %(from)s đến %(to)s).")
        found.append((OUT_OF_YEAR, told % days))
    return found


def with_flags(proofs: Iterable[Proof], round: Round) -> None:
    """Gives each proof its ``flags`` for a page; no query where the attachments are loaded."""
    today = clock.today()
    for proof in proofs:
        proof.flags = flags_of(proof, round, today)  # type: ignore[attr-defined]
