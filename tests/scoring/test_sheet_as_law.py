"""Row 51: a score sheet is law – it goes out and comes back the same, and refuses nonsense."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from danvan.kernel import facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period, Reading
from danvan.scoring import computing, exporting, importing
from danvan.scoring.actions import criteria as actions
from danvan.scoring.actions import sheets, verification
from danvan.scoring.actions.sheets import Claim
from danvan.scoring.models import CriteriaSet, Criterion
from tests.scoring import factory

D = Decimal


def content(held: CriteriaSet) -> dict[str, Any]:
    """Everything of a sheet except its days, its document and its ids."""

    def plain(row: Any, *left_out: str) -> dict[str, Any]:
        out = ("id", "criteria_set", "group", "ceiling", *left_out)
        return {k: v for k, v in model_to_dict(row).items() if k not in out}

    return {
        "tie_break": held.tie_break,
        "places": held.places,
        "groups": [plain(g) for g in held.groups.all()],
        "criteria": [(c.group.code if c.group else "", plain(c)) for c in held.criteria.all()],
        "bands": [plain(b) for b in held.bands.all()],
        "caps": [(c.ceiling.name if c.ceiling else "", plain(c)) for c in held.caps.all()],
    }


@pytest.fixture
def sets(city, on_day) -> list[CriteriaSet]:
    on_day(2023, 10, 1)
    return factory.criteria_for(city, valid_to=dt.date(2023, 6, 30))


def back_in(city, data: bytes, first: dt.date) -> list[CriteriaSet]:
    plan = importing.check(importing.read("bang.xlsx", data))
    assert plan.problems == []
    return actions.import_sets(
        city.body, plan=plan, title="Bảng điểm", enacted_by=factory.enacting(city),
        valid_from=first, by=city.actor("noi-vu"),
    )  # fmt: skip


# --- the round trip ------------------------------------------------------------------------


def test_row_51_what_goes_out_as_xlsx_comes_back_the_same(city, sets) -> None:
    data = exporting.workbook(sets)
    made = back_in(city, data, dt.date(2023, 7, 1))
    assert [content(h) for h in made] == [content(h) for h in sets]
    assert [exporting.rows_of(h) for h in made] == [exporting.rows_of(h) for h in sets]
    assert exporting.workbook(made) == data


def test_row_51_every_kind_of_value_makes_the_round_trip(city, sets) -> None:
    """Quota, rounding, ties, parameters, consulted bodies, other criteria, superior only …"""
    (held, *_others) = sets
    held.tie_break, held.places = [], 1
    held.save()
    held.bands.filter(order=0).update(quota=D("20.5"))
    held.caps.update(lifter="nobody")
    held.criteria.filter(code="1.3").update(
        consulted="MTTQ; Công an", params={"lo": "50", "hi": "90.5"},
        formula="M*L(x, lo, hi)", words={"x": "tỷ lệ (%)", "y": "điểm 1.1"}, inputs={"y": "=1.1"},
    )  # fmt: skip
    held.criteria.filter(code="1.4").update(method="superior_only", formula="", words={}, inputs={})
    held.criteria.filter(code="1.5").update(method="manual", evidence_by_system=True)
    data = exporting.workbook([held])
    (made,) = back_in(city, data, dt.date(2023, 7, 1))
    assert content(made) == content(CriteriaSet.objects.get(pk=held.pk))


def test_row_51_the_page_gives_the_workbook(sets, sign_in) -> None:
    client = sign_in("phuong-1")
    answer = client.get(reverse("scoring:criteria_workbook", args=[sets[0].pk]))
    assert answer.content == exporting.workbook([sets[0]])
    assert client.get(reverse("scoring:criteria_workbook", args=[99999])).status_code == 404


# --- two sheets in one year ----------------------------------------------------------------


def test_row_51_two_sheets_of_one_year_coexist(city, sets, sign_in) -> None:
    second = back_in(city, exporting.workbook(sets), dt.date(2023, 7, 1))
    from danvan.scoring.actions.rounds import sets_in_force

    blocks = {held.block for held in sets}
    assert set(sets_in_force(blocks, dt.date(2023, 6, 30)).values()) == set(sets)
    assert set(sets_in_force(blocks, dt.date(2023, 7, 1)).values()) == set(second)
    text = sign_in("phuong-1").get(reverse("scoring:criteria")).content.decode()
    assert "từ 19/08/2022 đến 30/06/2023" in text and "từ 01/07/2023" in text


# --- refusals, with the row named ------------------------------------------------------------


def judged(sets, **changes: dict[str, str]) -> list[tuple[int | None, str]]:
    """Problems of one block's rows after changing the cells of the rows with these codes."""
    rows = exporting.rows_of(sets[0])
    for key, cells in changes.items():
        code = key.removeprefix("r").replace("_", ".")
        row = next(r for r in rows if code in (r["code"], r["title"], r["row_type"]))
        row.update(cells)
    table = importing.Table([importing.Row(n, r) for n, r in enumerate(rows, 2)])
    return [(p.row, p.text) for p in importing.check(table).problems]


