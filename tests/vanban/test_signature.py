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
