"""One of everything an address may point at, small, for the promise about access."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.assignments.actions import directives, extensions, submissions
from danvan.assignments.models import Assignment, Attachment
from danvan.chasing.actions import feeds
from danvan.chasing.models import Digest, Feed
from danvan.documents.actions import dispatch, relations
from danvan.documents.models import Document
from danvan.indices.actions import editions as indices
from danvan.indices.actions import results as index_results
from danvan.indices.actions.results import Figures
from danvan.kernel import clock, files, imports
from danvan.kernel.access import SYSTEM
from danvan.kernel.models import CalendarDay, Mail
from danvan.organisations.actions import delegations, erasures, reorganisations
from danvan.organisations.models import Appointment, Delegation
from danvan.organisations.reorganising.plan import Plan
from danvan.programmes.actions import amendment_reading, amendments, manuscripts, reading
from danvan.programmes.amending_reading import Proposal, Reading
from danvan.programmes.models import Programme
from danvan.reports.actions import outlines, papers
from danvan.reports.models import Outline, Report
from danvan.reports.periods import Form, Span
from danvan.scoring.actions import explanations, settlement, verification
from danvan.scoring.models import Cap, Proof, Score
from tests.city import City
from tests.conftest import ROOT
from tests.democracy import asking
from tests.democracy import factory_telling as telling
from tests.emulation import factory as emulation
from tests.petitions import factory as petitions_factory
from tests.petitions import reception_factory
from tests.portal import addresses as portal
from tests.registers import factory as registers
from tests.scoring import factory
from tests.scoring import world as scoring_results
from tests.study import factory as study
from tests.vault import factory as vault

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
    content = b"key,name,kind,valid_from\nx,X,ubnd,01/01/2023\n"
    moved_units = reorganisations.draft(
        "abolish", Plan(ends=("xa-tan-binh",)), effective_on=dt.date(2024, 1, 1), code="NQ 1",
        signed_on=dt.date(2023, 12, 1), subject="Thử", file=files.store(b"%PDF-1.4"),
        file_name="nq.pdf", by=SYSTEM,
    )  # fmt: skip
    table = imports.preview("organisations.units", "x.csv", content, by=SYSTEM)
    finding = draft.findings.filter(kind="task").first()
    task = a_round.programme.tasks.first()
    document = Document.objects.get(code="49/KH-UBND")
    document.file, document.file_name = owed.submissions.get().attachments.get().file, "kh.pdf"
    document.save()
    report, unreported = reported(city, owed)
    told, feed = chased(city)
    lost = Mail.objects.create(
        key="digest-0", to="a@b.example", subject="Nhắc việc", text="…", state="unknown",
        made_at=clock.now(), not_before=clock.now(),
    )  # fmt: skip
    given, later = outside_the_plan(city)
    erasing = erasures.ask(city.people["phuong-1"], words="Thử", by=ward)
    one = {"pk": a_round.pk}
    plan = {"programme": a_round.programme_id}
    review = {"draft": draft.pk}
    found = {**review, "finding": finding.pk}
    with day(2023, 10, 2):
        registers_world = registers.world(city)
    built = {
        **petitions_factory.for_addresses(city),
        "desk:calendar_remove": {"pk": moved.pk},
        "imports:send": {"table": "organisations.units"},
        "imports:template": {"table": "organisations.units"},
        **{f"imports:{n}": {"pk": table.pk} for n in ("report", "faults", "apply", "undo")},
        "organisations:delegate": {"appointment": Appointment.objects.filter(
            unit=city.units["phuong-1"]).first().pk},
        "organisations:unit": {"key": "phuong-1"},
        "organisations:give": {"key": "phuong-1"},
        "organisations:revoke": {"pk": delegated(city).pk},
        **{f"organisations:{n}": {"pk": moved_units.pk} for n in (
            "reorganisation", "enact", "withdraw", "resolution")},
        **{f"organisations:{n}": {"pk": erasing.pk} for n in (
            "erasure", "person_file", "carry_out_erasure", "refuse_erasure")},
        "organisations:name": {"key": "phuong-1", "duty": "leader"},
        **{f"documents:{n}": {"pk": document.pk} for n in (
            "document", "file", "edit", "relate", "texts", "addressees", "address")},
        **register(city, document),
        **{f"programmes:{n}": review for n in (
            "review", "draft_file", "discard", "add_task", "publish", "keep")},
        "programmes:accept_group": {**review, "kind": "target"},
        **{f"programmes:{n}": found for n in (
            "finding", "correction", "correct", "accept", "strike")},
        **{f"programmes:{n}": plan for n in (
            "plan", "tasks", "tasks_workbook", "targets", "citations")},
        "programmes:task": {"task": task.pk},
        **{f"programmes:{n}": plan for n in ("coverage", "amendments")},
        **written(city, a_round.programme),
        "assignments:matrix": {"pk": a_round.programme_id},
        "assignments:attachment": {"pk": Attachment.objects.first().pk},
        "assignments:detail": {"pk": owed.pk},
        "assignments:directive": {"pk": given.directive_id},
        "assignments:extend_directive": {"pk": given.directive_id},
        "assignments:extend_task": {"pk": task.pk},
        "assignments:request_file": {"pk": later.pk},
        **{f"scoring:{n}": one for n in (
            "round", "recompute", "queue", "queue_workbook", "settling", "window", "settle_all",
            "ranking", "ranking_workbook", "decide", "decision_draft", "send_back", "snapshot",
            "rows", "listing", "proof_gaps", "scan_proofs", "routing", "reroute",
            "name_substitute", "changes", "keep_draft", "what_if", "proposal_draft",
            "issue_proposal", "heat")},
        **scoring_results.addresses(city, sheet, explanation),
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
        **{f"chasing:{n}": plan for n in ("programme", "remind", "urge", "letter_draft")},
        **{f"chasing:{n}": {"body": city.body.pk} for n in ("ladder", "end_rung")},
        "chasing:read": {"pk": told.pk},
        "chasing:settle_mail": {"pk": lost.pk},
        "chasing:revoke_feed": {"pk": feed.pk},
        "chasing:calendar": {"token": "khong-co"},
        **asking.arguments(city),
        **telling.addresses(city),
        "oversight:programme": plan,
        **measured(city),
        **registers_world,
        **vault.addresses(city),
        **study.addresses(city),
        **reception_factory.addresses(city),
        **emulation.addresses(city),
        "reports:outline": {"pk": report.outline_id},
        "reports:begin": {"assignment": unreported.pk},
        "reports:consolidate": plan,
        "reports:sources": {"pk": report.pk, "figure": report.figures.first().pk},
        **{f"reports:{n}": {"pk": report.pk} for n in (
            "report", "refresh", "put_forward", "hand_back", "approve", "revise", "answer",
            "changes", "document", "workbook")},
    }  # fmt: skip
    return {**built, **portal.arguments(built)}


def register(city: City, plan: Document) -> dict[str, dict[str, Any]]:
    """A relation, a clause to review, and the ward's receipt of the plan with a proof."""
    office = city.actor("noi-vu")
    with day(2023, 10, 18):
        cited = Document.objects.create(origin="cited", type="Pháp lệnh", code="34/2007/PL")
        plan.citations_made.create(cited=cited, start=0, end=1)
        plan.recipients = ["Ủy ban nhân dân phường, xã"]
        plan.save()
        law = Document.objects.create(origin="cited", type="Luật", code="10/2022/QH15")
        relation = relations.relate(
            cited, acting=law, kind="replaces", effective_on=dt.date(2023, 7, 1), source="thử",
            confidence="A", by=office,
        )  # fmt: skip
        dispatch.address_again(plan, by=office)
        receipt = plan.addressees.get(unit=city.units["phuong-1"])
        dispatch.send(plan, addressees=[receipt.pk], channel="network", by=office)
        other = plan.addressees.filter(unit=city.units["phuong-2"]).get()
        slip = files.store(b"%PDF-1.4 phieu")
        dispatch.enter_proof(
            other, day=dt.date(2023, 10, 18), note="Văn thư", file=slip, file_name="p.pdf",
            by=office,
        )  # fmt: skip
    return {
        "documents:withdraw": {"pk": relation.pk},
        "documents:review": {"pk": relation.reviews.first().pk},
        "documents:receipt": {"pk": receipt.pk},
        "documents:acknowledge": {"pk": receipt.pk},
        "documents:proof": {"pk": receipt.pk},
        "documents:proof_file": {"pk": other.marks.last().pk},
    }


