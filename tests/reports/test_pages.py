"""The pages of reports as people of different roles meet them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.kernel import duties
from danvan.reports.actions import papers
from danvan.reports.models import Report
from tests.assignments import factory
from tests.reports.conftest import Case, fill

PERIOD = {"form": "year", "year": "2023", "number": ""}


def test_a_unit_begins_writes_and_its_head_approves(case: Case, sign_in) -> None:
    officer, head = sign_in("phuong-1"), sign_in(case.city.heads["phuong-1"])
    begun = officer.get(f"/bao-cao/soan/{case.owed('phuong-1').pk}/")
    assert 'value="2023"' in begun.content.decode()
    sent = officer.post(
        f"/bao-cao/soan/{case.owed('phuong-1').pk}/", {"outline": case.outline.pk, **PERIOD}
    )
    report = Report.objects.get()
    assert sent.url == f"/bao-cao/{report.pk}/"
    page = officer.get(sent.url).content.decode()
    assert "chỗ trống" in page
    assert "Lượt tiếp công dân" in page
    fill(report, case.city.actor("phuong-1"), reception_turns="12")
    officer.post(f"{sent.url}trinh/")
    waiting = duties.owed(case.head("phuong-1"), report.period_end)
    assert any("Duyệt báo cáo" in duty.title for duty in waiting)
    head.post(f"{sent.url}duyet/", {"revision": "2"})
    report.refresh_from_db()
    assert report.state == "approved"
    done = head.get(sent.url).content.decode()
    assert "01/BC-UBND" in done
    assert 'name="revision"' not in done


def test_a_wrong_value_comes_back_at_its_field_and_nothing_is_lost(case: Case, sign_in) -> None:
    report, officer = case.begun(), sign_in("phuong-1")
    item = report.figures.get(item__code="reception_turns").item_id
    text = report.narratives.first().section_id
    sent = officer.post(
        f"/bao-cao/{report.pk}/",
        {"revision": "0", f"value_{item}": "mười", f"text_{text}": "Đã viết dài"},
    )
    assert sent.status_code == 422
    page = sent.content.decode()
    assert "mười" in page
    assert "Đã viết dài" in page
    without_source = officer.post(
        f"/bao-cao/{report.pk}/", {"revision": "0", f"value_{item}": "12"}
    )
    assert "Ghi nguồn của số này" in without_source.content.decode()
    assert Report.objects.get().revision == 0


def test_a_colleague_was_faster(case: Case, sign_in) -> None:
    report, officer = case.begun(), sign_in("phuong-1")
    fill(report, case.city.actor("phuong-1"))
    text = report.narratives.first().section_id
    sent = officer.post(f"/bao-cao/{report.pk}/", {"revision": "0", f"text_{text}": "Lời của tôi"})
    assert sent.status_code == 409
    assert "Lời của tôi" in sent.content.decode()
    assert "Lời của tôi" not in report.narratives.first().text


@pytest.mark.parametrize(("year", "number"), [("2023", ""), ("2023", "5"), ("abc", "1")])
def test_a_period_that_does_not_exist(case: Case, sign_in, year: str, number: str) -> None:
    sent = sign_in("phuong-1").post(
        f"/bao-cao/soan/{case.owed('phuong-1').pk}/",
        {"outline": case.outline.pk, "form": "quarter", "year": year, "number": number},
    )
    assert sent.status_code == 422
    assert not Report.objects.exists()


def test_row_65_the_office_consolidates_and_opens_the_sources(case: Case, sign_in) -> None:
    case.approved("phuong-1", reception_turns="12")
    office = sign_in("noi-vu")
    sent = office.post(
        f"/bao-cao/tong-hop/{case.programme.pk}/", {"outline": case.outline.pk, **PERIOD}
    )
    page = office.get(sent.url).content.decode()
    assert "cộng từ 1 đơn vị" in page
    assert "UBND Phường 1" in page
    report = Report.objects.get(consolidated=True)
    figure = report.figures.get(item__code="reception_turns")
    sources = office.get(f"{sent.url}nguon/{figure.pk}/").content.decode()
    assert "Báo cáo 01/BC-UBND" in sources
    fill(report, case.city.actor("noi-vu"))
    papers.approve(report, by=case.head("thanh-pho"))
    wrong = office.post(f"{sent.url}tra-loi/", {"outcome": "returned", "day": "12/10/2023"})
    assert "Ghi lý do cấp trên trả lại" in wrong.content.decode()
    office.post(f"{sent.url}tra-loi/", {"outcome": "accepted", "day": "12/10/2023"})
    report.refresh_from_db()
    assert report.answer == "accepted"


def test_the_files(case: Case, sign_in) -> None:
    report, officer = case.begun(), sign_in("phuong-1")
    draft = officer.get(f"/bao-cao/{report.pk}/bao-cao.docx")
    assert draft.content[:2] == b"PK"
    assert officer.get(f"/bao-cao/{report.pk}/so-lieu.xlsx").content[:2] == b"PK"
    outline = officer.get(f"/bao-cao/de-cuong/{case.outline.pk}/").content.decode()
    assert "hệ thống đọc: " in outline
    assert "Đây là lần đầu" in officer.get(f"/bao-cao/{report.pk}/thay-doi/").content.decode()


def test_strangers_see_nothing(case: Case, sign_in) -> None:
    report = case.begun()
    for who in ("phuong-2", "noi-vu", "mat-tran", "cong-an"):
        assert sign_in(who).get(f"/bao-cao/{report.pk}/").status_code == 404


def test_the_list_costs_the_same_for_many(case: Case, sign_in) -> None:
    office = sign_in("noi-vu")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.get("/bao-cao/").status_code == 200
        return len(seen)

    case.consolidated()
    first = cost()
    factory.more_units(case.city, case.programme, 3)
    case.begun("noi-vu")
    from danvan.reports.periods import Form, Span

    papers.consolidate(
        case.programme, outline=case.outline, span=Span(Form.HALF, 2023),
        by=case.city.actor("noi-vu"),
    )  # fmt: skip
    assert cost() == first
