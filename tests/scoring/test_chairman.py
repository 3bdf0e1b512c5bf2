"""Rows 50, 59, 60, 63: the chairman's sheet before the decision."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

import vanban
from danvan.kernel import audit
from danvan.kernel.access import Refused
from danvan.scoring import whatif
from danvan.scoring.actions import proposals, rankings
from danvan.scoring.actions.caps import lift_cap, raise_cap
from danvan.scoring.models import Cap, DraftRanking, MinorityNote, Proposal, Score, Standing
from danvan.scoring.queries import chairman as queries
from danvan.scoring.queries import drafts
from danvan.scoring.standings import forecast
from tests.scoring.results_factory import Case, chairman, handed_in, put_forward
from vanban import checking

D = Decimal


@pytest.fixture
def settled(city, on_day) -> Case:
    """Four units settled, not yet proposed."""
    from danvan.scoring.actions import settlement

    on_day(2023, 10, 20)
    case = handed_in(city)
    units = ("phuong-1", "phuong-2", "xa-tan-binh", "tu-phap")
    office = city.actor("noi-vu")
    case.agree_all(*units)
    settlement.begin_verification(case.round, by=office)
    settlement.begin_explanation(case.round, by=office)
    settlement.settle_all(case.round, by=office)
    settlement.settle_round(case.round, by=office)
    return case


def head(case: Case):
    return case.city.actor(case.city.heads["noi-vu"])


# --- changes since a draft -----------------------------------------------------------------


def test_row_60_changes_since_the_draft_are_told(settled: Case, sign_in) -> None:
    kept = proposals.keep_draft(settled.round, occasion="Họp 19/10", by=head(settled))
    assert audit.of(settled.round).first().says == "lưu bản dự thảo"
    page = reverse("scoring:changes", args=[settled.round.pk])
    office = sign_in("noi-vu")
    assert "Không có gì thay đổi" in office.get(page).content.decode()
    Score.objects.filter(pk=settled.score("xa-tan-binh", "2.1").pk).update(explained=D(19))
    found = queries.changes(kept, drafts.draft(settled.round), ())
    (one,) = [c for c in found if c.name == "UBND Xã Tân Bình"]
    assert D(one.after["points"]) - D(one.before["points"]) == D(14)
    text = office.get(page).content.decode()
    assert "UBND Xã Tân Bình" in text and "Họp 19/10" in text
    assert queries.changes(kept, drafts.draft(settled.round), {one.sheet}) == [
        c for c in found if c.sheet != one.sheet
    ]
    office.post(reverse("scoring:keep_draft", args=[settled.round.pk]), {"occasion": "Lần 2"})
    assert DraftRanking.objects.count() == 2
    assert "Lần 2" in office.get(f"{page}?ban={kept.pk}").content.decode()


def test_row_60_who_keeps_a_draft(settled: Case, sign_in) -> None:
    for who in ("phuong-1", "mat-tran"):
        with pytest.raises(Refused, match="bản dự thảo"):
            proposals.keep_draft(settled.round, occasion="x", by=settled.city.actor(who))
    with pytest.raises(Refused, match="dịp"):
        proposals.keep_draft(settled.round, occasion=" ", by=head(settled))
    page = reverse("scoring:changes", args=[settled.round.pk])
    assert "Chưa lưu bản dự thảo" in sign_in("noi-vu").get(page).content.decode()
    assert sign_in("phuong-1").get(page).status_code == 403


def test_row_60_proposing_keeps_the_draft(settled: Case) -> None:
    rankings.propose(settled.round, by=head(settled))
    assert DraftRanking.objects.get().occasion == "Khi trình kết quả"


# --- caps ----------------------------------------------------------------------------------


def test_row_59_caps_say_their_document_and_who_may_lift_them(settled: Case, sign_in) -> None:
    sheet = settled.sheet("phuong-1")
    cap = sheet.criteria_set.caps.get(code="K7")
    Cap.objects.filter(pk=cap.pk).update(lifter="nobody")
    inspector = settled.city.actor("thanh-tra")
    raise_cap(sheet, cap=cap, document="KL 12/KL-TTr", ground="Điểm nóng", by=inspector)
    text = sign_in("noi-vu").get(reverse("scoring:ranking", args=[settled.round.pk]))
    told = text.content.decode()
    assert "KL 12/KL-TTr" in told and "không ai" in told
    lines = queries.caps(settled.round, drafts.draft(settled.round), ())
    by_code = {(line.name, line.code): line for line in lines}
    mine = by_code["UBND Phường 1", "K7"]
    assert (mine.document, mine.raised_by) == ("KL 12/KL-TTr", "Chuyên viên Thanh tra thành phố")
    assert by_code["UBND Phường 2", "K2"].lifter == "người quyết định xếp loại"
    with pytest.raises(Refused, match="không ai được gỡ"):
        lift_cap(sheet, cap=Cap.objects.get(pk=cap.pk), reason="x", by=chairman(settled))
    late = settled.sheet("phuong-2")
    lift_cap(late, cap=late.criteria_set.caps.get(code="K2"), reason="Bão", by=chairman(settled))
    lines = queries.caps(settled.round, drafts.draft(settled.round), ())
    assert any(line.lifted.endswith("Bão") for line in lines)


# --- opinions --------------------------------------------------------------------------------


def test_row_60_an_opinion_that_differs_stays_beside_the_draft(settled: Case, sign_in) -> None:
    sheet, city = settled.sheet("phuong-1"), settled.city
    for who, why in (("phuong-1", "bằng giải trình"), ("mat-tran", "cơ quan thẩm định")):
        with pytest.raises(Refused, match=why):
            proposals.note(sheet, text="x", by=city.actor(who))
    with pytest.raises(Refused, match="ghi ý kiến"):
        proposals.note(sheet, text=" ", by=city.actor("thanh-tra"))
    page = reverse("scoring:note", args=[sheet.pk])
    client = sign_in("thanh-tra")
    assert client.post(page, {"text": ""}).status_code == 422
    client.post(page, {"text": "Còn đơn tồn đọng"})
    made = MinorityNote.objects.get()
    assert made.office == city.units["thanh-tra"]
    line = audit.of(sheet).first()
    assert (line.says, line.reason) == ("ghi ý kiến khác", "Còn đơn tồn đọng")
    for address in (reverse("scoring:ranking", args=[settled.round.pk]),
                    reverse("scoring:result", args=[sheet.pk])):  # fmt: skip
        assert "Còn đơn tồn đọng" in sign_in("noi-vu").get(address).content.decode()


# --- what if -----------------------------------------------------------------------------------


def tried(case: Case, **asked) -> dict:
    return {f"{block}_{n}": floor for block in ("DEPT", "WARD", "PSU")
            for n, floor in enumerate(("80", "65", "50"))} | asked  # fmt: skip


def test_row_50_other_bands_and_points_are_tried_and_nothing_is_kept(
    settled: Case, sign_in
) -> None:
    client, page = sign_in("noi-vu"), reverse("scoring:what_if", args=[settled.round.pk])
    before = list(Score.objects.order_by("pk").values()), audit.of(settled.round).count()
    same = client.get(page, tried(settled)).context
    assert same["moved"] == []
    higher = client.get(page, tried(settled, WARD_0="95")).context
    assert {name for name, _m in higher["moved"]} >= {"UBND Phường 1"}
    assert higher["then"].top < higher["now"].top
    weak = settled.sheet("xa-tan-binh")
    lifted = client.get(page, tried(settled, sheet0=weak.pk, code0="2.1", points0="20")).context
    (one,) = [m for name, m in lifted["moved"] if name == "UBND Xã Tân Bình"]
    # The group was under half: its cap held the class down; with full points it is gone.
    assert (one.before.band, one.after.band) == ("Khá", "Tốt")
    assert one.after.points - one.before.points == D(15)
    after = list(Score.objects.order_by("pk").values()), audit.of(settled.round).count()
    assert before == after


@pytest.mark.parametrize(("asked", "told"), [
    ({"WARD_1": "80"}, "thấp hơn loại trên"),
    ({"WARD_2": "0"}, "Phải trên 0"),
    ({"code0": "2.1", "points0": "3"}, "Chọn đơn vị"),
    ({"sheet0": "mine", "code0": "9.9", "points0": "3"}, "không có tiêu chí này"),
    ({"sheet0": "mine", "code0": "2.1", "points0": "21"}, "từ 0 đến 20"),
])  # fmt: skip
def test_row_50_what_cannot_be_tried_is_told(settled: Case, sign_in, asked, told) -> None:
    values = {k: settled.sheet("phuong-1").pk if v == "mine" else v for k, v in asked.items()}
    page = reverse("scoring:what_if", args=[settled.round.pk])
    text = sign_in("noi-vu").get(page, tried(settled, **values)).content.decode()
    assert told in text


def test_row_50_trying_equals_doing(settled: Case) -> None:
    """What the trial says is what the product says when the points are really changed."""
    drafted = drafts.draft(settled.round)
    scales, caps = drafts.scales_of(settled.round)
    for unit, code, points in (("xa-tan-binh", "2.1", "20"), ("phuong-1", "2.1", "3"),
                               ("phuong-1", "B1", "2"), ("phuong-2", "D1", "4")):  # fmt: skip
        score = settled.score(unit, code)
        delta = D(points) - drafts.value_of(score)
        group = score.criterion.group.code if score.criterion.group else ""
        one = whatif.Tried(score.sheet_id, score.criterion.kind, group, delta)
        told = whatif.outcome(drafted.blocks, scales, caps, {}, [one])
        Score.objects.filter(pk=score.pk).update(explained=D(points))
        real = drafts.draft(settled.round).blocks
        Score.objects.filter(pk=score.pk).update(explained=None)
        for block, lines in real.items():
            assert [(x.unit, x.rate, x.rank, x.band, x.ineligible) for x in lines] == [
                (x.unit, x.rate, x.rank, x.band, x.ineligible) for x in told[block]
            ]


# --- the forecast in words ---------------------------------------------------------------------


def test_row_50_the_forecast_names_the_criteria_that_decide(settled: Case, sign_in) -> None:
    """Of four ranked units, phường 1 and the late one stand at 94; two do not reach Tốt."""
    drafted = drafts.draft(settled.round)
    told = forecast(drafted.blocks, drafted.scales, D(100), nearest=None)
    decide = queries.deciding(told.near)
    assert decide and decide[0].code in {"1.1", "5.1", "2.1"}
    said = queries.forecast_said(told, "Tốt", decide)
    assert said.startswith(f"Với điểm đã thẩm định hiện nay {told.top}/{told.ranked} đơn vị đạt")
    assert f"còn thiếu {told.lacking}" in said and "các tiêu chí sau quyết định: " in said
    reached = forecast(drafted.blocks, drafted.scales, D(1))
    assert queries.forecast_said(reached, "Tốt", []).endswith("đã đạt).")
    none = forecast(drafted.blocks, drafted.scales, None)
    assert queries.forecast_said(none, "Tốt", []).endswith("đạt Tốt.")
    settled.round.target_share = D(100)
    settled.round.save()
    page = sign_in("noi-vu").get(reverse("scoring:ranking", args=[settled.round.pk]))
    text = page.content.decode()
    assert "Với điểm đã thẩm định hiện nay" in text and "Các tiêu chí sau quyết định" in text


# --- the letter --------------------------------------------------------------------------------


def test_row_63_the_letter_is_numbered_before_the_decision(settled: Case, sign_in) -> None:
    proposals.note(settled.sheet("phuong-1"), text="Còn đơn", by=settled.city.actor("thanh-tra"))
    client = sign_in(settled.city.heads["noi-vu"])
    draft = client.get(reverse("scoring:proposal_draft", args=[settled.round.pk]))
    assert draft.status_code == 200 and draft.content.startswith(b"PK")
    client.post(reverse("scoring:issue_proposal", args=[settled.round.pk]))
    made = Proposal.objects.get()
    assert made.document.code.startswith("01/TTr-")
    assert made.document.issuer == settled.city.units["noi-vu"]
    data = made.document.file.path.read_bytes()
    assert checking.check(data) == ()
    words = vanban.read(data, "to-trinh.docx").text
    for part in ("TỜ TRÌNH", "Với điểm đã thẩm định hiện nay", "Hồ sơ quá hạn", "Còn đơn",
                 "UBND Phường 1"):  # fmt: skip
        assert part in words
    assert audit.of(settled.round).first().says == "ký tờ trình kết quả xếp loại"
    assert made.draft.occasion == f"Tờ trình {made.document.code}"
    rankings.propose(settled.round, by=head(settled))
    decided = rankings.decide(settled.round, by=chairman(settled))
    assert f"tại Tờ trình số {made.document.code}" in decided.decision.text


def test_row_63_who_signs_the_letter_and_when(settled: Case, sign_in) -> None:
    for who in ("noi-vu", "phuong-1", "thanh-tra"):
        with pytest.raises(Refused, match="người đứng đầu hoặc cấp phó"):
            proposals.issue_proposal(settled.round, by=settled.city.actor(who))
    rankings.propose(settled.round, by=head(settled))
    with pytest.raises(Refused, match="đã trình"):
        proposals.issue_proposal(settled.round, by=head(settled))
    denied = sign_in("noi-vu").get(reverse("scoring:proposal_draft", args=[settled.round.pk]))
    assert denied.status_code == 403
    assert not Proposal.objects.exists()


# --- quota and rounding --------------------------------------------------------------------------


def test_row_59_a_quota_of_the_top_class_holds_in_the_decision_and_in_the_recomputation(
    city, on_day
) -> None:
    import json

    from danvan.scoring import recompute
    from danvan.scoring.models import Band, CriteriaSet

    on_day(2023, 10, 20)
    case = handed_in(city)
    ward = case.sheet("phuong-1").criteria_set
    Band.objects.filter(criteria_set=ward, order=0).update(quota=D(34))
    CriteriaSet.objects.filter(pk=ward.pk).update(places=0)
    Score.objects.filter(pk=case.score("phuong-2", "1.1").pk).update(claimed=D(19))
    put_forward(case)
    ranking = rankings.decide(case.round, by=chairman(case))
    held = {s.unit_name: s for s in Standing.objects.filter(ranking=ranking, block="WARD")}
    assert [s.band for s in held.values()].count("Tốt") == 1
    assert held["UBND Phường 1"].rate == D(94)
    export = json.loads(ranking.snapshot)
    assert recompute.recomputed(export) == recompute.published(export)
