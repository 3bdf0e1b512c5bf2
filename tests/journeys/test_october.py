"""The October window in a browser: from the plan's file to the signed ranking.

One year, many people: each step is done by the person whose step it is, on the page a click
leads to. Every page seen is checked by ``Visit.look`` (axe, console, foreign requests, width).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

import vanban
from danvan.kernel import audit
from danvan.scoring.models import Round
from tests.conftest import ROOT
from tests.scoring import factory
from vanban import checking

SEED = ROOT / "src" / "danvan" / "demo" / "data" / "ke-hoach-49.txt"
TEMPLATE = ROOT / "src" / "danvan" / "scoring" / "data" / "criteria-template.csv"
pytestmark = pytest.mark.django_db(transaction=True)

PAPER = {"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


class Year:
    """The year as it is lived: one method per step, one browser per person."""

    def __init__(self, visit: Callable[..., Any], city: Any, on_day: Callable[..., Any]) -> None:
        self.visit, self.city, self.on_day = visit, city, on_day
        self.seats: dict[str, Any] = {}

    def at(self, who: str) -> Any:
        """The browser of a unit's focal officer; opened once."""
        if who not in self.seats:
            self.seats[who] = self.visit(self.city.people[who])
        return self.seats[who]

    def read_the_plan_in(self) -> None:
        office = self.at("noi-vu").go("/").look("desk").go("/ke-hoach/").go("/ke-hoach/doc/")
        office.page.set_input_files("input[type=file]", SEED)
        office.click("Gửi và đọc").look("review")
        while (groups := office.page.locator(".whole-group")).count():
            group = groups.first
            group.locator("summary").click()
            group.get_by_role("checkbox").check()
            group.get_by_role("button").click()
            office.page.wait_for_load_state()
        office.look()

    def settle_what_is_left(self) -> None:
        office = self.at("noi-vu")
        while left := (waiting := office.page.locator(".finding[data-state=pending]")).count():
            waiting.first.get_by_role("button", name="Đúng", exact=True).click()
            expect(waiting).to_have_count(left - 1)
        office.page.get_by_role("button", name="Ban hành", exact=True).click()
        office.page.get_by_role("dialog").get_by_role("button", name="Ban hành").click()
        office.page.wait_for_load_state()
        office.look("plan")

    def file(self, who: str, assignment: Any, code: str) -> None:
        """A unit hands something in, starting from its desk."""
        seat = self.at(who).go("/")
        seat.go(f"/nhiem-vu/{assignment.pk}/")
        seat.page.set_input_files("input[type=file]", PAPER)
        seat.page.get_by_label("Số, ký hiệu văn bản").fill(code)
        seat.page.get_by_role("button", name="Nộp", exact=True).click()
        seat.page.wait_for_load_state()
        seat.look(f"filed-{who}")

    def return_it(self, assignment: Any, reason: str) -> None:
        office = self.at("noi-vu").go(f"/nhiem-vu/{assignment.pk}/").look("office-review")
        office.page.locator("summary", has_text="Trả lại").click()
        office.page.get_by_label("Lý do").first.fill(reason)
        office.page.get_by_role("button", name="Trả lại", exact=True).click()
        office.page.wait_for_load_state()
        office.look()

    def accept_it(self, assignment: Any) -> None:
        self.at("noi-vu").go(f"/nhiem-vu/{assignment.pk}/").click("Chấp nhận")

    def import_the_score_sheet(self) -> None:
        office = self.at("noi-vu").go("/cham-diem/bang-diem/").go("/cham-diem/bang-diem/nhap/")
        office.look("criteria-import")
        page = office.page
        page.set_input_files("input[type=file]", TEMPLATE)
        enacting = page.get_by_label("Văn bản ban hành")
        words = [w for w in enacting.locator("option").all_text_contents() if "815/QĐ" in w]
        enacting.select_option(label=words[0])
        page.get_by_label("Áp dụng từ ngày").fill("19/08/2022")
        office.click("Đọc và kiểm tra").look("criteria-report")
        office.click("Xác nhận, ghi vào hệ thống").look("criteria-list")

    def open_the_round(self, programme: int) -> None:
        office = self.at("noi-vu").go("/cham-diem/").go(f"/cham-diem/mo-dot/{programme}/")
        office.look("round-open")
        for select in office.page.locator("form select").all():
            if not select.input_value():
                select.select_option(index=1)
        office.page.get_by_role("button", name="Mở đợt chấm điểm").click()
        dialog = office.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Mở đợt chấm điểm").click()
        office.page.wait_for_load_state()
        office.look("round")

    def score_one_by_hand(self, who: str, sheet: Any) -> None:
        """No proof, no points: the gate says so; then the proof is added."""
        seat = self.at(who).go(f"/cham-diem/phieu/{sheet.pk}/").look("sheet")
        seat.go(f"/cham-diem/phieu/{sheet.pk}/?tieu-chi=1.5")
        seat.page.get_by_label("Tự chấm").first.fill("9,5")
        seat.click("Lưu")
        expect(seat.page.get_by_text("1,5").first).to_be_visible()
        assert not sheet.scores.filter(criterion__code="1.5", claimed__isnull=False).exists()
        seat.page.get_by_label("Tự chấm").first.fill("1,5")
        seat.click("Lưu").go(f"/cham-diem/phieu/{sheet.pk}/nop/").look("gate")
        seat.go(f"/cham-diem/phieu/{sheet.pk}/?tieu-chi=1.5")
        seat.page.set_input_files("input[type=file]", {**PAPER, "name": "bien-ban.pdf"})
        seat.click("Lưu").look("criterion")

    def hand_in(self, who: str, sheet: Any) -> None:
        seat = self.at(who).go(f"/cham-diem/phieu/{sheet.pk}/nop/").look("gate-ready")
        seat.page.get_by_role("button", name="Nộp phiếu và hồ sơ").click()
        seat.page.get_by_role("dialog").get_by_role("button", name="Nộp phiếu và hồ sơ").click()
        seat.page.wait_for_load_state()
        seat.look("handed-in")

    def lower(self, score: Any, points: str, reason: str) -> None:
        """The inspectorate changes a point; without a reason it is not taken."""
        seat = self.at("thanh-tra").go("/").look("desk-inspector")
        seat.go(f"/cham-diem/{score.sheet.round_id}/tham-dinh/").look("queue")
        seat.go(f"/cham-diem/diem/{score.pk}/tham-dinh/")
        seat.page.get_by_label("Điểm thẩm định").fill(points)
        seat.click("Lưu")
        expect(seat.page.get_by_text("phải ghi lý do").first).to_be_visible()
        seat.page.get_by_label("Lý do", exact=False).last.fill(reason)
        seat.click("Lưu").look("verified")

    def step(self, round: int, words: str) -> None:
        office = self.at("noi-vu").go(f"/cham-diem/{round}/chot-diem/").look("settling")
        office.page.get_by_role("button", name=words).click()
        dialog = office.page.get_by_role("dialog")
        if dialog.is_visible():
            dialog.get_by_role("button", name=words).click()
        office.page.wait_for_load_state()
        office.look()

    def explain(self, score: Any, asks: str) -> None:
        ward = self.at("phuong-1").go("/").look("desk-explain")
        ward.go(f"/cham-diem/diem/{score.pk}/").click("Giải trình", role="link")
        ward.page.get_by_label("minh chứng đã gửi nhưng chưa được xét").check()
        ward.page.get_by_label("Điểm đề nghị").fill(asks)
        ward.page.get_by_label("Nội dung giải trình").fill("Có sổ tiếp công dân đủ 52 ngày.")
        ward.page.locator("main form button[type=submit]").last.click()
        ward.page.wait_for_load_state()
        ward.look("explained")

    def answer(self, score: Any, points: str) -> None:
        office = self.at("noi-vu").go(f"/cham-diem/diem/{score.pk}/")
        office.click("Trả lời giải trình", role="link")
        office.page.get_by_label("Điểm sau giải trình").fill(points)
        office.page.get_by_label("Trả lời", exact=False).last.fill("Chấp nhận, sổ ghi đủ.")
        office.page.locator("main form button[type=submit]").last.click()
        office.page.wait_for_load_state()
        office.look("answered")

    def decide(self, round: int) -> bytes:
        """The deputy signs for the chairman; the decision comes out as a file."""
        deputy = self.visit(self.city.deputy).go("/").look("desk-deputy")
        deputy.go(f"/cham-diem/{round}/xep-hang/").look("ranking-draft")
        deputy.click("Xem và ký quyết định", role="link").look("decide")
        deputy.page.get_by_role("checkbox").check()
        deputy.click("Ký, ban hành và công bố").look("ranking")
        with deputy.page.expect_download() as download:
            deputy.page.get_by_role("link", name="Quyết định (.docx)").click()
        return download.value.path().read_bytes()

    def walk_back(self, round: int) -> None:
        """Class → criterion → proof → assignment → clause → cited directive, one click each."""
        watcher = self.at("mat-tran").go(f"/cham-diem/{round}/xep-hang/")
        watcher.page.get_by_role("link", name="Phường 1").first.click()
        watcher.page.wait_for_load_state()
        watcher.look("result")
        watcher.page.locator("main").get_by_role("link", name="1.1").first.click()
        watcher.page.wait_for_load_state()
        watcher.look("thread")
        steps = (
            ("assignment", "main a[href^='/nhiem-vu/']"),
            ("clause", "main a[href^='/ke-hoach/']"),
            ("directive", "main a.mk-citation"),
        )
        for name, link in steps:
            watcher.page.locator(link).first.click()
            watcher.page.wait_for_load_state()
            watcher.look(f"thread-{name}")
        expect(watcher.page.get_by_role("heading", level=1)).to_contain_text("765/KH-UBND")


