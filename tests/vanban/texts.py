"""Small made-up documents for tests."""

from __future__ import annotations

HEAD = """ỦY BAN NHÂN DÂN
PHƯỜNG AN BÌNH

Số: 21/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

An Bình, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Cải tiến công tác tiếp nhận phản ánh của người dân năm 2024

"""
TAIL = """

Nơi nhận:
- UBND thành phố;
- Các khu phố;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

Võ Thị Sáu Mươi
"""


def plan(*passages: str, heading: str = "I. NỘI DUNG") -> str:
    """A ward's plan with the passages given, each its own paragraph, under one heading."""
    return HEAD + "\n\n".join([heading, *passages]) + TAIL


def organised(*passages: str) -> str:
    """The same with the passages under the section that charges units."""
    return plan(*passages, heading="II. TỔ CHỨC THỰC HIỆN")
