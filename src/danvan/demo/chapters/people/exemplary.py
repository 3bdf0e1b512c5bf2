"""Six “Dân vận khéo” models, as far as each one comes; what police and military report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.demo import city, handing_in, names, papers
from danvan.demo.agenda import Agenda, at
from danvan.demo.chapters.people.days import the, unit
from danvan.emulation.actions import adoptions, exemplars, honours, movements, visits
from danvan.emulation.models import Adoption, Exemplar
from danvan.kernel import clock
from danvan.ui.downloads import DOCX
from vanban import writing

# The entries of the form that all models fill in alike.
ALIKE = {
    "resources": "Kinh phí của đơn vị; Nhân dân, doanh nghiệp tự nguyện đóng góp",
    "progress": "Ra mắt sau khi đăng ký, sơ kết giữa năm, đánh giá theo ngày dự kiến",
    "outputs": "Danh sách tham gia, biên bản họp, ảnh trước và sau",
    "lasting": "Giao bộ phận phụ trách duy trì; chia sẻ cách làm với đơn vị khác",
    "kind": "collective", "since": "new", "starts_on": the(5, 1), "assess_on": the(9, 10),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """A model and how far it comes: days of visit and assessment, recognised by (level, …)."""

    unit: str
    values: dict[str, Any]
    visit: dt.date | None = None
    seen: str = ""
    assessed: dt.date | None = None
    result: str = ""
    recognised: tuple[str, str, dt.date, str] | None = None


MODELS = (
    Model("phuong-1", {
        "name": "Hẻm tự quản xanh, sạch, an toàn", "field": "culture", "since": "running",
        "problem": "Rác bỏ không đúng nơi, hẻm thiếu đèn", "households": 120, "near_poor": 4,
        "goals": "100% hộ ký cam kết; không còn điểm tồn rác sau 6 tháng", "poor": 2,
        "method": "Họp tổ dân phố, phân công hộ trực, góp tiền lắp đèn", "religious": 31,
        "area": "Khu phố 2, 120 hộ", "forces": "Khu phố chủ trì; Mặt trận, Hội Phụ nữ phối hợp",
        "starts_on": dt.date(2022, 10, 3), "assess_on": the(5, 26)},
        the(5, 12), "118/120 hộ ký cam kết, hẻm sạch, 14 bóng đèn hoạt động",
        the(5, 31), "118/120 hộ tham gia; không còn điểm tồn rác",
        ("own", "41/QĐ-UBND", the(6, 5), "phuong-1")),
    Model("xa-tan-binh", {
        "name": "Đường hoa nông thôn do Nhân dân chăm sóc", "field": "culture", "households": 86,
        "problem": "Lề đường cỏ mọc, tầm nhìn kém", "minority": 5, "poor": 3, "near_poor": 6,
        "goals": "Trồng, giữ 1.200 m đường hoa; 90% hộ tham gia", "minority_area": True,
        "method": "Chia đoạn cho từng nhóm hộ, kiểm tra hằng tháng", "area": "Hai ấp, 86 hộ",
        "forces": "UBND xã chủ trì; Hội Nông dân, Đoàn Thanh niên phối hợp"},
        the(5, 18), "Đã trồng 700 m, các nhóm hộ chăm sóc theo lịch",
        the(9, 12), "1.250 m đường hoa; 80/86 hộ tham gia",
        ("district", "1105/QĐ-UBND", the(9, 20), "noi-vu")),
    Model("van-phong", {
        "name": "Trả kết quả tại nhà cho người cao tuổi, khuyết tật", "field": "politics",
        "problem": "Người già yếu phải đi lại nhiều lần", "area": "Toàn thành phố",
        "goals": "Từ 100 lượt trả tại nhà; không có hồ sơ trả chậm",
        "method": "Ghi nhu cầu khi tiếp nhận, phân công người đi trả trong ngày",
        "forces": "Bộ phận một cửa chủ trì; UBND phường, xã phối hợp"},
        the(6, 6), "Đã trả 46 lượt, có sổ ký nhận", the(9, 14), "112 lượt; không có hồ sơ chậm"),
    Model("cong-an", {
        "name": "Tổ tự quản an ninh trật tự khu nhà trọ", "field": "defence", "households": 210,
        "problem": "Người ở trọ biến động, hay mất xe", "area": "Ba khu nhà trọ, 210 hộ",
        "goals": "100% chủ trọ cam kết; giảm số vụ mất xe so với năm trước",
        "method": "Lập tổ tự quản, nhóm liên lạc, tuần tra theo lịch",
        "forces": "Công an thành phố chủ trì; chủ nhà trọ, dân phòng phối hợp"},
        the(8, 24), "03 tổ hoạt động, có sổ tuần tra",
        the(9, 14), "100% chủ trọ cam kết; 01 vụ mất xe, cùng kỳ 05 vụ"),
    Model("giao-duc", {
        "name": "Tủ sách dùng chung giữa trường và khu phố", "field": "culture",
        "problem": "Học sinh thiếu sách đọc ngoài giờ", "area": "Bốn trường, năm khu phố",
        "goals": "05 tủ sách; 300 lượt mượn mỗi tháng", "method": "Luân chuyển sách hằng tháng",
        "forces": "Phòng Giáo dục và Đào tạo chủ trì; các trường, khu phố phối hợp"},
        the(8, 25), "03/05 tủ sách đã mở, chưa đủ số lượt mượn"),
    Model("phuong-ninh-son", {
        "name": "Người vận động hòa giải ở khu phố", "field": "politics", "kind": "individual",
        "person_name": names.name(660), "problem": "Mâu thuẫn nhỏ kéo dài",
        "goals": "Hòa giải thành từ 85% số vụ", "method": "Gặp từng bên, mời người có uy tín",
        "area": "Khu phố 4", "forces": "Tổ hòa giải chủ trì; Mặt trận phối hợp"}),
)  # fmt: skip
# Told by Phường 1; the second unit has not answered.
TOLD, TAKEN_UP = the(6, 6), ("phuong-hiep-ninh", "xa-binh-minh")
HOW = "Áp dụng tại khu phố 3, 64 hộ, giữ nguyên cách phân công hộ trực."
MOVEMENTS = {
    "cong-an": ("Toàn dân bảo vệ an ninh Tổ quốc", {
        "units_joined": 10, "people_reached": 1850, "models_running": 6, "collectives": 3,
        "narrative": "Phối hợp mở Ngày hội tại khu phố, ấp; duy trì các tổ tự quản."}),
    "quan-su": ("Lực lượng vũ trang chung sức xây dựng nông thôn mới", {
        "units_joined": 4, "people_reached": 620, "models_running": 2,
        "narrative": "Giúp dân sửa đường, nạo vét kênh, thăm gia đình chính sách."}),
}  # fmt: skip


def plan(agenda: Agenda) -> None:
    for number, model in enumerate(MODELS):
        agenda.at(at(the(4, 17 + number % 5), 10, number), register, model)
        if model.visit:
            agenda.at(at(model.visit, 15, 30), visit, model)
        if model.assessed:
            agenda.at(at(model.assessed, 10, 20 + number), assess, model)
        if model.recognised:
            agenda.at(at(model.recognised[2], 16), recognise, model)
    agenda.at(at(TOLD, 9), tell_adoptions)
    agenda.at(at(the(6, 8), 10), confirm_adoption)
    for key in MOVEMENTS:
        agenda.at(at(the(10, 2), 9, len(key)), report_movement, key)


def register(model: Model) -> None:
    exemplars.register(
        unit(model.unit), body=city.body(), year=2023, values={**ALIKE, **model.values},
        by=city.actor(model.unit),
    )  # fmt: skip


def held(model: Model) -> Exemplar:
    return Exemplar.objects.get(unit__key=model.unit)


def visit(model: Model) -> None:
    visits.enter(
        held(model), visited_on=clock.today(), visitors="Phòng Nội vụ, Ban Dân vận Thành ủy",
        seen=model.seen, minutes=minutes(model), by=city.actor("noi-vu"),
    )  # fmt: skip


def minutes(model: Model) -> SimpleUploadedFile:
    """What the visitors and the unit signed."""
    office = handing_in.author("noi-vu")
    said = writing.Paragraph((writing.Run(papers.SAID, italic=True),))
    content = writing.minutes(
        letterhead=office.letterhead, number=None, symbol=office.symbol("BB"), date=clock.today(),
        subject=f"Kiểm tra thực tế mô hình “{model.values['name']}”",
        body=(writing.Paragraph(f"Đoàn kiểm tra ghi nhận: {model.seen}."), said),
        secretary=writing.Signature(("THƯ KÝ",), handing_in.person("noi-vu").name),
        chair=writing.Signature(("CHỦ TRÌ",), office.head), recipients=papers.RECIPIENTS[1:],
    )  # fmt: skip
    return SimpleUploadedFile(f"bien-ban-{model.unit}.docx", content, DOCX)


def assess(model: Model) -> None:
    exemplars.assess(held(model), result=model.result, by=city.actor("noi-vu"))


def recognise(model: Model) -> None:
    assert model.recognised is not None
    level, cited, on, who = model.recognised
    honours.enter(
        held(model), kind="recognition", level=level, cited=cited, decided_on=on,
        by=city.actor(who),
    )  # fmt: skip


def tell_adoptions() -> None:
    for key in TAKEN_UP:
        adoptions.tell(held(MODELS[0]), unit=unit(key), by=city.actor(MODELS[0].unit))


def confirm_adoption() -> None:
    claim = Adoption.objects.get(unit__key=TAKEN_UP[0])
    adoptions.confirm(claim, since=the(6, 1), how=HOW, by=city.actor(TAKEN_UP[0]))


def report_movement(key: str) -> None:
    name, values = MOVEMENTS[key]
    movements.report(
        unit(key), body=city.body(), year=2023, name=name, values=values, by=city.actor(key)
    )  # fmt: skip
