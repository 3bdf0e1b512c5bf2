"""Online reception (NĐ 154/2026, Đ20, 23, 24): what is asked before it, and that it only warns."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from danvan.documents.models import Document
from danvan.kernel.access import Refused
from danvan.kernel.calendar import Calendar
from danvan.kernel.duties import owed
from danvan.kernel.models import Entry
from danvan.organisations.models import UnitVersion
from danvan.petitions import reception_book as columns
from danvan.petitions import reception_online as online
from danvan.petitions.actions import reception, reception_book
from danvan.petitions.actions import reception_online as acts
from danvan.petitions.models import OnlineStep, ReceptionDay, Turn
from danvan.petitions.public import reception_calendar
from tests.petitions.reception_factory import planned, turn

pytestmark = pytest.mark.django_db
D = dt.date
SESSION = D(2026, 11, 26)  # a Thursday
ROOM = "Phòng họp trực tuyến số 12, điểm cầu nhà văn hóa khu phố 3"


def moment(*parts: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime(*parts))  # type: ignore[arg-type]


def in_2026(city) -> None:
    """The seed's units end in 2025; these tests need a ward when the decree holds."""
    UnitVersion.objects.filter(unit=city.units["phuong-1"]).update(valid_to=None)


def online_day(city, on: D = SESSION, hours: str = "8 giờ 30 – 11 giờ") -> ReceptionDay:
    made: list[ReceptionDay] = reception.plan(
        city.units["phuong-1"], days=[on], hours=hours, place="Trụ sở", room=ROOM,
        by=city.actor("phuong-1"),
    )  # fmt: skip
    return made[0]


def asked(day: ReceptionDay) -> dict[str, online.Asked]:
    return {a.rule.code: a for a in online.asked(day, day.online_steps.all(), Calendar())}


def test_each_row_of_the_table_sets_its_day_or_its_hour(city, on_day) -> None:
    in_2026(city)
    on_day(2026, 11, 2)
    found = asked(online_day(city))
    assert list(found) == ["TD-ONLINE-NOTICE", "TD-ONLINE-TEST", "TD-ONLINE-LINK"]
    # Thursday 26/11 back over a weekend; 24/11 is worked as the calendar stands.
    assert Calendar().is_working_day(D(2026, 11, 25))
    holiday = not Calendar().is_working_day(D(2026, 11, 24))
    assert found["TD-ONLINE-NOTICE"].last == (D(2026, 11, 18) if holiday else D(2026, 11, 19))
    assert found["TD-ONLINE-TEST"].last == D(2026, 11, 25)
    assert found["TD-ONLINE-LINK"].moment == moment(2026, 11, 26, 7, 30)
    assert {a.rule.confidence for a in found.values()} == {"B"}
    assert not any(a.late for a in found.values())


@pytest.mark.parametrize(
    ("hours", "begins"),
    [("7 giờ 30 – 11 giờ", (7, 30)), ("14h", (14, 0)), ("8:15-10:00", (8, 15)), ("buổi sáng", None),
     ("99 giờ", None)],
)  # fmt: skip
def test_the_hour_of_connecting_is_counted_from_what_is_written(hours, begins) -> None:
    day = ReceptionDay(on=SESSION, hours=hours)
    assert online.begins_at(day) == (moment(2026, 11, 26, *begins) if begins else None)


def test_before_the_decree_and_in_person_nothing_is_asked(city, on_day) -> None:
    on_day(2023, 10, 2)
    assert asked(online_day(city, D(2023, 10, 26))) == {}
    assert asked(planned(city, D(2023, 10, 19))[0]) == {}


def test_late_is_told_and_forbids_nothing(city, on_day) -> None:
    in_2026(city)
    on_day(2026, 11, 2)
    day, by = online_day(city), city.actor("phuong-1")
    on_day(2026, 11, 25)
    assert asked(day)["TD-ONLINE-NOTICE"].late
    acts.keep_step(day, step="notice", at=moment(2026, 11, 25, 8), told="Giấy mời số 12", by=by)
    assert asked(day)["TD-ONLINE-NOTICE"].late
    acts.keep_step(day, step="notice", at=moment(2026, 11, 16, 8), told="Giấy mời số 9", by=by)
    told = asked(day)["TD-ONLINE-NOTICE"]
    assert not told.late and told.kept and told.kept.told == "Giấy mời số 9"
    assert OnlineStep.objects.count() == 1
    acts.keep_step(day, step="test", at=moment(2026, 11, 25, 8), told="Nghe rõ", by=by)
    assert not asked(day)["TD-ONLINE-TEST"].late
    on_day(2026, 11, 26)
    acts.keep_step(day, step="connect", at=moment(2026, 11, 26, 0, 1), told="3 điểm", by=by)
    assert not asked(day)["TD-ONLINE-LINK"].late
    reception.hold(day, presided_by=city.heads["phuong-1"], by=by)
    assert day.state == ReceptionDay.State.HELD


