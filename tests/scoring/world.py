"""Rows and addresses of scoring for the promise tests: a withdrawn result, versions, a draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danvan.documents.models import Document
from danvan.kernel import clock, files
from danvan.scoring.actions import criteria_drafts
from danvan.scoring.models import (
    Explanation,
    Proof,
    ProofVersion,
    Ranking,
    Rerouting,
    Round,
    Score,
    Sheet,
)
from danvan.scoring.models.criteria import CriteriaDraft
from tests.city import City


def addresses(city: City, sheet: Sheet, explanation: Explanation) -> dict[str, dict[str, Any]]:
    """Address name → arguments."""
    proof = Proof.objects.filter(score__sheet=sheet).first()
    old = ProofVersion.objects.create(
        proof=proof, version=1, name="cu.pdf", file=files.store(b"%PDF-1.4 cu"), reason="Thay",
        added_at=clock.now(), replaced_at=clock.now(),
    )  # fmt: skip
    score = Score.objects.filter(sheet=sheet).first()
    held, draft = withdrawn(city, sheet.round), drafted(city)
    one, row = {"pk": proof.pk}, {"pk": draft.pk}
    sent = Rerouting.objects.create(
        round=sheet.round, criterion=score.criterion, office=city.units["thanh-tra"],
        reason="Thử", made_at=clock.now(),
    )  # fmt: skip
    return {
        **{f"scoring:{n}": one for n in ("proof_page", "replace_proof", "date_proof")},
        "scoring:proof_version": {"pk": old.pk},
        "scoring:route_back": {"pk": sheet.round_id, "rerouting": sent.pk},
        "scoring:abstain": {"pk": score.pk},
        "scoring:name_second": {"pk": explanation.pk},
        "scoring:correct": {"pk": score.pk},
        "scoring:note": {"pk": sheet.pk},
        **{f"scoring:{n}": {"pk": held.pk} for n in ("published", "withdraw")},
        "scoring:published_file": {"pk": held.pk, "kind": "json"},
        **{f"scoring:{n}": {"pk": sheet.criteria_set_id}
           for n in ("regulation", "criteria_workbook")},
        **{f"scoring:{n}": row for n in ("criteria_draft", "draft_workbook", "enact_draft")},
        "scoring:draft_row": {**row, "at": 0},
        "scoring:change_row": {**row, "at": 1, "what": "len"},
    }  # fmt: skip


def withdrawn(city: City, round: Round) -> Ranking:
    """A result of the round that was published and taken back."""
    papers = [
        Document.objects.create(
            origin="issued", type="Quyết định", code=code, issued_on=dt.date(2023, 10, 1),
            issuer=city.body, issuer_name="UBND thành phố Tây Ninh", subject="Xếp loại",
        )
        for code in ("901/QĐ-UBND", "902/QĐ-UBND")
    ]  # fmt: skip
    return Ranking.objects.create(
        round=round, decision=papers[0], withdrawal=papers[1], signed_by=city.heads["thanh-pho"],
        signing_as="chair", decided_at=clock.now(), snapshot="{}", snapshot_sha256="0" * 64,
        withdrawn_at=clock.now(), withdrawal_ground="Thử",
    )  # fmt: skip


def drafted(city: City) -> CriteriaDraft:
    rows = [{"row_type": "tie", "block": "WARD", "title": title} for title in ("G2", "G4")]
    made: CriteriaDraft = criteria_drafts.begin(
        city.body, title="Dự thảo thử", rows=rows, by=city.actor("noi-vu")
    )
    return made
