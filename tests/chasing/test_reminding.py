"""Row 18: reminders before and after the date, then the head; each told once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.assignments.actions import submissions
from danvan.chasing.actions import reminding
from danvan.chasing.models import Digest, Reminder, Run
from danvan.kernel import audit, clock, mail
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Mail
from tests.assignments import factory
from tests.chasing.conftest import Case

ONE_DAY = dt.timedelta(days=1)

# What one ward that does nothing is told of its plan (due Tuesday 04/4/2023), by hand:
# day → who. Leader: nobody is named in the test city, so the head is told instead.
PLAN = {
    (28, 3): {"officer"},
    (31, 3): {"officer"},
    (3, 4): {"officer", "head"},
    (4, 4): {"officer", "head"},
    (5, 4): {"officer", "head"},
    (7, 4): {"officer", "head"},
    (11, 4): {"officer", "head"},
    (18, 4): {"chairman"},
}
# … and of report and dossier (both due Monday 16/10/2023).
AUTUMN = {
    (9, 10): {"officer"},
    (13, 10): {"officer", "head"},
    (16, 10): {"officer", "head"},
    (17, 10): {"officer", "head"},
    (19, 10): {"officer", "head"},
    (23, 10): {"officer", "head"},
    (30, 10): {"chairman"},
}


def told_to(case: Case, unit: str) -> dict[tuple[int, int], set[str]]:
    who = {case.city.people[unit].pk: "officer", case.city.heads[unit].pk: "head"}
    who[case.city.heads["thanh-pho"].pk] = "chairman"
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for reminder in Reminder.objects.filter(assignment__unit=case.city.units[unit]):
        found[reminder.day.day, reminder.day.month].add(who[reminder.person_id])
    return found


def test_row_18_a_year_day_by_day_against_a_table_made_by_hand(case: Case) -> None:
    day = dt.date(2023, 3, 27)
    while day <= dt.date(2023, 11, 30):
        if day == dt.date(2023, 3, 30):
            case.file("phuong-2", 2023, 3, 30)
        case.run(day.year, day.month, day.day)
        case.run(day.year, day.month, day.day, 15)  # the same day again: nobody is told again
        day += ONE_DAY
    assert told_to(case, "phuong-1") == {**PLAN, **AUTUMN}
    # Phường 2 handed its plan in on 30/3: told once before, never after.
    assert told_to(case, "phuong-2") == {(28, 3): {"officer"}, **AUTUMN}
    # On a day with two duties one digest, not two.
    officer = case.city.people["phuong-1"]
    of_the_day = Digest.objects.filter(person=officer, made_at__date=dt.date(2023, 10, 16))
    assert of_the_day.count() == 1
    assert of_the_day.get().reminders.count() == 2
    assert of_the_day.get().subject == "Nhắc việc: 2 việc sắp đến hạn"


@pytest.mark.parametrize(
    "when", [(2023, 4, 1, 9, 0), (2023, 4, 3, 7, 29), (2023, 4, 3, 17, 0), (2023, 4, 3, 22, 0)]
)
def test_row_18_quiet_hours_and_days_off(case: Case, when: tuple[int, ...]) -> None:
    run = case.run(*when)
    assert (run.refused, Reminder.objects.count()) == ("Ngoài giờ làm việc.", 0)


def test_row_18_nobody_is_chased_for_what_is_exempt_or_extended(case: Case) -> None:
    submissions.exempt(case.owed("phuong-1"), reason="Mới thành lập", by=case.city.actor("noi-vu"))
    late = case.owed("phuong-2")
    late.due_on = dt.date(2023, 5, 30)
    late.save()
    case.run(2023, 4, 5)
    units = {r.assignment.unit.key for r in Reminder.objects.select_related("assignment__unit")}
    assert units
    assert not units & {"phuong-1", "phuong-2"}
    case.run(2023, 5, 23, after_silence=True)
    moved = Reminder.objects.get(assignment=late)
    assert (moved.due_on, moved.offset) == (dt.date(2023, 5, 30), -7)


def test_row_18_missed_rungs_become_one_reminder(case: Case) -> None:
    """A machine that stood still for a fortnight tells of the last rung only."""
    case.run(2023, 3, 28)
    before = Reminder.objects.count()
    case.run(2023, 4, 11)
    officer = case.city.people["phuong-1"]
    assert Reminder.objects.filter(person=officer).count() == 2
    assert Reminder.objects.filter(person=officer, offset=7).count() == 1
    assert Reminder.objects.count() > before


def test_row_80_a_wrong_clock_tells_nobody(case: Case) -> None:
    case.run(2023, 4, 3)
    told = Reminder.objects.count()
    back = case.run(2023, 3, 31)
    assert "chạy lùi" in back.refused
    leapt = case.run(2024, 4, 3)
    assert "31 ngày" in leapt.refused
    assert Reminder.objects.count() == told
    case.run(2023, 4, 4)
    assert Reminder.objects.count() > told
    looked_at = case.run(2023, 10, 16, after_silence=True)
    assert looked_at.refused == ""
    assert looked_at.reminders > 0


class Killed(BaseException):
    pass


def test_row_80_a_killed_worker_loses_nothing(case: Case, monkeypatch) -> None:
    def die(*args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("danvan.chasing.actions.telling._tell_units", die)
        with pytest.raises(Killed):
            case.run(2023, 4, 3)
    assert (Digest.objects.count(), Reminder.objects.count(), Run.objects.count()) == (0, 0, 0)
    assert case.run(2023, 4, 3).reminders > 0


def test_every_telling_is_in_the_unit_s_history(case: Case) -> None:
    case.run(2023, 4, 3)
    line = audit.of(case.owed("phuong-1"))[0]
    assert line.action == "chasing.body.run"
    assert line.concerns == case.city.units["phuong-1"].pk
    assert case.city.people["phuong-1"].name in line.facts["told"]
    with pytest.raises(Refused, match="do hệ thống chạy"):
        reminding.run(case.city.body, by=case.city.actor("noi-vu"))


def test_mail_goes_to_who_has_an_address_once(case: Case, settings) -> None:
    settings.MAIL_ENABLED = True
    settings.ADDRESS = "https://danvan.tayninh.example"
    user = case.city.people["phuong-1"].user
    user.email = "p1@tayninh.example"
    user.save()
    case.run(2023, 4, 3)
    case.run(2023, 4, 3, 10)
    with clock.set_to(dt.datetime(2023, 4, 3, 10)):
        assert mail.deliver() == 1
        assert mail.deliver() == 0
    letter = outbox.outbox[0]
    assert letter.to == ["p1@tayninh.example"]
    assert "hạn 04/04/2023" in letter.body
    assert f"https://danvan.tayninh.example/nhiem-vu/{case.owed('phuong-1').pk}/" in letter.body
    assert Mail.objects.count() == 1


def test_a_run_costs_the_same_for_many_units(case: Case) -> None:
    def cost(*when: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            case.run(*when)
        return len([q for q in seen if "kernel_entry" not in q["sql"]])

    first = cost(2023, 3, 28)
    factory.more_units(case.city, case.programme, 12)
    assert cost(2023, 3, 31) == first


# --- by hand -----------------------------------------------------------------------------


def test_row_18_by_hand_once_a_day(case: Case, on_day) -> None:
    on_day(2023, 4, 6)
    office = case.city.actor("noi-vu")
    chosen = [case.owed(unit).pk for unit in ("phuong-1", "phuong-2")]
    case.file("phuong-2", 2023, 4, 6)
    told = reminding.remind(case.programme, assignments=chosen, audience="head", by=office)
    assert [d.person for d in told] == [case.city.heads["phuong-1"]]
    with pytest.raises(Refused) as refused:
        reminding.remind(case.programme, assignments=chosen, audience="head", by=office)
    assert refused.value.decision.done
    with pytest.raises(Refused, match="cơ quan thường trực"):
        reminding.remind(
            case.programme, assignments=chosen, audience="head", by=case.city.actor("phuong-2")
        )


def test_a_notice_is_read_by_whom_it_is_for(case: Case) -> None:
    case.run(2023, 4, 3)
    notice = Digest.objects.filter(person=case.city.people["phuong-1"]).get()
    with pytest.raises(Refused, match="gửi cho người khác"):
        reminding.read(notice, by=case.city.actor("phuong-2"))
    reminding.read(notice, by=case.city.actor("phuong-1"))
    with pytest.raises(Refused) as refused:
        reminding.read(notice, by=case.city.actor("phuong-1"))
    assert refused.value.decision.done


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads need a server database")
@pytest.mark.django_db(transaction=True)
def test_row_80_two_workers_never_remind_twice(case: Case) -> None:
    """Two threads at once: the body's row lets one in at a time."""
    import threading

    with clock.set_to(dt.datetime(2023, 4, 3, 9)):
        failed: list[BaseException] = []

        def work() -> None:
            from django.db import connections

            try:
                reminding.run(case.city.body, by=SYSTEM)
            except BaseException as error:  # told to the test, not swallowed
                failed.append(error)
            finally:
                connections.close_all()

        workers = [threading.Thread(target=work) for _n in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert failed == []
    assert sorted(Run.objects.values_list("digests", flat=True))[0] == 0
    people = Digest.objects.values_list("person", flat=True)
    assert len(people) == len(set(people)) > 0
