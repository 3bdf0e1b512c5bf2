"""April to October: heads receive citizens on posted days; who came, what was promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danvan.demo import cases, city, handing_in, names
from danvan.demo.agenda import DAY, Agenda, at
from danvan.kernel import clock
from danvan.organisations.models import Person, Post, Unit
from danvan.petitions.actions import reception, reception_book
from danvan.petitions.models import Kind, Promise, ReceptionDay, Turn

WARDS = ("phuong-1", "phuong-3", "phuong-ninh-son")
HOURS = "7 giờ 30 – 11 giờ"
POSTED_AT = "Bảng niêm yết tại trụ sở và trang thông tin điện tử"
THURSDAY, CITY_DAYS = 3, (10, 25)
# Planned and posted on; first and last day of what is planned.
QUARTERS = (
    (dt.date(2023, 3, 28), dt.date(2023, 4, 3), dt.date(2023, 6, 30)),
    (dt.date(2023, 6, 22), dt.date(2023, 7, 1), dt.date(2023, 9, 30)),
    (dt.date(2023, 9, 21), dt.date(2023, 10, 1), dt.date(2023, 12, 29)),
)
DELEGATED = {
    ("phuong-3", dt.date(2023, 5, 11)): "Giấy ủy quyền số 05/GUQ-UBND ngày 10/5/2023: Chủ tịch "
    "dự họp HĐND thành phố.",
}
# Ward, day, the day it was moved to, why.
CANCELLED = (
    "phuong-ninh-son", dt.date(2023, 8, 17), dt.date(2023, 8, 18),
    "Chủ tịch dự hội nghị trực tuyến của tỉnh; tiếp bù ngày 18/8/2023.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Came:
    """One line of a reception book. ``who``: number of an invented name."""

    key: str
    day: dt.date
    who: int
    address: str
    content: str
    outcome: str = "explained"
    said: str = ""
    body: str = ""
    kind: str = Kind.PROPOSAL
    people: int = 1


DRAIN = "Hẻm 12 khu phố 3 ngập sau mưa, đề nghị sửa cống thoát nước."
CAME = (
    Came("phuong-1", dt.date(2023, 4, 13), 700, "Khu phố 2, Phường 1",
         "Hỏi thủ tục xác nhận tình trạng hôn nhân.",
         said="Đã hướng dẫn hồ sơ; nộp tại bộ phận một cửa của phường."),
    Came("phuong-1", dt.date(2023, 7, 13), 701, "Khu phố 3, Phường 1", DRAIN, "accepted"),
    Came("phuong-1", dt.date(2023, 9, 21), 702, "Khu phố 1, Phường 1",
         "Đề nghị thu gom rác hẻm 8 đúng giờ.",
         said="Đã nhắc tổ thu gom; thông báo lại giờ lấy rác."),
    Came("phuong-3", dt.date(2023, 5, 11), 703, "Khu phố 5, Phường 3",
         "Hỏi tiến độ cấp lại giấy chứng nhận quyền sử dụng đất.", "guided",
         body="Văn phòng Đăng ký đất đai, chi nhánh thành phố"),
    Came("phuong-3", dt.date(2023, 8, 24), 704, "Khu phố 1, Phường 3",
         "Phản ánh quán ăn lấn vỉa hè.", "accepted"),
    Came("phuong-ninh-son", dt.date(2023, 6, 8), 705, "Khu phố Ninh Phú, phường Ninh Sơn",
         "Đề nghị lắp thêm đèn đường Bời Lời.", "forwarded", body="Phòng Quản lý đô thị"),
    Came("phuong-ninh-son", dt.date(2023, 8, 18), 706, "Khu phố Ninh Trung, phường Ninh Sơn",
         "Hỏi chính sách hỗ trợ học nghề.", said="Đã hướng dẫn hồ sơ và nơi đăng ký học."),
    Came(city.BODY, dt.date(2023, 5, 25), 707, "Khu phố 4, Phường 3", cases.RESETTLED, "accepted",
         kind=Kind.COMPLAINT, people=8),
    Came(city.BODY, dt.date(2023, 9, 11), 708, "Xã Bình Minh",
         "Đề nghị sớm sửa cầu nhỏ trên đường liên ấp.", said="Công trình đã có trong kế hoạch "
         "sửa chữa quý IV/2023."),
)  # fmt: skip
# The one conclusion with a promise: of the reception on which DRAIN was brought.
CONCLUDED = dt.date(2023, 7, 14)
CONCLUSION = "UBND phường khảo sát trong tháng 7 và sửa cống hẻm 12 trước ngày 31/8/2023."


def plan(agenda: Agenda) -> None:
    for posted, first, last in QUARTERS:
        for number, key in enumerate((*WARDS, city.BODY)):
            days = days_of(key, first, last)
            agenda.at(at(posted, 8, 30 + number), plan_and_post, key, days)
            for day in days:
                agenda.at(at(day, 11, 15 + number), hold, key, day)
    key, day, moved_to, _why = CANCELLED
    agenda.at(at(day - DAY, 9), cancel)
    agenda.at(at(moved_to, 11, 20), hold, key, moved_to)
    for came in CAME:
        agenda.at(at(came.day, 9, came.who % 60), write, came)
    agenda.at(at(CONCLUDED, 8), conclude)
    agenda.at(at(CONCLUDED, 14), give)
    agenda.at(at(dt.date(2023, 8, 24), 15), keep_the_promise, agenda)


def days_of(key: str, first: dt.date, last: dt.date) -> list[dt.date]:
    """A ward receives every Thursday, the city on the 10th and 25th or the Monday after."""
    every = [first + n * DAY for n in range((last - first).days + 1)]
    if key != city.BODY:
        return [day for day in every if day.weekday() == THURSDAY]
    fixed = [day for day in every if day.day in CITY_DAYS]
    return [day + max(0, 7 - day.weekday()) * DAY if day.weekday() > 4 else day for day in fixed]


def keeper(key: str) -> str:
    """Who keeps calendar and book: the city's office, a ward's focal officer."""
    return "van-phong" if key == city.BODY else key


def plan_and_post(key: str, days: list[dt.date]) -> None:
    """By the head of the ward: in March no officer is named yet."""
    by = city.actor("van-phong" if key == city.BODY else f"{key}.truong")
    unit = Unit.objects.get(key=key)
    place = "Trụ sở Tiếp công dân thành phố" if key == city.BODY else "Phòng tiếp công dân phường"
    made = reception.plan(unit, days=days, hours=HOURS, place=place, by=by)
    reception.post(unit, days=made, on=clock.today(), at=POSTED_AT, by=by)


def hold(key: str, day: dt.date) -> None:
    """By the head, or by the deputy where that was delegated; nothing on a day cancelled."""
    held = ReceptionDay.objects.filter(unit__key=key, on=day, state="planned").first()
    if held is None:
        return
    reason = DELEGATED.get((key, day), "")
    rank = Post.Rank.DEPUTY if reason else Post.Rank.HEAD
    person = Person.objects.filter(posts__unit__key=key, posts__rank=rank).order_by("pk")[0]
    reception.hold(held, presided_by=person, reason=reason, by=city.actor(keeper(key)))


def cancel() -> None:
    key, day, moved_to, why = CANCELLED
    by = city.actor(keeper(key))
    made = reception.cancel(the_day(key, day), reason=why, moved_to=moved_to, by=by).moved_to
    reception.post(made.unit, days=[made], on=clock.today(), at=POSTED_AT, by=by)


def write(came: Came) -> None:
    """The line, and what was done with it."""
    by = city.actor(keeper(came.key))
    speaks = [(names.name(came.who), came.address)] if came.people > 4 else []
    turn = reception_book.write(
        Unit.objects.get(key=came.key), on=came.day, kind=came.kind, content=came.content,
        name=names.name(came.who), address=came.address, people=came.people,
        representatives=speaks, day=the_day(came.key, came.day), by=by,
    )  # fmt: skip
    reception_book.settle(turn, outcome=came.outcome, text=came.said, body=came.body, by=by)


def the_day(key: str, day: dt.date) -> ReceptionDay:
    return ReceptionDay.objects.select_related("unit").get(unit__key=key, on=day)


def conclude() -> None:
    """Written by the officer, promised and signed by the head."""
    turn = Turn.objects.select_related("day__unit").get(content=DRAIN)
    day = turn.day
    assert day is not None
    head = city.actor(f"{day.unit.key}.truong")
    reception.conclude(day, text=CONCLUSION, by=city.actor(day.unit.key))
    reception.promise(
        day, text="Sửa cống thoát nước hẻm 12, khu phố 3", unit=day.unit, turn=turn,
        due_on=dt.date(2023, 8, 31), by=head,
    )  # fmt: skip
    reception.issue(day, by=head)


def give() -> None:
    reception.give(Promise.objects.get(), by=city.actor("van-phong"))


def keep_the_promise(agenda: Agenda) -> None:
    duty = Promise.objects.get().assignment
    assert duty is not None
    handing_in.hand_in(duty, duty.unit.key, "Đã sửa xong cống hẻm 12, có biên bản nghiệm thu.")
    handing_in.look_at(agenda, duty, dt.date(2023, 8, 25))