def outside_the_plan(city: City) -> tuple[Assignment, Any]:
    """Work given to the ward at a meeting, and its request for more time with a paper."""
    with day(2023, 10, 2):
        given = directives.assign(
            city.body, origin="directive", title="Rà soát", unit=city.units["phuong-1"],
            due_on=dt.date(2023, 11, 1), source_note="Họp giao ban", by=city.actor("noi-vu"),
        )  # fmt: skip
        paper = SimpleUploadedFile("de-nghi.pdf", b"%PDF-1.4 de nghi", "application/pdf")
        later = extensions.ask(
            given, until=dt.date(2023, 12, 1), ground="Mưa.", file=paper, by=city.actor("phuong-1")
        )
    return given, later


def written(city: City, programme: Programme) -> dict[str, dict[str, int]]:
    """A plan in writing, a unit's own, and an amendment being prepared."""
    with day(2023, 10, 12):
        office, ward = city.actor("noi-vu"), city.units["phuong-1"]
        body = manuscripts.begin(city.body, year=2024, previous=programme, by=office)
        amendment = amendments.begin(
            programme, title="Sửa hạn", in_force_from=dt.date(2023, 10, 12), by=office
        )
        task, target = programme.tasks.first(), programme.targets.first()
        change = amendments.change(amendment, after=None, task=task, by=office)
        file = SimpleUploadedFile("sua-doi.txt", b"x")
        words = Reading({}, [Proposal("unread", "Bo tri nguon luc.")])
        amendment_reading.keep(amendment, reading=words, file=file, by=office)
        unread = amendment.proposals.get()
    one, to = {"manuscript": body.pk}, {"amendment": amendment.pk}
    return {
        **{f"programmes:{n}": one for n in (
            "manuscript", "autosave", "versions", "discard_manuscript", "manuscript_file")},
        **{f"programmes:{n}": to for n in (
            "amendment", "amend_add", "amend_add_target", "amend_discard", "amend_draft",
            "amend_publish", "amend_read_in", "amend_sign")},
        **{f"programmes:{n}": {**to, "proposal": unread.pk} for n in (
            "amend_confirm", "amend_set_aside")},
        **{f"programmes:{n}": {**to, "task": task.pk} for n in ("amend_task", "amend_remove")},
        **{f"programmes:{n}": {**to, "target": target.pk} for n in (
            "amend_target", "amend_remove_target")},
        "programmes:amend_undo": {**to, "change": change.pk},
        **{f"programmes:{n}": {"target": target.pk} for n in ("target", "target_why")},
        "programmes:for_unit": {"programme": programme.pk, "unit": ward.pk},
    }  # fmt: skip


