"""The plan the product was made for: everything a person would find in it, exactly."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import pytest

from tests.vanban import files
from tests.vanban.shared_files import SEED, needs_seed
from vanban import Document, Duty, read

pytestmark = needs_seed


def _parts() -> tuple[list[str], list[str], list[str], list[str], list[str]]:
    """The seed's text as the columns and paragraphs of a file."""
    text = re.sub(r"[*#]", "", SEED.read_text(encoding="utf-8"))
    body = text.split("năm 2023\n\n", 1)[1].split("Hàm")[0]
    paragraphs = [
        re.sub(r" *\n *", "\n", p.strip()) for p in re.split(r"\n\s*\n", body) if p.strip()
    ]
    tail = text[text.index("Nơi nhận") :].split("KT. CHỦ TỊCH")[0]
    recipients = [line.strip() for line in tail.split("\n") if len(line.strip()) > 4]
    left = ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ TÂY NINH", "Số: 49 /KH-UBND"]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "TP. Tây Ninh, ngày 27 tháng 3 năm 2023",
    ]
    return (
        left,
        right,
        paragraphs,
        recipients,
        ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Nguyễn Trung Hiếu"],
    )


@lru_cache
def seed(form: str) -> Document:
    if form == "docx":
        return read(files.docx(*_parts()), "ke-hoach.docx")
    if form == "pdf":
        return read(files.pdf(files.flow(*_parts())), "ke-hoach.pdf")
    return read(SEED.read_bytes(), "ke-hoach.txt")


FORMS = pytest.mark.parametrize("form", ["txt", "docx", "pdf"])


@FORMS
def test_header(form: str) -> None:
    header = seed(form).header
    assert (header.number, header.symbol, header.type) == ("49", "KH-UBND", "Kế hoạch")
    assert header.date == dt.date(2023, 3, 27)
    assert header.place == "TP. Tây Ninh"
    assert header.issuer in ("UBND thành phố Tây Ninh", "Ủy ban nhân dân thành phố Tây Ninh")
    assert (
        header.subject
        == "Thực hiện công tác Dân vận chính quyền năm 2023 trên địa bàn thành phố Tây Ninh"
    )
    assert header.signer == "Nguyễn Trung Hiếu"
    assert header.signer_position == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    assert header.authority == "KT. CHỦ TỊCH"
    assert len(header.recipients) == 10
    assert header.recipients[5] == "UB.MTTQVN TP; Tổ chức CT-XH TP"


@FORMS
def test_tree(form: str) -> None:
    headings = [p for p in seed(form).provisions if p.heading]
    assert [p.marker for p in headings if p.depth == 1] == ["I.", "II.", "III.", "IV."]
    assert len(headings) == 27
    assert [p.path for p in headings if p.depth == 3] == [
        "IV.2.a",
        "IV.2.b",
        "IV.2.c",
        "IV.2.d",
        "IV.2.d#2",
        "IV.2.e",
        "IV.2.g",
    ]


@FORMS
def test_citations(form: str) -> None:
    citations = seed(form).citations
    numbered = [c for c in citations if c.number]
    assert len(numbered) == 22
    assert {c.text for c in citations if not c.number} == {
        "Luật Thực hiện dân chủ ở cơ sở",
        "Luật tiếp công dân",
    }
    by_number = {c.number: c for c in numbered}
    assert by_number["124-QĐ/TW"].type == "Quy định"
    assert by_number["99-QĐ/TW"].issuer == "Ban Bí thư"
    assert by_number["16-CTr/BDVTU-UBND"].issuer == "Ban Dân vận Thành ủy và UBND thành phố"
    assert len(by_number["04/2015/NĐ-CP"].spans) == 5


def dues(form: str) -> list[Duty]:
    return [d for d in seed(form).duties if d.due]


@FORMS
def test_dues(form: str) -> None:
    found = [(d.due.date, d.due.wording, d.deliverable) for d in dues(form) if d.due]
    assert found == [
        (dt.date(2023, 4, 4), "by", "plan"),
        (dt.date(2023, 10, 16), "by", "report"),
        (dt.date(2023, 10, 16), "before", "scoring_dossier"),
        (dt.date(2023, 10, 20), "before", None),
    ]
    heads = [
        "Thủ trưởng các cơ quan, đơn vị",
        "Chủ tịch UBND phường, xã",
        "thủ trưởng các đơn vị sự nghiệp công lập thuộc UBND thành phố",
    ]
    for duty in dues(form)[:3]:
        assert [(p.name, p.role) for p in duty.parties] == [(name, "all") for name in heads]
    assert [(p.name, p.role) for p in dues(form)[3].parties] == [("Phòng Nội vụ", "lead")]


@FORMS
def test_tasks_of_part_four(form: str) -> None:
    document = seed(form)
    tasks: dict[str, list[tuple[tuple[str, str], ...]]] = {}
    for duty in document.duties:
        path = document.provisions[duty.provision].path
        if path.startswith("IV.2.") and path.count(".") > 2:
            tasks.setdefault(path.rsplit(".", 1)[0], []).append(
                tuple((p.name, p.role) for p in duty.parties if p.how != "partner")
            )
    assert {path: len(found) for path, found in tasks.items()} == {
        "IV.2.a": 5,
        "IV.2.b": 2,
        "IV.2.c": 3,
        "IV.2.d": 2,
        "IV.2.d#2": 1,
        "IV.2.e": 3,
        "IV.2.g": 3,
    }
    roles = [parties[0][1] for parties in tasks["IV.2.a"]]
    assert roles == ["lead", "lead", "coordinate", "lead", "lead"]
    assert tasks["IV.2.e"][0] == (
        ("Công an thành phố", "lead"),
        ("Ban Chỉ huy Quân sự thành phố", "lead"),
    )
    assert tasks["IV.2.d"][0] == (("Văn phòng HĐND và UBND thành phố", "lead"),)


def test_units_to_cooperate_with_are_coordinating_parties() -> None:
    duty = next(
        d for d in seed("txt").duties if d.text.startswith("Phối hợp với Ban Dân vận Thành ủy")
    )
    assert [(p.name, p.role, p.how) for p in duty.parties] == [
        ("Phòng Nội vụ", "coordinate", "heading"),
        ("Ban Dân vận Thành ủy", "coordinate", "partner"),
    ]


@FORMS
def test_targets(form: str) -> None:
    found = [(t.value, t.unit, t.comparator) for t in seed(form).targets]
    assert [v for v, _, _ in found] == [100, 100, 100, 100, None, 60]
    assert [c for _, _, c in found] == ["=", "=", "=", "=", ">", ">="]


@FORMS
def test_spans_hold_the_words(form: str) -> None:
    document = seed(form)
    for citation in document.citations:
        for span in citation.spans:
            words = document.text[span.start : span.end]
            assert re.search(r"\d|Luật", words)
    for duty in dues(form):
        assert duty.due
        assert "2023" in document.text[duty.due.span.start : duty.due.span.end]
