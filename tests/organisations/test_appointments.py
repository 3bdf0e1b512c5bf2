"""Row 20: named leader and official in charge, with term dates and delegation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from danvan.kernel import audit, duties, facts
from danvan.kernel.access import Refused, Stale
from danvan.kernel.facts import Period
from danvan.organisations import queries, roles
from danvan.organisations.actions import appointments, units
from danvan.organisations.models import Appointment, Person

pytestmark = pytest.mark.django_db
APRIL_3 = dt.date(2023, 4, 3)
YEAR = Period.year(2023)


@pytest.fixture(autouse=True)
def today(on_day) -> None:
    on_day(2023, 4, 3)


def name(city, key: str = "phuong-1", **given):
    """The head of the unit names its head as the leader in charge, unless told otherwise."""
    told = {
        "duty": "leader",
        "person": city.heads[key],
        "basis": "QĐ 12/QĐ-UBND ngày 03/4/2023",
        "start": APRIL_3,
        "by": city.actor(city.heads[key]),
    }
    return appointments.name_for(city.units[key], **(told | given))


def test_row_20_the_unit_names_its_leader_with_term_dates(city) -> None:
    row = name(city, end=dt.date(2023, 12, 31))
    assert (row.person, row.valid_from, row.valid_to) == (
        city.heads["phuong-1"], APRIL_3, dt.date(2023, 12, 31),
    )  # fmt: skip
    line = audit.of(row).get()
    assert line.concerns == city.units["phuong-1"].pk
    assert line.facts["person"] == [None, "Trưởng UBND Phường 1"]
    assert city.actor(city.heads["phuong-1"]).has(roles.LEADER, city.units["phuong-1"].pk)


def test_row_20_naming_again_closes_the_one_before(city) -> None:
    first = name(city)
    second = name(city, person=city.people["phuong-1"], start=dt.date(2023, 6, 1))
    first.refresh_from_db()
    assert first.valid_to == dt.date(2023, 5, 31)
    assert second.valid_to is None
    unit = city.units["phuong-1"]
    on = {a.duty: a.person for a in queries.appointments_of(unit, dt.date(2023, 5, 31))}
    assert on["leader"] == city.heads["phuong-1"]
    on = {a.duty: a.person for a in queries.appointments_of(unit, dt.date(2023, 6, 1))}
    assert on["leader"] == city.people["phuong-1"]


def test_row_20_a_delegation_holds_for_its_days_only(city) -> None:
    row = name(city)
    start, end = dt.date(2023, 5, 1), dt.date(2023, 5, 15)
    deputy = city.people["phuong-1"]
    by = city.actor(city.heads["phuong-1"])
    appointments.delegate(row, person=deputy, basis="GUQ 01", start=start, end=end, by=by)
    unit = city.units["phuong-1"].pk
    day = dt.timedelta(days=1)
    held = [
        queries.actor_for(deputy.user, d).has(roles.LEADER, unit)
        for d in (start - day, start, end, end + day)
    ]
    assert held == [False, True, True, False]
    row.refresh_from_db()
    assert row.valid_to is None, "the named person stays named"


def test_correcting_from_the_same_day_keeps_one_row_and_both_in_history(city) -> None:
    first = name(city)
    second = name(city, person=city.people["phuong-1"])
    assert first.pk == second.pk
    changes = [line.facts["person"] for line in audit.of(first).order_by("seq")]
    assert changes[1] == ["Trưởng UBND Phường 1", "Chuyên viên UBND Phường 1"]


def test_a_second_click_is_told_and_changes_nothing(city) -> None:
    name(city, person=None, new_name="Nguyễn Văn  An")
    with pytest.raises(Refused) as refused:
        name(city, person=None, new_name="Nguyễn Văn An")
    assert refused.value.decision.done
    assert Person.objects.filter(name="Nguyễn Văn An").count() == 1


def test_row_20_a_colleague_was_faster_is_told_not_written_over(city) -> None:
    unit = city.units["phuong-1"]
    seen = appointments.state_of(unit, "leader")
    name(city)
    with pytest.raises(Stale, match="Người khác vừa phân công Trưởng UBND Phường 1"):
        name(city, person=city.people["phuong-1"], seen=seen)
    assert Appointment.objects.get(duty="leader").person == city.heads["phuong-1"]
    now = appointments.state_of(unit, "leader")
    assert name(city, person=city.people["phuong-1"], seen=now)


def test_row_20_a_delegation_ends_with_the_appointment(city) -> None:
    row, by = name(city), city.actor(city.heads["phuong-1"])
    for start, end in ((dt.date(2023, 5, 1), dt.date(2023, 5, 15)), (dt.date(2023, 7, 1),) * 2):
        appointments.delegate(
            row, person=city.people["phuong-1"], basis="GUQ", start=start, end=end, by=by
        )
    name(city, person=None, new_name="Lê Thị Bình", start=dt.date(2023, 5, 10))
    assert [d.valid_to for d in row.delegations.all()] == [dt.date(2023, 5, 9)]


def test_a_new_name_becomes_a_person_of_the_unit(city) -> None:
    row = name(city, person=None, new_name="  Nguyễn Văn  An ")
    assert row.person.name == "Nguyễn Văn An"
    assert row.person.user is None
    assert row.person in queries.people_in(city.units["phuong-1"], APRIL_3)


def test_not_before_the_one_named_already(city) -> None:
    name(city)
    with pytest.raises(ValidationError, match="03/04/2023"):
        name(city, person=city.people["phuong-1"], start=dt.date(2023, 3, 1))
    assert Appointment.objects.filter(duty="leader").count() == 1


def test_an_end_before_the_start_is_refused(city) -> None:
    with pytest.raises(ValidationError, match="Ngày kết thúc"):
        name(city, end=dt.date(2023, 4, 2))


@pytest.mark.parametrize("who", ["noi-vu", "phuong-2", "mat-tran"])
def test_others_do_not_name_for_a_unit(city, who: str) -> None:
    with pytest.raises(Refused, match="Chỉ người đứng đầu"):
        name(city, by=city.actor(who))
    assert not Appointment.objects.filter(duty="leader").exists()


def test_the_focal_officer_may(city) -> None:
    assert name(city, by=city.actor("phuong-1"))


def test_a_unit_that_is_gone_names_nobody(city, on_day) -> None:
    units.end(city.units["phuong-1"], dt.date(2023, 4, 2), "thử")
    by = city.actor(city.heads["phuong-1"], dt.date(2023, 4, 1))
    with pytest.raises(Refused, match="không còn hoạt động"):
        name(city, by=by)


def test_delegating_is_for_the_named_person_and_who_may_name(city) -> None:
    row = name(city, person=city.people["phuong-1"])
    days = {"basis": "GUQ", "start": APRIL_3, "end": APRIL_3}
    other = city.people["phuong-2"]
    with pytest.raises(Refused):
        appointments.delegate(row, person=other, by=city.actor("phuong-2"), **days)
    assert appointments.delegate(row, person=other, by=city.actor("phuong-1"), **days)
    with pytest.raises(Refused) as refused:
        appointments.delegate(row, person=other, by=city.actor("phuong-1"), **days)
    assert refused.value.decision.done
    with pytest.raises(ValidationError):
        appointments.delegate(row, person=row.person, by=city.actor("phuong-1"), **days)


def read(city, code: str, *keys: str) -> list[Decimal | None]:
    ids = [city.units[key].pk for key in keys]
    found = facts.get(code).read(ids, YEAR)
    return [found[pk].value for pk in ids]  # type: ignore[union-attr]


def test_row_20_scoring_reads_whom_a_unit_named(city, on_day) -> None:
    name(city)
    on_day(2023, 10, 16)
    assert read(city, "organisations.leader_named", "phuong-1", "phuong-2") == [1, 0]
    assert read(city, "organisations.officer_named", "phuong-1", "phuong-2") == [1, 1]
    ids = [city.units["phuong-1"].pk]
    told = facts.get("organisations.leader_named").read(ids, YEAR)[ids[0]]
    assert told.said == "Trưởng UBND Phường 1 (QĐ 12/QĐ-UBND ngày 03/4/2023)"
    assert told.basis == "/to-chuc/phuong-1/"


def test_the_fact_looks_at_the_end_of_the_period(city, on_day) -> None:
    name(city, end=dt.date(2023, 6, 30))
    on_day(2024, 2, 1)
    assert read(city, "organisations.leader_named", "phuong-1") == [0]
    half = Period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    pk = city.units["phuong-1"].pk
    assert facts.get("organisations.leader_named").read([pk], half)[pk].value == 1


def test_the_fact_costs_the_same_for_one_and_many(city, django_assert_num_queries) -> None:
    for keys in (["phuong-1"], list(city.units)):
        ids = [city.units[key].pk for key in keys]
        with django_assert_num_queries(2):
            facts.get("organisations.leader_named").read(ids, YEAR)


def owed(actor) -> list[str]:
    return [d.title for d in duties.owed(actor, APRIL_3) if "Phân công" in d.title]


def test_the_desk_reminds_a_ranked_unit_until_it_named(city) -> None:
    head = city.heads["phuong-1"]
    assert owed(city.actor(head)) == ["Phân công lãnh đạo phụ trách – UBND Phường 1"]
    name(city)
    assert owed(city.actor(head)) == []
    assert owed(city.actor(city.heads["mat-tran"])) == []
