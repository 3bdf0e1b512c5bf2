"""Row 16: units × duties, as icon and word, with rate and rate on time, also as a workbook."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from danvan.assignments import queries
from danvan.assignments.actions import submissions
from danvan.assignments.matrix import Choice, build
from danvan.kernel import clock
from danvan.organisations.models import Unit, UnitVersion
from tests.assignments import factory
from tests.assignments.conftest import pdf
from vanban.text import search_key, sort_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def varied(city, programme, on_day):
    """Seen on 07/4: on time, late by 3, returned, exempt, missing."""
    office = city.actor("noi-vu")

    def plan(key):
        return factory.of(programme, city, key)

    on_day(2023, 4, 4)
    submissions.file(plan("phuong-1"), files=[pdf()], by=city.actor("phuong-1"))
    submissions.accept(plan("phuong-1"), by=office)
    submissions.file(plan("tu-phap"), files=[pdf()], by=city.actor("tu-phap"))
    submissions.return_for_correction(plan("tu-phap"), reason="Sửa.", by=office)
    submissions.exempt(plan("van-hoa"), reason="Đang sáp nhập.", by=office)
    on_day(2023, 4, 7)
    submissions.file(plan("phuong-2"), files=[pdf()], by=city.actor("phuong-2"))
    return programme


def matrix(city, programme, who="noi-vu", **choice):
    return build(programme, queries.visible_to(city.actor(who)), Choice(**choice))


def words(built):
    return {
        row.name: [cell.status.said for cell in row.cells]
        for _label, rows in built.groups
        for row in rows
    }


def test_row_16_every_cell_says_how_it_stands(city, varied):
    built = matrix(city, varied)
    titles = ["Kế hoạch của đơn vị", "Báo cáo", "Hồ sơ chấm điểm"]
    assert [c.title for c in built.columns] == titles
    plans = {name: cells[0] for name, cells in words(built).items()}
    assert plans == {
        "Phòng Nội vụ": "chưa nộp (quá hạn 3 ngày)",
        "Phòng Tư pháp": "bị trả lại",
        "Thanh tra thành phố": "chưa nộp (quá hạn 3 ngày)",
        "Văn phòng HĐND và UBND thành phố": "chưa nộp (quá hạn 3 ngày)",
        "UBND Phường 1": "đúng hạn",
        "UBND Phường 2": "chậm 3 ngày",
        "UBND Xã Tân Bình": "chưa nộp (quá hạn 3 ngày)",
        "Trung tâm Văn hóa, Thể thao và Truyền thanh thành phố": "được miễn",
    }
    assert [label for label, _rows in built.groups] == [
        "Khối cơ quan chuyên môn",
        "Khối UBND phường, xã",
        "Khối đơn vị sự nghiệp công lập",
    ]


def test_row_16_the_foot_counts_rate_and_rate_on_time(city, varied):
    plan = matrix(city, varied).columns[0]
    # Eight units, one exempt; one of the three that filed has it back.
    assert (plan.owed, plan.handed_in, plan.on_time, plan.missing) == (7, 2, 1, 5)


def test_the_foot_is_about_the_block_not_about_the_rows_left_by_a_status(city, varied):
    built = matrix(city, varied, block="WARD", standing="cham")
    assert list(words(built)) == ["UBND Phường 2"]
    assert (built.counted, built.columns[0].owed, built.columns[0].handed_in) == (3, 3, 2)


@pytest.mark.parametrize(
    "standing,units",
    [
        ("qua-han", {"Phòng Nội vụ", "Thanh tra thành phố", "UBND Xã Tân Bình",
                     "Văn phòng HĐND và UBND thành phố"}),
        ("tra-lai", {"Phòng Tư pháp"}),
        ("tung-tra-lai", {"Phòng Tư pháp"}),
        ("cho", {"UBND Phường 2"}),
        ("dung-han", {"UBND Phường 1"}),
        ("mien", {"Trung tâm Văn hóa, Thể thao và Truyền thanh thành phố"}),
    ],
)  # fmt: skip
def test_each_filter_means_the_same_in_memory_and_in_the_database(
    city, varied, sign_in, standing, units
):
    plan = factory.task(varied, "plan")
    assert set(words(matrix(city, varied, standing=standing, task=plan.pk))) == units
    answer = sign_in("noi-vu").get(
        reverse("assignments:all"), {"trang_thai": standing, "loai": "plan"}
    )
    assert {item.unit_name for item in answer.context["items"]} == units


def test_what_was_not_asked_of_a_unit_says_so(city, varied):
    law = factory.task(varied, "law")
    built = matrix(city, varied, task=law.pk)
    assert [c.title for c in built.columns] == ["Triển khai, tuyên truyền, phổ biến giáo dục…"]
    law.due_on = dt.date(2023, 12, 31)
    law.save()
    cells = words(matrix(city, varied))
    assert cells["Thanh tra thành phố"][3] == "không giao"
    assert cells["Phòng Tư pháp"][3] != "không giao"


def test_a_unit_sees_its_own_row_only(city, varied):
    built = matrix(city, varied, "phuong-1")
    assert list(words(built)) == ["UBND Phường 1"]
    assert built.columns[0].owed == 1


def test_names_are_those_of_the_plans_date(city, varied):
    """In 2025 the ward has another name; the 2023 matrix keeps the old one."""
    ward = city.units["phuong-1"]
    ward.versions.update(valid_to=dt.date(2025, 6, 30))
    name = "UBND Phường Tân Ninh"
    UnitVersion.objects.create(
        unit=ward, name=name, short_name=name, kind="ubnd_phuong", parent=city.body,
        valid_from=dt.date(2025, 7, 1), sort_key=sort_key(name), search_key=search_key(name),
    )  # fmt: skip
    with clock.set_to(dt.date(2026, 1, 5)):
        assert "UBND Phường 1" in words(matrix(city, varied))


def test_a_unit_founded_after_the_plan_is_shown_by_its_later_name(city, programme):
    name = "UBND Phường mới"
    unit = Unit.objects.create(key="moi")
    UnitVersion.objects.create(
        unit=unit, name=name, short_name=name, kind="ubnd_phuong", parent=city.body,
        valid_from=dt.date(2023, 9, 1), sort_key=sort_key(name), search_key=search_key(name),
    )  # fmt: skip
    first = factory.of(programme, city, "phuong-1")
    first.pk, first.unit = None, unit
    first.save()
    assert name in words(matrix(city, programme))


def test_the_matrix_costs_the_same_with_three_and_thirty_units(
    city, programme, sign_in, queries_of
):
    office = sign_in("noi-vu")
    page = reverse("assignments:matrix", args=[programme.pk])
    few = queries_of(lambda: office.get(page))
    factory.more_units(city, programme, 30)
    assert queries_of(lambda: office.get(page)) == few
    own = sign_in("phuong-1")
    assert abs(queries_of(lambda: own.get(page)) - few) <= 2


def test_the_page_has_icon_and_word_link_and_legend(city, varied, sign_in):
    answer = sign_in("noi-vu").get(reverse("assignments:matrix", args=[varied.pk]))
    page = answer.content.decode()
    late = factory.of(varied, city, "phuong-2")
    link = page[page.index(f'href="{reverse("assignments:detail", args=[late.pk])}"') :]
    cell = link[: link.index("</a>")]
    assert "<svg" in cell and "chậm 3 ngày" in cell and "chờ xem xét" in cell
    assert "Chú giải" in page and "2/7 (28,57" in page and "1/7 (14,29" in page


def test_the_newest_matrix_is_found_without_knowing_its_number(city, varied, sign_in):
    address = reverse("assignments:matrices")
    assert sign_in("noi-vu").get(address).url == reverse("assignments:matrix", args=[varied.pk])
    assert "Chưa có kế hoạch nào" in sign_in("cong-an").get(address).content.decode()
    other = reverse("assignments:matrix", args=[varied.pk])
    assert sign_in("cong-an").get(other).status_code == 404


def test_row_16_the_workbook_says_the_same_words(city, varied, sign_in):
    answer = sign_in("noi-vu").get(
        reverse("assignments:matrix", args=[varied.pk]), {"xuat": "xlsx", "khoi": "WARD"}
    )
    assert answer["Content-Disposition"] == (
        'attachment; filename="ma-tran-nhiem-vu-49-KH-UBND-20230407.xlsx"'
    )
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = {row[0]: row[1:] for row in sheet.to_python() if row and row[0]}
    assert rows["UBND Phường 1"][0] == "đúng hạn"
    assert rows["UBND Phường 2"][0] == "chậm 3 ngày; chờ xem xét"
    assert rows["UBND Xã Tân Bình"][0] == "chưa nộp (quá hạn 3 ngày)"
    assert rows["Đã nộp"][0] == "2/3 (66,67\u00a0%)"
    assert "Phòng Tư pháp" not in rows


def test_a_name_that_looks_like_a_formula_stays_text(city, varied, sign_in):
    city.units["phuong-1"].versions.update(name="=1+1")
    answer = sign_in("noi-vu").get(
        reverse("assignments:matrix", args=[varied.pk]), {"xuat": "xlsx"}
    )
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert "=1+1" in [row[0] for row in sheet.to_python() if row]


def test_row_16_many_units_are_paged_and_the_foot_counts_them_all(
    city, programme, sign_in, queries_of, monkeypatch
):
    office = sign_in("noi-vu")
    page = reverse("assignments:matrix", args=[programme.pk])
    few = queries_of(lambda: office.get(page))
    monkeypatch.setattr("danvan.assignments.matrix.PAGE", 20)
    factory.more_units(city, programme, 60)
    assert queries_of(lambda: office.get(page)) == few
    first, last = (office.get(page, {"trang": n}).context["matrix"] for n in (1, 4))
    assert [sum(len(rows) for _b, rows in m.groups) for m in (first, last)] == [20, 8]
    assert first.counted == last.counted == 68
    assert first.columns[0].owed == last.columns[0].owed == 68
    seen = office.get(page).content.decode()
    assert "Toàn bộ 68 đơn vị" in seen and "trang=4" in seen
    # A page that is not there is the last one.
    assert office.get(page, {"trang": "99"}).status_code == 200


def test_row_16_a_unit_is_found_by_its_name_without_marks(city, varied, sign_in):
    page = reverse("assignments:matrix", args=[varied.pk])
    built = sign_in("noi-vu").get(page, {"ten": "phuong"}).context["matrix"]
    assert list(words(built)) == ["UBND Phường 1", "UBND Phường 2"]
    # The foot stays that of all units.
    assert (built.counted, built.columns[0].owed) == (8, 7)
    nothing = sign_in("noi-vu").get(page, {"ten": "không có"})
    assert "Không có đơn vị nào khớp" in nothing.content.decode()


def test_row_16_the_workbook_holds_every_page(city, programme, sign_in, monkeypatch):
    monkeypatch.setattr("danvan.assignments.matrix.PAGE", 5)
    page = reverse("assignments:matrix", args=[programme.pk])
    answer = sign_in("noi-vu").get(page, {"xuat": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert {"UBND Phường 1", "Phòng Nội vụ"} <= {row[0] for row in sheet.to_python() if row}
