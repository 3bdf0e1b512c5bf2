"""Rows 53, 54: what may not be put to a criterion, said before anything is written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse

from danvan.assignments.models import Assignment, Attachment, Submission
from danvan.kernel import clock, files
from danvan.kernel.access import SYSTEM, Refused
from danvan.scoring.actions import proof_watch, proofs
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.models import Proof, ProofOpening, Round, Sheet
from danvan.scoring.queries.proofs import same_elsewhere
from tests.scoring import factory
from tests.scoring.results_factory import Case, build


@pytest.fixture
def case(city, on_day) -> Case:
    on_day(2023, 10, 10)
    return build(city)


@pytest.fixture
def sheet(case: Case) -> Sheet:
    return case.sheet("phuong-1")


def put(case: Case, code: str = "1.1", unit: str = "phuong-1", **given) -> list[Proof]:
    sent = NewProofs(case.score(unit, code).criterion_id, **given)
    made: list[Proof] = proofs.add(case.sheet(unit), proofs=sent, by=case.city.actor(unit))
    return made


def handed_in(case: Case, unit: str = "phuong-1") -> Attachment:
    """A file the unit sent for its plan."""
    duty = Assignment.objects.get(unit=case.city.units[unit], task=case.tasks["plan"])
    sent = Submission.objects.create(
        assignment=duty, version=1, filed_at=clock.now(), outcome="accepted", decided_at=clock.now()
    )
    return Attachment.objects.create(
        submission=sent, file=files.store(f"ke hoach {unit}".encode()), name="ke-hoach.pdf"
    )


def test_nothing_sent_is_nothing_added(case: Case) -> None:
    assert put(case) == []
    assert not Proof.objects.exists()


def test_the_same_bytes_chosen_twice_are_one_proof(case: Case) -> None:
    same = [
        factory.proof_file("so.pdf", b"%PDF-1.4 mot"),
        factory.proof_file("so-1.pdf", b"%PDF-1.4 mot"),
    ]
    assert [p.name for p in put(case, files=same)] == ["so.pdf"]
    assert put(case, files=[factory.proof_file("so-2.pdf", b"%PDF-1.4 mot")]) == []
    assert put(case, address="https://tayninh.gov.vn/a") != []
    assert put(case, address="https://tayninh.gov.vn/a") == []


def test_a_criterion_of_another_sheet_is_refused(case: Case) -> None:
    other = case.score("tu-phap", "1.1").criterion_id
    assert other != case.score("phuong-1", "1.1").criterion_id
    with pytest.raises(Refused, match="không có tiêu chí này"):
        proofs.add(case.sheet("phuong-1"), proofs=NewProofs(other, address="https://a.vn"),
                   by=case.city.actor("phuong-1"))  # fmt: skip


def test_what_was_handed_in_or_shown_elsewhere_is_used_again_by_its_own_unit(case: Case) -> None:
    held = handed_in(case)
    (first,) = put(case, attachments=[held.pk])
    (again,) = put(case, "2.1", again=[first.pk])
    assert (again.attachment_id, again.name) == (held.pk, "ke-hoach.pdf")
    assert put(case, "2.1", attachments=[held.pk]) == []
    for given in ({"attachments": [held.pk]}, {"again": [first.pk]}):
        with pytest.raises(Refused, match="của chính đơn vị"):
            put(case, unit="phuong-2", **given)
    assert [p.score.criterion.code for p in same_elsewhere(first)] == ["2.1"]


def test_an_address_that_proves_two_criteria_is_told(case: Case) -> None:
    (first,) = put(case, address="https://tayninh.gov.vn/tin")
    put(case, "2.1", address="https://tayninh.gov.vn/tin")
    put(case, "5.1", address="https://tayninh.gov.vn/khac")
    assert [p.score.criterion.code for p in same_elsewhere(first)] == ["2.1"]


def test_more_than_a_dossier_holds_is_refused(case: Case, monkeypatch) -> None:
    monkeypatch.setattr(proofs, "MOST", 1)
    put(case, address="https://tayninh.gov.vn/a")
    with pytest.raises(Refused, match="tối đa 1 minh chứng"):
        put(case, address="https://tayninh.gov.vn/b")
    assert Proof.objects.count() == 1


def test_days_out_of_order_are_refused(case: Case) -> None:
    with pytest.raises(Refused, match="không trước ngày của văn bản"):
        put(
            case, address="https://a.vn", dated=dt.date(2023, 5, 2), valid_until=dt.date(2023, 5, 1)
        )


def test_the_systems_own_look_is_nobodys_reading(case: Case) -> None:
    (made,) = put(case, files=[factory.proof_file()])
    proof_watch.opened(made, SYSTEM)
    assert not ProofOpening.objects.exists()
    proof_watch.opened(made, case.city.actor("noi-vu"))
    assert str(ProofOpening.objects.get()) == "Chuyên viên Phòng Nội vụ – minh-chung.pdf"


def test_with_no_round_open_the_night_has_nothing_to_look_at(case: Case, capsys) -> None:
    Round.objects.update(state="decided")
    call_command("scan_proof")
    assert "Không có đợt chấm điểm nào đang mở." in capsys.readouterr().out


def test_the_form_to_replace_a_proof_and_a_look_at_a_lost_file(case: Case, sign_in) -> None:
    (made,) = put(case, files=[factory.proof_file("so.pdf")])
    client = sign_in("phuong-1")
    form = client.get(reverse("scoring:replace_proof", args=[made.pk]))
    assert form.status_code == 200 and "Lý do" in form.content.decode()
    made.file.path.unlink()
    page = client.get(reverse("scoring:proof_page", args=[made.pk]))
    assert page.status_code == 200 and "Tệp không có chữ ký số" not in page.content.decode()
    lost = client.get(reverse("scoring:proof", args=[made.pk]), follow=True)
    assert lost.redirect_chain[-1][0] == reverse("scoring:sheet", args=[made.score.sheet_id])
    assert "so.pdf" in lost.content.decode()


def test_a_proof_is_taken_off_from_its_page(case: Case, sign_in) -> None:
    (made,) = put(case, files=[factory.proof_file("so.pdf")])
    gone = sign_in("phuong-1").post(reverse("scoring:remove_proof", args=[made.pk]))
    assert gone["Location"].endswith("?tieu-chi=1.1")
    assert not Proof.objects.exists()
