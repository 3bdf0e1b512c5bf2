"""What a resolution decides about units, as data: who begins, ends, changes, takes over whom.

Units are named by their keys, so that a plan can be kept, shown and written in one transaction
later. Many to many: a unit may pass to several, and be made of several.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from danvan.organisations.models import Unit, UnitCode, UnitVersion
from danvan.organisations.models.units import in_force
from vanban.text import search_key, slug

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A unit that begins on the day."""

    key: str
    name: str
    kind: str
    parent: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """``predecessor`` becomes (``whole``) or gives a part to ``successor``; duties pass to the
    ``principal`` one."""

    predecessor: str
    successor: str
    whole: bool = True
    principal: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that lives on under another name, kind or parent."""

    unit: str
    name: str
    kind: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    begins: tuple[Beginning, ...] = ()
    takes: tuple[Take, ...] = ()
    changes: tuple[Change, ...] = ()
    ends: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Plan:
        return cls(
            tuple(Beginning(**one) for one in data.get("begins", ())),
            tuple(Take(**one) for one in data.get("takes", ())),
            tuple(Change(**one) for one in data.get("changes", ())),
            tuple(data.get("ends", ())),
        )

    @property
    def keys(self) -> set[str]:
        """Every unit the plan touches."""
        return (
            {one.key for one in self.begins}
            | {one.predecessor for one in self.takes}
            | {one.successor for one in self.takes}
            | {one.unit for one in self.changes}
            | set(self.ends)
        )

    @property
    def parents(self) -> set[str]:
        """Keys of the units under which others begin or come."""
        return {one.parent for one in self.begins} | {one.parent for one in self.changes}

    @property
    def heirs(self) -> dict[str, str]:
        """Unit that ends → the one its duties, staff and roles pass to."""
        return {
            take.predecessor: take.successor
            for take in self.takes
            if take.principal and take.whole and take.predecessor in self.ends
        }


def faults(plan: Plan, day: dt.date) -> list[str]:
    """What keeps the plan from being written for ``day``; three queries."""
    wanted = plan.keys | plan.parents
    last = day - ONE_DAY
    known = set(Unit.objects.filter(key__in=wanted).values_list("key", flat=True))
    versions = UnitVersion.objects.filter(unit__key__in=wanted).select_related("unit")
    held = {v.unit.key: v for v in versions if v.holds_on(last)}
    later = {v.unit.key for v in versions if v.valid_from >= day}
    codes = set(UnitCode.objects.filter(valid_from=day).values_list("code", flat=True))
    return list(_faults(plan, known, held, later, codes))


def _faults(
    plan: Plan, known: set[str], held: dict[str, UnitVersion], later: set[str], codes: set[str]
) -> Iterator[str]:
    if not plan.keys:
        yield _("Chưa chọn đơn vị nào.")
    begun = {one.key for one in plan.begins}
    names = {key: version.name for key, version in held.items()}
    names |= {one.key: one.name for one in plan.begins}
    for key in sorted(begun & known):
        yield _("Khóa “%(key)s” đã thuộc đơn vị khác.") % {"key": key}
    for one in plan.begins:
        if one.code and one.code in codes:
            yield _("Mã %(code)s đã cấp cho đơn vị khác từ ngày này.") % {"code": one.code}
    for key in sorted(plan.keys - begun):
        if key not in held:
            yield _("“%(key)s” không hoạt động vào ngày trước đó.") % {"key": key}
        elif key in later:
            yield _("“%(name)s” đã có thay đổi ghi từ ngày này trở đi.") % {"name": names[key]}
    under = [(one.name, one.parent) for one in plan.begins]
    under += [(change.name, change.parent) for change in plan.changes]
    for name, parent in under:
        if parent in plan.ends:
            told = {"name": name, "parent": names.get(parent, parent)}
            yield _("“%(name)s” không thể trực thuộc “%(parent)s”, đơn vị kết thúc.") % told
    for take in plan.takes:
        if take.predecessor == take.successor:
            yield _("“%(name)s” không thể kế thừa chính mình.") % {
                "name": names.get(take.successor, take.successor)
            }
        if take.successor in plan.ends:
            told = {"name": names.get(take.successor, take.successor)}
            yield _("“%(name)s” vừa kết thúc vừa nhận đơn vị khác.") % told
    ended = [take.predecessor for take in plan.takes if take.principal and take.whole]
    for key in sorted({key for key in ended if ended.count(key) > 1}):
        yield _("“%(name)s” có hai đơn vị kế thừa chính.") % {"name": names.get(key, key)}


def new_key(name: str, day: dt.date, taken: Iterable[str] = ()) -> str:
    """A free key made of the name ("UBND phường Tân Ninh" → phuong-tan-ninh-2025)."""
    plain = slug(search_key(name).removeprefix("ubnd "))[:60].strip("-") or "don-vi"
    used = set(taken) | set(
        Unit.objects.filter(key__startswith=plain).values_list("key", flat=True)
    )
    tries = [plain, f"{plain}-{day.year}", *(f"{plain}-{day.year}-{n}" for n in range(2, 99))]
    return next(key for key in tries if key not in used)


def subordinates(keys: Iterable[str], day: dt.date) -> list[str]:
    """Keys of every unit under these, at any depth, that day."""
    rows = UnitVersion.objects.filter(in_force(day), parent__isnull=False)
    under: dict[str, list[str]] = {}
    for key, parent in rows.values_list("unit__key", "parent__key"):
        under.setdefault(parent, []).append(key)
    found: list[str] = []
    waiting = list(keys)
    while waiting:
        children = [key for key in under.get(waiting.pop(), []) if key not in found]
        found += children
        waiting += children
    return found
