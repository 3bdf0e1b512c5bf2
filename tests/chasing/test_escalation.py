"""Rows 18, 74 and 80: the chairman's list, ladders by kind, letters as rungs, the last look
before a mail goes out, wrong clocks put right, and workers that come every five minutes."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core import mail as outbox
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.assignments.actions import submissions
from danvan.chasing import recipients
from danvan.chasing.actions import ladders, letters, mails, reminding
from danvan.chasing.ladder import USUAL
from danvan.chasing.models import Digest, Reminder, Run
from danvan.kernel import audit, clock, duties, facts, mail
from danvan.kernel.access import Actor, Hold, Refused
from danvan.kernel.facts import Period
from danvan.kernel.models import Entry, Mail
from danvan.organisations import roles
from danvan.organisations.models import Delegation
from tests.chasing.conftest import Case

ADMINISTRATOR = Actor(None, "Quản trị", frozenset({Hold(roles.ADMINISTRATOR, 0)}))


def chairman(case: Case) -> Actor:
    return case.city.actor(case.city.heads["thanh-pho"])


def with_address(case: Case, unit: str) -> None:
    user = case.city.people[unit].user
    user.email = f"{unit}@tayninh.example"
    user.save()


# --- the chairman's list -----------------------------------------------------------------


def test_row_18_after_a_fortnight_the_chairman_gets_one_list(case: Case) -> None:
    case.file("phuong-2", 2023, 4, 3)
    case.run(2023, 4, 11)
    case.run(2023, 4, 18)
    digest = Digest.objects.get(person=case.city.heads["thanh-pho"])
    units = {r.assignment.unit.key for r in digest.reminders.all()}
    assert len(units) == 7
    assert "phuong-2" not in units
    assert "UBND Phường 1" in digest.text
    assert "quá hạn 14 ngày" in digest.text


def test_row_18_whom_the_head_delegated_to_is_told_beside_the_head(case: Case) -> None:
    unit, head = case.city.units["phuong-1"], case.city.heads["phuong-1"]
    deputy = case.city.deputy
    Delegation.objects.create(
        unit=unit, giver=head, receiver=deputy, scope="all", ground="QĐ thử",
        valid_from=dt.date(2023, 4, 1), valid_to=dt.date(2023, 4, 10),
    )  # fmt: skip
    owed = [unit.pk]
    assert recipients.people_of(owed, dt.date(2023, 4, 5))[unit.pk].head == (head, deputy)
    assert recipients.people_of(owed, dt.date(2023, 4, 11))[unit.pk].head == (head,)


# --- ladders by kind of deliverable -------------------------------------------------------


def test_row_18_a_kind_with_its_own_rungs_follows_those_alone(case: Case) -> None:
    office, body = case.city.actor("noi-vu"), case.city.body
    with clock.set_to(dt.date(2023, 9, 1)):
        ladders.add(body, offset=-30, audience="head", deliverable="report", by=office)
        for step in USUAL:
            for audience in step.audiences:
                if step.offset != -7:
                    ladders.end(
                        body, offset=step.offset, audience=audience, deliverable="report",
                        by=office,
                    )  # fmt: skip
    day = dt.date(2023, 9, 4)
    while day <= dt.date(2023, 10, 31):
        case.run(day.year, day.month, day.day)
        day += dt.timedelta(days=1)
    ours = Reminder.objects.filter(assignment__unit=case.city.units["phuong-1"])
    report = ours.filter(assignment__task__deliverable="report").values_list("day", "offset")
    assert set(report) == {(dt.date(2023, 9, 15), -30), (dt.date(2023, 10, 9), -7)}
    # Three days before is a Friday, and so is the worked day before the date: one of them.
    dossier = ours.filter(assignment__task__deliverable="scoring_dossier")
    assert set(dossier.values_list("offset", flat=True)) == {-7, -1, 0, 1, 3, 7, 14}


def test_a_ladder_without_rungs_is_silence(case: Case) -> None:
    office, body = case.city.actor("noi-vu"), case.city.body
    with clock.set_to(dt.date(2023, 3, 28)):
        for step in USUAL:
            for audience in step.audiences:
                ladders.end(body, offset=step.offset, audience=audience, by=office)
    run = case.run(2023, 4, 4)
    assert (run.refused, run.reminders) == ("", 0)


# --- a letter is a rung -------------------------------------------------------------------


def test_row_74_a_letter_stands_for_the_rung_of_its_day_and_is_told(case: Case) -> None:
    case.run(2023, 4, 7)
    with clock.set_to(dt.datetime(2023, 4, 11, 8, 0)):
        letter = letters.urge(case.programme, by=chairman(case))
    told = Reminder.objects.filter(kind="letter", assignment=case.owed("phuong-1"))
    people = {case.city.people["phuong-1"], case.city.heads["phuong-1"]}
    assert {r.person for r in told} == people
    assert letter.document.code in told[0].digest.text
    sent_to = letter.document.addressees.filter(unit__isnull=False, marks__kind="sent")
    late = {line.assignment.unit_id for line in letter.lines.all()}
    assert {a.unit_id for a in sent_to} == late
    case.run(2023, 4, 11)
    assert not Reminder.objects.filter(kind="ladder", offset=7).exists()
    case.run(2023, 4, 18)
    assert Reminder.objects.filter(kind="ladder", offset=14).exists()
    line = next(x for x in audit.of(case.owed("phuong-1")) if "code" in x.facts)
    assert (line.action, line.facts["code"]) == ("chasing.programme.urge", letter.document.code)
    assert case.city.heads["phuong-1"].name in line.facts["told"]


def test_row_74_after_an_extension_the_letter_no_longer_counts(case: Case) -> None:
    with clock.set_to(dt.datetime(2023, 4, 11, 8, 0)):
        letters.urge(case.programme, by=chairman(case))
    moved = case.owed("phuong-1")
    moved.due_on = dt.date(2023, 4, 21)
    moved.save()
    case.run(2023, 4, 14)
    assert Reminder.objects.filter(kind="ladder", assignment=moved, offset=-7).exists()


def test_a_letter_that_lists_a_unit_is_counted_once_whatever_it_owed(case: Case) -> None:
    """October: report and dossier of one ward are late, its plan as well; two letters go out."""
    ward, other = case.city.units["phuong-1"].pk, case.city.units["xa-tan-binh"].pk
    for key in ("plan", "report", "dossier"):
        owed = case.owed("xa-tan-binh", key)
        submissions.exempt(owed, reason="Đã sáp nhập", by=case.city.actor("noi-vu"))
    for day in (17, 20):
        with clock.set_to(dt.datetime(2023, 10, day, 8)):
            letter = letters.urge(case.programme, by=chairman(case))
    assert letter.lines.filter(assignment__unit=ward).count() == 3
    year = Period.year(2023)
    with CaptureQueriesContext(connection) as one:
        facts.read(["chasing.urged"], [ward], year)
    with CaptureQueriesContext(connection) as many:
        read = facts.read(["chasing.urged"], [ward, other], year)["chasing.urged"]
    assert (read[ward].value, read[other].value) == (2, 0)
    assert read[ward].basis == f"/van-ban/{letter.document_id}/" and read[other].basis == ""
    assert len(one) == len(many) == 1
    spring = Period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    assert facts.read(["chasing.urged"], [ward], spring)["chasing.urged"][ward].value == 0


# --- the last look before a mail goes out -------------------------------------------------


def test_row_80_what_was_filed_while_the_mail_waited_is_not_written(
    case: Case, settings, monkeypatch
) -> None:
    settings.MAIL_ENABLED = True
    for unit in ("phuong-1", "xa-tan-binh"):
        with_address(case, unit)
    case.run(2023, 10, 16)  # report and dossier, two each
    case.file("phuong-1", 2023, 10, 16, key="report")
    for key in ("report", "dossier"):
        owed = case.owed("xa-tan-binh", key)
        submissions.exempt(owed, reason="Đã sáp nhập", by=case.city.actor("noi-vu"))
    with clock.set_to(dt.datetime(2023, 10, 16, 9, 30)):
        assert mail.deliver() == 1
    sent = outbox.outbox[0]
    assert sent.to == ["phuong-1@tayninh.example"]
    assert sent.subject == "Nhắc việc: 1 việc sắp đến hạn"
    assert "Báo cáo" not in sent.body
    dropped = Mail.objects.get(to="xa-tan-binh@tayninh.example")
    assert dropped.state == "dropped"


def test_row_80_without_a_mail_server_the_notice_is_there_and_no_mail_waits(case: Case) -> None:
    with_address(case, "phuong-1")
    case.run(2023, 4, 3)
    assert Digest.objects.filter(person=case.city.people["phuong-1"]).exists()
    assert not Mail.objects.exists()


def test_all_notices_seen_with_one_click(case: Case, sign_in, on_day) -> None:
    case.run(2023, 4, 3)
    case.run(2023, 4, 4)
    on_day(2023, 4, 4)
    ward, person = sign_in("phuong-1"), case.city.people["phuong-1"]
    with pytest.raises(Refused, match="thông báo của mình"):
        reminding.read_all(person, by=case.city.actor("phuong-2"))
    assert "Đã xem tất cả" in ward.get("/don-doc/").content.decode()
    ward.post("/don-doc/thong-bao/da-xem/")
    assert not Digest.objects.filter(person=person, read_at=None).exists()
    again = ward.post("/don-doc/thong-bao/da-xem/", follow=True).content.decode()
    assert "Không còn thông báo nào chưa xem" in again


def test_row_18_the_preview_says_who_is_spared_and_by_which_way(
    case: Case, sign_in, settings, on_day
) -> None:
    settings.MAIL_ENABLED = True
    with_address(case, "phuong-1")
    case.file("phuong-2", 2023, 4, 3)
    submissions.exempt(case.owed("xa-tan-binh"), reason="Mới", by=case.city.actor("noi-vu"))
    on_day(2023, 4, 6)
    task = case.owed("phuong-1").task_id
    page = sign_in("noi-vu").get(f"/don-doc/ke-hoach/{case.programme.pk}/nhac/?nhiem_vu={task}")
    text = page.content.decode()
    assert "UBND Phường 2: đã nộp" in text
    assert "UBND Xã Tân Bình: được miễn" in text
    assert "Chuyên viên UBND Phường 1 (thông báo và thư)" in text
    assert "Chuyên viên Phòng Tư pháp (thông báo)" in text


# --- mail in trouble ----------------------------------------------------------------------


def test_row_80_the_administrator_is_told_and_decides(case: Case, settings, administrator) -> None:
    from django.test import Client

    settings.MAIL_ENABLED = True
    with clock.set_to(dt.datetime(2023, 4, 3, 9)):
        lost = [mail.post(f"x-{n}", "a@b.example", "Nhắc việc", "…") for n in (1, 2)]
        Mail.objects.update(state=Mail.State.UNKNOWN)
        owed = duties.owed(ADMINISTRATOR, clock.today())
        assert any("2 thư nhắc việc" in duty.title for duty in owed)
        with pytest.raises(Refused, match="Chỉ quản trị hệ thống"):
            mails.send_again(lost[0], by=case.city.actor("noi-vu"))
        with pytest.raises(Refused, match="Chỉ quản trị hệ thống"):
            mails.let_go(lost[0], by=case.city.actor("noi-vu"))
        browser = Client()
        browser.force_login(administrator.user)
        page = browser.get("/don-doc/thu-di/").content.decode()
        assert "không ai nhận hai lần" in page
        browser.post(f"/don-doc/thu-di/{lost[0].pk}/", {"decision": "again"})
        browser.post(f"/don-doc/thu-di/{lost[1].pk}/", {"decision": "drop"})
        again = browser.post(f"/don-doc/thu-di/{lost[1].pk}/", {"decision": "drop"}, follow=True)
        assert "không còn chờ quyết định" in again.content.decode()
        assert "Không có thư nào cần quyết định" in browser.get("/don-doc/thu-di/").content.decode()
        assert mail.deliver() == 1
    assert Entry.objects.filter(action__startswith="chasing.mail.").count() == 2


# --- clocks and workers -------------------------------------------------------------------


def test_row_80_a_clock_that_was_ahead_and_is_put_right_tells_nothing_twice(case: Case) -> None:
    case.run(2023, 3, 28)
    case.run(2023, 4, 11)  # a fortnight ahead: one rung, the latest
    ahead = Reminder.objects.count()
    stopped = case.run(2023, 3, 31)
    assert "chạy lùi" in stopped.refused
    told = [d.title for d in duties.owed(ADMINISTRATOR, dt.date(2023, 3, 31))]
    assert any("Nhắc việc đang dừng" in title for title in told)
    back = case.run(2023, 3, 31, after_silence=True)
    assert back.refused == ""
    assert Reminder.objects.count() == ahead
    for day in (3, 4, 5, 7, 11):
        assert case.run(2023, 4, day).refused == ""
    assert Reminder.objects.count() == ahead
    case.run(2023, 10, 16, after_silence=True)
    assert Reminder.objects.count() > ahead


def test_row_80_a_worker_every_five_minutes_leaves_one_run_a_day(case: Case) -> None:
    def chase(*when: int) -> str:
        said = io.StringIO()
        with clock.set_to(dt.datetime(*when)):  # type: ignore[arg-type]
            call_command("chase", stdout=said)
        return said.getvalue()

    assert "lượt nhắc" in chase(2023, 4, 3, 9, 0)
    lines = Entry.objects.count()
    for minute in range(5, 60, 5):
        chase(2023, 4, 3, 9, minute)
    assert Run.objects.count() == 1
    assert Entry.objects.count() == lines
    chase(2023, 4, 3, 18, 0)
    chase(2023, 4, 1, 9, 0)
    assert Run.objects.count() == 1


def test_row_80_work_that_came_since_is_found_the_same_day(case: Case) -> None:
    case.run(2023, 4, 3)
    with clock.set_to(dt.datetime(2023, 4, 3, 10)):
        assert not reminding.has_work(case.city.body)
        later = case.owed("phuong-1", "report")
        later.due_on = dt.date(2023, 4, 5)
        later.save()
        assert reminding.has_work(case.city.body)
