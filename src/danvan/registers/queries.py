"""Reads worth a name. A list of records is a constant number of queries."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from danvan.assignments.models import Assignment
from danvan.documents.models import Document
from danvan.kernel.access import Actor
from danvan.organisations.models import Unit, UnitVersion
from danvan.registers.fields import Field, Kind
from danvan.registers.models import Record, RecordFile, Register, RegisterVersion
from danvan.registers.rules import ACTING, BELONGING, OVERSEEING, TRUSTED
from vanban import symbols
from vanban.text import search_key

Reading = RegisterVersion.Reading


def visible_to(actor: Actor) -> QuerySet[Register]:
    """Registers whose newest version is not limited, for everybody with a place here.

    A limited one exists for those trusted with it, for units that write in it, and for a unit
    it holds something about.
    """
    held = Register.objects.select_related("body").prefetch_related(
        Prefetch("versions", RegisterVersion.objects.order_by("-number"))
    )
    if not actor.holds:
        return held.none()
    newest = RegisterVersion.objects.filter(register=OuterRef("pk")).order_by("-number")
    acting = actor.scopes(*ACTING)
    own = Record.objects.filter(unit__in=acting, withdrawn_at=None).values("register")
    of_all = Q(newest_reading__in=[Reading.EVERYBODY, Reading.CONCERNED])
    limited = Q(body__in=actor.scopes(*TRUSTED)) | Q(pk__in=own)
    if acting:
        limited |= Q(newest_units_write=True)
    return held.annotate(
        newest_reading=Subquery(newest.values("reading")[:1]),
        newest_units_write=Subquery(newest.values("units_write")[:1]),
    ).filter(of_all | limited)


def records_visible_to(actor: Actor) -> QuerySet[Record]:
    """By the rule of the version each was written under, withdrawn ones too."""
    held = Record.objects.select_related("register__body", "version", "entered_by")
    if not actor.holds:
        return held.none()
    concerned = Q(version__reading=Reading.CONCERNED) & (
        Q(unit__in=actor.scopes(*BELONGING)) | Q(register__body__in=actor.scopes(*OVERSEEING))
    )
    limited = Q(version__reading=Reading.LIMITED) & (
        Q(unit__in=actor.scopes(*ACTING)) | Q(register__body__in=actor.scopes(*TRUSTED))
    )
    return held.filter(Q(version__reading=Reading.EVERYBODY) | concerned | limited)


def files_visible_to(actor: Actor) -> QuerySet[RecordFile]:
    held = RecordFile.objects.select_related("file", "record__version", "record__register")
    return held.filter(record__in=records_visible_to(actor).values("pk"))


def counts(actor: Actor, registers: Iterable[Register]) -> dict[int, int]:
    """Register → records in it that this actor may read."""
    held = records_visible_to(actor).filter(register__in=list(registers), withdrawn_at=None)
    return dict(
        held.order_by().values_list("register").annotate(n=Count("pk")).values_list("register", "n")
    )


def units_named(records: Sequence[Record]) -> set[int]:
    """Every unit a page about these records names: whom they concern and what they hold."""
    found = {record.unit_id for record in records}
    for record in records:
        for field in record.version.declared:
            if field.kind == Kind.UNIT and record.values.get(field.code):
                found.add(record.values[field.code])
    return found


def versions_of(units: Iterable[int]) -> dict[int, list[UnitVersion]]:
    """Unit → its versions, oldest first; one query."""
    found: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in UnitVersion.objects.filter(unit__in=list(units)).order_by("valid_from"):
        found[version.unit_id].append(version)
    return found


def names_that_day(versions: Mapping[int, list[UnitVersion]], day: dt.date) -> dict[int, str]:
    """Unit → what it was called that day; its last name if it had none."""
    return {
        unit: next((v.name for v in held if v.holds_on(day)), held[-1].name)
        for unit, held in versions.items()
    }


def related(actor: Actor, record: Record) -> list[Record]:
    """Other records in view that name one of the record's documents: a programme's yearly
    plans and reviews stand by it. The newest twenty; no query where no document is named."""
    said = [
        search_key(str(record.values[f.code]))
        for f in record.version.declared
        if f.kind == Kind.DOCUMENT and record.values.get(f.code)
    ]
    if not said:
        return []
    named = functools.reduce(operator.or_, (Q(search_key__contains=code) for code in said))
    held = records_visible_to(actor).filter(named, withdrawn_at=None).exclude(pk=record.pk)
    return list(held.exclude(version__reading=Reading.LIMITED).order_by("-day", "-pk")[:20])


def documents_by_symbol(records: Sequence[Record]) -> dict[str, Document]:
    """Symbol as written in these records → the register of documents' own, newest; one query."""
    said = {
        str(record.values[field.code])
        for record in records
        for field in record.version.declared
        if field.kind == Kind.DOCUMENT and record.values.get(field.code)
    }
    keys = {symbols.key(code)[:80]: code for code in said}
    if not keys:
        return {}
    known = {
        d.code_key: d
        for d in Document.objects.filter(code_key__in=keys).order_by("issued_on").defer("text")
    }
    return {code: known[key] for key, code in keys.items() if key in known}


