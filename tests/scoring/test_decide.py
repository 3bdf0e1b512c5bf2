"""Rows 59, 60, 62 and 63: caps, the one deciding act, its documents, and what it locks."""

from __future__ import annotations

import hashlib
import io
import json
from decimal import ROUND_HALF_UP, Decimal

import docx
import pytest

from danvan.documents.models import Document, NumberSeries
from danvan.kernel import audit, files
from danvan.kernel.access import Refused
from danvan.kernel.models import Announcement, Entry
from danvan.scoring import snapshot
from danvan.scoring.actions import rankings, settlement
from danvan.scoring.actions.caps import lift_cap, raise_cap
from danvan.scoring.actions.explanations import answer, explain
from danvan.scoring.actions.rankings import decide, propose, send_back
from danvan.scoring.actions.verification import agree, verify
from danvan.scoring.models import Cap, CapMark, Explanation, Ranking, Round, Score, Standing
from danvan.scoring.queries.drafts import draft
from tests.scoring.results_factory import Case, chairman

D = Decimal


def line(case: Case, unit: str):
    lines = [x for block in draft(case.round).blocks.values() for x in block]
    return next(x for x in lines if x.unit == case.city.units[unit].pk)


def cap(case: Case, unit: str, code: str) -> Cap:
    return case.sheet(unit).criteria_set.caps.get(code=code)


# --- caps --------------------------------------------------------------------------------


def test_row_59_the_system_finds_what_it_can_test(case: Case) -> None:
    late = line(case, "phuong-2")
    assert (late.raw_band, late.band) == ("Tốt", "Trung bình")
    assert late.totals.caps[0].ground == "Nộp hồ sơ chậm 4 ngày (giới hạn từ 3 ngày)."
    below = line(case, "xa-tan-binh")
    assert (below.points, below.maximum, below.rate) == (D(86), D(100), D(86))
    assert below.band == "Khá"
    assert "Nhóm G2 đạt 5/20 điểm (25" in below.totals.caps[0].ground
    assert line(case, "phuong-1").totals.caps == ()


def test_row_59_no_plan_and_a_new_unit(case: Case) -> None:
    import datetime as dt

    from danvan.assignments.models import Assignment
    from danvan.organisations.models import UnitVersion

    phuong_1 = case.city.units["phuong-1"]
    Assignment.objects.filter(unit=phuong_1).update(first_filed_at=None, days_late=None)
    assert line(case, "phuong-1").band == "Khá"
    assert "hạn 04/04/2023" in line(case, "phuong-1").totals.caps[0].ground
    Assignment.objects.filter(unit=phuong_1).update(state="exempt", exempt_reason="Mới tách")
    assert line(case, "phuong-1").band == "Tốt"
    UnitVersion.objects.filter(unit=phuong_1).update(valid_from=dt.date(2023, 7, 2))
    new = line(case, "phuong-1")
    assert new.rank is None
    assert "chưa đủ 6 tháng" in new.ineligible
    UnitVersion.objects.filter(unit=phuong_1).update(valid_from=dt.date(2023, 6, 30))
    assert line(case, "phuong-1").rank == 1


def test_row_59_what_does_not_apply_leaves_the_maximum(case: Case) -> None:
    Score.objects.filter(pk=case.score("phuong-1", "4.1").pk).update(arises=False, claimed=None)
    Score.objects.filter(pk=case.score("phuong-1", "2.1").pk).update(arises=False, claimed=None)
    held = line(case, "phuong-1")
    assert (held.points, held.maximum, held.rate) == (D(80), D(80), D(100))


def test_row_59_an_office_raises_a_cap_with_its_document(case: Case) -> None:
    by, sheet = case.city.actor("thanh-tra"), case.sheet("phuong-1")
    with pytest.raises(Refused, match="văn bản"):
        raise_cap(sheet, cap=cap(case, "phuong-1", "K7"), document=" ", ground="x", by=by)
    with pytest.raises(Refused, match="không do cơ quan thẩm định nêu"):
        raise_cap(sheet, cap=cap(case, "phuong-1", "K1"), document="a", ground="x", by=by)
    raise_cap(
        sheet, cap=cap(case, "phuong-1", "K7"), document="Kết luận 12/KL-TTr",
        ground="Khiếu kiện đông người kéo dài", by=by,
    )  # fmt: skip
    with pytest.raises(Refused, match="đã được nêu"):
        raise_cap(sheet, cap=cap(case, "phuong-1", "K7"), document="a", ground="b", by=by)
    held = line(case, "phuong-1")
    assert held.band == "Khá"
    assert held.totals.caps[0].ground == "Kết luận 12/KL-TTr: Khiếu kiện đông người kéo dài"
    assert Entry.objects.filter(concerns=sheet.unit_id, action="scoring.cap.raise").exists()
    for who in ("phuong-1", "phuong-2", "mat-tran"):
        with pytest.raises(Refused, match=r"thẩm định"):
            raise_cap(
                sheet, cap=cap(case, "phuong-1", "K3"), document="a", ground="b",
                by=case.city.actor(who),
            )  # fmt: skip


