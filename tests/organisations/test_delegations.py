"""Row 20: a head lets somebody act in their name, dated, with a ground, revocable."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.kernel.duties import owed
from danvan.organisations import roles
from danvan.organisations.actions import appointments, delegations
from danvan.organisations.models import Delegation

pytestmark = pytest.mark.django_db
START, END = dt.date(2023, 4, 3), dt.date(2023, 4, 15)


def given(city, **more):
    ward = city.units["phuong-1"]
    return delegations.give(
        ward,
        by=city.actor(city.heads["phuong-1"]),
        **{"receiver": city.people["phuong-1"], "scope": "all", "ground": "GUQ 01/GUQ-UBND",
           "start": START, "end": END} | more,
    )  # fmt: skip


def test_row_20_the_delegate_has_the_holds_while_it_lasts(city, on_day) -> None:
    on_day(2023, 4, 3)
    given(city)
    ward = city.units["phuong-1"].pk
    for day, may in [(START, True), (END, True), (END + dt.timedelta(days=1), False)]:
        actor = city.actor("phuong-1", day)
        assert actor.has(roles.HEAD, ward) is may
        assert bool(actor.on_behalf) is may
    assert not city.actor("phuong-2", START).has(roles.HEAD, ward)


def test_row_20_history_says_on_whose_behalf(city, on_day) -> None:
    on_day(2023, 4, 3)
    assert audit.of(given(city)).get().actor_name == "Trưởng UBND Phường 1"
    row = appointments.name_for(
        city.units["phuong-1"], duty="leader", person=city.heads["phuong-1"], basis="QĐ 1",
        start=START, by=city.actor("phuong-1"),
    )  # fmt: skip
    name = audit.of(row).get().actor_name
    assert name == "Chuyên viên UBND Phường 1 (thay mặt Trưởng UBND Phường 1)"
    assert not list(audit.breaks())


def test_row_20_filing_alone_does_not_make_a_head(city, on_day) -> None:
    on_day(2023, 4, 3)
    given(city, scope="filing")
    actor, ward = city.actor("phuong-1", START), city.units["phuong-1"].pk
    assert actor.has(roles.LEADER, ward)
    assert not actor.has(roles.HEAD, ward)


@pytest.mark.parametrize(
    ("more", "field", "told"),
    [
        ({"end": dt.date(2023, 4, 1)}, "end", "trước ngày bắt đầu"),
        ({"start": dt.date(2023, 3, 1), "end": dt.date(2023, 4, 2)}, "end", "đã qua"),
        ({"ground": "khác"}, "start", "từ 03/04/2023 đến 15/04/2023; thu hồi trước đã"),
        ({"start": END, "end": dt.date(2023, 5, 1)}, "start", "thu hồi trước"),
    ],
)
def test_row_20_what_cannot_be_is_told_at_the_field(city, on_day, more, field, told) -> None:
    on_day(2023, 4, 3)
    given(city)
    with pytest.raises(ValidationError) as raised:
        given(city, **more)
    assert told in raised.value.message_dict[field][0]
    with pytest.raises(ValidationError, match="chính mình"):
        given(city, receiver=city.heads["phuong-1"], start=dt.date(2023, 6, 1),
              end=dt.date(2023, 6, 2))  # fmt: skip
    assert Delegation.objects.count() == 1


def test_row_20_only_what_is_ones_own_may_be_passed_on(city, on_day) -> None:
    on_day(2023, 4, 3)
    given(city)
    with pytest.raises(Refused, match="Đã ủy quyền như vậy rồi"):
        given(city)
    with pytest.raises(Refused, match="Chỉ người đứng đầu, cấp phó"):
        delegations.give(
            city.units["phuong-1"], receiver=city.heads["phuong-2"], scope="all", ground="x",
            start=START, end=END, by=city.actor("phuong-1"),
        )  # fmt: skip


def test_row_20_revoked_it_ends_at_once_and_leaves_its_reason(city, on_day) -> None:
    on_day(2023, 4, 5)
    row = given(city)
    with pytest.raises(Refused, match="Chỉ người đã ủy quyền"):
        delegations.revoke(row, reason="x", by=city.actor("phuong-1"))
    head = city.actor(city.heads["phuong-1"])
    with pytest.raises(ValidationError, match="lý do"):
        delegations.revoke(row, reason=" ", by=head)
    delegations.revoke(row, reason="đã về cơ quan", by=head)
    assert not city.actor("phuong-1").has(roles.HEAD, city.units["phuong-1"].pk)
    assert city.actor("phuong-1", dt.date(2023, 4, 4)).has(roles.HEAD, city.units["phuong-1"].pk)
    assert audit.of(row).first().reason == "đã về cơ quan"
    with pytest.raises(Refused, match="đã được thu hồi"):
        delegations.revoke(row, reason="x", by=head)
    given(city, ground="lần hai")


def test_row_20_a_giver_who_left_the_post_gives_nothing(city, on_day) -> None:
    on_day(2023, 4, 3)
    given(city)
    city.heads["phuong-1"].posts.update(valid_to=START)
    assert not city.actor("phuong-1", END).has(roles.HEAD, city.units["phuong-1"].pk)


def test_row_20_both_read_it_on_their_desk(city, on_day) -> None:
    on_day(2023, 4, 3)
    given(city)
    for who, told in [(city.heads["phuong-1"], "Đã ủy quyền cho Chuyên viên UBND Phường 1"),
                      ("phuong-1", "Thay mặt Trưởng UBND Phường 1")]:  # fmt: skip
        duty = next(d for d in owed(city.actor(who), START) if d.title == told)
        assert "đến hết 15/04/2023; GUQ 01/GUQ-UBND" in duty.why
