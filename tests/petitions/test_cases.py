"""A petition from the first word to the end, by real verbs."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.petitions import queries
from danvan.petitions.actions import classification, handling, intake, rulings, transfers, watching
from danvan.petitions.actions.classification import Class, Part
from danvan.petitions.actions.intake import Person
from danvan.petitions.models import Petition, Sender
from tests.city import City
from tests.petitions import factory


@pytest.mark.parametrize("channel", ["in_person", "letter", "phone", "web"])
def test_row_32_every_channel_gives_a_number_and_a_secret_of_which_a_digest_is_kept(
    town: City, channel: str
) -> None:
    first, receipt = factory.received(town, channel=channel)
    second, _other = factory.received(town, channel=channel)
    assert first.number == f"{town.body.pk}.2023.00001"
    assert second.serial == 2
    assert len(receipt.secret) == 10
    assert receipt.secret not in str(Petition.objects.values().get(pk=first.pk))
    assert first.secret_hash == intake.digest(first.number, receipt.secret.upper())
    assert [s.name for s in first.senders.all()] == ["Trần Thị Lan"]
    assert first.due_on == dt.date(2023, 5, 18)
    line = audit.of(first).get()
    assert line.action == "petitions.petition.receive"
    assert "Lan" not in f"{line.facts}{line.subject_name}{line.reason}"


def test_row_32_numbers_run_per_body_and_year(town: City, on_day) -> None:
    factory.received(town)
    ward, _r = factory.received(town, body="phuong-1", who="phuong-1")
    assert ward.serial == 1
    on_day(2024, 1, 3)
    new, _r = factory.received(town)
    assert new.number == f"{town.body.pk}.2024.00001"
    with pytest.raises(Refused, match="nơi tiếp nhận đơn"):
        factory.received(town, body="phuong-1", who="phuong-2")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"subject": " "}, "tóm tắt"),
        ({"senders": ()}, "họ tên"),
        ({"received_on": dt.date(2023, 5, 9)}, "sau hôm nay"),
        ({"people": 7, "senders": tuple(Person(f"Ông {n}", represents=True) for n in "ABC")},
         "nhiều nhất 2 người"),
        ({"people": 30, "senders": tuple(Person(f"Bà {n}", represents=True) for n in "ABCDEF")},
         "nhiều nhất 5 người"),
    ],
)  # fmt: skip
def test_row_32_what_cannot_be_taken_in_says_why(town: City, changed: dict, told: str) -> None:
    with pytest.raises(Refused, match=told):
        factory.received(town, **changed)
    assert not Petition.objects.exists()


def test_row_33_four_axes_decide_what_may_follow(town: City) -> None:
    office = town.actor("thanh-tra")
    ours = factory.classified(town)
    assert ours.state == "classified"
    with pytest.raises(Refused, match="phải giải quyết, không chuyển"):
        transfers.transfer(ours, to_name="UBND tỉnh", clause="Điều 21", by=office)
    other = factory.classified(town, competent=False)
    with pytest.raises(Refused, match="không thuộc thẩm quyền"):
        handling.accept(other, by=office)
    weak = factory.classified(town, eligible=False)
    with pytest.raises(Refused, match="chưa đủ điều kiện"):
        handling.accept(weak, by=office)
    handling.turn_down(weak, ground="KN-KTL-5", answer="Đã hết thời hiệu.", by=office)
    assert (weak.state, weak.due_on, weak.refused_for) == ("refused", None, "KN-KTL-5")
    filed = factory.classified(town, eligible=False)
    handling.put_away(filed, ground="Đã giải quyết lần hai", by=office)
    assert filed.state == "filed"
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        classification.classify(ours, found=Class("khieu_nai", True, True),
                                by=town.actor("phuong-2"))  # fmt: skip


def test_row_33_a_unit_of_ours_takes_over_what_is_transferred(town: City) -> None:
    it = factory.classified(town, competent=False)
    made = transfers.transfer(
        it, to_unit=town.units["phuong-1"], clause="Luật Khiếu nại 2011, Điều 17",
        by=town.actor("van-phong"),
    )  # fmt: skip
    assert it.state == "transferred"
    assert made.document and made.document.code.endswith("/UBND-TTTP")
    assert "Lan" not in made.document.text
    assert "Điều 17" in it.answer
    with pytest.raises(Refused, match="Chỉ nơi nhận"):
        transfers.confirm(made, receipt="x", by=town.actor("phuong-2"))
    transfers.confirm(made, receipt="Sổ đến số 41", by=town.actor("phuong-1"))
    taken = made.became
    assert taken and taken.body == town.units["phuong-1"]
    assert [s.name for s in taken.senders.all()] == ["Trần Thị Lan"]
    assert taken.content.text == it.content.text
    with pytest.raises(Refused, match="đã được xác nhận"):
        transfers.confirm(made, receipt="lại", by=town.actor("phuong-1"))


def test_row_33_mixed_content_is_split_and_a_denunciation_leaves_no_trail(town: City) -> None:
    it, _receipt = factory.received(town)
    parts = [
        Part("khieu_nai", "Diện tích bị thu hồi", "Tính thiếu 12 m²."),
        Part("kien_nghi_phan_anh", "Đường hẻm ngập", "Hẻm 12 ngập khi mưa."),
        Part("to_cao", "Cán bộ địa chính nhận tiền", "Người nộp đơn nêu việc nhận tiền."),
    ]
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        classification.split(it, parts=parts, by=town.actor("phuong-1"))
    made = classification.split(it, parts=parts, by=town.actor("thanh-tra"))
    assert it.state == "split"
    assert [p.number for p in made[:2]] == [f"{it.number}-1", f"{it.number}-2"]
    hidden = made[2]
    assert hidden.parent is None
    assert hidden.sealed is not None
    assert hidden.confidential
    assert not hidden.senders.exists()
    assert "nhận tiền" not in it.content.text + it.subject
    assert all(p.due_on for p in made)


def test_row_35_what_is_found_to_be_a_denunciation_loses_its_sender(town: City) -> None:
    it, _receipt = factory.received(town)
    office = town.actor("thanh-tra")
    with pytest.raises(Refused, match="không có gì cho biết"):
        classification.classify(it, found=Class("to_cao", True, True), by=office)
    with pytest.raises(Refused, match="còn lộ"):
        classification.classify(it, found=Class("to_cao", True, True), summary="Bà Trần Thị Lan tố",
                                words="x", by=office)  # fmt: skip
    classification.classify(it, found=Class("to_cao", True, True), summary="Nhận tiền của dân",
                            words="Cán bộ nhận tiền.", by=office)  # fmt: skip
    assert it.sealed is not None
    assert not Sender.objects.exists()
    assert not queries.visible_to(office).filter(pk=it.pk).exists()
    factory.named_for_denunciations(town)
    assert queries.visible_to(office).filter(pk=it.pk).exists()
    assert not queries.visible_to(town.actor("van-phong")).filter(pk=it.pk).exists()


def test_row_35_an_anonymous_denunciation_has_no_sender_anywhere(town: City) -> None:
    with pytest.raises(Refused, match="không ghi người gửi"):
        factory.received(town, "to_cao_nac_danh", senders=(factory.LAN,))
    it, _receipt = factory.received(town, "to_cao_nac_danh")
    assert it.sealed is None
    assert not Sender.objects.exists()


def test_row_33_a_denunciation_sent_on_is_not_copied_into_the_other_unit(town: City) -> None:
    factory.named_for_denunciations(town)
    it = factory.classified(town, "to_cao", competent=False)
    made = transfers.transfer(it, to_unit=town.units["phuong-1"], clause="TC Đ13",
                              by=town.actor("thanh-tra"))  # fmt: skip
    with pytest.raises(Refused, match="Chỉ nơi nhận"):
        transfers.confirm(made, receipt="x", by=town.actor("phuong-1"))
    with pytest.raises(Refused, match="được phân công"):
        transfers.confirm(made, receipt="x", by=town.actor("van-phong"))
    transfers.confirm(made, receipt="Ký nhận phong bì", by=town.actor("thanh-tra"))
    assert made.became is None
    assert "tố cáo" not in audit.of(made).get().subject_name


def test_row_36_each_of_many_keeps_receipt_date_and_answer(town: City, on_day) -> None:
    office = town.actor("thanh-tra")
    lead = factory.classified(town, "kien_nghi_phan_anh")
    others = []
    for n in range(3):
        on_day(2023, 5, 9 + n)
        others.append(factory.classified(town, "kien_nghi_phan_anh",
                                         senders=(Person(f"Ông Người {n}"),)))  # fmt: skip
    for each in others:
        assert lead in queries.similar(each, queries.visible_to(office))
        transfers.join(each, lead=lead, kind="mass", reason="Cùng hẻm 12", by=office)
        assert each.state == "joined"
    with pytest.raises(Refused, match="khác của cùng cơ quan"):
        transfers.join(lead, lead=lead, kind="mass", reason="x", by=office)
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        transfers.join(lead, lead=lead, kind="mass", reason="x", by=town.actor("phuong-2"))
    handling.accept(lead, by=office)
    rulings.decide(lead, result=factory.result("answered"), by=office)
    rulings.close(lead, by=office)
    for n, each in enumerate(others):
        each.refresh_from_db()
        assert each.state == "closed"
        assert each.answer == lead.answer
        assert each.received_on == dt.date(2023, 5, 9 + n)
        assert each.settled_on
        assert audit.of(each).first().action == "petitions.petition.close"
    assert len({p.number for p in [lead, *others]}) == 4
    assert len({p.secret_hash for p in [lead, *others]}) == 4


def test_row_37_hot_spots_are_marked_with_a_reason(town: City) -> None:
    it = factory.classified(town)
    with pytest.raises(Refused, match="lý do"):
        watching.watch(it, reason=" ", by=town.actor("thanh-tra"))
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        watching.watch(it, reason="x", by=town.actor("phuong-1"))
    watching.watch(it, reason="40 người tụ tập", by=town.actor("thanh-tra"))
    line = queries.board(queries.kept_by(town.actor("thanh-tra"), town.body.pk), {},
                         dt.date(2023, 5, 8))[0]  # fmt: skip
    assert (line.open, line.hot) == (1, 1)
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        watching.unwatch(it, reason="x", by=town.actor("phuong-1"))
    watching.unwatch(it, reason="Đã ổn định", by=town.actor("thanh-tra"))
    assert it.hot_since is None


def test_row_38_decision_then_publication_then_enforcement(town: City, on_day) -> None:
    office, chair = town.actor("thanh-tra"), town.actor(town.heads["thanh-pho"])
    it = factory.accepted(town)
    with pytest.raises(Refused, match="người đứng đầu"):
        rulings.decide(it, result=factory.result(), by=office)
    with pytest.raises(Refused, match="Không thể"):
        rulings.publish(it, form="posting", where="Trụ sở", by=office)
    rulings.decide(it, result=factory.result(to_enforce=True), by=chair)
    assert it.due_stage == "send_decision_first"
    assert it.due_on == dt.date(2023, 5, 11)
    handling.mark(it, step="sent", by=office)
    assert it.due_stage == "publish_decision"
    with pytest.raises(Refused, match="không đang chờ"):
        handling.mark(it, step="sent", by=office)
    rulings.publish(it, form="posting", where="Trụ sở UBND", by=office)
    with pytest.raises(Refused, match="chưa giao việc"):
        rulings.close(it, by=office)
    made = rulings.enforce(it, title="Tính lại bồi thường", unit=town.units["phuong-1"],
                           due_on=dt.date(2023, 6, 30), by=chair)  # fmt: skip
    assert (made.origin, made.unit) == ("petition", town.units["phuong-1"])
    assert it.state == "enforcing"
    with pytest.raises(Refused, match="chưa xong"):
        rulings.close(it, by=office)
    made.state, made.settled_at = "accepted", made.opened_at
    made.save()
    rulings.close(it, by=office)
    assert it.state == "closed"
    for verb in (
        lambda: rulings.publish(it, form="posting", where="x", by=town.actor("phuong-2")),
        lambda: rulings.enforce(it, title="x", unit=town.units["phuong-1"],
                                due_on=dt.date(2023, 6, 30), by=town.actor("phuong-2")),
        lambda: rulings.close(it, by=town.actor("phuong-2")),
        lambda: handling.mark(it, step="sent", by=town.actor("phuong-2")),
    ):  # fmt: skip
        with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
            verb()


def test_row_34_extension_pause_and_override_move_the_day(town: City, on_day) -> None:
    office, stranger = town.actor("thanh-tra"), town.actor("phuong-2")
    it = factory.accepted(town)
    assert it.settle_due_on == dt.date(2023, 6, 7)
    handling.extend(it, complexity="complex", ground="QĐ 7: hai thửa đất", by=office)
    assert it.settle_due_on == dt.date(2023, 6, 22)
    with pytest.raises(Refused, match="mức gia hạn"):
        handling.extend(it, complexity="especially complex", ground="x", by=office)
    on_day(2023, 5, 15)
    handling.pause(it, ground="Chờ giám định", until=dt.date(2023, 5, 31), by=office)
    assert it.settle_due_on == dt.date(2023, 7, 10)
    assert it.paused_until == dt.date(2023, 5, 31)
    with pytest.raises(Refused, match="Đang tạm đình chỉ"):
        handling.pause(it, ground="x", until=dt.date(2023, 6, 30), by=office)
    on_day(2023, 5, 22)
    handling.resume(it, by=office)
    # Seven days were not counted: 15/5 to 21/5.
    assert it.settle_due_on == dt.date(2023, 6, 29)
    for verb in (
        lambda: handling.extend(it, complexity="complex", ground="x", by=stranger),
        lambda: handling.pause(it, ground="x", until=dt.date(2023, 6, 30), by=stranger),
        lambda: handling.resume(it, by=stranger),
        lambda: classification.override_regime(it, day=dt.date(2026, 7, 1), reason="x",
                                               by=stranger),
        lambda: handling.accept(it, by=stranger),
        lambda: handling.turn_down(it, ground="x", answer="x", by=stranger),
        lambda: handling.put_away(it, ground="x", by=stranger),
        lambda: handling.give_to_verify(it, unit=town.body, by=stranger),
        lambda: handling.withdraw(it, ground="x", by=stranger),
        lambda: handling.attach(it, files=[], about="x", by=stranger),
        lambda: transfers.transfer(it, to_name="x", clause="x", by=stranger),
    ):  # fmt: skip
        with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
            verb()


def test_row_34_a_regime_is_overridden_only_with_a_reason(town: City) -> None:
    it, _r = factory.received(town)
    office = town.actor("thanh-tra")
    assert it.due_on == dt.date(2023, 5, 18)
    with pytest.raises(Refused, match="lý do"):
        classification.override_regime(it, day=dt.date(2026, 7, 1), reason=" ", by=office)
    classification.override_regime(it, day=dt.date(2026, 7, 1), reason="Theo hướng dẫn", by=office)
    assert it.due_on == dt.date(2023, 5, 17)
    due = queries.dues_of(it)[0]
    assert "ngày sớm hơn" in due.warnings[0]
    assert "Điều 147.2" in " ".join(due.why)


def test_row_34_a_body_sets_its_own_limit_where_the_law_sets_none(town: City) -> None:
    office = town.actor("thanh-tra")
    watching.set_limit(
        town.body, kind="kien_nghi_phan_anh", stage="settle", value=5, unit="working_day",
        code="LOCAL-ANSWER", basis="Quyết định 12/QĐ-UBND", since=dt.date(2023, 1, 1), by=office,
    )  # fmt: skip
    it, _r = factory.received(town, "kien_nghi_phan_anh")
    assert it.due_on == dt.date(2023, 5, 15)
    due = queries.dues_of(it)[0]
    assert not due.statutory
    assert "không phải luật định" in " ".join(due.why)
    with pytest.raises(Refused, match="Chỉ thanh tra"):
        watching.set_limit(town.body, kind="kien_nghi_phan_anh", stage="settle", value=5,
                           unit="day", basis="x", since=dt.date(2023, 1, 1),
                           by=town.actor("phuong-1"))  # fmt: skip


def test_row_40_a_dispute_reopens_with_an_owner_and_a_clock(town: City, on_day) -> None:
    it, _secret = factory.closed(town)
    office = town.actor("thanh-tra")
    on_day(2023, 5, 15)
    watching.dispute(it, reason="Hẻm vẫn ngập", by=office)
    assert (it.state, it.due_stage) == ("disputed", "dispute")
    assert it.due_on == dt.date(2023, 5, 29)
    assert it.holder == town.body
    assert "Hẻm vẫn ngập" not in str(audit.of(it).values())
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        rulings.answer_dispute(it, answer="x", by=town.actor("phuong-2"))
    rulings.answer_dispute(it, answer="Sẽ nạo vét cống trước 30/6.", by=office)
    assert (it.state, it.due_on) == ("closed", None)
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        watching.confirm(it, by=town.actor("phuong-2"))
    with pytest.raises(Refused, match="Chỉ nơi tiếp nhận"):
        watching.dispute(it, reason="x", by=town.actor("phuong-2"))
    watching.confirm(it, by=office)
    assert it.confirmed_on == dt.date(2023, 5, 15)
    with pytest.raises(Refused, match="xác nhận rồi"):
        watching.confirm(it, by=office)


def test_a_petition_withdrawn_given_to_verify_and_with_papers(town: City) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    office = town.actor("thanh-tra")
    it = factory.accepted(town)
    unit = town.units["tu-phap"]
    with pytest.raises(Refused, match="không thuộc đơn vị"):
        handling.give_to_verify(it, unit=unit, person=town.people["noi-vu"], by=office)
    handling.give_to_verify(it, unit=unit, person=town.people["tu-phap"], by=office)
    assert queries.visible_to(town.actor("tu-phap")).filter(pk=it.pk).exists()
    paper = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 x", "application/pdf")
    handling.attach(it, files=[paper], about="Biên bản xác minh", by=town.actor("tu-phap"))
    assert it.papers.get().about == "Biên bản xác minh"
    handling.withdraw(it, ground="Đơn xin rút 12/5", by=office)
    assert (it.state, it.due_on) == ("withdrawn", None)