def test_row_59_only_the_decider_lifts_a_cap(case: Case) -> None:
    sheet, late = case.sheet("phuong-2"), cap(case, "phuong-2", "K2")
    for who in ("noi-vu", "thanh-tra", "phuong-2", "mat-tran"):
        with pytest.raises(Refused, match="Chủ tịch"):
            lift_cap(sheet, cap=late, reason="x", by=case.city.actor(who))
    by = chairman(case)
    with pytest.raises(Refused, match="lý do"):
        lift_cap(sheet, cap=late, reason=" ", by=by)
    with pytest.raises(Refused, match="không áp dụng"):
        lift_cap(sheet, cap=cap(case, "phuong-2", "K1"), reason="x", by=by)
    lift_cap(sheet, cap=late, reason="Lũ lụt, có xác nhận", by=by)
    assert line(case, "phuong-2").band == "Tốt"
    mark = CapMark.objects.get()
    assert (mark.lift_reason, mark.lifted_by) == (
        "Lũ lụt, có xác nhận", case.city.heads["thanh-pho"],
    )  # fmt: skip
    with pytest.raises(Refused, match="đã được gỡ"):
        lift_cap(sheet, cap=late, reason="x", by=by)


# --- the act -----------------------------------------------------------------------------


def test_row_60_only_the_office_proposes_and_only_when_settled(case: Case, on_day) -> None:
    for who in ("phuong-1", "thanh-tra", "mat-tran"):
        with pytest.raises(Refused, match="cơ quan thường trực"):
            propose(case.round, by=case.city.actor(who))
    with pytest.raises(Refused, match="Không thể"):
        propose(case.round, by=case.city.actor("noi-vu"))


def test_row_60_the_decider_may_send_it_back(proposed: Case) -> None:
    with pytest.raises(Refused, match="Chủ tịch"):
        send_back(proposed.round, reason="x", by=proposed.city.actor("noi-vu"))
    with pytest.raises(Refused, match="lý do"):
        send_back(proposed.round, reason="", by=chairman(proposed))
    send_back(proposed.round, reason="Xem lại Phường 2", by=chairman(proposed))
    assert proposed.round.state == Round.State.SETTLED
    with pytest.raises(Refused, match="Không thể"):
        decide(proposed.round, by=chairman(proposed))
    propose(proposed.round, by=proposed.city.actor("noi-vu"))


@pytest.mark.parametrize("who", ["noi-vu", "thanh-tra", "van-phong", "phuong-1", "mat-tran"])
def test_row_60_nobody_else_decides(proposed: Case, who: str) -> None:
    with pytest.raises(Refused, match="Chỉ Chủ tịch"):
        decide(proposed.round, by=proposed.city.actor(who))
    assert not Ranking.objects.exists()


