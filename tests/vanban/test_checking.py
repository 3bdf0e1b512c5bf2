"""``vanban.checking``: silent on what ``writing`` makes, exact on what is wrong."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from tests.vanban import official_papers as papers
from tests.vanban.wrong_papers import DOCUMENT, WRONG, Wrong
from vanban import errors
from vanban.checking import Finding, check
from vanban.writing import Annex, Bullet, Heading, Letterhead, Paragraph, Signature


@pytest.mark.parametrize("kind", papers.KINDS)
def test_nothing_to_object_to_in_what_writing_makes(kind: str) -> None:
    assert check(papers.KINDS[kind]()) == ()


@pytest.mark.parametrize("kind", papers.KINDS)
def test_nor_in_a_draft_without_number_and_date(kind: str) -> None:
    assert check(papers.KINDS[kind](number=None, date=None)) == ()


def test_nor_in_long_and_varied_papers() -> None:
    body = (Heading("Phần I", 0), Heading("I. Tình hình"), Paragraph("Dài. " * 900), Bullet("Gạch"))
    annexes = tuple(Annex(f"Danh sách {n}", papers.ranking(40)) for n in range(12))
    long_name = Letterhead(
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Tây Ninh",
        "Trung tâm Văn hóa, Thể thao và Truyền thanh thành phố Tây Ninh",
        "Tây Ninh",
    )
    assert check(papers.plan(body=body, annexes=annexes, letterhead=long_name)) == ()
    assert check(papers.letter(addressees=("Sở Nội vụ",), urgency="HỎA TỐC")) == ()
    assert check(papers.decision(subject="Ban hành Quy chế dân chủ ở cơ sở", annexes=())) == ()


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_one_thing_wrong_gives_exactly_its_finding(wrong: Wrong) -> None:
    parts = papers.parts(papers.KINDS[wrong.kind]())
    before = parts[wrong.part].decode()
    after = re.sub(wrong.old, wrong.new, before, count=1, flags=re.S)
    assert after != before, "the change did not apply"
    parts[wrong.part] = after.encode()
    (finding,) = check(papers.repacked(parts))
    assert finding.place.startswith(wrong.place)
    assert (finding.found, finding.asked) == (wrong.found, wrong.asked)
    assert finding.article.startswith("Nghị định 30/2020/NĐ-CP")
    assert finding.article.endswith(wrong.provision)
    assert finding.severity == wrong.severity


def test_a_rule_too_long_is_measured() -> None:
    parts = papers.parts(papers.notice())
    text = parts[DOCUMENT].decode()
    parts[DOCUMENT] = re.sub(
        r'<w:ind w:left="\d+" w:right="\d+"/>', '<w:ind w:left="0" w:right="0"/>', text, count=1
    ).encode()
    (finding,) = check(papers.repacked(parts))
    assert finding.found.startswith("đường kẻ dài 65 mm")
    assert finding.asked == "đường kẻ dài từ 1/3 đến 1/2 dòng chữ"


def test_a_letter_to_nobody() -> None:
    parts = papers.parts(papers.letter(addressees=("Sở Nội vụ",)))
    parts[DOCUMENT] = parts[DOCUMENT].replace("Kính gửi: ".encode(), "Gửi ".encode())
    (finding,) = check(papers.repacked(parts))
    assert (finding.place, finding.found) == ("Kính gửi", "công văn không có nơi gửi")
    assert finding.article.endswith("II.9")


def test_recipients_absent() -> None:
    parts = papers.parts(papers.notice())
    text = parts[DOCUMENT].decode()
    parts[DOCUMENT] = re.sub("Nơi nhận:|- Các khu phố;|- Lưu: VT.", " ", text).encode()
    (finding,) = check(papers.repacked(parts))
    assert (finding.place, finding.found) == ("Nơi nhận", "không có")


def test_a_page_number_at_the_foot_is_found_there() -> None:
    parts = papers.parts(papers.plan())
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"w:headerReference", b"w:footerReference")
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace(b"relationships/header", b"relationships/footer")
    (finding,) = check(papers.repacked(parts))
    assert finding.found == "đặt ở lề dưới"


def test_a_paper_typed_by_hand_without_tables_or_styles() -> None:
    """The common office draft: tabs for the head, Word's defaults, nothing tabular."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 9/KH-UBND",
        "Tây Ninh, ngày 1 tháng 2 năm 2023",
        "KẾ HOẠCH",
        "Công tác dân vận",
        "I. MỤC ĐÍCH",
        "Nội dung của kế hoạch.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
    ):
        paragraph = document.add_paragraph()
        made = paragraph.add_run(text)
        made.font.name, made.font.size = "Arial", Pt(12)
        if text in ("KẾ HOẠCH", "Công tác dân vận", "CHỦ TỊCH", "Nguyễn Văn An"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    buffer = io.BytesIO()
    document.save(buffer)
    found = check(buffer.getvalue())
    seen = {(finding.place.split(" “")[0].split(",")[0], finding.found) for finding in found}
    assert {
        ("Phông chữ", "phông Arial"),
        ("Quốc hiệu", "chữ không đậm"),
        ("Tiêu ngữ", "cỡ chữ 12"),
        ("Số", "số 9"),
        ("Số", "cỡ chữ 12"),
        ("Địa danh và thời gian", "ngày 1"),
        ("Địa danh và thời gian", "tháng 2"),
        ("Địa danh và thời gian", "chữ đứng"),
        ("Tên loại", "cỡ chữ 12"),
        ("Trích yếu", "chữ không đậm"),
        ("Nội dung", "cỡ chữ 12"),
        ("Nội dung", "không canh đều hai lề"),
        ("Quyền hạn", "chữ không đậm"),
        ("Họ và tên người ký", "cỡ chữ 12"),
        ("Nơi nhận", "chữ không đậm"),
        ("Danh sách nơi nhận", "cỡ chữ 12"),
    } <= seen


def test_a_party_document_is_told_apart() -> None:
    document = docx.Document()
    document.add_paragraph("ĐẢNG CỘNG SẢN VIỆT NAM")
    document.add_paragraph("Số 23-QĐ/TW")
    buffer = io.BytesIO()
    document.save(buffer)
    (finding,) = check(buffer.getvalue())
    assert (finding.found, finding.severity) == ("văn bản của Đảng", "warning")


def test_an_empty_document_lacks_every_component() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    missing = {f.place for f in check(buffer.getvalue()) if f.found.startswith("không có")}
    assert missing >= {
        "Quốc hiệu",
        "Tiêu ngữ",
        "Số, ký hiệu",
        "Địa danh và thời gian",
        "Nội dung",
        "Nơi nhận",
    }


def test_deleted_words_are_not_read() -> None:
    parts = papers.parts(papers.notice())
    deleted = "<w:del><w:r><w:rPr><w:sz w:val='60'/></w:rPr><w:t>cũ</w:t></w:r></w:del></w:p>"
    text = parts[DOCUMENT].decode()
    parts[DOCUMENT] = text.replace("</w:p>", deleted).encode()
    assert check(papers.repacked(parts)) == ()


def test_findings_are_the_same_each_time_and_plain_values() -> None:
    data = papers.decision(signature=Signature(("KT CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "A"))
    assert check(data) == check(data)
    assert all(isinstance(finding, Finding) for finding in check(data))


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    return buffer.getvalue()


def _entities() -> bytes:
    lines = ['<!DOCTYPE a [<!ENTITY a0 "dân vận">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    body = "<w:document xmlns:w='x'><w:body>&a9;</w:body></w:document>"
    return papers.repacked({"word/document.xml": ("".join(lines) + "]>" + body).encode()})


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b"Kinh gui", errors.UnsupportedFormat),
        (b"%PDF-1.7", errors.UnsupportedFormat),
        (b"PK\x03\x04 cut short", errors.Damaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, errors.Encrypted),
        (papers.repacked({"xl/workbook.xml": b"<a/>"}), errors.UnsupportedFormat),
        (papers.repacked({"word/document.xml": b"<a"}), errors.Damaged),
        (papers.repacked({"word/document.xml": b"<a/>"}), errors.Damaged),
        (_entities(), errors.Damaged),
        (_bomb(), errors.TooLarge),
    ],
    ids=["empty", "text", "pdf", "cut", "password", "excel", "xml", "no body", "entities", "bomb"],
)
def test_files_that_cannot_be_checked_say_why(
    data: bytes, error: type[errors.ReadingError]
) -> None:
    with pytest.raises(error):
        check(data)


def test_cut_and_flipped_bytes_never_escape_as_another_error() -> None:
    data = papers.notice()
    for place in range(0, len(data), 97):
        flipped = bytearray(data)
        flipped[place] ^= 0x55
        for broken in (data[:place], bytes(flipped)):
            with contextlib.suppress(errors.ReadingError):
                check(broken)
