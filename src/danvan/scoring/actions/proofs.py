"""Proofs: a file, something already handed in, another criterion's proof, or an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Attachment
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.scoring.models import Explanation, Proof, ProofVersion, Score, Sheet
from danvan.scoring.queries.sheets import handed_in_by
from danvan.scoring.rules import sheets as rules

# Per criterion: enough for any dossier, too few to fill a disk by mistake.
MOST = 50


@dataclass(frozen=True, slots=True)
class NewProofs:
    """What to put to one criterion. ``attachments`` and ``again`` are ids of existing ones."""

    criterion: int
    files: Sequence[UploadedFile] = ()
    attachments: Sequence[int] = ()
    again: Sequence[int] = ()
    address: str = ""
    # Days of the documents among ``files`` and ``address``, where they are known.
    dated: dt.date | None = None
    valid_until: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.files or self.attachments or self.again or self.address)


@action("scoring.proof.add", may=rules.may_fill, says=gettext_lazy("thêm minh chứng"))
def add(sheet: Sheet, *, proofs: NewProofs, by: Actor) -> list[Proof]:
    """Puts proofs to one criterion of an open sheet; what is there already is left alone."""
    made = attach(sheet, [proofs], by)
    record(sheet, concerns=sheet.unit_id, proofs=told(made))
    return made


@action("scoring.proof.remove", may=rules.may_remove_proof, says=gettext_lazy("bỏ minh chứng"))
def remove(proof: Proof, *, by: Actor) -> None:
    """Takes a proof off an open sheet. The bytes stay; the history says what was removed."""
    sheet = Sheet.objects.select_for_update().get(pk=proof.score.sheet_id)
    code = proof.score.criterion.code
    record(sheet, concerns=sheet.unit_id, removed={code: [proof.name]})
    proof.delete()


@action("scoring.proof.replace", may=rules.may_remove_proof, says=gettext_lazy("thay minh chứng"))
def replace(
    proof: Proof,
    *,
    file: UploadedFile,
    reason: str,
    dated: dt.date | None = None,
    valid_until: dt.date | None = None,
    by: Actor,
) -> Proof:
    """Puts another file in the proof's place; the version before stays, with its days."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do thay minh chứng.")))
    _in_order(dated, valid_until)
    stored = files.store(file)
    if proof.score.proofs.filter(file=stored).exists():
        raise Refused(refuse(_("Tiêu chí này đã có đúng tệp ấy.")))
    before = proof.name
    kept = ("name", "file_id", "attachment_id", "address", "dated", "valid_until", "version",
            "added_at", "added_by_id")  # fmt: skip
    ProofVersion.objects.create(
        proof=proof, replaced_at=clock.now(), replaced_by=person_of(by), reason=reason.strip(),
        **{name: getattr(proof, name) for name in kept},
    )  # fmt: skip
    proof.name, proof.file, proof.attachment, proof.address = str(file.name), stored, None, ""
    proof.dated, proof.valid_until = dated, valid_until
    proof.version += 1
    proof.added_at, proof.added_by = clock.now(), person_of(by)
    proof.save()
    _about(proof, reason=reason.strip(), name=[before, proof.name], version=proof.version)
    return proof


@action(
    "scoring.proof.date", may=rules.may_date_proof, says=gettext_lazy("ghi ngày của minh chứng")
)
def date(
    proof: Proof, *, dated: dt.date | None, valid_until: dt.date | None = None, by: Actor
) -> Proof:
    """Says of which day the document is, and until when it holds."""
    _in_order(dated, valid_until)
    before = [proof.dated, proof.valid_until]
    proof.dated, proof.valid_until = dated, valid_until
    proof.save(update_fields=["dated", "valid_until"])
    _about(proof, days=[before, [dated, valid_until]])
    return proof


def _about(proof: Proof, *, reason: str = "", **facts: Any) -> None:
    """History of a proof stands at its sheet, where the unit reads it."""
    sheet, code = proof.score.sheet, proof.score.criterion.code
    record(sheet, concerns=sheet.unit_id, reason=reason, proof=[code, proof.name], **facts)


def attach(
    sheet: Sheet, wanted: Iterable[NewProofs], by: Actor, explanation: Explanation | None = None
) -> list[Proof]:
    """Inside an action: makes the proofs. Only the unit's own files and proofs are taken."""
    wanted = [new for new in wanted if new]
    if not wanted:
        return []
    scores = {
        s.criterion_id: s
        for s in sheet.scores.select_related("criterion").prefetch_related("proofs")
    }
    person, now, made = person_of(by), clock.now(), []
    for new in wanted:
        score = scores.get(new.criterion)
        if score is None:
            raise Refused(refuse(_("Phiếu không có tiêu chí này.")))
        fresh = [p for p in _candidates(sheet, score, new) if not _held(score, p)]
        if len(score.proofs.all()) + len(fresh) > MOST:
            raise Refused(refuse(_("Mỗi tiêu chí nhận tối đa %d minh chứng.") % MOST))
        for proof in fresh:
            proof.added_at, proof.added_by, proof.explanation = now, person, explanation
        made += fresh
    return Proof.objects.bulk_create(made)


def told(proofs: Iterable[Proof]) -> dict[str, list[str]]:
    """Criterion code → names, for the history."""
    said: dict[str, list[str]] = {}
    for proof in proofs:
        said.setdefault(proof.score.criterion.code, []).append(proof.name)
    return said


def _candidates(sheet: Sheet, score: Score, new: NewProofs) -> list[Proof]:
    found: list[Proof] = []
    for sent in new.files:
        stored = files.store(sent)
        # The same bytes chosen twice in one go are one proof.
        if all(p.file_id != stored.pk for p in found):
            found.append(Proof(score=score, name=str(sent.name), file=stored, **_days(new)))
    for attachment in _attachments(sheet, new.attachments):
        found.append(Proof(score=score, name=attachment.name, attachment=attachment))
    for other in _others(sheet, new.again):
        found.append(
            Proof(
                score=score,
                name=other.name,
                file_id=other.file_id,
                attachment_id=other.attachment_id,
                address=other.address,
                dated=other.dated,
                valid_until=other.valid_until,
            )
        )
    if new.address:
        shown = Proof(score=score, name=new.address[:200], address=new.address, **_days(new))
        found.append(shown)
    return found


def _days(new: NewProofs) -> dict[str, dt.date | None]:
    _in_order(new.dated, new.valid_until)
    return {"dated": new.dated, "valid_until": new.valid_until}


def _in_order(dated: dt.date | None, valid_until: dt.date | None) -> None:
    if dated and valid_until and valid_until < dated:
        raise Refused(refuse(_("Ngày hết hiệu lực phải không trước ngày của văn bản.")))


def _attachments(sheet: Sheet, wanted: Sequence[int]) -> list[Attachment]:
    return _all_found(handed_in_by(sheet).filter(pk__in=wanted), wanted) if wanted else []


def _others(sheet: Sheet, wanted: Sequence[int]) -> list[Proof]:
    own = Proof.objects.filter(score__sheet=sheet, pk__in=wanted)
    return _all_found(own, wanted) if wanted else []


def _all_found(found, wanted):  # type: ignore[no-untyped-def]
    rows = list(found)
    if len(rows) != len(set(wanted)):
        raise Refused(refuse(_("Chỉ dùng lại được tệp của chính đơn vị trong chương trình này.")))
    return rows


def _held(score: Score, new: Proof) -> bool:
    return any(
        (new.file_id and held.file_id == new.file_id)
        or (new.attachment_id and held.attachment_id == new.attachment_id)
        or (new.address and held.address == new.address)
        for held in score.proofs.all()
    )
