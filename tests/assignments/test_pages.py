"""Rows 15, 16, 17, 19, 21 in the browser, by the people who do the work."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.assignments.actions import submissions
from danvan.assignments.models import Attachment, Submission
from danvan.kernel.models import Entry, Refusal, StoredFile
from tests.assignments import factory
from tests.assignments.conftest import PDF, pdf

pytestmark = pytest.mark.django_db


def url(assignment):
    return reverse("assignments:detail", args=[assignment.pk])


def matrix_url(programme, query=""):
    return reverse("assignments:matrix", args=[programme.pk]) + query


def text(response) -> str:
    """What a person reads: tags and runs of blanks out."""
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", page)


@pytest.fixture
def plan(city, programme):
    return factory.of(programme, city, "phuong-1")


def file_it(client, assignment, **sent):
    form = {"viec": "nop", "attachments": [pdf()], **sent}
    return client.post(url(assignment), form, follow=True)


def test_rows_15_17_19_from_a_late_plan_to_its_second_version(
    city, plan, programme, sign_in, on_day
):
    ward, office = sign_in("phuong-1"), sign_in("noi-vu")
    on_day(2023, 4, 7)
    sent = {"document_code": "12/KH-UBND", "document_date": "06/4/2023", "note": "Kính gửi"}
    assert "Đã nộp" in text(file_it(ward, plan, **sent))
    assert "chậm 3 ngày" in text(office.get(matrix_url(programme)))
    assert "UBND Phường 1" in text(office.get(reverse("assignments:list")))

    reply = {"viec": "tra-lai", "version": 1, "reason": "Chưa có chỉ tiêu số 3."}
    assert "Đã trả lại" in text(office.post(url(plan), reply, follow=True))
    seen = text(ward.get(url(plan)))
    assert "Chưa có chỉ tiêu số 3." in seen
    assert "Nộp lại" in seen
    assert "Bị trả lại" in text(ward.get(reverse("assignments:own")))
    assert "bị trả lại (chậm 3 ngày)" in text(office.get(matrix_url(programme)))

    on_day(2023, 4, 10)
    assert "Lần 2" in text(file_it(ward, plan, attachments=[pdf("Kế hoạch sửa.pdf")]))
    accepted = office.post(url(plan), {"viec": "chap-nhan", "version": 2}, follow=True)
    assert "Đã chấp nhận." in text(accepted)
    seen = text(ward.get(url(plan)))
    assert "Kế hoạch dân vận 2023.pdf" in seen and "Kế hoạch sửa.pdf" in seen
    # Lateness of the first filing stays on record after acceptance.
    assert "chậm 3 ngày" in text(office.get(matrix_url(programme)))
    assert "chậm 3 ngày" in text(ward.get(reverse("assignments:own")))


def test_row_15_why_this_date(city, plan, programme, sign_in):
    page = text(sign_in("phuong-1").get(url(plan)))
    assert "Kế hoạch 49/KH-UBND, mục IV.1 ghi: “chậm nhất ngày 04/4/2023”." in page
    assert "đến hết ngày 04/04/2023" in page
    dossier = factory.of(programme, city, "phuong-1", "dossier")
    assert "hệ thống tính cả ngày đó" in text(sign_in("phuong-1").get(url(dossier)))


def test_row_21_lead_and_coordination_are_said(city, programme, sign_in):
    law = factory.of(programme, city, "phuong-1", "law")
    assert "phối hợp" in text(sign_in("phuong-1").get(url(law)))
    assert "chủ trì" in text(sign_in("tu-phap").get(reverse("assignments:own")))


@pytest.mark.parametrize("who", ["phuong-2", "tu-phap", "cong-an"])
def test_another_unit_does_not_see_it(city, plan, sign_in, who):
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    client = sign_in(who)
    assert client.get(url(plan)).status_code == 404
    assert client.post(url(plan), {"viec": "nop"}).status_code == 404
    attachment = reverse("assignments:attachment", args=[Attachment.objects.get().pk])
    assert client.get(attachment).status_code == 404
    assert "UBND Phường 1" not in text(client.get(reverse("assignments:all")))


@pytest.mark.parametrize("who", ["mat-tran", "thanh-tra", "van-phong"])
@pytest.mark.parametrize("verb", ["nop", "tien-do", "bat-dau", "chap-nhan", "tra-lai", "mien"])
def test_who_oversees_reads_but_changes_nothing(city, plan, sign_in, who, verb):
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    client = sign_in(who)
    assert client.get(url(plan)).status_code == 200
    answer = client.post(url(plan), {"viec": verb, "reason": "lý do", "note": "ghi"})
    assert answer.status_code == 403
    assert "Chỉ " in text(answer)
    assert Refusal.objects.count() == 1
    plan.refresh_from_db()
    assert plan.state == "submitted"


@pytest.mark.parametrize("who", ["chairman", "deputy"])
def test_chairman_and_deputy_read_everything(city, plan, programme, sign_in, who):
    person = city.deputy if who == "deputy" else city.heads["thanh-pho"]
    client = sign_in(person)
    assert client.get(url(plan)).status_code == 200
    assert "UBND Phường 2" in text(client.get(matrix_url(programme)))


def test_a_plain_member_reads_why_he_may_not_file(city, plan, sign_in):
    person = city.people["phuong-1"]
    person.appointments.all().delete()
    page = sign_in(person).get(url(plan))
    assert "Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách" in text(page)


def test_a_double_click_files_once(city, plan, sign_in):
    ward = sign_in("phuong-1")
    file_it(ward, plan)
    second = ward.post(
        url(plan),
        {"viec": "nop", "attachments": [pdf()]},
        follow=True,
        headers={"referer": f"http://testserver{url(plan)}"},
    )
    assert "đang chờ xem xét" in text(second)
    assert Submission.objects.count() == 1


def test_accepting_what_was_replaced_meanwhile_writes_nothing(city, plan, sign_in):
    ward, office = city.actor("phuong-1"), city.actor("noi-vu")
    submissions.file(plan, files=[pdf()], by=ward)
    submissions.return_for_correction(plan, reason="Sửa.", by=office)
    submissions.file(plan, files=[pdf()], by=ward)
    late = {"viec": "chap-nhan", "version": 1}
    answer = sign_in("noi-vu").post(
        url(plan), late, follow=True, headers={"referer": f"http://testserver{url(plan)}"}
    )
    assert "Đơn vị đã nộp lần 2" in text(answer)
    plan.refresh_from_db()
    assert plan.state == "submitted"


def upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    "files,complaint",
    [
        ([], "Phải gửi ít nhất một tệp."),
        ([upload("rỗng.pdf", b"")], "“rỗng.pdf” rỗng"),
        ([upload("virus.exe", b"MZ")], "không thuộc loại được nhận"),
        ([upload("nén.zip", b"PK\x03\x04")], "không thuộc loại được nhận"),
        ([upload("giả.pdf", b"MZ not a pdf")], "không phải là tệp .pdf thật"),
        ([upload("lớn.pdf", PDF + b"x" * 4000)], "lớn quá"),
        ([upload(f"{n}.pdf", PDF) for n in range(11)], "tối đa 10 tệp"),
    ],
)
def test_a_file_that_cannot_be_taken_keeps_what_was_typed(
    city, plan, sign_in, settings, files, complaint
):
    settings.MAX_FILE_BYTES = 2000
    answer = file_it(sign_in("phuong-1"), plan, attachments=files, note="Đã họp ngày 03/4")
    assert complaint in text(answer)
    assert "Đã họp ngày 03/4" in answer.content.decode()
    assert not Submission.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "day,complaint",
    [
        ("31/02/2023", "Không có ngày 31/02/2023."),
        ("2/4/23", "đủ bốn chữ số"),
        ("hôm qua", "không phải là ngày"),
        ("28/03/2023", "không được sau hôm nay"),
    ],
)
def test_a_date_that_is_none_is_told_at_the_field(city, plan, sign_in, day, complaint):
    answer = file_it(sign_in("phuong-1"), plan, document_date=day)
    assert complaint in text(answer)
    assert f'value="{day}"' in answer.content.decode()
    assert "nop-document_date_error" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("verb", ["tra-lai", "mien"])
def test_an_empty_reason_is_told_at_the_field(city, plan, sign_in, verb):
    if verb == "tra-lai":
        submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    answer = sign_in("noi-vu").post(url(plan), {"viec": verb, "reason": "  "})
    assert f'id="{verb}-reason_error"' in answer.content.decode()
    plan.refresh_from_db()
    assert plan.state != "returned" and plan.state != "exempt"


def test_an_unknown_verb_is_a_bad_request(city, plan, sign_in):
    assert sign_in("phuong-1").post(url(plan), {"viec": "xoa"}).status_code == 400


def test_a_lost_session_comes_back_to_the_form(city, plan, client):
    came_from = {"referer": f"http://testserver{url(plan)}"}
    answer = client.post(url(plan), {"viec": "nop", "note": "dài"}, headers=came_from)
    assert answer.status_code == 302
    assert answer.url.endswith(f"next={url(plan)}")
    client.force_login(city.people["phuong-1"].user)
    page = client.get(url(plan)).content.decode()
    assert re.search(rf'id="nop-{plan.pk}"[^>]*data-autosave', page, re.S)


def test_a_deed_without_document_is_filed_by_a_word(city, programme, sign_in):
    law = factory.of(programme, city, "tu-phap", "law")
    client = sign_in("tu-phap")
    refused = client.post(url(law), {"viec": "nop", "note": ""})
    assert 'id="nop-note_error"' in refused.content.decode()
    done = client.post(url(law), {"viec": "nop", "note": "Đã tổ chức 3 buổi."}, follow=True)
    assert "Đã nộp" in text(done)


def test_exempting_and_taking_it_back(city, plan, programme, sign_in):
    office = sign_in("noi-vu")
    office.post(url(plan), {"viec": "mien", "reason": "Đơn vị mới thành lập."})
    assert "được miễn" in text(office.get(matrix_url(programme)))
    assert "Đơn vị mới thành lập." in text(sign_in("phuong-1").get(url(plan)))
    office.post(url(plan), {"viec": "yeu-cau-lai", "reason": "Miễn nhầm."})
    plan.refresh_from_db()
    assert plan.state == "open"


def test_progress_is_kept_and_read(city, plan, sign_in):
    ward = sign_in("phuong-1")
    ward.post(url(plan), {"viec": "bat-dau"})
    ward.post(url(plan), {"viec": "tien-do", "note": "Đang lấy ý kiến các khu phố."})
    seen = text(sign_in("noi-vu").get(url(plan)))
    assert "Đang lấy ý kiến các khu phố." in seen and "đang thực hiện" not in seen
    plan.refresh_from_db()
    assert plan.state == "in_progress"


def test_the_filing_office_does_not_pass_its_own(city, programme, sign_in):
    own = factory.of(programme, city, "noi-vu")
    office = sign_in("noi-vu")
    file_it(office, own)
    assert "Người nộp không tự xem xét" in text(office.get(url(own)))
    assert office.post(url(own), {"viec": "chap-nhan"}).status_code == 403
    head = sign_in(city.heads["noi-vu"])
    assert "Đã chấp nhận." in text(head.post(url(own), {"viec": "chap-nhan"}, follow=True))


# --- files ---------------------------------------------------------------------------------


def test_a_file_comes_back_as_sent_under_its_vietnamese_name(city, plan, sign_in):
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    address = reverse("assignments:attachment", args=[Attachment.objects.get().pk])
    answer = sign_in("noi-vu").get(address)
    assert b"".join(answer.streaming_content) == PDF
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch")
    assert answer["X-Content-Type-Options"] == "nosniff"
    shown = sign_in("mat-tran").get(address, {"xem": "1"})
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Type"] == "application/pdf"


def test_a_word_file_is_never_shown_inline(city, plan, sign_in):
    sent = SimpleUploadedFile("kế hoạch.docx", b"PK\x03\x04", content_type="text/html")
    submissions.file(plan, files=[sent], by=city.actor("phuong-1"))
    address = reverse("assignments:attachment", args=[Attachment.objects.get().pk])
    answer = sign_in("noi-vu").get(address, {"xem": "1"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"].endswith("wordprocessingml.document")  # ours, not the sender's


def test_a_file_the_disk_lost_is_told(city, plan, sign_in):
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    StoredFile.objects.get().path.unlink()
    address = reverse("assignments:attachment", args=[Attachment.objects.get().pk])
    assert "không còn trên máy chủ" in text(sign_in("phuong-1").get(address, follow=True))


# --- lists ---------------------------------------------------------------------------------


def test_row_17_the_units_page_is_grouped(city, programme, sign_in, on_day):
    report = factory.of(programme, city, "phuong-1", "report")
    plan = factory.of(programme, city, "phuong-1", "plan")
    on_day(2023, 4, 5)
    page = text(sign_in("phuong-1").get(reverse("assignments:list")))
    for heading in ("Quá hạn (1)", "Chưa đến hạn (2)", "Không có hạn (thường xuyên) (1)"):
        assert heading in page
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    submissions.exempt(report, reason="Miễn.", by=city.actor("noi-vu"))
    page = text(sign_in("phuong-1").get(reverse("assignments:list")))
    assert "Đã nộp, chờ xem xét (1)" in page and "Đã xong (1)" in page


def test_row_68_the_unit_reads_its_own_history(city, plan, sign_in):
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    submissions.return_for_correction(plan, reason="Thiếu dấu.", by=city.actor("noi-vu"))
    page = text(sign_in("phuong-1").get(reverse("assignments:history")))
    assert "Thiếu dấu" in page and "Chuyên viên Phòng Nội vụ" in page
    assert "Thiếu dấu" not in text(sign_in("phuong-2").get(reverse("assignments:history")))


def test_the_queue_can_be_narrowed_to_a_unit(city, programme, sign_in):
    for key in ("phuong-1", "phuong-2"):
        own = factory.of(programme, city, key)
        submissions.file(own, files=[pdf()], by=city.actor(key))
    office = sign_in("noi-vu")
    queue = reverse("assignments:waiting")
    table = r"<tbody>.*?</tbody>"
    every = re.search(table, office.get(queue).content.decode(), re.S)[0]
    assert "UBND Phường 1" in every and "UBND Phường 2" in every
    one = office.get(queue, {"don_vi": city.units["phuong-1"].pk}).content.decode()
    assert "UBND Phường 2" not in re.search(table, one, re.S)[0]
    # Nonsense in a filter counts as not asked.
    assert "UBND Phường 2" in office.get(queue, {"don_vi": "x"}).content.decode()
    assert "Không có bản nộp nào" in text(sign_in("mat-tran").get(queue))


@pytest.mark.parametrize("query", ["trang_thai=qua-han", "loai=plan", "den=04/04/2023", "tu=x"])
def test_the_list_over_all_units_can_be_narrowed(city, programme, sign_in, on_day, query):
    on_day(2023, 4, 5)
    answer = sign_in("noi-vu").get(reverse("assignments:all") + "?" + query)
    rows = answer.context["page"].paginator.count
    everything = 8 * 3 + 3
    assert rows == (everything if query == "tu=x" else 8)


@pytest.mark.parametrize("name", ["own", "waiting", "all"])
def test_lists_cost_the_same_with_few_and_many_rows(city, programme, sign_in, queries_of, name):
    office, page = sign_in("noi-vu"), reverse(f"assignments:{name}")
    submissions.file(
        factory.of(programme, city, "phuong-1"), files=[pdf()], by=city.actor("phuong-1")
    )
    few = queries_of(lambda: office.get(page))
    for key in ("phuong-2", "xa-tan-binh"):
        own = factory.of(programme, city, key)
        submissions.file(own, files=[pdf()], by=city.actor(key))
    factory.more_units(city, programme, 3)
    assert queries_of(lambda: office.get(page)) == few


def test_the_detail_page_costs_the_same_with_many_versions(city, plan, sign_in, queries_of):
    ward, office = city.actor("phuong-1"), city.actor("noi-vu")
    client = sign_in("phuong-1")
    submissions.file(plan, files=[pdf("a.pdf")], by=ward)
    client.get(url(plan))  # the calendar's overlay is kept for a minute after the first look
    one = queries_of(lambda: client.get(url(plan)))
    for n in range(2):
        submissions.return_for_correction(plan, reason=f"Sửa {n}.", by=office)
        submissions.file(plan, files=[pdf("b.pdf"), pdf("c.pdf")], by=ward)
    assert queries_of(lambda: client.get(url(plan))) == one


def test_a_unit_with_nothing_to_do_is_told_so(city, programme, sign_in):
    assert "chưa được giao nhiệm vụ nào" in text(sign_in("cong-an").get(reverse("assignments:own")))


def test_years_are_apart(city, programme, sign_in):
    factory.opened(city, 2024)
    client = sign_in("phuong-1")
    newest = text(client.get(reverse("assignments:own")))
    assert "50/KH-UBND" in newest and "49/KH-UBND, mục" not in newest
    older = text(client.get(reverse("assignments:own"), {"nam": "2023"}))
    assert "49/KH-UBND, mục" in older
    assert Entry.objects.exists()


def test_many_units_are_looked_for_by_name_and_not_listed(city, programme, sign_in, monkeypatch):
    monkeypatch.setattr("danvan.assignments.views.lists.MANY", 2)
    page = sign_in("noi-vu").get("/nhiem-vu/tat-ca/", {"ten": "phuong 2"})
    assert {item.unit_name for item in page.context["items"]} == {"UBND Phường 2"}
    assert b'<option value="%d"' % city.units["phuong-2"].pk not in page.content
    linked = sign_in("noi-vu").get("/nhiem-vu/tat-ca/", {"don_vi": city.units["phuong-1"].pk})
    assert {item.unit_name for item in linked.context["items"]} == {"UBND Phường 1"}
