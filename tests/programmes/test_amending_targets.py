"""A target of part III is added or dropped by an amendment, and counts from its day to its day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import vanban
from danvan.kernel import audit, clock, facts
from danvan.kernel.access import Actor, Refused
from danvan.kernel.facts import Period, Reading
from danvan.organisations.audience import Audience
from danvan.oversight import targets as overseen
from danvan.programmes import amending, amending_paper, amending_reading
from danvan.programmes.actions import amendment_reading, amendments
from danvan.programmes.measuring import measured
from danvan.programmes.models import Amendment, Programme, Target
from danvan.programmes.plan import Plan
from tests.city import City
from tests.programmes.test_amending import PAPER
from tests.programmes.test_amending_proposals import upload
from tests.programmes.test_amending_reading import FOOT, HEAD, told

YEAR = Period.year(2023)
FIRST = dt.date(2023, 8, 5)


@pytest.fixture
def amendment(programme: Programme, office: Actor, on_day) -> Amendment:
    on_day(2023, 8, 1)
    return amendments.begin(programme, title="Sửa chỉ tiêu", in_force_from=FIRST, by=office)


@pytest.fixture
def first(programme: Programme) -> Target:
    """The plan's own target: 60 % of the units are classed Tốt."""
    return programme.targets.get()


def new(target: Target) -> dict[str, object]:
    return {
        "subject": "cơ quan, đơn vị công khai đủ nội dung", "comparator": ">=",
        "value": "90.00", "unit": "%", "provision": target.provision_id,
    }  # fmt: skip


@pytest.fixture
def published(amendment: Amendment, first: Target, office: Actor) -> Amendment:
    """One target dropped, another added, both from 5/8."""
    amendments.change(amendment, after=None, target=first, note="không còn phù hợp", by=office)
    amendments.change(amendment, after=new(first), by=office)
    return amendments.publish(amendment, paper=PAPER, by=office)


def test_row_5_a_dropped_target_ends_and_an_added_one_begins_on_the_day(
    programme: Programme, published: Amendment, first: Target, on_day
) -> None:
    first.refresh_from_db()
    added = programme.targets.exclude(pk=first.pk).get()
    assert (first.removed_from, added.added_from) == (FIRST, FIRST)
    assert (first.subject, first.value) == ("đơn vị xếp loại Tốt", 60)  # its history stays
    assert published.changes.get(kind="added").target == added
    before = Plan(programme, dt.date(2023, 8, 4))
    assert [t.pk for t in before.targets] == [first.pk] and before.targets_counting == 1
    since = Plan(programme, FIRST)
    assert [t.pk for t in since.targets] == [first.pk, added.pk] and since.targets_counting == 1
    assert [each.idle for each in since.measured()] == ["", "thôi áp dụng từ 05/08/2023"]
    assert [t.pk for t in amending.targets_on(programme, dt.date(2023, 8, 4))] == [first.pk]
    assert [t.pk for t in amending.targets_on(programme, FIRST)] == [added.pk]
    on_day(2023, 8, 4)  # published, not in force yet
    (kept,) = overseen.read(programme, YEAR)
    assert kept.target == first
    on_day(2023, 8, 5)
    (counted,) = overseen.read(programme, YEAR)
    assert counted.target == added and counted.goal == "≥ 90 %"


def test_row_5_an_added_target_is_measured_as_the_table_proposes(
    programme: Programme, amendment: Amendment, first: Target, office: Actor
) -> None:
    words = "đơn vị xây dựng kế hoạch thực hiện công tác dân vận chính quyền"
    amendments.change(amendment, after={**new(first), "subject": words}, by=office)
    amendments.publish(amendment, paper=PAPER, by=office)
    added = programme.targets.exclude(pk=first.pk).get()
    assert (added.fact, added.unit_fact) == (
        "assignments.units_with_plan",
        "assignments.plan_filed",
    )
    assert added.order > first.order


