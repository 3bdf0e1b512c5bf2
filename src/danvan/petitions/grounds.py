"""On what ground something may be turned down: dated rows of the law, chosen, never made up.

``data/refusal-grounds.csv`` holds them with source and confidence: of petitions by kind
(Luật Khiếu nại Điều 11, Luật Tố cáo Điều 24, 25, 29), of reception (Luật Tiếp công dân Điều 9,
NĐ 154/2026 Điều 4, of which only the clause was read, not each point). Where the law lists none,
one row asks for article and clause in words.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from danvan.kernel.access import Refused, refuse
from danvan.petitions.deadlines import DATA

RECEPTION = "tiep_cong_dan"
# Turned down on this ground, a visitor is told in writing (NĐ 154/2026 Đ4.3, within its limit).
WRITTEN = "TCD-TC-3"


@dataclass(frozen=True, slots=True)
class Ground:
    """One row. ``kind``: a kind of petition, or reception. ``needs_words``: clause to be typed."""

    code: str
    kind: str
    since: dt.date
    until: dt.date | None
    name: str
    legal_ref: str
    confidence: str
    needs_words: bool

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def __str__(self) -> str:
        """As it is chosen, and told: words, source, and how sure the source is."""
        doubt = _(" – đọc ở bản không chính thức, cần đối chiếu") if self.confidence != "A" else ""
        return f"{self.name} ({self.legal_ref}{doubt})"


@cache
def shipped() -> dict[str, Ground]:
    """Code → ground, in the order of the table."""
    with (DATA / "refusal-grounds.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: _read(row) for row in csv.DictReader(file)}


def of_kind(kind: str, day: dt.date) -> list[Ground]:
    """What may be chosen for a kind (or ``RECEPTION``) by the rules of that day."""
    return [g for g in shipped().values() if g.kind == kind and g.holds_on(day)]


def told(code: str, words: str, kind: str, day: dt.date) -> str:
    """The ground in words with what was typed to it. Raises Refused for one the law of that day
    does not give this kind, and where the clause is missing."""
    found = next((g for g in of_kind(kind, day) if g.code == code), None)
    if found is None:
        raise Refused(refuse(_("Chọn một căn cứ trong danh mục của luật.")))
    if found.needs_words and not words.strip():
        raise Refused(refuse(_("Căn cứ này phải ghi rõ điều, khoản, điểm.")))
    return ". ".join(part for part in (str(found), words.strip()) if part)


def _read(row: dict[str, str]) -> Ground:
    return Ground(
        code=row["id"], kind=row["kind"], since=dt.date.fromisoformat(row["regime_from"]),
        until=dt.date.fromisoformat(row["regime_to"]) if row["regime_to"] else None,
        name=row["name"], legal_ref=row["legal_ref"], confidence=row["confidence"],
        needs_words=row["needs_words"] == "yes",
    )  # fmt: skip
