"""May to October: a dialogue with the people, a supervision of the Front, a survey."""

from __future__ import annotations

import datetime as dt
import random

from danvan.assignments.actions import directives
from danvan.demo import city, handing_in, names
from danvan.demo.agenda import DAY, Agenda, at
from danvan.democracy.actions import catalogues, dialogue, supervision, surveys
from danvan.democracy.actions.dialogue import Held, Meeting
from danvan.democracy.models import (
    Dialogue,
    Promise,
    Questionnaire,
    Recommendation,
    Supervision,
    Survey,
)
from danvan.kernel import clock
from danvan.organisations.models import Unit

HOST, SUPERVISED = "phuong-ninh-son", "phuong-3"
MEETING = Meeting(
    title="Đối thoại giữa Chủ tịch UBND phường Ninh Sơn với Nhân dân năm 2023",
    audience="Nhân dân các khu phố Ninh Phú, Ninh Trung",
    agenda="Chiếu sáng đường hẻm\nThu gom rác\nThủ tục đất đai",
    held_on=dt.date(2023, 9, 20), time="07 giờ 30", place="Nhà văn hóa khu phố Ninh Phú",
    chair="Chủ tịch UBND phường", chair_title="Chủ tịch UBND phường",
)  # fmt: skip
SECRETARY = names.name(745)
LIGHT = "Lắp 12 bóng đèn đường hẻm 4, khu phố Ninh Phú"
MINUTES = "Bà con hỏi về đèn đường, giờ lấy rác, thời hạn hồ sơ đất.\nChủ tịch UBND phường trả lời."
RECORD = f"9 ý kiến, trả lời tại chỗ 8. Kết luận: {LIGHT} trước ngày 15/10/2023."
# People served in the quarter; paper sheets of the first and the second batch.
SURVEYED = {"phuong-1": (520, 26, 22), "phuong-3": (340, 20, 18), "phuong-ninh-son": (410, 22, 21)}
SURVEY_DAYS = (dt.date(2023, 6, 12), dt.date(2023, 6, 28))
SURVEY = (dt.date(2023, 6, 1), dt.date(2023, 6, 30))
QUESTIONS = ("ket-qua-chung", "tiep-don")
FUND = "Niêm yết quyết toán quỹ do Nhân dân đóng góp năm 2022"


def plan(agenda: Agenda) -> None:
    for day, step in (
        (dt.date(2023, 5, 12), enact), (dt.date(2023, 5, 15), begin_supervision),
        (SURVEY[0], open_survey), (dt.date(2023, 6, 9), recommend),
        (dt.date(2023, 6, 27), reply), (dt.date(2023, 7, 5), settle_survey),
        (dt.date(2023, 7, 28), close), (dt.date(2023, 9, 5), announce),
        (dt.date(2023, 9, 21), minute), (dt.date(2023, 9, 26), publish),
        (dt.date(2023, 10, 18), confirm),
    ):  # fmt: skip
        agenda.at(at(day, 15, 30), step)
    agenda.at(at(dt.date(2023, 7, 12), 15), put_up, agenda)
    agenda.at(at(dt.date(2023, 10, 11), 15), light_up, agenda)
    for number, day in enumerate(SURVEY_DAYS):
        agenda.at(at(day, 16), enter_sheets, number)


def enact() -> None:
    catalogues.enact(city.body(), by=city.actor("noi-vu"))


def the_unit(key: str) -> Unit:
    return Unit.objects.get(key=key)


# --- the dialogue ------------------------------------------------------------------------


def announce() -> None:
    by, host = city.actor(HOST), the_unit(HOST)
    made = dialogue.plan(host, meeting=MEETING, by=by)
    how = "Niêm yết tại trụ sở, nhà văn hóa; phát trên truyền thanh"
    dialogue.announce(made, on=clock.today(), how=how, by=by)


def minute() -> None:
    """The minutes, and the conclusion the ward binds itself by."""
    held, by = Dialogue.objects.get(host__key=HOST), city.actor(HOST)
    dialogue.hold(held, held=Held(64, 9, 8, SECRETARY, MINUTES), by=by)
    dialogue.promise(
        held, title=LIGHT, asked_by="Các hộ hẻm 4, khu phố Ninh Phú", unit=the_unit(HOST),
        due_on=dt.date(2023, 10, 15), by=by,
    )  # fmt: skip


def publish() -> None:
    dialogue.publish(
        Dialogue.objects.get(host__key=HOST), record_text=RECORD, on=clock.today(),
        where="Trang thông tin điện tử của phường", by=city.actor(HOST),
    )  # fmt: skip


