"""Row 35 on the screen: sealing, opening, the copy, the holders, the log."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.vault.models import Holder, Opening, RedactedCopy, Sealed
from tests.vault import factory
from tests.vault.factory import TEXT, WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(on_day):
    on_day(2023, 10, 9)


def test_row_35_intake_seals_and_gets_a_number(city, sign_in) -> None:
    factory.appoint(city)
    client = sign_in("thanh-tra")
    page = client.get(reverse("vault:seal"))
    assert "no-store" in page.headers["Cache-Control"]
    assert b"data-autosave" not in page.content
    paper = SimpleUploadedFile("don.pdf", b"%PDF-1.4 x", "application/pdf")
    sent = {"body": city.body.pk, "mode": "here", **WORDS, "text": TEXT, "papers": [paper]}
    response = client.post(reverse("vault:seal"), sent, follow=True)
    assert "Đã niêm. Ghi số 0001/2023" in response.content.decode()
    assert WORDS["name"] not in response.content.decode()
    assert Sealed.objects.get().files.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"mode": "here"}, "Ghi họ và tên"),
        ({"mode": "paper"}, "Ghi nơi giữ phong bì"),
        ({"mode": "paper", "place": "Két", "name": "Ai"}, "để trống mọi ô"),
        ({"mode": "here", "name": "Ai", "place": "Két"}, "không có phong bì"),
    ],
)
def test_row_35_a_form_half_filled_is_judged(city, sign_in, sent, said) -> None:
    factory.appoint(city)
    response = sign_in("thanh-tra").post(reverse("vault:seal"), {"body": city.body.pk, **sent})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Sealed.objects.exists()


def test_row_35_without_a_key_only_paper_is_offered(city, sign_in, settings) -> None:
    factory.appoint(city)
    settings.VAULT_KEYS = []
    client = sign_in("thanh-tra")
    page = client.get(reverse("vault:seal")).content.decode()
    assert "chưa có khóa" in page and "Mã hóa trong hệ thống, mở" not in page
    sent = {"body": city.body.pk, "mode": "paper", "place": "Két phòng 2, phong bì 7"}
    assert client.post(reverse("vault:seal"), sent).status_code == 302
    assert Sealed.objects.get().off_system


def test_row_35_opening_asks_why_shows_what_was_asked_and_logs(city, sign_in) -> None:
    it = factory.sealed(city)
    client = sign_in("thanh-tra")
    url = reverse("vault:open", args=[it.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    page = client.post(url, {"reason": "Gọi mời làm việc", "fields_": ["phone"]})
    text = page.content.decode()
    assert WORDS["phone"] in text and WORDS["name"] not in text
    assert Opening.objects.get().fields == ["phone"]
    paper = client.post(reverse("vault:file", args=[it.pk, 1]), {"reason": "Đọc đơn"})
    assert paper.content.startswith(b"%PDF")
    assert "no-store" in paper.headers["Cache-Control"]
    head = sign_in(city.heads["thanh-tra"])
    log = head.get(reverse("vault:log")).content.decode()
    assert "Gọi mời làm việc" in log and "Chuỗi nhật ký nguyên vẹn" in log
    line = Opening.objects.latest("seq")
    assert head.post(reverse("vault:see", args=[line.pk])).status_code == 302
    assert "Đã xem xét" in head.get(reverse("vault:log")).content.decode()


def test_row_35_the_copy_is_read_before_it_is_kept(city, sign_in) -> None:
    it = factory.sealed(city)
    client = sign_in("thanh-tra")
    url = reverse("vault:redact", args=[it.pk])
    sent = {"text": TEXT, "hide": "Út Mót"}
    page = client.post(url, {**sent, "preview": "1"}).content.decode()
    assert "Đã che 4 chỗ" in page
    assert not RedactedCopy.objects.exists()
    assert client.post(url, {**sent, "keep": "1"}).status_code == 302
    shown = client.get(reverse("vault:sealed", args=[it.pk])).content.decode()
    assert "█████" in shown and "Thủy Tiên" not in shown
    assert client.post(url, {"text": ""}).status_code == 422


def test_row_35_the_head_names_holders_and_takes_it_back(city, sign_in) -> None:
    head = sign_in(city.heads["thanh-pho"])
    url = reverse("vault:holders")
    assert head.post(url, {"basis": ""}).status_code == 422
    sent = {
        "body": city.body.pk, "person": city.people["thanh-tra"].pk, "role": "intake",
        "basis": "QĐ 12",
    }  # fmt: skip
    assert head.post(url, sent).status_code == 302
    holder = Holder.objects.get()
    assert "QĐ 12" in head.get(url).content.decode()
    assert sign_in("noi-vu").post(url, sent).status_code == 403
    end = reverse("vault:end", args=[holder.pk])
    assert head.post(end, {"reason": "Nghỉ hưu"}).status_code == 302
    assert sign_in("thanh-tra").get(reverse("vault:seal")).status_code == 403


@pytest.mark.parametrize("route", ["vault:list", "vault:log", "vault:holders"])
def test_lists_cost_the_same_with_one_row_and_with_three(city, sign_in, route) -> None:
    client = sign_in(city.heads["thanh-tra"])

    def cost() -> int:
        client.get(reverse(route))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(route)).status_code == 200
        return len(found)

    factory.opened(city, factory.sealed(city))
    one = cost()
    for who in ("tu-phap", "van-phong"):
        factory.appoint(city, who)
        factory.opened(city, factory.sealed(city))
    assert cost() == one
