"""The year's training: need, classes, certificates; plan against done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from danvan.kernel import audit, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.study import queries
from danvan.study.actions import attendance, sessions, training
from danvan.study.actions import learners as giving
from danvan.study.models import Enrolment, Need, PlanLine
from tests.city import City
from tests.study import factory

YEAR = Period.year(2023)


def trained(city: City, unit: str):
    pk = city.units[unit].pk
    return facts.read(["study.trained"], [pk], YEAR)["study.trained"][pk]


def test_row_12_the_plan_is_by_post_and_need_and_stands_beside_what_was_done(city: City, may):
    justice, ward = city.actor("tu-phap"), city.actor("phuong-1")
    line = factory.line(city)
    need = Need.objects.get(line=line, unit=city.units["phuong-1"])
    assert trained(city, "phuong-1") is None
    training.tell_need(need, people=3, note="Ấp 1, 2, 3", by=ward)
    with pytest.raises(Refused, match="chủ trì tập huấn"):
        training.tell_need(need, people=0, by=city.actor("phuong-2"))
    held = factory.held_class(city, line)
    people = factory.staff(city, "phuong-1", 1)
    names = [("Trần Thị Bình", "hòa giải viên ấp 1"), ("trần  thị bình", "")]
    count = training.enrol(
        held, unit=city.units["phuong-1"], people=[people[0].pk], names=names, by=justice
    )
    # The same name written otherwise is one person.
    assert count == 2
    rows = {e.name: e.pk for e in held.enrolments.all()}
    with pytest.raises(Refused, match="đến hôm nay"):
        training.settle(held, completed={rows[""]: ""}, on=dt.date(2023, 6, 1), by=justice)
    training.settle(
        held, completed={rows[""]: "01/CN", rows["Trần Thị Bình"]: ""}, on=dt.date(2023, 5, 10),
        by=justice,
    )  # fmt: skip
    reading = trained(city, "phuong-1")
    assert (reading.numerator, reading.denominator) == (2, 3)
    found = queries.plan_lines(PlanLine.objects.all())[0]
    assert (found.needed, found.enrolled, found.completed) == (3, 2, 2)
    with pytest.raises(Refused) as told:
        training.settle(held, completed={rows[""]: ""}, on=dt.date(2023, 5, 10), by=justice)
    assert told.value.decision.done


def test_row_12_more_than_needed_does_not_make_up_for_another_line(city: City, may):
    justice = city.actor("tu-phap")
    line = factory.line(city, "phuong-1")
    training.tell_need(line.needs.get(), people=1, by=justice)
    held = factory.held_class(city, line)
    training.enrol(
        held, unit=city.units["phuong-1"], names=[("Lê A", ""), ("Lê B", "")], by=justice
    )
    done = {e.pk: "" for e in held.enrolments.all()}
    training.settle(held, completed=done, on=dt.date(2023, 5, 10), by=justice)
    assert trained(city, "phuong-1").numerator == 1


def test_row_13_mediators_without_a_post_attend_and_get_certificates(city: City, may, sign_in):
    justice, browser = city.actor("tu-phap"), sign_in("tu-phap")
    held = factory.held_class(city, factory.line(city))
    url = reverse("study:enrol", args=[held.pk])
    typed = {"unit": city.units["phuong-1"].pk, "names": "Trần Thị Bình; hòa giải viên ấp 1\n"}
    assert browser.post(url, typed).status_code == 302
    row = Enrolment.objects.get()
    met = sessions.hold_class(
        held, kind="conference", title="Buổi 1", place="Hội trường", starts_at=factory.AT,
        ends_at=factory.AT + dt.timedelta(hours=3), by=justice,
    )  # fmt: skip
    with pytest.raises(Refused):
        sessions.hold_class(
            held, kind="online", title="x", place="x", starts_at=factory.AT,
            ends_at=factory.AT + dt.timedelta(hours=3), by=city.actor("phuong-1"),
        )  # fmt: skip
    present = reverse("study:session_people", args=[met.pk])
    page = browser.get(f"{present}?don_vi={city.units['phuong-1'].pk}").content.decode()
    assert "Trần Thị Bình, hòa giải viên ấp 1" in page
    attendance.write_down(met, enrolments=[row.pk], by=justice)
    assert met.attendances.get().enrolment == row
    shown = browser.get(reverse("study:class", args=[held.pk])).content.decode()
    assert "Số buổi dự" in shown
    sent = {"on": "10/05/2023", f"ket_qua_{row.pk}": "completed", f"so_{row.pk}": "15/CN-TP"}
    assert browser.post(reverse("study:settle", args=[held.pk]), sent).status_code == 302
    paper = reverse("study:certificate", args=[row.pk])
    for who, status in (("phuong-1", 200), ("tu-phap", 200), ("phuong-2", 403)):
        assert sign_in(who).get(paper).status_code == status
    assert "15/CN-TP" in browser.get(paper).content.decode()
    wrong = browser.post(
        reverse("study:settle", args=[held.pk]),
        {"on": "32/05/2023", f"ket_qua_{row.pk}": "completed"},
    )
    assert wrong.status_code == 422
    for reason, who in (("x", "phuong-1"), ("", "tu-phap")):
        with pytest.raises(Refused):
            giving.erase_name(row, reason=reason, by=city.actor(who))
    giving.erase_name(row, reason="Người đó yêu cầu", by=justice)
    assert (
        "Trần Thị Bình" not in browser.get(reverse("study:class", args=[held.pk])).content.decode()
    )
    assert queries.outcomes(held.line) == {city.units["phuong-1"].pk: 1}


def test_row_13_who_plans_asks_opens_and_withdraws(city: City, may, sign_in):
    justice, ward = city.actor("tu-phap"), city.actor("phuong-1")
    line = factory.line(city, "phuong-1")
    with pytest.raises(Refused, match="đơn vị mình chủ trì"):
        factory_line_for_another(city)
    with pytest.raises(Refused, match="mới lập kế hoạch"):
        training.plan(
            city.body, organiser=city.units["cong-an"], year=2023, post="x", content="x",
            due_on=dt.date(2023, 9, 1), basis="x", by=city.actor("cong-an"),
        )  # fmt: skip
    for act, told in (
        (training.ask_need, {"units": [city.units["phuong-2"].pk]}),
        (training.withdraw, {"reason": "x"}),
        (
            training.open_class,
            {"title": "x", "place": "x", "starts_on": factory.DUE, "ends_on": factory.DUE},
        ),
    ):
        with pytest.raises(Refused, match="chủ trì"):
            act(line, **told, by=ward)
    assert training.ask_need(line, units=[city.units["phuong-2"].pk], by=justice) == 1
    other = training.plan(
        city.body, organiser=city.units["tu-phap"], year=2023, post="Công chức tư pháp – hộ tịch",
        content="Hộ tịch", due_on=dt.date(2023, 9, 1), basis="KH 49", by=justice,
    )  # fmt: skip
    training.withdraw(other, reason="Sở tổ chức", by=city.actor("noi-vu"))
    assert audit.of(other).first().reason == "Sở tổ chức"
    held = factory.held_class(city, line)
    for act, told in (
        (training.enrol, {"unit": city.units["phuong-1"], "names": [("x", "")]}),
        (training.settle, {"completed": {}, "on": factory.DUE}),
    ):
        with pytest.raises(Refused, match="chủ trì"):
            act(held, **told, by=ward)
    with pytest.raises(Refused, match="Đã mở lớp"):
        training.withdraw(line, reason="x", by=justice)
    page = sign_in("phuong-1").get("/hoc-tap/dao-tao/?nam=2023").content.decode()
    assert "Hòa giải viên cơ sở" in page and "hộ tịch" not in page


def factory_line_for_another(city: City):
    return training.plan(
        city.body, organiser=city.units["tu-phap"], year=2023, post="x", content="x",
        due_on=dt.date(2023, 9, 1), basis="x", by=city.actor("phuong-1"),
    )  # fmt: skip
