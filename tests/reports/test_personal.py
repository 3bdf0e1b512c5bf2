"""Personal data of reports: who approved one."""

from __future__ import annotations

from danvan.organisations.personal import subject_of
from danvan.reports.personal import SOURCE
from tests.reports.conftest import Case


def test_who_approved_a_report_reads_that_he_did(case: Case) -> None:
    case.approved(reception_turns="12")
    head = subject_of(case.city.heads["phuong-1"])
    (one,) = SOURCE.kept(head)
    assert [(row["việc"], row["số lần"]) for row in one.rows] == [("duyệt báo cáo", 1)]
    assert one.stays and list(SOURCE.erase(head)) == []
    (other,) = SOURCE.kept(subject_of(case.city.heads["phuong-2"]))
    assert other.rows == ()
