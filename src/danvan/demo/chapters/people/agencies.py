"""What units keep of democracy inside: rules, the staff conference, a dialogue, boards, figures.

Criteria 2.4, 3.2, 4.1, 4.2 and 5.2–5.6 are computed from it. How well a unit does follows
``story.YEARS``; the two whose conference came late say why on their sheets (``marks.INSISTING``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from danvan.demo import city, handing_in, story
from danvan.demo.agenda import DAY, Agenda, at
from danvan.demo.chapters.people.days import the, unit
from danvan.demo.chapters.people.recording import write
from danvan.demo.marks import INSISTING
from danvan.demo.story import UnitYear
from danvan.democracy.actions import boards, checks, dialogue
from danvan.democracy.actions.dialogue import Held, Meeting
from danvan.democracy.models import Dialogue
from danvan.kernel import clock

# Who meets the people or those it serves; phường Ninh Sơn has a dialogue of its own (asking.py).
MEETING_PEOPLE = ("phuong-", "xa-", "van-hoa", "ban-quan-ly-du-an", "giao-duc-thuong-xuyen")
ELSEWHERE = ("phuong-ninh-son", "van-hoa-thong-tin")
RULES = (("democracy", 0.0, "Quy chế thực hiện dân chủ của cơ quan"),
         ("conduct", 0.7, "Quy tắc ứng xử của cơ quan"))  # fmt: skip
MINUTES = "Người dự nêu ý kiến về thời hạn trả kết quả, vệ sinh nơi tiếp dân; đã trả lời."
RECORD = "Ý kiến được trả lời tại chỗ; không có việc phải giao thêm."
BOARDS = (
    ("phuong-1", "inspection", "", 7, 2, 2), ("van-phong", "inspection", "", 3, 1, 1),
    ("xa-tan-binh", "investment", "Đường ấp (minh họa)", 5, 3, 2),
)  # fmt: skip
# Register, unit, day, what it says: figures of the demonstration, as their source says.
SOURCE = "Số minh họa của bản trình diễn."
FIGURES: tuple[tuple[str, str, dt.date, dict[str, Any]], ...] = (
    ("mot_cua", "phuong-1", the(6, 30), {"da_giai_quyet": 1240, "dung_han": 1221,
     "tiep_nhan": 1262, "truc_tuyen": 702, "chi_tieu": 50, "nguon": SOURCE}),
    ("mot_cua", "phuong-1", the(9, 30), {"da_giai_quyet": 655, "dung_han": 650,
     "tiep_nhan": 660, "truc_tuyen": 391, "chi_tieu": 50, "nguon": SOURCE}),
    ("mot_cua", "quan-ly-do-thi", the(9, 30), {"da_giai_quyet": 480, "dung_han": 452,
     "tiep_nhan": 501, "truc_tuyen": 233, "chi_tieu": 50, "nguon": SOURCE}),
    ("hoa_giai", "phuong-1", the(9, 29), {"da_hoa_giai": 14, "thanh": 12}),
    ("hoa_giai", "xa-tan-binh", the(9, 29), {"da_hoa_giai": 9, "thanh": 6}),
    ("ke_khai", "thanh-tra", the(4, 20), {"loai": "ke_hoach",
     "noi_dung": "Kế hoạch phòng, chống tham nhũng năm 2023"}),
    ("ke_khai", "thanh-tra", the(5, 31), {"loai": "ke_khai", "phai": 6, "da": 6,
     "noi_dung": "Kê khai hằng năm"}),
    ("du_thao", "quan-ly-do-thi", the(8, 4), {"du_thao": "Phương án sắp xếp vỉa hè chợ thành phố",
     "lay_y_kien": "da_lay"}),
    ("y_kien_noi_bo", "noi-vu", the(5, 24), {"noi_dung": "Quy chế chi tiêu nội bộ năm 2023",
     "hinh_thuc": "hop", "quy_trinh": "dung"}),
    ("y_kien_noi_bo", "noi-vu", the(8, 24), {"noi_dung": "Xét thi đua giữa năm",
     "hinh_thuc": "phieu", "quy_trinh": "dung"}),
    ("nghi_quyet_hoi_nghi", "tu-phap", the(6, 30), {
     "noi_dung": "Sắp xếp lại nơi tiếp dân", "ket_qua": "xong"}),
)  # fmt: skip


def plan(agenda: Agenda) -> None:
    for number, year in enumerate(y for y in story.YEARS if not y.exempt):
        agenda.at(at(the(5, 3), 9, 3 * number), keep_rules, year)
        agenda.at(at(the(5, 3), 14, 3 * number), hold_conference, year)
        if year.quality > 0.65 and meets(year):
            day = the(7, 3 + number % 5) if year.quality > 0.8 else the(8, 21 + number % 5)
            told = day - (10 if year.quality > 0.8 else 4) * DAY
            agenda.at(at(told, 9, 3 * number), announce, year, day)
            agenda.at(at(day, 15, 3 * number), hold, year)
            agenda.at(at(day + 3 * DAY, 16, 3 * number), publish, year)
    agenda.at(at(the(5, 10), 14), keep_boards)
    for number, (code, key, day, said) in enumerate(FIGURES):
        agenda.at(at(day, 16, 30 + number), write, day, speaker(key), code, key, said)


def meets(year: UnitYear) -> bool:
    return year.key.startswith(MEETING_PEOPLE) and year.key not in ELSEWHERE


def speaker(key: str) -> str:
    return handing_in.speaker(story.BY_KEY[key])


def keep_rules(year: UnitYear) -> None:
    for kind, above, name in RULES:
        if year.quality > above:
            checks.add_regulation(
                unit(year.key), kind=kind, document=f"{name} (minh họa)",
                valid_from=dt.date(2021, 3, 1), by=city.actor(handing_in.speaker(year)),
            )  # fmt: skip


def hold_conference(year: UnitYear) -> None:
    """The conference that closed 2022: in time mostly, late for two, without quorum for some."""
    late = (year.key, "5.3") in INSISTING
    staff = 12 + sum(map(ord, year.key)) % 30
    attended = staff - 1 if year.quality > 0.68 else staff // 2
    checks.hold_conference(
        unit(year.key), year=2022, held_on=the(4, 14) if late else the(2, 10 + staff % 15),
        staff=staff, summoned=staff, attended=attended, agreed=attended,
        resolution="Nghị quyết hội nghị năm 2022 (minh họa)",
        by=city.actor(handing_in.speaker(year)),
    )  # fmt: skip


# --- a dialogue with the people, or with those a service unit serves ---------------------------


def announce(year: UnitYear, day: dt.date) -> None:
    by, name = city.actor(handing_in.speaker(year)), handing_in.author(year.key).name
    served = not year.key.startswith(("phuong-", "xa-"))
    meeting = Meeting(
        title=f"Đối thoại năm 2023 của {name}",
        audience="Người sử dụng dịch vụ" if served else "Nhân dân trên địa bàn",
        agenda="Giải quyết hồ sơ\nVệ sinh môi trường", held_on=day, time="08 giờ",
        place="Hội trường đơn vị", chair="Người đứng đầu", chair_title="Người đứng đầu đơn vị",
    )  # fmt: skip
    made = dialogue.plan(unit(year.key), meeting=meeting, by=by)
    dialogue.announce(made, on=clock.today(), how="Niêm yết tại trụ sở", by=by)


def of(year: UnitYear) -> Dialogue:
    return Dialogue.objects.get(host__key=year.key)


def hold(year: UnitYear) -> None:
    people = 20 + sum(map(ord, year.key)) % 40
    held = Held(people, 6, 6, "Công chức văn phòng", MINUTES)
    dialogue.hold(of(year), held=held, by=city.actor(handing_in.speaker(year)))


def publish(year: UnitYear) -> None:
    dialogue.publish(
        of(year), record_text=RECORD, where="Bảng tin tại trụ sở", on=clock.today(),
        by=city.actor(handing_in.speaker(year)),
    )  # fmt: skip


# --- boards ------------------------------------------------------------------------------------


def keep_boards() -> None:
    for key, kind, project, members, asked, handled in BOARDS:
        by = city.actor(speaker(key))
        board = boards.add(
            unit(key), kind=kind, project=project, members=members, valid_from=the(1, 10),
            valid_to=dt.date(2025, 1, 9), recognised_by="Quyết định công nhận (minh họa)", by=by,
        )  # fmt: skip
        boards.check(
            board, held_on=the(4, 25), about="Thu, chi các khoản Nhân dân đóng góp",
            recommended=asked, handled=handled, by=by,
        )  # fmt: skip
