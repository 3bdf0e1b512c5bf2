"""The annex of an amending document: a table whose rows say what changes."""

from __future__ import annotations

import datetime as dt

import pytest

import vanban
from danvan.organisations.audience import Audience
from danvan.programmes import amending_reading, amending_tables, queries
from danvan.programmes.amending_proposing import Proposal
from danvan.programmes.models import Programme, Target
from tests.city import City
from tests.programmes.test_amending_reading import FOOT, HEAD, told
from vanban import writing


@pytest.fixture
def read(programme: Programme):
    """Reads one document whose part I is followed by the given lines of a table."""

    def reader(*lines: str, title: str = "PHỤ LỤC") -> list[Proposal]:
        annex = f"\n\n{title}\n\n" + "\n".join(lines) + "\n"
        text = HEAD + "1. Điều chỉnh một số nội dung tại Phụ lục kèm theo." + FOOT + annex
        audience = Audience(programme.body, dt.date(2023, 3, 27))
        return amending_reading.read(vanban.compile_text(text), programme, audience).proposals

    return reader


def test_row_5_a_table_of_deadlines_is_read_row_by_row(programme: Programme, read) -> None:
    proposals = read(
        "| STT | Mục của Kế hoạch số 7/KH-UBND | Nội dung | Thời hạn đã giao | Thời hạn mới |",
        "| 1 | Mục 2 | Chấm điểm | trước ngày 20/10/2023 | trước ngày 10/11/2023 |",
        "| 2 | 1 | Gửi kế hoạch | chậm nhất ngày 04/4/2023 | chậm nhất ngày 14/4/2023 |",
    )
    marks, plan = told(proposals)
    tasks = list(queries.tasks_of(programme))
    assert [p.task for p in (plan, marks)] == tasks, [p.reason for p in (plan, marks)]
    assert [p.after["due_on"] for p in (plan, marks)] == ["2023-04-14", "2023-11-10"]
    assert plan.confidence < 0.9 and "bảng" in plan.reason
    assert plan.words == (
        "Mục của Kế hoạch số 7/KH-UBND: 1; Nội dung: Gửi kế hoạch; Thời hạn đã giao: chậm nhất "
        "ngày 04/4/2023; Thời hạn mới: chậm nhất ngày 14/4/2023"
    )
    aside = [p.words for p in proposals if p.kind == "aside"]
    assert any("Phụ lục kèm theo" in words for words in aside)


def test_row_5_units_products_additions_and_drops_of_a_table(
    city: City, programme: Programme, read
) -> None:
    lead, new, dropped = told(
        read(
            "| TT | Mục | Nhiệm vụ | Hình thức | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian "
            "hoàn thành | Sản phẩm |",
            "| 1 | Mục 2 | chấm điểm | Sửa đổi | Thanh tra thành phố | Sở Du lịch | | |",
            "| 2 | Mục 2 | mở hội nghị đối thoại | Bổ sung | Phòng Nội vụ | UBND Phường 1 "
            "| trước ngày 15/9/2023 | báo cáo |",
            "| 3 | Mục 1 | gửi kế hoạch | Bãi bỏ | | | | |",
        )
    )
    plan, marks = queries.tasks_of(programme)
    assert (lead.kind, lead.task) == ("changed", marks), lead.reason
    assert [(p["role"], p["written"]) for p in lead.after["parties"]] == [
        ("lead", "Thanh tra thành phố"),
        ("coordinate", "Sở Du lịch"),
    ]
    assert lead.after["parties"][0]["units"] == [city.units["thanh-tra"].pk]
    assert lead.after["due_on"] == "2023-10-20"
    assert (new.kind, new.task, new.after["provision"]) == ("added", None, marks.provision_id)
    assert (new.after["text"], new.after["due_on"]) == ("mở hội nghị đối thoại", "2023-09-15")
    assert new.after["deliverable"] == "report"
    assert [p["role"] for p in new.after["parties"]] == ["lead", "coordinate"]
    assert (dropped.kind, dropped.task) == ("removed", plan)


