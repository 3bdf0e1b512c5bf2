"""What must hold whatever the values: sums, bounds, monotony, order, partition, freezing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.scoring import snapshot
from danvan.scoring.actions import rankings
from danvan.scoring.models import Criterion, FrozenReading, Ranking, Score
from danvan.scoring.proof_flags import flags_of
from danvan.scoring.queries.drafts import draft, maximum_of, value_of
from danvan.scoring.standings import (
    BandRule,
    Fired,
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
from tests.scoring import factory
from tests.scoring.results_factory import chairman, handed_in, put_forward

D = Decimal
# A busy machine draws slowly; that says nothing of what is tested.
MANY = settings(suppress_health_check=list(HealthCheck), max_examples=150)
CENTS = st.integers(0, 3_000).map(lambda n: D(n) / 100)
MAXIMA = st.integers(1, 3_000).map(lambda n: D(n) / 100)
NAMES = ("Tốt", "Khá", "Trung bình", "Yếu")
CAPS = st.sampled_from([
    Fired("K1", "Không gửi kế hoạch", "Khá", "x"), Fired("K2", "Quá hạn", "Trung bình", "x"),
    Fired("K3", "Đơn vị mới", "", "x"),
])  # fmt: skip


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Four classes, any floors with no gap, any quotas, ties over groups, any rounding."""
    floors = draw(st.lists(st.integers(1, 9_999), min_size=3, max_size=3, unique=True))
    quotas = st.one_of(st.none(), st.integers(0, 10_000).map(lambda n: D(n) / 100))
    bands = [
        BandRule(name, D(floor) / 100, draw(quotas))
        for name, floor in zip(NAMES, sorted(floors, reverse=True), strict=False)
    ]
    ties = draw(st.sampled_from([(), (("G1",),), (("G1", "G2"), ("G3",))]))
    return Scale((*bands, BandRule("Yếu", D(0))), ties, draw(st.integers(0, 2)))


@st.composite
def sums(draw: st.DrawFn) -> Sums:
    maximum = draw(MAXIMA)
    points = draw(st.integers(0, int(maximum * 100)).map(lambda n: D(n) / 100))
    return Sums(points, maximum)


@st.composite
def units(draw: st.DrawFn, most: int = 12) -> list[Totals]:
    """Units of one block, with every group, bonus, deduction and any caps."""
    found = []
    for n in range(draw(st.integers(1, most))):
        groups = {f"G{g}": draw(sums()) for g in (1, 2, 3)}
        caps = tuple(draw(st.lists(CAPS, unique_by=lambda c: c.code, max_size=2)))
        found.append(Totals(n, n, "WARD", groups, draw(CENTS), draw(CENTS), caps))
    return found


def placed(held: list[Totals], scale: Scale) -> dict[int, Line]:
    return {line.unit: line for line in standings(held, {"WARD": scale})["WARD"]}


# --- sum and bounds --------------------------------------------------------------------------


@MANY
@given(units(), scales())
def test_row_62_points_are_the_sum_and_the_rate_is_bounded(held, scale) -> None:
    for totals in held:
        line = line_of(totals, scale)
        summed = sum((g.points for g in totals.groups.values()), D(0))
        assert line.points == max(D(0), summed + totals.bonus - totals.deduction)
        assert line.maximum == sum((g.maximum for g in totals.groups.values()), D(0))
        assert line.rate is not None and D(0) <= line.rate <= D(100)
        assert line.rate == line.rate.quantize(D(1).scaleb(-scale.places))


@MANY
@given(CENTS, CENTS)
def test_row_62_a_line_never_counts_more_than_its_maximum(claimed, maximum) -> None:
    for policy in Criterion.WhenNotArising.values:
        for arises in (True, False):
            criterion = Criterion(max_points=maximum, when_not_arising=policy)
            score = Score(criterion=criterion, arises=arises, claimed=min(claimed, maximum))
            assert D(0) <= value_of(score) <= maximum
            assert value_of(score) <= maximum_of(score) or policy == "exclude"
            assert maximum_of(score) in (D(0), maximum)


