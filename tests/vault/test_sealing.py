"""Row 35: what is sealed opens only with the key, only for who is named, and never silently."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from danvan.kernel import clock, guards
from danvan.kernel.access import Refused
from danvan.kernel.duties import owed
from danvan.kernel.models import Entry, Refusal
from danvan.organisations.actions import delegations
from danvan.vault import chain, keys, queries, words
from danvan.vault import guards as openings_guard
from danvan.vault.actions import holders, opening, sealing
from danvan.vault.models import Holder, Opening, RedactedCopy, Sealed
from tests.vault import factory
from tests.vault.factory import TELLING, TEXT, WORDS

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 10, 9)


@pytest.fixture(autouse=True)
def _day(on_day):
    on_day(2023, 10, 9)


def test_row_35_what_was_sealed_comes_back_to_the_named_holder(city) -> None:
    it = factory.sealed(city)
    assert it.number == "0001/2023"
    found = opening.open_sealed(it, reason="Mời làm việc", by=city.actor("thanh-tra"))
    assert found == {**WORDS, "text": TEXT}
    line = Opening.objects.get()
    assert (line.person_name, line.role, line.reason) == (
        city.people["thanh-tra"].name, "intake", "Mời làm việc",
    )  # fmt: skip
    assert line.fields == sorted([*WORDS, "text"])


def test_row_35_only_the_fields_asked_for_are_opened_and_logged(city) -> None:
    it = factory.sealed(city)
    by = city.actor("thanh-tra")
    found = opening.open_sealed(it, reason="Gọi điện", fields=["phone"], by=by)
    assert found == {"phone": WORDS["phone"]}
    assert Opening.objects.get().fields == ["phone"]


def test_row_35_a_sealed_paper_keeps_its_name_and_bytes(city) -> None:
    it = factory.sealed(city)
    name, data = opening.open_file(it.files.get(), reason="Đọc đơn", by=city.actor("thanh-tra"))
    assert name == "don-cua-ba-thuy-tien.pdf"
    assert data == f"%PDF-1.4 {TEXT}".encode()
    assert Opening.objects.get().fields == ["file 1"]


def test_row_35_nobody_opens_by_office_and_the_refusal_is_kept(city, administrator) -> None:
    it = factory.sealed(city)
    strangers = [
        city.actor(city.heads["thanh-pho"]), city.actor(city.heads["thanh-tra"]),
        city.actor("noi-vu"), city.actor("mat-tran"), city.actor(administrator),
    ]  # fmt: skip
    for actor in strangers:
        with pytest.raises(Refused, match=r"đích danh|Quản trị"):
            opening.open_sealed(it, reason="Tò mò", by=actor)
    assert Opening.objects.count() == 0
    assert Refusal.objects.filter(action=opening.OPEN).count() == len(strangers)


def test_row_35_a_holder_who_is_administrator_opens_nothing(city) -> None:
    it = factory.sealed(city)
    user = city.people["thanh-tra"].user
    user.is_superuser = True
    user.save()
    with pytest.raises(Refused, match="Quản trị hệ thống"):
        opening.open_sealed(it, reason="Mời làm việc", by=city.actor("thanh-tra"))


def test_row_35_opening_needs_a_reason_that_tells_nobody(city) -> None:
    it = factory.sealed(city)
    by = city.actor("thanh-tra")
    with pytest.raises(Refused, match="lý do"):
        opening.open_sealed(it, reason=" ", by=by)
    for told in ("Gọi bà Thuỷ Tiên", "Gọi số 0987.650.321"):
        with pytest.raises(Refused, match="danh tính"):
            opening.open_sealed(it, reason=told, by=by)
    assert not Opening.objects.exists()


def test_row_35_a_settler_of_one_case_opens_that_case_only(city) -> None:
    one, other = factory.sealed(city), factory.sealed(city)
    chairman = city.actor(city.heads["thanh-pho"])
    holders.appoint_holder(
        city.body, person=city.people["tu-phap"], role="settler", basis="QĐ 13", sealed=one,
        by=chairman,
    )  # fmt: skip
    by = city.actor("tu-phap")
    assert opening.open_sealed(one, reason="Xác minh", by=by)
    assert Opening.objects.get().role == "settler"
    with pytest.raises(Refused):
        opening.open_sealed(other, reason="Xác minh", by=by)
    assert list(queries.visible_to(by)) == [one]


def test_row_35_ended_or_expired_holders_open_nothing(city) -> None:
    it = factory.sealed(city)
    holder = Holder.objects.get()
    by = city.actor("thanh-tra")
    holder.valid_from, holder.valid_to = TODAY - dt.timedelta(9), TODAY - dt.timedelta(1)
    holder.save()
    with pytest.raises(Refused):
        opening.open_sealed(it, reason="Xác minh", by=by)
    again = factory.appoint(city)
    assert opening.open_sealed(it, reason="Xác minh", by=by)
    holders.end_holder(again, reason="Chuyển việc", by=city.actor(city.heads["thanh-tra"]))
    with pytest.raises(Refused):
        opening.open_sealed(it, reason="Xác minh", by=by)
    with pytest.raises(Refused, match="đã kết thúc") as told:
        holders.end_holder(again, reason="x", by=city.actor(city.heads["thanh-pho"]))
    assert told.value.decision.done
    assert Entry.objects.filter(action="vault.holder.end").count() == 1


def test_row_35_holders_are_named_by_the_two_heads_only(city, administrator) -> None:
    for who in (city.people["thanh-tra"], city.heads["noi-vu"], city.deputy, administrator):
        with pytest.raises(Refused, match="phân công"):
            holders.appoint_holder(
                city.body, person=city.people["tu-phap"], role="intake", basis="QĐ",
                by=city.actor(who),
            )  # fmt: skip
    with pytest.raises(Refused, match="Quản trị hệ thống không được giữ"):
        holders.appoint_holder(
            city.body, person=administrator, role="intake", basis="QĐ",
            by=city.actor(city.heads["thanh-tra"]),
        )  # fmt: skip
    factory.appoint(city)
    assert Entry.objects.get(action="vault.holder.appoint").concerns == city.body.pk
    with pytest.raises(Refused) as told:
        factory.appoint(city)
    assert told.value.decision.done


def test_row_35_a_delegate_of_the_head_names_nobody(city) -> None:
    delegations.give(
        city.body, receiver=city.people["van-phong"], scope="all", ground="GUQ 1", start=TODAY,
        end=TODAY, by=city.actor(city.heads["thanh-pho"]),
    )  # fmt: skip
    delegate = city.actor("van-phong")
    assert delegate.has("head", city.body.pk)
    with pytest.raises(Refused):
        holders.appoint_holder(
            city.body, person=city.people["tu-phap"], role="intake", basis="QĐ", by=delegate
        )


def test_row_35_only_named_intake_seals_and_history_has_the_number_only(city) -> None:
    with pytest.raises(Refused, match="đích danh"):
        sealing.seal(city.body, words=WORDS, by=city.actor("thanh-tra"))
    factory.sealed(city)
    line = Entry.objects.get(action="vault.identity.seal")
    assert line.subject_name == "Hồ sơ mật số 0001/2023"
    assert Refusal.objects.filter(action="vault.identity.seal").count() == 1


def test_row_35_off_system_keeps_a_number_and_a_place_only(city) -> None:
    factory.appoint(city)
    by = city.actor("thanh-tra")
    it = sealing.seal(city.body, off_system_place="Két phòng 2, phong bì 7", by=by)
    assert (it.ciphertext, it.wrapped_key, it.key_id) == (None, None, "")
    assert opening.open_sealed(it, reason="Mời làm việc", by=by) == {}
    assert Opening.objects.get().fields == ["envelope"]
    with pytest.raises(Refused, match="ngoài hệ thống"):
        sealing.seal(city.body, words=WORDS, off_system_place="Két", by=by)


def test_row_35_without_a_key_nothing_is_kept(city, settings) -> None:
    factory.appoint(city)
    settings.VAULT_KEYS = []
    with pytest.raises(Refused, match="chưa có khóa"):
        sealing.seal(city.body, words=WORDS, by=city.actor("thanh-tra"))
    assert not Sealed.objects.exists()


def test_row_35_the_case_may_not_tell_what_is_sealed(city) -> None:
    factory.appoint(city)
    by = city.actor("thanh-tra")
    with pytest.raises(Refused, match="Số điện thoại"):
        sealing.seal(city.body, words=WORDS, beside="Liên hệ 0987650321", by=by)
    sealing.seal(city.body, words=WORDS, beside="Thu tiền không biên lai", case_key="TC-1", by=by)
    with pytest.raises(Refused) as told:
        sealing.seal(city.body, words=WORDS, case_key="TC-1", by=by)
    assert told.value.decision.done


def test_row_35_bytes_moved_to_another_number_do_not_open(city) -> None:
    one, other = factory.sealed(city), factory.sealed(city)
    Sealed.objects.filter(pk=other.pk).update(
        ciphertext=one.ciphertext, wrapped_key=one.wrapped_key
    )
    other.refresh_from_db()
    with pytest.raises(keys.Tampered):
        opening.open_sealed(other, reason="Mời làm việc", by=city.actor("thanh-tra"))
    assert not Opening.objects.exists()


def test_row_35_a_new_key_wraps_old_records_and_the_old_one_may_go(city, settings, capsys) -> None:
    it = factory.sealed(city)
    old = settings.VAULT_KEYS
    new = "moi:" + base64.b64encode(b"n" * 32).decode()
    before = bytes(it.ciphertext)
    settings.VAULT_KEYS = [new, *old]
    call_command("rewrap_vault")
    assert "1 hồ sơ" in capsys.readouterr().out
    settings.VAULT_KEYS = [new]
    it.refresh_from_db()
    assert (it.key_id, bytes(it.ciphertext)) == ("moi", before)
    assert opening.open_sealed(it, reason="Mời", by=city.actor("thanh-tra"))["name"]
    settings.VAULT_KEYS = old
    with pytest.raises(Refused, match="không có khóa"):
        opening.open_sealed(it, reason="Mời", by=city.actor("thanh-tra"))
    settings.VAULT_KEYS = ["ngan:YWJj"]
    with pytest.raises(CommandError, match="32 bytes"):
        call_command("rewrap_vault")


def test_row_35_lengths_do_not_tell_a_name(city) -> None:
    factory.appoint(city)
    by = city.actor("thanh-tra")
    lengths = {
        len(sealing.seal(city.body, words={"name": name}, by=by).ciphertext)
        for name in ("Lê An", "Công Tằng Tôn Nữ Thị Ngọc Bích Huyền Trân")
    }
    assert len(lengths) == 1


def test_row_35_verifiers_get_a_copy_that_tells_nobody(city) -> None:
    it = factory.sealed(city)
    copy = sealing.redact(it, text=TEXT, hide=["Út Mót"], by=city.actor("thanh-tra"))
    assert copy.hidden == 4
    assert not any(piece in copy.text for piece in (*TELLING, "Út Mót"))
    assert "thu tiền không biên lai" in copy.text
    assert queries.redacted([it.pk]) == {it.pk: copy}
    assert words.given_away(WORDS, copy.text) == []
    with pytest.raises(Refused):
        sealing.redact(it, text=TEXT, by=city.actor("noi-vu"))
    assert RedactedCopy.objects.count() == 1


@pytest.mark.parametrize(
    "spelt",
    ["quach thi bich thuy tien", "QUÁCH THỊ BÍCH THUỶ TIÊN", "bà Thuỷ  Tiên", "+84 987 650 321",
     "hẻm 777 đường ngô xuân thu", "THUYTIEN.KHONGCOTHAT@THU.EXAMPLE"],
)  # fmt: skip
def test_row_35_a_name_is_known_however_spelt(spelt: str) -> None:
    assert words.given_away(WORDS, f"Gặp {spelt}.")
    assert words.redact(f"Gặp {spelt}.", WORDS)[1] >= 1


def test_row_35_the_head_of_the_inspectorate_is_shown_every_opening(city) -> None:
    it = factory.sealed(city)
    line = factory.opened(city, it)
    head = city.actor(city.heads["thanh-tra"])
    told = [d for d in owed(head, TODAY) if "hồ sơ mật" in d.title]
    assert [d.title for d in told] == ["1 lần mở hồ sơ mật cần xem xét"]
    for other in ("thanh-tra", "noi-vu", "mat-tran"):
        assert not queries.openings_visible_to(city.actor(other)).exists()
        with pytest.raises(Refused):
            opening.see(line, by=city.actor(other))
    opening.see(line, by=head)
    assert not [d for d in owed(head, TODAY) if "hồ sơ mật" in d.title]
    with pytest.raises(Refused) as told_again:
        opening.see(Opening.objects.get(), by=head)
    assert told_again.value.decision.done


def test_row_35_what_that_head_opened_the_head_of_the_body_is_shown(city) -> None:
    it = factory.sealed(city)
    holders.appoint_holder(
        city.body, person=city.heads["thanh-tra"], role="settler", basis="QĐ 14",
        by=city.actor(city.heads["thanh-pho"]),
    )  # fmt: skip
    inspector, chairman = city.actor(city.heads["thanh-tra"]), city.actor(city.heads["thanh-pho"])
    factory.opened(city, it)
    opening.open_sealed(it, reason="Kết luận", by=inspector)
    own = Opening.objects.get(person_id=inspector.id)
    with pytest.raises(Refused, match="chính mình"):
        opening.see(own, by=inspector)
    assert list(queries.openings_visible_to(chairman)) == [own]
    opening.see(own, by=chairman)


def test_row_35_the_log_of_openings_cannot_be_changed(city) -> None:
    it = factory.sealed(city)
    factory.opened(city, it)
    factory.opened(city, it)
    assert list(chain.breaks()) == []
    guards.install(connection)
    openings_guard.after_migrate()
    for statement in (
        "UPDATE vault_opening SET reason = 'khác'",
        "DELETE FROM vault_opening",
        "INSERT OR REPLACE INTO vault_opening SELECT * FROM vault_opening WHERE seq = 1",
    ):
        if connection.vendor != "sqlite" and "REPLACE" in statement:
            continue
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    guards.remove(connection)
    Opening.objects.filter(seq=1).update(reason="khác")
    assert list(chain.breaks()) == ["Lần mở 1 đã bị sửa nội dung."]
    Opening.objects.filter(seq=2).delete()
    assert "Cuối chuỗi không khớp." in list(chain.breaks())
    assert clock.today() == TODAY