def test_row_60_the_chairman_decides(proposed: Case, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ranking = decide(proposed.round, by=chairman(proposed))
    assert ranking.signing_as == Ranking.SigningAs.CHAIR
    assert ranking.decision.code == "01/QĐ-UBND"
    assert ranking.decision.issued_on.isoformat() == "2023-10-20"
    assert proposed.round.state == Round.State.DECIDED
    score = proposed.score("phuong-1", "2.1")
    assert score.decided == score.verified == D(18)
    told = {s.unit.key: s for s in ranking.standings.select_related("unit")}
    assert told["phuong-1"].rank == 1 and told["phuong-1"].band == "Tốt"
    assert told["phuong-2"].band == "Trung bình"
    assert told["phuong-2"].caps[0]["code"] == "K2"
    assert told["van-hoa"].rank is None
    assert told["van-hoa"].ineligible_reason == "Không nộp hồ sơ chấm điểm (hạn 15/10/2023)"
    assert told["van-hoa"].points is None
    assert len(told) == proposed.round.sheets.count() == 8
    assert Announcement.objects.filter(name="RankingDecided", delivered_at__isnull=False).exists()
    own = Entry.objects.filter(
        concerns=proposed.city.units["phuong-2"].pk, action="scoring.round.decide"
    ).get()
    assert own.facts["band"] == "Trung bình"
    assert list(audit.breaks()) == []


def test_row_60_a_deputy_signs_for_him(proposed: Case) -> None:
    ranking = decide(proposed.round, by=proposed.city.actor(proposed.city.deputy))
    assert ranking.signing_as == Ranking.SigningAs.DEPUTY
    words = "\n".join(
        p.text for table in docx.Document(io.BytesIO(files.read(ranking.decision.file))).tables
        for row in table.rows for cell in row.cells for p in cell.paragraphs
    )  # fmt: skip
    assert "KT. CHỦ TỊCH" in words and "PHÓ CHỦ TỊCH" in words and "Lê Thị Mai" in words


def test_row_60_a_second_click_is_told(proposed: Case) -> None:
    decide(proposed.round, by=chairman(proposed))
    with pytest.raises(Refused, match="Đã ở trạng thái") as told:
        decide(proposed.round, by=chairman(proposed))
    assert told.value.decision.done
    assert Ranking.objects.count() == 1
    assert NumberSeries.objects.get().last == 1


@pytest.mark.parametrize("at", ["issue", "compose", "standings", "announce"])
def test_row_60_killed_in_the_middle_nothing_happened(
    proposed: Case, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    if at == "issue":
        monkeypatch.setattr(rankings.decision_documents, "file_of", killed)
    elif at == "compose":
        monkeypatch.setattr(rankings.snapshot, "compose", killed)
    elif at == "standings":
        monkeypatch.setattr(rankings, "_keep", killed)
    else:
        monkeypatch.setattr(rankings.events, "announce", killed)
    issued, entries = Document.objects.count(), Entry.objects.count()
    with pytest.raises(KeyboardInterrupt):
        decide(proposed.round, by=chairman(proposed))
    assert Document.objects.count() == issued
    assert Entry.objects.count() == entries
    assert not NumberSeries.objects.exists() and not Ranking.objects.exists()
    assert not Score.objects.filter(decided__isnull=False).exists()
    assert Round.objects.get().state == Round.State.PROPOSED
    monkeypatch.undo()
    assert decide(Round.objects.get(), by=chairman(proposed)).decision.code == "01/QĐ-UBND"


# --- what it locks -----------------------------------------------------------------------


def test_row_60_nothing_changes_afterwards(proposed: Case) -> None:
    case, city = proposed, proposed.city
    score = case.score("phuong-1", "2.1")
    decide(case.round, by=chairman(case))
    waiting = Explanation.objects.create(
        score=score, text="x", asks=D(20), filed_at=score.verified_at
    )
    office, unit = city.actor("noi-vu"), city.actor("phuong-1")
    k7, k2 = cap(case, "phuong-1", "K7"), cap(case, "phuong-2", "K2")
    import datetime as dt

    day = dt.date(2023, 10, 25)
    acts = [
        lambda: verify(score, points=D(1), reason="x", by=city.actor("thanh-tra")),
        lambda: agree(case.score("van-hoa", "1.1"), by=office),
        lambda: explain(score, text="x", asks=D(20), by=unit),
        lambda: answer(waiting, points=D(20), text="x", by=office),
        lambda: raise_cap(
            case.sheet("phuong-1"), cap=k7, document="a", ground="b", by=city.actor("thanh-tra")
        ),
        lambda: lift_cap(case.sheet("phuong-2"), cap=k2, reason="x", by=chairman(case)),
        lambda: settlement.settle_sheet(case.sheet("van-hoa"), by=office),
        lambda: settlement.move_window(case.round, first=day, last=day, reason="x", by=office),
    ]
    before = list(Score.objects.order_by("pk").values())
    for act in acts:
        with pytest.raises(Refused, match="đã được quyết định và công bố"):
            act()
    for step in (
        settlement.begin_verification, settlement.begin_explanation, settlement.settle_round,
        propose,
    ):  # fmt: skip
        with pytest.raises(Refused, match="đã quyết định, công bố"):
            step(case.round, by=office)
    with pytest.raises(Refused, match="đã quyết định, công bố"):
        send_back(case.round, reason="x", by=chairman(case))
    assert list(Score.objects.order_by("pk").values()) == before


# --- what comes out ----------------------------------------------------------------------


def test_row_63_the_decision_in_the_official_layout(proposed: Case) -> None:
    ranking = decide(proposed.round, by=chairman(proposed))
    data = files.read(ranking.decision.file)
    paper = docx.Document(io.BytesIO(data))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "QUYẾT ĐỊNH" in text
    assert "Về việc đánh giá, xếp loại công tác dân vận chính quyền năm 2023" in text
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ TÂY NINH" in text
    assert "Căn cứ Quyết định số 815/QĐ-UBND ngày 19 tháng 8 năm 2022" in text
    assert "Căn cứ Kế hoạch số 49/KH-UBND ngày 27 tháng 3 năm 2023" in text
    assert "Theo đề nghị của Phòng Nội vụ" in text
    for article in ("Điều 1.", "Điều 2.", "Điều 3."):
        assert article in text
    assert "- Xếp loại Tốt: 01 đơn vị;" in text
    assert "- Không đủ điều kiện xếp loại: 04 đơn vị." in text
    head = "\n".join(c.text for row in paper.tables[0].rows for c in row.cells)
    assert "Số: 01/QĐ-UBND" in head
    assert "TP. Tây Ninh, ngày 20 tháng 10 năm 2023" in head
    wards = next(
        t for t in paper.tables if len(t.rows) > 1 and "UBND Phường 1" in t.cell(1, 1).text
    )
    rows = [[cell.text for cell in row.cells] for row in wards.rows]
    assert rows[0] == ["Hạng", "Cơ quan, đơn vị", "Điểm", "Điểm tối đa", "Tỷ lệ (%)", "Xếp loại",
                       "Ghi chú"]  # fmt: skip
    assert rows[1][:6] == ["1", "UBND Phường 1", "94,00", "100,00", "94,00", "Tốt"]
    assert rows[2][5:] == ["Trung bình", "Hồ sơ quá hạn (không quá Trung bình)"]
    assert ranking.decision.signer_position == "Người đứng đầu"


def test_row_63_the_decision_passes_our_own_check(proposed: Case) -> None:
    checking = pytest.importorskip("vanban.checking")
    ranking = decide(proposed.round, by=chairman(proposed))
    found = checking.check(files.read(ranking.decision.file))
    assert [f for f in found if f.severity == "error"] == []


def recomputed(block: dict) -> list[tuple]:
    """The ranking from the published snapshot alone, by other code than ours."""
    criteria = {c["code"]: c for c in block["criteria"]}
    lines = []
    for unit in block["units"]:
        points, maximum, groups = D(0), D(0), {}
        for score in unit["scores"]:
            c = criteria[score["code"]]
            sign = {"criterion": 1, "bonus": 1, "deduction": -1}[c["kind"]]
            value, top = D(score["decided"] or 0), D(c["max"])
            if not score["arises"] and c["not_arising"] == "exclude":
                value = top = D(0)
            points += sign * value
            if c["kind"] == "criterion":
                maximum += top
                held = groups.setdefault(c["group"], [D(0), D(0)])
                held[0] += value
                held[1] += top
        out = not unit["filed"] or any(not c["ceiling"] for c in unit["caps"])
        if out:
            lines.append((unit["name"], None, "", None))
            continue
        cut = D("0.01")
        rate = min(D(100), (100 * points / maximum).quantize(cut, ROUND_HALF_UP))
        ties = []
        for codes in block["tie_break"]:
            p = sum(groups[c][0] for c in codes if c in groups)
            m = sum(groups[c][1] for c in codes if c in groups)
            ties.append((100 * p / m).quantize(cut, ROUND_HALF_UP) if m else D(-1))
        names = [b["name"] for b in block["bands"]]
        band = next(b["name"] for b in block["bands"] if rate >= D(b["floor"]))
        band = max([band, *(c["ceiling"] for c in unit["caps"])], key=names.index)
        lines.append((unit["name"], rate, band, (rate, ties)))
    strengths = [line[3] for line in lines if line[3]]
    return [
        (name, rate and f"{rate:.2f}", band,
         None if s is None else 1 + sum(other > s for other in strengths))
        for name, rate, band, s in lines
    ]  # fmt: skip


def test_row_62_anyone_recomputes_it_from_the_snapshot(proposed: Case) -> None:
    ranking = decide(proposed.round, by=chairman(proposed))
    assert hashlib.sha256(ranking.snapshot.encode()).hexdigest() == ranking.snapshot_sha256
    told = json.loads(ranking.snapshot)
    assert snapshot.canonical(told) == ranking.snapshot
    assert told["decision"] == {"code": "01/QĐ-UBND", "date": "2023-10-20"}
    count = 0
    for block in told["blocks"]:
        for unit, again in zip(block["units"], recomputed(block), strict=True):
            assert again == (
                unit["name"], None if unit["ineligible"] else unit["rate"], unit["band"],
                unit["rank"],
            )  # fmt: skip
            count += 1
    assert count == Standing.objects.count()


def test_row_62_the_same_as_rows(proposed: Case) -> None:
    ranking = decide(proposed.round, by=chairman(proposed))
    data = snapshot.as_csv(ranking.snapshot)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + Score.objects.count()
    assert "UBND Phường 1,2.1" in "\n".join(lines)


def test_history_of_the_round_is_complete(proposed: Case) -> None:
    decide(proposed.round, by=chairman(proposed))
    assert [entry.action.rsplit(".")[-1] for entry in audit.of(proposed.round)] == [
        "decide", "propose", "settle", "begin_explanation", "begin_verification",
    ]  # fmt: skip