def test_row_49_what_does_not_count_is_not_measured(
    programme: Programme, published: Amendment, first: Target, monkeypatch, on_day
) -> None:
    asked: list[str] = []
    known = dict(facts.REGISTRY)

    @facts.offer("test.asked", about="programme", measure="%", label="Đã hỏi")
    def read(programmes, period):
        asked.extend(programmes)
        return {p: Reading(50, clock.now(), "/x/") for p in programmes}

    try:
        Target.objects.filter(programme=programme).update(fact="test.asked")
        on_day(2023, 8, 6)
        ended = Target.objects.get(pk=first.pk)
        (row,) = measured(programme, [ended], YEAR)
        assert row.figure is None and row.reached is None and not asked
        assert row.said == "thôi áp dụng từ 05/08/2023"
        (row,) = measured(programme, [ended], YEAR, on=dt.date(2023, 8, 4))
        assert row.figure is not None and row.reached is False and asked == [programme.pk]
    finally:
        facts.REGISTRY.clear()
        facts.REGISTRY.update(known)


def test_a_report_tells_the_targets_of_the_last_day_of_its_period(
    programme: Programme, published: Amendment, first: Target, on_day
) -> None:
    from danvan.programmes.measuring import day_of

    on_day(2023, 9, 1)
    half = Period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    assert amending.targets_on(programme, day_of(half)) == [first]
    assert first not in amending.targets_on(programme, day_of(YEAR))


def test_what_has_ended_is_changed_no_more(
    programme: Programme, published: Amendment, first: Target, office: Actor
) -> None:
    again = amendments.begin(
        programme, title="Sửa lần hai", in_force_from=dt.date(2023, 9, 1), by=office
    )
    first.refresh_from_db()
    with pytest.raises(ValidationError, match="đã bãi bỏ từ 05/08/2023"):
        amendments.change(again, after=None, target=first, by=office)


def test_dropping_and_adding_leave_history_and_are_refused_to_others(
    city: City, amendment: Amendment, first: Target, office: Actor
) -> None:
    row = amendments.change(amendment, after=None, target=first, note="x", by=office)
    line = audit.of(row)[0]
    assert (line.action, line.facts["kind"]) == ("programmes.amendment.change", "removed")
    with pytest.raises(Refused, match="cơ quan thường trực"):
        amendments.change(amendment, after=new(first), by=city.actor("phuong-1"))


def test_row_5_targets_are_worded_and_read_back(
    programme: Programme, amendment: Amendment, first: Target, office: Actor
) -> None:
    rising = {**new(first), "subject": "chỉ số hài lòng", "comparator": ">", "value": None,
              "unit": ""}  # fmt: skip
    for after, target in ((None, first), (new(first), None), (rising, None)):
        amendments.change(amendment, after=after, target=target, by=office)
    assert amending_paper.sentences(amendment) == [
        "Bãi bỏ chỉ tiêu “đơn vị xếp loại Tốt” tại mục 3.",
        "Bổ sung chỉ tiêu vào mục 3: “cơ quan, đơn vị công khai đủ nội dung”; mức: ít nhất 90 %.",
        "Bổ sung chỉ tiêu vào mục 3: “chỉ số hài lòng”; mức: tăng so với kỳ trước.",
    ]
    paper = amending_paper.compose(amendment, office)
    data = amending_paper.file_of(paper, "88", paper.symbol, dt.date(2023, 8, 1))
    audience = Audience(programme.body, dt.date(2023, 3, 27))
    back = amending_reading.read(vanban.read(data, "a.docx"), programme, audience)
    assert [(p.kind, p.target, p.after) for p in told(back.proposals)] == [
        ("removed", first, None),
        ("added", None, new(first)),
        ("added", None, rising),
    ]


