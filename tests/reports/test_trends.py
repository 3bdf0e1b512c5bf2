"""The indices of a unit in its report: picture and table on the page, table in the .docx."""

from __future__ import annotations

import io

import docx
from django.urls import reverse

from danvan.indices.actions import editions
from danvan.reports import papers, trends
from tests.indices.conftest import edition, figures, new_unit, succession
from tests.reports.conftest import Case, day
from vanban.checking import check


def kept(case: Case) -> None:
    """PAR Index of Phường 1 in 2021, 2022, 2023 and, after the report's year, 2024."""
    office = case.city.actor("noi-vu")
    editions.enact(case.city.body, rows=editions.shipped(), by=office)
    for year, value in ((2021, "75.5"), (2022, "80"), (2023, "78.25"), (2024, "90")):
        edition(case.city, year, {"phuong-1": figures(value, rank=2), "phuong-2": figures("60")})


def test_row_22_the_series_of_the_unit_stands_on_the_page_and_in_the_document(
    case: Case, sign_in, on_day
) -> None:
    on_day(2024, 12, 26)
    kept(case)
    on_day(2023, 12, 1)
    report = case.begun()
    (told,) = trends.trends_of(report)
    assert [row.now.edition.year for row in told.rows] == [2021, 2022, 2023]
    assert [trends.result_said(row).split(" ")[0] for row in told.rows] == [
        "75,5/100", "80/100", "78,25/100",
    ]  # fmt: skip
    page = sign_in("phuong-1").get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "<polyline" in page and "2021 75,5; 2022 80; 2023 78,25" in page
    assert "78,25/100" in page and "60/100" not in page
    assert "−1,75 điểm %" in page, [row.said for row in told.rows]
    assert "2023 (minh họa)" in page
    paper = papers.compose(report, case.head("phuong-1"))
    data = papers.file_of(paper, "1", "BC-UBND", day(2023, 12, 1))
    assert check(data) == ()
    cells = [
        [cell.text for cell in row.cells]
        for table in docx.Document(io.BytesIO(data)).tables
        for row in table.rows
    ]
    row = next(row for row in cells if row[1].startswith("2023") and "78,25/100" in row[2])
    assert row[3:] == ["2/3", "−1,75 điểm %"]
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    assert "không phải kết quả do cơ quan nào công bố" in text


def test_row_22_a_unit_nobody_measured_says_so(case: Case, sign_in) -> None:
    report = case.begun()
    page = sign_in("phuong-1").get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "Chưa có kết quả chỉ số nào của đơn vị được công bố." in page
    (block,) = trends.blocks(report)
    assert "Chưa có kết quả" in str(block.text)  # type: ignore[union-attr]


def test_row_22_a_unit_that_took_another_over_is_compared_with_it(case: Case, on_day) -> None:
    on_day(2023, 12, 27)
    office = case.city.actor("noi-vu")
    editions.enact(case.city.body, rows=editions.shipped(), by=office)
    new_unit(case.city, "phuong-cu", "UBND Phường Cũ", day(2020, 1, 1))
    succession(case.city, "phuong-cu", "phuong-1", day(2023, 1, 1))
    edition(case.city, 2022, {"phuong-cu": figures("70")})
    edition(case.city, 2023, {"phuong-1": figures("72")})
    (told,) = trends.trends_of(case.begun())
    assert [(row.now.edition.year, row.change) for row in told.rows] == [(2023, 2)]
    assert told.spark == ""