# --- monotony --------------------------------------------------------------------------------


@MANY
@given(units(most=1), scales(), CENTS, st.sampled_from(["G1", "G2", "G3", "bonus", "deduction"]))
def test_row_62_more_points_never_lower_the_rate(held, scale, more, where) -> None:
    before = held[0]
    if where == "bonus":
        after = before._replace(bonus=before.bonus + more)
    elif where == "deduction":
        after = before._replace(deduction=max(D(0), before.deduction - more))
    else:
        group = before.groups[where]
        groups = {**before.groups, where: Sums(group.points + more, group.maximum)}
        after = before._replace(groups=groups)
    low, high = line_of(before, scale), line_of(after, scale)
    assert (high.rate or D(0)) >= (low.rate or D(0))
    # A better rate never makes a worse class, whatever caps stand.
    if not low.ineligible:
        assert scale.place(high.band) <= scale.place(low.band)


@MANY
@given(units(), scales(), st.integers(0, 11), MAXIMA)
def test_row_62_more_points_never_lower_the_rank(held, scale, which, more) -> None:
    which %= len(held)
    one = held[which]
    group = one.groups["G1"]
    groups = {**one.groups, "G1": Sums(group.points + more, group.maximum)}
    raised = [*held[:which], one._replace(groups=groups), *held[which + 1 :]]
    low, high = placed(held, scale)[which], placed(raised, scale)[which]
    if low.rank is not None:
        assert high.rank is not None and high.rank <= low.rank


# --- order -----------------------------------------------------------------------------------


@MANY
@given(units(), scales(), st.randoms())
def test_row_62_the_order_of_units_changes_no_standing(held, scale, random) -> None:
    shuffled = list(held)
    random.shuffle(shuffled)
    one, two = placed(held, scale), placed(shuffled, scale)
    for unit, line in one.items():
        other = two[unit]
        assert (line.rate, line.rank, line.band) == (other.rate, other.rank, other.band)


# --- ranks, bands, quotas --------------------------------------------------------------------


@MANY
@given(units(), scales())
def test_row_61_ranks_count_everybody_before(held, scale) -> None:
    lines = [line for line in placed(held, scale).values() if line.rank is not None]
    for line in lines:
        before = [o for o in lines if (o.rate, o.ties) > (line.rate, line.ties)]
        assert line.rank == len(before) + 1
    assert all(bool(line.ineligible) == (line.rank is None)
               for line in placed(held, scale).values())  # fmt: skip


@MANY
@given(scales(), st.integers(0, 10_000).map(lambda n: D(n) / 100))
def test_row_61_the_bands_partition_the_rates(scale, rate) -> None:
    inside = []
    for place, band in enumerate(scale.bands):
        above = scale.bands[place - 1].floor if place else D(101)
        if band.floor <= rate < above:
            inside.append(band.name)
    assert inside == [band_of(rate, scale)]


@MANY
@given(units(), scales())
def test_row_59_no_class_holds_more_than_its_quota_and_equals_fall_together(held, scale) -> None:
    lines = [line for line in placed(held, scale).values() if line.rank is not None]
    for band in scale.bands[:-1]:
        if band.quota is not None:
            inside = [line for line in lines if line.band == band.name]
            assert len(inside) <= int(band.quota * len(lines) / 100)
    for line in lines:
        # Nobody rises by a quota; equal units under equal caps stand in one class.
        assert scale.place(line.band) >= scale.place(line_of(line.totals, scale).band)
        for other in lines:
            if other.rank == line.rank and other.totals.caps == line.totals.caps:
                assert other.band == line.band


