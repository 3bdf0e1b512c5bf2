"""``vanban.pdf_tables``: ruled tables of a PDF by cell."""

from __future__ import annotations

import datetime as dt

from tests.vanban import files
from vanban import read
from vanban.pdf_text import pdf_to_text

HEAD: list[files.Line] = [
    (60, 800, "ỦY BAN NHÂN DÂN"),
    (320, 800, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (60, 783, "XÃ ĐỒNG MỎ"),
    (320, 783, "Độc lập - Tự do - Hạnh phúc"),
    (60, 760, "Số: 9/KH-UBND"),
    (320, 760, "Đồng Mỏ, ngày 05 tháng 02 năm 2024"),
    (250, 730, "KẾ HOẠCH"),
    (180, 713, "Công tác dân vận năm 2024"),
    (70, 690, "I. PHÂN CÔNG NHIỆM VỤ"),
]
COLUMNS = (60.0, 95.0, 230.0, 330.0, 430.0, 540.0)


def table(
    top: float, rows: list[list[list[str]]], wide: set[int] | None = None
) -> tuple[list[files.Line], list[files.Rule]]:
    """Words and rules of a table; ``wide`` rows are one cell from the first column on."""
    words: list[files.Line] = []
    rules: list[files.Rule] = [(COLUMNS[0], top, COLUMNS[-1], top)]
    y = top
    for at, row in enumerate(rows):
        height = 17.0 * max(len(cell) for cell in row) + 6
        for column, cell in enumerate(row):
            for line, text in enumerate(cell):
                words.append((COLUMNS[column] + 4, y - 14 - 17 * line, text))
        inner = (COLUMNS[0], COLUMNS[-1]) if at in (wide or set()) else COLUMNS
        rules += [(x, y, x, y - height) for x in inner]
        y -= height
        rules.append((COLUMNS[0], y, COLUMNS[-1], y))
    return words, rules


HEADER = [["STT"], ["Nội dung"], ["Chủ trì"], ["Phối hợp"], ["Thời gian", "hoàn thành"]]
ROWS = [
    [["1"], ["Ban hành kế hoạch", "tuyên truyền"], ["Văn phòng", "HĐND và UBND"], ["Các thôn"],
     ["Trước ngày", "15/3/2024"]],
    [["2"], ["Kiểm tra"], ["Công an xã"], [""], ["Thường xuyên"]],
]  # fmt: skip


def test_words_fall_into_their_cells() -> None:
    words, rules = table(660, [HEADER, *ROWS])
    data = files.pdf([[*HEAD, *words]], size=10, rules=[rules])
    assert "| 1 | Ban hành kế hoạch<br>tuyên truyền | Văn phòng<br>HĐND và UBND |" in pdf_to_text(
        data
    )
    document = read(data, "a.pdf")
    assert (document.header.number, document.header.date) == ("9", dt.date(2024, 2, 5))
    first, second = document.duties
    assert [(p.name, p.role) for p in first.parties] == [
        ("Văn phòng HĐND và UBND", "lead"),
        ("Các thôn", "coordinate"),
    ]
    assert first.due is not None
    assert first.due.date == dt.date(2024, 3, 15)
    assert second.due is None


def test_a_row_across_the_table_names_a_group() -> None:
    words, rules = table(660, [HEADER, [["I. CÔNG TÁC TUYÊN TRUYỀN"]], *ROWS], wide={1})
    text = pdf_to_text(files.pdf([[*HEAD, *words]], size=10, rules=[rules]))
    assert "| I. CÔNG TÁC TUYÊN TRUYỀN |" in text.splitlines()


def test_a_table_goes_on_over_the_page_with_its_header_again_or_without() -> None:
    words, rules = table(660, [HEADER, ROWS[0]])
    for second in ([HEADER, ROWS[1]], [ROWS[1]]):
        more, more_rules = table(780, second)
        if len(second) == 1:  # one row is no grid: give it a neighbour
            more, more_rules = table(780, [*second, ROWS[0]])
        data = files.pdf([[*HEAD, *words], more], size=10, rules=[rules, more_rules])
        names = [d.parties[0].name for d in read(data, "a.pdf").duties]
        assert names[:2] == ["Văn phòng HĐND và UBND", "Công an xã"]


def test_rules_that_make_no_grid_change_nothing() -> None:
    line: list[files.Rule] = [(320, 778, 500, 778), (60, 778, 120, 778)] * 4
    plain = files.pdf([HEAD], size=10)
    assert pdf_to_text(files.pdf([HEAD], size=10, rules=[line])) == pdf_to_text(plain)
