"""What papers, workbooks and the public pages say at the edges: nobody, nothing, not arisen."""

from __future__ import annotations

import gc
import io
import json
import runpy
import sys
from decimal import Decimal
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from danvan.kernel import clock
from danvan.kernel.access import Refused
from danvan.kernel.facts import Reading
from danvan.organisations import roles
from danvan.scoring import (
    computing,
    decision_documents,
    exports,
    proposal_documents,
    public,
    recompute,
    regulation_pages,
    signatures,
    tracing,
)
from danvan.scoring.actions import corrections, rankings
from danvan.scoring.models import Criterion, Round, Score, Sheet
from danvan.scoring.queries import drafts
from danvan.scoring.queries import rankings as ranking_queries
from danvan.scoring.queries.progress import lacking_for_settling, progress
from danvan.scoring.sheet_documents import common, file_of, scores_of
from danvan.scoring.templatetags import ranking_rows
from tests.scoring.results_factory import Case, build, chairman

D = Decimal


# --- the decision and the letter -----------------------------------------------------------


def test_who_does_not_sign_for_the_body_gets_no_decision(proposed: Case) -> None:
    drafted = drafts.draft(proposed.round)
    with pytest.raises(Refused, match="Chỉ Chủ tịch hoặc Phó Chủ tịch"):
        decision_documents.parts_of(proposed.round, drafted, proposed.city.actor("noi-vu"))


def test_without_a_programme_office_nobody_proposes_and_no_letter_goes_out(proposed: Case) -> None:
    head = proposed.city.actor(proposed.city.heads["noi-vu"])
    proposed.round.offices.filter(role=roles.PROGRAMME_OFFICE).delete()
    drafted = drafts.draft(proposed.round)
    parts = decision_documents.parts_of(proposed.round, drafted, chairman(proposed))
    assert parts.grounds and not any("Theo đề nghị" in ground for ground in parts.grounds)
    with pytest.raises(Refused, match="chưa có cơ quan thường trực"):
        proposal_documents.parts_of(proposed.round, drafted, head)


def test_a_unit_that_is_not_ranked_keeps_its_figures_in_the_annex(proposed: Case) -> None:
    sheet = proposed.sheet("phuong-1")
    cap = sheet.criteria_set.caps.get(code="K3")
    sheet.cap_marks.create(cap=cap, document="QĐ 5", ground="Kỷ luật", raised_at=clock.now())
    drafted = drafts.draft(proposed.round)
    parts = decision_documents.parts_of(proposed.round, drafted, chairman(proposed))
    rows = [row for annex in parts.annexes if annex.table for row in annex.table.rows]
    (mine,) = [r for r in rows if r[1] == "UBND Phường 1"]
    assert mine[0] == "–" and mine[2] == "94,00" and mine[5] == "Không xếp loại"
    (missing,) = [r for r in rows if r[1].startswith("Trung tâm")]
    assert missing[2:5] == ("–", "–", "–")


def test_a_letter_without_caps_and_other_opinions_says_so(city, on_day) -> None:
    on_day(2023, 10, 16)
    case = build(city, [(city.units["phuong-1"].pk, "WARD")])
    case.submit("phuong-1")
    case.agree_all("phuong-1")
    body = proposal_documents.parts_of(
        case.round, drafts.draft(case.round), city.actor(city.heads["noi-vu"])
    ).body
    words = [proposal_documents.writing_text(block) for block in body]
    assert "Không có giới hạn nào áp dụng." in words
    assert "Các cơ quan thẩm định thống nhất với kết quả nêu trên." in words


# --- workbooks -----------------------------------------------------------------------------


def test_a_round_is_not_settled_over_sheets_nobody_verified(case: Case) -> None:
    assert lacking_for_settling(case.round) == "Còn 4 phiếu chưa thẩm định xong."


def test_a_round_of_nobody_has_a_workbook_that_says_so(case: Case) -> None:
    data = exports.ranking_workbook(case.round, [], None, progress(case.round))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_index(0).to_python()[0][0] == "Chưa có kết quả."


def test_what_did_not_arise_differs_from_nothing(case: Case) -> None:
    score = case.score("phuong-1", "4.1")
    score.verified = D(10)
    assert exports.difference(score) == D(-6)
    score.arises = False
    assert exports.difference(score) is None


# --- what citizens read --------------------------------------------------------------------


