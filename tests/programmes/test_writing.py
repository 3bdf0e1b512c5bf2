"""Writing a plan in the product, and carrying last year's to a new one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

import vanban
from danvan.documents.models import Document
from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused, Stale
from danvan.programmes import recurring, writing
from danvan.programmes.actions import drafts, findings, manuscripts, publishing
from danvan.programmes.models import Draft, Manuscript, Programme
from tests.city import City
from tests.programmes.conftest import accept_all, published

SIGNED = {"signer": "Nguyễn Văn A", "signer_position": "CHỦ TỊCH", "number": "50",
          "date": "2024-03-01"}  # fmt: skip


def signed(manuscript: Manuscript, by: Actor, **header: str) -> Manuscript:
    return manuscripts.save(
        manuscript,
        header={**manuscript.header, **SIGNED, **header},
        sections=manuscript.sections,
        seen=manuscript.version,
        by=by,
    )


@pytest.fixture
def clone(programme: Programme, office: Actor, on_day) -> Manuscript:
    """Last year's small plan at the beginning of 2024."""
    on_day(2024, 1, 10)
    return manuscripts.begin(programme.body, year=2024, previous=programme, by=office)


def test_row_4_a_plan_written_from_the_template_is_read_and_published(
    city: City, office: Actor, on_day
) -> None:
    on_day(2024, 1, 10)
    written = signed(manuscripts.begin(city.body, year=2024, by=office), office)
    draft = manuscripts.read(written, by=office)
    assert draft.state == "review" and draft.file_name.endswith(".docx")
    programme = published(draft, office)
    assert (programme.year, programme.plan.code) == (2024, "50/KH-UBND")
    dues = {t.due_on for t in programme.tasks.exclude(due_on=None)}
    assert dt.date(2024, 10, 16) in dues and programme.targets.count() == 1


def test_row_15_a_clone_shifts_deadlines_and_says_what_to_look_at(clone: Manuscript) -> None:
    text = "\n".join(section["text"] for section in clone.sections)
    assert "chậm nhất ngày 04/4/2024" in text and "trước ngày 20/10/2024" in text
    assert "2023" not in text
    assert clone.header["subject"] == "Công tác dân vận chính quyền năm 2024"
    # 20/10/2024 was a Sunday; the date stays, the remark gives the next working day.
    off = next(r for r in clone.remarks if "20/10/2024" in r)
    assert "ngày nghỉ" in off and "21/10/2024" in off


def test_row_15_a_clone_takes_the_deadline_as_amended(
    programme: Programme, office: Actor, on_day
) -> None:
    from danvan.programmes import amending, queries
    from danvan.programmes.actions import amendments

    on_day(2023, 8, 1)
    day = dt.date(2023, 8, 5)
    amendment = amendments.begin(programme, title="Sửa hạn", in_force_from=day, by=office)
    task = queries.tasks_of(programme).get(due_on=dt.date(2023, 10, 20))
    after = {**amending.of_task(task), "due_on": "2023-11-08"}
    amendments.change(amendment, after=after, task=task, by=office)
    paper = amendments.Paper("Kế hoạch", "88/KH-UBND", day, "UBND thành phố Tây Ninh")
    amendments.publish(amendment, paper=paper, by=office)
    clone = manuscripts.begin(programme.body, year=2024, previous=programme, by=office)
    text = "\n".join(section["text"] for section in clone.sections)
    assert "trước ngày 08/11/2024" in text and "20/10" not in text
    assert any("theo bản sửa đổi" in remark for remark in clone.remarks)


def test_row_15_a_basis_that_ended_is_named(programme: Programme, office: Actor, on_day) -> None:
    Document.objects.filter(code="23-QĐ/TW").update(in_force_to=dt.date(2023, 12, 31))
    on_day(2024, 1, 10)
    clone = manuscripts.begin(programme.body, year=2024, previous=programme, by=office)
    assert any("23-QĐ/TW" in r and "hết hiệu lực" in r for r in clone.remarks)


