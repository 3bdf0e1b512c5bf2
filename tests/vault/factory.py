"""A made-up denouncer, the people who may open, and sealed records of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.kernel import clock
from danvan.vault.actions import holders, opening, sealing
from danvan.vault.models import Holder, Opening, Sealed
from tests.city import City

WORDS = {
    "name": "Quách Thị Bích Thủy Tiên",
    "born": "1961",
    "address": "Hẻm 777 đường Ngô Xuân Thu, tổ 99",
    "phone": "0987 650 321",
    "email": "thuytien.khongcothat@thu.example",
    "contact": "Nhắn qua bà Lục Ngọc Hà bán tạp hóa",
}
TEXT = (
    "Tôi là Quách Thị Bích Thủy Tiên, ngụ Hẻm 777 đường Ngô Xuân Thu, điện thoại 0987.650.321. "
    "Ngày 3/10/2023 ông Tổ trưởng thu tiền không biên lai; cháu Út Mót của tôi chứng kiến."
)
# What must be found nowhere: pieces by which one would know the person.
TELLING = (
    "Quách Thị", "Thủy Tiên", "Quach Thi", "Thuy Tien", "thuy tien", "Ngô Xuân Thu",
    "0987 650 321", "0987650321", "987650321", "thuytien.khongcothat", "Lục Ngọc Hà",
    "don-cua-ba-thuy-tien",
)  # fmt: skip


def appoint(city: City, who: str = "thanh-tra", role: str = Holder.Role.INTAKE) -> Holder:
    """The focal officer of a unit takes in (or settles) the committee's denunciations."""
    made: Holder = holders.appoint_holder(
        city.body, person=city.people[who], role=role, basis="QĐ phân công số 12",
        by=city.actor(city.heads["thanh-pho"]),
    )  # fmt: skip
    return made


def sealed(city: City, **more: Any) -> Sealed:
    """The denouncer, sealed by the named intake of the inspectorate, with a paper."""
    if not Holder.objects.filter(role=Holder.Role.INTAKE).exists():
        appoint(city)
    paper = SimpleUploadedFile("don-cua-ba-thuy-tien.pdf", f"%PDF-1.4 {TEXT}".encode())
    given = {"words": {**WORDS, "text": TEXT}, "files": [paper], **more}
    return sealing.seal(city.body, **given, by=city.actor("thanh-tra"))


def opened(city: City, it: Sealed) -> Opening:
    opening.open_sealed(it, reason="Mời làm việc", by=city.actor("thanh-tra"))
    return Opening.objects.latest("seq")


def addresses(city: City) -> dict[str, dict[str, int]]:
    """What the vault's addresses point at, for the promises."""
    with clock.set_to(dt.date(2023, 10, 19)):
        it = sealed(city)
        line = opened(city, it)
        sealing.redact(it, text=TEXT, hide=["Út Mót"], by=city.actor("thanh-tra"))
    return {
        **{f"vault:{n}": {"pk": it.pk} for n in ("sealed", "open", "redact")},
        "vault:file": {"pk": it.pk, "place": 1},
        "vault:end": {"pk": Holder.objects.get().pk},
        "vault:see": {"pk": line.pk},
    }
