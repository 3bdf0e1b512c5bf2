"""Access, workflow, facts, duties, clock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import RequestFactory

from danvan.kernel import clock, duties, facts
from danvan.kernel.access import (
    ALLOWED,
    Actor,
    Hold,
    Refused,
    actor_of,
    all_of,
    already,
    demand,
    refuse,
)
from danvan.kernel.duties import Duty
from danvan.kernel.facts import Period, Reading, UnknownFact
from danvan.kernel.registries import Registry
from danvan.kernel.workflow import Move, State, Workflow

STATES = [State("open", "mở"), State("sent", "đã gửi"), State("done", "xong", final=True)]
MOVES = [
    Move("send", ("open",), "sent", "gửi"),
    Move("return", ("sent",), "open", "trả lại", needs_reason=True),
    Move("accept", ("sent",), "done", "nhận"),
]


def test_an_actor_holds_a_role_over_a_scope() -> None:
    actor = Actor(1, "Lan", frozenset({Hold("head", 3), Hold("member", 4)}))
    assert actor.has("head")
    assert actor.has("head", 3)
    assert not actor.has("head", 4)
    assert actor.scopes("head", "member") == {3, 4}


def test_the_first_refusal_counts() -> None:
    first, second = refuse("một"), refuse("hai")
    assert all_of(ALLOWED, first, second) is first
    assert all_of(ALLOWED, ALLOWED)
    assert already("rồi").done
    assert not already("rồi")


def test_workflow_allows_refuses_and_knows_a_second_time() -> None:
    flow = Workflow("thử", STATES, MOVES)
    assert flow.allows("open", "send")
    again = flow.allows("sent", "send")
    assert (bool(again), again.done) == (False, True)
    wrong = flow.allows("done", "send")
    assert not wrong.done
    assert wrong.reason == "Không thể “gửi” khi đang ở trạng thái “xong”."
    assert flow.target("return") == "open"


def test_workflow_finds_unreachable_states_and_draws_itself() -> None:
    assert Workflow("thử", STATES, MOVES).unreachable() == set()
    assert Workflow("thử", [*STATES, State("lost", "lạc")], MOVES).unreachable() == {"lost"}
    drawn = Workflow("thử", STATES, MOVES).diagram()
    assert "sent --> open: trả lại" in drawn
    assert "done --> [*]" in drawn


@pytest.fixture
def offered(monkeypatch):
    monkeypatch.setattr(facts, "REGISTRY", Registry())
    calls = []

    @facts.offer("kernel.days_late", about="unit", measure="ngày", label="Số ngày chậm")
    def days_late(units, period):
        calls.append(list(units))
        return {unit: Reading(Decimal(unit), clock.now()) if unit else None for unit in units}

    return calls


def test_facts_are_read_once_for_all_subjects(offered) -> None:
    read = facts.read(["kernel.days_late", "kernel.days_late"], [0, 1, 2], Period.year(2023))
    assert offered == [[0, 1, 2]]
    assert read["kernel.days_late"][0] is None
    assert read["kernel.days_late"][2].value == 2


def test_an_unknown_fact_names_near_ones(offered) -> None:
    with pytest.raises(UnknownFact, match=r"kernel\.days_late"):
        facts.get("kernel.day_late")
    with pytest.raises(UnknownFact, match="không có"):
        facts.get("xyz")


def test_duties_come_back_first_then_by_date_undated_last(monkeypatch) -> None:
    day = dt.date(2023, 4, 4)
    rows = [
        Duty("không hạn", "/", "owed"),
        Duty("muộn hơn", "/", "owed", due=day + dt.timedelta(days=1)),
        Duty("sớm", "/", "owed", due=day),
        Duty("trả lại", "/", "returned"),
        Duty("chờ", "/", "waiting", due=day),
    ]
    monkeypatch.setattr(duties, "_sources", {"thử": lambda actor, today: rows})
    shown = [duty.title for duty in duties.owed(Actor(1, ""), day)]
    assert shown == ["trả lại", "sớm", "muộn hơn", "không hạn", "chờ"]


def test_clock_stands_still_where_it_is_set_and_runs_again() -> None:
    with clock.set_to(dt.date(2023, 4, 4)):
        assert clock.today() == dt.date(2023, 4, 4)
        assert clock.now() == clock.now()
        with clock.set_to(dt.datetime(2023, 4, 4, 18, tzinfo=dt.UTC)):
            assert clock.today() == dt.date(2023, 4, 5), "01:00 the next day in Việt Nam"
        assert clock.today() == dt.date(2023, 4, 4)
    assert clock.today() != dt.date(2023, 4, 4)


def test_a_moment_falls_on_its_local_day() -> None:
    assert clock.local_day(dt.datetime(2023, 4, 4, 16, 59, tzinfo=dt.UTC)) == dt.date(2023, 4, 4)
    assert clock.local_day(dt.datetime(2023, 4, 4, 17, 0, tzinfo=dt.UTC)) == dt.date(2023, 4, 5)


def test_the_demonstration_clock_starts_on_its_day(settings) -> None:
    settings.CLOCK_STARTS_AT = "2023-10-16"
    assert clock.today() == dt.date(2023, 10, 16)


def test_an_actor_is_named_with_those_he_acts_for_there() -> None:
    actor = Actor(1, "Lan", on_behalf=((3, "Hoa"), (3, "Mai"), (4, "Cúc")))
    assert actor.name_for(3) == "Lan (thay mặt Hoa, Mai)"
    assert actor.name_for(5) == actor.name_for(None) == "Lan"


def test_what_is_demanded_and_refused_is_a_403_with_its_decision() -> None:
    demand(ALLOWED)
    with pytest.raises(Refused, match="chưa đến hạn") as told:
        demand(refuse("chưa đến hạn"))
    assert told.value.decision == refuse("chưa đến hạn")


def test_who_asks_is_the_actor_the_middleware_found() -> None:
    request = RequestFactory().get("/")
    request.actor = Actor(1, "Lan")
    assert actor_of(request) is request.actor


def test_a_source_of_duties_is_asked_with_the_actor_and_the_day(monkeypatch) -> None:
    monkeypatch.setattr(duties, "_sources", {})
    day, lan = dt.date(2023, 4, 4), Actor(1, "Lan")
    duties.provide("thử", lambda actor, today: [Duty(actor.name, "/", "owed", due=today)])
    assert duties.owed(lan, day) == [Duty("Lan", "/", "owed", due=day)]


def test_a_lent_role_is_held_for_that_call_and_nowhere_else() -> None:
    by = Actor(7, "Nguyễn Thị Hương", frozenset({Hold("member", 3)}), ((3, "Trần Văn Lâm"),))
    lent = by.lent("office", 1)
    assert lent.has("office", 1) and lent.has("member", 3) and not lent.has("office", 3)
    assert lent.name_for(3) == by.name_for(3) and not by.has("office")
