"""``vanban.tree``: markers, depth, doubled and wrong numbering."""

from __future__ import annotations

import pytest

from tests.vanban.texts import plan
from vanban import compile_text
from vanban.tree import marker_of, roman_value


@pytest.mark.parametrize(
    ("text", "kind", "marker"),
    [
        ("I. MỤC ĐÍCH", "roman", "I."),
        ("IV- TỔ CHỨC THỰC HIỆN", "roman", "IV-"),
        ("A. PHẦN CHUNG", "capital", "A."),
        ("1. 100% hộ dân", "arabic", "1."),
        ("2) Việc hai", "arabic", "2)"),
        ("3.1. Tham gia", "arabic2", "3.1."),
        ("1.3 Xây dựng", "arabic2", "1.3"),
        ("6.1.2. Chi tiết", "arabic3", "6.1.2."),
        ("(1) Đợt một", "bracket", "(1)"),
        ("a) Phòng Nội vụ", "letter", "a)"),
        ("đ) Phòng Y tế", "letter", "đ)"),
        ("Điều 2. Hiệu lực", "article", "Điều 2."),
        ("Chương II", "chapter", "Chương II"),
        ("PHỤ LỤC II", "annex", "PHỤ LỤC II"),
        ("- Bảo đảm", "dash", "-"),
        ("+ Lắng nghe", "plus", "+"),
    ],
)
def test_markers(text: str, kind: str, marker: str) -> None:
    found = marker_of(text)
    assert found is not None
    assert found[:2] == (kind, marker)


@pytest.mark.parametrize(
    "text",
    [
        "28/NQ-CP ngày 03 tháng 3",
        "2025. Đồng thời",
        "1,5 triệu đồng",
        "Điều 5 của Luật này",
        "12/5/2024 họp",
        "IIII. Sai",
    ],
)
def test_what_is_no_marker(text: str) -> None:
    assert marker_of(text) is None


def test_roman_numbers() -> None:
    assert [roman_value(text) for text in ("I", "IV", "IX", "XIV", "VX", "IIX", "")] == [
        1,
        4,
        9,
        14,
        None,
        None,
        None,
    ]


def test_depth_is_the_place_in_the_chain() -> None:
    document = compile_text(plan("1. Một", "a) Chữ a", "- gạch", "+ cộng", "b) Chữ b", "2. Hai"))
    assert [(p.marker, p.depth) for p in document.provisions if p.heading] == [
        ("I.", 1),
        ("1.", 2),
        ("a)", 3),
        ("b)", 3),
        ("2.", 2),
    ]
    bullets = [p for p in document.provisions if not p.heading]
    assert [p.path for p in bullets] == ["I.1.a.-", "I.1.a.-.+"]


def test_a_directive_without_romans_begins_at_one() -> None:
    document = compile_text(
        plan("1. Sở Nội vụ:", "a) Chủ trì tham mưu.", heading="Yêu cầu các đơn vị:")
    )
    assert [(p.marker, p.depth) for p in document.provisions if p.heading] == [("1.", 1), ("a)", 2)]


def test_a_doubled_marker_is_kept_and_told() -> None:
    document = compile_text(plan("1. Giao:", "d) Phòng A", "d) Phòng B", "e) Phòng C"))
    assert [p.path for p in document.provisions if p.marker == "d)"] == ["I.1.d", "I.1.d#2"]
    assert any("d)" in warning for warning in document.warnings)


def test_quoted_provisions_are_not_this_documents() -> None:
    document = compile_text(
        plan("1. Quy định:", "“Điều 49. Nguyên tắc", "1. Cơ quan thuế ấn định.”", "2. Trả lời:")
    )
    assert [p.marker for p in document.provisions if p.heading] == ["I.", "1.", "2."]


def test_an_annex_begins_anew() -> None:
    text = (
        plan("1. Việc.")
        + "\n\nPHỤ LỤC\n\nDANH MỤC NHIỆM VỤ\n\n(Kèm theo Kế hoạch số 21/KH-UBND)\n\nI. NHÓM MỘT\n"
    )
    headings = [(p.marker, p.depth, p.text) for p in compile_text(text).provisions if p.heading]
    assert headings[-2:] == [("PHỤ LỤC", 1, "DANH MỤC NHIỆM VỤ"), ("I.", 2, "NHÓM MỘT")]


def test_spans_hold_marker_and_words() -> None:
    document = compile_text(plan("1. Một việc rất cụ thể."))
    (item,) = [p for p in document.provisions if p.marker == "1."]
    assert document.text[item.span.start : item.span.end] == "1. Một việc rất cụ thể."
    assert item.text == "Một việc rất cụ thể."


def test_an_article_may_stand_alone_on_its_line() -> None:
    assert marker_of("Điều 4.") == ("article", "Điều 4.", 7)
    assert marker_of("Điều 4") is None
