"""27/3 to 15/6/2023: published, people named, unit plans filed and looked at, work under way."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from danvan.assignments.actions import progress, submissions
from danvan.assignments.models import Assignment
from danvan.demo import city, handing_in, papers, story
from danvan.demo.agenda import DAY, Agenda, at, later, worked
from danvan.demo.chapters import planning
from danvan.demo.story import UnitYear
from danvan.kernel import facts
from danvan.organisations.actions import appointments
from danvan.organisations.models import Appointment, Person, Post, Unit
from danvan.programmes import shapes
from danvan.programmes.actions import findings, publishing
from danvan.programmes.models import Finding
from danvan.programmes.models.plans import Deliverable

PUBLISHED = planning.DAY
# Left out of the programme, and why.
STRUCK = {
    "III.5": "Trùng với chỉ tiêu tại mục III.5; theo dõi ở phần chỉ tiêu.",
    "¶#3": "Câu kết của kế hoạch, không phải nhiệm vụ riêng.",
}
# Parties left vague by the plan: nobody is guessed.
VAGUE = {"IV.2.c.-#2": ("các cơ quan, đơn vị", "UBND phường, xã có liên quan")}
TOP_CLASS = "scoring.units_in_top_class"
NAMING = "Phân công lãnh đạo"
# Handed in shortly before the day of this stage and not looked at yet.
WAITING = (("tu-phap", dt.date(2023, 6, 13)), ("phuong-2", dt.date(2023, 6, 14)))


def plan(agenda: Agenda) -> None:
    """The rest of the review, the publication, then a spring of work."""
    agenda.at(at(PUBLISHED, 13, 30), settle_the_rest)
    agenda.at(at(PUBLISHED, 14, 40), publish)
    for year in story.YEARS:
        if year.named is not None:
            day = named_on(year)
            agenda.at(at(day, 8, 30), name_people, agenda, year, day)
        if year.plan is not None:
            day = plan_day(year)
            hour = 8 + len(year.key) % 8
            agenda.at(at(day, hour, 40), file_plan, agenda, year, day)
        if year.exempt:
            agenda.at(at(dt.date(2023, 4, 10), 9), exempt_plan, year)
    for number, key in enumerate(("cong-an", "quan-su")):
        agenda.at(at(dt.date(2023, 3, 30), 9, number), name_officer, key)
    for key, day in WAITING:
        agenda.at(at(day, 15, 10), hand_in_one, key)
    agenda.at(at(dt.date(2023, 5, 4), 8), take_notes, agenda)
    agenda.at(at(dt.date(2023, 6, 9), 10), delegate)


# --- the review ends ---------------------------------------------------------------------


def settle_the_rest() -> None:
    """Strikes, corrects, then accepts what is left, in that order."""
    for path, reason in STRUCK.items():
        strike(path, reason)
    for path, parts in VAGUE.items():
        leave_open(path, parts)
    measure_top_class()
    for kind in (Finding.Kind.TARGET, Finding.Kind.CITATION, Finding.Kind.TASK):
        planning.accept_together(kind)
    draft, by = planning.the_draft(), city.actor("noi-vu")
    for row in draft.findings.filter(state=Finding.State.PENDING):
        findings.accept(draft, row.pk, seen=row.mark, by=by)


def strike(path: str, reason: str) -> None:
    row = planning.task_at(path)
    findings.strike(
        planning.the_draft(), row.pk, reason=reason, seen=row.mark, by=city.actor("noi-vu")
    )


def leave_open(path: str, parts: tuple[str, ...]) -> None:
    """ "…có liên quan" names nobody: the words stay, no unit is made to owe."""
    row = planning.task_at(path)
    shape = shapes.of(row)
    assert isinstance(shape, shapes.Task)
    kept = [p for p in shape.parties if p.written not in parts]
    kept.append(shapes.Party("coordinate", ", ".join(parts), units=[]))
    meant = replace(shape, parties=kept)
    findings.correct(
        planning.the_draft(), row.pk, shape=meant, seen=row.mark, by=city.actor("noi-vu")
    )


def measure_top_class() -> None:
    """The last target (60 % in the top class) gets the figure that measures it, if offered."""
    draft = planning.the_draft()
    row = draft.findings.filter(kind=Finding.Kind.TARGET).order_by("order").last()
    shape = shapes.of(row) if row else None
    if row is None or not isinstance(shape, shapes.Target) or shape.fact:
        return
    if TOP_CLASS in facts.REGISTRY:
        meant = replace(shape, fact=TOP_CLASS)
        findings.correct(draft, row.pk, shape=meant, seen=row.mark, by=city.actor("noi-vu"))


def publish() -> None:
    publishing.publish(planning.the_draft(), by=city.actor("noi-vu.truong"))


# --- people ------------------------------------------------------------------------------


def named_on(year: UnitYear) -> dt.date:
    return worked(story.PLAN_DUE + (year.named or 0) * DAY)


def name_people(agenda: Agenda, year: UnitYear, day: dt.date) -> None:
    """The head names a leader and, mostly, an officer, and hands in the notice that says so."""
    unit, head = Unit.objects.get(key=year.key), f"{year.key}.truong"
    leader = deputy_of(unit) or handing_in.person(head)
    officer = handing_in.person(year.key) if year.officer else None
    paper = papers.notice(
        handing_in.author(year.key), day, leader.name, officer.name if officer else ""
    )
    basis = f"Thông báo số {paper.code} ngày {day:%d/%m/%Y}"
    by = city.actor(head)
    appointments.name_for(unit, duty="leader", person=leader, basis=basis, start=day, by=by)
    if officer:
        appointments.name_for(unit, duty="officer", person=officer, basis=basis, start=day, by=by)
    city.forget_actors()
    duty = handing_in.undated(year.key).filter(task__text__startswith=NAMING).first()
    if duty:
        handing_in.hand_in(duty, head, story.NAMED.format(basis=basis), paper)
        handing_in.look_at(agenda, duty, later(day, 2))


def name_officer(key: str) -> None:
    """Bodies outside the ranking name an officer too, so that somebody answers for the tasks."""
    unit = Unit.objects.get(key=key)
    appointments.name_for(
        unit, duty="officer", person=handing_in.person(key), start=dt.date(2023, 3, 30),
        basis="Phân công nội bộ ngày 30/3/2023", by=city.actor(f"{key}.truong"),
    )  # fmt: skip
    city.forget_actors()


def delegate() -> None:
    """The officer of Phường 2 is away for three weeks; a colleague acts for her."""
    held = Appointment.objects.get(unit__key="phuong-2", duty="officer")
    appointments.delegate(
        held, person=handing_in.person("phuong-2.2"),
        basis="Giấy ủy quyền số 02/GUQ-UBND ngày 09/6/2023",
        start=dt.date(2023, 6, 12), end=dt.date(2023, 6, 30), by=city.actor("phuong-2.truong"),
    )  # fmt: skip
    city.forget_actors()


def deputy_of(unit: Unit) -> Person | None:
    return Person.objects.filter(posts__unit=unit, posts__rank=Post.Rank.DEPUTY).first()


# --- the units' plans --------------------------------------------------------------------


def plan_day(year: UnitYear) -> dt.date:
    day = story.PLAN_DUE + (year.plan or 0) * DAY
    return worked(day) if (year.plan or 0) < 0 else day


def file_plan(agenda: Agenda, year: UnitYear, day: dt.date) -> None:
    """Version 1; the office looks at it two days later and may send it back."""
    duty = handing_in.owed(year.key, Deliverable.PLAN)
    handing_in.hand_in(
        duty, handing_in.speaker(year), "", papers.plan(handing_in.author(year.key), day)
    )
    if not year.returned:
        handing_in.look_at(agenda, duty, later(day, 2))
        return
    back = later(day, 1)
    agenda.at(at(back, 10, 20), handing_in.send_back, duty, year.returned)
    if year.again is not None:
        again = later(back, year.again)
        agenda.at(at(again, 9, 5), file_plan_again, agenda, year, again)


def file_plan_again(agenda: Agenda, year: UnitYear, day: dt.date) -> None:
    duty = handing_in.owed(year.key, Deliverable.PLAN)
    handing_in.hand_in(
        duty, handing_in.speaker(year), "", papers.plan(handing_in.author(year.key), day, version=2)
    )
    handing_in.look_at(agenda, duty, later(day, 1))


def exempt_plan(year: UnitYear) -> None:
    duty = handing_in.owed(year.key, Deliverable.PLAN)
    submissions.exempt(duty, reason=year.exempt, by=city.actor("noi-vu"))


# --- tasks without a date ----------------------------------------------------------------


def take_notes(agenda: Agenda) -> None:
    """From May on, units say how far they are with about half of what they owe."""
    days = [dt.date(2023, 5, 8) + n * DAY for n in range(36)]
    days = [day for day in days if day.weekday() < 5]
    for key, who in handing_in.answering():
        chance = random.Random(f"{key} tiến độ")
        for duty in handing_in.undated(key).filter(state=Assignment.State.OPEN):
            if chance.random() < 0.5 and duty != waiting_of(key):
                moment = at(chance.choice(days), chance.randrange(8, 16), chance.randrange(60))
                agenda.at(moment, progress_on, duty, who, chance.choice(story.NOTES))


def progress_on(duty: Assignment, who: str, note: str) -> None:
    progress.note_progress(duty, note=note, by=city.actor(who))


def waiting_of(key: str) -> Assignment | None:
    """The task a unit hands in just before this stage's day: its last one."""
    return handing_in.undated(key).last() if key in dict(WAITING) else None


def hand_in_one(key: str) -> None:
    duty = waiting_of(key)
    if duty:
        handing_in.hand_in(duty, handing_in.speaker(story.BY_KEY[key]), story.RESULTS[2])
