"""The shipped registers are enacted and kept: news, an inspection, a violation, the forces."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danvan.assignments.models import Assignment
from danvan.demo import city, handing_in
from danvan.demo.agenda import Agenda, at
from danvan.demo.chapters.people.days import the, unit
from danvan.registers import shipped
from danvan.registers.actions import records, registers, remedies
from danvan.registers.models import Record, Register

# Rows: entered on, by whom, in which register, about which unit, what it says.
COORDINATION = {
    "ten": "Chương trình phối hợp công tác dân vận giai đoạn 2021-2026", "loai": "chuong_trinh",
    "van_ban": "16-CTr/BDVTU-UBND", "cac_ben": "Ban Dân vận Thành ủy; UBND thành phố",
}  # fmt: skip
PUBLISHED = "Trang thông tin điện tử, loa truyền thanh của đơn vị"
NEWS = (
    (the(4, 20), "phuong-1", "Phường 1 ra quân dọn vệ sinh hẻm", "tin", 420),
    (the(5, 16), "phuong-1", "Đối thoại với Nhân dân khu phố 2 về thoát nước", "bai", 610),
    (the(8, 9), "phuong-1", "Hẻm tự quản sau gần một năm", "phat_thanh", 350),
    (the(5, 11), "phuong-ninh-son", "Hỗ trợ người cao tuổi nộp hồ sơ trực tuyến", "tin", 280),
    (the(7, 19), "phuong-ninh-son", "Niêm yết công khai thủ tục bằng mã QR", "mang_xa_hoi", 930),
    (the(5, 24), "xa-tan-binh", "Đoạn đường hoa do hội viên chăm sóc", "anh", 510),
    (the(6, 7), "xa-tan-binh", "Nhân dân góp ngày công làm đường ấp", "bai", 460),
)
INSPECTED = (
    (the(5, 18), "thanh-tra", "kiem_tra", "phuong-ninh-thanh", {
        "noi_dung": "Tiếp công dân và niêm yết thủ tục hành chính", "loai": "theo_ke_hoach",
        "truong_doan": "Chánh Thanh tra thành phố", "ket_qua": "Có 02 nội dung phải khắc phục."}),
    (the(5, 19), "thanh-tra", "ket_luan", "phuong-ninh-thanh", {
        "han_che": "Bảng niêm yết tại bộ phận một cửa thiếu 03 thủ tục", "muc_do": "nhac_nho",
        "bien_phap": "Niêm yết đủ thủ tục, mức phí đang áp dụng"}),
    (the(5, 19), "thanh-tra", "ket_luan", "phuong-ninh-thanh", {
        "han_che": "Sổ tiếp công dân chưa ghi kết quả giải quyết", "muc_do": "nhac_nho",
        "bien_phap": "Ghi đủ kết quả từng lượt tiếp từ đầu năm"}),
)  # fmt: skip
# The case for which Thanh tra keeps Phòng Kinh tế out of the ranking (closing.py).
VIOLATION = (the(9, 6), "thanh-tra", "vi_pham", "kinh-te", {
    "vi_pham": "Để chậm giải quyết hồ sơ kéo dài", "linh_vuc": "ky_luat", "so_nguoi": 1,
    "hinh_thuc": "khien_trach", "quyet_dinh": "09/QĐ-KL"})  # fmt: skip
FORCES = (
    (the(5, 12), "cong-an", "luc_luong", "cong-an", {
        "noi_dung": "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc tại khu phố",
        "phong_trao": "bao_ve_an_ninh", "nguoi": 340}),
    (the(7, 20), "cong-an", "luc_luong", "cong-an", {
        "noi_dung": "Cấp căn cước công dân lưu động cho người già yếu", "phong_trao": "khac",
        "nguoi": 85}),
    (the(5, 25), "quan-su", "luc_luong", "quan-su", {
        "noi_dung": "Giúp dân sửa 450 m đường ấp", "phong_trao": "chung_suc", "nguoi": 60,
        "ngay_cong": 120}),
    (the(8, 22), "quan-su", "luc_luong", "quan-su", {
        "noi_dung": "Nạo vét kênh nội đồng", "phong_trao": "chung_suc", "nguoi": 45,
        "ngay_cong": 90}),
)  # fmt: skip


def plan(agenda: Agenda) -> None:
    agenda.at(at(the(4, 3), 14), enact_registers)
    agenda.at(at(the(4, 3), 15), keep_coordination)
    for on, key, title, kind, reach in NEWS:
        said = {"tieu_de": title, "loai": kind, "luot": reach, "noi_dang": PUBLISHED}
        agenda.at(at(on, 16), write, on, key, "tin_bai", key, said)
    for number, row in enumerate((*INSPECTED, *FORCES)):
        agenda.at(at(row[0], 15, number), write, *row)
    on, *rest = VIOLATION
    agenda.at(at(on, 9, 30), write, the(9, 5), *rest)
    agenda.at(at(the(5, 22), 9), give_finding)
    agenda.at(at(the(6, 7), 10), remedy)
    agenda.at(at(the(6, 9), 14), accept_remedy)


def enact_registers() -> None:
    for template in shipped.templates():
        registers.enact(city.body(), template=template.code, by=city.actor("noi-vu"))


def write(
    on: dt.date, who: str, code: str, key: str, said: dict[str, Any], until: dt.date | None = None
) -> None:
    records.enter(
        Register.objects.get(code=code), unit=unit(key), day=on, until=until, values=said,
        by=city.actor(who),
    )  # fmt: skip


def keep_coordination() -> None:
    since, until = dt.date(2021, 12, 16), dt.date(2026, 12, 31)
    write(since, "noi-vu", "phoi_hop", city.BODY, COORDINATION, until)


def give_finding() -> None:
    """The first finding becomes work; the second still waits for Phòng Nội vụ."""
    found = Record.objects.filter(register__code="ket_luan").earliest("pk")
    title = "Niêm yết đủ thủ tục hành chính tại bộ phận một cửa"
    remedies.give(found, title=title, due_on=the(6, 9), by=city.actor("noi-vu"))


def finding() -> Assignment:
    return Assignment.objects.get(origin=Assignment.Origin.FINDING)


def remedy() -> None:
    handing_in.hand_in(finding(), "phuong-ninh-thanh", "Đã niêm yết đủ 03 thủ tục còn thiếu.")


def accept_remedy() -> None:
    handing_in.accept(finding())
