"""Who opened a proof, and the nightly look for points that nothing proves."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import SYSTEM, Actor
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.scoring.models import Proof, ProofOpening, ProofScan, Round
from danvan.scoring.queries import proofs as queries
from danvan.scoring.rules import sheets as rules
from danvan.scoring.workflow import TAKING_SHEETS

KEPT = 60  # scans of a round: two months of nights


def opened(proof: Proof, by: Actor) -> None:
    """Notes that a person opened the current version. A read is no act: it is logged apart."""
    person, now = person_of(by), clock.now()
    if person is None:
        return
    line, made = ProofOpening.objects.get_or_create(
        proof=proof, version=proof.version, person=person,
        defaults={"first_at": now, "last_at": now},
    )  # fmt: skip
    if not made:
        ProofOpening.objects.filter(pk=line.pk).update(times=F("times") + 1, last_at=now)


@action("scoring.proof.scan", may=rules.may_scan_proofs, says=gettext_lazy("quét minh chứng"))
def scan(round: Round, *, by: Actor) -> ProofScan:
    """Keeps what is claimed without proof, out of date, or lost on disk, as of now."""
    gaps = queries.gaps(round, with_disk=True)
    made = ProofScan.objects.create(
        round=round, at=clock.now(), gaps=[[g.sheet, g.code, g.kind] for g in gaps]
    )
    old = list(round.proof_scans.values_list("pk", flat=True)[KEPT:])
    ProofScan.objects.filter(pk__in=old).delete()
    record(round, concerns=round.programme.body_id, gaps=len(gaps))
    return made


def scan_all() -> list[ProofScan]:
    """Every round that still takes sheets; for the night."""
    rounds = Round.objects.filter(state__in=TAKING_SHEETS).select_related("programme")
    return [scan(round, by=SYSTEM) for round in rounds]
