"""June and July 2023: what a meeting concluded is given as work; one unit gets more time for it,
another does not. Meeting, notice and grounds are invented.
"""

from __future__ import annotations

import datetime as dt

from danvan.assignments.actions import directives, extensions, progress, submissions
from danvan.assignments.models import Assignment
from danvan.demo import city, handing_in
from danvan.demo.agenda import Agenda, at
from danvan.organisations.models import Unit

MEETING = dt.date(2023, 6, 8)
DUE = dt.date(2023, 6, 30)
LATER = dt.date(2023, 7, 7)
TITLE = "Rà soát, niêm yết lại các nội dung phải công khai trước ngày Luật có hiệu lực"
TEXT = (
    "Rà soát danh mục nội dung chính quyền cấp xã phải công khai theo Điều 11 Luật Thực hiện dân "
    "chủ ở cơ sở (có hiệu lực từ 01/7/2023), niêm yết lại tại trụ sở và báo cáo kết quả."
)
SOURCE = "Kết luận của Chủ tịch UBND thành phố tại cuộc họp giao ban ngày 08/6/2023 (minh họa)"
GRANTED, REFUSED, PROMPT = "phuong-hiep-ninh", "phuong-ninh-son", "xa-tan-binh"
DONE = "Đã rà soát và niêm yết lại tại trụ sở và nhà văn hóa; danh mục kèm ảnh chụp lưu tại đơn vị."


def plan(agenda: Agenda) -> None:
    """Given on the day of the meeting, noted on, asked about, answered, handed in, accepted."""
    agenda.at(at(MEETING, 16, 30), give)
    agenda.at(at(dt.date(2023, 6, 13), 9, 15), note)
    agenda.at(at(dt.date(2023, 6, 20), 8, 40), ask, GRANTED, LATER, (
        "Nhà văn hóa khu phố 3 đang sửa chữa đến hết tháng 6, chưa có chỗ niêm yết."))  # fmt: skip
    agenda.at(at(dt.date(2023, 6, 21), 10, 5), grant)
    agenda.at(at(dt.date(2023, 6, 20), 14, 20), ask, REFUSED, dt.date(2023, 7, 31), (
        "Phường đang tập trung cho tiếp xúc cử tri."))  # fmt: skip
    agenda.at(at(dt.date(2023, 6, 21), 10, 20), refuse)
    for key, day in ((PROMPT, dt.date(2023, 6, 22)), (REFUSED, DUE), (GRANTED, LATER)):
        agenda.at(at(day, 15, 10), hand_in, agenda, key, day)


def the_work(key: str) -> Assignment:
    return Assignment.objects.get(unit__key=key, directive__title=TITLE)


def give() -> None:
    """The chairman's office puts the conclusion down as work of three units."""
    units = {Unit.objects.get(key=key).pk: Assignment.Role.ALL for key in
             (GRANTED, REFUSED, PROMPT)}  # fmt: skip
    directives.give(
        city.body(), origin=Assignment.Origin.DIRECTIVE, title=TITLE, text=TEXT, units=units,
        due_on=DUE, source_note=SOURCE, follower=Unit.objects.get(key="noi-vu"),
        by=city.actor("chu-tich"),
    )  # fmt: skip


def note() -> None:
    progress.note_progress(
        the_work(PROMPT), note="Đã lập danh mục 12 nội dung, đang in bảng niêm yết.",
        by=city.actor(PROMPT),
    )  # fmt: skip


def ask(key: str, until: dt.date, ground: str) -> None:
    extensions.ask(the_work(key), until=until, ground=ground, by=city.actor(key))


def grant() -> None:
    extensions.grant(
        the_work(GRANTED), reason="Lý do khách quan, có xác nhận của khu phố.",
        by=city.actor("noi-vu"),
    )  # fmt: skip


def refuse() -> None:
    extensions.refuse_request(
        the_work(REFUSED), reason="Luật có hiệu lực từ 01/7/2023, không lùi được việc công khai.",
        by=city.actor("noi-vu"),
    )  # fmt: skip


def hand_in(agenda: Agenda, key: str, day: dt.date) -> None:
    work = the_work(key)
    submissions.file(work, files=[], note=DONE, by=city.actor(key))
    handing_in.look_at(agenda, work, day + dt.timedelta(days=4))
