"""Records as a list, a page and a workbook show them: every value in words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.assignments.status import Status, status_of
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.registers import queries
from danvan.registers.fields import Field, Kind
from danvan.registers.models import Record, RegisterVersion
from danvan.ui import workbooks, written

# A list shows so many of the declared fields; the record shows all.
IN_LIST = 5


@dataclass(frozen=True, slots=True)
class Value:
    """One field of a record in words; ``url`` where it leads somewhere."""

    field: Field
    said: str
    url: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list. ``work``: how the work given on its ground stands."""

    record: Record
    unit: str
    values: list[Value]
    work: Status | None


def columns(version: RegisterVersion) -> list[Field]:
    """The first fields that fit a cell."""
    wide = (Kind.LONG_TEXT, Kind.FILE)
    short = [f for f in version.declared if f.kind not in wide]
    return (short or [f for f in version.declared if f.kind != Kind.FILE])[:IN_LIST]


def lines(records: Sequence[Record], shown: Sequence[Field] | None = None) -> list[Line]:
    """In words: two queries whatever the number of records. ``shown``: fields, None all."""
    today = clock.today()
    versions = queries.versions_of(queries.units_named(records))
    papers = queries.documents_by_symbol(records)
    made = []
    for record in records:
        names = queries.names_that_day(versions, record.day)
        values = [_value(f, record, names, papers) for f in _shown(record, shown)]
        work = status_of(record.assignment, today) if record.assignment else None
        made.append(Line(record, names.get(record.unit_id, ""), values, work))
    return made


def _shown(record: Record, shown: Sequence[Field] | None) -> list[Field]:
    """The fields of the record's own version, under the columns of the list."""
    own = [f for f in record.version.declared if f.kind != Kind.FILE]
    if shown is None:
        return own
    by_code = {f.code: f for f in own}
    return [by_code.get(field.code, field) for field in shown]


def _value(
    field: Field, record: Record, names: dict[int, str], papers: dict[str, Document]
) -> Value:
    kept = record.values.get(field.code)
    said = field.said(kept, names)
    if kept and field.kind == Kind.LINK:
        return Value(field, said, str(kept), outside=True)
    if kept and field.kind == Kind.DOCUMENT and (paper := papers.get(str(kept))):
        return Value(field, said, reverse("documents:document", args=[paper.pk]))
    return Value(field, said)


def workbook(version: RegisterVersion, found: Sequence[Line]) -> bytes:
    """Every field of the newest version; days and numbers as such, text never as a formula."""
    out = io.BytesIO()
    book = workbooks.new(out, version.name)
    look = {"text_wrap": True, "valign": "top", "border": 1}
    bold, cell = book.add_format({**look, "bold": True}), book.add_format(look)
    days = book.add_format({**look, "num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(_("Sổ"))
    sheet.write_string(0, 0, version.name, book.add_format({"bold": True, "font_size": 14}))
    made = _("Xuất ngày %s") % written.day(clock.today())
    sheet.write_string(1, 0, made)
    fields = [f for f in version.declared if f.kind != Kind.FILE]
    heads = [_("Đơn vị"), version.day_label]
    heads += [version.end_label] if version.keeps_validity else []
    heads += [f.heading for f in fields]
    heads += [_("Việc được giao"), _("Hạn")] if version.gives else []
    for column, head in enumerate(heads):
        sheet.write_string(3, column, head, bold)
    for row, line in enumerate(found, start=4):
        for column, value in enumerate(_cells(version, fields, line)):
            _write(sheet, row, column, value, cell, days)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(heads), 18)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return out.getvalue()


def _cells(version: RegisterVersion, fields: Sequence[Field], line: Line) -> list[Any]:
    record = line.record
    values = {value.field.code: value for value in line.values}
    cells: list[Any] = [line.unit, record.day]
    cells += [record.until] if version.keeps_validity else []
    for field in fields:
        value = values.get(field.code)
        kept = record.values.get(field.code)
        if value is None or kept is None:
            cells.append(None)
        elif value.field.kind in (Kind.NUMBER, Kind.DATE):
            cells.append(value.field.typed(kept))
        else:
            cells.append(value.said)
    if version.gives:
        given: Assignment | None = record.assignment
        cells += [line.work.said if line.work else None, given.due_on if given else None]
    return cells


def _write(sheet: Any, row: int, column: int, value: Any, cell: Any, days: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, cell)
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, value, days)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, cell)
    else:
        sheet.write_number(row, column, value, cell)
