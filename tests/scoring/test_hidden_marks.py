"""Row 55: nobody who still owes marks on a sheet reads the others' – on no page, in no count,
in no export, in no fact.

The inspectorate gives a telltale mark; whoever still owes marks on the sheet (and the unit
itself) then asks for every address of scoring that can be had with what is known, and the
telltale stands in none of the answers.
"""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from danvan.kernel import facts
from danvan.kernel.facts import Period
from danvan.scoring.actions.verification import agree, verify
from danvan.scoring.models import Score
from danvan.scoring.queries import drafts
from tests.scoring.results_factory import Case, build

D = Decimal
MARK, REASON = "13,37", "Lý do chỉ Thanh tra biết"
# 94 claimed; 18 → 13,37 in 2.1: the sum and the rate that would tell it.
SUMS = ("89,37",)
BLIND = ("van-phong", "noi-vu", "phuong-1")


@pytest.fixture
def case(city, on_day) -> Case:
    on_day(2023, 10, 16)
    made = build(city)
    made.submit("phuong-1")
    made.submit("phuong-2")
    verify(
        made.score("phuong-1", "2.1"), points=D("13.37"), reason=REASON, by=city.actor("thanh-tra")
    )
    return made


def addresses(case: Case) -> list[str]:
    """Every address that shows something of the round, its sheets and its scores."""
    round, sheet = case.round.pk, case.sheet("phuong-1").pk
    of_round = ("round", "queue", "settling", "routing", "ranking", "proof_gaps", "what_if",
                "heat", "changes")  # fmt: skip
    found = [reverse(f"scoring:{n}", args=[round]) for n in of_round if exists(n, [round])]
    found += [reverse(f"scoring:{n}", args=[sheet]) for n in ("sheet", "gate", "result")]
    found += [reverse("scoring:ranking_print", args=[round, "WARD"]), reverse("scoring:rounds")]
    for score in Score.objects.filter(sheet=sheet):
        found += [reverse(f"scoring:{n}", args=[score.pk]) for n in ("thread", "verify")]
    for query in ("?lech=1", "?chua=on", "?tieu_chi=2.1", "?lech=4,63"):
        found.append(reverse("scoring:queue", args=[round]) + query)
    return [*found, "/"]


def exists(name: str, args: list[int]) -> bool:
    from django.urls import NoReverseMatch

    try:
        reverse(f"scoring:{name}", args=args)
    except NoReverseMatch:
        return False
    return True


def workbooks(case: Case) -> list[str]:
    return [reverse(f"scoring:{n}", args=[case.round.pk])
            for n in ("queue_workbook", "ranking_workbook")]  # fmt: skip


def cells(content: bytes) -> set[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = [r for name in book.sheet_names for r in book.get_sheet_by_name(name).to_python()]
    return {str(cell) for row in rows for cell in row}


@pytest.mark.parametrize("who", BLIND)
def test_row_55_no_page_tells_the_hidden_mark(case: Case, sign_in, who: str) -> None:
    client = sign_in(who)
    looked = 0
    for address in addresses(case):
        answer = client.get(address)
        assert answer.status_code in (200, 403, 404), address
        text = answer.content.decode()
        looked += answer.status_code == 200
        for told in (MARK, "13.37", REASON, *SUMS):
            assert told not in text, (address, told)
    assert looked >= 6


@pytest.mark.parametrize("who", BLIND)
def test_row_55_no_export_tells_it(case: Case, sign_in, who: str) -> None:
    client = sign_in(who)
    for address in workbooks(case):
        answer = client.get(address)
        if answer.status_code == 200:
            assert not cells(answer.content) & {"13.37", "89.37", MARK, REASON}


def test_row_55_the_office_itself_sees_its_mark_and_all_see_it_once_theirs_are_given(
    case: Case, sign_in
) -> None:
    thread = reverse("scoring:thread", args=[case.score("phuong-1", "2.1").pk])
    assert MARK in sign_in("thanh-tra").get(thread).content.decode()
    agree(case.score("phuong-1", "4.1"), by=case.city.actor("van-phong"))
    assert MARK in sign_in("van-phong").get(thread).content.decode()
    assert MARK not in sign_in("noi-vu").get(thread).content.decode()
    for code in ("1.1", "5.1", "6.1", "B1", "D1"):
        agree(case.score("phuong-1", code), by=case.city.actor("noi-vu"))
    for who in ("noi-vu", "phuong-1", "van-phong"):
        assert MARK in sign_in(who).get(thread).content.decode()


def test_row_55_counts_and_forecast_leave_veiled_sheets_out(case: Case, sign_in) -> None:
    """With the hidden mark the ward would fall below Tốt: a count would tell it."""
    Score.objects.filter(pk=case.score("phuong-1", "2.1").pk).update(verified=D(0))
    Score.objects.filter(pk=case.score("phuong-1", "4.1").pk).update(claimed=D(10))
    page = reverse("scoring:ranking", args=[case.round.pk])
    office = sign_in("noi-vu").get(page)
    assert office.context["forecast"].ranked == 0
    assert office.context["veiled"] == 2
    assert all(not table.classes for table in office.context["tables"] if table.block == "WARD")
    chairman = sign_in(case.city.heads["thanh-pho"]).get(page)
    assert chairman.context["forecast"].ranked == 2


def test_row_55_the_fact_speaks_of_sheets_verified_through(case: Case) -> None:
    programme = case.round.programme_id
    read = facts.read(["scoring.units_in_top_class"], [programme], Period.year(2023))
    assert read["scoring.units_in_top_class"][programme] is None
    case.agree_all("phuong-1", "phuong-2")
    read = facts.read(["scoring.units_in_top_class"], [programme], Period.year(2023))
    reading = read["scoring.units_in_top_class"][programme]
    assert reading is not None and reading.denominator == 2
    assert drafts.draft(case.round).blocks
