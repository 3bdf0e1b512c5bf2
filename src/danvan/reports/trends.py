"""The indices others measure of a unit, year by year: what a report says of them.

Read when shown, not frozen: the signed .docx keeps what it said on the day of approval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from danvan.indices import charts, queries
from danvan.indices.comparing import Comparison
from danvan.indices.models import Index, Result
from danvan.reports.models import Report
from danvan.ui import written
from vanban import writing

COLUMNS = (
    writing.Column("Chỉ số", 42),
    writing.Column("Năm", 16, "center"),
    writing.Column("Kết quả", 34, "center"),
    writing.Column("Thứ hạng", 22, "center"),
    writing.Column("So với năm trước", 50),
)


@dataclass(frozen=True, slots=True)
class Trend:
    """One index of the unit, oldest year first; ``spark`` is empty for a single year."""

    index: Index
    url: str
    rows: Sequence[Comparison]
    spark: SafeString | str

    @property
    def made_up(self) -> bool:
        """Whether any of its figures only illustrates."""
        return any(row.now.edition.illustrative for row in self.rows)


def trends_of(report: Report) -> list[Trend]:
    """Indices with a result of the unit up to the report's last day: five queries per index."""
    own = Result.objects.filter(
        unit=report.unit_id, edition__year__lte=report.period_end.year
    ).order_by()
    codes = set(own.values_list("edition__code", flat=True).distinct())
    before = [row.predecessor_id for row in queries.successions_of([report.unit_id]).get(
        report.unit_id, [])]  # fmt: skip
    held = Result.objects.filter(
        unit__in=[report.unit_id, *before], edition__year__lte=report.period_end.year
    )
    return [
        _trend(index, held.filter(edition__code=index.code).order_by(), report.unit_id)
        for index in queries.newest()
        if index.code in codes
    ]


def _trend(index: Index, held: object, unit: int) -> Trend:
    line = queries.series(held).of(unit)  # type: ignore[arg-type]
    assert line is not None  # the unit has a result of this index
    rows = [line.years[year] for year in sorted(line.years)]
    points = [(str(row.now.edition.year), row.now.rate) for row in rows]
    spark = charts.line(points, index.short_name, width=160, height=40) if len(rows) > 1 else ""
    return Trend(index, reverse("indices:series", args=[index.code]), rows, spark)


def blocks(report: Report) -> Iterator[writing.Block]:
    """The table of the .docx; a sentence where nothing is known."""
    trends = trends_of(report)
    if not trends:
        yield writing.Paragraph("Chưa có kết quả chỉ số nào của đơn vị được công bố.")
        return
    rows: list[writing.Row] = []
    for trend in trends:
        rows += [_row(trend, row) for row in trend.rows]
    yield writing.Table(COLUMNS, tuple(rows), 12)
    if any(trend.made_up for trend in trends):
        yield writing.Paragraph("Dòng ghi “minh họa” không phải kết quả do cơ quan nào công bố.")


def _row(trend: Trend, row: Comparison) -> tuple[str, ...]:
    return (trend.index.short_name, year_said(row), result_said(row), rank_said(row), row.said)


def year_said(row: Comparison) -> str:
    edition = row.now.edition
    return _("%d (minh họa)") % edition.year if edition.illustrative else str(edition.year)


def result_said(row: Comparison) -> str:
    """ "84,25/100 (84,25 %)"."""
    now = row.now
    value, maximum = written.number(now.value, 3), written.number(now.maximum, 3)
    return f"{value}/{maximum} ({written.percent(now.rate)})"


def rank_said(row: Comparison) -> str:
    now = row.now
    return f"{now.rank}/{now.ranked}" if now.rank is not None else written.UNKNOWN
