"""Sending a plan in: what is found, and that what is no plan leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused
from danvan.kernel.models import StoredFile
from danvan.programmes import compiling, review, shapes
from danvan.programmes.actions import reading
from danvan.programmes.models import Draft, Finding
from tests.city import City
from tests.conftest import SEED, needs_shared
from tests.programmes.conftest import TEXT, small_document, upload

URL = "/ke-hoach/doc/"


def nothing_kept(settings) -> None:
    assert not Draft.objects.exists()
    assert not Finding.objects.exists()
    assert not StoredFile.objects.exists()
    assert not [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]


@needs_shared
def test_row_71_the_seed_is_read_whole(seed_draft: Draft) -> None:
    found = {g.kind: g.rows for g in review.groups(seed_draft)}
    header = shapes.headers([r.finding for r in found["header"]])
    assert header["code"] == "49/KH-UBND"
    assert header["date"] == "2023-03-27"
    assert header["year"] == seed_draft.year == 2023
    assert header["signer"] == "Nguyễn Trung Hiếu"
    assert len(header["recipients"]) == 10
    assert len(found["target"]) == 6
    codes = {r.shape.code for r in found["citation"]}
    assert {"765/KH-UBND", "23-QĐ/TW", "815/QĐ-UBND", "34/2007/PL-UBTVQH11"} <= codes
    days = sorted(r.shape.due_on for r in found["task"] if r.shape.due_on)
    assert days == [dt.date(2023, 4, 4), *[dt.date(2023, 10, 16)] * 2, dt.date(2023, 10, 20)]


@needs_shared
def test_row_21_the_seed_names_lead_and_supporting_units(city: City, seed_draft: Draft) -> None:
    rows = {g.kind: g.rows for g in review.groups(seed_draft)}["task"]
    plan = next(r for r in rows if r.shape.due_on == dt.date(2023, 4, 4))
    units = {u for a in plan.addressees for u, _name in a.units}
    asked = {"noi-vu", "tu-phap", "thanh-tra", "van-phong", "van-hoa", "phuong-1", "phuong-2",
             "xa-tan-binh"}  # fmt: skip
    assert units == {city.units[key].pk for key in asked}
    scoring = next(r for r in rows if r.shape.due_on == dt.date(2023, 10, 20))
    assert [a.party.role for a in scoring.addressees] == ["lead"]
    office = next(r for r in rows if r.path.startswith("IV.2.d.") and "già làng" in r.shape.text)
    lead = [a for a in office.addressees if a.party.role == "lead"]
    assert [u for a in lead for u, _ in a.units] == [city.units["van-phong"].pk]


@needs_shared
def test_row_71_every_finding_points_at_its_words(seed_draft: Draft) -> None:
    for finding in seed_draft.findings.exclude(kind="header"):
        words = seed_draft.text[finding.start : finding.end]
        assert len(words) > 4, finding
        if finding.kind == "citation":
            symbol = finding.found["code"].split("/")[0]
            assert symbol in words or not finding.found["code"]


@needs_shared
@pytest.mark.parametrize("kind", ["docx", "pdf", "md"])
def test_row_71_other_formats_of_the_seed_are_read(city: City, office: Actor, kind: str) -> None:
    made = {"docx": as_docx, "pdf": as_pdf, "md": SEED.read_bytes}
    content = made[kind]()
    draft = reading.read_in(city.body, file=upload(content, f"ke-hoach.{kind}"), by=office)
    header = shapes.headers(list(draft.findings.filter(kind="header")))
    assert header["code"] == "49/KH-UBND"
    assert draft.findings.filter(kind="target").count() == 6
    due = {f.found["due_on"] for f in draft.findings.filter(kind="task")} - {None}
    assert due == {"2023-04-04", "2023-10-16", "2023-10-20"}


def as_docx() -> bytes:
    import docx

    document, out = docx.Document(), io.BytesIO()
    for line in SEED.read_text(encoding="utf-8").replace("*", "").replace("#", "").split("\n"):
        if line.strip():
            document.add_paragraph(line.strip())
    document.save(out)
    return out.getvalue()


def as_pdf() -> bytes:
    pytest.importorskip("playwright")
    from playwright.sync_api import sync_playwright

    from tests.journeys import chromium

    found = chromium.find()
    if found is None:
        pytest.skip("needs a Chromium to print the seed as .pdf")
    executable, env = found
    lines = SEED.read_text(encoding="utf-8").replace("*", "").replace("#", "").split("\n\n")
    html = "<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in lines)
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=executable, args=["--no-sandbox"], env={**os.environ, **env}
        )
        page = browser.new_page()
        page.set_content(html)
        content = page.pdf(format="A4")
        browser.close()
    return content


def test_year_comes_from_the_words_and_says_so() -> None:
    read = compiling.compiled(small_document())
    assert (read.year, "năm 2023" in read.year_from) == (2023, True)
    read = compiling.compiled(small_document(subject="Công tác dân vận"))
    assert (read.year, read.year_from) == (2023, "theo ngày ban hành")


def test_what_the_header_lacks_waits_to_be_written(city: City, office: Actor) -> None:
    read = compiling.compiled(small_document(date=None, number=None, signer=None))
    draft = reading.keep(city.body, compiled=read, file=upload(), by=office)
    found = {f.found["field"]: f for f in draft.findings.filter(kind="header")}
    assert found["date"].found["value"] is None and found["date"].confidence == 0
    assert found["code"].confidence < compiling.SURE
    assert "signer" not in found


def test_reading_in_leaves_history_the_body_can_read(city: City, draft: Draft) -> None:
    line = audit.of(draft).get()
    assert (line.action, line.concerns) == ("programmes.draft.read_in", city.body.pk)


def test_others_may_not_read_in_and_are_told_why(city: City, settings) -> None:
    read = compiling.compiled(small_document())
    with pytest.raises(Refused, match="cơ quan thường trực"):
        reading.keep(city.body, compiled=read, file=upload(), by=city.actor("tu-phap"))
    nothing_kept(settings)


def test_the_page_refuses_others_with_the_reason(client, city: City) -> None:
    client.force_login(city.people["tu-phap"].user)
    answer = client.get(URL)
    assert answer.status_code == 403
    assert "cơ quan thường trực" in answer.content.decode()


def test_the_same_file_again_opens_the_draft_there_is(
    city: City, office: Actor, draft: Draft
) -> None:
    read = compiling.compiled(small_document())
    again = reading.keep(city.body, compiled=read, file=upload(), by=office)
    assert again == draft
    assert Draft.objects.count() == 1 and StoredFile.objects.count() == 1


@needs_shared
def test_row_71_sending_the_seed_opens_its_review(client, city: City) -> None:
    client.force_login(city.people["noi-vu"].user)
    for _click in range(2):
        answer = client.post(URL, {"file": upload(SEED.read_bytes(), "ke-hoach-49.txt")})
        assert answer.status_code == 302
        assert answer.url == f"/ke-hoach/doc/{Draft.objects.get().pk}/"
    page = client.get(answer.url).content.decode()
    assert "49/KH-UBND" in page and "mục chờ xem" in page


def encrypted_pdf() -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("mat-khau", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def scanned_pdf() -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


DECISION = """ỦY BAN NHÂN DÂN
Số: 12/QĐ-UBND
Tây Ninh, ngày 01 tháng 3 năm 2023

