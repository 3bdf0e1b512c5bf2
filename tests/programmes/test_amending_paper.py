"""The amendment as a document of its own: number, signer, official .docx, register."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

import vanban
from danvan.documents.models import Document, Relation
from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused
from danvan.programmes import amending, amending_paper, queries
from danvan.programmes.actions import amendments
from danvan.programmes.models import Amendment, Programme, Target
from tests.city import City
from vanban.checking import check


@pytest.fixture
def amendment(programme: Programme, office: Actor, city: City, on_day) -> Amendment:
    """A date moved, another unit in the lead, a task dropped, one added, a goal raised."""
    on_day(2023, 8, 1)
    made = amendments.begin(
        programme, title="Sửa thời hạn", in_force_from=dt.date(2023, 8, 5), by=office
    )
    _plan, marks = queries.tasks_of(programme)
    unit = city.units["thanh-tra"].pk
    after = {
        **amending.of_task(marks), "due_on": "2023-11-10", "due_text": "trước ngày 10/11/2023",
        "parties": [{"role": "lead", "written": "Thanh tra thành phố", "units": [unit]}],
    }  # fmt: skip
    amendments.change(made, after=after, task=marks, by=office)
    added = {**after, "text": "mở hội nghị", "deliverable": "report", "due_on": "2023-11-20"}
    amendments.change(made, after=added, by=office)
    target = Target.objects.get(programme=programme)
    raised = {**amending.of_target(target), "value": "70.00"}
    amendments.change(made, after=raised, target=target, by=office)
    return made


def test_row_5_each_change_is_worded_as_such_documents_word_it(amendment: Amendment) -> None:
    assert amending_paper.sentences(amendment) == [
        "Sửa đổi mục 2: thời hạn “trước ngày 20/10/2023” thành “trước ngày 10/11/2023”; đơn vị "
        "thực hiện “Phòng Nội vụ chủ trì; Sở Du lịch phối hợp” thành “Thanh tra thành phố chủ "
        "trì”.",
        "Bổ sung nhiệm vụ vào mục 2: “mở hội nghị”; đơn vị thực hiện: Thanh tra thành phố chủ "
        "trì; thời hạn: trước ngày 20/11/2023; sản phẩm: báo cáo.",
        "Sửa đổi chỉ tiêu tại mục 3: mức “ít nhất 60 %” thành “ít nhất 70 %”.",
    ]


def test_row_5_a_deputy_signs_and_the_amendment_is_a_document_of_its_own(
    city: City, programme: Programme, amendment: Amendment
) -> None:
    deputy = city.actor(city.deputy)
    amendments.sign(amendment, by=deputy)
    document = Document.objects.get(pk=amendment.document_id)
    assert (document.code, document.issued_on) == ("01/KH-UBND", dt.date(2023, 8, 1))
    assert document.in_force_from == dt.date(2023, 8, 5)
    assert document.signer == deputy.name
    assert document.subject == "Sửa đổi, bổ sung Kế hoạch số 7/KH-UBND: sửa thời hạn"
    relation = Relation.objects.get(acting=document)
    assert (relation.kind, relation.target) == ("amends", programme.plan)
    assert relation.effective_on == dt.date(2023, 8, 5)
    told = audit.of(amendment)[0]
    assert (told.action, told.facts["code"]) == ("programmes.amendment.sign", "01/KH-UBND")
    data = document.file.path.read_bytes()
    assert check(data) == ()
    read = vanban.read(data, "a.docx")
    assert (read.header.number, read.header.symbol) == ("01", "KH-UBND")
    assert "thời hạn “trước ngày 20/10/2023” thành “trước ngày 10/11/2023”" in read.text
    assert programme.tasks.get(text="mở hội nghị").added_from == dt.date(2023, 8, 5)


def test_only_who_signs_for_the_body_signs_and_a_refusal_uses_no_number(
    city: City, amendment: Amendment, office: Actor
) -> None:
    for stranger in (office, city.actor("phuong-1")):
        with pytest.raises(Refused, match="Chủ tịch hoặc Phó Chủ tịch"):
            amendments.sign(amendment, by=stranger)
    assert not Document.objects.filter(code="01/KH-UBND").exists()
    amendments.sign(amendment, by=city.actor(city.deputy))
    with pytest.raises(Refused) as refused:
        amendments.sign(amendment, by=city.actor(city.deputy))
    assert refused.value.decision.done


def test_the_page_gives_the_draft_before_and_the_signed_file_after(
    sign_in, city: City, amendment: Amendment
) -> None:
    office, deputy = sign_in("noi-vu"), sign_in(city.deputy)
    draft = office.get(reverse("programmes:amend_draft", args=[amendment.pk]))
    assert check(draft.content) == ()
    page = reverse("programmes:amendment", args=[amendment.pk])
    assert "Ký ban hành" in deputy.get(page).content.decode()
    assert "Ký ban hành" not in office.get(page).content.decode()
    deputy.post(reverse("programmes:amend_sign", args=[amendment.pk]))
    amendment.refresh_from_db()
    file = reverse("documents:file", args=[amendment.document_id])
    assert file in sign_in("phuong-1").get(page).content.decode()
    assert office.get(reverse("programmes:amend_draft", args=[amendment.pk])).status_code == 404
