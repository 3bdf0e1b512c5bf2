"""The first page, and the page machines ask."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.kernel import clock, duties, facts
from danvan.kernel.duties import Duty
from danvan.kernel.facts import Reading
from danvan.kernel.registries import Registry

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 4, 3)


@pytest.fixture(autouse=True)
def today(on_day, monkeypatch) -> None:
    on_day(2023, 4, 3)
    monkeypatch.setattr(duties, "_sources", {})
    monkeypatch.setattr(facts, "REGISTRY", Registry())


def plan(**given) -> Duty:
    told = {
        "title": "Kế hoạch của đơn vị",
        "url": "/nhiem-vu/1/",
        "kind": "owed",
        "due": dt.date(2023, 4, 4),
        "why": "Mục IV.1: chậm nhất ngày 04/4/2023",
        "whose": "UBND Phường 1",
        "group": "Kế hoạch 49/KH-UBND",
    }
    return Duty(**(told | given))


def test_row_71_the_desk_says_what_is_owed_by_when_and_why(sign_in) -> None:
    duties.provide("thử", lambda actor, day: [plan(), plan(title="Bị trả", kind="returned")])
    page = sign_in("phuong-1").get("/").content.decode()
    assert "Việc phải làm (1)" in page
    assert "Bị trả lại (1)" in page
    assert page.index("Bị trả lại (1)") < page.index("Việc phải làm (1)")
    assert 'href="/nhiem-vu/1/"' in page
    assert "04/04/2023" in page
    assert "còn 1 ngày" in page
    assert "chậm nhất ngày 04/4/2023" in page
    assert "Kế hoạch 49/KH-UBND" in page


def test_each_person_sees_their_own(sign_in, city) -> None:
    mine = city.people["phuong-1"].pk
    duties.provide("thử", lambda actor, day: [plan()] if actor.id == mine else [])
    assert "Kế hoạch của đơn vị" in sign_in("phuong-1").get("/").content.decode()
    assert "Kế hoạch của đơn vị" not in sign_in("phuong-2").get("/").content.decode()


def test_an_empty_desk_says_what_comes_next_by_role(sign_in) -> None:
    assert "nhập kế hoạch" in sign_in("noi-vu").get("/").content.decode()
    page = sign_in("phuong-1").get("/").content.decode()
    assert "Khi kế hoạch được ban hành" in page


def test_a_unit_sees_its_known_figures_with_the_rows_behind(sign_in, city) -> None:
    def reader(value):
        def read(units, period):
            return {u: Reading(value, clock.now(), "/nhiem-vu/", "3 nhiệm vụ") for u in units}

        return read

    facts.offer("a.due", about="unit", measure="", label="Nhiệm vụ có hạn")(reader(Decimal(3)))
    facts.offer("a.nil", about="unit", measure="", label="Chưa biết")(reader(None))
    facts.offer("a.prog", about="programme", measure="", label="Của chương trình")(reader(1))
    page = sign_in("phuong-1").get("/").content.decode()
    assert "Nhiệm vụ có hạn" in page
    assert "3 nhiệm vụ" in page
    assert "Chưa biết" not in page
    assert "Của chương trình" not in page


def test_the_desk_costs_the_same_with_one_and_many(sign_in) -> None:
    client, rows = sign_in("phuong-1"), [plan()]
    duties.provide("thử", lambda actor, day: rows)

    def counted() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    counted()
    before = counted()
    rows.extend(plan(title=f"Việc {n}") for n in range(3))
    assert counted() == before


def test_health_is_public_and_asks_the_database(client: Client, monkeypatch) -> None:
    answer = client.get("/song/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]

    class Down:
        def cursor(self) -> None:
            raise DatabaseError("mật khẩu postgres sai")

    monkeypatch.setattr("danvan.desk.views.home.connection", Down())
    answer = client.get("/song/")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})
