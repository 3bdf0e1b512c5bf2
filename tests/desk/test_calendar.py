"""The calendar page: a year at a glance, days laid over it, and what that does."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.desk import days
from danvan.kernel import calendar
from danvan.kernel.access import SYSTEM
from danvan.kernel.calendar import Calendar
from danvan.kernel.models import CalendarDay
from danvan.organisations.actions import calendar_days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    calendar.forget_overlay()
    on_day(2026, 1, 5)
    yield
    calendar.forget_overlay()


TYPED = {"day": "02/01/2026", "kind": "off", "basis": "12729/VPCP-KGVX ngày 25/12/2025"}


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """The callbacks of a commit run although the test's transaction never ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_year_lists_holidays_and_moved_days(city) -> None:
    calendar_days.load(city.body, by=SYSTEM)
    lines = {line.day: line for line in days.of_year(2026)}
    assert not lines[dt.date(2026, 1, 1)].works
    assert lines[dt.date(2026, 1, 1)].why
    assert not lines[dt.date(2026, 1, 2)].works
    assert lines[dt.date(2026, 1, 10)].works
    assert lines[dt.date(2026, 1, 10)].row.basis.startswith("Văn bản 12729")
    assert dt.date(2026, 1, 5) not in lines
    assert dt.date(2026, 1, 11) not in lines, "an ordinary Sunday"


def test_everybody_reads_it_with_the_reason_why_not_to_change(city, sign_in) -> None:
    calendar_days.load(city.body, by=SYSTEM)
    page = sign_in("phuong-1").get("/lich/").content.decode()
    assert "Lịch làm việc năm 2026" in page
    assert "12729/VPCP-KGVX" in page
    assert "mới sửa lịch làm việc" in page
    assert "calendar-day" not in page
    assert "Lịch làm việc năm 2023" in sign_in("phuong-1").get("/lich/?nam=2023").content.decode()
    for odd in ("abc", "99999", "-1", "²³"):
        page = sign_in("phuong-1").get("/lich/", {"nam": odd}).content.decode()
        assert "Lịch làm việc năm 2026" in page


def test_the_office_adds_a_day_and_is_told_the_effect(city, sign_in, commits) -> None:
    with commits():
        answer = sign_in("noi-vu").post("/lich/", TYPED)
    page = sign_in("noi-vu").get(answer["Location"]).content.decode()
    assert answer["Location"] == "/lich/?nam=2026"
    assert CalendarDay.objects.get().day == dt.date(2026, 1, 2)
    assert "12729/VPCP-KGVX ngày 25/12/2025" in page


def test_the_effect_is_told_by_an_example() -> None:
    then, now = Calendar({}), Calendar({dt.date(2026, 1, 2): "off"})
    shown = days.effect(dt.date(2026, 1, 2), now, then)
    assert (shown.start, shown.before, shown.after) == (
        dt.date(2025, 12, 31), dt.date(2026, 1, 6), dt.date(2026, 1, 7),
    )  # fmt: skip


def test_a_second_click_is_told(city, sign_in) -> None:
    client = sign_in("noi-vu")
    client.post("/lich/", TYPED)
    page = client.post("/lich/", TYPED, follow=True).content.decode()
    assert "Ngày này đã có trong lịch như vậy rồi." in page
    assert CalendarDay.objects.count() == 1


def test_a_colleagues_line_is_not_written_over(city, sign_in) -> None:
    client = sign_in("noi-vu")
    client.post("/lich/", TYPED)
    page = client.post("/lich/", TYPED | {"kind": "work"}).content.decode()
    assert "Ngày này đã ghi là nghỉ (12729/VPCP-KGVX ngày 25/12/2025)" in page
    assert CalendarDay.objects.get().kind == "off"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": "31/02/2026"}, "Không có ngày 31/02/2026"),
        ({"basis": ""}, "Ghi văn bản làm căn cứ."),
        ({"kind": "khac"}, "khac"),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(sign_in, typed, told) -> None:
    answer = sign_in("noi-vu").post("/lich/", TYPED | {"note": "ghi chú của tôi"} | typed)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert "ghi chú của tôi" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_day_is_taken_out_again(city, sign_in) -> None:
    calendar_days.load(city.body, by=SYSTEM)
    row = CalendarDay.objects.get(day=dt.date(2026, 1, 2))
    answer = sign_in("noi-vu").post(f"/lich/{row.pk}/bo/")
    assert answer["Location"] == "/lich/?nam=2026"
    assert CalendarDay.objects.count() == 1
    assert sign_in("noi-vu").get(f"/lich/{row.pk}/bo/").status_code == 405


def test_others_may_not(city, sign_in) -> None:
    calendar_days.load(city.body, by=SYSTEM)
    row = CalendarDay.objects.first()
    client = sign_in("phuong-1")
    assert client.post("/lich/", TYPED).status_code == 403
    assert client.post(f"/lich/{row.pk}/bo/").status_code == 403
    assert CalendarDay.objects.count() == 2
