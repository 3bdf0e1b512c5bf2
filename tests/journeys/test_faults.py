"""What goes wrong in an office: a lost session, a double click, two people on one sheet."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from danvan.assignments.models import Assignment, Submission
from danvan.scoring.models import Sheet
from tests.scoring import factory

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Số liệu theo sổ theo dõi của phường, đã đối chiếu với Phòng Nội vụ."


def claim(page: Any) -> Any:
    return page.get_by_label(re.compile("Điểm tự chấm|Tự chấm")).first


def test_a_session_lost_in_the_middle_of_the_sheet_keeps_what_was_typed(
    visit, city, on_day
) -> None:
    on_day(2023, 10, 10)
    a_round = factory.round_for(city)
    sheet = factory.sheet_of(a_round, city, "phuong-1")
    ward = visit(city.people["phuong-1"]).go(f"/cham-diem/phieu/{sheet.pk}/?tieu-chi=1.5")
    page = ward.page
    claim(page).fill("1,25")
    page.get_by_label("Lý do", exact=False).last.fill(REASON)
    page.wait_for_timeout(900)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert not sheet.scores.filter(claimed__isnull=False).exists()

    page.get_by_label("Tên đăng nhập").fill("phuong-1")
    page.get_by_label("Mật khẩu").fill("mat-khau-thu-nghiem")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_load_state()
    ward.complaints.clear()  # the refused post of the lost session is told in the console
    ward.go(f"/cham-diem/phieu/{sheet.pk}/?tieu-chi=1.5").look("draft-offered")
    page.get_by_role("button", name=re.compile("Khôi phục bản nháp")).click()
    expect(claim(page)).to_have_value("1,25")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_load_state()
    ward.look()
    assert factory.score_of(sheet, "1.5").claim_reason == REASON


def test_a_double_click_files_once(visit, city, on_day) -> None:
    on_day(2023, 10, 10)
    programme = factory.programme_for(city)
    owed = Assignment.objects.get(
        programme=programme, unit=city.units["phuong-1"], task__deliverable="report"
    )
    ward = visit(city.people["phuong-1"]).go(f"/nhiem-vu/{owed.pk}/")
    paper = {"name": "bc.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    ward.page.set_input_files("input[type=file]", paper)
    ward.page.get_by_role("button", name="Nộp", exact=True).dblclick()
    expect(ward.page.get_by_text("Đã nộp, chờ cơ quan thường trực").first).to_be_visible()
    ward.page.wait_for_load_state()
    ward.look()
    assert Submission.objects.filter(assignment=owed).count() == 1


def test_two_people_save_one_sheet_and_the_second_is_told(visit, city, on_day) -> None:
    on_day(2023, 10, 10)
    sheet = factory.sheet_of(factory.round_for(city), city, "phuong-1")
    address = f"/cham-diem/phieu/{sheet.pk}/?tieu-chi=1.5"
    officer = visit(city.people["phuong-1"]).go(address)
    head = visit(city.heads["phuong-1"]).go(address)
    claim(officer.page).fill("1")
    officer.click("Lưu")
    claim(head.page).fill("0,5")
    head.page.get_by_role("button", name="Lưu", exact=True).click()
    head.page.wait_for_load_state()
    head.look("stale")
    expect(claim(head.page)).to_have_value("0,5")
    expect(head.page.get_by_text("Đồng nghiệp đã lưu").first).to_be_visible()
    assert factory.score_of(Sheet.objects.get(pk=sheet.pk), "1.5").claimed == 1
