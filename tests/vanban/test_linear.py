"""Compiling takes time in proportion to the text, whatever the text is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.vanban.texts import HEAD, TAIL
from vanban import compile_text
from vanban.html_text import html_to_text

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


def stays_under(limit: float, small: Callable[[], float], large: Callable[[], float]) -> bool:
    """Does the large case take at most ``limit`` times the small one?

    The least of several runs is the one the rest of the machine disturbed least; a busy machine
    is given another chance, a slow algorithm fails them all.
    """
    for _ in range(4):
        pairs = [(small(), large()) for _ in range(3)]
        if min(pair[1] for pair in pairs) <= limit * min(pair[0] for pair in pairs):
            return True
    return False


def test_double_the_text_is_far_from_four_times_the_time() -> None:
    small = HEAD + "I. TỔ CHỨC THỰC HIỆN\n\n" + ITEM * 400 + TAIL
    large = HEAD + "I. TỔ CHỨC THỰC HIỆN\n\n" + ITEM * 800 + TAIL
    seconds(small)
    assert stays_under(3, lambda: seconds(small), lambda: seconds(large))


# one kind of text each, a hundred thousand characters of it
KINDS = {
    "one line": ITEM.replace("\n", " "),
    "short lines": "abc def\n",
    "markers": "1. a\n\n",
    "deep nesting": "I. A\n\n1. B\n\n1.1. C\n\na) D\n\n- E\n\n+ F\n\n",
    "articles": "Điều 1. Tên\n\n1. Khoản.\n\na) Điểm.\n\n",
    "citations": "theo Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị, ",
    "rows": "| 1 | Rà soát văn bản | Sở Nội vụ | Trước ngày 15/12/2024 |\n",
    "cells": "STT\n\nNội dung\n\nSở Nội vụ\n\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_text_takes_time_in_proportion(kind: str) -> None:
    """Four times the text in at most eight times the time: a square would take sixteen."""
    small = HEAD + "I. NỘI DUNG\n\n" + KINDS[kind] * (25_000 // len(KINDS[kind])) + TAIL
    large = HEAD + "I. NỘI DUNG\n\n" + KINDS[kind] * (100_000 // len(KINDS[kind])) + TAIL
    seconds(small)
    assert stays_under(8, lambda: seconds(small), lambda: seconds(large))


@pytest.mark.parametrize("unit", ["<b>ab</b> ", "<br>a", "<td>a", "<p>a", "<li>a"])
def test_a_long_page_of_html_takes_time_in_proportion(unit: str) -> None:
    def took(size: int) -> float:
        page = "<html><body><p>" + unit * (size // len(unit)) + "</body></html>"
        start = time.process_time()
        html_to_text(page)
        return time.process_time() - start

    took(50_000)
    assert stays_under(8, lambda: took(100_000), lambda: took(400_000))


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
        "1",
        "phấn đấu đạt ",
        "từ 5% ",
        "các cơ quan, ",
        "thay thế ",
        "**a**\n\n",
        "Đề nghị thủ trưởng ",
    ],
)
def test_no_filler_makes_it_hang(filler: str) -> None:
    text = HEAD + "I. NỘI DUNG\n\n" + filler * (60_000 // len(filler)) + TAIL
    assert seconds(text) < 5
