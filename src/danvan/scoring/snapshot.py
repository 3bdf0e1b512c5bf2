"""Everything a stranger needs to recompute a decided ranking, as canonical JSON and as CSV.

Canonical: UTF-8, keys sorted, no blanks, decimals as text with two places. The same result
gives the same bytes; their SHA-256 is kept with the ranking.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

from danvan.documents.models import Document
from danvan.organisations.models import Block
from danvan.scoring.models import CriteriaSet, Criterion, Round, Score
from danvan.scoring.queries.drafts import ARISES, Draft, as_facts
from danvan.scoring.standings import Line, Scale

FORMAT = "danvan.ranking/1"
VALUES = ("computed", "claimed", "verified", "explained", "decided")


def canonical(content: dict[str, Any]) -> str:
    """The one text of a value."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 (hex) of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def compose(round: Round, drafted: Draft, decision: Document) -> str:
    """The snapshot of a round whose values are decided. Four queries."""
    sets = {b.block: b.criteria_set for b in round.blocks.select_related(
        "criteria_set__enacted_by")}  # fmt: skip
    scores = _scores(round)
    return canonical(
        {
            "format": FORMAT,
            "round": {
                "title": round.title,
                "plan": str(round.programme.plan),
                "from": round.period_from.isoformat(),
                "to": round.period_to.isoformat(),
                "rule": "100*(points+bonus-deductions)/applicable maximum, 0-100, half up",
            },
            "decision": {"code": decision.code, "date": _day(decision)},
            "blocks": [
                _block(block, sets[block], drafted, scores)
                for block in Block.values
                if block in drafted.blocks
            ],
        }
    )


def _block(
    block: str, criteria_set: CriteriaSet, drafted: Draft, scores: dict[int, list[Any]]
) -> dict[str, Any]:
    scale: Scale = drafted.scales[block]
    return {
        "block": block,
        "criteria_set": {"title": criteria_set.title, "enacted_by": str(criteria_set.enacted_by)},
        "bands": [
            {"name": b.name, "floor": _text(b.floor), "quota": _text(b.quota)} for b in scale.bands
        ],
        "places": scale.places,
        "tie_break": [list(codes) for codes in scale.tie_break],
        "criteria": [
            {
                "code": c.code, "title": c.title, "kind": c.kind, "max": _text(c.max_points),
                "group": c.group.code if c.group else "", "not_arising": c.when_not_arising,
            }
            for c in Criterion.objects.filter(criteria_set=criteria_set).select_related("group")
        ],
        "units": [
            _unit(line, drafted.names, scores.get(line.totals.sheet, []))
            for line in drafted.blocks[block]
        ],
    }  # fmt: skip


def _unit(line: Line, names: dict[int, str], scores: list[Any]) -> dict[str, Any]:
    return {
        "unit": line.unit,
        "name": names.get(line.unit, ""),
        "filed": not line.totals.missing,
        "scores": scores,
        "caps": as_facts(line.totals.caps),
        "points": _text(line.points),
        "maximum": _text(line.maximum),
        "rate": _text(line.rate),
        "rank": line.rank,
        "band": line.band,
        "uncapped_band": line.raw_band,
        "ineligible": line.ineligible,
    }


def _scores(round: Round) -> dict[int, list[Any]]:
    """Sheet → [code, arises, value …]; one query."""
    rows = (
        Score.objects.filter(sheet__round=round)
        .annotate(real=ARISES)
        .order_by("sheet", "criterion__order", "criterion__code")
        .values_list("sheet", "criterion__code", "real", *VALUES)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for sheet, code, arises, *values in rows.iterator(chunk_size=5000):
        found[sheet].append(
            {"code": code, "arises": bool(arises), **dict(zip(VALUES, map(_text, values),
                                                              strict=True))}
        )  # fmt: skip
    return found


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _day(document: Document) -> str:
    return document.issued_on.isoformat() if document.issued_on else ""


def as_csv(snapshot: str) -> bytes:
    """The snapshot's scores as rows: unit × criterion. UTF-8 with mark, so that Excel reads it."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(["khoi", "don_vi", "tieu_chi", "ten_tieu_chi", "loai", "nhom", "diem_toi_da",
           "phat_sinh", "khi_khong_phat_sinh", "he_thong_tinh", "tu_cham", "tham_dinh",
           "sau_giai_trinh", "quyet_dinh", "hang", "ty_le", "xep_loai",
           "ly_do_khong_xep"])  # fmt: skip
    for block in json.loads(snapshot)["blocks"]:
        criteria = {c["code"]: c for c in block["criteria"]}
        for unit in block["units"]:
            result = [unit["rank"], unit["rate"], unit["band"], unit["ineligible"]]
            for score in unit["scores"]:
                criterion = criteria[score["code"]]
                write(
                    [block["block"], unit["name"], score["code"], criterion["title"],
                     criterion["kind"], criterion["group"], criterion["max"],
                     int(score["arises"]), criterion["not_arising"],
                     *(score[name] for name in VALUES), *result]
                )  # fmt: skip
    return b"\xef\xbb\xbf" + out.getvalue().encode()
