"""What is kept of a person is told by every context, exported, and erased where it may be."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.kernel import links, personal
from danvan.kernel.access import Actor
from danvan.kernel.links import Link
from danvan.kernel.models import CalendarDay
from danvan.kernel.personal import Kept, Shelf, Source, Subject

LAN = Subject(person=3, account=4, name="Lan")


@pytest.fixture
def told(monkeypatch) -> list[Subject]:
    """Two contexts: one keeps a row and lets it go, the other keeps only what stays."""
    monkeypatch.setattr(personal, "_sources", {})
    asked: list[Subject] = []

    def erase(of: Subject) -> list[str]:
        asked.append(of)
        return ["Đã xóa 1 dòng."]

    row = Kept("Đăng ký học", "mở lớp", "KH 49", "5 năm", "xóa", ({"lớp": "A"},))
    empty = Kept("Phiếu", "thi", "KH 49", "1 năm", "xóa", ())
    stays = Kept("Lịch sử", "kiểm tra", "Luật", "mãi", "giữ", ({"việc": "nộp"},), stays=True)
    personal.provide("study", Source(lambda of: [row, empty], erase))
    personal.provide("history", Source(lambda of: [stays] if of.person else []))
    return asked


def test_empty_kinds_are_left_out_and_the_export_holds_words_and_rows(told) -> None:
    assert [one.what for one in personal.kept(LAN)] == ["Đăng ký học", "Lịch sử"]
    export = personal.export(LAN)
    assert export["name"] == "Lan"
    assert export["kept"][0] == {
        "what": "Đăng ký học", "purpose": "mở lớp", "basis": "KH 49", "until": "5 năm",
        "erasure": "xóa", "sure": "", "rows": [{"lớp": "A"}],
    }  # fmt: skip
    assert [one.what for one in personal.kept(Subject(None, 4, "Lan"))] == ["Đăng ký học"]


def test_erasure_asks_each_context_and_one_without_a_way_keeps_its_rows(told) -> None:
    assert personal.erase(LAN) == ["Đã xóa 1 dòng."]
    assert told == [LAN]


def test_a_context_that_registers_again_replaces_itself(told) -> None:
    personal.provide("study", Source(lambda of: []))
    assert personal.erase(LAN) == []


@pytest.mark.django_db
def test_acts_of_a_person_are_told_oldest_first_with_the_day_as_text() -> None:
    for day in (27, 4):
        CalendarDay.objects.create(day=dt.date(2023, 4, day), kind="off", basis="thử")
    assert personal.acts("ghi ngày nghỉ", CalendarDay.objects.all(), "day") == [
        {"việc": "ghi ngày nghỉ", "nội dung": "04/04/2023 – nghỉ", "lúc": "2023-04-04"},
        {"việc": "ghi ngày nghỉ", "nội dung": "27/04/2023 – nghỉ", "lúc": "2023-04-27"},
    ]
    assert personal.plain(dt.datetime(2023, 4, 4, 8)) == "2023-04-04T08:00:00"
    assert personal.plain(5) == 5


def test_doors_stand_where_they_were_put_in_that_order(monkeypatch) -> None:
    monkeypatch.setattr(links, "_sources", type(links._sources)(dict))
    actor = Actor(1, "Lan")
    links.provide("matrix", "remind", lambda who, plan: [Link(f"/nhac/{plan}/", "Nhắc")])
    links.provide("matrix", "none", lambda who, plan: [])
    links.provide("matrix", "print", lambda who, plan: [Link("/in/", who.name)])
    assert [(d.url, d.label) for d in links.at("matrix", actor, 7)] == [
        ("/nhac/7/", "Nhắc"), ("/in/", "Lan"),
    ]  # fmt: skip
    assert links.at("elsewhere", actor, 7) == []


def test_what_is_stated_is_told_without_rows_and_how_sure_it_is_in_words(told) -> None:
    stated = Kept("Phiếu kín", "", "", "", "", (), stated=True, confidence="C")
    personal.provide("study", Source(lambda of: [stated]))
    assert [one.what for one in personal.kept(LAN)] == ["Phiếu kín", "Lịch sử"]
    assert personal.export(LAN)["kept"][0]["sure"] == "C: chưa đối chiếu với văn bản"
    assert personal.export(LAN)["kept"][1]["sure"] == ""


@pytest.mark.django_db
def test_what_somebody_did_many_times_is_counted_from_when_to_when() -> None:
    for day, basis in ((4, "TB 1"), (9, "TB 1"), (7, "TB 2")):
        CalendarDay.objects.create(day=dt.date(2023, 4, day), kind="off", basis=basis)
    assert personal.done("ghi ngày nghỉ", CalendarDay.objects.all(), "day", "basis") == [
        {"việc": "ghi ngày nghỉ", "nội dung": "TB 1", "số lần": 2, "từ": "2023-04-04",
         "đến": "2023-04-09"},
        {"việc": "ghi ngày nghỉ", "nội dung": "TB 2", "số lần": 1, "từ": "2023-04-07",
         "đến": "2023-04-07"},
    ]  # fmt: skip
    # Whose acts: any field says it; here the month stands for the person.
    acts = ("ghi ngày nghỉ", CalendarDay, "day__month", "day", "basis")
    assert [row["số lần"] for row in personal.doings(4, acts, acts)] == [2, 1, 2, 1]
    assert personal.doings(5, acts) == []


SHELF = Shelf(15, "bảng thử", "C")


def test_work_for_the_office_stays_and_says_how_long_where_a_row_of_the_table_is_known() -> None:
    rows = [{"việc": "nộp", "đến": "2022-05-04"}, {"việc": "duyệt", "lúc": "2023-10-02T08:00"}]
    told = personal.work("Việc", "để biết", "KH 49", iter(rows), shelf=SHELF)
    assert (told.stays, told.stated, told.confidence, len(told.rows)) == (True, False, "C", 2)
    assert told.until == (
        "15 năm từ năm công việc kết thúc, theo bảng thử. Ít nhất đến hết năm 2038."
    )
    assert SHELF.until([{"năm": 2023}]) == "15 năm từ năm công việc kết thúc, theo bảng thử."
    assert Shelf(None, "bảng thử", "B").until(rows) == "Vĩnh viễn, theo bảng thử."
    unknown = personal.work("Việc", "để biết", "KH 49", rows)
    assert unknown.until is personal.RETENTION and unknown.erasure == personal.OF_THE_FILE


def test_what_is_said_to_everybody_has_no_rows_and_is_shown_all_the_same() -> None:
    told = personal.said("Người gửi", "để trả lời", "luật", erasure="giữ")
    assert (told.rows, told.stated, told.stays) == ((), True, True)
