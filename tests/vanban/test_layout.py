"""``vanban.layout``: lines, joins, tables, and the way back to the source."""

from __future__ import annotations

import pytest

from vanban.flat_tables import gather
from vanban.layout import Paragraph, Table, blocks, clean


def paragraphs(source: str) -> list[str]:
    return [b.text for b in blocks(source) if isinstance(b, Paragraph)]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("**- **Triển  khai", "- Triển khai"),
        ("### 3. Gắn với *dân chủ*", "3. Gắn với dân chủ"),
        ("* Thời gian: quý I", "* Thời gian: quý I"),
        ("a\u00a0b\u200bc", "a bc"),
        ("1\\. Mục đích", "1. Mục đích"),
    ],
)
def test_markup_goes_words_stay(raw: str, words: str) -> None:
    assert clean(raw, 0, len(raw)).text == words


def test_every_character_knows_its_place() -> None:
    source = "**I.** MỤC ĐÍCH\n\nCơ quan  *chủ trì*"
    for block in blocks(source):
        assert isinstance(block, Paragraph)
        for index, character in enumerate(block.text):
            place = block.piece.at[index]
            assert source[place] == character or (character == " " and source[place].isspace())


WRAPPED = """**I. MỤC
ĐÍCH, YÊU CẦU**

**1. **Nâng cao hiệu quả công tác phục vụ người dân trên địa bàn phường theo Kế
hoạch số 12/KH-UBND; gắn với phát triển kinh tế
- xã hội giai đoạn 2026
- 2030.

- Bảo đảm thiết thực, hiệu quả, phù hợp với điều kiện thực tế của từng cơ quan.

2. Xác định rõ trách nhiệm của người đứng đầu trong tổ chức thực hiện kế hoạch,
bảo đảm đúng tiến độ.

a) Phân công rõ việc.

b) Kiểm tra thường xuyên.
"""


def test_wrapped_lines_are_joined_and_markers_kept_apart() -> None:
    found = paragraphs(WRAPPED)
    assert found[0] == "I. MỤC ĐÍCH, YÊU CẦU"
    assert found[1].endswith("phát triển kinh tế - xã hội giai đoạn 2026 - 2030.")
    assert found[2].startswith("- Bảo đảm")
    assert found[4] == "a) Phân công rõ việc."


def test_a_sentence_cut_by_a_page_is_one_again() -> None:
    long = "- Tiếp tục tuyên truyền các chủ trương, chính sách của Nhà nước về công tác dân vận và"
    assert paragraphs(f"{long}\n\n2\n\ncác văn bản hướng dẫn thi hành.") == [
        f"{long} các văn bản hướng dẫn thi hành."
    ]
    assert paragraphs("MỤC LỤC CÁC PHẦN CỦA KẾ HOẠCH NÀY\n\nnội dung") == [
        "MỤC LỤC CÁC PHẦN CỦA KẾ HOẠCH NÀY",
        "nội dung",
    ]


def test_unwrapped_lines_are_paragraphs() -> None:
    line = "Sở Nội vụ theo dõi, đôn đốc việc thực hiện kế hoạch " * 4
    found = paragraphs("\n".join([line.strip() + ".", "- Phòng Tư pháp", line.strip() + "."] * 4))
    assert len(found) == 12


def test_bordered_tables() -> None:
    source = (
        "|\nSTT\n|\nNhiệm vụ\n|\nChủ trì\n|\n|\n1\n|\nLập kế\nhoạch\n|\n|\n|\n2\n|\nTổng kết\n"
        "|\nSở A\n|\n\nHết."
    )
    table, after = blocks(source)
    assert isinstance(table, Table)
    assert isinstance(after, Paragraph)
    assert [[c.text for c in row] for row in table.rows] == [
        ["STT", "Nhiệm vụ", "Chủ trì"],
        ["1", "Lập kế hoạch"],
        ["2", "Tổng kết", "Sở A"],
    ]


def test_markdown_tables() -> None:
    (table,) = blocks("| Số: 5 | ngày |\n| --- | --- |\n| a<br>b | c \\| d |")
    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in table.rows] == [["Số: 5", "ngày"], ["a b", "c | d"]]
    assert [line.text for line in table.rows[1][0].lines] == ["a", "b"]


def test_tables_that_lost_their_borders() -> None:
    cells = [
        "STT",
        "Nội dung công việc",
        "Đơn vị chủ trì",
        "Thời gian",
        "I",
        "Chuẩn bị",
        "1",
        "Lập danh sách",
        "Phòng A",
        "Quý I",
        "2",
        "In ấn",
        "Phòng B",
        "Quý II",
        "Nơi nhận: như trên",
    ]
    table, rest = gather(blocks("\n\n".join(cells)))
    assert isinstance(table, Table)
    assert isinstance(rest, Paragraph)
    assert [[c.text for c in row] for row in table.rows[2:]] == [
        ["1", "Lập danh sách", "Phòng A", "Quý I"],
        ["2", "In ấn", "Phòng B", "Quý II"],
    ]


def test_cells_without_blank_lines_between_them() -> None:
    source = (
        "STT\nNội dung công việc\nĐơn vị chủ trì\nThời gian\n1\nLập danh sách hộ\ndân\nPhòng "
        "A\nQuý I"
    )
    filler = "\n".join(
        ["Phòng Nội vụ theo dõi, đôn đốc và tổng hợp kết quả thực hiện của các đơn vị."] * 9
    )
    tables = [b for b in gather(blocks(f"{filler}\n\n{source}")) if isinstance(b, Table)]
    assert [[c.text for c in row] for row in tables[0].rows[1:]] == [
        ["1", "Lập danh sách hộ dân", "Phòng A", "Quý I"]
    ]


def test_a_title_right_behind_the_header_table_is_no_cell() -> None:
    source = "|\nUBND XÃ A\n|\nSố: 1/KH-UBND\n|\nKẾ HOẠCH\nNăm 2024\n|\nNơi nhận:\n|\nCHỦ TỊCH\n|\n"
    kinds = [type(block).__name__ for block in blocks(source)]
    assert kinds == ["Table", "Paragraph", "Paragraph", "Table"]
