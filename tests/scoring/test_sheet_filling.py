"""Self-scoring: saving, bad numbers, two people at once, proofs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.assignments.actions import submissions
from danvan.assignments.models import Assignment, Attachment
from danvan.kernel import audit, clock
from danvan.kernel.access import Refused, Stale
from danvan.organisations.models import Appointment
from danvan.scoring.actions import proofs as proof_actions
from danvan.scoring.actions import sheets
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.actions.sheets import Claim
from danvan.scoring.models import Proof, Sheet
from tests.scoring import factory

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def round(city, on_day):
    opened = factory.round_for(city)
    on_day(2023, 10, 12)
    return opened


@pytest.fixture
def sheet(city, round):
    return factory.sheet_of(round, city, "phuong-1")


@pytest.fixture
def page(city, client, sheet):
    """The sheet's page, opened by the unit's focal officer; ``send`` posts its form back."""
    client.force_login(city.people["phuong-1"].user)
    return Screen(client, reverse("scoring:sheet", args=[sheet.pk]), sheet)


class Screen:
    """A browser's view of the form: sends every field as shown, with what was typed over it."""

    def __init__(self, client, url, sheet, code="") -> None:
        self.client, self.sheet = client, sheet
        self.url = f"{url}?tieu-chi={code}" if code else url
        self.read(client.get(self.url))

    def read(self, response) -> None:
        self.response, form = response, response.context["form"]
        self.shown = {}
        for name, field in form.fields.items():
            value = form[name].value()
            if field.show_hidden_initial:
                initial = form.data.get(form[name].html_initial_name) if form.is_bound else value
                self.shown[form[name].html_initial_name] = "" if initial is None else str(initial)
            if value is None or value is False or value == "" or name.startswith("files_"):
                continue
            self.shown[name] = "on" if value is True else str(value)

    def key(self, name: str, code: str) -> str:
        return f"{name}_{factory.score_of(self.sheet, code).criterion_id}"

    def typed(self, **boxes: object) -> dict[str, object]:
        """Boxes by name and code: claimed_1_1="9,5"."""
        data = dict(self.shown)
        for box, value in boxes.items():
            name, code = box.split("_", 1)
            key = self.key(name, code.replace("_", "."))
            if value is None:
                data.pop(key, None)
            else:
                data[key] = value
        return data

    def send(self, more: dict[str, str] | None = None, **boxes: object):
        self.response = self.client.post(self.url, {**self.typed(**boxes), **(more or {})})
        return self.response

    @property
    def text(self) -> str:
        return self.response.content.decode()


def claim(sheet: Sheet, by, **points: str | None) -> Sheet:
    """Saves claims by code ("1_1") with the sheet's current revision."""
    sheet.refresh_from_db()
    claims = {
        factory.score_of(sheet, code.replace("_", ".")).criterion_id: Claim(
            None if value is None else D(value)
        )
        for code, value in points.items()
    }
    saved: Sheet = sheets.save(sheet, revision=sheet.revision, claims=claims, by=by)
    return saved


# --- the whole sheet -------------------------------------------------------------------------


def test_row_52_the_unit_scores_itself_criterion_by_criterion(page, sheet) -> None:
    assert page.send(claimed_1_3="2,5", claimed_1_4="1.5").status_code == 302
    assert factory.score_of(sheet, "1.3").claimed == D("2.5")
    assert factory.score_of(sheet, "1.4").claimed == D("1.5")
    sheet.refresh_from_db()
    assert sheet.revision == 1
    line = audit.of(sheet).first()
    assert line.action == "scoring.sheet.save" and line.concerns == sheet.unit_id
    assert line.facts["changed"] == {"1.3": [None, "2,5"], "1.4": [None, "1,5"]}


