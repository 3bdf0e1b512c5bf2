"""Row 67: units merge and split; what is open passes on, what was handed in stays."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from danvan.assignments.actions import extensions, progress, submissions, succession
from danvan.assignments.models import Assignment
from danvan.kernel import audit, clock
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Entry
from danvan.organisations.models import Reorganisation, Succession
from tests.assignments import factory
from tests.assignments.conftest import pdf
from tests.assignments.test_pages import text, url

pytestmark = pytest.mark.django_db
ON = dt.date(2023, 7, 1)


def reorganise(city, pairs, rule="merged_into", whole=True):
    """``pairs``: (predecessor, successor, principal)."""
    act = Reorganisation.objects.create(
        form="merge", state="in_force", rule=rule, effective_on=ON, code="1682/NQ-UBTVQH15",
        signed_on=dt.date(2023, 6, 16), subject="sắp xếp", made_by="x", made_at=clock.now(),
        enacted_at=clock.now(),
    )  # fmt: skip
    for old, new, principal in pairs:
        Succession.objects.create(
            predecessor=city.units[old], successor=city.units[new], on=ON, whole=whole,
            resolution=act.code, principal=principal, reorganisation=act,
        )  # fmt: skip
    succession.pass_on(SimpleNamespace(reorganisation=act.pk))
    return act


def test_row_67_open_duties_pass_to_the_successor_filed_ones_stay(city, programme, sign_in):
    plan = factory.of(programme, city, "phuong-1")
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    report = factory.of(programme, city, "phuong-1", "report")
    Assignment.objects.filter(unit=city.units["cong-an"]).delete()
    reorganise(city, [("phuong-1", "cong-an", True)])
    plan.refresh_from_db()
    report.refresh_from_db()
    assert (plan.state, plan.passed_to, plan.unit.key) == ("submitted", None, "phuong-1")
    assert (report.state, report.passed_to.unit.key) == ("exempt", "cong-an")
    assert "1682/NQ-UBTVQH15 ngày 16/6/2023" in report.exempt_reason
    heir = report.passed_to
    assert (heir.due_on, heir.first_due_on, heir.state) == (
        factory.REPORT_DUE, factory.REPORT_DUE, "open",
    )  # fmt: skip
    for row in (report, heir):
        assert audit.of(row).first().concerns == row.unit_id
    assert "Chuyển sang Công an thành phố Tây Ninh" in text(sign_in("phuong-1").get(url(report)))
    assert sign_in("cong-an").get(url(heir)).status_code == 200


def test_row_67_two_merge_into_one_that_owes_it_once(city, programme):
    reorganise(city, [("phuong-1", "xa-tan-binh", True), ("phuong-2", "xa-tan-binh", True)])
    task = factory.task(programme, "plan")
    state = set(Assignment.objects.filter(task=task).values_list("unit__key", "state"))
    assert {("phuong-1", "exempt"), ("phuong-2", "exempt"), ("xa-tan-binh", "open")} <= state
    own = factory.of(programme, city, "xa-tan-binh")
    assert {a.unit.key for a in own.passed_from.all()} == {"phuong-1", "phuong-2"}


def test_row_67_a_split_passes_to_the_principal_successor(city, programme):
    reorganise(city, [("phuong-1", "cong-an", False), ("phuong-1", "quan-su", True)], rule="split")
    assert factory.of(programme, city, "phuong-1").passed_to.unit.key == "quan-su"
    assert not Assignment.objects.filter(unit=city.units["cong-an"]).exists()


def test_row_67_the_event_that_comes_twice_does_nothing_more(city, programme):
    act = reorganise(city, [("phuong-1", "cong-an", True)])
    rows, lines = Assignment.objects.count(), Entry.objects.count()
    succession.pass_on(SimpleNamespace(reorganisation=act.pk))
    assert (Assignment.objects.count(), Entry.objects.count()) == (rows, lines)
    factory.open_again(programme)
    assert Assignment.objects.count() == rows


def test_row_67_the_rule_stay_passes_nothing(city, programme):
    reorganise(city, [("phuong-1", "cong-an", True)], rule="stay")
    assert factory.of(programme, city, "phuong-1").state == "open"


def test_row_67_lateness_on_record_and_the_extended_date_go_along(city, programme, on_day):
    office = city.actor("noi-vu")
    plan = factory.of(programme, city, "phuong-1")
    report = factory.of(programme, city, "phuong-1", "report")
    on_day(2023, 4, 7)
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    submissions.return_for_correction(plan, reason="Sửa.", by=office)
    extensions.extend(report, until=dt.date(2023, 11, 1), ground="x", by=office)
    extensions.ask(report, until=dt.date(2023, 12, 1), ground="Thêm.", by=city.actor("phuong-1"))
    reorganise(city, [("phuong-1", "cong-an", True)])
    plan.refresh_from_db()
    report.refresh_from_db()
    heir = plan.passed_to
    assert (heir.state, heir.days_late, heir.returns) == ("returned", 3, 1)
    assert (report.passed_to.due_on, report.passed_to.first_due_on) == (
        dt.date(2023, 11, 1), factory.REPORT_DUE,
    )  # fmt: skip
    assert report.extension_requests.get().state == "lapsed"


def test_row_67_what_passed_on_is_not_taken_back(city, programme):
    reorganise(city, [("phuong-1", "cong-an", True)])
    plan = factory.of(programme, city, "phuong-1")
    with pytest.raises(Refused, match="đơn vị kế thừa"):
        submissions.require_again(plan, reason="x", by=city.actor("noi-vu"))
    with pytest.raises(Refused):
        progress.start(plan, by=city.actor("phuong-1"))


def test_row_67_what_is_owed_to_a_committee_that_ends_is_kept_by_its_successor(city, programme):
    reorganise(city, [("thanh-pho", "phuong-2", True)])
    assert set(Assignment.objects.values_list("body__key", flat=True)) == {"phuong-2"}
    assert factory.of(programme, city, "phuong-1").state == "open"


def test_row_67_only_the_system_passes_on(city, programme):
    words = {"to": city.units["cong-an"], "ground": "x"}
    with pytest.raises(Refused, match="Hệ thống tự làm"):
        succession.pass_all(city.units["phuong-1"], by=city.actor("noi-vu"), **words)
    assert succession.pass_all(city.units["cong-an"], by=SYSTEM, **words) == 0
