"""Rows 32, 39, 40 and 35 as a citizen lives them: send, follow, confirm or dispute."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from danvan.kernel.models import Entry, Knock
from danvan.petitions.models import Petition, Sender
from danvan.portal.floods import LIMITS
from tests.city import City
from tests.petitions import factory

SEND, STATUS = "/cong-khai/gui-don/", "/cong-khai/tra-cuu/"


def words(client: Client, city: City, **changed: str) -> dict[str, str]:
    given = {
        "kind_said": "kien_nghi_phan_anh", "body": str(city.body.pk), "name": "Trần Thị Lan",
        "phone": "0900000001", "content": "Hẻm 12 ngập mỗi khi mưa.", "website": "",
    }  # fmt: skip
    return {**given, **changed}


def receipt_of(page: str) -> tuple[str, str]:
    number, secret = re.findall(r"<dd>([^<]+)</dd>", page)[:2]
    return number, secret


def test_row_32_sent_over_the_web_a_receipt_comes_back_at_once(town: City, visitor: Client) -> None:
    answer = visitor.post(SEND, words(visitor, town))
    page = answer.content.decode()
    number, secret = receipt_of(page)
    it = Petition.objects.get()
    assert (it.number, it.channel) == (number, "web")
    assert "no-store" in answer["Cache-Control"]
    told = visitor.post(STATUS, {"number": number, "secret": secret}).content.decode()
    assert "Đã tiếp nhận, đang xem xét" in told
    assert "29/05/2023" in told and "Vì sao ngày này?" in told
    assert "Lan" not in told and "Hẻm 12" not in told


def test_row_32_nothing_typed_is_lost_after_a_mistake(town: City, visitor: Client) -> None:
    answer = visitor.post(SEND, words(visitor, town, name=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ghi họ tên" in page and "Hẻm 12 ngập" in page and "0900000001" in page
    assert not Petition.objects.exists()


def test_row_32_twice_the_same_click_is_one_petition_and_the_same_receipt(
    town: City, visitor: Client
) -> None:
    page = visitor.get(SEND).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    sent = words(visitor, town, token=token[1])
    first = receipt_of(visitor.post(SEND, sent).content.decode())
    again = visitor.post(SEND, sent)
    assert receipt_of(again.content.decode()) == first
    assert Petition.objects.count() == 1


def test_row_35_a_denunciation_over_the_web_leaves_no_name(town: City, visitor: Client) -> None:
    sent = words(visitor, town, kind_said="to_cao", name="Quách Thị Mận", content="Tôi là Mận.")
    number, secret = receipt_of(visitor.post(SEND, sent).content.decode())
    assert not Sender.objects.exists()
    assert not any("Mận" in str(vars(line)) for line in Entry.objects.all())
    told = visitor.post(STATUS, {"number": number, "secret": secret}).content.decode()
    assert "Mận" not in told


def test_row_39_a_wrong_secret_tells_nothing_and_guessing_is_slowed(
    town: City, visitor: Client
) -> None:
    it, _receipt = factory.received(town)
    for _ in range(LIMITS["number"]):
        page = visitor.post(STATUS, {"number": it.number, "secret": "sai"}).content.decode()
        assert "không đúng" in page
    page = visitor.post(STATUS, {"number": it.number, "secret": "sai"}).content.decode()
    assert "Gửi quá nhiều lần" in page
    assert not any("127.0.0.1" in row.key for row in Knock.objects.all())


def test_row_40_confirmed_or_disputed_and_opened_again(town: City, visitor: Client) -> None:
    it, secret = factory.closed(town)
    mine = {"number": it.number, "secret": secret}
    page = visitor.post(STATUS, mine).content.decode()
    assert "Việc đã xong chưa?" in page
    lacking = visitor.post(STATUS, {**mine, "viec": "chua-dong-y", "reason": " "})
    assert lacking.status_code == 422
    page = visitor.post(STATUS, {**mine, "viec": "chua-dong-y", "reason": "Vẫn ngập"})
    assert "Đã mở lại để xem xét" in page.content.decode()
    it.refresh_from_db()
    assert it.state != "closed"


def test_floods_are_turned_away_and_nothing_of_the_honest_is_lost(
    town: City, visitor: Client
) -> None:
    for _ in range(LIMITS["send"]):
        assert visitor.post(SEND, words(visitor, town)).status_code == 200
    refused = visitor.post(SEND, words(visitor, town, content="Một việc khác."))
    assert refused.status_code == 429
    page = refused.content.decode()
    assert "Gửi quá nhiều lần" in page and "Gửi lại" in page
    assert 'name="content" value="Một việc khác."' in page
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert elsewhere.post(SEND, words(elsewhere, town)).status_code == 200
    assert Petition.objects.count() == LIMITS["send"] + 1


def test_a_machine_that_fills_every_field_is_refused(town: City, visitor: Client) -> None:
    answer = visitor.post(SEND, words(visitor, town, website="http://x.example"))
    assert answer.status_code == 429
    assert not Petition.objects.exists()
    # A person whose browser filled it in sends the same again by one button.
    kept = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', answer.content.decode()))
    assert kept["content"] == "Hẻm 12 ngập mỗi khi mưa." and "website" not in kept
    assert visitor.post(SEND, kept).status_code == 200
    assert Petition.objects.count() == 1


@pytest.mark.parametrize("address", [STATUS, SEND])
def test_pages_with_a_secret_are_kept_nowhere(town: City, visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
