"""Tables and annexes that ``vanban.writing`` makes, judged on their XML."""

from __future__ import annotations

import pytest

from tests.vanban import official_papers as papers
from tests.vanban.official_papers import W, in_style, root, words
from vanban.writing import Annex, Column, Group, Paragraph, Table


def test_a_long_table_repeats_both_heading_rows_and_keeps_rows_whole() -> None:
    data = papers.decision(annexes=(Annex("Danh sách", papers.ranking(500)),))
    table = root(data).findall(f".//{W}tbl")[-1]
    rows = table.findall(W + "tr")
    assert len(rows) == 2 + 2 + 500
    headings = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert headings == [True, True] + [False] * 502
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_grid_and_cells_state_the_same_widths() -> None:
    table = root(papers.decision()).findall(f".//{W}tbl")[-1]
    grid = [int(column.get(W + "w")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    for row in table.findall(W + "tr"):
        place = 0
        for cell in row.findall(W + "tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide = int(span.get(W + "val")) if span is not None else 1
            stated = int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w"))
            assert abs(stated - sum(grid[place : place + wide])) <= wide
            place += wide
        assert place == len(grid)


def test_columns_of_a_group_share_a_heading() -> None:
    table = root(papers.decision()).findall(f".//{W}tbl")[-1]
    upper, lower = table.findall(W + "tr")[:2]
    assert [words(cell) for cell in upper.findall(W + "tc")] == [
        "Hạng",
        "Cơ quan, đơn vị",
        "Kết quả thẩm định",
        "Xếp loại",
        "Ghi chú",
    ]
    assert [words(cell) for cell in lower.findall(W + "tc")] == [
        "",
        "",
        "Điểm",
        "Tối đa",
        "Tỷ lệ (%)",
        "",
        "",
    ]


def test_a_group_row_spans_the_table() -> None:
    columns = (Column("STT", 20), Column("Tên", 50), Column("Số", 20))
    table = Table(columns, (Group("Khối một", "I"), ("1", "A", "2"), Group("Khối hai")))
    data = papers.plan(body=(Paragraph("Bảng:"), table))
    rows = root(data).findall(f".//{W}tbl")[1].findall(W + "tr")
    assert [words(cell) for cell in rows[1] if cell.tag == W + "tc"] == ["I", "Khối một"]
    assert [words(cell) for cell in rows[3] if cell.tag == W + "tc"] == ["Khối hai"]


def test_a_table_without_rows_prints_its_headings() -> None:
    data = papers.plan(body=(Table((Column("Tên", 50),), ()),))
    assert in_style(data, "BangDau") == ["Tên"]


def test_one_annex_is_not_numbered_and_cites_its_document() -> None:
    data = papers.decision()
    assert in_style(data, "PhuLuc") == ["Phụ lục"]
    assert in_style(data, "PhuLucTen") == ["KẾT QUẢ XẾP LOẠI NĂM 2023"]
    assert in_style(data, "PhuLucDan") == [
        "(Kèm theo Quyết định số 1234/QĐ-UBND ngày 04 tháng 11 năm 2023 "
        "của Chủ tịch Ủy ban nhân dân thành phố Tây Ninh)"
    ]


def test_a_reference_may_be_given() -> None:
    annex = Annex("Tên", papers.ranking(1), reference="(Kèm theo Quyết định của Chủ tịch)")
    data = papers.decision(annexes=(annex,))
    assert in_style(data, "PhuLucDan") == ["(Kèm theo Quyết định của Chủ tịch)"]


def test_several_annexes_are_numbered_and_a_wide_one_turns_its_page() -> None:
    data = papers.report()
    assert in_style(data, "PhuLuc") == ["Phụ lục I", "Phụ lục II"]
    sizes = [
        (page.get(W + "orient"), int(page.get(W + "w")) > int(page.get(W + "h")))
        for page in root(data).iter(W + "pgSz")
    ]
    assert sizes == [(None, False), (None, False), ("landscape", True)]
    starts = [node.get(W + "start") for node in root(data).iter(W + "pgNumType")]
    assert starts == ["1", "1", "1"]


def test_a_table_wider_than_the_page_is_refused() -> None:
    wide = Table((Column("A", 150), Column("B", 150)), ())
    with pytest.raises(ValueError, match=r"^columns: 300 mm"):
        papers.decision(annexes=(Annex("Tên", wide),))
    with pytest.raises(ValueError, match=r"^columns: 170 mm"):
        papers.plan(body=(Table((Column("A", 85), Column("B", 85)), ()),))
