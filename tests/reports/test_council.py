"""The report on reception and petitions arrives pre-filled from the unit's book and register."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.kernel import clock, facts
from danvan.kernel.facts import Period
from danvan.petitions.actions import handling, rulings
from danvan.petitions.actions import reception as receiving
from danvan.petitions.actions.classification import Class, classify
from danvan.reports import composing, queries
from danvan.reports.actions import outlines
from danvan.reports.models import Outline, Report
from danvan.reports.periods import Form, Span
from tests.petitions import factory as petitions
from tests.petitions import reception_factory as reception
from tests.reports.conftest import Case, fill

D = Decimal
CODES = [
    item["fact"]
    for section in outlines.shipped()[1]["sections"]
    for item in section.get("items", [])
]


@pytest.fixture
def council(case: Case) -> Case:
    """The same programme; its reports follow the outline on reception and petitions."""
    return dataclasses.replace(case, outline=Outline.objects.get(code="tiep-cong-dan-don-thu"))


def figures(report: Report) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Item → (this period, the one before)."""
    return {f.item.code: (f.value, f.previous) for f in report.figures.select_related("item")}


def an_answered_proposal(case: Case, on: dt.date) -> None:
    """Received by the ward and answered by it the same day."""
    officer, head = case.city.actor("phuong-1"), case.city.actor(case.city.heads["phuong-1"])
    with clock.set_to(on):
        it, _receipt = petitions.received(
            case.city, "kien_nghi_phan_anh", who="phuong-1", body="phuong-1"
        )
        classify(it, found=Class("kien_nghi_phan_anh", True, True), by=officer)
        handling.accept(it, by=officer)
        rulings.decide(it, result=petitions.result("answered"), by=head)


def a_day_with_a_group(case: Case, on: dt.date) -> None:
    day = reception.held(case.city, on)
    with clock.set_to(on):
        reception.turn(case.city, on, day=day)
        reception.turn(
            case.city, on, day=day, people=6, representatives=[("Trần Văn An", "Khu phố 2")]
        )


def begin(case: Case, span: Span) -> Report:
    from danvan.reports.actions import papers

    made: Report = papers.begin(
        case.city.units["phuong-1"], outline=case.outline, assignment=case.owed("phuong-1"),
        span=span, by=case.city.actor("phuong-1"),
    )  # fmt: skip
    return made


def test_the_units_report_is_filled_from_book_and_register(council: Case, on_day) -> None:
    an_answered_proposal(council, dt.date(2023, 5, 4))
    a_day_with_a_group(council, dt.date(2023, 5, 11))
    a_day_with_a_group(council, dt.date(2023, 8, 10))
    on_day(2023, 10, 12)
    told = figures(begin(council, Span(Form.QUARTER, 2023, 3)))
    assert told["turns"] == (D(2), D(2))
    assert told["people"] == (D(7), D(7))
    assert told["groups"] == (D(1), D(1))
    assert told["head_sessions"] == (D(1), D(1))
    # The register is kept since May: a quarter without a petition is a zero, not a blank.
    assert told["brought"] == (D(0), D(1))
    assert told["settled"] == (D(0), D(1))
    assert told["proposals"] == (D(0), D(1))


def test_what_the_system_does_not_keep_is_a_blank_not_a_zero(council: Case) -> None:
    report = begin(council, Span(Form.YEAR, 2023))
    assert set(figures(report).values()) == {(None, None)}
    lacking = {b.label for b in composing.blanks(report)}
    assert {"Lượt tiếp công dân", "Đơn tiếp nhận trong kỳ"} <= lacking
    fill(report, council.city.actor("phuong-1"), turns="12")
    assert figures(report)["turns"] == (D(12), None)
    assert composing.blanks(report) == []


