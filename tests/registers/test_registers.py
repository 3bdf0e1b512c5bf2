"""Declaring registers, keeping them another way, and the acts on a record."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from danvan.documents.models import Document
from danvan.kernel import audit
from danvan.kernel.access import Refused, Stale
from danvan.registers import shipped
from danvan.registers.actions import records, registers
from danvan.registers.declaring import Declaration
from danvan.registers.fields import RESERVED, Field, slug
from danvan.registers.figures import Figure
from danvan.registers.models import Record, Register, RegisterVersion
from tests.city import City
from tests.registers.factory import enact, write


@pytest.fixture(autouse=True)
def _in_june(on_day) -> None:
    on_day(2023, 6, 20)


def declared(**changes: object) -> Declaration:
    plain = Declaration(
        name="Tiếp xúc cử tri", purpose="Các cuộc tiếp xúc", audience="UBND phường, xã",
        fields=(Field("noi_dung", "Nội dung", "text", required=True),
                Field("so_nguoi", "Số người", "number", measure="người")),
        figures=(Figure("so_cuoc", "Cuộc tiếp xúc", "count"),), basis="Thử",
    )  # fmt: skip
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("template", shipped.templates(), ids=lambda t: t.code)
def test_every_shipped_register_can_be_enacted(city: City, template) -> None:
    register = enact(city, template.code)
    version = register.versions.get()
    assert (register.code, version.number, register.template) == (
        template.code, 1, template.code)  # fmt: skip
    assert version.declared == template.declaration.fields
    assert version.figures == template.declaration.figures
    assert not RESERVED & {f.code for f in version.declared}
    assert audit.of(register).get().concerns == city.body.pk
    with pytest.raises(Refused) as refused:
        enact(city, template.code)
    assert refused.value.decision.done


def test_only_the_programme_office_declares(city: City) -> None:
    for who in ("phuong-1", "thanh-tra", "van-phong", "mat-tran"):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            registers.declare(city.body, declaration=declared(), by=city.actor(who))
    made = registers.declare(city.body, declaration=declared(), by=city.actor("noi-vu"))
    assert made.code == "tiep_xuc_cu_tri"
    with pytest.raises(Refused, match="cơ quan thường trực"):
        registers.revise(made, declaration=declared(), newest=1, by=city.actor("phuong-1"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"audience": "UBND phường, xã; Sở Xây dựng Mars"}, "Không rõ đơn vị nào: “Sở Xây dựng"),
        ({"basis": ""}, "căn cứ"),
        ({"fields": ()}, "ít nhất một trường"),
        ({"fields": (Field("a", "Nội dung", "text"), Field("b", "nội dung", "text"))}, "đã dùng"),
        ({"fields": (Field("a", "Đơn vị", "text"),)}, "đã dùng"),
        ({"fields": (Field("a", "Loại", "choice", options=(("x", "X"),)),)}, "hai giá trị"),
        ({"units_write": False}, "Chọn ai ghi"),
        ({"reading": "limited", "offices": ("administration_office",)}, "Văn phòng không đọc"),
        ({"reading": "limited", "gives": "finding"}, "Sổ hạn chế không giao việc"),
        ({"figures": (Figure("a", "A", "sum", field="noi_dung"),)}, "trường kiểu Số"),
        ({"figures": (Figure("a", "A", "count", where="noi_dung", option="x"),)}, "danh mục"),
        ({"figures": (Figure("a", "A", "in_force"),)}, "không theo dõi hiệu lực"),
        ({"figures": (Figure("a", "A", "settled"),)}, "không giao việc"),
        ({"figures": (Figure("a", "A", "ratio", part="b", whole="c"),)}, "đã khai ở trên"),
        ({"valid_to": dt.date(2023, 1, 1)}, "hết dùng"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words(city: City, changes: dict, told: str) -> None:
    with pytest.raises(Refused, match=told):
        registers.declare(city.body, declaration=declared(**changes), by=city.actor("noi-vu"))
    assert not Register.objects.exists()


def test_a_new_version_leaves_old_records_their_fields(city: City) -> None:
    office = city.actor("noi-vu")
    register = registers.declare(city.body, declaration=declared(), by=office)
    old = records.enter(
        register, unit=city.units["phuong-1"], day=dt.date(2023, 6, 1),
        values={"noi_dung": "Đợt 1", "so_nguoi": Decimal("12.5")}, by=city.actor("phuong-1"),
    )  # fmt: skip
    fields = (Field("noi_dung", "Nội dung", "text", required=True),
              Field("ket_qua", "Kết quả", "text", required=True))  # fmt: skip
    document = Document.objects.create(
        origin="received", type="Quyết định", code="9/QĐ-UBND", issued_on=dt.date(2023, 6, 1)
    )
    version = registers.revise(
        register, declaration=declared(fields=fields, basis="", document=document), newest=1,
        by=office,
    )  # fmt: skip
    assert (version.number, version.basis) == (2, "Quyết định 9/QĐ-UBND")
    with pytest.raises(Refused, match="Kết quả"):
        records.enter(
            register, unit=city.units["phuong-1"], day=dt.date(2023, 6, 2),
            values={"noi_dung": "Đợt 2"}, by=city.actor("phuong-1"),
        )  # fmt: skip
    records.correct(
        old, edition=1, day=old.day, values={"noi_dung": "Đợt một", "so_nguoi": 13}, reason="Nhầm",
        by=city.actor("phuong-1"),
    )  # fmt: skip
    old.refresh_from_db()
    assert old.version.number == 1
    assert [f.code for f in old.version.declared] == ["noi_dung", "so_nguoi"]
    with pytest.raises(Stale, match="đã được sửa"):
        registers.revise(register, declaration=declared(), newest=1, by=office)
    with pytest.raises(Refused, match="Không có gì khác"):
        registers.revise(
            register, declaration=dataclasses.replace(Declaration.of(version), basis="x"),
            newest=2, by=office,
        )  # fmt: skip


def test_before_and_after_its_days_a_register_is_closed(city: City, on_day) -> None:
    declaration = declared(valid_from=dt.date(2023, 7, 1), valid_to=dt.date(2023, 7, 31))
    register = registers.declare(city.body, declaration=declaration, by=city.actor("noi-vu"))
    given = {"unit": city.units["phuong-1"], "values": {"noi_dung": "A"}}
    with pytest.raises(Refused, match="không còn"):
        records.enter(register, day=dt.date(2023, 6, 1), **given, by=city.actor("phuong-1"))
    on_day(2023, 7, 10)
    records.enter(register, day=dt.date(2023, 7, 1), **given, by=city.actor("phuong-1"))
    on_day(2023, 8, 1)
    with pytest.raises(Refused, match="không còn"):
        records.enter(register, day=dt.date(2023, 8, 1), **given, by=city.actor("phuong-1"))


def test_row_14_news_are_written_by_units_of_themselves_and_by_the_office(city: City) -> None:
    enact(city, "tin_bai")
    made = write(city, "tin_bai", "phuong-1", duong_dan="https://tayninh.gov.vn/1", luot=350)
    assert made.values["luot"] == "350"
    assert (made.office, made.title) == ("", "Ra quân dân vận khéo")
    assert audit.of(made).get().concerns == city.units["phuong-1"].pk
    by_office = write(city, "tin_bai", "phuong-2", who="noi-vu")
    assert by_office.office == "programme_office"
    with pytest.raises(Refused, match="về đơn vị đó"):
        write(city, "tin_bai", "phuong-2", who="phuong-1")
    with pytest.raises(Refused, match=r"Chỉ đơn vị \(Cơ quan"):
        write(city, "tin_bai", "phuong-1", who="cong-an")
    with pytest.raises(Refused, match="sau hôm nay"):
        write(city, "tin_bai", "phuong-1", day=dt.date(2023, 6, 21))
    with pytest.raises(Refused, match="Chưa ghi “Tiêu đề”"):
        write(city, "tin_bai", "phuong-1", tieu_de="")


def test_a_correction_is_an_act_with_history(city: City) -> None:
    enact(city, "tin_bai")
    made = write(city, "tin_bai", "phuong-1", luot=350)
    values = {**made.values, "luot": Decimal(400)}
    given = {"edition": 1, "day": made.day, "values": values, "by": city.actor("phuong-1")}
    with pytest.raises(Refused, match="lý do"):
        records.correct(made, **given, reason=" ")
    kept = records.correct(made, **given, reason="Đọc lại")
    assert [(f.code, a, b) for f, a, b in kept.changes()] == [("luot", "350", "400")]
    assert made.edition == 2
    assert audit.of(made).first().action == "registers.record.correct"
    with pytest.raises(Stale):
        records.correct(made, **given, reason="Lần nữa")
    with pytest.raises(Refused, match="đính chính bản ghi này"):
        records.correct(
            made, **{**given, "edition": 2, "by": city.actor("phuong-2")}, reason="Của người khác"
        )
    with pytest.raises(Refused, match="Không có gì khác"):
        records.correct(made, **{**given, "edition": 2}, reason="Như cũ")


def test_what_an_office_wrote_the_unit_does_not_correct(city: City) -> None:
    enact(city, "tin_bai")
    made = write(city, "tin_bai", "phuong-1", who="noi-vu")
    with pytest.raises(Refused, match="cơ quan thường trực chương trình ghi nên đơn vị không sửa"):
        records.withdraw(made, reason="Không đúng", by=city.actor("phuong-1"))
    records.withdraw(made, reason="Nhập nhầm", by=city.actor("noi-vu"))
    with pytest.raises(Refused) as refused:
        records.withdraw(made, reason="Nhập nhầm", by=city.actor("noi-vu"))
    assert refused.value.decision.done


def test_a_second_click_writes_nothing_twice(city: City) -> None:
    register = enact(city, "tin_bai")
    given = {"unit": city.units["phuong-1"], "day": dt.date(2023, 6, 1), "token": "mot-lan",
             "values": {"tieu_de": "A", "loai": "tin"}, "by": city.actor("phuong-1")}  # fmt: skip
    records.enter(register, **given)
    with pytest.raises(Refused) as refused:
        records.enter(register, **given)
    assert refused.value.decision.done
    assert Record.objects.count() == 1


def test_codes_are_made_of_words_and_told_apart() -> None:
    assert slug("Số tin, bài (Đợt 1)") == "so_tin_bai_dot_1"
    assert slug("Đơn vị", RESERVED) == "don_vi_2"
    assert slug("???") == "muc"


def test_the_database_refuses_a_record_that_ends_before_it_begins(city: City) -> None:
    from django.db import IntegrityError, transaction

    enact(city, "phoi_hop")
    made = write(city, "phoi_hop", "thanh-pho", who="noi-vu", until=dt.date(2026, 12, 31))
    made.until = dt.date(2020, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterVersion.objects.filter(pk=made.version_id).update(basis="")
