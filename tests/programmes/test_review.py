"""Reviewing: a person accepts, corrects or strikes each finding; colleagues collide safely."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused, Stale
from danvan.organisations.models import UnitVersion
from danvan.programmes import review, shapes
from danvan.programmes.actions import drafts, findings
from danvan.programmes.models import Draft, Finding
from tests.city import City
from tests.programmes.conftest import header, one


def post(client, draft: Draft, finding: Finding, verb: str, htmx: bool = False, **data: object):
    headers = {"HX-Request": "true"} if htmx else {}
    url = f"/ke-hoach/doc/{draft.pk}/muc/{finding.pk}/{verb}/"
    return client.post(url, {"seen": finding.mark, **data}, headers=headers)


@pytest.fixture
def page(client, city: City):
    client.force_login(city.people["noi-vu"].user)
    return client


# --- the three answers ---------------------------------------------------------------------


def test_accepting_keeps_the_compilers_version(draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    findings.accept(draft, task.pk, seen=task.mark, by=office)
    task.refresh_from_db()
    assert (task.state, task.settled) == ("accepted", None)
    line = audit.of(task).get()
    assert (line.actor_id, line.facts["state"]) == (office.id, ["pending", "accepted"])


def test_correcting_keeps_both_versions(draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    shape = shapes.of(task)
    changed = shapes.Task(shape.text, shape.parties, dt.date(2023, 4, 10), "by", "sửa", "plan")
    findings.correct(draft, task.pk, shape=changed, seen=task.mark, by=office)
    task.refresh_from_db()
    assert task.state == "corrected"
    assert task.found["due_on"] == "2023-04-04" and task.value["due_on"] == "2023-04-10"
    assert audit.of(task).get().facts["content"][0]["due_on"] == "2023-04-04"


def test_striking_needs_a_reason_and_keeps_it(draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    with pytest.raises(ValidationError, match="lý do"):
        findings.strike(draft, task.pk, reason="  ", seen=task.mark, by=office)
    findings.strike(draft, task.pk, reason="Trùng mục 1", seen=task.mark, by=office)
    task.refresh_from_db()
    assert (task.state, task.strike_reason) == ("struck", "Trùng mục 1")
    assert audit.of(task).first().reason == "Trùng mục 1"


def test_a_struck_finding_may_be_taken_back(draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    task = findings.strike(draft, task.pk, reason="Nhầm", seen=task.mark, by=office)
    task = findings.accept(draft, task.pk, seen=task.mark, by=office)
    assert (task.state, task.strike_reason) == ("accepted", "")


def test_the_second_of_two_people_is_told(draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    findings.strike(draft, task.pk, reason="Trùng", seen=task.mark, by=office)
    with pytest.raises(Stale, match="đã bỏ"):
        findings.accept(draft, task.pk, seen=task.mark, by=office)
    task.refresh_from_db()
    assert task.state == "struck"


@pytest.mark.parametrize("who", ["tu-phap", "phuong-1", "mat-tran"])
def test_others_settle_nothing_and_are_told_why(city: City, draft: Draft, who: str) -> None:
    actor, task = city.actor(who), one(draft, "task")
    shape, seen = shapes.of(task), task.mark
    for verb in (
        lambda: findings.accept(draft, task.pk, seen=seen, by=actor),
        lambda: findings.strike(draft, task.pk, reason="x", seen=seen, by=actor),
        lambda: findings.correct(draft, task.pk, shape=shape, seen=seen, by=actor),
        lambda: findings.accept_group(draft, "task", findings=[task.pk], by=actor),
        lambda: findings.add_task(draft, provision=0, shape=shape, by=actor),
        lambda: drafts.discard(draft, reason="x", by=actor),
    ):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            verb()
    task.refresh_from_db()
    assert task.state == "pending"


def test_a_draft_that_is_over_is_not_settled(draft: Draft, office: Actor) -> None:
    drafts.discard(draft, reason="Gửi nhầm tệp", by=office)
    task = one(draft, "task")
    with pytest.raises(Refused, match="đã bỏ"):
        findings.accept(draft, task.pk, seen=task.mark, by=office)
    assert audit.of(draft).first().reason == "Gửi nhầm tệp"
    with pytest.raises(Refused):
        drafts.discard(draft, reason="lần nữa", by=office)


def test_discarding_needs_a_reason(draft: Draft, office: Actor) -> None:
    with pytest.raises(ValidationError, match="lý do"):
        drafts.discard(draft, reason="", by=office)
    draft.refresh_from_db()
    assert draft.state == "review"


# --- groups, additions, the plan's day ------------------------------------------------------


def test_a_group_is_accepted_only_where_it_is_sure(draft: Draft, office: Actor) -> None:
    ids = list(draft.findings.filter(kind="task").values_list("pk", flat=True))
    done = findings.accept_group(draft, "task", findings=ids, by=office)
    assert [f.order for f in done] == [0]  # the second task has a confidence of 0.5
    assert one(draft, "task", 1).state == "pending"
    assert audit.of(done[0]).get().facts["group"] == 1
    with pytest.raises(Stale):
        findings.accept_group(draft, "task", findings=ids, by=office)


def test_a_group_holds_only_what_was_on_the_screen(draft: Draft, office: Actor) -> None:
    shown = one(draft, "citation", 0)
    done = findings.accept_group(draft, "citation", findings=[shown.pk], by=office)
    assert [f.pk for f in done] == [shown.pk]
    assert one(draft, "citation", 1).state == "pending"


def test_a_task_whose_lead_is_unknown_is_not_sure(draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    lost = shapes.Task("Việc", [shapes.Party("lead", "Sở Du lịch")])
    Finding.objects.filter(pk=task.pk).update(found=lost.as_json())
    assert task.pk not in {f.pk for f in review.sure(draft, "task")}


def test_a_missed_task_can_be_added(city: City, draft: Draft, office: Actor) -> None:
    shape = shapes.Task("Bổ sung", [shapes.Party("lead", "Phòng Tư pháp")])
    row = findings.add_task(draft, provision=1, shape=shape, by=office)
    assert (row.state, row.added, row.order) == ("corrected", True, 2)
    assert draft.text[row.start : row.end].startswith("Phòng Nội vụ chủ trì")
    assert audit.of(row).get().concerns == city.body.pk
    with pytest.raises(ValidationError, match="đơn vị nào"):
        findings.add_task(draft, provision=1, shape=shapes.Task("Không ai làm"), by=office)


def test_the_year_follows_its_finding(draft: Draft, office: Actor) -> None:
    year = header(draft, "year")
    shape = shapes.Header("year", 2024)
    findings.correct(draft, year.pk, shape=shape, seen=year.mark, by=office)
    draft.refresh_from_db()
    assert draft.year == 2024


def test_another_date_reopens_tasks_that_then_address_others(
    city: City, draft: Draft, office: Actor
) -> None:
    ward = city.units["tu-phap"]
    UnitVersion.objects.filter(unit=ward).update(valid_to=dt.date(2023, 4, 30))
    for order in (0, 1):
        task = one(draft, "task", order)
        findings.accept(draft, task.pk, seen=task.mark, by=office)
    day = header(draft, "date")
    shape = shapes.Header("date", "2023-05-02")
    findings.correct(draft, day.pk, shape=shape, seen=day.mark, by=office)
    assert one(draft, "task", 0).state == "pending"  # "các cơ quan, đơn vị": one fewer now
    assert one(draft, "task", 1).state == "accepted"
    assert audit.of(header(draft, "date")).first().facts["reopened"] == 1


def test_units_a_person_chose_stand_whatever_the_words_say(
    city: City, draft: Draft, office: Actor
) -> None:
    task, chosen = one(draft, "task", 1), city.units["mat-tran"].pk
    shape = shapes.Task("chấm điểm", [shapes.Party("lead", "Sở Du lịch", [chosen])])
    findings.correct(draft, task.pk, shape=shape, seen=task.mark, by=office)
    row = review.row_of(one(draft, "task", 1), draft, review.audience_of(draft))
    assert [u for u, _name in row.addressees[0].units] == [chosen]


# --- the page -------------------------------------------------------------------------------


def test_row_71_the_page_shows_words_findings_and_counts(page, draft: Draft) -> None:
    text = page.get(f"/ke-hoach/doc/{draft.pk}/").content.decode()
    task = one(draft, "task")
    assert f'id="t-{task.pk}">gửi kế hoạch</mark>' in text
    assert f'href="#t-{task.pk}"' in text and f'id="muc-{task.pk}"' in text
    assert f"Còn {draft.findings.count()} mục chờ xem" in text
    assert "chưa rõ đơn vị: Sở Du lịch" in text
    assert "Phòng Tư pháp" in text
    assert "Đúng cả nhóm" in text


def test_the_page_costs_the_same_with_more_findings(
    page, draft: Draft, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    url = f"/ke-hoach/doc/{draft.pk}/"
    page.get(url)
    with django_assert_max_num_queries(40) as before:
        page.get(url)
    task = one(draft, "task")
    for order in range(10, 40):
        Finding.objects.create(
            draft=draft, kind="task", order=order, provision=0, start=task.start, end=task.end,
            confidence=1, found=task.found,
        )  # fmt: skip
    with django_assert_num_queries(len(before)):
        page.get(url)


def test_only_pending_ones_on_request(page, draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    findings.accept(draft, task.pk, seen=task.mark, by=office)
    text = page.get(f"/ke-hoach/doc/{draft.pk}/?loc=cho").content.decode()
    assert f'id="muc-{task.pk}"' not in text
    assert f'id="muc-{one(draft, "task", 1).pk}"' in text


def test_accepting_goes_on_to_the_next_pending_finding(page, draft: Draft) -> None:
    first, second = one(draft, "task"), one(draft, "task", 1)
    answer = post(page, draft, first, "dung")
    assert answer.status_code == 302 and answer.url.endswith(f"#muc-{second.pk}")
    first.refresh_from_db()
    assert first.state == "accepted"


def test_htmx_gets_the_card_and_the_counts(page, draft: Draft) -> None:
    task, total = one(draft, "task"), draft.findings.count()
    text = post(page, draft, task, "dung", htmx=True).content.decode()
    answer = post(page, draft, one(draft, "task", 1), "dung", htmx=True)
    assert answer.headers["HX-Push-Url"] == "false"
    assert "<html" not in text and 'data-state="accepted"' in text
    assert f"Còn {total - 1} mục chờ xem" in text and 'hx-swap-oob="true"' in text


def test_a_late_click_is_told_in_place_and_by_message(page, draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    findings.accept(draft, task.pk, seen=task.mark, by=office)
    text = post(page, draft, task, "bo", htmx=True, reason="Trùng").content.decode()
    assert "vừa được ghi nhận (đúng)" in text
    url = f"/ke-hoach/doc/{draft.pk}/"
    answer = page.post(
        f"{url}muc/{task.pk}/bo/", {"seen": task.mark, "reason": "Trùng"},
        headers={"Referer": f"http://testserver{url}"},
    )  # fmt: skip
    assert answer.url.endswith(url)
    assert "vừa được ghi nhận" in page.get(url).content.decode()
    task.refresh_from_db()
    assert task.state == "accepted"


def test_the_correction_opens_in_place(page, draft: Draft) -> None:
    task = one(draft, "task")
    address = f"/ke-hoach/doc/{draft.pk}/?sua={task.pk}#muc-{task.pk}"
    assert f'href="{address}"' in page.get(f"/ke-hoach/doc/{draft.pk}/").content.decode()
    text = page.get(address).content.decode()
    assert "Lưu bản sửa" in text and 'value="04/04/2023"' in text
    assert f'id="sua-{task.pk}"' in text and "data-autosave" in text  # a lost session loses nothing


def test_a_late_correction_shows_what_was_typed(page, draft: Draft, office: Actor) -> None:
    task = one(draft, "task")
    findings.accept(draft, task.pk, seen=task.mark, by=office)
    typed = "nội dung dài mà không ai muốn phải gõ lại lần thứ hai, vì đã mất công soạn"
    answer = post(page, draft, task, "sua", **task_data(task, text=typed))
    assert answer.status_code == 409 and typed in answer.content.decode()
    task.refresh_from_db()
    assert (task.state, task.settled) == ("accepted", None)


def task_data(task: Finding, **changed: object) -> dict[str, object]:
    p = f"m{task.pk}"
    return {
        f"{p}-text": "gửi kế hoạch", f"{p}-provision": "0", f"{p}-due_on": "05/4/2023",
        f"{p}-due_wording": "by", f"{p}-due_text": "chậm nhất ngày 05/4/2023",
        f"{p}-deliverable": "plan", f"{p}-ben-TOTAL_FORMS": "2", f"{p}-ben-INITIAL_FORMS": "1",
        f"{p}-ben-0-role": "all", f"{p}-ben-0-written": "Các cơ quan, đơn vị",
        f"{p}-ben-1-role": "lead", f"{p}-ben-1-written": "",
    } | {f"{p}-{name}": value for name, value in changed.items()}  # fmt: skip


def test_a_task_is_corrected_in_the_browser(page, city: City, draft: Draft) -> None:
    task = one(draft, "task")
    chosen = [city.units["noi-vu"].pk]
    data = task_data(task, **{"ben-0-units": chosen, "ben-1-role": "coordinate",
                              "ben-1-written": "UBND phường, xã"})  # fmt: skip
    assert post(page, draft, task, "sua", **data).status_code == 302
    task.refresh_from_db()
    shape = shapes.of(task)
    assert shape.due_on == dt.date(2023, 4, 5)
    first, second = shape.parties
    assert (first.role, first.written, first.units) == ("all", "Các cơ quan, đơn vị", chosen)
    # Nothing chosen: the words go on deciding.
    assert (second.role, second.written, second.units) == ("coordinate", "UBND phường, xã", None)
    row = review.row_of(task, draft, review.audience_of(draft))
    assert [len(a.units) for a in row.addressees] == [1, 3]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"due_on": "31/02/2023"}, "Không có ngày 31/02/2023"),
        ({"text": ""}, "bắt buộc"),
        ({"provision": "99"}, "chọn"),
        ({"deliverable": "abc"}, "chọn"),
        ({"ben-0-DELETE": "on"}, "Nhiệm vụ chưa ghi đơn vị nào"),
        ({"ben-0-written": ""}, "Xem lại các đơn vị"),
        ({"ben-0-units": "999999"}, "Xem lại các đơn vị"),
    ],
)
def test_a_wrong_correction_is_said_and_keeps_what_was_typed(
    page, draft: Draft, changed: dict[str, object], says: str
) -> None:
    task = one(draft, "task")
    data = task_data(task, **{"due_text": "chữ đã gõ", **changed})
    answer = post(page, draft, task, "sua", **data)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert says.lower() in text.lower(), text[text.find("form-errors") :][:600]
    assert "chữ đã gõ" in text
    task.refresh_from_db()
    assert task.state == "pending"


@pytest.mark.parametrize(
    ("kind", "order", "data", "expected"),
    [
        ("target", 0, {"subject": "Tốt", "comparator": ">=", "value": "62,5", "unit": "%"},
         {"value": "62.5", "unit": "%"}),
        ("citation", 0, {"type": "Quyết định", "code": "24-QĐ/TW", "date": "1/8/2021"},
         {"code": "24-QĐ/TW", "date": "2021-08-01"}),
        ("header", 0, {"value": "8/KH-UBND"}, {"field": "code", "value": "8/KH-UBND"}),
    ],
)  # fmt: skip
def test_other_kinds_are_corrected_in_the_browser(
    page, draft: Draft, kind: str, order: int, data: dict[str, str], expected: dict[str, object]
) -> None:
    finding = one(draft, kind, order)
    sent = {f"m{finding.pk}-{name}": value for name, value in data.items()}
    assert post(page, draft, finding, "sua", **sent).status_code == 302
    finding.refresh_from_db()
    assert expected.items() <= finding.settled.items()


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        ("target", {"subject": "Tốt", "comparator": ">=", "value": "160", "unit": "%"}, "100 %"),
        ("target", {"subject": "Tốt", "comparator": ">=", "value": "-1", "unit": "%"}, "âm"),
        ("target", {"subject": "Tốt", "comparator": ">=", "fact": "không.có"}, "chọn"),
        ("citation", {"type": "Quyết định", "code": "", "text": ""}, "luật"),
        ("header", {"value": "bốn mươi chín"}, "49/KH-UBND"),
    ],
)
def test_wrong_values_of_other_kinds_are_said(
    page, draft: Draft, kind: str, data: dict[str, str], says: str
) -> None:
    finding = one(draft, kind)
    sent = {f"m{finding.pk}-{name}": value for name, value in data.items()}
    answer = post(page, draft, finding, "sua", **sent)
    assert answer.status_code == 200 and says in answer.content.decode()
    finding.refresh_from_db()
    assert finding.state == "pending"


def test_a_group_needs_the_explicit_look(page, draft: Draft) -> None:
    url = f"/ke-hoach/doc/{draft.pk}/nhom/citation/"
    ids = list(draft.findings.filter(kind="citation").values_list("pk", flat=True))
    page.post(url, {"muc": ids})
    assert not draft.findings.filter(state="accepted").exists()
    page.post(url, {"muc": ids, "da_xem": "1"})
    assert draft.findings.filter(kind="citation", state="accepted").count() == 2


def test_adding_a_task_in_the_browser(page, draft: Draft) -> None:
    url = f"/ke-hoach/doc/{draft.pk}/them/"
    assert "Bổ sung nhiệm vụ" in page.get(url).content.decode()
    data = {
        "text": "Việc bị sót", "provision": "1", "deliverable": "none",
        "them-ben-TOTAL_FORMS": "1", "them-ben-INITIAL_FORMS": "0",
        "them-ben-0-role": "lead", "them-ben-0-written": "Phòng Tư pháp",
    }  # fmt: skip
    answer = page.post(url, data)
    assert answer.status_code == 302
    row = draft.findings.get(state="corrected")
    assert row.settled["parties"][0]["written"] == "Phòng Tư pháp"


def test_who_sees_a_draft(client, city: City, draft: Draft) -> None:
    for person, status in (
        (city.people["tu-phap"], 404), (city.people["mat-tran"], 404),
        (city.heads["phuong-1"], 404),
        (city.people["noi-vu"], 200), (city.heads["thanh-pho"], 200),
    ):  # fmt: skip
        client.force_login(person.user)
        assert client.get(f"/ke-hoach/doc/{draft.pk}/").status_code == status, person


def test_the_chairman_reads_a_draft_but_settles_nothing(client, city: City, draft: Draft) -> None:
    client.force_login(city.heads["thanh-pho"].user)
    text = client.get(f"/ke-hoach/doc/{draft.pk}/").content.decode()
    assert "/dung/" not in text and "Chỉ cơ quan thường trực" in text
    answer = post(client, draft, one(draft, "task"), "dung")
    assert answer.status_code == 403


def test_the_desk_names_the_review(city: City, draft: Draft, office: Actor) -> None:
    from danvan.programmes.duties import reviews

    duty = next(iter(reviews(office, dt.date(2023, 3, 28))))
    assert f"còn {draft.findings.count()} mục" in duty.title and duty.why
    assert duty.url == f"/ke-hoach/doc/{draft.pk}/"
    assert list(reviews(city.actor("tu-phap"), dt.date(2023, 3, 28))) == []


def test_the_file_is_given_back_as_it_came(page, draft: Draft) -> None:
    answer = page.get(f"/ke-hoach/doc/{draft.pk}/tep/")
    assert b"".join(answer.streaming_content).decode() == draft.text
