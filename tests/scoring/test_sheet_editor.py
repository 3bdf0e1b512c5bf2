"""Row 51: a score sheet is written in the browser, judged as it stands, and enacted with a date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from danvan.kernel import audit
from danvan.kernel.access import Refused, Stale
from danvan.scoring import exporting, importing, regulation_pages, template_files
from danvan.scoring.actions import criteria_drafts as verbs
from danvan.scoring.models import CriteriaDraft, CriteriaSet
from danvan.ui import written
from tests.scoring import factory


@pytest.fixture
def sets(city, on_day) -> list[CriteriaSet]:
    on_day(2023, 10, 1)
    return factory.criteria_for(city)


@pytest.fixture
def draft(city, sets) -> CriteriaDraft:
    return verbs.begin(
        city.body, title="Bảng điểm 2024", rows=exporting.rows_of(sets[0]), based_on=sets[0],
        by=city.actor("noi-vu"),
    )  # fmt: skip


def write(draft, city, **given):
    values = {"revision": draft.revision, "by": city.actor("noi-vu"), **given}
    return verbs.write(draft, **values)


# --- verbs -----------------------------------------------------------------------------------


def test_row_51_a_draft_begins_from_a_sheet_and_leaves_it_alone(draft, city, sets) -> None:
    assert verbs.judged(draft).sound
    assert audit.of(draft).first().says == "soạn dự thảo bảng điểm"
    rows = exporting.rows_of(sets[0])
    cells = {**draft.rows[0], "title": "Tên khác"}
    write(draft, city, cells=cells, at=0)
    line = audit.of(draft).first()
    assert line.facts["changed"] == {"Nội dung": [rows[0]["title"], "Tên khác"]}
    assert exporting.rows_of(sets[0]) == rows
    write(draft, city, cells={"row_type": "bonus", "block": draft.rows[0]["block"], "code": "C9",
                              "title": "Thêm", "max_points": "1", "method": "bonus",
                              "owner_role": "programme_office"})  # fmt: skip
    assert draft.rows[-1]["code"] == "C9" and verbs.judged(draft).sound


def test_row_51_moving_and_removing_rows(draft, city) -> None:
    first, second = draft.rows[0]["code"], draft.rows[1]["code"]
    office = city.actor("noi-vu")
    verbs.move(draft, revision=draft.revision, at=1, up=True, by=office)
    assert [r["code"] for r in draft.rows[:2]] == [second, first]
    assert audit.of(draft).first().says == "đổi thứ tự dòng của dự thảo bảng điểm"
    verbs.remove(draft, revision=draft.revision, at=0, by=office)
    assert draft.rows[0]["code"] == first
    assert audit.of(draft).first().facts["removed"]["Mã"] == second
    with pytest.raises(Refused, match="không có dòng"):
        verbs.move(draft, revision=draft.revision, at=0, up=True, by=office)
    with pytest.raises(Refused, match="không có dòng"):
        verbs.remove(draft, revision=draft.revision, at=999, by=office)


def test_row_51_two_people_at_once_and_strangers(draft, city) -> None:
    with pytest.raises(Stale, match="Đồng nghiệp"):
        write(draft, city, cells=draft.rows[0], at=0, revision=draft.revision - 1)
    for verb, given in (
        (verbs.write, {"cells": {}}), (verbs.remove, {"at": 0}),
        (verbs.move, {"at": 1, "up": True}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="cơ quan thường trực"):
            verb(draft, revision=draft.revision, by=city.actor("thanh-tra"), **given)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        verbs.begin(city.body, title="x", by=city.actor("thanh-tra"))
    with pytest.raises(Refused, match="tên bảng điểm"):
        verbs.begin(city.body, title=" ", by=city.actor("noi-vu"))


ENACT = {"valid_from": dt.date(2024, 1, 1), "ends_previous": True}


def test_row_51_enacting_names_the_row_that_is_wrong(draft, city) -> None:
    cells = {**draft.rows[3], "formula": "M*"}
    write(draft, city, cells=cells, at=3)
    given = {**ENACT, "enacted_by": factory.enacting(city)}
    with pytest.raises(Refused, match=r"Còn 1 điều phải sửa\. Dòng 5, Công thức"):
        verbs.enact(draft, **given, by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="cơ quan thường trực"):
        verbs.enact(draft, **given, by=city.actor("thanh-tra"))
    empty = verbs.begin(city.body, title="Trống", by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="phải sửa"):
        verbs.enact(empty, **given, by=city.actor("noi-vu"))


def test_row_51_enacting_ends_the_sheet_before_and_dates_the_new_one(draft, city, sets) -> None:
    given = {**ENACT, "enacted_by": factory.enacting(city)}
    with pytest.raises(Refused, match="không được trùng nhau"):
        verbs.enact(draft, **{**given, "ends_previous": False}, by=city.actor("noi-vu"))
    (made,) = verbs.enact(draft, **given, by=city.actor("noi-vu"))
    sets[0].refresh_from_db()
    assert (sets[0].valid_to, made.valid_from) == (dt.date(2023, 12, 31), dt.date(2024, 1, 1))
    assert exporting.rows_of(made) == exporting.rows_of(sets[0])
    assert audit.of(draft).first().says == "ban hành bảng điểm từ dự thảo"
    with pytest.raises(Refused, match="đã được ban hành") as told:
        verbs.enact(draft, **given, by=city.actor("noi-vu"))
    assert told.value.decision.done


# --- pages -------------------------------------------------------------------------------------


def test_row_51_from_the_template_to_the_law_in_the_browser(city, sets, sign_in) -> None:
    client = sign_in("noi-vu")
    begin = reverse("scoring:begin_draft")
    assert client.post(begin, {"title": "", "start": "template"}).status_code == 422
    client.post(begin, {"title": "Bảng điểm 2024", "start": "template"})
    draft = CriteriaDraft.objects.get()
    assert len(draft.rows) == len(template_files.template())
    page = reverse("scoring:criteria_draft", args=[draft.pk])
    assert "Không thấy lỗi nào" in client.get(page).content.decode()
    row = reverse("scoring:draft_row", args=[draft.pk, 0])
    text = client.get(row).content.decode()
    assert "Dòng 2 của bảng" in text and draft.rows[0]["title"] in text
    cells = {**draft.rows[0], "revision": draft.revision, "max_points": "30"}
    client.post(row, cells)
    text = client.get(page).content.decode()
    assert "điều phải sửa trước khi ban hành" in text
    assert "phải là 100" in text
    stale = client.post(row, {**cells, "title": "Sau"})
    assert stale.status_code in (302, 409)
    draft.refresh_from_db()
    assert draft.rows[0]["title"] != "Sau"
    client.post(row, {**cells, "revision": draft.revision, "max_points": "3"})
    draft.refresh_from_db()
    change = reverse("scoring:change_row", args=[draft.pk, 1, "len"])
    client.post(change, {"revision": draft.revision})
    back = reverse("scoring:change_row", args=[draft.pk, 1, "len"])
    draft.refresh_from_db()
    client.post(back, {"revision": draft.revision})
    draft.refresh_from_db()
    enact = reverse("scoring:enact_draft", args=[draft.pk])
    assert client.get(enact).status_code == 200
    clash = client.post(enact, {"document": sets[0].enacted_by_id, "valid_from": "1/1/2024"})
    assert clash.status_code == 422 and "không được trùng nhau" in clash.content.decode()
    client.post(enact, {"document": sets[0].enacted_by_id, "valid_from": "1/1/2024",
                        "ends_previous": "on"})  # fmt: skip
    assert CriteriaSet.objects.filter(valid_from=dt.date(2024, 1, 1)).count() == 3
    data = client.get(reverse("scoring:draft_workbook", args=[draft.pk])).content
    assert importing.check(importing.read("x.xlsx", data)).sound


def test_row_51_each_kind_of_row_has_its_boxes(city, draft, sign_in) -> None:
    client, new = sign_in("noi-vu"), len(draft.rows)
    address = reverse("scoring:draft_row", args=[draft.pk, new])
    boxes = {
        "criterion": ("group_max", "formula", "params", "consulted", "when_not_arising"),
        "bonus": ("max_points", "formula"), "deduction": ("max_points",),
        "class": ("floor", "quota"), "cap": ("effect", "lifter", "threshold"),
        "tie": ("title",), "rounding": ("threshold",),
    }  # fmt: skip
    for kind, names in boxes.items():
        text = client.get(f"{address}?loai={kind}").content.decode()
        assert "Dòng mới" in text
        for name in names:
            assert f'name="{name}"' in text, (kind, name)
    assert client.get(f"{address}?loai=khac").status_code == 404
    assert sign_in("thanh-tra").get(address).status_code == 404


def test_row_51_the_sheet_reads_as_a_regulation(city, sets, sign_in) -> None:
    ward = next(s for s in sets if s.block == "WARD")
    ward.bands.filter(order=0).update(quota="20")
    ward.criteria.filter(code="1.3").update(consulted="Ban Dân vận")
    text = sign_in("phuong-1").get(reverse("scoring:regulation", args=[ward.pk])).content.decode()
    for part in ("Điều 1. Đối tượng, thang điểm", "UBND phường, xã", "Tiêu chí 1.1.",
                 "lấy ý kiến: Ban Dân vận", f"không quá {written.percent(20)}",
                 "Khi bằng tỷ lệ, lần lượt xét", "làm tròn đến 2 chữ số lẻ"):  # fmt: skip
        assert part in text, part
    articles = regulation_pages.articles(ward)
    said = [c.text for a in articles for c in a.clauses]
    for criterion in ward.criteria.all():
        assert any(criterion.title in text for text in said), criterion.code
    for cap in ward.caps.all():
        assert any(cap.title in text for text in said)
    letters = [letter for a in articles for c in a.clauses for letter, _t in c.lettered]
    assert "đ" not in letters or "d" in letters
    rules = [p for a in articles for c in a.clauses for p in c.points if "Cách tính điểm" in p]
    computed = [c for c in ward.criteria.all() if c.formula]
    assert len(rules) == len(computed)
