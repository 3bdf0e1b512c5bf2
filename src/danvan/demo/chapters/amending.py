"""August 2023: the Law on grassroots democracy is in force since 01/7/2023, so the plan is amended.

What changes is invented; the Law and its day are not: Luật số 10/2022/QH15 took the place of Pháp
lệnh số 34/2007/PL-UBTVQH11.
"""

from __future__ import annotations

import datetime as dt

from danvan.demo import city
from danvan.demo.agenda import Agenda, at
from danvan.documents.actions import issuing
from danvan.organisations.models import Unit
from danvan.programmes import amending
from danvan.programmes.actions import amendments
from danvan.programmes.models import Amendment, Programme

PREPARED, SIGNED, IN_FORCE = (dt.date(2023, 8, day) for day in (10, 15, 21))
# The last number given on paper before the system numbers plans (invented).
LAST_PLAN = 127
SUBJECT = (
    "Sửa đổi, bổ sung Kế hoạch số 49/KH-UBND để thực hiện Luật Thực hiện dân chủ ở cơ sở "
    "(văn bản minh họa)"
)
WARDS = "III.4"
LED_BY = "IV.2.b"
GOAL = "xã, phường triển khai thực hiện đầy đủ, đúng quy trình Luật Thực hiện dân chủ ở cơ sở"
MODELS = "mô hình “Dân vận khéo” được công nhận trong năm 2023"
TASK = (
    "rà soát quy chế, quy ước, văn bản của thành phố viện dẫn Pháp lệnh số 34/2007/PL-UBTVQH11, "
    "đề xuất sửa đổi, thay thế, hoàn thành trước ngày 30/11/2023"
)


def plan(agenda: Agenda) -> None:
    agenda.at(at(PREPARED, 8, 10), continue_numbers)
    agenda.at(at(PREPARED, 9), prepare)
    agenda.at(at(SIGNED, 10, 30), sign)


def continue_numbers() -> None:
    issuing.continue_from(
        city.body(), series="KH", year=2023, last=LAST_PLAN, by=city.actor("van-phong.truong")
    )


def prepare() -> None:
    """One target's wording, one target more, one task more."""
    programme, by = Programme.objects.get(year=2023), city.actor("noi-vu")
    made = amendments.begin(programme, title=SUBJECT, in_force_from=IN_FORCE, by=by)
    wards = programme.targets.get(provision__path=WARDS)
    amendments.change(
        made, target=wards, after={**amending.of_target(wards), "subject": GOAL},
        note="Luật thay Pháp lệnh số 34/2007/PL-UBTVQH11 từ 01/7/2023", by=by,
    )  # fmt: skip
    new = {"subject": MODELS, "comparator": ">=", "value": "3.00", "unit": "mô hình",
           "provision": programme.plan.provisions.get(path="III").pk}  # fmt: skip
    amendments.change(made, after=new, by=by)
    amendments.change(made, after=task_of(programme), by=by)


def task_of(programme: Programme) -> amending.Json:
    return {
        "text": TASK, "due_on": "2023-11-30", "due_text": "trước ngày 30/11/2023",
        "due_wording": "before", "due_rule": None, "deliverable": "none",
        "provision": programme.plan.provisions.get(path=LED_BY).pk,
        "parties": [{"role": "lead", "written": "Phòng Tư pháp",
                     "units": [Unit.objects.get(key="tu-phap").pk]}],
    }  # fmt: skip


def sign() -> None:
    amendments.sign(Amendment.objects.get(), by=city.actor("pho-chu-tich"))