def test_the_public_reads_results_that_were_published_and_how_they_were_taken_back(
    proposed: Case,
) -> None:
    assert public.published_rankings() == []
    assert public.published_ranking(1) is None
    ranking = rankings.decide(proposed.round, by=chairman(proposed))
    (told,) = public.published_rankings()
    assert (told.pk, told.year, told.withdrawn) == (ranking.pk, 2023, "")
    assert told.blocks == ()
    found = public.published_ranking(ranking.pk)
    assert found is not None and found.body == "UBND thành phố Tây Ninh"
    wards = next(b for b in found.blocks if any(r.unit == "UBND Phường 1" for r in b.rows))
    first, *_others = wards.rows
    assert (first.unit, first.rank, first.rate, first.band) == ("UBND Phường 1", 1, D(94), "Tốt")
    (late,) = [r for b in found.blocks for r in b.rows if r.unit.startswith("Trung tâm Văn hóa")]
    assert late.rank is None and late.points is None and late.ineligible
    corrections.withdraw(ranking, ground="Sai điểm", by=chairman(proposed))
    (told,) = public.published_rankings()
    assert told.withdrawn == f"{ranking.withdrawal.short}: Sai điểm"


# --- recomputing ---------------------------------------------------------------------------


def test_the_script_says_whether_it_comes_to_the_same(
    proposed: Case, tmp_path, capsysbinary, monkeypatch
) -> None:
    export = json.loads(rankings.decide(proposed.round, by=chairman(proposed)).snapshot)
    path = tmp_path / "ket-qua.json"
    path.write_text(json.dumps(export), encoding="utf-8")
    assert recompute.main([str(path)]) == 0
    assert recompute.main([str(path), "--check"]) == 0
    assert capsysbinary.readouterr().out.decode() == 2 * recompute.published(export)
    monkeypatch.setattr(sys, "argv", ["recompute.py", str(path)])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(recompute.__file__, run_name="__main__")
    assert left.value.code == 0
    assert capsysbinary.readouterr().out.decode() == recompute.published(export)
    export["blocks"][0]["units"][0]["points"] = "1.00"
    path.write_text(json.dumps(export), encoding="utf-8")
    assert recompute.main([str(path)]) == 0
    assert recompute.main([str(path), "--check"]) == 1
    assert "KHÁC" in capsysbinary.readouterr().err.decode()


# --- lines of the ranking ------------------------------------------------------------------


def test_the_garbage_collector_stays_off_where_it_was_off(case: Case) -> None:
    gc.disable()
    try:
        drafts.draft(case.round)
        assert not gc.isenabled()
    finally:
        gc.enable()
    drafts.draft(case.round)
    assert gc.isenabled()


def test_before_the_date_a_missing_dossier_is_only_not_there_yet(case: Case, on_day) -> None:
    def said() -> str:
        held = drafts.draft(case.round).blocks["PSU"]
        return held[0].ineligible

    assert said().startswith("Không nộp hồ sơ")
    on_day(2023, 10, 15)
    assert said() == "Chưa nộp hồ sơ chấm điểm (hạn 15/10/2023)"
    Round.objects.filter(pk=case.round.pk).update(state="verifying")
    case.round.refresh_from_db()
    assert said().startswith("Không nộp hồ sơ")


def test_a_sheet_the_result_does_not_name_is_added_up_anew(proposed: Case) -> None:
    rankings.decide(proposed.round, by=chairman(proposed))
    sheet = proposed.sheet("phuong-1")
    frozen = ranking_queries.row_of(sheet, chairman(proposed))
    sheet.standings.all().delete()
    anew = ranking_queries.row_of(proposed.sheet("phuong-1"), chairman(proposed))
    assert (frozen.name, frozen.rate) == (anew.name, anew.rate) == ("UBND Phường 1", D(94))


def test_a_quota_and_a_cap_without_a_ceiling_are_told_apart() -> None:
    row = SimpleNamespace(
        ineligible="", capped=True, band="Khá", raw_band="Tốt", quota="Chỉ 20 % xếp loại Tốt",
        caps=[{"ceiling": "", "code": "K3", "title": "Kỷ luật", "ground": "QĐ 5"},
              {"ceiling": "Khá", "code": "K7", "title": "Điểm nóng", "ground": "KL 12"}],
    )  # fmt: skip
    shown = ranking_rows._caps(row, short=False)
    assert "Chỉ 20 % xếp loại Tốt" in shown and "K7" in shown and "K3" not in shown
    assert "K7 (Khá): KL 12" in ranking_rows._caps(row, short=True)
    line = SimpleNamespace(capped=True, quota_note="Loại Tốt nhiều nhất 1/3 đơn vị")
    assert decision_documents.note_of(line) == "Loại Tốt nhiều nhất 1/3 đơn vị"


# --- the score sheet as a regulation -------------------------------------------------------


def clause(**given) -> str:
    values = {"code": "1.1", "title": "Việc", "max_points": D(5), "method": "ratio",
              "owner_role": roles.PROGRAMME_OFFICE, **given}  # fmt: skip
    return " ".join(str(p) for p in regulation_pages._criterion(Criterion(**values)).points)


