"""Days off and made-up days: who writes them, and what history says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from danvan.kernel import audit, calendar
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.calendar import Calendar
from danvan.kernel.models import CalendarDay, Entry, Refusal
from danvan.organisations.actions import calendar_days

pytestmark = pytest.mark.django_db
SWAP = {"day": dt.date(2026, 1, 2), "kind": "off", "basis": "12729/VPCP-KGVX"}


@pytest.fixture(autouse=True)
def fresh():
    calendar.forget_overlay()
    yield
    calendar.forget_overlay()


def test_the_programme_office_moves_a_day(city, django_capture_on_commit_callbacks) -> None:
    Calendar()  # the overlay is kept in the cache by now
    with django_capture_on_commit_callbacks(execute=True):
        row = calendar_days.put(city.body, **SWAP, by=city.actor("noi-vu"))
    assert Calendar().after_working_days(dt.date(2025, 12, 31), 3) == dt.date(2026, 1, 7)
    line = audit.of(row).get()
    assert (line.facts["kind"], line.concerns) == ("nghỉ", city.body.pk)


def test_the_administrator_may_too(city, administrator) -> None:
    assert calendar_days.put(city.body, **SWAP, by=city.actor(administrator))


def test_the_same_again_is_told_another_kind_is_not_written_over(city) -> None:
    by = city.actor("noi-vu")
    calendar_days.put(city.body, **SWAP, by=by)
    with pytest.raises(Refused) as refused:
        calendar_days.put(city.body, **SWAP, by=by)
    assert refused.value.decision.done
    with pytest.raises(ValidationError, match="Ngày này đã ghi là nghỉ"):
        calendar_days.put(city.body, **(SWAP | {"kind": "work"}), by=by)
    assert CalendarDay.objects.get().kind == "off"


def test_a_removed_day_leaves_its_history(city, django_capture_on_commit_callbacks) -> None:
    by = city.actor("noi-vu")
    with django_capture_on_commit_callbacks(execute=True):
        row = calendar_days.put(city.body, **SWAP, by=by)
        calendar_days.remove(row, by=by)
    assert not CalendarDay.objects.exists()
    assert Calendar().is_working_day(SWAP["day"])
    line = Entry.objects.first()
    assert (line.says, line.subject_id) == ("bỏ ngày khỏi lịch làm việc", str(row.pk))
    assert "02/01/2026" in line.subject_name


@pytest.mark.parametrize("who", ["phuong-1", "thanh-tra", "van-phong", "mat-tran"])
def test_others_do_not(city, who: str) -> None:
    with pytest.raises(Refused, match="mới sửa lịch"):
        calendar_days.put(city.body, **SWAP, by=city.actor(who))
    row = calendar_days.put(city.body, **SWAP, by=SYSTEM)
    with pytest.raises(Refused, match="mới sửa lịch"):
        calendar_days.remove(row, by=city.actor(who))
    assert set(Refusal.objects.values_list("action", flat=True)) == {
        "organisations.calendar.put",
        "organisations.calendar.remove",
    }
