"""A ward's calendar of reception and its book, for tests; made-up people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danvan.kernel import clock
from danvan.petitions.actions import reception, reception_book
from danvan.petitions.models import ReceptionDay, Turn
from tests.city import City


def planned(city: City, *days: dt.date, unit: str = "phuong-1") -> list[ReceptionDay]:
    made: list[ReceptionDay] = reception.plan(
        city.units[unit], days=days, hours="7 giờ 30 – 11 giờ", place="Trụ sở UBND",
        by=city.actor(unit),
    )  # fmt: skip
    return made


def held(city: City, on: dt.date, unit: str = "phuong-1", **more: Any) -> ReceptionDay:
    """A day the head held (or ``presided_by``), written down that evening."""
    with clock.set_to(on):
        day = planned(city, on, unit=unit)[0]
        told = {"presided_by": city.heads[unit], **more}
        done: ReceptionDay = reception.hold(day, **told, by=city.actor(unit))
    return done


def turn(city: City, on: dt.date, unit: str = "phuong-1", **more: Any) -> Turn:
    told = {
        "kind": "kien_nghi_phan_anh", "name": "Huỳnh Văn Sơn", "address": "Khu phố 3",
        "content": "Đề nghị sửa cống thoát nước hẻm 12.", **more,
    }  # fmt: skip
    made: Turn = reception_book.write(city.units[unit], on=on, **told, by=city.actor(unit))
    return made


def addresses(city: City) -> dict[str, dict[str, Any]]:
    """What the addresses of reception point at, for the promises."""
    day = held(city, dt.date(2023, 10, 12))
    with clock.set_to(dt.date(2023, 10, 13)):
        line = turn(city, dt.date(2023, 10, 12), day=day)
        reception.conclude(day, text="Sửa cống trong tháng 11.", by=city.actor("phuong-1"))
        promise = reception.promise(
            day, text="Sửa cống hẻm 12", unit=city.units["phuong-1"], by=city.actor("phuong-1")
        )
        coming = planned(city, dt.date(2023, 10, 19))[0]
        apart = reception.plan(
            city.units["phuong-1"], days=[dt.date(2023, 10, 26)], hours="8 giờ", place="Trụ sở",
            room="Phòng họp trực tuyến", by=city.actor("phuong-1"),
        )[0]  # fmt: skip
    one, unit = {"pk": day.pk}, {"key": "phuong-1"}
    return {
        **{f"reception:{n}": one for n in (
            "day", "conclude", "draft", "issue", "promise")},
        **{f"reception:{n}": {"pk": coming.pk} for n in ("hold", "cancel")},
        **{f"reception:{n}": {"pk": apart.pk} for n in (
            "means", "online_step", "online_draft", "online_issue", "recording")},
        **{f"reception:{n}": unit for n in (
            "calendar", "plan", "post", "unscheduled", "book", "book_print", "book_workbook",
            "write")},
        **{f"reception:{n}": {"pk": line.pk} for n in ("turn", "link", "make_petition")},
        "reception:by_number": {"unit": city.units["phuong-1"].pk},
        "reception:give": {"pk": promise.pk},
    }  # fmt: skip
