"""Who reads a record: everybody, those concerned, or, of violations, a few; and who did."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.kernel import audit
from danvan.kernel.models import Entry, Viewing
from danvan.organisations.models import Person, Post
from danvan.registers import queries
from danvan.registers.actions import records
from danvan.registers.models import Record, Register
from tests.city import FROM, City, person
from tests.registers.factory import enact, write

# Who may read the violation of Phường 1, and who may not know of it.
TRUSTED = ("phuong-1", "noi-vu", "thanh-tra")
OTHERS = ("phuong-2", "van-phong", "mat-tran", "cong-an", "tu-phap")


@pytest.fixture
def violation(city: City, on_day) -> Record:
    on_day(2023, 6, 20)
    enact(city, "vi_pham")
    return write(city, "vi_pham", "phuong-1", who="thanh-tra")


def member_of(city: City, unit: str) -> Person:
    """Somebody of a unit who speaks for nobody."""
    made = person("Nhân viên", f"{unit}.nhan-vien")
    Post.objects.create(
        person=made, unit=city.units[unit], title="Nhân viên", rank="officer", valid_from=FROM
    )
    return made


def test_row_43_a_violation_is_read_by_a_few(city: City, violation: Record) -> None:
    reads = {
        key for key in city.people
        if queries.records_visible_to(city.actor(key)).filter(pk=violation.pk).exists()
    }  # fmt: skip
    assert reads == set(TRUSTED)
    assert queries.records_visible_to(city.actor(city.heads["thanh-pho"])).exists()
    assert queries.records_visible_to(city.actor(city.heads["phuong-1"])).exists()
    for nobody in (city.deputy, city.heads["van-phong"], member_of(city, "phuong-1")):
        assert not queries.records_visible_to(city.actor(nobody)).exists()


@pytest.mark.parametrize("who", [*TRUSTED, *OTHERS, "chairman", "deputy", "member"])
def test_row_43_each_page_answers_each_persona(
    city: City, violation: Record, sign_in, who: str
) -> None:
    persons = {"chairman": city.heads["thanh-pho"], "deputy": city.deputy}
    seat = member_of(city, "phuong-1") if who == "member" else persons.get(who, who)
    client = sign_in(seat)
    stated = 200 if who in (*TRUSTED, "chairman") else 404
    base = f"/so-theo-doi/so/{violation.register_id}/"
    for url in (f"/so-theo-doi/ban-ghi/{violation.pk}/", base, f"{base}bang.xlsx",
                f"{base}khai-bao/"):  # fmt: skip
        assert client.get(url).status_code == stated, (who, url)
    listed = client.get("/so-theo-doi/").content.decode()
    assert ("Vi phạm đã xử lý" in listed) == (stated == 200)
    assert "Nhận tiền" not in client.get(f"{base}?q=nhan+tien").content.decode() or stated == 200


def test_row_43_every_reading_is_noted_apart(city: City, violation: Record, sign_in) -> None:
    before = Entry.objects.count()
    url = f"/so-theo-doi/ban-ghi/{violation.pk}/"
    sign_in("thanh-tra").get(url)
    sign_in("phuong-1").get(f"/so-theo-doi/so/{violation.register_id}/")
    sign_in("noi-vu").get(f"/so-theo-doi/so/{violation.register_id}/bang.xlsx")
    sign_in("phuong-2").get(url)
    noted = list(audit.viewings_of(violation).order_by("pk").values_list("actor_name", "how"))
    assert [how for _name, how in noted] == ["xem bản ghi", "xem danh sách", "xuất bảng tính"]
    assert Viewing.objects.filter(concerns=city.units["phuong-1"].pk).count() == 3
    assert Entry.objects.count() == before
    assert "Ai đã đọc" in sign_in("thanh-tra").get(url).content.decode()
    assert "Ai đã đọc" not in sign_in("phuong-1").get(url).content.decode()


def test_row_43_history_repeats_nothing_of_it(city: City, violation: Record) -> None:
    values = {**violation.values, "vi_pham": "Nhận tiền của bà Bảy"}
    records.correct(
        violation, edition=1, day=violation.day, values=values, reason="Bà Bảy khai thêm",
        by=city.actor("thanh-tra"),
    )  # fmt: skip
    told = " ".join(f"{e.subject_name} {e.reason} {e.facts}" for e in audit.of(violation))
    assert "Nhận tiền" not in told
    assert "Bảy" not in told
    assert "Nhận tiền" not in str(violation)


def test_row_43_old_records_stay_limited_when_the_register_opens(
    city: City, violation: Record
) -> None:
    import dataclasses

    from danvan.registers.actions import registers
    from danvan.registers.declaring import Declaration

    register = Register.objects.get(code="vi_pham")
    opened = dataclasses.replace(
        Declaration.of(register.versions.get()), reading="everybody", basis="Thử"
    )
    registers.revise(register, declaration=opened, newest=1, by=city.actor("noi-vu"))
    write(city, "vi_pham", "phuong-1", who="thanh-tra", day=dt.date(2023, 6, 19))
    seen = queries.records_visible_to(city.actor("phuong-2"))
    assert [r.day for r in seen] == [dt.date(2023, 6, 19)]


def test_a_register_for_those_concerned(city: City, on_day) -> None:
    on_day(2023, 6, 20)
    enact(city, "kiem_tra")
    write(city, "kiem_tra", "phuong-1", who="thanh-tra")
    reads = {k for k in city.people if queries.records_visible_to(city.actor(k)).exists()}
    assert reads == {"phuong-1", "noi-vu", "thanh-tra", "van-phong", "mat-tran"}
    for leader in (city.heads["thanh-pho"], city.deputy, member_of(city, "phuong-1")):
        assert queries.records_visible_to(city.actor(leader)).exists()
