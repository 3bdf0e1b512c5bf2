"""Signing in, out, the brake on wrong passwords, the demonstration's one-click sign-in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from danvan.accounts import demonstration, throttling
from danvan.accounts.models import SignInAttempt, User
from danvan.kernel import clock

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("accounts:sign_in")
RIGHT = "mat-khau-dung-1"
START = dt.datetime(2023, 4, 4, 8, tzinfo=dt.UTC)


@pytest.fixture
def lan() -> User:
    return User.objects.create_user("lan", password=RIGHT)


def try_with(client: Client, password: str, username: str = "lan", **extra: str):
    return client.post(SIGN_IN, {"username": username, "password": password, **extra})


def test_the_page_is_public_vietnamese_and_keeps_where_to_go(client: Client) -> None:
    answer = client.get(SIGN_IN, {"next": "/lich/"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Tên đăng nhập" in page
    assert 'name="next" value="/lich/"' in page
    assert "Username" not in page


def test_signing_in_goes_where_the_person_wanted(client: Client, lan: User) -> None:
    answer = try_with(client, RIGHT, next="/lich/")
    assert (answer.status_code, answer["Location"]) == (302, "/lich/")
    assert client.session["_auth_user_id"] == str(lan.pk)


def test_an_address_outside_is_not_followed(client: Client, lan: User) -> None:
    assert try_with(client, RIGHT, next="https://xau.example/")["Location"] == "/"


def test_a_wrong_password_is_told_and_the_name_kept(client: Client, lan: User) -> None:
    page = try_with(client, "sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert 'value="lan"' in page
    assert "sai" not in page.replace("Chưa", "")


def test_five_wrong_passwords_close_the_door_even_to_the_right_one(
    client: Client, lan: User
) -> None:
    with clock.set_to(START):
        for _time in range(throttling.ATTEMPTS):
            assert "không đúng" in try_with(client, "sai").content.decode()
        page = try_with(client, RIGHT).content.decode()
    assert "thử lại sau 15 phút" in page
    assert "_auth_user_id" not in client.session


def test_the_wait_shrinks_and_ends_after_fifteen_minutes(client: Client, lan: User) -> None:
    with clock.set_to(START):
        for _time in range(throttling.ATTEMPTS):
            try_with(client, "sai")
    with clock.set_to(START + dt.timedelta(minutes=10, seconds=30)):
        assert "thử lại sau 5 phút" in try_with(client, RIGHT).content.decode()
    with clock.set_to(START + dt.timedelta(minutes=15)):
        assert try_with(client, RIGHT).status_code == 302


def test_another_name_and_another_address_are_not_held_up(client: Client, lan: User) -> None:
    User.objects.create_user("minh", password=RIGHT)
    for _time in range(throttling.ATTEMPTS + 1):
        try_with(client, "sai", username=" LAN ")
    assert try_with(client, RIGHT, username="minh").status_code == 302
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert try_with(elsewhere, RIGHT).status_code == 302


def test_a_right_password_clears_the_count(client: Client, lan: User) -> None:
    for _time in range(throttling.ATTEMPTS - 1):
        try_with(client, "sai")
    assert try_with(client, RIGHT).status_code == 302
    assert not SignInAttempt.objects.exists()


def test_neither_name_nor_address_is_kept_in_the_clear(client: Client, lan: User) -> None:
    try_with(client, "sai", username="mat-khau-go-nham-o")
    kept = SignInAttempt.objects.get()
    assert len(kept.key) == 64
    assert "nham" not in kept.key


def test_sign_out_is_by_post_only(client: Client, lan: User) -> None:
    client.force_login(lan)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.post(reverse("accounts:sign_out"))["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_every_other_page_asks_for_sign_in(client: Client) -> None:
    answer = client.get("/nhat-ky/?tu=01/01/2023")
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)
    assert "nhat-ky" in answer["Location"]


def test_a_session_lost_in_a_form_comes_back_to_the_form(client: Client) -> None:
    answer = client.post("/lich/", {}, headers={"referer": "http://testserver/lich/?nam=2026"})
    assert answer["Location"] == f"{SIGN_IN}?next=/lich/%3Fnam%3D2026"
    page = client.get(answer["Location"]).content.decode()
    assert "Phiên làm việc đã hết" in page


def test_a_lost_session_never_follows_a_foreign_page(client: Client) -> None:
    answer = client.post("/lich/", {}, headers={"referer": "https://xau.example/lich/"})
    assert answer["Location"] == f"{SIGN_IN}?next=/"


def test_a_lost_session_under_htmx_moves_the_whole_page(client: Client) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/lich/"}
    answer = client.get("/nhat-ky/", headers=headers)
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/lich/"


@pytest.fixture
def offered(lan: User):
    demonstration.offer(
        [
            demonstration.SignIn(
                "lan", "Trần Thị Lan", "Chuyên viên", "Phòng Nội vụ", "Nhập kế hoạch"
            )
        ]
    )
    yield
    demonstration.offer([])


def test_the_demonstration_offers_its_accounts_with_one_click(
    client: Client, offered, settings
) -> None:
    settings.DEMONSTRATION = True
    page = client.get(SIGN_IN).content.decode()
    assert "Trần Thị Lan" in page
    assert "Nhập kế hoạch" in page
    answer = client.post(reverse("accounts:demonstration"), {"username": "lan", "next": "/lich/"})
    assert answer["Location"] == "/lich/"
    assert "_auth_user_id" in client.session


def test_outside_the_demonstration_there_is_no_such_door(client: Client, offered, settings) -> None:
    settings.DEMONSTRATION = False
    assert "Trần Thị Lan" not in client.get(SIGN_IN).content.decode()
    answer = client.post(reverse("accounts:demonstration"), {"username": "lan"})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_door_opens_to_offered_accounts_only(client: Client, offered, settings) -> None:
    settings.DEMONSTRATION = True
    User.objects.create_superuser("quan-tri", password=RIGHT)
    url = reverse("accounts:demonstration")
    assert client.post(url, {"username": "quan-tri"}).status_code == 404
    assert client.get(url).status_code == 405
