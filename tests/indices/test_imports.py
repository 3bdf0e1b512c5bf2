"""Results taken in from a table: judged, written whole, undone."""

from __future__ import annotations

import pytest

from danvan.indices.models import Edition, Result
from danvan.kernel import audit, imports
from danvan.kernel.access import Refused
from tests.city import City

HEAD = "Chỉ số;Năm;Đơn vị;Điểm;Điểm tối đa;Hạng;Trên tổng số;Xếp loại;Nguồn;Số liệu trình diễn"
GOOD = [
    "Chỉ số CCHC;2024;UBND Phường 1;69,25;71,5;1;3;Tốt;Số liệu trình diễn;Có",
    "par;2024;UBND Phường 2;49,07;100;3;3;Kém;;",
]


def sent(city: City, *lines: str, who: str = "noi-vu"):
    content = "\n".join([HEAD, *lines]).encode()
    return imports.preview("indices.results", "chi-so.csv", content, by=city.actor(who))


def test_row_47_a_table_is_judged_written_and_undone(measured: City) -> None:
    it = sent(measured, *GOOD)
    assert it.counts == {"new": 2}
    assert not Edition.objects.filter(year=2024).exists()
    imports.apply(it, by=measured.actor("noi-vu"))
    made = Edition.objects.get(year=2024)
    assert (made.source, made.illustrative) == ("Số liệu trình diễn", True)
    held = made.results.get(unit=measured.units["phuong-2"])
    assert (str(held.rate), held.rank, held.band) == ("49.07", 3, "Kém")
    assert audit.of(held).get().concerns == measured.units["phuong-2"].pk
    assert sent(measured, *GOOD).counts == {"same": 2}
    it.refresh_from_db()
    imports.undo(it, by=measured.actor("noi-vu"))
    assert not Edition.objects.filter(year=2024).exists()
    assert Result.objects.count() == 5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("par;2024;UBND Phường 99;1;2;;;;x;", "không có đơn vị"),
        ("par;2024;UBND Phường 1;3;2;;;;x;", "từ 0 đến điểm tối đa"),
        ("par;2024;UBND Phường 1;1;2;4;3;;x;", "Hạng phải từ 1"),
        ("par;2024;UBND Phường 1;1;2;;;;;", "ghi nguồn"),
        ("par;2023;UBND Phường 1;1;2;;;;x;", "đính chính"),
        ("hdi;2023;UBND Phường 1;1;2;;;;x;", "không có trong danh mục"),
    ],
)
def test_row_47_a_wrong_row_is_told_and_nothing_is_written(
    measured: City, line: str, told: str
) -> None:
    it = sent(measured, line, GOOD[0])
    assert it.counts["error"] == 1
    assert told in str(it.verdicts[0])
    with pytest.raises(Refused):
        imports.apply(it, by=measured.actor("noi-vu"))
    assert not Edition.objects.filter(year=2024).exists()


def test_row_47_a_unit_does_not_import(measured: City) -> None:
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        sent(measured, GOOD[0], who="phuong-1")
