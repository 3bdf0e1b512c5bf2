"""``vanban.dates``: dates and limits as written."""

from __future__ import annotations

import datetime as dt

import pytest

from vanban.dates import find_limits, last_day, parse_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04/4/2023", dt.date(2023, 4, 4)),
        ("ngày 5.12.2024", dt.date(2024, 12, 5)),
        ("27 tháng 3 năm 2023", dt.date(2023, 3, 27)),
        ("15 tháng 11/2025", dt.date(2025, 11, 15)),
        ("31/2/2024", None),
        ("tháng 5/2024", None),
    ],
)
def test_dates(text: str, day: dt.date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "limit", "wording", "day"),
    [
        (
            "gửi về Phòng Nội vụ chậm nhất ngày 05/5/2024.",
            "chậm nhất ngày 05/5/2024",
            "by",
            dt.date(2024, 5, 5),
        ),
        ("gửi trước ngày 15 hằng tháng", "trước ngày 15 hằng tháng", "before", None),
        (
            "báo cáo trước ngày 01/6 và 15/11 hằng năm (nếu có)",
            "trước ngày 01/6 và 15/11 hằng năm",
            "before",
            None,
        ),
        (
            "muộn nhất là ngày 25 của tháng cuối quý",
            "muộn nhất là ngày 25 của tháng cuối quý",
            "by",
            None,
        ),
        (
            "xong trước 17 giờ 00 ngày 20/12/2025",
            "xong trước 17 giờ 00 ngày 20/12/2025",
            "before",
            dt.date(2025, 12, 20),
        ),
        ("hoàn thành trong quý I/2026", "hoàn thành trong quý I/2026", "within", None),
        (
            "trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận đơn, và",
            "trong thời hạn 10 ngày làm việc kể từ ngày nhận đơn, và",
            "within",
            None,
        ),
        ("định kỳ hằng quý báo cáo", "định kỳ hằng quý", "period", None),
        ("báo cáo định kỳ và đột xuất", "định kỳ và đột xuất", "period", None),
        (
            "từ ngày 01/12/2025 đến ngày 14/12/2025",
            "từ ngày 01/12/2025 đến ngày 14/12/2025",
            "period",
            dt.date(2025, 12, 14),
        ),
        (
            "hằng năm (trước ngày 15 tháng 11) hoặc theo yêu cầu",
            "hằng năm (trước ngày 15 tháng 11)",
            "before",
            None,
        ),
    ],
)
def test_limits(text: str, limit: str, wording: str, day: dt.date | None) -> None:
    (found,) = find_limits(text)
    assert (found.text, found.wording, found.date) == (limit, wording, day)
    assert text[found.start : found.end].startswith(found.text)


@pytest.mark.parametrize(
    "text",
    ["trước ngày bầu cử 95 ngày", "từ năm học này", "ngày 05/5/2024 của Chính phủ", "đến năm 2030"],
)
def test_what_is_no_limit(text: str) -> None:
    assert [limit for limit in find_limits(text) if limit.kind in ("date", "rule")] == []


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("Quý III năm 2026", dt.date(2026, 9, 30)),
        ("Quí IV-2025", dt.date(2025, 12, 31)),
        ("trong tháng 02/2024", dt.date(2024, 2, 29)),
        ("Năm 2027 và các năm tiếp theo", dt.date(2027, 12, 31)),
        ("hằng quý", None),
        ("tháng 13/2024", None),
    ],
)
def test_last_day_of_a_named_period(rule: str, day: dt.date | None) -> None:
    assert last_day(rule) == day


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("cập nhật trong 12-24 giờ sau khi mưa tạnh.", "trong 12-24 giờ sau khi mưa tạnh"),
        ("lấy mẫu vào tháng 3 và tháng 9 năm 2027.", "vào tháng 3 và tháng 9 năm 2027"),
        ("ra quân trong tháng 2 và tháng 6/2027.", "trong tháng 2 và tháng 6/2027"),
        (
            "phát hành vào tuần đầu của tháng thứ 2 trong quý",
            "vào tuần đầu của tháng thứ 2 trong quý",
        ),
        ("gửi trước ngày 07 của tháng đầu quý sau.", "trước ngày 07 của tháng đầu quý sau"),
        ("gửi trước ngày 12 của tháng cuối kỳ báo cáo", "trước ngày 12 của tháng cuối kỳ báo cáo"),
        ("gửi danh sách trước 05 ngày diễn ra hội thi.", "trước 05 ngày diễn ra hội thi"),
        (
            "trả lời trong thời gian 04 ngày kể từ ngày nhận.",
            "trong thời gian 04 ngày kể từ ngày nhận",
        ),
        ("họp ngày 08 hằng tháng", "ngày 08 hằng tháng"),
        (
            "báo cáo định kỳ hằng tháng (ngày 22), hằng quý (ngày 22 tháng cuối quý)",
            "định kỳ hằng tháng (ngày 22), hằng quý (ngày 22 tháng cuối quý)",
        ),
        ("báo cáo hằng quý, 6 tháng, năm về Văn phòng", "hằng quý, 6 tháng, năm"),
        ("nhận hồ sơ từ ngày 10 đến ngày 12 hằng tháng", "từ ngày 10 đến ngày 12 hằng tháng"),
        ("hoàn thành đến hết ngày 30/9/2027", "đến hết ngày 30/9/2027"),
    ],
)
def test_limits_of_several_days_and_of_parts_of_a_period(text: str, limit: str) -> None:
    assert [found.text for found in find_limits(text)] == [limit]


def test_two_months_are_no_day() -> None:
    assert parse_date("5 - 6/2027") is not None
    assert find_limits("xong trước tháng 5 - 6/2027")[0].date is None
