"""Pages where something is missing, stale or wrong: each says so and leaves all as it was."""

from __future__ import annotations

import base64
import io
from decimal import Decimal

import pytest
from django.core import signing
from django.core.management import call_command
from django.urls import reverse

from danvan.assignments.models import Assignment
from danvan.documents.models import Citation
from danvan.kernel import clock, duties
from danvan.organisations.models import Appointment
from danvan.scoring import round_pages, sheet_files
from danvan.scoring.actions import criteria_drafts
from danvan.scoring.actions.explanations import explain
from danvan.scoring.actions.verification import verify
from danvan.scoring.forms import criteria as forms
from danvan.scoring.models import (
    Band,
    CapMark,
    Correction,
    CriteriaDraft,
    CriteriaSet,
    DraftRanking,
    Explanation,
    FrozenReading,
    MinorityNote,
    ProofScan,
    Proposal,
    Ranking,
    Rerouting,
)
from danvan.scoring.models.verification import Abstention
from danvan.scoring.queries.thread import thread_of
from danvan.scoring.views import criteria as criteria_views
from tests.scoring import factory
from tests.scoring.results_factory import Case

D = Decimal


# --- importing a score sheet ---------------------------------------------------------------


def test_a_preview_that_is_too_long_or_altered_is_not_written(
    city, sign_in, on_day, monkeypatch
) -> None:
    on_day(2023, 10, 1)
    client, url = sign_in("noi-vu"), reverse("scoring:import_criteria")
    data = base64.b64encode(factory.TEMPLATE.read_bytes()).decode()
    kept = {"name": "mau.csv", "data": data, "typed": {}}
    sealed = signing.dumps(kept, salt=criteria_views.SALT)
    assert "không còn hợp lệ" in client.post(url, {"sealed": sealed}, follow=True).content.decode()
    bad = client.post(url, {"sealed": sealed + "x"}, follow=True).content.decode()
    assert "quá hạn hoặc bị thay đổi" in bad
    monkeypatch.setattr(forms, "MOST_BYTES", 1)
    long = client.post(url, {"sealed": sealed}, follow=True).content.decode()
    assert "quá hạn hoặc bị thay đổi" in long
    assert not CriteriaSet.objects.exists()


def test_a_draft_is_the_programme_offices_and_known_moves_only(city, sign_in, on_day) -> None:
    on_day(2023, 10, 1)
    rows = [{"title": "Một"}, {"title": "Hai"}]
    draft = criteria_drafts.begin(city.body, title="Thử", rows=rows, by=city.actor("noi-vu"))
    assert sign_in("phuong-1").get(reverse("scoring:begin_draft")).status_code == 403
    client = sign_in("noi-vu")
    sent = {"revision": draft.revision}
    assert (
        client.post(reverse("scoring:change_row", args=[draft.pk, 0, "xoay"]), sent).status_code
        == 404
    )
    client.post(reverse("scoring:change_row", args=[draft.pk, 0, "bo"]), sent)
    draft.refresh_from_db()
    assert [row["title"] for row in draft.rows] == ["Hai"]
    stale = client.post(reverse("scoring:change_row", args=[draft.pk, 0, "bo"]), {"revision": "x"})
    assert stale.status_code != 200
    draft.refresh_from_db()
    assert len(draft.rows) == 1


# --- verification --------------------------------------------------------------------------


def test_save_and_next_follows_the_whole_queue_where_the_filter_makes_no_sense(
    case: Case, sign_in
) -> None:
    score = case.score("phuong-1", "2.1")
    url = reverse("scoring:verify", args=[score.pk]) + "?lech=abc"
    told = sign_in("thanh-tra").post(url, {"points": "18", "reason": "", "next": "1"})
    assert told.status_code == 302
    assert case.score("phuong-1", "2.1").verified == D(18)
    following = reverse("scoring:verify", args=[case.score("phuong-2", "2.1").pk])
    assert told["Location"].split("?")[0] == following


def test_not_arising_is_answered_in_the_form_and_told_in_the_thread(
    case: Case, sign_in, on_day
) -> None:
    score = case.score("phuong-1", "4.1")
    score.arises, score.claimed = False, None
    score.save()
    city = case.city
    verify(score, points=D(4), arises=True, reason="Có hồ sơ", by=city.actor("van-phong"))
    case.agree_all("phuong-1")
    on_day(2023, 10, 18)
    made = explain(case.score("phuong-1", "4.1"), text="Không có", asks=D(0),
                   by=city.actor("phuong-1"))  # fmt: skip
    thread = reverse("scoring:thread", args=[score.pk])
    assert "Không chấp nhận “không phát sinh”." in sign_in("phuong-1").get(thread).content.decode()
    client, url = sign_in("noi-vu"), reverse("scoring:answer", args=[made.pk])
    assert "Chấp nhận: không phát sinh" in client.get(url).content.decode()
    client.post(url, {"arises": "on", "points": "4", "text": "Đúng là không có"})
    told = sign_in("phuong-1").get(thread).content.decode()
    assert "Xác nhận không phát sinh." in told


# --- the round and its duties --------------------------------------------------------------


def test_whoever_fills_in_for_two_units_is_told_whose_sheet_each_is(case: Case) -> None:
    city = case.city
    person = city.people["phuong-1"]
    for unit in ("van-phong", "van-hoa"):
        Appointment.objects.filter(unit=city.units[unit]).update(person=person)
    owed = duties.owed(city.actor(person), clock.today())
    titles = [duty.title for duty in owed if "Tự chấm điểm" in duty.title]
    assert sorted(titles) == [
        "Trung tâm Văn hóa, Thể thao và Truyền thanh thành phố – Tự chấm điểm và nộp hồ sơ – "
        "hạn 15/10/2023",
        "Văn phòng HĐND và UBND thành phố – Tự chấm điểm và nộp hồ sơ – hạn 15/10/2023",
    ]


