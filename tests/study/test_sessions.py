"""Sessions and who came: by code without an account, by list, by table; nobody twice."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from danvan.kernel import audit, clock, imports
from danvan.kernel.access import Refused
from danvan.kernel.models import Entry, Refusal
from danvan.organisations.importing import queries
from danvan.study import codes, learners
from danvan.study.actions import attendance, campaigns, sessions
from danvan.study.actions import learners as giving
from danvan.study.models import Attendance, Learner, SessionFile
from danvan.study.rules import LEARNER
from tests.city import City
from tests.study import factory


def scanned(held) -> str:
    return reverse("study:check_in", args=[held.pk, codes.on_the_wall(held)])


def arrive(client: Client, url: str) -> str:
    """Opens the scanned address; the proof of having seen the wall that stands in the form."""
    page = client.get(url)
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'name="arrived" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def check_in(client: Client, url: str, code: str):
    return client.post(url, {"arrived": arrive(client, url), "code": code})


@pytest.fixture
def hall(city: City, may):
    """A running session; people of Phường 1 with their codes, by name."""
    campaign = factory.opened(city)
    people = factory.staff(city, "phuong-1", 3)
    given = factory.codes_of(city, "phuong-1")
    return factory.running(city, campaign), people, given


def test_row_9_a_person_without_an_account_checks_in_by_the_code_on_the_wall(city: City, hall):
    held, people, given = hall
    phone = Client()
    typed = given[people[0].name].lower().replace("-", " ")
    answer = check_in(phone, scanned(held), typed)
    assert answer.status_code == 200
    assert "đã điểm danh lúc" in answer.content.decode()
    row = Attendance.objects.get()
    assert (row.learner.person, row.way) == (people[0], "qr")
    line = audit.of(row).get()
    # History cannot forget, so it holds no name.
    assert people[0].name not in f"{line.actor_name} {line.subject_name} {line.facts}"
    assert line.concerns == city.units["phuong-1"].pk


def test_row_9_a_code_used_again_is_refused_and_told(hall):
    held, people, given = hall
    check_in(Client(), scanned(held), given[people[0].name])
    again = check_in(Client(), scanned(held), given[people[0].name])
    assert again.status_code == 409
    assert "đã được điểm danh buổi này lúc 08:00" in again.content.decode()
    assert Attendance.objects.count() == 1
    assert Refusal.objects.filter(action="study.attendance.check_in").count() == 1


def test_row_9_one_phone_stands_for_one_person(hall):
    held, people, given = hall
    phone = Client()
    check_in(phone, scanned(held), given[people[0].name])
    other = check_in(phone, scanned(held), given[people[1].name])
    assert other.status_code == 409
    assert "đã điểm danh cho người khác" in other.content.decode()
    assert Attendance.objects.count() == 1


def test_row_9_a_shared_picture_of_the_wall_is_refused_and_told(hall):
    held, people, given = hall
    url = scanned(held)
    with clock.set_to(factory.AT + dt.timedelta(seconds=95)):
        late = Client().get(url)
        assert late.status_code == 410
        assert "đã hết hạn" in late.content.decode()
        assert 'name="code"' not in late.content.decode()
        # Nor does the form of a phone that was there help another phone.
        sent = Client().post(url, {"code": given[people[0].name], "arrived": "giả"})
        assert sent.status_code == 410
    here = Client()
    proof = arrive(here, scanned(held))
    stolen = Client().post(scanned(held), {"code": given[people[0].name], "arrived": proof})
    assert stolen.status_code == 410
    assert not Attendance.objects.exists()
    # Whoever scanned in time may take their time to type.
    with clock.set_to(factory.AT + dt.timedelta(seconds=95)):
        sent = here.post(url, {"code": given[people[0].name], "arrived": proof})
    assert sent.status_code == 200
    assert Attendance.objects.count() == 1


def test_row_9_unknown_codes_and_closed_sessions_are_told(city: City, hall):
    held, people, _given = hall
    wrong = check_in(Client(), scanned(held), "ZZZZ-ZZZZ")
    assert wrong.status_code == 422
    assert "Không có mã này" in wrong.content.decode()
    short = check_in(Client(), scanned(held), "12")
    assert short.status_code == 422
    assert "gồm 8 chữ" in short.content.decode()
    sessions.stop(held, by=city.actor("noi-vu"))
    shut = Client().get(scanned(held))
    assert shut.status_code == 403
    assert "đã đóng điểm danh" in shut.content.decode()
    with pytest.raises(Refused, match="đã đóng điểm danh"):
        attendance.check_in(held, learner=factory.learner(people[0]), device="", by=LEARNER)


def test_row_9_floods_are_slowed_down(hall, monkeypatch):
    held, people, given = hall
    monkeypatch.setattr("danvan.study.views.public.HALL", 2)
    for _n in range(2):
        assert check_in(Client(), scanned(held), "ZZZZ-ZZZZ").status_code == 422
    slow = check_in(Client(), scanned(held), given[people[0].name])
    assert slow.status_code == 429
    assert "thử lại sau" in slow.content.decode()


def test_row_9_nobody_is_counted_twice_by_the_database_itself(city: City, hall):
    held, people, _given = hall
    known = factory.learner(people[0])
    told = {"session": held, "learner": known, "unit": city.units["phuong-1"], "at": factory.AT}
    Attendance.objects.create(**told, way="typed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(**told, way="qr")


def test_codes_are_kept_as_digests_and_shown_once(city: City, may, sign_in):
    ward, (person,) = city.units["phuong-1"], factory.staff(city, "phuong-1", 1)
    with pytest.raises(Refused, match="cấp mã cá nhân"):
        giving.give_codes(ward, by=city.actor("phuong-2"))
    page = sign_in("phuong-1").post("/hoc-tap/quan-so/phuong-1/cap-ma/")
    code = re.search(rf"{person.name}</th><td><code>(\S+)</code>", page.content.decode())[1]
    assert learners.by_code(code).person == person
    assert not Learner.objects.filter(code_hash__icontains=codes.plain(code)).exists()
    assert code not in str(list(Entry.objects.values()))
    with pytest.raises(Refused) as told:
        giving.give_codes(ward, by=city.actor("phuong-1"))
    assert told.value.decision.done
    again = giving.give_codes(ward, people=[person.pk], by=city.actor("noi-vu"))
    assert [name for name, _code in again] == [person.name]
    assert learners.by_code(code) is None


def test_row_9_the_signed_list_is_typed_and_its_scan_kept(city: City, may, sign_in):
    campaign = factory.opened(city)
    people = factory.staff(city, "phuong-1", 3)
    held = factory.session(city, campaign, "phuong-1")
    ward, url = sign_in("phuong-1"), reverse("study:session_people", args=[held.pk])
    assert ward.post(url, {"people": [people[0].pk, people[1].pk]}).status_code == 302
    assert Attendance.objects.filter(way="typed").count() == 2
    assert ward.post(url, {"don_vi": ""}).status_code == 422
    with pytest.raises(Refused) as told:
        attendance.write_down(
            held, people={people[0].pk: city.units["phuong-1"].pk}, by=city.actor("phuong-1")
        )
    assert told.value.decision.done
    scan = SimpleUploadedFile("danh-sach.pdf", b"%PDF-1.4 chu ky", "application/pdf")
    sent = {"kind": "signed_list", "file": scan}
    assert ward.post(reverse("study:attach", args=[held.pk]), sent).status_code == 302
    kept = reverse("study:file", args=[SessionFile.objects.get().pk])
    assert ward.get(kept).status_code == 200
    # Names of others: another ward sees the session, not its signed list.
    assert sign_in("phuong-2").get(kept).status_code == 403
    with pytest.raises(Refused):
        sessions.attach(held, kind="photo", file=scan, by=city.actor("phuong-2"))
    with pytest.raises(Refused):
        attendance.write_down(held, people={}, by=city.actor("phuong-2"))
    page = sign_in("phuong-2").get(reverse("study:session", args=[held.pk])).content.decode()
    assert people[0].name not in page
    assert "2 người của các đơn vị khác" in page
    row = held.attendances.first()
    for who in ("phuong-1", "phuong-2"):
        with pytest.raises(Refused):
            attendance.strike(held, attendance=row.pk, reason="", by=city.actor(who))
    attendance.strike(held, attendance=row.pk, reason="Ghi nhầm", by=city.actor("phuong-1"))
    assert held.attendances.count() == 1
    struck = audit.of(held).filter(action="study.attendance.strike").get()
    assert struck.reason == "Ghi nhầm"


def test_row_9_a_table_of_who_came_is_judged_row_by_row(city: City, may):
    campaign = factory.opened(city)
    people = factory.staff(city, "phuong-1", 2)
    held = factory.session(city, campaign)
    lines = [
        f"{held.pk};UBND Phường 1;{people[0].name};",
        f"{held.pk};UBND Phường 1;{people[0].name};",
        f"{held.pk};UBND Phường 1;Không Có Ai;",
        f"999;UBND Phường 1;{people[1].name};",
    ]
    head = "Số buổi học;Đơn vị;Họ và tên;Số hiệu"

    def sent(rows, who="noi-vu"):
        content = "\n".join([head, *rows]).encode()
        return imports.preview("study.attendance", "du.csv", content, by=city.actor(who))

    it = sent(lines)
    assert it.counts == {"new": 1, "error": 3}
    told = str(it.verdicts)
    for words in ("đã ghi ở dòng 2", "không có người này", "không có buổi học số này"):
        assert words in told
    assert not Attendance.objects.exists()
    it = sent(lines[:1])
    imports.apply(it, by=city.actor("noi-vu"))
    assert Attendance.objects.get().way == "imported"
    assert sent(lines[:1]).counts == {"same": 1}
    it.refresh_from_db()
    seen = {who: queries.visible_to(city.actor(who)).count() for who in ("noi-vu", "phuong-2")}
    assert seen["phuong-2"] == 0 < seen["noi-vu"]
    with pytest.raises(Refused, match="Chỉ người đã gửi"):
        imports.undo(it, by=city.actor("phuong-2"))
    imports.undo(it, by=city.actor("noi-vu"))
    assert not Attendance.objects.exists()
    refused = sent(lines[:1], who="phuong-2")
    assert "Chỉ đơn vị tổ chức" in str(refused.verdicts)


def test_row_9_who_holds_starts_and_stops_a_session(city: City, may, sign_in):
    campaign = factory.opened(city, "phuong-1")
    with pytest.raises(Refused, match="phải học mới tổ chức"):
        factory.session(city, campaign, "phuong-2")
    held = factory.session(city, campaign, "phuong-1")
    for act in (sessions.start, sessions.stop):
        with pytest.raises(Refused):
            act(held, by=city.actor("phuong-2"))
    office = sign_in("noi-vu")
    office.post(reverse("study:start", args=[held.pk]))
    wall = office.get(reverse("study:wall", args=[held.pk]))
    assert wall["Refresh"] == "15"
    held.refresh_from_db()
    assert scanned(held) in wall.content.decode()
    assert "<svg" in wall.content.decode()
    assert sign_in("phuong-1").get(reverse("study:wall", args=[held.pk])).status_code == 200
    with pytest.raises(Refused) as told:
        sessions.start(held, by=city.actor("noi-vu"))
    assert told.value.decision.done
    sessions.stop(held, by=city.actor("phuong-1"))
    verbs = list(audit.of(held).order_by("seq").values_list("action", flat=True))
    assert verbs == ["study.session.hold", "study.session.start", "study.session.stop"]
    with clock.set_to(factory.AT - dt.timedelta(days=1)), pytest.raises(Refused, match="2 giờ"):
        sessions.start(held, by=city.actor("noi-vu"))


def test_the_form_of_a_session_keeps_what_was_typed(city: City, may, sign_in):
    campaign = factory.opened(city)
    ward = sign_in("phuong-1")
    url = reverse("study:hold", args=[campaign.pk])
    typed = {"kind": "thematic", "title": "Sinh hoạt chuyên đề", "place": "Hội trường",
             "day": "12/05/2023", "begins": "10:00", "ends": "09:00",
             "organiser": city.units["phuong-1"].pk}  # fmt: skip
    back = ward.post(url, typed)
    assert back.status_code == 422
    assert "Giờ kết thúc phải sau" in back.content.decode()
    assert "Sinh hoạt chuyên đề" in back.content.decode()
    sent = ward.post(url, typed | {"ends": "11:30"})
    held = campaign.sessions.get()
    assert sent.url == reverse("study:session", args=[held.pk])
    assert ward.post(url, typed | {"ends": "11:30"}).status_code == 302
    assert campaign.sessions.count() == 1


def test_closing_a_campaign_ends_its_check_ins_and_old_traces_are_forgotten(city: City, hall):
    held, people, given = hall
    office = city.actor("noi-vu")
    check_in(Client(), scanned(held), given[people[0].name])
    factory.read(held.campaign.texts.get(), people[1])
    campaigns.close(held.campaign, by=office)
    assert Client().get(scanned(held)).status_code == 403
    with pytest.raises(Refused, match="Chưa hết thời hạn"):
        campaigns.forget(held.campaign, by=office)
    people[2].posts.update(valid_to=dt.date(2023, 12, 31))
    with clock.set_to(dt.date(2024, 7, 1)):
        call_command("forget_study")
        with pytest.raises(Refused, match="đã được xóa rồi"):
            campaigns.forget(held.campaign, by=office)
    assert learners.by_code(given[people[2].name]) is None
    assert learners.by_code(given[people[0].name]) is not None
    assert not Attendance.objects.exclude(device="").exists()
    assert not held.campaign.texts.get().seen.exists()
    assert held.campaign.acknowledgements.count() == 1
