"""Changing the password."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from danvan.accounts import demonstration
from danvan.accounts.actions import passwords
from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.kernel.models import Refusal

pytestmark = pytest.mark.django_db
OLD, NEW = "mat-khau-thu-nghiem", "dan-van-kheo-2023"
URL = reverse("accounts:password")


def change(client: Client, old: str = OLD, new: str = NEW, again: str | None = None):
    typed = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(URL, typed, follow=True)


def test_it_is_changed_told_and_the_person_stays_signed_in(client: Client, city) -> None:
    user = city.people["noi-vu"].user
    client.force_login(user)
    assert "Đã đổi mật khẩu." in change(client).content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW)
    line = audit.of(user).get()
    assert line.says == "đổi mật khẩu"
    assert NEW not in str(line.facts)
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old": "sai"}, "Mật khẩu hiện tại không đúng."),
        ({"again": "khac-han-nhe-1"}, "Hai lần ghi mật khẩu mới không giống nhau."),
        ({"new": "ngan"}, "10"),
    ],
)
def test_wrong_words_are_told_at_the_field(client: Client, city, typed, told) -> None:
    user = city.people["noi-vu"].user
    client.force_login(user)
    assert told in change(client, **typed).content.decode()
    user.refresh_from_db()
    assert user.check_password(OLD)


def test_the_verb_itself_asks_for_the_old_password(city) -> None:
    user = city.people["noi-vu"].user
    with pytest.raises(Refused, match="Mật khẩu hiện tại không đúng"):
        passwords.change(user, old="sai", new=NEW, by=city.actor("tu-phap"))
    assert Refusal.objects.get().action == "accounts.password.change"


def test_an_account_of_the_demonstration_keeps_its_password(client: Client, city, settings) -> None:
    settings.DEMONSTRATION = True
    user = city.people["noi-vu"].user
    demonstration.offer([demonstration.SignIn(user.username, "Lan", "Chuyên viên")])
    client.force_login(user)
    assert "dùng chung" in client.get(URL).content.decode()
    assert change(client).status_code == 403
    demonstration.offer([])
    user.refresh_from_db()
    assert user.check_password(OLD)
