"""A small city for tests: real models, made-up people, 2023 names.

Personas: every unit has a head and a focal officer; ``city.people["phuong-1"]`` is the
focal officer of Phường 1, ``city.heads["phuong-1"]`` its head.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password

from danvan.accounts.models import User
from danvan.kernel.access import Actor
from danvan.organisations import queries, roles
from danvan.organisations.models import (
    Appointment,
    Person,
    Post,
    RoleHolding,
    Unit,
    UnitKind,
    UnitVersion,
)
from vanban.text import search_key, sort_key

FROM = dt.date(2013, 1, 1)
PASSWORD = "mat-khau-thu-nghiem"

UNITS = [
    ("thanh-pho", "UBND thành phố Tây Ninh", UnitKind.COMMITTEE, None),
    ("noi-vu", "Phòng Nội vụ", UnitKind.DEPARTMENT, "thanh-pho"),
    ("tu-phap", "Phòng Tư pháp", UnitKind.DEPARTMENT, "thanh-pho"),
    ("thanh-tra", "Thanh tra thành phố", UnitKind.DEPARTMENT, "thanh-pho"),
    ("van-phong", "Văn phòng HĐND và UBND thành phố", UnitKind.DEPARTMENT, "thanh-pho"),
    ("van-hoa", "Trung tâm Văn hóa, Thể thao và Truyền thanh thành phố", UnitKind.SERVICE,
     "thanh-pho"),
    ("cong-an", "Công an thành phố Tây Ninh", UnitKind.FORCE, None),
    ("quan-su", "Ban Chỉ huy Quân sự thành phố Tây Ninh", UnitKind.FORCE, None),
    ("mat-tran", "Ủy ban MTTQ Việt Nam thành phố Tây Ninh", UnitKind.FRONT, None),
    ("phuong-1", "UBND Phường 1", UnitKind.WARD, "thanh-pho"),
    ("phuong-2", "UBND Phường 2", UnitKind.WARD, "thanh-pho"),
    ("xa-tan-binh", "UBND Xã Tân Bình", UnitKind.COMMUNE, "thanh-pho"),
]  # fmt: skip
ROLES = [
    (roles.PROGRAMME_OFFICE, "noi-vu"),
    (roles.INSPECTORATE, "thanh-tra"),
    (roles.ADMINISTRATION_OFFICE, "van-phong"),
    (roles.OBSERVER, "mat-tran"),
]


@dataclass
class City:
    units: dict[str, Unit] = field(default_factory=dict)
    heads: dict[str, Person] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    deputy: Person | None = None

    @property
    def body(self) -> Unit:
        return self.units["thanh-pho"]

    def actor(self, who: str | Person, on: dt.date | None = None) -> Actor:
        """The focal officer of a unit (by key), or any person, as an actor of that day."""
        person = self.people[who] if isinstance(who, str) else who
        return queries.actor_for(person.user, on)


def person(name: str, username: str) -> Person:
    user = User.objects.create_user(username, password=PASSWORD)
    return Person.objects.create(user=user, name=name, sort_key=sort_key(name))


def build() -> City:
    city = City()
    city.units = _bulk(Unit, {key: Unit(key=key) for key, *_rest in UNITS})
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=city.units[key], name=name, short_name=name.removeprefix("UBND "), kind=kind,
            parent=city.units.get(parent or ""), valid_from=FROM,
            sort_key=sort_key(name), search_key=search_key(name),
        )
        for key, name, kind, parent in UNITS
    )  # fmt: skip
    city.heads, city.people = _people(city.units)
    Appointment.objects.bulk_create(
        Appointment(
            unit=city.units[key], person=city.people[key], duty="officer", basis="Quyết định thử",
            valid_from=FROM,
        )
        for key in city.units
    )  # fmt: skip
    city.deputy = person("Lê Thị Mai", "pho-chu-tich")
    Post.objects.create(
        person=city.deputy, unit=city.body, title="Phó Chủ tịch", rank="deputy", valid_from=FROM
    )
    for role, holder in ROLES:
        RoleHolding.objects.create(
            role=role, body=city.body, holder=city.units[holder], valid_from=FROM
        )
    return city


def _bulk(model: Any, held: dict[str, Any]) -> dict[str, Any]:
    """The rows, written in one statement; every one has its key afterwards."""
    model.objects.bulk_create(held.values())
    return held


def _people(units: dict[str, Unit]) -> tuple[dict[str, Person], dict[str, Person]]:
    """Head and focal officer of each unit, with users who sign in."""
    names = {key: name for key, name, *_rest in UNITS}
    asked = [(f"{key}.truong", f"Trưởng {names[key]}") for key in units]
    asked += [(key, f"Chuyên viên {names[key]}") for key in units]
    password = make_password(PASSWORD)  # the same for all: it is made once
    users = _bulk(User, {login: User(username=login, password=password) for login, _n in asked})
    people = _bulk(
        Person,
        {
            login: Person(user=users[login], name=name, sort_key=sort_key(name))
            for login, name in asked
        },
    )
    heads = {key: people[f"{key}.truong"] for key in units}
    officers = {key: people[key] for key in units}
    Post.objects.bulk_create(
        Post(person=holder, unit=units[key], title=title, rank=rank, valid_from=FROM)
        for held, title, rank in (
            (heads, "Người đứng đầu", "head"), (officers, "Chuyên viên", "officer"),
        )
        for key, holder in held.items()
    )  # fmt: skip
    return heads, officers
