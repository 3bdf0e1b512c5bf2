"""``vanban.signature``: who signs, in which order of columns and lines whatever."""

from __future__ import annotations

import pytest

from tests.vanban.texts import HEAD
from vanban import compile_text
from vanban.model import Header

BODY = "I. NỘI DUNG\n\n1. Lập sổ theo dõi.\n\n2. Báo cáo kết quả.\n\n"


def header(end: str) -> Header:
    return compile_text(HEAD + BODY + end).header


@pytest.mark.parametrize(
    ("end", "position", "signer"),
    [
        (
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN\nDÂN\nKT. CHỦ TỊCH\n"
            "PHÓ CHỦ TỊCH\n\n(Đã ký)\n\nLê Văn An",
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
            "Lê Văn An",
        ),
        # the signature stands before the recipients, a mark of signing between
        (
            "CHỦ TỊCH\n\n(đã ký)\n\nTrần Thị Bé Ba\n\nNơi nhận:\n- Các khu phố;\n- Lưu: VT.",
            "CHỦ TỊCH",
            "Trần Thị Bé Ba",
        ),
        (
            "CHÁNH VĂN PHÒNG\n\nVõ Thanh Tùng\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.",
            "CHÁNH VĂN PHÒNG",
            "Võ Thanh Tùng",
        ),
        # the Party's way
        (
            "Nơi nhận:\n- Như trên,\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLê Minh "
            "Khoa",
            "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ",
            "Lê Minh Khoa",
        ),
    ],
)
def test_one_signer(end: str, position: str, signer: str) -> None:
    found = header(end)
    assert (found.signer_position, found.signer) == (position, signer)


MINUTES_END = """        THƯ KÝ                                CHỦ TRÌ
     (Chữ ký)                               (Chữ ký)

   Trần Thị Mai                        Nguyễn Văn Bình

Nơi nhận:
- Các thành viên dự họp;
- Lưu: VT.
"""


def test_of_two_who_sign_minutes_the_chair_signs_for_them() -> None:
    found = header(MINUTES_END)
    assert (found.signer_position, found.signer) == ("CHỦ TRÌ", "Nguyễn Văn Bình")
    assert found.recipients == ("Các thành viên dự họp", "Lưu: VT")


def test_what_stands_below_the_archive_line_is_no_recipient() -> None:
    end = "Nơi nhận:\n- Như trên;\n- Lưu: VT, NC.\n09 KH\n\nCHỦ TỊCH\n\nLê Văn An"
    assert header(end).recipients == ("Như trên", "Lưu: VT, NC")


JOINT_HEAD = """BỘ NỘI VỤ - BỘ TÀI CHÍNH

Số: 05/2024/TTLT-BNV-BTC

Hà Nội, ngày 12 tháng 3 năm 2024

THÔNG TƯ LIÊN TỊCH
Hướng dẫn chế độ bồi dưỡng người tiếp công dân

"""
RECIPIENTS = "Nơi nhận:\n- Văn phòng Chính phủ;\n- Lưu: VT.\n"
FIRST = ("Trần Văn Cường", "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG")
SECOND = ("Lê Thị Hồng", "KT. BỘ TRƯỞNG BỘ NỘI VỤ THỨ TRƯỞNG")


@pytest.mark.parametrize(
    "end",
    [
        # one below the other, before and behind the recipients
        "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH\nTHỨ TRƯỞNG\n(Đã ký)\nTrần Văn Cường\n\n"
        "KT. BỘ TRƯỞNG BỘ NỘI VỤ\nTHỨ TRƯỞNG\n(Đã ký)\nLê Thị Hồng\n\n" + RECIPIENTS,
        RECIPIENTS + "\nKT. BỘ TRƯỞNG BỘ TÀI CHÍNH\n\nTHỨ TRƯỞNG\n\nTrần Văn Cường\n\n"
        "KT. BỘ TRƯỞNG BỘ NỘI VỤ\n\nTHỨ TRƯỞNG\n\nLê Thị Hồng\n",
        # two columns set by blanks
        "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH                    KT. BỘ TRƯỞNG BỘ NỘI VỤ\n"
        "       THỨ TRƯỞNG                                   THỨ TRƯỞNG\n\n\n"
        "     Trần Văn Cường                                 Lê Thị Hồng\n\n" + RECIPIENTS,
        # a table of one row, and one with the names in a row of their own
        "| KT. BỘ TRƯỞNG BỘ TÀI CHÍNH<br>THỨ TRƯỞNG<br>(Đã ký)<br>Trần Văn Cường "
        "| KT. BỘ TRƯỞNG BỘ NỘI VỤ<br>THỨ TRƯỞNG<br>(Đã ký)<br>Lê Thị Hồng |\n\n" + RECIPIENTS,
        "| KT. BỘ TRƯỞNG BỘ TÀI CHÍNH<br>THỨ TRƯỞNG | KT. BỘ TRƯỞNG BỘ NỘI VỤ<br>THỨ TRƯỞNG |\n"
        "| (Đã ký)<br>Trần Văn Cường | (Đã ký)<br>Lê Thị Hồng |\n\n" + RECIPIENTS,
        # both posts first, then both names
        "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH\n\nTHỨ TRƯỞNG\n\nKT. BỘ TRƯỞNG BỘ NỘI VỤ\n\nTHỨ TRƯỞNG\n\n"
        "Trần Văn Cường\n\nLê Thị Hồng\n\n" + RECIPIENTS,
    ],
)
def test_a_joint_document_gives_everyone_who_signs(end: str) -> None:
    found = compile_text(JOINT_HEAD + BODY + end).header
    assert [(s.name, s.position) for s in found.signers] == [FIRST, SECOND]
    assert (found.signer, found.signer_position) == FIRST
    assert found.signers[1].authority == "KT. BỘ TRƯỞNG BỘ NỘI VỤ"
    assert found.issuers == ("Bộ Nội vụ", "Bộ Tài chính")
    assert found.recipients == ("Văn phòng Chính phủ", "Lưu: VT")


def test_a_body_above_its_post_is_part_of_the_signature() -> None:
    end = (
        "| TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH<br>Trần Văn Cường "
        "| BAN DÂN VẬN TỈNH ỦY<br>TRƯỞNG BAN<br>Lê Thị Hồng |\n\n" + RECIPIENTS
    )
    found = compile_text(JOINT_HEAD + BODY + end).header
    assert [s.position for s in found.signers] == [
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "BAN DÂN VẬN TỈNH ỦY TRƯỞNG BAN",
    ]


def test_two_posts_and_one_name_are_one_who_signs() -> None:
    end = RECIPIENTS + "\nBÍ THƯ\n\nCHỦ TỊCH HỘI ĐỒNG NHÂN DÂN\n\nLê Thị Hồng\n"
    found = header(end)
    assert [(s.name, s.position) for s in found.signers] == [
        ("Lê Thị Hồng", "BÍ THƯ CHỦ TỊCH HỘI ĐỒNG NHÂN DÂN")
    ]


def test_both_who_sign_minutes_are_kept() -> None:
    assert [s.name for s in header(MINUTES_END).signers] == ["Trần Thị Mai", "Nguyễn Văn Bình"]
