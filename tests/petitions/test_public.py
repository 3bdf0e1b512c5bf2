"""What a citizen may do and see, and what petitions tell the others."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from danvan.kernel import facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.kernel.models import Entry
from danvan.petitions import public, queries
from danvan.petitions.actions import classification, handling, rulings, steps, transfers
from danvan.petitions.actions.classification import Class
from danvan.petitions.models import Petition, Sender
from tests.city import City
from tests.petitions import factory, oracle

YEAR = Period.year(2023)


def sent(city: City, kind: str = "kien_nghi_phan_anh", **changed: str) -> public.Receipt:
    given = {"name": "Trần Thị Lan", "phone": "0900000001", "content": "Hẻm 12 ngập.", **changed}
    return public.receive(body=city.body, kind_said=kind, **given)  # type: ignore[arg-type]


def test_row_39_status_by_number_and_secret_without_personal_data(town: City) -> None:
    receipt = sent(town)
    told = public.status(receipt.number, receipt.secret.upper())
    assert told
    assert told.state == "Đã tiếp nhận, đang xem xét"
    assert told.next_date == dt.date(2023, 5, 29)
    assert told.holder == "UBND thành phố Tây Ninh"
    assert told.why
    assert not told.may_confirm
    assert "Lan" not in str(dataclasses.asdict(told))
    assert public.status(receipt.number, "saimatkhau") is None
    assert public.status("9.2023.00009", receipt.secret) is None
    assert public.status(receipt.number, "") is None


def test_row_39_a_part_or_a_taken_over_one_has_no_secret_to_guess(town: City) -> None:
    it = factory.classified(town, competent=False)
    made = transfers.transfer(it, to_unit=town.units["phuong-1"], clause="Đ17",
                              by=town.actor("thanh-tra"))  # fmt: skip
    transfers.confirm(made, receipt="Sổ 1", by=town.actor("phuong-1"))
    assert made.became
    for guess in ("", "-", made.became.secret_hash):
        assert public.status(made.became.number, guess) is None


def test_row_39_the_sender_follows_what_was_sent_on(town: City) -> None:
    it, receipt = factory.received(town)
    classification.classify(it, found=Class("khieu_nai", True, False), by=town.actor("thanh-tra"))
    made = transfers.transfer(it, to_unit=town.units["phuong-1"], clause="Đ17",
                              by=town.actor("thanh-tra"))  # fmt: skip
    transfers.confirm(made, receipt="Sổ 1", by=town.actor("phuong-1"))
    told = public.status(receipt.number, receipt.secret)
    assert told
    assert told.holder == "UBND Phường 1"
    assert [words for _day, words in told.steps][-2:] == [
        "Đã chuyển cơ quan có thẩm quyền", "Đã tiếp nhận",
    ]  # fmt: skip


def test_row_35_the_web_seals_and_keeps_no_anonymous_sender(town: City) -> None:
    sealed = sent(town, "to_cao", name="Quách Thị Mận", content="Tôi là Quách Thị Mận.")
    held = Petition.objects.get(number=sealed.number)
    assert held.sealed is not None
    assert held.content.text == ""
    anonymous = sent(town, "to_cao_nac_danh", name="Quách Thị Mận", content="Có người nhận tiền.")
    other = Petition.objects.get(number=anonymous.number)
    assert other.sealed is None
    assert not Sender.objects.exists()
    assert not any("Mận" in str(vars(line)) for line in Entry.objects.all())
    told = public.status(sealed.number, sealed.secret)
    assert told and told.state


def test_row_40_the_citizen_confirms_or_disputes(town: City, on_day) -> None:
    it, secret = factory.closed(town)
    told = public.status(it.number, secret)
    assert told and told.may_confirm
    assert told.answer
    with pytest.raises(Refused, match="không đúng"):
        public.dispute(it.number, "sai", "Chưa xong")
    with pytest.raises(Refused, match="chưa đồng ý"):
        public.dispute(it.number, secret, " ")
    told = public.dispute(it.number, secret, "Hẻm vẫn ngập")
    assert told.next_date == dt.date(2023, 5, 22)
    assert told.state == "Đang xem lại theo ý kiến của người gửi"
    rulings.answer_dispute(Petition.objects.get(), answer="Đã nạo vét.", by=town.actor("thanh-tra"))
    told = public.confirm(it.number, secret)
    assert not told.may_confirm
    with pytest.raises(Refused, match="xác nhận rồi"):
        public.confirm(it.number, secret)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Ghi họ tên"),
        ({"content": " "}, "Ghi nội dung"),
        ({"kind": "x"}, "Chọn loại"),
    ],
)
def test_row_32_what_a_citizen_may_not_send_is_told(
    town: City,
    changed: dict,
    told: str,
) -> None:
    with pytest.raises(Refused, match=told):
        sent(town, **changed)
    assert not Petition.objects.exists()


def test_row_41_facts_count_what_a_unit_holds(town: City, on_day) -> None:
    chair = town.actor(town.heads["thanh-pho"])
    late, good = factory.accepted(town), factory.accepted(town)
    handling.put_away(factory.classified(town, eligible=False), ground="x",
                      by=town.actor("thanh-tra"))  # fmt: skip
    on_day(2023, 6, 1)
    rulings.decide(good, result=factory.result(), by=chair)
    on_day(2023, 7, 20)
    body, other = town.body.pk, town.units["phuong-2"].pk
    codes = [f"petitions.{n}" for n in (
        "received", "overdue", "backlog", "settled_on_time", "complaints_on_time",
        "proposals_on_time", "enforced")]  # fmt: skip
    read = facts.read(codes, [body, other], YEAR)
    value = {code.split(".")[1]: read[code][body] for code in codes}
    assert [value[n].value for n in ("received", "overdue", "backlog")] == [3, 1, 1]
    for name in ("settled_on_time", "complaints_on_time"):
        assert (value[name].numerator, value[name].denominator) == (1, 2)
        assert value[name].basis.startswith("/don-thu/danh-sach/")
    assert value["proposals_on_time"].value is None
    assert read["petitions.received"][other].value == 0
    assert late.due_on == dt.date(2023, 6, 7)
    told = public.figures(town.body, YEAR)
    assert (told.received, told.due, told.on_time, told.overdue) == (3, 2, 1, 1)


def test_row_38_enforcement_is_a_fact_of_the_unit_that_owes_it(town: City, on_day) -> None:
    it, chair = factory.decided(town), town.actor(town.heads["thanh-pho"])
    rulings.publish(it, form="portal", where="Cổng", by=town.actor("thanh-tra"))
    made = rulings.enforce(it, title="Tính lại", unit=town.units["phuong-1"],
                           due_on=dt.date(2023, 6, 30), by=chair)  # fmt: skip
    rulings.enforce(it, title="Chi trả", unit=town.units["phuong-1"],
                    due_on=dt.date(2023, 6, 30), by=chair)  # fmt: skip
    made.state, made.settled_at = "accepted", made.opened_at
    made.save()
    on_day(2023, 7, 3)
    unit = town.units["phuong-1"].pk
    reading = facts.read(["petitions.enforced"], [unit], YEAR)["petitions.enforced"][unit]
    assert reading and (reading.numerator, reading.denominator) == (1, 2)


def test_facts_cost_the_same_for_one_unit_and_for_many(
    town: City,
    django_assert_max_num_queries,
) -> None:
    factory.accepted(town)
    with django_assert_max_num_queries(6):
        facts.read(["petitions.settled_on_time"], [u.pk for u in town.units.values()], YEAR)


def test_row_34_the_stored_day_is_what_the_log_says(town: City, on_day) -> None:
    """Real verbs, days apart; after each the oracle reads the stored log and agrees."""
    office, chair = town.actor("thanh-tra"), town.actor(town.heads["thanh-pho"])
    for kind in ("khieu_nai", "kien_nghi_phan_anh"):
        on_day(2023, 4, 26)
        it, _receipt = factory.received(town, kind)
        acts = [
            lambda it=it, kind=kind: classification.classify(
                it, found=Class(kind, True, True, remote=True), by=office),
            lambda it=it: handling.accept(it, by=office),
            lambda it=it: handling.extend(it, complexity="complex", ground="QĐ", by=office),
            lambda it=it: handling.pause(it, ground="QĐ", until=dt.date(2023, 9, 20), by=office),
            lambda it=it: handling.resume(it, by=office),
            lambda it=it: rulings.decide(it, result=factory.result(), by=chair),
        ]  # fmt: skip
        if kind != "khieu_nai":
            del acts[2]
        for n, act in enumerate(acts):
            on_day(2023, 4 + n, 27)
            act()
            assert it.due_on == _by_the_oracle(it)


def test_a_calendar_moved_later_moves_every_open_day(town: City) -> None:
    from danvan.kernel.calendar import forget_overlay
    from danvan.kernel.models import CalendarDay

    it, _receipt = factory.received(town)
    assert it.due_on == dt.date(2023, 5, 18)
    CalendarDay.objects.create(day=dt.date(2023, 5, 18), kind="off", basis="Thông báo thử")
    forget_overlay()
    assert steps.recount_all() == 1
    it.refresh_from_db()
    assert it.due_on == dt.date(2023, 5, 19)
    forget_overlay()


def _by_the_oracle(it: Petition) -> dt.date | None:
    it.refresh_from_db()
    log = [{"code": s.code, "on": s.on, "until": s.until, "trait": s.trait} for s in it.steps.all()]
    case = {"kind": it.known_kind, "instance": it.instance, "received_on": it.received_on,
            "regime": it.received_on, "remote": it.remote, "delegated": it.delegated,
            "reception": it.at_reception, "not_competent": it.competent is False,
            "elected": False, "press": False}  # fmt: skip
    found = oracle.running(case, log)
    assert [d.day for d in queries.dues_of(it)] == [day for day, _stage in found]
    return found[0][0] if found else None
