"""Row 67: units, posts and people from .xlsx, with a dry run, a row-by-row report and undo."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from danvan.kernel import imports
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Entry, Import
from danvan.organisations.importing import people, workbooks
from danvan.organisations.importing import units as units_table
from danvan.organisations.models import Person, Post, Unit, UnitVersion

pytestmark = pytest.mark.django_db
SINCE = dt.date(2023, 4, 3)
HEADS = ["Số hiệu", "Họ và tên", "Đơn vị", "Chức vụ", "Vị trí", "Từ ngày", "Đến hết ngày"]


def book(heads: Sequence[str], *rows: Sequence[Any]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate([heads, *rows]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def sent(*rows: Sequence[Any]) -> Import:
    return imports.preview(people.CODE, "can-bo.xlsx", book(HEADS, *rows), by=SYSTEM)


def lines_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_row_67_five_thousand_people_with_200_faulty_rows(city) -> None:
    """The report changes nothing; confirming writes 4 800; undoing takes them back."""
    places = ["UBND Phường 1", "phuong-2", "P2", "xa-tan-binh", "Phòng Nội vụ"]
    rows = [
        (f"{n:05}", f"Người Thứ {n}", places[n % 3 % 2], "Chuyên viên", "", SINCE, "")
        for n in range(4800)
    ]
    wrong = [("", "Ai Đó", "Phường 99", "Chuyên viên", "", SINCE, "")] * 100
    wrong += [("", f"Ai Đó {n}", "phuong-1", "", "vua", "31/02/2023", "") for n in range(100)]
    before = Person.objects.count(), Post.objects.count(), Entry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        it = sent(*rows, *wrong)
    assert len(queries) < 30
    assert it.counts == {"new": 4800, "error": 200}
    assert it.verdicts[4800]["errors"] == [["unit", "không có đơn vị “Phường 99”"]]
    assert [column for column, _s in it.verdicts[4900]["errors"]] == [
        "title", "rank", "valid_from",
    ]  # fmt: skip
    assert before == (Person.objects.count(), Post.objects.count(), Entry.objects.count())
    faulty = lines_of(workbooks.faults(people.TABLE, it))
    assert len(faulty) == 201
    assert "Dòng 4802 – Đơn vị: không có đơn vị" in faulty[1][-1]
    with CaptureQueriesContext(connection) as writing:
        imports.apply(it, by=SYSTEM)
    # Two models in bulk, read back once: some queries for every 400 rows, none for a row.
    assert len(writing) < 120
    assert Person.objects.count() == before[0] + 4800
    assert Post.objects.count() == before[1] + 4800
    assert not Person.objects.filter(name__startswith="Ai Đó").exists()
    assert Person.objects.get(name="Người Thứ 7").code == "00007"
    told = Entry.objects.filter(action="kernel.import.apply").latest("seq")
    assert "4800" in str(told.facts) and "200" in str(told.facts)
    with CaptureQueriesContext(connection) as undoing:
        imports.undo(it, by=SYSTEM)
    # Every foreign key to people and posts is asked once, for all 4 800; none for a row.
    keys = [f for m in (Person, Post) for f in m._meta.get_fields(include_hidden=True)
            if f.one_to_many or f.one_to_one]  # fmt: skip
    assert len(undoing) <= len(keys) + 20 < 250
    assert before[:2] == (Person.objects.count(), Post.objects.count())


LONG = "Nguyễn " * 20


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("", "", "P1", "CV", "", SINCE, ""), "Họ và tên: chưa ghi"),
        (("", "A", "", "CV", "", SINCE, ""), "Đơn vị: chưa ghi"),
        (("", "A", "P1", "", "", SINCE, ""), "Chức vụ: chưa ghi"),
        (("", "A", "P1", "CV", "", "", ""), "Từ ngày: chưa ghi"),
        (("", "A", "Phường 99", "CV", "", SINCE, ""), "Đơn vị: không có đơn vị “Phường 99”"),
        (("", "A", "P1", "CV", "", "01/01/1999", ""), "Đơn vị: "),
        (("", "A", "P1", "CV", "sếp", SINCE, ""), "Vị trí: “sếp” không có trong danh mục"),
        (("", "A", "P1", "CV", "", "đầu năm", ""), "Từ ngày: “đầu năm” không phải là ngày"),
        (("", "A", "P1", "CV", "", "03/27/2023", ""), "Từ ngày: không có ngày 03/27/2023"),
        (("", "A", "P1", "CV", "", "31/02/2023", ""), "Từ ngày: không có ngày 31/02/2023"),
        (("", "A", "P1", "CV", "", "01/01/1023", ""), "Từ ngày: năm 1023 nằm ngoài"),
        (("", "A", "P1", "CV", "", SINCE, "01/01/2023"), "Đến hết ngày: trước ngày bắt đầu"),
        (("", LONG, "P1", "CV", "", SINCE, ""), "Họ và tên: dài quá 120 ký tự"),
        (("9", "B", "P1", "CV", "", SINCE, ""), "Số hiệu: số hiệu 9 là của Lê A"),
        (("", "Lê Tốt", "P1", "CV", "", SINCE, ""), "Họ và tên: đã ghi ở dòng 2"),
    ],
)
def test_row_67_each_kind_of_fault_is_named_with_row_and_column(city, row, told: str) -> None:
    """Only the good row beside it is written; undo takes it back."""
    Person.objects.create(name="Lê A", code="9")
    before = Person.objects.count(), Post.objects.count()
    it = sent(("", "Lê Tốt", "P1", "CV", "", SINCE, ""), row)
    assert it.counts == {"new": 1, "error": 1}
    (_heads, faulty) = lines_of(workbooks.faults(people.TABLE, it))
    assert faulty[-1].startswith(f"Dòng 3 – {told}")
    imports.apply(it, by=SYSTEM)
    assert (Person.objects.count(), Post.objects.count()) == (before[0] + 1, before[1] + 1)
    imports.undo(it, by=SYSTEM)
    assert (Person.objects.count(), Post.objects.count()) == before


def test_row_67_only_faulty_rows_are_not_confirmed(city) -> None:
    it = sent(("", "A", "Phường 99", "CV", "", SINCE, ""))
    with pytest.raises(Refused, match="Không có dòng đúng nào"):
        imports.apply(it, by=SYSTEM)


def test_row_67_units_are_still_all_or_nothing(city) -> None:
    heads = ["Khóa", "Tên đơn vị", "Loại", "Trực thuộc", "Từ ngày", "Mã chính thức", "Căn cứ"]
    good = ("phuong-5", "UBND Phường 5", "UBND phường", "thanh-pho", "01/07/2024", "", "NQ 5")
    bad = ("phuong-6", "UBND Phường 6", "lạ", "thanh-pho", "01/07/2024", "", "NQ 5")
    it = imports.preview(units_table.CODE, "dv.xlsx", book(heads, good, bad), by=SYSTEM)
    with pytest.raises(Refused, match="Còn 1 dòng lỗi"):
        imports.apply(it, by=SYSTEM)


def test_row_67_a_promotion_ends_the_post_before(city) -> None:
    officer = city.people["phuong-1"]
    it = sent(("", officer.name, "UBND Phường 1", "Phó Chủ tịch", "cấp phó", SINCE, ""))
    assert it.verdicts[0]["says"] == "Chuyên viên → Phó Chủ tịch"
    imports.apply(it, by=SYSTEM)
    assert list(officer.posts.order_by("valid_from").values_list("title", "valid_to")) == [
        ("Chuyên viên", dt.date(2023, 4, 2)), ("Phó Chủ tịch", None),
    ]  # fmt: skip
    assert sent(("", officer.name, "P1", "Phó Chủ tịch", "deputy", SINCE, "")).counts == {"same": 1}
    imports.undo(it, by=SYSTEM)
    assert officer.posts.get().valid_to is None


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (("", "A", "UBND Phường 1", "CV", "", "01/01/1999", ""), "unit", "không hoạt động"),
        (("", "A", "UBND Phường 1", "CV", "", SINCE, "01/01/2023"), "valid_to", "trước ngày"),
        (("9", "B", "UBND Phường 1", "CV", "", SINCE, ""), "code", "số hiệu 9 là của Lê A"),
        (("", "Lê Hai", "UBND Phường 1", "CV", "", SINCE, ""), "name", "trùng tên"),
    ],
)
def test_row_67_a_wrong_person_is_told_at_the_column(city, row, column, told) -> None:
    Person.objects.create(name="Lê A", code="9")
    for _twice in range(2):
        twin = Person.objects.create(name="Lê Hai")
        city.units["phuong-1"].posts.create(
            person=twin, title="x", rank="officer", valid_from=dt.date(2020, 1, 1)
        )
    ((found, sentence),) = sent(row).verdicts[0]["errors"]
    assert found == column
    assert told in sentence


def test_row_67_a_second_head_and_a_row_written_twice_are_told(city) -> None:
    row = ("", "Lê Mới", "UBND Phường 1", "Chủ tịch", "người đứng đầu", SINCE, "")
    it = sent(row, row)
    assert it.verdicts[0]["warnings"] == ["đơn vị đã có người đứng đầu: Trưởng UBND Phường 1"]
    assert it.verdicts[1]["errors"] == [["name", "đã ghi ở dòng 2"]]


def test_row_67_undo_is_refused_once_somebody_uses_what_was_written(city) -> None:
    it = imports.apply(sent(("", "Lê Mới", "phuong-1", "CV", "", SINCE, "")), by=SYSTEM)
    new = Person.objects.get(name="Lê Mới")
    city.units["phuong-1"].appointments.create(
        person=new, duty="leader", basis="QĐ", valid_from=SINCE
    )
    with pytest.raises(Refused, match="“Lê Mới” đã được dùng ở nơi khác"):
        imports.undo(it, by=SYSTEM)
    assert Person.objects.filter(pk=new.pk).exists()


def test_row_67_units_are_renamed_and_put_back(city) -> None:
    heads = ["Khóa", "Tên đơn vị", "Loại", "Trực thuộc", "Từ ngày", "Mã chính thức", "Căn cứ"]
    content = book(
        heads,
        ("phuong-1", "UBND Phường Nhất", "UBND phường", "thanh-pho", "01/07/2024", "001", "NQ 5"),
        ("phuong-5", "UBND Phường 5", "UBND phường", "thanh-pho", "01/07/2024", "", "NQ 5"),
    )
    it = imports.preview(units_table.CODE, "dv.xlsx", content, by=SYSTEM)
    assert [v["state"] for v in it.verdicts] == ["changed", "new"]
    imports.apply(it, by=SYSTEM)
    unit = city.units["phuong-1"]
    assert unit.versions.order_by("valid_from").first().valid_to == dt.date(2024, 6, 30)
    assert unit.codes.get().code == "001"
    imports.undo(it, by=SYSTEM)
    assert (unit.versions.get().valid_to, unit.codes.count()) == (None, 0)
    assert not Unit.objects.filter(key="phuong-5").exists()
    assert not UnitVersion.objects.filter(name="UBND Phường 5").exists()


# --- the pages -----------------------------------------------------------------------------


def upload(client: Any, content: bytes, name: str = "can-bo.xlsx", code: str = people.CODE) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(f"/nhap-bang/bang/{code}/", {"table": file}, follow=True)


def test_row_67_from_template_to_undo_on_the_pages(sign_in, administrator) -> None:
    client = sign_in(administrator)
    assert "Người và chức vụ" in client.get("/nhap-bang/").content.decode()
    template = client.get(f"/nhap-bang/bang/{people.CODE}/mau/").content
    heads, example = lines_of(template)[:2]
    assert heads[1:3] == ["Họ và tên *", "Đơn vị *"]
    answer = upload(client, book(heads, example, ("", "Lê Mới", "P1", "CV", "", SINCE, "")))
    page, it = answer.content.decode(), Import.objects.get()
    assert "Chưa có gì được ghi." in page
    assert it.counts == {"new": 1}, "the example is left out"
    page = client.post(f"/nhap-bang/lan/{it.pk}/ghi/", follow=True).content.decode()
    assert "Đã ghi 1 dòng." in page
    page = client.post(f"/nhap-bang/lan/{it.pk}/ghi/", follow=True).content.decode()
    assert "Bảng này đã được ghi rồi." in page
    assert Person.objects.filter(name="Lê Mới").count() == 1
    Post.objects.filter(person__name="Lê Mới").update(title="đã sửa")
    page = client.post(f"/nhap-bang/lan/{it.pk}/hoan-tac/", follow=True).content.decode()
    assert "Không hoàn tác được: Đã có 1 bản ghi thay đổi" in page
    Post.objects.filter(person__name="Lê Mới").update(title="CV")
    page = client.post(f"/nhap-bang/lan/{it.pk}/hoan-tac/", follow=True).content.decode()
    assert "Đã hoàn tác" in page
    assert not Person.objects.filter(name="Lê Mới").exists()


def test_row_67_wrong_rows_stand_first_and_come_back_as_a_file(sign_in, administrator) -> None:
    client = sign_in(administrator)
    good = [("", f"Lê {n}", "P1", "CV", "", SINCE, "") for n in range(60)]
    answer = upload(client, book(HEADS, *good, ("", "Sai", "P99", "CV", "", SINCE, "")))
    page, it = answer.content.decode(), Import.objects.get()
    assert page.index("không có đơn vị “P99”") < page.index("Lê 1<")
    assert "60 dòng đúng được ghi cùng lúc; 1 dòng lỗi bị bỏ lại" in page
    assert "Lê 59" not in page
    assert "Lê 59" in client.get(f"/nhap-bang/lan/{it.pk}/?trang=2").content.decode()
    only = client.get(f"/nhap-bang/lan/{it.pk}/?loai=error").content.decode()
    assert "Lê 1<" not in only
    file = client.get(f"/nhap-bang/lan/{it.pk}/dong-loi/")
    assert "Dòng 62" in lines_of(file.content)[1][-1]
    page = client.post(f"/nhap-bang/lan/{it.pk}/ghi/", follow=True).content.decode()
    assert "Đã ghi 60 dòng; 1 dòng lỗi bị bỏ lại" in page
    assert Person.objects.filter(name__regex=r"^Lê \d+$").count() == 60


def test_row_67_what_is_no_table_is_told_at_the_field(sign_in, administrator) -> None:
    client = sign_in(administrator)
    page = upload(client, book(["Họ và tên", "Màu"], ("A", "đỏ"))).content.decode()
    assert "Không thấy dòng tiêu đề" in page
    page = upload(client, b"PK\x03\x04rac").content.decode()
    assert "tệp hỏng" in page
    assert not Import.objects.exists()


def test_row_67_data_that_moved_meanwhile_is_judged_again(sign_in, administrator) -> None:
    client, row = sign_in(administrator), ("", "Lê Mới", "P1", "CV", "", SINCE, "")
    upload(client, book(HEADS, row))
    imports.apply(sent(row), by=SYSTEM)
    it = Import.objects.order_by("pk").first()
    page = client.post(f"/nhap-bang/lan/{it.pk}/ghi/", follow=True).content.decode()
    assert "Dữ liệu đã thay đổi từ lúc kiểm tra" in page
    assert "Mọi dòng đã có sẵn như vậy" in page
    assert Person.objects.filter(name="Lê Mới").count() == 1


def test_row_67_others_neither_send_nor_see(sign_in, administrator) -> None:
    it = sent(("", "Lê Mới", "phuong-1", "CV", "", SINCE, ""))
    client = sign_in("phuong-1")
    assert client.get(f"/nhap-bang/bang/{people.CODE}/").status_code == 403
    assert client.get(f"/nhap-bang/lan/{it.pk}/").status_code == 404
    assert people.CODE not in client.get("/nhap-bang/").content.decode()
    assert sign_in(administrator).get("/nhap-bang/bang/khong-co/").status_code == 404


def test_row_67_pages_cost_the_same_with_more_rows_and_imports(sign_in, administrator) -> None:
    client = sign_in(administrator)

    def counted(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    one = sent(("", "Lê Mới", "phuong-1", "CV", "", SINCE, ""))
    counted("/nhap-bang/")
    before = counted("/nhap-bang/"), counted(f"/nhap-bang/lan/{one.pk}/")
    more = sent(*[("", f"Lê {n}", "phuong-1", "CV", "", SINCE, "") for n in range(9)])
    assert (counted("/nhap-bang/"), counted(f"/nhap-bang/lan/{more.pk}/")) == before
