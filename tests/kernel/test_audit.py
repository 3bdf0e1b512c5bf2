"""The chain of history: what breaks it is found; the database refuses to break it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.kernel import audit, guards
from danvan.kernel.models import CalendarDay, ChainHead, Entry
from tests.kernel import acts
from tests.kernel.acts import KEEPER

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> CalendarDay:
    """A record with three lines of history, on a database without guards."""
    guards.remove(connection)
    row = CalendarDay.objects.create(day=dt.date(2023, 3, 27), kind="off", basis="thử")
    for text in ("một", "hai", "ba"):
        acts.annotate(row, text, by=KEEPER)
    return row


@pytest.fixture
def guarded(day: CalendarDay) -> Iterator[CalendarDay]:
    guards.install(connection)
    yield day
    guards.remove(connection)


def test_a_whole_chain_holds(day: CalendarDay) -> None:
    assert list(audit.breaks()) == []
    out = io.StringIO()
    call_command("verify_history", stdout=out)
    assert "3 dòng" in out.getvalue()


def test_an_empty_chain_holds() -> None:
    assert list(audit.breaks()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "khác"},
        {"actor_name": "Ai đó"},
        {"says": "việc khác"},
        {"facts": {"note": ["", "khác"]}},
        {"concerns": 99},
        {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_a_changed_line_is_found(day: CalendarDay, change: dict[str, object]) -> None:
    Entry.objects.filter(seq=2).update(**change)
    assert list(audit.breaks()) == ["Dòng 2 đã bị sửa nội dung."]


def test_a_changed_line_with_its_hash_made_to_fit_breaks_the_next(day: CalendarDay) -> None:
    line = Entry.objects.get(seq=2)
    line.reason = "khác"
    Entry.objects.filter(seq=2).update(reason="khác", hash=audit.digest(line))
    assert list(audit.breaks()) == ["Dòng 3 không nối với dòng trước."]


def test_a_removed_line_is_found(day: CalendarDay) -> None:
    Entry.objects.filter(seq=2).delete()
    assert any("Thiếu dòng 2" in sentence for sentence in audit.breaks())


def test_a_removed_last_line_is_found(day: CalendarDay) -> None:
    Entry.objects.filter(seq=3).delete()
    assert list(audit.breaks()) == ["Cuối chuỗi không khớp: có 2 dòng, đầu chuỗi ghi 3."]


def test_lines_without_a_head_are_found(day: CalendarDay) -> None:
    ChainHead.objects.all().delete()
    assert len(list(audit.breaks())) == 1


def test_the_command_says_where_and_fails(day: CalendarDay) -> None:
    Entry.objects.filter(seq=2).update(reason="khác")
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_history", stderr=err)
    assert "Dòng 2" in err.getvalue()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_entry SET reason = 'x' WHERE seq = 2",
        "DELETE FROM kernel_entry WHERE seq = 3",
        "DELETE FROM kernel_entry",
    ],
)
def test_the_database_itself_refuses(guarded: CalendarDay, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(audit.breaks()) == []
    assert Entry.objects.count() == 3


def test_the_database_refuses_to_replace_a_line(guarded: CalendarDay) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE exists on SQLite only")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT OR REPLACE INTO kernel_entry SELECT * FROM kernel_entry LIMIT 1")


def test_history_still_grows_under_the_guards(guarded: CalendarDay) -> None:
    acts.annotate(guarded, "bốn", by=KEEPER)
    guards.install(connection)  # again is no error
    assert Entry.objects.count() == 4
    assert list(audit.breaks()) == []


def test_a_gap_is_told_once_and_the_rest_still_looked_at(day: CalendarDay) -> None:
    acts.annotate(day, "bốn", by=KEEPER)
    Entry.objects.filter(seq=2).delete()
    assert list(audit.breaks()) == [
        "Thiếu dòng 2 (dòng kế tiếp là 3).", "Dòng 3 không nối với dòng trước.",
    ]  # fmt: skip


# What a person can send: neither database keeps a NUL, and half a surrogate is no text.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


@given(
    told=st.lists(
        st.tuples(
            TEXT, TEXT, st.none() | st.integers(0, 2**40),
            st.dictionaries(TEXT, st.lists(st.none() | TEXT | st.integers(-9, 9), max_size=2)),
        ),
        min_size=1, max_size=3,
    ),
    together=st.booleans(),
)  # fmt: skip
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_chain_holds_whatever_a_line_says(
    day: CalendarDay, told: list[tuple[str, str, int | None, dict[str, object]]], together: bool
) -> None:
    """One line alone is linked by PostgreSQL's server, several by the program: by one hash."""
    notes = [
        audit.Note(day, concerns, reason, facts, named) for named, reason, concerns, facts in told
    ]
    with transaction.atomic():
        for some in [notes] if together else [[note] for note in notes]:
            audit.append("kernel_test.x", "ghi", KEEPER, some)
    assert list(audit.breaks()) == []
    last = Entry.objects.first()
    assert last and (last.subject_name or str(day), last.reason, last.facts) == (
        told[-1][0] or str(day), told[-1][1], told[-1][3],
    )  # fmt: skip


def test_a_line_alone_asks_the_head_of_the_chain_once(day: CalendarDay) -> None:
    with CaptureQueriesContext(connection) as asked:
        audit.append("kernel_test.x", "ghi", KEEPER, [audit.Note(day, None, "")])
    assert len(asked) == (1 if connection.vendor == "postgresql" else 3)


def test_a_line_is_a_sentence(day: CalendarDay) -> None:
    assert str(audit.of(day).first()) == "Người giữ ghi chú: 27/03/2023 – nghỉ"
    # Whoever has the chain walked leaves a line that speaks of the chain.
    assert str(ChainHead.objects.get()) == "Chuỗi nhật ký"


def test_who_read_a_limited_record_is_kept_apart_from_history(day: CalendarDay) -> None:
    other = CalendarDay.objects.create(day=dt.date(2023, 3, 28), kind="off", basis="thử")
    entries = Entry.objects.count()
    audit.note_viewings([(day, 5), (other, None)], KEEPER, "xem")
    audit.note_viewings([(day, 5)], acts.STRANGER, "tải về")
    assert [(v.actor_name, v.how, v.concerns) for v in audit.viewings_of(day)] == [
        ("Người lạ", "tải về", 5), ("Người giữ", "xem", 5),
    ]  # fmt: skip
    assert audit.viewings_of(other).get().concerns is None
    assert Entry.objects.count() == entries


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads need a server database")
@pytest.mark.django_db(transaction=True)
def test_many_at_once_stand_in_one_chain() -> None:
    """Also the very first lines, which have no head to wait for yet."""
    rows = [
        CalendarDay.objects.create(day=dt.date(2023, 4, n + 1), kind="off", basis="thử")
        for n in range(8)
    ]

    def annotate(row: CalendarDay) -> None:
        try:
            for n in range(5):
                acts.annotate(row, f"lần {n}", by=KEEPER)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(annotate, rows))
    assert Entry.objects.count() == 40
    assert list(audit.breaks()) == []