def reported(city: City, owed: Assignment) -> tuple[Report, Assignment]:
    """A draft of the ward's report of the year, and an assignment of its without one."""
    with day(2023, 10, 12):
        for shipped in outlines.shipped():
            outlines.enact(city.body, outline=shipped, by=city.actor("noi-vu"))
        report = papers.begin(
            owed.unit, outline=Outline.objects.get(code="dan-van-chinh-quyen"), assignment=owed,
            span=Span(Form.YEAR, 2023), by=city.actor("phuong-1"),
        )  # fmt: skip
    return report, Assignment.objects.get(unit=owed.unit, task__deliverable="plan")


def chased(city: City) -> tuple[Digest, Feed]:
    """A notice to the ward's officer, and his calendar address."""
    officer = city.people["phuong-1"]
    notice = Digest.objects.create(
        person=officer, made_at=clock.now(), subject="Nhắc việc", text="Nhắc việc"
    )
    feeds.make(officer, by=city.actor("phuong-1"))
    return notice, Feed.objects.get(person=officer)


def measured(city: City) -> dict[str, dict[str, Any]]:
    """One edition of an index with the ward's result: the addresses that take them."""
    office, ward = city.actor("noi-vu"), city.units["phuong-1"]
    indices.enact(city.body, rows=indices.shipped(), by=office)
    edition = indices.open_edition(
        city.body, code="par", year=2022, source="Số liệu trình diễn", illustrative=True, by=office
    )
    figures = Figures(Decimal(80), Decimal(100))
    made = index_results.enter(edition, rows=[(ward.pk, figures)], by=office)
    return {
        "indices:edition": {"pk": edition.pk},
        "indices:result": {"pk": made[0].pk},
        "indices:unit": {"key": ward.key},
        "indices:series": {"code": "par"},
        "indices:workbook": {"code": "par"},
    }


def delegated(city: City) -> Delegation:
    """The head of a ward lets its focal officer act, for a month."""
    with day(2023, 10, 2):
        row: Delegation = delegations.give(
            city.units["phuong-1"], receiver=city.people["phuong-1"], scope="filing",
            ground="GUQ 01", start=dt.date(2023, 11, 1), end=dt.date(2023, 11, 30),
            by=city.actor(city.heads["phuong-1"]),
        )  # fmt: skip
    return row
