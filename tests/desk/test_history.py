"""Who reads which line of history; the chain; the log of refusals."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.desk import queries, words
from danvan.desk.actions import history
from danvan.kernel import audit, clock, guards
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Entry, Refusal
from danvan.organisations.actions import appointments

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(city, on_day) -> None:
    """Two wards named their leaders, on two days; ward 2 was refused something."""
    guards.remove(connection)
    for key, day in (("phuong-1", dt.date(2023, 4, 3)), ("phuong-2", dt.date(2023, 4, 5))):
        with clock.set_to(day):
            appointments.name_for(
                city.units[key], duty="leader", person=city.heads[key], basis=f"QĐ của {key}",
                start=day, by=city.actor(city.heads[key]),
            )  # fmt: skip
    on_day(2023, 4, 6)
    with pytest.raises(Refused):
        appointments.name_for(
            city.units["phuong-1"], duty="leader", person=city.heads["phuong-2"], basis="QĐ",
            start=dt.date(2023, 4, 6), by=city.actor("phuong-2"),
        )  # fmt: skip


def seen(city, who) -> set[str]:
    person = city.people[who] if isinstance(who, str) else who
    return {e.actor_name for e in queries.visible_to(city.actor(person))}


WARD_1, WARD_2 = "Trưởng UBND Phường 1", "Trưởng UBND Phường 2"


def test_a_unit_reads_its_own_lines(told, city) -> None:
    assert seen(city, "phuong-1") == {WARD_1}
    assert seen(city, city.heads["phuong-2"]) == {WARD_2}
    assert seen(city, "tu-phap") == set()


@pytest.mark.parametrize("who", ["noi-vu", "mat-tran"])
def test_office_and_observer_read_all(told, city, who: str) -> None:
    assert seen(city, who) == {WARD_1, WARD_2}


def test_chairman_and_deputy_read_all(told, city) -> None:
    assert seen(city, city.heads["thanh-pho"]) == {WARD_1, WARD_2}
    assert seen(city, city.deputy) == {WARD_1, WARD_2}


def test_who_acted_reads_the_act_wherever_it_belongs(told, city) -> None:
    stranger = city.actor("phuong-1")
    audit.append("x", "làm", stranger, [audit.Note(city.body, city.body.pk, "", {})])
    assert "Chuyên viên UBND Phường 1" in seen(city, "phuong-1")


def test_the_page_shows_words_not_field_names(told, sign_in) -> None:
    page = sign_in("phuong-1").get("/nhat-ky/").content.decode()
    assert "phân công người phụ trách" in page
    assert "căn cứ: QĐ của phuong-1" in page
    assert "từ ngày: 03/04/2023" in page
    assert "basis" not in page
    assert "QĐ của phuong-2" not in page
    assert "UBND Phường 1" in page


def test_filters_by_act_and_by_local_day(told, sign_in) -> None:
    client = sign_in("noi-vu")

    def found(**given: str) -> set[str]:
        page = client.get("/nhat-ky/", given)
        return {line[0].actor_name for line in page.context["lines"]}

    assert found(tu="04/04/2023") == {WARD_2}
    assert found(den="04/04/2023") == {WARD_1}
    assert found(tu="03/04/2023", den="03/04/2023") == {WARD_1}
    assert found(viec="organisations.appointment.name") == {WARD_1, WARD_2}
    page = client.get("/nhat-ky/", {"tu": "05/04/2023", "den": "01/04/2023"}).content.decode()
    assert "Ngày cuối không được trước ngày đầu." in page
    assert client.get("/nhat-ky/", {"tu": "31/02/2023", "trang": "x"}).status_code == 200


def test_a_whole_chain_is_verified_and_the_outcome_is_history(told, city, sign_in) -> None:
    client = sign_in("noi-vu")
    assert "chưa kiểm tra toàn chuỗi lần nào" in client.get("/nhat-ky/").content.decode()
    page = client.post("/nhat-ky/kiem-tra/", follow=True).content.decode()
    assert "Chuỗi nhật ký nguyên vẹn." in page
    assert "nguyên vẹn lúc 08:00 06/04/2023, 2 dòng" in page
    assert not list(audit.breaks())


def test_a_changed_line_shows_at_once_and_in_the_verification(told, sign_in) -> None:
    Entry.objects.filter(seq=1).update(reason="sửa lén")
    client = sign_in("noi-vu")
    assert "đã bị sửa" in client.get("/nhat-ky/").content.decode()
    page = client.post("/nhat-ky/kiem-tra/", follow=True).content.decode()
    assert "Dòng 1 đã bị sửa nội dung." in page
    assert "bị đứt, phát hiện lúc" in page


def test_the_nightly_command_keeps_the_outcome(told) -> None:
    call_command("check_history")
    assert queries.last_verification().facts["whole"] is True
    Entry.objects.filter(seq=1).update(reason="sửa lén")
    with pytest.raises(CommandError):
        call_command("check_history")
    assert queries.last_verification().facts["whole"] is False


def test_verifying_is_for_who_watches(told, city, sign_in) -> None:
    with pytest.raises(Refused, match="mới kiểm tra chuỗi"):
        history.verify(by=city.actor("phuong-1"))
    assert Refusal.objects.first().action == "desk.history.verify"
    assert "Kiểm tra toàn chuỗi" not in sign_in("phuong-1").get("/nhat-ky/").content.decode()
    assert history.verify(by=SYSTEM) == []
    assert history.verify(by=city.actor("thanh-tra")) == []


def test_refusals_are_for_inspectorate_and_administrator(told, city, sign_in) -> None:
    page = sign_in("thanh-tra").get("/nhat-ky/tu-choi/").content.decode()
    assert "Chuyên viên UBND Phường 2" in page
    assert "phân công người phụ trách" in page
    assert "Chỉ người đứng đầu" in page
    assert "/nhat-ky/tu-choi/" in sign_in("thanh-tra").get("/nhat-ky/").content.decode()
    for who in ("noi-vu", "phuong-2", "mat-tran", city.heads["thanh-pho"]):
        answer = sign_in(who).get("/nhat-ky/tu-choi/")
        assert answer.status_code == 403
        assert "chỉ dành cho cơ quan thanh tra" in answer.content.decode()


def test_the_administrator_reads_refusals(told, administrator, sign_in) -> None:
    assert sign_in(administrator).get("/nhat-ky/tu-choi/").status_code == 200
    later = sign_in(administrator).get("/nhat-ky/tu-choi/", {"tu": "07/04/2023"})
    assert "Không có lần từ chối nào" in later.content.decode()


def test_the_list_costs_the_same_with_one_and_many(told, city, sign_in) -> None:
    client = sign_in("noi-vu")

    def counted() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/nhat-ky/").status_code == 200
        return len(captured)

    counted()
    before = counted()
    for key in ("tu-phap", "van-hoa", "xa-tan-binh"):
        note = audit.Note(city.units[key], city.units[key].pk, "", {})
        audit.append("x", "làm", city.actor(key), [note])
    assert counted() == before


def test_facts_without_a_word_are_not_shown() -> None:
    told = words.changes({"basis": ["", "QĐ 1"], "secret_field": 1, "until": None, "last": 1286})
    assert told == ["căn cứ: – → QĐ 1", "số cuối: 1.286"]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("year", 2023, "2023"),
        ("since", "2023-04-03", "03/04/2023"),
        ("last", ["9.50", "8"], "9,5 → 8"),
        ("whole", True, "có"),
        ("files", ["a.pdf", "b.pdf"], "a.pdf, b.pdf"),
        ("rate", "96.85", "96,85"),
        ("basis", "2023-04-03T01:00:00Z", "08:00 03/04/2023"),
    ],
)
def test_values_are_written_as_the_office_writes_them(name, value, shown) -> None:
    assert words.changes({name: value})[0].endswith(f": {shown}")


@pytest.mark.parametrize(
    ("subject", "facts", "shown"),
    [
        ("scoring.sheet", {"changed": {"4.2": [None, "2"], "B1": ["0,5", "1"]}},
         "chỗ thay đổi: 4.2: – → 2; B1: 0,5 → 1"),
        ("scoring.sheet", {"proofs": {"4.1": ["a.docx", "b.pdf"]}},
         "minh chứng: 4.1: a.docx, b.pdf"),
        ("scoring.round", {"state": ["open", "verifying"]},
         "trạng thái: tự chấm điểm → thẩm định"),
        ("scoring.round", {"role": "inspectorate"}, "vai trò: Cơ quan thanh tra"),
        ("programmes.finding",
         {"content": [
             {"text": "Báo cáo", "due_on": "2023-04-04", "due_rule": None, "parties": []},
             {"text": "Báo cáo", "due_on": "2023-04-10",
              "parties": [{"role": "lead", "written": "các phường", "units": [8, 9]}]}]},
         "nội dung: hạn: 04/04/2023 → 10/04/2023; thực hiện: – → các phường (2 đơn vị)"),
        ("programmes.finding", {"content": [{"text": "Báo cáo"}, {"text": "Báo cáo", "x": [1]}]},
         "nội dung: chi tiết bên trong"),
        ("programmes.finding", {"content": [{"text": "Báo cáo"}, {"text": "Báo cáo"}]},
         "nội dung: không đổi"),
        ("programmes.draftchange", {"change": [None, {"subject": "mô hình", "value": "3.00"}]},
         "thay đổi: – → nội dung: mô hình; giá trị: 3"),
        ("no.model", {"kind": "off"}, "loại: off"),
    ],
)  # fmt: skip
def test_codes_and_records_are_told_in_words(subject, facts, shown) -> None:
    assert words.changes(facts, subject) == [shown]


def test_a_long_change_is_folded_away_whole(city, sign_in) -> None:
    proofs = {f"{n}.1": [f"minh-chung-{n}.docx"] for n in range(9)}
    note = audit.Note(city.body, city.body.pk, "", {"proofs": proofs, "last": 3})
    audit.append("x", "làm", city.actor("noi-vu"), [note])
    page = sign_in("noi-vu").get("/nhat-ky/").content.decode()
    assert "<summary>minh chứng</summary>minh chứng: 0.1: minh-chung-0.docx; 1.1:" in page
    assert '<span class="muted">số cuối: 3</span>' in page


def test_an_empty_history_says_what_comes(sign_in) -> None:
    assert "sẽ hiện ở đây" in sign_in("tu-phap").get("/nhat-ky/").content.decode()


def test_row_55_history_tells_no_mark_that_is_still_hidden(city, sign_in, on_day) -> None:
    """An office that still owes marks on a sheet reads nobody else's, in history neither."""
    from danvan.scoring.actions import verification
    from tests.scoring import factory

    on_day(2023, 10, 16)
    a_round = factory.round_for(city)
    sheet = factory.submitted(a_round, city, "phuong-1")
    score = factory.score_of(sheet, "2.1")
    why = "Sổ tiếp công dân thiếu chữ ký."
    verification.verify(score, points=score.claimed - 1, reason=why, by=city.actor("thanh-tra"))
    address = "/nhat-ky/?viec=scoring.score.verify"
    assert why in sign_in("thanh-tra").get(address).content.decode()
    for hidden_from in ("noi-vu", "van-phong", "phuong-1"):
        assert why not in sign_in(hidden_from).get(address).content.decode(), hidden_from
