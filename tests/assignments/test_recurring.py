"""Rows 15, 16, 17: a duty that comes back every quarter, opened for the whole year at once."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from danvan.assignments import occurrences, queries
from danvan.assignments.actions import submissions
from danvan.assignments.matrix import Choice, build
from danvan.assignments.models import Assignment
from danvan.kernel import facts
from danvan.kernel.facts import Period
from tests.assignments import factory
from tests.assignments.conftest import pdf
from tests.assignments.test_pages import text
from vanban import due_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarterly(city, programme, monkeypatch):
    """Opened on 27/3/2023: the first quarter's report was due on 20/3, three are left."""
    monkeypatch.setattr(occurrences, "dues", factory.quarters)
    task = factory.recurring(city, programme)
    factory.open_again(programme)
    return task


def of(task, city, unit):
    return list(Assignment.objects.filter(task=task, unit=city.units[unit]).order_by("period_end"))


def test_row_15_each_period_of_the_year_is_opened_once(city, programme, quarterly):
    mine = of(quarterly, city, "phuong-1")
    assert [(a.period_label, a.due_on, a.first_due_on) for a in mine] == [
        ("quý II/2023", dt.date(2023, 6, 20), dt.date(2023, 6, 20)),
        ("quý III/2023", dt.date(2023, 9, 20), dt.date(2023, 9, 20)),
        ("quý IV/2023", dt.date(2023, 12, 20), dt.date(2023, 12, 20)),
    ]
    assert mine[0].period_start == dt.date(2023, 4, 1)
    before = Assignment.objects.count()
    factory.open_again(programme)
    assert Assignment.objects.count() == before


def test_row_15_the_database_keeps_a_period_from_being_opened_twice(city, quarterly):
    one = of(quarterly, city, "phuong-1")[0]
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_row_15_a_quarter_and_a_half_year_may_end_on_the_same_day(city, quarterly):
    half = of(quarterly, city, "phuong-1")[0]
    half.pk, half.period_start, half.period_label = None, dt.date(2023, 1, 1), "6 tháng đầu năm"
    half.save(force_insert=True)
    assert len(of(quarterly, city, "phuong-1")) == 4


def test_row_15_opening_many_periods_costs_no_more_queries(city, on_day, monkeypatch, queries_of):
    on_day(2023, 3, 27)
    monkeypatch.setattr(occurrences, "dues", factory.quarters)
    factory.opened(city)
    plain, rich = factory.programme(city, 2024), factory.programme(city, 2025)
    few = queries_of(lambda: factory.open_again(plain))
    for _n in range(3):
        factory.recurring(city, rich)
    assert queries_of(lambda: factory.open_again(rich)) == few


def test_row_16_the_matrix_shows_a_recurring_duty_as_one_column(city, programme, quarterly, on_day):
    second, third, _fourth = of(quarterly, city, "phuong-1")
    on_day(2023, 6, 23)
    submissions.file(second, files=[pdf()], by=city.actor("phuong-1"))
    on_day(2023, 9, 19)
    submissions.file(third, files=[pdf()], by=city.actor("phuong-1"))
    built = build(programme, queries.visible_to(city.actor("noi-vu")))
    assert sum(c.several for c in built.columns) == 1
    at = next(i for i, c in enumerate(built.columns) if c.several)
    cells = {r.name: r.cells[at].status for _label, rows in built.groups for r in rows}
    assert cells["UBND Phường 1"].said == "2/3 kỳ, chậm 1 kỳ"
    assert (cells["UBND Phường 2"].said, cells["UBND Phường 2"].look) == (
        "0/3 kỳ, thiếu 1 kỳ",
        "missing",
    )
    column = built.columns[at]
    assert (column.owed, column.handed_in, column.on_time) == (24, 2, 1)


