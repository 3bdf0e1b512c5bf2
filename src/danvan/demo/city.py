"""The city: its bodies, the people in them and the offices that hold roles.

Bodies, successions, the calendar and the register come from the tables of their contexts,
through the verbs an administrator would use. People have no verb: they are written here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from danvan.accounts.models import User
from danvan.demo import names
from danvan.documents.actions import register
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import naming, queries, roles
from danvan.organisations.actions import calendar_days, units
from danvan.organisations.models import Person, Post, RoleHolding, Unit, UnitKind, UnitVersion
from danvan.organisations.models.units import BLOCK_OF_KIND

PASSWORD = "dan-van-2023"
SINCE = dt.date(2021, 7, 1)
BODY = "thanh-pho"
# What each office holds for UBND thành phố, and where the plan gives it that work.
HOLDERS = (
    (roles.PROGRAMME_OFFICE, "noi-vu", "Kế hoạch 49/KH-UBND, mục IV.2.a"),
    (roles.INSPECTORATE, "thanh-tra", "Kế hoạch 49/KH-UBND, mục IV.2.c"),
    (roles.ADMINISTRATION_OFFICE, "van-phong", "Kế hoạch 49/KH-UBND, mục IV.2.d"),
    (roles.OBSERVER, "ban-dan-van", "Chương trình phối hợp 16-CTr/BDVTU-UBND"),
    (roles.OBSERVER, "mat-tran", "Kế hoạch 49/KH-UBND, mục II.5"),
)


@dataclass(frozen=True, slots=True)
class Titles:
    """What people of a kind of body are called: head, deputy, officers in turn."""

    head: str
    deputy: str
    officers: tuple[str, ...]


OF_KIND = {
    UnitKind.DEPARTMENT: Titles("Trưởng phòng", "Phó Trưởng phòng", ("Chuyên viên",)),
    UnitKind.SERVICE: Titles("Giám đốc", "Phó Giám đốc", ("Viên chức",)),
    UnitKind.WARD: Titles(
        "Chủ tịch UBND phường",
        "Phó Chủ tịch UBND phường",
        ("Công chức Văn phòng - Thống kê", "Công chức Văn hóa - Xã hội",
         "Công chức Tư pháp - Hộ tịch", "Công chức Địa chính - Xây dựng"),
    ),
    UnitKind.FORCE: Titles("Trưởng Công an thành phố", "Phó Trưởng Công an", ("Cán bộ",)),
}  # fmt: skip
OF_KIND[UnitKind.COMMUNE] = Titles(
    "Chủ tịch UBND xã", "Phó Chủ tịch UBND xã", OF_KIND[UnitKind.WARD].officers
)
OF_UNIT = {
    "thanh-tra": Titles("Chánh Thanh tra", "Phó Chánh Thanh tra", ("Thanh tra viên",)),
    "van-phong": Titles("Chánh Văn phòng", "Phó Chánh Văn phòng", ("Chuyên viên",)),
    "quan-su": Titles("Chỉ huy trưởng", "Phó Chỉ huy trưởng", ("Trợ lý dân vận",)),
    "ban-dan-van": Titles("Trưởng Ban Dân vận", "Phó Trưởng Ban", ("Chuyên viên",)),
    "mat-tran": Titles("Chủ tịch UBMTTQ", "Phó Chủ tịch UBMTTQ", ("Chuyên viên",)),
}
# Offices whose whole staff signs in, because they verify; elsewhere the focal officer and a head.
BUSY = frozenset({"noi-vu", "thanh-tra", "van-phong"})


def build() -> None:
    """Everything that stands before the year begins."""
    forget_actors()
    # Every account has the password of the demonstration: hashed once, which takes a second.
    password = make_password(PASSWORD)
    by = queries.actor_for(_administrator(password))
    _whole(units.load("tay-ninh-2023.csv", by=by))
    _people(password)
    _roles()
    # After the people, so that posts and roles of the bodies that end in 2025 end with them.
    _whole(units.load("tay-ninh-2025.csv", by=by))
    calendar_days.load(body(), by=by)
    register.load_instruments(by=by)


def body() -> Unit:
    """UBND thành phố."""
    return Unit.objects.get(key=BODY)


_known: dict[tuple[str, dt.date], Actor] = {}


def actor(username: str) -> Actor:
    """An account as an actor of the day the clock shows; looked up once a day."""
    key = (username, clock.today())
    if key not in _known:
        _known[key] = queries.actor_for(User.objects.get(username=username))
    return _known[key]


def forget_actors() -> None:
    """Somebody was named or a role changed hands: who may do what is looked up again."""
    _known.clear()


def title_of(unit: str, kind: str) -> Titles | None:
    return OF_UNIT.get(unit) or OF_KIND.get(UnitKind(kind))


def _administrator(password: str) -> User:
    user = User.objects.create(
        username="quan-tri", is_superuser=True, is_staff=True, password=password
    )
    # A person without a post: sees the organisation, belongs to no unit.
    Person.objects.create(user=user, name="Quản trị hệ thống", sort_key=key_of("Quản trị hệ thống"))
    return user


def key_of(name: str) -> bytes:
    """What people are sorted by."""
    key: bytes = naming.keys(name)["sort_key"]
    return key


def _whole(report: units.Report) -> None:
    if report.errors:
        raise RuntimeError(f"danh mục tổ chức có dòng sai: {report.errors}")


@dataclass(frozen=True, slots=True)
class Place:
    """One post to fill. ``username`` "" for somebody who never signs in."""

    unit: int
    title: str
    rank: str
    username: str = ""


def _people(password: str) -> None:
    """Names and accounts for every place, in a fixed order."""
    places = _places()
    called = [names.name(number) for number in range(len(places))]
    users = User.objects.bulk_create(
        User(username=place.username, password=password) for place in places if place.username
    )
    accounts = {user.username: user for user in users}
    people = Person.objects.bulk_create(
        Person(user=accounts.get(place.username), name=name, sort_key=key_of(name))
        for place, name in zip(places, called, strict=True)
    )
    Post.objects.bulk_create(
        Post(
            person=person, unit_id=place.unit, title=place.title, rank=place.rank, valid_from=SINCE
        )
        for place, person in zip(places, people, strict=True)
    )


def _places() -> list[Place]:
    found = [
        Place(body().pk, "Chủ tịch UBND thành phố", "head", "chu-tich"),
        Place(body().pk, "Phó Chủ tịch UBND thành phố", "deputy", "pho-chu-tich"),
        Place(body().pk, "Phó Chủ tịch UBND thành phố", "deputy", "pho-chu-tich-2"),
    ]
    for version in queries.versions_on(SINCE).order_by("unit"):
        titles = title_of(version.unit.key, version.kind)
        if titles:
            found += _places_in(version, titles)
    return found


def _places_in(version: UnitVersion, titles: Titles) -> list[Place]:
    key, unit = version.unit.key, version.unit_id
    ranked = version.kind in BLOCK_OF_KIND
    found = [Place(unit, titles.head, "head", f"{key}.truong")]
    if ranked:
        found.append(Place(unit, titles.deputy, "deputy", f"{key}.pho" if key in BUSY else ""))
    found.append(Place(unit, titles.officers[0], "officer", key))
    # Two to four officers in a ranked unit, more in the offices that verify.
    others = (4 if key in BUSY else 1 + sum(map(ord, key)) % 3) if ranked else 0
    for number in range(1, others + 1):
        title = titles.officers[number % len(titles.officers)]
        known = key in BUSY or number == 1
        found.append(Place(unit, title, "officer", f"{key}.{number + 1}" if known else ""))
    return found


def _roles() -> None:
    held = {unit.key: unit for unit in Unit.objects.filter(key__in=[h[1] for h in HOLDERS])}
    RoleHolding.objects.bulk_create(
        RoleHolding(role=role, body=body(), holder=held[key], basis=basis, valid_from=SINCE)
        for role, key, basis in HOLDERS
    )