def test_the_page_shows_the_total_with_its_formula(page) -> None:
    page.send(claimed_1_3="2,5", claimed_2_2="3,5", claimed_B1="1", claimed_D1="2")
    text = page.client.get(page.url).content.decode()
    assert "100 × (6 + 1 − 2) ÷ 100 = 5" in text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("3,01", "không được vượt quá 3"), ("-1", "không được âm"),
        ("1e9", "không phải là số điểm"), ("NaN", "không phải là số điểm"),
        ("Infinity", "không phải là số điểm"), ("1.234", "hai cách"),
        ("ba điểm", "không phải là số điểm"), ("2,555", "chữ số sau dấu phẩy"),
        ("9" * 40, "không phải là số điểm"), ("１", "không phải là số điểm"),
    ],
)  # fmt: skip
def test_absurd_points_are_told_at_the_field_and_kept(page, sheet, value, said) -> None:
    response = page.send(claimed_1_3=value, claimed_1_4="1")
    assert response.status_code == 422
    assert said in page.text and value in page.text
    assert factory.score_of(sheet, "1.4").claimed is None
    sheet.refresh_from_db()
    assert sheet.revision == 0


def test_the_verb_itself_refuses_what_a_form_would_not_send(city, sheet) -> None:
    by = city.actor("phuong-1")
    for absurd in (D("3.01"), D("-1"), D("NaN"), D("Infinity")):
        with pytest.raises(Refused, match="điểm phải từ 0 đến 3"):
            claim(sheet, by, **{"1_3": str(absurd)})
    key = factory.score_of(sheet, "1.3").criterion_id
    with pytest.raises(Refused, match="không được ghi “không phát sinh”"):
        sheets.save(sheet, revision=0, claims={key: Claim(arises=False)}, by=by)
    with pytest.raises(Refused, match="không có tiêu chí này"):
        sheets.save(sheet, revision=0, claims={999999: Claim(D(1))}, by=by)


def test_what_did_not_arise_follows_the_policy(page, sheet) -> None:
    page.send(na_2_2="on", reason_2_2="Không có đơn", na_4_1="on", reason_4_1="Không có thủ tục")
    full, out = factory.score_of(sheet, "2.2"), factory.score_of(sheet, "4.1")
    assert (full.arises, full.claimed) == (False, D("3.5"))
    assert (out.arises, out.claimed) == (False, None)
    text = page.client.get(page.url).content.decode()
    # 4.1 (6 points) leaves the maximum, 2.2 counts in full.
    assert "100 × (3,5 + 0 − 0) ÷ 94 = 3,72" in text
    assert page.key("na", "1.3") not in page.response.wsgi_request.POST


def test_empty_boxes_take_the_systems_value_on_wish(page, sheet) -> None:
    page.send({"fill": "1"}, claimed_1_3="2")
    assert factory.score_of(sheet, "1.2").claimed == D("0.5")
    assert factory.score_of(sheet, "1.1").claimed == 0
    assert factory.score_of(sheet, "1.3").claimed == 2
    assert factory.score_of(sheet, "1.4").claimed is None


def test_saving_without_a_change_writes_nothing(page, sheet) -> None:
    page.send()
    sheet.refresh_from_db()
    assert sheet.revision == 0
    assert "Không có thay đổi" in page.client.get(page.url).content.decode()


def test_a_whole_sheet_is_saved_in_few_queries(city, sheet) -> None:
    by = city.actor("phuong-1")
    scores = sheet.scores.select_related("criterion")
    claims = {s.criterion_id: Claim(s.criterion.max_points) for s in scores}
    with CaptureQueriesContext(connection) as queries:
        sheets.save(sheet, revision=0, claims=claims, by=by)
    assert len(queries) <= 14, [q["sql"][:90] for q in queries]
    assert audit.of(sheet).filter(action="scoring.sheet.save").count() == 1


def test_the_page_costs_the_same_filled_and_empty(city, client, round, sheet) -> None:
    client.force_login(city.people["phuong-1"].user)
    url = reverse("scoring:sheet", args=[sheet.pk])
    with CaptureQueriesContext(connection) as empty:
        client.get(url)
    factory.fill(sheet, city.actor("phuong-1"))
    with CaptureQueriesContext(connection) as filled:
        client.get(url)
    assert len(empty) == len(filled)


