"""Caps, one by one, from circumstances alone: when each fires, and the day it does not yet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from danvan.scoring.capping import Circumstances, fired, ground_of, months_after
from danvan.scoring.models import Band, Cap
from danvan.scoring.standings import Fired, Sums

D = Decimal
END = dt.date(2023, 12, 31)


def cap(rule: str, threshold: str | None = None, **more: Any) -> Cap:
    held = None if threshold is None else D(threshold)
    return Cap(**{"pk": 1, "code": "K1", "title": "Giới hạn", "rule": rule, "threshold": held,
                  **more})  # fmt: skip


def about(**more: Any) -> Circumstances:
    return Circumstances(**{"days_late": None, "groups": {}, "period_to": END, **more})


def test_a_cap_an_office_must_raise_does_not_fire_by_itself() -> None:
    assert ground_of(cap("manual"), about(days_late=99, plan_due=END, born=END)) == ""
    assert ground_of(cap("manual"), about(raised={1: "Kết luận 12"})) == "Kết luận 12"
    assert ground_of(cap("manual"), about(raised={2: "Kết luận 12"})) == ""


def test_what_was_raised_stands_with_its_ground_whatever_the_test_says() -> None:
    late = about(days_late=9, raised={1: "Biên bản 3"})
    assert ground_of(cap("dossier_late"), late) == "Biên bản 3"


def test_no_plan_fires_while_the_plan_is_missing() -> None:
    assert ground_of(cap("no_plan"), about()) == ""
    told = ground_of(cap("no_plan"), about(plan_due=dt.date(2023, 4, 4)))
    assert told == "Chưa gửi kế hoạch (hạn 04/04/2023)."


@pytest.mark.parametrize(
    ("threshold", "late", "fires"),
    [
        ("3", None, False), ("3", 2, False), ("3", 3, True), ("3", 4, True),
        # Without a figure of the score sheet: from the first day.
        (None, 0, False), (None, 1, True),
    ],
)  # fmt: skip
def test_a_late_dossier_fires_from_the_day_the_sheet_says(threshold, late, fires) -> None:
    told = ground_of(cap("dossier_late", threshold), about(days_late=late))
    assert (told != "") is fires
    if fires:
        assert told == f"Nộp hồ sơ chậm {late} ngày (giới hạn từ {threshold or 1} ngày)."


@pytest.mark.parametrize(
    ("threshold", "points", "fires"),
    [
        ("60", "11.99", True), ("60", "12", False), ("60", "13", False),
        # Without a figure of the score sheet: half.
        (None, "9.99", True), (None, "10", False),
    ],
)  # fmt: skip
def test_a_group_below_its_share_fires_at_less_than_it(threshold, points, fires) -> None:
    groups = {"G1": Sums(D(20), D(20)), "G2": Sums(D(points), D(20))}
    told = ground_of(cap("group_below", threshold), about(groups=groups))
    assert (told != "") is fires


def test_the_first_weak_group_is_named_and_one_that_does_not_apply_is_passed_over() -> None:
    groups = {"G1": Sums(D(0), D(0)), "G2": Sums(D(5), D(20)), "G3": Sums(D(0), D(20))}
    told = ground_of(cap("group_below", "50"), about(groups=groups))
    assert told.startswith("Nhóm G2 đạt 5/20 điểm (25")
    assert "dưới 50" in told
    assert ground_of(cap("group_below", "50"), about(groups={"G1": groups["G1"]})) == ""


@pytest.mark.parametrize(
    ("threshold", "born", "fires"),
    [
        ("6", None, False),
        ("6", dt.date(2023, 6, 30), False),  # six months are full on 30/12
        ("6", dt.date(2023, 7, 1), True),  # … on 01/01
        ("3", dt.date(2023, 9, 30), False),
        ("3", dt.date(2023, 10, 1), True),
        # Without a figure of the score sheet: six months.
        (None, dt.date(2023, 6, 30), False),
        (None, dt.date(2023, 7, 1), True),
    ],
)
def test_a_new_unit_fires_until_its_months_are_full(threshold, born, fires) -> None:
    told = ground_of(cap("new_unit", threshold), about(born=born))
    assert (told != "") is fires
    if fires:
        assert f"{born:%d/%m/%Y}" in told
        assert f"chưa đủ {threshold or 6} tháng đến 31/12/2023" in told


def test_months_full_on_the_last_day_of_the_period_are_full() -> None:
    assert ground_of(cap("new_unit", "6"), about(born=dt.date(2023, 6, 30), period_to=END)) == ""
    on_the_day = about(born=dt.date(2023, 6, 30), period_to=dt.date(2023, 12, 30))
    assert ground_of(cap("new_unit", "6"), on_the_day) == ""
    the_day_before = about(born=dt.date(2023, 6, 30), period_to=dt.date(2023, 12, 29))
    assert ground_of(cap("new_unit", "6"), the_day_before)


def test_caps_fire_in_the_order_of_the_sheet_and_lifted_ones_do_not() -> None:
    held = [
        cap("dossier_late", "3", pk=4, code="K2", title="Quá hạn", ceiling=Band(name="Khá")),
        cap("no_plan", pk=5, code="K1", title="Không kế hoạch"),
        cap("manual", pk=6, code="K7", title="Điểm nóng"),
    ]
    late = about(days_late=5, plan_due=dt.date(2023, 4, 4), raised={6: "Văn bản 9"})
    assert fired(held, late) == (
        Fired("K2", "Quá hạn", "Khá", "Nộp hồ sơ chậm 5 ngày (giới hạn từ 3 ngày)."),
        Fired("K1", "Không kế hoạch", "", "Chưa gửi kế hoạch (hạn 04/04/2023)."),
        Fired("K7", "Điểm nóng", "", "Văn bản 9"),
    )
    lifted = about(days_late=5, raised={6: "Văn bản 9"}, lifted=frozenset({4, 6}))
    assert fired(held, lifted) == ()


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (dt.date(2023, 8, 31), 6, dt.date(2024, 2, 29)),
        (dt.date(2022, 8, 31), 6, dt.date(2023, 2, 28)),
        (dt.date(2023, 1, 1), 12, dt.date(2024, 1, 1)),
        (dt.date(2023, 12, 15), 1, dt.date(2024, 1, 15)),
        (dt.date(2023, 11, 15), 1, dt.date(2023, 12, 15)),
        (dt.date(2023, 5, 31), 0, dt.date(2023, 5, 31)),
        (dt.date(2023, 5, 31), 25, dt.date(2025, 6, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day, months, after) -> None:
    assert months_after(day, months) == after
