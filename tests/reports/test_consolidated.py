"""Row 65: the level above sums numbers with their sources and quotes texts by unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.assignments.actions import submissions
from danvan.kernel.access import Refused
from danvan.reports import papers as documents
from danvan.reports.actions import outlines, papers
from danvan.reports.models import Outline, Report
from tests.assignments import factory
from tests.reports.conftest import YEAR, Case, fill

D = Decimal


def test_row_65_numbers_are_summed_and_keep_their_sources(case: Case) -> None:
    case.approved("phuong-1", reception_turns="12")
    case.approved("phuong-2", reception_turns="30")
    case.written("xa-tan-binh", reception_turns="1000")  # not approved: not counted
    report = case.consolidated()
    figure = report.figures.get(item__code="reception_turns")
    assert figure.value == D(42)
    shares = {s.report.unit.key: s.value for s in figure.shares.select_related("report__unit")}
    assert shares == {"phuong-1": D(12), "phuong-2": D(30)}
    assert report.figures.get(item__code="dialogues").value is None


def test_row_65_texts_are_quoted_by_unit(case: Case) -> None:
    case.approved("phuong-1")
    report = case.consolidated()
    quoted = report.narratives.get(section__marker="IX").quoted
    assert [(q["name"], q["text"]) for q in quoted] == [
        ("UBND Phường 1", "Nội dung mục IX của UBND Phường 1.")
    ]


def test_row_65_a_returned_report_is_taken_out_again(case: Case) -> None:
    case.approved("phuong-1", reception_turns="12")
    case.approved("phuong-2", reception_turns="30")
    report = case.consolidated()
    owed = case.owed("phuong-2")
    submissions.return_for_correction(owed, reason="Sai số", by=case.city.actor("noi-vu"))
    changed = papers.refresh(report, by=case.city.actor("noi-vu"))
    assert "Lượt tiếp công dân" in {f.item.label for f in changed}
    assert report.figures.get(item__code="reception_turns").value == D(12)


def test_row_65_level_by_level_locked_when_approved(case: Case) -> None:
    case.approved("phuong-1", reception_turns="12")
    report = case.consolidated()
    office, chairman = case.city.actor("noi-vu"), case.head("thanh-pho")
    fill(report, office)
    with pytest.raises(Refused, match="người đứng đầu hoặc cấp phó"):
        papers.approve(report, by=office)
    papers.approve(report, by=chairman)
    assert report.document.code == "01/BC-UBND"
    with pytest.raises(Refused, match="đã duyệt và khóa"):
        papers.refresh(report, by=office)
    with pytest.raises(Refused, match="lý do cấp trên"):
        papers.answer(report, outcome="returned", by=office)
    papers.answer(report, outcome="returned", note="Bổ sung phụ lục", by=office)
    second = papers.revise(report, by=office)
    assert (second.version, second.figures.get(item__code="reception_turns").value) == (2, D(12))


def test_row_65_the_superior_accepts(case: Case) -> None:
    report = case.consolidated()
    office = case.city.actor("noi-vu")
    with pytest.raises(Refused, match="chưa duyệt"):
        papers.answer(report, outcome="accepted", by=office)
    fill(report, office)
    papers.approve(report, by=case.head("thanh-pho"))
    papers.answer(report, outcome="accepted", by=office)
    with pytest.raises(Refused) as refused:
        papers.answer(report, outcome="accepted", by=office)
    assert refused.value.decision.done
    with pytest.raises(Refused, match="trang nhiệm vụ"):
        papers.answer(case.begun(), outcome="accepted", by=office)


def test_only_the_programme_office_consolidates(case: Case) -> None:
    for who in ("phuong-1", "thanh-tra"):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            papers.consolidate(
                case.programme, outline=case.outline, span=YEAR,
                by=case.city.actor(who),
            )  # fmt: skip


def test_the_words_of_units_stand_in_the_document(case: Case) -> None:
    case.approved("phuong-1")
    report = case.consolidated()
    fill(report, case.city.actor("noi-vu"))
    paper = documents.compose(report, case.head("thanh-pho"))
    text = documents.text_of(paper)
    assert "UBND Phường 1: Nội dung mục IX của UBND Phường 1." in text
    assert paper.signature.authority_lines[0] == "TM. ỦY BAN NHÂN DÂN"


def test_summing_costs_the_same_for_many_units(case: Case) -> None:
    def cost() -> int:
        Report.objects.filter(consolidated=True).delete()
        with CaptureQueriesContext(connection) as seen:
            case.consolidated()
        return len(seen)

    case.approved("phuong-1", reception_turns="1")
    first = cost()
    factory.more_units(case.city, case.programme, 3)
    for unit in ("phuong-2", "xa-tan-binh", "tu-phap"):
        case.approved(unit, reception_turns="1")
    assert cost() == first
    assert Report.objects.get(consolidated=True).figures.get(
        item__code="reception_turns"
    ).value == D(4)


def test_an_outline_is_enacted_once(case: Case) -> None:
    office = case.city.actor("noi-vu")
    outlines.enact(case.city.body, outline=outlines.shipped()[0], by=office)
    assert Outline.objects.count() == len(outlines.shipped())
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        outlines.enact(
            case.city.body, outline=outlines.shipped()[0], by=case.city.actor("phuong-1")
        )
