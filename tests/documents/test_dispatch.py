"""Row 7: to whom an issued document went, and the proof that it arrived."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from danvan.documents.actions import dispatch, issuing
from danvan.documents.models import Addressee, DispatchMark, Document
from danvan.kernel import audit, guards
from danvan.kernel.access import Refused
from danvan.kernel.duties import owed

pytestmark = pytest.mark.django_db
RECIPIENTS = [
    "Sở Nội vụ TN;", "Ban Dân vận Thành ủy;", "Phòng Nội vụ;", "UBND phường, xã;",
    "Như Điều 3;", "Lưu: VT, PNV.",
]  # fmt: skip
WARDS = {"phuong-1", "phuong-2", "xa-tan-binh"}


@pytest.fixture(autouse=True)
def today(on_day) -> None:
    on_day(2023, 10, 20)


@pytest.fixture
def document(city) -> Document:
    return issuing.issue(
        city.body, type_code="QĐ", type_name="Quyết định", subject="Xếp loại", text="Điều 1.",
        make_file=lambda symbol, day: b"x", signer="A", signer_position="CHỦ TỊCH",
        recipients=RECIPIENTS, file_name="qd.docx", by=city.actor(city.heads["thanh-pho"]),
    )  # fmt: skip


def line(document: Document, city, key: str) -> Addressee:
    return document.addressees.get(unit=city.units[key])


def outside(document: Document) -> Addressee:
    return document.addressees.filter(unit__isnull=True).first()


def test_row_7_what_is_issued_goes_to_its_recipients(document, city) -> None:
    ours = {a.unit.key for a in document.addressees.filter(unit__isnull=False)}
    assert ours == WARDS | {"noi-vu"}
    assert [a.written for a in document.addressees.filter(unit__isnull=True)] == [
        "Sở Nội vụ TN", "Ban Dân vận Thành ủy",
    ]  # fmt: skip
    sent = DispatchMark.objects.all()
    assert {(m.kind, m.channel, m.day) for m in sent} == {
        ("sent", "network", dt.date(2023, 10, 20))
    }
    assert {m.addressee.unit.key for m in sent} == ours, "outside nobody was reached by network"
    assert dispatch.address(document) == [], "again adds nobody"
    assert audit.of(document).get().facts["addressees"] == 4


def test_row_7_a_unit_acknowledges_from_its_desk(document, city, sign_in) -> None:
    ward, today = city.actor("phuong-1"), dt.date(2023, 10, 20)
    addressee = line(document, city, "phuong-1")
    duty = next(d for d in owed(ward, today) if "Xác nhận đã nhận" in d.title)
    assert duty.url == f"/van-ban/nhan/{addressee.pk}/"
    client = sign_in("phuong-1")
    page = client.get(duty.url).content.decode()
    assert "Xác nhận đã nhận" in page
    opened = addressee.marks.get(kind="opened")
    assert opened.by_name == ward.name
    client.get(duty.url)
    assert addressee.marks.filter(kind="opened").count() == 1
    assert client.post(f"{duty.url}xac-nhan/").status_code == 302
    assert addressee.marks.get(kind="acknowledged").by_name == ward.name
    assert client.post(f"{duty.url}xac-nhan/").status_code == 302, "a second click is told"
    assert not [d for d in owed(ward, today) if "Xác nhận đã nhận" in d.title]
    concerns = {entry.concerns for entry in audit.of(addressee)}
    assert concerns == {city.units["phuong-1"].pk}


def test_row_7_the_list_says_who_has_not(document, city, sign_in) -> None:
    dispatch.acknowledge(line(document, city, "phuong-1"), by=city.actor("phuong-1"))
    client = sign_in("van-phong")
    url = f"/van-ban/{document.pk}/noi-nhan/"
    page = client.get(url).content.decode()
    assert "1/6 đã nhận" in page
    page = client.get(url, {"loc": "chua-nhan"}).content.decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "UBND Phường 2" in table
    assert "Sở Nội vụ TN" in table
    assert "UBND Phường 1" not in table


def test_row_7_a_receipt_on_paper_is_proof_with_its_picture(document, city, sign_in) -> None:
    client, addressee = sign_in("van-phong"), outside(document)
    url = f"/van-ban/nhan/{addressee.pk}/minh-chung/"
    page = client.post(url, {"day": "21/10/2023", "note": "Văn thư"})
    assert page.status_code == 422
    assert "Ngày này chưa đến" in page.content.decode()
    page = client.post(url, {"day": "20/10/2023"}).content.decode()
    assert "Ghi người ký nhận" in page
    slip = SimpleUploadedFile("phieu.pdf", b"%PDF-1.4 phieu nhan", "application/pdf")
    assert client.post(url, {"day": "20/10/2023", "note": "B", "file": slip}).status_code == 302
    mark = addressee.marks.get(kind="acknowledged")
    answer = client.get(f"/van-ban/minh-chung/{mark.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 phieu nhan"
    assert sign_in("phuong-1").get(f"/van-ban/minh-chung/{mark.pk}/").status_code == 404
    with pytest.raises(Refused, match="đã xác nhận"):
        dispatch.enter_proof(
            addressee, day=dt.date(2023, 10, 20), note="lại", by=city.actor("van-phong")
        )


def test_row_7_sending_by_post_is_noted_for_those_outside(document, city, sign_in) -> None:
    client, url = sign_in("van-phong"), f"/van-ban/{document.pk}/noi-nhan/"
    chosen = [outside(document).pk]
    page = client.post(url, {"addressees": chosen, "channel": "network"})
    assert page.status_code == 422
    assert "Ngoài hệ thống" in page.content.decode()
    assert "Hãy chọn ít nhất một" in client.post(url, {"channel": "post"}).content.decode()
    told = {"addressees": chosen, "channel": "post", "note": "RR 123"}
    assert client.post(url, told).status_code == 302
    assert outside(document).marks.get().note == "RR 123"
    client.post(url, told)
    assert outside(document).marks.count() == 2, "sending again adds a proof"


def test_row_7_a_plan_read_in_gets_its_list_by_one_click(city, sign_in) -> None:
    plan = Document.objects.create(
        origin="received", type="Kế hoạch", code="49/KH-UBND", issuer=city.body,
        issued_on=dt.date(2023, 3, 27), recipients=RECIPIENTS,
    )  # fmt: skip
    client = sign_in("noi-vu")
    assert "Chưa lập danh sách" in client.get(f"/van-ban/{plan.pk}/noi-nhan/").content.decode()
    assert client.post(f"/van-ban/{plan.pk}/noi-nhan/lap/").status_code == 302
    assert plan.addressees.count() == 6
    ward = city.actor("phuong-1")
    with pytest.raises(Refused, match="chưa được gửi"):
        dispatch.acknowledge(line(plan, city, "phuong-1"), by=ward)


def test_who_may_not_is_told_why(document, city, sign_in) -> None:
    ward, other = city.actor("phuong-1"), city.actor("phuong-2")
    addressee = line(document, city, "phuong-1")
    with pytest.raises(Refused, match="Chỉ văn phòng"):
        dispatch.send(document, addressees=[addressee.pk], channel="network", by=ward)
    with pytest.raises(Refused, match="Chỉ văn phòng"):
        dispatch.address_again(document, by=ward)
    with pytest.raises(Refused, match="đơn vị nhận"):
        dispatch.acknowledge(addressee, by=other)
    with pytest.raises(Refused, match="không gửi đến"):
        dispatch.note_opened(addressee, by=other)
    with pytest.raises(Refused, match="Chỉ văn phòng"):
        dispatch.enter_proof(addressee, day=dt.date(2023, 10, 20), note="x", by=ward)
    assert sign_in("phuong-2").get(f"/van-ban/nhan/{addressee.pk}/").status_code == 404
    assert sign_in("phuong-1").post(f"/van-ban/{document.pk}/noi-nhan/").status_code == 403


def test_a_day_before_the_document_is_no_proof(document, city) -> None:
    with pytest.raises(ValidationError, match="trước ngày ban hành"):
        dispatch.send(
            document, addressees=[outside(document).pk], channel="post",
            day=dt.date(2023, 10, 19), by=city.actor("van-phong"),
        )  # fmt: skip


def test_row_7_the_database_refuses_to_change_or_lose_a_proof(document) -> None:
    guards.install(connection)
    try:
        for spoil in (
            lambda: DispatchMark.objects.update(note="x"),
            lambda: DispatchMark.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                spoil()
    finally:
        guards.remove(connection)
    assert DispatchMark.objects.count() == 4


def test_the_list_costs_the_same_with_few_and_many(document, city, sign_in) -> None:
    client, url = sign_in("van-phong"), f"/van-ban/{document.pk}/noi-nhan/"

    def counted() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    counted()
    before = counted()
    for n in range(5):
        Addressee.objects.create(document=document, written=f"Nơi {n}", order=9 + n)
    assert counted() == before
