"""A register as a table to send: its columns are its declared fields.

Nothing is registered at start-up: ``find`` makes the tables of the versions in force today
whenever a code is asked for. A table only adds; what is in the register already, word for
word, is left out. Photos and files are added on the record afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import Actor, Decision
from danvan.kernel.actions import record
from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells
from danvan.organisations.finding import UnitFinder
from danvan.organisations.models import Person
from danvan.registers import rules
from danvan.registers.actions.records import what_is_wrong
from danvan.registers.fields import LARGEST, LONGEST, NUMBER_PLACES, Field, Kind, words_of
from danvan.registers.models import Record, Register, RegisterVersion, version_on

PREFIX = "registers."
UNIT, DAY, UNTIL = "unit", "day", "until"


def code_of(register: Register) -> str:
    return f"{PREFIX}{register.pk}"


def find(codes: Collection[str] | None) -> dict[str, Table]:
    """The tables of those registers, or all; two queries. A kernel.imports source."""
    held = Register.objects.select_related("body").prefetch_related("versions")
    if codes is not None:
        asked = (code.removeprefix(PREFIX) for code in codes)
        held = held.filter(pk__in=[int(number) for number in asked if number.isdecimal()])
    found = {}
    try:
        for register in held:
            if version := version_on(register.versions.all(), clock.today()):
                found[code_of(register)] = _table(register, version)
    except DatabaseError:  # before ``migrate`` has made the tables
        return {}
    return found


def _table(register: Register, version: RegisterVersion) -> Table:
    return Table(
        code=code_of(register),
        label=version.name,
        about=_("Mỗi dòng là một bản ghi của sổ. Ảnh, tệp được thêm ở trang của từng bản ghi."),
        columns=_columns(version),
        may=partial(_may, register),
        judge=partial(_judge, register, version),
        write=partial(_write, register, version),
        own_only=True,
    )


def _may(register: Register, actor: Actor) -> Decision:
    return rules.may_enter(actor, register)


def written(version: RegisterVersion) -> list[Field]:
    """The fields a cell can hold."""
    return [f for f in version.declared if f.kind != Kind.FILE]


def _columns(version: RegisterVersion) -> tuple[Column, ...]:
    note = _("Bỏ trống nếu bạn chỉ ghi sổ cho một đơn vị.")
    first = [
        Column(UNIT, _("Đơn vị"), example=_("UBND Phường 1"), note=note),
        Column(DAY, version.day_label, required=True, example="05/04/2023", parse=cells.day),
    ]
    if version.keeps_validity:
        first.append(Column(UNTIL, version.end_label, example="31/12/2026", parse=cells.day))
    return (*first, *(_column(field) for field in written(version)))


def _column(field: Field) -> Column:
    note = ". ".join(part for part in (field.help.rstrip("."), field.measure) if part)
    return Column(
        _name(field), field.label, required=field.required, example=_example(field),
        parse=_parse(field), note=note,
    )  # fmt: skip


def _name(field: Field) -> str:
    return f"truong.{field.code}"


def _example(field: Field) -> str:
    match field.kind:
        case Kind.NUMBER:
            return "120"
        case Kind.DATE:
            return "05/04/2023"
        case Kind.CHOICE:
            return field.options[0][1]
        case Kind.YES_NO:
            return _("Có")
        case Kind.UNIT:
            return _("UBND Phường 1")
        case Kind.DOCUMENT:
            return "49/KH-UBND"
        case Kind.LINK:
            return "https://tayninh.gov.vn/…"
    return _("(ghi nội dung)") if field.required else ""


def _parse(field: Field) -> Callable[[Any], Any]:
    match field.kind:
        case Kind.NUMBER:
            return number
        case Kind.DATE:
            return cells.day
        case Kind.CHOICE:
            return cells.choice({label: code for code, label in field.options})
        case Kind.YES_NO:
            return cells.yes_no
        case Kind.LINK:
            return link
    return cells.text_of(LONGEST.get(field.kind, LONGEST["text"]))


def number(cell: Any) -> Any:
    """A figure of a register: not negative, three decimals at most."""
    found = cells.number(cell)
    if not 0 <= found < LARGEST or found != round(found, NUMBER_PLACES):
        raise ValueError(_("cần một số không âm, tối đa %d chữ số thập phân") % NUMBER_PLACES)
    return found


def link(cell: Any) -> str:
    found: str = cells.text_of(LONGEST["link"])(cell)
    if not found.startswith(("http://", "https://")):
        raise ValueError(_("đường dẫn phải bắt đầu bằng http:// hoặc https://"))
    return found


class Reader:
    """Rows of one register as records; a few queries for all rows."""

    def __init__(self, register: Register, version: RegisterVersion, actor: Actor) -> None:
        self.version, self.today, self.finder = version, clock.today(), UnitFinder()
        self.units = rules.writable(actor, register, version)
        self.fields = written(version)

    def unit(self, row: Row) -> int:
        """The unit a row is about. Raises ValueError."""
        if not row[UNIT] and len(self.units) != 1:
            raise ValueError(_("ghi bản ghi về đơn vị nào"))
        found = self.finder.find(row[UNIT], row[DAY]) if row[UNIT] else next(iter(self.units))
        if found not in self.units:
            raise ValueError(_("bạn không ghi sổ này về đơn vị này"))
        return found

    def values(self, row: Row) -> dict[str, Any]:
        """Field → value as kept. Raises ValueError for a unit nobody knows."""
        kept = {}
        for field in self.fields:
            value = row[_name(field)]
            if field.kind == Kind.UNIT and value:
                value = self.finder.find(value, row[DAY])
            if (value := field.keep(value)) is not None:
                kept[field.code] = value
        return kept


Content = tuple[int, dt.date, dt.date | None, str]


def _content(unit: int, day: dt.date, until: dt.date | None, values: dict[str, Any]) -> Content:
    return unit, day, until, repr(sorted(values.items()))


def _judge(
    register: Register, version: RegisterVersion, rows: Sequence[Row], actor: Actor
) -> list[Verdict]:
    reader = Reader(register, version, actor)
    held = Record.objects.filter(register=register, unit__in=reader.units, withdrawn_at=None)
    kept = {_content(*row) for row in held.values_list("unit", "day", "until", "values")}
    seen: dict[Content, int] = {}
    return [_judged(row, reader, kept, seen) for row in rows]


def _judged(row: Row, reader: Reader, kept: set[Content], seen: dict[Content, int]) -> Verdict:
    version = reader.version
    try:
        unit = reader.unit(row)
    except ValueError as why:
        return Verdict.error(UNIT, why)
    if wrong := what_is_wrong(version, row[DAY], row[UNTIL], reader.today):
        return Verdict.error(*wrong)
    try:
        values = reader.values(row)
    except ValueError as why:
        of_units = next(f for f in reader.fields if f.kind == Kind.UNIT and row[_name(f)])
        return Verdict.error(_name(of_units), why)
    if missing := [f for f in version.declared if f.kind == Kind.FILE and f.required]:
        return Verdict.error(DAY, _("sổ này bắt buộc có “%s” nên ghi từng bản") % missing[0].label)
    content = _content(unit, row[DAY], row[UNTIL], values)
    if content in kept:
        return Verdict.same()
    if (before := seen.setdefault(content, row.number)) != row.number:
        return Verdict.error(DAY, _("trùng hệt dòng %d") % before)
    return Verdict.new(reader.finder.names[unit])


def _write(
    register: Register, version: RegisterVersion, rows: Sequence[Row], touches: Touches, by: Actor
) -> None:
    """All rows in bulk; one line of history for each unit."""
    reader, now = Reader(register, version, by), clock.now()
    person = Person.objects.filter(pk=by.id).first() if by.id else None
    office = rules.office_of(by, version, register.body_id)
    own = by.scopes(*rules.ACTING) if version.units_write else frozenset()
    made = []
    for row in rows:
        unit, values = reader.unit(row), reader.values(row)
        made.append(
            Record(
                register=register, version=version, unit_id=unit, day=row[DAY], until=row[UNTIL],
                values=values, search_key=words_of(version.declared, values), entered_at=now,
                entered_by=person, office="" if unit in own else office,
            )
        )  # fmt: skip
    touches.create(made)
    for unit, lines in Counter(entry.unit_id for entry in made).items():
        record(register, concerns=unit, name=version.name, lines=lines)
