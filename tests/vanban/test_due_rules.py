"""Due rules: words → data → dates, with the caller's calendar."""

from __future__ import annotations

import datetime as dt
import doctest
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.texts import organised
from vanban import compile_text, due_rules
from vanban.due_rules import DueRule, due_rule, resolve, rule_of


class Weekdays:
    """Saturday and Sunday are off, and 30/4–01/5/2023 with the two days given for them."""

    def is_working_day(self, day: dt.date) -> bool:
        return day.weekday() < 5 and not dt.date(2023, 4, 29) <= day <= dt.date(2023, 5, 3)


CALENDAR = Weekdays()
START, END = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
WORDS = {
    "chậm nhất ngày 04/4/2023": {"kind": "fixed", "day": 4, "month": 4, "year": 2023},
    "trước ngày 16 tháng 10 năm 2023": {"kind": "fixed", "day": 16, "month": 10, "year": 2023},
    "từ ngày 01/12/2025 đến ngày 14/12/2025": {
        "kind": "fixed", "day": 14, "month": 12, "year": 2025,
    },
    "trước ngày 15 hằng tháng": {"kind": "monthly", "day": 15},
    "ngày 25 hàng tháng": {"kind": "monthly", "day": 25},
    "trước ngày 05 tháng sau, hằng tháng": {"kind": "monthly", "day": 5, "following": True},
    "hằng quý": {"kind": "quarterly"},
    "trước ngày 20 của tháng cuối quý": {"kind": "quarterly", "day": 20},
    "định kỳ hằng quý (trước ngày 10 của tháng cuối quý)": {"kind": "quarterly", "day": 10},
    "trước ngày 15/12 hằng năm": {"kind": "yearly", "day": 15, "month": 12},
    "hằng năm": {"kind": "yearly"},
    "trước ngày 01/6 và 15/11 hằng năm": {
        "kind": "schedule",
        "parts": [
            {"kind": "yearly", "day": 1, "month": 6}, {"kind": "yearly", "day": 15, "month": 11},
        ],
    },
    "định kỳ 6 tháng, 9 tháng và năm": {
        "kind": "schedule",
        "parts": [{"kind": "halfyear"}, {"kind": "nine_months"}, {"kind": "yearly"}],
    },
    "định kỳ 6 tháng, hằng năm": {
        "kind": "schedule", "parts": [{"kind": "halfyear"}, {"kind": "yearly"}],
    },
    "quý IV/2023": {"kind": "quarter", "number": 4, "year": 2023},
    "hoàn thành trong quý II năm 2024": {"kind": "quarter", "number": 2, "year": 2024},
    "trong tháng 11": {"kind": "month", "month": 11},
    "xong trong tháng 12/2025": {"kind": "month", "month": 12, "year": 2025},
    "trong 6 tháng đầu năm 2023": {"kind": "halfyear", "year": 2023},
    "trong năm 2025": {"kind": "yearly", "year": 2025},
    "sau 10 ngày làm việc kể từ ngày nhận được văn bản": {
        "kind": "after_working_days", "count": 10,
    },
    "trong thời hạn 05 ngày kể từ ngày ký": {"kind": "after_days", "count": 5},
    "chậm nhất 15 (mười lăm) ngày kể từ ngày ban hành": {"kind": "after_days", "count": 15},
}  # fmt: skip


@pytest.mark.parametrize("written", WORDS)
def test_the_words_of_a_limit_become_a_rule(written: str) -> None:
    found = due_rule(written)
    assert found is not None
    assert found.as_data() == WORDS[written]


@pytest.mark.parametrize(
    "written",
    ["thường xuyên", "", "theo yêu cầu của cấp trên", "khi có phát sinh", "ngày 45 hằng tháng",
     "năm 2023"],
)  # fmt: skip
def test_words_that_set_no_rule(written: str) -> None:
    assert due_rule(written) is None


def test_a_limit_found_in_a_document_gives_its_rule() -> None:
    document = compile_text(
        organised(
            "1. Giao Phòng Nội vụ báo cáo kết quả trước ngày 10/12/2024.",
            "2. Giao Phòng Tài chính báo cáo trước ngày 20 của tháng cuối quý.",
        )
    )
    rules = [rule_of(duty.due).as_data() for duty in document.duties if duty.due]
    assert rules == [
        {"kind": "fixed", "day": 10, "month": 12, "year": 2024},
        {"kind": "quarterly", "day": 20},
    ]


def dues(rule: DueRule, **more: dt.date) -> list[tuple[str, str, str]]:
    return [
        (f"{d.on:%d/%m}", f"{d.period_start:%d/%m}–{d.period_end:%d/%m}", d.label)
        for d in resolve(rule, CALENDAR, START, END, **more)
    ]


