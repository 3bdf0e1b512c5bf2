"""Row 53: a proof has versions, readers and days; row 54: nothing is claimed without one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from danvan.kernel import audit, files
from danvan.kernel.access import SYSTEM, Refused
from danvan.scoring.actions import proof_watch, proofs, sheets
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.actions.sheets import Claim
from danvan.scoring.models import Proof, ProofScan, Sheet
from danvan.scoring.proof_flags import flags_of
from danvan.scoring.queries.proofs import gaps, visible_gaps
from tests.scoring import factory, signed

D = Decimal


@pytest.fixture
def round(city, on_day):
    on_day(2023, 10, 10)
    return factory.round_for(city)


@pytest.fixture
def sheet(round, city) -> Sheet:
    return factory.sheet_of(round, city, "phuong-1")


@pytest.fixture
def proof(sheet: Sheet, city) -> Proof:
    criterion = factory.score_of(sheet, "1.3").criterion_id
    sent = NewProofs(criterion, files=[factory.proof_file("danh-sach.pdf")],
                     dated=dt.date(2023, 5, 2))  # fmt: skip
    (made,) = proofs.add(sheet, proofs=sent, by=city.actor("phuong-1"))
    return Proof.objects.get(pk=made.pk)


def replaced(proof: Proof, city, **given) -> Proof:
    values = {"file": factory.proof_file("danh-sach-moi.pdf"), "reason": "Thiếu 12 người",
              "by": city.actor("phuong-1"), **given}  # fmt: skip
    return proofs.replace(proof, **values)


# --- versions ----------------------------------------------------------------------------


def test_row_53_a_new_version_keeps_the_old_one(proof: Proof, sheet: Sheet, city) -> None:
    before = files.read(proof.file)
    replaced(proof, city, dated=dt.date(2023, 6, 1))
    proof.refresh_from_db()
    assert (proof.version, proof.name) == (2, "danh-sach-moi.pdf")
    (old,) = proof.versions.all()
    assert (old.version, old.name, old.reason) == (1, "danh-sach.pdf", "Thiếu 12 người")
    assert (old.dated, proof.dated) == (dt.date(2023, 5, 2), dt.date(2023, 6, 1))
    assert files.read(old.file) == before != files.read(proof.file)
    line = audit.of(sheet).first()
    assert (line.says, line.reason) == ("thay minh chứng", "Thiếu 12 người")
    assert line.facts["proof"] == ["1.3", "danh-sach-moi.pdf"]


def test_row_53_replacing_is_refused_with_its_reason(proof: Proof, sheet: Sheet, city) -> None:
    with pytest.raises(Refused, match="công chức đầu mối"):
        replaced(proof, city, by=city.actor("phuong-2"))
    with pytest.raises(Refused, match="lý do thay"):
        replaced(proof, city, reason=" ")
    with pytest.raises(Refused, match="đã có đúng tệp ấy"):
        replaced(proof, city, file=factory.proof_file("danh-sach.pdf"))
    with pytest.raises(Refused, match="không trước ngày của văn bản"):
        replaced(proof, city, dated=dt.date(2023, 5, 2), valid_until=dt.date(2023, 5, 1))
    Sheet.objects.filter(pk=sheet.pk).update(state="submitted")
    with pytest.raises(Refused, match="không sửa được nữa"):
        replaced(Proof.objects.get(pk=proof.pk), city)
    assert not proof.versions.exists()


def test_row_53_the_page_of_a_proof(proof: Proof, city, sign_in) -> None:
    client, page = sign_in("phuong-1"), reverse("scoring:proof_page", args=[proof.pk])
    text = client.get(page).content.decode()
    assert "<iframe" in text and "Chưa ai mở" in text and "Thay bằng tệp khác" in text
    address = reverse("scoring:replace_proof", args=[proof.pk])
    wrong = client.post(address, {"file": factory.proof_file("danh-sach.pdf"), "reason": "x"})
    assert wrong.status_code == 422
    assert "đã có đúng tệp ấy" in wrong.content.decode()
    client.post(address, {"file": factory.proof_file("ban-2.pdf"), "reason": "Bổ sung trang 3"})
    text = client.get(page).content.decode()
    assert "bản 2" in text and "Bản 1:" in text and "Bổ sung trang 3" in text
    old = proof.versions.get()
    assert client.get(reverse("scoring:proof_version", args=[old.pk])).status_code == 200
    other = sign_in("phuong-2")
    assert other.get(page).status_code == 404
    assert other.get(reverse("scoring:proof_version", args=[old.pk])).status_code == 404


# --- who saw it --------------------------------------------------------------------------


def test_row_53_who_opened_a_proof_is_told(proof: Proof, city, sign_in) -> None:
    url, page = (reverse(f"scoring:{n}", args=[proof.pk]) for n in ("proof", "proof_page"))
    reader = sign_in("noi-vu")
    reader.head(url)
    reader.get(page)
    assert not proof.openings.exists()
    for _time in range(2):
        assert b"".join(reader.get(url + "?xem=1").streaming_content).startswith(b"%PDF")
    (line,) = proof.openings.all()
    assert (line.person, line.times, line.version) == (city.people["noi-vu"], 2, 1)
    replaced(proof, city)
    reader.get(url)
    assert [o.version for o in proof.openings.all()] == [2, 1]
    assert "Chuyên viên Phòng Nội vụ" in sign_in("phuong-1").get(page).content.decode()
    assert sign_in("phuong-2").get(url).status_code == 404
    assert proof.openings.count() == 2


def test_an_address_is_opened_from_its_page(sheet: Sheet, city, sign_in) -> None:
    criterion = factory.score_of(sheet, "1.4").criterion_id
    sent = NewProofs(criterion, address="https://tayninh.gov.vn/tin")
    (made,) = proofs.add(sheet, proofs=sent, by=city.actor("phuong-1"))
    sign_in("noi-vu").get(reverse("scoring:proof_page", args=[made.pk]))
    assert made.openings.get().person == city.people["noi-vu"]
    assert sign_in("noi-vu").get(reverse("scoring:proof", args=[made.pk])).status_code == 404


# --- days --------------------------------------------------------------------------------


@pytest.mark.parametrize(("dated", "until", "kinds"), [
    ((2023, 5, 2), None, []),
    ((2023, 1, 1), None, []),
    ((2023, 12, 31), None, []),
    ((2022, 12, 31), None, ["out_of_year"]),
    ((2024, 1, 1), None, ["out_of_year"]),
    ((2021, 3, 1), (2026, 12, 31), []),
    ((2021, 3, 1), (2023, 1, 1), ["expired"]),
    ((2021, 3, 1), (2022, 12, 31), ["expired", "out_of_year"]),
    ((2023, 2, 1), (2023, 10, 9), ["expired"]),
    ((2023, 2, 1), (2023, 10, 10), []),
    (None, None, []),
    (None, (2022, 1, 1), ["expired"]),
])  # fmt: skip
def test_row_53_expired_or_out_of_year_is_flagged(round, dated, until, kinds) -> None:
    proof = Proof(dated=dated and dt.date(*dated), valid_until=until and dt.date(*until))
    assert [k for k, _said in flags_of(proof, round, dt.date(2023, 10, 10))] == kinds


def test_a_paper_that_ran_out_after_the_period_is_in_order_years_later(round) -> None:
    proof = Proof(dated=dt.date(2023, 2, 1), valid_until=dt.date(2024, 2, 1))
    assert flags_of(proof, round, dt.date(2026, 1, 1)) == []


def test_row_53_the_days_are_written_by_the_unit_and_by_the_verifier(
    proof: Proof, sheet: Sheet, city, sign_in
) -> None:
    day = {"dated": dt.date(2022, 5, 1)}
    with pytest.raises(Refused, match="công chức đầu mối"):
        proofs.date(proof, **day, by=city.actor("noi-vu"))
    proofs.date(proof, **day, by=city.actor("phuong-1"))
    assert audit.of(sheet).first().says == "ghi ngày của minh chứng"
    factory.fill(sheet, city.actor("phuong-1"))
    sheets.submit(sheet, by=city.actor("phuong-1"))
    proof = Proof.objects.get(pk=proof.pk)
    page = reverse("scoring:proof_page", args=[proof.pk])
    assert "nằm ngoài kỳ đánh giá" in sign_in("noi-vu").get(page).content.decode()
    address = reverse("scoring:date_proof", args=[proof.pk])
    sign_in("noi-vu").post(address, {"dated": "03/5/2023", "valid_until": ""})
    proof.refresh_from_db()
    assert proof.dated == dt.date(2023, 5, 3)
    wrong = sign_in("noi-vu").post(address, {"dated": "3/5/2023", "valid_until": "2/5/2023"},
                                   follow=True)  # fmt: skip
    assert "Không được trước ngày của văn bản" in wrong.content.decode()
    with pytest.raises(Refused, match="không sửa được nữa"):
        proofs.date(Proof.objects.get(pk=proof.pk), dated=None, by=city.actor("phuong-1"))


# --- the nightly look --------------------------------------------------------------------


def claimed(sheet: Sheet, city, code: str) -> None:
    sheet.refresh_from_db()
    score = factory.score_of(sheet, code)
    claims = {score.criterion_id: Claim(D("1"), "Theo sổ")}
    sheets.save(sheet, revision=sheet.revision, claims=claims, by=city.actor("phuong-1"))


def test_row_54_the_scan_lists_what_is_claimed_without_proof(
    round, sheet: Sheet, proof: Proof, city, capsys
) -> None:
    claimed(sheet, city, "1.3")
    assert gaps(round) == []
    claimed(sheet, city, "1.4")
    proofs.date(proof, dated=dt.date(2020, 1, 1), by=city.actor("phuong-1"))
    assert [(g.code, g.kind) for g in gaps(round)] == [("1.3", "out_of_year"), ("1.4", "unproven")]
    proof.file.path.unlink()
    call_command("scan_proof")
    assert "3 mục cần bổ sung" in capsys.readouterr().out
    scan = ProofScan.objects.get(round=round)
    assert [sheet.pk, "1.3", "lost"] in scan.gaps
    assert audit.of(round).first().says == "quét minh chứng"
    assert audit.of(round).first().actor_name == SYSTEM.name


def test_row_54_the_scan_is_the_systems_and_the_programme_offices(round, city) -> None:
    proof_watch.scan(round, by=city.actor("noi-vu"))
    with pytest.raises(Refused, match="cơ quan thường trực"):
        proof_watch.scan(round, by=city.actor("thanh-tra"))
    round.state = "decided"
    round.save()
    assert proof_watch.scan_all() == []


def test_row_54_the_page_tells_what_is_new_and_a_unit_sees_its_own(
    round, sheet: Sheet, city, sign_in
) -> None:
    claimed(sheet, city, "1.4")
    proof_watch.scan(round, by=SYSTEM)
    claimed(sheet, city, "1.5")
    office, address = sign_in("noi-vu"), reverse("scoring:proof_gaps", args=[round.pk])
    office.post(reverse("scoring:scan_proofs", args=[round.pk]))
    text = office.get(address).content.decode()
    first, second = text.index("1.4 "), text.index("1.5 ")
    assert "mới" not in text[first:second] and "mới" in text[second:]
    assert len(visible_gaps(city.actor("phuong-1"), round)) == 2
    assert visible_gaps(city.actor("phuong-2"), round) == []
    assert "đều có minh chứng" in sign_in("phuong-2").get(address).content.decode()
    assert sign_in("mat-tran").post(
        reverse("scoring:scan_proofs", args=[round.pk])
    ).status_code == 403  # fmt: skip


def test_the_page_costs_the_same_however_many_lines(
    round, sheet: Sheet, city, sign_in, django_assert_max_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office, address = sign_in("noi-vu"), reverse("scoring:proof_gaps", args=[round.pk])
    costs = []
    for codes in (("1.4",), ("1.5", "1.3", "2.1")):
        for code in codes:
            claimed(sheet, city, code)
        office.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            office.get(address)
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_row_53_the_page_tells_the_signatures(
    sheet: Sheet, city, sign_in, settings, tmp_path
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = signed.paper(tmp_path)
    settings.PDF_TRUST_ROOTS = [paper.root]
    criterion = factory.score_of(sheet, "1.2").criterion_id
    said = []
    for name, data in (("a.pdf", paper.signed), ("b.pdf", paper.altered), ("c.pdf", paper.plain)):
        sent = NewProofs(criterion, files=[SimpleUploadedFile(name, data)])
        (made,) = proofs.add(sheet, proofs=sent, by=city.actor("phuong-1"))
        said.append(
            sign_in("noi-vu").get(reverse("scoring:proof_page", args=[made.pk])).content.decode()
        )
    assert "hợp lệ" in said[0] and signed.SIGNER in said[0]
    assert "đã bị sửa sau khi ký" in said[1]
    assert "Tệp không có chữ ký số" in said[2]
