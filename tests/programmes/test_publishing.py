"""Publishing: everything at once, once, and nothing unseen."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from danvan.documents.models import Citation, Document, Provision
from danvan.kernel import audit, events
from danvan.kernel.access import Actor, Refused
from danvan.kernel.models import Announcement
from danvan.programmes import compiling, queries
from danvan.programmes.actions import findings, publishing, reading
from danvan.programmes.events import PlanPublished
from danvan.programmes.models import Draft, Programme, Target, Task
from tests.city import City
from tests.conftest import needs_shared
from tests.programmes.conftest import accept_all, header, one, published, small_document, upload


@needs_shared
def test_row_71_the_seed_becomes_a_programme(city: City, seed_draft: Draft, office: Actor) -> None:
    programme = published(seed_draft, office)
    plan = programme.plan
    assert (plan.code, plan.issued_on) == ("49/KH-UBND", dt.date(2023, 3, 27))
    assert plan.issuer == city.body and plan.file == seed_draft.file and len(plan.recipients) == 10
    assert plan.signer == "Nguyễn Trung Hiếu"
    assert programme.year == 2023 and programme.targets.count() == 6
    assert plan.provisions.count() == len(seed_draft.provisions)
    assert plan.provisions.get(path="IV.2.a").parent.path == "IV.2"
    due = sorted(t.due_on for t in programme.tasks.exclude(due_on=None))
    assert due == [dt.date(2023, 4, 4), *[dt.date(2023, 10, 16)] * 2, dt.date(2023, 10, 20)]


@needs_shared
def test_row_1_every_task_points_at_its_clause(seed_draft: Draft, office: Actor) -> None:
    programme = published(seed_draft, office)
    plan = programme.tasks.get(due_on=dt.date(2023, 4, 4))
    assert plan.provision.path.startswith("IV.1")
    assert "chậm nhất ngày 04/4/2023" in plan.provision.text
    assert plan.due_text == "chậm nhất ngày 04/4/2023" and plan.due_wording == "by"


@needs_shared
def test_row_3_cited_documents_are_known_once(seed_draft: Draft, office: Actor) -> None:
    programme = published(seed_draft, office)
    decree = Document.objects.get(code="04/2015/NĐ-CP")
    assert (decree.origin, decree.issued_on) == ("cited", dt.date(2015, 1, 9))
    assert decree.cited_at.count() > 2
    for citation in programme.plan.citations_made.select_related("provision"):
        assert citation.provision.start <= citation.start < citation.end <= citation.provision.end
    assert Document.objects.filter(code="", type="Luật").exists()


@needs_shared
def test_row_4_units_are_those_of_the_plans_day(
    city: City, seed_draft: Draft, office: Actor
) -> None:
    programme = published(seed_draft, office)
    plan = programme.tasks.get(due_on=dt.date(2023, 4, 4))
    units = {u.pk for party in plan.parties.all() for u in party.units.all()}
    expected = {"noi-vu", "tu-phap", "thanh-tra", "van-phong", "van-hoa", "phuong-1", "phuong-2",
                "xa-tan-binh"}  # fmt: skip
    assert units == {city.units[key].pk for key in expected}


def test_nothing_is_published_unseen(draft: Draft, office: Actor) -> None:
    count = draft.findings.count()
    with pytest.raises(Refused, match=f"Còn {count} mục chờ xem"):
        publishing.publish(draft, by=office)
    assert not Programme.objects.exists()
    assert not Document.objects.exists()


def test_only_the_programme_office_publishes(city: City, draft: Draft, office: Actor) -> None:
    accept_all(draft, office)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        publishing.publish(draft, by=city.actor(city.heads["thanh-pho"]))


def test_struck_findings_stay_out(draft: Draft, office: Actor) -> None:
    for kind, order in (("task", 1), ("target", 0), ("citation", 1)):
        finding = one(draft, kind, order)
        findings.strike(draft, finding.pk, reason="Không đúng", seen=finding.mark, by=office)
    programme = published(draft, office)
    assert [t.text for t in programme.tasks.all()] == ["gửi kế hoạch"]
    assert not programme.targets.exists()
    assert [c.cited.code for c in programme.plan.citations_made.all()] == ["23-QĐ/TW"]


def test_a_plan_without_a_task_is_no_programme(draft: Draft, office: Actor) -> None:
    for order in (0, 1):
        finding = one(draft, "task", order)
        findings.strike(draft, finding.pk, reason="Bỏ", seen=finding.mark, by=office)
    accept_all(draft, office)
    with pytest.raises(Refused, match="nhiệm vụ nào"):
        publishing.publish(draft, by=office)


def test_a_struck_header_is_missed(draft: Draft, office: Actor) -> None:
    date = header(draft, "date")
    findings.strike(draft, date.pk, reason="Sai", seen=date.mark, by=office)
    accept_all(draft, office)
    with pytest.raises(Refused, match="Ngày ban hành"):
        publishing.publish(draft, by=office)


def test_publishing_leaves_history_and_announces(city: City, programme: Programme) -> None:
    line = audit.of(programme).get()
    assert (line.action, line.concerns) == ("programmes.draft.publish", city.body.pk)
    assert line.facts["tasks"] == 2
    row = Announcement.objects.get(name="PlanPublished")
    assert row.payload == {"programme": programme.pk}


def test_a_second_click_makes_no_second_programme(programme: Programme, office: Actor) -> None:
    with pytest.raises(Refused) as refused:
        publishing.publish(programme.draft, by=office)
    assert refused.value.decision.done
    assert Programme.objects.count() == 1


def test_a_second_click_lands_on_the_programme(client, city: City, draft: Draft, office) -> None:
    accept_all(draft, office)
    client.force_login(city.people["noi-vu"].user)
    url = f"/ke-hoach/doc/{draft.pk}/ban-hanh/"
    first, second = client.post(url), client.post(url)
    programme = Programme.objects.get()
    assert first.url == second.url == f"/ke-hoach/{programme.pk}/"
    page = client.get(second.url).content.decode()
    assert "đã được ban hành" in page


def test_refused_publishing_says_why_on_the_page(client, city: City, draft: Draft) -> None:
    client.force_login(city.people["noi-vu"].user)
    answer = client.post(f"/ke-hoach/doc/{draft.pk}/ban-hanh/")
    assert answer.status_code == 403 and "mục chờ xem" in answer.content.decode()


def test_the_same_plan_from_another_file_is_not_published_twice(
    city: City, programme: Programme, office: Actor
) -> None:
    read = compiling.compiled(small_document())
    other = reading.keep(city.body, compiled=read, file=upload(b"another file"), by=office)
    accept_all(other, office)
    with pytest.raises(Refused, match="7/KH-UBND") as refused:
        publishing.publish(other, by=office)
    assert refused.value.decision.done
    assert Programme.objects.count() == 1


def test_the_published_file_sent_again_opens_the_programme(
    city: City, programme: Programme, office: Actor
) -> None:
    read = compiling.compiled(small_document())
    assert reading.keep(city.body, compiled=read, file=upload(), by=office) == programme.draft


def test_a_plan_known_by_citation_receives_its_text(draft: Draft, office: Actor) -> None:
    known = Document.objects.create(
        origin="cited", type="Kế hoạch", code="7/KH-UBND", issued_on=dt.date(2023, 3, 27)
    )
    programme = published(draft, office)
    assert programme.plan == known
    known.refresh_from_db()
    assert known.origin == "received" and known.text == draft.text


def test_cited_documents_are_found_again_in_any_spelling(draft: Draft, office: Actor) -> None:
    decision = Document.objects.create(
        origin="cited", type="Quyết định", code="23 -QĐ/TW", issued_on=dt.date(2021, 7, 30),
        issuer_name="Ban Chấp hành Trung ương Đảng",
    )  # fmt: skip
    law = Document.objects.create(
        origin="cited", type="Luật", code="42/2013/QH13", subject="Tiếp công dân"
    )
    published(draft, office)
    assert decision.cited_at.count() == 1
    law.refresh_from_db()
    # A numbered law of the same name is that law.
    assert law.cited_at.count() == 1
    assert Document.objects.count() == 3


def test_another_body_with_the_same_number_is_another_document(draft: Draft, office) -> None:
    Document.objects.create(
        origin="cited", type="Quyết định", code="23-QĐ/TW", issued_on=dt.date(2021, 7, 30),
        issuer_name="Văn phòng khác",
    )  # fmt: skip
    published(draft, office)
    assert Document.objects.filter(code="23-QĐ/TW").count() == 2


def test_what_fails_half_way_leaves_nothing(draft: Draft, office: Actor, monkeypatch) -> None:
    accept_all(draft, office)
    monkeypatch.setattr(publishing, "_targets", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publishing.publish(draft, by=office)
    for model in (Programme, Document, Provision, Citation, Task, Target, Announcement):
        assert not model.objects.exists(), model
    draft.refresh_from_db()
    assert draft.state == "review"


def test_publishing_costs_the_same_with_more_tasks(
    city: City, draft: Draft, office: Actor, django_assert_max_num_queries
) -> None:
    accept_all(draft, office)
    with django_assert_max_num_queries(60):
        publishing.publish(draft, by=office)


def test_who_was_slower_works_on_what_is_there_now(draft: Draft, office: Actor) -> None:
    accept_all(draft, office)
    slower = Draft.objects.get(pk=draft.pk)
    publishing.publish(draft, by=office)
    assert slower.state == "review"  # as the slower person still sees it
    with pytest.raises(Refused) as refused:
        publishing.publish(slower, by=office)
    assert refused.value.decision.done and Programme.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_publish_one_programme(on_day) -> None:
    from tests.city import build

    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has no queue of writers; PostgreSQL runs this one")
    on_day(2023, 3, 28)
    city = build()
    office = city.actor("noi-vu")
    read = compiling.compiled(small_document())
    draft = reading.keep(city.body, compiled=read, file=upload(), by=office)
    accept_all(draft, office)
    start, outcomes = threading.Barrier(2), []

    def click() -> None:
        start.wait()
        try:
            publishing.publish(Draft.objects.get(pk=draft.pk), by=office)
            outcomes.append("published")
        except Refused as refused:
            outcomes.append("told" if refused.decision.done else "refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["published", "told"]
    assert Programme.objects.count() == 1


def test_listeners_hear_of_it_after_commit(
    draft: Draft, office: Actor, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    heard: list[int] = []
    monkeypatch.setitem(events._handlers, "PlanPublished", [lambda e: heard.append(e.programme)])
    accept_all(draft, office)
    with django_capture_on_commit_callbacks(execute=True):
        programme = publishing.publish(draft, by=office)
        assert heard == []
    assert heard == [programme.pk]
    assert PlanPublished.__name__ in events._events


def test_who_sees_a_programme(city: City, programme: Programme) -> None:
    sees = lambda who: queries.visible_to(city.actor(who)).filter(pk=programme.pk).exists()  # noqa: E731
    assert all(sees(who) for who in ("noi-vu", "phuong-1", "thanh-pho", "mat-tran", "van-hoa"))
    assert not sees("cong-an"), "neither under the body nor addressed"