@pytest.mark.parametrize(
    ("line", "kind", "after"),
    [
        ("1. Bãi bỏ mục 3.", "removed", None),
        ("1. Không thực hiện chỉ tiêu “đơn vị xếp loại Tốt”.", "removed", None),
        (
            "1. Bổ sung chỉ tiêu tại mục 3 như sau: “Phấn đấu 80% hộ dân hài lòng.”",
            "added",
            {"value": "80.00", "unit": "%"},
        ),
        (
            "1. Bổ sung mục 4 vào sau mục 3 như sau: “4. Phấn đấu 75% đơn vị đối thoại.”",
            "added",
            {"value": "75.00", "unit": "%"},
        ),
    ],
)
def test_row_5_targets_dropped_and_added_are_read(
    programme: Programme, first: Target, line: str, kind: str, after
) -> None:
    text = HEAD + line + FOOT
    audience = Audience(programme.body, dt.date(2023, 3, 27))
    reading = amending_reading.read(vanban.compile_text(text), programme, audience)
    (found,) = told(reading.proposals)
    assert (found.kind, found.task) == (kind, None), found.reason
    assert found.target == (first if kind == "removed" else None)
    if after:
        assert after.items() <= found.after.items() and found.after["provision"]


def test_row_5_the_way_of_a_target_in_the_browser(
    sign_in, programme: Programme, amendment: Amendment, first: Target, office: Actor, on_day
) -> None:
    page = sign_in("noi-vu")
    here = reverse("programmes:amendment", args=[amendment.pk])
    assert "Bổ sung chỉ tiêu" in page.get(here).content.decode()
    drop = reverse("programmes:amend_remove_target", args=[amendment.pk, first.pk])
    assert page.post(drop, {"reason": "Không còn phù hợp"}).url == here
    add = reverse("programmes:amend_add_target", args=[amendment.pk])
    sent = {"subject": "cơ quan công khai đủ nội dung", "comparator": ">=", "value": "90",
            "unit": "%"}  # fmt: skip
    assert page.post(add, sent).context["form"].errors["provision"]
    too_much = page.post(add, {**sent, "provision": first.provision_id, "value": "101"})
    assert "không được vượt quá 100 %" in too_much.content.decode()
    assert page.post(add, {**sent, "provision": first.provision_id}).url == here
    compared = page.get(here).content.decode()
    assert "<del>Đơn vị xếp loại Tốt</del>" in compared or "đơn vị xếp loại Tốt" in compared
    assert "<ins>90</ins>" in compared
    amendments.publish(amendment, paper=PAPER, by=office)
    on_day(2023, 8, 6)
    shown = sign_in("phuong-1").get(reverse("programmes:targets", args=[programme.pk]))
    assert "thôi áp dụng từ 05/08/2023" in shown.content.decode()
    assert "Cơ quan công khai đủ nội dung" in shown.content.decode()
    why = sign_in("phuong-1").get(reverse("programmes:target_why", args=[first.pk]))
    assert "88/KH-UBND" in why.content.decode()
    assert "không kết luận" in why.content.decode()


def test_an_unread_passage_becomes_a_target_by_hand(
    sign_in, amendment: Amendment, first: Target, office: Actor
) -> None:
    text = HEAD + "1. Mọi nơi cố gắng hơn." + FOOT
    amendment_reading.read_in(amendment, file=upload(text), by=office)
    unread = amendment.proposals.get(kind="unread")
    page = sign_in("noi-vu")
    url = reverse("programmes:amend_add_target", args=[amendment.pk])
    url += f"?de_xuat={unread.pk}"
    assert "Mọi nơi cố gắng hơn" in page.get(url).content.decode()
    sent = {"subject": "mọi nơi cố gắng hơn", "comparator": ">=", "value": "50", "unit": "%",
            "provision": first.provision_id}  # fmt: skip
    assert page.post(url, sent).status_code == 302
    unread.refresh_from_db()
    assert unread.state == "mended"
    assert amendment.changes.get().after["value"] == "50.00"
