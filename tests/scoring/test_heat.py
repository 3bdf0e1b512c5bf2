"""The heat map: every cell leads to its score, nothing hidden is told, one query for all cells."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.scoring import heat_pages
from danvan.scoring.actions.verification import verify
from danvan.scoring.models import Criterion, Score
from danvan.scoring.queries import heat
from tests.scoring.results_factory import Case

D = Decimal


def address(case: Case, query: str = "?khoi=WARD") -> str:
    return reverse("scoring:heat", args=[case.round.pk]) + query


def test_a_cell_shows_the_points_and_leads_to_the_score(case: Case, sign_in) -> None:
    text = sign_in(case.city.heads["thanh-pho"]).get(address(case)).content.decode()
    score = case.score("phuong-1", "2.1")  # 18 of 20
    thread = reverse("scoring:thread", args=[score.pk])
    assert f'<a href="{thread}" class="heat heat-5">18</a>' in text
    weak = case.score("xa-tan-binh", "2.1")  # 5 of 20
    thread = reverse("scoring:thread", args=[weak.pk])
    assert f'<a href="{thread}" class="heat heat-1">5</a>' in text
    assert "UBND Phường 1" in text and "Phòng Tư pháp" not in text


def test_nobody_scored_it_or_it_did_not_arise_or_points_are_taken_off(case: Case, sign_in) -> None:
    Score.objects.filter(pk=case.score("phuong-1", "1.1").pk).update(claimed=None)
    Score.objects.filter(pk=case.score("phuong-1", "4.1").pk).update(arises=False)
    text = sign_in(case.city.heads["thanh-pho"]).get(address(case)).content.decode()
    for code, look in (("1.1", "na"), ("4.1", "na"), ("D1", "5")):
        url = reverse("scoring:thread", args=[case.score("phuong-1", code).pk])
        assert f'<a href="{url}" class="heat heat-{look}">' in text, code
    assert ">chưa chấm</a>" in text and ">không phát sinh</a>" in text


def test_what_the_reader_may_not_compare_yet_is_not_told(case: Case, sign_in) -> None:
    verify(case.score("phuong-1", "2.1"), points=D("13.37"), reason="x",
           by=case.city.actor("thanh-tra"))  # fmt: skip
    blind = sign_in("noi-vu").get(address(case)).content.decode()
    assert "13,37" not in blind and "Ẩn đến khi thẩm định xong" in blind
    assert "13,37" in sign_in(case.city.heads["thanh-pho"]).get(address(case)).content.decode()


def test_a_unit_sees_its_own_row(case: Case, sign_in) -> None:
    text = sign_in("tu-phap").get(address(case, "")).content.decode()
    assert "Phòng Tư pháp" in text and "UBND Phường 1" not in text
    assert sign_in("tu-phap").get(address(case)).status_code == 404


def test_the_cells_cost_one_query_and_escape_what_is_written(case: Case, monkeypatch) -> None:
    heat_pages._looks.cache_clear()
    monkeypatch.setattr(heat_pages.written, "number", lambda value: "<b>")
    sheet = case.sheet("phuong-1")
    criteria = list(Criterion.objects.filter(criteria_set=sheet.criteria_set))
    with CaptureQueriesContext(connection) as asked:
        held = heat.points_of(case.round.sheets.values_list("pk", flat=True))
        row = heat_pages.rows([(sheet.pk, "<i>")], criteria, held)
    assert len(asked) == 1
    heat_pages._looks.cache_clear()
    assert "&lt;b&gt;" in row and "<b>" not in row
    assert ">&lt;i&gt;</a></th>" in row


def test_a_sheet_without_a_score_keeps_the_column(case: Case) -> None:
    sheet = case.sheet("phuong-1")
    criteria = list(Criterion.objects.filter(criteria_set=sheet.criteria_set))
    row = heat_pages.rows([(sheet.pk, "x")], criteria, {})
    assert row.count("<td") == len(criteria)
