"""Row 67: merge, split, rename, move and abolish, with the resolution; history stays true."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from danvan.kernel import audit, events
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Announcement
from danvan.organisations import queries, roles
from danvan.organisations.actions import reorganisations as acts
from danvan.organisations.actions import units
from danvan.organisations.models import Post, Reorganisation, Succession, Unit, UnitCode
from danvan.organisations.reorganising import consequences
from danvan.organisations.reorganising.plan import Beginning, Change, Plan, Take, new_key

pytestmark = pytest.mark.django_db
DAY, LAST = dt.date(2025, 7, 1), dt.date(2025, 6, 30)
MERGED = ("phuong-1", "phuong-2", "phuong-3", "phuong-4", "phuong-hiep-ninh")
TAN_NINH = Beginning("phuong-tan-ninh", "UBND phường Tân Ninh", "ubnd_phuong", "tinh-tay-ninh",
                     "25459")  # fmt: skip


def drafted(plan: Plan, form: str = "merge", day: dt.date = DAY, by=SYSTEM) -> Reorganisation:
    return acts.draft(
        form, plan, effective_on=day, code="NQ 1682/NQ-UBTVQH15", signed_on=dt.date(2025, 6, 16),
        subject="Sắp xếp đơn vị hành chính cấp xã của tỉnh Tây Ninh năm 2025", by=by,
    )  # fmt: skip


def merger(*old: str, into: Beginning = TAN_NINH) -> Plan:
    return Plan((into,), tuple(Take(key, into.key) for key in old), (), old)


@pytest.fixture
def tay_ninh(on_day) -> None:
    on_day(2025, 6, 20)
    units.load("tay-ninh-2023.csv", by=SYSTEM)


def test_row_67_the_walk_of_2025(tay_ninh, on_day) -> None:
    """Wards merge, the new ward bears a code that was another's, the city's bodies end."""
    before = queries.names_on(LAST)
    first = acts.enact(drafted(merger(*MERGED)), by=SYSTEM)
    binh_minh = Beginning("phuong-binh-minh", "UBND phường Bình Minh", "ubnd_phuong",
                          "tinh-tay-ninh", "25480")  # fmt: skip
    others = ("phuong-ninh-son", "xa-binh-minh", "xa-tan-binh", "xa-thanh-tan")
    acts.enact(drafted(merger(*others, into=binh_minh)), by=SYSTEM)
    city = ("thanh-pho", "noi-vu", "tu-phap")
    acts.enact(drafted(Plan(ends=city), "abolish"), by=SYSTEM)
    assert first.state == "enacted"
    assert queries.names_on(LAST) == before
    names = queries.names_on(DAY)
    keys = {u.key: u.pk for u in Unit.objects.all()}
    assert names[keys["phuong-tan-ninh"]] == "UBND phường Tân Ninh"
    assert not {keys[k] for k in (*MERGED, *others, *city)} & set(names)
    codes = UnitCode.objects.filter(code="25480").order_by("valid_from")
    assert [(c.unit.key, c.valid_to) for c in codes] == [
        ("phuong-ninh-son", LAST), ("phuong-binh-minh", None),
    ]  # fmt: skip
    assert Succession.objects.filter(on=DAY).count() == 9
    on_day(2025, 7, 1)
    assert acts.take_effect_on(DAY) == 3
    assert acts.take_effect_on(DAY) == 0
    assert Announcement.objects.filter(name="UnitsReorganised").count() == 3
    assert {u.key for u in first.heirs().values()} == {"phuong-tan-ninh"}
    assert len(first.heirs()) == 5
    assert not list(audit.breaks())


def test_row_67_people_and_roles_by_the_stated_rule(city, on_day) -> None:
    on_day(2025, 6, 20)
    new = Beginning("so-noi-vu", "Sở Nội vụ", "phong_chuyen_mon", "thanh-pho")
    plan = merger("noi-vu", "tu-phap", into=new)
    told = consequences.of(plan, DAY)
    fate = next(f for f in told.ends if f.key == "noi-vu")
    said = {t.about: (t.what, t.says) for t in fate.told}
    assert said["Trưởng Phòng Nội vụ, Người đứng đầu"][0] == "ends"
    assert said["Chuyên viên Phòng Nội vụ, Chuyên viên"] == ("passes", "Sở Nội vụ")
    assert said["Cơ quan thường trực chương trình"] == ("passes", "Sở Nội vụ")
    assert said["công chức đầu mối: Chuyên viên Phòng Nội vụ"][0] == "ends"
    assert said["nhiệm vụ đang mở"] == ("passes", "Sở Nội vụ")
    acts.enact(drafted(plan), by=SYSTEM)
    unit = Unit.objects.get(key="so-noi-vu")
    assert queries.holder_of(roles.PROGRAMME_OFFICE, city.body, DAY) == unit
    assert queries.holder_of(roles.PROGRAMME_OFFICE, city.body, LAST) == city.units["noi-vu"]
    assert Post.objects.filter(unit=unit).count() == 2
    assert city.actor("noi-vu", DAY).has(roles.PROGRAMME_OFFICE, city.body.pk)
    assert not city.actor(city.heads["noi-vu"], DAY).holds


def test_row_67_a_split_is_many_to_many_with_one_principal(city, on_day) -> None:
    on_day(2025, 6, 20)
    plan = Plan(
        (Beginning("p-a", "UBND phường A", "ubnd_phuong", "thanh-pho"),),
        (Take("phuong-1", "p-a", True, True), Take("phuong-1", "phuong-2", True, False),
         Take("xa-tan-binh", "p-a", False)),
        (), ("phuong-1",),
    )  # fmt: skip
    it = acts.enact(drafted(plan, "split"), by=SYSTEM)
    heirs = it.heirs()
    assert {k: u.key for k, u in heirs.items()} == {city.units["phuong-1"].pk: "p-a"}
    assert queries.exists_on(city.units["xa-tan-binh"], DAY), "given up in part, it lives on"


def test_row_67_renamed_and_moved_the_unit_stays_itself(city, on_day) -> None:
    on_day(2025, 6, 20)
    plan = Plan(changes=(
        Change("xa-tan-binh", "UBND Phường Tân Bình", "ubnd_phuong", "thanh-pho"),
        Change("phuong-1", "UBND Phường 1", "ubnd_phuong", ""),
    ))  # fmt: skip
    acts.enact(drafted(plan, "rename"), by=SYSTEM)
    unit = city.units["xa-tan-binh"]
    assert queries.name_on(unit, LAST) == "UBND Xã Tân Bình"
    assert queries.name_on(unit, DAY) == "UBND Phường Tân Bình"
    assert queries.latest_name(unit.pk) == str(unit) == "UBND Phường Tân Bình"
    assert queries.latest_name(0) == ""
    assert city.units["phuong-1"].pk not in dict(queries.ranked_units(city.body, DAY))
    assert city.actor("xa-tan-binh", DAY).has(roles.MEMBER, unit.pk)


def test_row_67_a_body_that_ends_leaves_its_units_to_be_decided(city, on_day) -> None:
    on_day(2025, 6, 20)
    told = consequences.of(Plan(ends=("thanh-pho",)), DAY)
    assert "UBND Phường 1" in told.orphans
    assert told.decisions > 8


def test_row_67_before_the_day_it_is_taken_back_whole(city, on_day) -> None:
    on_day(2025, 6, 20)
    before = queries.names_on(DAY), set(Post.objects.values_list("pk", "valid_to"))
    it = acts.enact(drafted(merger("phuong-1", "phuong-2", into=Beginning(
        "p-a", "UBND phường A", "ubnd_phuong", "thanh-pho", "1"))), by=SYSTEM)  # fmt: skip
    with pytest.raises(Refused, match="Chỉ quản trị"):
        acts.withdraw(it, reason="nhầm", by=city.actor("noi-vu"))
    acts.withdraw(it, reason="ghi nhầm ngày", by=SYSTEM)
    assert before == (queries.names_on(DAY), set(Post.objects.values_list("pk", "valid_to")))
    assert not Succession.objects.exists()
    assert audit.of(it).first().reason == "ghi nhầm ngày"
    with pytest.raises(Refused, match="đã được rút"):
        acts.enact(it, by=SYSTEM)


def test_row_67_after_the_day_it_is_corrected_instead(city, on_day) -> None:
    on_day(2025, 7, 2)
    plan = merger("phuong-1", into=Beginning("p-a", "UBND phường A", "ubnd_phuong", "thanh-pho"))
    it = acts.enact(drafted(plan), by=SYSTEM)
    assert it.state == "in_force"
    with pytest.raises(Refused, match="lập đợt điều chỉnh"):
        acts.withdraw(it, reason="nhầm", by=SYSTEM)
    with pytest.raises(Refused, match="đã được ghi rồi"):
        acts.enact(it, by=SYSTEM)


def test_row_67_it_takes_effect_on_its_day_and_not_before(city, on_day) -> None:
    on_day(2025, 6, 20)
    it = acts.enact(drafted(Plan(ends=("phuong-1",)), "abolish"), by=SYSTEM)
    with pytest.raises(Refused, match="Chưa đến ngày"):
        acts.take_effect(it, by=SYSTEM)
    assert acts.take_effect_on(dt.date(2025, 6, 20)) == 0
    assert it.heirs() == {}


def test_row_67_enacting_is_the_administrators(city, on_day) -> None:
    on_day(2025, 6, 20)
    plan = Plan(ends=("phuong-1",))
    with pytest.raises(Refused, match="Chỉ quản trị"):
        drafted(plan, by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="Chỉ quản trị"):
        acts.enact(drafted(plan), by=city.actor(city.heads["phuong-1"]))
    assert queries.exists_on(city.units["phuong-1"], DAY)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (Plan(), "Chưa chọn đơn vị"),
        (Plan(ends=("khong-co",)), "không hoạt động"),
        (Plan(takes=(Take("phuong-1", "phuong-1"),)), "kế thừa chính mình"),
        (merger("phuong-1", into=Beginning("phuong-2", "X", "ubnd_phuong")), "đã thuộc đơn vị"),
        (Plan(takes=(Take("phuong-1", "phuong-2"),), ends=("phuong-1", "phuong-2")), "vừa kết"),
        (merger("thanh-pho", into=Beginning("x", "X", "ubnd_phuong", "thanh-pho")), "trực thuộc"),
        (Plan(takes=(Take("phuong-1", "noi-vu"), Take("phuong-1", "tu-phap")),
              ends=("phuong-1",)), "hai đơn vị kế thừa chính"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_told(city, plan: Plan, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        drafted(plan)


def test_a_key_is_made_of_the_name(city) -> None:
    assert new_key("UBND phường Tân Ninh", DAY) == "phuong-tan-ninh"
    assert new_key("UBND Phường 1", DAY) == "phuong-1-2025"


def test_listeners_hear_of_it_once(city, on_day, monkeypatch, django_capture_on_commit_callbacks):
    on_day(2025, 7, 1)
    heard: list[int] = []
    monkeypatch.setitem(events._handlers, "UnitsReorganised",
                        [lambda e: heard.append(e.reorganisation)])  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        it = acts.enact(drafted(Plan(ends=("phuong-1",)), "abolish"), by=SYSTEM)
    assert heard == [it.pk]
    assert events.deliver_pending() == 0
