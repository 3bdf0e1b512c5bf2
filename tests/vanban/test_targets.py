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
        ("Tỷ lệ hài lòng đạt từ 98% trở lên.", "98", ">="),
        ("Tối thiểu 95% hồ sơ trực tuyến.", "95", ">="),
        ("Đạt 8 - 10% hộ khá.", "8", ">="),
        ("Tăng từ 60% lên 80% tỷ lệ hộ tham gia.", "80", "="),
        ("Giảm tỷ lệ trễ hẹn từ 5% xuống còn 2%.", "2", "<="),
        ("Không dưới 85% hộ ký cam kết.", "85", ">="),
        ("Không thấp hơn 70% đoàn viên tham gia.", "70", ">="),
        ("Ít nhất 75 phần trăm hội viên tham gia.", "75", ">="),
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
    ("sentence", "value", "unit", "comparator"),
    [
        ("Mỗi xã có ít nhất 02 mô hình dân vận khéo.", 2, "mô hình", ">="),
        ("Có ít nhất một cơ sở y tế cung cấp dịch vụ.", 1, "cơ sở", ">="),
        ("Duy trì từ 03 câu lạc bộ trở lên.", 3, "câu lạc bộ", ">="),
        ("Giảm từ 23 ca sinh/1.000 phụ nữ xuống 18 ca sinh/1.000 phụ nữ.", 18, "ca", "="),
    ],
)
def test_counts(sentence: str, value: int, unit: str, comparator: str) -> None:
    assert found(sentence) == [(Decimal(value), unit, comparator)]


def test_a_count_outside_the_section_of_aims_needs_a_word_of_aim() -> None:
    assert found("Phấn đấu mỗi xã có ít nhất 02 mô hình tự quản.", heading="I. NỘI DUNG") == [
        (Decimal(2), "mô hình", ">=")
    ]
    assert found("Mỗi đoàn có ít nhất 02 người.", heading="I. NỘI DUNG") == []


def test_a_count_that_says_what_the_percentage_must_have_is_none_of_its_own() -> None:
    assert found("100% xã mỗi quý có ít nhất 04 tin, bài.") == [(Decimal(100), "%", "=")]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Tỷ lệ hồ sơ đúng hạn đạt từ 98% trở lên.", "Tỷ lệ hồ sơ đúng hạn"),
        ("Tỷ lệ nữ giám đốc doanh nghiệp đạt ít nhất 27% vào năm 2025.",
         "Tỷ lệ nữ giám đốc doanh nghiệp"),
        ("Tối thiểu 95% hồ sơ trực tuyến.", "hồ sơ trực tuyến"),
    ],
)  # fmt: skip
def test_what_is_measured(sentence: str, subject: str) -> None:
    (target,) = compile_text(plan(f"1. {sentence}", heading="II. CHỈ TIÊU")).targets
    assert target.subject == subject


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


def test_a_table_of_indicators() -> None:
    text = plan("1. Việc.") + (
        "\n\nPHỤ LỤC\n\nCHỈ TIÊU\n\n"
        "| STT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2023 | Kế hoạch năm 2024 |\n"
        "|---|---|---|---|---|\n"
        "| 1 | Tỷ lệ hồ sơ đúng hạn | % | 95,2 | ≥ 98 |\n"
        "| 2 | Mô hình dân vận khéo | mô hình | 7 | 12 |\n"
        "| 3 | Hài lòng của người dân | | 91% | trên 92% |\n"
        "| 4 | Ghi nhận khác | | | |\n"
    )
    found = compile_text(text).targets
    assert [(t.subject, t.value, t.unit, t.comparator, t.period) for t in found] == [
        ("Tỷ lệ hồ sơ đúng hạn", Decimal(98), "%", ">=", "năm 2024"),
        ("Mô hình dân vận khéo", Decimal(12), "mô hình", "=", "năm 2024"),
        ("Hài lòng của người dân", Decimal(92), "%", ">", "năm 2024"),
    ]


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "comparator"),
    [
        ("Duy trì 12/12 xã đạt chuẩn.", 12, "xã", "="),
        ("Có từ 04 đến 06 mô hình được biểu dương.", 4, "mô hình", ">="),
        ("Phấn đấu kết nạp 25 đảng viên mới.", 25, "đảng viên", ">="),
        ("Trồng mới 7 ha rừng.", 7, "ha", "="),
    ],
)
def test_counts_with_a_whole_or_a_range(
    sentence: str, value: int, unit: str, comparator: str
) -> None:
    assert found(sentence) == [(Decimal(value), unit, comparator)]
