"""``vanban.targets``: indicators with value, unit, comparator."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.vanban.texts import plan
from vanban import compile_text
from vanban.targets import decimal


def found(
    sentence: str, heading: str = "II. CHỈ TIÊU"
) -> list[tuple[Decimal | None, str | None, str]]:
    return [
        (t.value, t.unit, t.comparator)
        for t in compile_text(plan(f"1. {sentence}", heading=heading)).targets
    ]


@pytest.mark.parametrize(
    ("sentence", "value", "comparator"),
    [
        ("100% phường có kế hoạch.", "100", "="),
        ("Phấn đấu 60% đơn vị được xếp loại Tốt.", "60", ">="),
        ("Có ≥ 30% hợp tác xã ứng dụng công nghệ số.", "30", ">="),
        ("Trên 80% trạm y tế đủ điều kiện.", "80", ">"),
        ("Tỷ lệ hồ sơ trễ hạn không quá 2%.", "2", "<="),
        ("Giảm tỷ lệ hộ nghèo xuống dưới 1,5%.", "1.5", "<"),
        ("Ít nhất 95,5% hồ sơ đúng hạn.", "95.5", ">="),
        ("Tỷ lệ hài lòng đạt 90% trở lên.", "90", ">="),
    ],
)
def test_percentages(sentence: str, value: str, comparator: str) -> None:
    assert found(sentence) == [(Decimal(value), "%", comparator)]


def test_counts_and_directions() -> None:
    assert found("Xây dựng ít nhất 12 mô hình tự quản.") == [(Decimal(12), "mô hình", ">=")]
    assert found("Phấn đấu nâng cao chỉ số cải cách hành chính của phường so với năm 2023.") == [
        (None, "chỉ số", ">")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Năm 2023 tỷ lệ này đã đạt 66,7%.",
        "Hỗ trợ tối đa 50% kinh phí cho mỗi dự án.",
        "Doanh nghiệp vay ít nhất 10% vốn góp của chủ sở hữu.",
        "Thuế suất là 5%.",
    ],
)
def test_what_is_no_target(sentence: str) -> None:
    assert found(sentence, heading="I. NỘI DUNG") == []


def test_period_and_subject() -> None:
    (target,) = compile_text(
        plan(
            "1. Đến hết năm 2030: có 60% hộ kinh doanh bán hàng trực tuyến.", heading="I. MỤC TIÊU"
        )
    ).targets
    assert target.period == "Đến hết năm 2030"
    assert target.subject == "hộ kinh doanh bán hàng trực tuyến"


def test_numbers_in_vietnamese_notation() -> None:
    assert [decimal(t) for t in ("1.234,5", "12,5", "99.5", "1.000")] == [
        Decimal("1234.5"),
        Decimal("12.5"),
        Decimal("99.5"),
        Decimal(1000),
    ]
