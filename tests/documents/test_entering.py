"""Entering a document by hand and by file, correcting it, its text as amended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.documents.actions import registering
from danvan.documents.models import Citation, Document, ReviewTask
from danvan.kernel import audit
from danvan.kernel.access import Refused, Stale
from tests.promises.world import SEED

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 3, 27)
HAND = {"type": "Quyết định", "code": "9/QĐ-UBND", "issued_on": "05/01/2023", "subject": "Thử",
        "recipients": "Như Điều 3\nLưu: VT"}  # fmt: skip


@pytest.fixture(autouse=True)
def today(on_day) -> None:
    on_day(2023, 4, 3)


def test_row_2_a_document_is_entered_by_hand(city, sign_in) -> None:
    client = sign_in("van-phong")
    assert "Đăng ký văn bản" in client.get("/van-ban/").content.decode()
    answer = client.post("/van-ban/them/", HAND)
    document = Document.objects.get()
    assert answer["Location"] == f"/van-ban/{document.pk}/"
    assert (document.origin, document.recipients) == ("received", ["Như Điều 3", "Lưu: VT"])
    assert audit.of(document).get().concerns == city.body.pk
    again = client.post("/van-ban/them/", HAND)
    assert again.status_code == 422
    assert "đã có trong sổ" in again.content.decode()


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(city, sign_in) -> None:
    client = sign_in("noi-vu")
    wrong = HAND | {"issued_on": "31/02/2023", "type": ""}
    page = client.post("/van-ban/them/", wrong)
    assert page.status_code == 422
    assert "31/02/2023" in page.content.decode()
    page = client.post("/van-ban/them/", HAND | {"in_force_from": "01/01/2022"}).content.decode()
    assert "không thể trước ngày ban hành" in page
    assert "Ghi nguồn của ngày hiệu lực" in page
    assert not Document.objects.exists()


def test_row_2_a_file_fills_the_form_and_a_person_saves_it(city, sign_in) -> None:
    client = sign_in("noi-vu")
    sent = SimpleUploadedFile("ke-hoach-49.txt", SEED.read_bytes())
    page = client.post("/van-ban/them/doc-tep/", {"file": sent})
    assert page.status_code == 200
    form, token = page.context["form"], page.context["token"]
    assert form.initial["code"] == "49/KH-UBND"
    assert form.initial["issued_on"] == DAY
    assert not Document.objects.exists(), "reviewed first"
    shown = {k: v for k, v in form.initial.items() if v} | {"issued_on": "27/03/2023"}
    assert client.post("/van-ban/them/", shown | {"read": token}).status_code == 302
    document = Document.objects.get()
    assert document.file_name == "ke-hoach-49.txt"
    assert document.text.startswith(document.text[:10])
    assert document.provisions.count() > 50
    assert document.provisions.filter(parent__isnull=False).exists()


def test_a_file_read_by_one_person_is_not_anothers(city, sign_in) -> None:
    sent = SimpleUploadedFile("ke-hoach-49.txt", SEED.read_bytes())
    token = sign_in("noi-vu").post("/van-ban/them/doc-tep/", {"file": sent}).context["token"]
    sign_in("van-phong").post("/van-ban/them/", HAND | {"read": token})
    assert Document.objects.get().file is None


def test_a_file_that_cannot_be_read_is_told(city, sign_in) -> None:
    client = sign_in("noi-vu")
    empty = SimpleUploadedFile("trong.txt", b"   ")
    page = client.post("/van-ban/them/doc-tep/", {"file": empty})
    assert page.status_code == 422
    assert page.context["file_form"].errors["file"]


def test_a_document_known_by_citation_is_completed(city, sign_in) -> None:
    cited = Document.objects.create(origin="cited", type="Quyết định", code="09/QĐ-UBND")
    sign_in("noi-vu").post("/van-ban/them/", HAND)
    assert Document.objects.get().pk == cited.pk


def test_only_the_offices_enter_and_correct(city, sign_in) -> None:
    document = Document.objects.create(origin="received", type="Luật", subject="Thử")
    ward = city.actor("phuong-1")
    with pytest.raises(Refused, match="mới cập nhật văn bản"):
        registering.register(city.body, values={"type": "Luật", "code": "1"}, by=ward)
    with pytest.raises(Refused, match="mới cập nhật văn bản"):
        registering.correct(document, values={"subject": "x"}, by=ward)
    with pytest.raises(Refused, match="mới cập nhật văn bản"):
        registering.add_text(
            document, valid_from=DAY, text="x", amended_by=None, source="x", by=ward
        )
    client = sign_in("phuong-1")
    assert client.get("/van-ban/them/").status_code == 403
    assert client.get(f"/van-ban/{document.pk}/sua/").status_code == 403
    assert "Đăng ký văn bản" not in client.get("/van-ban/").content.decode()


def test_a_correction_keeps_before_and_after(city, sign_in) -> None:
    document = Document.objects.create(
        origin="received", type="Luật", code="1/2020/QH14", subject="Cũ", issued_on=DAY
    )
    client, url = sign_in("noi-vu"), f"/van-ban/{document.pk}/sua/"
    seen = client.get(url).context["seen"]
    told = {"type": "Luật", "code": "1/2020/QH14", "subject": "Mới", "issued_on": "27/03/2023",
            "seen": seen}  # fmt: skip
    assert client.post(url, told).status_code == 302
    document.refresh_from_db()
    assert document.subject == "Mới"
    assert audit.of(document).get().facts["summary"] == ["Cũ", "Mới"]
    stale = client.post(url, told | {"subject": "Muộn"})
    assert stale.status_code in (302, 409)
    document.refresh_from_db()
    assert document.subject == "Mới", "somebody who had not seen the change writes nothing"
    with pytest.raises(Stale):
        registering.correct(
            document, values={}, seen_before="x", by=city.actor("noi-vu")
        )  # fmt: skip


def test_what_we_issued_keeps_number_and_day(city) -> None:
    document = Document.objects.create(
        origin="issued", type="Quyết định", code="01/QĐ-UBND", issued_on=DAY, issuer=city.body
    )
    office = city.actor("noi-vu")
    registering.correct(document, values={"code": "2/QĐ-UBND", "subject": "Đủ"}, by=office)
    assert (document.code, document.subject) == ("01/QĐ-UBND", "Đủ")


def test_row_1_an_end_entered_by_hand_opens_a_review_and_its_removal_closes_it(city) -> None:
    office = city.actor("noi-vu")
    old = Document.objects.create(
        origin="received", type="Luật", code="1/2020/QH14", issued_on=dt.date(2020, 1, 1)
    )
    plan = Document.objects.create(origin="received", type="Kế hoạch", code="49/KH-UBND")
    Citation.objects.create(document=plan, cited=old, start=0, end=1)
    end = {"in_force_to": dt.date(2023, 3, 31), "validity_source": "Công báo"}
    registering.correct(old, values=end, by=office)
    task = ReviewTask.objects.get()
    assert (task.ended_on, task.opened_on) == (dt.date(2023, 3, 31), dt.date(2023, 4, 3))
    registering.correct(old, values={"in_force_to": None}, by=office)
    assert not ReviewTask.objects.exists()


# --- text as amended ---


@pytest.fixture
def rules_of_work(city) -> Document:
    return Document.objects.create(
        origin="received", type="Quy chế", code="1/QC-UBND", issued_on=dt.date(2020, 1, 1),
        text="Điều 1. Giữ nguyên\nĐiều 2. Báo cáo trước ngày 15\nĐiều 3. Bỏ",
    )  # fmt: skip


def test_row_2_two_texts_beside_each_other(rules_of_work, city, sign_in) -> None:
    client, url = sign_in("noi-vu"), f"/van-ban/{rules_of_work.pk}/loi-van/"
    assert "Chưa có lời văn nào sau" in client.get(url).content.decode()
    told = {"valid_from": "01/01/2022", "source": "Quyết định 5", "amended_by": "",
            "text": "Điều 1. Giữ nguyên\nĐiều 2. Báo cáo trước ngày 20"}  # fmt: skip
    assert client.post(url, told).status_code == 302
    page = client.get(url).content.decode()
    assert "Điều 2. Báo cáo trước ngày <del>15</del> <ins>20</ins>" in page
    assert "<del>Điều 3. Bỏ</del>" in page
    assert rules_of_work.text_on(dt.date(2021, 12, 31)).endswith("Bỏ")
    assert rules_of_work.text_on(dt.date(2022, 1, 1)).endswith("20")
    assert "giống hệt" in client.post(url, told | {"valid_from": "01/02/2022"}).content.decode()
    assert "Đã có lời văn" in client.post(url, told | {"text": "Khác"}).content.decode()
    page = client.get(url, {"tu": "2022-01-01", "den": "goc"}).content.decode()
    assert "<del>20</del> <ins>15</ins>" in page
    assert client.get(url, {"tu": "x"}).status_code == 200


def test_a_text_before_the_day_of_issue_is_refused(rules_of_work, city) -> None:
    with pytest.raises(ValidationError) as wrong:
        registering.add_text(
            rules_of_work, valid_from=dt.date(2019, 1, 1), text="x", amended_by=None, source="x",
            by=city.actor("noi-vu"),
        )  # fmt: skip
    assert "valid_from" in wrong.value.message_dict
