"""Rows 27, 28: a dialogue from its notice to its record; its promises until confirmed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.assignments.actions import directives, submissions
from danvan.assignments.models import Assignment
from danvan.democracy import duties_asking, public
from danvan.democracy.actions import dialogue as acts
from danvan.democracy.models import Dialogue, DialogueRule, Promise
from danvan.democracy.queries import dialogue as queries
from danvan.democracy.rules import dialogue as rules
from danvan.kernel import audit, clock, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from tests.democracy import asking

YEAR = Period.year(2023)


@pytest.fixture(autouse=True)
def _day(on_day) -> None:
    on_day(2023, 9, 20)


def read(code: str, *units: int) -> Any:
    return facts.get(code).read(list(units), YEAR)


def test_row_27_a_dialogue_is_told_held_written_down_and_published(city, sign_in) -> None:
    ward = sign_in("phuong-1")
    with clock.set_to(dt.date(2023, 9, 5)):
        sent = {f: getattr(asking.MEETING, f) for f in asking.Meeting.__slots__}
        answer = ward.post(
            reverse("democracy:dialogue_plan"),
            {**sent, "held_on": "15/09/2023", "host": city.units["phuong-1"].pk},
        )
        made = Dialogue.objects.get()
        page = reverse("democracy:dialogue", args=[made.pk])
        assert (answer.status_code, answer.url) == (302, page)
        # Nobody outside knows of a plan.
        assert sign_in("phuong-2").get(page).status_code == 404
        assert public.dialogue(made.pk) is None
        ward.post(page, {"viec": "thong-bao", "thong-bao-on": "05/09/2023",
                         "thong-bao-how": "Thông báo số 12/TB-UBND"})  # fmt: skip
    assert sign_in("phuong-2").get(page).status_code == 200
    ward.post(page, {
        "viec": "bien-ban", "bien-ban-people": "45", "bien-ban-opinions": "12",
        "bien-ban-answered": "9", "bien-ban-secretary": "Lê Thị B",
        "bien-ban-minutes": "Ông Nguyễn Văn C hỏi về đường hẻm 12.",
    })  # fmt: skip
    ward.post(page, {"viec": "cong-khai", "cong-khai-record_text": "Đã ghi nhận 12 ý kiến.",
                     "cong-khai-where": "Trang thông tin phường",
                     "cong-khai-on": "18/09/2023"})  # fmt: skip
    made.refresh_from_db()
    assert (made.state, made.notice_days, made.publish_days) == ("published", 10, 3)
    assert (made.people, made.opinions, made.answered) == (45, 12, 9)
    told = public.dialogue(made.pk)
    assert told is not None
    assert (told.people, told.record) == (45, "Đã ghi nhận 12 ý kiến.")
    assert "Nguyễn Văn C" not in str(told)
    assert [d.pk for d in public.dialogues(dt.date(2023, 12, 1))] == [made.pk]
    # The minutes name who spoke: another ward reads only what is public.
    other = sign_in("phuong-2").get(page).content.decode()
    assert "Đã ghi nhận 12 ý kiến." in other
    assert "Nguyễn Văn C" not in other
    says = [entry.says for entry in audit.of(made)]
    assert len(says) == 4


def test_row_27_the_papers_are_official_documents(city, sign_in) -> None:
    made = asking.held(city)
    acts.promise(
        made, title="Sửa đường hẻm 12", asked_by="Ông C", unit=city.units["phuong-1"],
        due_on=dt.date(2023, 10, 30), by=city.actor("phuong-1"),
    )  # fmt: skip
    for name, expected in (
        ("dialogue_notice", ("THÔNG BÁO", "Nhà văn hóa khu phố 1", "Đường hẻm 12")),
        ("dialogue_minutes", ("BIÊN BẢN", "Lê Thị B", "Sửa đường hẻm 12", "45")),
    ):
        url = reverse(f"democracy:{name}", args=[made.pk])
        data = sign_in("phuong-1").get(url).content
        words = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
        assert all(word in words for word in expected), name
        assert "Ông C" not in words
        assert sign_in("phuong-2").get(url).status_code == 403


def test_row_27_the_figures_are_held_to_the_rule_of_their_day(city) -> None:
    asking.enacted(city)
    made = asking.announced(city)
    notice, _publish = queries.measures(made)
    # In 2023 no law gave a number of days: nothing is concluded, and that is said.
    assert (notice.days, notice.kept) == (10, None)
    assert "không ấn định con số" in notice.why
    acts.set_rule(
        city.body, kind="notice_days", number=15, valid_from=dt.date(2023, 1, 1),
        source="Quy chế đối thoại số 3/QC", by=city.actor("noi-vu"),
    )  # fmt: skip
    notice, _publish = queries.measures(made)
    assert notice.kept is False
    assert "Quy định của địa phương: 15" in notice.why
    later = queries.rules_on(dt.date(2026, 1, 1), city.body.pk)
    assert later["publish_days"].number == 10
    assert "Luật 72/2025/QH15" in later["publish_days"].source


def test_row_28_a_conclusion_is_followed_until_who_asked_confirms(city, sign_in) -> None:
    made = asking.held(city)
    page = reverse("democracy:dialogue", args=[made.pk])
    ward, office, front = (city.actor(who) for who in ("phuong-1", "noi-vu", "mat-tran"))
    answer = sign_in("phuong-1").post(page, {
        "viec": "ket-luan", "ket-luan-title": "Sửa đường hẻm 12", "ket-luan-asked_by": "Ông C",
        "ket-luan-unit": city.units["phuong-1"].pk, "ket-luan-due_on": "30/10/2023",
    })  # fmt: skip
    assert answer.status_code == 302
    owed = Promise.objects.get().assignment
    assert (owed.origin, owed.unit, owed.body) == ("dialogue", city.units["phuong-1"], city.body)
    shown = public.dialogue(made.pk)
    assert shown is not None
    assert [(p.title, p.course) for p in shown.promises] == [("Sửa đường hẻm 12", "đang thực hiện")]
    assert read("democracy.promises_due", owed.unit_id)[owed.unit_id].value == 1
    submissions.file(owed, files=[], document_code="", document_date=None, note="Đã sửa", by=ward)
    submissions.accept(owed, by=office)
    directives.deny(owed, how="Còn một đoạn", by=front)
    owed.refresh_from_db()
    assert owed.state == Assignment.State.RETURNED
    submissions.file(owed, files=[], document_code="", document_date=None, note="Xong", by=ward)
    submissions.accept(owed, by=office)
    directives.confirm(owed, how="Gọi điện, đã xong", by=front)
    line = queries.promise_lines(made, ward)[0]
    assert line.course == "đã xong"
    assert read("democracy.promises_on_time", owed.unit_id)[owed.unit_id].value == 1
    assert "Sửa đường hẻm 12" in sign_in("phuong-1").get(
        reverse("democracy:promises")).content.decode()  # fmt: skip


def test_row_28_a_ward_binds_itself_and_the_office_binds_others(city) -> None:
    made = asking.held(city)
    to = {"title": "Đo lại ranh đất", "asked_by": "Bà D", "due_on": dt.date(2023, 11, 1)}
    other = city.units["phuong-2"]
    with pytest.raises(Refused, match="giao việc từ cuộc họp"):
        acts.promise(made, unit=other, by=city.actor("phuong-1"), **to)
    assert acts.promise(made, unit=other, by=city.actor("noi-vu"), **to).assignment.unit == other
    with pytest.raises(Refused, match="đã được giao"):
        acts.promise(made, unit=other, by=city.actor("noi-vu"), **to)
    # The hold lent for one's own word gives nothing else: the ward still may not give out work.
    with pytest.raises(Refused):
        directives.give(city.body, origin="directive", title="x", units={other.pk: "all"},
                        source_note="y", by=city.actor("phuong-1"))  # fmt: skip


def test_every_verb_is_refused_to_others_with_its_reason(city) -> None:
    stranger, office = city.actor("phuong-2"), city.actor("noi-vu")
    with pytest.raises(Refused, match="đơn vị tổ chức"):
        acts.plan(city.units["phuong-1"], meeting=asking.MEETING, by=stranger)
    made = asking.planned(city)
    for verb, said in (
        (acts.change, {"meeting": asking.MEETING}),
        (acts.announce, {"on": dt.date(2023, 9, 5), "how": "loa"}),
        (acts.hold, {"held": asking.MINUTES}),
        (acts.publish, {"record_text": "x", "where": "y", "on": dt.date(2023, 9, 20)}),
        (acts.cancel, {"reason": "mưa"}),
    ):
        with pytest.raises(Refused, match="đơn vị tổ chức"):
            verb(made, by=stranger, **said)
    with pytest.raises(Refused, match="sau khi đối thoại"):
        acts.promise(made, title="x", asked_by="y", unit=made.host, due_on=None, by=office)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        acts.set_rule(city.body, kind="yearly", number=2, valid_from=dt.date(2023, 1, 1),
                      source="x", by=stranger)  # fmt: skip
    with pytest.raises(Refused, match="cơ quan thường trực"):
        asking.catalogues.enact(city.body, by=stranger)


def test_changing_and_cancelling(city) -> None:
    ward = city.actor("phuong-1")
    made = asking.planned(city)
    moved = asking.Meeting(**{**{f: getattr(asking.MEETING, f) for f in asking.Meeting.__slots__},
                              "held_on": dt.date(2023, 10, 1)})  # fmt: skip
    acts.change(made, meeting=moved, by=ward)
    acts.announce(made, on=dt.date(2023, 9, 20), how="loa", by=ward)
    with pytest.raises(Refused, match="sửa dự kiến"):
        acts.change(made, meeting=moved, by=ward)
    with pytest.raises(Refused, match="Chưa đến ngày"):
        acts.hold(made, held=asking.MINUTES, by=ward)
    acts.cancel(made, reason="Mưa bão", by=ward)
    told = public.dialogue(made.pk)
    assert told is not None
    assert told.cancelled_reason == "Mưa bão"
    assert told.state == "không tổ chức"
    assert rules.may_cancel(ward, made).done


def test_what_is_typed_is_judged_at_its_field(city, sign_in) -> None:
    made = asking.announced(city)
    page = reverse("democracy:dialogue", args=[made.pk])
    answer = sign_in("phuong-1").post(page, {
        "viec": "bien-ban", "bien-ban-people": "45", "bien-ban-opinions": "3",
        "bien-ban-answered": "9", "bien-ban-secretary": "B", "bien-ban-minutes": "Giữ lại chữ này",
    })  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "không vượt số ý kiến" in text
    assert "Giữ lại chữ này" in text
    made.refresh_from_db()
    assert made.state == "announced"
    assert sign_in("phuong-1").post(page, {"viec": "la-gi"}).status_code == 404


def test_facts_of_dialogues(city) -> None:
    one, two = city.units["phuong-1"].pk, city.units["phuong-2"].pk
    made = asking.held(city)
    found = read("democracy.dialogues_held", one, two)
    assert [found[one].value, found[two].value] == [1, 0]
    assert read("democracy.dialogue_notice_days", one)[one].value == 10
    assert read("democracy.dialogue_publish_days", one)[one].value is None
    assert read("democracy.dialogue_notice_days", two)[two] is None
    assert read("democracy.dialogue_result_published", one)[one].value == 0
    acts.publish(made, record_text="x", where="y", on=dt.date(2023, 9, 20),
                 by=city.actor("phuong-1"))  # fmt: skip
    assert read("democracy.dialogue_publish_days", one)[one].value == 5
    assert read("democracy.dialogue_result_published", one)[one].value == 1


def test_the_desk_says_what_a_unit_owes(city) -> None:
    asking.enacted(city)
    acts.set_rule(city.body, kind="publish_days", number=10, valid_from=dt.date(2023, 1, 1),
                  source="Quy chế số 3/QC", by=city.actor("noi-vu"))  # fmt: skip
    asking.held(city)
    owed = list(duties_asking.asking_duties(city.actor("phuong-1"), dt.date(2023, 9, 20)))
    assert [(d.title.split(":")[0], d.due) for d in owed] == [
        ("Công khai kết quả đối thoại", dt.date(2023, 9, 25))
    ]
    assert "Quy chế số 3/QC" in owed[0].why
    assert not list(duties_asking.asking_duties(city.actor("phuong-2"), dt.date(2023, 9, 20)))


def test_the_catalogue_comes_once(city) -> None:
    assert asking.enacted(city) > 20
    assert asking.enacted(city) == 0
    assert all(rule.source and rule.confidence for rule in DialogueRule.objects.all())


def test_lists_cost_the_same_with_one_and_three_rows(city, sign_in) -> None:
    client, counts = sign_in("noi-vu"), []
    for unit in ("phuong-1", "phuong-2", "xa-tan-binh"):
        asking.planned(city, unit)
        client.get(reverse("democracy:dialogues"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("democracy:dialogues"))
        counts.append(len(seen))
    assert counts[0] == counts[2]


def test_the_desk_asks_the_same_number_of_queries_for_one_and_three(city) -> None:
    counts, ward = [], city.actor("phuong-1")
    for title in ("Một", "Hai", "Ba"):
        asking.planned(city, title=title)
        with CaptureQueriesContext(connection) as seen:
            assert list(duties_asking.asking_duties(ward, dt.date(2023, 9, 20)))
        counts.append(len(seen))
    assert counts[0] == counts[2]
