"""Rows 5 and 17: more time as an act with a ground; a task that does not apply to a unit."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from danvan.assignments import queries
from danvan.assignments.actions import exemptions, extensions, submissions
from danvan.assignments.models import Assignment, DueChange, ExemptionRequest, ExtensionRequest
from danvan.documents.models import Document
from danvan.kernel import audit, duties, facts
from danvan.kernel.access import Refused, Stale
from danvan.kernel.facts import Period
from tests.assignments import factory
from tests.assignments.conftest import pdf
from tests.assignments.test_pages import text, url

pytestmark = pytest.mark.django_db
LATER = dt.date(2023, 4, 14)


@pytest.fixture
def plan(city, programme) -> Assignment:
    return factory.of(programme, city, "phuong-1")


@pytest.fixture
def letter(city) -> Document:
    return Document.objects.create(
        origin="issued", type="Công văn", code="120/UBND-NV", subject="Gia hạn nộp kế hoạch",
        issued_on=dt.date(2023, 4, 3),
    )  # fmt: skip


def ask(plan, city, until=LATER, ground="Chờ cấp ủy cho ý kiến."):
    return extensions.ask(plan, until=until, ground=ground, by=city.actor("phuong-1"))


# --- extension -----------------------------------------------------------------------------


def test_row_17_an_extension_asked_and_granted_moves_the_date_and_keeps_the_first(
    city, plan, on_day
):
    on_day(2023, 4, 3)
    ask(plan, city)
    assert plan.due_on == factory.PLAN_DUE
    extensions.grant(plan, by=city.actor("noi-vu"))
    plan.refresh_from_db()
    assert (plan.first_due_on, plan.due_on) == (factory.PLAN_DUE, LATER)
    change = plan.due_changes.get()
    assert (change.before, change.after, change.kind) == (factory.PLAN_DUE, LATER, "extended")
    on_day(2023, 4, 16)
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    # Measured against the date in force when filed: two days, not twelve.
    assert plan.days_late == 2
    assert [e.action.rpartition(".")[2] for e in audit.of(plan)] == ["file", "grant", "ask"]
    assert {e.concerns for e in audit.of(plan)} == {plan.unit_id}


def test_row_17_it_can_be_asked_after_the_date_and_another_date_granted(city, plan, on_day):
    on_day(2023, 4, 10)
    ask(plan, city, dt.date(2023, 4, 30))
    extensions.grant(plan, until=LATER, reason="Chỉ đến giữa tháng.", by=city.actor("noi-vu"))
    request = plan.extension_requests.get()
    assert (request.state, request.granted_until, plan.due_on) == ("granted", LATER, LATER)
    assert "Chỉ đến giữa tháng" in plan.due_changes.get().ground


def test_row_17_a_refusal_keeps_the_date_and_says_why(city, plan, on_day):
    on_day(2023, 4, 3)
    ask(plan, city)
    with pytest.raises(Refused, match="Phải ghi lý do"):
        extensions.refuse_request(plan, reason=" ", by=city.actor("noi-vu"))
    extensions.refuse_request(plan, reason="Đã nhắc từ tháng 3.", by=city.actor("noi-vu"))
    assert (plan.due_on, plan.extension_requests.get().state) == (factory.PLAN_DUE, "refused")
    assert audit.of(plan).first().reason == "Đã nhắc từ tháng 3."
    # It may ask again.
    ask(plan, city, ground="Có ý kiến mới của Thường trực.")


def test_row_17_lateness_on_record_is_never_improved(city, plan, on_day):
    office = city.actor("noi-vu")
    on_day(2023, 4, 7)
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    submissions.return_for_correction(plan, reason="Sửa.", by=office)
    with pytest.raises(Refused, match="không đổi được số ngày đã ghi nhận"):
        ask(plan, city, dt.date(2023, 4, 30))
    with pytest.raises(Refused, match="không đổi được số ngày đã ghi nhận"):
        extensions.extend(plan, until=dt.date(2023, 4, 30), ground="x", by=office)
    assert (plan.days_late, plan.due_on) == (3, factory.PLAN_DUE)


def test_row_17_filing_closes_a_request_that_waits(city, plan, on_day):
    on_day(2023, 4, 4)
    ask(plan, city)
    on_day(2023, 4, 5)
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    assert plan.extension_requests.get().state == "lapsed"
    with pytest.raises(Refused):
        extensions.grant(plan, by=city.actor("noi-vu"))
    assert plan.days_late == 1


@pytest.mark.parametrize(
    "until,complaint",
    [(dt.date(2023, 4, 4), "sau hạn hiện nay"), (dt.date(2023, 4, 6), "trước hôm nay")],
)
def test_a_date_that_is_none_is_refused(city, plan, on_day, until, complaint):
    on_day(2023, 4, 10)
    with pytest.raises(Refused, match=complaint):
        ask(plan, city, until)
    with pytest.raises(Refused, match=complaint):
        extensions.extend(plan, until=until, ground="x", by=city.actor("noi-vu"))
    assert not ExtensionRequest.objects.exists() and not DueChange.objects.exists()


def test_who_may_ask_and_who_may_decide(city, plan):
    with pytest.raises(Refused, match="đơn vị được giao"):
        extensions.ask(plan, until=LATER, ground="x", by=city.actor("phuong-2"))
    ask(plan, city)
    for who in ("phuong-1", "mat-tran", "thanh-tra"):
        for verb in (extensions.grant, extensions.refuse_request):
            with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
                verb(plan, by=city.actor(who))
        with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
            extensions.extend(plan, until=LATER, ground="x", by=city.actor(who))
    undated = factory.of(plan.programme, city, "phuong-1", "law")
    with pytest.raises(Refused, match="không ấn định ngày"):
        ask(undated, city)


def test_the_asker_of_the_office_does_not_decide_on_himself(city, programme):
    own = factory.of(programme, city, "noi-vu")
    officer = city.actor("noi-vu")
    extensions.ask(own, until=LATER, ground="Bận đại hội.", by=officer)
    with pytest.raises(Refused, match="không tự quyết định"):
        extensions.grant(own, by=officer)
    extensions.grant(own, by=city.actor(city.heads["noi-vu"]))
    assert own.due_on == LATER


def test_two_at_once_one_request_waits(city, plan):
    mine, theirs = (Assignment.objects.get(pk=plan.pk) for _ in range(2))
    ask(mine, city)
    with pytest.raises(Refused) as again:
        extensions.ask(
            theirs, until=LATER, ground="Cũng vậy.", by=city.actor(city.heads["phuong-1"])
        )
    assert again.value.decision.done
    assert "Chuyên viên UBND Phường 1" in again.value.decision.reason
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionRequest.objects.create(
            assignment=plan, asked_until=LATER, ground="x", asked_at=plan.opened_at
        )


def test_two_at_once_one_answer_counts(city, plan):
    request = ask(plan, city)
    extensions.grant(plan, request=request.pk, by=city.actor("noi-vu"))
    with pytest.raises(Refused) as again:
        extensions.refuse_request(
            plan, reason="Không.", request=request.pk, by=city.actor(city.heads["noi-vu"])
        )
    assert again.value.decision.done and "được đồng ý" in again.value.decision.reason


def test_a_request_that_was_not_seen_is_not_answered(city, plan):
    old = ask(plan, city)
    extensions.refuse_request(plan, reason="Không.", by=city.actor("noi-vu"))
    ask(plan, city, dt.date(2023, 5, 5))
    with pytest.raises(Stale, match="đề nghị khác"):
        extensions.grant(plan, request=old.pk, by=city.actor("noi-vu"))
    assert plan.due_on == factory.PLAN_DUE


# --- a whole group -------------------------------------------------------------------------


def test_row_17_the_office_extends_all_that_have_not_filed_with_a_document(
    city, programme, letter, on_day
):
    office, task = city.actor("noi-vu"), factory.task(programme, "plan")
    on_day(2023, 4, 3)
    filed = factory.of(programme, city, "phuong-2")
    submissions.file(filed, files=[pdf()], by=city.actor("phuong-2"))
    ask(factory.of(programme, city, "phuong-1"), city)
    words = {"until": LATER, "ground": "Sắp xếp lịch họp.", "document": letter}
    assert extensions.extend_group(task, by=office, **words) == 7
    filed.refresh_from_db()
    assert filed.due_on == factory.PLAN_DUE
    ward = factory.of(programme, city, "phuong-1")
    assert (ward.due_on, ward.first_due_on) == (LATER, factory.PLAN_DUE)
    assert ward.extension_requests.get().state == "granted"
    assert {c.document for c in DueChange.objects.all()} == {letter}
    assert audit.of(ward).first().concerns == ward.unit_id
    with pytest.raises(Refused) as again:
        extensions.extend_group(task, by=office, **words)
    assert again.value.decision.done
    assert DueChange.objects.count() == 7


def test_a_part_of_the_group_and_who_may_not(city, programme):
    task, units = factory.task(programme, "plan"), [city.units["phuong-1"].pk]
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        extensions.extend_group(task, until=LATER, ground="x", by=city.actor("phuong-1"))
    moved = extensions.extend_group(
        task, until=LATER, ground="Mưa lũ.", units=units, by=city.actor("noi-vu")
    )
    assert moved == 1
    assert factory.of(programme, city, "phuong-2").due_on == factory.PLAN_DUE


def test_the_group_page_asks_for_a_document_of_the_register(city, programme, letter, sign_in):
    task = factory.task(programme, "plan")
    page = reverse("assignments:extend_task", args=[task.pk])
    office = sign_in("noi-vu")
    assert "8 đơn vị chưa nộp" in text(office.get(page))
    sent = {"until": "14/04/2023", "document": "999/UBND", "ground": "Lịch họp."}
    wrong = office.post(page, sent)
    assert "Không có văn bản “999/UBND” trong sổ" in text(wrong)
    assert "Lịch họp." in wrong.content.decode()
    done = office.post(page, {**sent, "document": "120 /UBND-NV"}, follow=True)
    assert "Đã gia hạn cho 8 đơn vị." in text(done)
    assert sign_in("phuong-1").get(page).status_code == 403
    assert sign_in("cong-an").get(page).status_code == 404


# --- what the pages say --------------------------------------------------------------------


def test_row_17_both_dates_and_why_are_on_the_page(city, plan, letter, sign_in, on_day):
    on_day(2023, 4, 3)
    extensions.extend(
        plan, until=LATER, ground="Chờ hướng dẫn.", document=letter, by=city.actor("noi-vu")
    )
    page = text(sign_in("phuong-1").get(url(plan)))
    assert "Hạn ban đầu 04/04/2023" in page
    assert "gia hạn: hạn chuyển từ 04/04/2023 sang 14/04/2023" in page
    assert "Công văn 120/UBND-NV: Chờ hướng dẫn." in page
    assert "hạn ban đầu 04/04/2023, nay là 14/04/2023" in text(
        sign_in("phuong-1").get(reverse("assignments:own"))
    )


def test_row_17_asking_and_granting_in_the_browser(city, plan, sign_in, on_day):
    on_day(2023, 4, 3)
    ward, office = sign_in("phuong-1"), sign_in("noi-vu")
    empty = ward.post(url(plan), {"viec": "xin-gia-han", "until": "01/04/2023"})
    assert (
        "sau hạn hiện nay" in text(empty) and "xin-gia-han-ground_error" in empty.content.decode()
    )
    sent = {"viec": "xin-gia-han", "until": "14/04/2023", "ground": "Chờ ý kiến.",
            "file": pdf("Đề nghị.pdf")}  # fmt: skip
    assert "Đã gửi đề nghị gia hạn" in text(ward.post(url(plan), sent, follow=True))
    queue = text(office.get(reverse("assignments:requests")))
    assert "UBND Phường 1" in queue and "đến ngày 14/04/2023" in queue
    request = plan.extension_requests.get()
    file = reverse("assignments:request_file", args=[request.pk])
    assert office.get(file).status_code == 200
    assert sign_in("phuong-2").get(file).status_code == 404
    assert 'value="14/04/2023"' in office.get(url(plan)).content.decode()
    reply = {"viec": "cho-gia-han", "until": "12/04/2023", "request": request.pk}
    assert "Đã gia hạn." in text(office.post(url(plan), reply, follow=True))
    plan.refresh_from_db()
    assert plan.due_on == dt.date(2023, 4, 12)
    double = office.post(
        url(plan), reply, follow=True, headers={"referer": f"http://testserver{url(plan)}"}
    )
    assert "được đồng ý" in text(double)
    assert DueChange.objects.count() == 1


def test_the_desk_of_the_office_shows_what_is_asked(city, plan, on_day):
    ask(plan, city)
    other = factory.of(plan.programme, city, "phuong-2")
    exemptions.ask(other, ground="Không có khu phố.", by=city.actor("phuong-2"))
    lines = duties.owed(city.actor("noi-vu"), dt.date(2023, 3, 28))
    titles = [line.title for line in lines]
    assert "1 đề nghị gia hạn chờ xem xét" in titles
    assert "1 đề nghị không áp dụng chờ xem xét" in titles


def test_the_extensions_of_a_period_are_counted(city, plan, on_day):
    on_day(2023, 4, 3)
    extensions.extend(plan, until=LATER, ground="Chờ.", by=city.actor("noi-vu"))
    units = [city.units["phuong-1"].pk, city.units["phuong-2"].pk]
    read = facts.REGISTRY["assignments.extensions_granted"].read
    april = read(units, Period(dt.date(2023, 4, 1), dt.date(2023, 4, 30)))
    may = read(units, Period(dt.date(2023, 5, 1), dt.date(2023, 5, 31)))
    assert [april[u].value for u in units] == [1, 0]
    assert [may[u].value for u in units] == [0, 0]


# --- not applicable ------------------------------------------------------------------------


def test_row_5_not_applicable_is_asked_with_a_reason_and_granted(city, plan, sign_in):
    with pytest.raises(Refused, match="vì sao"):
        exemptions.ask(plan, ground=" ", by=city.actor("phuong-1"))
    exemptions.ask(plan, ground="Đơn vị không quản lý dân cư.", by=city.actor("phuong-1"))
    assert plan.state == "open"
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        exemptions.grant(plan, by=city.actor("phuong-1"))
    exemptions.grant(plan, reason="Đúng thực tế.", by=city.actor("noi-vu"))
    plan.refresh_from_db()
    assert (plan.state, plan.exempt_reason) == (
        "exempt",
        "Đơn vị không quản lý dân cư. Đúng thực tế",
    )
    assert not queries.owed().filter(pk=plan.pk).exists()
    assert "không quản lý dân cư" in text(sign_in("phuong-1").get(url(plan)))


def test_row_5_a_refusal_leaves_the_duty_and_says_why(city, plan, sign_in):
    ward = sign_in("phuong-1")
    sent = {"viec": "khong-ap-dung", "ground": "Không phù hợp."}
    assert "Đã gửi đề nghị không áp dụng" in text(ward.post(url(plan), sent, follow=True))
    request = ExemptionRequest.objects.get()
    reply = {"viec": "khong-mien", "reason": "Phường nào cũng phải có.", "request": request.pk}
    assert "vẫn phải thực hiện" in text(sign_in("noi-vu").post(url(plan), reply, follow=True))
    plan.refresh_from_db()
    request.refresh_from_db()
    assert (plan.state, request.state) == ("open", "refused")
    assert "Phường nào cũng phải có." in text(ward.get(url(plan)))
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        exemptions.refuse_request(plan, reason="x", by=city.actor("mat-tran"))


def test_row_5_what_was_handed_in_is_not_called_not_applicable(city, plan):
    submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    with pytest.raises(Refused, match="đã nộp"):
        exemptions.ask(plan, ground="x", by=city.actor("phuong-1"))
    with pytest.raises(Refused, match="đơn vị được giao"):
        exemptions.ask(plan, ground="x", by=city.actor("phuong-2"))
