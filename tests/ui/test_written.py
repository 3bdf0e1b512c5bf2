from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import formats

from danvan.ui import written

D = Decimal


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (D("1234.50"), "1.234,5"),
        (1234567, "1.234.567"),
        (D("2.500"), "2,5"),
        (D("2.005"), "2,01"),
        (0.1 + 0.2, "0,3"),
        (0, "0"),
        (D("-0.001"), "0"),
        (D("-3.5"), "−3,5"),
        (None, "–"),
        (D("NaN"), "–"),
        ("chưa chấm", "chưa chấm"),
    ],
)
def test_numbers(value: object, text: str) -> None:
    assert written.number(value) == text


def test_percentages_and_rates() -> None:
    assert written.percent(D("96.85")) == "96,85\u00a0%"
    assert written.share(D("0.9685")) == "96,85\u00a0%"
    assert written.rate(187, 204) == "187/204 (91,67\u00a0%)"
    assert written.rate(0, 0) == "0/0"
    assert written.rate(None, 10) == "–"


def test_days_are_local_days() -> None:
    assert written.day(dt.date(2023, 3, 7)) == "07/03/2023"
    late = dt.datetime(2023, 3, 26, 18, 30, tzinfo=dt.UTC)
    assert written.day(late) == "27/03/2023"
    assert written.moment(late) == "01:30 27/03/2023"
    assert written.day(None) == "–"


def test_distance() -> None:
    today = dt.date(2023, 10, 18)
    assert written.distance(dt.date(2023, 10, 21), today) == "còn 3 ngày"
    assert written.distance(today, today) == "hôm nay"
    assert written.distance(dt.date(2023, 10, 16), today) == "quá hạn 2 ngày"


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 byte"), (999, "999 byte"), (1234567, "1,2 MB"), (20_000_000, "20 MB")]
)
def test_file_sizes(size: int, text: str) -> None:
    assert written.file_size(size).replace("\u00a0", " ") == text


def test_djangos_formats_are_ours() -> None:
    """Its own read 03/04/2023 as 4 March, and weeks begin on Sunday."""
    assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
    assert "%m/%d/%Y" not in formats.get_format("DATE_INPUT_FORMATS")
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
    assert formats.get_format("DECIMAL_SEPARATOR") == ","
    assert formats.date_format(dt.date(2023, 4, 3)) == "03/04/2023"
    assert (
        formats.number_format(D("1234567.5"), use_l10n=True, force_grouping=True) == "1.234.567,5"
    )