def test_a_member_of_no_ranked_unit_has_no_proofs_to_look_for(case: Case) -> None:
    steps = [
        name for _icon, name, _url in round_pages.steps_of(case.city.actor("cong-an"), case.round)
    ]
    assert steps == []
    own = [
        name for _icon, name, _url in round_pages.steps_of(case.city.actor("phuong-1"), case.round)
    ]
    assert own == ["Thiếu minh chứng"]
    watching = [
        name for _icon, name, _url in round_pages.steps_of(case.city.actor("mat-tran"), case.round)
    ]
    assert "Giải trình, chốt điểm" in watching and "Thẩm định" not in watching


def test_who_watches_finds_no_way_into_the_queue_of_the_offices(case: Case, sign_in) -> None:
    page, queue = f"/cham-diem/{case.round.pk}/chot-diem/", f"/{case.round.pk}/tham-dinh/"
    assert queue in sign_in("noi-vu").get(page).content.decode()
    assert queue not in sign_in("mat-tran").get(page).content.decode()


def test_the_bar_is_drawn_once_for_each_hundredth(case: Case, tmp_path, monkeypatch) -> None:
    def hundreds(_round, _folder):
        for n in range(1, 301):
            yield sheet_files.Done(n, 300, n)

    monkeypatch.setattr(sheet_files, "write", hundreds)
    told = io.StringIO()
    call_command("write_sheets", case.round.pk, tmp_path, stdout=told)
    assert told.getvalue().count("\r") == 101


# --- the thread ----------------------------------------------------------------------------


@pytest.mark.parametrize("basis", ["", "/khong-co-trang-nay/", "/cham-diem/"])
def test_a_reading_that_leads_to_no_duty_leads_nowhere(case: Case, basis: str) -> None:
    score = case.score("phuong-1", "5.1")
    score.criterion.inputs = {"late": "assignments.plan_days_late"}
    score.criterion.save()
    FrozenReading.objects.create(
        sheet=score.sheet, fact="assignments.plan_days_late", value=D(0), basis=basis,
        as_of=clock.now(),
    )  # fmt: skip
    found = thread_of(case.score("phuong-1", "5.1"))
    assert [r.basis for r in found.readings] == [basis]
    assert found.assignments == () and found.by_dossier


def test_a_clause_without_citations_falls_back_on_the_plans_frame(case: Case) -> None:
    task = case.tasks["scoring_dossier"]
    score = case.score("phuong-1", "5.1")
    Assignment.objects.create(
        unit=score.sheet.unit, programme=case.round.programme, role="all", task=task
    )
    # The clause cites the same document twice: it is shown once.
    again = Citation.objects.filter(provision=task.provision).get()
    again.pk = None
    again.save()
    (clause,) = thread_of(case.score("phuong-1", "5.1")).clauses
    assert clause.near and clause.cited == (case.directive,)
    Citation.objects.filter(provision=task.provision).delete()
    (clause,) = thread_of(case.score("phuong-1", "5.1")).clauses
    assert not clause.near and clause.cited == (case.directive,)
    Citation.objects.all().delete()
    (clause,) = thread_of(case.score("phuong-1", "5.1")).clauses
    assert clause.cited == ()


# --- what rows are called ------------------------------------------------------------------


def test_rows_are_called_by_what_they_are_about(case: Case) -> None:
    """As in messages, in the history and in the shell."""
    score, sheet, round = case.score("phuong-1", "2.1"), case.sheet("phuong-1"), case.round
    office, paper = case.city.units["thanh-tra"], case.plan
    cap = sheet.criteria_set.caps.get(code="K7")
    kept = DraftRanking(round=round, occasion="Họp 19/10")
    called = [
        (Explanation(score=score), f"Giải trình {score}"),
        (ProofScan(round=round), f"Quét minh chứng – {round}"),
        (CapMark(cap=cap, sheet=sheet), f"{cap} – {sheet.unit}"),
        (Ranking(round=round), f"Kết quả {round}"),
        (Correction(score=score), f"Điều chỉnh {score}"),
        (kept, "Dự thảo Họp 19/10"),
        (Proposal(round=round, document=paper, draft=kept), f"Tờ trình {paper.code}"),
        (MinorityNote(sheet=sheet, office=office), f"Ý kiến khác – {sheet.unit}"),
        (Rerouting(round=round, criterion=score.criterion, office=office), f"2.1 → {office}"),
        (Abstention(score=score, office=office), f"{office} – {score}"),
        (CriteriaDraft(title="2024"), "Dự thảo 2024"),
        (Band(name="Tốt"), "Tốt"),
    ]
    assert [str(row) for row, _said in called] == [said for _row, said in called]


def test_a_score_with_a_mark_offers_no_standing_aside(case: Case, sign_in) -> None:
    case.submit("phuong-1")
    score = case.score("phuong-1", "1.1")
    item, aside = f"/cham-diem/diem/{score.pk}/tham-dinh/", f"/cham-diem/diem/{score.pk}/tu-choi/"
    office = sign_in("noi-vu")
    assert aside in office.get(item).content.decode()
    case.agree_all("phuong-1")
    assert aside not in office.get(item).content.decode()
