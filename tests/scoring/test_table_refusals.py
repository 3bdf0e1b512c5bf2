"""Row 51: tables of score sheets that cannot be meant, each told for what it is."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import xlsxwriter

from danvan.scoring import importing
from danvan.scoring.importing import NotATable, blocks, reading
from tests.scoring import factory

pytestmark = pytest.mark.django_db  # the check asks which facts there are
HEAD = "row_type,block,code,title,max_points,group,group_max,owner_role\n"


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(factory.TEMPLATE.open(encoding="utf-8", newline="")))


def told(lines: list[dict[str, str]]) -> list[str]:
    """What is said of a table that was changed."""
    table = importing.Table([importing.Row(n, line) for n, line in enumerate(lines, 2)])
    return [problem.text for problem in importing.check(table).problems]


def workbook(*cells: tuple[int, int, Any]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row, column, value in cells:
            sheet.write(row, column, value)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD.encode(), "chỉ có dòng tiêu đề"),
        (("," * 300 + "\n").encode(), "quá nhiều dòng hoặc cột"),
        ((HEAD + 'criterion,DEPT,"' + "x" * 200_000).encode(), "dấu ngoặc kép không khép"),
    ],
)
def test_what_is_no_table_of_lines(data: bytes, said: str) -> None:
    with pytest.raises(NotATable, match=said):
        importing.read("bang.csv", data)


def test_workbooks_that_hold_nothing_or_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotATable, match="không có dòng nào"):
        importing.read("bang.xlsx", workbook())
    monkeypatch.setattr(reading, "MOST_UNPACKED", 10)
    with pytest.raises(NotATable, match="quá lớn khi mở ra"):
        importing.read("bang.xlsx", workbook((0, 0, "x")))


def test_a_ticked_cell_is_one() -> None:
    cells = [(0, column, name) for column, name in enumerate(HEAD.strip().split(","))]
    table = importing.read(
        "bang.xlsx", workbook(*cells, (1, 0, "tie"), (1, 2, True), (2, 2, False))
    )
    assert [row["code"] for row in table.rows] == ["1", "0"]


def test_a_row_of_an_unknown_kind_is_told_and_the_others_are_read() -> None:
    lines = rows()
    before = told(lines)
    said = told([*lines, {"row_type": "khác", "block": "DEPT"}])
    assert before == [] and len(said) == 1 and "khác" in said[0]


def test_rounding_is_said_once_and_a_group_has_one_name() -> None:
    line = {"row_type": "rounding", "block": "DEPT", "threshold": "1"}
    kept = [row for row in rows() if row["row_type"] != "rounding"]
    assert told([*kept, line]) == []
    assert "Làm tròn đã ghi ở dòng trên." in told([*kept, line, line])
    lines = rows()
    second = [row for row in lines if row["row_type"] == "criterion" and row["block"] == "DEPT"][1]
    second["group_title"] = "Tên nhóm khác hẳn"
    assert f"Tên nhóm {second['group']} khác dòng trên." in told(lines)


def test_a_bonus_needs_no_way_of_judging() -> None:
    lines = rows()
    bonus = next(row for row in lines if row["row_type"] == "bonus")
    bonus["method"] = ""
    assert told(lines) == []
    table = importing.Table([importing.Row(n, line) for n, line in enumerate(lines, 2)])
    planned = [c for held in importing.check(table).sets for c in held.criteria]
    assert {c["method"] for c in planned if c["code"] == bonus["code"]} == {"bonus"}


def test_one_class_is_no_scale() -> None:
    lines = [row for row in rows() if row["row_type"] not in ("class", "cap")]
    one = next(row for row in rows() if row["row_type"] == "class")
    assert any("cần ít nhất hai xếp loại." in text for text in told([*lines, one]))


def test_two_ways_to_one_criterion_are_no_circle() -> None:
    reads = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
    assert blocks._around("a", reads) is None
    assert blocks._around("a", {**reads, "d": ["a"]}) in (
        ["a", "b", "d", "a"],
        ["a", "c", "d", "a"],
    )


def test_a_mistake_in_a_row_of_all_blocks_is_told_once() -> None:
    lines = rows()
    cap = next(row for row in lines if row["row_type"] == "cap" and row["block"] == "ALL")
    said = told([*lines, cap])
    assert len(said) == 1 and cap["code"] in said[0]
