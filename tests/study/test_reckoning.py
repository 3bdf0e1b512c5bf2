"""The denominator, the numerator, and the facts made of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.kernel import audit, clock, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.organisations.models import Post, Succession
from danvan.study import queries, roster
from danvan.study.actions import attendance, campaigns
from danvan.study.actions import learners as giving
from danvan.study.models import Campaign
from tests.city import City
from tests.study import factory

YEAR = Period.year(2023)


def test_row_8_the_denominator_is_everybody_in_post_that_day(city: City, may) -> None:
    ward = city.units["phuong-1"]
    joined, left, other = factory.staff(city, "phuong-1", 3)
    joined.posts.update(valid_from=dt.date(2023, 5, 1))
    left.posts.update(valid_to=dt.date(2023, 4, 30))
    Post.objects.create(
        person=other, unit=ward, title="Kiêm nhiệm", rank="officer", valid_from=dt.date(2022, 1, 1)
    )
    on_april = roster.on(dt.date(2023, 4, 30), [ward.pk])[ward.pk]
    on_may = roster.on(dt.date(2023, 5, 10), [ward.pk])[ward.pk]
    # Head and focal officer, the one with two posts once, and who had not left yet.
    assert len(on_april.counted) == 4 and left.pk in on_april.counted
    assert len(on_may.counted) == 4 and joined.pk in on_may.counted
    assert left.pk not in on_may.counted
    came, went = roster.moves(ward.pk, dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert [(m.person.pk, m.on) for m in came] == [(joined.pk, dt.date(2023, 5, 1))]
    assert [(m.person.pk, m.on) for m in went] == [(left.pk, dt.date(2023, 4, 30))]


def test_row_8_an_exemption_counts_only_when_granted_and_while_it_lasts(city: City, may) -> None:
    ward, (one,) = city.units["phuong-1"], factory.staff(city, "phuong-1", 1)
    asked = giving.ask_exemption(
        ward, person=one, valid_from=dt.date(2023, 4, 1), valid_to=dt.date(2023, 9, 30),
        reason="Nghỉ thai sản", by=city.actor("phuong-1"),
    )  # fmt: skip
    assert one.pk in roster.on(clock.today(), [ward.pk])[ward.pk].counted
    with pytest.raises(Refused, match="cơ quan thường trực"):
        giving.decide_exemption(asked, granted=True, by=city.actor("phuong-1"))
    giving.decide_exemption(asked, granted=True, by=city.actor("noi-vu"))
    found = roster.on(clock.today(), [ward.pk])[ward.pk]
    assert found.exempt == {one.pk: "Nghỉ thai sản"}
    assert one.pk not in found.counted
    assert one.pk in roster.on(dt.date(2023, 10, 1), [ward.pk])[ward.pk].counted
    with pytest.raises(Refused) as told:
        giving.decide_exemption(asked, granted=False, reason="x", by=city.actor("noi-vu"))
    assert told.value.decision.done
    assert audit.of(asked).count() == 2
    with pytest.raises(Refused, match="người được giao của đơn vị"):
        giving.ask_exemption(
            ward, person=one, valid_from=dt.date(2023, 11, 1), valid_to=None, reason="x",
            by=city.actor("phuong-2"),
        )  # fmt: skip


def test_row_8_briefed_is_numerator_over_roster_with_the_missing_by_name(city: City, may) -> None:
    campaign = factory.opened(city)
    people = factory.staff(city, "phuong-1", 4)
    held = factory.session(city, campaign)
    one, two = city.units["phuong-1"].pk, city.units["phuong-2"].pk
    attendance.write_down(held, people={p.pk: one for p in people[:2]}, by=city.actor("noi-vu"))
    factory.read(campaign.texts.get(), people[2])
    found = queries.reckoned(campaign)
    tally = found.briefed(one)
    assert tally and tally.figures == (3, 6)
    assert people[3].name in tally.missing.values()
    whole = found.together(found.asked)
    assert whole and whole.figures == (3, 8)
    read = facts.read(["study.briefed", "study.acknowledged"], [one, two, city.body.pk], YEAR)
    briefed = read["study.briefed"]
    assert (briefed[one].numerator, briefed[one].denominator) == (3, 6)
    assert "3/6" in briefed[one].said
    assert f"don_vi={one}" in briefed[one].basis
    assert (briefed[two].numerator, briefed[two].denominator) == (0, 2)
    assert briefed[city.body.pk] is None
    assert read["study.acknowledged"][one].numerator == 1


def test_row_8_target_iii_1_is_of_everybody_under_the_programme(city: City, may) -> None:
    from tests.assignments import factory as plans

    programme = plans.programme(city)
    code = "study.people_briefed"
    assert facts.read([code], [programme.pk], YEAR)[code][programme.pk] is None
    campaign = factory.opened(city)
    factory.read(campaign.texts.get(), city.people["phuong-1"])
    reading = facts.read([code], [programme.pk], YEAR)[code][programme.pk]
    assert (reading.numerator, reading.denominator) == (1, 4)
    assert "1/4" in reading.said


def test_row_8_every_campaign_of_the_year_counts(city: City, may) -> None:
    first = factory.opened(city, "phuong-1")
    factory.read(first.texts.get(), city.people["phuong-1"])
    unit = city.units["phuong-1"].pk
    assert facts.read(["study.briefed"], [unit], YEAR)["study.briefed"][unit].numerator == 1
    factory.opened(city, "phuong-1", title="Đợt 2", texts=0, way=Campaign.Way.ATTEND)
    both = facts.read(["study.briefed", "study.acknowledged"], [unit], YEAR)
    assert both["study.briefed"][unit].numerator == 0
    assert both["study.acknowledged"][unit].numerator == 1
    next_year = Period.year(2024)
    assert facts.read(["study.briefed"], [unit], next_year)["study.briefed"][unit] is None


def test_row_8_after_a_merger_the_successor_is_asked(city: City, may) -> None:
    campaign = factory.opened(city, "phuong-1")
    person, new = city.people["phuong-1"], city.units["phuong-2"]
    factory.read(campaign.texts.get(), person)
    Succession.objects.create(
        predecessor=city.units["phuong-1"], successor=new, on=dt.date(2023, 7, 1),
        resolution="NQ thử",
    )  # fmt: skip
    person.posts.update(unit=new)
    with clock.set_to(dt.date(2023, 8, 1)):
        found = queries.reckoned(campaign)
        tally = found.briefed(new.pk)
    assert tally and person.pk in tally.done


def test_facts_cost_the_same_for_any_number_of_units_and_people(city: City, may) -> None:
    campaign = factory.opened(city, *city.units)
    factory.staff(city, "phuong-1", 5)
    codes = ["study.briefed", "study.acknowledged", "study.trained"]

    def cost(units: list[int]) -> int:
        with CaptureQueriesContext(connection) as counted:
            facts.read(codes, units, YEAR)
        return len(counted)

    every = [unit.pk for unit in city.units.values()]
    few = cost(every[:1])
    factory.staff(city, "phuong-2", 20)
    factory.read(campaign.texts.get(), city.people["phuong-2"])
    assert cost(every) == few


def test_a_campaign_goes_through_its_states_and_its_office_only(city: City, may) -> None:
    with pytest.raises(Refused, match="cơ quan thường trực"):
        campaigns.draft(
            city.body, title="x", basis="x", due_on=factory.DUE, keep_until=factory.DUE,
            by=city.actor("phuong-1"),
        )  # fmt: skip
    made = factory.draft(city, way=Campaign.Way.READ, audience="UBND phường, xã")
    assert made.units.count() == 3
    office, ward = city.actor("noi-vu"), city.actor("phuong-1")
    for act in (campaigns.open_campaign, campaigns.close):
        with pytest.raises(Refused):
            act(made, by=ward)
    with pytest.raises(Refused, match="ít nhất một tài liệu"):
        campaigns.open_campaign(made, by=office)
    with pytest.raises(Refused, match="chưa có toàn văn"):
        campaigns.add_text(made, document=factory.document("1/X", text=""), by=office)
    paper = factory.document()
    with pytest.raises(Refused):
        campaigns.add_text(made, document=paper, by=ward)
    text = campaigns.add_text(made, document=paper, by=office)
    with pytest.raises(Refused):
        campaigns.remove_text(made, text=text.pk, by=ward)
    campaigns.remove_text(made, text=text.pk, by=office)
    campaigns.add_text(made, document=paper, by=office)
    with pytest.raises(Refused):
        campaigns.edit(made, units=[], title="y", by=ward)
    campaigns.edit(made, units=[city.units["phuong-1"].pk], title="Tên mới", by=office)
    campaigns.open_campaign(made, by=office)
    with pytest.raises(Refused, match="không sửa được nữa"):
        campaigns.edit(made, units=[], title="y", by=office)
    with pytest.raises(Refused) as told:
        campaigns.open_campaign(made, by=office)
    assert told.value.decision.done
    campaigns.close(made, by=office)
    # Five acts; opening leaves a line with each of the three units.
    assert [e.action for e in audit.of(made).order_by("seq")] == [
        "study.campaign.draft", "study.text.add", "study.text.remove", "study.text.add",
        "study.campaign.edit", *["study.campaign.open"] * 3, "study.campaign.close",
    ]  # fmt: skip
    with pytest.raises(Refused, match="đang mở"):
        factory.session(city, made)


def test_the_pages_of_campaigns_cost_the_same_for_any_number_of_rows(city: City, may, sign_in):
    office = sign_in("noi-vu")

    def cost(urls: list[str]) -> list[int]:
        found = []
        for url in urls:
            office.get(url)
            with CaptureQueriesContext(connection) as counted:
                assert office.get(url).status_code == 200
            found.append(len(counted))
        return found

    campaign = factory.opened(city, "phuong-1")
    held = factory.session(city, campaign)
    attendance.write_down(
        held,
        people={city.people["phuong-1"].pk: city.units["phuong-1"].pk},
        by=city.actor("noi-vu"),
    )
    urls = [
        "/hoc-tap/", f"/hoc-tap/dot/{campaign.pk}/", f"/hoc-tap/dot/{campaign.pk}/chua-hoc/",
        f"/hoc-tap/buoi/{held.pk}/", "/hoc-tap/quan-so/",
    ]  # fmt: skip
    few = cost(urls)
    people = factory.staff(city, "phuong-1", 5)
    many = {person.pk: city.units["phuong-1"].pk for person in people[:3]}
    attendance.write_down(held, people=many, by=city.actor("noi-vu"))
    factory.session(city, campaign, title="Buổi 2")
    factory.opened(city, "phuong-2", texts=0, title="Đợt 2", way=Campaign.Way.ATTEND)
    assert cost(urls) == few


def test_row_8_another_units_figure_says_why_its_names_stay_closed(
    city: City, may, sign_in
) -> None:
    campaign = factory.opened(city, "phuong-1", "phuong-2")
    (one,) = factory.staff(city, "phuong-2", 1)
    page = f"/hoc-tap/dot/{campaign.pk}/chua-hoc/?don_vi={city.units['phuong-2'].pk}"
    other = sign_in("phuong-1").get(page)
    told = other.content.decode()
    assert other.status_code == 200
    assert "3 người chưa học. Danh sách tên chỉ dành cho người của đơn vị" in told
    assert one.name not in told and "chua-hoc.xlsx" not in told
    assert sign_in("phuong-1").get(page.replace("/?", ".xlsx?")).status_code == 403
    assert one.name in sign_in("phuong-2").get(page).content.decode()
    gone = f"/hoc-tap/dot/{campaign.pk}/chua-hoc/?don_vi={city.units['xa-tan-binh'].pk}"
    assert sign_in("phuong-1").get(gone).status_code == 403