def row_number(sets, code: str) -> int:
    rows = exporting.rows_of(sets[0])
    return next(n for n, r in enumerate(rows, 2) if code in (r["code"], r["title"], r["row_type"]))


@pytest.mark.parametrize(("key", "cells", "told"), [
    ("r1_3", {"formula": "M*x", "inputs": "x: điểm [=1.3]"}, "vòng tròn: 1.3 → 1.3"),
    ("r1_3", {"formula": "M*x", "inputs": "x: điểm [=9.9]"}, "9.9 không có trong bảng"),
    ("r1_3", {"formula": "M*x", "inputs": "x: số [khong.co]"}, "khong.co"),
    ("r1_3", {"params": "lo: năm mươi"}, "không phải là số"),
    ("r1_3", {"params": "M: 5"}, "Tên tham số"),
    ("r1_3", {"formula": "M*zz"}, "zz"),
    ("rtie", {"title": "G2 + G99"}, "G99"),
    ("rrounding", {"threshold": "3"}, "vượt quá 2"),
    ("rrounding", {"threshold": "1,5"}, "0, 1 hoặc 2"),
    ("rTốt", {"quota": "120"}, "vượt quá 100"),
    ("rYếu", {"quota": "5"}, "tỷ lệ khống chế"),
    ("rYếu", {"floor": "10"}, "không thuộc loại nào"),
    ("rKhá", {"below": "70"}, "khoảng trống"),
    ("rKhá", {"below": "90"}, "chồng lên nhau"),
    ("r1_1", {"consulted": "x" * 201}, "Dài quá 200"),
    ("rK1", {"lifter": "ai đó"}, "Chỉ dùng"),
])  # fmt: skip
def test_row_51_refused_with_the_row_named(sets, key, cells, told) -> None:
    found = judged(sets, **{key: cells})
    code = key.removeprefix("r").replace("_", ".")
    said = [text for row, text in found if row == row_number(sets, code)]
    assert any(told in text for text in said), found


def test_row_51_a_circle_over_several_criteria_names_every_row(sets) -> None:
    ways = {"r1_3": "=1.4", "r1_4": "=1.5", "r1_5": "=1.3"}
    found = judged(sets, **{
        key: {"formula": "M*x", "inputs": f"x: điểm [{to}]"} for key, to in ways.items()
    })  # fmt: skip
    circles = {row for row, text in found if "vòng tròn" in text}
    assert circles == {row_number(sets, code) for code in ("1.3", "1.4", "1.5")}


def test_row_51_totals_that_are_not_a_hundred(sets) -> None:
    found = judged(sets, r1_1={"max_points": "4"})
    assert any("phải là 100" in text for _row, text in found)


