"""Rows 50 and 60: the chairman's sheet, what each persona sees of it, its exports and the act."""

from __future__ import annotations

import hashlib
import io
from decimal import Decimal

import docx
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from danvan.kernel import facts
from danvan.kernel.facts import Period
from danvan.organisations.models import Unit, UnitVersion
from danvan.scoring.actions.rankings import decide
from danvan.scoring.models import Ranking, Score, Standing
from danvan.scoring.queries.drafts import draft
from tests.city import FROM
from tests.scoring.results_factory import (
    Case,
    add_sheet,
    build,
    chairman,
)
from tests.scoring.test_verification_pages import came_from, signed_in
from vanban.text import search_key, sort_key

D = Decimal


def page(case: Case) -> str:
    return reverse("scoring:ranking", args=[case.round.pk])


def head(case: Case) -> Client:
    return signed_in(case, case.city.heads["thanh-pho"])


def test_row_60_the_draft_says_it_is_one(case: Case) -> None:
    text = head(case).get(page(case)).content.decode()
    assert "DỰ THẢO" in text and "0/56 (0" in text
    for name in ("UBND Phường 1", "UBND Phường 2", "Phòng Tư pháp"):
        assert name in text
    assert "Không nộp hồ sơ chấm điểm" in text
    assert "không vượt quá Trung bình" in text and "chậm 4 ngày" in text


def test_row_50_the_forecast_against_sixty_percent(case: Case) -> None:
    text = " ".join(head(case).get(page(case)).content.decode().split())
    assert "Theo điểm hiện tại 1/4 đơn vị (25" in text
    assert "= 3 đơn vị" in text and "còn thiếu 2." in text
    near = text.partition("Gần loại cao nhất nhất")[2]
    assert "Phòng Tư pháp" in near and "còn thiếu 6 điểm" in near


def test_row_60_before_publication_a_unit_sees_its_own_line(case: Case) -> None:
    text = signed_in(case, "phuong-2").get(page(case)).content.decode()
    assert "UBND Phường 2" in text
    assert "UBND Phường 1" not in text and "Phòng Tư pháp" not in text
    assert "So với chỉ tiêu" not in text
    assert signed_in(case, "mat-tran").get(page(case)).status_code == 200
    book = signed_in(case, "phuong-2").get(
        reverse("scoring:ranking_workbook", args=[case.round.pk])
    )
    read = CalamineWorkbook.from_filelike(io.BytesIO(book.content))
    cells = str(read.get_sheet_by_index(0).to_python())
    assert "UBND Phường 2" in cells and "UBND Phường 1" not in cells


def test_row_60_afterwards_everybody_sees_everything(proposed: Case) -> None:
    decide(proposed.round, by=chairman(proposed))
    for who in ("phuong-2", "cong-an", "mat-tran", "noi-vu"):
        text = signed_in(proposed, who).get(page(proposed)).content.decode()
        assert "UBND Phường 1" in text and "Phòng Tư pháp" in text, who
        assert "DỰ THẢO" not in text and "01/QĐ-UBND" in text
    sheet = proposed.sheet("phuong-1")
    assert (
        signed_in(proposed, "phuong-2").get(reverse("scoring:result", args=[sheet.pk])).status_code
        == 404
    )


def test_row_60_the_act_in_the_browser(proposed: Case) -> None:
    client, url = head(proposed), reverse("scoring:decide", args=[proposed.round.pk])
    text = client.get(url).content.decode()
    assert "Điều sẽ xảy ra" in text and "CHỦ TỊCH" in text
    draft_url = reverse("scoring:decision_draft", args=[proposed.round.pk])
    paper = docx.Document(io.BytesIO(client.get(draft_url).content))
    assert "QUYẾT ĐỊNH" in "\n".join(p.text for p in paper.paragraphs)
    unsure = client.post(url, {})
    assert "Đánh dấu xác nhận" in unsure.content.decode()
    assert not Ranking.objects.exists()
    assert client.post(url, {"confirmed": "on"}).status_code == 302
    back = came_from(page(proposed))
    again = client.post(url, {"confirmed": "on"}, follow=True, headers=back)
    assert "Đã ở trạng thái" in again.content.decode()
    assert Ranking.objects.count() == 1