def test_row_15_the_clone_keeps_the_thread_to_last_years_tasks(
    clone: Manuscript, programme: Programme, office: Actor, sign_in, city: City
) -> None:
    draft = manuscripts.read(signed(clone, office), by=office)
    assert draft.previous == programme
    follower = published(draft, office)
    assert follower.previous == programme and follower.year == 2024
    plan = follower.tasks.get(due_on=dt.date(2024, 4, 4))
    assert plan.previous == programme.tasks.get(due_on=dt.date(2023, 4, 4))
    page = sign_in("noi-vu").get(reverse("programmes:task", args=[plan.pk])).content.decode()
    assert "Năm trước" in page and reverse("programmes:task", args=[plan.previous_id]) in page


def test_row_15_the_clone_is_a_draft_like_any_other(clone: Manuscript, office: Actor) -> None:
    draft = manuscripts.read(signed(clone, office), by=office)
    assert set(draft.findings.values_list("state", flat=True)) == {"pending"}
    with pytest.raises(Refused, match="chờ xem"):
        publishing.publish(draft, by=office)


def test_the_file_is_official_and_reads_back(clone: Manuscript, office: Actor) -> None:
    content = writing.file_of(signed(clone, office), dt.date(2024, 3, 1))
    read = vanban.read(content, "x.docx")
    assert read.header.type == "Kế hoạch" and read.header.number == "50"
    assert len(read.duties) >= 2


def test_what_is_missing_is_said_and_nothing_is_lost(client, city: City, clone: Manuscript) -> None:
    client.force_login(city.people["noi-vu"].user)
    url = reverse("programmes:manuscript", args=[clone.pk])
    answer = client.post(url, {**_typed(clone), "w": "", "signer": "", "doc": "1",
                               "subject": "Trích yếu mới"})  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 200 and "Người ký" in page and "Trích yếu mới" in page
    clone.refresh_from_db()
    assert clone.header["subject"] == "Trích yếu mới" and not Draft.objects.filter(year=2024)


def _typed(manuscript: Manuscript) -> dict[str, str]:
    count = len(manuscript.sections)
    made = {"seen": str(manuscript.version), "phan-TOTAL_FORMS": str(count),
            "phan-INITIAL_FORMS": str(count)}  # fmt: skip
    for index, section in enumerate(manuscript.sections):
        made |= {f"phan-{index}-{name}": section[name] for name in ("title", "text")}
    return {**manuscript.header, **made}


def test_every_saved_version_stays_and_comes_back(clone: Manuscript, office: Actor) -> None:
    first = clone.header["subject"]
    signed(clone, office, subject="Bản hai")
    signed(clone, office, subject="Bản ba")
    assert [v.number for v in clone.versions.all()] == [3, 2, 1]
    manuscripts.restore(clone, number=1, by=office)
    assert clone.header["subject"] == first and clone.version == 4


def test_two_people_at_once_lose_nothing(client, city: City, clone: Manuscript, office) -> None:
    slower = Manuscript.objects.get(pk=clone.pk)
    signed(clone, office, subject="Của người nhanh")
    with pytest.raises(Stale, match="bản mới hơn"):
        manuscripts.save(slower, header=slower.header, sections=[], seen=1, by=office)
    client.force_login(city.people["noi-vu"].user)
    long = "Câu viết dài của người chậm hơn, không ai muốn gõ lại lần thứ hai cả."
    sent = {**_typed(clone), "seen": "1", "grounds": long}
    answer = client.post(reverse("programmes:manuscript", args=[clone.pk]), sent)
    assert answer.status_code == 409 and long in answer.content.decode()


def test_autosave_makes_a_version_and_tells_who_was_faster(client, city, clone, office) -> None:
    client.force_login(city.people["noi-vu"].user)
    url = reverse("programmes:autosave", args=[clone.pk])
    sent = {**_typed(clone), "subject": "Đang viết dở"}
    assert client.post(url, sent).json()["version"] == 2
    assert clone.versions.first().automatic
    answer = client.post(url, sent)
    assert answer.status_code == 409 and "bản mới hơn" in answer.json()["reason"]


