"""15/6 to 17/10/2023: the work ends, reports and dossiers come in, three offices verify."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from importlib import resources

from django.db.models import QuerySet

from danvan.assignments.models import Assignment, Attachment
from danvan.demo import city, handing_in, marks, papers, story
from danvan.demo.agenda import DAY, Agenda, at, later, worked
from danvan.demo.chapters import verifying
from danvan.demo.story import UnitYear
from danvan.documents.actions import register
from danvan.documents.models import Document
from danvan.kernel import clock, files
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme
from danvan.programmes.models.plans import Deliverable
from danvan.scoring import computing, gate, importing
from danvan.scoring.actions import criteria, rounds, settlement, sheets
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.models import Criterion, Proof, Round, Score, Sheet

OPENED = dt.date(2023, 9, 28)
DUE = dt.date(2023, 10, 16)
SUBSTITUTES = {
    roles.PROGRAMME_OFFICE: "thanh-tra",
    roles.INSPECTORATE: "van-phong",
    roles.ADMINISTRATION_OFFICE: "noi-vu",
}
SELF_SCORING = "Thực hiện tự đánh giá"
# Criteria proven by what was handed in for the plan's own tasks.
BY_TASK = {
    "1.1": (Deliverable.PLAN,),
    "6.1": (Deliverable.PLAN, Deliverable.REPORT),
    "6.3": (Deliverable.REPORT,),
}
NOTE = "Bảng tổng hợp, không phải bảng điểm của Quyết định 815/QĐ-UBND; thay trước khi dùng thật."


def plan(agenda: Agenda) -> None:
    """Summer, then October up to the early morning of the 17th."""
    agenda.at(at(dt.date(2023, 6, 16), 9), look_at_waiting, agenda)
    agenda.at(at(dt.date(2023, 8, 1), 8), finish_work, agenda)
    agenda.at(at(dt.date(2023, 9, 20), 9), bring_in_criteria)
    agenda.at(at(OPENED, 9), open_round)
    for year in story.YEARS:
        if year.report is not None:
            moment = at(report_day(year), 8 + len(year.key) % 3, 20 + len(year.key))
            agenda.at(moment, file_report, agenda, year)
        if year.dossier is not None:
            begin, end = worked(min(dossier_day(year), DUE) - DAY), dossier_day(year)
            agenda.at(at(begin, 15, len(year.key)), begin_sheet, year)
            # After the report of the same morning.
            moment = at(end, 11 + sum(map(ord, year.key)) % 6, 10 + len(year.key))
            agenda.at(moment, finish_sheet, agenda, year)
    agenda.at(at(DUE + DAY, 7, 20), begin_verification)


# --- work and reports --------------------------------------------------------------------


def look_at_waiting(agenda: Agenda) -> None:
    """What waited on the day of the stage before."""
    for duty in Assignment.objects.filter(state=Assignment.State.SUBMITTED):
        handing_in.look_at(agenda, duty, clock.today())


def finish_work(agenda: Agenda) -> None:
    """From August on most of the tasks without a date are handed in."""
    days = [dt.date(2023, 8, 7) + n * DAY for n in range(65)]
    days = [day for day in days if day.weekday() < 5]
    for key, who in handing_in.answering():
        chance = random.Random(f"{key} hoàn thành")
        quality = story.BY_KEY[key].quality if key in story.BY_KEY else 0.9
        todo = handing_in.undated(key).filter(state__in=("open", "in_progress"))
        for duty in todo.exclude(task__text__startswith=SELF_SCORING):
            if chance.random() < 0.35 + 0.65 * quality:
                moment = at(chance.choice(days), chance.randrange(8, 16), chance.randrange(60))
                agenda.at(moment, finish, agenda, duty, who, chance.choice(story.RESULTS))


def finish(agenda: Agenda, duty: Assignment, who: str, note: str) -> None:
    handing_in.hand_in(duty, who, note)
    handing_in.look_at(agenda, duty, later(clock.today(), 1 + duty.pk % 3))


def report_day(year: UnitYear) -> dt.date:
    day = story.REPORT_DUE + (year.report or 0) * DAY
    return worked(day) if (year.report or 0) < 0 else day


def file_report(agenda: Agenda, year: UnitYear, version: int = 1) -> None:
    """Looked at the next morning; two units get theirs back once."""
    duty, today = handing_in.owed(year.key, Deliverable.REPORT), clock.today()
    paper = papers.report(handing_in.author(year.key), today, version)
    handing_in.hand_in(duty, handing_in.speaker(year), "", paper)
    reason = story.REPORTS_RETURNED.get(year.key) if version == 1 else None
    if reason is None:
        handing_in.look_at(agenda, duty, later(today, 1))
        return
    agenda.at(at(today, 15, 30), handing_in.send_back, duty, reason)
    agenda.at(at(later(today, 1), 10, 10), file_report, agenda, year, 2)


# --- the round ---------------------------------------------------------------------------


def bring_in_criteria() -> None:
    """The composite, enacted by a paper of the register that says what it is."""
    by = city.actor("noi-vu.truong")
    entry = resources.files("danvan.demo") / "data" / "bang-diem.csv"
    register.import_instruments(files.store(entry.read_bytes()), by=by)
    paper = Document.objects.get(type="Bảng điểm")
    table = resources.files("danvan.scoring") / "data" / "criteria-template.csv"
    planned = importing.check(importing.read(table.name, table.read_bytes()))
    if planned.problems:
        raise RuntimeError(f"bảng điểm có dòng sai: {planned.problems[:3]}")
    criteria.import_sets(
        city.body(), plan=planned, title="Bảng điểm công tác dân vận chính quyền (trình diễn)",
        enacted_by=paper, valid_from=dt.date(2023, 1, 1), note=NOTE, by=by,
    )  # fmt: skip


def open_round() -> None:
    keys = dict(Unit.objects.filter(key__in=SUBSTITUTES.values()).values_list("key", "pk"))
    rounds.open_round(
        Programme.objects.get(), dossier_due=DUE, verify_due=dt.date(2023, 10, 18),
        explain_from=dt.date(2023, 10, 18), explain_to=dt.date(2023, 10, 19),
        decide_due=dt.date(2023, 10, 20), target_share=Decimal(60),
        substitutes={role: keys[key] for role, key in SUBSTITUTES.items()},
        by=city.actor("noi-vu"),
    )  # fmt: skip


def the_round() -> Round:
    return Round.objects.select_related("programme").get()


def begin_verification() -> None:
    settlement.begin_verification(the_round(), by=city.actor("noi-vu.truong"))


# --- one unit's sheet --------------------------------------------------------------------


def dossier_day(year: UnitYear) -> dt.date:
    return dt.date(2023, 10, year.dossier or DUE.day)


def sheet_of(key: str) -> Sheet:
    return Sheet.objects.select_related("round", "unit").get(unit__key=key)


def begin_sheet(year: UnitYear) -> None:
    """The first half of the sheet, with one proof per verifying office."""
    sheet = sheet_of(year.key)
    said = claims_of(sheet, year)
    half = {score: mark for score, mark in said.items() if score.criterion.code < "4"}
    first = {score.criterion.owner_role: score for score in reversed(proven(said))}
    proofs = [
        NewProofs(score.criterion_id, files=[proof_for(year, role, said).upload()])
        for role, score in first.items()
    ]
    save(sheet, year, {**half, **{s: said[s] for s in first.values()}}, proofs)


def finish_sheet(agenda: Agenda, year: UnitYear) -> None:
    """The rest, every claim with its proof, and handed in; the offices take it up."""
    sheet = sheet_of(year.key)
    said = claims_of(sheet, year)
    held = {p.score.criterion.owner_role: p.pk for p in proofs_of(sheet)}
    proofs = []
    for score in proven(said):
        again = [held[score.criterion.owner_role]] if not score.proofs.exists() else []
        attached = handed_in(year.key, BY_TASK.get(score.criterion.code, ()))
        proofs.append(
            NewProofs(score.criterion_id, attachments=attached, again=[] if attached else again)
        )
    save(sheet, year, said, proofs)
    duty = handing_in.undated(year.key).filter(task__text__startswith=SELF_SCORING).first()
    if duty and duty.state in ("open", "in_progress"):
        finish(agenda, duty, handing_in.speaker(year), story.SCORED)
    sheets.submit(sheet, by=city.actor(handing_in.speaker(year)))
    verifying.take_up(agenda, year)


def claims_of(sheet: Sheet, year: UnitYear) -> dict[Score, marks.Mark]:
    """Every claim the unit makes, in the order of its sheet."""
    scores = computing.scores_of([sheet])
    read = computing.read_for(scores, sheet.round)
    today = computing.compute(scores, sheet.round, read)
    later_on = computing.compute(scores, sheet.round, with_dossier(read, sheet))
    return {
        score: marks.claim(score, today[score.pk], later_on[score.pk], year.quality, year.insists)
        for score in scores
    }


def with_dossier(read: computing.Readings, sheet: Sheet) -> computing.Readings:
    """The readings as they will be once this very dossier is handed in."""
    code = "assignments.tasks_on_time"
    if clock.today() > sheet.round.dossier_due:
        code = "assignments.tasks_done_late"
    held = read[code][sheet.unit_id]
    if held is None or held.value is None:
        return read
    return {**read, code: {sheet.unit_id: replace(held, value=held.value + 1)}}


def proven(said: Mapping[Score, marks.Mark]) -> list[Score]:
    """Scores whose claim needs a proof."""
    found = []
    for score, mark in said.items():
        score.claimed, score.arises = mark.points, mark.arises
        if gate.needs_proof(score):
            found.append(score)
    return found


def proof_for(year: UnitYear, role: str, said: Iterable[Score]) -> papers.Paper:
    owned = [score.criterion for score in said if score.criterion.owner_role == role]
    lines = tuple(f"{c.code}. {c.title}" for c in owned if c.kind == Criterion.Kind.CRITERION)
    office = verifying.OFFICE_NAMES[role]
    return papers.proof(handing_in.author(year.key), clock.today(), office, lines)


def proofs_of(sheet: Sheet) -> QuerySet[Proof]:
    return Proof.objects.filter(score__sheet=sheet).select_related("score__criterion")


def handed_in(key: str, deliverables: Iterable[str]) -> list[int]:
    """Files of what the unit handed in for these tasks (the last version of each)."""
    found: list[int] = []
    for deliverable in deliverables:
        files_of = Attachment.objects.filter(
            submission__assignment__unit__key=key,
            submission__assignment__task__deliverable=deliverable,
        ).order_by("-submission__version")  # fmt: skip
        found += files_of.values_list("pk", flat=True)[:1]
    return found


def save(
    sheet: Sheet, year: UnitYear, said: Mapping[Score, marks.Mark], proofs: list[NewProofs]
) -> None:
    claims = {
        score.criterion_id: sheets.Claim(mark.points, mark.reason, mark.arises)
        for score, mark in said.items()
        if score.criterion.kind == Criterion.Kind.CRITERION
    }
    by = city.actor(handing_in.speaker(year))
    sheets.save(sheet, revision=sheet.revision, claims=claims, proofs=proofs, by=by)
