"""Figures of a period from a system that holds the cases itself: totals, reference, link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import ALLOWED, Actor, Decision, refuse
from danvan.kernel.actions import record
from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells, register
from danvan.organisations import roles
from danvan.organisations.finding import UnitFinder
from danvan.petitions.models import OutsideFigures

NUMBERS = ("received", "due", "settled_on_time", "overdue")
IMPORTING = (roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE)
_url = URLValidator(schemes=["http", "https"])


def _may(actor: Actor) -> Decision:
    if actor.scopes(*IMPORTING):
        return ALLOWED
    return refuse(_("Chỉ thanh tra hoặc văn phòng mới nhập số liệu đơn thư của hệ thống khác."))


def judge(rows: Sequence[Row], actor: Actor) -> list[Verdict]:
    """Three queries for all rows."""
    finder = UnitFinder()
    kept = {(f.unit_id, f.system, f.start, f.end): f for f in OutsideFigures.objects.all()}
    seen: dict[tuple[Any, ...], int] = {}
    return [_judged(row, finder, kept, seen) for row in rows]


def _judged(
    row: Row,
    finder: UnitFinder,
    kept: dict[tuple[Any, ...], OutsideFigures],
    seen: dict[tuple[Any, ...], int],
) -> Verdict:
    try:
        unit = finder.find(row["unit"], row["end"])
    except ValueError as why:
        return Verdict.error("unit", why)
    if row["end"] < row["start"]:
        return Verdict.error("end", _("ngày cuối kỳ trước ngày đầu kỳ"))
    if wrong := next((n for n in NUMBERS if row[n] < 0), ""):
        return Verdict.error(wrong, _("số không được âm"))
    if row["settled_on_time"] > row["due"]:
        return Verdict.error("settled_on_time", _("nhiều hơn số đến hạn"))
    if row["link"]:
        try:
            _url(row["link"])
        except ValidationError:
            return Verdict.error("link", _("không phải là một liên kết http"))
    key = (unit, row["system"], row["start"], row["end"])
    if (before := seen.setdefault(key, row.number)) != row.number:
        return Verdict.error("unit", _("trùng với dòng %d") % before)
    known = kept.get(key)
    if known is None:
        return Verdict.new(f"{finder.names[unit]}, {row['system']}")
    told = [f"{getattr(known, n)} → {row[n]}" for n in NUMBERS if getattr(known, n) != row[n]]
    return Verdict.changed("; ".join(told)) if told else Verdict.same()


def write(rows: Sequence[Row], touches: Touches, by: Actor) -> None:
    """Creates or corrects totals; each unit reads it in its history."""
    finder = UnitFinder()
    for row in rows:
        unit = finder.find(row["unit"], row["end"])
        values: dict[str, Any] = {name: row[name] for name in NUMBERS}
        values |= {"reference": row["reference"], "link": row["link"] or ""}
        key = {
            "unit_id": unit, "system": row["system"], "start": row["start"], "end": row["end"],
        }  # fmt: skip
        known = OutsideFigures.objects.filter(**key).first()
        if known is None:
            made: Any = touches.create([OutsideFigures(**key, **values)])[0]
        else:
            for name, value in values.items():
                setattr(known, name, value)
            touches.update([known], list(values))
            made = known
        record(made, concerns=unit, name=row["system"], until=row["end"])


FIGURES = Table(
    code="petitions.figures",
    label=gettext_lazy("Số liệu đơn thư ở hệ thống khác"),
    about=gettext_lazy(
        "Mỗi dòng là số liệu một kỳ của một đơn vị, lấy từ cơ sở dữ liệu quốc gia về tiếp công "
        "dân, khiếu nại, tố cáo hoặc tổng đài 1022. Chỉ giữ tổng số, mã tham chiếu và liên kết."
    ),
    columns=(
        Column("unit", gettext_lazy("Đơn vị"), required=True, example="UBND Phường 1"),
        Column("system", gettext_lazy("Hệ thống"), required=True, example="Tổng đài 1022",
               parse=cells.text_of(100)),
        Column("start", gettext_lazy("Từ ngày"), required=True, example="01/01/2023",
               parse=cells.day),
        Column("end", gettext_lazy("Đến hết ngày"), required=True, example="31/03/2023",
               parse=cells.day),
        Column("received", gettext_lazy("Tiếp nhận"), required=True, example="40",
               parse=cells.whole),
        Column("due", gettext_lazy("Đến hạn"), required=True, example="38", parse=cells.whole),
        Column("settled_on_time", gettext_lazy("Đúng hạn"), required=True, example="37",
               parse=cells.whole),
        Column("overdue", gettext_lazy("Đang quá hạn"), required=True, example="1",
               parse=cells.whole),
        Column("reference", gettext_lazy("Tham chiếu"), required=True,
               example="Báo cáo quý I trên hệ thống", parse=cells.text_of(200)),
        Column("link", gettext_lazy("Liên kết"), example="https://1022.example/bao-cao",
               parse=cells.text_of(200)),
    ),
    may=_may,
    judge=judge,
    write=write,
)  # fmt: skip


def offer() -> None:
    """Puts the table on the pages of imports."""
    register(FIGURES)
