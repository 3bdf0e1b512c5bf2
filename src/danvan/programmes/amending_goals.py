"""What becomes of a target: its goal moved, its clause written anew, or a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from danvan.programmes import amending, shapes
from danvan.programmes import amending_words as words
from danvan.programmes.amending_clauses import NotTold, compiled
from danvan.programmes.amending_words import Move
from vanban.model import Document, Target
from vanban.text import search_key

Json = dict[str, Any]
# How a goal without a figure is worded, and the comparator that stands for it.
DIRECTIONS = {">": "tăng so với kỳ trước", "<": "giảm so với kỳ trước"}
_GOAL = re.compile(r";\s*(?:mức|yêu cầu):\s*(?P<said>.+?)\s*\.?\s*$", re.DOTALL)


def moved(before: Json, move: Move) -> Json:
    """The snapshot after one change. Raises NotTold where the new goal cannot be read."""
    if move.what == "text":
        return {**before, "subject": move.new}
    if move.what == "phrase" and move.old in before["subject"]:
        return {**before, "subject": before["subject"].replace(move.old, move.new)}
    if move.what not in ("goal", "phrase"):
        raise NotTold(_("không đọc được mức mới của chỉ tiêu"))
    return {**before, **goal(move.new, before)}


def goal(said: str, before: Json | None = None) -> Json:
    """Comparator, value and unit of "ít nhất 70 %"; what is not said stays as before.

    Raises NotTold where there is no figure, or more than one.
    """
    value = words.figure(said)
    if value is None:
        raise NotTold(_("không đọc được mức mới của chỉ tiêu"))
    known = before or {"comparator": ">=", "unit": ""}
    key = search_key(said)
    asked = [sign for sign, label in shapes.COMPARATORS.items() if search_key(str(label)) in key]
    unit = "%" if "%" in said else known["unit"] or _unit(said)
    return {
        "value": str(value.quantize(amending.CENT)),
        "comparator": asked[0] if asked else known["comparator"],
        "unit": unit,
    }


def _unit(said: str) -> str:
    """The words after the figure ("ít nhất 3 mô hình")."""
    found = re.search(r"\d\s+(?P<unit>[^\d.;]{1,40})$", said.strip(" ."))
    return found["unit"].strip() if found else ""


def paired(document: Document, start: int, befores: Sequence[Json]) -> list[Json]:
    """A clause written anew: as many targets as it had, in order. Raises NotTold."""
    goals = _from(document, start)
    if len(goals) != len(befores):
        told = _("lời văn mới có %(n)d chỉ tiêu, mục này có %(m)d")
        raise NotTold(told % {"n": len(goals), "m": len(befores)})
    return [of(each) for each in goals]


def added(text: str, quote: str, above: Sequence[str]) -> Iterator[tuple[Json, float, str]]:
    """(snapshot without its clause, confidence, reason) of each target a passage adds."""
    if not quote:
        raise NotTold(_("không thấy lời văn của chỉ tiêu bổ sung"))
    if stated := _stated(text, quote):
        yield stated, 0.9, ""
        return
    document, start = compiled(quote, above)
    for each in _from(document, start):
        yield of(each), min(0.8, each.evidence.confidence), each.evidence.reason


def of(target: Target) -> Json:
    """A target as the compiler found it, as a snapshot without its clause."""
    return {
        "subject": target.subject,
        "comparator": target.comparator,
        "value": None if target.value is None else str(target.value.quantize(amending.CENT)),
        "unit": (target.unit or "")[:40],
    }


def of_cells(subject: str, said: str) -> Json:
    """A new target of a subject and the wording of its goal. Raises NotTold."""
    for comparator, worded in DIRECTIONS.items():
        if search_key(worded.split()[0]) in search_key(said).split() and words.figure(said) is None:
            return {"subject": subject, "comparator": comparator, "value": None, "unit": ""}
    return {"subject": subject, **goal(said)}


def _stated(text: str, quote: str) -> Json | None:
    """ "Bổ sung chỉ tiêu vào mục 3: “…”; mức: ít nhất 70 %." """
    rest = text[text.find(f"“{quote}”") + len(quote) + 2 :]
    found = _GOAL.match(rest)
    return of_cells(quote, found["said"]) if found else None


def _from(document: Document, start: int) -> list[Target]:
    return [each for each in document.targets if each.span.start >= start]
