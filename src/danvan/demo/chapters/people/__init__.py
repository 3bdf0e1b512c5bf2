"""April to October 2023: the plan is studied, registers are kept, models come along.

Criterion 1.3 is computed from it: what is written down here is what units may claim.
"""

from __future__ import annotations

from danvan.demo.agenda import Agenda
from danvan.demo.chapters.people import exemplary, recording, studying


def plan(agenda: Agenda) -> None:
    for part in (studying, recording, exemplary):
        part.plan(agenda)
