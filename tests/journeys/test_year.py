"""Rows 15–19, 22, 67 and 74 in one walk: a clock goes day by day from the plan of 27/3/2023
to the summer of 2025, when the city's level ends and its wards merge.

Everything anybody was told stands in a table made by hand, from the seed's dates and a paper
calendar; whatever the table does not name must not have been told.

o: the focal officer, h: the head, c: the chairman, one list for all units. No leader is named
in this city, so the head is told instead. "letter": by urging letter, which stands for the
rung of its day. 29/4–3/5 and 1–4/9/2023 are days off.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from danvan.assignments.actions import directives, dossiers, extensions, submissions
from danvan.assignments.models import Assignment
from danvan.chasing.actions import letters
from danvan.chasing.models import Reminder, UrgingLetter
from danvan.kernel import audit, clock, events
from danvan.kernel.access import SYSTEM
from danvan.organisations.actions import reorganisations
from danvan.organisations.models import (
    Appointment,
    Person,
    Post,
    RoleHolding,
    Unit,
    UnitKind,
    UnitVersion,
)
from danvan.organisations.reorganising.plan import Beginning, Plan, Take
from tests.assignments import factory
from tests.city import FROM, City, person
from vanban.text import search_key, sort_key

QUIET = (dt.date(2024, 1, 1), dt.date(2025, 4, 28))
LEVEL_ENDS = dt.date(2025, 7, 1)

# Day: unit, work, who. The plan is due on 04/4, report and dossier on 16/10; Phường 2 has its
# plan's date moved to 14/4; the directive of the 05/6 meeting is due on 30/6; of the two given
# on 12/5/2025 Phường 2's is due on 20/6, Phường 1's on 15/8.
TOLD = """
28/3/2023   phuong-1 plan o · phuong-2 plan o · xa-tan-binh plan o
31/3/2023   phuong-1 plan o · phuong-2 plan o · xa-tan-binh plan o
03/4/2023   xa-tan-binh plan o,h
04/4/2023   xa-tan-binh plan o,h
05/4/2023   xa-tan-binh plan o,h
06/4/2023   phuong-1 plan o,h
07/4/2023   phuong-1 plan o,h · phuong-2 plan o · xa-tan-binh plan o,h
11/4/2023   phuong-2 plan o · xa-tan-binh plan letter:o,h
13/4/2023   phuong-2 plan o,h
14/4/2023   phuong-2 plan o,h
18/4/2023   xa-tan-binh plan c
23/6/2023   phuong-1 directive o
27/6/2023   phuong-1 directive o
29/6/2023   phuong-1 directive o,h
30/6/2023   phuong-1 directive o,h
09/10/2023  phuong-1 report o · phuong-1 dossier o · phuong-2 report o · phuong-2 dossier o
09/10/2023  xa-tan-binh report o · xa-tan-binh dossier o
13/10/2023  phuong-1 report o,h · phuong-1 dossier o,h · xa-tan-binh dossier o,h
16/10/2023  phuong-1 report o,h · xa-tan-binh dossier o,h
17/10/2023  phuong-1 report o,h · xa-tan-binh dossier o,h
19/10/2023  xa-tan-binh dossier o,h
23/10/2023  xa-tan-binh dossier letter:o,h
13/6/2025   phuong-2 directive o
17/6/2025   phuong-2 directive o
19/6/2025   phuong-2 directive o,h
20/6/2025   phuong-2 directive o,h
23/6/2025   phuong-2 directive o,h
27/6/2025   phuong-2 directive o,h
01/7/2025   phuong-tan-ninh directive o,h
04/7/2025   phuong-tan-ninh directive c
08/8/2025   phuong-tan-ninh directive o
12/8/2025   phuong-tan-ninh directive o
14/8/2025   phuong-tan-ninh directive o,h
15/8/2025   phuong-tan-ninh directive o,h
"""

# Days late as they stay on record; the rest of what was filed is 0.
LATE = {
    ("phuong-2", "plan"): 3,
    ("xa-tan-binh", "plan"): 16,
    ("phuong-1", "report"): 2,
    ("xa-tan-binh", "dossier"): 8,
    ("phuong-tan-ninh", "Rà soát hộ nghèo"): 18,
}
# Letters: day, and who stood in it with how many days.
LETTERS = {
    dt.date(2023, 4, 11): {("xa-tan-binh", 7)},
    dt.date(2023, 10, 23): {("xa-tan-binh", 7)},
}


class Story:
    """What people do, each at 08:00 of a day, before the worker comes at 09:00."""

    def __init__(self, city: City) -> None:
        self.city, self.programme = city, factory.opened(city)
        self.office = city.actor("noi-vu")
        self.at: dict[dt.date, list[Callable[[], object]]] = defaultdict(list)

    def on(self, day: int, month: int, year: int, act: Callable[[], object]) -> None:
        self.at[dt.date(year, month, day)].append(act)

    def owed(self, unit: str, key: str) -> Assignment:
        return factory.of(self.programme, self.city, unit, key)

    def file(self, unit: str, key: str) -> Callable[[], object]:
        if key == "dossier":
            return lambda: dossiers.file_dossier(self.owed(unit, key), by=self.city.actor(unit))
        return lambda: self.hand_in(self.owed(unit, key), self.city.people[unit])

    def hand_in(self, owed: Assignment, who: Person) -> None:
        paper = SimpleUploadedFile("van-ban.pdf", b"%PDF-1.4 x", "application/pdf")
        submissions.file(owed, files=[paper], note="Đã xong.", by=self.city.actor(who))

    def give(self, unit: str, title: str, due_on: dt.date) -> Callable[[], object]:
        return lambda: directives.assign(
            self.city.body, origin="directive", title=title, unit=self.city.units[unit],
            due_on=due_on, source_note="Kết luận giao ban tháng", by=self.office,
        )  # fmt: skip

    def given(self, unit: str, title: str) -> Assignment:
        return Assignment.objects.get(unit__key=unit, title=title)

    def hand_in_given(self, unit: str, title: str) -> None:
        self.hand_in(self.given(unit, title), self.city.people[unit])

    def accept(self, owed: Assignment) -> None:
        submissions.accept(owed, by=self.office)

    def extend_plan_of_phuong_2(self) -> None:
        owed, until = self.owed("phuong-2", "plan"), dt.date(2023, 4, 14)
        extensions.extend(owed, until=until, ground="Bầu bổ sung lãnh đạo", by=self.office)

    def send_back_plan_of_phuong_1(self) -> None:
        owed = self.owed("phuong-1", "plan")
        submissions.return_for_correction(owed, reason="Thiếu chỉ tiêu III.3", by=self.office)

    def exempt_report_of_tan_binh(self) -> None:
        owed = self.owed("xa-tan-binh", "report")
        submissions.exempt(owed, reason="Gộp vào báo cáo cụm", by=self.office)

    def urge(self) -> None:
        letters.urge(self.programme, by=self.city.actor(self.city.heads["thanh-pho"]))


def _the_year(story: Story) -> None:
    slow = {"phuong-1", "phuong-2", "xa-tan-binh"}
    for unit in set(factory.EVERYONE) - slow:
        story.on(28, 3, 2023, story.file(unit, "plan"))
        story.on(6, 10, 2023, story.file(unit, "report"))
        story.on(6, 10, 2023, story.file(unit, "dossier"))
    story.on(3, 4, 2023, story.file("phuong-1", "plan"))
    story.on(3, 4, 2023, story.extend_plan_of_phuong_2)
    story.on(6, 4, 2023, story.send_back_plan_of_phuong_1)
    story.on(10, 4, 2023, story.file("phuong-1", "plan"))
    story.on(10, 4, 2023, lambda: story.accept(story.owed("phuong-1", "plan")))
    story.on(11, 4, 2023, story.urge)
    story.on(17, 4, 2023, story.file("phuong-2", "plan"))
    story.on(20, 4, 2023, story.file("xa-tan-binh", "plan"))
    story.on(5, 6, 2023, story.give("phuong-1", "Báo cáo tiếp dân", dt.date(2023, 6, 30)))
    story.on(3, 7, 2023, lambda: story.accept(story.given("phuong-1", "Báo cáo tiếp dân")))
    story.on(10, 10, 2023, story.exempt_report_of_tan_binh)
    for key in ("report", "dossier"):
        story.on(12, 10, 2023, story.file("phuong-2", key))
    story.on(16, 10, 2023, story.file("phuong-1", "dossier"))
    story.on(18, 10, 2023, story.file("phuong-1", "report"))
    story.on(23, 10, 2023, story.urge)
    story.on(24, 10, 2023, story.file("xa-tan-binh", "dossier"))


def _the_end_of_the_level(story: Story) -> None:
    story.on(12, 5, 2025, story.give("phuong-2", "Rà soát hộ nghèo", dt.date(2025, 6, 20)))
    story.on(12, 5, 2025, story.give("phuong-1", "Bàn giao hồ sơ", dt.date(2025, 8, 15)))
    story.on(20, 6, 2025, lambda: _resolve(story.city))
    story.on(1, 7, 2025, lambda: _appoint(story.city, "phuong-tan-ninh"))
    story.on(8, 7, 2025, lambda: story.hand_in_given("phuong-tan-ninh", "Rà soát hộ nghèo"))


def _province(city: City) -> None:
    """The committee above, and its home-affairs office, which take over in 2025."""
    for key, name, kind in (
        ("tinh", "UBND tỉnh Tây Ninh", UnitKind.COMMITTEE),
        ("so-noi-vu", "Sở Nội vụ", UnitKind.DEPARTMENT),
    ):
        unit = city.units[key] = Unit.objects.create(key=key)
        UnitVersion.objects.create(
            unit=unit, name=name, short_name=name, kind=kind, parent=city.units.get("tinh"),
            valid_from=FROM, sort_key=sort_key(name), search_key=search_key(name),
        )  # fmt: skip
        city.heads[key] = person(f"Trưởng {name}", f"{key}.truong")
        Post.objects.create(
            person=city.heads[key], unit=unit, title="Người đứng đầu", rank="head",
            valid_from=FROM,
        )  # fmt: skip
    RoleHolding.objects.create(
        role="programme_office", body=city.units["tinh"], holder=city.units["so-noi-vu"],
        valid_from=FROM,
    )  # fmt: skip


def _resolve(city: City) -> None:
    """The resolution, enacted eleven days before it takes effect."""
    ward = Beginning("phuong-tan-ninh", "UBND phường Tân Ninh", "ubnd_phuong", "tinh", "25459")
    took = (
        Take("phuong-1", ward.key), Take("phuong-2", ward.key), Take("thanh-pho", "tinh"),
        Take("noi-vu", "so-noi-vu"),
    )  # fmt: skip
    ends = ("phuong-1", "phuong-2", "thanh-pho", "noi-vu")
    reorganisations.enact(
        reorganisations.draft(
            "merge", Plan((ward,), took, (), ends), effective_on=LEVEL_ENDS,
            code="1682/NQ-UBTVQH15", signed_on=dt.date(2025, 6, 16),
            subject="Sắp xếp đơn vị hành chính cấp xã của tỉnh Tây Ninh năm 2025", by=SYSTEM,
        ),
        by=SYSTEM,
    )  # fmt: skip


def _appoint(city: City, key: str) -> None:
    unit = city.units[key] = Unit.objects.get(key=key)
    for kept, name, rank in (
        (city.heads, "Chủ tịch phường Tân Ninh", "head"),
        (city.people, "Chuyên viên phường Tân Ninh", "officer"),
    ):
        kept[key] = person(name, f"{key}-{rank}")
        Post.objects.create(
            person=kept[key], unit=unit, title=name, rank=rank, valid_from=LEVEL_ENDS
        )
    Appointment.objects.create(
        unit=unit, person=city.people[key], duty="officer", basis="Quyết định thử",
        valid_from=LEVEL_ENDS,
    )  # fmt: skip


def _walk(story: Story, start: dt.date, end: dt.date) -> None:
    day = start
    while day <= end:
        with clock.set_to(dt.datetime.combine(day, dt.time(0, 5))):
            call_command("reorganise", stdout=io.StringIO())
            events.deliver_pending()
        with clock.set_to(dt.datetime.combine(day, dt.time(8))):
            for act in story.at.pop(day, ()):
                act()
        for hour in (9, 15):  # the second finds everything told
            with clock.set_to(dt.datetime.combine(day, dt.time(hour))):
                call_command("chase", stdout=io.StringIO())
        with clock.set_to(dt.datetime.combine(day, dt.time(16))):
            _in_the_afternoon(story, day)
        # Nothing is due for sixteen months: the worker comes once a week, the clock is watched.
        day += dt.timedelta(days=7 if QUIET[0] <= day < QUIET[1] else 1)


def _in_the_afternoon(story: Story, day: dt.date) -> None:
    """Handed in on the last day, before it ends."""
    if day == dt.date(2023, 6, 30):
        story.hand_in_given("phuong-1", "Báo cáo tiếp dân")
    if day == dt.date(2025, 8, 15):
        story.hand_in_given("phuong-tan-ninh", "Bàn giao hồ sơ")


Line = tuple[dt.date, str, str, str, frozenset[str]]


def by_hand() -> Iterator[Line]:
    for row in TOLD.strip().splitlines():
        written, said = row.split(maxsplit=1)
        day, month, year = map(int, written.split("/"))
        for cell in said.split(" · "):
            unit, work, who = cell.split()
            kind, _colon, whom = who.rpartition(":")
            yield (
                dt.date(year, month, day),
                unit,
                work,
                kind or "ladder",
                frozenset(whom.split(",")),
            )


def as_told(city: City) -> set[Line]:
    chairmen = {city.heads[key].pk for key in ("thanh-pho", "tinh")}
    found: dict[tuple[dt.date, str, str, str], set[str]] = defaultdict(set)
    for told in Reminder.objects.select_related("assignment__unit", "assignment__task"):
        unit, work = told.assignment.unit.key, _work(told.assignment)
        who = {city.people[unit].pk: "o", city.heads[unit].pk: "h"}
        whom = "c" if told.person_id in chairmen else who[told.person_id]
        found[told.day, unit, work, str(told.kind)].add(whom)
    return {(*key, frozenset(whom)) for key, whom in found.items()}


def _work(owed: Assignment) -> str:
    if owed.task is None:
        return "directive"
    return list(factory.TASKS)[owed.task.order]


@pytest.mark.django_db
def test_row_18_the_years_against_a_table_made_by_hand(city: City, on_day) -> None:
    _province(city)
    on_day(2023, 3, 27)
    story = Story(city)
    _the_year(story)
    _the_end_of_the_level(story)
    _walk(story, dt.date(2023, 3, 27), dt.date(2025, 8, 31))
    assert not story.at, "everything planned was played"

    told, table = as_told(city), set(by_hand())
    assert told - table == set(), "told, and not in the table"
    assert table - told == set(), "in the table, and nobody was told"

    filed = Assignment.objects.filter(first_filed_at__isnull=False).select_related("unit", "task")
    late = {
        (a.unit.key, a.title if a.task is None else _work(a)): a.days_late
        for a in filed
        if a.days_late
    }
    assert late == LATE
    assert filed.count() == 3 * len(factory.EVERYONE) - 1 + 3
    assert {
        clock.local_day(letter.issued_at): {
            (line.assignment.unit.key, line.days_late) for line in letter.lines.all()
        }
        for letter in UrgingLetter.objects.all()
    } == LETTERS

    # What the wards owed in 2025 was closed with the resolution as its ground.
    for unit in ("phuong-1", "phuong-2"):
        left = Assignment.objects.get(unit__key=unit, directive__isnull=False, state="exempt")
        assert "1682/NQ-UBTVQH15" in left.exempt_reason
        assert left.passed_to and left.passed_to.unit.key == "phuong-tan-ninh"
        assert left.passed_to.body.key == "tinh"
    assert not list(audit.breaks())
