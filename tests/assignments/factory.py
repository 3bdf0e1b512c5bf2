"""A published programme for tests, built from models: publishing has its own tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace

from danvan.assignments.actions.opening import open_for_programme
from danvan.assignments.models import Assignment
from danvan.documents.models import Document, Provision
from danvan.kernel import clock
from danvan.organisations.models import Unit, UnitKind, UnitVersion
from danvan.programmes.models import Programme, Task, TaskParty
from tests.city import FROM, City
from vanban.text import search_key, sort_key

PLAN_DAY = dt.date(2023, 3, 27)
PLAN_DUE = dt.date(2023, 4, 4)
REPORT_DUE = dt.date(2023, 10, 16)
EVERYONE = ("noi-vu", "tu-phap", "thanh-tra", "van-phong", "van-hoa", "phuong-1", "phuong-2",
            "xa-tan-binh")  # fmt: skip

# key: (clause, text, deliverable, due, wording, as written, parties)
TASKS = {
    "plan": ("IV.1", "Xây dựng kế hoạch và gửi về UBND thành phố", "plan", PLAN_DUE, "by",
             "chậm nhất ngày 04/4/2023", [("all", EVERYONE)]),
    "report": ("IV.1", "Báo cáo kết quả thực hiện công tác dân vận", "report", REPORT_DUE, "by",
               "chậm nhất ngày 16/10/2023", [("all", EVERYONE)]),
    "dossier": ("IV.1", "Tự đánh giá, chấm điểm, gửi hồ sơ", "scoring_dossier", REPORT_DUE,
                "before", "trước ngày 16/10/2023", [("all", EVERYONE)]),
    "law": ("IV.2.b", "Triển khai, tuyên truyền, phổ biến giáo dục pháp luật", "none", None, "",
            "", [("lead", ("tu-phap",)), ("coordinate", ("phuong-1", "phuong-2"))]),
}  # fmt: skip


def programme(city: City, year: int = 2023) -> Programme:
    """The plan of ``year`` with its four tasks, published but not opened."""
    shift = year - 2023
    plan = Document.objects.create(
        origin="received", type="Kế hoạch", code=f"{49 + shift}/KH-UBND", issuer=city.body,
        subject="Thực hiện công tác dân vận chính quyền", issued_on=_moved(PLAN_DAY, year),
    )  # fmt: skip
    made = Programme.objects.create(
        body=city.body, year=year, title=f"Công tác dân vận chính quyền năm {year}", plan=plan,
        published_at=clock.now(),
    )  # fmt: skip
    for order, key in enumerate(TASKS):
        _task(city, made, key, order)
    return made


def opened(city: City, year: int = 2023) -> Programme:
    """The same with its assignments."""
    made = programme(city, year)
    open_for_programme(SimpleNamespace(programme=made.pk))
    return made


def task(programme: Programme, key: str) -> Task:
    return programme.tasks.get(order=list(TASKS).index(key))


def of(programme: Programme, city: City, unit: str, key: str = "plan") -> Assignment:
    """One unit's assignment for one of the tasks."""
    return Assignment.objects.get(unit=city.units[unit], task=task(programme, key))


def more_units(city: City, programme: Programme, count: int) -> None:
    """Adds wards to the city, each owing everything the others owe."""
    for n in range(count):
        key, name = f"phuong-them-{Unit.objects.count()}", f"UBND Phường thêm {n}"
        unit = city.units[key] = Unit.objects.create(key=key)
        UnitVersion.objects.create(
            unit=unit, name=name, short_name=name, kind=UnitKind.WARD, parent=city.body,
            valid_from=FROM, sort_key=sort_key(name), search_key=search_key(name),
        )  # fmt: skip
        for party in TaskParty.objects.filter(task__programme=programme, role="all"):
            party.units.add(unit)
    open_for_programme(SimpleNamespace(programme=programme.pk))


def _moved(day: dt.date | None, year: int) -> dt.date | None:
    return day.replace(year=year) if day else None


def _task(city: City, programme: Programme, key: str, order: int) -> None:
    path, text, deliverable, due, wording, written, parties = TASKS[key]
    provision = Provision.objects.create(
        document=programme.plan, order=order, marker="-", path=path, depth=2, text=text,
        start=0, end=len(text),
    )  # fmt: skip
    made = Task.objects.create(
        programme=programme, provision=provision, order=order, text=text,
        deliverable=deliverable, due_on=_moved(due, programme.year), due_wording=wording,
        due_text=written,
    )  # fmt: skip
    for role, units in parties:
        party = TaskParty.objects.create(task=made, role=role, written=role)
        party.units.set(city.units[u] for u in units)


@dataclass(frozen=True)
class Due:
    """As vanban.due_rules gives them."""

    on: dt.date
    period_start: dt.date
    period_end: dt.date
    label: str


def quarters(rule: dict, since: dt.date, until: dt.date) -> tuple[Due, ...]:
    """Every quarter's report by the 20th of its last month: the quarters due after ``since``."""
    ends = [(1, 31, 3, "I"), (4, 30, 6, "II"), (7, 30, 9, "III"), (10, 31, 12, "IV")]
    found = []
    for first, last_day, last, name in ends:
        on = dt.date(since.year, last, rule.get("day", 20))
        if on >= since:
            start, end = dt.date(since.year, first, 1), dt.date(since.year, last, last_day)
            found.append(Due(on, start, end, f"quý {name}/{on.year}"))
    return tuple(found)


def recurring(city: City, programme: Programme, units=EVERYONE) -> Task:
    """A report each quarter, asked of some units; not opened yet."""
    text = "Định kỳ hằng quý báo cáo kết quả thực hiện quy chế dân chủ ở cơ sở"
    provision = programme.tasks.first().provision
    made = Task.objects.create(
        programme=programme, provision=provision, order=programme.tasks.count(), text=text,
        deliverable="report", due_rule={"kind": "quarterly", "day": 20},
        due_text="trước ngày 20 tháng cuối quý",
    )  # fmt: skip
    party = TaskParty.objects.create(task=made, role="all", written="các đơn vị")
    party.units.set(city.units[u] for u in units)
    return made


def open_again(programme: Programme) -> None:
    open_for_programme(SimpleNamespace(programme=programme.pk))