def test_row_5_a_table_of_targets(programme: Programme, read) -> None:
    raised, new = told(
        read(
            "| TT | Mục | Chỉ tiêu | Mức cũ | Mức mới | Đơn vị tính |",
            "| 1 | Mục 3 | Đơn vị xếp loại Tốt | 60 | 70 | % |",
            "| | Chỉ tiêu bổ sung | | | | |",
            "| 2 | Mục 3 | Cơ quan công khai đủ nội dung | | ít nhất 90 | % |",
        )
    )
    target = Target.objects.get(programme=programme)
    assert (raised.target, raised.after["value"]) == (target, "70.00"), raised.reason
    assert (new.kind, new.target, new.after) == (
        "added",
        None,
        {"subject": "Cơ quan công khai đủ nội dung", "comparator": ">=", "value": "90.00",
         "unit": "%", "provision": target.provision_id},
    )  # fmt: skip


def test_row_5_old_wording_beside_new(programme: Programme, read) -> None:
    (found,) = told(
        read(
            "| TT | Mục | Nội dung tại Kế hoạch số 7/KH-UBND | Nội dung sửa đổi |",
            "| 1 | Mục 2 | Phòng Nội vụ chủ trì chấm điểm | 2. Phòng Nội vụ chủ trì, phối hợp Sở "
            "Du lịch chấm điểm trước ngày 30/11/2023. |",
        )
    )
    assert found.kind == "changed", found.reason
    assert found.after["due_on"] == "2023-11-30"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("| 1 | Mục 9 | việc lạ | trước ngày 10/11/2023 |", "không có mục 9"),
        ("| 1 | | việc không ai biết | trước ngày 10/11/2023 |", "0 nhiệm vụ có lời văn này"),
        ("| 1 | Mục 2 | chấm điểm | sớm hơn |", "thời hạn"),
        ("| 1 | Mục 2 | chấm điểm | |", "không khác kế hoạch"),
    ],
)
def test_row_5_a_row_that_cannot_be_told_is_kept_with_its_words(read, row: str, why: str) -> None:
    (found,) = told(read("| TT | Mục | Nhiệm vụ | Thời hạn mới |", row))
    assert (found.kind, found.after) == ("unread", None)
    assert why in found.reason
    for cell in row.strip("| ").split("|")[1:]:
        assert cell.strip() in found.words


def test_row_5_no_row_is_lost_and_other_tables_are_left_alone(read) -> None:
    assert amending_tables.tables("| ỦY BAN | CỘNG HÒA |\n| Số: 1 | Tây Ninh |\n") == []
    proposals = read(
        "| TT | Họ và tên | Điện thoại |",
        "| 1 | Nguyễn Văn B | 0276 |",
        title="DANH SÁCH ĐẦU MỐI",
    )
    words = " ".join(p.words for p in proposals)
    assert "Nguyễn Văn B" in words and "0276" in words


def test_row_5_the_annex_of_a_word_file_is_read(programme: Programme) -> None:
    columns = [writing.Column(name, 34) for name in ("TT", "Mục", "Nhiệm vụ", "Thời hạn mới")]
    data = writing.plan(
        letterhead=writing.Letterhead(None, "Ủy ban nhân dân thành phố Tây Ninh", "TP. Tây Ninh"),
        number="88", symbol="KH-UBND", date=dt.date(2023, 8, 1),
        subject="Sửa đổi, bổ sung Kế hoạch số 7/KH-UBND", grounds=(),
        body=(
            writing.Paragraph("Điều chỉnh Kế hoạch số 7/KH-UBND theo Phụ lục kèm theo."),
            writing.Heading("PHỤ LỤC"),
            writing.Table(tuple(columns), (("1", "Mục 2", "chấm điểm", "ngày 10/11/2023"),), 12),
        ),
        signature=writing.Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn A"),
        recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip
    audience = Audience(programme.body, dt.date(2023, 3, 27))
    found = told(amending_reading.read(vanban.read(data, "a.docx"), programme, audience).proposals)
    assert [(p.kind, p.after["due_on"]) for p in found] == [("changed", "2023-11-10")]
