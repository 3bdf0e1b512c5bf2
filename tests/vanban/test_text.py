"""``vanban.text`` and ``vanban.legacy``: normal form, keys, collation, legacy fonts."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.legacy import by_font, detect, from_bytes, from_tcvn3, from_vni
from vanban.text import (
    Anycase,
    fold_tone_placement,
    grouped,
    nfc,
    search_key,
    sentence_case,
    slug,
    sort_key,
    vi_regex,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Uỷ ban", "Ủy ban"),
        ("hoà giải", "hòa giải"),
        ("thuỷ lợi", "thủy lợi"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("quý, quỹ", "quý, quỹ"),
        ("hoàn thiện", "hoàn thiện"),
        ("giữ gìn", "giữ gìn"),
        ("UỶ BAN", "ỦY BAN"),
        ("", ""),
    ],
)
def test_tone_placement(written: str, folded: str) -> None:
    assert fold_tone_placement(written) == folded


@pytest.mark.parametrize("spelling", ["Phường  Hoà Bình", "phường hòa bình", "PHUONG HOA BINH"])
def test_one_search_key_for_all_spellings(spelling: str) -> None:
    assert search_key(spelling) == "phuong hoa binh"
    assert search_key(unicodedata.normalize("NFD", spelling)) == "phuong hoa binh"


def test_slug_keeps_the_d() -> None:
    assert slug("Đảng ủy xã Đồng Khởi (mới)") == "dang-uy-xa-dong-khoi-moi"


def test_sorting_is_that_of_the_alphabet_and_of_numbers() -> None:
    ordered = ["an", "ản", "ăn", "âm", "bà", "da", "đa", "Phường 2", "Phường 10", "Xã 1"]
    assert sorted(reversed(ordered), key=sort_key) == ordered


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_sorted(first: str, second: str) -> None:
    assert (sort_key(first) < sort_key(second)) in (True, False)


def test_capitals_as_a_sentence() -> None:
    assert sentence_case("TRIỂN KHAI CÔNG TÁC NĂM 2025") == "Triển khai công tác năm 2025"
    assert sentence_case("Triển khai UBND") == "Triển khai UBND"


def test_letter_ranges_tell_capitals_from_small_letters() -> None:
    small = vi_regex("[a-zà-ỹ]+")
    assert small.fullmatch("đường")
    assert not small.fullmatch("Đ")
    assert not small.fullmatch("Ạ")
    assert vi_regex("[A-ZÀ-Ỹ]+").fullmatch("ĐẶNG")


def test_legacy_fonts() -> None:
    assert from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert (
        from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert by_font("ñy ban", ".VnTimeH") == "ỦY BAN"
    assert by_font("ủy ban", "Times New Roman") == "ủy ban"


def test_legacy_bytes_are_told_by_their_words() -> None:
    text = (
        "Quyết định của Ủy ban nhân dân tỉnh về việc thực hiện công tác năm và các ngày của tháng"
    )
    assert detect(nfc(text).encode("cp1258", errors="ignore")) is None
    tcvn3 = (
        "QuyÕt ®Þnh cña ñy ban nh©n d©n tØnh vÒ viÖc thùc hiÖn c«ng t¸c n¨m vµ c¸c ngµy cña th¸ng"
    )
    assert detect(tcvn3.encode("latin-1")) == "tcvn3"
    assert from_bytes(tcvn3.encode("latin-1"), "tcvn3").startswith("Quyết định của")


def test_a_pattern_in_any_case_finds_what_ignorecase_finds() -> None:
    text = "TRƯỚC NGÀY 5; Trước ngày 6; trước tháng 7"
    plain = re.compile(r"\btrước\s+ngày\s+(\d)", re.IGNORECASE)
    for hints in ({}, {"opens": ("trước",)}, {"needs": ("ngày",)}):
        pattern = Anycase(r"\bTrước\s+ngày\s+(\d)", **hints)
        assert [m.span(1) for m in pattern.finditer(text)] == [
            m.span(1) for m in plain.finditer(text)
        ]
    assert Anycase("ngày", needs=("tháng",)).search("ngày") is None


@given(st.text("abc ", max_size=12), st.lists(st.text("abc", min_size=1, max_size=3), min_size=1))
def test_grouped_alternatives_match_what_they_matched(text: str, words: list[str]) -> None:
    flat, tree = re.compile("|".join(words)), re.compile(grouped("|".join(words)))
    assert [m.span() for m in flat.finditer(text)] == [m.span() for m in tree.finditer(text)]
