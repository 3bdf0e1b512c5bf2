"""What a citizen does with a cheap telephone, and an official at the counter with hers: the whole
way, by what is written on links and buttons. Each page seen is checked (``Phone.see``).

Rows 24, 25, 27, 31, 32, 39, 40, 48, 60. What an office does in between is done by its verbs.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danvan.democracy.actions import consultation as consultations
from danvan.democracy.actions import disclosure, draft_opinions
from danvan.democracy.models import DraftOpinion, SurveyToken, Tally
from danvan.petitions.actions import classification, handling, rulings
from danvan.petitions.actions.classification import Class
from danvan.petitions.models import Petition, Promise, Turn
from danvan.portal import doors
from danvan.scoring.actions import rankings
from tests.city import City
from tests.democracy import asking, factory_telling
from tests.journeys.conftest import PHONE
from tests.journeys.phone import Phone
from tests.petitions import factory, reception_factory
from tests.scoring.results_factory import chairman, handed_in, put_forward

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/cong-khai/"
FLOODED = "Hẻm 12 khu phố 3 ngập sau mỗi trận mưa, mong được nạo vét cống."


@pytest.fixture
def citizen(visit: Any) -> Phone:
    return Phone(visit(None, PHONE))


def receipt(phone: Phone) -> tuple[str, str]:
    number, secret = phone.page.locator("dl.receipt dd").all_inner_texts()[:2]
    return number, secret


def settled(city: City, it: Petition) -> None:
    """The office answers and closes, in one day."""
    office = city.actor("thanh-tra")
    classification.classify(it, found=Class("kien_nghi_phan_anh", True, True), by=office)
    handling.accept(it, by=office)
    told = factory.result("answered", answer="Đã nạo vét cống hẻm 12 ngày 16/05/2023.")
    rulings.decide(it, result=told, by=office)
    rulings.close(it, by=office)


def test_rows_31_32_39_40_from_the_calendar_to_a_petition_opened_again(
    citizen: Phone, city: City, on_day: Any
) -> None:
    on_day(2023, 5, 8)
    reception_factory.planned(city, dt.date(2023, 5, 18))
    citizen.go(HOME, "citizen-home").follow("Tiếp công dân", "citizen-calendar")
    assert "18/05/2023" in citizen.text() and "UBND Phường 1" in citizen.text()

    citizen.follow("Gửi đơn", "citizen-send").fill(content=FLOODED, phone="0900000001")
    citizen.press("Gửi", "citizen-wrong")
    assert "Ghi họ tên" in citizen.wrong_at("name")
    assert citizen.page.locator("[name=content]").input_value() == FLOODED
    assert citizen.page.locator("[name=phone]").input_value() == "0900000001"
    citizen.fill(name="Trần Thị Lan").press("Gửi", "citizen-receipt")
    number, secret = receipt(citizen)

    def ask(name: str) -> str:
        citizen.follow("Tra cứu đơn").fill(number=number, secret=secret).press("Xem", name)
        return citizen.text()

    assert "Đã tiếp nhận, đang xem xét" in ask("citizen-status")
    it = Petition.objects.get(number=number)
    assert it.content.text == FLOODED
    on_day(2023, 5, 17)
    settled(city, it)
    assert "Đã nạo vét cống hẻm 12" in ask("citizen-answer")

    # Only blanks: the browser lets them pass, the server says at the field what is missing.
    citizen.fill(reason="   ").press("Chưa đồng ý, xem xét lại")
    assert citizen.wrong_at("reason")
    citizen.fill(reason="Nước vẫn đọng trước nhà số 5.").press(
        "Chưa đồng ý, xem xét lại", "citizen-disputed"
    )
    assert "Đã mở lại để xem xét" in citizen.text()
    again = ask("citizen-reopened")
    assert "Đang xem lại theo ý kiến của người gửi" in again
    assert "31/05/2023" in again and "Trần Thị Lan" not in again
    it.refresh_from_db()
    assert (it.state, it.due_on) == ("disputed", dt.date(2023, 5, 31))


def test_rows_24_25_what_is_told_and_a_draft_paragraph_by_paragraph(
    citizen: Phone, city: City, on_day: Any
) -> None:
    on_day(2023, 8, 7)
    factory_telling.enacted(city)
    held = factory_telling.plan(city)
    ward = city.actor("phuong-1")
    made = factory_telling.registered(city, factory_telling.item(held), dt.date(2023, 8, 2))
    disclosure.post(made, form="posting", place="Trụ sở UBND Phường 1",
                    posted_from=dt.date(2023, 8, 4), by=ward)  # fmt: skip
    asked = factory_telling.consultation(city)
    citizen.go(HOME).follow("Công khai", "citizen-disclosures")
    citizen.follow("Quyết toán ngân sách 2022", "citizen-disclosure")
    assert "Trụ sở UBND Phường 1" in citizen.text()

    citizen.follow("Lấy ý kiến").follow(asked.title, "citizen-draft")
    citizen.page.locator("a.small-act", has_text="góp ý").nth(1).click()
    citizen.see()
    chosen = citizen.page.locator("[name=paragraph]").input_value()
    assert chosen
    citizen.fill(text="   ").press("Gửi ý kiến")
    assert citizen.wrong_at("text")
    assert citizen.page.locator("[name=paragraph]").input_value() == chosen
    citizen.fill(text="Miễn đóng góp cho hộ nghèo.").press("Gửi ý kiến", "citizen-opinion")
    number, secret = receipt(citizen)
    opinion = DraftOpinion.objects.get(number=number)
    assert str(opinion.paragraph_id) == chosen

    citizen.follow("Xem trả lời").fill(number=number, secret=secret).press("Xem")
    assert "Đang nhận và tổng hợp ý kiến" in citizen.text()
    draft_opinions.answer(
        opinion, outcome="accepted", text="Tiếp thu: miễn cho hộ nghèo, hộ cận nghèo.", by=ward
    )
    on_day(2023, 8, 29)
    consultations.conclude(asked, final_code="21/PA-UBND", by=ward)
    citizen.follow("Xem ý kiến khác").fill(number=number, secret=secret)
    citizen.press("Xem", "citizen-opinion-answer")
    assert "Tiếp thu: miễn cho hộ nghèo" in citizen.text()
    citizen.follow("Lấy ý kiến").follow(asked.title, "citizen-concluded")
    assert "Tiếp thu: miễn cho hộ nghèo" in citizen.text()


def test_rows_48_60_a_sheet_by_the_code_on_the_wall_the_ranking_and_what_follows_by_itself(
    citizen: Phone, city: City, on_day: Any
) -> None:
    asked = asking.surveyed(city, asking.survey(city))
    on_day(2023, 9, 4)
    door = next(iter(doors.survey(city.actor("van-phong"), asked)))
    citizen.go("/" + door.url.split("/", 3)[3], "citizen-survey")
    citizen.page.locator("main button[type=submit]").click()
    citizen.see("citizen-survey-lacking")
    assert not Tally.objects.filter(count__gt=0).exists()
    for code, answer in asking.sheet().items():
        citizen.page.locator(f"[name='{code}'][value='{answer}']").check()
    citizen.press("Gửi phiếu", "citizen-survey-thanks")
    assert "Không ai biết phiếu này của ai" in citizen.text()
    assert not SurveyToken.objects.exists()
    citizen.follow("Khảo sát").fill(code="sai-ma").press("Mở phiếu")
    assert "Không có đợt khảo sát" in citizen.wrong_at("code")
    citizen.fill(code=asked.code.lower()).press("Mở phiếu")

    on_day(2023, 10, 20)
    case = put_forward(handed_in(city))
    rankings.decide(case.round, by=chairman(case))
    citizen.follow("Xếp loại", "citizen-rankings")
    citizen.page.locator("main .public-list a").first.click()
    citizen.see("citizen-ranking")
    assert "Phường 1" in citizen.text()
    for words, kind, piece in (
        ("Tin mới (Atom)", "application/atom+xml", "Xếp loại"),
        ("Lịch (iCalendar)", "text/calendar", "BEGIN:VCALENDAR"),
    ):
        address = citizen.page.get_by_role("link", name=words).get_attribute("href")
        answer = citizen.page.request.get(citizen.seat.home + address)
        assert answer.status == 200 and kind in answer.headers["content-type"]
        assert piece in answer.text()
    citizen.follow("Dữ liệu mở", "citizen-data")


def test_rows_27_31_an_official_on_a_telephone_receives_and_promises(
    visit: Any, city: City, on_day: Any
) -> None:
    on_day(2023, 5, 10)
    day = reception_factory.planned(city, dt.date(2023, 5, 18))[0]
    on_day(2023, 5, 18)
    officer = Phone(visit(city.people["phuong-1"], PHONE))
    officer.go("/tiep-dan/", "official-home").follow("UBND Phường 1", "official-calendar")
    officer.follow("18/05/2023", "official-day")
    officer.follow("Ghi lượt tiếp", "official-line")
    officer.fill(content=FLOODED, address="Khu phố 3").press("Ghi sổ")
    assert "Ghi họ tên" in officer.wrong_at("name")
    assert officer.page.locator("[name=content]").input_value() == FLOODED
    officer.page.locator("[name=kind]").select_option("kien_nghi_phan_anh")
    officer.fill(name="Huỳnh Văn Sơn").press("Ghi sổ", "official-turn")
    officer.press("Lập đơn từ lượt tiếp này", "official-receipt")
    turn = Turn.objects.get()
    assert turn.petition is not None and turn.petition.content.text == FLOODED

    officer.go(f"/tiep-dan/buoi/{day.pk}/")
    officer.press("Ghi buổi tiếp", "official-held")
    officer.page.get_by_label("Việc đã hứa").fill("Sửa cống hẻm 12")
    officer.fill(due_on="31/05/2023")
    officer.press("Ghi việc đã hứa", "official-promise")
    assert "Sửa cống hẻm 12" in officer.text() and "31/05/2023" in officer.text()
    assert Promise.objects.get().due_on == dt.date(2023, 5, 31)
    officer.go(f"/don-thu/{turn.petition_id}/", "official-petition")