@MANY
@given(units(), scales())
def test_row_59_a_cap_never_lifts_and_lifting_it_never_lowers(held, scale) -> None:
    for totals in held:
        with_caps = line_of(totals, scale)
        without = line_of(totals._replace(caps=()), scale)
        assert not without.ineligible
        if not with_caps.ineligible:
            assert scale.place(without.band) <= scale.place(with_caps.band)


# --- the forecast ----------------------------------------------------------------------------


@MANY
@given(sums(), st.integers(1, 9_999).map(lambda n: D(n) / 100), st.integers(0, 2))
def test_row_50_what_is_said_to_lack_is_the_least_that_suffices(group, floor, places) -> None:
    floor = floor.quantize(D(1).scaleb(-places))
    scale = Scale((BandRule("Tốt", floor), BandRule("Yếu", D(0))), (), places)
    line = line_of(Totals(1, 1, "WARD", {"G1": group}), scale)
    lacks = points_lacking(line, floor, places)
    assert lacks >= 0
    enough = rate_of(group.points + lacks, group.maximum, places)
    assert enough is not None and enough >= min(floor, D(100))
    if lacks > 0:
        less = rate_of(group.points + lacks - D("0.01"), group.maximum, places)
        assert less is not None and less < floor


@MANY
@given(units(), scales(), st.integers(0, 10_000).map(lambda n: D(n) / 100))
def test_row_50_the_forecast_counts_every_ranked_unit_once(held, scale, target) -> None:
    lines = standings(held, {"WARD": scale})
    told = forecast(lines, {"WARD": scale}, target, nearest=None)
    assert told.top + told.capped + len(told.near) == told.ranked
    assert told.ranked == sum(line.rank is not None for line in lines["WARD"])
    assert told.wanted is not None and told.wanted * 100 >= target * told.ranked


# --- freezing --------------------------------------------------------------------------------


@pytest.fixture
def decided(city, on_day) -> Ranking:
    on_day(2023, 10, 20)
    case = put_forward(handed_in(city))
    made: Ranking = rankings.decide(case.round, by=chairman(case))
    return made


def test_row_62_freezing_twice_gives_the_same_bytes(decided: Ranking) -> None:
    """The values of a decided round lead to the very snapshot that was kept."""
    drafted = draft(decided.round, decided.decision.issued_on)
    again = snapshot.compose(decided.round, drafted, decided.decision)
    assert again == decided.snapshot
    assert snapshot.digest(again) == decided.snapshot_sha256
    before = list(Score.objects.order_by("pk").values_list("decided", flat=True))
    rankings._freeze(decided.round)
    assert list(Score.objects.order_by("pk").values_list("decided", flat=True)) == before


def test_row_62_readings_frozen_again_are_later_lines_and_change_no_earlier_one(
    city, on_day
) -> None:
    from danvan.scoring.actions import sheets

    on_day(2023, 10, 10)
    round = factory.round_for(city)
    sheet = factory.submitted(round, city, "phuong-1")
    first = list(FrozenReading.objects.order_by("pk").values())
    sheets.return_to_unit(sheet, reason="Thiếu trang", by=city.actor("noi-vu"))
    sheets.submit(sheet, by=city.actor("phuong-1"))
    ids = [r["id"] for r in first]
    kept = list(FrozenReading.objects.filter(pk__in=ids).order_by("pk").values())
    assert kept == first
    assert FrozenReading.objects.count() == 2 * len(first)


@MANY
@given(st.dates(), st.one_of(st.none(), st.dates()), st.dates())
def test_row_53_a_paper_is_flagged_at_most_once_per_kind(dated, until, today) -> None:
    import datetime as dt

    from danvan.scoring.models import Proof, Round

    round = Round(period_from=dt.date(2023, 1, 1), period_to=dt.date(2023, 12, 31))
    kinds = [kind for kind, _said in flags_of(Proof(dated=dated, valid_until=until), round, today)]
    assert len(kinds) == len(set(kinds)) <= 2
    if round.period_from <= dated <= round.period_to and until is None:
        assert kinds == []
