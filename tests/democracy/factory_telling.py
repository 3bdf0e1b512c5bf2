"""Disclosures, consultations and ballots over the small city, by the verbs themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.democracy import drafts
from danvan.democracy.actions import ballots, disclosure, draft_opinions, matters
from danvan.democracy.actions import consultation as consultations
from danvan.democracy.models import (
    Ballot,
    Consultation,
    Disclosure,
    DisclosureItem,
    DisclosurePlan,
    Matter,
)
from danvan.kernel import clock
from tests.city import City


def enacted(city: City) -> City:
    """The catalogue in use."""
    matters.enact(city.body, rows=matters.shipped(), by=city.actor("noi-vu"))
    return city


def plan(city: City, unit: str = "phuong-1", year: int = 2023) -> DisclosurePlan:
    made: DisclosurePlan = disclosure.make_plan(city.units[unit], year=year, by=city.actor(unit))
    return made


def item(plan: DisclosurePlan, code: str = "XA-CK-02") -> DisclosureItem:
    return plan.items.get(matter__code=code)


def registered(city: City, held: DisclosureItem, decided_on: dt.date, **more: Any) -> Disclosure:
    unit = held.plan.unit.key
    made: Disclosure = disclosure.register(
        held, title="Quyết toán ngân sách 2022", decided_on=decided_on, by=city.actor(unit), **more
    )
    return made


DRAFT = """ỦY BAN NHÂN DÂN
PHƯỜNG 1
Số:    /PA-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Phường 1, ngày   tháng 8 năm 2023

PHƯƠNG ÁN
Chỉnh trang hẻm 12

I. MỤC ĐÍCH
Nâng cấp hẻm 12 dài 300 m.
II. NỘI DUNG
1. Mở rộng mặt đường lên 4 m.
a) Vận động hiến đất.
b) Đóng góp 500.000 đồng/hộ.
2. Thời gian thi công trong quý IV.
""".encode()


def consultation(city: City, unit: str = "phuong-1", **more: Any) -> Consultation:
    """Put to the people for the law's twenty days from today, the Front asked by name."""
    today = clock.today()
    words: dict[str, Any] = {
        "title": "Phương án chỉnh trang hẻm 12", "purpose": "Ảnh hưởng trực tiếp đến hộ dân.",
        "pieces": drafts.of_file(DRAFT, "phuong-an.txt"), "opens_on": today,
        "closes_on": today + dt.timedelta(days=20), "public": True,
        "matter": Matter.objects.get(code="XA-YK-03", valid_from=dt.date(2023, 7, 1)),
        "asked_words": "Ủy ban MTTQ Việt Nam thành phố Tây Ninh; Phòng Tư pháp",
    }  # fmt: skip
    by = city.actor(unit)
    made = consultations.prepare(city.units[unit], **words | more, by=by)
    opened: Consultation = consultations.open_(made, by=by)
    return opened


def ballot(city: City, code: str = "XA-QD-01", scope: str = "village", **more: Any) -> Ballot:
    """A vote of the 200 households of a quarter, two days' notice given, held today."""
    today = clock.today()
    words: dict[str, Any] = {
        "matter": Matter.objects.get(code=code, scope=scope, valid_from=dt.date(2023, 7, 1)),
        "title": "Đóng góp nâng cấp hẻm 12", "area": "Khu phố 3", "form": "ballot",
        "held_on": today, "announced_on": today - dt.timedelta(days=2), "team_size": 5,
        "base_count": 200, "base_source": "Sổ quản lý hộ khu phố 3",
        "questions": [ballots.Asked("Đóng góp 500.000 đồng mỗi hộ")],
    }  # fmt: skip
    made: Ballot = ballots.prepare(
        city.units["phuong-1"], **words | more, by=city.actor("phuong-1")
    )
    return made


def counted(city: City, held: Ballot, yes: int, no: int = 0, **more: int) -> Ballot:
    """``yes`` for the first option, ``no`` for the second; everything issued came back valid."""
    first, second = list(held.questions.get().options.all())[:2]
    figures = {"issued": 200, "returned": yes + no, "valid": yes + no} | more
    done: Ballot = ballots.count(
        held, counted=ballots.Count(**figures, votes={first.pk: yes, second.pk: no}),
        by=city.actor("phuong-1"),
    )  # fmt: skip
    return done


def addresses(city: City) -> dict[str, dict[str, Any]]:
    """The arguments of each address of disclosure, consultation and ballots, by route name."""
    with clock.set_to(dt.date(2023, 10, 2)):
        enacted(city)
        held = plan(city)
        paper = SimpleUploadedFile("quyet-toan.pdf", b"%PDF-1.4 quyet toan")
        told = registered(city, item(held), dt.date(2023, 9, 29), file=paper)
        posting = disclosure.post(
            told, form="posting", place="Trụ sở", posted_from=dt.date(2023, 10, 2),
            proof=SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff anh"), by=city.actor("phuong-1"),
        )  # fmt: skip
        asked = consultation(city, file=SimpleUploadedFile("phuong-an.txt", DRAFT))
        said = draft_opinions.speak(
            asked, unit=city.units["mat-tran"], text="Miễn cho hộ nghèo.",
            sent=[SimpleUploadedFile("y-kien.pdf", b"%PDF-1.4 y kien")],
            by=city.actor("mat-tran"),
        )  # fmt: skip
        vote = counted(city, ballot(city), yes=150)
    quarter = {"pk": held.pk, "quarter": 4}
    return {
        "democracy:disclosure_plan": {"pk": held.pk},
        **{f"democracy:disclosure_{n}": quarter for n in ("quarter", "quarter_workbook")},
        "democracy:disclosure_item": {"pk": told.item_id},
        **{f"democracy:{n}": {"pk": told.pk} for n in ("disclosure", "disclosure_file")},
        **{f"democracy:{n}": {"pk": posting.pk} for n in ("posting", "posting_proof")},
        **{f"democracy:{n}": {"pk": asked.pk} for n in (
            "consultation", "draft_file", "opinions_workbook", "opinions_paper")},
        "democracy:draft_opinion": {"pk": said.pk},
        "democracy:draft_opinion_file": {"pk": said.files.get().pk},
        **{f"democracy:{n}": {"pk": vote.pk} for n in ("ballot", "ballot_minutes")},
    }  # fmt: skip
