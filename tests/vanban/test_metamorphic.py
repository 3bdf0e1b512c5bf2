"""The same document, dressed otherwise, compiles to the same items.

Hypothesis makes up plans of other bodies and other tasks and dresses them: lines wrapped at any
width, empty lines doubled, a page break in a sentence, decomposed letters, carriage returns,
bold. What is read must not change.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import compile_text
from vanban.schema import as_gold

UNITS = (
    "Phòng Nội vụ",
    "Phòng Tài chính - Kế hoạch",
    "Phòng Văn hóa, Khoa học và Thông tin",
    "Văn phòng HĐND và UBND thành phố",
    "Thanh tra thành phố",
    "Ủy ban nhân dân các phường, xã",
    "Công an thành phố, Ban Chỉ huy Quân sự thành phố",
    "Trung tâm Văn hóa, Thể thao và Truyền thanh",
    "Các cơ quan, đơn vị, địa phương",
)
TASKS = (
    "Tham mưu Ủy ban nhân dân thành phố ban hành văn bản chỉ đạo, đôn đốc việc thực hiện kế hoạch",
    "Chủ trì, phối hợp với các cơ quan, đơn vị liên quan rà soát quy chế dân chủ ở cơ sở",
    "Phối hợp với Phòng Nội vụ chấm điểm thực hiện công tác dân vận chính quyền",
    "Tuyên truyền, vận động Nhân dân tham gia các phong trào thi đua yêu nước trên địa bàn",
    "Tổ chức tiếp công dân, giải quyết kịp thời đơn thư khiếu nại, tố cáo, kiến nghị, phản ánh",
)
LIMITS = (
    "",
    "; báo cáo kết quả về Phòng Nội vụ chậm nhất ngày 16/10/2024",
    ", hoàn thành trước ngày 30/6/2024",
    "; gửi kế hoạch về Phòng Nội vụ trước ngày 04 tháng 4 năm 2024",
)
CITED = (
    "Quyết định số 23-QĐ/TW ngày 30/7/2021 của Ban Chấp hành Trung ương",
    "Nghị định số 04/2015/NĐ-CP ngày 09/01/2015 của Chính phủ",
    "Chương trình phối hợp số 16-CTr/BDVTU-UBND ngày 16/12/2021",
)
PLACES = (("THÀNH PHỐ", "Sơn Hải"), ("HUYỆN", "Đồng Tháp Mười"), ("XÃ", "Ea Kly"))


@st.composite
def plans(draw: st.DrawFn) -> str:
    level, place = draw(st.sampled_from(PLACES))
    number = draw(st.integers(1, 999))
    sections = []
    units = draw(st.lists(st.sampled_from(UNITS), min_size=2, max_size=4, unique=True))
    for at, unit in enumerate(units, start=1):
        tasks = draw(st.lists(st.sampled_from(TASKS), min_size=1, max_size=3, unique=True))
        bullets = [f"- {task}{draw(st.sampled_from(LIMITS))}." for task in tasks]
        sections.append("\n\n".join([f"{at}. {unit}", *bullets]))
    cited = "; ".join(draw(st.lists(st.sampled_from(CITED), min_size=1, unique=True)))
    share = draw(st.integers(1, 100))
    return f"""ỦY BAN NHÂN DÂN
{level} {place.upper()}

Số: {number}/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{place}, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Thực hiện công tác dân vận chính quyền năm 2024

Thực hiện {cited}, Ủy ban nhân dân xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao nhận thức của cán bộ, công chức, viên chức về công tác dân vận.

2. Gắn công tác dân vận với thực hiện nhiệm vụ chính trị của cơ quan, đơn vị, địa phương.

II. CHỈ TIÊU

1. Phấn đấu {share}% cơ quan, đơn vị xây dựng kế hoạch thực hiện công tác dân vận.

III. TỔ CHỨC THỰC HIỆN

{chr(10).join(section + chr(10) for section in sections)}
Nơi nhận:
- Ủy ban nhân dân tỉnh;
- Các cơ quan, đơn vị;
- Lưu: VT, NV.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Thị Hoa
"""


def items(text: str) -> dict[str, Any]:
    """What was read, without where and how surely."""
    gold = as_gold(compile_text(text))
    for kind in ("sections", "citations", "deadlines", "targets", "assignments"):
        for entry in gold[kind]:
            for key in ("confidence", "path", "times"):
                entry.pop(key, None)
    return gold


def paragraphs(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text)


@settings(max_examples=40)
@given(plans(), st.integers(62, 130))
def test_the_width_of_lines_does_not_matter(text: str, width: int) -> None:
    wrapped = []
    for block in paragraphs(text):
        lines = block.split("\n")
        wrapped.append(
            block
            if len(lines) > 1
            else "\n".join(textwrap.wrap(block, width, break_on_hyphens=False))
        )
    assert items("\n\n".join(wrapped)) == items(text)


@settings(max_examples=25)
@given(plans(), st.integers(2, 5))
def test_more_empty_lines_do_not_matter(text: str, lines: int) -> None:
    assert items(("\n" * (lines + 1)).join(paragraphs(text))) == items(text)


@settings(max_examples=25)
@given(plans())
def test_other_encodings_of_the_same_letters_do_not_matter(text: str) -> None:
    expected = items(text)
    assert items(unicodedata.normalize("NFD", text)) == expected
    assert items(text.replace("\n", "\r\n")) == expected


@settings(max_examples=30)
@given(plans(), st.data())
def test_a_page_break_in_a_sentence_does_not_matter(text: str, data: st.DataObject) -> None:
    blocks = paragraphs(text)
    long = [i for i, b in enumerate(blocks) if b.startswith("- ") and "\n" not in b]
    at = data.draw(st.sampled_from(long))
    cuts = [m.start() for m in re.finditer(r" (?=[a-zàáảãạăâđêôơư])", blocks[at])]
    cut = data.draw(st.sampled_from([c for c in cuts if 30 < c < len(blocks[at]) - 10]))
    page = data.draw(st.integers(2, 40))
    broken = f"{blocks[at][:cut]}\n\n{page}\n\n{blocks[at][cut + 1 :]}"
    assert items("\n\n".join([*blocks[:at], broken, *blocks[at + 1 :]])) == items(text)


@settings(max_examples=25)
@given(plans())
def test_bold_headings_do_not_matter(text: str) -> None:
    bold = [
        f"**{block}**" if re.match(r"(?:[IVX]+|\d+)\. ", block) and len(block) < 90 else block
        for block in paragraphs(text)
    ]
    assert items("\n\n".join(bold)) == items(text)


@settings(max_examples=25)
@given(plans())
def test_the_old_placement_of_tones_changes_no_structure(text: str) -> None:
    old = text.replace("Ủy ", "Uỷ ").replace("ỦY ", "UỶ ").replace("Hòa", "Hoà")
    read, expected = items(old), items(text)
    for kind in ("sections", "deadlines", "assignments", "targets", "citations"):
        assert len(read[kind]) == len(expected[kind])
    assert [a["role"] for a in read["assignments"]] == [a["role"] for a in expected["assignments"]]