def test_the_regulation_says_how_a_criterion_is_judged() -> None:
    assert "Cách chấm: " in clause()
    assert "Chỉ cơ quan thẩm định cho điểm" in clause(method=Criterion.Method.SUPERIOR)
    asked = clause(evidence_asked="Kế hoạch.", consulted="Công an")
    assert "Tài liệu kiểm chứng: Kế hoạch." in asked and "lấy ý kiến: Công an." in asked
    assert "Tài liệu kiểm chứng do hệ thống lưu giữ." in clause(evidence_by_system=True)


def test_a_policy_no_criterion_has_is_not_printed(case: Case) -> None:
    held = case.sheet("phuong-1").criteria_set
    assert len(regulation_pages._not_arising(held).clauses) == 3
    held.criteria.filter(when_not_arising="full").update(when_not_arising="zero")
    said = [clause.text for clause in regulation_pages._not_arising(held).clauses]
    assert len(said) == 2 and not any("tính đủ điểm" in text for text in said)


def test_equal_rates_share_a_rank_where_no_tie_rule_stands(case: Case) -> None:
    held = case.sheet("phuong-1").criteria_set
    held.tie_break = []
    text = " ".join(str(c.text) for c in regulation_pages._ranks(held).clauses)
    assert "Đơn vị bằng tỷ lệ thì cùng hạng." in text


# --- readings ------------------------------------------------------------------------------


def criterion(**given) -> Criterion:
    values = {"pk": 1, "code": "1.1", "title": "Việc", "max_points": D(10), "params": {},
              "words": {"late": "số ngày nộp chậm"}, "inputs": {"late": "a.late"},
              "formula": "S(late; 0: M; else: 0)", **given}  # fmt: skip
    return Criterion(**values)


def test_a_figure_not_known_is_told_by_its_own_words_first() -> None:
    unknown = computing.value_of(criterion(), 1, {"a.late": {}})
    assert unknown.value is None
    assert unknown.said == "Chưa biết: chưa có số liệu “số ngày nộp chậm”."
    said = {"a.late": {1: Reading(None, clock.now(), said="chưa gửi kế hoạch")}}
    assert computing.value_of(criterion(), 1, said).said == "Chưa biết: chưa gửi kế hoạch"


def test_a_formula_that_cannot_be_read_gives_no_points_and_no_steps() -> None:
    broken = criterion(formula="S(late;")
    outcome = computing.value_of(broken, 1, {"a.late": {}})
    assert outcome.value is None and outcome.by_fact and outcome.said
    score = Score(criterion=broken, sheet=Sheet(unit_id=1))
    assert tracing.trace_of(score, []) is None


@pytest.mark.parametrize(("policy", "points", "said"), [
    ("full", D(10), "tính đủ điểm tối đa"), ("exclude", None, "không tính vào điểm tối đa"),
    ("zero", D(0), "không được bỏ qua nên tính 0 điểm"),
])  # fmt: skip
def test_what_the_system_knows_did_not_arise_follows_the_policy(
    policy: str, points: Decimal | None, said: str
) -> None:
    found = computing._not_arising(criterion(when_not_arising=policy), ())
    assert (found.value, found.by_fact, found.arises) == (points, True, False)
    assert said in found.said


# --- signatures ----------------------------------------------------------------------------


class Nameless:
    """A signature whose certificate cannot be read."""

    @property
    def signer_cert(self):
        raise ValueError("hỏng")


def test_a_certificate_without_a_name_has_a_word_for_it() -> None:
    assert signatures._signer(Nameless()) == "không rõ"
    bare = SimpleNamespace(signer_cert=SimpleNamespace(subject=SimpleNamespace(native={})))
    assert signatures._signer(bare) == "không rõ"


def test_a_signature_that_cannot_be_judged_counts_as_altered(monkeypatch) -> None:
    def fails(*_given):
        raise ValueError("hỏng")

    monkeypatch.setattr(signatures, "validate_pdf_signature", fails)
    one = SimpleNamespace(self_reported_timestamp=None,
                          signer_cert=SimpleNamespace(subject=SimpleNamespace(
                              native={"organization_name": "UBND Phường 1"})))  # fmt: skip
    found = signatures._judged(one, [])
    assert (found.verdict, found.signer) == (signatures.Verdict.ALTERED, "UBND Phường 1")
    assert "(ValueError)" in found.why


def test_an_authority_nobody_named_is_told(monkeypatch) -> None:
    assert "không do tổ chức trong danh sách tin cậy" in signatures._unknown(True)


# --- the sheet as a paper ------------------------------------------------------------------


def test_a_sheet_written_before_its_scores_exist_has_its_rows(case: Case) -> None:
    sheet = case.sheet("phuong-1")
    case.score("phuong-1", "5.1").delete()
    held = scores_of([sheet.pk])[sheet.pk]
    assert file_of(sheet, held, common(case.round)).startswith(b"PK")
