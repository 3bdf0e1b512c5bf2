"""``vanban.mending``: headings and sentences that a typist broke."""

from __future__ import annotations

from tests.vanban.texts import organised, plan
from vanban import compile_text


def headings(text: str) -> list[str]:
    return [p.text for p in compile_text(text).provisions if p.heading]


def test_a_bold_heading_goes_on_in_the_next_bold_paragraph() -> None:
    text = organised(
        "**1. Đề nghị Hội Nông dân xã, Hội Liên hiệp**",
        "**Phụ nữ xã và các hội đặc thù**",
        "- Vận động hội viên tham gia.",
    )
    assert headings(text)[1] == (
        "Đề nghị Hội Nông dân xã, Hội Liên hiệp Phụ nữ xã và các hội đặc thù"
    )
    (duty,) = compile_text(text).duties
    assert "Hội Liên hiệp Phụ nữ xã" in [p.name for p in duty.parties]


def test_a_bold_heading_and_its_upright_passage_stay_two() -> None:
    text = organised("**1. Phòng Nội vụ**", "Tham mưu kế hoạch năm.")
    assert headings(text)[1] == "Phòng Nội vụ"


def test_a_heading_in_capitals_goes_on_in_the_next_line() -> None:
    assert "TỔ CHỨC THỰC HIỆN" in headings(plan("1. Việc.", heading="II. TỔ CHỨC\nTHỰC HIỆN"))


def test_a_lone_dash_after_an_unfinished_sentence_is_its_rest() -> None:
    first = (
        "1. Phòng Nội vụ theo dõi, đôn đốc các cơ quan, đơn vị, địa phương triển khai thực hiện "
        "nhiệm vụ; tổng hợp, báo cáo kết quả về Văn phòng HĐND và UBND thành phố"
    )
    rest = "- Cơ quan thường trực Tổ công tác trước ngày 20 hằng tháng."
    (duty,) = [d for d in compile_text(organised(first, rest)).duties if d.due]
    assert [p.name for p in duty.parties] == ["Phòng Nội vụ"]


def test_two_dashes_are_bullets() -> None:
    first = "1. Phòng Nội vụ theo dõi, đôn đốc các cơ quan; tổng hợp báo cáo kết quả " * 2
    text = organised(first.strip(), "- Tham mưu kế hoạch.", "- Kiểm tra công vụ.")
    assert sum(p.marker == "-" for p in compile_text(text).provisions) == 2
