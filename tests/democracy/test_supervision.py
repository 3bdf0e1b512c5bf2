"""Rows 29, 30: the Front's supervision and opinions, from finding to remedy and reply."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.assignments.actions import submissions
from danvan.democracy import duties_asking
from danvan.democracy.actions import opinions, supervision
from danvan.democracy.models import BuildingOpinion, Recommendation, Supervision
from danvan.democracy.queries import supervision as queries
from danvan.kernel import audit, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from tests.democracy import asking

YEAR = Period.year(2023)


@pytest.fixture(autouse=True)
def _day(on_day) -> None:
    on_day(2023, 6, 20)


def counted(code: str, unit: int) -> object:
    reading = facts.get(code).read([unit], YEAR)[unit]
    assert reading is not None
    return reading.value


def test_row_29_programme_finding_recommendation_reply_remedy_closed(city, sign_in) -> None:
    """The whole way in the browser: the Front writes, the ward replies, the Front closes."""
    front, ward = sign_in("mat-tran"), sign_in("phuong-1")
    said = {"year": "2023", "title": "Giám sát năm 2023", "source": "Kế hoạch số 05/KH-MTTQ"}
    front.post(reverse("democracy:supervision_add"), said)
    programme = queries.programmes_visible_to(city.actor("mat-tran")).get()
    front.post(reverse("democracy:supervision_programme", args=[programme.pk]), {
        "viec": "them", "them-about": "Quỹ do dân đóng góp", "them-planned": "quý II/2023",
        "them-unit": city.units["phuong-1"].pk, "them-led_by": "MTTQ", "them-form": "đoàn",
    })  # fmt: skip
    subject = Supervision.objects.get()
    page = reverse("democracy:supervision", args=[subject.pk])
    front.post(page, {"viec": "ket-qua", "ket-qua-finding": "Chưa niêm yết",
                      "ket-qua-on": "15/06/2023"})  # fmt: skip
    front.post(page, {
        "viec": "kien-nghi", "kien-nghi-content": "Niêm yết quyết toán",
        "kien-nghi-document_code": "11/CV-MTTQ", "kien-nghi-sent_on": "16/06/2023",
        "kien-nghi-reply_due_on": "30/06/2023",
    })  # fmt: skip
    asked = Recommendation.objects.get()
    owed = list(duties_asking.asking_duties(city.actor("phuong-1"), dt.date(2023, 6, 20)))
    assert [(d.kind, d.due) for d in owed] == [("owed", dt.date(2023, 6, 30))]
    at = reverse("democracy:recommendation", args=[asked.pk])
    said = {
        "viec": "tra-loi", "tra-loi-outcome": "accepted", "tra-loi-text": "Phường sẽ niêm yết",
        "tra-loi-document_code": "45/UBND", "tra-loi-remedy": "", "tra-loi-remedy_due_on": "",
    }  # fmt: skip
    missing = ward.post(at, said)
    assert missing.status_code == 422
    assert "Tiếp thu thì phải ghi việc khắc phục." in missing.content.decode()
    remedy = {"tra-loi-remedy": "Niêm yết quyết toán quỹ", "tra-loi-remedy_due_on": "15/07/2023"}
    assert ward.post(at, {**said, **remedy}).status_code == 302
    reply = asked.replies.get()
    assert (reply.assignment.origin, reply.assignment.unit.key) == ("supervision", "phuong-1")
    assert counted("democracy.recommendations_answered", city.units["phuong-1"].pk) == 1
    # Not yet enough: it comes back to the ward, which replies again.
    front.post(at, {"viec": "nhan-xet", "nhan-xet-enough": "no", "nhan-xet-text": "Chưa thấy ảnh"})
    asked.refresh_from_db()
    assert asked.state == "sent"
    owed = list(duties_asking.asking_duties(city.actor("phuong-1"), dt.date(2023, 6, 20)))
    assert [d.kind for d in owed] == ["returned"]
    ward.post(at, {**said, **remedy, "tra-loi-outcome": "declined"})
    submissions.file(reply.assignment, files=[], document_code="", document_date=None,
                     note="Đã niêm yết", by=city.actor("phuong-1"))  # fmt: skip
    front.post(at, {"viec": "nhan-xet", "nhan-xet-enough": "yes", "nhan-xet-text": "Đã niêm yết"})
    asked.refresh_from_db()
    assert (asked.state, asked.closed_on) == ("closed", dt.date(2023, 6, 20))
    shown = ward.get(page).content.decode()
    assert "Niêm yết quyết toán quỹ" in shown
    assert "Đã niêm yết" in shown
    assert len(list(audit.of(asked))) == 5


def test_row_29_the_record_is_the_fronts_and_each_reads_its_own(city, sign_in) -> None:
    asked = asking.recommended(city)
    page = reverse("democracy:supervision", args=[asked.supervision_id])
    people = ("mat-tran", "noi-vu", "phuong-1", "phuong-2", "cong-an")
    assert [sign_in(p).get(page).status_code for p in people] == [200, 200, 200, 404, 404]
    programme, subject = asked.supervision.programme, asked.supervision
    office, ward = city.actor("noi-vu"), city.actor("phuong-1")
    front = "Ban Dân vận, Mặt trận"
    with pytest.raises(Refused, match=front):
        supervision.add_programme(city.body, year=2023, title="x", source="y", by=office)
    with pytest.raises(Refused, match=front):
        supervision.add(programme, about="x", unit=city.body, led_by="x", form="x", planned="x",
                        by=office)  # fmt: skip
    for verb, said in (
        (supervision.conclude, {"finding": "x", "document": "", "on": dt.date(2023, 6, 1)}),
        (supervision.drop, {"reason": "x"}),
    ):
        with pytest.raises(Refused, match=front):
            verb(subject, by=office, **said)
    with pytest.raises(Refused, match=front):
        supervision.recommend(subject, content="x", document_code="y",
                              sent_on=dt.date(2023, 6, 1), by=ward)  # fmt: skip
    with pytest.raises(Refused, match="đơn vị được giám sát"):
        supervision.reply(asked, outcome="declined", text="x", by=city.actor("mat-tran"))
    with pytest.raises(Refused, match="chưa trả lời"):
        supervision.remark(asked, enough=True, text="x", by=city.actor("mat-tran"))
    with pytest.raises(Refused, match=front):
        supervision.remark(asked, enough=True, text="x", by=ward)
    # A second click says what happened already.
    supervision.reply(asked, outcome="declined", text="Không thuộc thẩm quyền", by=ward)
    with pytest.raises(Refused, match="Đơn vị đã trả lời ngày 20/06/2023") as told:
        supervision.reply(asked, outcome="declined", text="x", by=ward)
    assert told.value.decision.done


def test_row_29_a_subject_that_is_given_up_says_why(city) -> None:
    subject = asking.recommended(city).supervision
    front = city.actor("mat-tran")
    other = supervision.add(subject.programme, about="Khác", unit=city.units["phuong-2"],
                            led_by="x", form="x", planned="x", by=front)  # fmt: skip
    supervision.drop(other, reason="Lùi sang năm sau", by=front)
    other.refresh_from_db()
    assert (other.state, other.dropped_reason) == ("dropped", "Lùi sang năm sau")
    with pytest.raises(Refused, match="đã kết thúc"):
        supervision.drop(subject, reason="x", by=front)


def test_row_30_an_opinion_has_source_handling_and_reply(city, sign_in) -> None:
    front = sign_in("mat-tran")
    answer = front.post(reverse("democracy:opinion_add"), {
        "kind": "criticism", "draft": "", "source_kind": "front", "source": "Ủy ban MTTQ",
        "via": "hội nghị phản biện", "received_on": "10/06/2023", "content": "Bỏ khoản thu thứ ba",
        "to_unit": city.units["phuong-1"].pk, "due_on": "30/06/2023",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "Phản biện thì phải ghi tên dự thảo." in answer.content.decode()
    made = asking.opinion(city, kind="criticism", draft="Đề án chợ phường",
                          due_on=dt.date(2023, 6, 30))  # fmt: skip
    page = reverse("democracy:opinion", args=[made.pk])
    assert sign_in("phuong-2").get(page).status_code == 404
    assert sign_in("phuong-1").post(page, {
        "viec": "tra-loi", "tra-loi-outcome": "partly", "tra-loi-handling": "Sửa điều 4 đề án",
        "tra-loi-reply": "Giữ khoản thu, giảm mức", "tra-loi-replied_on": "18/06/2023",
    }).status_code == 302  # fmt: skip
    made.refresh_from_db()
    assert (made.state, made.outcome, made.handling) == ("answered", "partly", "Sửa điều 4 đề án")
    shown = front.get(page).content.decode()
    assert "Giữ khoản thu, giảm mức" in shown
    assert "Đề án chợ phường" in shown
    unit = city.units["phuong-1"].pk
    assert counted("democracy.recommendations_received", unit) == 1
    assert counted("democracy.recommendations_answered", unit) == 1
    listed = front.get(reverse("democracy:opinions"), {"kind": "party"}).content.decode()
    assert "Không có ý kiến nào khớp" in listed


def test_row_30_who_writes_and_who_answers(city) -> None:
    with pytest.raises(Refused, match="ghi ý kiến góp ý"):
        opinions.receive(
            city.body, kind="party", source_kind="front", source="x", via="x",
            received_on=dt.date(2023, 6, 1), content="x", to_unit=city.body,
            by=city.actor("phuong-1"),
        )  # fmt: skip
    made = asking.opinion(city)
    to = {"outcome": "accepted", "reply": "Đã bố trí", "handling": "Điều động",
          "replied_on": dt.date(2023, 6, 1)}  # fmt: skip
    with pytest.raises(Refused, match="đơn vị được góp ý"):
        opinions.answer(made, by=city.actor("phuong-2"), **to)
    with pytest.raises(Refused, match="không trước ngày nhận"):
        opinions.answer(
            made, by=city.actor("phuong-1"), **{**to, "replied_on": dt.date(2023, 5, 1)}
        )
    opinions.answer(made, by=city.actor("noi-vu"), **to)
    with pytest.raises(Refused, match="đã được trả lời") as told:
        opinions.answer(made, by=city.actor("phuong-1"), **to)
    assert told.value.decision.done
    assert BuildingOpinion.objects.get().state == "answered"


def test_lists_cost_the_same_with_one_and_three_rows(city, sign_in) -> None:
    client, counts = sign_in("mat-tran"), []
    asked = asking.recommended(city)
    for number in range(3):
        asking.opinion(city, content=f"Ý kiến {number}")
        if number:
            supervision.recommend(
                asked.supervision, content=f"Kiến nghị {number}", document_code="x",
                sent_on=dt.date(2023, 6, 10), by=city.actor("mat-tran"),
            )  # fmt: skip
        pages = [reverse(f"democracy:{n}") for n in ("supervisions", "opinions", "recommendations")]
        pages.append(reverse("democracy:supervision", args=[asked.supervision_id]))
        for page in pages:
            client.get(page)
        with CaptureQueriesContext(connection) as seen:
            for page in pages:
                assert client.get(page).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[2]
