"""Rows 59 and 61: the pure part: rates, bands without gap, caps, ties, forecast."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from danvan.scoring.capping import months_after
from danvan.scoring.standings import (
    BandRule,
    Fired,
    Scale,
    Sums,
    Totals,
    band_of,
    forecast,
    line_of,
    points_lacking,
    rate_of,
    standings,
)

D = Decimal
SCALE = Scale(
    (BandRule("Tốt", D(80)), BandRule("Khá", D(65)), BandRule("Trung bình", D(50)),
     BandRule("Yếu", D(0))),
    (("G2", "G4"), ("G5",)),
)  # fmt: skip
HUNDREDTHS = st.integers(0, 10_000).map(lambda n: D(n) / 100)


def totals(unit: int = 1, points: str = "90", maximum: str = "100", **more) -> Totals:
    groups = more.pop("groups", {"G1": Sums(D(points), D(maximum))})
    return Totals(unit, unit, "WARD", groups, **more)


@given(HUNDREDTHS)
def test_row_61_every_rate_has_exactly_one_band(rate: Decimal) -> None:
    above = [D(101), *(band.floor for band in SCALE.bands)]
    held = [
        band.name
        for band, upper in zip(SCALE.bands, above, strict=False)
        if band.floor <= rate < upper
    ]
    assert held == [band_of(rate, SCALE)]


@given(st.lists(HUNDREDTHS, min_size=1, max_size=6, unique=True), HUNDREDTHS)
def test_row_61_no_gap_whatever_the_floors(floors: list[Decimal], rate: Decimal) -> None:
    bands = tuple(BandRule(str(f), f) for f in sorted(floors, reverse=True))
    name = band_of(rate, Scale(bands))
    reached = [b.name for b in bands if rate >= b.floor]
    assert name == (reached[0] if reached else bands[-1].name)


def test_row_61_the_edge_belongs_to_the_better_class() -> None:
    assert band_of(D("80.00"), SCALE) == "Tốt"
    assert band_of(D("79.99"), SCALE) == "Khá"
    assert band_of(D(0), SCALE) == "Yếu"


def test_row_59_the_rate_is_of_the_applicable_maximum() -> None:
    """Tỷ lệ của QĐ 2729/QĐ-UBND 2023: 69,25/71,5 = 96,85 %."""
    assert rate_of(D("69.25"), D("71.5")) == D("96.85")
    assert rate_of(D("1"), D("8")) == D("12.50")
    assert rate_of(D("0.005"), D("1")) == D("0.50")
    assert rate_of(D("2"), D("3")) == D("66.67")
    assert rate_of(D("3"), D("0")) is None


def test_row_59_bonus_and_deduction_stay_within_0_and_100() -> None:
    assert line_of(totals(points="99", bonus=D(3)), SCALE).rate == D(100)
    assert line_of(totals(points="99", bonus=D(3)), SCALE).points == D(102)
    assert line_of(totals(points="81", deduction=D(2)), SCALE).band == "Khá"
    assert line_of(totals(points="1", deduction=D(4)), SCALE).rate == D(0)


def test_row_59_a_cap_limits_the_class_and_not_the_rank() -> None:
    cap = Fired("K1", "Không gửi kế hoạch", "Khá", "hạn 04/4")
    low = Fired("K2", "Hồ sơ quá hạn", "Trung bình", "chậm 5 ngày")
    first, second = standings(
        [totals(1, "95", caps=(cap, low)), totals(2, "85")], {"WARD": SCALE}
    )["WARD"]  # fmt: skip
    assert (first.rank, first.raw_band, first.band, first.capped) == (1, "Tốt", "Trung bình", True)
    assert (second.rank, second.band) == (2, "Tốt")
    assert line_of(totals(points="40", caps=(cap,)), SCALE).band == "Yếu"


def test_row_59_not_eligible_is_not_the_lowest_class() -> None:
    out = Fired("K3", "Bị kỷ luật", "", "QĐ 12")
    lines = standings(
        [totals(1, "95", caps=(out,)), totals(2, "0"), totals(3, missing="Không nộp hồ sơ")],
        {"WARD": SCALE},
    )["WARD"]
    assert [(x.unit, x.rank, x.band) for x in lines] == [
        (2, 1, "Yếu"), (1, None, ""), (3, None, ""),
    ]  # fmt: skip
    assert lines[1].ineligible == "Bị kỷ luật: QĐ 12"
    assert lines[2].ineligible == "Không nộp hồ sơ"
    assert line_of(totals(groups={}), SCALE).ineligible


def tied(unit: int, g2: str, g5: str, g1: str) -> Totals:
    groups = {code: Sums(D(p), D(20)) for code, p in (("G1", g1), ("G2", g2), ("G5", g5))}
    return Totals(unit, unit, "WARD", groups)


def test_row_59_ties_by_the_named_groups_then_the_same_rank() -> None:
    lines = standings(
        [tied(1, "10", "20", "20"), tied(2, "20", "10", "20"), tied(3, "10", "15", "25"),
         tied(4, "10", "20", "20"), tied(5, "0", "0", "0")],
        {"WARD": SCALE},
    )["WARD"]  # fmt: skip
    assert [(x.unit, x.rank) for x in lines] == [(2, 1), (1, 2), (4, 2), (3, 4), (5, 5)]


def test_row_50_forecast_against_the_target() -> None:
    held = [totals(n, "85") for n in range(1, 12)]
    held += [totals(12, "79"), totals(13, "70"), totals(14, "79.5")]
    held += [totals(n, "40") for n in range(15, 20)]
    capped = Fired("K1", "Không kế hoạch", "Khá", "x")
    held += [totals(20, "99", caps=(capped,)), totals(21, missing="Không nộp")]
    told = forecast(standings(held, {"WARD": SCALE}), {"WARD": SCALE}, D(60))
    assert (told.top, told.ranked, told.share) == (11, 20, D("55.0"))
    assert (told.wanted, told.lacking) == (12, 1)
    assert [n.line.unit for n in told.near][:3] == [14, 12, 13]
    assert told.capped == 1  # more points would not help it
    # 79,995 would do, but points are hundredths.
    assert told.near[0].lacks == D("0.50")
    assert forecast({}, {}, D(60)).share is None
    assert forecast({}, {}, None).wanted is None


@given(
    st.integers(0, 10_000), st.integers(100, 10_000),
    st.sampled_from([D(80), D(65), D("72.55")]),
)  # fmt: skip
def test_row_50_the_points_lacking_are_the_least_that_suffice(
    points: int, maximum: int, floor: Decimal
) -> None:
    line = line_of(totals(points=str(D(points) / 100), maximum=str(D(maximum) / 100)), SCALE)
    lacks = points_lacking(line, floor)
    assert rate_of(line.points + lacks, line.maximum) >= floor
    if lacks:
        assert rate_of(line.points + lacks - D("0.01"), line.maximum) < floor


def test_months_end_on_the_last_day() -> None:
    assert months_after(dt.date(2023, 8, 31), 6) == dt.date(2024, 2, 29)
    assert months_after(dt.date(2023, 1, 1), 12) == dt.date(2024, 1, 1)
