"""Reading an amending document into proposals: what is told, what is not, nothing lost."""

from __future__ import annotations

import datetime as dt

import pytest

import vanban
from danvan.organisations.audience import Audience
from danvan.programmes import amending, amending_paper, amending_reading, amending_words, queries
from danvan.programmes.actions import amendments
from danvan.programmes.amending_reading import NotAmending, Proposal
from danvan.programmes.models import Programme, Target
from tests.city import City
from tests.conftest import needs_shared
from tests.programmes.conftest import published

HEAD = """ỦY BAN NHÂN DÂN
THÀNH PHỐ TÂY NINH
Số: 88/KH-UBND
Tây Ninh, ngày 01 tháng 8 năm 2023
KẾ HOẠCH
Sửa đổi, bổ sung Kế hoạch số 7/KH-UBND ngày 27 tháng 3 năm 2023

Ủy ban nhân dân thành phố sửa đổi một số nội dung của Kế hoạch số 7/KH-UBND như sau:
I. NỘI DUNG SỬA ĐỔI, BỔ SUNG
"""
FOOT = """
II. TỔ CHỨC THỰC HIỆN
1. Kế hoạch này có hiệu lực từ ngày 05/8/2023. Các nội dung khác không thay đổi.
2. Các cơ quan, đơn vị chịu trách nhiệm thực hiện Kế hoạch này./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
"""


@pytest.fixture
def read(programme: Programme):
    """Reads one document whose part I says the given lines."""

    def reader(*lines: str) -> list[Proposal]:
        text = HEAD + "\n".join(lines) + FOOT
        audience = Audience(programme.body, dt.date(2023, 3, 27))
        return amending_reading.read(vanban.compile_text(text), programme, audience).proposals

    return reader


def told(proposals: list[Proposal]) -> list[Proposal]:
    return [p for p in proposals if p.kind != "aside"]


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("Sửa đổi điểm a khoản 2 Mục IV như sau:", "IV.2.a"),
        ("Sửa đổi mục IV.2.a, gạch đầu dòng 3: thời hạn", "IV.2.a.-#3"),
        ("Sửa đổi gạch đầu dòng thứ nhất điểm a khoản 2 Phần IV", "IV.2.a.-"),
        ("Điều chỉnh mục 2 phần IV", "IV.2"),
        ("Bãi bỏ điểm đ, khoản 1, Mục II của Kế hoạch số 49/KH-UBND", "II.1.đ"),
        ("Sửa đổi Khoản 6 Mục III", "III.6"),
    ],
)
def test_a_clause_is_found_however_it_is_pointed_to(said: str, path: str) -> None:
    assert amending_words.paths(said) == [path]


@pytest.mark.parametrize(
    "line",
    [
        "1. Sửa đổi mục 2: thời hạn “trước ngày 20/10/2023” thành “trước ngày 10/11/2023”.",
        '1. Sửa đổi mục 2: thời hạn "trước ngày 20/10/2023" thành "trước ngày 10/11/2023".',
        "1. Tại mục 2, thay cụm từ “20/10/2023” bằng cụm từ “10/11/2023”.",
        "1. Thay cụm từ “trước ngày 20/10/2023” tại mục 2 bằng cụm từ “trước ngày 10/11/2023”.",
        "1. Gia hạn thời hạn chấm điểm tại mục 2 đến ngày 10/11/2023.",
        "1. Điều chỉnh thời gian hoàn thành nhiệm vụ tại mục 2 từ ngày 20/10/2023 sang ngày "
        "10/11/2023.",
        "1. Sửa đổi mục 2 như sau:\n“2. Phòng Nội vụ chủ trì, phối hợp Sở Du lịch chấm điểm trước "
        "ngày 10/11/2023.”",
    ],
)
def test_row_5_another_date_is_read_however_it_is_worded(
    programme: Programme, read, line: str
) -> None:
    (found,) = told(read(line))
    assert found.kind == "changed", found.reason
    assert found.task == queries.tasks_of(programme).get(due_on=dt.date(2023, 10, 20))
    assert found.after is not None and found.after["due_on"] == "2023-11-10"
    assert {p["written"] for p in found.after["parties"]} == {"Phòng Nội vụ", "Sở Du lịch"}
    assert found.words and 0 < found.confidence <= 1


