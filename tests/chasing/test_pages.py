"""Rows 18 and 74: previews, the letter, the ladder's page, notices, copied text, calendars."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.chasing import papers
from danvan.chasing.actions import feeds, ladders, letters
from danvan.chasing.models import Digest, Feed, Reminder, Rung, UrgingLetter
from danvan.kernel import audit, duties
from danvan.kernel.access import Refused
from danvan.kernel.icalendar import Event, calendar, folded
from danvan.organisations.models import Person
from tests.assignments import factory
from tests.chasing.conftest import Case
from vanban.checking import check


def chairman(case: Case):
    return case.city.actor(case.city.heads["thanh-pho"])


# --- the letter --------------------------------------------------------------------------


def test_row_74_the_letter_lists_the_late_and_is_numbered(case: Case, on_day) -> None:
    case.file("phuong-2", 2023, 4, 4)
    on_day(2023, 4, 7)
    task = case.owed("phuong-1").task_id
    letter = letters.urge(case.programme, task=task, by=chairman(case))
    assert letter.document.code == "01/UBND-PNV"
    lines = {x.assignment.unit.key: x.days_late for x in letter.lines.all()}
    assert lines["phuong-1"] == 3
    assert "phuong-2" not in lines
    data = letter.document.file.path.read_bytes()
    assert check(data) == ()
    table = docx.Document(io.BytesIO(data)).tables[-1]
    cells = [cell.text for row in table.rows for cell in row.cells]
    assert "UBND Phường 1" in cells
    assert "04/04/2023" in cells
    told = audit.of(case.owed("phuong-1"))[0]
    assert (told.action, told.facts["code"]) == ("chasing.programme.urge", "01/UBND-PNV")


def test_row_74_twice_the_same_click_is_one_letter(case: Case, on_day) -> None:
    on_day(2023, 4, 7)
    letters.urge(case.programme, by=chairman(case))
    with pytest.raises(Refused) as refused:
        letters.urge(case.programme, by=chairman(case))
    assert refused.value.decision.done
    assert UrgingLetter.objects.count() == 1
    on_day(2023, 4, 10)
    letters.urge(case.programme, by=chairman(case))
    assert UrgingLetter.objects.count() == 2


def test_row_74_nobody_late_no_letter(case: Case, on_day) -> None:
    on_day(2023, 4, 4)
    with pytest.raises(Refused, match="không có đơn vị nào quá hạn"):
        letters.urge(case.programme, by=chairman(case))
    on_day(2023, 4, 5)
    with pytest.raises(Refused, match="Chủ tịch hoặc Phó Chủ tịch ký"):
        letters.urge(case.programme, by=case.city.actor("noi-vu"))


def test_row_74_previewed_then_issued_by_the_chairman(case: Case, sign_in, on_day) -> None:
    on_day(2023, 4, 7)
    address = f"/don-doc/ke-hoach/{case.programme.pk}/cong-van/"
    office, chair = sign_in("noi-vu"), sign_in(case.city.heads["thanh-pho"])
    page = office.get(address).content.decode()
    assert "V/v đôn đốc thực hiện" in page
    assert "do Chủ tịch hoặc Phó Chủ tịch ký ban hành" in page
    assert office.get(address[:-1] + ".docx").content[:2] == b"PK"
    issued = chair.post(address)
    assert issued.url == f"/van-ban/{UrgingLetter.objects.get().document_id}/"


# --- reminding by hand -------------------------------------------------------------------


def test_row_18_the_matrix_offers_to_remind_and_the_preview_is_exact(
    case: Case, sign_in, on_day
) -> None:
    on_day(2023, 4, 6)
    case.file("phuong-2", 2023, 4, 6)
    office = sign_in("noi-vu")
    matrix = office.get(f"/nhiem-vu/ma-tran/{case.programme.pk}/").content.decode()
    assert "Nhắc 7 đơn vị còn thiếu" in matrix
    task = case.owed("phuong-1").task_id
    address = f"/don-doc/ke-hoach/{case.programme.pk}/nhac/?nhiem_vu={task}"
    page = office.get(address).content.decode()
    assert "Sẽ nhắc 7 trong 7 việc" in page
    assert "Nhắc UBND Phường 2" not in page
    assert "Nhắc UBND Phường 1" in page
    assert "[Đôn đốc]" in page
    chosen = [case.owed("phuong-1").pk, case.owed("xa-tan-binh").pk]
    office.post(address, {"audience": "officer", "assignments": chosen})
    assert Reminder.objects.filter(kind="hand").count() == 2
    again = office.post(address, {"audience": "officer", "assignments": chosen}, follow=True)
    assert "đã nhắc trong ngày" in again.content.decode()
    assert Reminder.objects.count() == 2
    assert "hôm nay đã nhắc" in office.get(address).content.decode()
    nobody = office.post(address, {"audience": "officer"})
    assert nobody.status_code == 422
    assert "Chọn ít nhất một đơn vị" in nobody.content.decode()


def test_the_front_watches_but_does_not_remind(case: Case, sign_in, on_day) -> None:
    on_day(2023, 4, 6)
    front = sign_in("mat-tran")
    task = case.owed("phuong-1").task_id
    address = f"/don-doc/ke-hoach/{case.programme.pk}/nhac/?nhiem_vu={task}"
    assert "cơ quan thường trực" in front.get(address).content.decode()
    sent = front.post(address, {"audience": "officer", "assignments": [case.owed("phuong-1").pk]})
    assert sent.status_code == 403
    assert sign_in("phuong-1").get(address).status_code == 404


def test_the_pages_cost_the_same_for_many_units(case: Case, sign_in, on_day) -> None:
    on_day(2023, 4, 6)
    office = sign_in("noi-vu")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            for part in ("", "nhac/", "cong-van/"):
                office.get(f"/don-doc/ke-hoach/{case.programme.pk}/{part}")
        return len(seen)

    cost()  # what is kept for a minute (the calendar) is kept now
    first = cost()
    factory.more_units(case.city, case.programme, 5)
    assert cost() == first


# --- the ladder --------------------------------------------------------------------------


def test_the_ladder_is_data_of_the_body(case: Case, sign_in, on_day) -> None:
    on_day(2023, 4, 6)
    office, ward = sign_in("noi-vu"), sign_in("phuong-1")
    address = f"/don-doc/lich-nhac/{case.city.body.pk}/"
    assert "trước hạn 7 ngày" in ward.get(address).content.decode()
    assert ward.post(address, {"when": "after", "days": "2", "audience": "head"}).status_code == 403
    office.post(address, {"when": "before", "days": "14", "audience": "leader"})
    assert "trước hạn 14 ngày" in office.get(address).content.decode()
    wrong = office.post(address, {"when": "before", "days": "xx", "audience": "leader"})
    assert wrong.status_code == 422
    office.post(f"{address}bo/", {"offset": "-14", "audience": "leader"})
    assert "trước hạn 14 ngày" not in office.get(address).content.decode()


def test_a_rung_ends_on_a_day_and_the_past_keeps_it(case: Case, on_day) -> None:
    office, body = case.city.actor("noi-vu"), case.city.body
    ladders.add(body, offset=14, audience="head", by=office)
    with pytest.raises(Refused) as refused:
        ladders.add(body, offset=14, audience="head", by=office)
    assert refused.value.decision.done
    on_day(2023, 5, 4)
    ladders.end(body, offset=14, audience="head", by=office)
    assert Rung.objects.get(offset=14, audience="head").valid_to == dt.date(2023, 5, 3)
    with pytest.raises(Refused) as refused:
        ladders.end(body, offset=14, audience="head", by=office)
    assert refused.value.decision.done
    for verb in (ladders.add, ladders.end):
        with pytest.raises(Refused, match="đặt lịch nhắc"):
            verb(body, offset=1, audience="head", by=case.city.actor("phuong-1"))


# --- notices and calendars ---------------------------------------------------------------


def test_a_notice_stands_on_the_desk_until_it_is_seen(case: Case, sign_in, on_day) -> None:
    case.run(2023, 4, 3)
    on_day(2023, 4, 3)
    ward = sign_in("phuong-1")
    owed = duties.owed(case.city.actor("phuong-1"), dt.date(2023, 4, 3))
    assert any("thông báo nhắc việc chưa xem" in duty.title for duty in owed)
    page = ward.get("/don-doc/").content.decode()
    assert "Đến bậc nhắc của lịch nhắc" in page
    notice = Digest.objects.get(person=case.city.people["phuong-1"])
    ward.post(f"/don-doc/thong-bao/{notice.pk}/da-xem/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert sign_in("phuong-2").post(f"/don-doc/thong-bao/{notice.pk}/da-xem/").status_code == 404


def test_the_calendar_address_shows_once_and_can_be_revoked(case: Case, sign_in, on_day) -> None:
    on_day(2023, 4, 3)
    ward = sign_in("phuong-1")
    ward.post("/don-doc/lich/tao/")
    page = ward.get("/don-doc/lich/").content.decode()
    found = [part.split(".ics")[0] for part in page.split("/don-doc/lich/") if ".ics" in part]
    assert len(found) == 1
    assert ".ics" not in ward.get("/don-doc/lich/").content.decode()
    assert found[0] not in str(Feed.objects.values_list())
    from django.test import Client

    phone = Client()
    feed = phone.get(f"/don-doc/lich/{found[0]}.ics")
    text = feed.content.decode()
    assert feed["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20230404" in text
    with pytest.raises(Refused, match="tự thu hồi"):
        feeds.revoke(Feed.objects.get(), by=case.city.actor("phuong-2"))
    ward.post(f"/don-doc/lich/{Feed.objects.get().pk}/thu-hoi/")
    assert phone.get(f"/don-doc/lich/{found[0]}.ics").status_code == 404
    assert phone.get("/don-doc/lich/sai.ics").status_code == 404


def test_a_second_address_ends_the_first(case: Case) -> None:
    person, by = case.city.people["phuong-1"], case.city.actor("phuong-1")
    feeds.make(person, by=by)
    feeds.make(person, by=by)
    assert Feed.objects.filter(revoked_at=None).count() == 1
    with pytest.raises(Refused, match="tự tạo"):
        feeds.make(Person.objects.get(pk=person.pk), by=case.city.actor("phuong-2"))
    feed = Feed.objects.get(revoked_at=None)
    feeds.revoke(feed, by=by)
    with pytest.raises(Refused) as refused:
        feeds.revoke(feed, by=by)
    assert refused.value.decision.done


def test_the_feed_is_written_as_the_standard_asks() -> None:
    """RFC 5545: CRLF, lines of at most 75 octets, escapes; unfolding gives the words back."""
    title = "Báo cáo; kết quả, đợt 1\nvà những việc còn lại của đơn vị " + "ở cơ sở " * 20
    stamp = dt.datetime(2023, 4, 3, 2, 0, tzinfo=dt.UTC)
    data = calendar("Lịch", [Event("a@x", dt.date(2023, 12, 31), title, "t", "http://x/")], stamp)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode().replace("\r\n ", "")
    summary = next(x for x in text.split("\r\n") if x.startswith("SUMMARY:"))[len("SUMMARY:") :]
    plain = summary.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    assert plain == title
    assert "DTEND;VALUE=DATE:20240101" in text
    assert "DTSTAMP:20230403T020000Z" in text
    assert folded("x" * 75) == "x" * 75


def test_who_is_late_in_words(case: Case, on_day) -> None:
    on_day(2023, 4, 7)
    paper = papers.compose(case.programme, letters.late_of(case.programme), chairman(case))
    assert "còn 08 cơ quan, đơn vị chưa nộp" in papers.text_of(paper)
