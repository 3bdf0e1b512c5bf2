"""What scoring and targets read from here, by code."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from danvan.assignments.actions import dossiers, submissions
from danvan.kernel import facts
from danvan.kernel.duties import owed
from danvan.kernel.facts import Period
from tests.assignments import factory
from tests.assignments.conftest import pdf

pytestmark = pytest.mark.django_db
YEAR = Period.year(2023)


def reading(code, subject, period=YEAR):
    return facts.get(f"assignments.{code}").read([subject], period)[subject]


@pytest.fixture
def ward(city):
    return city.units["phuong-1"].pk


def test_days_late_of_the_plan_over_time(city, programme, ward, on_day):
    on_day(2023, 4, 4)
    assert reading("plan_days_late", ward).value is None
    assert "chưa quá hạn" in reading("plan_days_late", ward).said
    on_day(2023, 4, 6)
    missing = reading("plan_days_late", ward)
    assert (missing.value, missing.said) == (2, "Chưa nộp, quá hạn 2 ngày (hạn 04/04/2023).")
    plan = factory.of(programme, city, "phuong-1")
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    on_day(2023, 10, 16)
    filed = reading("plan_days_late", ward)
    assert filed.value == Decimal(2)
    assert "chậm 2 ngày" in filed.said
    assert filed.basis == f"/nhiem-vu/{plan.pk}/"


def test_an_exempt_plan_and_a_unit_that_owes_none_have_no_figure(city, programme, ward, on_day):
    plan = factory.of(programme, city, "phuong-1")
    submissions.exempt(plan, reason="Đang sáp nhập.", by=city.actor("noi-vu"))
    on_day(2023, 4, 20)
    exempt = reading("plan_days_late", ward)
    assert (exempt.value, exempt.said) == (None, "Được miễn: Đang sáp nhập.")
    assert reading("plan_days_late", city.units["cong-an"].pk) is None
    assert reading("plan_days_late", ward, Period.year(2022)) is None


def test_row_49_whether_a_units_plan_is_in(city, programme, ward):
    plan = factory.of(programme, city, "phuong-1")
    missing = reading("plan_filed", ward)
    assert (missing.value, missing.said) == (0, "chưa gửi kế hoạch")
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    filed = reading("plan_filed", ward)
    assert (filed.value, filed.basis) == (1, f"/nhiem-vu/{plan.pk}/")
    submissions.return_for_correction(plan, reason="Sửa.", by=city.actor("noi-vu"))
    assert reading("plan_filed", ward).value == 0
    submissions.exempt(plan, reason="Đang sáp nhập.", by=city.actor("noi-vu"))
    assert reading("plan_filed", ward) is None
    assert reading("plan_filed", city.units["cong-an"].pk) is None


def test_days_late_of_the_dossier(city, programme, ward, on_day):
    on_day(2023, 10, 18)
    dossier = factory.of(programme, city, "phuong-1", "dossier")
    dossiers.file_dossier(dossier, by=city.actor("phuong-1"))
    assert reading("dossier_days_late", ward).value == Decimal(2)


def test_counts_of_dated_tasks(city, programme, ward, on_day):
    head = city.actor("phuong-1")
    submissions.file(factory.of(programme, city, "phuong-1"), files=[pdf()], by=head)
    on_day(2023, 10, 17)
    report = factory.of(programme, city, "phuong-1", "report")
    submissions.file(report, files=[pdf()], by=head)
    dossier = factory.of(programme, city, "phuong-1", "dossier")
    submissions.exempt(dossier, reason="Miễn.", by=city.actor("noi-vu"))
    # The undated task and the exempt one are out.
    assert reading("tasks_due", ward).value == 2
    on_time = reading("tasks_on_time", ward)
    assert (on_time.value, on_time.denominator, on_time.said) == (1, 2, "1/2 nhiệm vụ đúng hạn")
    assert reading("tasks_done_late", ward).value == 1
    spring = Period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    assert reading("tasks_due", ward, spring).value == 1


def test_the_basis_of_a_count_opens_its_rows(city, programme, sign_in, on_day):
    ward = city.units["phuong-1"].pk
    plan = factory.of(programme, city, "phuong-1")
    on_day(2023, 4, 6)
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    for code, count in (("tasks_due", 3), ("tasks_done_late", 1), ("reports_due", 1)):
        answer = sign_in("phuong-1").get(reading(code, ward).basis)
        assert answer.context["page"].paginator.count == count, code


@pytest.mark.parametrize("late,returns,worth", [
    (False, 0, "1"), (True, 0, "0.75"), (False, 1, "0.75"), (True, 2, "0.25"), (True, 5, "0"),
])  # fmt: skip
def test_a_report_loses_a_quarter_for_lateness_and_each_return(
    city, programme, ward, on_day, late, returns, worth
):
    report = factory.of(programme, city, "phuong-1", "report")
    head, office = city.actor("phuong-1"), city.actor("noi-vu")
    on_day(2023, 10, 17 if late else 16)
    submissions.file(report, files=[pdf()], by=head)
    for _time in range(returns):
        submissions.return_for_correction(report, reason="Sửa.", by=office)
        submissions.file(report, files=[pdf()], by=head)
    assert reading("report_progress", ward).value == Decimal(worth)
    assert reading("reports_due", ward).value == 1


def test_a_report_not_handed_in_is_worth_nothing(city, programme, ward, on_day):
    assert reading("report_progress", ward).value == 0
    report = factory.of(programme, city, "phuong-1", "report")
    submissions.file(report, files=[pdf()], by=city.actor("phuong-1"))
    submissions.return_for_correction(report, reason="Sửa.", by=city.actor("noi-vu"))
    assert reading("report_progress", ward).value == 0


def test_row_49_units_with_a_plan_open_the_failing_ones(city, programme, sign_in):
    for key in ("phuong-1", "phuong-2"):
        plan = factory.of(programme, city, key)
        submissions.file(plan, files=[pdf()], by=city.actor(key))
    found = reading("units_with_plan", programme.pk)
    assert (found.numerator, found.denominator) == (2, 8)
    assert found.said == "2/8 đơn vị đã gửi kế hoạch; còn thiếu 6 đơn vị"
    matrix = sign_in("noi-vu").get(found.basis).context["matrix"]
    failing = {row.name for _label, rows in matrix.groups for row in rows}
    assert len(failing) == 6 and "UBND Phường 1" not in failing
    assert reading("units_with_plan", 999_999) is None


def test_progress_of_a_task(city, programme):
    law = factory.task(programme, "law")
    own = factory.of(programme, city, "tu-phap", "law")
    submissions.file(own, note="Xong.", by=city.actor("tu-phap"))
    assert reading("progress_of_task", law.pk).numerator == 0
    submissions.accept(own, by=city.actor("noi-vu"))
    found = reading("progress_of_task", law.pk)
    assert (found.numerator, found.denominator) == (1, 3)
    assert found.said == "1/3 đơn vị đã hoàn thành"


def test_every_fact_costs_the_same_for_one_and_many(city, programme, queries_of):
    factory.opened(city, 2024)
    subjects = {
        "unit": [u.pk for u in city.units.values()],
        "task": [t.pk for t in programme.tasks.all()],
        "programme": [programme.pk, programme.pk + 1],
    }
    ours = [f for f in facts.REGISTRY.values() if f.code.startswith("assignments.")]
    assert len(ours) == 14
    for fact in ours:
        many = subjects[fact.about]
        one_costs = queries_of(lambda: fact.read(many[:1], YEAR))  # noqa: B023
        all_cost = queries_of(lambda: fact.read(many, YEAR))  # noqa: B023
        assert all_cost == one_costs, fact.code


# --- duties --------------------------------------------------------------------------------


def ours(actor, today):
    return [d for d in owed(actor, today) if d.url.startswith("/nhiem-vu/")]


def test_row_18_a_unit_is_told_what_it_owes_and_why(city, programme):
    actor = city.actor("phuong-1")
    lines = ours(actor, dt.date(2023, 3, 28))
    assert [(d.kind, d.due) for d in lines] == [
        ("owed", dt.date(2023, 4, 4)),
        ("watch", dt.date(2023, 10, 16)),
        ("watch", None),
    ]
    assert lines[0].why == "Kế hoạch 49/KH-UBND, mục IV.1 ghi: “chậm nhất ngày 04/4/2023”."
    assert [d.title for d in lines[1:]] == ["2 nhiệm vụ hạn còn xa", "1 nhiệm vụ thường xuyên"]
    autumn = [d.kind for d in ours(actor, dt.date(2023, 9, 1))]
    assert autumn == ["owed", "owed", "owed", "watch"]


def test_what_came_back_stands_first_with_its_reason(city, programme):
    plan = factory.of(programme, city, "phuong-1")
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    submissions.return_for_correction(plan, reason="Thiếu dấu.", by=city.actor("noi-vu"))
    first = ours(city.actor("phuong-1"), dt.date(2023, 3, 28))[0]
    assert (first.kind, first.why) == ("returned", "Bị trả lại: Thiếu dấu.")


def test_the_office_is_told_what_waits_one_line_per_duty(city, programme, sign_in):
    office, today = city.actor("noi-vu"), dt.date(2023, 3, 28)
    for n, key in enumerate(("phuong-1", "phuong-2"), start=1):
        plan = factory.of(programme, city, key)
        submissions.file(plan, files=[pdf()], by=city.actor(key))
        waiting = [d for d in ours(office, today) if d.kind == "waiting"]
        assert len(waiting) == 1
        if n == 1:
            assert waiting[0].title.startswith("UBND Phường 1 – Kế hoạch")
    assert waiting[0].title.startswith("2 bản nộp chờ xem xét")
    page = sign_in("noi-vu").get(waiting[0].url)
    assert page.context["page"].paginator.count == 2
    assert not [d for d in ours(city.actor("phuong-1"), today) if d.kind == "waiting"]


def test_a_plain_member_and_an_observer_owe_nothing(city, programme):
    city.people["phuong-1"].appointments.all().delete()
    for who in ("phuong-1", "mat-tran"):
        assert ours(city.actor(who), dt.date(2023, 3, 28)) == []


def test_duties_cost_the_same_for_few_and_many(city, programme, queries_of):
    office, today = city.actor("noi-vu"), dt.date(2023, 3, 28)
    plan = factory.of(programme, city, "phuong-1")
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    few = queries_of(lambda: ours(office, today))
    for key in ("phuong-2", "xa-tan-binh", "tu-phap"):
        own = factory.of(programme, city, key)
        submissions.file(own, files=[pdf()], by=city.actor(key))
    assert queries_of(lambda: ours(office, today)) == few
