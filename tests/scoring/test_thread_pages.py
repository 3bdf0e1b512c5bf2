"""The thread: from the class back to the directive, each step a link; and the unit's history."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from danvan.assignments.models import Assignment, Attachment, Submission
from danvan.kernel import clock, files
from danvan.scoring.actions.rankings import decide
from danvan.scoring.actions.verification import verify
from danvan.scoring.models import FrozenReading, Proof
from danvan.scoring.tracing import trace_of
from tests.scoring.results_factory import Case, chairman
from tests.scoring.test_verification_pages import signed_in

D = Decimal


@pytest.fixture
def proven(case: Case, on_day) -> Case:
    """1.1 of Phường 1 is proven by its plan; 2.1 was changed; everything is decided."""
    unit = case.city.units["phuong-1"]
    plan = Assignment.objects.get(unit=unit, task=case.tasks["plan"])
    sent = Submission.objects.create(
        assignment=plan, version=1, filed_at=clock.now(), outcome="accepted",
        decided_at=clock.now(),
    )  # fmt: skip
    file = files.store(b"ke hoach")
    attachment = Attachment.objects.create(submission=sent, file=file, name="ke-hoach.pdf")
    Proof.objects.create(
        score=case.score("phuong-1", "1.1"), name="Kế hoạch 12/KH-UBND", attachment=attachment,
        added_at=clock.now(),
    )  # fmt: skip
    verify(
        case.score("phuong-1", "2.1"), points=D(17), reason="Thiếu một sổ",
        by=case.city.actor("thanh-tra"),
    )  # fmt: skip
    case.settle("phuong-1", "phuong-2", "xa-tan-binh", "tu-phap", then=lambda: on_day(2023, 10, 20))
    return case


def links(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert response.status_code == 200, url
    return re.findall(r'href="([^"]+)"', response.content.decode())


@pytest.mark.parametrize("who", ["phuong-1", "noi-vu", "mat-tran"])
def test_the_thread_is_one_click_at_a_time(proven: Case, who: str) -> None:
    ranking = decide(proven.round, by=chairman(proven))
    client = signed_in(proven, who)
    score = proven.score("phuong-1", "1.1")
    ranking_page = reverse("scoring:ranking", args=[proven.round.pk])
    result = reverse("scoring:result", args=[score.sheet_id])
    thread = reverse("scoring:thread", args=[score.pk])
    assert result in links(client, ranking_page)
    assert {thread, ranking_page} <= set(links(client, result))
    found = links(client, thread)
    plan = Assignment.objects.get(unit=score.sheet.unit, task=proven.tasks["plan"])
    assert reverse("assignments:detail", args=[plan.pk]) in found
    assert reverse("programmes:task", args=[proven.tasks["plan"].pk]) in found
    assert reverse("documents:document", args=[proven.directive.pk]) in found
    assert reverse("documents:document", args=[ranking.decision_id]) in found
    assert reverse("scoring:proof_page", args=[score.proofs.get().pk]) in found
    assert {result, ranking_page} <= set(found)


def test_the_five_values_with_who_when_why(proven: Case) -> None:
    decide(proven.round, by=chairman(proven))
    text = signed_in(proven, "phuong-1").get(
        reverse("scoring:thread", args=[proven.score("phuong-1", "2.1").pk])
    ).content.decode()  # fmt: skip
    for label in ("Hệ thống tính", "Tự chấm", "Thẩm định", "Sau giải trình", "Quyết định"):
        assert label in text
    assert "Thiếu một sổ" in text and "Chuyên viên Thanh tra thành phố" in text
    assert "08:00 16/10/2023" in text
    assert "01/QĐ-UBND" in text


def test_a_frozen_reading_leads_to_its_assignment(proven: Case) -> None:
    score = proven.score("phuong-1", "5.1")
    score.criterion.inputs = {"days_late": "assignments.plan_days_late"}
    score.criterion.formula = "S(days_late; 0: M; <=5: M / 2; else: 0)"
    score.criterion.words = {"days_late": "số ngày nộp chậm"}
    score.criterion.save()
    plan = Assignment.objects.get(unit=score.sheet.unit, task=proven.tasks["plan"])
    basis = reverse("assignments:detail", args=[plan.pk])
    FrozenReading.objects.create(
        sheet=score.sheet, fact="assignments.plan_days_late", value=D(0), said="Nộp đúng hạn",
        basis=basis, as_of=clock.now(),
    )  # fmt: skip
    client = signed_in(proven, "phuong-1")
    found = links(client, reverse("scoring:thread", args=[score.pk]))
    assert found.count(basis) == 2
    assert reverse("programmes:task", args=[proven.tasks["plan"].pk]) in found


def test_without_a_proof_the_duty_to_be_scored_leads_on(proven: Case) -> None:
    score = proven.score("phuong-1", "6.1")
    owed = Assignment.objects.create(
        unit=score.sheet.unit, programme=proven.round.programme, role="all",
        task=proven.tasks["scoring_dossier"],
    )  # fmt: skip
    response = signed_in(proven, "phuong-1").get(reverse("scoring:thread", args=[score.pk]))
    text = response.content.decode()
    assert "không gắn với một nhiệm vụ" in text
    assert reverse("assignments:detail", args=[owed.pk]) in text
    assert "33/CT-TTg" in text and "815/QĐ-UBND" in text


@pytest.mark.parametrize("who", ["phuong-2", "cong-an", "thanh-pho"])
def test_others_do_not_see_a_units_thread(proven: Case, who: str) -> None:
    score = proven.score("phuong-1", "2.1")
    client = signed_in(proven, who)
    for url in (
        reverse("scoring:thread", args=[score.pk]),
        reverse("scoring:result", args=[score.sheet_id]),
        reverse("scoring:explain", args=[score.pk]),
    ):
        assert client.get(url).status_code == 404


def test_row_68_the_unit_reads_its_own_history(proven: Case) -> None:
    decide(proven.round, by=chairman(proven))
    url = reverse("scoring:result", args=[proven.sheet("phuong-1").pk])
    text = signed_in(proven, "phuong-1").get(url).content.decode()
    history = text.partition('id="lich-su"')[2]
    for words in ("thẩm định điểm", "Thiếu một sổ", "chốt điểm phiếu",
                  "quyết định và công bố kết quả xếp loại"):  # fmt: skip
        assert words in history, words


def test_the_subtotals_add_up_to_the_line(proven: Case) -> None:
    text = signed_in(proven, "phuong-1").get(
        reverse("scoring:result", args=[proven.sheet("phuong-1").pk])
    ).content.decode()  # fmt: skip
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert "93 / 100" in plain
    assert re.search(r"Cộng: 17 ?/20", plain)


def test_a_page_costs_the_same_with_many_lines(proven: Case) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, score = signed_in(proven, "noi-vu"), proven.score("phuong-1", "1.1")
    url = reverse("scoring:thread", args=[score.pk])

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    one = queries()
    for n in range(3):
        Proof.objects.create(
            score=score, name=f"Ảnh {n}", address="https://example.vn/a", added_at=clock.now()
        )
    assert queries() == one


def test_the_computation_is_followed_step_by_step(proven: Case) -> None:
    """Row 50: the explanation is the computation, of the readings frozen at submission."""
    score = proven.score("phuong-1", "5.1")
    score.criterion.inputs = {"late": "assignments.plan_days_late", "other": "=1.1"}
    score.criterion.formula = "S(late; 0: M; <=limit: M / 2; typed: 0; else: 0) + other * 0"
    score.criterion.words = {"late": "số ngày nộp chậm", "typed": "số đơn vị tự đếm"}
    score.criterion.params = {"limit": "5"}
    score.criterion.save()
    reading = FrozenReading.objects.create(
        sheet=score.sheet, fact="assignments.plan_days_late", value=D(3), as_of=clock.now(),
        basis="/nhiem-vu/1/", said="Nộp chậm 3 ngày",
    )  # fmt: skip
    type(score).objects.filter(pk=proven.score("phuong-1", "1.1").pk).update(computed=D(2))
    trace = trace_of(proven.score("phuong-1", "5.1"), [reading])
    assert trace is not None and trace.points == score.criterion.max_points / 2
    assert trace.locked_at == reading.as_of
    text = signed_in(proven, "phuong-1").get(reverse("scoring:thread", args=[score.pk])).content
    page = " ".join(re.sub(r"<[^>]+>", " ", text.decode()).split())
    assert "số ngày nộp chậm = 3 – Nộp chậm 3 ngày" in page
    assert "điểm tiêu chí 1.1 = 2" in page
    assert "không quá 5 = đúng" in page
    assert "[số đơn vị tự đếm]" in page