def test_a_figure_leads_to_the_rows_behind_it(council: Case, on_day, sign_in) -> None:
    an_answered_proposal(council, dt.date(2023, 5, 4))
    a_day_with_a_group(council, dt.date(2023, 5, 11))
    on_day(2023, 10, 12)
    report = begin(council, Span(Form.YEAR, 2023))
    client = sign_in("phuong-1")
    page = client.get(f"/bao-cao/{report.pk}/").content.decode()
    for code in ("turns", "brought"):
        basis = report.figures.get(item__code=code).basis
        assert basis.replace("&", "&amp;") in page
        assert client.get(basis, follow=True).status_code == 200


def test_every_fact_of_the_outline_is_offered_and_costs_the_same_for_many(case: Case) -> None:
    a_day_with_a_group(case, dt.date(2023, 5, 11))
    units = [u.pk for u in case.city.units.values()]

    def cost(asked: list[int]) -> int:
        with CaptureQueriesContext(connection) as made:
            facts.read(CODES, asked, Period.year(2023))
        return len(made)

    assert CODES
    assert cost(units[:1]) == cost(units)


def test_counts_of_every_kind(case: Case, on_day) -> None:
    body = case.city.units["thanh-pho"].pk
    with clock.set_to(dt.date(2023, 5, 4)):
        petitions.decided(case.city)
        petitions.received(case.city, "to_cao_nac_danh", senders=())
        petitions.received(case.city, "kien_nghi_phan_anh")
    on_day(2023, 10, 12)
    read = facts.read(CODES, [body], Period.year(2023))
    told = {code.split(".")[1]: r[body].value for code, r in read.items() if r[body]}
    assert (told["brought"], told["complaints_brought"]) == (D(3), D(1))
    assert (told["denunciations_brought"], told["proposals_brought"]) == (D(1), D(1))
    assert (told["settled"], told["disputes_settled"]) == (D(1), D(1))
    assert (told["settled_in_limit"], told["settled_late"]) == (D(1), D(0))
    assert "reception_turns" not in told


def test_an_online_and_a_delegated_day_are_told_apart(case: Case, on_day) -> None:
    ward, by = case.city.units["phuong-1"], case.city.actor("phuong-1")
    with clock.set_to(dt.date(2023, 5, 2)):
        receiving.plan(ward, days=[dt.date(2023, 5, 11)], hours="8 giờ", place="Trụ sở",
                       room="Phòng họp trực tuyến", by=by)  # fmt: skip
    with clock.set_to(dt.date(2023, 5, 11)):
        receiving.hold(ward.reception_days.get(), presided_by=case.city.people["phuong-1"],
                       reason="GUQ số 4", by=by)  # fmt: skip
    codes = [f"petitions.reception_{n}" for n in ("own", "delegated", "online")]
    read = facts.read(codes, [ward.pk], Period.year(2023))
    assert [read[c][ward.pk].value for c in codes] == [D(0), D(1), D(1)]


def test_the_form_nearest_to_the_assignment_is_offered_first(case: Case) -> None:
    owed = case.owed("phuong-1")
    day = dt.date(2023, 10, 12)
    first = queries.fitting_outline(owed, day)
    assert first is not None and first.code == "dan-van-chinh-quyen"
    owed.title = "Báo cáo Hội đồng nhân dân về tiếp công dân, giải quyết khiếu nại, tố cáo"
    second = queries.fitting_outline(owed, day)
    assert second is not None and second.code == "tiep-cong-dan-don-thu"


def test_an_installation_with_one_outline_is_offered_the_other(case: Case, sign_in) -> None:
    Outline.objects.get(code="tiep-cong-dan-don-thu").delete()
    client = sign_in("noi-vu")
    page = client.get("/bao-cao/").content.decode()
    assert "Đề cương có sẵn chưa dùng" in page
    assert "Đưa đề cương có sẵn vào dùng" in page
    client.post("/bao-cao/de-cuong/")
    assert outlines.waiting() == []
    assert "Đưa đề cương có sẵn vào dùng" not in client.get("/bao-cao/").content.decode()