def test_row_5_units_goals_new_and_dropped_tasks_are_read(city: City, programme, read) -> None:
    units, goal, new, dropped = told(
        read(
            "1. Giao Thanh tra thành phố chủ trì thay Phòng Nội vụ tại mục 2.",
            "2. Sửa đổi chỉ tiêu tại mục 3: nâng từ 60% lên 70%.",
            "3. Bổ sung mục 4 vào sau mục 2 như sau:",
            "“4. UBND các phường, xã báo cáo kết quả chậm nhất ngày 01/12/2023.”",
            "4. Bãi bỏ nhiệm vụ “gửi kế hoạch” tại mục 1.",
        )
    )
    lead = units.after["parties"][0]
    assert (lead["role"], lead["written"]) == ("lead", "Thanh tra thành phố")
    assert lead["units"] == [city.units["thanh-tra"].pk]
    assert (goal.target, goal.after["value"]) == (Target.objects.get(programme=programme), "70.00")
    assert new.kind == "added" and new.after["due_on"] == "2023-12-01"
    assert new.after["deliverable"] == "report" and new.after["parties"][0]["units"]
    assert (dropped.kind, dropped.task.text) == ("removed", "gửi kế hoạch")


def test_row_5_several_passages_about_one_task_are_one_proposal(read) -> None:
    (found,) = told(
        read(
            "1. Sửa đổi mục 2: thời hạn “trước ngày 20/10/2023” thành “trước ngày 10/11/2023”.",
            "2. Tại mục 2, thay cụm từ “Sở Du lịch” bằng cụm từ “Thanh tra thành phố”.",
        )
    )
    assert found.after["due_on"] == "2023-11-10"
    assert found.after["parties"][1]["written"] == "Thanh tra thành phố"
    assert "“Sở Du lịch”" in found.words and "10/11/2023" in found.words


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1. Sửa đổi mục 9: thời hạn “ngày 01/5/2023” thành “ngày 02/5/2023”.", "không có mục 9"),
        ("1. Sửa đổi mục 2 cho phù hợp tình hình mới.", "không thấy lời văn mới"),
        ("1. Tại mục 2, thay cụm từ “Công an” bằng cụm từ “Quân sự”.", "không thấy “Công an”"),
        ("1. Bãi bỏ nhiệm vụ tại mục 3.", "không có nhiệm vụ"),
        ("1. Phòng Tài chính bố trí kinh phí.", "không nhận ra"),
        ("1. Sửa đổi mục 2: thời hạn “trước ngày 20/10/2023” thành “sớm hơn”.", "thời hạn"),
    ],
)
def test_row_5_what_cannot_be_told_is_kept_with_its_words(read, line: str, why: str) -> None:
    (found,) = told(read(line))
    assert (found.kind, found.after) == ("unread", None)
    assert why in found.reason
    assert found.words.removeprefix("1. ").rstrip(".") in line


def test_row_5_no_word_of_the_document_is_lost(read) -> None:
    lines = (
        "1. Sửa đổi mục 2: thời hạn “trước ngày 20/10/2023” thành “trước ngày 10/11/2023”.",
        "2. Sửa đổi mục 1 như sau:",
        "“1. Các cơ quan, đơn vị gửi kế hoạch chậm nhất ngày 14/4/2023.",
        "Gửi cả bản giấy.”",
        "3. Điều này không ai hiểu.",
    )
    proposals = read(*lines)
    words = " ".join(p.words for p in proposals)
    document = vanban.compile_text(HEAD + "\n".join(lines) + FOOT)
    for provision in document.provisions:
        for line in provision.text.split("\n"):
            assert line in words


def test_a_document_that_does_not_name_the_plan_is_refused(programme: Programme) -> None:
    text = (HEAD + "1. Bãi bỏ mục 1." + FOOT).replace("7/KH-UBND", "6/KH-UBND")
    with pytest.raises(NotAmending) as refused:
        amending_reading.read(
            vanban.compile_text(text), programme, Audience(programme.body, dt.date(2023, 3, 27))
        )
    assert "không nhắc đến" in refused.value.message


