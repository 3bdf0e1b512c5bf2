"""Personal data of registers: that one wrote or read, never what a record says of whom."""

from __future__ import annotations

import dataclasses

import pytest

from danvan.organisations.personal import subject_of
from danvan.registers.personal import SOURCE
from tests.city import City
from tests.registers.factory import enact, write

pytestmark = pytest.mark.django_db


def test_who_wrote_and_who_read_is_told_without_a_word_of_the_record(
    city: City, on_day, sign_in
) -> None:
    on_day(2023, 6, 20)
    enact(city, "vi_pham")
    entry = write(city, "vi_pham", "phuong-1", who="thanh-tra", vi_pham="Ông Lê Văn Tám nhận tiền")
    sign_in("noi-vu").get(f"/so-theo-doi/ban-ghi/{entry.pk}/")
    written, _read, _named = SOURCE.kept(subject_of(city.people["thanh-tra"]))
    assert [(r["việc"], r["nội dung"]) for r in written.rows] == [("ghi sổ", "Vi phạm đã xử lý")]
    declared, read, _named = SOURCE.kept(subject_of(city.people["noi-vu"]))
    assert "khai báo sổ" in str(declared.rows)
    assert [r["việc"] for r in read.rows] == ["đọc bản ghi hạn chế"]
    for one in (written, declared, read):
        assert "Tám" not in str(one.rows) and "nhận tiền" not in str(one.rows)
    assert list(SOURCE.erase(subject_of(city.people["thanh-tra"]))) == []


def test_somebody_named_in_the_register_of_violations_learns_nothing_here(
    city: City, on_day
) -> None:
    on_day(2023, 6, 20)
    named = dataclasses.replace(subject_of(city.people["phuong-2"]), name="Lê Văn Tám")
    before = list(SOURCE.kept(named))
    enact(city, "vi_pham")
    write(city, "vi_pham", "phuong-1", who="thanh-tra", vi_pham="Ông Lê Văn Tám nhận tiền")
    assert list(SOURCE.kept(named)) == before
    assert [one.stated for one in before] == [False, False, True]
