"""The chain of acknowledgements: adding a line, walking it, and exporting it.

``verify.py`` beside this file walks an export with nothing but Python's standard library; it
shares no code with this one: that the two agree is the point.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from danvan.kernel import clock
from danvan.study import paging
from danvan.study.models import Acknowledgement, Campaign, Ledger, StudyText

FORMAT = "danvan.acknowledgements/1"


def add(line: Acknowledgement) -> Acknowledgement:
    """Puts the line at the end of its campaign's chain; holds the chain until commit."""
    return add_all([line])[0]


def add_all(lines: Sequence[Acknowledgement]) -> Sequence[Acknowledgement]:
    """The same for many lines of one campaign, in their order: one insert for every 400."""
    head, _ = Ledger.objects.select_for_update().get_or_create(campaign=lines[0].campaign)
    for line in lines:
        line.seq, line.previous_hash = head.seq + 1, head.hash
        line.hash = digest(content(line))
        head.seq, head.hash = line.seq, line.hash
    made = Acknowledgement.objects.bulk_create(lines, batch_size=400)
    head.save()
    return made


def content(line: Acknowledgement) -> dict[str, Any]:
    """What the hash covers. ``who`` is a keyed digest: the chain holds no name.

    Of a line on paper also the SHA-256 of the scan, so that another scan breaks the chain.
    """
    proof = {"paper_sha256": line.paper.file.sha256} if line.paper else {}
    return proof | {
        "campaign": line.campaign_id,
        "seq": line.seq,
        "at": line.at.timestamp(),
        "who": line.learner.who,
        "unit": line.unit_id,
        "text": line.text_id,
        "text_sha256": line.text_sha256,
        "pages": line.pages,
        "seconds": line.seconds,
        "way": line.way,
        "previous_hash": line.previous_hash,
    }


def digest(told: dict[str, Any]) -> str:
    """SHA-256 (hex) of a line as compact JSON with sorted keys."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def breaks(campaign: Campaign) -> Iterator[str]:
    """Every place where the chain or a text does not hold, as a sentence; nothing when whole."""
    seq, previous = 0, ""
    for line in _lines(campaign):
        seq += 1
        if line.seq != seq:
            yield f"Thiếu dòng {seq} (dòng kế tiếp là {line.seq})."
            seq = line.seq
        if line.previous_hash != previous:
            yield f"Dòng {line.seq} không nối với dòng trước."
        if digest(content(line)) != line.hash:
            yield f"Dòng {line.seq} đã bị sửa nội dung."
        previous = line.hash
    head = Ledger.objects.filter(campaign=campaign).first()
    if (head.seq, head.hash) != (seq, previous) if head else seq != 0:
        yield f"Cuối chuỗi không khớp: có {seq} dòng, đầu chuỗi ghi {head.seq if head else 0}."
    for text in campaign.texts.select_related("document", "version"):
        if paging.sha256(text.text) != text.sha256:
            yield f"Lời văn của “{text}” không còn như lúc được đưa vào đợt học."


def export(campaign: Campaign) -> dict[str, Any]:
    """The whole chain with the texts it speaks of. Names stand beside the lines, not in them."""
    head = Ledger.objects.filter(campaign=campaign).first()
    texts = campaign.texts.select_related("document", "version")
    return {
        "format": FORMAT,
        "campaign": {"id": campaign.pk, "title": campaign.title, "basis": campaign.basis},
        "exported_at": clock.now().isoformat(),
        "texts": [_text(text) for text in texts],
        "lines": [
            content(line)
            | {
                "hash": line.hash,
                "name": line.learner.person.name if line.learner.person else "",
            }
            for line in _lines(campaign)
        ],
        "head": {"seq": head.seq if head else 0, "hash": head.hash if head else ""},
    }


def _text(text: StudyText) -> dict[str, Any]:
    return {
        "id": text.pk,
        "document": text.document.called,
        "valid_from": text.version.valid_from.isoformat() if text.version else None,
        "pages": text.pages,
        "sha256": text.sha256,
        "words": text.text,
    }


def _lines(campaign: Campaign) -> Iterator[Acknowledgement]:
    found = Acknowledgement.objects.filter(campaign=campaign).order_by("seq")
    return found.select_related("learner__person", "paper__file").iterator(chunk_size=2000)