def test_row_5_what_the_product_writes_it_reads_back(
    city: City, programme: Programme, office, on_day
) -> None:
    on_day(2023, 8, 1)
    made = amendments.begin(
        programme, title="Sửa hạn", in_force_from=dt.date(2023, 8, 5), by=office
    )
    plan, marks = queries.tasks_of(programme)
    unit = city.units["thanh-tra"].pk
    after = {
        **amending.of_task(marks), "due_on": "2023-11-10", "due_text": "trước ngày 10/11/2023",
        "parties": [{"role": "lead", "written": "Thanh tra thành phố", "units": [unit]}],
    }  # fmt: skip
    new = {**after, "text": "mở hội nghị", "deliverable": "report"}
    target = Target.objects.get(programme=programme)
    goal = {**amending.of_target(target), "value": "70.00"}
    amendments.change(made, after=after, task=marks, by=office)
    amendments.change(made, after=new, by=office)
    amendments.change(made, after=goal, target=target, by=office)
    amendments.change(made, after=None, task=plan, by=office)
    paper = amending_paper.compose(made, office)
    data = amending_paper.file_of(paper, "88", paper.symbol, dt.date(2023, 8, 1))
    audience = Audience(programme.body, dt.date(2023, 3, 27))
    back = amending_reading.read(vanban.read(data, "a.docx"), programme, audience)
    found = told(back.proposals)
    assert [(p.kind, p.task, p.target, p.after) for p in found] == [
        ("removed", plan, None, None),
        ("changed", marks, None, after),
        ("added", None, None, {**new, "provision": marks.provision_id}),
        ("changed", None, target, goal),
    ]
    assert back.header["code"] == "88/KH-UBND"
    assert back.header["in_force_from"] == "2023-08-05"


@needs_shared
def test_row_5_an_amendment_of_the_seeds_plan_is_read(seed_draft, office, city: City) -> None:
    programme = published(seed_draft, office)
    lines = (
        "1. Sửa đổi gạch đầu dòng thứ năm điểm a khoản 2 Mục IV như sau:",
        "“- Chủ trì thực hiện chấm điểm thi đua thực hiện công tác dân vận chính quyền, hoàn thành "
        "trước ngày 05/11/2023.”",
        "2. Gia hạn thời hạn gửi kế hoạch tại gạch đầu dòng thứ nhất khoản 1 Mục IV đến ngày "
        "20/4/2023.",
        "3. Điều chỉnh chỉ tiêu tại khoản 6 Mục III từ 60% lên 65%.",
        "4. Tại gạch đầu dòng thứ tư khoản 1 Mục IV, thay cụm từ “trước ngày 16/10/2023” bằng cụm "
        "từ “trước ngày 25/10/2023”.",
        "5. Bổ sung vào cuối khoản 1 Mục IV nội dung như sau: “- UBND các phường, xã báo cáo kết "
        "quả đối thoại chậm nhất ngày 30/11/2023.”",
    )
    text = (HEAD + "\n".join(lines) + FOOT).replace("7/KH-UBND", "49/KH-UBND")
    audience = Audience(programme.body, dt.date(2023, 3, 27))
    found = told(amending_reading.read(vanban.compile_text(text), programme, audience).proposals)
    assert [p.kind for p in found] == ["changed"] * 4 + ["added"], [p.reason for p in found]
    marks, plan, goal, dossier, new = found
    assert [p.task.provision.path for p in (marks, plan, dossier)] == [
        "IV.2.a.-#5", "IV.1.-", "IV.1.-#4",
    ]  # fmt: skip
    assert [p.after["due_on"] for p in (marks, plan, dossier, new)] == [
        "2023-11-05", "2023-04-20", "2023-10-25", "2023-11-30",
    ]  # fmt: skip
    assert [p["written"] for p in marks.after["parties"]] == ["Phòng Nội vụ"]
    assert (goal.target.provision.path, goal.after["value"]) == ("III.6", "65.00")
    assert len(new.after["parties"][0]["units"]) > 1