def test_row_60_a_deputy_is_told_as_what_he_signs(proposed: Case) -> None:
    client = signed_in(proposed, proposed.city.deputy)
    text = client.get(reverse("scoring:decide", args=[proposed.round.pk])).content.decode()
    assert "KT. CHỦ TỊCH – PHÓ CHỦ TỊCH" in text


@pytest.mark.parametrize("who", ["noi-vu", "thanh-tra", "phuong-1", "mat-tran"])
def test_row_60_the_act_is_refused_to_others(proposed: Case, who: str) -> None:
    client = signed_in(proposed, who)
    for name in ("decide", "decision_draft"):
        response = client.get(reverse(f"scoring:{name}", args=[proposed.round.pk]))
        assert response.status_code == 403
        assert "Chủ tịch" in response.content.decode()
    url = reverse("scoring:decide", args=[proposed.round.pk])
    assert client.post(url, {"confirmed": "on"}).status_code == 403
    assert (
        client.post(
            reverse("scoring:send_back", args=[proposed.round.pk]), {"reason": "x"}
        ).status_code
        == 403
    )
    assert not Ranking.objects.exists()


def test_row_62_what_can_be_taken_home(proposed: Case) -> None:
    client = signed_in(proposed, "phuong-2")
    pk = proposed.round.pk
    assert client.get(reverse("scoring:snapshot", args=[pk])).status_code == 404
    ranking = decide(proposed.round, by=chairman(proposed))
    data = client.get(reverse("scoring:snapshot", args=[pk])).content
    assert hashlib.sha256(data).hexdigest() == ranking.snapshot_sha256
    rows = client.get(reverse("scoring:rows", args=[pk])).content.decode("utf-8-sig")
    assert rows.splitlines()[0].startswith("khoi,don_vi")
    book = client.get(reverse("scoring:ranking_workbook", args=[pk])).content
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert read.sheet_names == [
        "Khối cơ quan chuyên môn", "Khối UBND phường, xã", "Khối đơn vị sự nghiệp công lập",
    ]  # fmt: skip
    rows = read.get_sheet_by_name("Khối UBND phường, xã").to_python()
    first, second = (row for row in rows if row[0] == 1.0)  # one rate, one rank
    assert first == [1.0, "UBND Phường 1", 94.0, 100.0, 94.0, "Tốt", ""]
    assert second[1] == "UBND Phường 2"
    assert second[5] == "Trung bình" and "Hồ sơ quá hạn: không quá Trung bình" in second[6]


def test_row_60_one_a4_per_block(case: Case) -> None:
    client = head(case)
    url = reverse("scoring:ranking_print", args=[case.round.pk, "WARD"])
    text = client.get(url).content.decode()
    assert "UBND Phường 1" in text and "Phòng Tư pháp" not in text and "DỰ THẢO" in text
    bad = reverse("scoring:ranking_print", args=[case.round.pk, "XYZ"])
    assert client.get(bad).status_code == 404


def test_row_59_caps_in_the_browser(case: Case) -> None:
    sheet = case.sheet("phuong-1")
    office, url = signed_in(case, "thanh-tra"), reverse("scoring:raise_cap", args=[sheet.pk])
    k7 = sheet.criteria_set.caps.get(code="K7")
    assert "Để xảy ra điểm nóng" in office.get(url).content.decode()
    assert office.post(url, {"cap": k7.pk, "document": "", "ground": "x"}).status_code == 200
    assert (
        office.post(
            url, {"cap": k7.pk, "document": "Kết luận 12", "ground": "Khiếu kiện"}
        ).status_code
        == 302
    )
    lift = reverse("scoring:lift_cap", args=[sheet.pk, k7.pk])
    assert office.post(lift, {"reason": "x"}).status_code == 403
    text = head(case).get(reverse("scoring:result", args=[sheet.pk])).content.decode()
    assert "Kết luận 12: Khiếu kiện" in text and lift in text
    assert head(case).post(lift, {"reason": "Đã khắc phục"}).status_code == 302
    result = reverse("scoring:result", args=[sheet.pk])
    text = signed_in(case, "phuong-1").get(result).content.decode()
    assert "Đã khắc phục" in text
    assert signed_in(case, "phuong-1").get(url).status_code == 403


