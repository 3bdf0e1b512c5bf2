"""The draft kept between two changes, and the ranking page by page."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.scoring.actions.rankings import decide
from danvan.scoring.actions.verification import agree
from danvan.scoring.models import Score
from danvan.scoring.queries import rankings, standing_now
from tests.scoring.results_factory import Case, chairman, put_forward

D = Decimal


@pytest.fixture
def outside(monkeypatch) -> None:
    """As in a request: no transaction around (a test has one)."""
    standing_now._kept.clear()
    monkeypatch.setattr(standing_now, "connection", SimpleNamespace(in_atomic_block=False))
    yield
    standing_now._kept.clear()


def test_nothing_is_added_up_twice_until_a_verb_changed_something(case: Case, outside) -> None:
    first = standing_now.current(case.round)
    with CaptureQueriesContext(connection) as asked:
        assert standing_now.current(case.round) is first
    assert len(asked) == 1
    score = case.score("phuong-1", "2.1")
    agree(score, by=case.city.actor("thanh-tra"))
    then = standing_now.current(case.round)
    assert then is not first
    assert then.progress.scores_verified == first.progress.scores_verified + 1


def test_a_bonus_that_stands_in_a_group_is_no_point_of_the_group(case: Case) -> None:
    unit = case.city.units["xa-tan-binh"].pk

    def line():  # type: ignore[no-untyped-def]
        lines = standing_now.current(case.round).drafted.blocks["WARD"]
        return next(line for line in lines if line.unit == unit)

    before = line()
    bonus = case.score("xa-tan-binh", "B1").criterion  # two points
    bonus.group = case.score("xa-tan-binh", "1.1").criterion.group
    bonus.save()
    assert line().totals.groups == before.totals.groups
    assert (line().points, line().maximum, line().totals.bonus) == (D(86), D(100), D(2))
    assert before.points == D(86)


def test_another_day_is_another_draft(case: Case, outside, on_day) -> None:
    first = standing_now.current(case.round)
    on_day(2023, 10, 17)
    assert standing_now.current(case.round) is not first


def test_inside_a_transaction_nothing_is_kept(case: Case) -> None:
    first = standing_now.current(case.round)
    Score.objects.filter(pk=case.score("phuong-1", "2.1").pk).update(claimed=D(1))
    then = standing_now.current(case.round)
    unit = case.city.units["phuong-1"].pk
    points = [
        line.points
        for now in (first, then)
        for lines in now.drafted.blocks.values()
        for line in lines
        if line.unit == unit
    ]
    assert points == [D(94), D(77)]
    assert not standing_now._kept


def test_few_drafts_are_kept(case: Case, outside) -> None:
    for pk in range(900, 900 + standing_now.ROUNDS):
        standing_now._kept[pk] = (None, None)  # type: ignore[assignment]
    standing_now.current(case.round)
    assert len(standing_now._kept) <= standing_now.ROUNDS


def test_readers_with_one_veil_share_what_was_worked_out(case: Case, outside) -> None:
    now = standing_now.current(case.round)
    veiled = case.sheet("phuong-1").pk
    assert now.seen([veiled]) is now.seen({veiled}) is not now.seen([])
    assert now.seen([]).forecast.ranked == now.seen([veiled]).forecast.ranked + 1
    assert "WARD" in now.seen([]).classes and "WARD" not in now.seen([veiled]).classes
    for pk in range(2 * standing_now.READERS):
        now.seen([pk])
    assert len(now.seen_by) <= standing_now.READERS


# --- page by page ----------------------------------------------------------------------------


@pytest.fixture(params=["draft", "decided"])
def address(case: Case, on_day, request, monkeypatch) -> str:
    monkeypatch.setattr(rankings, "PAGE", 2)
    if request.param == "decided":
        on_day(2023, 10, 20)
        decide(put_forward(case).round, by=chairman(case))
    return reverse("scoring:ranking", args=[case.round.pk])


def names(text: str) -> list[str]:
    """The wards in the tables below the search box."""
    wards = ("UBND Phường 1", "UBND Phường 2", "UBND Xã Tân Bình")
    below = text.partition('name="tim"')[2]
    return [name for name in wards if f">{name}</a></th>" in below]


def test_a_block_is_shown_page_by_page(case: Case, sign_in, address: str) -> None:
    head = sign_in(case.city.heads["thanh-pho"])
    answer = head.get(address)
    first = answer.content.decode()
    assert names(first) == ["UBND Phường 1", "UBND Phường 2"]
    assert "Mới hiện 2 trong 3 đơn vị" in first and "?khoi=WARD&amp;trang=2" in first
    # The classes are those of the whole block, not of the page.
    ward = next(table for table in answer.context["tables"] if table.block == "WARD")
    assert len(ward.rows) == 2 and sum(count for _name, count in ward.classes) == 3
    second = head.get(f"{address}?khoi=WARD&trang=2").content.decode()
    assert names(second) == ["UBND Xã Tân Bình"]
    assert ">Phòng Tư pháp</a></th>" not in second.partition('name="tim"')[2]
    assert "3–3 trong 3" in second


def test_a_unit_is_found_by_its_name_without_marks(case: Case, sign_in, address: str) -> None:
    head = sign_in(case.city.heads["thanh-pho"])
    assert names(head.get(f"{address}?tim=tan+binh").content.decode()) == ["UBND Xã Tân Bình"]
    assert names(head.get(f"{address}?khoi=WARD&tim=phuong+2").content.decode()) == [
        "UBND Phường 2"
    ]
    assert "Không tìm thấy" in head.get(f"{address}?tim=khong+co+ai").content.decode()
    assert head.get(f"{address}?khoi=xyz&trang=abc").status_code == 200


def test_a_page_is_drawn_once_for_all_who_see_the_same_and_anew_after_a_change(
    case: Case, outside
) -> None:
    standing_now._made.clear()
    made: list[int] = []

    def page(key: object = ("a", 1)) -> int:
        return standing_now.until_changed(key, lambda: made.append(1) or len(made))

    assert [page(), page(), page(("b", 1))] == [1, 1, 2]
    agree(case.score("phuong-1", "2.1"), by=case.city.actor("thanh-tra"))
    assert page() == 3
    for n in range(2 * standing_now.PAGES):
        page(("many", n))
    assert len(standing_now._made) == standing_now.PAGES


def test_row_60_nobody_is_shown_a_page_drawn_for_another(case: Case, outside, sign_in) -> None:
    url = reverse("scoring:ranking", args=[case.round.pk])

    def units(who: str) -> set[str]:
        tables = sign_in(who).get(url).context["tables"]
        return {row.name for table in tables for row in table.rows}

    assert len(units("noi-vu")) > 1
    assert units("phuong-1") == {"UBND Phường 1"}
    assert units("phuong-2") == {"UBND Phường 2"}


def test_what_was_worked_out_before_a_change_is_not_kept_as_if_after_it(
    case: Case, outside
) -> None:
    standing_now._made.clear()
    since, made = standing_now.mark(), iter((1, 2))
    agree(case.score("phuong-1", "2.1"), by=case.city.actor("thanh-tra"))
    assert standing_now.until_changed("page", lambda: next(made), since=since) == 1
    assert standing_now.until_changed("page", lambda: next(made)) == 2
