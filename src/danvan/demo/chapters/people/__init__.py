"""April to October 2023: the plan is studied, registers are kept, models come along.

Criteria 1.3–1.5, 2.4, 3.1–3.6, 4.1, 4.2, 4.6 and 5.2–5.6 are computed from it: what is
written down here is what units may claim.
"""

from __future__ import annotations

from danvan.demo.agenda import Agenda
from danvan.demo.chapters.people import agencies, exemplary, noting, recording, studying


def plan(agenda: Agenda) -> None:
    for part in (studying, recording, noting, agencies, exemplary):
        part.plan(agenda)
