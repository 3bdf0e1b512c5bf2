"""Row 44: models taken in from a table, judged row by row, written whole, undone."""

from __future__ import annotations

import pytest

from danvan.emulation.models import Exemplar
from danvan.kernel import audit, imports
from danvan.kernel.access import Refused
from danvan.kernel.imports import REGISTRY
from tests.city import City
from tests.emulation import factory

GOOD = {
    "unit": "UBND Phường 1", "year": "2023", "name": "Đổi rác lấy quà", "field": "Văn hóa - xã hội",
    "kind": "tập thể", "since": "mô hình mới", "starts_on": "01/04/2023",
    "assess_on": "30/09/2023", "problem": "a", "goals": "b", "method": "c", "area": "d",
    "forces": "e", "resources": "f", "progress": "g", "outputs": "h", "lasting": "i",
    "religious_area": "Có", "households": "120", "poor": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _late_in_the_year(on_day) -> None:
    on_day(2023, 10, 20)


def sent(city: City, *rows: dict[str, str], who: str = "phuong-1"):
    columns = REGISTRY["emulation.exemplars"].columns
    lines = [";".join(f'"{c.label}"' for c in columns)]
    lines += [";".join(f'"{row.get(c.name, "")}"' for c in columns) for row in rows]
    content = "\n".join(lines).encode()
    return imports.preview("emulation.exemplars", "mo-hinh.csv", content, by=city.actor(who))


def test_row_44_a_table_of_models_is_judged_written_and_undone(city: City) -> None:
    ward = city.actor("phuong-1")
    it = sent(city, GOOD, {**GOOD, "name": "Trồng hoa"})
    assert it.counts == {"new": 2}
    assert not Exemplar.objects.exists()
    imports.apply(it, by=ward)
    made = Exemplar.objects.get(name="Đổi rác lấy quà")
    assert (made.body, made.religious_area, made.poor) == (city.body, True, 3)
    assert audit.of(made).get().concerns == city.units["phuong-1"].pk
    assert sent(city, GOOD).counts == {"same": 1}
    it.refresh_from_db()
    imports.undo(it, by=ward)
    assert not Exemplar.objects.exists()


def test_row_44_the_office_takes_in_what_units_sent_on_paper(city: City) -> None:
    it = sent(city, GOOD, {**GOOD, "unit": "cong-an", "name": "Camera"}, who="noi-vu")
    imports.apply(it, by=city.actor("noi-vu"))
    assert Exemplar.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"unit": "UBND Phường 2"}, "không làm thay"),
        ({"unit": "UBND Phường 99"}, "không có đơn vị"),
        ({"outputs": ""}, "outputs"),
        ({"kind": "cá nhân"}, "tên cá nhân"),
        ({"poor": "500"}, "nhiều hơn tổng số hộ"),
        ({"assess_on": "01/01/2023"}, "trước ngày bắt đầu"),
        ({"households": "-3"}, "từ 0 trở lên"),
        ({"name": "Tuyến hẻm tự quản không rác"}, "đã đăng ký mà ghi khác"),
        ({"year": "23"}, "ngoài khoảng"),
    ],
)
def test_row_44_a_wrong_row_is_told_and_nothing_is_written(
    city: City, wrong: dict[str, str], told: str
) -> None:
    factory.registered(city)
    it = sent(city, {**GOOD, **wrong}, {**GOOD, "name": "Trồng hoa"})
    assert it.counts["error"] == 1
    assert told in str(it.verdicts[0])
    with pytest.raises(Refused):
        imports.apply(it, by=city.actor("phuong-1"))
    assert Exemplar.objects.count() == 1


def test_row_44_the_same_row_twice_is_told(city: City) -> None:
    assert "trùng với dòng 2" in str(sent(city, GOOD, GOOD).verdicts[1])