def test_a_quarter_s_report() -> None:
    assert dues(DueRule("quarterly", day=20)) == [
        ("20/03", "01/01–31/03", "quý I/2023"), ("20/06", "01/04–30/06", "quý II/2023"),
        ("20/09", "01/07–30/09", "quý III/2023"), ("20/12", "01/10–31/12", "quý IV/2023"),
    ]  # fmt: skip


def test_the_administrative_year() -> None:
    rule = due_rule("định kỳ 6 tháng, 9 tháng và năm")
    assert rule is not None
    assert dues(rule) == [
        ("30/06", "01/01–30/06", "6 tháng đầu năm 2023"),
        ("30/09", "01/01–30/09", "9 tháng năm 2023"),
        ("31/12", "01/01–31/12", "năm 2023"),
    ]


def test_the_month_after_reaches_over_the_turn_of_the_year() -> None:
    found = dues(DueRule("monthly", day=5, following=True))
    assert found[0] == ("05/01", "01/12–31/12", "tháng 12/2022")
    assert len(found) == 12
    assert found[-1][2] == "tháng 11/2023"


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert [on for on, _p, _l in dues(DueRule("monthly", day=31))][:4] == [
        "31/01", "28/02", "31/03", "30/04",
    ]  # fmt: skip


def test_counted_days_use_the_caller_s_calendar() -> None:
    event = dt.date(2023, 4, 27)
    assert dues(DueRule("after_days", count=3), after=event)[0][0] == "04/05"
    assert dues(DueRule("after_working_days", count=3), after=event)[0][0] == "05/05"
    assert dues(DueRule("after_days", count=3)) == []


def test_a_named_day_off_stays() -> None:
    assert dues(DueRule("fixed", day=30, month=4, year=2023))[0][0] == "30/04"


SIMPLE = st.one_of(
    st.builds(
        lambda d: DueRule("fixed", day=d.day, month=d.month, year=d.year),
        st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    ),
    st.builds(
        DueRule, st.sampled_from(["monthly", "quarterly"]),
        day=st.none() | st.integers(1, 31), following=st.booleans(),
    ),
    st.builds(
        DueRule, st.sampled_from(["halfyear", "nine_months", "yearly"]),
        day=st.none() | st.integers(1, 28), month=st.none() | st.integers(1, 12),
        year=st.none() | st.integers(2020, 2026),
    ),
    st.builds(DueRule, st.just("month"), month=st.integers(1, 12)),
    st.builds(DueRule, st.just("quarter"), number=st.integers(1, 4), year=st.integers(2020, 2026)),
    st.builds(
        DueRule, st.sampled_from(["after_days", "after_working_days"]),
        count=st.integers(1, 60),
    ),
)  # fmt: skip
RULES = SIMPLE | st.builds(
    lambda parts: DueRule("schedule", parts=tuple(parts)), st.lists(SIMPLE, min_size=1, max_size=4)
)


@given(RULES)
def test_data_gives_the_rule_back(rule: DueRule) -> None:
    assert DueRule.from_data(json.loads(json.dumps(rule.as_data()))) == rule
    assert rule.in_words()


@given(
    RULES, st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1)), st.integers(0, 800),
    st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1)),
)  # fmt: skip
def test_every_due_day_lies_in_the_window_in_order(rule, start, days, after) -> None:
    end = start + dt.timedelta(days=days)
    found = resolve(rule, CALENDAR, start, end, after=after)
    assert all(start <= due.on <= end for due in found)
    assert [d.on for d in found] == sorted(d.on for d in found)
    assert len(set(found)) == len(found)
    assert all(due.period_start <= due.period_end for due in found)
    middle = start + dt.timedelta(days=days // 2)
    halves = resolve(rule, CALENDAR, start, middle, after=after) + resolve(
        rule, CALENDAR, middle + dt.timedelta(days=1), end, after=after
    )
    assert sorted(halves, key=hash) == sorted(found, key=hash)


@given(st.text(max_size=60))
def test_any_words_are_survived(text: str) -> None:
    found = due_rule(text)
    assert found is None or DueRule.from_data(found.as_data()) == found


@pytest.mark.parametrize(
    "data",
    [{}, {"kind": "weekly"}, {"kind": "monthly", "day": 40}, {"kind": "schedule"}, {"day": 1},
     {"kind": "fixed", "day": 31, "month": 2, "year": 2023}, {"kind": "monthly", "x": 1},
     {"kind": "month"}],
)  # fmt: skip
def test_what_no_calendar_has_is_refused(data: dict) -> None:
    with pytest.raises(ValueError, match=r"."):
        DueRule.from_data(data)


def test_the_examples_beside_the_rules() -> None:
    assert doctest.testmod(due_rules).failed == 0
