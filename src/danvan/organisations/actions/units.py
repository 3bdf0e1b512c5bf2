"""Keeping the units: tables of them, and one unit becoming another."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import imports
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.organisations import naming, rules, unit_rows
from danvan.organisations.models import (
    Succession,
    Unit,
    UnitAlias,
    UnitCode,
    UnitVersion,
)
from danvan.organisations.unit_rows import UnitRow
from vanban.text import search_key

ONE_DAY = dt.timedelta(days=1)


TABLE = "organisations.units"


@dataclass(slots=True)
class Report:
    """What loading a table did, line by line: (line of the file, key, in words)."""

    done: list[tuple[int, str, str]] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)


def load(name: str, *, by: Actor) -> Report:
    """Imports one of the tables that come with the product ("tay-ninh-2023.csv").

    Again changes nothing. With a wrong row nothing is written and the report says which.
    """
    content = (resources.files("danvan.organisations") / "data" / name).read_bytes()
    return take_in(content, name, by=by)


def take_in(content: bytes, name: str, *, by: Actor) -> Report:
    """A table of units from file to database without a page in between."""
    it = imports.preview(TABLE, name, content, by=by)
    told = list(zip(it.rows, it.verdicts, strict=True))
    errors = [(n, sentence) for (n, _c), v in told for _column, sentence in v["errors"]]
    if errors:
        return Report(errors=errors)
    if it.counts.get("new") or it.counts.get("changed"):
        imports.apply(it, by=by)
    words = {"new": _("đã thêm"), "changed": _("đã cập nhật"), "same": _("không đổi")}
    return Report([(n, cells["key"], words[v["state"]]) for (n, cells), v in told])


class Kept:
    """What is known of the units of a table, to tell what a row would change: four queries."""

    def __init__(self, keys: Sequence[str]) -> None:
        wanted = set(keys)
        versions = UnitVersion.objects.filter(unit__key__in=wanted)
        self.versions: dict[str, dict[dt.date, UnitVersion]] = defaultdict(dict)
        for version in versions.select_related("unit", "parent").order_by("valid_from"):
            self.versions[version.unit.key][version.valid_from] = version
        self.aliases = set(
            UnitAlias.objects.filter(unit__key__in=wanted).values_list("unit__key", "key")
        )
        self.codes = set(
            UnitCode.objects.filter(unit__key__in=wanted).values_list(
                "unit__key", "scheme", "code", "valid_from"
            )
        )
        self.successions = set(
            Succession.objects.filter(successor__key__in=wanted).values_list("successor__key", "on")
        )

    def will(self, row: UnitRow) -> tuple[Any, str]:
        """("new" | "changed" | "same", in words)."""
        versions = self.versions.get(row.key, {})
        if row.closes:
            assert row.valid_to is not None
            running = [v for v in versions.values() if v.valid_to is None]
            told = {"day": f"{row.valid_to:%d/%m/%Y}"}
            ends = not versions or any(v.valid_from <= row.valid_to for v in running)
            return ("changed", _("chấm dứt sau ngày %(day)s") % told) if ends else ("same", "")
        assert row.valid_from is not None
        version = versions.get(row.valid_from)
        if version is None:
            before = list(versions.values())[-1:] if versions else []
            if before:
                told = {"before": before[0].name, "after": row.name}
                return "changed", _("tên mới: %(before)s → %(after)s") % told
            return "new", _("thêm đơn vị")
        differs = self._differs(version, row)
        return ("changed", _("cập nhật: %s") % ", ".join(differs)) if differs else ("same", "")

    def _differs(self, version: UnitVersion, row: UnitRow) -> list[str]:
        assert row.valid_from is not None
        parent = version.parent.key if version.parent else ""
        pairs = {
            _("tên"): (version.name, row.name),
            _("tên ngắn"): (version.short_name, row.short_name or naming.short(row.name)),
            _("loại"): (version.kind, row.kind),
            _("trực thuộc"): (parent, row.parent),
            _("căn cứ"): (version.basis, row.basis),
        }
        found = [word for word, (stood, wanted) in pairs.items() if stood != wanted]
        spelt = [*row.aliases, *naming.spellings(row.name)]
        if any((row.key, search_key(text)[:120]) not in self.aliases for text in spelt):
            found.append(_("cách gọi khác"))
        codes = {(row.key, scheme, code, row.valid_from) for scheme, code in row.codes}
        if not codes <= self.codes:
            found.append(_("mã"))
        if row.predecessors and (row.key, row.valid_from) not in self.successions:
            found.append(_("đơn vị hình thành từ"))
        return found


def write_rows(rows: Sequence[UnitRow], *, by: Actor) -> None:
    """Writes judged rows, inside an action. Several queries a row."""
    units = _identities(rows)
    for row in rows:
        _close(units[row.key], row) if row.closes else _describe(units, row, by)


@action(
    "organisations.unit.succeed",
    may=rules.may_keep_units,
    says=gettext_lazy("ghi nhận sắp xếp đơn vị"),
)
def succeed(
    successor: Unit,
    *,
    predecessors: Sequence[tuple[Unit, bool]],
    on: dt.date,
    resolution: str,
    by: Actor,
) -> None:
    """``predecessors`` (unit, whether the whole of it) became ``successor`` on a day.

    The versions, codes, posts, roles and appointments of whole predecessors end the day
    before. Papers and scores of their time stay theirs, under the names of their time.
    """
    for unit, whole in predecessors:
        Succession.objects.get_or_create(
            predecessor=unit,
            successor=successor,
            on=on,
            defaults={"whole": whole, "resolution": resolution},
        )
        if whole:
            end(unit, on - ONE_DAY, resolution)
        record(unit, concerns=unit.pk, successor=successor.key, on=on, whole=whole)
    record(successor, concerns=successor.pk, on=on, resolution=resolution)


def end(unit: Unit, last_day: dt.date, reason: str) -> None:
    """Everything dated that still runs for a unit ends on its last day."""
    running = unit.versions.filter(valid_from__lte=last_day, valid_to__isnull=True)
    running.update(ended_by=reason)
    for related in ("versions", "codes", "posts", "appointments", "roles_held"):
        running = getattr(unit, related).filter(valid_from__lte=last_day, valid_to__isnull=True)
        running.update(valid_to=last_day)


def codes_kept() -> unit_rows.Codes:
    kept = UnitCode.objects.values_list("scheme", "code", "valid_from", "unit__key")
    return {(scheme, code, day): key for scheme, code, day, key in kept}


def _identities(rows: Sequence[UnitRow]) -> dict[str, Unit]:
    keys = {row.key for row in rows} | {row.parent for row in rows}
    keys |= {key for row in rows for key, _whole in row.predecessors}
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=keys)}
    for row in rows:
        if row.key not in units:
            units[row.key] = Unit.objects.create(
                key=row.key, confirmed=row.confirmed, source=row.source
            )
    return units


def _describe(units: dict[str, Unit], row: UnitRow, by: Actor) -> None:
    unit = units[row.key]
    assert row.valid_from is not None
    values = {
        "name": row.name,
        "short_name": row.short_name or naming.short(row.name),
        "kind": row.kind,
        "parent": units.get(row.parent),
        "basis": row.basis,
        **naming.keys(row.name),
    }
    before = unit.versions.filter(valid_from__lt=row.valid_from, valid_to__isnull=True)
    before.update(valid_to=row.valid_from - ONE_DAY)
    version, made = UnitVersion.objects.get_or_create(
        unit=unit, valid_from=row.valid_from, defaults=values | {"valid_to": row.valid_to}
    )
    changed = made or _update(version, values)
    changed |= _aliases(unit, row) | _codes(unit, row)
    if row.predecessors and not unit.precessions.filter(on=row.valid_from).exists():
        succeed(
            unit,
            predecessors=[(units[key], whole) for key, whole in row.predecessors],
            on=row.valid_from,
            resolution=row.basis,
            by=by,
        )
    if changed:
        record(unit, concerns=unit.pk, name=row.name, valid_from=row.valid_from)


def _update(version: UnitVersion, values: dict[str, object]) -> bool:
    different = {
        name for name, value in values.items() if _plain(getattr(version, name)) != _plain(value)
    }
    for name in different:
        setattr(version, name, values[name])
    if different:
        version.save(update_fields=sorted(different))
    return bool(different)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _aliases(unit: Unit, row: UnitRow) -> bool:
    changed = False
    for text in dict.fromkeys([*row.aliases, *naming.spellings(row.name)]):
        _alias, made = UnitAlias.objects.get_or_create(
            unit=unit, key=search_key(text)[:120], defaults={"text": text[:120]}
        )
        changed |= made
    return changed


def _codes(unit: Unit, row: UnitRow) -> bool:
    assert row.valid_from is not None
    changed = False
    for scheme, code in row.codes:
        _code, made = UnitCode.objects.get_or_create(
            unit=unit, scheme=scheme, code=code, valid_from=row.valid_from
        )
        changed |= made
    return changed


def _close(unit: Unit, row: UnitRow) -> None:
    assert row.valid_to is not None
    running = unit.versions.filter(valid_from__lte=row.valid_to, valid_to__isnull=True)
    if running.exists():
        end(unit, row.valid_to, row.basis)
        record(unit, concerns=unit.pk, valid_to=row.valid_to, reason=row.basis)
