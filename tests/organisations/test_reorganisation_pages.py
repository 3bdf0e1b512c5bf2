"""Row 67 and row 20 on the pages: from the resolution to what follows, and delegations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.kernel import links
from danvan.kernel.access import SYSTEM
from danvan.organisations import queries
from danvan.organisations.actions import reorganisations
from danvan.organisations.models import Delegation, Reorganisation
from danvan.organisations.reorganising.plan import Plan

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 7, 1)
PAPER = {
    "code": "NQ 1682/NQ-UBTVQH15", "signed_on": "16/06/2025",
    "subject": "Sắp xếp đơn vị hành chính cấp xã năm 2025",
}  # fmt: skip


def post(client, form: str, **typed):
    url = f"/to-chuc/sap-xep/moi/?hinh_thuc={form}&ngay=01/07/2025"
    assert client.get(url).status_code == 200
    return client.post(url, PAPER | typed, follow=True)


@pytest.fixture
def client(sign_in, administrator, on_day):
    on_day(2025, 6, 20)
    return sign_in(administrator)


def test_row_67_a_merger_from_the_resolution_to_the_units_page(client, sign_in, city) -> None:
    file = SimpleUploadedFile("nq.pdf", b"%PDF-1.4 nq", "application/pdf")
    answer = post(client, "merge", units=["phuong-1", "phuong-2"], name="UBND phường Tân Ninh",
                  kind="ubnd_phuong", parent="thanh-pho", number="25459", parts=["xa-tan-binh"],
                  file=file)  # fmt: skip
    page, it = answer.content.decode(), Reorganisation.objects.get()
    assert "UBND Phường 1 → UBND phường Tân Ninh" in page
    assert "Trưởng UBND Phường 1, Người đứng đầu" in page
    assert "cần quyết định" in page
    assert queries.exists_on(city.units["phuong-1"], DAY), "looking writes nothing"
    assert sign_in("noi-vu").get(f"/to-chuc/sap-xep/{it.pk}/").status_code == 404
    page = client.post(f"/to-chuc/sap-xep/{it.pk}/ghi/", follow=True).content.decode()
    assert "Đã ghi nhận sắp xếp đơn vị." in page
    assert "đã ghi, chờ ngày hiệu lực" in page
    again = client.post(f"/to-chuc/sap-xep/{it.pk}/ghi/", follow=True).content.decode()
    assert "đã được ghi rồi" in again
    reader = sign_in("noi-vu")
    page = reader.get("/to-chuc/phuong-1/?ngay=01/01/2024").content.decode()
    assert "nhập vào" in page
    assert f"/to-chuc/sap-xep/{it.pk}/" in page
    page = reader.get("/to-chuc/phuong-tan-ninh/?ngay=01/07/2025").content.decode()
    assert "UBND Phường 1" in page
    assert "NQ 1682/NQ-UBTVQH15 ngày 16/6/2025" in page
    assert "một phần" in page
    assert reader.get(f"/to-chuc/sap-xep/{it.pk}/van-ban/").status_code == 200
    page = client.post(f"/to-chuc/sap-xep/{it.pk}/rut/", {"reason": "nhầm ngày"}, follow=True)
    assert "Đã rút" in page.content.decode()
    assert reader.get("/to-chuc/phuong-tan-ninh/").status_code == 404


@pytest.mark.parametrize(
    ("form", "typed", "told"),
    [
        ("split", {"unit": "phuong-1", "names": "UBND phường A; 111\nUBND phường B"},
         "UBND phường A; UBND phường B"),
        ("rename", {"unit": "xa-tan-binh", "name": "UBND Phường Tân Bình", "kind": "ubnd_phuong"},
         "UBND Xã Tân Bình → UBND Phường Tân Bình"),
        ("move", {"units": ["phuong-1"], "parent": "noi-vu"}, "UBND thành phố Tây Ninh → Phòng"),
        ("abolish", {"units": ["thanh-pho"], "below": "on"}, "UBND Phường 2"),
        ("abolish", {"units": ["phuong-1"], "heir": "phuong-2"}, "UBND Phường 1 → UBND Phường 2"),
    ],
)  # fmt: skip
def test_row_67_every_form_shows_what_follows_and_is_written(client, form, typed, told) -> None:
    page = post(client, form, **typed).content.decode()
    assert told in page
    it = Reorganisation.objects.get()
    client.post(f"/to-chuc/sap-xep/{it.pk}/ghi/")
    it.refresh_from_db()
    assert it.state == "enacted"


def test_row_67_what_is_wrong_is_told_and_kept(client) -> None:
    typed = {"units": ["phuong-1"], "kind": "ubnd_phuong", "into": "noi-vu", "name": "Hai thứ"}
    page = post(client, "merge", **typed).content.decode()
    assert "Chọn đơn vị đang có hoặc ghi tên đơn vị mới." in page
    assert "Hai thứ" in page
    page = post(client, "abolish", units=["phuong-1"], heir="phuong-1").content.decode()
    assert "không thể kế thừa chính mình" in page
    page = client.get("/to-chuc/sap-xep/moi/?hinh_thuc=merge&ngay=31/02/2025").content.decode()
    assert "Không có ngày 31/02/2025" in page
    assert not Reorganisation.objects.exists()


def test_row_67_a_plan_overtaken_meanwhile_is_told(client, city) -> None:
    post(client, "abolish", units=["phuong-1"])
    first = Reorganisation.objects.get()
    other = reorganisations.draft(
        "abolish", Plan(ends=("phuong-1",)), effective_on=dt.date(2025, 6, 1), code="NQ 2",
        signed_on=DAY, subject="Khác", by=SYSTEM,
    )  # fmt: skip
    reorganisations.enact(other, by=SYSTEM)
    page = client.post(f"/to-chuc/sap-xep/{first.pk}/ghi/", follow=True).content.decode()
    assert "không hoạt động vào ngày trước đó" in page
    first.refresh_from_db()
    assert first.state == "drafted"


def test_row_67_the_list_costs_the_same_with_more(client) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/to-chuc/sap-xep/").status_code == 200
        return len(found)

    assert "Chưa có đợt sắp xếp nào" in client.get("/to-chuc/sap-xep/").content.decode()
    post(client, "abolish", units=["phuong-1"])
    before = counted()
    for key in ("phuong-2", "xa-tan-binh"):
        post(client, "abolish", units=[key])
    assert counted() == before


def test_row_67_the_preview_costs_the_same_with_more_units(client, city) -> None:
    def counted(*keys: str) -> int:
        it = reorganisations.draft(
            "abolish", Plan(ends=keys), effective_on=DAY, code="NQ", signed_on=DAY, subject="T",
            by=SYSTEM,
        )  # fmt: skip
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/to-chuc/sap-xep/{it.pk}/").status_code == 200
        return len(found)

    counted("phuong-1")
    assert counted("phuong-1") == counted("phuong-1", "phuong-2", "noi-vu", "xa-tan-binh")


def test_row_20_giving_and_revoking_on_the_page(sign_in, city, on_day) -> None:
    on_day(2023, 4, 3)
    head, url = sign_in(city.heads["phuong-1"]), "/to-chuc/phuong-1/uy-quyen/"
    assert url in head.get("/to-chuc/phuong-1/").content.decode()
    typed = {"receiver": city.people["phuong-1"].pk, "scope": "all", "ground": "GUQ 01",
             "start": "03/04/2023", "end": "15/04/2023"}  # fmt: skip
    page = head.post(url, typed | {"ground": ""}).content.decode()
    assert "Ghi văn bản làm căn cứ." in page
    page = head.post(url, typed, follow=True).content.decode()
    assert "Đã ghi nhận ủy quyền." in page
    assert "ủy quyền cho" in page
    page = head.post(url, typed | {"ground": "GUQ 02"}).content.decode()
    assert "thu hồi trước đã" in page
    row = Delegation.objects.get()
    assert sign_in("phuong-1").get(url).status_code == 403, "by post, not by delegation"
    revoke = f"/to-chuc/uy-quyen/{row.pk}/thu-hoi/"
    assert sign_in("phuong-1").post(revoke, {"reason": "x"}).status_code == 403
    assert "Ghi lý do" in head.post(revoke, {}, follow=True).content.decode()
    page = head.post(revoke, {"reason": "đã về"}, follow=True).content.decode()
    assert "Đã thu hồi ủy quyền." in page


def test_a_door_of_a_higher_context_stands_on_the_units_page(sign_in, city) -> None:
    links.provide("organisations.unit", "thu", lambda _a, u: [links.Link(f"/x/{u.key}/", "Cửa")])
    try:
        assert "/x/phuong-1/" in sign_in("noi-vu").get("/to-chuc/phuong-1/").content.decode()
    finally:
        links._sources["organisations.unit"].pop("thu")


def test_row_67_what_is_in_force_is_corrected_from_its_page(client, on_day) -> None:
    post(client, "rename", unit="xa-tan-binh", name="UBND Phường Tân Bìn", kind="ubnd_phuong")
    wrong = Reorganisation.objects.get()
    client.post(f"/to-chuc/sap-xep/{wrong.pk}/ghi/")
    before = client.get(f"/to-chuc/sap-xep/{wrong.pk}/").content.decode()
    assert "Lập đợt điều chỉnh" not in before  # until its day it is taken back instead
    on_day(2025, 7, 2)
    assert reorganisations.take_effect_on(dt.date(2025, 7, 2)) == 1
    page = client.get(f"/to-chuc/sap-xep/{wrong.pk}/").content.decode()
    assert "Lập đợt điều chỉnh" in page and f'name="sua" value="{wrong.pk}"' in page
    url = f"/to-chuc/sap-xep/moi/?hinh_thuc=rename&ngay=03/07/2025&sua={wrong.pk}"
    assert "Đợt này điều chỉnh đợt đã có hiệu lực" in client.get(url).content.decode()
    typed = {"unit": "xa-tan-binh", "name": "UBND Phường Tân Bình", "kind": "ubnd_phuong"}
    answer = client.post(url, PAPER | {"code": "NQ 9/NQ-HĐND"} | typed, follow=True)
    right = Reorganisation.objects.exclude(pk=wrong.pk).get()
    assert right.corrects == wrong
    assert "Điều chỉnh đợt sắp xếp" in answer.content.decode()
    assert "Được điều chỉnh bởi" in client.get(f"/to-chuc/sap-xep/{wrong.pk}/").content.decode()
    unknown = f"/to-chuc/sap-xep/moi/?hinh_thuc=rename&ngay=03/07/2025&sua={right.pk}"
    assert "Đợt này điều chỉnh" not in client.get(unknown).content.decode()  # not in force