def owed(city: Any, who: str, deliverable: str) -> Any:
    from danvan.assignments.models import Assignment

    return Assignment.objects.get(unit=city.units[who], task__deliverable=deliverable,
                                  due_on__isnull=False)  # fmt: skip


def verify_the_rest(city: Any) -> None:
    """The offices agree with what is left, by the same verb their button calls."""
    from danvan.scoring.actions import verification
    from danvan.scoring.models import Score

    keys = {unit.pk: key for key, unit in city.units.items()}
    left = Score.objects.filter(verified__isnull=True, verifier__isnull=False)
    for score in left.select_related("sheet"):
        verification.agree(score, by=city.actor(keys[score.verifier_id]))


def test_the_october_window(visit, city, on_day) -> None:
    year = Year(visit, city, on_day)
    on_day(2023, 3, 27)
    year.read_the_plan_in()
    year.settle_what_is_left()

    on_day(2023, 4, 3)
    plan = owed(city, "phuong-1", "plan")
    year.file("phuong-1", plan, "07/KH-UBND")
    year.return_it(plan, "Chưa nêu công chức đầu mối.")
    on_day(2023, 4, 7)
    ward = year.at("phuong-1").go("/").look("desk-returned")
    ward.go(f"/nhiem-vu/{plan.pk}/")
    expect(ward.page.get_by_text("Chưa nêu công chức đầu mối.").first).to_be_visible()
    year.file("phuong-1", plan, "07a/KH-UBND")
    year.accept_it(plan)
    year.file("phuong-2", owed(city, "phuong-2", "plan"), "05/KH-UBND")
    office = year.at("noi-vu").go(f"/nhiem-vu/ma-tran/{plan.programme_id}/").look("matrix")
    row = office.page.get_by_role("row", name="Phường 2")
    expect(row.get_by_text("chậm 3 ngày")).to_be_visible()
    expect(office.page.get_by_role("row", name="Phường 1")).to_contain_text("đúng hạn")

    on_day(2023, 10, 1)
    year.import_the_score_sheet()
    year.open_the_round(plan.programme_id)
    the_round = Round.objects.get()
    on_day(2023, 10, 16)
    mine = factory.sheet_of(the_round, city, "phuong-1")
    year.score_one_by_hand("phuong-1", mine)
    factory.fill(mine, city.actor("phuong-1"))
    year.hand_in("phuong-1", mine)
    for key in ("noi-vu", "tu-phap", "thanh-tra", "van-phong", "van-hoa", "phuong-2"):
        factory.submitted(the_round, city, key, share=Decimal("0.9"))

    on_day(2023, 10, 17)
    year.step(the_round.pk, "chuyển sang thẩm định")
    lowered = factory.score_of(mine, "2.1")
    year.lower(lowered, "1,5", "Sổ tiếp công dân thiếu hai ngày của người đứng đầu.")
    verify_the_rest(city)
    on_day(2023, 10, 19)
    year.step(the_round.pk, "chuyển sang giải trình")
    year.explain(lowered, "2,5")
    year.answer(lowered, "2,5")
    year.step(the_round.pk, "Chốt mọi phiếu đủ điều kiện")
    year.step(the_round.pk, "chốt điểm đợt chấm")
    year.step(the_round.pk, "trình kết quả xếp loại")
    on_day(2023, 10, 20)
    decision = year.decide(the_round.pk)
    assert checking.check(decision) == ()
    header = vanban.read(decision, "quyet-dinh.docx").header
    assert header.date == dt.date(2023, 10, 20)
    assert (header.symbol, header.authority) == ("QĐ-UBND", "KT. CHỦ TỊCH")
    assert header.number and header.signer == city.deputy.name
    year.walk_back(the_round.pk)
    assert list(audit.breaks()) == []
