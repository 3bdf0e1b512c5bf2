"""A feed other programs read: RFC 5545, told by its own examples."""

from __future__ import annotations

import datetime as dt

from danvan.kernel.icalendar import Event, calendar, escaped, folded

STAMP = dt.datetime(2023, 4, 3, 1, 0, tzinfo=dt.UTC)
DUE = Event("viec-1@danvan", dt.date(2023, 12, 31), "Nộp báo cáo", "Kế hoạch 49", "/viec/1/")


def lines(*events: Event, stamp: dt.datetime = STAMP) -> list[str]:
    text = calendar("Việc của tôi", events, stamp).decode()
    assert text.endswith("END:VCALENDAR\r\n")
    return text.split("\r\n")[:-1]


def test_a_day_lasts_from_itself_to_the_next_and_carries_no_time() -> None:
    told = lines(DUE)
    assert told[0] == "BEGIN:VCALENDAR"
    assert "X-WR-CALNAME:Việc của tôi" in told
    assert "DTSTART;VALUE=DATE:20231231" in told
    assert "DTEND;VALUE=DATE:20240101" in told
    assert "SUMMARY:Nộp báo cáo" in told and "URL:/viec/1/" in told


def test_the_stamp_is_told_in_utc() -> None:
    local = dt.datetime(2023, 4, 3, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert "DTSTAMP:20230403T010000Z" in lines(DUE, stamp=local)


def test_two_alarms_until_it_is_done() -> None:
    assert [line for line in lines(DUE) if line.startswith("TRIGGER")] == [
        "TRIGGER:-P6DT16H", "TRIGGER:-PT16H",
    ]  # fmt: skip
    done = Event(DUE.uid, DUE.day, DUE.title, DUE.text, DUE.url, done=True)
    assert "BEGIN:VALARM" not in lines(done)


def test_words_cannot_end_a_line_or_begin_another() -> None:
    assert escaped("a;b,c\\d") == "a\\;b\\,c\\\\d"
    assert escaped("một\r\nhai\nba\rbốn") == "một\\nhai\\nbabốn"


def test_long_lines_are_folded_at_75_octets_and_no_letter_is_cut() -> None:
    assert folded("x" * 75) == "x" * 75
    assert folded("x" * 76) == "x" * 75 + "\r\n x"
    text = "Đ" * 200
    parts = folded(text).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert "".join(p.removeprefix(" ") for p in parts) == text
    # The space that marks a continued line counts too.
    assert [len(p) for p in folded("x" * 224).split("\r\n")] == [75, 75, 75, 2]
