"""Rows only ever added: other tables than history stand under the same guard, in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from danvan.kernel import guards
from danvan.kernel.models import Knock

pytestmark = pytest.mark.django_db
TABLE = "kernel_knock"
LATER = dt.datetime(2023, 4, 4, tzinfo=dt.UTC)


@pytest.fixture
def kept() -> Iterator[None]:
    """One row in a guarded table, the guards of history in place."""
    guards.install(connection)
    guards.keep(connection, TABLE, taken="key = NEW.key")
    Knock.objects.create(key="a", ends_at=LATER, times=1)
    yield
    guards.remove(connection)


def refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("statement", [f"UPDATE {TABLE} SET times = 2", f"DELETE FROM {TABLE}"])
def test_a_kept_row_is_neither_changed_nor_deleted(kept, statement: str) -> None:
    refused(statement)
    assert Knock.objects.get().times == 1


def test_nor_does_another_take_its_place(kept) -> None:
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {TABLE} (key, ends_at, times) VALUES ('a', '2023', 9)")
    else:
        refused(f"TRUNCATE {TABLE}")
    Knock.objects.create(key="b", ends_at=LATER, times=1)
    assert Knock.objects.count() == 2


def test_again_is_no_error_and_without_the_guards_of_history_it_opens(kept) -> None:
    guards.keep(connection, TABLE, taken="key = NEW.key")
    guards.remove(connection)
    Knock.objects.update(times=2)
    Knock.objects.all().delete()
    assert not Knock.objects.exists()


def test_a_table_that_has_no_place_to_be_taken_is_kept_too() -> None:
    guards.install(connection)
    guards.keep(connection, TABLE)
    Knock.objects.create(key="a", ends_at=LATER, times=1)
    refused(f"DELETE FROM {TABLE}")
    guards.remove(connection)


def test_a_table_that_is_not_there_yet_is_passed_over() -> None:
    guards.keep(connection, "kernel_nothing_of_the_kind")
