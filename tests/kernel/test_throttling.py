"""Floods: counted by one statement, forgotten when the window is over, nobody's address kept."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from danvan.kernel import clock, throttling
from danvan.kernel.models import Knock

MINUTE = dt.timedelta(minutes=1)
NOON = dt.datetime(2023, 10, 2, 5, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_the_fourth_of_three_waits_and_the_window_ends() -> None:
    with clock.set_to(NOON):
        waits = [throttling.count("opinion", "10.0.0.1", times=3, within=MINUTE) for _ in range(4)]
    assert waits == [0, 0, 0, 60]
    with clock.set_to(NOON + dt.timedelta(seconds=45)):
        assert throttling.count("opinion", "10.0.0.1", times=3, within=MINUTE) == 15
    with clock.set_to(NOON + MINUTE):
        assert throttling.count("opinion", "10.0.0.1", times=3, within=MINUTE) == 0


@pytest.mark.django_db
def test_purposes_and_places_are_counted_apart_and_no_address_is_kept() -> None:
    for purpose, who in (("opinion", "10.0.0.1"), ("opinion", "10.0.0.2"), ("status", "10.0.0.1")):
        assert throttling.count(purpose, who, times=1, within=MINUTE) == 0
    assert Knock.objects.count() == 3
    assert not any("10.0.0" in row.key for row in Knock.objects.all())


@pytest.mark.django_db
def test_windows_that_are_over_are_forgotten() -> None:
    with clock.set_to(NOON):
        throttling.count("opinion", "a", times=1, within=MINUTE)
    with clock.set_to(NOON + 2 * MINUTE):
        throttling.count("opinion", "b", times=1, within=MINUTE)
        assert throttling.forget_ended() == 1
    assert Knock.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads need a server database")
@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted() -> None:
    def knock(_: int) -> int:
        try:
            return throttling.count("opinion", "a", times=5, within=MINUTE)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(knock, range(20)))
    assert waits.count(0) == 5 and Knock.objects.get().times == 20


def test_a_place_is_the_address_of_the_visitor() -> None:
    from django.test import RequestFactory

    assert throttling.place_of(RequestFactory().get("/", REMOTE_ADDR="10.0.0.9")) == "10.0.0.9"
    request = RequestFactory().get("/")
    del request.META["REMOTE_ADDR"]
    assert throttling.place_of(request) == ""
