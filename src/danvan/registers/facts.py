"""What registers tell the others. The codes are data: ``registers.<register>.<fact>``.

Nothing is registered at start-up: ``find`` looks in the database whenever a code is asked for,
so a fact declared in the browser is there at once in every process. About a unit the figure is
of its records; ``…_total`` about a programme is of all records of its body. Facts of one look-up
share one reading of the records (``Batch``): a page that shows thirty costs as much as one.
A figure of a register the product ships may be named before the register is in use (a score
sheet names it): until then it is unknown of everybody, and no list of facts offers it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

from django.db import DatabaseError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.kernel.facts import Fact, Period, Reading, Readings
from danvan.organisations.audience import Audience
from danvan.programmes.models import Programme
from danvan.registers import shipped
from danvan.registers.fields import Kind as FieldKind
from danvan.registers.figures import Figure, Kind
from danvan.registers.models import Record, Register, RegisterVersion
from danvan.ui import written

PREFIX, TOTAL = "registers.", "_total"
# Up to so many units are named in the question; more are picked from all rows of the period.
NAMED = 500
SETTLED = Assignment.State.ACCEPTED


@dataclass(frozen=True, slots=True)
class Row:
    """What a figure needs of a record."""

    unit: int
    version: int
    day: dt.date
    until: dt.date | None
    values: dict[str, object]
    settled: bool


class Kept:
    """A register with its versions, newest first, and every figure it ever offered."""

    def __init__(self, register: Register, versions: Sequence[RegisterVersion]) -> None:
        self.register, self.versions = register, versions
        self._numbers: dict[str, set[int]] = {}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Newest words win; a figure a later version dropped can still be read."""
        return {f.code: f for version in reversed(self.versions) for f in version.figures}

    def covers(self, period: Period) -> bool:
        """Whether the register was kept at any time of the period."""
        end = self.versions[0].valid_to
        begun = min(v.valid_from for v in self.versions)
        return begun <= period.end and (end is None or end >= period.start)

    def numbers(self, field: str) -> set[int]:
        """Versions in which the field is a number."""
        if field not in self._numbers:
            self._numbers[field] = {
                v.pk
                for v in self.versions
                for f in v.declared
                if f.code == field and f.kind == FieldKind.NUMBER
            }
        return self._numbers[field]


class Batch:
    """The records of some registers, read once for each set of subjects and period."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        self._registers = [k.register.pk for k in kept]
        self._read: dict[tuple[object, Period], dict[int, list[Row]]] = {}
        self._audience: dict[tuple[int, dt.date], Audience] = {}

    def rows(self, units: Sequence[int] | None, period: Period) -> dict[int, list[Row]]:
        """Register → records of these units (None: of all) that a figure of the period may need."""
        asked = None if units is None or len(units) > NAMED else tuple(units)
        if (asked, period) not in self._read:
            self._read[asked, period] = self._query(asked, period)
        return self._read[asked, period]

    def concerned(self, kept: Kept, day: dt.date) -> frozenset[int]:
        """Units the register is about, by its newest version, that day."""
        key = (kept.register.body_id, day)
        if key not in self._audience:
            self._audience[key] = Audience(kept.register.body, day)
        return self._audience[key].find(kept.versions[0].audience).units

    def _query(self, units: Sequence[int] | None, period: Period) -> dict[int, list[Row]]:
        end = period.end
        in_force = Q(version__keeps_validity=True, day__lte=end) & (
            Q(until__isnull=True) | Q(until__gte=end)
        )
        held = Record.objects.filter(register__in=self._registers, withdrawn_at=None)
        held = held.filter(Q(day__range=(period.start, end)) | in_force)
        if units is not None:
            held = held.filter(unit__in=units)
        found: dict[int, list[Row]] = defaultdict(list)
        for register, state, unit, version, day, until, values in held.order_by(
            "day", "pk"
        ).values_list("register", "assignment__state", "unit", "version", "day", "until", "values"):
            row = Row(unit, version, day, until, values, state == SETTLED)
            found[register].append(row)
        return found


def find(codes: Collection[str] | None) -> dict[str, Fact]:
    """The facts of those codes, or all; one query. A kernel.facts source."""
    kept = _kept(codes)
    by_code: dict[str, list[Kept]] = defaultdict(list)
    for one in kept:
        by_code[one.register.code].append(one)
    batch = Batch(kept)
    found: dict[str, Fact] = {}
    for register, among in by_code.items():
        for figure in {c: f for k in reversed(among) for c, f in k.figures.items()}.values():
            name = f"{PREFIX}{register}.{figure.code}"
            about = (("unit", name, _of_units), ("programme", name + TOTAL, _of_programmes))
            for what, offered, read in about:
                if codes is None or offered in codes:
                    reader = partial(read, batch, among, figure.code)
                    found[offered] = Fact(offered, what, figure.measure, figure.label, reader)
    for code in codes or ():
        if code not in found:
            found |= _shipped(code)
    return found


def _shipped(code: str) -> dict[str, Fact]:
    """The fact of a register nobody has put to use yet: unknown of everybody."""
    register, _dot, name = code.removeprefix(PREFIX).partition(".")
    template = shipped.template(register)
    for figure in template.declaration.figures if template else ():
        for what, offered in (("unit", figure.code), ("programme", figure.code + TOTAL)):
            if name == offered:
                return {code: Fact(code, what, figure.measure, figure.label, _unknown)}
    return {}


def _unknown(subjects: Sequence[int], _period: Period) -> Readings:
    return dict.fromkeys(subjects)


def _kept(codes: Collection[str] | None) -> list[Kept]:
    versions = RegisterVersion.objects.select_related("register__body").order_by(
        "register", "-number"
    )
    if codes is not None:
        asked = {code.removeprefix(PREFIX).partition(".")[0] for code in codes}
        versions = versions.filter(register__code__in=asked)
    by_register: dict[Register, list[RegisterVersion]] = defaultdict(list)
    try:
        for version in versions:
            by_register[version.register].append(version)
    except DatabaseError:  # ``migrate`` asks for every fact before it has made the tables
        return []
    return [Kept(register, held) for register, held in by_register.items()]


def _of_units(
    batch: Batch, among: Sequence[Kept], code: str, units: Sequence[int], period: Period
) -> Readings:
    """Unit → reading; None for one no register of the code is about."""
    read: dict[int, Reading | None] = dict.fromkeys(units)
    for kept in among:
        if code not in kept.figures or not kept.covers(period):
            continue
        by_unit = _by_unit(batch.rows(units, period).get(kept.register.pk, []))
        concerned = batch.concerned(kept, period.end)
        for unit in units:
            if read[unit] is None and (unit in concerned or unit in by_unit):
                basis = _basis(kept, kept.figures[code], period, unit)
                read[unit] = _reading(kept, code, [by_unit.get(unit, [])], period, basis)
    return read


def _of_programmes(
    batch: Batch, among: Sequence[Kept], code: str, programmes: Sequence[int], period: Period
) -> Readings:
    """Programme → reading of all records of its body's register."""
    bodies = dict(Programme.objects.filter(pk__in=programmes).values_list("pk", "body"))
    by_body = {k.register.body_id: k for k in among if code in k.figures and k.covers(period)}
    read: dict[int, Reading | None] = dict.fromkeys(programmes)
    for programme, body in bodies.items():
        if kept := by_body.get(body):
            by_unit = _by_unit(batch.rows(None, period).get(kept.register.pk, []))
            basis = _basis(kept, kept.figures[code], period)
            read[programme] = _reading(kept, code, list(by_unit.values()), period, basis)
    return read


