"""``vanban.casing``: what page 1 shouts, in the case in which the body writes it."""

from __future__ import annotations

import pytest

from vanban.casing import is_capitals, name_case, subject_case

BODY = """Thực hiện Chỉ thị số 12/CT-TTg ngày 03/5/2024 của Thủ tướng Chính phủ, UBND tỉnh Hải Vân
xây dựng kế hoạch. Trên địa bàn tỉnh có đợt thi đua Dân vận khéo.
TỈNH HẢI VÂN
"""


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        (
            "THỰC HIỆN CHỈ THỊ SỐ 12/CT-TTG NGÀY 03/5/2024 TRÊN ĐỊA BÀN TỈNH HẢI VÂN",
            "Thực hiện Chỉ thị số 12/CT-TTg ngày 03/5/2024 trên địa bàn tỉnh Hải Vân",
        ),
        # what the body does not say is a sentence; abbreviations and numerals stay
        ("PHÁT ĐỘNG PHONG TRÀO NHIỆM KỲ XVI", "Phát động phong trào nhiệm kỳ XVI"),
        ("CẢI CÁCH TTHC TẠI CÁC XÃ", "Cải cách TTHC tại các xã"),
        # a subject that is no shout is left alone
        ("Về công tác Dân vận khéo", "Về công tác Dân vận khéo"),
    ],
)
def test_subjects(shouted: str, written: str) -> None:
    assert subject_case(shouted, BODY) == written


def test_a_capital_that_opens_a_sentence_is_no_name() -> None:
    assert subject_case("KẾT QUẢ TRÊN ĐỊA BÀN TỈNH", BODY) == "Kết quả trên địa bàn tỉnh"


def test_names_of_bodies() -> None:
    assert name_case("UBND TỈNH HẢI VÂN", BODY) == "UBND tỉnh Hải Vân"
    assert name_case("ỦY BAN NHÂN DÂN XÃ ĐỒNG MỎ", BODY) == "Ủy ban nhân dân xã Đồng Mỏ"
    assert name_case("TỈNH ĐOÀN HẢI VÂN", BODY) == "Tỉnh đoàn Hải Vân"
    assert name_case("HỘI LIÊN HIỆP PHỤ NỮ XÃ", BODY) == "Hội Liên hiệp Phụ nữ xã"


def test_capitals() -> None:
    assert is_capitals("KẾ HOẠCH")
    assert not is_capitals("Kế hoạch")
    assert not is_capitals("12/3")
