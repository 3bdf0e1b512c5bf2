"""Row 64: a unit's report arrives pre-filled; blanks are named; approval locks it."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import docx
import pytest

from danvan.assignments.actions import submissions
from danvan.assignments.models import Assignment
from danvan.kernel import audit, clock
from danvan.kernel.access import Refused, Stale
from danvan.reports import composing, pages
from danvan.reports.actions import papers
from danvan.reports.actions.papers import Typed
from danvan.reports.models import Report
from danvan.reports.periods import Form, Span
from tests.assignments import factory
from tests.reports.conftest import YEAR, Case, fill
from vanban.checking import check

D = Decimal


def value(report: Report, code: str) -> Decimal | None:
    return report.figures.get(item__code=code).value


def test_row_64_figures_are_there_before_anybody_types(case: Case) -> None:
    plan = factory.of(case.programme, case.city, "phuong-1", "plan")
    with clock.set_to(dt.date(2023, 4, 4)):
        submissions.file(plan, files=[upload()], by=case.city.actor("phuong-1"))
    report = case.begun()
    read = report.figures.get(item__code="tasks_on_time")
    assert (read.value, read.typed) == (D(1), False)
    assert read.basis
    assert value(report, "reception_turns") is None


def test_row_64_blanks_are_named_and_hold_the_report_back(case: Case) -> None:
    report = case.begun()
    lacking = composing.blanks(report)
    assert "Lượt tiếp công dân" in {b.label for b in lacking}
    assert lacking[0].section.marker == "I"
    with pytest.raises(Refused, match="chỗ trống; chỗ đầu tiên: mục I"):
        papers.put_forward(report, by=case.city.actor("phuong-1"))
    fill(report, case.city.actor("phuong-1"), reception_turns="12")
    assert composing.blanks(report) == []
    papers.put_forward(report, by=case.city.actor("phuong-1"))
    assert report.state == "ready"


def test_row_64_a_typed_figure_names_its_source(case: Case) -> None:
    report = case.begun()
    item = report.figures.get(item__code="reception_turns").item_id
    with pytest.raises(Refused, match="phải có nguồn"):
        papers.save(
            report, revision=0, figures={item: Typed(D(3))}, texts={},
            by=case.city.actor("phuong-1"),
        )  # fmt: skip
    report.refresh_from_db()
    assert report.revision == 0
    assert value(report, "reception_turns") is None


def test_a_read_figure_is_not_typed_over(case: Case) -> None:
    report = case.begun()
    figure = report.figures.get(item__code="tasks_due")
    before = figure.value
    papers.save(
        report, revision=0, figures={figure.item_id: Typed(D(99), "tự ghi", D(5))}, texts={},
        by=case.city.actor("phuong-1"),
    )  # fmt: skip
    figure.refresh_from_db()
    assert (figure.value, figure.planned) == (before, D(5))


def test_two_people_at_once(case: Case) -> None:
    report = case.begun()
    by = case.city.actor("phuong-1")
    text = report.narratives.first()
    papers.save(report, revision=0, figures={}, texts={text.section_id: "của tôi"}, by=by)
    with pytest.raises(Stale):
        papers.save(report, revision=0, figures={}, texts={text.section_id: "khác"}, by=by)
    text.refresh_from_db()
    assert text.text == "của tôi"


def test_row_65_approval_numbers_locks_and_hands_in(case: Case) -> None:
    report = case.approved(reception_turns="12")
    assert (report.state, report.document.code) == ("approved", "01/BC-UBND")
    owed = case.owed("phuong-1")
    assert (owed.state, owed.days_late) == ("submitted", 0)
    handed = owed.submissions.get()
    assert handed.document_code == "01/BC-UBND"
    assert handed.attachments.count() == 1
    with pytest.raises(Refused, match="đã duyệt và khóa"):
        papers.save(report, revision=1, figures={}, texts={}, by=case.city.actor("phuong-1"))
    with pytest.raises(Refused, match="đã duyệt và khóa"):
        papers.refresh(report, by=case.city.actor("phuong-1"))
    told = audit.of(report)
    assert {"reports.report.begin", "reports.report.save", "reports.report.approve"} <= {
        e.action for e in told
    }
    assert {e.concerns for e in told} == {case.city.units["phuong-1"].pk}


def test_approval_is_all_or_nothing(case: Case, numbers) -> None:
    report = case.written()
    owed = case.owed("phuong-1")
    submissions.exempt(owed, reason="Sáp nhập", by=case.city.actor("noi-vu"))
    with pytest.raises(Refused):
        papers.approve(report, by=case.head("phuong-1"))
    report.refresh_from_db()
    assert (report.state, report.document) == ("draft", None)
    assert numbers() == {}


def test_twice_the_same_click(case: Case) -> None:
    report = case.written()
    papers.approve(report, by=case.head("phuong-1"))
    with pytest.raises(Refused) as refused:
        papers.approve(report, by=case.head("phuong-1"))
    assert refused.value.decision.done
    assert case.owed("phuong-1").submissions.count() == 1
    with pytest.raises(Refused) as refused:
        case.begun()
    assert refused.value.decision.done


def test_who_may_not(case: Case) -> None:
    report = case.written()
    stranger, officer = case.city.actor("phuong-2"), case.city.actor("phuong-1")
    with pytest.raises(Refused, match="của đơn vị mình"):
        papers.begin(
            case.city.units["phuong-1"], outline=case.outline, assignment=case.owed("phuong-1"),
            span=Span(Form.HALF, 2023), by=stranger,
        )  # fmt: skip
    with pytest.raises(Refused, match="không phải của đơn vị"):
        papers.begin(
            case.city.units["phuong-1"], outline=case.outline, assignment=case.owed("phuong-2"),
            span=Span(Form.HALF, 2023), by=officer,
        )  # fmt: skip
    for verb in (papers.put_forward, papers.refresh):
        with pytest.raises(Refused, match="của đơn vị mình"):
            verb(report, by=stranger)
    with pytest.raises(Refused, match="của đơn vị mình"):
        papers.save(report, revision=1, figures={}, texts={}, by=stranger)
    with pytest.raises(Refused, match="người đứng đầu hoặc cấp phó"):
        papers.approve(report, by=officer)
    papers.put_forward(report, by=officer)
    with pytest.raises(Refused, match="người đứng đầu hoặc cấp phó"):
        papers.hand_back(report, reason="x", by=officer)
    with pytest.raises(Refused, match="cần sửa gì"):
        papers.hand_back(report, reason=" ", by=case.head("phuong-1"))
    papers.hand_back(report, reason="Bổ sung mục IX", by=case.head("phuong-1"))
    assert report.state == "draft"
    assert audit.of(report)[0].reason == "Bổ sung mục IX"


def test_row_65_a_returned_report_gets_a_new_version_and_the_difference_is_shown(
    case: Case,
) -> None:
    first = case.approved(reception_turns="12")
    with pytest.raises(Refused, match="Chỉ lập lần mới khi báo cáo bị trả lại"):
        papers.revise(first, by=case.city.actor("phuong-1"))
    owed = case.owed("phuong-1")
    submissions.return_for_correction(owed, reason="Thiếu số", by=case.city.actor("noi-vu"))
    first = Report.objects.get(pk=first.pk)
    second = papers.revise(first, by=case.city.actor("phuong-1"))
    assert (second.version, value(second, "reception_turns")) == (2, D(12))
    with pytest.raises(Refused) as refused:
        papers.revise(first, by=case.city.actor("phuong-1"))
    assert refused.value.decision.done
    fill(second, case.city.actor("phuong-1"), reception_turns="15")
    changed = pages.changes(first, second)
    assert [(c.where, c.before, c.after) for c in changed] == [
        ("III. Lượt tiếp công dân", D(12), D(15))
    ]
    papers.approve(second, by=case.head("phuong-1"))
    assert second.document.code == "02/BC-UBND"
    assert Assignment.objects.get(pk=owed.pk).state == "submitted"


def test_row_64_the_period_before_stands_beside(case: Case, on_day) -> None:
    half = papers.begin(
        case.city.units["phuong-1"], outline=case.outline, assignment=case.owed("phuong-1"),
        span=Span(Form.QUARTER, 2023, 2), by=case.city.actor("phuong-1"),
    )  # fmt: skip
    fill(half, case.city.actor("phuong-1"), reception_turns="7")
    papers.approve(half, by=case.head("phuong-1"))
    next_one = papers.begin(
        case.city.units["phuong-1"], outline=case.outline, assignment=case.owed("phuong-1"),
        span=Span(Form.QUARTER, 2023, 3), by=case.city.actor("phuong-1"),
    )  # fmt: skip
    assert next_one.figures.get(item__code="reception_turns").previous == D(7)


def test_row_64_the_document_follows_the_decree(case: Case) -> None:
    report = case.approved(reception_turns="12")
    data = report.document.file.path.read_bytes()
    assert check(data) == ()
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    assert "Lượt tiếp công dân: 12 lượt" in words
    assert "chưa có số liệu (Không phát sinh trong kỳ)" in words
    assert report.document.signer_position == "Người đứng đầu"


def upload():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.4 x", "application/pdf")


def test_the_year_of_the_form(case: Case) -> None:
    report = case.begun()
    assert (report.period_start, report.period_end) == (YEAR.start, YEAR.end)


def test_row_64_a_target_in_percent_is_judged_by_the_share(case: Case) -> None:
    """24 of 24 units is 100 %, not 24: the report says what the page of targets says."""
    from danvan.assignments.models import Assignment
    from danvan.programmes.models import Target

    Target.objects.create(
        programme=case.programme, provision=case.programme.plan.provisions.first(), order=0,
        subject="100% cơ quan, đơn vị xây dựng kế hoạch", value=100, unit="%",
        fact="assignments.units_with_plan",
    )  # fmt: skip
    report = case.begun()
    told = next(p for p in pages.parts_of(report, None) if p.section.kind == "targets").targets
    assert told[0].said.endswith("chưa đạt")
    plans = Assignment.objects.filter(task__deliverable="plan")
    plans.update(state="accepted", first_filed_at=clock.now(), days_late=0)
    told = next(p for p in pages.parts_of(report, None) if p.section.kind == "targets").targets
    assert told[0].said == "8/8 đơn vị đã gửi kế hoạch, đạt"
