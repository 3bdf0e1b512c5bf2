"""Row 21: who leads, who coordinates, who follows; who of the unit does it; dated progress."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from danvan.assignments import queries
from danvan.assignments.actions import progress, submissions
from danvan.assignments.models import Assignment, Attachment, ProgressNote
from danvan.kernel import audit, duties
from danvan.kernel.access import Refused
from danvan.programmes.models import TaskParty
from tests.assignments import factory
from tests.assignments.conftest import pdf
from tests.assignments.test_pages import text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(city, programme) -> Assignment:
    return factory.of(programme, city, "tu-phap", "law")


def test_row_21_the_lead_sees_the_others_and_reads_what_they_contribute(
    city, programme, law, sign_in
):
    part = factory.of(programme, city, "phuong-1", "law")
    submissions.file(part, files=[pdf("Phần việc.pdf")], by=city.actor("phuong-1"))
    lead = sign_in("tu-phap")
    page = lead.get(url(law))
    assert "Các đơn vị cùng nhiệm vụ này" in text(page)
    assert "UBND Phường 1 phối hợp đã nộp" in text(page)
    assert url(part) in page.content.decode()
    assert lead.get(url(part)).status_code == 200
    attachment = reverse("assignments:attachment", args=[Attachment.objects.get().pk])
    assert lead.get(attachment).status_code == 200
    # It reads, it does not decide.
    assert lead.post(url(part), {"viec": "chap-nhan", "version": 1}).status_code == 403


def test_row_21_one_that_coordinates_sees_how_the_others_stand_but_not_their_papers(
    city, programme, law, sign_in
):
    part = factory.of(programme, city, "phuong-1", "law")
    client = sign_in("phuong-1")
    page = client.get(url(part))
    assert "Phòng Tư pháp chủ trì chưa bắt đầu" in text(page)
    assert url(law) not in page.content.decode()
    assert client.get(url(law)).status_code == 404
    assert client.get(url(factory.of(programme, city, "phuong-2", "law"))).status_code == 404


def test_units_that_each_do_the_same_do_not_see_one_another(city, programme, sign_in):
    plan = factory.of(programme, city, "phuong-1")
    assert "Các đơn vị cùng nhiệm vụ này" not in text(sign_in("phuong-1").get(url(plan)))
    assert "Các đơn vị cùng nhiệm vụ này" in text(sign_in("noi-vu").get(url(plan)))


def test_row_21_the_office_a_plan_names_to_follow_owes_nothing(city, on_day, sign_in):
    on_day(2023, 3, 27)
    made = factory.programme(city)
    party = TaskParty.objects.create(
        task=factory.task(made, "plan"), role=TaskParty.Role.FOLLOW, written="theo dõi"
    )
    party.units.set([city.units["cong-an"]])
    factory.open_again(made)
    assert not Assignment.objects.filter(unit=city.units["cong-an"]).exists()
    plan = factory.of(made, city, "phuong-1")
    client = sign_in("cong-an")
    assert client.get(url(plan)).status_code == 200
    assert "Cơ quan theo dõi Công an thành phố Tây Ninh" in text(client.get(url(plan)))
    assert queries.followed(city.actor("cong-an")).count() == 8
    assert "Theo dõi 8 việc" in duties.owed(city.actor("cong-an"), dt.date(2023, 3, 28))[0].title


def test_row_21_the_head_names_who_does_it(city, programme, law, sign_in):
    head, officer = city.actor(city.heads["tu-phap"]), city.people["tu-phap"]
    officer.appointments.all().delete()
    plain = city.actor("tu-phap")
    with pytest.raises(Refused, match="đơn vị được giao"):
        progress.note_progress(law, note="Chưa được giao.", by=plain)
    with pytest.raises(Refused, match="Chỉ lãnh đạo"):
        progress.name_person(law, person=officer, by=plain)
    with pytest.raises(Refused, match="đang công tác tại đơn vị"):
        progress.name_person(law, person=city.people["phuong-1"], by=head)
    progress.name_person(law, person=officer, by=head)
    assert audit.of(law).first().facts["person"] == ["", str(officer)]
    lines = duties.owed(plain, dt.date(2023, 3, 28))
    assert any(line.url.endswith("#khong-co-han") for line in lines)
    progress.note_progress(law, note="Đã soạn tài liệu.", by=plain)
    with pytest.raises(Refused, match="đơn vị được giao"):
        submissions.file(law, note="Xong.", by=plain)
    client = sign_in(city.heads["tu-phap"])
    page = text(client.get(url(law)))
    assert f"Người thực hiện {officer}" in page
    client.post(url(law), {"viec": "phan-cong", "person": ""})
    law.refresh_from_db()
    assert law.assigned_to is None


def test_the_desk_says_whose_hands_it_is_in(city, programme):
    plan = factory.of(programme, city, "phuong-1")
    progress.name_person(
        plan, person=city.people["phuong-1"], by=city.actor(city.heads["phuong-1"])
    )
    line = next(
        d
        for d in duties.owed(city.actor(city.heads["phuong-1"]), dt.date(2023, 4, 1))
        if d.due == factory.PLAN_DUE
    )
    assert line.whose == str(city.people["phuong-1"])


def test_progress_is_dated_rows_the_office_reads(city, programme, sign_in, on_day):
    plan = factory.of(programme, city, "phuong-1")
    ward = sign_in("phuong-1")
    wrong = ward.post(url(plan), {"viec": "tien-do", "note": "x", "percent": "120"})
    assert "tien-do-percent_error" in wrong.content.decode()
    ward.post(url(plan), {"viec": "tien-do", "note": "Đã dự thảo.", "percent": "40"})
    on_day(2023, 4, 2)
    ward.post(url(plan), {"viec": "tien-do", "note": "Đang ký.", "percent": "90"})
    page = text(sign_in("noi-vu").get(url(plan)))
    assert "02/04/2023 Đang ký. 90 %" in page and "27/03/2023 Đã dự thảo. 40 %" in page
    assert list(ProgressNote.objects.values_list("percent", flat=True)) == [90, 40]
    with pytest.raises(Refused, match="từ 0 đến 100"):
        progress.note_progress(plan, note="x", percent=101, by=city.actor("phuong-1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressNote.objects.update(percent=101)


def test_the_page_costs_the_same_with_many_siblings(city, programme, sign_in, queries_of):
    plan = factory.of(programme, city, "phuong-1")
    client = sign_in("noi-vu")
    few = queries_of(lambda: client.get(url(plan)))
    factory.more_units(city, programme, 70)
    assert queries_of(lambda: client.get(url(plan))) == few
    assert "Và 17 đơn vị khác." in text(client.get(url(plan)))
