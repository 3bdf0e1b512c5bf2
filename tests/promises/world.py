"""One of everything an address may point at, small, for the promise about access."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.assignments.actions import submissions
from danvan.assignments.models import Assignment, Attachment
from danvan.documents.models import Document
from danvan.kernel import clock, files
from danvan.kernel.models import CalendarDay
from danvan.organisations.models import Appointment
from danvan.programmes.actions import reading
from danvan.reports.actions import outlines, papers
from danvan.reports.models import Outline, Report
from danvan.reports.periods import Form, Span
from danvan.scoring.actions import explanations, settlement, verification
from danvan.scoring.models import Cap, Proof, Score
from tests.city import City
from tests.conftest import ROOT
from tests.scoring import factory

SEED = ROOT / "src" / "danvan" / "demo" / "data" / "ke-hoach-49.txt"


def day(*ymd: int) -> Any:
    return clock.set_to(dt.date(*ymd))


def build(city: City) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes any, by route name."""
    office, ward = city.actor("noi-vu"), city.actor("phuong-1")
    with day(2023, 10, 2):
        upload = SimpleUploadedFile("ke-hoach-49.txt", SEED.read_bytes())
        draft = reading.read_in(city.body, file=upload, by=office)
        a_round = factory.round_for(city)
        owed = Assignment.objects.get(unit=city.units["phuong-1"], task__deliverable="report")
        paper = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4 bao cao", "application/pdf")
        submissions.file(
            owed, files=[paper], document_code="1/BC-UBND", document_date=None, note="", by=ward
        )
    with day(2023, 10, 16):
        sheet = factory.submitted(a_round, city, "phuong-1")
        untouched = factory.sheet_of(a_round, city, "phuong-2")
    with day(2023, 10, 17):
        settlement.begin_verification(a_round, by=office)
        score = factory.score_of(sheet, "2.1")
        inspector = city.actor("thanh-tra")
        verification.verify(score, points=score.claimed - 1, reason="Thiếu sổ", by=inspector)
    with day(2023, 10, 19):
        for left in Score.objects.filter(sheet=sheet, verified__isnull=True):
            keys = {u.pk: k for k, u in city.units.items()}
            verification.agree(left, by=city.actor(keys[left.verifier_id]))
        settlement.begin_explanation(a_round, by=office)
        explanation = explanations.explain(score, text="Có sổ", asks=score.claimed, by=ward)
    moved = CalendarDay.objects.create(day=dt.date(2023, 9, 4), kind="off", basis="Thông báo thử")
    table = files.store(b"key,name,kind,valid_from\n")
    finding = draft.findings.filter(kind="task").first()
    task = a_round.programme.tasks.first()
    document = Document.objects.get(code="49/KH-UBND")
    document.file, document.file_name = owed.submissions.get().attachments.get().file, "kh.pdf"
    document.save()
    report, unreported = reported(city, owed)
    one = {"pk": a_round.pk}
    plan = {"programme": a_round.programme_id}
    review = {"draft": draft.pk}
    found = {**review, "finding": finding.pk}
    return {
        "desk:calendar_remove": {"pk": moved.pk},
        "organisations:table_import": {"file": table.pk},
        "organisations:delegate": {"appointment": Appointment.objects.filter(
            unit=city.units["phuong-1"]).first().pk},
        "organisations:unit": {"key": "phuong-1"},
        "organisations:name": {"key": "phuong-1", "duty": "leader"},
        "documents:document": {"pk": document.pk},
        "documents:file": {"pk": document.pk},
        **{f"programmes:{n}": review for n in (
            "review", "draft_file", "discard", "add_task", "publish")},
        "programmes:accept_group": {**review, "kind": "target"},
        **{f"programmes:{n}": found for n in (
            "finding", "correction", "correct", "accept", "strike")},
        **{f"programmes:{n}": plan for n in (
            "plan", "tasks", "tasks_workbook", "targets", "citations")},
        "programmes:task": {"task": task.pk},
        "assignments:matrix": {"pk": a_round.programme_id},
        "assignments:attachment": {"pk": Attachment.objects.first().pk},
        "assignments:detail": {"pk": owed.pk},
        **{f"scoring:{n}": one for n in (
            "round", "recompute", "queue", "queue_workbook", "settling", "window", "settle_all",
            "ranking", "ranking_workbook", "decide", "decision_draft", "send_back", "snapshot",
            "rows", "listing")},
        "scoring:open_round": {"pk": a_round.programme_id},
        "scoring:criteria_set": {"pk": sheet.criteria_set_id},
        **{f"scoring:{n}": {"pk": untouched.pk} for n in ("sheet", "gate")},
        "scoring:return_sheet": {"pk": sheet.pk},
        "scoring:proof": {"pk": Proof.objects.filter(score__sheet=sheet).first().pk},
        "scoring:remove_proof": {"pk": Proof.objects.filter(score__sheet=sheet).first().pk},
        **{f"scoring:{n}": {"pk": score.pk} for n in ("thread", "verify", "agree", "explain")},
        "scoring:answer": {"pk": explanation.pk},
        "scoring:step": {**one, "name": "trinh"},
        **{f"scoring:{n}": {"pk": sheet.pk} for n in ("result", "settle", "raise_cap")},
        "scoring:lift_cap": {"pk": sheet.pk, "cap": Cap.objects.filter(
            criteria_set=sheet.criteria_set).first().pk},
        "scoring:ranking_print": {**one, "block": "WARD"},
        "reports:outline": {"pk": report.outline_id},
        "reports:begin": {"assignment": unreported.pk},
        "reports:consolidate": plan,
        "reports:sources": {"pk": report.pk, "figure": report.figures.first().pk},
        **{f"reports:{n}": {"pk": report.pk} for n in (
            "report", "refresh", "put_forward", "hand_back", "approve", "revise", "answer",
            "changes", "document", "workbook")},
    }  # fmt: skip


def reported(city: City, owed: Assignment) -> tuple[Report, Assignment]:
    """A draft of the ward's report of the year, and an assignment of its without one."""
    with day(2023, 10, 12):
        for shipped in outlines.shipped():
            outlines.enact(city.body, outline=shipped, by=city.actor("noi-vu"))
        report = papers.begin(
            owed.unit, outline=Outline.objects.get(), assignment=owed,
            span=Span(Form.YEAR, 2023), by=city.actor("phuong-1"),
        )  # fmt: skip
    return report, Assignment.objects.get(unit=owed.unit, task__deliverable="plan")
