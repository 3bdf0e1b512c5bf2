"""Whom a document's words address: "Thủ trưởng các cơ quan, đơn vị; Chủ tịch UBND phường, xã".

A name means the unit so called on the document's day; a class ("UBND phường, xã") means every
unit of those kinds under the body that day. What is neither is handed back as written, for a
person to settle: guessing an addressee would give somebody a duty nobody gave.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from danvan.organisations.models import Unit, UnitAlias, UnitKind, UnitVersion
from danvan.organisations.models.units import in_force
from vanban.text import fold_tone_placement, search_key

# The only place where a class of units has a Vietnamese word (search keys, longest first).
CLASSES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(kinds))
    for pattern, kinds in (
        (r"co quan,? (va )?don vi", {UnitKind.DEPARTMENT, UnitKind.SERVICE}),
        (r"(co quan|phong)( chuyen mon)?|phong,? ban(,? nganh)?", {UnitKind.DEPARTMENT}),
        (r"(co quan, )?don vi su nghiep( cong lap)?|don vi", {UnitKind.SERVICE}),
        (r"(ubnd )?(cap xa|dia phuong)", {UnitKind.WARD, UnitKind.COMMUNE}),
        (r"(ubnd )?(cac )?(phuong|xa)([, ]+(va )?(phuong|xa))+", {UnitKind.WARD, UnitKind.COMMUNE}),
        (r"(ubnd )?(cac )?phuong", {UnitKind.WARD}),
        (r"(ubnd )?(cac )?xa", {UnitKind.COMMUNE}),
    )
)
# Names of groups in the tree ("nhóm …") stand for bodies nobody listed: they owe nothing.
GROUPS = frozenset({UnitKind.SERVICE_GROUP, UnitKind.ORGANISATIONS})

_SHORT = (
    (r"uy ban nhan dan|u\.?b\.?n\.?d\.?", "ubnd"),
    (r"hoi dong nhan dan|h\.?d\.?n\.?d\.?", "hdnd"),
    (r"uy ban mat tran to quoc|uy ban mttq|ub\.? ?mttq( ?vn)?|mat tran to quoc", "mttq"),
    (r"mttq ?(viet nam|vn)", "mttq"),
    (r"ban chqs", "ban chi huy quan su"),
    (r"tp\.?", "thanh pho"),
    (r"p\.? ?(\d+|[ivx]+)", r"phuong \1"),
)
_PERSON = re.compile(
    r"(thu truong|chu tich|nguoi dung dau|lanh dao|giam doc|hieu truong"
    r"|chanh(?= thanh tra| van phong)|truong(?= phong| ban| cong an)|chi huy truong(?= ban))\s+"
)
_MANY = re.compile(r"(tat ca |toan the )?(cac|nhung|moi|tung) |100 ?% ")
_BELONGING = re.compile(r" (truc thuoc|thuoc|tren dia ban|cua) .*$")
# "các cơ quan, đơn vị liên quan": whichever the matter touches, so nobody one could name.
_VAGUE = re.compile(r" ?\b((co )?lien quan|khac|neu tren)\b")
_PARTS = re.compile(r"\s*(?:;|,|/|\bvà\b|\bvới\b)\s*", re.IGNORECASE)
_LEVEL = re.compile(r"(tinh|thanh pho|thi xa|huyen|quan|phuong|xa|dac khu|thi tran)\b")


@dataclass(frozen=True, slots=True)
class Addressed:
    """Units found, and the parts of the words that name none (as written)."""

    units: frozenset[int]
    unresolved: tuple[str, ...] = ()


class Audience:
    """Everybody one could address from ``body`` on ``day``: two queries, then look-ups."""

    def __init__(self, body: Unit, day: dt.date) -> None:
        self.body, self.day = body, day
        rows = UnitVersion.objects.filter(in_force(day)).values_list(
            "unit_id", "name", "short_name", "kind", "parent_id"
        )
        self.names: dict[int, str] = {}
        self._children: dict[str, set[int]] = {}
        self._known: dict[str, set[int]] = {}
        versions = list(rows)
        place = next((key(name) for unit, name, *_ in versions if unit == body.pk), "")
        self._place = place.removeprefix("ubnd ")
        level = _LEVEL.match(self._place)
        self._level = level.group() if level else ""
        self._proper = self._place.removeprefix(self._level).strip()
        for unit, name, short, kind, parent in versions:
            if kind in GROUPS:
                continue
            self.names[unit] = name
            if parent == body.pk:
                self._children.setdefault(kind, set()).add(unit)
            for called in {self._plain(key(name)), self._plain(key(short))}:
                self._known.setdefault(called, set()).add(unit)
        for unit, text in UnitAlias.objects.values_list("unit_id", "text"):
            if unit in self.names:
                self._known.setdefault(self._plain(key(text)), set()).add(unit)
        if body.pk in self.names:
            self._known[self._level] = self._known[self._place] = {body.pk}

    def find(self, written: str) -> Addressed:
        """The units ``written`` addresses; never guesses between two of one name."""
        units: set[int] = set()
        unresolved: list[str] = []
        for words, found in self._readings(written):
            units |= found
            if not found:
                unresolved.append(words)
        return Addressed(frozenset(units), tuple(unresolved))

    def _readings(self, written: str) -> Iterator[tuple[str, set[int]]]:
        """Longest first: "UBND phường, xã" is one class, "Văn hóa, Thể thao" one name."""
        whole = " ".join(written.split()).strip(" .;,:")
        cuts = [m.span() for m in _PARTS.finditer(whole)]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(whole)]
        first = 0
        while first < len(starts):
            for last in range(len(ends) - 1, first - 1, -1):
                words = whole[starts[first] : ends[last]]
                found, vague = self._meant(words)
                if found or vague:
                    break
            else:
                last, words, found = first, whole[starts[first] : ends[first]], set()
            if words:
                yield words, found
            first = last + 1

    def _meant(self, words: str) -> tuple[set[int], bool]:
        """The units meant, and whether the words are a class that is left open."""
        called = key(words)
        if _VAGUE.search(called):
            return set(), bool(self._class(_VAGUE.sub("", called)))
        return self._named(called) or self._class(called), False

    def _named(self, called: str) -> set[int]:
        for candidate in (called, _PERSON.sub("", called)):
            found = self._known.get(self._plain(candidate), set())
            ours = {u for u in found if any(u in c for c in self._children.values())}
            if len(ours or found) == 1:
                return ours or found
        return set()

    def _class(self, called: str) -> set[int]:
        plain = _MANY.sub("", _PERSON.sub("", called))
        plain = self._plain(_BELONGING.sub("", plain))
        for pattern, kinds in CLASSES:
            if pattern.fullmatch(plain):
                return set().union(*(self._children.get(kind, set()) for kind in kinds))
        return set()

    def _plain(self, called: str) -> str:
        """Without "UBND" before and the body's place behind: all say the same unit."""
        for tail in (self._place, self._level):
            if tail and called.endswith(f" {tail}"):
                called = called.removesuffix(f" {tail}")
        bare = called.removesuffix(f" {self._proper}") if self._proper else called
        if not _LEVEL.fullmatch(bare.removeprefix("ubnd ")):
            called = bare
        return called.removeprefix("ubnd ") or called


def key(words: str) -> str:
    """The search key with the usual abbreviations written one way."""
    found = search_key(fold_tone_placement(words))
    for long, short in _SHORT:
        found = re.sub(rf"(?<![a-z0-9])(?:{long})(?![a-z0-9])", short, found)
    return re.sub(r"\s*\([^)]*\)", "", re.sub(r"\s+", " ", found)).strip()


def resolve(written: str, body: Unit, day: dt.date) -> set[int]:
    """Ids of the units that ``written`` addresses under ``body`` on ``day``: two queries."""
    return set(Audience(body, day).find(written).units)


def units_of(words: Iterable[str], body: Unit, day: dt.date) -> dict[str, Addressed]:
    """Many wordings at once, for the same two queries."""
    audience = Audience(body, day)
    return {written: audience.find(written) for written in words}
