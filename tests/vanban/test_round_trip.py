"""What ``writing`` makes, ``reading`` reads: header, signature, recipients of every kind."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.vanban import official_papers as papers
from vanban import Document, read
from vanban.writing import Annex, Column, Group, Table

DATE = dt.date(2023, 3, 27)
EXPECTED = {
    "decision": ("Quyết định", "1234", "QĐ-UBND"),
    "plan": ("Kế hoạch", "49", "KH-UBND"),
    "report": ("Báo cáo", None, "BC-PNV"),
    "official_letter": ("Công văn", "07", "UBND-NV"),
    "notice": ("Thông báo", "12", "TB-UBND"),
    "proposal": ("Tờ trình", "45", "TTr-PNV"),
    "minutes": ("Biên bản", "03", "BB-UBND"),
    "invitation": ("Giấy mời", "28", "GM-UBND"),
}


def written(kind: str, **changes: object) -> Document:
    return read(papers.KINDS[kind](**changes), f"{kind}.docx")


@pytest.mark.parametrize("kind", papers.KINDS)
def test_the_head_and_the_end_come_back(kind: str) -> None:
    header = written(kind).header
    assert (header.type, header.number, header.symbol) == EXPECTED[kind]
    assert header.subject
    assert header.issuer
    assert header.recipients
    assert header.recipients[-1].startswith("Lưu: VT")
    signer = {"report": "Trần Thị Bình", "proposal": "Trần Thị Bình", "notice": "Phạm Thị Dung"}
    assert header.signer == signer.get(kind, "Nguyễn Trung Hiếu")


def test_the_date_comes_back() -> None:
    assert written("plan", date=DATE).header.date == DATE


def test_a_table_of_tasks_comes_back_row_by_row() -> None:
    columns = (
        Column("STT", 12, "center"),
        Column("Nội dung", 60),
        Column("Đơn vị chủ trì", 40),
        Column("Đơn vị phối hợp", 40),
        Column("Thời gian hoàn thành", 35),
    )
    tasks = tuple(
        (str(n), f"Việc số {n}", "Phòng Nội vụ", "Văn phòng HĐND và UBND", f"Trước 15/{n}/2023")
        for n in range(1, 13)
    )
    annex = Annex("Phân công", Table(columns, (Group("Tuyên truyền", "I"), *tasks)))
    found = [d for d in written("plan", annexes=(annex,)).duties if d.text.startswith("Việc số")]
    assert [d.due.date for d in found if d.due] == [dt.date(2023, n, 15) for n in range(1, 13)]
    assert {p.name for d in found for p in d.parties} == {"Phòng Nội vụ", "Văn phòng HĐND và UBND"}
