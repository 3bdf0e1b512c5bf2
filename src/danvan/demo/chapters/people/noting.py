"""What units write of themselves through the year: news, self-checks, coordination, help given.

Criteria 1.4, 1.5 and 3.1 are computed from it. Every ranked unit writes something; how much
follows ``story.YEARS``: an even hand, so that a number can be followed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from danvan.demo import city, handing_in, story
from danvan.demo.agenda import Agenda, at
from danvan.demo.chapters.people.days import the
from danvan.demo.chapters.people.recording import NEWS, PUBLISHED, unit, write
from danvan.demo.story import UnitYear
from danvan.kernel import clock
from danvan.registers.actions import remedies
from danvan.registers.models import Record

# Asked by criterion 1.4; units with a weak year wrote fewer.
ENOUGH = 4
TOLD = (
    (the(5, 9), "Phổ biến Kế hoạch công tác dân vận chính quyền năm 2023", "tin", 210),
    (the(6, 14), "Người dân góp ý về giờ làm việc của bộ phận tiếp nhận", "bai", 340),
    (the(7, 12), "Công khai thủ tục, mức phí tại nơi tiếp nhận hồ sơ", "anh", 180),
    (the(8, 16), "Nhìn lại nửa năm làm dân vận chính quyền", "bai", 260),
)
SELF_CHECK = {
    "noi_dung": "Tự kiểm tra việc thực hiện kế hoạch dân vận chính quyền", "loai": "tu_kiem_tra",
    "ket_qua": "Đúng tiến độ; nhắc bộ phận tiếp dân ghi sổ hằng ngày.",
}  # fmt: skip
RULES = {
    "ten": "Quy chế phối hợp công tác với Mặt trận và các đoàn thể", "loai": "quy_che",
    "cac_ben": "Đơn vị; Mặt trận Tổ quốc và các đoàn thể cùng cấp",
}  # fmt: skip
RULES_FROM, RULES_UNTIL = dt.date(2022, 1, 1), dt.date(2026, 12, 31)
JOINT_PLAN = {
    "noi_dung": "Kế hoạch phối hợp năm 2023", "loai": "ke_hoach",
    "theo": "Quy chế phối hợp với Mặt trận và các đoàn thể",
}  # fmt: skip
REVIEW = {
    "noi_dung": "Sơ kết chương trình phối hợp sáu tháng đầu năm", "loai": "so_ket",
    "theo": "16-CTr/BDVTU-UBND", "danh_gia": "Phối hợp nền nếp; cần thống nhất lịch đối thoại.",
}  # fmt: skip
PLANNED = (
    ("phuong-ninh-thanh", the(5, 15), the(5, 31), "Tiếp công dân, niêm yết thủ tục hành chính"),
    ("phuong-2", the(7, 10), the(7, 21), "Thực hiện quy chế dân chủ ở cơ sở"),
    ("lao-dong", the(8, 7), the(8, 18), "Kỷ luật, kỷ cương hành chính"),
)
BOARDS = (
    ("phuong-1", "ttnd", "Ban Thanh tra nhân dân Phường 1", 7),
    ("xa-tan-binh", "gsdtcd", "Ban Giám sát đầu tư của cộng đồng: đường ấp", 5),
    ("van-phong", "ttnd", "Ban Thanh tra nhân dân Văn phòng", 3),
)
GIVEN = (
    ("phuong-1", {"cong_trinh": "Đèn hẻm 5, khu phố 2", "linh_vuc": "giao_thong",
                  "kinh_phi": 18_500_000, "ngay_cong": 24, "ho": 120}),
    ("xa-tan-binh", {"cong_trinh": "Đường hoa liên ấp", "linh_vuc": "moi_truong",
                     "kinh_phi": 9_000_000, "ngay_cong": 86, "ho": 80}),
    ("xa-binh-minh", {"cong_trinh": "Mở rộng đường ấp 300 m", "linh_vuc": "giao_thong",
                      "ngay_cong": 45, "dat": 210, "ho": 17}),
)  # fmt: skip
HOUSEHOLDS = (
    ("phuong-1", {"tong_ho": 3120, "dan_toc": 14, "ton_giao": 960, "ho_ngheo": 6,
                  "can_ngheo": 21}),
    ("phuong-ninh-son", {"tong_ho": 4480, "dan_toc": 37, "ton_giao": 2105, "ho_ngheo": 11,
                         "can_ngheo": 40}),
    ("xa-tan-binh", {"tong_ho": 2260, "dan_toc": 58, "ton_giao": 870, "ho_ngheo": 17,
                     "can_ngheo": 33, "ngheo_dan_toc": 2}),
)  # fmt: skip
NOT_A_COUNT = "Số minh họa của bản trình diễn, không phải kết quả rà soát."
ASKED = (
    ("phuong-2", {"kien_nghi": "Công khai lịch làm việc của tổ hòa giải ở từng khu phố",
                  "co_quan": "Ủy ban MTTQ Việt Nam phường 2"}),
    ("tai-nguyen", {"kien_nghi": "Trả lời bằng văn bản ý kiến về quy hoạch hẻm 12",
                    "co_quan": "Ủy ban MTTQ Việt Nam thành phố"}),
)  # fmt: skip


def plan(agenda: Agenda) -> None:
    for number, year in enumerate(y for y in story.YEARS if not y.exempt):
        for on, title, kind, reach in TOLD[: news_of(year)]:
            said = {"tieu_de": title, "loai": kind, "luot": reach, "noi_dang": PUBLISHED}
            agenda.at(at(on, 8, 3 * number), note, year, "tin_bai", said)
        agenda.at(at(the(5, 4), 8, 3 * number), note, year, "phoi_hop", RULES)
        if year.quality > 0.75:
            agenda.at(at(the(5, 5), 8, 3 * number), note, year, "phoi_hop_nam", JOINT_PLAN)
        if year.quality > 0.7:
            agenda.at(at(the(6, 30), 8, 3 * number), note, year, "kiem_tra", SELF_CHECK)
    agenda.at(at(the(5, 8), 9), plan_inspections)
    agenda.at(at(the(5, 10), 10), note_boards)
    agenda.at(at(the(9, 5), 9), note_help)
    agenda.at(at(the(6, 12), 9), count_households)
    agenda.at(at(the(7, 6), 9), review_coordination)
    agenda.at(at(the(6, 20), 9), hear_recommendations, agenda)


def news_of(year: UnitYear) -> int:
    """How many more news the unit writes than those told one by one in ``recording``."""
    wanted = ENOUGH if year.quality > 0.8 else ENOUGH - 1 if year.quality > 0.65 else 2
    return max(0, wanted - sum(key == year.key for _on, key, *_said in NEWS))


def note(year: UnitYear, code: str, said: dict[str, Any]) -> None:
    """One record of a unit about itself, of today."""
    since, until = (RULES_FROM, RULES_UNTIL) if said is RULES else (clock.today(), None)
    write(since, handing_in.speaker(year), code, year.key, said, until)


def plan_inspections() -> None:
    for key, since, until, what in PLANNED:
        said = {"noi_dung": what, "truong_doan": "Chánh Thanh tra thành phố"}
        write(since, "thanh-tra", "ke_hoach_kiem_tra", key, said, until)


def note_boards() -> None:
    for key, kind, name, members in BOARDS:
        said = {"ten": name, "loai": kind, "thanh_vien": members}
        write(the(1, 10), key, "ban_giam_sat", key, said, dt.date(2025, 1, 9))


def note_help() -> None:
    for key, said in GIVEN:
        write(clock.today(), key, "nguon_luc", key, said)


def count_households() -> None:
    for key, said in HOUSEHOLDS:
        write(clock.today(), key, "ho_dan", key, {**said, "nguon": NOT_A_COUNT})


def review_coordination() -> None:
    write(clock.today(), "noi-vu", "phoi_hop_nam", city.BODY, REVIEW)


def hear_recommendations(agenda: Agenda) -> None:
    """Two recommendations on paper; the first is carried out, the second is still owed."""
    for number, (key, said) in enumerate(ASKED):
        write(clock.today(), "noi-vu", "kien_nghi_giam_sat", key, said)
        held = Record.objects.get(register__code="kien_nghi_giam_sat", unit=unit(key))
        duty = remedies.give(
            held, title=said["kien_nghi"], due_on=the(7, 31), by=city.actor("noi-vu")
        )
        if number == 0:
            agenda.at(at(the(7, 19), 9), handing_in.hand_in, duty, key, "Đã niêm yết tại khu phố.")
            agenda.at(at(the(7, 21), 14), handing_in.accept, duty)
