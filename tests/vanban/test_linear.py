"""Compiling takes time in proportion to the text, whatever the text is."""

from __future__ import annotations

import time

import pytest

from tests.vanban.texts import HEAD, TAIL
from vanban import compile_text

ITEM = (
    "1. Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành rà soát theo Nghị định số "
    "12/2019/NĐ-CP ngày 05/02/2019 của"
    " Chính phủ; báo cáo UBND tỉnh trước ngày 15/12/2024.\n\n- 100% đơn vị có kế hoạch theo Luật "
    "Đấu thầu.\n\n"
)


def seconds(text: str) -> float:
    start = time.process_time()
    compile_text(text)
    return time.process_time() - start


def test_double_the_text_is_at_most_2_2_times_the_time() -> None:
    small = HEAD + "I. TỔ CHỨC THỰC HIỆN\n\n" + ITEM * 400 + TAIL
    large = HEAD + "I. TỔ CHỨC THỰC HIỆN\n\n" + ITEM * 800 + TAIL
    seconds(small)
    # the least of several runs is the one the rest of the machine disturbed least
    assert min(seconds(large) for _ in range(3)) <= 2.2 * min(seconds(small) for _ in range(3))


@pytest.mark.parametrize(
    "filler",
    [
        "a",
        "*",
        "|\n",
        "| ",
        "1. ",
        "“Điều 1. a\n\n",
        "Sở Nội vụ, ",
        "đạt 100% xã; ",
        "ngày ",
        "trước ngày ",
        "Luật Đất đai và ",
        "KT. CHỦ TỊCH ",
        "Cơ quan, đơn vị, ",
        "abc def ghi jkl mno pqr stu vwx\n\n",
        "- ",
        ": ",
        "(",
    ],
)
def test_no_filler_makes_it_hang(filler: str) -> None:
    text = HEAD + "I. NỘI DUNG\n\n" + filler * (60_000 // len(filler)) + TAIL
    assert seconds(text) < 5
