"""The product's timer does the night's work: once a day, whatever else fails."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands

from danvan.kernel import calendar, clock
from danvan.kernel.models import CalendarDay
from danvan.petitions.models import Petition
from tests.petitions import factory

pytestmark = pytest.mark.django_db


def chase(*when: int) -> tuple[str, str]:
    said, wrong = io.StringIO(), io.StringIO()
    with clock.set_to(dt.datetime(*when)):  # type: ignore[arg-type]
        call_command("chase", stdout=said, stderr=wrong)
    return said.getvalue(), wrong.getvalue()


def test_the_petitions_clocks_move_after_a_day_off_was_added(city) -> None:
    with clock.set_to(dt.date(2026, 9, 7)):
        it, _receipt = factory.received(city)
    before = it.due_on
    assert before is not None
    # Every working day up to the limit becomes a day off: the limit must move on.
    for n in range(1, (before - dt.date(2026, 9, 7)).days + 1):
        day = dt.date(2026, 9, 7) + dt.timedelta(days=n)
        CalendarDay.objects.get_or_create(day=day, defaults={"kind": "off", "basis": "thử"})
    calendar.forget_overlay()
    said, _wrong = chase(2026, 9, 8, 0, 3)
    assert "Đã tính lại: 1 đơn đổi hạn." in said
    assert Petition.objects.get(pk=it.pk).due_on > before
    calendar.forget_overlay()


def test_once_a_day_however_often_the_timer_comes_by() -> None:
    told = [chase(2026, 9, 8, hour, minute)[0] for hour, minute in ((0, 1), (0, 6), (23, 59))]
    assert ["Đã tính lại" in said for said in told] == [True, False, False]
    assert "Đã tính lại" in chase(2026, 9, 9, 0, 4)[0]


def test_one_that_fails_holds_up_nothing(monkeypatch) -> None:
    def broken(*_args: object, **_more: object) -> int:
        raise CommandError("đĩa đầy")

    monkeypatch.setattr(
        "danvan.organisations.management.commands.reorganise.take_effect_on", broken
    )
    said, wrong = chase(2026, 9, 8, 0, 1)
    assert "“reorganise” bị lỗi" in wrong
    assert "Đã tính lại" in said and "Đã dọn" in said


def test_every_work_of_the_night_is_a_command() -> None:
    assert settings.NIGHTLY and set(settings.NIGHTLY) <= set(get_commands())
    assert "recount_petitions" in settings.NIGHTLY
