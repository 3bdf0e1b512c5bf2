"""The decorator of every verb."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.kernel.actions import NothingRecorded, record
from danvan.kernel.models import CalendarDay, Entry, Refusal
from tests.kernel import acts
from tests.kernel.acts import KEEPER, STRANGER

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> CalendarDay:
    return CalendarDay.objects.create(day=dt.date(2023, 3, 27), kind="off", basis="thử")


def test_a_verb_changes_and_tells(day: CalendarDay) -> None:
    acts.annotate(day, "xong", by=KEEPER)
    day.refresh_from_db()
    line = audit.of(day).get()
    assert day.note == "xong"
    assert (line.actor_id, line.actor_name, line.says) == (7, "Người giữ", "ghi chú")
    assert (line.concerns, line.facts) == (1, {"note": ["", "xong"]})


def test_a_refusal_changes_nothing_and_is_logged_with_its_reason(day: CalendarDay) -> None:
    with pytest.raises(Refused) as refused:
        acts.annotate(day, "lén", by=STRANGER)
    assert refused.value.decision.reason == "Chỉ người giữ lịch mới sửa."
    assert str(refused.value) == "Chỉ người giữ lịch mới sửa."
    day.refresh_from_db()
    assert day.note == ""
    assert not Entry.objects.exists()
    log = Refusal.objects.get()
    assert (log.action, log.actor_id, log.reason) == (
        "kernel_test.day.note", 8, "Chỉ người giữ lịch mới sửa.",
    )  # fmt: skip


def test_permission_is_asked_of_the_locked_record_not_of_a_stale_copy(day: CalendarDay) -> None:
    """A colleague was faster: what the page still held as open is locked by now."""
    stale = CalendarDay.objects.get(pk=day.pk)
    acts.annotate(day, "khóa", by=KEEPER)
    assert acts.may_keep(KEEPER, stale), "the old copy would have allowed it"
    with pytest.raises(Refused) as refused:
        acts.annotate(stale, "muộn", by=KEEPER)
    assert refused.value.decision.done
    assert CalendarDay.objects.get(pk=day.pk).note == "khóa"


def test_a_verb_that_records_nothing_fails_and_rolls_back(day: CalendarDay) -> None:
    with pytest.raises(NothingRecorded):
        acts.silent(day, by=KEEPER)
    assert CalendarDay.objects.get(pk=day.pk).note == ""
    assert not Entry.objects.exists()


def test_an_error_inside_leaves_neither_change_nor_history(day: CalendarDay) -> None:
    with pytest.raises(RuntimeError):
        acts.broken(day, by=KEEPER)
    assert CalendarDay.objects.get(pk=day.pk).note == ""
    assert not Entry.objects.exists()


def test_verbs_inside_verbs_each_tell_their_own_line(day: CalendarDay) -> None:
    acts.twice(day, by=KEEPER)
    assert list(audit.of(day).order_by("seq").values_list("action", flat=True)) == [
        "kernel_test.day.note",
        "kernel_test.day.twice",
    ]
    assert not list(audit.breaks())


def test_an_inner_refusal_takes_the_outer_change_back(day: CalendarDay) -> None:
    with pytest.raises(Refused):
        acts.twice(day, inner_by=STRANGER, by=KEEPER)
    day.refresh_from_db()
    assert (day.note, day.basis) == ("", "thử")
    assert not Entry.objects.exists()


def test_record_outside_a_verb_is_an_error(day: CalendarDay) -> None:
    with pytest.raises(RuntimeError):
        record(day)


def test_a_verb_carries_what_the_registry_knows_of_it() -> None:
    known = acts.annotate.action
    assert (known.code, known.says, known.may) == ("kernel_test.day.note", "ghi chú", acts.may_keep)
    assert known.verb is acts.annotate


def test_an_inner_refusal_is_logged_once_by_the_outermost_verb(day: CalendarDay) -> None:
    with pytest.raises(Refused):
        acts.twice(day, inner_by=STRANGER, by=KEEPER)
    log = Refusal.objects.get()
    assert log.action == "kernel_test.day.note"
    assert log.reason == "Chỉ người giữ lịch mới sửa."