# --- two people at once ----------------------------------------------------------------------


def test_a_stale_saving_is_told_and_overwrites_nothing(city, page, sheet) -> None:
    colleague = city.actor(city.heads["phuong-1"])
    claim(sheet, colleague, **{"1_3": "1", "1_4": "0.5"})
    response = page.send(claimed_1_3="3", reason_1_3="Đủ danh sách")
    assert response.status_code == 409
    assert "đã lưu phiếu này lúc" in page.text and colleague.name in page.text
    assert factory.score_of(sheet, "1.3").claimed == 1
    # The typed value stands in the box, the colleague's beside it.
    assert 'value="3"' in page.text and "Đồng nghiệp đã lưu: 1" in page.text
    assert "Đủ danh sách" in page.text
    # What the person had not touched shows what the colleague saved.
    form = response.context["form"]
    assert form[page.key("claimed", "1.4")].value() == "0,5"
    # Saving again, having seen it, is deliberate and keeps the colleague's other value.
    page.read(response)
    assert page.send().status_code == 302
    assert factory.score_of(sheet, "1.3").claimed == 3
    assert factory.score_of(sheet, "1.3").claim_reason == "Đủ danh sách"
    assert factory.score_of(sheet, "1.4").claimed == D("0.5")


def test_a_stale_verb_raises_and_names_the_colleague(city, sheet) -> None:
    claim(sheet, city.actor(city.heads["phuong-1"]), **{"1_3": "1"})
    key = factory.score_of(sheet, "1.3").criterion_id
    with pytest.raises(Stale, match="Trưởng UBND Phường 1 đã lưu"):
        sheets.save(sheet, revision=0, claims={key: Claim(D(2))}, by=city.actor("phuong-1"))
    assert factory.score_of(sheet, "1.3").claimed == 1


def test_a_colleagues_cleared_box_and_checked_box_are_shown(city, page, sheet) -> None:
    by = city.actor(city.heads["phuong-1"])
    claim(sheet, by, **{"2_2": "1", "1_4": "1"})
    mine = Screen(page.client, page.url, sheet)
    key = factory.score_of(sheet, "2.2").criterion_id
    sheet.refresh_from_db()
    sheets.save(
        sheet, revision=sheet.revision, by=by,
        claims={key: Claim(None, "Không có đơn", arises=False)},
    )  # fmt: skip
    response = mine.send(claimed_1_4="1,5")
    assert response.status_code == 409
    form = response.context["form"]
    assert (
        form[mine.key("na", "2.2")].value() is True or form[mine.key("na", "2.2")].value() == "on"
    )
    mine.read(response)
    assert mine.send().status_code == 302
    assert factory.score_of(sheet, "2.2").arises is False
    assert factory.score_of(sheet, "1.4").claimed == D("1.5")


# --- one criterion at a time -----------------------------------------------------------------


def test_save_and_next_goes_on_to_the_next_criterion(client, page, sheet) -> None:
    one = Screen(client, page.url, sheet, "1.4")
    response = one.send({"next": "1"}, claimed_1_4="1")
    assert response.status_code == 302 and response.url.endswith("?tieu-chi=1.5")
    assert factory.score_of(sheet, "1.4").claimed == 1
    again = one.client.get(one.url)
    assert "điểm tối đa × tỷ lệ" in again.content.decode()


def test_a_criterion_says_why_its_value_is_what_it_is(client, page, sheet) -> None:
    text = client.get(f"{page.url}?tieu-chi=1.1").content.decode()
    assert "số ngày gửi kế hoạch chậm = 191" in text
    assert "/nhiem-vu/" in text
    assert client.get(f"{page.url}?tieu-chi=khong-co").status_code == 200


# --- proofs ----------------------------------------------------------------------------------


