"""Who does what when: one line per ranked unit. Invented; chosen so that every case occurs.

Days of plan and report are relative to their due dates (04/4 and 16/10/2023); the dossier is
a day of October. ``quality`` (0–1) is how good the unit's year was: its claims follow it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PLAN_DUE = dt.date(2023, 4, 4)
REPORT_DUE = dt.date(2023, 10, 16)


@dataclass(frozen=True, slots=True)
class UnitYear:
    """``plan`` None: never filed. ``named``: day of the appointments, before PLAN_DUE if < 0."""

    key: str
    quality: float
    plan: int | None
    report: int | None = -1
    dossier: int | None = 13
    named: int | None = -5
    officer: bool = True
    returned: str = ""
    again: int | None = None
    exempt: str = ""
    # Claims the full point where the system computed less, with this reason.
    insists: str = ""


YEARS = (
    UnitYear("noi-vu", 0.95, -4, report=-5, dossier=11),
    UnitYear("tu-phap", 0.92, -2, report=-5, dossier=11),
    UnitYear("thanh-tra", 0.94, -3, report=-4, dossier=12),
    UnitYear("van-phong", 0.97, -1, report=-5, dossier=11),
    UnitYear("tai-chinh", 0.90, -1, report=-3, dossier=13),
    UnitYear("tai-nguyen", 0.72, 3, report=2, dossier=16),
    UnitYear("lao-dong", 0.76, -5, report=-4, dossier=13, named=-6),
    UnitYear(
        "van-hoa-thong-tin", 0.74, 0, report=-1, dossier=16,
        returned="Kế hoạch chưa phân công người thực hiện và chưa có mốc thời gian cho mục II; "
        "đề nghị bổ sung.",
        again=3,
    ),
    UnitYear("giao-duc", 0.93, -2, report=-4, dossier=12),
    UnitYear(
        "y-te", 0.0, None, report=None, dossier=None, named=None, officer=False,
        exempt="Chức năng quản lý nhà nước về y tế đã chuyển về Văn phòng HĐND và UBND thành phố "
        "theo Nghị định 108/2020/NĐ-CP (ghi chú trình diễn, cần xác minh với thành phố).",
    ),
    UnitYear("kinh-te", 0.87, -1, report=-3, dossier=13),
    UnitYear("quan-ly-do-thi", 0.97, None, report=-3, dossier=13, named=2, officer=False),
    UnitYear("van-hoa", 0.94, -6, report=-5, dossier=11, named=-7),
    UnitYear("ban-quan-ly-du-an", 0.66, 12, report=3, dossier=16, named=9, officer=False),
    UnitYear(
        "giao-duc-thuong-xuyen", 0.64, -1, report=0, dossier=16,
        returned="Tệp gửi là kế hoạch năm 2022, còn ghi hạn 31/12/2022; đề nghị gửi lại kế hoạch "
        "năm 2023 đã ký.",
    ),
    UnitYear("phuong-1", 0.95, -3, report=-5, dossier=11),
    UnitYear("phuong-2", 0.86, -1, report=-3, dossier=13),
    UnitYear(
        "phuong-3", 0.70, 1, report=0, dossier=16,
        insists="Bản giấy đã gửi Phòng Nội vụ ngày 04/4/2023; hệ thống chỉ ghi ngày gửi tệp.",
    ),
    UnitYear("phuong-4", 0.72, 0, report=-1, dossier=16),
    UnitYear("phuong-hiep-ninh", 0.91, -2, report=-4, dossier=12),
    UnitYear("phuong-ninh-son", 0.96, -4, report=-5, dossier=11),
    UnitYear(
        "phuong-ninh-thanh", 0.62, 5, report=1, dossier=16,
        insists="Phường thay công chức văn phòng trong tháng 3 nên gửi kế hoạch chậm, đề nghị "
        "xem xét.",
    ),
    UnitYear("xa-binh-minh", 0.74, -1, report=-3, dossier=13),
    UnitYear("xa-tan-binh", 0.90, -2, report=-4, dossier=12),
    UnitYear("xa-thanh-tan", 0.84, 0, report=0, dossier=19),
)  # fmt: skip
BY_KEY = {year.key: year for year in YEARS}
# Bodies that owe tasks of the plan but are not ranked.
OTHERS = ("cong-an", "quan-su", "ban-dan-van", "mat-tran")

# Why a filed report was sent back, once each.
REPORTS_RETURNED = {
    "phuong-4": "Báo cáo thiếu phụ lục số liệu tiếp công dân; đề nghị bổ sung.",
    "lao-dong": "Số liệu mục II chưa thống nhất với phụ lục; đề nghị rà soát, gửi lại.",
}

# What a unit notes while it works (running), and what it hands in when it is done.
NOTES = (
    "Đã đưa vào chương trình công tác quý II; phân công bộ phận tham mưu.",
    "Đã triển khai trong cuộc họp cơ quan tháng 5, đang tổng hợp kết quả.",
    "Hoàn thành khoảng một nửa khối lượng; dự kiến xong trong quý III.",
    "Đang phối hợp với các đoàn thể để thống nhất nội dung.",
    "Đã ban hành văn bản triển khai; sẽ sơ kết sau 6 tháng.",
    "Chờ hướng dẫn của cấp trên về nội dung Luật Thực hiện dân chủ ở cơ sở.",
)
RESULTS = (
    "Đã thực hiện xong theo kế hoạch; kết quả nêu tại báo cáo năm của đơn vị.",
    "Đã tổ chức triển khai và kiểm tra; không phát sinh vi phạm.",
    "Hoàn thành; có biên bản họp và danh sách tham dự lưu tại đơn vị.",
    "Đã thực hiện thường xuyên trong năm, sơ kết ngày 30/6/2023.",
    "Hoàn thành; đã thông tin trên trang thông tin điện tử và bảng niêm yết.",
    "Đã phối hợp thực hiện, có văn bản thống nhất của các bên.",
)
NAMED = "Đã phân công bằng {basis}."
SCORED = "Đã tự chấm điểm trên hệ thống."
