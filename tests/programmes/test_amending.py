"""Amending a published plan: what changed, for whom, from when."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from danvan.documents.models import Document, Relation
from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused
from danvan.kernel.models import Announcement
from danvan.programmes import amending, queries
from danvan.programmes.actions import amendments
from danvan.programmes.actions.amendments import Paper
from danvan.programmes.models import Amendment, Programme, Target, Task
from danvan.programmes.plan import Plan
from tests.city import City

PAPER = Paper("Kế hoạch", "88/KH-UBND", dt.date(2023, 8, 1), "UBND thành phố Tây Ninh")


@pytest.fixture
def scoring(programme: Programme) -> Task:
    """The task due before 20/10/2023."""
    return queries.tasks_of(programme).get(due_on=dt.date(2023, 10, 20))


@pytest.fixture
def amendment(programme: Programme, office: Actor, on_day) -> Amendment:
    on_day(2023, 8, 1)
    return amendments.begin(
        programme, title="Sửa thời hạn", in_force_from=dt.date(2023, 8, 5), by=office
    )


def later(task: Task, day: str = "2023-11-10") -> dict[str, object]:
    return {**amending.of_task(task), "due_on": day, "due_text": "trước ngày 10/11/2023"}


def test_row_5_a_changed_date_counts_from_its_day(
    programme: Programme, amendment: Amendment, scoring: Task, office: Actor
) -> None:
    amendments.change(amendment, after=later(scoring), task=scoring, by=office)
    scoring.refresh_from_db()
    assert scoring.due_on == dt.date(2023, 10, 20)  # nothing changes while it is prepared
    amendments.publish(amendment, paper=PAPER, by=office)
    scoring.refresh_from_db()
    assert scoring.due_on == dt.date(2023, 11, 10)
    row = Announcement.objects.get(name="PlanAmended")
    assert row.payload == {"programme": programme.pk, "amendment": amendment.pk}
    for day, due in ((4, dt.date(2023, 10, 20)), (5, dt.date(2023, 11, 10))):
        shown = Plan(programme, dt.date(2023, 8, day))
        assert next(t for t in shown.tasks if t.pk == scoring.pk).due_on == due
    assert Relation.objects.get(target=programme.plan).acting.code == "88/KH-UBND"


def test_row_5_tasks_are_added_and_removed(
    city: City, programme: Programme, amendment: Amendment, scoring: Task, office: Actor
) -> None:
    ward = city.units["phuong-1"].pk
    after = {
        **amending.of_task(scoring), "text": "mở hội nghị", "due_on": "2023-09-15",
        "parties": [{"role": "lead", "written": "UBND Phường 1", "units": [ward]}],
    }  # fmt: skip
    amendments.change(amendment, after=after, by=office)
    amendments.change(amendment, after=None, task=scoring, note="không còn cần", by=office)
    amendments.publish(amendment, paper=PAPER, by=office)
    added = programme.tasks.get(text="mở hội nghị")
    assert [u.pk for p in added.parties.all() for u in p.units.all()] == [ward]
    assert amendment.changes.get(kind="added").task == added
    before, since = Plan(programme, dt.date(2023, 8, 4)), Plan(programme, dt.date(2023, 8, 5))
    assert {t.pk for t in since.tasks} - {t.pk for t in before.tasks} == {added.pk}
    removed = [a.task.pk for a in since.asked() if a.removed]
    assert removed == [scoring.pk] and not any(a.removed for a in before.asked())


def test_row_5_other_parties_and_another_target(
    city: City, programme: Programme, amendment: Amendment, scoring: Task, office: Actor
) -> None:
    target = Target.objects.get(programme=programme)
    unit = city.units["thanh-tra"].pk
    party = {"role": "lead", "written": "Thanh tra thành phố", "units": [unit]}
    after = {**amending.of_task(scoring), "parties": [party]}
    amendments.change(amendment, after=after, task=scoring, by=office)
    raised = {**amending.of_target(target), "value": "70.00"}
    amendments.change(amendment, after=raised, target=target, by=office)
    amendments.publish(amendment, paper=PAPER, by=office)
    old, new = Plan(programme, dt.date(2023, 8, 4)), Plan(programme)
    leads = [
        next(a for a in plan.asked() if a.task.pk == scoring.pk).owners[0].names
        for plan in (old, new)
    ]
    assert leads == [["Phòng Nội vụ"], ["Thanh tra thành phố"]]
    assert [plan.targets[0].value for plan in (old, new)] == [60, 70]


def test_row_5_the_past_is_not_changed_without_a_reason(
    programme: Programme, amendment: Amendment, office: Actor
) -> None:
    plan = queries.tasks_of(programme).get(due_on=dt.date(2023, 4, 4))
    amendments.change(amendment, after=later(plan, "2023-04-20"), task=plan, by=office)
    with pytest.raises(Refused, match="lý do hồi tố"):
        amendments.publish(amendment, paper=PAPER, by=office)
    amendments.describe(
        amendment, title="Sửa thời hạn", in_force_from=dt.date(2023, 8, 5),
        past_reason="Đính chính ngày ghi nhầm", by=office,
    )  # fmt: skip
    amendments.publish(amendment, paper=PAPER, by=office)
    assert audit.of(amendment)[0].reason == "Đính chính ngày ghi nhầm"


def test_an_amendment_that_changes_nothing_is_refused(
    amendment: Amendment, scoring: Task, office: Actor
) -> None:
    with pytest.raises(ValidationError, match="gì khác"):
        amendments.change(amendment, after=amending.of_task(scoring), task=scoring, by=office)
    with pytest.raises(Refused, match="chưa ghi thay đổi"):
        amendments.publish(amendment, paper=PAPER, by=office)


def test_it_takes_effect_no_earlier_than_the_plan(programme: Programme, office: Actor) -> None:
    with pytest.raises(ValidationError, match="trước ngày ban hành"):
        amendments.begin(programme, title="x", in_force_from=dt.date(2023, 1, 1), by=office)


def test_a_second_click_publishes_once(amendment, scoring, office) -> None:
    amendments.change(amendment, after=later(scoring), task=scoring, by=office)
    slower = Amendment.objects.get(pk=amendment.pk)
    amendments.publish(amendment, paper=PAPER, by=office)
    with pytest.raises(Refused) as refused:
        amendments.publish(slower, paper=PAPER, by=office)
    assert refused.value.decision.done
    assert Document.objects.filter(code="88/KH-UBND").count() == 1


def test_a_number_already_registered_is_told_and_nothing_is_written(
    programme: Programme, amendment: Amendment, scoring: Task, office: Actor
) -> None:
    amendments.change(amendment, after=later(scoring), task=scoring, by=office)
    plan = programme.plan
    paper = Paper("Kế hoạch", plan.code, plan.issued_on, plan.issuer_name)
    with pytest.raises(ValidationError, match="đã có trong sổ"):
        amendments.publish(amendment, paper=paper, by=office)
    scoring.refresh_from_db()
    amendment.refresh_from_db()
    assert amendment.state == "draft" and scoring.due_on == dt.date(2023, 10, 20)


def test_only_the_programme_office_amends(
    city: City, programme: Programme, amendment: Amendment, scoring: Task, office: Actor
) -> None:
    ward = city.actor("phuong-1")
    row = amendments.change(amendment, after=later(scoring), task=scoring, by=office)
    day = dt.date(2023, 8, 5)
    for refused in (
        lambda: amendments.begin(programme, title="x", in_force_from=day, by=ward),
        lambda: amendments.describe(
            amendment, title="x", in_force_from=day, past_reason="", by=ward
        ),
        lambda: amendments.change(amendment, after=None, task=scoring, by=ward),
        lambda: amendments.undo(amendment, change=row.pk, by=ward),
        lambda: amendments.discard(amendment, reason="x", by=ward),
        lambda: amendments.publish(amendment, paper=PAPER, by=ward),
    ):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            refused()
    amendments.undo(amendment, change=row.pk, by=office)
    amendments.discard(amendment, reason="Không sửa nữa", by=office)
    assert amendment.state == "discarded" and not amendment.changes.exists()


def test_row_5_the_whole_way_in_the_browser(
    sign_in, city: City, programme, scoring, on_day
) -> None:
    on_day(2023, 8, 1)
    page = sign_in("noi-vu")
    url = reverse("programmes:amendments", args=[programme.pk])
    begun = page.post(url, {"title": "Sửa hạn chấm điểm", "in_force_from": "05/08/2023"})
    again = page.post(url, {"title": "Sửa hạn chấm điểm", "in_force_from": "05/08/2023"})
    assert begun.status_code == 302 and begun.url == again.url
    amendment = Amendment.objects.get()
    form = page.get(reverse("programmes:amend_task", args=[amendment.pk, scoring.pk]))
    data = _filled(form.context["form"]) | {"due_on": "10/11/2023"}
    sent = page.post(reverse("programmes:amend_task", args=[amendment.pk, scoring.pk]), data)
    assert sent.status_code == 302, sent.context["form"].errors
    compared = page.get(begun.url).content.decode()
    assert "<del>20/10/2023</del>" in compared and "<ins>10/11/2023</ins>" in compared
    paper = {"type": "Kế hoạch", "code": "88/KH-UBND", "date": "01/08/2023",
             "issuer": "UBND thành phố Tây Ninh"}  # fmt: skip
    publish = reverse("programmes:amend_publish", args=[amendment.pk])
    wrong = page.post(publish, {**paper, "code": "abc"}).content.decode()
    assert "Ghi cả số và ký hiệu" in wrong and "01/08/2023" in wrong
    assert page.post(publish, paper).status_code == 302
    ward = sign_in("phuong-1")
    plan = reverse("programmes:plan", args=[programme.pk])
    clause = ward.get(f"{plan}?muc={scoring.provision_id}").content.decode()
    assert "Mục này đã sửa đổi" in clause and "88/KH-UBND" in clause
    assert "10/11/2023" in clause and "20/10/2023" in clause
    old = ward.get(reverse("programmes:tasks", args=[programme.pk]) + "?ngay=01/08/2023")
    assert "như có hiệu lực ngày 01/08/2023" in old.content.decode()


def _filled(form) -> dict[str, object]:
    """What the browser would send of an untouched form: no box that is not ticked."""
    made: dict[str, object] = {}
    for each in (form, form.parties.management_form, *form.parties.forms):
        for field in each:
            value = field.value()
            if value in (None, False, []):
                continue
            made[field.html_name] = (
                value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value
            )
    return made


def test_a_prepared_amendment_is_not_shown_to_units(sign_in, amendment: Amendment) -> None:
    url = reverse("programmes:amendment", args=[amendment.pk])
    assert sign_in("phuong-1").get(url).status_code == 404
    assert sign_in("noi-vu").get(url).status_code == 200
