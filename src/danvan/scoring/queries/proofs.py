"""What proves nothing yet, what is out of date, and where else the same paper is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.queries import names_on
from danvan.scoring.models import Criterion, Proof, ProofScan, ProofVersion, Round, Score
from danvan.scoring.proof_flags import flags_of
from danvan.scoring.queries.rankings import oversees
from danvan.scoring.queries.sheets import proofs_visible_to
from danvan.scoring.rules.verification import ACTING
from danvan.ui import written

UNPROVEN, LOST = "unproven", "lost"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to mend. ``proof`` is None where there is none at all."""

    sheet: int
    unit: int
    score: int
    code: str
    title: str
    kind: str
    said: str
    proof: int | None = None

    @property
    def key(self) -> list[object]:
        """As a scan keeps it."""
        return [self.sheet, self.code, self.kind]


def gaps(round: Round, *, with_disk: bool = False) -> list[Gap]:
    """In the order of units and criteria; three queries. ``with_disk`` also looks for bytes."""
    order = {unit: place for place, unit in enumerate(names_on(round.dossier_due))}
    found = [*_unproven(round), *_flagged(round, with_disk)]
    return sorted(found, key=lambda g: (order.get(g.unit, len(order)), g.sheet, g.code, g.kind))


def visible_gaps(actor: Actor, round: Round) -> list[Gap]:
    """The whole round for whoever oversees it; a unit's own lines for the unit."""
    held = gaps(round)
    if oversees(actor, round):
        return held
    own = actor.scopes(roles.MEMBER, *ACTING)
    return [gap for gap in held if gap.unit in own]


def latest_scans(round: Round) -> tuple[ProofScan | None, list[list[object]]]:
    """The last look, and what it found that the one before had not."""
    scans = list(round.proof_scans.all()[:2])
    if not scans:
        return None, []
    before = [tuple(g) for g in scans[1].gaps] if len(scans) > 1 else []
    return scans[0], [g for g in scans[0].gaps if tuple(g) not in before]


def same_elsewhere(proof: Proof) -> list[Proof]:
    """Other criteria of the sheet that the same paper proves."""
    same = Q(pk__in=[])
    if proof.file_id:
        same |= Q(file=proof.file_id)
    if proof.attachment_id:
        same |= Q(attachment=proof.attachment_id)
    if proof.address:
        same |= Q(address=proof.address)
    held = Proof.objects.filter(same, score__sheet=proof.score.sheet_id).exclude(pk=proof.pk)
    return list(held.select_related("score__criterion").order_by("score__criterion__order"))


def versions_visible_to(actor: Actor):  # type: ignore[no-untyped-def]
    """Earlier versions of the proofs the actor may read."""
    held = proofs_visible_to(actor).order_by().values("pk")
    return ProofVersion.objects.filter(proof__in=held).select_related(
        "file", "attachment__file", "proof__score__sheet"
    )


def _unproven(round: Round) -> Iterator[Gap]:
    """Points claimed that nothing shows (the system's own records and deductions apart)."""
    scores = (
        Score.objects.filter(
            sheet__round=round, arises=True, claimed__gt=0, proofs__isnull=True,
            criterion__evidence_by_system=False,
        )
        .exclude(criterion__kind=Criterion.Kind.DEDUCTION)
        .select_related("criterion", "sheet")
        .order_by("sheet", "criterion__order")
    )  # fmt: skip
    for score in scores:
        yield _gap(score, UNPROVEN, _("Đã tự chấm %s điểm, chưa có minh chứng.") % _n(score))


def _flagged(round: Round, with_disk: bool) -> Iterator[Gap]:
    today = clock.today()
    for proof in _proofs(round):
        for kind, said in flags_of(proof, round, today):
            yield _gap(proof.score, kind, f"“{proof.name}”: {said}", proof.pk)
        stored = proof.stored
        if with_disk and stored is not None and not stored.path.exists():
            said = _("“%s”: tệp không còn trên máy chủ.") % proof.name
            yield _gap(proof.score, LOST, said, proof.pk)


def _proofs(round: Round) -> Iterable[Proof]:
    return Proof.objects.filter(score__sheet__round=round).select_related(
        "score__criterion", "score__sheet", "file", "attachment__file", "attachment__submission"
    )


def _gap(score: Score, kind: str, said: str, proof: int | None = None) -> Gap:
    criterion, sheet = score.criterion, score.sheet
    return Gap(
        sheet.pk, sheet.unit_id, score.pk, criterion.code, criterion.title, kind, said, proof
    )


def _n(score: Score) -> str:
    return written.number(score.claimed or Decimal(0))