def test_row_16_asked_for_alone_it_opens_to_its_periods(city, programme, quarterly, sign_in):
    built = build(programme, queries.visible_to(city.actor("noi-vu")), Choice(task=quarterly.pk))
    titles = ["quý II/2023", "quý III/2023", "quý IV/2023"]
    assert [c.title for c in built.columns] == titles
    assert [c.owed for c in built.columns] == [8, 8, 8]
    office = sign_in("noi-vu")
    page = reverse("assignments:matrix", args=[programme.pk])
    seen = office.get(page).content.decode()
    assert f'href="?nhiem_vu={quarterly.pk}"' in seen and "0/3 kỳ" in seen
    one = text(office.get(page, {"nhiem_vu": quarterly.pk}))
    assert "quý III/2023" in one and "hạn 20/09/2023" in one
    unit = city.units["phuong-1"].pk
    query = {"nam": 2023, "don_vi": unit, "nhiem_vu": quarterly.pk}
    rows = office.get(reverse("assignments:all"), query).context["items"]
    assert [item.title.rpartition(" – ")[2] for item in rows] == titles


def test_row_16_the_workbook_tells_the_periods(city, programme, quarterly, sign_in):
    page = reverse("assignments:matrix", args=[programme.pk])
    answer = sign_in("noi-vu").get(page, {"xuat": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = {row[0]: row for row in sheet.to_python() if row and row[0]}
    assert "0/3 kỳ" in rows["UBND Phường 1"]
    assert any("Báo cáo định kỳ" in str(cell) for cell in rows["Đơn vị"])


def test_row_17_lists_and_page_name_the_period(city, programme, quarterly, sign_in, on_day):
    on_day(2023, 6, 1)
    ward = sign_in("phuong-1")
    assert "quý II/2023" in text(ward.get(reverse("assignments:own")))
    second = of(quarterly, city, "phuong-1")[0]
    page = text(ward.get(reverse("assignments:detail", args=[second.pk])))
    assert "kỳ quý II/2023 (từ 01/04/2023 đến 30/06/2023)" in page
    assert "Các kỳ của nhiệm vụ này" in page and "quý IV/2023" in page


def test_row_17_each_period_is_late_by_itself_and_the_fact_counts_them(city, quarterly, on_day):
    second, third, _fourth = of(quarterly, city, "phuong-1")
    on_day(2023, 6, 25)
    submissions.file(second, files=[pdf()], by=city.actor("phuong-1"))
    on_day(2023, 9, 20)
    submissions.file(third, files=[pdf()], by=city.actor("phuong-1"))
    assert (second.days_late, third.days_late) == (5, 0)
    unit = city.units["phuong-1"].pk
    reading = facts.REGISTRY["assignments.recurring_on_time"].read([unit], Period.year(2023))[unit]
    assert (reading.value, reading.denominator) == (1, 3)
    assert reading.said == "1/3 kỳ đúng hạn"


def test_the_basis_of_the_fact_lists_the_periods(city, quarterly, sign_in, on_day):
    on_day(2023, 6, 20)
    second = of(quarterly, city, "phuong-1")[0]
    submissions.file(second, files=[pdf()], by=city.actor("phuong-1"))
    unit = city.units["phuong-1"].pk
    reading = facts.REGISTRY["assignments.recurring_on_time"].read([unit], Period.year(2023))[unit]
    listed = sign_in("noi-vu").get(reading.basis).context["items"]
    assert [item.assignment.pk for item in listed] == [second.pk]


def test_row_15_the_rule_of_the_plan_is_resolved_to_its_dates(city, on_day):
    """With the real rules: quý, 6 tháng; the last quarter is due in January."""
    on_day(2023, 3, 27)
    made = factory.programme(city)
    task = factory.recurring(city, made, ("phuong-1",))
    rule = due_rules.due_rule("trước ngày 05 của tháng đầu quý sau")
    if rule is None:
        rule = due_rules.DueRule(kind="quarterly", day=5, following=True)
    task.due_rule = rule.as_data()
    task.save()
    factory.open_again(made)
    assert [(a.period_label, a.due_on) for a in of(task, city, "phuong-1")] == [
        ("quý I/2023", dt.date(2023, 4, 5)),
        ("quý II/2023", dt.date(2023, 7, 5)),
        ("quý III/2023", dt.date(2023, 10, 5)),
        ("quý IV/2023", dt.date(2024, 1, 5)),
    ]
