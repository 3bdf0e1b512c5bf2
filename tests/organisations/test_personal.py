"""Personal data: what is kept and why, its export, erasure by the law of the day."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from danvan.accounts.models import User
from danvan.kernel import audit, personal
from danvan.kernel.access import Refused
from danvan.kernel.duties import owed
from danvan.organisations import personal_rules, queries, retention
from danvan.organisations.actions import delegations, erasures
from danvan.organisations.models import ErasureRequest, Person, Post
from danvan.organisations.personal import ERASED, subject_of
from tests.city import City

pytestmark = pytest.mark.django_db
OWN = "/to-chuc/du-lieu-ca-nhan/"
ALL = f"{OWN}yeu-cau/"


@pytest.fixture(autouse=True)
def _in_2026(on_day: Any) -> None:
    on_day(2026, 11, 6)  # a Friday


def leave(person: Person) -> None:
    Post.objects.filter(person=person).update(valid_to=dt.date(2026, 10, 31))


def asked(city: City, person: Person) -> ErasureRequest:
    made: ErasureRequest = erasures.ask(
        person, words="Tôi đã nghỉ việc", by=queries.actor_for(person.user)
    )
    return made


def test_the_law_of_the_day_gives_basis_and_dates() -> None:
    assert personal_rules.on(dt.date(2023, 6, 30)) is None
    old, new = personal_rules.on(dt.date(2023, 7, 1)), personal_rules.on(dt.date(2026, 1, 1))
    assert old is not None and new is not None
    assert "13/2023" in old.basis
    assert old.erase_due(dt.date(2023, 7, 1)) == dt.date(2023, 7, 4)
    assert "91/2025" in new.basis
    assert new.answer_due(dt.date(2026, 11, 6)) == dt.date(2026, 11, 10)
    assert new.erase_due(dt.date(2026, 11, 6)) == dt.date(2026, 11, 26)


def test_everybody_sees_what_is_kept_of_him_and_takes_it_along(city: City, sign_in) -> None:
    officer = sign_in("phuong-1")
    page = officer.get(OWN).content.decode()
    for told in ("Tài khoản đăng nhập", "Quá trình giữ chức vụ", "Phân công, ủy quyền",
                 "Mục đích", "Giữ bao lâu", "Luật 91/2025/QH15"):  # fmt: skip
        assert told in page
    assert "Dữ liệu cá nhân" in officer.get("/").content.decode()  # the way there
    answer = officer.get(f"{OWN}tai-ve.json")
    assert answer["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["name"] == city.people["phuong-1"].name
    told = answer.content.decode()
    assert "phuong-1" in told
    assert "password" not in told
    assert city.people["phuong-1"].user.password not in told
    assert city.people["phuong-2"].name not in told
    assert Client().get(OWN).status_code == 302


def test_erasure_is_asked_for_oneself_once_with_its_dates(city: City, sign_in) -> None:
    officer = sign_in("phuong-1")
    assert officer.post(OWN, {"words": ""}).status_code == 422
    officer.post(OWN, {"words": "Xóa giúp tôi"})
    held = ErasureRequest.objects.get()
    assert (held.answer_due, held.erase_due) == (dt.date(2026, 11, 10), dt.date(2026, 11, 26))
    assert "26/11/2026" in officer.get(OWN).content.decode()
    with pytest.raises(Refused, match="đang chờ"):
        asked(city, city.people["phuong-1"])
    with pytest.raises(Refused, match="chính người đó"):
        erasures.ask(city.people["phuong-2"], words="Xóa", by=city.actor("phuong-1"))
    assert audit.of(held).count() == 1


def test_only_the_administrator_reads_and_answers_requests(
    city: City, sign_in, administrator: Any
) -> None:
    held = asked(city, city.people["phuong-1"])
    page = f"{ALL}{held.pk}/"
    ward, admin = sign_in("phuong-1"), sign_in("van-phong")
    for url in (ALL, page, f"{page}tai-ve.json"):
        assert ward.get(url).status_code == 403
    for step in ("xoa/", "khong-xoa/"):
        assert ward.post(page + step, {"reason": "Thử"}).status_code == 403
    with pytest.raises(Refused, match="Chỉ quản trị"):
        erasures.turn_down(held, reason="Thử", by=city.actor("phuong-1"))
    duties = owed(city.actor("van-phong"), dt.date(2026, 11, 6))
    assert any(d.title == str(held) and d.due == dt.date(2026, 11, 10) for d in duties)
    assert str(held) in admin.get(ALL).content.decode()
    assert "còn giữ chức vụ" in admin.get(page).content.decode()
    assert admin.post(f"{page}xoa/").status_code == 403
    admin.post(f"{page}khong-xoa/", {"reason": "Còn giữ chức vụ; Luật 91/2025"})
    assert "Còn giữ chức vụ; Luật 91/2025" in ward.get(OWN).content.decode()
    with pytest.raises(Refused, match="đã được trả lời"):
        erasures.carry_out(held, by=city.actor("van-phong"))


def test_a_paper_request_is_entered_by_the_administrator(
    city: City, sign_in, administrator: Any
) -> None:
    admin = sign_in("van-phong")
    Person.objects.create(name="Nguyễn Văn Bình", code="001")
    Person.objects.create(name="Nguyễn Văn Bình", code="002")
    wrong = admin.post(ALL, {"person": "nguyễn văn bình", "words": "Đơn giấy"})
    assert "trùng tên" in wrong.content.decode()
    assert "Không có ai" in admin.post(ALL, {"person": "Ai đó", "words": "X"}).content.decode()
    assert admin.post(ALL, {"person": "002", "words": "Đơn giấy ngày 18/11"}).status_code == 302
    assert ErasureRequest.objects.get().person.code == "002"


def test_erasing_a_name_that_did_nothing(city: City, administrator: Any) -> None:
    person = Person.objects.create(name="Trần Thị Lan", code="077")
    unit = city.units["phuong-1"]
    Post.objects.create(
        person=person, unit=unit, title="Công chức", rank="officer",
        valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2025, 6, 30),
    )  # fmt: skip
    admin = city.actor("van-phong")
    held = erasures.ask(person, words="Đơn của Trần Thị Lan", by=admin)
    erasures.carry_out(held, by=admin)
    person.refresh_from_db()
    assert (person.name, person.code) == (ERASED, "")
    assert held.state == "erased"
    assert "Lan" not in held.words + held.answer
    assert queries.people_in(unit, dt.date(2023, 1, 1)).filter(pk=person.pk).exists()
    assert "Lan" not in str(audit.of(held).values_list("subject_name", "reason", "facts"))
    assert list(audit.breaks()) == []


def test_erasing_who_worked_here_keeps_the_files_of_work(city: City, administrator: Any) -> None:
    person, head = city.people["phuong-1"], city.heads["phuong-1"]
    delegations.give(
        city.units["phuong-1"], receiver=person, scope="all", ground="GUQ 01",
        start=dt.date(2026, 11, 6), end=dt.date(2026, 11, 7), by=city.actor(head),
    )  # fmt: skip
    held, user = asked(city, person), person.user
    leave(person)
    name = person.name
    with pytest.raises(Refused, match="không tự xóa"):
        mine = city.actor("van-phong")
        leave(city.people["van-phong"])
        own = erasures.ask(city.people["van-phong"], words="Tôi", by=mine)
        erasures.carry_out(own, by=mine)
    erasures.carry_out(held, by=city.actor("van-phong"))
    person.refresh_from_db()
    assert person.name == name  # he stands in a delegation: a file of work
    assert person.user is None
    user = User.objects.get(pk=user.pk)
    assert (user.username, user.email, user.is_active) == (f"da-xoa-{user.pk}", "", False)
    assert not user.has_usable_password()
    assert "Họ tên được giữ" in held.answer
    told = [k for k in personal.kept(subject_of(person)) if not k.stays]
    assert all("thư điện tử" not in row for k in told for row in k.rows)


def test_every_kind_says_purpose_basis_and_time(city: City) -> None:
    for one in personal.kept(subject_of(city.people["phuong-1"])):
        for words in (one.what, one.purpose, one.basis, one.until, one.erasure):
            assert str(words).strip()
    assert personal.export(subject_of(city.people["phuong-1"]))["kept"]


def test_a_time_of_keeping_is_a_row_with_its_source_or_it_is_not_told() -> None:
    for code, row in retention.rows().items():
        assert row["rule"] and row["source"] and row["confidence"] in ("B", "C"), code
        assert row["years"] == "" or int(row["years"]) > 0, code
    assert retention.shelf("filed_petition").years == 1
    with pytest.raises(KeyError):
        retention.shelf("hồ sơ chưa có dòng")
