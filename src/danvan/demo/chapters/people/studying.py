"""The plan is studied by everybody it ranks; Phòng Tư pháp trains mediators."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from danvan.demo import city, names, story
from danvan.demo.agenda import Agenda, at
from danvan.demo.chapters.people.days import the, unit
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.organisations.models import Unit
from danvan.study import learners, roster, rules
from danvan.study.actions import attendance, campaigns, reading, sessions, training
from danvan.study.actions import learners as codes
from danvan.study.models import Campaign, PlanLine, StudySession, TrainingClass

CAMPAIGN: dict[str, Any] = {
    "title": "Quán triệt Kế hoạch công tác dân vận chính quyền năm 2023",
    "basis": "Kế hoạch 49/KH-UBND, mục III.1",
    "way": Campaign.Way.EITHER, "due_on": the(6, 30), "keep_until": dt.date(2024, 6, 30),
}  # fmt: skip
CONFERENCE = {
    "kind": "conference", "title": "Hội nghị quán triệt Kế hoạch 49/KH-UBND",
    "place": "Hội trường UBND thành phố", "presenter": "Lãnh đạo Phòng Nội vụ",
}  # fmt: skip
HELD = the(4, 14)
# One in so many was away; of these, units with personal codes read at their desks, but the last.
AWAY, READERS = 6, ("phuong-1", "phuong-ninh-son", "xa-tan-binh", "van-phong", "noi-vu")
LINE: dict[str, Any] = {
    "year": 2023, "post": "Hòa giải viên cơ sở", "due_on": the(9, 30),
    "content": "Kỹ năng hòa giải, vận động Nhân dân ở khu phố, ấp",
    "basis": "Kế hoạch 49/KH-UBND, mục IV.2.b",
}  # fmt: skip
NEEDS = {"phuong-1": 3, "phuong-4": 2, "xa-binh-minh": 4}
# Mediators bear names nobody of the city has (names.py: the first 800 are all different).
FIRST_MEDIATOR = 600


def plan(agenda: Agenda) -> None:
    agenda.at(at(the(4, 10), 9), open_campaign)
    agenda.at(at(HELD, 14), write_down)
    for number, key in enumerate(READERS):
        agenda.at(at(the(4, 17), 8, 20 * number), give_codes, key)
        agenda.at(at(the(4, 24 + number % 4), 9), read, agenda, key)
    agenda.at(at(the(7, 5), 16), close_campaign)
    agenda.at(at(the(4, 11), 10), plan_training)
    for key in NEEDS:
        agenda.at(at(the(4, 19), 9, len(key)), tell_need, key)
    agenda.at(at(the(5, 15), 8, 30), open_class)
    agenda.at(at(the(5, 22), 10), settle_class)


def open_campaign() -> None:
    """On the plan itself, for everybody it ranks but Phòng Y tế; and the session is called."""
    by, text = city.actor("noi-vu"), Document.objects.get(code="49/KH-UBND")
    keys = [year.key for year in story.YEARS if not year.exempt]
    asked = Unit.objects.filter(key__in=keys).values_list("pk", flat=True)
    made = campaigns.draft(city.body(), units=list(asked), by=by, **CAMPAIGN)
    campaigns.add_text(made, document=text, by=by)
    campaigns.open_campaign(made, by=by)
    start, end = (timezone.make_aware(at(HELD, hour)) for hour in (8, 11))
    sessions.hold(
        made, organiser=unit("noi-vu"), starts_at=start, ends_at=end, by=by, **CONFERENCE
    )  # fmt: skip


def write_down() -> None:
    """The signed list is typed in: most people came."""
    asked = Campaign.objects.get().units.values_list("pk", flat=True)
    everybody = [(p, u) for u, held in roster.on(HELD, asked).items() for p in held.people]
    came = {person: u for n, (person, u) in enumerate(everybody) if n % AWAY}
    attendance.write_down(StudySession.objects.get(), people=came, by=city.actor("noi-vu"))


def give_codes(key: str) -> None:
    codes.give_codes(unit(key), by=city.actor(key))


def read(agenda: Agenda, key: str) -> None:
    """Whoever was away reads every page on a phone; in the last unit nobody does yet."""
    if key == READERS[-1]:
        return
    text = Campaign.objects.get().texts.get()
    met = set(StudySession.objects.get().attendances.values_list("learner__person", flat=True))
    here = unit(key).pk
    for number, person in enumerate(roster.on(clock.today(), [here])[here].people):
        if person not in met:
            learner = learners.of([person])[person]
            for page in range(1, text.pages + 1):
                reading.see(text, learner, page)
            moment = at(clock.today(), 9, 6 + 2 * number)
            agenda.at(moment, acknowledge, person)


def acknowledge(person: int) -> None:
    reading.acknowledge(
        Campaign.objects.get().texts.get(), learner=learners.of([person])[person], way="code",
        by=rules.LEARNER,
    )  # fmt: skip


def close_campaign() -> None:
    campaigns.close(Campaign.objects.get(), by=city.actor("noi-vu"))


def plan_training() -> None:
    asked = Unit.objects.filter(key__in=NEEDS).values_list("pk", flat=True)
    by = city.actor("tu-phap")
    training.plan(city.body(), organiser=unit("tu-phap"), units=list(asked), by=by, **LINE)


def tell_need(key: str) -> None:
    need = PlanLine.objects.get().needs.get(unit__key=key)
    training.tell_need(need, people=NEEDS[key], by=city.actor(key))


def open_class() -> None:
    """Everybody a unit named is enrolled."""
    by, number = city.actor("tu-phap"), FIRST_MEDIATOR
    held = training.open_class(
        PlanLine.objects.get(), title="Lớp kỹ năng hòa giải", place="Hội trường Phòng Tư pháp",
        starts_on=the(5, 18), ends_on=the(5, 19), by=by,
    )  # fmt: skip
    for key, people in NEEDS.items():
        called = [(names.name(number + n), LINE["post"]) for n in range(people)]
        number += people
        training.enrol(held, unit=unit(key), names=called, by=by)


def settle_class() -> None:
    """The last one enrolled did not come."""
    held = TrainingClass.objects.get()
    *done, away = held.enrolments.order_by("pk").values_list("pk", flat=True)
    given = {pk: f"{number:02d}/GCN-PTP" for number, pk in enumerate(done, start=1)}
    training.settle(
        held, completed=given, absent=[away], on=the(5, 19), by=city.actor("tu-phap")
    )  # fmt: skip
