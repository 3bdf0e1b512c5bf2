"""Grounds of the law, the dialogue in a complaint, what follows a decision, tố cáo tiếp."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.kernel.calendar import Calendar
from danvan.petitions import complaints, deadlines, grounds, public, queries
from danvan.petitions.actions import (
    classification,
    handling,
    reception_book,
    rulings,
    talks,
    transfers,
)
from danvan.petitions.actions.classification import Class
from danvan.petitions.models import Kind, Petition
from tests.city import City
from tests.petitions import factory, reception_factory

D = dt.date


def story(it: Petition) -> complaints.Story:
    return queries.story_of(it, it.steps.all())


def test_row_33_grounds_are_dated_rows_with_a_source() -> None:
    with (deadlines.DATA / "refusal-grounds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(grounds.shipped())
    assert all(row["legal_ref"] and row["confidence"] in "AB" for row in rows)
    assert {row["kind"] for row in rows} == {*Kind.values, grounds.RECEPTION}
    # Nine of Luật Khiếu nại Điều 11; NĐ 154/2026 only from its first day.
    assert len(grounds.of_kind("khieu_nai", D(2023, 5, 8))) == 9
    for kind, code in (("kien_nghi_phan_anh", "KNPA-KTL-1"), (grounds.RECEPTION, "TCD-TC-4")):
        for day, held in ((D(2026, 6, 30), False), (D(2026, 7, 1), True)):
            assert (code in {g.code for g in grounds.of_kind(kind, day)}) is held
    assert "cần đối chiếu" in str(grounds.shipped()["TCD-TC-4"])
    assert "cần đối chiếu" not in str(grounds.shipped()["KN-KTL-1"])


def test_row_33_nothing_is_turned_down_on_a_ground_of_ones_own(town: City) -> None:
    office = town.actor("thanh-tra")
    it = factory.classified(town, eligible=False)
    for ground in ("", "Đơn không rõ", "TC-KTL-1", "TCD-TC-1"):
        with pytest.raises(Refused, match="danh mục của luật"):
            handling.turn_down(it, ground=ground, answer="Không thụ lý.", by=office)
    handling.turn_down(it, ground="KN-KTL-7", note="QĐ 12/QĐ-UBND", answer="Đã có.", by=office)
    said = it.steps.last().said
    assert "Đã có quyết định giải quyết khiếu nại lần hai (Luật Khiếu nại" in said
    assert said.endswith("QĐ 12/QĐ-UBND")
    proposal = factory.classified(town, "kien_nghi_phan_anh", eligible=False)
    with pytest.raises(Refused, match="điều, khoản"):
        handling.turn_down(proposal, ground="KHAC-PA", answer="Không.", by=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=it.pk).update(state="closed")


def test_row_33_the_form_offers_the_grounds_and_says_what_is_missing(town: City, sign_in) -> None:
    it = factory.classified(town, "kien_nghi_phan_anh", eligible=False)
    address = reverse("petitions:act", args=[it.pk, "khong-thu-ly"])
    client = sign_in("thanh-tra")
    page = client.get(address).content.decode()
    assert "Căn cứ khác, ghi rõ điều, khoản" in page and "Luật Khiếu nại" not in page
    lacking = client.post(address, {"ground": "KHAC-PA", "answer": "Không thụ lý."})
    assert lacking.status_code == 422 and "phải ghi rõ điều, khoản" in lacking.content.decode()
    sent = {"ground": "KHAC-PA", "note": "Điều 20 khoản 1", "answer": "Không thụ lý."}
    assert client.post(address, sent).status_code == 302
    it.refresh_from_db()
    assert it.refused_for == "KHAC-PA"


def test_row_31_a_visitor_is_refused_on_a_ground_and_told_in_writing(
    city: City, on_day, sign_in
) -> None:
    on_day(2026, 7, 6)
    line = reception_factory.turn(city, D(2026, 7, 6))
    client = sign_in("phuong-1")
    address = reverse("reception:turn", args=[line.pk])
    lacking = client.post(address, {"outcome": "refused"})
    assert lacking.status_code == 422 and "danh mục của luật" in lacking.content.decode()
    assert client.post(address, {"outcome": "refused", "ground": "TCD-TC-3"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Luật Tiếp công dân 42/2013/QH13 Đ9.3" in page
    assert "chậm nhất ngày 09/07/2026" in page and "Vì sao ngày này?" in page
    line.refresh_from_db()
    assert line.refused_for == "TCD-TC-3"
    before = reception_factory.turn(city, D(2026, 6, 30))
    with pytest.raises(Refused, match="danh mục của luật"):
        reception_book.settle(before, outcome="refused", ground="TCD-TC-4", text="điểm a",
                              by=city.actor("phuong-1"))  # fmt: skip


def test_row_33_a_dialogue_called_late_is_warned_of_and_never_refused(
    town: City, on_day, sign_in
) -> None:
    on_day(2026, 7, 6)
    office = town.actor("thanh-tra")
    it = factory.accepted(town)
    held = complaints.talk(story(it), deadlines.shipped(), Calendar())
    assert held and (held.planned, held.warnings) == (None, ())
    assert "Đ30" in held.why
    talks.call(it, held_on=D(2026, 7, 9), place="8 giờ, phòng tiếp dân", by=office)
    held = complaints.talk(story(it), deadlines.shipped(), Calendar())
    assert held and held.planned == D(2026, 7, 9)
    assert "03/07/2026" in held.warnings[0] and "bản không chính thức" in held.warnings[0]
    talks.call(it, held_on=D(2026, 7, 20), place="8 giờ, phòng tiếp dân", by=office)
    held = complaints.talk(story(it), deadlines.shipped(), Calendar())
    assert held and held.warnings == ()
    page = sign_in("thanh-tra").get(reverse("petitions:petition", args=[it.pk])).content.decode()
    assert "Đã mời đối thoại vào ngày 20/07/2026" in page
    on_day(2026, 7, 20)
    talks.hold(it, on=D(2026, 7, 20), minutes="Bà Lan nhận mức mới, BB 05.", by=office)
    line = audit.of(it).first()
    assert line.action == "petitions.petition.hold_talk"
    assert "Lan" not in f"{line.reason}{line.facts}"


def test_row_33_the_dialogue_before_2026_has_no_day_and_is_the_complaints_alone(
    town: City,
) -> None:
    office, stranger = town.actor("thanh-tra"), town.actor("phuong-2")
    it = factory.accepted(town)
    talks.call(it, held_on=D(2023, 5, 9), place="Phòng họp", by=office)
    held = complaints.talk(story(it), deadlines.shipped(), Calendar())
    assert held and held.warnings == ()
    for refused in (
        lambda: talks.call(it, held_on=D(2023, 5, 7), place="x", by=office),
        lambda: talks.call(it, held_on=D(2023, 5, 9), place=" ", by=office),
        lambda: talks.hold(it, on=D(2023, 5, 8), minutes=" ", by=office),
        lambda: talks.call(it, held_on=D(2023, 5, 9), place="x", by=stranger),
        lambda: talks.hold(it, on=D(2023, 5, 8), minutes="x", by=stranger),
    ):
        with pytest.raises(Refused):
            refused()
    proposal = factory.accepted(town, "kien_nghi_phan_anh")
    with pytest.raises(Refused, match="khiếu nại"):
        talks.call(proposal, held_on=D(2023, 5, 9), place="x", by=office)
    assert complaints.talk(story(proposal), deadlines.shipped(), Calendar()) is None


def test_row_33_a_second_decision_without_dialogue_is_warned_of(town: City) -> None:
    it = factory.decided(town, instance=2)
    held = complaints.talk(story(it), deadlines.shipped(), Calendar())
    assert held and "chưa ghi buổi đối thoại" in held.warnings[0]
    later = complaints.later(story(it), deadlines.shipped(), Calendar())
    assert [each.due.rule.code for each in later] == ["KN-EFF-2"]


@pytest.mark.parametrize(
    ("remote", "again", "binds"),
    [(False, D(2023, 6, 9), D(2023, 6, 7)), (True, D(2023, 6, 26), D(2023, 6, 22))],
)
def test_rows_34_39_until_when_to_complain_again_is_told_to_the_sender(
    town: City, on_day, remote: bool, again: D, binds: D
) -> None:
    """Decided on 8/5, sent on 10/5: 30 (remote 45) days, a weekend's end moves on."""
    it, receipt = factory.received(town)
    office = town.actor("thanh-tra")
    told = public.status(receipt.number, receipt.secret)
    assert told and told.later == ()
    classification.classify(it, found=Class("khieu_nai", True, True, remote=remote), by=office)
    handling.accept(it, by=office)
    rulings.decide(it, result=factory.result(), by=town.actor(town.heads["thanh-pho"]))
    on_day(2023, 5, 10)
    handling.mark(it, step="sent", by=office)
    told = public.status(receipt.number, receipt.secret)
    assert told
    assert [each.due.day for each in told.later] == [again, binds]
    assert "ngày gửi quyết định" in " ".join(told.later[0].due.why)
    assert "Lan" not in str(told)


