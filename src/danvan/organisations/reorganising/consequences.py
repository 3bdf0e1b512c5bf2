"""What a plan does to each unit and to its people, roles and duties: told before it is written.

The rule, shown on the page: officers pass with their unit to its heir; heads and deputies end
and are appointed anew; a role the unit filled passes to the heir; whom the unit named for this
work ends and is named anew; open duties pass to the heir, what was filed stays the old unit's.
Without an heir everything ends and each role asks for a decision.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _

from danvan.organisations import roles
from danvan.organisations.models import Appointment, Post, RoleHolding, UnitKind, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.reorganising.plan import ONE_DAY, Plan

What = Literal["ends", "passes", "decide"]


@dataclass(frozen=True, slots=True)
class Told:
    """One consequence: what it is about, what becomes of it, and to whom or why."""

    about: str
    what: What
    says: str = ""


@dataclass(slots=True)
class Fate:
    """One unit: before and after, and what hangs on it."""

    key: str
    before: str
    after: str
    kind: str = ""
    told: list[Told] = field(default_factory=list)


@dataclass(slots=True)
class Consequences:
    ends: list[Fate] = field(default_factory=list)
    begins: list[Fate] = field(default_factory=list)
    changes: list[Fate] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    @property
    def decisions(self) -> int:
        fates = (*self.ends, *self.begins, *self.changes)
        return len(self.orphans) + sum(t.what == "decide" for f in fates for t in f.told)


class _Standing:
    """What hangs on the units of a plan the day before: five queries."""

    def __init__(self, plan: Plan, last: dt.date) -> None:
        keys = plan.keys | plan.parents
        rows = UnitVersion.objects.filter(in_force(last), unit__key__in=keys)
        self.versions = {
            v.unit.key: v
            for v in rows.select_related("unit", "parent").prefetch_related("parent__versions")
        }
        self.names = {key: v.name for key, v in self.versions.items()}
        self.names |= {one.key: one.name for one in plan.begins}
        self.names |= {one.unit: one.name for one in plan.changes}
        self.posts: dict[str, list[Post]] = defaultdict(list)
        self.appointments: dict[str, list[Appointment]] = defaultdict(list)
        self.roles: dict[str, list[RoleHolding]] = defaultdict(list)
        ending = in_force(last)
        for post in Post.objects.filter(ending, unit__key__in=plan.ends).select_related(
            "person", "unit"
        ):
            self.posts[post.unit.key].append(post)
        for row in Appointment.objects.filter(ending, unit__key__in=plan.ends).select_related(
            "person", "unit"
        ):
            self.appointments[row.unit.key].append(row)
        for held in RoleHolding.objects.filter(ending, holder__key__in=plan.ends).select_related(
            "holder", "body"
        ):
            self.roles[held.holder.key].append(held)


def of(plan: Plan, day: dt.date) -> Consequences:
    """What follows if the plan is written for ``day``; six queries."""
    last = day - ONE_DAY
    standing = _Standing(plan, last)
    found = Consequences()
    for key in plan.ends:
        found.ends.append(_ending(plan, standing, key))
    for one in plan.begins:
        made_of = [t for t in plan.takes if t.successor == one.key]
        told = [_took(standing, t.predecessor, t.whole) for t in made_of]
        told.append(Told(_("lãnh đạo của đơn vị"), "decide", _("phân công khi đơn vị thành lập")))
        parent = standing.names.get(one.parent, "")
        after = f"{one.name} ({parent})" if parent else one.name
        found.begins.append(Fate(one.key, "", after, _kind(one.kind), told))
    for change in plan.changes:
        found.changes.append(_change(standing, change.unit, change.name, change.kind,
                                     change.parent))  # fmt: skip
    begun = {one.key for one in plan.begins}
    for take in plan.takes:
        if take.successor not in begun:
            fate = next((f for f in found.changes if f.key == take.successor), None)
            if fate is None:
                name = standing.names.get(take.successor, take.successor)
                fate = Fate(take.successor, name, name)
                found.changes.append(fate)
            fate.told.append(_took(standing, take.predecessor, take.whole))
    moved = {one.unit for one in plan.changes}
    under = UnitVersion.objects.filter(in_force(last), parent__key__in=plan.ends)
    for version in under.select_related("unit"):
        if version.unit.key not in moved and version.unit.key not in plan.ends:
            found.orphans.append(version.name)
    return found


def _ending(plan: Plan, standing: _Standing, key: str) -> Fate:
    version: UnitVersion | None = standing.versions.get(key)
    heir = plan.heirs.get(key, "")
    to = standing.names.get(heir, heir)
    parts = [standing.names.get(t.successor, t.successor) for t in plan.takes
             if t.predecessor == key]  # fmt: skip
    fate = Fate(
        key, standing.names.get(key, key), "; ".join(parts),
        _kind(version.kind) if version else "",
    )  # fmt: skip
    fate.told = [
        *(_post(post, to) for post in standing.posts[key]),
        *(_role(held, plan, to) for held in standing.roles[key]),
        *(
            Told(
                f"{row.get_duty_display()}: {row.person.name}", "ends",
                _("đơn vị mới phân công lại"),
            )
            for row in standing.appointments[key]
        ),
        Told(_("nhiệm vụ đang mở"), "passes", to)
        if to
        else Told(_("nhiệm vụ đang mở"), "decide", _("không có đơn vị kế thừa: giữ nguyên")),
    ]  # fmt: skip
    return fate


def _post(post: Post, to: str) -> Told:
    about = f"{post.person.name}, {post.title}"
    if post.rank != Post.Rank.OFFICER:
        return Told(about, "ends", _("bố trí chức vụ mới theo quyết định"))
    return Told(about, "passes", to) if to else Told(about, "decide", _("chưa rõ nơi chuyển đến"))


def _role(held: RoleHolding, plan: Plan, to: str) -> Told:
    role = roles.ROLES.get(held.role)
    about = str(role.label) if role else held.role
    if held.body.key in plan.ends:
        return Told(about, "ends", _("cơ quan được phục vụ cũng kết thúc"))
    return Told(about, "passes", to) if to else Told(about, "decide", _("giao cơ quan khác"))


def _took(standing: _Standing, key: str, whole: bool) -> Told:
    name = standing.names.get(key, key)
    return Told(name, "passes", _("toàn bộ") if whole else _("một phần"))


def _change(standing: _Standing, key: str, name: str, kind: str, parent: str) -> Fate:
    version = standing.versions.get(key)
    if version is None:
        return Fate(key, key, name, _kind(kind))
    fate = Fate(key, version.name, name, _kind(kind))
    if version.kind != kind:
        fate.told.append(Told(_("loại"), "passes", f"{_kind(version.kind)} → {_kind(kind)}"))
    before = version.parent.key if version.parent else ""
    if before != parent:
        old = version.parent.versions.all() if version.parent else []
        held = max(old, key=lambda v: v.valid_from, default=None)
        new = standing.names.get(parent, _("đứng riêng"))
        fate.told.append(Told(_("trực thuộc"), "passes", f"{held.name if held else '–'} → {new}"))
    return fate


def _kind(code: str) -> str:
    return str(UnitKind(code).label) if code in UnitKind.values else code