def test_the_desk_owes_the_notice_and_the_test(city, on_day) -> None:
    in_2026(city)
    on_day(2026, 11, 16)
    day, by = online_day(city), city.actor("phuong-1")
    reception.post(day.unit, days=[day], on=D(2026, 11, 16), at="Trụ sở", by=by)

    def told() -> list[str]:
        return [d.title.split(":")[0] for d in owed(by, D(2026, 11, 16)) if "26/11" in d.title]

    assert told() == ["Thông báo buổi tiếp trực tuyến", "Kiểm tra đường truyền, thiết bị"]
    on_day(2026, 11, 17)
    for step in ("notice", "test"):
        acts.keep_step(day, step=step, at=moment(2026, 11, 17, 0), told="x", by=by)
    assert told() == ["Tiếp công dân ngày 26/11/2026 – UBND Phường 1"]


def test_a_day_is_made_online_and_in_person_again(city, on_day) -> None:
    on_day(2023, 10, 2)
    day, by = planned(city, D(2023, 10, 19))[0], city.actor("phuong-1")
    with pytest.raises(Refused, match="cách tham gia"):
        acts.set_means(day, online=True, room=" ", by=by)
    acts.set_means(day, online=True, room=ROOM, by=by)
    assert day.online and "trực tuyến" in str(day)
    with pytest.raises(Refused) as again:
        acts.set_means(day, online=True, room=ROOM, by=by)
    assert again.value.decision.done
    acts.set_means(day, online=False, room=ROOM, by=by)
    assert not day.online and day.room == ""
    with pytest.raises(Refused, match="không phải trực tuyến"):
        acts.keep_step(day, step="test", at=moment(2023, 10, 1, 8), told="x", by=by)
    assert Entry.objects.filter(action="petitions.reception.means").count() == 2


def test_moved_to_another_day_it_stays_online(city, on_day) -> None:
    on_day(2023, 10, 2)
    day = online_day(city, D(2023, 10, 19))
    reception.cancel(day, reason="Mất điện", moved_to=D(2023, 10, 20), by=city.actor("phuong-1"))
    assert day.moved_to.online and day.moved_to.room == ROOM


def test_each_verb_leaves_history_and_is_refused_to_a_stranger(city, on_day) -> None:
    in_2026(city)
    on_day(2026, 11, 2)
    day = online_day(city)
    stranger, head = city.actor("phuong-2"), city.actor(city.heads["phuong-1"])
    for refused in (
        lambda: acts.set_means(day, online=False, by=stranger),
        lambda: acts.keep_step(day, step="test", at=moment(2026, 11, 2, 0), told="x", by=stranger),
        lambda: acts.issue_notice(day, by=stranger),
        lambda: acts.tell_recording(day, where="x", by=stranger),
    ):
        with pytest.raises(Refused, match="nơi tiếp công dân"):
            refused()
    with pytest.raises(Refused, match="Chưa đến lúc"):
        acts.keep_step(day, step="test", at=moment(2026, 11, 3, 8), told="x", by=head)
    with pytest.raises(Refused, match="kết quả"):
        acts.keep_step(day, step="test", at=moment(2026, 11, 2, 0), by=head)
    with pytest.raises(Refused, match="đã diễn ra"):
        acts.tell_recording(day, where="Máy chủ", by=head)
    made = acts.issue_notice(day, by=head)
    on_day(2026, 11, 26)
    reception.hold(day, presided_by=city.heads["phuong-1"], by=head)
    assert online.remark_on_recording(day) is online.RECORDING
    acts.tell_recording(day, where="Máy chủ của UBND tỉnh", by=head)
    assert online.remark_on_recording(day) is None
    for verb, subject in (("online_notice", day), ("online_step", day), ("recording", day)):
        assert Entry.objects.filter(
            action=f"petitions.reception.{verb}", subject_id=str(subject.pk)
        ).exists(), verb
    assert made.code == "01/TB-UBND"