def test_row_39_the_sender_is_told_of_the_dialogue_until_it_is_over(town: City, on_day) -> None:
    it, receipt = factory.received(town)
    office = town.actor("thanh-tra")
    classification.classify(it, found=Class("khieu_nai", True, True), by=office)
    handling.accept(it, by=office)
    talks.call(it, held_on=D(2023, 5, 16), place="8 giờ, phòng tiếp dân", by=office)
    told = public.status(receipt.number, receipt.secret)
    assert told and told.talk == (D(2023, 5, 16), "8 giờ, phòng tiếp dân")
    on_day(2023, 5, 17)
    told = public.status(receipt.number, receipt.secret)
    assert told and told.talk is None


def test_row_34_a_further_denunciation_has_its_own_clocks(town: City, on_day) -> None:
    factory.named_for_denunciations(town)
    office = town.actor("thanh-tra")

    def dues(it: Petition) -> dict[str, D]:
        return {due.stage: due.day for due in queries.dues_of(it)}

    again, _receipt = factory.received(town, "to_cao")
    classification.classify(again, found=Class("to_cao", True, True, further="again"), by=office)
    assert dues(again)["review_further_denunciation"] == D(2023, 5, 29)
    late, _receipt = factory.received(town, "to_cao")
    classification.classify(late, found=Class("to_cao", True, True, further="late"), by=office)
    assert dues(late)["overdue_superior_request"] == D(2023, 5, 15)
    assert "overdue_report" not in dues(late)
    on_day(2023, 5, 12)
    handling.mark(late, step="asked_report", by=office)
    assert dues(late)["overdue_report"] == D(2023, 5, 19)
    handling.mark(late, step="reported", by=office)
    assert not {"overdue_report", "overdue_superior_request"} & set(dues(late))
    complaint, _receipt = factory.received(town)
    with pytest.raises(Refused, match="tố cáo tiếp"):
        classification.classify(
            complaint, found=Class("khieu_nai", True, True, further="late"), by=office
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=complaint.pk).update(further="late")


def test_row_33_a_part_sent_on_keeps_no_ground(town: City) -> None:
    it = factory.classified(town, competent=False)
    transfers.transfer(it, to_name="UBND tỉnh", clause="Điều 21", by=town.actor("thanh-tra"))
    assert it.refused_for == ""
