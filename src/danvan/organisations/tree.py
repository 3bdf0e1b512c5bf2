"""The organisation as it stood on a day, as sections a page can show."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from danvan.organisations import queries
from danvan.organisations.models import Block, RoleHolding, UnitAlias, UnitKind, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.roles import ROLES
from vanban.text import search_key

_ORDER = {kind: place for place, kind in enumerate(UnitKind.values)}


@dataclass(slots=True)
class Row:
    """One unit as shown: its name that day, its block and the roles it fills."""

    version: UnitVersion
    roles: list[str] = field(default_factory=list)

    @property
    def block(self) -> str:
        return str(Block(self.version.block).label) if self.version.block else ""


@dataclass(slots=True)
class Section:
    """Units under one parent; the parent is None for those that stand alone."""

    parent: UnitVersion | None
    rows: list[Row] = field(default_factory=list)


def on(day: dt.date) -> list[Section]:
    """Every unit of that day under its parent: two queries, whatever the size."""
    versions = list(queries.versions_on(day))
    present = {v.unit_id: v for v in versions}
    filled = _roles_on(day)
    children: dict[int, list[UnitVersion]] = defaultdict(list)
    tops: list[UnitVersion] = []
    for version in versions:
        if version.parent_id in present:
            children[version.parent_id].append(version)
        else:
            tops.append(version)
    alone = Section(None, [Row(v, filled[v.unit_id]) for v in _sorted(tops)])
    sections: list[Section] = []
    waiting = _sorted(tops)
    while waiting:
        parent = waiting.pop(0)
        if under := _sorted(children[parent.unit_id]):
            sections.append(Section(parent, [Row(v, filled[v.unit_id]) for v in under]))
            waiting = under + waiting
    return [*sections, alone] if alone.rows else sections


def found(words: str, day: dt.date) -> list[Row]:
    """Units of that day whose name, other spelling or key holds ``words``, marks ignored."""
    key = search_key(words)
    aliases = UnitAlias.objects.filter(key__contains=key).values("unit")
    versions = queries.versions_on(day)
    hits = versions.filter(search_key__contains=key) | versions.filter(unit__in=aliases)
    filled = _roles_on(day)
    return [Row(v, filled[v.unit_id]) for v in hits.distinct()]


def _sorted(versions: list[UnitVersion]) -> list[UnitVersion]:
    # Stable: within a kind the database's Vietnamese order of names stays.
    return sorted(versions, key=lambda v: _ORDER[v.kind])


def _roles_on(day: dt.date) -> dict[int, list[str]]:
    filled: dict[int, list[str]] = defaultdict(list)
    for held in RoleHolding.objects.filter(in_force(day)).order_by("role"):
        label = ROLES[held.role].label if held.role in ROLES else held.role
        filled[held.holder_id].append(str(label))
    return filled
