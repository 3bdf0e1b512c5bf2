"""April to October 2023: the plan is studied, registers are kept, models come along.

No criterion of the score sheet reads any of it: the marks stay what the other chapters say.
"""

from __future__ import annotations

from danvan.demo.agenda import Agenda
from danvan.demo.chapters.people import exemplary, recording, studying


def plan(agenda: Agenda) -> None:
    for part in (studying, recording, exemplary):
        part.plan(agenda)