def test_row_53_one_file_proves_many_criteria_and_is_stored_once(client, page, sheet) -> None:
    sent = factory.proof_file("ke-hoach.pdf")
    Screen(client, page.url, sheet, "1.3").send(claimed_1_3="3", files_1_3=[sent])
    first = Proof.objects.get()
    assert (first.name, first.added_by.name) == ("ke-hoach.pdf", "Chuyên viên UBND Phường 1")
    other = Screen(client, page.url, sheet, "1.4")
    other.send(again_1_4=[str(first.pk)])
    second = factory.score_of(sheet, "1.4").proofs.get()
    assert second.file_id == first.file_id
    # A second time, or the same bytes under another name: nothing new.
    other.send(again_1_4=[str(first.pk)])
    same = SimpleUploadedFile("ten-khac.pdf", factory.proof_file("ke-hoach.pdf").read())
    Screen(client, page.url, sheet, "1.4").send(files_1_4=[same])
    assert factory.score_of(sheet, "1.4").proofs.count() == 1
    assert audit.of(sheet).filter(action="scoring.sheet.save").exists()


def test_row_53_a_file_handed_in_for_a_duty_proves_a_criterion(city, client, page, sheet) -> None:
    assignment = Assignment.objects.get(unit=sheet.unit, task__deliverable="plan")
    submissions.file(assignment, files=[factory.proof_file("kh.pdf")], by=city.actor("phuong-1"))
    handed_in = Attachment.objects.get()
    one = Screen(client, page.url, sheet, "1.1")
    assert "kh.pdf" in one.response.content.decode()
    one.send(attachments_1_1=[str(handed_in.pk)])
    proof = factory.score_of(sheet, "1.1").proofs.get()
    assert proof.attachment_id == handed_in.pk
    assert f"/cham-diem/minh-chung/{proof.pk}/xem/" in client.get(one.url).content.decode()


def test_other_units_files_and_proofs_cannot_be_used(city, round, sheet) -> None:
    theirs = factory.sheet_of(round, city, "phuong-2")
    key = factory.score_of(theirs, "1.3").criterion_id
    proof_actions.add(
        theirs, proofs=NewProofs(key, files=[factory.proof_file()]), by=city.actor("phuong-2")
    )
    assignment = Assignment.objects.get(unit=theirs.unit, task__deliverable="plan")
    submissions.file(assignment, files=[factory.proof_file()], by=city.actor("phuong-2"))
    by = city.actor("phuong-1")
    for new in (
        NewProofs(key, again=[Proof.objects.get().pk]),
        NewProofs(key, attachments=[Attachment.objects.get().pk]),
    ):
        with pytest.raises(Refused, match="chính đơn vị"):
            proof_actions.add(sheet, proofs=new, by=by)
    with pytest.raises(Refused, match="Chỉ người đứng đầu"):
        proof_actions.add(
            sheet, proofs=NewProofs(key, address="https://x.vn"), by=city.actor("phuong-2")
        )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (SimpleUploadedFile("a.exe", b"MZ"), "không thuộc loại được nhận"),
        (SimpleUploadedFile("a.pdf", b""), "rỗng"),
        (SimpleUploadedFile("a.pdf", b"khong phai pdf"), "không phải là tệp .pdf thật"),
    ],
)
def test_a_bad_file_is_told_and_nothing_is_saved(page, sheet, sent, said) -> None:
    assert page.send(claimed_1_3="3", files_1_3=[sent]).status_code == 422
    assert said in page.text and factory.score_of(sheet, "1.3").claimed is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "khong phai", "ftp//x", "http://" + "x" * 500]
)
def test_a_bad_address_is_told(client, page, sheet, address) -> None:
    one = Screen(client, page.url, sheet, "1.3")
    assert one.send(address_1_3=address).status_code == 422
    assert not Proof.objects.exists()


def test_an_address_is_a_proof(client, page, sheet) -> None:
    one = Screen(client, page.url, sheet, "1.3")
    one.send(address_1_3="https://tayninh.gov.vn/tin")
    proof = Proof.objects.get()
    assert proof.address == "https://tayninh.gov.vn/tin"
    assert proof.address in client.get(one.url).content.decode()
    assert client.get(reverse("scoring:proof", args=[proof.pk])).status_code == 404


