"""Personal data of reminders: shown to the person, the addresses gone when erased."""

from __future__ import annotations

import pytest

from danvan.chasing.actions import feeds
from danvan.chasing.models import Digest, Feed
from danvan.chasing.personal import SOURCE
from danvan.kernel import clock
from danvan.kernel.models import Mail
from danvan.organisations.personal import subject_of
from tests.city import City

pytestmark = pytest.mark.django_db


def test_addresses_go_what_was_told_stays(city: City) -> None:
    officer, other = city.people["phuong-1"], city.people["phuong-2"]
    for person in (officer, other):
        told = Digest.objects.create(
            person=person, made_at=clock.now(), subject="Nhắc việc", text="…"
        )
        Mail.objects.create(
            key=f"digest-{told.pk}", to="a@b.example", subject="Nhắc việc", text="…",
            made_at=clock.now(), not_before=clock.now(),
        )  # fmt: skip
    feeds.make(officer, by=city.actor("phuong-1"))
    subject = subject_of(officer)
    assert "a@b.example" in str([k.rows for k in SOURCE.kept(subject)])
    assert list(SOURCE.erase(subject)) == ["Đã bỏ địa chỉ thư nhắc việc và địa chỉ lịch."]
    assert not Feed.objects.filter(person=officer).exists()
    assert "a@b.example" not in str([k.rows for k in SOURCE.kept(subject)])
    assert Digest.objects.filter(person=officer).count() == 1
    assert set(Mail.objects.values_list("to", "state")) == {
        ("", "dropped"), ("a@b.example", "waiting"),
    }  # fmt: skip
    assert list(SOURCE.erase(subject)) == []