QUYẾT ĐỊNH
Về việc thành lập Tổ công tác

Điều 1. Thành lập Tổ công tác.

Điều 2. Phòng Nội vụ chịu trách nhiệm thi hành Quyết định này chậm nhất ngày 04/4/2023.
"""
IDLE = """Số: 12/KH-UBND
Tây Ninh, ngày 01 tháng 3 năm 2023

KẾ HOẠCH
Công tác dân vận năm 2023

I. MỤC ĐÍCH, YÊU CẦU

1. Nhằm nâng cao nhận thức.
"""


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("quyet-dinh.txt", DECISION.encode(), "không phải kế hoạch"),
        ("ke-hoach.txt", IDLE.encode(), "Không tìm thấy nhiệm vụ"),
        ("tho.txt", "Trăm năm trong cõi người ta".encode(), "Không nhận ra"),
        ("rong.txt", b"", "rỗng"),
        ("trang.txt", b" \n \n", "rỗng"),
        ("quet.pdf", scanned_pdf(), "bản quét"),
        ("mat-khau.pdf", encrypted_pdf(), "mật khẩu"),
        ("hong.pdf", b"%PDF-1.7\n" + b"\x00\x01" * 300, "hỏng"),
        ("hong.docx", b"PK\x03\x04" + b"\x00" * 300, "hỏng"),
        ("doi-ten.pdf", TEXT.encode(), ".pdf"),
        ("anh.png", b"\x89PNG" + b"0" * 50, "không thuộc loại"),
    ],
)
def test_what_is_no_plan_gets_a_sentence_and_leaves_nothing(
    client, city: City, settings, name: str, content: bytes, says: str
) -> None:
    client.force_login(city.people["noi-vu"].user)
    answer = client.post(URL, {"file": SimpleUploadedFile(name, content)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page, page[page.find("field-error") :][:400]
    assert 'id="id_file_error"' in page
    nothing_kept(settings)


def test_100_mb_is_refused_and_leaves_nothing(client, city: City, settings) -> None:
    client.force_login(city.people["noi-vu"].user)
    answer = client.post(URL, {"file": SimpleUploadedFile("to.txt", b"a" * 100_000_000)})
    assert answer.status_code == 200
    assert "lớn quá" in answer.content.decode()
    nothing_kept(settings)


def test_no_file_is_said_at_the_field(client, city: City) -> None:
    client.force_login(city.people["noi-vu"].user)
    page = client.post(URL, {}).content.decode()
    assert "Chưa chọn tệp" in page