def test_a_proof_is_removed_while_open_and_the_history_says_so(city, client, page, sheet) -> None:
    page.send(files_1_3=[factory.proof_file("a.pdf")])
    proof = Proof.objects.get()
    url = reverse("scoring:remove_proof", args=[proof.pk])
    with pytest.raises(Refused):
        proof_actions.remove(proof, by=city.actor("phuong-2"))
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert not Proof.objects.exists()
    line = audit.of(sheet).first()
    assert line.action == "scoring.proof.remove" and line.facts["removed"] == {"1.3": ["a.pdf"]}
    assert client.post(url).status_code == 404


def test_adding_a_proof_leaves_an_open_form_fresh(city, sheet) -> None:
    key = factory.score_of(sheet, "1.3").criterion_id
    by = city.actor("phuong-1")
    proof_actions.add(sheet, proofs=NewProofs(key, files=[factory.proof_file()]), by=by)
    sheets.save(sheet, revision=0, claims={key: Claim(D(3))}, by=by)
    assert audit.of(sheet).filter(action="scoring.proof.add").get().facts["proofs"] == {
        "1.3": ["minh-chung.pdf"]
    }


def test_a_proofs_bytes_come_back_to_those_who_may_see(city, client, page, sheet) -> None:
    page.send(files_1_3=[factory.proof_file("a.pdf")])
    url = reverse("scoring:proof", args=[Proof.objects.get().pk])
    response = client.get(url)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 a.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    client.force_login(city.people["phuong-2"].user)
    assert client.get(url).status_code == 404


def test_a_file_the_disk_lost_is_told(client, page) -> None:
    page.send(files_1_3=[factory.proof_file("a.pdf")])
    proof = Proof.objects.get()
    proof.file.path.unlink()
    text = client.get(reverse("scoring:proof", args=[proof.pk]), follow=True).content.decode()
    assert "không còn trên máy chủ" in text


# --- who -------------------------------------------------------------------------------------


def test_who_reads_and_who_fills_in(city, client, sheet) -> None:
    url = reverse("scoring:sheet", args=[sheet.pk])
    expected = {
        "phuong-1": (200, 422), "noi-vu": (200, 403), "thanh-tra": (200, 403),
        "mat-tran": (200, 403), "phuong-2": (404, 404), "cong-an": (404, 404),
    }  # fmt: skip
    for who, codes in expected.items():
        client.force_login(city.people[who].user)
        found = client.get(url).status_code, client.post(url, {"revision": "x"}).status_code
        assert found == codes, who


def test_a_member_without_the_duty_reads_but_does_not_fill_in(city, client, sheet) -> None:
    Appointment.objects.filter(unit=sheet.unit).update(valid_to=dt.date(2023, 9, 1))
    client.force_login(city.people["phuong-1"].user)
    page = client.get(reverse("scoring:sheet", args=[sheet.pk]))
    assert page.status_code == 200 and page.context["form"] is None
    assert "công chức đầu mối" in page.content.decode()
    with pytest.raises(Refused, match="công chức đầu mối"):
        claim(sheet, city.actor("phuong-1", dt.date(2023, 10, 12)), **{"1_3": "1"})


def test_after_submission_nothing_is_changed_any_more(city, round) -> None:
    sheet = factory.submitted(round, city, "phuong-1")
    by = city.actor("phuong-1")
    with pytest.raises(Refused, match="Phiếu đã nộp"):
        claim(sheet, by, **{"1_3": "1"})
    with pytest.raises(Refused, match="Phiếu đã nộp"):
        proof_actions.remove(Proof.objects.filter(score__sheet=sheet).first(), by=by)
    with clock.set_to(dt.date(2023, 10, 13)), pytest.raises(Refused):
        proof_actions.add(sheet, proofs=NewProofs(1, address="https://x.vn"), by=by)
