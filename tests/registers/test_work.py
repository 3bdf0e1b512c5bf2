"""Findings become assignments; what lapses and what waits stands on the desk."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.assignments.actions import directives, submissions
from danvan.assignments.models import Assignment
from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused
from danvan.registers import duties, rules
from danvan.registers.actions import records, remedies
from danvan.registers.models import Record
from tests.city import City
from tests.registers.factory import enact, write

DUE = dt.date(2023, 7, 10)


@pytest.fixture
def finding(city: City, on_day) -> Record:
    on_day(2023, 6, 20)
    enact(city, "ket_luan")
    return write(city, "ket_luan", "phuong-1", who="thanh-tra")


def test_row_42_a_finding_becomes_an_assignment_once(city: City, finding: Record) -> None:
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        remedies.give(finding, title="Sửa", due_on=DUE, by=city.actor("phuong-1"))
    with pytest.raises(Refused, match="hạn"):
        remedies.give(finding, title="Sửa", due_on=None, by=city.actor("noi-vu"))
    given = remedies.give(finding, title="Niêm yết đủ", due_on=DUE, by=city.actor("noi-vu"))
    assert (given.origin, given.unit, given.due_on, given.body) == (
        Assignment.Origin.FINDING, city.units["phuong-1"], DUE, city.body)  # fmt: skip
    finding.refresh_from_db()
    assert finding.assignment == given
    assert "registers.record.give" in {e.action for e in audit.of(finding)}
    with pytest.raises(Refused) as refused:
        remedies.give(finding, title="Lần nữa", due_on=DUE, by=city.actor("noi-vu"))
    assert refused.value.decision.done
    with pytest.raises(Refused, match="Đã giao việc"):
        records.withdraw(finding, reason="Nhầm", by=city.actor("thanh-tra"))
    assert Assignment.objects.count() == 1


def test_row_42_remedy_and_recheck_are_shown_from_the_assignment(
    city: City, finding: Record, sign_in, on_day
) -> None:
    given = remedies.give(finding, title="Niêm yết đủ", due_on=DUE, by=city.actor("noi-vu"))
    url = f"/so-theo-doi/ban-ghi/{finding.pk}/"
    assert "chưa đến hạn" in sign_in("thanh-tra").get(url).content.decode()
    on_day(2023, 7, 12)
    submissions.file(
        given, files=[], document_code="", document_date=None, note="Đã dán đủ",
        by=city.actor("phuong-1"),
    )  # fmt: skip
    submissions.return_for_correction(given, reason="Thiếu lĩnh vực đất đai",
                                      by=city.actor("noi-vu"))  # fmt: skip
    assert "bị trả lại" in sign_in("thanh-tra").get(url).content.decode()
    submissions.file(
        given, files=[], document_code="", document_date=None, note="Đã bổ sung",
        by=city.actor("phuong-1"),
    )  # fmt: skip
    submissions.accept(given, by=city.actor("noi-vu"))
    page = sign_in("thanh-tra").get(url).content.decode()
    assert "chậm 2 ngày" in page
    assert "Đã kiểm tra lại" in page
    assert f"/nhiem-vu/{given.pk}" in page or f"{given.pk}/" in page


def test_row_42_a_recommendation_of_supervision_keeps_its_origin(city: City, on_day) -> None:
    on_day(2023, 6, 20)
    enact(city, "kien_nghi_giam_sat")
    asked = write(city, "kien_nghi_giam_sat", "phuong-1", who="noi-vu")
    given = remedies.give(asked, title="Trả lời MTTQ", due_on=DUE, by=city.actor("van-phong"))
    assert given.origin == Assignment.Origin.SUPERVISION


def test_a_register_that_gives_no_work_says_so(city: City, on_day) -> None:
    on_day(2023, 6, 20)
    enact(city, "tin_bai")
    with pytest.raises(Refused, match="không dùng để giao việc"):
        remedies.give(write(city, "tin_bai", "phuong-1"), title="A", due_on=DUE,
                      by=city.actor("noi-vu"))  # fmt: skip


def test_row_42_findings_not_given_wait_on_the_office_desk(city: City, finding: Record) -> None:
    today = dt.date(2023, 6, 20)
    (waiting,) = duties.duties_of(city.actor("noi-vu"), today)
    assert waiting.title == "1 bản ghi của sổ Kết luận kiểm tra phải khắc phục chưa giao thành việc"
    assert waiting.kind == "waiting"
    # The inspectorate found it, so it may give the work itself.
    assert [d.title for d in duties.duties_of(city.actor("thanh-tra"), today)] == [waiting.title]
    for other in ("phuong-1", "mat-tran"):
        assert not list(duties.duties_of(city.actor(other), today))
    remedies.give(finding, title="Sửa", due_on=DUE, by=city.actor("noi-vu"))
    for office in ("noi-vu", "thanh-tra"):
        assert not list(duties.duties_of(city.actor(office), today))


# Who wrote the record → who gives the work, of everybody who may come by.
COMING = ("noi-vu", "thanh-tra", "van-phong", "thanh-pho.truong", "pho-chu-tich", "phuong-1",
          "phuong-2", "mat-tran", "cong-an")  # fmt: skip
ALWAYS = {"noi-vu", "van-phong", "thanh-pho.truong", "pho-chu-tich"}


def persona(city: City, who: str) -> Actor:
    if who == "thanh-pho.truong":
        return city.actor(city.heads["thanh-pho"])
    return city.actor(city.deputy if who == "pho-chu-tich" and city.deputy else who)


@pytest.mark.parametrize(
    ("code", "writer", "also"),
    [
        ("ket_luan", "thanh-tra", {"thanh-tra"}),
        ("ket_luan", "noi-vu", set()),
        ("ket_luan", "van-phong", set()),
        ("kien_nghi_giam_sat", "noi-vu", set()),
    ],
)
def test_row_42_work_is_given_by_function_and_of_ones_own_finding(
    city: City, on_day, code: str, writer: str, also: set[str]
) -> None:
    on_day(2023, 6, 20)
    enact(city, code)
    entry = write(city, code, "phuong-1", who=writer)
    may = {who for who in COMING if rules.may_give(persona(city, who), entry)}
    assert may == ALWAYS | also
    for who in set(COMING) - may:
        with pytest.raises(Refused):
            remedies.give(entry, title="Sửa", due_on=DUE, by=persona(city, who))
    assert not Assignment.objects.exists()


def test_row_42_the_inspectorate_gives_its_finding_and_looks_again(
    city: City, finding: Record, sign_in
) -> None:
    office = sign_in("thanh-tra")
    url = f"/so-theo-doi/ban-ghi/{finding.pk}/"
    assert "Giao việc" in office.get(url).content.decode()
    sent = {"title": "Niêm yết đủ", "due_on": "10/07/2023"}
    assert office.post(f"{url}giao-viec/", sent).status_code == 302
    given = Assignment.objects.get()
    assert (given.origin, given.directive.given_by) == ("finding", city.people["thanh-tra"])
    assert {e.actor_name for e in audit.of(given)} == {city.people["thanh-tra"].name}
    submissions.file(
        given, files=[], document_code="", document_date=None, note="Đã dán đủ",
        by=city.actor("phuong-1"),
    )  # fmt: skip
    submissions.accept(given, by=city.actor("thanh-tra"))
    finding.refresh_from_db()
    assert finding.assignment is not None and finding.assignment.state == "accepted"
    # Only of findings: what the committee gives out otherwise is not the inspectorate's.
    with pytest.raises(Refused):
        directives.assign(
            city.body, origin="finding", title="Khác", unit=city.units["phuong-1"], due_on=DUE,
            source_note="Họp", by=city.actor("thanh-tra"),
        )  # fmt: skip


def test_row_75_a_programme_about_to_lapse_is_a_duty(city: City, on_day) -> None:
    on_day(2026, 6, 20)
    enact(city, "phoi_hop")
    own = write(city, "phoi_hop", "thanh-pho", who="noi-vu", day=dt.date(2021, 12, 16),
                until=dt.date(2026, 12, 31))  # fmt: skip
    write(city, "phoi_hop", "phuong-1", ten="Quy chế phường", day=dt.date(2021, 1, 1),
          until=dt.date(2026, 12, 20))  # fmt: skip
    write(city, "phoi_hop", "phuong-2", ten="Đã hết", day=dt.date(2021, 1, 1),
          until=dt.date(2026, 6, 1))  # fmt: skip
    assert not list(duties.duties_of(city.actor("noi-vu"), dt.date(2026, 9, 20)))
    today = dt.date(2026, 10, 2)
    found = list(duties.duties_of(city.actor("noi-vu"), today))
    assert [(d.kind, d.due) for d in found] == [
        ("watch", dt.date(2026, 12, 20)), ("owed", dt.date(2026, 12, 31))]  # fmt: skip
    assert found[1].title.endswith("dân vận: hết hiệu lực sau ngày 31/12/2026")
    assert "90 ngày" in found[1].why
    (mine,) = duties.duties_of(city.actor("phuong-1"), today)
    assert mine.kind == "owed"
    assert not list(duties.duties_of(city.actor("phuong-2"), today))
    assert not list(duties.duties_of(city.actor("mat-tran"), today))
    records.withdraw(own, reason="Trùng", by=city.actor("noi-vu"))
    assert len(list(duties.duties_of(city.actor("noi-vu"), today))) == 1


def test_row_42_an_inspection_that_is_planned_comes_up_in_time(city: City, on_day) -> None:
    on_day(2023, 6, 20)
    enact(city, "ke_hoach_kiem_tra")
    write(city, "ke_hoach_kiem_tra", "phuong-1", who="thanh-tra", noi_dung="Kiểm tra kỷ cương",
          day=dt.date(2023, 8, 1), until=dt.date(2023, 8, 15))  # fmt: skip
    office = city.actor("noi-vu")
    assert not list(duties.duties_of(office, dt.date(2023, 7, 31)))
    (found,) = duties.duties_of(office, dt.date(2023, 8, 1))
    assert found.title == "Kiểm tra kỷ cương: kiểm tra xong trước hết ngày 15/08/2023"
