"""The outbox: an announcement survives failing handlers and killed processes, and acts once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction

from danvan.kernel import events
from danvan.kernel.models import Announcement, CalendarDay

pytestmark = pytest.mark.django_db


@events.event
class DayPutIn:
    year: int


DAY = dt.date(2023, 3, 27)


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """Years heard by a handler that also changes the database."""
    told: list[int] = []

    def handler(happened: DayPutIn) -> None:
        told.append(happened.year)
        CalendarDay.objects.create(day=dt.date(happened.year, 1, 2), kind="off", basis="nghe")

    events.subscribe(DayPutIn, handler)
    yield told
    events._handlers["DayPutIn"].clear()


def put_in() -> None:
    with transaction.atomic():
        CalendarDay.objects.create(day=DAY, kind="off", basis="báo")
        events.announce(DayPutIn(2023))


def test_delivered_after_commit(heard, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        put_in()
        assert heard == [], "not before the change is committed"
    assert heard == [2023]
    assert Announcement.objects.get().delivered_at is not None


def test_a_failing_handler_keeps_the_change_and_the_announcement(
    heard, django_capture_on_commit_callbacks
) -> None:
    CalendarDay.objects.create(day=dt.date(2023, 1, 2), kind="off", basis="chỗ đã có")
    with django_capture_on_commit_callbacks(execute=True):
        put_in()
    assert CalendarDay.objects.filter(day=DAY).exists()
    row = Announcement.objects.get()
    assert row.delivered_at is None
    assert row.attempts == 1
    assert "IntegrityError" in row.last_error


def test_what_a_killed_process_left_is_delivered_later(heard) -> None:
    put_in()  # its on_commit never runs in this test: as if the process had died
    assert heard == []
    assert events.deliver_pending() == 1
    assert heard == [2023]


def test_a_repaired_handler_gets_it_on_the_next_delivery(
    heard, django_capture_on_commit_callbacks
) -> None:
    blocking = CalendarDay.objects.create(day=dt.date(2023, 1, 2), kind="off", basis="chắn")
    with django_capture_on_commit_callbacks(execute=True):
        put_in()
    blocking.delete()
    assert events.deliver_pending() == 1
    assert Announcement.objects.get().delivered_at is not None


def test_redelivery_acts_once(heard) -> None:
    put_in()
    row = Announcement.objects.get()
    assert events._deliver(row.pk)
    assert not events._deliver(row.pk)
    assert events.deliver_pending() == 0
    assert heard == [2023]
    assert CalendarDay.objects.filter(basis="nghe").count() == 1


def test_a_rolled_back_change_announces_nothing(heard) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        put_in()
        raise RuntimeError
    assert not Announcement.objects.exists()
    assert events.deliver_pending() == 0


def test_subscribing_twice_hears_once(heard, django_capture_on_commit_callbacks) -> None:
    events.subscribe(DayPutIn, events._handlers["DayPutIn"][0])
    with django_capture_on_commit_callbacks(execute=True):
        put_in()
    assert heard == [2023]


def test_the_command_says_how_many_went_out(heard) -> None:
    import io

    from django.core.management import call_command

    put_in()
    out = io.StringIO()
    call_command("deliver_events", stdout=out)
    assert (heard, out.getvalue()) == ([2023], "Đã gửi 1 sự kiện.\n")