def _by_unit(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(row)
    return found


def _reading(
    kept: Kept, code: str, of_units: Sequence[Sequence[Row]], period: Period, basis: str
) -> Reading | None:
    """One figure over the rows of one unit, or the sum over those of many."""
    figure = kept.figures[code]
    if figure.kind != Kind.RATIO:
        value = _value(kept, figure, of_units, period)
        if value is None:
            return None
        return Reading(value, clock.now(), basis, _said(kept, figure, written.number(value)))
    part = _value(kept, kept.figures[figure.part], of_units, period)
    whole = _value(kept, kept.figures[figure.whole], of_units, period)
    if part is None or not whole:
        return None
    said = _said(kept, figure, written.rate(part, whole))
    return Reading(part / whole, clock.now(), basis, said, part, whole)


def _value(
    kept: Kept, figure: Figure, of_units: Sequence[Sequence[Row]], period: Period
) -> Decimal | None:
    """None where nothing can be known yet: a latest figure nobody wrote."""
    taken = [[row for row in rows if figure.takes(row.values)] for rows in of_units]
    values = [_MADE[figure.kind](kept, figure, rows, period) for rows in taken]
    known = [value for value in values if value is not None]
    if figure.kind == Kind.LATEST and not known:
        return None
    return sum(known, Decimal(0))


def _count(kept: Kept, figure: Figure, rows: Sequence[Row], period: Period) -> Decimal:
    return Decimal(sum(row.day >= period.start for row in rows))


def _settled(kept: Kept, figure: Figure, rows: Sequence[Row], period: Period) -> Decimal:
    return Decimal(sum(row.settled and row.day >= period.start for row in rows))


def _in_force(kept: Kept, figure: Figure, rows: Sequence[Row], period: Period) -> Decimal:
    return Decimal(sum(row.until is None or row.until >= period.end for row in rows))


def _numbers(kept: Kept, figure: Figure, rows: Sequence[Row], period: Period) -> list[Decimal]:
    counted = kept.numbers(figure.field)
    written_in = [r for r in rows if r.version in counted and r.day >= period.start]
    return [Decimal(str(r.values[figure.field])) for r in written_in if figure.field in r.values]


def _sum(kept: Kept, figure: Figure, rows: Sequence[Row], period: Period) -> Decimal:
    return sum(_numbers(kept, figure, rows, period), Decimal(0))


def _latest(kept: Kept, figure: Figure, rows: Sequence[Row], period: Period) -> Decimal | None:
    return next(reversed(_numbers(kept, figure, rows, period)), None)


_MADE: dict[str, Callable[[Kept, Figure, Sequence[Row], Period], Decimal | None]] = {
    Kind.COUNT: _count,
    Kind.SUM: _sum,
    Kind.LATEST: _latest,
    Kind.IN_FORCE: _in_force,
    Kind.SETTLED: _settled,
}


def _said(kept: Kept, figure: Figure, number: str) -> str:
    told = {"number": number, "measure": figure.measure, "register": kept.versions[0].name}
    if figure.measure:
        return _("%(number)s %(measure)s, sổ %(register)s") % told
    return _("%(number)s, sổ %(register)s") % told


def _basis(kept: Kept, figure: Figure, period: Period, unit: int | None = None) -> str:
    """The register's list, narrowed to the rows that were counted."""
    base = reverse("registers:register", args=[kept.register.pk])
    asked = [f"don_vi={unit}"] if unit else []
    if figure.kind == Kind.IN_FORCE:
        asked.append(f"hieu_luc={period.end:%d/%m/%Y}")
    else:
        asked += [f"tu={period.start:%d/%m/%Y}", f"den={period.end:%d/%m/%Y}"]
    if figure.where:
        asked.append(f"{figure.where}={figure.option}")
    return f"{base}?{'&'.join(asked)}"
