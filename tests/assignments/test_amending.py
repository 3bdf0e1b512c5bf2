"""The plan is amended: dates move with the document as ground, duties open and lapse; once."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from danvan.assignments import occurrences
from danvan.assignments.actions import amending, extensions, submissions
from danvan.assignments.models import Assignment, DueChange
from danvan.documents.models import Document
from danvan.kernel import audit, clock
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Entry
from danvan.programmes.models import Amendment, AmendmentChange, Task
from tests.assignments import factory
from tests.assignments.conftest import pdf
from tests.assignments.test_pages import text, url

pytestmark = pytest.mark.django_db
SINCE = dt.date(2023, 6, 1)
NEW = dt.date(2023, 11, 10)


@pytest.fixture
def amended(city, programme, on_day):
    """``amended(task, "changed")``: a published amendment in force from 01/6/2023."""
    on_day(2023, 6, 1)
    paper = Document.objects.create(
        origin="issued", type="Kế hoạch", code="80/KH-UBND", issued_on=SINCE,
        subject="Sửa đổi, bổ sung Kế hoạch 49",
    )  # fmt: skip
    made = Amendment.objects.create(
        programme=programme, document=paper, subject="Sửa đổi thời hạn", in_force_from=SINCE,
        state="published", made_at=clock.now(), published_at=clock.now(),
    )  # fmt: skip

    def change(task: Task, kind: str) -> None:
        before = None if kind == "added" else {}
        after = None if kind == "removed" else {}
        AmendmentChange.objects.create(
            amendment=made, task=task, kind=kind, before=before, after=after
        )
        deliver(made)

    change.amendment = made
    return change


def deliver(amendment: Amendment) -> None:
    amending.apply(SimpleNamespace(programme=amendment.programme_id, amendment=amendment.pk))


def test_a_changed_date_moves_and_the_first_stays(city, programme, amended, sign_in):
    task = factory.task(programme, "report")
    Task.objects.filter(pk=task.pk).update(due_on=NEW)
    amended(task, "changed")
    report = factory.of(programme, city, "phuong-1", "report")
    assert (report.first_due_on, report.due_on) == (factory.REPORT_DUE, NEW)
    change = report.due_changes.get()
    assert (change.kind, change.document.code) == ("amended", "80/KH-UBND")
    assert audit.of(report).first().concerns == report.unit_id
    page = text(sign_in("phuong-1").get(url(report)))
    assert "kế hoạch được sửa đổi: hạn chuyển từ 16/10/2023 sang 10/11/2023" in page
    # Others are not touched.
    assert factory.of(programme, city, "phuong-1", "dossier").due_on == factory.REPORT_DUE


def test_the_event_that_comes_twice_does_nothing_more(city, programme, amended):
    task = factory.task(programme, "report")
    Task.objects.filter(pk=task.pk).update(due_on=NEW)
    amended(task, "changed")
    changes, lines = DueChange.objects.count(), Entry.objects.count()
    deliver(amended.amendment)
    assert (DueChange.objects.count(), Entry.objects.count()) == (changes, lines)
    # Nor does it undo what was granted since.
    report = factory.of(programme, city, "phuong-1", "report")
    extensions.extend(report, until=dt.date(2023, 11, 20), ground="x", by=city.actor("noi-vu"))
    deliver(amended.amendment)
    report.refresh_from_db()
    assert report.due_on == dt.date(2023, 11, 20)


def test_what_was_handed_in_stays_as_it_was_measured(city, programme, amended, on_day):
    task = factory.task(programme, "plan")
    on_day(2023, 4, 7)
    late = factory.of(programme, city, "phuong-1")
    submissions.file(late, files=[pdf()], by=city.actor("phuong-1"))
    submissions.return_for_correction(late, reason="Sửa.", by=city.actor("noi-vu"))
    on_day(2023, 6, 1)
    Task.objects.filter(pk=task.pk).update(due_on=dt.date(2023, 6, 30))
    amended(task, "changed")
    late.refresh_from_db()
    assert (late.days_late, late.due_on) == (3, factory.PLAN_DUE)
    assert factory.of(programme, city, "phuong-2").due_on == dt.date(2023, 6, 30)


def test_a_longer_extension_stays_a_shorter_one_gives_way(city, programme, amended):
    task, office = factory.task(programme, "report"), city.actor("noi-vu")
    longer = factory.of(programme, city, "phuong-1", "report")
    shorter = factory.of(programme, city, "phuong-2", "report")
    extensions.extend(longer, until=dt.date(2023, 12, 1), ground="x", by=office)
    extensions.extend(shorter, until=dt.date(2023, 10, 20), ground="x", by=office)
    Task.objects.filter(pk=task.pk).update(due_on=NEW)
    amended(task, "changed")
    longer.refresh_from_db()
    shorter.refresh_from_db()
    assert (longer.due_on, shorter.due_on) == (dt.date(2023, 12, 1), NEW)


def test_an_added_task_opens_and_a_removed_one_lapses_with_the_reason(city, programme, amended):
    provision = programme.tasks.first().provision
    added = Task.objects.create(
        programme=programme, provision=provision, order=9, text="Báo cáo thêm", due_on=NEW,
        deliverable="report", added_from=SINCE,
    )  # fmt: skip
    added.parties.create(role="all", written="x").units.set([city.units["phuong-1"]])
    amended(added, "added")
    assert Assignment.objects.get(task=added).due_on == NEW

    gone = factory.task(programme, "report")
    Task.objects.filter(pk=gone.pk).update(removed_from=SINCE)
    filed = factory.of(programme, city, "phuong-2", "report")
    submissions.file(filed, files=[pdf()], by=city.actor("phuong-2"))
    amended(gone, "removed")
    lapsed = factory.of(programme, city, "phuong-1", "report")
    assert lapsed.state == "exempt"
    assert "80/KH-UBND" in lapsed.exempt_reason
    filed.refresh_from_db()
    assert filed.state == "submitted"
    # A plan that is published again does not bring it back.
    factory.open_again(programme)
    assert not Assignment.objects.filter(task=gone, state="open").exists()


def test_other_units_and_other_periods(city, programme, amended, monkeypatch):
    monkeypatch.setattr(occurrences, "dues", factory.quarters)
    task = factory.recurring(city, programme, ("phuong-1", "phuong-2"))
    factory.open_again(programme)
    assert Assignment.objects.filter(task=task).count() == 6
    party = task.parties.get()
    party.units.remove(city.units["phuong-2"])
    party.units.add(city.units["xa-tan-binh"])
    Task.objects.filter(pk=task.pk).update(due_rule={"kind": "quarterly", "day": 25})
    amended(task, "changed")
    state = set(Assignment.objects.filter(task=task).values_list("unit__key", "state"))
    assert state == {("phuong-1", "open"), ("phuong-2", "exempt"), ("xa-tan-binh", "open")}
    mine = Assignment.objects.filter(task=task, unit=city.units["phuong-1"])
    assert [a.due_on.day for a in mine] == [25, 25, 25]
    assert Assignment.objects.filter(task=task, unit=city.units["xa-tan-binh"]).count() == 3


def test_only_the_system_carries_it_out(city, programme, amended):
    with pytest.raises(Refused, match="Hệ thống tự làm"):
        amending.carry_out(programme, amendment=amended.amendment, by=city.actor("noi-vu"))
    amending.carry_out(programme, amendment=amended.amendment, by=SYSTEM)


def test_many_units_cost_no_more_queries_to_compare(city, programme, amended, queries_of):
    task = factory.task(programme, "report")
    amended(task, "changed")
    few = queries_of(lambda: amending.differences(amended.amendment))
    factory.more_units(city, programme, 20)
    assert queries_of(lambda: amending.differences(amended.amendment)) == few
