"""An amending file in the product: proposals, what a person makes of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.documents.models import Document
from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused
from danvan.programmes import queries
from danvan.programmes.actions import amendment_reading, amendments
from danvan.programmes.models import Amendment, AmendmentChange, Programme, Task
from tests.city import City
from tests.programmes.test_amending_reading import FOOT, HEAD

TEXT = (
    HEAD
    + "1. Sửa đổi mục 2: thời hạn “trước ngày 20/10/2023” thành “trước ngày 10/11/2023”.\n"
    + "2. Sửa đổi chỉ tiêu tại mục 3: mức “ít nhất 60 %” thành “ít nhất 70 %”.\n"
    + "3. Các cơ quan cân đối nguồn lực phù hợp.\n"
    + "4. Bãi bỏ mục 1."
    + FOOT
)


def upload(text: str = TEXT, name: str = "sua-doi.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


@pytest.fixture
def amendment(programme: Programme, office: Actor, on_day) -> Amendment:
    on_day(2023, 8, 1)
    return amendments.begin(
        programme, title="Sửa thời hạn", in_force_from=dt.date(2023, 8, 10), by=office
    )


@pytest.fixture
def read(amendment: Amendment, office: Actor) -> Amendment:
    return amendment_reading.read_in(amendment, file=upload(), by=office)


def waiting(amendment: Amendment) -> list:
    return list(amendment.proposals.filter(state="pending"))


def test_row_5_nothing_changes_before_a_person_confirms(
    city: City, programme: Programme, read: Amendment, office: Actor
) -> None:
    moved, goal, unread, dropped = waiting(read)
    assert (unread.kind, dropped.kind) == ("unread", "removed")
    assert not AmendmentChange.objects.exists()
    assert queries.tasks_of(programme).filter(due_on=dt.date(2023, 10, 20)).exists()
    with pytest.raises(Refused, match="4 đề xuất"):
        amendments.sign(read, by=city.actor(city.deputy))
    amendment_reading.confirm(read, proposal=moved.pk, by=office)
    change = read.changes.get()
    assert change.task == moved.task and change.after["due_on"] == "2023-11-10"
    assert audit.of(moved)[0].action == "programmes.amendment.confirm"
    raised = {**goal.after, "value": "75.00"}
    amendment_reading.mend(read, proposal=goal.pk, after=raised, by=office)
    assert read.changes.get(target=goal.target).after["value"] == "75.00"
    goal.refresh_from_db()
    assert audit.of(goal)[0].action == "programmes.amendment.mend"
    told = audit.of(read)[0]
    assert (told.action, told.facts["findings"]) == ("programmes.amendment.read_in", 4)
    assert (goal.state, goal.after["value"]) == ("mended", "70.00")  # what was read stays


def test_row_5_every_proposal_is_settled_once_and_by_the_office_alone(
    city: City, read: Amendment, office: Actor
) -> None:
    moved, _goal, unread, _dropped = waiting(read)
    ward = city.actor("phuong-1")
    for refused in (
        lambda: amendment_reading.read_in(read, file=upload(), by=ward),
        lambda: amendment_reading.confirm(read, proposal=moved.pk, by=ward),
        lambda: amendment_reading.mend(read, proposal=moved.pk, after=moved.after, by=ward),
        lambda: amendment_reading.set_aside(read, proposal=moved.pk, reason="x", by=ward),
    ):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            refused()
    with pytest.raises(ValidationError, match="tự ghi"):
        amendment_reading.confirm(read, proposal=unread.pk, by=office)
    with pytest.raises(ValidationError, match="lý do"):
        amendment_reading.set_aside(read, proposal=unread.pk, reason=" ", by=office)
    amendment_reading.set_aside(read, proposal=unread.pk, reason="Không giao việc mới", by=office)
    assert audit.of(unread)[0].reason == "Không giao việc mới"
    with pytest.raises(Refused) as refused_again:
        amendment_reading.set_aside(read, proposal=unread.pk, reason="x", by=office)
    assert refused_again.value.decision.done


def test_row_5_the_same_file_again_changes_nothing_and_another_replaces_what_waits(
    read: Amendment, office: Actor
) -> None:
    moved = waiting(read)[0]
    amendment_reading.confirm(read, proposal=moved.pk, by=office)
    before = set(read.proposals.values_list("pk", flat=True))
    amendment_reading.read_in(read, file=upload(), by=office)
    assert set(read.proposals.values_list("pk", flat=True)) == before
    other = HEAD + "1. Bãi bỏ nhiệm vụ “chấm điểm” tại mục 2." + FOOT
    amendment_reading.read_in(read, file=upload(other, "khac.txt"), by=office)
    moved.refresh_from_db()
    assert moved.state == "confirmed"
    assert [p.kind for p in waiting(read)] == ["removed"]


def test_row_5_the_whole_way_from_a_file_in_the_browser(
    sign_in, city: City, programme: Programme, amendment: Amendment
) -> None:
    office = sign_in("noi-vu")
    page = reverse("programmes:amendment", args=[amendment.pk])
    read_in = reverse("programmes:amend_read_in", args=[amendment.pk])
    stranger = office.post(read_in, {"file": upload("Xin chào", "a.txt")})
    assert stranger.status_code == 422 and not amendment.proposals.exists()
    other = upload(TEXT.replace("7/KH-UBND", "6/KH-UBND"))
    assert "không nhắc đến" in office.post(read_in, {"file": other}).content.decode()
    assert office.post(read_in, {"file": upload()}).url == page
    shown = office.get(page).content.decode()
    assert "4 đề xuất chờ xem, đọc từ sua-doi.txt" in shown
    assert "<del>20/10/2023</del>" in shown and "<ins>10/11/2023</ins>" in shown
    assert "Các cơ quan cân đối nguồn lực phù hợp." in shown and "Chưa hiểu" in shown
    assert "có hiệu lực từ 05/08/2023" in shown  # the document's day is not the one entered
    moved, goal, unread, dropped = waiting(amendment)
    for proposal in (moved, dropped):
        office.post(reverse("programmes:amend_confirm", args=[amendment.pk, proposal.pk]))
    mend = reverse("programmes:amend_target", args=[amendment.pk, goal.target_id])
    mend += f"?de_xuat={goal.pk}"
    assert 'value="70' in office.get(mend).content.decode()
    sent = {"subject": goal.after["subject"], "comparator": ">=", "value": "72", "unit": "%"}
    assert office.post(mend, sent).url == page
    add = reverse("programmes:amend_add", args=[amendment.pk]) + f"?de_xuat={unread.pk}"
    assert "cân đối nguồn lực" in office.get(add).content.decode()
    aside = reverse("programmes:amend_set_aside", args=[amendment.pk, unread.pk])
    office.post(aside, {"reason": "Nêu chung, không giao việc"})
    assert not waiting(amendment)
    office.post(page, {"title": "Sửa thời hạn", "in_force_from": "05/08/2023",
                       "past_reason": "Đã nộp xong"})  # fmt: skip
    form = office.get(reverse("programmes:amend_publish", args=[amendment.pk])).content.decode()
    assert "88/KH-UBND" in form and "01/08/2023" in form and "Nguyễn Văn A" in form
    paper = {"type": "Kế hoạch", "code": "88/KH-UBND", "date": "01/08/2023",
             "issuer": "UBND thành phố Tây Ninh"}  # fmt: skip
    published = office.post(reverse("programmes:amend_publish", args=[amendment.pk]), paper)
    assert published.url == page
    assert Task.objects.get(pk=moved.task_id).due_on == dt.date(2023, 11, 10)
    assert Document.objects.get(code="88/KH-UBND").file_name == "sua-doi.txt"
    assert "Nêu chung, không giao việc" in office.get(page).content.decode()
