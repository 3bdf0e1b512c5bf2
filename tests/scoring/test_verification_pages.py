"""The queue and the forms of verification, as each persona meets them."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from danvan.kernel import clock
from danvan.scoring.actions.verification import agree, mark, verify
from danvan.scoring.models import Proof, Score
from tests.scoring.results_factory import Case, build

D = Decimal


@pytest.fixture
def case(city, on_day) -> Case:
    on_day(2023, 10, 16)
    made = build(city)
    made.submit("phuong-1")
    Score.objects.filter(pk=made.score("phuong-1", "2.1").pk).update(computed=D(15))
    return made


def signed_in(case: Case, who) -> Client:
    person = case.city.people[who] if isinstance(who, str) else who
    client = Client()
    client.force_login(person.user)
    return client


def came_from(url: str) -> dict[str, str]:
    """The header by which "done already" leads back to the page one came from."""
    return {"referer": f"http://testserver{url}"}


def queue_url(case: Case, **asked) -> str:
    from urllib.parse import urlencode

    return f"{reverse('scoring:queue', args=[case.round.pk])}?{urlencode(asked)}"


def test_row_55_the_queue_is_the_offices_slice(case: Case) -> None:
    text = signed_in(case, "thanh-tra").get(queue_url(case)).content.decode()
    assert "Tiêu chí 2.1" in text and "UBND Phường 1" in text
    assert "Tiêu chí 1.1" not in text and "Tiêu chí 4.1" not in text
    assert "Còn 1 tiêu chí chờ thẩm định" in text


@pytest.mark.parametrize(("who", "status"), [
    ("noi-vu", 200), ("thanh-tra", 200), ("van-phong", 200), ("phuong-1", 403), ("mat-tran", 403),
    ("thanh-pho", 404),
])  # fmt: skip
def test_row_55_who_may_open_the_queue(case: Case, who: str, status: int) -> None:
    response = signed_in(case, who).get(queue_url(case))
    assert response.status_code == status
    if status == 403:
        assert "không được giao thẩm định" in response.content.decode()


def test_row_56_filters(case: Case) -> None:
    case.submit("phuong-2")
    client = signed_in(case, "thanh-tra")

    def units(**asked) -> set[str]:
        text = client.get(queue_url(case, **asked)).content.decode()
        body = text.partition("<tbody>")[2].partition("</table>")[0]
        return {name for name in ("UBND Phường 1", "UBND Phường 2") if name in body}

    assert units() == {"UBND Phường 1", "UBND Phường 2"}
    assert units(don_vi=case.city.units["phuong-2"].pk) == {"UBND Phường 2"}
    assert units(lech="3") == {"UBND Phường 1"}
    assert units(lech="3,01") == set()
    assert units(khoi="PSU") == set()
    agree(case.score("phuong-1", "2.1"), by=case.city.actor("thanh-tra"))
    assert units(chua="on") == {"UBND Phường 2"}
    assert units(tieu_chi="2.1") == {"UBND Phường 1", "UBND Phường 2"}
    wrong = client.get(queue_url(case, lech="abc", khoi="xyz"))
    assert wrong.status_code == 200
    assert "không phải là số điểm" in wrong.content.decode()


def test_row_55_the_pages_cost_does_not_grow(case: Case) -> None:
    client, url = signed_in(case, "noi-vu"), queue_url(case)

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    one = queries()
    for unit in ("phuong-2", "xa-tan-binh", "tu-phap"):
        case.submit(unit)
    Proof.objects.bulk_create(
        Proof(score=s, name="Sổ", address="https://example.vn/so", added_at=clock.now())
        for s in Score.objects.all()
    )
    assert queries() == one


def test_row_56_agree_and_go_on(case: Case) -> None:
    client = signed_in(case, "noi-vu")
    first = case.score("phuong-1", "1.1")
    response = client.post(
        reverse("scoring:agree", args=[first.pk]), {"seen": mark(first), "next": "1"}
    )
    assert response.headers["Location"] == reverse(
        "scoring:verify", args=[case.score("phuong-1", "5.1").pk]
    )
    assert case.score("phuong-1", "1.1").verified == D(20)
    url = reverse("scoring:agree", args=[first.pk])
    again = client.post(url, {"seen": ""}, follow=True, headers=came_from(queue_url(case)))
    assert "vừa thẩm định điểm này" in again.content.decode()


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ("21", "Điểm không được vượt quá 20"),
        ("-1", "Điểm không được âm"),
        ("1e9", "không phải là số điểm"),
        ("1000000000", "Điểm không được vượt quá 20"),
        ("9,555", "tối đa 2 chữ số"),
        ("chín", "không phải là số điểm"),
        ("", "Chưa ghi điểm"),
    ],
)
def test_row_56_wrong_points_are_told_at_the_field(case: Case, points: str, told: str) -> None:
    score = case.score("phuong-1", "2.1")
    response = signed_in(case, "thanh-tra").post(
        reverse("scoring:verify", args=[score.pk]), {"points": points, "reason": "Vì sổ thiếu"}
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert told in text and "Vì sổ thiếu" in text and "id_points_error" in text
    assert case.score("phuong-1", "2.1").verified is None


def test_row_56_a_reason_is_asked_at_the_field(case: Case) -> None:
    client, score = signed_in(case, "thanh-tra"), case.score("phuong-1", "2.1")
    url = reverse("scoring:verify", args=[score.pk])
    text = client.post(url, {"points": "9,5", "reason": " "}).content.decode()
    assert "id_reason_error" in text and "phải ghi lý do" in text
    client.post(url, {"points": "9,5", "reason": "Thiếu sổ", "seen": ""})
    assert case.score("phuong-1", "2.1").verified == D("9.5")


def test_row_56_the_second_of_two_is_told_and_keeps_his_words(case: Case) -> None:
    client, score = signed_in(case, case.city.heads["thanh-tra"]), case.score("phuong-1", "2.1")
    seen = mark(score)
    verify(score, points=D(12), reason="Thiếu sổ", by=case.city.actor("thanh-tra"))
    mine = "Một lý do dài mà không ai muốn phải gõ lại lần thứ hai chỉ vì đồng nghiệp nhanh hơn."
    response = client.post(
        reverse("scoring:verify", args=[score.pk]), {"points": "5", "reason": mine, "seen": seen}
    )
    text = response.content.decode()
    assert response.status_code == 409
    assert mine in text and "vừa thẩm định" in text
    assert case.score("phuong-1", "2.1").verified == D(12)


def test_row_56_not_arising_by_form(case: Case) -> None:
    score = case.score("phuong-1", "4.1")
    Score.objects.filter(pk=score.pk).update(arises=False, claimed=None)
    client, url = signed_in(case, "van-phong"), reverse("scoring:verify", args=[score.pk])
    assert "Không chấp nhận: có phát sinh" in client.get(url).content.decode()
    text = client.post(url, {"arises": "yes", "points": "5"}).content.decode()
    assert "phải ghi lý do" in text
    client.post(url, {"arises": "no", "points": ""})
    assert case.score("phuong-1", "4.1").arises_verified is False


@pytest.mark.parametrize(("who", "status"), [
    ("van-phong", 403), ("noi-vu", 403), ("phuong-1", 403), ("phuong-2", 404), ("mat-tran", 403),
])  # fmt: skip
def test_row_58_form_per_persona(case: Case, who: str, status: int) -> None:
    url = reverse("scoring:verify", args=[case.score("phuong-1", "2.1").pk])
    assert signed_in(case, who).get(url).status_code == status
    assert signed_in(case, who).post(url, {"points": "1", "reason": "x"}).status_code == status
    assert case.score("phuong-1", "2.1").verified is None


# --- hidden marks --------------------------------------------------------------------------


def test_row_55_marks_of_another_office_stay_hidden(case: Case) -> None:
    score = case.score("phuong-1", "2.1")
    verify(score, points=D("7.77"), reason="Lý do của Thanh tra", by=case.city.actor("thanh-tra"))
    pages = [
        reverse("scoring:thread", args=[score.pk]),
        reverse("scoring:result", args=[score.sheet_id]),
        reverse("scoring:ranking", args=[case.round.pk]),
        reverse("scoring:settling", args=[case.round.pk]),
        queue_url(case),
    ]
    office = signed_in(case, "noi-vu")
    for page in pages:
        text = office.get(page).content.decode()
        assert "7,77" not in text and "Lý do của Thanh tra" not in text, page
    unit = signed_in(case, "phuong-1")
    for page in pages[:3]:
        assert "7,77" not in unit.get(page).content.decode(), page
    book = office.get(reverse("scoring:ranking_workbook", args=[case.round.pk])).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(1).to_python()
    hidden = next(row for row in rows if row[1] == "UBND Phường 1")
    assert hidden[2] == "" and "Ẩn" in hidden[6]
    assert "7,77" in signed_in(case, "thanh-tra").get(pages[0]).content.decode()
    assert "7,77" in signed_in(case, "mat-tran").get(pages[0]).content.decode()
    for code in ("1.1", "5.1", "6.1", "B1", "D1"):
        agree(case.score("phuong-1", code), by=case.city.actor("noi-vu"))
    assert "7,77" in office.get(pages[0]).content.decode()
    assert "Lý do của Thanh tra" in office.get(pages[1]).content.decode()
    case.agree_all("phuong-1")
    assert "7,77" in unit.get(pages[1]).content.decode()


def test_row_55_the_queue_as_a_workbook(case: Case) -> None:
    url = reverse("scoring:queue_workbook", args=[case.round.pk])
    data = signed_in(case, "thanh-tra").get(url).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert {row[1] for row in rows} >= {"Mã", "2.1"}
    assert "1.1" not in {row[1] for row in rows}
    found = next(row for row in rows if row[1] == "2.1")
    assert found[0] == "UBND Phường 1" and found[4] == 18.0 and found[5] == 15.0
    assert signed_in(case, "phuong-1").get(url).status_code == 403


# --- explanation and settling ------------------------------------------------------------------


@pytest.fixture
def changed(case: Case, on_day) -> Case:
    verify(
        case.score("phuong-1", "2.1"), points=D(12), reason="Thiếu sổ",
        by=case.city.actor("thanh-tra"),
    )  # fmt: skip
    case.agree_all("phuong-1")
    on_day(2023, 10, 18)
    return case


def test_row_57_explain_and_answer_in_the_browser(changed: Case) -> None:
    unit, office = signed_in(changed, "phuong-1"), signed_in(changed, "noi-vu")
    score = changed.score("phuong-1", "2.1")
    result = unit.get(reverse("scoring:result", args=[score.sheet_id])).content.decode()
    assert "Điểm cơ quan thẩm định đã thay đổi" in result and "Thiếu sổ" in result
    url = reverse("scoring:explain", args=[score.pk])
    text = unit.post(url, {"ground": "other", "asks": "25", "text": "Có sổ"}).content.decode()
    assert "Điểm không được vượt quá 20" in text and "Có sổ" in text
    assert unit.post(url, {"ground": "other", "asks": "18", "text": "Có sổ"}).status_code == 302
    back = came_from(reverse("scoring:thread", args=[score.pk]))
    again = unit.post(
        url, {"ground": "other", "asks": "18", "text": "Lại"}, follow=True, headers=back
    )
    assert "mỗi điểm giải trình một lần" in again.content.decode()
    page = office.get(reverse("scoring:settling", args=[changed.round.pk])).content.decode()
    answer = reverse("scoring:answer", args=[changed.score("phuong-1", "2.1").explanation.pk])
    assert answer in page
    assert unit.get(answer).status_code == 403
    assert office.post(answer, {"points": "16", "text": ""}).status_code == 200
    assert office.post(answer, {"points": "16", "text": "Một phần"}).status_code == 302
    text = unit.get(reverse("scoring:thread", args=[score.pk])).content.decode()
    assert "Một phần" in text and "Có sổ" in text


def test_row_57_settling_in_the_browser(changed: Case, on_day) -> None:
    office, pk = signed_in(changed, "noi-vu"), changed.round.pk
    page = reverse("scoring:settling", args=[pk])
    assert signed_in(changed, "phuong-1").get(page).status_code == 403
    assert signed_in(changed, "mat-tran").get(page).status_code == 200
    for step in ("tham-dinh", "giai-trinh"):
        assert office.post(reverse("scoring:step", args=[pk, step])).status_code == 302
    on_day(2023, 10, 20)
    refused = office.post(reverse("scoring:step", args=[pk, "chot"]))
    assert refused.status_code == 403
    assert "Còn 1 phiếu chưa chốt điểm" in refused.content.decode()
    assert "Còn 1 phiếu chưa chốt điểm" in office.get(page).content.decode()
    assert "Chốt mọi phiếu đủ điều kiện" in office.get(page).content.decode()
    office.post(reverse("scoring:settle_all", args=[pk]))
    assert office.post(reverse("scoring:step", args=[pk, "chot"])).status_code == 302
    assert "Chốt mọi phiếu đủ điều kiện" not in office.get(page).content.decode()
    step = reverse("scoring:step", args=[pk, "chot"])
    again = office.post(step, follow=True, headers=came_from(page))
    assert "Đã ở trạng thái" in again.content.decode()
    changed.round.refresh_from_db()
    assert changed.round.state == "settled"
    bad = office.post(reverse("scoring:step", args=[pk, "khong-co"]))
    assert bad.status_code == 404


def test_row_57_the_window_by_form(changed: Case) -> None:
    office, url = signed_in(changed, "noi-vu"), reverse("scoring:window", args=[changed.round.pk])
    text = office.post(url, {"first": "31/02/2023", "last": "x", "reason": "y"}).content.decode()
    assert "Không có ngày 31/02/2023" in text and "không phải là ngày" in text
    text = office.post(
        url, {"first": "20/10/2023", "last": "19/10/2023", "reason": "y"}
    ).content.decode()
    assert "không trước ngày đầu" in text
    assert (
        office.post(
            url, {"first": "18/10/2023", "last": "20/10/2023", "reason": "Chậm"}
        ).status_code
        == 302
    )
    assert signed_in(changed, "thanh-tra").get(url).status_code == 403


# --- the desk ----------------------------------------------------------------------------------


def titles(case: Case, who, day=(2023, 10, 16)) -> list[str]:
    import datetime as dt

    from danvan.scoring.duties_results import duties_of

    return [d.title for d in duties_of(case.city.actor(who), dt.date(*day))]


def test_row_71_each_desk_says_what_is_owed(changed: Case, on_day) -> None:
    changed.submit("phuong-2")
    assert titles(changed, "thanh-tra") == ["1 tiêu chí chờ thẩm định (1 phiếu)"]
    assert titles(changed, "phuong-1", (2023, 10, 18)) == [
        "1 điểm bị thay đổi khi thẩm định: còn quyền giải trình"
    ]
    assert titles(changed, "phuong-1", (2023, 10, 20)) == []
    assert titles(changed, "phuong-2", (2023, 10, 18)) == []
    office = titles(changed, "noi-vu", (2023, 10, 18))
    assert office == ["5 tiêu chí chờ thẩm định (1 phiếu)", "Chuyển đợt chấm sang thẩm định"]
    from danvan.scoring.actions.explanations import explain

    explain(
        changed.score("phuong-1", "2.1"), text="x", asks=D(18), by=changed.city.actor("phuong-1")
    )
    assert "Trả lời giải trình 2.1 – UBND Phường 1" in titles(changed, "noi-vu", (2023, 10, 18))
    assert titles(changed, "thanh-tra") == ["1 tiêu chí chờ thẩm định (1 phiếu)"]


def test_row_71_the_chairman_decides_in_time(case: Case, on_day) -> None:
    on_day(2023, 10, 20)
    case.settle("phuong-1")
    assert titles(case, case.city.heads["thanh-pho"]) == ["Quyết định xếp loại năm 2023"]
    assert titles(case, case.city.deputy) == ["Quyết định xếp loại năm 2023"]


def test_row_58_the_substitute_is_told_why(case: Case) -> None:
    case.submit("noi-vu")
    client = signed_in(case, "thanh-tra")
    text = client.get(queue_url(case, don_vi=case.city.units["noi-vu"].pk)).content.decode()
    assert text.count("thẩm định thay: phiếu của chính cơ quan") == 5
    item = reverse("scoring:verify", args=[case.score("noi-vu", "1.1").pk])
    assert "Ông/Bà thẩm định thay" in client.get(item).content.decode()
    own = signed_in(case, "noi-vu").get(item)
    assert own.status_code == 403
    assert "do Thanh tra thành phố thẩm định" in own.content.decode()


def test_row_55_history_does_not_tell_what_is_hidden(case: Case) -> None:
    from danvan.kernel.models import Entry
    from danvan.scoring.queries.sight import veiled_history

    score = case.score("phuong-1", "2.1")
    verify(score, points=D(7), reason="Lý do kín", by=case.city.actor("thanh-tra"))

    def reads(who: str) -> bool:
        lines = Entry.objects.exclude(veiled_history(case.city.actor(who)))
        return lines.filter(reason="Lý do kín").exists()

    assert [who for who in ("noi-vu", "van-phong", "phuong-1") if reads(who)] == []
    assert all(reads(who) for who in ("thanh-tra", "mat-tran"))
    case.agree_all("phuong-1")
    assert all(reads(who) for who in ("noi-vu", "van-phong", "phuong-1"))
