"""Records taken in from a table made of the declared fields."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import python_calamine
import xlsxwriter

from danvan.kernel import audit, imports
from danvan.kernel.access import Refused
from danvan.organisations.importing import queries as import_queries
from danvan.registers.actions import records
from danvan.registers.models import Record, Register
from danvan.registers.tables import code_of
from tests.city import City
from tests.registers.factory import enact, write

HEAD = ["Đơn vị", "Ngày đăng, phát", "Tiêu đề", "Loại", "Đường dẫn", "Lượt tiếp cận"]


@pytest.fixture
def register(city: City, on_day) -> Register:
    on_day(2023, 6, 20)
    return enact(city, "tin_bai")


def sheet(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate([HEAD, *rows]):
            page.write_row(at, 0, row)
    return out.getvalue()


def sent(city: City, register: Register, rows: list[list[object]], who: str = "noi-vu"):
    return imports.preview(code_of(register), "tin.xlsx", sheet(rows), by=city.actor(who))


GOOD = [
    ["UBND Phường 1", "05/06/2023", "Ra quân", "Tin", "https://a.vn/1", 120],
    ["Phường 2", "06/06/2023", "Dân vận khéo", "bai", "", "1200,5"],
]


def test_row_14_five_thousand_rows_with_two_hundred_faulty_change_nothing(
    city: City, register: Register
) -> None:
    """The row report names each faulty row; only a file without fault can be confirmed."""
    faults = [
        (0, "UBND Phường 99", "không có đơn vị"), (1, "31/02/2023", "không có ngày"),
        (2, "", "chưa ghi"), (3, "Bài hát", "không có trong danh mục"),
        (4, "a.vn/1", "phải bắt đầu bằng http"), (5, "-3", "không âm"),
        (1, "21/06/2023", "sau hôm nay"), (0, "Công an thành phố Tây Ninh", "không ghi sổ này"),
    ]  # fmt: skip
    rows = [
        ["UBND Phường 1" if n % 2 else "Phường 2", f"{n % 28 + 1:02d}/05/2023", f"Tin số {n}",
         "Tin", f"https://a.vn/{n}", n]
        for n in range(5000)
    ]  # fmt: skip
    wrong = {n * 25: faults[n % len(faults)] for n in range(200)}
    for at, (column, written, _told) in wrong.items():
        rows[at] = [*rows[at][:column], written, *rows[at][column + 1 :]]
    it = sent(city, register, rows)
    assert it.counts == {"new": 4800, "error": 200}
    told = dict(zip((number for number, _cells in it.rows), it.verdicts, strict=True))
    for at, (_column, _written, why) in wrong.items():
        verdict = told[at + 2]
        assert verdict["state"] == "error"
        assert why in str(verdict["errors"]), (at, verdict)
    with pytest.raises(Refused, match="Còn 200 dòng lỗi"):
        imports.apply(it, by=city.actor("noi-vu"))
    assert not Record.objects.exists()


def test_a_table_is_written_once_and_undone(city: City, register: Register) -> None:
    it = sent(city, register, GOOD)
    assert it.counts == {"new": 2}
    assert not Record.objects.exists()
    imports.apply(it, by=city.actor("noi-vu"))
    made = Record.objects.get(unit=city.units["phuong-2"])
    assert made.values == {"tieu_de": "Dân vận khéo", "loai": "bai", "luot": "1200.5"}
    assert (made.day, made.office) == (dt.date(2023, 6, 6), "programme_office")
    assert audit.of(register).first().concerns in {
        city.units[k].pk for k in ("phuong-1", "phuong-2")}  # fmt: skip
    assert sent(city, register, GOOD).counts == {"same": 2}
    it.refresh_from_db()
    imports.undo(it, by=city.actor("noi-vu"))
    assert not Record.objects.exists()


def test_what_was_corrected_since_is_not_undone(city: City, register: Register) -> None:
    it = sent(city, register, GOOD)
    imports.apply(it, by=city.actor("noi-vu"))
    made = Record.objects.get(unit=city.units["phuong-1"])
    records.correct(
        made, edition=1, day=made.day, values={**made.values, "luot": 5}, reason="Đọc lại",
        by=city.actor("noi-vu"),
    )  # fmt: skip
    it.refresh_from_db()
    with pytest.raises(Refused, match="Không hoàn tác được"):
        imports.undo(it, by=city.actor("noi-vu"))
    assert Record.objects.count() == 2


def test_a_unit_sends_its_own_and_sees_no_other(city: City, register: Register) -> None:
    own = [["", "05/06/2023", "Của phường", "Tin", "", ""]]
    it = sent(city, register, own, who="phuong-1")
    imports.apply(it, by=city.actor("phuong-1"))
    assert Record.objects.get().unit == city.units["phuong-1"]
    assert sent(city, register, GOOD, who="phuong-1").counts == {"new": 1, "error": 1}
    assert it in import_queries.visible_to(city.actor("phuong-1"))
    for other in ("phuong-2", "noi-vu"):
        assert it not in import_queries.visible_to(city.actor(other))
        with pytest.raises(Refused, match="Chỉ người đã gửi"):
            imports.undo(it, by=city.actor(other))
    with pytest.raises(Refused, match="Chỉ đơn vị"):
        sent(city, register, own, who="cong-an")


def test_the_same_row_twice_and_what_stands_already(city: City, register: Register) -> None:
    write(city, "tin_bai", "phuong-1", day=dt.date(2023, 6, 5), tieu_de="Ra quân", loai="tin")
    row = ["UBND Phường 1", "05/06/2023", "Ra quân", "Tin", "", ""]
    other = ["UBND Phường 1", "05/06/2023", "Khác", "Tin", "", ""]
    it = sent(city, register, [row, other, other])
    assert it.counts == {"same": 1, "new": 1, "error": 1}
    assert "trùng hệt dòng 3" in str(it.verdicts[2])


def test_the_template_has_the_declared_fields(city: City, register: Register, sign_in) -> None:
    url = f"/nhap-bang/bang/{code_of(register)}/"
    assert sign_in("cong-an").get(url).status_code == 403
    assert "Tin, bài tuyên truyền" in sign_in("phuong-1").get("/nhap-bang/").content.decode()
    answer = sign_in("phuong-1").get(f"{url}mau/")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    heads = book.get_sheet_by_index(0).to_python()[0]
    assert heads == ["Đơn vị", "Ngày đăng, phát *", "Tiêu đề *", "Loại *", "Nơi đăng, phát",
                     "Đường dẫn", "Lượt tiếp cận"]  # fmt: skip
    assert sign_in("noi-vu").get("/nhap-bang/bang/registers.999/").status_code == 404


def test_row_75_validity_comes_in_with_the_table(city: City, on_day) -> None:
    on_day(2023, 6, 20)
    register = enact(city, "phoi_hop")
    content = (
        "Đơn vị;Có hiệu lực từ ngày;Hết hiệu lực sau ngày;"
        "Tên quy chế, chương trình;Các bên ký;Loại\n"
        "UBND Phường 1;01/01/2024;31/12/2026;Quy chế;A, B;Quy chế phối hợp\n"
        "UBND Phường 1;01/01/2024;31/12/2022;Quy chế hai;A, B;Quy chế phối hợp\n"
    ).encode()
    it = imports.preview(code_of(register), "p.csv", content, by=city.actor("phuong-1"))
    assert it.counts == {"new": 1, "error": 1}
    assert "từ ngày bắt đầu trở đi" in str(it.verdicts[1])
