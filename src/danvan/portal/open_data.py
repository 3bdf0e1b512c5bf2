"""Open data: tables of counts and public facts, as CSV that a spreadsheet reads. No person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.democracy import public as democracy
from danvan.kernel.facts import Period
from danvan.petitions import public as petitions
from danvan.portal import places
from danvan.scoring import public as scoring

Rows = Iterator[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns are the first row."""

    title: Any
    columns: tuple[str, ...]
    rows: Callable[[dt.date], Rows]


def _rankings(day: dt.date) -> Rows:
    for held in scoring.published_rankings():
        found = scoring.published_ranking(held.pk)
        for block in found.blocks if found else ():
            for row in block.rows:
                yield (held.year, held.decision, held.decided_on, block.label, row.unit, row.points,
                       row.rate, row.rank, row.band)  # fmt: skip


def _disclosures(day: dt.date) -> Rows:
    for body, _name in places.bodies():
        for row in democracy.disclosures(body, day):
            yield (
                row.unit_name,
                row.matter,
                row.article,
                row.title,
                row.decided_on,
                row.since,
                row.until,
            )


def _petitions(day: dt.date) -> Rows:
    """By quarter of this year and the last, so far as it has begun."""
    for body, name in places.bodies():
        for year in (day.year - 1, day.year):
            for quarter in range(1, 5):
                period = _quarter(year, quarter)
                if period.start <= day:
                    told = petitions.figures(body, period)
                    yield (name, year, quarter, told.received, told.due, told.on_time, told.overdue)


def _reception(day: dt.date) -> Rows:
    for body, _name in places.bodies():
        for held in petitions.reception_calendar(
            body, dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
        ):
            how = "trực tuyến" if held.online else "trực tiếp"
            yield held.unit, held.on, held.hours, held.place, how, held.state


def _quarter(year: int, quarter: int) -> Period:
    start = dt.date(year, 3 * quarter - 2, 1)
    after = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return Period(start, after - dt.timedelta(days=1))


TABLES = {
    "xep-loai": Table(
        _("Kết quả xếp loại đã công bố"),
        ("nam", "quyet_dinh", "ngay", "khoi", "don_vi", "diem", "ty_le", "hang", "xep_loai"),
        _rankings,
    ),
    "niem-yet": Table(
        _("Nội dung đã công khai"),
        ("don_vi", "noi_dung", "can_cu", "ten", "ngay_van_ban", "tu_ngay", "den_ngay"),
        _disclosures,
    ),
    "don-thu": Table(
        _("Số đơn đã nhận và giải quyết theo quý"),
        ("co_quan", "nam", "quy", "da_nhan", "den_han", "dung_han", "qua_han"),
        _petitions,
    ),
    "tiep-cong-dan": Table(
        _("Lịch tiếp công dân trong năm"),
        ("don_vi", "ngay", "gio", "noi_tiep", "hinh_thuc", "tinh_trang"),
        _reception,
    ),
}
