"""Keeping the units: importing tables, and one unit becoming another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import files
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.kernel.models import StoredFile
from danvan.organisations import naming, rules, tables, unit_rows
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


@dataclass(slots=True)
class Report:
    """What an import did (or would do), line by line: (line of the file, key, in words)."""

    done: list[tuple[int, str, str]] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)


def load(name: str, *, by: Actor) -> Report:
    """Imports one of the tables that come with the product ("tay-ninh-2023.csv")."""
    content = (resources.files("danvan.organisations") / "data" / name).read_bytes()
    report: Report = import_units(files.store(content), name=name, by=by)
    return report


def check_units(content: bytes, name: str) -> Report:
    """The dry run: what ``import_units`` would do. Raises tables.Unreadable; writes nothing."""
    known = set(Unit.objects.values_list("key", flat=True))
    reading = unit_rows.read(tables.rows_of(content, name), known, _codes_kept())
    report = Report(errors=reading.errors)
    for row in reading.rows:
        words = _("chấm dứt") if row.closes else _("cập nhật") if row.key in known else _("thêm")
        report.done.append((row.number, row.key, words))
    return report


@action(
    "organisations.units.import",
    may=rules.may_keep_units,
    says=gettext_lazy("nhập danh mục tổ chức"),
)
def import_units(source: StoredFile, *, name: str, by: Actor) -> Report:
    """Writes the rows of a stored table. Again with the same table changes nothing.

    With any wrong row nothing is written and the report says which.
    Raises tables.Unreadable if the file is no table.
    """
    lines = tables.rows_of(files.read(source), name)
    known = Unit.objects.values_list("key", flat=True)
    reading = unit_rows.read(lines, known, _codes_kept())
    report = Report(errors=reading.errors)
    if not reading.errors:
        units = _identities(reading.rows)
        for row in reading.rows:
            words = _close(units[row.key], row) if row.closes else _describe(units, row, by)
            report.done.append((row.number, row.key, words))
    record(source, name=name, rows=len(report.done), errors=len(report.errors))
    return report


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


def _codes_kept() -> unit_rows.Codes:
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


def _describe(units: dict[str, Unit], row: UnitRow, by: Actor) -> str:
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
    return _("đã thêm") if made else _("đã cập nhật") if changed else _("không đổi")


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


def _close(unit: Unit, row: UnitRow) -> str:
    assert row.valid_to is not None
    running = unit.versions.filter(valid_from__lte=row.valid_to, valid_to__isnull=True)
    if not running.exists():
        return _("không đổi")
    end(unit, row.valid_to, row.basis)
    record(unit, concerns=unit.pk, valid_to=row.valid_to, reason=row.basis)
    return _("đã chấm dứt")