def test_the_notice_is_a_numbered_document_and_counts_as_given(city, on_day) -> None:
    in_2026(city)
    on_day(2026, 11, 2)
    day, head = online_day(city), city.actor(city.heads["phuong-1"])
    document: Document = acts.issue_notice(day, by=head)
    for said in (
        "8 giờ 30 – 11 giờ", "ngày 26/11/2026", ROOM, "kết nối trước 7 giờ 30",
        "kiểm tra đường truyền, thiết bị chậm nhất ngày 25/11/2026", "yêu cầu bảo vệ",
    ):  # fmt: skip
        assert said in document.text, said
    told = asked(day)["TD-ONLINE-NOTICE"]
    assert told.kept and told.kept.document == document and not told.late
    with pytest.raises(Refused) as again:
        acts.issue_notice(day, by=head)
    assert again.value.decision.done


def test_the_public_sees_that_it_is_online_and_not_how_to_join(city, on_day, client) -> None:
    on_day(2023, 10, 2)
    online_day(city, D(2023, 10, 19))
    told = reception_calendar(city.body, D(2023, 10, 1), D(2023, 10, 31))
    assert [d.online for d in told] == [True]
    page = client.get(reverse("portal:reception")).content.decode()
    feed = client.get(reverse("portal:calendar")).content.decode()
    assert "trực tuyến" in page and "Tiếp công dân trực tuyến" in feed
    assert "số 12" not in page + feed + str(told)


def test_the_book_says_who_was_received_online(city, on_day) -> None:
    in_2026(city)
    on_day(2026, 11, 2)
    day = online_day(city)
    on_day(2026, 11, 26)
    came = turn(city, SESSION, day=day)
    other = turn(city, SESSION)
    form = columns.form_on(SESSION)
    notes = [line[-1] for line in columns.lines(form, [came, other])]
    assert notes == ["Tiếp trực tuyến", ""]


def test_a_denunciation_brought_online_is_warned_of(city, on_day, sign_in) -> None:
    in_2026(city)
    on_day(2026, 11, 2)
    day = online_day(city)
    on_day(2026, 11, 26)
    brought: Turn = reception_book.write(
        day.unit, on=SESSION, kind="to_cao", content="Có dấu hiệu vi phạm.", day=day,
        by=city.actor("phuong-1"),
    )  # fmt: skip
    page = sign_in("phuong-1").get(f"/tiep-dan/luot/{brought.pk}/").content.decode()
    assert "không yêu cầu bảo vệ" in page and "mức chắc chắn B" in page
    assert online.remark_on_denouncing(turn(city, SESSION, day=day)) is None


def test_an_officer_prepares_an_online_day_on_its_page(city, on_day, sign_in) -> None:
    in_2026(city)
    on_day(2026, 11, 16)
    client = sign_in("phuong-1")
    sent = {"start": "26/11/2026", "end": "26/11/2026", "how": "weekly", "weekday": "3",
            "hours": "8 giờ 30", "place": "Trụ sở", "means": "online", "room": ""}  # fmt: skip
    plan = "/tiep-dan/don-vi/phuong-1/len-lich/"
    refused = client.post(plan, sent)
    assert refused.status_code == 422
    assert "Tiếp trực tuyến thì ghi cách tham gia" in refused.content.decode()
    assert client.post(plan, {**sent, "room": ROOM}).status_code == 302
    day = ReceptionDay.objects.get()
    here = f"/tiep-dan/buoi/{day.pk}/"
    page = client.get(here).content.decode()
    assert ROOM in page and "chậm nhất 07:30 26/11/2026" in page
    told = {"step": "test", "on": "16/11/2026", "hour": "00:00", "told": "Nghe rõ, thấy rõ"}
    late = client.post(f"{here}truc-tuyen/", {**told, "on": "17/11/2026"})
    assert late.status_code == 422 and "Chưa đến lúc đó" in late.content.decode()
    page = client.post(f"{here}truc-tuyen/", told, follow=True).content.decode()
    assert "Nghe rõ, thấy rõ" in page
    file = client.get(f"{here}truc-tuyen.docx").content
    with zipfile.ZipFile(io.BytesIO(file)) as held:
        assert ROOM in held.read("word/document.xml").decode()
    other = sign_in("phuong-2").get(here).content.decode()
    assert "trực tuyến" in other and ROOM not in other
    client.post(f"{here}hinh-thuc/", {"means": "in_person"})
    day.refresh_from_db()
    assert not day.online
