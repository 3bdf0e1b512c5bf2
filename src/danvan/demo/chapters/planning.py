"""27/3/2023, early: the plan is read in and half looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib import resources

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.demo import city
from danvan.demo.agenda import Agenda, at
from danvan.programmes import review, shapes
from danvan.programmes.actions import findings, reading
from danvan.programmes.models import Draft, Finding

DAY = dt.date(2023, 3, 27)
PLAN = "ke-hoach-49.txt"
# Looked at one by one before the office is called away; the rest waits.
TASKS_SEEN, CITATIONS_SEEN = 12, 12
# Parties where the compiler read on into the sentence: its words → what is meant.
MISREAD = {
    "Phòng Nội vụ chấm điểm": "Phòng Nội vụ",
    "UBND phường, xã đăng tin, bài để": "UBND phường, xã",
}
PATHS_CORRECTED = ("IV.2.c.-#3", "IV.2.d#2.-")


def plan(agenda: Agenda) -> None:
    """Phòng Nội vụ reads the file in, accepts what is plain and corrects two tasks."""
    agenda.at(at(DAY, 7, 5), read_in)
    agenda.at(at(DAY, 7, 12), accept_together, Finding.Kind.HEADER)
    for number in range(TASKS_SEEN):
        agenda.at(at(DAY, 7, 15 + number), accept, Finding.Kind.TASK, number)
    for number, path in enumerate(PATHS_CORRECTED):
        agenda.at(at(DAY, 7, 30 + number), correct_parties, path)
    for number in range(CITATIONS_SEEN):
        agenda.at(at(DAY, 7, 35 + number), accept, Finding.Kind.CITATION, number)


def read_in() -> None:
    content = (resources.files("danvan.demo") / "data" / PLAN).read_bytes()
    file = SimpleUploadedFile(PLAN, content, "text/plain")
    reading.read_in(city.body(), file=file, by=city.actor("noi-vu"))


def the_draft() -> Draft:
    return Draft.objects.get()


def accept(kind: str, order: int) -> None:
    draft = the_draft()
    row = draft.findings.get(kind=kind, order=order)
    findings.accept(draft, row.pk, seen=row.mark, by=city.actor("noi-vu"))


def accept_together(kind: str) -> None:
    """The group as a person does it: after a look, everything that is sure."""
    draft = the_draft()
    sure = [row.pk for row in review.sure(draft, kind)]
    if sure:
        findings.accept_group(draft, kind, findings=sure, by=city.actor("noi-vu"))


def correct_parties(path: str) -> None:
    """Writes the addressees of the task at ``path`` the way the sentence means them."""
    draft, row = the_draft(), task_at(path)
    shape = shapes.of(row)
    assert isinstance(shape, shapes.Task)
    parties = [replace(p, written=MISREAD.get(p.written, p.written)) for p in shape.parties]
    meant = replace(shape, parties=parties)
    findings.correct(draft, row.pk, shape=meant, seen=row.mark, by=city.actor("noi-vu"))


def task_at(path: str) -> Finding:
    """The (first) task read at a provision."""
    draft = the_draft()
    places = [n for n, place in enumerate(draft.provisions) if place["path"] == path]
    found = draft.findings.filter(kind=Finding.Kind.TASK, provision__in=places).first()
    assert found is not None, f"kế hoạch không có nhiệm vụ ở mục {path}"
    return found
