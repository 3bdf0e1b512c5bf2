"""Registers over the small city, and short ways to write in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.registers.actions import records, registers
from danvan.registers.models import Record, Register
from tests.city import City

DAY = dt.date(2023, 6, 5)
VALUES: dict[str, dict[str, Any]] = {
    "tin_bai": {"tieu_de": "Ra quân dân vận khéo", "loai": "bai"},
    "kiem_tra": {"noi_dung": "Kiểm tra kỷ cương", "loai": "theo_ke_hoach"},
    "ket_luan": {"han_che": "Niêm yết thiếu thủ tục", "muc_do": "nhac_nho",
                 "bien_phap": "Niêm yết đủ"},
    "kien_nghi_giam_sat": {"kien_nghi": "Mở rộng hẻm 5", "co_quan": "MTTQ Phường 1"},
    "vi_pham": {"vi_pham": "Nhận tiền của dân", "linh_vuc": "tham_nhung",
                "hinh_thuc": "canh_cao"},
    "phoi_hop": {"ten": "Chương trình phối hợp công tác dân vận",
                 "van_ban": "16-CTr/BDVTU-UBND", "cac_ben": "Ban Dân vận Thành ủy; UBND thành phố",
                 "loai": "chuong_trinh"},
    "ban_giam_sat": {"ten": "Ban TTND Phường 1", "loai": "ttnd", "thanh_vien": 5},
    "luc_luong": {"noi_dung": "Sửa đường hẻm", "phong_trao": "chung_suc"},
}  # fmt: skip


def enact(city: City, code: str) -> Register:
    """A shipped register, by the programme office."""
    made: Register = registers.enact(city.body, template=code, by=city.actor("noi-vu"))
    return made


def write(
    city: City, code: str, unit: str, who: str = "", day: dt.date = DAY, **values: Any
) -> Record:
    """A record of a shipped register in use, with what it needs filled in."""
    register = Register.objects.get(code=code, body=city.body)
    until = values.pop("until", None)
    made: Record = records.enter(
        register, unit=city.units[unit], day=day, until=until,
        values={**VALUES.get(code, {}), **values}, by=city.actor(who or unit),
    )  # fmt: skip
    return made


def world(city: City) -> dict[str, dict[str, Any]]:
    """What the addresses of registers point at: a finding about Phường 1, with its photo."""
    register = enact(city, "ket_luan")
    upload = SimpleUploadedFile("bien-ban.jpg", b"\xff\xd8\xff bien ban", "image/jpeg")
    made = records.enter(
        register, unit=city.units["phuong-1"], day=DAY, values=VALUES["ket_luan"],
        uploads={"anh": [upload]}, by=city.actor("thanh-tra"),
    )  # fmt: skip
    pages = ("register", "workbook", "declaration", "revise", "enter")
    return {
        "registers:enact": {"code": "tin_bai"},
        **{f"registers:{name}": {"pk": register.pk} for name in pages},
        **{f"registers:{n}": {"pk": made.pk} for n in ("record", "correct", "withdraw", "give")},
        "registers:file": {"pk": made.files.get().pk},
    }
