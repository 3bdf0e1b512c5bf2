"""The leader's page: what it says, to whom, and at what cost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.assignments.models import Assignment
from danvan.indices.actions import editions
from danvan.kernel import clock
from danvan.kernel.facts import Period
from danvan.oversight import forecast, heat, progress, targets
from danvan.programmes.models import Programme, Target
from tests.assignments import factory
from tests.city import City
from tests.indices.conftest import edition as new_edition
from tests.indices.conftest import figures

PERSONAS = {"noi-vu": 200, "mat-tran": 200, "phuong-1": 403, "tu-phap": 403, "cong-an": 404}


def settle(city: City, programme: Programme, unit: str, key: str, late: int) -> None:
    """As if handed in and accepted that many days late."""
    held = factory.of(programme, city, unit, key)
    Assignment.objects.filter(pk=held.pk).update(
        state="accepted", days_late=late, first_filed_at=dt.datetime(2023, 4, 10, tzinfo=dt.UTC)
    )


@pytest.fixture
def programme(city: City, on_day) -> Programme:
    """In May: of eight plans, six in on time, one 3 days late, one missing; the rest in October."""
    on_day(2023, 3, 27)
    made = factory.opened(city)
    on_day(2023, 5, 10)
    for unit in factory.EVERYONE[:6]:
        settle(city, made, unit, "plan", 0)
    settle(city, made, "phuong-2", "plan", 3)
    return made


def text_of(client, programme: Programme) -> str:
    answer = client.get(f"/tong-quan/{programme.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_row_49_progress_is_cumulative_against_the_plans_dates(programme: Programme) -> None:
    read = progress.read(programme, dt.date(2023, 5, 10))
    april, year = read.months[3], read.all
    assert (april.planned, april.on_time, april.late, april.missing) == (8, 6, 1, 1)
    assert (read.months[2].planned, read.months[8].planned) == (0, 8)
    assert (year.planned, year.awaited, read.due) == (24, 16, 8)


def test_row_49_heat_map_shows_the_worst_first_and_says_how_many_more(
    city: City, programme: Programme
) -> None:
    factory.more_units(city, programme, 10)
    read = heat.read(programme, dt.date(2023, 5, 10))
    assert len(read.rows) == heat.ROWS
    assert read.more_units == 10
    assert all(row.missing == 1 for row in read.rows)
    assert read.units == 18
    settled = Assignment.objects.filter(programme=programme).exclude(unit=city.units["phuong-2"])
    settled.update(state="accepted", days_late=0, first_filed_at=clock.now())
    assert heat.read(programme, dt.date(2023, 5, 10)).rows[0].name == "UBND Phường 2"


def target(programme: Programme, **given) -> Target:
    return Target.objects.create(
        programme=programme, provision=programme.plan.provisions.first(),
        order=programme.targets.count(), **given,
    )  # fmt: skip


def test_row_49_a_target_has_baseline_now_goal_and_who_falls_short(
    city: City, programme: Programme
) -> None:
    target(
        programme, subject="100% đơn vị xây dựng kế hoạch", value=100, unit="%",
        fact="assignments.units_with_plan", unit_fact="assignments.tasks_on_time", unit_floor=1,
        baseline=80, baseline_source="Báo cáo năm 2022",
    )  # fmt: skip
    target(programme, subject="nâng cao dân chủ", value=None)
    first, second = targets.read(programme, Period.year(2023))
    assert first.reached is False
    assert (first.before, first.goal) == ("80 %", "≥ 100 %")
    assert first.short == ["UBND Phường 2", "UBND Xã Tân Bình"]
    assert (second.reached, second.now) == (None, "chưa có nguồn dữ liệu")


def test_row_50_the_forecast_says_a_range_and_how_it_was_made(programme: Programme) -> None:
    read = progress.read(programme, dt.date(2023, 5, 10))
    (told,) = forecast.read(read, [])
    assert told.said == "Từ 25 % đến 92 %; giữ nhịp như đến nay thì khoảng 75 %."
    assert "Mức thấp" in told.method
    none = progress.Progress([progress.Month(programme, 12, 24, 2, 0, 0, False)], read.today)
    assert "Chưa dự báo được" in forecast.read(none, [])[0].said


def test_row_50_without_a_round_nothing_is_foretold_of_the_top_class(
    programme: Programme, city: City, sign_in
) -> None:
    target(programme, subject="60% đơn vị xếp loại tốt", value=60, unit="%",
           fact=forecast.TOP_CLASS)  # fmt: skip
    page = plain(text_of(sign_in("noi-vu"), programme))
    assert "chưa mở đợt chấm điểm" in page


def test_row_49_the_page_as_the_chairman_reads_it(
    city: City, programme: Programme, sign_in
) -> None:
    page = text_of(sign_in(city.heads["thanh-pho"]), programme)
    told = plain(page)
    for part in ("Tiến độ trong năm", "Dự báo", "Chỉ số", "Chỉ tiêu của kế hoạch",
                 "Quá hạn lâu nhất", "Chờ Chủ tịch quyết định"):  # fmt: skip
        assert part in told
    assert "quá 36 ngày" in told
    assert "style=" not in page
    assert page.count("<h1") == 1
    assert "trang_thai=dung-han" in page
    assert 'href="/tong-quan/"' in page


@pytest.mark.parametrize(("who", "status"), PERSONAS.items())
def test_row_49_who_reads_it(programme: Programme, sign_in, who: str, status: int) -> None:
    client = sign_in(who)
    answer = client.get(f"/tong-quan/{programme.pk}/")
    assert answer.status_code == status
    first = client.get("/tong-quan/")
    assert first.status_code == (302 if status == 200 else 403)
    if status == 403:
        assert "dành cho Chủ tịch" in answer.content.decode()
        assert 'href="/tong-quan/"' not in client.get("/nhiem-vu/").content.decode()


def test_row_49_a_year_not_yet_begun_is_no_dead_end(city: City, sign_in, on_day) -> None:
    on_day(2023, 1, 5)
    client = sign_in("noi-vu")
    assert "Chưa có chương trình nào" in client.get("/tong-quan/").content.decode()
    empty = factory.programme(city)
    page = plain(text_of(client, empty))
    assert "Chưa có nhiệm vụ nào có hạn" in page
    assert "Không có việc nào quá hạn" in page


def test_row_79_the_page_costs_the_same_for_3_units_and_for_200(
    city: City, programme: Programme, sign_in
) -> None:
    editions.enact(city.body, rows=editions.shipped(), by=city.actor("noi-vu"))
    for year in (2022, 2023):
        new_edition(city, year, {"phuong-1": figures("80"), "thanh-pho": figures("86.98")})
    target(
        programme, subject="100% đơn vị xây dựng kế hoạch", value=100, unit="%",
        fact="assignments.units_with_plan", unit_fact="assignments.tasks_on_time", unit_floor=1,
    )  # fmt: skip
    client = sign_in("noi-vu")

    def cost() -> int:
        text_of(client, programme)
        with CaptureQueriesContext(connection) as asked:
            text_of(client, programme)
        return len(asked)

    few = cost()
    factory.more_units(city, programme, 200)
    assert cost() == few
    assert "200 đơn vị khác" in plain(text_of(client, programme))
