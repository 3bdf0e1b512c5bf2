"""Rows 23, 76: the checklist of agency democracy; regulation, conference, boards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.democracy.actions import boards, checks
from danvan.democracy.models import CheckAnswer, CheckItem
from danvan.democracy.queries import checks as queries
from danvan.kernel import audit, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from tests.democracy import asking

YEAR = Period.year(2023)
CONFERENCE = {
    "year": 2022, "held_on": dt.date(2023, 2, 20), "staff": 24, "summoned": 24, "attended": 22,
    "agreed": 20, "resolution": "Nghị quyết số 01/NQ-HNCBCC",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(on_day) -> None:
    on_day(2023, 10, 2)


def value(code: str, unit: int) -> object:
    reading = facts.get(code).read([unit], YEAR)[unit]
    return reading.value if reading else None


def test_row_23_old_and_new_rules_stand_by_their_dates(city) -> None:
    asking.enacted(city)
    laws = {item.law.split(";")[0] for item in queries.items_of(2022)}
    assert laws == {"Nghị định 04/2015/NĐ-CP"}
    both = {item.law.split(";")[0] for item in queries.items_of(2023)}
    assert both == {"Nghị định 04/2015/NĐ-CP", "Luật 10/2022/QH15"}
    assert all("Luật" in item.law for item in queries.items_of(2024))
    assert not CheckItem.objects.filter(confidence="").exists()
    # A department is not asked what the law asks of wards.
    ward = queries.checklist(city.units["phuong-1"], 2024)
    office = queries.checklist(city.units["tu-phap"], 2024)
    assert len(ward) - len(office) == 5


def test_row_23_a_unit_answers_with_proof_and_the_rate_follows(city, sign_in) -> None:
    asking.enacted(city)
    unit = city.units["tu-phap"]
    client = sign_in("tu-phap")
    lines = queries.checklist(unit, 2023)
    first, second, third = (line.item for line in lines[:3])
    url = reverse("democracy:check_item", args=[unit.pk, first.pk, 2023])
    bare = client.post(url, {"said": "done"})
    assert bare.status_code == 422
    assert "Ghi văn bản hoặc gửi tệp chứng minh." in bare.content.decode()
    paper = SimpleUploadedFile("quy-che.pdf", b"%PDF-1.4 quy che", "application/pdf")
    answer = client.post(url, {"said": "done", "proof": "Quyết định 12/QĐ-PTP", "file": paper})
    following = reverse("democracy:check_item", args=[unit.pk, second.pk, 2023])
    assert (answer.status_code, answer.url) == (302, following)
    assert client.post(following, {"said": "not_done"}).status_code == 422
    client.post(following, {"said": "not_done", "reason": "Chưa họp"})
    checks.answer(unit, item=third, year=2023, said="not_applicable", reason="Dưới 7 người",
                  by=city.actor("tu-phap"))  # fmt: skip
    stands = queries.progress([unit.pk], 2023)[unit.pk]
    assert (stands.done, stands.not_done, stands.not_applicable) == (1, 1, 1)
    reading = facts.get("democracy.checklist_done").read([unit.pk], YEAR)[unit.pk]
    assert reading is not None
    assert (reading.numerator, reading.denominator) == (1, len(lines) - 1)
    kept = CheckAnswer.objects.get(item=first)
    got = client.get(reverse("democracy:check_file", args=[kept.pk]))
    assert b"".join(got.streaming_content) == b"%PDF-1.4 quy che"
    assert sign_in("phuong-1").get(
        reverse("democracy:check_file", args=[kept.pk])).status_code == 404  # fmt: skip
    # A later answer replaces it; history keeps both.
    checks.answer(unit, item=first, year=2023, said="not_done", reason="Đã bãi bỏ",
                  by=city.actor("tu-phap"))  # fmt: skip
    assert len(list(audit.of(kept))) == 2


def test_row_23_each_sees_his_units_and_writes_only_there(city, sign_in) -> None:
    asking.enacted(city)
    unit = city.units["tu-phap"]
    url = reverse("democracy:checklist", args=[unit.pk])
    assert [sign_in(who).get(url).status_code for who in (
        "tu-phap", "noi-vu", "mat-tran", "phuong-1")] == [200, 200, 200, 404]  # fmt: skip
    item = queries.items_of(2023)[0]
    at = reverse("democracy:check_item", args=[unit.pk, item.pk, 2023])
    assert sign_in("mat-tran").post(at, {"said": "done", "proof": "x"}).status_code == 403
    with pytest.raises(Refused, match="cơ quan thường trực"):
        checks.answer(unit, item=item, year=2023, said="done", proof="x",
                      by=city.actor("mat-tran"))  # fmt: skip
    checks.answer(unit, item=item, year=2023, said="done", proof="Bản giấy",
                  by=city.actor("noi-vu"))  # fmt: skip


def test_row_76_regulations_follow_one_another_without_gap(city) -> None:
    unit, by = city.units["phuong-1"], city.actor("phuong-1")
    assert value("democracy.regulation_in_force", unit.pk) == 0
    checks.add_regulation(unit, kind="democracy", document="Quyết định 3/QĐ-UBND",
                          valid_from=dt.date(2020, 1, 1), by=by)  # fmt: skip
    newer = checks.add_regulation(unit, kind="democracy", document="Quyết định 20/QĐ-UBND",
                                  valid_from=dt.date(2023, 8, 1), by=by)  # fmt: skip
    old = unit.democracy_regulations.get(valid_from=dt.date(2020, 1, 1))
    assert (old.valid_to, old.ended_why) == (
        dt.date(2023, 7, 31),
        "Thay bằng Quyết định 20/QĐ-UBND",
    )
    assert value("democracy.regulation_in_force", unit.pk) == 1
    assert value("democracy.conduct_code_in_force", unit.pk) == 0
    checks.end_regulation(newer, on=dt.date(2023, 9, 30), why="Bãi bỏ", by=by)
    assert value("democracy.regulation_in_force", unit.pk) == 0
    with pytest.raises(Refused, match="đã hết áp dụng"):
        checks.end_regulation(newer, on=dt.date(2023, 9, 30), why="x", by=by)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        checks.add_regulation(unit, kind="conduct", document="x", valid_from=dt.date(2023, 1, 1),
                              by=city.actor("phuong-2"))  # fmt: skip


def test_row_76_a_conference_is_measured_by_article_51(city, sign_in) -> None:
    unit = city.units["phuong-1"]
    good = checks.hold_conference(unit, by=city.actor("phuong-1"), **CONFERENCE)
    assert queries.doubts_of_conference(good) == []
    assert value("democracy.staff_conference_held", unit.pk) == 1
    assert value("democracy.staff_conference_months", unit.pk) == 2
    assert value("democracy.staff_conference_quorum", unit.pk) == 1
    assert value("democracy.staff_conference_months", city.units["phuong-2"].pk) is None
    with pytest.raises(Refused, match="đã được ghi"):
        checks.hold_conference(unit, by=city.actor("phuong-1"), **CONFERENCE)
    late = {**CONFERENCE, "held_on": dt.date(2023, 5, 4), "attended": 12, "agreed": 5}
    poor = checks.hold_conference(city.units["phuong-2"], by=city.actor("phuong-2"), **late)
    said = " ".join(queries.doubts_of_conference(poor))
    assert "31/03/2023" in said
    assert "2/3" in said
    assert "quá nửa" in said
    page = reverse("democracy:agency_unit", args=[unit.pk])
    wrong = sign_in("phuong-1").post(page, {
        "viec": "hoi-nghi", "hoi-nghi-year": "2021", "hoi-nghi-held_on": "20/02/2022",
        "hoi-nghi-staff": "10", "hoi-nghi-summoned": "12", "hoi-nghi-attended": "9",
        "hoi-nghi-agreed": "9", "hoi-nghi-resolution": "NQ",
    })  # fmt: skip
    assert wrong.status_code == 422
    assert "Không được lớn hơn" in wrong.content.decode()
    with pytest.raises(Refused, match="cơ quan thường trực"):
        checks.hold_conference(unit, by=city.actor("phuong-2"), **{**CONFERENCE, "year": 2021})


def test_row_76_boards_have_term_members_and_checks(city, sign_in) -> None:
    unit, by = city.units["phuong-1"], city.actor("phuong-1")
    said = {"members": 4, "valid_from": dt.date(2023, 7, 15), "valid_to": dt.date(2025, 7, 14),
            "recognised_by": "Quyết định 8/QĐ-MTTQ"}  # fmt: skip
    assert value("democracy.board_active", unit.pk) is None
    board = boards.add(unit, kind="inspection", by=by, **said)
    assert "ít nhất 5" in queries.doubts_of_board(board, commune=True)[0]
    assert queries.doubts_of_board(board, commune=False) == []
    assert value("democracy.board_active", unit.pk) == 0
    boards.check(board, held_on=dt.date(2023, 9, 9), about="Quỹ khu phố", recommended=3,
                 handled=2, by=city.actor("mat-tran"))  # fmt: skip
    assert value("democracy.board_active", unit.pk) == 1
    assert value("democracy.board_recommended", unit.pk) == 3
    assert value("democracy.board_handled", unit.pk) == 2
    with pytest.raises(Refused, match="nhiệm kỳ"):
        boards.check(board, held_on=dt.date(2023, 6, 1), about="x", recommended=0, handled=0,
                     by=by)  # fmt: skip
    with pytest.raises(Refused, match="trong thời gian này"):
        boards.add(unit, kind="inspection", by=by, **said)
    with pytest.raises(Refused, match="dự án được giám sát"):
        boards.add(unit, kind="investment", by=by, **said)
    for verb, subject, more in (
        (boards.add, unit, {"kind": "inspection", **said}),
        (boards.check, board, {"held_on": dt.date(2023, 9, 9), "about": "x", "recommended": 0,
                               "handled": 0}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="cơ quan thường trực"):
            verb(subject, by=city.actor("phuong-2"), **more)
    page = reverse("democracy:agency_unit", args=[unit.pk])
    sign_in("phuong-1").post(page, {
        "viec": "kiem-tra", "kiem-tra-board": board.pk, "kiem-tra-held_on": "01/09/2023",
        "kiem-tra-about": "Công trình hẻm 12", "kiem-tra-recommended": "1",
        "kiem-tra-handled": "1",
    })  # fmt: skip
    shown = sign_in("noi-vu").get(page).content.decode()
    assert "Công trình hẻm 12" in shown
    assert "cần xem" in shown


def test_the_table_of_units_costs_the_same_for_one_and_for_many(city, sign_in) -> None:
    asking.enacted(city)
    counts = []
    for who in ("tu-phap", "noi-vu"):
        client = sign_in(who)
        client.get(reverse("democracy:agency"))
        with CaptureQueriesContext(connection) as seen:
            text = client.get(reverse("democracy:agency")).content.decode()
        counts.append((len(seen), text.count("<tr>")))
    assert counts[1][1] > counts[0][1] + 5
    # Who sits in the programme office holds more roles: not more than a query apart.
    assert abs(counts[0][0] - counts[1][0]) <= 1
