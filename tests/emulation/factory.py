"""A model as a ward registers it, and the steps to bring it further. Made-up people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.emulation.actions import (
    adoptions,
    commendations,
    exemplars,
    honours,
    movements,
    visits,
)
from danvan.emulation.models import Exemplar, VisitFile
from danvan.kernel import clock
from tests.city import City

VALUES: dict[str, Any] = {
    "name": "Tuyến hẻm tự quản không rác", "problem": "Rác thải bỏ không đúng nơi quy định",
    "goals": "100 % hộ ký cam kết; không còn điểm tồn rác sau 6 tháng",
    "method": "Họp tổ, phân công hộ trực, lắp thùng phân loại", "area": "Khu phố 2, 120 hộ",
    "forces": "Ban công tác Mặt trận chủ trì; Hội Phụ nữ phối hợp", "resources": "Xã hội hóa",
    "progress": "Quý II ra mắt, quý III đánh giá", "outputs": "Bản cam kết, ảnh trước và sau",
    "lasting": "Nhân ra 4 khu phố còn lại", "kind": "collective", "field": "culture",
    "since": "new", "starts_on": dt.date(2023, 4, 1), "assess_on": dt.date(2023, 9, 30),
    "minority_area": False, "religious_area": True, "households": 120, "minority": 4,
    "religious": 65, "poor": 3, "near_poor": 7,
}  # fmt: skip


def pdf(name: str = "bien-ban.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 bien ban", "application/pdf")


def jpg(name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"\xff\xd8\xff\xe0 anh", "image/jpeg")


def registered(city: City, unit: str = "phuong-1", year: int = 2023, **other: Any) -> Exemplar:
    values = {**VALUES, **other}
    made: Exemplar = exemplars.register(
        city.units[unit], body=city.body, year=year, values=values, by=city.actor(unit)
    )
    return made


def visited(city: City, exemplar: Exemplar, who: str = "noi-vu") -> Exemplar:
    visits.enter(
        exemplar, visited_on=dt.date(2023, 6, 1), visitors="Phòng Nội vụ, Mặt trận phường",
        seen="Hẻm sạch, 118/120 hộ ký cam kết", minutes=pdf(), photos=[jpg()], by=city.actor(who),
    )  # fmt: skip
    return exemplar


def effective(city: City, unit: str = "phuong-1", **other: Any) -> Exemplar:
    exemplar = visited(city, registered(city, unit, **other))
    exemplars.assess(exemplar, result="118/120 hộ; không còn điểm tồn rác", by=city.actor("noi-vu"))
    return exemplar


def recognised(
    city: City, unit: str = "phuong-1", level: str = "district", **other: Any
) -> Exemplar:
    exemplar = effective(city, unit, **other)
    honours.enter(
        exemplar, kind="recognition", level=level, cited="900/QĐ-UBND",
        decided_on=dt.date(2023, 9, 1), by=city.actor("noi-vu"),
    )  # fmt: skip
    return exemplar


def addresses(city: City) -> dict[str, dict[str, Any]]:
    """One of everything the addresses of emulation take, for the promise about access."""
    with clock.set_to(dt.date(2023, 10, 18)):
        return _addresses(city)


def _addresses(city: City) -> dict[str, dict[str, Any]]:
    office = city.actor("noi-vu")
    held = recognised(city)
    claim = adoptions.tell(held, unit=city.units["phuong-2"], by=city.actor("phuong-1"))
    fresh = registered(city, name="Trồng hoa ven đường")
    told = movements.report(
        city.units["cong-an"], body=city.body, year=2023, name="Vì dân phục vụ",
        values={"narrative": "Tốt"}, file=pdf(), by=city.actor("cong-an"),
    )  # fmt: skip
    made = commendations.begin(
        city.body, year=2023, title="công tác dân vận", form="Giấy khen", level="district",
        by=office,
    )  # fmt: skip
    one = {"pk": made.pk}
    candidate = {**one, "candidate": made.candidates.get(unit=held.unit_id).pk}
    file = VisitFile.objects.filter(visit__exemplar=held).first()
    assert file is not None
    return {
        **{f"emulation:{n}": {"pk": held.pk} for n in ("exemplar", "honour", "spread")},
        **{f"emulation:{n}": {"pk": fresh.pk} for n in (
            "amend", "visit", "assess", "reject", "withdraw")},
        **{f"emulation:{n}": {"pk": claim.pk} for n in (
            "adoption", "confirm", "decline", "end", "tell_result")},
        "emulation:visit_file": {"pk": file.pk},
        **{f"emulation:{n}": {"pk": told.pk} for n in ("movement", "movement_file")},
        **{f"emulation:{n}": one for n in (
            "commendation", "gather", "letter_draft", "propose", "send_back", "decision_draft",
            "decide")},
        **{f"emulation:{n}": candidate for n in ("exclude", "include")},
    }  # fmt: skip