def test_row_51_units_are_checked(sets) -> None:
    found = judged(sets, r1_3={
        "formula": "M*R(a, b)",
        "inputs": "a: ngày chậm [assignments.plan_days_late]; "
        "b: nhiệm vụ [assignments.tasks_due]",
    })  # fmt: skip
    assert any("khác đơn vị" in text for _row, text in found)


# --- formulas that read parameters and other criteria ----------------------------------------


@pytest.fixture
def offered():
    """A fact of five for everybody."""
    code = "test.five"

    def read(units, period: Period):
        from danvan.kernel import clock

        return {unit: Reading(D(5), clock.now()) for unit in units}

    facts.offer(code, about="unit", measure="việc", label="Năm")(read)
    yield code
    del facts.REGISTRY[code]


def test_row_51_parameters_and_other_criteria_are_computed_in_order(city, sets, offered) -> None:
    CriteriaSet.objects.update(valid_to=None)
    for held in sets:
        base, later = (held.criteria.get(code=c) for c in ("1.3", "1.4"))
        # 1.3 reads 1.4, which stands after it: the order of reading decides, not of the rows.
        base.formula, base.words, base.inputs = "y + 1", {"y": "điểm 1.4"}, {"y": "=1.4"}
        base.params = {}
        later.formula, later.words = "x/most", {"x": "số việc"}
        later.inputs, later.params = {"x": offered}, {"most": "4"}
        for one in (base, later):
            one.save()
    round = factory.round_for(city)
    sheet = factory.sheet_of(round, city, "phuong-1")
    assert factory.score_of(sheet, "1.4").computed == D("1.25")
    assert factory.score_of(sheet, "1.3").computed == D("2.25")
    scores = computing.scores_of([sheet])
    again = computing.compute(scores, round)
    assert {s.criterion.code: again[s.pk].value for s in scores}["1.3"] == D("2.25")
    assert "5 ÷ 4 = 1,25" in factory.score_of(sheet, "1.4").computed_said


def test_a_circle_in_the_data_is_unknown_and_never_endless() -> None:
    one = Criterion(pk=1, criteria_set_id=1, code="a", inputs={"x": "=b"}, max_points=D(1))
    two = Criterion(pk=2, criteria_set_id=1, code="b", inputs={"x": "=a"}, max_points=D(1))
    assert {c.code for c in computing.in_order([one, two])} == {"a", "b"}


# --- only the superior scores ------------------------------------------------------------------


def test_row_51_a_criterion_only_the_superior_scores(city, sets, sign_in) -> None:
    CriteriaSet.objects.update(valid_to=None)
    Criterion.objects.filter(code="1.5").update(method="superior_only", formula="", inputs={},
                                                words={}, evidence_by_system=True)  # fmt: skip
    round = factory.round_for(city)
    sheet, by = factory.sheet_of(round, city, "phuong-1"), city.actor("phuong-1")
    score = factory.score_of(sheet, "1.5")
    with pytest.raises(Refused, match="chỉ cấp trên chấm"):
        sheets.save(sheet, revision=0, claims={score.criterion_id: Claim(D(1))}, by=by)
    page = sign_in("phuong-1").get(reverse("scoring:sheet", args=[sheet.pk])).content.decode()
    assert "Chỉ cấp trên chấm" in page and f"claimed_{score.criterion_id}" not in page
    one = sign_in("phuong-1").get(
        reverse("scoring:sheet", args=[sheet.pk]) + "?tieu-chi=1.5"
    ).content.decode()  # fmt: skip
    assert "Chỉ cấp trên chấm" in one
    factory.fill(sheet, by)
    sheets.submit(sheet, by=by)
    score.refresh_from_db()
    assert score.claimed is None
    office = city.actor("noi-vu")
    with pytest.raises(Refused, match="phải ghi điểm và lý do"):
        verification.agree(score, by=office)
    with pytest.raises(Refused, match="lý do"):
        verification.verify(score, points=D("1.5"), by=office)
    verification.verify(score, points=D("1.5"), reason="Đủ hai lần kiểm tra", by=office)
    score.refresh_from_db()
    assert score.verified == D("1.5")
