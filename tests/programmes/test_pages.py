"""The plan on the screen: clause by clause, tasks, targets, citations, and the workbook."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.kernel import clock, facts
from danvan.kernel.access import Actor
from danvan.kernel.facts import Reading
from danvan.programmes.models import Draft, Programme, Target, Task, TaskParty
from tests.city import City
from tests.conftest import needs_shared
from tests.programmes.conftest import published

TABS = ("plan", "tasks", "targets", "citations")


@pytest.fixture
def page(client, city: City):
    client.force_login(city.people["phuong-1"].user)
    return client


def get(client, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(f"programmes:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def offered():
    """Two facts, as upper contexts would offer them."""
    known = dict(facts.REGISTRY)

    @facts.offer("test.progress", about="task", measure="đơn vị", label="Đơn vị đã xong")
    def progress(tasks, period):
        return {t: Reading(None, clock.now(), "/nguon/viec/", "3/8 đơn vị") for t in tasks}

    @facts.offer("test.good", about="programme", measure="%", label="Đơn vị xếp loại Tốt")
    def good(programmes, period):
        return {
            p: Reading(None, clock.now(), "/nguon/tot/", "5/8 đơn vị", Decimal(5), Decimal(8))
            for p in programmes
        }

    facts.REGISTRY["test.progress"] = facts.Fact(
        "test.progress", "task", "đơn vị", "Đơn vị đã xong",
        lambda tasks, period: {
            t: Reading(Decimal(3), clock.now(), "/nguon/viec/", "3/8 đơn vị") for t in tasks
        },
    )  # fmt: skip
    yield
    facts.REGISTRY.clear()
    facts.REGISTRY.update(known)


def test_the_list_names_plan_year_and_counts(page, programme: Programme) -> None:
    text = get(page, "index")
    assert "7/KH-UBND" in text and "2023" in text
    assert "đang rà soát" not in text, "drafts are the programme office's"


def test_the_office_sees_drafts_in_the_list(client, city: City, draft: Draft) -> None:
    client.force_login(city.people["noi-vu"].user)
    text = get(client, "index")
    assert "ke-hoach.txt" in text and f"còn {draft.findings.count()} mục chờ xem" in text


def test_an_empty_list_says_what_to_do(client, city: City) -> None:
    client.force_login(city.people["noi-vu"].user)
    assert "Đọc kế hoạch vào" in get(client, "index")
    client.force_login(city.people["phuong-1"].user)
    assert "khi cơ quan thường trực chương trình ban hành" in get(client, "index")


def test_the_list_costs_the_same_with_three(
    page, programme: Programme, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    url = reverse("programmes:index")
    page.get(url)
    with django_assert_max_num_queries(30) as one:
        page.get(url)
    from danvan.documents.models import Document

    for year in (2024, 2025):
        plan = Document.objects.create(origin="received", type="Kế hoạch", code=f"{year}/KH")
        Programme.objects.create(
            body=programme.body, year=year, title="Kế hoạch", plan=plan,
            published_at=programme.published_at,
        )  # fmt: skip
    with django_assert_num_queries(len(one)):
        page.get(url)


def test_row_4_a_clause_tells_owners_date_and_why(page, programme: Programme, offered) -> None:
    task = programme.tasks.get(order=0)
    text = get(page, "plan", programme.pk, query=f"?muc={task.provision_id}")
    assert "Các cơ quan, đơn vị" in text and "Phòng Tư pháp" in text
    assert "04/04/2023" in text
    assert "<q>chậm nhất ngày 04/4/2023</q>" in text
    assert "Chuyên viên Phòng Nội vụ xác nhận đọc đúng" in text
    assert '<a href="/nguon/viec/">3/8 đơn vị</a>' in text
    assert 'aria-current="true"' in text


def test_before_a_day_is_explained(page, programme: Programme) -> None:
    task = programme.tasks.get(order=1)
    text = get(page, "task", task.pk)
    assert "Văn bản ghi “trước ngày”" in text and "Sở Du lịch" in text
    assert "không xác định đơn vị" in text


def test_row_3_cited_documents_are_links_in_the_text(page, programme: Programme) -> None:
    text = get(page, "plan", programme.pk)
    cited = programme.plan.citations_made.get(cited__code="23-QĐ/TW").cited
    link = reverse("documents:document", args=[cited.pk])
    assert f'href="{link}">Quyết định số 23-QĐ/TW ngày 30/7/2021</a>' in text
    assert link in get(page, "citations", programme.pk)


def test_a_clause_that_is_none_shows_the_plan(page, programme: Programme) -> None:
    for query in ("?muc=999999", "?muc=abc", "?muc=-1"):
        assert "Kế hoạch này" in get(page, "plan", programme.pk, query=query)


def test_row_49_targets_say_what_is_known_and_never_zero(
    page, programme: Programme, offered
) -> None:
    target = programme.targets.get()
    assert "chưa có nguồn dữ liệu" in get(page, "targets", programme.pk)
    Target.objects.filter(pk=target.pk).update(fact="test.good")
    text = get(page, "targets", programme.pk)
    assert '<a href="/nguon/tot/">5/8 đơn vị</a>' in text
    assert "ít nhất 60&nbsp;%" in text and "đạt" in text
    Target.objects.filter(pk=target.pk).update(value=Decimal(70))
    assert "chưa đạt" in get(page, "targets", programme.pk)


def test_row_49_a_target_not_yet_measured_stays_unknown(page, programme: Programme) -> None:
    known = dict(facts.REGISTRY)
    facts.REGISTRY["test.none"] = facts.Fact(
        "test.none", "programme", "%", "Chưa đo", lambda ps, period: dict.fromkeys(ps)
    )
    try:
        programme.targets.update(fact="test.none")
        text = get(page, "targets", programme.pk)
    finally:
        facts.REGISTRY.clear()
        facts.REGISTRY.update(known)
    assert "chưa biết" in text


def test_pages_cost_the_same_with_more_tasks(
    page, programme: Programme, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    first = programme.tasks.get(order=0)
    urls = [reverse(f"programmes:{name}", args=[programme.pk]) for name in TABS]
    urls.append(f"{urls[0]}?muc={first.provision_id}")
    costs = []
    for url in urls:
        page.get(url)
        with django_assert_max_num_queries(45) as cost:
            page.get(url)
        costs.append(len(cost))
    for order in range(10, 30):
        task = Task.objects.create(
            programme=programme, provision=first.provision, order=order, text="thêm",
            deliverable="none",
        )  # fmt: skip
        party = TaskParty.objects.create(task=task, role="lead", written="Phòng Nội vụ")
        party.units.add(programme.body)
        Target.objects.create(
            programme=programme, provision=first.provision, order=order, subject="thêm"
        )
    for url, cost in zip(urls, costs, strict=True):
        with django_assert_num_queries(cost):
            page.get(url)


def test_the_tasks_are_exported(page, programme: Programme) -> None:
    import python_calamine

    answer = page.get(reverse("programmes:tasks_workbook", args=[programme.pk]))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    first = next(row for row in rows if "gửi kế hoạch" in row)
    assert "Các cơ quan, đơn vị" in first and first[4].isoformat() == "2023-04-04"
    assert "nhiem-vu-7-KH-UBND.xlsx" in answer["Content-Disposition"]


def test_who_may_open_a_programme(client, city: City, programme: Programme) -> None:
    task = programme.tasks.first()
    urls = [reverse(f"programmes:{name}", args=[programme.pk]) for name in TABS]
    urls += [
        reverse("programmes:task", args=[task.pk]),
        reverse("programmes:tasks_workbook", args=[programme.pk]),
    ]
    for who, status in (("phuong-1", 200), ("mat-tran", 200), ("thanh-pho", 200), ("cong-an", 404)):
        client.force_login(city.people[who].user)
        for url in urls:
            assert client.get(url).status_code == status, (who, url)
    client.logout()
    assert client.get(urls[0]).status_code == 302


@needs_shared
def test_the_seeds_pages_open(client, city: City, seed_draft: Draft, office: Actor) -> None:
    client.force_login(city.people["noi-vu"].user)
    assert client.get(f"/ke-hoach/doc/{seed_draft.pk}/").status_code == 200
    programme = published(seed_draft, office)
    for name in TABS:
        get(client, name, programme.pk)
    text = get(client, "plan", programme.pk)
    # Nothing of the text is lost on the way to the screen, and no dress is left on it.
    for words in ("TP. Tây Ninh, ngày 27 tháng 3 năm 2023", "Nơi nhận", "Lưu: VT, PNV TP"):
        assert words in text
    assert "**" not in text and "###" not in text
