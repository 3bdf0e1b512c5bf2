from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from danvan.ui.fields import DayField, MultipleUploadField, PointsField, UploadField

D = Decimal


def said(field: forms.Field, value: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("9,5", "9.5"),
        ("9.5", "9.5"),
        (" 9,50 ", "9.50"),
        ("10", "10"),
        ("0", "0"),
        ("1234", "1234"),
        ("1.234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("0.25", "0.25"),
    ],
)
def test_points_as_people_write_them(text: str, points: str) -> None:
    assert PointsField().clean(text) == D(points)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.234", "hai cách"),
        ("0.125", "hai cách"),
        ("1,234", "tối đa 2 chữ số"),
        ("1,234.5", "không phải là số điểm"),
        ("1e9", "không phải là số điểm"),
        ("NaN", "không phải là số điểm"),
        ("Infinity", "không phải là số điểm"),
        ("chín", "không phải là số điểm"),
        ("٣", "không phải là số điểm"),
        ("9,", "không phải là số điểm"),
        ("--1", "không phải là số điểm"),
        ("9" * 400, "không phải là số điểm"),
        ("-1", "không được âm"),
        ("−0,5", "không được âm"),
        ("10,5", "không được vượt quá 10"),
        ("", "bắt buộc"),
        ("   ", "bắt buộc"),
    ],
)
def test_points_refused_with_a_sentence(text: str, message: str) -> None:
    assert message in said(PointsField(max_value=10), text)


@pytest.mark.parametrize("value", [D("NaN"), D("Infinity"), D("1E+3"), D("0.001")])
def test_points_given_by_code_are_checked_too(value: Decimal) -> None:
    assert said(PointsField(max_value=10), value)


def test_deductions_may_be_negative_where_allowed() -> None:
    assert PointsField(min_value=-5).clean("-2,5") == D("-2.5")
    assert "thấp hơn -5" in said(PointsField(min_value=-5), "-6")


@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_points_come_back_as_written(value: Decimal) -> None:
    field = PointsField()
    assert field.clean(field.prepare_value(value)) == value


def test_unchanged_points_are_not_a_change() -> None:
    assert not PointsField().has_changed(D("9.50"), "9,5")
    assert PointsField().has_changed(D("9.50"), "9,51")


@pytest.mark.parametrize(
    "text",
    ["27/03/2023", "27/3/2023", "27-3-2023", "27.03.2023", "27032023", "2023-03-27", " 27/3/2023 "],
)
def test_days_as_people_write_them(text: str) -> None:
    assert DayField().clean(text) == dt.date(2023, 3, 27)


def test_third_of_april_is_not_the_fourth_of_march() -> None:
    assert DayField().clean("03/04/2023") == dt.date(2023, 4, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2023", "Không có ngày 31/02/2023."),
        ("29/2/2023", "Không có ngày 29/02/2023."),
        ("03/27/2023", "Không có ngày 03/27/2023."),
        ("00/01/2023", "Không có ngày 00/01/2023."),
        ("27/03/23", "Ghi đủ bốn chữ số của năm"),
        ("27/03/0203", "nằm ngoài khoảng"),
        ("hôm nay", "không phải là ngày"),
        ("27/03", "không phải là ngày"),
        ("٢٧/٠٣/٢٠٢٣", "không phải là ngày"),
        ("", "bắt buộc"),
    ],
)
def test_days_refused_with_a_sentence(text: str, message: str) -> None:
    assert message in said(DayField(), text)


def upload(name: str = "bao-cao.pdf", content: bytes = b"%PDF-1.7 x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_good_file_passes_unread() -> None:
    file = UploadField().clean(upload())
    assert file.read() == b"%PDF-1.7 x"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (upload("virus.exe", b"MZ"), "không thuộc loại được nhận"),
        (upload("khong-duoi", b"x"), "không thuộc loại được nhận"),
        (upload("gia-mao.pdf", b"MZ\x90"), "không phải là tệp .pdf thật"),
        (upload("BAO-CAO.DOCX", b"%PDF"), "không phải là tệp .docx thật"),
        (upload("rong.pdf", b""), "rỗng"),
        (upload("a" * 250 + ".pdf"), "dài quá 200"),
        (None, "Chưa chọn tệp"),
    ],
)
def test_files_refused_with_a_sentence(file: Any, message: str) -> None:
    assert message in said(UploadField(), file)


def test_a_file_over_the_limit_or_cut_by_the_handler(settings: Any) -> None:
    settings.MAX_FILE_BYTES = 1_000_000
    assert "lớn quá 1\u00a0MB" in said(UploadField(), upload(content=b"%PDF" + b"x" * 1_000_001))
    cut = upload()
    cut.too_large = True  # type: ignore[attr-defined]
    assert "lớn quá 1\u00a0MB" in said(UploadField(), cut)


def test_several_files_and_every_complaint_at_once() -> None:
    class Form(forms.Form):
        proof = MultipleUploadField(required=False, max_files=3)

    def sent(*files: Any) -> Form:
        return Form({}, MultiValueDict({"proof": list(files)}))

    assert sent().is_valid()
    assert sent().fields["proof"].clean([]) == []
    good = sent(upload(), upload("anh.png", b"\x89PNG.."))
    assert good.is_valid()
    assert [f.name for f in good.cleaned_data["proof"]] == ["bao-cao.pdf", "anh.png"]
    bad = sent(upload("a.exe", b"MZ"), upload("b.pdf", b""))
    assert len(bad.errors["proof"]) == 2
    assert "tối đa 3 tệp" in str(sent(*[upload()] * 4).errors)
    assert "multiple" in str(Form()["proof"])
