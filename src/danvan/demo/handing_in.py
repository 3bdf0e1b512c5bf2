"""What several chapters do: speak for a unit, hand in for it, look at what came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet

from danvan.assignments.actions import submissions
from danvan.assignments.models import Assignment
from danvan.demo import city, story
from danvan.demo.agenda import Agenda, at
from danvan.demo.papers import Author, Paper
from danvan.demo.story import UnitYear
from danvan.organisations.models import Person, Post, Unit
from danvan.programmes.models.plans import Deliverable


def person(username: str) -> Person:
    return Person.objects.get(user__username=username)


def speaker(year: UnitYear) -> str:
    """Who acts for the unit: its focal officer, or its head where none is named."""
    return year.key if year.officer else f"{year.key}.truong"


def author(key: str) -> Author:
    """The unit as the author of its papers."""
    unit = Unit.objects.get(key=key)
    version = unit.versions.order_by("valid_from")[0]
    head = Post.objects.select_related("person").get(unit=unit, rank=Post.Rank.HEAD)
    number = 4 + sum(map(ord, key)) % 40
    return Author(key, version.name, version.kind, head.person.name, head.title, number)


def owed(key: str, deliverable: str) -> Assignment:
    return Assignment.objects.filter(unit__key=key, task__deliverable=deliverable).exclude(
        task__due_on=None
    ).get()  # fmt: skip


def undated(key: str) -> QuerySet[Assignment]:
    """What a unit owes without a date, in the order of the plan."""
    found = Assignment.objects.filter(unit__key=key, task__due_on=None)
    return found.filter(task__deliverable=Deliverable.NONE).order_by("task__order")


def answering() -> Iterator[tuple[str, str]]:
    """(unit, account that speaks for it) of everybody the plan addresses."""
    for year in story.YEARS:
        if year.named is not None:
            yield year.key, speaker(year)
    for key in story.OTHERS:
        yield key, key if key in ("cong-an", "quan-su") else f"{key}.truong"


def hand_in(duty: Assignment, who: str, note: str, paper: Paper | None = None) -> None:
    submissions.file(
        duty,
        files=[paper.upload()] if paper else [],
        document_code=paper.code if paper else "",
        document_date=paper.day if paper else None,
        note=note,
        by=city.actor(who),
    )


def look_at(agenda: Agenda, duty: Assignment, day: dt.date) -> None:
    """Somebody of Phòng Nội vụ who did not hand it in accepts it on ``day``."""
    minute = (duty.pk * 7) % 60
    agenda.at(at(day, 14, minute), accept, duty)


def accept(duty: Assignment) -> None:
    who = "noi-vu.2" if duty.unit.key == "noi-vu" else "noi-vu"
    submissions.accept(duty, by=city.actor(who))


def send_back(duty: Assignment, reason: str) -> None:
    submissions.return_for_correction(duty, reason=reason, by=city.actor("noi-vu"))