# --- the cost ------------------------------------------------------------------------------


def many(case: Case, count: int) -> None:
    held = case.round.blocks.get(block="WARD").criteria_set
    criteria = list(held.criteria.all())
    for n in range(count):
        unit = Unit.objects.create(key=f"thu-{count}-{n}")
        name = f"UBND Phường thử {count}-{n}"
        UnitVersion.objects.create(
            unit=unit, name=name, short_name=name, kind="ubnd_phuong", parent=case.city.body,
            valid_from=FROM, sort_key=sort_key(name), search_key=search_key(name),
        )  # fmt: skip
        add_sheet(case.round, unit.pk, "WARD", held, criteria, case.tasks["plan"])
    Score.objects.update(claimed=D(10))
    case.round.sheets.update(state="submitted", submitted_at=case.round.programme.published_at,
                             days_late=0)  # fmt: skip


@pytest.mark.parametrize("what", ["draft", "page", "decided", "decide"])
def test_row_60_the_cost_does_not_depend_on_the_units(city, on_day, what: str) -> None:
    on_day(2023, 10, 20)

    def cost(case: Case) -> int:
        if what == "draft":
            run = lambda: draft(case.round)  # noqa: E731
        elif what == "page":
            client = head(case)
            run = lambda: client.get(page(case))  # noqa: E731
        else:
            Score.objects.update(verified=D(10), verified_at=case.round.programme.published_at)
            case.round.sheets.update(state="settled")
            case.round.state = "proposed"
            case.round.save()
            if what == "decide":
                run = lambda: decide(case.round, by=chairman(case))  # noqa: E731
            else:
                decide(case.round, by=chairman(case))
                client = head(case)
                run = lambda: client.get(page(case))  # noqa: E731
        with CaptureQueriesContext(connection) as seen:
            run()
        return len(seen)

    made = build(city, [])
    many(made, 3)
    with transaction.atomic():
        few = cost(made)
        transaction.set_rollback(True)
    made.round.refresh_from_db()
    many(made, 30)
    assert cost(made) == few


def test_the_programme_reads_how_many_are_in_the_top_class(proposed: Case) -> None:
    fact, programme = facts.get("scoring.units_in_top_class"), proposed.round.programme_id
    before = fact.read([programme, 999], Period.year(2023))
    assert before[999] is None
    assert (before[programme].numerator, before[programme].denominator) == (1, 4)
    assert "dự thảo" in before[programme].said
    decide(proposed.round, by=chairman(proposed))
    after = fact.read([programme], Period.year(2023))[programme]
    assert (after.numerator, after.denominator) == (1, 4)
    assert after.basis == page(proposed)
    assert "dự thảo" not in after.said


def test_row_49_the_decision_names_who_is_not_in_the_top_class(
    proposed: Case, django_assert_max_num_queries
) -> None:
    fact, period = facts.get("scoring.in_top_class"), Period.year(2023)
    units = [sheet.unit_id for sheet in proposed.round.sheets.all()]
    assert all(reading is None for reading in fact.read(units, period).values())
    decide(proposed.round, by=chairman(proposed))
    with django_assert_max_num_queries(5):
        told = fact.read([*units, 999], period)
    assert told[999] is None
    classes = dict(Standing.objects.values_list("unit", "band"))
    best = {u for u in units if classes[u] == "Tốt"}
    assert len(best) == 1
    assert {u for u in units if told[u].value == 1} == best
    below = next(u for u in units if classes[u] not in ("", "Tốt"))
    assert (told[below].value, told[below].said) == (0, f"xếp loại {classes[below]}")
    assert told[below].basis == page(proposed)
    assert all(r is None for r in fact.read(units, Period.year(2022)).values())
