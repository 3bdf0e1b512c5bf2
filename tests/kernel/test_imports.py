"""The generic import: reading, judging, writing whole or not at all, putting back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.kernel import audit, clock, imports
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, Refused, Stale, refuse
from danvan.kernel.imports import Changed, Column, Row, Table, Touches, Verdict, cells, reading
from danvan.kernel.imports.touches import put_back
from danvan.kernel.models import CalendarDay, Entry, Import, StoredFile

STRANGER = Actor(7, "Người ngoài")


def may(actor: Actor) -> Decision:
    return ALLOWED if actor is SYSTEM else refuse("Không phải việc của bạn.")


def judge(rows: Sequence[Row], _actor: Actor) -> list[Verdict]:
    kept = {d.day: d for d in CalendarDay.objects.filter(day__in=[r["day"] for r in rows])}
    told, seen = [], set()
    for row in rows:
        there = kept.get(row["day"])
        if row["day"] in seen:
            told.append(Verdict.error("day", "ghi hai lần"))
        elif there is None:
            told.append(Verdict.new(warnings=() if row["note"] else ("chưa có ghi chú",)))
        elif (there.kind, there.basis) == (row["kind"], row["basis"]):
            told.append(Verdict.same())
        else:
            told.append(Verdict.changed(f"{there.basis} → {row['basis']}"))
        seen.add(row["day"])
    return told


def write(rows: Sequence[Row], touches: Touches, _by: Actor) -> None:
    kept = {d.day: d for d in CalendarDay.objects.filter(day__in=[r["day"] for r in rows])}
    fields = [{**r.values, "note": r["note"] or ""} for r in rows]
    touches.create([CalendarDay(**f) for f in fields if f["day"] not in kept])
    changed = [(kept[f["day"]], f) for f in fields if f["day"] in kept]
    for day, values in changed:
        day.kind, day.basis = values["kind"], values["basis"]
    touches.update([day for day, _values in changed], ["kind", "basis"])


DAYS = Table(
    code="thu.ngay",
    label="Ngày thử",
    columns=(
        Column("day", "Ngày", required=True, example="04/09/2023", parse=cells.day),
        Column("kind", "Loại ngày", required=True, example="nghỉ",
               parse=cells.choice({"nghỉ": "off", "làm việc": "work"})),
        Column("basis", "Căn cứ (số, ngày)", required=True, example="TB 01",
               parse=cells.text_of(200)),
        Column("note", "Ghi chú"),
    ),
    may=may, judge=judge, write=write,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _registered():
    imports.register(DAYS)
    yield
    imports.REGISTRY.pop(DAYS.code)


def book(*lines: Sequence[Any], far: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as made:
        sheet = made.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
        if far:
            sheet.write(900_000, 0, "xa")
    return out.getvalue()


HEADS = ("NGAY", "Loại  ngày *", "căn cứ", "Ghi chú")
GOOD = book(
    HEADS,
    (dt.date(2023, 9, 4), "Nghỉ", "001", "bù"),
    ("5/9/2023", "lam viec", "QĐ 2"),
)


def sent(content: bytes = GOOD, name: str = "ngay.xlsx", by: Actor = SYSTEM) -> Import:
    return imports.preview(DAYS.code, name, content, by=by)


# --- reading -------------------------------------------------------------------------------


def read(*lines: Sequence[Any]) -> list[dict[str, Any]]:
    return [cells for _number, cells in reading.read(DAYS, "x.xlsx", book(*lines)).rows]


def test_headings_match_without_marks_and_cells_keep_their_type() -> None:
    assert read(("BẢNG NGÀY",), (), HEADS, (dt.date(2023, 9, 4), "nghi", "001", 12)) == [
        {"day": dt.date(2023, 9, 4), "kind": "nghi", "basis": "001", "note": 12.0}
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((("Ngày", "Ghi chú"), ("1/1/2023",)), "Thiếu cột: Loại ngày, Căn cứ"),
        (((*HEADS, "Ngày"), ("1/1/2023",)), "Cột ghi hai lần: Ngày"),
        ((("một", "hai"), (1, 2)), "Không thấy dòng tiêu đề"),
        ((HEADS,), "chưa có dòng dữ liệu nào"),
    ],
)
def test_what_is_no_such_table_is_told(lines, told: str) -> None:
    with pytest.raises(imports.Unreadable, match=told):
        read(*lines)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "x.csv", "tiêu đề"),
        (b"PK\x03\x04rac", "x.xlsx", "tệp hỏng"),
        (b"\xff\xd8", "x.csv", "UTF-8"),
        (book(HEADS, ("1/1/2023", "nghỉ", "a"), far=True), "x.xlsx", "quá xa"),
        (("\n".join(["Ngày,Loại ngày,Căn cứ", *["1/1/2023,nghỉ,a"] * 20_100])).encode(), "x.csv",
         "quá 20000 dòng"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_told(content: bytes, name: str, told: str) -> None:
    with pytest.raises(imports.Unreadable, match=told):
        reading.read(DAYS, name, content)


def test_strangers_are_named_and_the_example_is_left_out() -> None:
    text = "Ngày;Loại ngày;Căn cứ;Màu\n04/09/2023;nghỉ;TB 01;\n05/09/2023;nghỉ;TB 01;đỏ"
    sheet = reading.read(DAYS, "x.csv", text.encode())
    assert sheet.strangers == ("Màu",)
    assert (len(sheet.rows), sheet.examples, sheet.rows[0][0]) == (1, 1, 3)


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cells.number, "84,25", Decimal("84.25")),
        (cells.number, "84.25", Decimal("84.25")),
        (cells.number, "1.234,5", Decimal("1234.5")),
        (cells.number, 0.1, Decimal("0.1")),
        (cells.whole, 2023.0, 2023),
        (cells.text, 1.0, "1"),
        (cells.text, "001", "001"),
        (cells.day, "3/4/2023", dt.date(2023, 4, 3)),
        (cells.day, "2023-04-03", dt.date(2023, 4, 3)),
        (cells.yes_no, "Có", True),
        (cells.yes_no, "x", True),
        (cells.yes_no, "không", False),
    ],
)
def test_cells_are_read_as_written_here(parse, cell, value) -> None:
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "told"),
    [
        (cells.number, "1.234", "hai cách"),
        (cells.number, "nhiều", "không phải là số"),
        (cells.number, True, "số"),
        (cells.whole, "2,5", "số nguyên"),
        (cells.day, "31/02/2023", "không có ngày"),
        (cells.day, "03/27/2023", "không có ngày"),
        (cells.day, 45000, "không phải là ngày"),
        (cells.day, "1/1/0023", "ngoài khoảng"),
        (cells.yes_no, "có lẽ", "Có"),
        (cells.text_of(3), "dài quá", "3 ký tự"),
        (cells.choice({"nghỉ": "off"}), "ngủ", "không có trong danh mục"),
    ],
)
def test_a_cell_that_is_wrong_says_why(parse, cell, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse(cell)


# --- from file to database -----------------------------------------------------------------


@pytest.mark.django_db
def test_a_preview_writes_nothing_and_tells_each_row() -> None:
    CalendarDay.objects.create(day=dt.date(2023, 9, 5), kind="work", basis="QĐ 1")
    it = sent()
    assert [v["state"] for v in it.verdicts] == ["new", "changed"]
    assert it.verdicts[1]["says"] == "QĐ 1 → QĐ 2"
    assert it.counts == {"new": 1, "changed": 1}
    assert CalendarDay.objects.get().basis == "QĐ 1"
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_errors_name_the_column_and_nothing_can_be_written() -> None:
    it = sent(book(HEADS, ("31/2/2023", "ngủ", ""), ("1/1/2023", "nghỉ", "a"),
                   ("1/1/2023", "nghỉ", "a")))  # fmt: skip
    assert [e[0] for e in it.verdicts[0]["errors"]] == ["day", "kind", "basis"]
    assert it.verdicts[2]["errors"] == [["day", "ghi hai lần"]]
    with pytest.raises(Refused, match="Còn 2 dòng lỗi"):
        imports.apply(it, by=SYSTEM)
    assert not CalendarDay.objects.exists()


@pytest.mark.django_db
def test_applying_writes_all_once_and_leaves_history() -> None:
    it = sent()
    imports.apply(it, by=SYSTEM)
    assert list(CalendarDay.objects.order_by("day").values_list("kind", "basis")) == [
        ("off", "001"), ("work", "QĐ 2"),
    ]  # fmt: skip
    line = audit.of(it).get()
    assert (line.action, line.facts["new"]) == ("kernel.import.apply", 2)
    with pytest.raises(Refused, match="đã được ghi rồi"):
        imports.apply(it, by=SYSTEM)
    assert CalendarDay.objects.count() == 2
    with pytest.raises(Refused, match="không có gì để ghi"):
        imports.apply(sent(), by=SYSTEM)


@pytest.mark.django_db
def test_two_imports_of_one_file_the_second_is_told() -> None:
    first, second = sent(), sent()
    imports.apply(first, by=SYSTEM)
    with pytest.raises(Stale, match="Dữ liệu đã thay đổi"):
        imports.apply(second, by=SYSTEM)
    imports.judge_again(second, by=SYSTEM)
    second.refresh_from_db()
    assert second.counts == {"same": 2}


@pytest.mark.django_db
def test_what_fails_halfway_leaves_nothing(monkeypatch) -> None:
    def half(rows, touches, by):  # type: ignore[no-untyped-def]
        write(rows, touches, by)
        raise RuntimeError("điện tắt")

    it = sent()
    monkeypatch.setitem(imports.REGISTRY, DAYS.code,
                        Table(DAYS.code, "x", DAYS.columns, may, judge, half))  # fmt: skip
    with pytest.raises(RuntimeError):
        imports.apply(it, by=SYSTEM)
    it.refresh_from_db()
    assert (it.state, CalendarDay.objects.count()) == ("previewed", 0)


@pytest.mark.django_db
def test_undo_puts_back_exactly_what_stood() -> None:
    kept = CalendarDay.objects.create(day=dt.date(2023, 9, 5), kind="off", basis="QĐ 1", note="g")
    it = imports.apply(sent(), by=SYSTEM)
    with pytest.raises(Refused, match="Không phải việc của bạn"):
        imports.undo(it, by=STRANGER)
    imports.undo(it, by=SYSTEM)
    assert list(CalendarDay.objects.values_list("pk", "kind", "basis", "note")) == [
        (kept.pk, "off", "QĐ 1", "g")
    ]
    assert audit.of(it).first().action == "kernel.import.undo"
    with pytest.raises(Refused, match="đã được hoàn tác rồi"):
        imports.undo(it, by=SYSTEM)
    with pytest.raises(Refused, match="đã được hoàn tác"):
        imports.apply(it, by=SYSTEM)


@pytest.mark.django_db
def test_undo_is_refused_when_it_changed_since() -> None:
    it = imports.apply(sent(), by=SYSTEM)
    CalendarDay.objects.filter(day=dt.date(2023, 9, 4)).update(basis="người khác sửa")
    with pytest.raises(Refused, match="thay đổi sau khi nhập"):
        imports.undo(it, by=SYSTEM)
    it.refresh_from_db()
    assert (it.state, CalendarDay.objects.count()) == ("applied", 2)


@pytest.mark.django_db
def test_putting_back_costs_the_same_for_few_rows_and_for_many() -> None:
    """Rows made, changed and deleted: each kind comes back in one go, exactly as it stood."""
    cost, month = {}, dt.timedelta(days=31)
    for n in (2, 60):
        CalendarDay.objects.all().delete()
        days = [dt.date(2020, 1, 1) + i * month for i in range(2 * n)]
        held = [CalendarDay(day=day, kind="off", basis=f"QĐ {day}", note="x") for day in days]
        CalendarDay.objects.bulk_create(held)
        stood = list(CalendarDay.objects.order_by("pk").values())
        touches, changed = Touches(), held[:n]
        for row in changed:
            row.basis, row.kind = f"mới {row.day}", "work"
        with touches.watch(CalendarDay.objects.all()):
            touches.create([CalendarDay(day=day + dt.timedelta(days=3), kind="off", basis="c")
                            for day in days])  # fmt: skip
            touches.update(changed, ["basis", "kind"])
            CalendarDay.objects.filter(pk__in=[row.pk for row in held[n:]]).delete()
        told = touches.told()
        with CaptureQueriesContext(connection) as queries:
            put_back(told)
        cost[n] = len(queries)
        assert list(CalendarDay.objects.order_by("pk").values()) == stood
    assert cost[2] == cost[60] <= 10


@pytest.mark.django_db
def test_watched_rows_are_put_back_whatever_wrote_them() -> None:
    gone = CalendarDay.objects.create(day=dt.date(2023, 1, 2), kind="off", basis="a")
    touches = Touches()
    with touches.watch(CalendarDay.objects.filter(day__year=2023)):
        CalendarDay.objects.create(day=dt.date(2023, 1, 3), kind="off", basis="b")
        CalendarDay.objects.filter(pk=gone.pk).delete()
    put_back(touches.told())
    assert list(CalendarDay.objects.values_list("day", flat=True)) == [dt.date(2023, 1, 2)]


@pytest.mark.django_db
def test_a_stranger_neither_previews_nor_applies() -> None:
    with pytest.raises(Refused, match="Không phải việc của bạn"):
        sent(by=STRANGER)
    with pytest.raises(Refused, match="Không phải việc của bạn"):
        imports.apply(sent(), by=STRANGER)
    assert imports.offered_to(STRANGER) == []


# --- what is rare ----------------------------------------------------------------------------


def csv_of(*lines: str) -> bytes:
    return "\n".join(["Ngày;Loại ngày;Căn cứ", *lines]).encode()


def test_empty_lines_between_rows_are_passed_over_and_lines_keep_their_numbers() -> None:
    sheet = reading.read(DAYS, "x.csv", csv_of("1/1/2023;nghỉ;a", "", ";;", "2/1/2023;nghỉ;b"))
    assert [number for number, _cells in sheet.rows] == [2, 5]


def test_a_moment_in_a_cell_is_its_day() -> None:
    assert read(HEADS, (dt.datetime(2023, 9, 4, 13, 30), "nghi", "001"))[0]["day"] == dt.date(
        2023, 9, 4
    )


@pytest.mark.parametrize("rows", [3, 6])
def test_a_table_longer_than_the_limit_is_told(monkeypatch, rows: int) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    monkeypatch.setattr(reading, "HEAD_WITHIN", 1)
    row = (dt.date(2023, 9, 4), "nghi", "001")
    with pytest.raises(imports.Unreadable, match="quá 2 dòng"):
        read(HEADS, *[row] * rows)
    assert len(read(HEADS, row, row)) == 2


def test_text_that_is_no_table_is_told() -> None:
    for content, told in (
        (b"Ng\x00y;Lo", "không phải là bảng"),
        (csv_of('"' + "x" * 200_000 + '"'), "sai cấu trúc"),
        ("Ngày;Loại ngày;Căn cứ\n1/1/2023;nghỉ;a".encode("utf-16"), ""),
    ):
        if told:
            with pytest.raises(imports.Unreadable, match=told):
                reading.read(DAYS, "x.csv", content)
        else:
            assert len(reading.read(DAYS, "x.csv", content).rows) == 1


def test_a_workbook_that_unpacks_without_end_or_holds_no_sheets_is_told(monkeypatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/khac.xml", "<a/>")
    with pytest.raises(imports.Unreadable, match="tệp hỏng"):
        reading.read(DAYS, "x.xlsx", out.getvalue())
    monkeypatch.setattr(reading, "MOST_UNPACKED", 100)
    with pytest.raises(imports.Unreadable, match="quá lớn khi mở ra"):
        reading.read(DAYS, "x.xlsx", GOOD)


@pytest.mark.parametrize(
    ("cell", "value"),
    [(True, "1"), (False, "0"), (dt.date(2023, 4, 3), "03/04/2023"), (0.5, "0,5"), ("a", "a")],
)
def test_any_cell_can_be_read_as_text(cell, value: str) -> None:
    assert cells.text(cell) == value


def test_a_box_that_is_ticked_is_yes() -> None:
    assert cells.yes_no(True) is True
    assert cells.yes_no(False) is False


def test_a_column_knows_the_words_its_cells_may_hold() -> None:
    assert DAYS.column("kind").words == ("nghỉ", "làm việc")
    assert DAYS.column("note").words == ()
    assert Column("a", "A", choices=("x",), parse=cells.choice({"y": 1})).words == ("x",)
    assert DAYS.column("nothing") is None


@pytest.mark.django_db
def test_a_table_nobody_offers_any_more_is_refused_and_what_is_not_written_is_not_undone() -> None:
    it = sent()
    with pytest.raises(Refused, match="chưa được ghi"):
        imports.undo(it, by=SYSTEM)
    imports.REGISTRY.pop(DAYS.code)
    with pytest.raises(Refused, match="không còn được dùng"):
        imports.apply(it, by=SYSTEM)
    imports.register(DAYS)


@pytest.mark.django_db
def test_what_is_for_the_sender_alone_is_written_by_nobody_else(monkeypatch) -> None:
    own = dataclasses.replace(DAYS, own_only=True, may=lambda actor: ALLOWED)
    monkeypatch.setitem(imports.REGISTRY, DAYS.code, own)
    it = sent(by=STRANGER)
    with pytest.raises(Refused, match="Chỉ người đã gửi"):
        imports.apply(it, by=Actor(8, "Người khác"))
    imports.apply(it, by=STRANGER)
    with pytest.raises(Refused, match="Chỉ người đã gửi"):
        imports.undo(it, by=Actor(8, "Người khác"))


@pytest.mark.django_db
def test_nothing_made_or_changed_is_nothing_to_put_back() -> None:
    kept = CalendarDay.objects.create(day=dt.date(2023, 1, 2), kind="off", basis="a")
    touches = Touches()
    assert touches.create([]) == []
    touches.update([], ["basis"])
    with touches.watch(CalendarDay.objects.all()):
        CalendarDay.objects.filter(pk=kept.pk).update(basis="a")
    assert touches.told() == []


@pytest.mark.django_db
def test_what_something_else_points_at_is_not_taken_back() -> None:
    """``Import.file`` has no name back from the file, and holds it all the same."""
    touches = Touches()
    (file,) = touches.create([StoredFile(sha256="0" * 64, size=1, first_stored_at=clock.now())])
    told = touches.told()
    pointing = Import.objects.create(
        table="thu", file=file, name="a", by_name="Lan", at=clock.now()
    )
    with pytest.raises(Changed, match="đã được dùng ở nơi khác"):
        put_back(told)
    pointing.delete()
    put_back(told)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_what_the_import_itself_made_may_point_and_links_of_many_go_along() -> None:
    touches = Touches()
    (group,) = touches.create([Group(name="Nhóm thử")])
    (user,) = touches.create([get_user_model()(username="thu")])
    user.groups.add(group)
    put_back(touches.told())
    assert not Group.objects.exists() and not get_user_model().objects.exists()
    (file,) = touches.create([StoredFile(sha256="1" * 64, size=1, first_stored_at=clock.now())])
    touches.create([Import(table="thu", file=file, name="a", by_name="Lan", at=clock.now())])
    put_back(touches.told())
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_rows_that_stand_each_for_itself_are_written_without_the_faulty_ones(monkeypatch) -> None:
    parts = dataclasses.replace(DAYS, parts=True)
    monkeypatch.setitem(imports.REGISTRY, DAYS.code, parts)
    it = sent(book(HEADS, ("1/1/2023", "nghỉ", "a"), ("31/2/2023", "nghỉ", "b")))
    imports.apply(it, by=SYSTEM)
    assert CalendarDay.objects.get().basis == "a"
    facts = audit.of(it).get().facts
    assert (facts["new"], facts["errors"]) == (1, 1)
    wrong = sent(book(HEADS, ("31/2/2023", "nghỉ", "b"), ("1/1/2023", "nghỉ", "a")))
    with pytest.raises(Refused, match="Không có dòng đúng nào để ghi"):
        imports.apply(wrong, by=SYSTEM)
    assert "errors" not in audit.of(imports.apply(sent(), by=SYSTEM)).get().facts