def light_up(agenda: Agenda) -> None:
    duty = Promise.objects.get().assignment
    handing_in.hand_in(duty, HOST, "Đã lắp 12 bóng đèn, có biên bản nghiệm thu.")
    handing_in.look_at(agenda, duty, clock.today() + DAY)


def confirm() -> None:
    """Who asked says that it is done; the Front writes it down."""
    directives.confirm(
        Promise.objects.get().assignment, how="Hỏi trực tiếp đại diện các hộ: đèn đã sáng.",
        by=city.actor("mat-tran"),
    )  # fmt: skip


# --- the Front's supervision -------------------------------------------------------------


def begin_supervision() -> None:
    front = city.actor("mat-tran")
    programme = supervision.add_programme(
        city.body(), year=2023, title="Chương trình giám sát năm 2023",
        source="Kế hoạch số 05/KH-MTTQ (minh họa)", by=front,
    )  # fmt: skip
    supervision.add(
        programme, about="Thu, chi quỹ do Nhân dân đóng góp", unit=the_unit(SUPERVISED),
        led_by="Ủy ban MTTQ Việt Nam thành phố", form="Đoàn giám sát", planned="Quý II/2023",
        by=front,
    )  # fmt: skip


def recommend() -> None:
    front, subject, today = city.actor("mat-tran"), Supervision.objects.get(), clock.today()
    supervision.conclude(
        subject, finding="Quỹ có sổ theo dõi; chưa niêm yết quyết toán năm 2022.",
        document="02/BC-MTTQ", on=today, by=front,
    )  # fmt: skip
    supervision.recommend(
        subject, content=FUND, document_code="11/CV-MTTQ", sent_on=today,
        reply_due_on=dt.date(2023, 6, 30), by=front,
    )  # fmt: skip


def reply() -> None:
    supervision.reply(
        Recommendation.objects.get(), outcome="accepted", document_code="37/CV-UBND",
        text="UBND phường tiếp thu, niêm yết trước ngày 20/7/2023.", remedy=FUND,
        remedy_due_on=dt.date(2023, 7, 20), by=city.actor(f"{SUPERVISED}.truong"),
    )  # fmt: skip


def put_up(agenda: Agenda) -> None:
    duty = Recommendation.objects.get().replies.get().assignment
    assert duty is not None
    handing_in.hand_in(duty, SUPERVISED, "Đã niêm yết tại trụ sở và năm khu phố.")
    handing_in.look_at(agenda, duty, clock.today() + DAY)


def close() -> None:
    supervision.remark(
        Recommendation.objects.get(), enough=True, text="Đã kiểm tra tại trụ sở, đủ nội dung.",
        by=city.actor("mat-tran"),
    )  # fmt: skip


# --- the survey --------------------------------------------------------------------------


def open_survey() -> None:
    surveys.open_survey(
        city.body(), questionnaire=Questionnaire.objects.get(), title="Hài lòng quý II/2023",
        surveyor="Văn phòng HĐND và UBND thành phố", opens_on=SURVEY[0], closes_on=SURVEY[1],
        sampling="Cứ năm người đến nhận kết quả thì hỏi một người", minimum=30,
        units=[surveys.Asked(the_unit(k).pk, served, False) for k, (served, *_n) in
               SURVEYED.items()],
        by=city.actor("van-phong"),
    )  # fmt: skip


def enter_sheets(number: int) -> None:
    """A batch of paper sheets for each ward."""
    for asked in Survey.objects.get().units.select_related("unit", "survey"):
        chance = random.Random(f"{asked.unit.key} {number}")
        filled = [sheet(chance) for _n in range(SURVEYED[asked.unit.key][1 + number])]
        where = f"Văn phòng, hộp phiếu số {number + 1}"
        surveys.enter_paper(asked, sheets=filled, kept_where=where, by=city.actor("van-phong"))


def sheet(chance: random.Random) -> dict[str, str]:
    """Mostly content, now and then not."""
    said = {code: chance.choices("54321", (30, 48, 14, 6, 2))[0] for code in QUESTIONS}
    return {
        **said,
        "so-lan": chance.choices("1234", (70, 20, 7, 3))[0],
        "thoi-han": chance.choices(("som", "dung", "tre"), (15, 75, 10))[0],
        "ngoai-phi": "khong",
    }


def settle_survey() -> None:
    surveys.settle(Survey.objects.get(), by=city.actor("van-phong"))