def test_a_second_click_begins_one_manuscript(programme, office, on_day) -> None:
    on_day(2024, 1, 10)
    one = manuscripts.begin(programme.body, year=2024, previous=programme, by=office)
    two = manuscripts.begin(programme.body, year=2024, previous=programme, by=office)
    assert one == two and Manuscript.objects.count() == 1


def test_writing_leaves_history_and_is_refused_to_others(
    city: City, clone: Manuscript, office: Actor
) -> None:
    signed(clone, office)
    assert next(e.action for e in audit.of(clone)) == "programmes.manuscript.save"
    ward = city.actor("phuong-1")
    with pytest.raises(Refused, match="cơ quan thường trực"):
        manuscripts.begin(city.body, year=2025, by=ward)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        signed(clone, ward)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        manuscripts.restore(clone, number=1, by=ward)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        manuscripts.read(clone, by=ward)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        manuscripts.discard(clone, reason="Bỏ", by=ward)


def test_under_review_one_does_not_write_on(clone: Manuscript, office: Actor) -> None:
    draft = manuscripts.read(signed(clone, office), by=office)
    with pytest.raises(Refused, match="đã đưa rà soát"):
        signed(clone, office)
    drafts.discard(draft, reason="Sửa lời", by=office)
    clone.refresh_from_db()
    signed(clone, office, subject="Lời đã sửa")
    assert clone.state == "writing"
    manuscripts.discard(clone, reason="Không làm nữa", by=office)
    assert clone.state == "discarded"


def test_row_6_a_recurring_deadline_becomes_a_rule(draft: Draft, office: Actor) -> None:
    from danvan.programmes import shapes
    from tests.programmes.conftest import one

    rule = recurring.rule_of("trước ngày 15 hằng tháng")
    assert rule and recurring.rule_of("chậm nhất ngày 04/4/2023") is None
    finding = one(draft, "task")
    found = shapes.of(finding)
    assert isinstance(found, shapes.Task)
    shape = shapes.Task(
        found.text, found.parties, due_rule=rule, due_text="trước ngày 15 hằng tháng"
    )
    findings.correct(draft, finding.pk, shape=shape, seen=finding.mark, by=office)
    accept_all(draft, office)
    task = publishing.publish(draft, by=office).tasks.get(order=finding.order)
    assert task.due_rule == rule and task.due_on is None


def test_row_6_the_review_shows_the_days_of_a_rule(client, city: City, draft: Draft) -> None:
    from tests.programmes.conftest import one

    client.force_login(city.people["noi-vu"].user)
    finding = one(draft, "task")
    url = reverse("programmes:correct", args=[draft.pk, finding.pk])
    name = f"m{finding.pk}"
    party = {"role": "all", "written": "Các cơ quan, đơn vị"}
    sent = {
        "seen": finding.mark, f"{name}-text": "Báo cáo", f"{name}-provision": "0",
        f"{name}-deliverable": "report", f"{name}-recurs": "trước ngày 15 hằng tháng",
        f"{name}-ben-TOTAL_FORMS": "1", f"{name}-ben-INITIAL_FORMS": "1",
        **{f"{name}-ben-0-{key}": value for key, value in party.items()},
    }  # fmt: skip
    assert client.post(url, sent).status_code == 302
    page = client.get(reverse("programmes:review", args=[draft.pk])).content.decode()
    assert "12 kỳ trong năm" in page and "15/07/2023" in page and "ngày nghỉ" in page
    finding.refresh_from_db()
    sent |= {f"{name}-recurs": "thỉnh thoảng", "seen": finding.mark}
    refused = client.post(url, sent).content.decode()
    assert "Không hiểu định kỳ" in refused
