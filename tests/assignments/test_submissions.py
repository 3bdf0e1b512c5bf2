"""Filing, returning, accepting, exempting: what stays, who may, who is told."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.assignments.actions import dossiers, progress, submissions
from danvan.assignments.models import Assignment, Attachment, Submission
from danvan.kernel import audit, clock
from danvan.kernel.access import Refused, Stale
from danvan.kernel.models import Entry, Refusal, StoredFile
from tests.assignments import factory
from tests.assignments.conftest import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(city, programme) -> Assignment:
    return factory.of(programme, city, "phuong-1")


def test_row_17_lateness_is_set_by_the_first_filing_and_stays(city, plan, on_day):
    ward, office = city.actor("phuong-1"), city.actor("noi-vu")
    on_day(2023, 4, 7)
    submissions.file(plan, files=[pdf()], document_code="12/KH-UBND", by=ward)
    assert (plan.state, plan.days_late) == ("submitted", 3)
    on_day(2023, 4, 20)
    submissions.return_for_correction(plan, reason="Thiếu chỉ tiêu số 3.", by=office)
    on_day(2023, 4, 25)
    submissions.file(plan, files=[pdf("Kế hoạch lần 2.pdf")], by=ward)
    submissions.accept(plan, by=office)
    plan.refresh_from_db()
    assert (plan.state, plan.days_late, plan.returns) == ("accepted", 3, 1)
    assert clock.local_day(plan.first_filed_at) == dt.date(2023, 4, 7)
    assert clock.local_day(plan.settled_at) == dt.date(2023, 4, 25)


def test_row_19_both_versions_with_their_files_and_the_reason_are_kept(city, plan, on_day):
    ward, office = city.actor("phuong-1"), city.actor("noi-vu")
    submissions.file(plan, files=[pdf("một.pdf")], note="bản đầu", by=ward)
    submissions.return_for_correction(plan, reason="Thiếu chữ ký.", by=office)
    submissions.file(plan, files=[pdf("hai.pdf")], by=ward)
    first, second = plan.submissions.order_by("version")
    assert (first.outcome, first.outcome_reason, first.note) == (
        "returned", "Thiếu chữ ký.", "bản đầu",
    )  # fmt: skip
    assert first.decided_by == city.people["noi-vu"]
    assert (second.version, second.outcome) == (2, "waiting")
    assert [a.name for a in Attachment.objects.all()] == ["một.pdf", "hai.pdf"]
    # The same bytes are stored once.
    assert StoredFile.objects.count() == 1


def test_a_second_officer_is_told_who_filed_first(city, plan):
    mine, theirs = (Assignment.objects.get(pk=plan.pk) for _ in range(2))
    submissions.file(mine, files=[pdf()], by=city.actor("phuong-1"))
    with pytest.raises(Refused) as refused:
        submissions.file(theirs, files=[pdf()], by=city.actor(city.heads["phuong-1"]))
    assert refused.value.decision.done
    assert "Chuyên viên UBND Phường 1" in refused.value.decision.reason
    assert Submission.objects.count() == 1


def test_what_was_not_seen_is_not_accepted(city, plan):
    ward, office = city.actor("phuong-1"), city.actor("noi-vu")
    submissions.file(plan, files=[pdf()], by=ward)
    submissions.return_for_correction(plan, reason="Sửa.", version=1, by=office)
    submissions.file(plan, files=[pdf()], by=ward)
    with pytest.raises(Stale, match="lần 2"):
        submissions.accept(plan, version=1, by=city.actor(city.heads["noi-vu"]))
    plan.refresh_from_db()
    assert plan.state == "submitted"
    assert plan.submissions.first().outcome == "waiting"


@pytest.mark.parametrize("who", ["phuong-2", "noi-vu", "mat-tran", "thanh-tra"])
def test_only_those_who_act_for_the_unit_file(city, plan, who):
    with pytest.raises(Refused, match="đơn vị được giao"):
        submissions.file(plan, files=[pdf()], by=city.actor(who))
    assert not Submission.objects.exists()
    assert not StoredFile.objects.exists()
    assert Refusal.objects.get().action == "assignments.submission.file"


@pytest.mark.parametrize("who", ["phuong-1", "phuong-2", "mat-tran", "thanh-tra"])
@pytest.mark.parametrize(
    "verb", [submissions.accept, submissions.return_for_correction, submissions.exempt]
)
def test_only_the_programme_office_decides(city, plan, who, verb):
    if verb is not submissions.exempt:
        submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    state = plan.state
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        verb(plan, by=city.actor(who))
    plan.refresh_from_db()
    assert plan.state == state


def test_the_filer_does_not_accept_his_own_filing(city, programme):
    own = factory.of(programme, city, "noi-vu")
    filer, head = city.actor("noi-vu"), city.actor(city.heads["noi-vu"])
    submissions.file(own, files=[pdf()], by=filer)
    for verb in (submissions.accept, submissions.return_for_correction):
        with pytest.raises(Refused, match="không tự xem xét"):
            verb(own, by=filer)
    submissions.accept(own, by=head)
    assert own.state == "accepted"


def test_a_plan_needs_a_file_and_a_deed_needs_a_word(city, plan, programme):
    with pytest.raises(Refused, match="ít nhất một tệp"):
        submissions.file(plan, note="đã gửi giấy", by=city.actor("phuong-1"))
    law = factory.of(programme, city, "tu-phap", "law")
    with pytest.raises(Refused, match="Ghi kết quả"):
        submissions.file(law, note="  ", by=city.actor("tu-phap"))
    submissions.file(law, note="Đã tổ chức 3 buổi.", by=city.actor("tu-phap"))
    # No date was set: neither on time nor late.
    assert (law.state, law.days_late) == ("submitted", None)


@pytest.mark.parametrize("verb", [submissions.return_for_correction, submissions.exempt])
def test_a_reason_is_required(city, plan, verb):
    if verb is submissions.return_for_correction:
        submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    with pytest.raises(Refused, match="Phải ghi lý do"):
        verb(plan, reason="   ", by=city.actor("noi-vu"))


def test_an_exemption_can_be_taken_back_with_a_reason(city, plan):
    office = city.actor("noi-vu")
    submissions.exempt(plan, reason="Đơn vị giải thể.", by=office)
    assert (plan.state, plan.exempt_reason) == ("exempt", "Đơn vị giải thể.")
    with pytest.raises(Refused, match="Không thể"):
        submissions.file(plan, files=[pdf()], by=city.actor("phuong-1"))
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        submissions.require_again(plan, reason="Nhầm.", by=city.actor("phuong-1"))
    submissions.require_again(plan, reason="Miễn nhầm đơn vị.", by=office)
    assert (plan.state, plan.exempt_reason, plan.settled_at) == ("open", "", None)
    assert audit.of(plan).first().reason == "Miễn nhầm đơn vị."


def test_progress_is_the_units_to_tell(city, plan):
    ward = city.actor("phuong-1")
    progress.note_progress(plan, note="Đã dự thảo.", by=ward)
    said = plan.progress_notes.get()
    assert (plan.state, said.text, said.percent) == ("in_progress", "Đã dự thảo.", None)
    with pytest.raises(Refused) as again:
        progress.start(plan, by=ward)
    assert again.value.decision.done
    with pytest.raises(Refused, match="đơn vị được giao"):
        progress.note_progress(plan, note="Không phải tôi.", by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="đơn vị được giao"):
        progress.start(plan, by=city.actor("phuong-2"))
    submissions.file(plan, files=[pdf()], by=ward)
    with pytest.raises(Refused, match="không ghi thêm"):
        progress.note_progress(plan, note="Muộn rồi.", by=ward)


def test_a_dossier_comes_in_by_the_score_sheet_and_is_complete_at_once(city, programme, on_day):
    dossier = factory.of(programme, city, "phuong-1", "dossier")
    ward = city.actor("phuong-1")
    on_day(2023, 10, 17)
    with pytest.raises(Refused, match="phiếu tự chấm"):
        submissions.file(dossier, files=[pdf()], by=ward)
    with pytest.raises(Refused, match="đơn vị được giao"):
        dossiers.file_dossier(dossier, by=city.actor("noi-vu"))
    dossiers.file_dossier(dossier, by=ward)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.days_late) == ("accepted", 1)
    assert dossier.submissions.get().outcome == "accepted"
    with pytest.raises(Refused) as again:
        dossiers.file_dossier(dossier, by=ward)
    assert again.value.decision.done
    with pytest.raises(Refused, match="không phải"):
        dossiers.file_dossier(factory.of(programme, city, "phuong-1"), by=ward)


def test_row_68_every_act_leaves_a_line_the_unit_can_read(city, plan):
    ward, office = city.actor("phuong-1"), city.actor("noi-vu")
    progress.start(plan, by=ward)
    progress.note_progress(plan, note="Đang làm.", by=ward)
    submissions.file(plan, files=[pdf()], by=ward)
    submissions.return_for_correction(plan, reason="Sửa.", by=office)
    submissions.exempt(plan, reason="Miễn.", by=office)
    submissions.require_again(plan, reason="Làm lại.", by=office)
    submissions.file(plan, files=[pdf()], by=ward)
    submissions.accept(plan, by=office)
    lines = audit.of(plan)
    assert [line.action.rpartition(".")[2] for line in lines] == [
        "accept", "file", "require_again", "exempt", "return", "file", "note", "start",
    ]  # fmt: skip
    assert set(lines.values_list("concerns", flat=True)) == {plan.unit_id}
    assert not list(audit.breaks())
    assert Entry.objects.filter(actor_name=ward.name).count() == 4
