"""The table of units: what each row will do, and writing it through the keeping of units."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor
from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells
from danvan.organisations import rules, unit_rows
from danvan.organisations.actions import units
from danvan.organisations.models import (
    Appointment,
    Post,
    RoleHolding,
    Succession,
    Unit,
    UnitAlias,
    UnitCode,
    UnitKind,
    UnitVersion,
)

CODE = "organisations.units"
_KINDS = {str(kind.label): kind.value for kind in UnitKind}


def judge(rows: Sequence[Row], _actor: Actor) -> list[Verdict]:
    """Four queries for all rows."""
    reading = _read(rows)
    wrong: dict[int, list[tuple[str, str]]] = {}
    for number, column, sentence in reading.faults:
        wrong.setdefault(number, []).append((column, sentence))
    good = {row.number: row for row in reading.rows}
    kept = units.Kept([row.key for row in reading.rows])
    return [
        Verdict.wrong(wrong[row.number]) if row.number in wrong else _will(good[row.number], kept)
        for row in rows
    ]


def write(rows: Sequence[Row], touches: Touches, by: Actor) -> None:
    """Everything that hangs on the units of the table is watched, so that it can be put back."""
    found = _read(rows).rows
    keys = {row.key for row in found} | {k for row in found for k, _w in row.predecessors}
    of = Q(unit__key__in=keys)
    with touches.watch(
        Unit.objects.filter(key__in=keys),
        UnitVersion.objects.filter(of),
        UnitAlias.objects.filter(of),
        UnitCode.objects.filter(of),
        Succession.objects.filter(Q(predecessor__key__in=keys) | Q(successor__key__in=keys)),
        Post.objects.filter(of),
        RoleHolding.objects.filter(holder__key__in=keys),
        Appointment.objects.filter(of),
    ):
        units.write_rows(found, by=by)


def _will(row: unit_rows.UnitRow, kept: units.Kept) -> Verdict:
    state, says = kept.will(row)
    unconfirmed = [] if row.confirmed or row.closes else [_("đơn vị chưa có nguồn xác nhận")]
    return Verdict(state, says, (), tuple(unconfirmed))


def _read(rows: Sequence[Row]) -> unit_rows.Reading:
    known = Unit.objects.values_list("key", flat=True)
    return unit_rows.read([(r.number, r.values) for r in rows], known, units.codes_kept())


TABLE = Table(
    code=CODE,
    label=gettext_lazy("Đơn vị"),
    about=gettext_lazy(
        "Mỗi dòng một đơn vị với tên từ một ngày. Cùng khóa, ngày mới: tên mới nối tiếp tên cũ. "
        "Chỉ ghi khóa và ngày cuối: đơn vị chấm dứt."
    ),
    columns=(
        Column(
            "key", gettext_lazy("Khóa"), required=True, example="phuong-5",
            parse=cells.text_of(80),
            note=gettext_lazy("Mã riêng, không đổi qua các thời kỳ: a–z, 0–9 và dấu gạch nối."),
        ),
        Column("name", gettext_lazy("Tên đơn vị"), example="UBND Phường 5",
               parse=cells.text_of(200)),
        Column("short_name", gettext_lazy("Tên ngắn"), example="Phường 5",
               parse=cells.text_of(80)),
        Column("kind", gettext_lazy("Loại"), example="UBND phường",
               parse=cells.choice(_KINDS)),
        Column("parent", gettext_lazy("Trực thuộc"), example="thanh-pho",
               note=gettext_lazy("Khóa của đơn vị cấp trên.")),
        Column("valid_from", gettext_lazy("Từ ngày"), example="01/07/2025", parse=cells.day),
        Column("valid_to", gettext_lazy("Đến hết ngày"), parse=cells.day),
        Column("codes", gettext_lazy("Mã chính thức"), example="GSO:25459",
               note=gettext_lazy("Hệ mã:mã; nhiều mã cách nhau bằng dấu chấm phẩy.")),
        Column("aliases", gettext_lazy("Cách gọi khác"), example="P5; Phường V",
               note=gettext_lazy("Cách nhau bằng dấu chấm phẩy.")),
        Column("predecessors", gettext_lazy("Hình thành từ"),
               note=gettext_lazy("Khóa các đơn vị cũ; thêm * nếu chỉ một phần.")),
        Column("confirmed", gettext_lazy("Đã xác nhận"), example="Có", parse=cells.yes_no),
        Column("source", gettext_lazy("Nguồn"), example="tayninh.gov.vn",
               parse=cells.text_of(300)),
        Column("basis", gettext_lazy("Căn cứ"), example="NQ 12/NQ-HĐND ngày 01/6/2025",
               parse=cells.text_of(150)),
    ),
    may=lambda actor: rules.may_keep_units(actor, None),
    judge=judge,
    write=write,
)  # fmt: skip
