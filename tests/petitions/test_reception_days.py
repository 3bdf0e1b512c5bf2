"""Row 31: the head's days of reception against the legal minimum of their date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.assignments.models import Assignment
from danvan.kernel import facts
from danvan.kernel.access import Refused
from danvan.kernel.calendar import Calendar
from danvan.kernel.duties import owed
from danvan.kernel.facts import Period
from danvan.kernel.models import CalendarDay, Entry
from danvan.organisations.models import UnitVersion
from danvan.petitions import reception_minimum as minimum
from danvan.petitions import reception_queries as queries
from danvan.petitions.actions import reception
from danvan.petitions.models import ReceptionDay
from tests.petitions.reception_factory import held, planned

pytestmark = pytest.mark.django_db
D = dt.date


def version(kind: str, name: str = "x") -> UnitVersion:
    return UnitVersion(kind=kind, name=name, valid_from=D(2013, 1, 1))


@pytest.mark.parametrize(
    ("kind", "name", "day", "code"),
    [
        ("ubnd_phuong", "UBND Phường 1", D(2023, 10, 1), "TD-FREQ-XA-OLD"),
        ("ubnd_xa", "UBND xã", D(2026, 6, 30), "TD-FREQ-XA-OLD"),
        ("ubnd_phuong", "UBND phường", D(2026, 7, 1), "TD-FREQ-XA-NEW"),
        ("ubnd", "UBND thành phố Tây Ninh", D(2025, 6, 30), "TD-FREQ-HUYEN"),
        ("ubnd", "UBND thành phố Tây Ninh", D(2025, 7, 1), None),
        ("ubnd", "UBND tỉnh Tây Ninh", D(2026, 11, 25), "TD-FREQ-TINH"),
        ("phong_chuyen_mon", "Phòng Nội vụ", D(2023, 10, 1), "TD-FREQ-HEAD"),
        ("don_vi_su_nghiep", "Trung tâm", D(2023, 10, 1), "TD-FREQ-UNIT-OLD"),
        ("don_vi_su_nghiep", "Trung tâm", D(2026, 7, 1), "TD-FREQ-UNIT-NEW"),
        ("mat_tran", "Mặt trận", D(2023, 10, 1), None),
    ],
)
def test_row_31_the_minimum_is_that_of_the_body_and_the_date(kind, name, day, code) -> None:
    rule = minimum.rule_on([version(kind, name)], day)
    assert (rule.code if rule else None) == code


def needed(kind: str, start: D, end: D) -> int:
    return sum(s.needed for s in minimum.slots([version(kind)], start, end, Calendar()))


def test_row_31_a_commune_is_weekly_then_two_days_a_month() -> None:
    assert needed("ubnd_phuong", D(2023, 1, 1), D(2023, 12, 31)) == 52
    # From 1/7/2026 two a month; the week that the change cuts asks for nothing twice.
    assert needed("ubnd_phuong", D(2026, 7, 1), D(2026, 12, 31)) == 12
    assert needed("ubnd_phuong", D(2026, 6, 1), D(2026, 7, 31)) == 4 + 2
    assert needed("phong_chuyen_mon", D(2023, 1, 1), D(2023, 10, 15)) == 9


def test_row_31_a_week_without_a_working_day_asks_for_nothing() -> None:
    before = needed("ubnd_phuong", D(2023, 10, 2), D(2023, 10, 29))
    for day in range(9, 14):
        CalendarDay.objects.create(day=D(2023, 10, day), kind="off", basis="thử")
    from danvan.kernel import calendar

    calendar.forget_overlay()
    assert needed("ubnd_phuong", D(2023, 10, 2), D(2023, 10, 29)) == before - 1
    calendar.forget_overlay()


def test_row_31_more_in_one_week_does_not_fill_another() -> None:
    found = list(
        minimum.slots([version("ubnd_phuong")], D(2023, 10, 2), D(2023, 10, 15), Calendar())
    )
    both = minimum.held(found, {D(2023, 10, 3), D(2023, 10, 4), D(2023, 10, 5)})
    assert (both.filled, both.needed) == (1, 2)
    assert [s.start for s in both.missed] == [D(2023, 10, 9)]


def test_row_31_held_against_the_minimum_as_a_fact(city, on_day) -> None:
    ward, other = city.units["phuong-1"], city.units["phuong-2"]
    held(city, D(2023, 10, 3))
    held(city, D(2023, 10, 10))
    held(city, D(2023, 10, 17), presided_by=city.people["phuong-1"], reason="Đi họp tỉnh")
    on_day(2023, 10, 24)
    october = Period(D(2023, 10, 2), D(2023, 10, 31))
    found = facts.get("petitions.reception_days").read([ward.pk, other.pk], october)
    reading = found[ward.pk]
    assert reading is not None
    # Weeks from 2, 9 and 16 October are over; that of 23 October is not.
    assert (reading.numerator, reading.denominator) == (2, 3)
    assert reading.said == "2/3 ngày theo mức tối thiểu; 1 buổi người khác tiếp thay không tính"
    assert f"/tiep-dan/so-hieu/{ward.pk}/" in reading.basis
    assert found[other.pk] is None  # no calendar kept: not yet known, not zero


def test_the_fact_costs_the_same_for_one_unit_and_for_three(city, on_day) -> None:
    on_day(2023, 10, 24)
    units = [city.units[k].pk for k in ("phuong-1", "phuong-2", "xa-tan-binh")]
    for key in ("phuong-1", "phuong-2", "xa-tan-binh"):
        held(city, D(2023, 10, 10), unit=key)
    read = facts.get("petitions.reception_days").read
    read(units, Period.year(2023))
    costs = []
    for asked in (units[:1], units):
        with CaptureQueriesContext(connection) as queries_made:
            assert all(read(asked, Period.year(2023)).values())
        costs.append(len(queries_made))
    assert costs[0] == costs[1]


def test_row_31_posting_is_five_working_days_before(on_day) -> None:
    # Thursday 19/10/2023 back over a weekend: Thursday 12/10.
    assert minimum.last_posting_day(D(2023, 10, 19), Calendar()) == D(2023, 10, 12)
    # Over the holiday 2/9/2023 (with 1/9 and 4/9 as given by the calendar) it moves further.
    assert minimum.last_posting_day(D(2023, 9, 6), Calendar()) <= D(2023, 8, 29)


def test_row_31_planned_posted_and_told(city, on_day) -> None:
    on_day(2023, 10, 9)
    by = city.actor("phuong-1")
    days = planned(city, D(2023, 10, 19), D(2023, 10, 26))
    assert [d.on.day for d in days] == [19, 26]
    with pytest.raises(Refused) as told:
        planned(city, D(2023, 10, 19))
    assert told.value.decision.done
    duties = [d.title for d in owed(by, D(2023, 10, 9)) if "iếp công dân" in d.title]
    assert "Niêm yết lịch tiếp công dân ngày 19/10/2023 – UBND Phường 1" in duties
    reception.post(days[0].unit, days=days, on=D(2023, 10, 9), at="Trụ sở", by=by)
    with pytest.raises(Refused):
        reception.post(days[0].unit, days=days, on=D(2023, 10, 9), at="Trụ sở", by=by)
    duties = [d for d in owed(by, D(2023, 10, 9)) if "iếp công dân" in d.title]
    assert [d.kind for d in duties] == ["watch"]
    lines = Entry.objects.filter(
        action__in=["petitions.reception.plan", "petitions.reception.post"]
    )
    assert lines.count() == 2


def test_row_31_nobody_else_keeps_the_calendar(city, on_day) -> None:
    on_day(2023, 10, 9)
    day = planned(city, D(2023, 10, 9))[0]
    ward, stranger = day.unit, city.actor("phuong-2")
    told = {"hours": "8 giờ", "place": "Trụ sở", "by": stranger}
    for refused in (
        lambda: reception.plan(ward, days=[D(2023, 10, 10)], **told),
        lambda: reception.post(ward, days=[day], on=day.on, at="x", by=stranger),
        lambda: reception.hold(day, presided_by=city.heads["phuong-1"], by=stranger),
        lambda: reception.cancel(day, reason="x", by=stranger),
        lambda: reception.unscheduled(ward, on=day.on, ground="x", **told),
        lambda: reception.conclude(day, text="x", by=stranger),
        lambda: reception.issue(day, by=stranger),
        lambda: reception.promise(day, text="x", unit=ward, by=stranger),
    ):
        with pytest.raises(Refused, match=r"nơi tiếp công dân|kết luận"):
            refused()


def test_row_31_held_delegated_and_cancelled(city, on_day) -> None:
    on_day(2023, 10, 12)
    by = city.actor("phuong-1")
    first, second, third = planned(city, D(2023, 10, 12), D(2023, 10, 19), D(2023, 10, 26))
    with pytest.raises(Refused, match="văn bản ủy quyền"):
        reception.hold(first, presided_by=city.people["phuong-1"], by=by)
    with pytest.raises(Refused, match="không có chức vụ"):
        reception.hold(first, presided_by=city.people["phuong-2"], by=by)
    reception.hold(first, presided_by=city.heads["phuong-1"], by=by)
    assert (first.state, first.presided_title) == ("held", "Người đứng đầu")
    with pytest.raises(Refused, match="Chưa đến ngày"):
        reception.hold(second, presided_by=city.heads["phuong-1"], by=by)
    with pytest.raises(Refused) as told:
        reception.hold(first, presided_by=city.heads["phuong-1"], by=by)
    assert told.value.decision.done
    with pytest.raises(Refused, match="lý do"):
        reception.cancel(second, reason=" ", by=by)
    reception.cancel(second, reason="Bão số 4", moved_to=D(2023, 10, 20), by=by)
    assert second.moved_to.on == D(2023, 10, 20)
    reception.cancel(third, reason="Trùng lịch họp", by=by)
    on_day(2023, 10, 20)
    reception.hold(second.moved_to, presided_by=city.people["phuong-1"], reason="GUQ số 4", by=by)
    assert second.moved_to.state == ReceptionDay.State.DELEGATED
    made = reception.unscheduled(
        city.units["phuong-1"], on=D(2023, 10, 20), ground="Nhiều người tập trung",
        hours="14 giờ", place="Trụ sở", by=by,
    )  # fmt: skip
    assert made.form == "unscheduled"
    with pytest.raises(Refused) as again:
        reception.unscheduled(
            city.units["phuong-1"], on=D(2023, 10, 20), ground="Nhiều người tập trung",
            hours="14 giờ", place="Trụ sở", by=by,
        )  # fmt: skip
    assert again.value.decision.done
    tally = queries.tallies([city.units["phuong-1"].pk], D(2023, 10, 1), D(2023, 10, 31))
    told_of = tally[city.units["phuong-1"].pk]
    assert (told_of.own, told_of.delegated, told_of.cancelled) == (1, 1, 2)


def test_row_31_from_july_2026_a_deputy_in_the_heads_place_is_warned_of_not_forbidden(
    city, on_day, sign_in
) -> None:
    UnitVersion.objects.filter(unit=city.units["phuong-1"]).update(valid_to=None)
    on_day(2026, 11, 25)
    day = planned(city, D(2026, 11, 25))[0]
    client = sign_in("phuong-1")
    sent = {"presided_by": city.people["phuong-1"].pk, "reason": "GUQ số 9"}
    page = client.post(f"/tiep-dan/buoi/{day.pk}/da-tiep/", sent, follow=True).content.decode()
    assert "không ủy quyền tiếp thay (mức chắc chắn C" in page
    day.refresh_from_db()
    assert day.state == ReceptionDay.State.DELEGATED


def test_row_31_each_promise_becomes_an_assignment(city, on_day) -> None:
    day = held(city, D(2023, 10, 12))
    on_day(2023, 10, 13)
    ward, by = city.actor("phuong-1"), city.actor("phuong-1")
    made = reception.promise(
        day, text="Sửa cống hẻm 12", unit=day.unit, due_on=D(2023, 11, 30), by=ward
    )
    assert made.assignment is None  # a ward has no office that follows work up
    with pytest.raises(Refused):
        reception.give(made, by=by)
    reception.give(made, by=city.actor("noi-vu"))
    work = Assignment.objects.get()
    assert (work.origin, work.unit, work.body) == ("petition", day.unit, city.body)
    assert work.due_on == D(2023, 11, 30)
    with pytest.raises(Refused) as told:
        reception.give(made, by=city.actor("noi-vu"))
    assert told.value.decision.done
    city_day = held(city, D(2023, 10, 12), unit="thanh-pho")
    at_once = reception.promise(
        city_day, text="Kiểm tra bãi rác", unit=city.units["phuong-2"],
        by=city.actor(city.heads["thanh-pho"]),
    )  # fmt: skip
    assert at_once.assignment is not None


def test_row_31_the_notice_of_conclusion_is_an_official_document(city, on_day) -> None:
    day = held(city, D(2023, 10, 12))
    on_day(2023, 10, 13)
    chief = city.actor(city.heads["phuong-1"])
    with pytest.raises(Refused, match="Chưa có nội dung"):
        reception.issue(day, by=chief)
    reception.conclude(day, text="Sửa cống trong tháng 11.\nTrả lời dân bằng văn bản.", by=chief)
    reception.promise(day, text="Sửa cống hẻm 12", unit=day.unit, due_on=D(2023, 11, 30), by=chief)
    document = reception.issue(day, by=chief)
    assert document.code == "01/TB-UBND"
    assert "Sửa cống trong tháng 11." in document.text
    assert "xong trước hết ngày 30/11/2023" in document.text
    with pytest.raises(Refused) as told:
        reception.conclude(day, text="khác", by=chief)
    assert told.value.decision.done


def test_row_31_the_public_sees_the_calendar_and_why_a_day_fell_out(city, on_day) -> None:
    from danvan.petitions.public import reception_calendar

    held(city, D(2023, 10, 12), presided_by=city.people["phuong-1"], reason="GUQ số 4 của ông A")
    on_day(2023, 10, 13)
    gone = planned(city, D(2023, 10, 19))[0]
    reception.cancel(gone, reason="Bão số 4", moved_to=D(2023, 10, 20), by=city.actor("phuong-1"))
    told = reception_calendar(city.body, D(2023, 10, 1), D(2023, 10, 31))
    assert [(d.unit, d.on.day, d.cancelled) for d in told] == [
        ("UBND Phường 1", 12, False), ("UBND Phường 1", 19, True), ("UBND Phường 1", 20, False),
    ]  # fmt: skip
    assert (told[1].reason, told[1].moved_to) == ("Bão số 4", D(2023, 10, 20))
    assert "GUQ" not in str(told)