def narrowed(
    records: QuerySet[Record], asked: Mapping[str, Any], version: RegisterVersion
) -> QuerySet[Record]:
    """The records a filter asks for; every word is found with or without marks."""
    for word in search_key(asked.get("q", "")).split():
        named = UnitVersion.objects.filter(search_key__contains=word).values("unit")
        records = records.filter(Q(search_key__contains=word) | Q(unit__in=named))
    plain = {
        "unit": asked.get("don_vi"), "day__gte": asked.get("tu"), "day__lte": asked.get("den"),
    }  # fmt: skip
    records = records.filter(**{name: value for name, value in plain.items() if value})
    if day := asked.get("hieu_luc"):
        open_end = Q(until__isnull=True) | Q(until__gte=day)
        records = records.filter(open_end, day__lte=day)
    if work := asked.get("viec"):
        records = records.filter(_WORK[work])
    for field in version.declared:
        if value := asked.get(field.code):
            records = records.filter(_holds(field, value))
    return records


_DONE = [Assignment.State.ACCEPTED, Assignment.State.EXEMPT]
_WORK = {
    "chua": Q(assignment__isnull=True),
    "dang": Q(assignment__isnull=False) & ~Q(assignment__state__in=_DONE),
    "xong": Q(assignment__state__in=_DONE),
}


def _holds(field: Field, value: str) -> Q:
    if field.kind == Kind.YES_NO:
        said = Q(**{f"values__{field.code}": True})
        return said if value == "yes" else ~said
    return Q(**{f"values__{field.code}": value})


def expiring(actor: Actor, today: dt.date) -> list[Record]:
    """Records whose validity ends within their version's days of warning, soonest first."""
    furthest = today + dt.timedelta(days=365)
    held = records_visible_to(actor).filter(
        until__gte=today, until__lte=furthest, withdrawn_at=None, version__keeps_validity=True
    )
    return [
        record
        for record in held.order_by("until", "pk")
        if record.until and (record.until - today).days <= record.version.warn_days
    ]


def not_given(actor: Actor, bodies: Iterable[int]) -> list[Record]:
    """Records that ask for work nobody gave yet, in registers of these bodies."""
    held = records_visible_to(actor).filter(
        register__body__in=list(bodies), assignment=None, withdrawn_at=None
    )
    return list(held.exclude(version__gives="").order_by("register", "day", "pk"))


def keeping_bodies(bodies: Iterable[int]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=list(bodies)).prefetch_related("versions"))


def taken_codes(body: Unit) -> Mapping[str, int]:
    """Codes of the body's registers → register."""
    return dict(Register.objects.filter(body=body).values_list("code", "pk"))
