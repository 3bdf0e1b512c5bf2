"""Plays the year up to a stage, through the verbs a person's click would call."""

from __future__ import annotations

import datetime as dt

from danvan.demo import city
from danvan.demo.agenda import Agenda, at
from danvan.demo.chapters import (
    amending,
    chasing,
    citizens,
    closing,
    directing,
    indexing,
    people,
    planning,
    running,
    scoring,
)
from danvan.demo.environment import STAGES
from danvan.kernel import clock
from danvan.kernel.models import Announcement

# The system is set up before the year's plan comes.
SET_UP = dt.datetime(2023, 1, 4, 8)
CHAPTERS = (
    planning, running, directing, chasing, indexing, people, amending, scoring, closing, citizens,
)  # fmt: skip


def play(stage: str) -> None:
    """From an empty database to eight in the morning of the day of ``stage``."""
    go_on(begin(), stage)


def begin() -> Agenda:
    """The city as it stands before the year, and the whole year on one agenda."""
    with clock.set_to(SET_UP):
        city.build()
    agenda = Agenda()
    for chapter in CHAPTERS:
        chapter.plan(agenda)
    return agenda


def go_on(agenda: Agenda, stage: str) -> None:
    """Plays on from where the agenda stands to the day of ``stage``."""
    agenda.play(until=at(dt.date.fromisoformat(STAGES[stage]), 8))
    if stuck := Announcement.objects.filter(delivered_at__isnull=True).first():
        raise RuntimeError(f"sự kiện {stuck.name} chưa được gửi: {stuck.last_error}")
