"""Row 64: the form of periods."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.reports.periods import COUNT, Form, Span, fitting, span_of

SPANS = st.builds(
    lambda form, year, n: Span(form, year, n % COUNT[form] + 1),
    st.sampled_from(list(Form)), st.integers(2000, 2100), st.integers(0, 11),
)  # fmt: skip


@pytest.mark.parametrize(
    ("span", "start", "end", "label", "before"),
    [
        (Span(Form.MONTH, 2024, 2), (2024, 2, 1), (2024, 2, 29), "tháng 2 năm 2024",
         "tháng 1 năm 2024"),
        (Span(Form.MONTH, 2024, 1), (2024, 1, 1), (2024, 1, 31), "tháng 1 năm 2024",
         "tháng 12 năm 2023"),
        (Span(Form.QUARTER, 2023, 4), (2023, 10, 1), (2023, 12, 31), "quý IV năm 2023",
         "quý III năm 2023"),
        (Span(Form.HALF, 2023), (2023, 1, 1), (2023, 6, 30), "6 tháng đầu năm 2023",
         "6 tháng đầu năm 2022"),
        (Span(Form.NINE, 2023), (2023, 1, 1), (2023, 9, 30), "9 tháng năm 2023",
         "9 tháng năm 2022"),
        (Span(Form.YEAR, 2023), (2023, 1, 1), (2023, 12, 31), "năm 2023", "năm 2022"),
    ],
)  # fmt: skip
def test_row_64_periods(span, start, end, label, before) -> None:
    assert (span.start, span.end) == (dt.date(*start), dt.date(*end))
    assert (span.label, span.compared_with.label) == (label, before)


@given(SPANS)
def test_a_period_is_known_by_its_form_and_first_day(span: Span) -> None:
    assert span_of(span.form, span.start) == span
    found = fitting(span.start, span.end)
    assert (found.start, found.end) == (span.start, span.end)
    before = span.compared_with
    assert before.form == span.form
    assert before.end < span.end


def test_there_is_no_fifth_quarter() -> None:
    with pytest.raises(ValueError, match="5"):
        Span(Form.QUARTER, 2023, 5)
