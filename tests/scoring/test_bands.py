"""Classes and ranks at their edges: floors, caps, quotas, ties, targets, figure by figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from danvan.scoring.standings import (
    BandRule,
    Fired,
    Forecast,
    Line,
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
GOOD, FAIR, AVERAGE, WEAK = "Tốt", "Khá", "Trung bình", "Yếu"
FLOORS = ((GOOD, 80), (FAIR, 65), (AVERAGE, 50), (WEAK, 0))


def scale(ties: tuple[tuple[str, ...], ...] = (), places: int = 2, **quotas: str) -> Scale:
    """The usual floors; ``Tốt="30"`` lets 30 % of the units keep that class."""
    bands = tuple(
        BandRule(name, D(floor), D(quotas[name]) if name in quotas else None)
        for name, floor in FLOORS
    )
    return Scale(bands, ties, places)


def unit(n: int, points: str, maximum: str = "100", **more: Any) -> Totals:
    groups = more.pop("groups", {"G1": Sums(D(points), D(maximum))})
    return Totals(n, n, "WARD", groups, **more)


def placed(held: list[Totals], by: Scale) -> list[Line]:
    return standings(held, {"WARD": by})["WARD"]


def ceiling(name: str, code: str = "K1") -> Fired:
    return Fired(code, "Giới hạn", name, "căn cứ")


# --- rate and class ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "maximum", "places", "rate"),
    [
        ("1", "3", 2, "33.33"), ("2", "3", 2, "66.67"), ("1", "3", 1, "33.3"),
        ("1", "3", 0, "33"), ("2", "3", 0, "67"),
        # Half goes up.
        ("66.665", "100", 2, "66.67"), ("12.5", "100", 0, "13"), ("12.25", "100", 1, "12.3"),
        ("120", "100", 2, "100"), ("100", "100", 2, "100"), ("-1", "100", 2, "0"),
        ("0", "100", 2, "0"), ("0.5", "0.5", 2, "100"),
    ],
)  # fmt: skip
def test_the_rate_in_so_many_places(points, maximum, places, rate) -> None:
    assert rate_of(D(points), D(maximum), places) == D(rate)
    assert Sums(D(points), D(maximum)).rate == rate_of(D(points), D(maximum))


@pytest.mark.parametrize("maximum", ["0", "-1"])
def test_without_a_maximum_there_is_no_rate(maximum: str) -> None:
    assert rate_of(D(1), D(maximum)) is None


@pytest.mark.parametrize(
    ("rate", "name"),
    [
        ("100", GOOD), ("80", GOOD), ("79.99", FAIR), ("65", FAIR), ("64.99", AVERAGE),
        ("50", AVERAGE), ("49.99", WEAK), ("0", WEAK),
    ],
)  # fmt: skip
def test_a_floor_belongs_to_its_class(rate: str, name: str) -> None:
    assert band_of(D(rate), scale()) == name


def test_points_are_the_groups_plus_bonus_less_deductions() -> None:
    groups = {"G1": Sums(D(30), D(40)), "G2": Sums(D(20), D(60))}
    line = line_of(unit(7, "0", groups=groups, bonus=D(5), deduction=D(3)), scale())
    assert (line.points, line.maximum, line.rate) == (D(52), D(100), D(52))
    assert (line.unit, line.block, line.band, line.raw_band) == (7, "WARD", AVERAGE, AVERAGE)
    assert not line.capped and line.rank is None and line.quota_note == ""
    assert line_of(unit(1, "2", deduction=D(3)), scale()).points == 0


def test_the_sheet_says_to_how_many_places_the_rate_is_rounded() -> None:
    assert line_of(unit(1, "79.5"), scale(places=0)).band == GOOD
    assert line_of(unit(1, "79.5"), scale(places=1)).band == FAIR


def test_the_lowest_ceiling_counts_and_no_ceiling_lifts() -> None:
    line = line_of(unit(1, "90", caps=(ceiling(FAIR), ceiling(AVERAGE, "K2"))), scale())
    assert (line.raw_band, line.band, line.capped) == (GOOD, AVERAGE, True)
    line = line_of(unit(1, "40", caps=(ceiling(FAIR),)), scale())
    assert (line.raw_band, line.band, line.capped) == (WEAK, WEAK, False)


def test_why_a_unit_is_not_ranked() -> None:
    out = Fired("K3", "Bị kỷ luật", "", "QĐ 12")
    bare = Fired("K3", "Bị kỷ luật", "", "")
    assert line_of(unit(1, "90", caps=(ceiling(FAIR), out)), scale()).ineligible == (
        "Bị kỷ luật: QĐ 12"
    )
    assert line_of(unit(1, "90", caps=(bare,)), scale()).ineligible == "Bị kỷ luật"
    assert line_of(unit(1, "90", caps=(ceiling(FAIR),)), scale()).ineligible == ""
    missing = line_of(unit(1, "90", missing="Không nộp", caps=(out,)), scale())
    assert (missing.ineligible, missing.raw_band, missing.band) == ("Không nộp", "", "")
    nothing = line_of(unit(1, "0", "0"), scale())
    assert (nothing.rate, nothing.ineligible) == (None, "Không có tiêu chí nào áp dụng")
    # The class the points would give is kept beside the reason.
    barred = line_of(unit(1, "90", caps=(out,)), scale())
    assert (barred.raw_band, barred.band) == (GOOD, "")


# --- ranks and ties ------------------------------------------------------------------------


def tied(n: int, g1: str, g2: str, g3: str = "0", rest: str = "0") -> Totals:
    groups = {
        "G1": Sums(D(g1), D(10)), "G2": Sums(D(g2), D(10)), "G3": Sums(D(g3), D(10)),
        "G4": Sums(D(rest), D(100)),
    }  # fmt: skip
    return Totals(n, n, "WARD", groups)


def test_equal_rates_share_a_rank_and_the_next_counts_them_all() -> None:
    lines = placed([unit(1, "70"), unit(2, "90"), unit(3, "80"), unit(4, "90")], scale())
    assert [(x.unit, x.rank) for x in lines] == [(2, 1), (4, 1), (3, 3), (1, 4)]


def test_ties_are_told_apart_by_the_groups_in_their_order() -> None:
    by = scale((("G1", "G2"), ("G3",)))
    # All have 20 points: over G1 and G2 together 10, 12, 10; then G3 decides between 1 and 3.
    held = [tied(1, "4", "6", "2", "8"), tied(2, "6", "6", "0", "8"), tied(3, "6", "4", "5", "5")]
    lines = placed(held, by)
    assert [(x.unit, x.rank) for x in lines] == [(2, 1), (3, 2), (1, 3)]
    assert lines[0].ties == (D(60), D(0))
    assert lines[1].ties == (D(50), D(50))


def test_a_group_nobody_was_asked_for_stands_below_every_rate() -> None:
    line = line_of(unit(1, "50"), scale((("G9",), ("G1", "G9"))))
    assert line.ties == (D(-1), D(50))
    zero = line_of(Totals(1, 1, "WARD", {"G9": Sums(D(0), D(10))}), scale((("G9",),)))
    assert zero.ties == (D(0),)
    assert line_of(unit(1, "50"), scale((("G1",),), places=0)).ties == (D(50),)
    third = Totals(1, 1, "WARD", {"G1": Sums(D(1), D(3))})
    assert line_of(third, scale((("G1",),), places=0)).ties == (D(33),)


def test_each_block_is_ranked_by_its_own_scale_and_who_is_not_ranked_stands_last() -> None:
    other = Totals(9, 9, "DEPARTMENT", {"G1": Sums(D(70), D(100))})
    lenient = Scale((BandRule("Đạt", D(60)), BandRule("Không đạt", D(0))))
    lines = standings(
        [unit(1, "90", missing="Không nộp"), other, unit(2, "70")],
        {"WARD": scale(), "DEPARTMENT": lenient},
    )
    assert [(x.unit, x.rank, x.band) for x in lines["WARD"]] == [(2, 1, FAIR), (1, None, "")]
    assert [(x.unit, x.rank, x.band) for x in lines["DEPARTMENT"]] == [(9, 1, "Đạt")]


# --- quotas --------------------------------------------------------------------------------


def test_the_best_keep_the_class_and_the_rest_take_the_next() -> None:
    held = [unit(n, str(99 - n)) for n in range(1, 6)]
    lines = placed(held, scale(Tốt="40"))
    assert [x.band for x in lines] == [GOOD, GOOD, FAIR, FAIR, FAIR]
    assert [x.quota_note for x in lines] == [
        "", "", *["Loại Tốt nhiều nhất 2/5 đơn vị"] * 3
    ]  # fmt: skip
    assert [x.rank for x in lines] == [1, 2, 3, 4, 5]


def test_a_share_is_rounded_down_and_one_that_suffices_changes_nothing() -> None:
    held = [unit(n, str(99 - n)) for n in range(1, 6)]
    assert [x.band for x in placed(held, scale(Tốt="39.99"))].count(GOOD) == 1
    assert [x.band for x in placed(held, scale(Tốt="0"))].count(GOOD) == 0
    assert [x.band for x in placed(held, scale(Tốt="100"))].count(GOOD) == 5
    assert all(x.quota_note == "" for x in placed(held, scale(Tốt="100")))


def test_units_of_one_rank_fall_together() -> None:
    lines = placed([unit(1, "95"), unit(2, "90"), unit(3, "90"), unit(4, "85")], scale(Tốt="50"))
    assert [(x.unit, x.band) for x in lines] == [(1, GOOD), (2, FAIR), (3, FAIR), (4, FAIR)]


def test_a_full_class_passes_on_to_the_one_below_it() -> None:
    held = [unit(1, "95"), unit(2, "90"), unit(3, "70"), unit(4, "60")]
    lines = placed(held, scale(Tốt="25", Khá="25"))
    assert [x.band for x in lines] == [GOOD, FAIR, AVERAGE, AVERAGE]


def test_a_class_may_have_a_quota_where_the_one_above_has_none() -> None:
    held = [unit(1, "90"), unit(2, "75"), unit(3, "70"), unit(4, "20")]
    lines = placed(held, scale(Khá="25"))
    assert [x.band for x in lines] == [GOOD, FAIR, AVERAGE, WEAK]


def test_only_who_holds_the_class_counts_in_it_a_capped_one_does_not() -> None:
    held = [unit(1, "99", caps=(ceiling(FAIR),)), unit(2, "95"), unit(3, "90")]
    lines = placed(held, scale(Tốt="34"))
    assert [(x.unit, x.band) for x in lines] == [(1, FAIR), (2, GOOD), (3, FAIR)]
    # The share is of the ranked units: one not ranked does not widen it.
    barred = unit(4, "99", caps=(Fired("K3", "Bị kỷ luật", "", "x"),))
    assert [x.band for x in placed([*held, barred], scale(Tốt="50"))][:3] == [FAIR, GOOD, FAIR]


# --- the target ----------------------------------------------------------------------------


def told(held: list[Totals], target: str | None = "60", by: Scale | None = None, **more: Any):
    used = by or scale()
    asked = None if target is None else D(target)
    return forecast(standings(held, {"WARD": used}), {"WARD": used}, asked, **more)


def test_the_share_against_the_target() -> None:
    held = [unit(1, "85"), unit(2, "85"), unit(3, "70")]
    found = told(held)
    assert (found.top, found.ranked, found.share, found.wanted, found.lacking) == (
        2, 3, D("66.7"), 2, 0,
    )  # fmt: skip
    assert told(held, "67").wanted == 3 and told(held, "67").lacking == 1
    assert told(held, "0").lacking == 0
    assert told(held, None).wanted is None and told(held, None).lacking == 0
    assert told([unit(1, "85", missing="Không nộp")]).share is None
    assert told([unit(1, "70")], None).lacking == told([unit(1, "70")], "0").lacking == 0
    assert Forecast(1, 2, None, ()).capped == 0
    nothing = forecast({}, {}, D(60))
    assert (nothing.top, nothing.wanted, nothing.capped, nothing.lacking) == (0, 0, 0, 0)


def test_the_nearest_are_told_first_by_what_they_lack() -> None:
    held = [unit(n, points) for n, points in enumerate(
        ("60", "79", "70", "79", "50", "40", "30"), start=1)]  # fmt: skip
    found = told(held)
    assert [n.line.unit for n in found.near] == [2, 4, 3, 1, 5]
    assert [n.line.unit for n in told(held, nearest=None).near] == [2, 4, 3, 1, 5, 6, 7]
    assert [str(n.lacks) for n in told(held, nearest=2).near] == ["1.00", "1.00"]
    assert found.capped == 0


def test_whom_points_do_not_help_is_counted_apart() -> None:
    by = scale(Tốt="25")
    held = [unit(1, "95"), unit(2, "90"), unit(3, "70", caps=(ceiling(FAIR),)), unit(4, "60")]
    found = told(held, by=by)
    # 2 fell by the quota, 3 is held by a cap, 4 lacks points.
    assert (found.top, found.ranked, found.capped) == (1, 4, 2)
    assert [n.line.unit for n in found.near] == [4]
    # A ceiling at the best class holds nobody down.
    assert told([unit(1, "70", caps=(ceiling(GOOD),))]).capped == 0


@pytest.mark.parametrize(
    ("points", "maximum", "floor", "places", "lacks"),
    [
        ("75", "100", "80", 2, "5.00"),
        ("80", "100", "80", 2, "0"),
        ("90", "100", "80", 2, "0"),
        ("79.99", "100", "80", 2, "0.01"),
        # 79,5 % is shown as 80 % where the sheet has no decimals.
        ("75", "100", "80", 0, "4.50"),
        ("75", "100", "80", 1, "4.95"),
        # A floor between two steps is reached by the step above.
        ("75", "100", "79.5", 0, "4.50"),
        ("75", "100", "79.55", 1, "4.55"),
        # On 50 points one point is two percent.
        ("30", "50", "80", 2, "10.00"),
        ("30", "50", "65", 1, "2.48"),
    ],
)
def test_the_least_that_lifts_to_the_floor(points, maximum, floor, places, lacks) -> None:
    line = line_of(unit(1, points, maximum), scale(places=places))
    assert points_lacking(line, D(floor), places) == D(lacks)
    raised = rate_of(line.points + D(lacks), line.maximum, places)
    assert raised is not None and raised >= D(floor)


def test_two_places_are_usual() -> None:
    line = line_of(unit(1, "75"), scale())
    assert points_lacking(line, D(80)) == points_lacking(line, D(80), 2)
    assert rate_of(D(1), D(3)) == D("33.33")
    assert Scale(scale().bands).places == 2


def test_who_is_not_ranked_is_passed_over_wherever_he_stands() -> None:
    lines = placed([unit(1, "85"), unit(2, "70"), unit(3, "90", missing="Không nộp")], scale())
    found = forecast({"WARD": lines[::-1]}, {"WARD": scale()}, D(60))
    assert (found.top, found.ranked, len(found.near)) == (1, 2, 1)
